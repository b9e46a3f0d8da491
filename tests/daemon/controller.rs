//! A controller in the place of a real one: what the wall shows, as it arrives over the wire.

use std::{
    net::UdpSocket,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use yingbi::{
    frame::Frame,
    units::{Size, Tick, Ticks},
    wall::{Projector, SafePage, Wall},
};

use super::{process::PATIENCE, site};

/// The controller of the site's only screen.
pub(super) struct Controller {
    socket: UdpSocket,
    picture: Frame,
}

impl Controller {
    /// Makes the site in `folder`, which is [`site::SITE`]'s, send to a new controller.
    pub(super) fn of(folder: &Path) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let address = socket.local_addr().unwrap();
        let output = format!("\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n");
        site::write(folder, "site.toml", &format!("{}{output}", site::SITE));
        let picture = Frame::new(Size::new(128, 64));
        Self { socket, picture }
    }

    /// The next picture.
    pub(super) fn next(&mut self) -> &Frame {
        loop {
            let mut packet = [0; 1500];
            let length = self.socket.recv(&mut packet).unwrap();
            let offset = u32::from_be_bytes(packet[4..8].try_into().unwrap()) as usize;
            self.picture.bytes_mut()[offset..offset + length - 10].copy_from_slice(&packet[10..length]);
            if packet[0] & 1 == 1 {
                return &self.picture;
            }
        }
    }

    /// Forgets what has arrived and was not looked at.
    pub(super) fn drain(&self) {
        self.socket.set_nonblocking(true).unwrap();
        while self.socket.recv(&mut [0; 1500]).is_ok() {}
        self.socket.set_nonblocking(false).unwrap();
    }

    /// Waits for a picture that is one of those.
    pub(super) fn until(&mut self, what: &str, is_it: impl Fn(&Frame) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_it(self.next()) {
            assert!(Instant::now() < deadline, "never came: {what}");
        }
    }

    /// Waits for the safe page of `wall`.
    pub(super) fn is_stopped(&mut self, wall: &Wall) {
        let safe = safe(wall);
        self.until("the safe page", |picture| *picture == safe);
    }

    /// Looks at so many pictures from now on, all of which must be the safe page.
    pub(super) fn stays_stopped(&mut self, wall: &Wall, pictures: usize) {
        self.drain();
        let safe = safe(wall);
        for number in 0..pictures {
            assert!(*self.next() == safe, "picture {number} is another one");
        }
    }

    /// Waits for a picture that a projector that was just made would paint now.
    pub(super) fn is_where_the_clock_says(&mut self, wall: &Arc<Wall>) {
        self.drain();
        self.until("the wall as it is now", |picture| is_of_now(wall, picture));
    }
}

/// The safe page of the first screen.
pub(super) fn safe(wall: &Wall) -> Frame {
    let mut frame = Frame::new(wall.site().screens[0].size);
    SafePage::new(wall, 0).paint(Tick(0), &mut frame);
    frame
}

fn is_of_now(wall: &Arc<Wall>, picture: &Frame) -> bool {
    let mut projector = Projector::new(Arc::clone(wall), 0);
    let mut frame = Frame::new(projector.size());
    let now = projector.rate().tick_at(Timestamp::now());
    (-75..=3).any(|later| {
        projector.paint(now + Ticks(later), &mut frame);
        frame == *picture
    })
}

/// Waits until `is_so`.
pub(super) fn wait(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
