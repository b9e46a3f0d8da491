//! Times and lengths as a person types them.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::exit::{Exit, Failure};
use crate::diagnostic::Bilingual;

/// The instant now.
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}

/// Reads RFC 3339, or a civil date and time, date (00:00) or time (of the day of `now`) in `zone`; `None` means `now`.
pub(super) fn instant(text: Option<&str>, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, Failure> {
    let Some(text) = text else { return Ok(now) };
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let civil = civil(text, zone.to_datetime(now).date()).ok_or_else(|| unreadable(text))?;
    zone.to_ambiguous_timestamp(civil)
        .compatible()
        .map_err(|_| unreadable(text))
}

fn civil(text: &str, today: Date) -> Option<DateTime> {
    let date = || {
        text.parse::<Date>()
            .ok()
            .filter(|_| !text.contains(['T', ' ', ':']))
            .map(Date::into)
    };
    let time = || text.parse::<Time>().ok().map(|time| today.to_datetime(time));
    date().or_else(|| text.parse::<DateTime>().ok()).or_else(time)
}

fn unreadable(text: &str) -> Failure {
    Failure::new(
        Exit::USAGE,
        Bilingual::new(
            format!("看不懂时间“{text}”"),
            format!("cannot read the time \"{text}\""),
        ),
        Bilingual::new(
            "请写成 2026-05-15T10:00:00+08:00、2026-05-15、\"2026-05-15 10:00\" 或 10:00",
            "write it as 2026-05-15T10:00:00+08:00, 2026-05-15, \"2026-05-15 10:00\" or 10:00",
        ),
    )
}

/// The civil time that an instant of RFC 3339 names, to the second: `2026-05-15 10:00:00`; as it is where it is none.
pub(super) fn told(rfc3339: &str) -> String {
    let civil = rfc3339.parse::<DateTime>();
    civil.map_or_else(
        |_| rfc3339.to_owned(),
        |civil| civil.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    )
}

/// Reads a length such as `10s` or `1m30s`; at most a day.
pub(super) fn length(text: &str) -> Result<SignedDuration, Failure> {
    let read = text.parse::<SignedDuration>().ok();
    read.filter(|length| length.is_positive() && *length <= SignedDuration::from_hours(24))
        .ok_or_else(|| {
            Failure::new(
                Exit::USAGE,
                Bilingual::new(
                    format!("看不懂时长“{text}”"),
                    format!("cannot read the length \"{text}\""),
                ),
                Bilingual::new(
                    "请写成 10s 或 1m30s，最长 24 小时",
                    "write it as 10s or 1m30s, 24 hours at most",
                ),
            )
        })
}
