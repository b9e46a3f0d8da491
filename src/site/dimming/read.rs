//! From the records of brightness to a [`Dimming`].

use super::{
    Dim, Dimming, HALF_HOUR, Night,
    keys::{BRIGHTNESS, DIM, DIM_LEVEL, NIGHT, NIGHT_HOURS, NIGHT_LEVEL},
};
use crate::{
    calendar::TimeOfDay,
    document::{self, Record},
    site::fault::SiteFault,
    units::{Level, Share},
};

/// When night is where nothing is written: 22:00 and 06:00.
const NIGHT_START: u32 = 22 * 3600;
const NIGHT_END: u32 = 6 * 3600;

/// The most at night where nothing is written, in percent.
const NIGHT_MOST: u8 = 20;

/// How bright the screen that `record` describes shines.
pub(in crate::site) fn dimming(record: &Record<'_>) -> Option<Dimming> {
    let usual = record.get(&BRIGHTNESS);
    let entries: Vec<_> = record.tables(&DIM).iter().map(entry).collect();
    let night = match record.table(&NIGHT) {
        Some(night) => self::night(&night),
        None => usual_night(),
    };
    Some(Dimming {
        usual: level(usual?)?,
        entries: entries.into_iter().collect::<Option<_>>()?,
        night: night?,
    })
}

fn entry(record: &Record<'_>) -> Option<Dim> {
    let (share, window) = (record.get(&DIM_LEVEL), document::when(record));
    let when = window?.when;
    let times = when.iter().flat_map(|when| [when.start, when.end]);
    if let Some(time) = off_half_hour(times) {
        record.problem(SiteFault::OffHalfHour { time });
        return None;
    }
    let level = level(share?)?;
    Some(Dim { when, level })
}

fn night(record: &Record<'_>) -> Option<Night> {
    let (hours, most) = (record.located(&NIGHT_HOURS), record.get(&NIGHT_LEVEL));
    let hours = hours?;
    let (start, end) = hours.value;
    if let Some(time) = off_half_hour([start, end].into_iter()) {
        record.problem_at(hours.span, SiteFault::OffHalfHour { time });
        return None;
    }
    let most = level(most?)?;
    Some(Night { start, end, most })
}

fn usual_night() -> Option<Night> {
    Some(Night {
        start: TimeOfDay::new(NIGHT_START)?,
        end: TimeOfDay::new(NIGHT_END)?,
        most: Level::new(NIGHT_MOST)?,
    })
}

/// The first of the times that is on no half hour.
fn off_half_hour(mut times: impl Iterator<Item = TimeOfDay>) -> Option<TimeOfDay> {
    times.find(|time| !time.seconds().is_multiple_of(HALF_HOUR))
}

fn level(share: Share) -> Option<Level> {
    Level::new(share.percent())
}
