//! Windows of time, as written in `[[when]]` and `lit`.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{TimeOfDay, Weekdays};

/// One window: open on a day that satisfies every part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The weekdays on which it opens; all seven unless written.
    pub weekdays: Weekdays,
    /// The first date, included.
    pub from: Option<Date>,
    /// The last date, included, to 24:00.
    pub until: Option<Date>,
    /// When it opens; 00:00 unless written.
    pub start: TimeOfDay,
    /// When it closes; 24:00 unless written. At or before `start`: on the next day, and the window is named by the day it opens.
    pub end: TimeOfDay,
    /// Dates on which it does not open.
    pub except: Vec<Date>,
}

/// One opening of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The first instant inside.
    pub start: Timestamp,
    /// The first instant after.
    pub end: Timestamp,
}

impl Default for When {
    /// Every day, all day.
    fn default() -> Self {
        Self {
            weekdays: Weekdays::ALL,
            from: None,
            until: None,
            start: TimeOfDay::MIDNIGHT,
            end: TimeOfDay::DAY_END,
            except: Vec::new(),
        }
    }
}

impl When {
    /// The opening that is named by the civil day `date`, if there is one.
    pub fn occurrence(&self, date: Date, zone: &TimeZone) -> Option<Occurrence> {
        if !self.opens_on(date) {
            return None;
        }
        let start = instant(Some(date), self.start, zone);
        let end_date = if self.end <= self.start {
            date.tomorrow().ok()
        } else {
            Some(date)
        };
        let end = instant(end_date, self.end, zone);
        (start < end).then_some(Occurrence { start, end })
    }

    fn opens_on(&self, date: Date) -> bool {
        self.weekdays.contains(date.weekday())
            && self.from.is_none_or(|from| from <= date)
            && self.until.is_none_or(|until| date <= until)
            && !self.except.contains(&date)
    }
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
    let nearest = if date.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    zone.to_ambiguous_timestamp(date.to_datetime(clock))
        .compatible()
        .unwrap_or(nearest)
}

/// The hands of the clock at `time`, which must be before 24:00.
fn clock(time: TimeOfDay) -> Time {
    let part = |value: u32| i8::try_from(value).expect("hours, minutes and seconds are below 60");
    let seconds = time.seconds();
    Time::constant(part(seconds / 3600), part(seconds / 60 % 60), part(seconds % 60), 0)
}
