//! What may wait: the page, and the signals that end the daemon.

use std::{net::SocketAddr, process, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

use super::{error::DaemonError, problems::Origin, shared::Shared};
use crate::{
    diagnostic::Diagnostic,
    simulator::{
        SimulatorError,
        page::{self, StopButton},
    },
};

/// How often a page that could not be shown is tried again.
const RETRY: Duration = Duration::from_secs(10);

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

    /// Ends the process at the next signal, whatever is still under way.
    pub(super) async fn abort(mut self) {
        let code = self.next().await;
        process::exit(code);
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
