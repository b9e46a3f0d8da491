//! The loop of an output's thread.

use std::time::Duration;

use super::{Output, Wire};
use crate::{
    daemon::{
        clock,
        mailbox::{FrameBox, Taken},
        precedence::Claim,
        vital::Pulse,
    },
    diagnostic::Diagnostic,
    frame::Frame,
    units::Moment,
};

/// The longest that an output sleeps: its link looks around so often even where nothing is to be sent.
const PATIENCE: Duration = Duration::from_millis(250);

/// How long a farewell may take. A daemon waits for it no longer than for anything else.
const FAREWELL: Duration = Duration::from_secs(1);

/// Gives to `output` what comes to `mailbox`, until that is closed; `frame` is of its size. Beats once what was there has been given to the
/// system, or the output knows why not, and `tell`s what is wrong whenever that changes.
///
/// A picture that is on its way is finished first, and one that comes too soon for the controller waits. The mailbox keeps the newest meanwhile.
pub fn send<W: Wire>(
    output: &mut Output<W>,
    mailbox: &FrameBox,
    frame: &mut Frame,
    (pulse, claim): (&Pulse, &mut Claim),
    mut tell: impl FnMut(&[Diagnostic]),
) {
    let mut problems = Vec::new();
    let mut due = None;
    loop {
        let now = clock::moment();
        let latest = due.map_or(now + PATIENCE, |due: Moment| due.min(now + PATIENCE));
        if output.is_amid() || now < output.opens() {
            let opens = if output.is_amid() { latest } else { output.opens() };
            clock::sleep_until(latest.min(opens));
        } else {
            match mailbox.take(frame, latest.since(now)) {
                Taken::News(news, level) => output.show(frame, level, news, clock::moment()),
                Taken::Nothing => {}
                Taken::Closed => return,
                Taken::Dismissed => return say_farewell(output),
            }
        }
        due = output.poll(clock::moment());
        let newest = output.problems();
        if newest != problems {
            tell(&newest);
            problems = newest;
        }
        pulse.beat();
        if claim.gives_up(clock::moment()) {
            tracing::warn!("an output takes too much of a processor: it gives real-time priority back");
        }
    }
}

/// Ends the stream, where the protocol has a way to say so: the site has this output no longer.
fn say_farewell<W: Wire>(output: &mut Output<W>) {
    let mut now = clock::moment();
    let deadline = now + FAREWELL;
    output.close(now);
    while let Some(due) = output.poll(now)
        && due < deadline
    {
        clock::sleep_until(due);
        now = clock::moment();
    }
}
