//! The page: every screen of the site as LEDs in a browser.
//!
//! | path | |
//! |---|---|
//! | `/` | the page, with its style, scripts and icon |
//! | `/live` | WebSocket: changed rows as in [`patch`](super::patch), words as in `state.json`, from the newest state |
//! | `/wall/SCREEN` | that screen's picture and nothing else, dot for dot from the top left, for a sender card; `/wall` where there is one screen |
//! | `/live/SCREEN` | WebSocket for that: pictures as in [`patch`](super::patch), each after the page's word that it has drawn the last |
//! | `/state.json` | what every screen shows, and the problems |
//! | `/screen/ID.png` | the picture now; `?scale=n` draws LEDs of n dots |
//! | `/healthz` | `ok` |
//! | `POST /stop` | stops the wall, for the page's own button: with the header `x-yingbi: stop`, and on this machine only |
//!
//! The page only shows; nothing that is sent to it changes the wall, but that one press of a button, which nothing here takes back. It loads nothing from elsewhere, and pages from elsewhere cannot
//! read it.

mod door;
mod guard;
mod live;
mod routes;
mod state;

use std::{fmt, future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{net::TcpListener, sync::watch};

use door::Door;

use super::{Hub, SimulatorError};

/// How long connections may take to end once the page shall.
const FAREWELL: Duration = Duration::from_secs(1);

/// Listens at `address`, port 0 for any that is free.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, SimulatorError> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => SimulatorError::AddressInUse { address },
        _ => SimulatorError::CannotListen {
            address,
            reason: error.to_string(),
        },
    })
}

/// What the page's button 停播 does; it may wait for nothing.
#[derive(Clone)]
pub struct StopButton(Arc<dyn Fn() + Send + Sync>);

impl StopButton {
    /// A button that does `press`.
    pub fn new(press: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(press))
    }

    fn press(&self) {
        (self.0)();
    }
}

impl fmt::Debug for StopButton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StopButton")
    }
}

/// Shows `hub` to whoever comes to `listener`, with the button `stop` where the page is for this machine only, until `shutdown`; then ends within a second or so.
pub async fn serve(
    listener: TcpListener,
    hub: Arc<Hub>,
    stop: Option<StopButton>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let local = listener.local_addr()?.ip().is_loopback();
    let (end, ended) = watch::channel(false);
    let app = routes::router(hub, stop.filter(|_| local), local, ended.clone());
    let serving = axum::serve(Door::new(listener), app).with_graceful_shutdown(async move {
        shutdown.await;
        end.send_replace(true);
    });
    tokio::select! {
        result = serving => result,
        () = farewell(ended) => Ok(()),
    }
}

async fn farewell(mut ended: watch::Receiver<bool>) {
    end_of(&mut ended).await;
    tokio::time::sleep(FAREWELL).await;
}

/// Waits until the page shall end. Where nobody can say so any more, it has ended.
async fn end_of(ended: &mut watch::Receiver<bool>) {
    let _ = ended.wait_for(|ended| *ended).await;
}
