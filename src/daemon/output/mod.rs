//! One output: frames in, datagrams out.
//!
//! ```text
//! Frame -> panel.pack -> Stream.show -> poll_transmit -> Outbox -> link.send_all
//! ```

mod allowance;
mod fault;
mod identity;
mod open;
mod outbox;
mod send;
mod thread;

use std::sync::Arc;

use crate::{
    controller::{Controller as _, Event, Stream, Transmit},
    daemon::mailbox::News,
    diagnostic::Diagnostic,
    frame::Frame,
    link::{LinkError, Sent, UdpLink},
    panel::Panel,
    site,
    units::{Level, Moment},
};

use allowance::Allowance;
pub use fault::OutputFault;
pub use identity::{source, source_here};
pub use open::session;
use outbox::Outbox;
pub use send::send;
pub(super) use thread::start;

/// What an output sends over: a link, or a test in its place.
pub trait Wire {
    /// Sends `transmits`, whose bytes lie in `bytes` one after the other, or drops them.
    fn send_all(&mut self, transmits: &[Transmit], bytes: &[u8], now: Moment) -> Sent;

    /// Gives every datagram that came from the controller to `take`.
    fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8]));

    /// What is wrong at present.
    fn problems(&self) -> Vec<LinkError>;
}

impl Wire for UdpLink {
    fn send_all(&mut self, transmits: &[Transmit], bytes: &[u8], now: Moment) -> Sent {
        Self::send_all(self, transmits, bytes, now)
    }

    fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8])) {
        Self::receive(self, now, take);
    }

    fn problems(&self) -> Vec<LinkError> {
        Self::problems(self).cloned().collect()
    }
}

/// One output of a screen. Costs no allocation a frame once its buffers have their size.
#[derive(Debug)]
pub struct Output<W> {
    address: Arc<str>,
    panel: Panel,
    brightness: Level,
    session: Stream,
    wire: W,
    packed: Vec<u8>,
    outbox: Outbox,
    allowance: Allowance,
    /// The universes that nobody puts out; empty where that is not known, or each has somebody.
    unserved: Arc<str>,
}

impl<W: Wire> Output<W> {
    /// The output that `site.toml` asks for, over `wire`, through `session`.
    pub fn new(output: &site::Output, session: Stream, wire: W) -> Self {
        Self {
            address: output.address.clone().unwrap_or_default(),
            panel: Panel::new(&output.panel),
            brightness: output.brightness,
            session,
            wire,
            packed: Vec::new(),
            outbox: Outbox::new(output.route.pacing),
            allowance: Allowance::new(output.route.most),
            unserved: Arc::default(),
        }
    }

    /// From when on the controller takes another picture. Until then the newest one waits with whoever has it.
    pub const fn opens(&self) -> Moment {
        self.allowance.opens()
    }

    /// Makes `frame` the one to show, as bright as the screen's `level` and the output's own make it; at a refresh it is sent even if the
    /// controller has it already.
    pub fn show(&mut self, frame: &Frame, level: Level, news: News, now: Moment) {
        self.allowance.take(now);
        let level = level.of(self.brightness);
        self.panel.pack(frame, level, &mut self.packed);
        self.session.show(&self.packed, now);
        if news == News::Refresh {
            self.session.refresh(now);
        }
    }

    /// Says farewell to the controller: the wall is no longer ours. What is to be sent for that is polled like everything else.
    pub fn close(&mut self, now: Moment) {
        self.session.close(now);
    }

    /// Sends what is due and takes what came; the moment by which to call again, `None` for not before the next frame.
    pub fn poll(&mut self, now: Moment) -> Option<Moment> {
        let session = &mut self.session;
        self.wire.receive(now, &mut |bytes| session.handle(bytes, now));
        self.outbox.send(session, &mut self.wire, now);
        while let Some(event) = self.session.poll_event() {
            self.note(event);
        }
        self.outbox.due(self.session.poll_timeout())
    }

    /// Whether a picture is on its way, of which the rest is to follow: no other is taken before.
    pub fn is_amid(&self) -> bool {
        self.outbox.is_amid() || self.session.is_under_way()
    }

    /// What is wrong with the way to the controller. Costs nothing while all is well.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let links = self.wire.problems().into_iter();
        let mut problems: Vec<_> = links
            .map(|fault| Diagnostic::of_file("site.toml".into(), &fault))
            .collect();
        let universes = Arc::clone(&self.unserved);
        if !universes.is_empty() {
            let fault = OutputFault::Unserved { universes };
            problems.push(Diagnostic::of_file("site.toml".into(), &fault));
        }
        problems
    }

    /// The wire.
    pub const fn wire(&self) -> &W {
        &self.wire
    }

    /// The session tells of what is new, once each time.
    fn note(&mut self, event: Event) {
        let address = &self.address;
        match event {
            Event::Answered(words) => tracing::info!(%address, "a controller answers: {words}"),
            Event::Silent(name) => tracing::info!(%address, "a controller answers no longer: {name}"),
            Event::Malformed(reason) => tracing::debug!(%address, "not understood: {reason}"),
            Event::Unserved(universes) => self.unserved = universes.into(),
        }
    }
}
