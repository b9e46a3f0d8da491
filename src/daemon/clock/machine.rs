//! The clocks of the machine, and the one sleep of the display path. Nobody else in this room asks what time it is.
//!
//! Sleeps end at an absolute deadline of the monotonic clock: what is done between two sleeps is not added to them, and no
//! runtime's timer rounds them up to milliseconds.

use std::time::Duration;

use jiff::Timestamp;
use rustix::{
    io::Errno,
    thread::clock_nanosleep_absolute,
    time::{ClockId, Timespec, clock_gettime},
};

use crate::units::Moment;

const NANOSECONDS: u64 = 1_000_000_000;

/// How often both clocks are read to find them read close together.
const READINGS: u32 = 3;

/// The time of day, which may step, and the moment at which it was that. A thread may be put to sleep between two clocks, which would
/// look like a clock that was set; so the closest of some readings is taken.
pub(crate) fn reading() -> (Timestamp, Moment) {
    let readings = (0..READINGS).map(|_| {
        let before = moment();
        let wall = Timestamp::now();
        let taken = moment().since(before);
        (taken, (wall, before + taken / 2))
    });
    let closest = readings.min_by_key(|(taken, _)| *taken);
    closest.map(|(_, reading)| reading).expect("there are some readings")
}

/// The moment, which never steps.
pub(crate) fn moment() -> Moment {
    let now = clock_gettime(ClockId::Monotonic);
    let seconds = u64::try_from(now.tv_sec).expect("the monotonic clock begins at zero");
    let nanoseconds = u64::try_from(now.tv_nsec).expect("a part of a second is not negative");
    Moment::from_nanoseconds(seconds * NANOSECONDS + nanoseconds)
}

/// How long this thread has worked since it began.
pub(crate) fn worked() -> Duration {
    let worked = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(worked).expect("nobody works for a negative time")
}

/// Returns once `deadline` has come.
pub(crate) fn sleep_until(deadline: Moment) {
    let (seconds, rest) = (
        deadline.nanoseconds() / NANOSECONDS,
        deadline.nanoseconds() % NANOSECONDS,
    );
    let deadline = Timespec {
        tv_sec: i64::try_from(seconds).expect("584 years in seconds fit"),
        tv_nsec: i64::try_from(rest).expect("a part of a second fits"),
    };
    while clock_nanosleep_absolute(ClockId::Monotonic, &deadline) == Err(Errno::INTR) {}
}
