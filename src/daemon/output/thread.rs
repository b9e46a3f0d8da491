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
    diagnostic::{Bilingual, Diagnostic},
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
        name: Bilingual::new(
            format!("屏幕“{}”第 {} 路输出", screen.id, number + 1),
            format!("output {} of screen \"{}\"", number + 1, screen.id),
        ),
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
    /// Which output it is, for people.
    name: Bilingual,
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
            self.shared
                .problems
                .set(&self.origin, &[of_output(&self.name, &problem)]);
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
        let (problems, origin, name) = (&self.shared.problems, &self.origin, &self.name);
        let tell = |found: &[Diagnostic]| {
            let found: Vec<_> = found.iter().map(|problem| of_output(name, problem)).collect();
            problems.set(origin, &found);
        };
        send(&mut output, &self.mailbox, &mut self.frame, (pulse, claim), tell);
    }
}

/// The problem, with the name of the output that has it: what a network tells is of no line of site.toml.
fn of_output(name: &Bilingual, problem: &Diagnostic) -> Diagnostic {
    let Bilingual { zh, en } = &problem.message;
    Diagnostic {
        message: Bilingual::new(format!("{}：{zh}", name.zh), format!("{}: {en}", name.en)),
        ..problem.clone()
    }
}
