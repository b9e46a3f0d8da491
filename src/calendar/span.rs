//! From civil times to instants: the one place where gaps and folds of clocks are decided.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::TimeOfDay;

/// One opening of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The first instant inside.
    pub start: Timestamp,
    /// The first instant after.
    pub end: Timestamp,
}

impl Occurrence {
    /// The civil day `date`: from its 00:00 to the next day's. Empty where the zone has no such day.
    pub fn of_day(date: Date, zone: &TimeZone) -> Self {
        let start = instant(Some(date), TimeOfDay::MIDNIGHT, zone);
        let end = instant(Some(date), TimeOfDay::DAY_END, zone);
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Whether nothing lies in it.
    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }
}

/// From `start` on `date` to `end`, which is on the next day where it is not after `start`. `None` where nothing is left of it, and on
/// a day that the zone does not have.
pub(super) fn span(date: Date, start: TimeOfDay, end: TimeOfDay, zone: &TimeZone) -> Option<Occurrence> {
    if Occurrence::of_day(date, zone).is_empty() {
        return None;
    }
    let end_date = if end <= start { date.tomorrow().ok() } else { Some(date) };
    let occurrence = Occurrence {
        start: instant(Some(date), start, zone),
        end: instant(end_date, end, zone),
    };
    (!occurrence.is_empty()).then_some(occurrence)
}

/// The instant of `time` on `date`. A time that the clocks skip is as much later as they skip; of one that comes twice it is the
/// first. No date stands for the day after the last, and what no timestamp can hold comes out as the nearest.
fn instant(date: Option<Date>, time: TimeOfDay, zone: &TimeZone) -> Timestamp {
    let day_end = time == TimeOfDay::DAY_END;
    let date = if day_end {
        date.and_then(|date| date.tomorrow().ok())
    } else {
        date
    };
    let Some(date) = date else { return Timestamp::MAX };
    let clock = if day_end { Time::midnight() } else { clock(time) };
    instant_of(date.to_datetime(clock), zone)
}

/// The instant of a civil time, with the same rules.
pub(super) fn instant_of(civil: DateTime, zone: &TimeZone) -> Timestamp {
    let nearest = if civil.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    zone.to_ambiguous_timestamp(civil).compatible().unwrap_or(nearest)
}

/// The hands of the clock at `time`, which must be before 24:00.
fn clock(time: TimeOfDay) -> Time {
    let part = |value: u32| i8::try_from(value).expect("hours, minutes and seconds are below 60");
    let seconds = time.seconds();
    Time::constant(part(seconds / 3600), part(seconds / 60 % 60), part(seconds % 60), 0)
}
