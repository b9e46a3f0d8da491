//! The loop of an output's thread.

use std::time::Duration;

use super::{Output, Wire};
use crate::{
    daemon::{
        clock,
        mailbox::{FrameBox, Taken},
        vital::Pulse,
    },
    diagnostic::Diagnostic,
    frame::Frame,
};

/// The longest that an output sleeps: its link looks around so often even where nothing is to be sent.
const PATIENCE: Duration = Duration::from_millis(250);

/// Gives to `output` what comes to `mailbox`, until that is closed; `frame` is of its size. Beats once what was there has been given to the
/// system, or the output knows why not, and `tell`s what is wrong whenever that changes.
pub fn send<W: Wire>(
    output: &mut Output<W>,
    mailbox: &FrameBox,
    frame: &mut Frame,
    pulse: &Pulse,
    mut tell: impl FnMut(Option<&Diagnostic>),
) {
    let mut problem = None;
    let mut patience = PATIENCE;
    loop {
        match mailbox.take(frame, patience) {
            Taken::News(news, level) => output.show(frame, level, news, clock::moment()),
            Taken::Nothing => {}
            Taken::Closed => return,
        }
        let now = clock::moment();
        let due = output.poll(now);
        patience = due.map_or(PATIENCE, |due| due.since(now)).min(PATIENCE);
        let newest = output.problem();
        if newest != problem {
            problem.clone_from(&newest);
            tell(newest.as_ref());
        }
        pulse.beat();
    }
}
