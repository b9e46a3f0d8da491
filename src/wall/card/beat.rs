//! How often what tells the time is shown anew: as often as it changes, but no more often than the wire allows.

use std::time::Duration;

use jiff::civil::DateTime;

use crate::units::{Rate, Tick};

/// Lengths of beats in seconds: each goes into a day.
const BEATS: [u32; 12] = [1, 5, 10, 15, 20, 30, 60, 300, 600, 900, 1800, 3600];

/// The shortest beat for what changes `every` so many seconds and takes so long on the `wire`: under half of the beat.
pub(super) fn beat(every: Option<u32>, wire: Duration) -> Option<u32> {
    let every = every?;
    let is_slow = |beat: &u32| *beat >= every && wire * 2 < Duration::from_secs(u64::from(*beat));
    Some(BEATS.into_iter().find(is_slow).unwrap_or(BEATS[BEATS.len() - 1]))
}

/// The last time at or before `civil` at which a beat fell; the beginning of the day, where there is none.
pub(super) fn last(beat: Option<u32>, civil: DateTime) -> DateTime {
    let seconds = seconds(civil);
    let seconds = beat.map_or(0, |beat| seconds - seconds % beat.max(1));
    let [hour, minute, second] = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(|part| part as i8);
    civil.date().at(hour, minute, second, 0)
}

/// The first tick after `tick`, at which the clock shows `civil`, at which a beat falls.
pub(super) fn next(beat: u32, civil: DateTime, tick: Tick, rate: Rate) -> Tick {
    let left = beat - seconds(civil) % beat.max(1);
    let left = jiff::SignedDuration::from_secs(left.into())
        - jiff::SignedDuration::from_nanos(civil.subsec_nanosecond().into());
    let instant = rate.timestamp(tick).checked_add(left);
    let next = tick.next();
    instant.map_or(next, |instant| rate.tick_from(instant)).max(next)
}

/// Seconds since 00:00.
fn seconds(civil: DateTime) -> u32 {
    let [hour, minute, second] = [civil.hour(), civil.minute(), civil.second()].map(i8::unsigned_abs);
    u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second)
}
