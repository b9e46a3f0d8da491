//! Which tick comes next, and when.
//!
//! A screen's content time is a line over the monotonic clock, so each tick has its moment: we sleep until then and read no other
//! clock. A tick that we come too late for is skipped; late frames are never shown in a bunch.

use std::time::Duration;

use jiff::Timestamp;

use crate::daemon::clock::{Confidence, Course, Jump, Line, StepTaken, is_absorbed, last_instant};
use crate::units::{Moment, Rate, Tick, Ticks};

/// The longest that a step waits for a page to end: a ticker may have no page, and a page may last an hour.
pub const BOUND: Duration = Duration::from_secs(60);

/// Paces one screen along the course of its daemon.
///
/// As long as the machine's clock does not step, all screens of a daemon follow one line and so are in step to the nanosecond. After
/// a step each goes on along its old line until the page that it shows ends, or [`BOUND`] is over, and then takes the new one. Where
/// the clock comes back to within a second of the old line before that, nothing happens: the rest is absorbed.
#[derive(Clone, Debug)]
pub struct Pacer {
    rate: Rate,
    line: Line,
    confidence: Confidence,
    /// The newest course that was told.
    newest: Course,
    /// How many steps of the clock are behind this screen.
    steps: u64,
    /// Since when a step waits.
    pending: Option<Moment>,
    last: Option<Tick>,
    skipped: u64,
}

/// What a sleep has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Woken {
    /// The tick to paint.
    pub tick: Tick,
    /// The step that was taken for it.
    pub step: Option<StepTaken>,
}

impl Pacer {
    /// A pacer that has given out no tick yet. It takes the course as it is.
    pub const fn new(rate: Rate, course: Course) -> Self {
        Self {
            rate,
            line: course.line,
            confidence: course.confidence,
            newest: course,
            steps: course.steps,
            pending: None,
            last: None,
            skipped: 0,
        }
    }

    /// Follows `course` from `moment` on; where the clock has stepped, waits.
    pub fn follow(&mut self, course: Course, moment: Moment) {
        self.newest = course;
        let gap = self.gap(moment);
        if course.steps == self.steps || gap == 0 {
            self.join();
        } else if is_absorbed(gap) {
            let rest = self.line.behind_end_of(&course.line, moment);
            self.line = self.line.bent(rest, moment);
            self.confidence = course.confidence;
            self.pending = None;
        } else {
            self.pending = self.pending.or(Some(moment));
        }
    }

    /// Whether a step waits for the end of a page.
    pub const fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// How far the time that this screen goes by can be believed.
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Content time at `moment`.
    pub fn content(&self, moment: Moment) -> Timestamp {
        self.line.at(moment)
    }

    /// The next tick, and the moment at which it comes, seen from `moment`. The first tick is the present one, at once: a screen that
    /// was just started waits for nothing.
    pub fn plan(&self, moment: Moment) -> (Tick, Moment) {
        let present = self.present(moment);
        let Some(last) = self.last else {
            return (present, moment);
        };
        let next = present.max(last).next().min(self.end());
        let tick = self.rate.duration(Ticks(1)).unsigned_abs();
        let comes = if next > last {
            self.line.moment(self.rate.timestamp(next))
        } else {
            moment + tick
        };
        // While a difference is absorbed a tick is longer by a fiftieth. Nothing is worth a longer sleep.
        (next, comes.clamp(moment, moment + tick + tick / 16))
    }

    /// The tick to paint after the sleep for `planned` ended at `moment`: a later one where we come too late. A step that waits is
    /// taken at `boundary`, the first tick after the page that is shown, at once where that is none.
    pub fn wake(&mut self, planned: Tick, boundary: Option<Tick>, moment: Moment) -> Woken {
        let tick = planned.max(self.present(moment));
        if let Some(since) = self.pending.filter(|_| !is_absorbed(self.gap(moment))) {
            let waited = moment.since(since);
            if waited >= BOUND || boundary.is_none_or(|boundary| boundary <= tick) {
                return self.take(waited, moment);
            }
        }
        if self.last.is_some() {
            self.skipped += tick.since(planned).0.unsigned_abs();
        }
        self.last = Some(tick);
        Woken { tick, step: None }
    }

    /// How many ticks came too late to be shown.
    pub const fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Takes the step that waits: to the present tick of the new line.
    fn take(&mut self, waited: Duration, moment: Moment) -> Woken {
        let from = self.line.at(moment);
        self.join();
        let to = self.line.at(moment);
        let tick = self.present(moment);
        self.last = Some(tick);
        let jump = Jump { from, to };
        Woken {
            tick,
            step: Some(StepTaken { jump, waited }),
        }
    }

    /// Goes on as all screens do that have taken the last step.
    const fn join(&mut self) {
        self.line = self.newest.line;
        self.confidence = self.newest.confidence;
        self.steps = self.newest.steps;
        self.pending = None;
    }

    /// How far this screen is behind those that have taken the last step.
    fn gap(&self, moment: Moment) -> i128 {
        self.line.behind_line(&self.newest.line, moment)
    }

    fn present(&self, moment: Moment) -> Tick {
        self.rate.tick_at(self.line.at(moment))
    }

    /// The last tick that there is.
    fn end(&self) -> Tick {
        self.rate.tick_at(last_instant())
    }
}
