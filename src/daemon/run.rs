//! The daemon's life: start, wait for a signal, end.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::{self, Runtime},
    sync::watch,
    task::JoinHandle,
};

use super::{
    attend::{Harmless, Page, Signals},
    begin::{self, Beginning},
    chronicle,
    clock::ClockThread,
    error::DaemonError,
    fault::Fault,
    feedback, films,
    follow::Follower,
    halt::{self, Halt},
    herald,
    house::House,
    outlook, precedence,
    problems::Origin,
    screens::Screens,
    shared::Shared,
    threads::{self, Ended},
};
use crate::{
    diagnostic::Diagnostic,
    folder::{FolderError, StateFolder},
    media::{Admission, Child, Clips, Plains, Reels, Studio},
    wall::Wall,
};

/// How long the threads may take to end. They need a tick of the slowest screen, which may be a second.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How long the journal's last line may take to come to the disk.
const FAREWELL: Duration = Duration::from_millis(250);

/// What the daemon is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub site: PathBuf,
    /// Where the page listens.
    pub view: SocketAddr,
    /// The state folder, where it is stated.
    pub state: Option<PathBuf>,
}

/// Runs the wall until a SIGTERM or SIGINT, and ends within two seconds of it; at once at a second one. SIGHUP ends it only in the
/// terminal that is gone by it. The controllers keep the last frame.
///
/// # Errors
/// It could not start. Once it runs, every error is a problem that is shown, and the wall goes on.
pub fn run(options: Options) -> Result<(), DaemonError> {
    let Options { site, view, state } = options;
    let state = StateFolder::locate(state.as_deref(), |name| std::env::var_os(name))?;
    let state = StateFolder::open_or_go_without(&state)?;
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(DaemonError::threads)?;
    // Before anything else: the start may take its time, and no signal is to be taken for a failure of it.
    let signals =
        runtime.block_on(async { Harmless::listen().and_then(|harmless| Ok((harmless, Signals::listen()?))) });
    let (harmless, early) = signals?;
    if let Err(error) = precedence::limit() {
        tracing::debug!(%error, "the system sets no limit to real-time priority");
    }
    let begun = Arc::new(OnceLock::new());
    let is_attended = Arc::new(AtomicBool::new(false));
    let first = runtime.spawn(early.first(Arc::clone(&begun), Arc::clone(&is_attended)));
    let daemon = Daemon::start(&site, &state, &begun)?;
    is_attended.store(true, Ordering::SeqCst);
    let result = runtime.block_on(daemon.attend(&site, view, state.path(), (harmless, first)));
    daemon.end(runtime);
    result
}

/// The wall that is running.
struct Daemon {
    shared: Arc<Shared>,
    wall: Arc<Wall>,
    ended: Ended,
    recorded: Ended,
    /// `None` where that thread could not be started: the wall goes on without.
    told: Option<Ended>,
    page: watch::Sender<bool>,
    admission: Arc<Admission>,
}

