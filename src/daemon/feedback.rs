//! The thread that tells the clerk how things stand. Where the share hangs, it hangs alone: nobody waits for it, not even at the end.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
    thread,
    time::Duration,
};

use super::{
    clock::{self, Confidence},
    fault::{self, Fault},
    problems::Origin,
    shared::Shared,
    threads::{self, Ended},
};
use crate::{
    diagnostic::{Diagnostic, Language},
    feedback::{Desk, Notice, Situation, Turn, Whose},
    folder::FEEDBACK,
};

/// How long feedback that broke off is left alone.
const RETRY: Duration = Duration::from_secs(60);

/// The thread looks so often whether it shall end.
const GLANCE: Duration = Duration::from_millis(100);

/// After work the thread rests for so many times as long as that took: it never has more than this part of a processor.
const SHARE: u32 = 3;

/// How far the thread stands back behind all others of the machine: 19 is last.
const NICE: i32 = 15;

/// The longest rest.
const LONGEST: Duration = Duration::from_secs(2);

/// Starts the thread for the site in the folder `site`. It ends soon after the daemon is asked to, unless the share holds it up.
pub(super) fn start(site: &Path, shared: &Arc<Shared>) -> io::Result<Ended> {
    let (alive, ended) = threads::lives();
    let (desk, shared) = (Desk::new(site, Language::Chinese), Arc::clone(shared));
    thread::Builder::new().name("feedback".into()).spawn(move || {
        // On Linux this is of the thread alone. Where it is not granted, the rests are long enough.
        let _ = rustix::process::nice(NICE);
        Teller { desk, shared }.tell();
        drop(alive);
    })?;
    Ok(ended)
}

struct Teller {
    desk: Desk,
    shared: Arc<Shared>,
}

impl Teller {
    fn tell(mut self) {
        while !self.shared.is_ending() {
            let began = clock::moment();
            let rest = match catch_unwind(AssertUnwindSafe(|| self.turn())) {
                Ok(rest) => rest.max(clock::moment().since(began) * SHARE).min(LONGEST),
                Err(panic) => {
                    let fault = Fault::Telling(fault::words(&*panic));
                    self.report(Some(&Diagnostic::of_file(FEEDBACK.into(), &fault)));
                    RETRY
                }
            };
            self.rest(rest);
        }
    }

    fn turn(&mut self) -> Duration {
        let Some(bill) = self.shared.bill() else { return GLANCE };
        let course = self.shared.dial.course();
        let notices: Vec<Notice> = self.shared.problems.parts().into_iter().map(notice).collect();
        let Turn { fault, rest } = self.desk.turn(&Situation {
            hub: &self.shared.hub,
            wall: bill.whole(),
            notices: &notices,
            imports: &self.shared.hub.imports(),
            now: self.shared.now(),
            moment: clock::moment(),
            is_dated: course.confidence != Confidence::Unknown,
        });
        self.report(fault.map(|fault| fault.diagnostic()).as_ref());
        rest
    }

    fn report(&self, problem: Option<&Diagnostic>) {
        self.shared
            .problems
            .set(&Origin::Feedback, problem.map_or(&[], std::slice::from_ref));
    }

    /// Sleeps, but not past the daemon's end.
    fn rest(&self, rest: Duration) {
        let until = clock::moment() + rest;
        while !self.shared.is_ending() {
            let left = until.since(clock::moment());
            if left.is_zero() {
                return;
            }
            thread::sleep(left.min(GLANCE));
        }
    }
}

fn notice((origin, diagnostic): (Origin, Diagnostic)) -> Notice {
    let whose = if origin.is_of_clerks() {
        Whose::Clerk
    } else {
        Whose::Integrator
    };
    Notice { whose, diagnostic }
}
