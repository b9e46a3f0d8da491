//! When an item begins and ends, as written: 长期, or both ends at once, 12月1日至5日 after a year.

use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};
use toml::de::DeValue;

use super::{fault::ItemFault, kind::WorkingDays};
use crate::{
    diagnostic::Bilingual,
    document::{
        Describe, Doc, Kind, Spot,
        kind::{DateFault, Edge, Instant, check_day, check_instant, ends},
    },
};

/// What says that nothing ends an item.
const FOR_GOOD: [&str; 3] = ["长期", "长期有效", "永久"];

/// When an item begins, and, where it is written as a span of time, when it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beginning;

/// When an item ends; `None` where nothing ends it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending;

/// How long an item is posted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posted;

/// What is written as a posting period.
#[derive(Clone, Copy, Debug)]
pub(super) enum Period {
    /// So many working days.
    Days(u16),
    /// From the first of these days to the last.
    Between(Date, Date),
}

impl Describe for Beginning {
    fn describe(&self) -> Bilingual {
        Instant(Edge::Start).describe()
    }

    fn schema(&self) -> Value {
        json!({ "anyOf": [Instant(Edge::Start).schema(), span()] })
    }
}

impl Kind for Beginning {
    type Value = (DateTime, Option<DateTime>);

    fn read(&self, spot: &Spot<'_>) -> Option<Self::Value> {
        let Some((first, last)) = written(spot).and_then(ends) else {
            return Instant(Edge::Start).read(spot).map(|first| (first, None));
        };
        let first = sound(check_instant(&first, Edge::Start), spot)?;
        let last = sound(check_instant(&last, Edge::End), spot)?;
        if last <= first {
            return spot.problem(ItemFault::Backwards);
        }
        Some((first, Some(last)))
    }
}

impl Describe for Ending {
    fn describe(&self) -> Bilingual {
        Instant(Edge::End).describe()
    }

    fn schema(&self) -> Value {
        json!({ "anyOf": [Instant(Edge::End).schema(), { "enum": FOR_GOOD }] })
    }
}

impl Kind for Ending {
    type Value = Option<DateTime>;

    fn read(&self, spot: &Spot<'_>) -> Option<Self::Value> {
        if written(spot).is_some_and(|text| FOR_GOOD.contains(&text.trim().trim_end_matches('。'))) {
            return Some(None);
        }
        Instant(Edge::End).read(spot).map(Some)
    }
}

impl Describe for Posted {
    fn describe(&self) -> Bilingual {
        let Bilingual { zh, en } = WorkingDays.describe();
        Bilingual::new(
            format!("{zh}，或起止日期（如 \"2026年11月24日至11月30日\"）"),
            format!("{en}, or the first and the last day (such as \"2026-11-24~11-30\")"),
        )
    }

    fn unit(&self) -> Option<Doc> {
        WorkingDays.unit()
    }

    fn schema(&self) -> Value {
        json!({ "anyOf": [WorkingDays.schema(), span()] })
    }
}

impl Kind for Posted {
    type Value = Period;

    fn read(&self, spot: &Spot<'_>) -> Option<Period> {
        let Some((first, last)) = written(spot).and_then(ends) else {
            return WorkingDays.read(spot).map(Period::Days);
        };
        let (first, last) = (sound(check_day(&first), spot)?, sound(check_day(&last), spot)?);
        if last < first {
            return spot.problem(ItemFault::Backwards);
        }
        Some(Period::Between(first, last))
    }
}

/// Whether `text` names a day, or two with 至 between: what stands where a beginning or an end does.
pub(super) fn is_span(text: &str) -> bool {
    ends(text).is_some_and(|(first, last)| {
        check_instant(&first, Edge::Start).is_ok() && check_instant(&last, Edge::End).is_ok()
    })
}

fn written<'r>(spot: &Spot<'r>) -> Option<&'r str> {
    match spot.value() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

fn sound<T>(read: Result<T, DateFault>, spot: &Spot<'_>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(DateFault::NotADate { .. }) => spot.refuse(),
        Err(fault) => spot.problem(fault),
    }
}

/// Any text with a sign between two ends; what stands there is for the reader to say.
fn span() -> Value {
    json!({ "type": "string", "pattern": "(至|到|—|–|～|~|--| - )" })
}
