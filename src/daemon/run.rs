//! The daemon's life: start, wait for a signal, end.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{
    runtime::{self, Runtime},
    sync::watch,
};

use super::{
    attend::{Page, Signals},
    chronicle,
    clock::ClockThread,
    error::DaemonError,
    fault::Fault,
    feedback,
    follow::Follower,
    halt::{self, Halt},
    outlook,
    problems::Origin,
    reload::Reload,
    screens::Screens,
    shared::Shared,
    threads::{self, Ended},
};
use crate::{
    diagnostic::Diagnostic,
    folder::{Seen, StateFolder, Stopper, Watch, journal},
    media::{Admission, Child, Plains},
    wall::{ReadFault, SourceFile, Wall},
};

/// How long the threads may take to end. They need a tick of the slowest screen, which may be a second.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How long the first wall waits for pictures and sheets of which nobody knows anything yet.
const PREPARING: Duration = Duration::from_secs(2);

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

/// Runs the wall until a SIGTERM or SIGINT, and ends within two seconds of it; at once at a second one. The controllers keep the last
/// frame.
///
/// # Errors
/// It could not start. Once it runs, every error is a problem that is shown, and the wall goes on.
pub fn run(options: Options) -> Result<(), DaemonError> {
    let Options { site, view, state } = options;
    let state = StateFolder::locate(state.as_deref(), |name| std::env::var_os(name))?;
    let state = StateFolder::open(&state)?;
    let daemon = Daemon::start(&site, state.path())?;
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(DaemonError::system("threads"))?;
    let result = runtime.block_on(daemon.attend(&site, view, state.path()));
    daemon.end(runtime);
    result
}

/// The wall that is running.
struct Daemon {
    shared: Arc<Shared>,
    wall: Arc<Wall>,
    watch: Stopper,
    ended: Ended,
    recorded: Ended,
    /// `None` where that thread could not be started: the wall goes on without.
    told: Option<Ended>,
    page: watch::Sender<bool>,
    admission: Arc<Admission>,
}

impl Daemon {
    /// Reads the site and starts to play it. No page yet: the first frame comes first.
    fn start(site: &Path, state: &Path) -> Result<Self, DaemonError> {
        let (chronicle, scribe) = chronicle::queue();
        let (clock, dial) = ClockThread::begin(state, chronicle.clock_record());
        let shared = Arc::new(Shared::new(dial, chronicle, Halt::begin(state)));
        halt::start(&shared, site, state).map_err(DaemonError::system("threads"))?;
        let (watch, seen) = Watch::begin(site)?;
        let admission = Arc::new(Admission::new(site, Child::own(), Some(Plains::new(state))));
        admission.start().map_err(DaemonError::system("threads"))?;
        let files = seen.files.clone().unwrap_or_default();
        let (reload, wall) = first_wall(site, state, seen, &shared, &admission)?;
        shared.chronicle.accept(shared.now(), reload.kept());
        let (alive, ended) = threads::lives();
        shared.halt.await_first_look();
        let mut screens = Screens::new(Arc::clone(&shared), alive.clone());
        let started = screens.take_over(&wall);
        if let (Err(fault), true) = (&started, screens.is_empty()) {
            return Err(refused(site, fault));
        }
        let stopper = watch.stopper();
        let follower = Follower {
            reload,
            screens,
            shared: Arc::clone(&shared),
            admission: Arc::clone(&admission),
            files,
        };
        follower.report(started);
        let threads = clock.start(Arc::clone(&shared), alive.clone());
        threads.map_err(DaemonError::system("threads"))?;
        follower.start(watch, alive).map_err(DaemonError::system("threads"))?;
        let recorded = scribe.start(state, site, &shared);
        let told = feedback::start(site, &shared);
        let told = told
            .inspect_err(|error| tracing::warn!(%error, "nothing is told on the share"))
            .ok();
        Ok(Self {
            told,
            recorded: recorded.map_err(DaemonError::system("threads"))?,
            shared,
            wall,
            watch: stopper,
            ended,
            page: watch::Sender::new(false),
            admission,
        })
    }

