//! Virtual cards: what their line does to bytes by simulated time, and what they do on real sockets and terminals.

mod driven;
mod line;
mod pictures;
mod pty;
mod shared;
mod tcp;
mod udp;
mod vendor;
mod words;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use serialport::TTYPort;

use yingbi::{
    controller::onbon::{
        Model,
        packet::{Framing, Header, Packet},
        receiver::{Build, Lamps, Mischief},
    },
    units::Size,
};

/// How long anything may take on a busy machine; nothing here takes so long.
const PATIENCE: Duration = Duration::from_secs(60);

const SIZE: Size = Size::new(64, 32);

fn loopback() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// The PC's end of a serial line.
fn port(path: &Path, baud: u32) -> TTYPort {
    let path = path.to_str().unwrap();
    serialport::new(path, baud).timeout(PATIENCE).open_native().unwrap()
}

/// Waits until it is so; whether it is.
fn until(mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if is_so() {
            return true;
        }
        thread::sleep(Duration::from_millis(5));
    }
    false
}

/// A request, as a frame of BX-6 to the card of that address.
fn request(number: u16, data: &[u8]) -> Vec<u8> {
    let header = Header {
        destination: number,
        ..Header::to_any(Framing::Six, 1)
    };
    let mut frame = Vec::new();
    Packet { header, data }.frame(&mut frame);
    frame
}

fn ping(number: u16) -> Vec<u8> {
    request(number, &[1, 0xa2, 0, 0, 0])
}

/// A two-coloured BX-6E2 of that address.
fn card(number: u16) -> (Build, Mischief) {
    let model = Model::named("BX-6E2").unwrap();
    let build = Build {
        number,
        ..Build::new(model, SIZE, Lamps::RedGreen)
    };
    (build, Mischief::default())
}
