//! The thread of one output.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::Duration,
};

use super::{Output, identity::source_here, send::send};
use crate::{
    controller::sacn::Identity,
    daemon::{
        clock,
        fault::{self, Fault},
        mailbox::{FrameBox, Taken},
        precedence::Claim,
        problems::Origin,
        shared::Shared,
        threads::Alive,
        vital::Pulse,
    },
    diagnostic::Diagnostic,
    frame::Frame,
    site::{self, Screen},
};

/// How long an output that broke off is left alone.
const RETRY: Duration = Duration::from_secs(1);

/// Starts the thread of the screen's output of that number; its mailbox.
pub(in crate::daemon) fn start(
    screen: &Screen,
    number: usize,
    output: &site::Output,
    shared: &Arc<Shared>,
    alive: (Alive, Alive),
) -> io::Result<Arc<FrameBox>> {
    let frame = Frame::new(screen.size);
    let mailbox = Arc::new(FrameBox::new(frame.clone()));
    let sender = Sending {
        output: output.clone(),
        who: source_here(screen, number),
        origin: Origin::Output(Arc::clone(&screen.id), number),
        mailbox: Arc::clone(&mailbox),
        shared: Arc::clone(shared),
        frame,
    };
    thread::Builder::new()
        .name(format!("send {} {number}", screen.id))
        .spawn(move || {
            sender.run();
            drop(alive);
        })?;
    Ok(mailbox)
}

/// What an output's thread works with.
struct Sending {
    output: site::Output,
    who: Identity,
    origin: Origin,
    mailbox: Arc<FrameBox>,
    shared: Arc<Shared>,
    frame: Frame,
}

impl Sending {
    /// Sends until the mailbox is closed. An output that breaks off begins anew.
    fn run(mut self) {
        let mut claim = Claim::first();
        tracing::debug!(output = ?self.origin, precedence = ?claim.precedence(), "sends");
        let pulse = self.shared.pulses.add(clock::moment());
        while let Err(panic) = catch_unwind(AssertUnwindSafe(|| self.send(&pulse, &mut claim))) {
            let fault = Fault::Sending(fault::words(&*panic));
            let problem = Diagnostic::of_file("site.toml".into(), &fault);
            self.shared.problems.set(&self.origin, &[problem]);
            pulse.beat();
            if matches!(
                self.mailbox.take(&mut self.frame, RETRY),
                Taken::Closed | Taken::Dismissed
            ) {
                break;
            }
        }
        self.shared.problems.forget(&self.origin);
        pulse.end();
    }

    fn send(&mut self, pulse: &Pulse, claim: &mut Claim) {
        let output = Output::open(&self.output, &self.who, clock::moment());
        let mut output = output.at(&self.shared.exchange, &self.output);
        let (problems, origin) = (&self.shared.problems, &self.origin);
        let tell = |found: &[Diagnostic]| problems.set(origin, found);
        send(&mut output, &self.mailbox, &mut self.frame, (pulse, claim), tell);
    }
}