    /// Shows the page and waits for a signal.
    async fn attend(&self, site: &Path, view: SocketAddr, state: &Path) -> Result<(), DaemonError> {
        let mut signals = Signals::listen()?;
        let screens = &self.wall.site().screens;
        tokio::spawn(outlook::watch(Arc::clone(&self.shared)));
        let page = Page {
            shared: Arc::clone(&self.shared),
            ended: self.page.subscribe(),
        };
        let is_needed = screens.iter().all(|screen| screen.outputs.is_empty());
        let address = page.open(view, is_needed).await?;
        let address = address.map_or_else(|| "none".to_owned(), |address| format!("http://{address}/"));
        tracing::info!(
            site = %site.display(),
            screens = screens.len(),
            page = %address,
            state = %state.display(),
            "the wall is running"
        );
        signals.next().await;
        tracing::info!("ending; the controllers keep the last frame");
        tokio::spawn(signals.abort());
        Ok(())
    }

    /// Ends all threads, in two seconds at most.
    fn end(&self, runtime: Runtime) {
        self.shared.end();
        self.watch.stop();
        self.admission.end();
        self.page.send_replace(true);
        if !self.ended.wait(PATIENCE) {
            tracing::error!("a thread did not end in time");
        }
        self.shared.chronicle.end();
        if !self.recorded.wait(FAREWELL) {
            tracing::warn!("the end could not be recorded in time");
        }
        if self.told.as_ref().is_some_and(|told| !told.wait(FAREWELL)) {
            tracing::debug!("the share holds up the feedback");
        }
        runtime.shutdown_timeout(Duration::from_millis(200));
    }
}

/// The wall to begin with. Its problems are told, whether there is one or not. A file that is bad keeps the last version that was good
/// before the daemon was started, as the state folder has it.
fn first_wall(
    site: &Path,
    state: &Path,
    seen: Seen,
    shared: &Shared,
    admission: &Admission,
) -> Result<(Reload, Arc<Wall>), DaemonError> {
    let files = seen.files.unwrap_or_default();
    let mut admitted = admission.admit(&files);
    let mut reload = Reload::default();
    let mut taken = reload.take(&admitted);
    // Where all is well, what was before does not matter, and the disk is not asked.
    let is_waiting = admitted.iter().any(is_waiting);
    if taken.is_err() || is_waiting || reload.problems().iter().any(Diagnostic::is_error) {
        reload = Reload::resume(&journal::last_good(state, site));
        // What was shown before goes on at once; only what is new is worth a moment.
        if are_new(&admitted, &reload.kept()) {
            admission.wait(PREPARING);
            admitted = admission.admit(&files);
        }
        taken = reload.take(&admitted);
    }
    taken.map_err(|fault| refused(site, &fault))?;
    let Some(wall) = reload.wall().cloned() else {
        return Err(DaemonError::Site {
            site: site.to_owned(),
            problems: reload.problems().to_vec(),
        });
    };
    shared.problems.set(&Origin::Folder, &seen.problems);
    shared.problems.set(&Origin::Files, reload.problems());
    Ok((reload, wall))
}

fn is_waiting(file: &SourceFile) -> bool {
    matches!(file.bytes, Err(ReadFault::Waiting { .. }))
}

/// Whether any of `files` still waits of which no version is among those that were good before.
fn are_new(files: &[SourceFile], before: &[SourceFile]) -> bool {
    let mut waiting = files.iter().filter(|file| is_waiting(file));
    waiting.any(|file| !before.iter().any(|known| known.path == file.path))
}

/// A site that we have failed to use, by a fault of ours.
fn refused(site: &Path, fault: &Fault) -> DaemonError {
    DaemonError::Site {
        site: site.to_owned(),
        problems: vec![Diagnostic::of_file(".".into(), fault)],
    }
}
