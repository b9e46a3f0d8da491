//! From when until when each item of a site may show, as `check` lists it.

use std::io::{self, Write};

use jiff::{
    SignedDuration, Timestamp,
    civil::{DateTime, Time},
    tz::TimeZone,
};
use serde::Serialize;

use crate::{
    diagnostic::Language,
    wall::{Term, Wall},
};

/// An item's dates as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Line<'a> {
    item: &'a str,
    title: &'a str,
    file: &'a str,
    from: Option<String>,
    until: Option<String>,
    why: String,
    why_zh: String,
}

/// Lists every item of `wall`, one a line, in the order of their paths.
pub(super) fn list(wall: &Wall, language: Language, out: &mut impl Write) -> io::Result<()> {
    let zone = &wall.site().timezone;
    for (item, term) in wall.items().iter().zip(wall.terms()) {
        let (dates, why) = (dates(term, zone, language), why(term, language));
        writeln!(out, "{dates}  {}  {}  {why}", item.id, item.title)?;
    }
    Ok(())
}

/// From when until when, and what decides that: `2026-09-28 00:00 – 2026-10-10 24:00  (…)`.
pub(super) fn sentence(term: &Term, zone: &TimeZone, language: Language) -> String {
    format!("{}  {}", dates(term, zone, language), why(term, language))
}

fn dates(term: &Term, zone: &TimeZone, language: Language) -> String {
    let (from, until) = words(term, zone, language);
    format!("{from} – {until}")
}

/// What decides the end, in brackets.
fn why(term: &Term, language: Language) -> String {
    let why = term.end.words();
    match language {
        Language::Chinese => format!("（{}）", why.zh),
        Language::English => format!("({})", why.en),
    }
}

/// The same as JSON.
pub(super) fn list_json(wall: &Wall, out: &mut impl Write) -> io::Result<()> {
    let zone = &wall.site().timezone;
    let written = |instant: Option<Timestamp>| instant.map(|at| at.display_with_offset(zone.to_offset(at)).to_string());
    for (item, term) in wall.items().iter().zip(wall.terms()) {
        let why = term.end.words();
        let line = Line {
            item: &item.id,
            title: &item.title,
            file: &item.file,
            from: written(term.from),
            until: written(term.until),
            why: why.en,
            why_zh: why.zh,
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

fn words(term: &Term, zone: &TimeZone, language: Language) -> (String, String) {
    let (always, forever) = match language {
        Language::Chinese => ("一直", "长期"),
        Language::English => ("always", "no end"),
    };
    let from = term.from.map(|at| zone.to_datetime(at));
    let from = from.map_or_else(|| always.into(), |civil| civil.strftime("%Y-%m-%d %H:%M").to_string());
    let until = term.until.map(|at| zone.to_datetime(at));
    (from, until.map_or_else(|| forever.into(), last))
}

/// An end as an office writes it: the midnight that ends a day is its 24:00.
fn last(civil: DateTime) -> String {
    if civil.time() != Time::midnight() {
        return civil.strftime("%Y-%m-%d %H:%M").to_string();
    }
    let before = civil.saturating_sub(SignedDuration::from_secs(1));
    before.strftime("%Y-%m-%d 24:00").to_string()
}
