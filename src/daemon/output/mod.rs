//! One output: frames in, datagrams out.
//!
//! ```text
//! Frame -> panel.pack -> controller.show -> poll_transmit -> link.send
//! ```

mod send;
mod thread;

use std::sync::Arc;

use crate::{
    controller::{Controller as _, Event, Transmit, ddp},
    daemon::mailbox::News,
    diagnostic::Diagnostic,
    frame::Frame,
    link::{Ends, LinkError, Sent, UdpLink},
    panel::Panel,
    site,
    units::{Level, Moment},
};

pub use send::send;
pub(super) use thread::start;

/// What an output sends over: a link, or a test in its place.
pub trait Wire {
    /// Sends the last `transmit.length` bytes of `bytes`, or drops them.
    fn send(&mut self, transmit: &Transmit, bytes: &[u8], now: Moment) -> Sent;

    /// Gives every datagram that came from the controller to `take`.
    fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8]));

    /// What is wrong at present.
    fn problem(&self) -> Option<LinkError>;
}

impl Wire for UdpLink {
    fn send(&mut self, transmit: &Transmit, bytes: &[u8], now: Moment) -> Sent {
        Self::send(self, transmit, bytes, now)
    }

    fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8])) {
        Self::receive(self, now, take);
    }

    fn problem(&self) -> Option<LinkError> {
        Self::problem(self).cloned()
    }
}

/// One output of a screen. Costs no allocation a frame once its buffers have their size.
#[derive(Debug)]
pub struct Output<W> {
    address: Arc<str>,
    panel: Panel,
    brightness: Level,
    session: ddp::Sender,
    wire: W,
    packed: Vec<u8>,
    batch: Vec<u8>,
}

impl Output<UdpLink> {
    /// The output that `site.toml` asks for. Its controller may be absent.
    pub fn open(output: &site::Output, now: Moment) -> Self {
        let ends = Ends::Peer(output.address.clone().unwrap_or_default());
        Self::new(output, UdpLink::open(ends, &output.route, now))
    }
}

impl<W: Wire> Output<W> {
    /// The output that `site.toml` asks for, over `wire`.
    pub fn new(output: &site::Output, wire: W) -> Self {
        let session = match output.protocol {
            site::Protocol::Ddp | site::Protocol::Sacn(_) | site::Protocol::ArtNet(_) => ddp::Sender::new(),
        };
        Self {
            address: output.address.clone().unwrap_or_default(),
            panel: Panel::new(&output.panel),
            brightness: output.brightness,
            session,
            wire,
            packed: Vec::new(),
            batch: Vec::new(),
        }
    }

    /// Makes `frame` the one to show, as bright as the screen's `level` and the output's own make it; at a refresh it is sent even if the controller has it already.
    pub fn show(&mut self, frame: &Frame, level: Level, news: News, now: Moment) {
        let level = level.of(self.brightness);
        self.panel.pack(frame, level, &mut self.packed);
        self.session.show(&self.packed, now);
        if news == News::Refresh {
            self.session.refresh(now);
        }
    }

    /// Sends what is due and takes what came; the moment by which to call again, `None` for not before the next frame.
    pub fn poll(&mut self, now: Moment) -> Option<Moment> {
        let session = &mut self.session;
        self.wire.receive(now, &mut |bytes| session.handle(bytes, now));
        self.batch.clear();
        while let Some(transmit) = self.session.poll_transmit(now, &mut self.batch) {
            self.wire.send(&transmit, &self.batch, now);
            self.batch.clear();
        }
        while let Some(event) = self.session.poll_event() {
            self.note(&event);
        }
        self.session.poll_timeout()
    }

    /// What is wrong with the way to the controller.
    pub fn problem(&self) -> Option<Diagnostic> {
        let problem = self.wire.problem()?;
        Some(Diagnostic::of_file("site.toml".into(), &problem))
    }

    /// The wire.
    pub const fn wire(&self) -> &W {
        &self.wire
    }

    fn note(&self, event: &Event) {
        match event {
            Event::Answered(words) => tracing::debug!(address = %self.address, "the controller says: {words}"),
            Event::Malformed(reason) => tracing::debug!(address = %self.address, "not understood: {reason}"),
        }
    }
}
