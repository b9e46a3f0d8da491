//! A record as one line of `journal.jsonl`.
//!
//! ```text
//! {"v":1,"at":"2026-05-15T02:00:00Z","what":"left","screen":"lobby","sum":"5f1c09ab"}
//! ```
//!
//! `sum` comes last in every line of every version: the first eight hexadecimal digits of the SHA-256 of the line up to the comma
//! before it. So a line that a failing disk has changed is never taken for what happened.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    folder::whole,
    panel::Pattern,
    units::{Digest, Level, Rate, Tick},
    wall::{
        Edition, PanelTest, Stopped,
        history::{Event, Held, Holding, Maker, Record},
    },
};

/// The version of the lines that are written.
const VERSION: u32 = 1;

/// How many characters `,"sum":"5f1c09ab"}` takes.
const SEAL: usize = 18;

/// Why a line says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is whole, but of a newer version of the program.
    Newer,
    /// It is not what was written.
    Damaged,
}

/// What every version's lines have.
#[derive(Debug, Deserialize)]
struct Head {
    v: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    v: u32,
    #[serde(with = "text")]
    at: Timestamp,
    #[serde(flatten)]
    what: What,
}

/// The names of these fields are stable; ARCHITECTURE.md has a table of them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
enum What {
    Begins,
    Started {
        version: Arc<str>,
        tz: Arc<str>,
        site: Arc<str>,
        pid: u32,
    },
    Programme {
        #[serde(with = "text")]
        digest: Digest,
        version: Arc<str>,
        tz: Arc<str>,
    },
    Screen {
        screen: Arc<str>,
        #[serde(with = "text")]
        digest: Digest,
        /// The clock's floor, where only what is undated was shown.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "maybe")]
        floor: Option<Timestamp>,
        tick: i64,
        rate: u16,
        anew: bool,
    },
    Left {
        screen: Arc<str>,
    },
    Held {
        screen: Arc<str>,
        #[serde(with = "text")]
        since: Timestamp,
        #[serde(with = "text")]
        until: Timestamp,
        frames: u64,
        why: Why,
    },
    Stop {
        by: Arc<str>,
        /// Where that is not when the record was made.
        #[serde(default, skip_serializing_if = "Option::is_none", with = "maybe")]
        since: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Arc<str>>,
    },
    Resume {
        by: Arc<str>,
    },
    Test {
        screen: Arc<str>,
        #[serde(with = "text")]
        since: Timestamp,
        #[serde(with = "text")]
        until: Timestamp,
        by: Arc<str>,
        /// The only output that showed it, from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        output: Option<usize>,
        patterns: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<u8>,
    },
    Clock {
        kind: Arc<str>,
        #[serde(with = "text")]
        from: Timestamp,
        #[serde(with = "text")]
        to: Timestamp,
        by_ms: i64,
    },
    Lost {
        #[serde(with = "text")]
        last: Timestamp,
    },
    Dropped {
        count: u64,
    },
    Ended,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Why {
    Painting,
    Late,
    Clip,
    Clock,
}

/// The line of `record`, with its line break.
pub(super) fn encode(record: &Record) -> String {
    let line = Line {
        v: VERSION,
        at: record.at,
        what: what(record),
    };
    let mut text = serde_json::to_string(&line).expect("a record has only texts and numbers");
    text.pop();
    let sum = whole::sum(&text);
    text + &format!(",\"sum\":\"{sum}\"}}\n")
}

/// The record of `line`, which has no line break.
pub(super) fn decode(line: &[u8]) -> Result<Record, Unread> {
    let text = std::str::from_utf8(line).map_err(|_| Unread::Damaged)?;
    let (body, seal) = text
        .split_at_checked(text.len().saturating_sub(SEAL))
        .ok_or(Unread::Damaged)?;
    if seal != format!(",\"sum\":\"{}\"}}", whole::sum(body)) {
        return Err(Unread::Damaged);
    }
    let body = format!("{body}}}");
    // It is what was written, so if we do not know it, somebody newer wrote it.
    let head: Head = serde_json::from_str(&body).map_err(|_| Unread::Newer)?;
    if head.v != VERSION {
        return Err(Unread::Newer);
    }
    let line: Line = serde_json::from_str(&body).map_err(|_| Unread::Newer)?;
    let event = event(line.at, line.what).ok_or(Unread::Newer)?;
    Ok(Record { at: line.at, event })
}

fn what(record: &Record) -> What {
    match &record.event {
        Event::Begins => What::Begins,
        Event::Started { maker, site, pid } => What::Started {
            version: Arc::clone(&maker.version),
            tz: Arc::clone(&maker.tz),
            site: Arc::clone(site),
            pid: *pid,
        },
        Event::Programme { digest, maker } => What::Programme {
            digest: *digest,
            version: Arc::clone(&maker.version),
            tz: Arc::clone(&maker.tz),
        },
        Event::Screen {
            screen,
            edition,
            tick,
            rate,
            is_anew,
        } => What::Screen {
            screen: Arc::clone(screen),
            digest: edition.programme,
            floor: edition.floor,
            tick: tick.0,
            rate: rate.hertz(),
            anew: *is_anew,
        },
        Event::Left { screen } => What::Left {
            screen: Arc::clone(screen),
        },
        Event::Held(screen, held) => What::Held {
            screen: Arc::clone(screen),
            since: held.since,
            until: held.until,
            frames: held.frames,
            why: match held.why {
                Holding::Painting => Why::Painting,
                Holding::Late => Why::Late,
                Holding::Clip => Why::Clip,
                Holding::Clock => Why::Clock,
            },
        },
        Event::Stop(Stopped { since, by, reason }) => What::Stop {
            by: Arc::clone(by),
            since: Some(*since).filter(|since| *since != record.at),
            reason: reason.clone(),
        },
        Event::Resume { by } => What::Resume { by: Arc::clone(by) },
        Event::Test { screen, test } => What::Test {
            screen: Arc::clone(screen),
            since: test.since,
            until: test.until,
            by: Arc::clone(&test.by),
            output: test.output.map(|output| output + 1),
            patterns: test.patterns.iter().map(|pattern| pattern.name().to_owned()).collect(),
            level: test.level.map(Level::percent),
        },
        Event::Clock { kind, from, to, by } => What::Clock {
            kind: Arc::clone(kind),
            from: *from,
            to: *to,
            // A timestamp holds some ten thousand years, whose milliseconds fit.
            by_ms: i64::try_from(by.as_millis()).unwrap_or_default(),
        },
        Event::Lost { last } => What::Lost { last: *last },
        Event::Dropped { count } => What::Dropped { count: *count },
        Event::Ended => What::Ended,
    }
}

/// What `read` makes of what is written, where anything is; `None` where it makes nothing of it.
fn known<T, V>(written: Option<T>, read: impl FnOnce(T) -> Option<V>) -> Option<Option<V>> {
    match written {
        None => Some(None),
        Some(written) => read(written).map(Some),
    }
}

/// `None` where a number is none that we know.
fn event(at: Timestamp, what: What) -> Option<Event> {
    Some(match what {
        What::Begins => Event::Begins,
        What::Started { version, tz, site, pid } => Event::Started {
            maker: Maker { version, tz },
            site,
            pid,
        },
        What::Programme { digest, version, tz } => Event::Programme {
            digest,
            maker: Maker { version, tz },
        },
        What::Screen {
            screen,
            digest,
            floor,
            tick,
            rate,
            anew,
        } => Event::Screen {
            screen,
            edition: Edition {
                programme: digest,
                floor,
            },
            tick: Tick(tick),
            rate: Rate::new(rate)?,
            is_anew: anew,
        },
        What::Left { screen } => Event::Left { screen },
        What::Held {
            screen,
            since,
            until,
            frames,
            why,
        } => Event::Held(
            screen,
            Held {
                since,
                until,
                frames,
                why: match why {
                    Why::Painting => Holding::Painting,
                    Why::Late => Holding::Late,
                    Why::Clip => Holding::Clip,
                    Why::Clock => Holding::Clock,
                },
            },
        ),
        What::Stop { by, since, reason } => Event::Stop(Stopped {
            since: since.unwrap_or(at),
            by,
            reason,
        }),
        What::Resume { by } => Event::Resume { by },
        What::Test {
            screen,
            since,
            until,
            by,
            output,
            patterns,
            level,
        } => Event::Test {
            screen,
            test: PanelTest {
                since,
                until,
                by,
                output: known(output, |output| output.checked_sub(1))?,
                patterns: patterns
                    .iter()
                    .map(|name| Pattern::named(name))
                    .collect::<Option<_>>()?,
                level: known(level, Level::new)?,
            },
        },
        What::Clock { kind, from, to, by_ms } => Event::Clock {
            kind,
            from,
            to,
            by: SignedDuration::from_millis(by_ms),
        },
        What::Lost { last } => Event::Lost { last },
        What::Dropped { count } => Event::Dropped { count },
        What::Ended => Event::Ended,
    })
}

/// Values as the text that they display as.
mod text {
    use std::{fmt::Display, str::FromStr};

    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// An instant as text, or none.
mod maybe {
    use jiff::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(instant: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match instant {
            Some(instant) => serializer.collect_str(instant),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}
