//! The thread that keeps clips: it says which play soon, has those that are missing or spoilt made again, and tells how far videos have come.

use std::{collections::BTreeSet, io, sync::Arc, thread, time::Duration};

use jiff::SignedDuration;

use super::{
    bill::Bill,
    clock::{self, Confidence},
    problems::Origin,
    shared::Shared,
    threads::Alive,
};
use crate::{
    diagnostic::Diagnostic,
    media::{Admission, ReelFault, Trouble},
    units::{Digest, Moment},
    wall::{ClipWant, Wall},
};

/// How often the thread looks around.
const PERIOD: Duration = Duration::from_millis(500);

/// Clips that play within this time are never let go.
const AHEAD: SignedDuration = SignedDuration::from_hours(48);

/// What plays soon is worked out anew so often: time goes on, though the wall is the same.
const ANEW: Duration = Duration::from_hours(1);

/// A clip that is on the wall by the programme before stays needed so long: that one may be seen for a while.
const BEHIND: SignedDuration = SignedDuration::from_mins(10);

/// Starts the thread. It ends with the daemon.
pub(super) fn start(shared: &Arc<Shared>, admission: &Arc<Admission>, alive: Alive) -> io::Result<()> {
    let mut keeper = Keeper {
        shared: Arc::clone(shared),
        admission: Arc::clone(admission),
        looked: None,
        before: BTreeSet::new(),
        spoilt: BTreeSet::new(),
    };
    thread::Builder::new().name("films".into()).spawn(move || {
        while !keeper.shared.is_ending() {
            keeper.turn();
            clock::sleep_until(clock::moment() + PERIOD);
        }
        drop(alive);
    })?;
    Ok(())
}

/// Has the clips made that `wall` wants, in the room that its site gives them; but for those of what is over by now, since folders hold the
/// videos of years. A clock that nobody believes knows of no end.
pub(super) fn want(shared: &Shared, admission: &Admission, wall: &Wall) {
    admission.set_clip_space(wall.site().clip_space);
    let is_dated = shared.dial.course().confidence != Confidence::Unknown;
    let now = shared.now();
    let is_over = |want: &ClipWant| is_dated && want.until.is_some_and(|until| until <= now);
    let wants: Vec<ClipWant> = wall.wants().iter().filter(|want| !is_over(want)).cloned().collect();
    admission.want(&wants);
}

struct Keeper {
    shared: Arc<Shared>,
    admission: Arc<Admission>,
    /// The bill of which it was worked out what plays soon, and when.
    looked: Option<(Arc<Bill>, Moment)>,
    /// What played soon by the bill before.
    before: BTreeSet<Digest>,
    /// The clips that are being made again since they do not play as they were made.
    spoilt: BTreeSet<Digest>,
}

impl Keeper {
    fn turn(&mut self) {
        self.protect();
        let faults = self.shared.reels.faults();
        self.renew(&faults);
        self.shared.hub.import(self.admission.progress());
        let problems = &self.shared.problems;
        problems.set(&Origin::Videos, &self.admission.problems());
        let told = faults.iter().map(told).chain(self.admission.store_problems());
        problems.set(&Origin::Clips, &told.collect::<Vec<_>>());
    }

    /// Says which clips play soon, by a new bill or after an hour. A clock that nobody believes knows of no day, and the safe page of no clip: then
    /// nothing is let go that was not before.
    fn protect(&mut self) {
        let Some(bill) = self.shared.bill() else { return };
        let now = clock::moment();
        let is_same = self
            .looked
            .as_ref()
            .is_some_and(|(looked, at)| Arc::ptr_eq(looked, &bill) && now.since(*at) < ANEW);
        let is_believed = self.shared.dial.course().confidence != Confidence::Unknown;
        if is_same || !is_believed || self.shared.house.is_safe() {
            return;
        }
        let instant = self.shared.now();
        let from = instant.saturating_sub(BEHIND).unwrap_or(instant);
        let until = instant.saturating_add(AHEAD).unwrap_or(instant);
        let soon = bill.whole().clips_between(from, until);
        // Screens may still show what the bill before has.
        let both = soon.union(&self.before).copied().collect();
        self.admission.protect(both);
        self.before = soon;
        self.looked = Some((bill, now));
    }

    /// Has clips made again that do not play as they were made: each once, until it plays or is spoilt anew.
    fn renew(&mut self, faults: &[ReelFault]) {
        let is_spoilt = |fault: &&ReelFault| matches!(fault.trouble, Trouble::Unsound(_) | Trouble::Bad { .. });
        let spoilt: BTreeSet<Digest> = faults.iter().filter(is_spoilt).map(|fault| fault.clip).collect();
        for clip in spoilt.difference(&self.spoilt) {
            self.admission.lose(*clip);
        }
        self.spoilt = spoilt;
    }
}

fn told(fault: &ReelFault) -> Diagnostic {
    Diagnostic::of_file(fault.file.display().to_string().into(), fault)
}