impl Daemon {
    /// Reads the site and starts to play it. No page yet: the first frame comes first.
    fn start(site: &Path, folder: &StateFolder, begun: &OnceLock<Arc<Shared>>) -> Result<Self, DaemonError> {
        let state = folder.path();
        let (chronicle, scribe) = chronicle::queue();
        let (clock, dial) = ClockThread::begin(state, chronicle.clock_record());
        let (halt, house) = (Halt::begin(folder.root()), House::enter(state));
        let clips = Clips::new(state);
        let reels = Reels::new(clips.folder());
        let shared = Arc::new(Shared::new(dial, chronicle, halt, house, reels));
        let _ = begun.set(Arc::clone(&shared));
        halt::start(&shared, site, folder.root()).map_err(DaemonError::threads)?;
        shared.house.mark();
        tell(&shared, folder);
        let admission = Admission::new(site, Child::own(), Some(Plains::new(state)));
        let admission = Arc::new(admission.with_clips(clips, Arc::new(Studio::new(Child::own()))));
        admission.start().map_err(DaemonError::threads)?;
        let begun = begin::begin(site, state, &shared, &admission);
        let Beginning { watch, reload, wall } = begun.inspect_err(|_| shared.house.close())?;
        if !shared.house.is_safe() {
            shared.chronicle.accept(shared.now(), reload.kept());
        }
        let (alive, ended) = threads::lives();
        shared.halt.await_first_look();
        let mut screens = Screens::new(Arc::clone(&shared), alive.clone());
        let started = screens.take_over(&wall);
        if let (Err(fault), true) = (&started, screens.is_empty()) {
            shared.house.close();
            return Err(begin::refused(site, fault));
        }
        let follower = Follower {
            reload,
            screens,
            shared: Arc::clone(&shared),
            admission: Arc::clone(&admission),
        };
        follower.report(started);
        films::want(&shared, &admission, &wall);
        let threads = clock.start(Arc::clone(&shared), alive.clone());
        threads.map_err(DaemonError::threads)?;
        House::start(&shared, alive.clone()).map_err(DaemonError::threads)?;
        herald::start(&shared, alive.clone()).map_err(DaemonError::threads)?;
        films::start(&shared, &admission, alive.clone()).map_err(DaemonError::threads)?;
        follower.start(watch, alive).map_err(DaemonError::threads)?;
        let recorded = scribe.start(state, site, &shared);
        let told = feedback::start(site, &shared);
        let told = told
            .inspect_err(|error| tracing::warn!(%error, "nothing is told on the share"))
            .ok();
        Ok(Self {
            told,
            recorded: recorded.map_err(DaemonError::threads)?,
            shared,
            wall,
            ended,
            page: watch::Sender::new(false),
            admission,
        })
    }

    /// Shows the page and waits for a signal.
    async fn attend(
        &self,
        site: &Path,
        view: SocketAddr,
        state: &Path,
        (harmless, mut first): (Harmless, JoinHandle<Signals>),
    ) -> Result<(), DaemonError> {
        let screens = &self.wall.site().screens;
        tokio::spawn(outlook::watch(Arc::clone(&self.shared)));
        let page = Page {
            shared: Arc::clone(&self.shared),
            ended: self.page.subscribe(),
        };
        let is_needed = screens
            .iter()
            .all(|screen| screen.outputs.is_empty() && screen.cards.is_empty());
        let address = page.open(view, is_needed).await?;
        let address = address.map_or_else(|| "none".to_owned(), |address| format!("http://{address}/"));
        tracing::info!(
            site = %site.display(),
            screens = screens.len(),
            page = %address,
            state = %state.display(),
            "the wall is running"
        );
        let told = tokio::select! {
            told = &mut first => told.ok(),
            () = harmless.answer(Arc::clone(&self.shared)) => None,
        };
        tracing::info!("ending; the controllers keep the last frame");
        match told {
            Some(signals) => drop(tokio::spawn(signals.abort())),
            None => drop(tokio::spawn(end_at_once(first))),
        }
        Ok(())
    }

    /// Ends all threads, in two seconds at most.
    fn end(&self, runtime: Runtime) {
        self.shared.end();
        self.shared.house.end();
        self.admission.end();
        self.page.send_replace(true);
        if !self.ended.wait(PATIENCE) {
            tracing::error!("a thread did not end in time");
        }
        self.shared.chronicle.end();
        if !self.recorded.wait(FAREWELL) {
            tracing::warn!("the end could not be recorded in time");
        }
        self.shared.house.close();
        if self.told.as_ref().is_some_and(|told| !told.wait(FAREWELL)) {
            tracing::debug!("the share holds up the feedback");
        }
        runtime.shutdown_timeout(Duration::from_millis(200));
    }
}

/// Ends the process at the first signal, where the daemon ends for another reason.
async fn end_at_once(first: JoinHandle<Signals>) {
    if first.await.is_ok() {
        process::exit(0);
    }
}

/// Tells what is wrong with the start itself.
fn tell(shared: &Shared, folder: &StateFolder) {
    let newer = folder.newer().map(FolderError::diagnostic);
    shared.problems.set(&Origin::State, newer.as_slice());
    let is_safe = shared.house.is_safe();
    let restarts = is_safe.then(|| Diagnostic::of_file("--state".into(), &Fault::Restarts));
    shared.problems.set(&Origin::Start, restarts.as_slice());
}
