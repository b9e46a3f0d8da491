//! What may wait: the page, and the signals.

use std::{
    io::{IsTerminal as _, stderr},
    net::SocketAddr,
    process,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

use super::{error::DaemonError, precedence, problems::Origin, shared::Shared};
use crate::{
    diagnostic::Diagnostic,
    simulator::{
        SimulatorError,
        page::{self, StopButton},
    },
};

/// How often a page that could not be shown is tried again.
const RETRY: Duration = Duration::from_secs(10);

/// How long a start that is told to end may take to be counted, so that it can be taken back.
const MOMENT: Duration = Duration::from_millis(10);
const MOMENTS: usize = 50;

/// The signals that end the daemon.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Takes the signals over from the system, which would end the process at once.
    pub(super) fn listen() -> Result<Self, DaemonError> {
        let take = |kind| signal(kind).map_err(DaemonError::signals);
        Ok(Self {
            terminate: take(SignalKind::terminate())?,
            interrupt: take(SignalKind::interrupt())?,
        })
    }

    /// Waits for one; the exit code of whoever ends by it at once.
    pub(super) async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.terminate.recv() => 128 + 15,
            _ = self.interrupt.recv() => 128 + 2,
        }
    }

    /// Waits for the first signal. While the daemon is still about to start, that ends the process: it was told to, and nothing went wrong.
    /// Once it `is_attended`, the signals come back, so that none is lost between the two.
    pub(super) async fn first(mut self, begun: Arc<OnceLock<Arc<Shared>>>, is_attended: Arc<AtomicBool>) -> Self {
        self.next().await;
        if is_attended.load(Ordering::SeqCst) {
            return self;
        }
        for _ in 0..MOMENTS {
            if let Some(shared) = begun.get() {
                shared.house.close();
                break;
            }
            // The start is counted in a moment.
            tokio::time::sleep(MOMENT).await;
        }
        process::exit(0);
    }

    /// Ends the process at the next signal, whatever is still under way.
    pub(super) async fn abort(mut self) {
        let code = self.next().await;
        process::exit(code);
    }
}

/// Signals that ask for no end, and would end the process all the same where nobody took them. They come from scripts that rotate logs,
/// from people who try what happens, and from the system, where a thread of real-time priority does not sleep.
pub(super) struct Harmless {
    greed: Signal,
    hangup: Signal,
    first: Signal,
    second: Signal,
}

impl Harmless {
    /// Takes them over from the system, from now on. Needs a runtime.
    pub(super) fn listen() -> Result<Self, DaemonError> {
        let take = |kind| signal(kind).map_err(DaemonError::signals);
        Ok(Self {
            greed: take(SignalKind::from_raw(rustix::process::Signal::XCPU.as_raw()))?,
            hangup: take(SignalKind::hangup())?,
            first: take(SignalKind::user_defined1())?,
            second: take(SignalKind::user_defined2())?,
        })
    }

    /// Answers them as long as the daemon runs: SIGHUP, which asks other daemons to read their files again, by a look at the site's, which
    /// are read without it as well. Returns where the terminal in which the daemon was started is gone.
    pub(super) async fn answer(mut self, shared: Arc<Shared>) {
        let is_attached = stderr().is_terminal();
        loop {
            tokio::select! {
                _ = self.hangup.recv() => {
                    if is_attached {
                        return;
                    }
                    tracing::info!("SIGHUP: the site's files are looked at again; this needs no signal");
                    shared.house.ask();
                }
                _ = self.greed.recv() => {
                    let threads = precedence::yield_all();
                    tracing::error!(threads, "a thread did not sleep: real-time priority is given back");
                }
                _ = self.first.recv() => tracing::info!("SIGUSR1 asks for nothing and is passed over"),
                _ = self.second.recv() => tracing::info!("SIGUSR2 asks for nothing and is passed over"),
            }
        }
    }
}

/// The page, which is told to end when `ended` says so.
pub(super) struct Page {
    pub(super) shared: Arc<Shared>,
    pub(super) ended: watch::Receiver<bool>,
}

impl Page {
    /// Shows the page at `address` in the background; where it listens. Where it cannot be shown, that is a problem that is tried
    /// to be solved again and again, for the wall does not depend on it; but where `is_needed`, since nobody could see anything
    /// without it, that is an error.
    pub(super) async fn open(self, address: SocketAddr, is_needed: bool) -> Result<Option<SocketAddr>, DaemonError> {
        match page::bind(address).await {
            Ok(listener) => {
                let address = listener.local_addr().ok();
                tokio::spawn(self.serve(listener));
                Ok(address)
            }
            Err(error) if is_needed => Err(error.into()),
            Err(error) => {
                self.report(Some(&error));
                tokio::spawn(self.retry(address));
                Ok(None)
            }
        }
    }

    async fn retry(self, address: SocketAddr) {
        loop {
            tokio::time::sleep(RETRY).await;
            match page::bind(address).await {
                Ok(listener) => {
                    self.report(None);
                    return self.serve(listener).await;
                }
                Err(error) => self.report(Some(&error)),
            }
        }
    }

    async fn serve(self, listener: TcpListener) {
        let shutdown = ended(self.ended.clone());
        let shared = Arc::clone(&self.shared);
        let stop = StopButton::new(move || drop(shared.stop("网页 page", None)));
        if let Err(error) = page::serve(listener, Arc::clone(&self.shared.hub), Some(stop), shutdown).await {
            tracing::error!(%error, "the page broke off");
        }
    }

    fn report(&self, error: Option<&SimulatorError>) {
        let problem = error.map(|error| Diagnostic::of_file("--view".into(), error));
        self.shared.problems.set(&Origin::Page, problem.as_slice());
    }
}

/// Waits until the page shall end; where nobody can say so any more, it shall.
async fn ended(mut ended: watch::Receiver<bool>) {
    let _ = ended.wait_for(|ended| *ended).await;
}
