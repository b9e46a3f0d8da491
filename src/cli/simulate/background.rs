//! What may wait while pictures come in: the page, and the signals that end it all or switch cards off and on.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::{Builder, Runtime},
    signal::unix::{SignalKind, signal},
};

use super::SimulateError;
use crate::simulator::{Hub, page};

/// How long the page's connections may take to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// The threads that serve the page and wait for signals.
pub(super) struct Background(Runtime);

impl Background {
    /// Serves `hub` at `view`, sets `stop` at the first SIGINT or SIGTERM, and `cycle`, where there is one, at each SIGUSR1.
    pub(super) fn start(
        view: Option<SocketAddr>,
        hub: &Arc<Hub>,
        stop: &Arc<AtomicBool>,
        cycle: Option<&Arc<AtomicBool>>,
    ) -> Result<Self, SimulateError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(SimulateError::System)?;
        runtime.block_on(serve(view, Arc::clone(hub)))?;
        runtime.block_on(heed(Arc::clone(stop)))?;
        if let Some(cycle) = cycle {
            runtime.block_on(switch(Arc::clone(cycle)))?;
        }
        Ok(Self(runtime))
    }

    /// Ends the page.
    pub(super) fn end(self) {
        self.0.shutdown_timeout(FAREWELL);
    }
}

async fn serve(view: Option<SocketAddr>, hub: Arc<Hub>) -> Result<(), SimulateError> {
    let Some(view) = view else { return Ok(()) };
    let listener = page::bind(view).await?;
    tokio::spawn(async move {
        if let Err(error) = page::serve(listener, hub, None, std::future::pending()).await {
            tracing::warn!(%error, "the page has ended");
        }
    });
    Ok(())
}

async fn heed(stop: Arc<AtomicBool>) -> Result<(), SimulateError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(SimulateError::System)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(SimulateError::System)?;
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        stop.store(true, Ordering::Relaxed);
    });
    Ok(())
}

async fn switch(cycle: Arc<AtomicBool>) -> Result<(), SimulateError> {
    let mut user = signal(SignalKind::user_defined1()).map_err(SimulateError::System)?;
    tokio::spawn(async move {
        while user.recv().await.is_some() {
            cycle.store(true, Ordering::Relaxed);
        }
    });
    Ok(())
}
