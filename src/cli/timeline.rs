//! `yingbi timeline`: what plays when.

use std::io::{BufWriter, Write, stdout};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{
    arguments::Timeline,
    exit::{Exit, Failure},
    load, stamp,
    terminal::Terminal,
    time,
};
use crate::{
    diagnostic::{Bilingual, Language},
    wall::{Row, Shown},
};

/// A row as one JSON object. These names are stable; `dark` stands in place of the fields of a cue.
#[derive(Debug, Serialize)]
struct Line<'a> {
    since: String,
    until: String,
    screen: &'a str,
    zone: &'a str,
    #[serde(flatten)]
    what: What<'a>,
}

/// What a row is about.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum What<'a> {
    Page {
        item: &'a str,
        title: &'a str,
        page: u16,
        pages: u16,
        playlist: &'a str,
        priority: &'static str,
    },
    Dark {
        dark: &'a str,
        dark_zh: &'a str,
    },
}

/// Lists every cue of the stretch asked for.
pub(super) fn run(options: &Timeline, terminal: &Terminal) -> Result<Exit, Failure> {
    let wall = load::usable(load::filmed(&options.site, None, terminal)?, terminal)?;
    let zone = &wall.site().timezone;
    let from = time::instant(options.from.as_deref(), zone, time::now())?;
    let until = match &options.until {
        Some(text) => time::instant(Some(text), zone, from)?,
        None => from
            .saturating_add(SignedDuration::from_hours(1))
            .unwrap_or(Timestamp::MAX),
    };
    if until <= from {
        return Err(Failure::new(
            Exit::USAGE,
            Bilingual::new("结束时刻不在起始时刻之后", "the end is not after the beginning"),
            Bilingual::new("请让 --until 晚于 --from", "let --until be later than --from"),
        ));
    }
    let screens = match &options.screen {
        Some(id) => vec![load::screen(&wall, Some(id))?],
        None => (0..wall.site().screens.len()).collect(),
    };
    if let Some(zone) = &options.zone {
        load::zone(&wall, &screens, zone)?;
    }
    let mut out = BufWriter::with_capacity(64 << 10, stdout().lock());
    for screen in screens {
        let rows = wall.timeline(screen, from, until);
        for row in rows.filter(|row| options.zone.as_ref().is_none_or(|zone| **zone == *row.zone)) {
            if options.json {
                let line = serde_json::to_string(&line(&row, zone)).map_err(std::io::Error::from)?;
                writeln!(out, "{line}")?;
            } else {
                print(&mut out, &row, zone, terminal.language())?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::DONE)
}

fn line<'a>(row: &'a Row, zone: &TimeZone) -> Line<'a> {
    let written = |instant: Timestamp| instant.display_with_offset(zone.to_offset(instant)).to_string();
    Line {
        since: written(row.since),
        until: written(row.until),
        screen: &row.screen,
        zone: &row.zone,
        what: match &row.shown {
            Shown::Page {
                item,
                title,
                page,
                pages,
                playlist,
                priority,
            } => What::Page {
                item,
                title,
                page: *page,
                pages: *pages,
                playlist,
                priority: priority.name(),
            },
            Shown::Dark(zh, en) => What::Dark { dark: en, dark_zh: zh },
        },
    }
}

fn print(out: &mut impl Write, row: &Row, zone: &TimeZone, language: Language) -> std::io::Result<()> {
    let (since, until) = (zone.to_datetime(row.since), zone.to_datetime(row.until));
    out.write_all(stamp::date_time(since).as_bytes())?;
    out.write_all(" – ".as_bytes())?;
    out.write_all(stamp::time(until).as_bytes())?;
    write!(out, "  {}/{}  ", row.screen, row.zone)?;
    match &row.shown {
        Shown::Page {
            item,
            title,
            page,
            pages,
            playlist,
            priority,
        } => writeln!(
            out,
            "{title} {page}/{pages}  [{item}]  {playlist} ({})",
            priority.name()
        ),
        Shown::Dark(zh, en) => match language {
            Language::Chinese => writeln!(out, "熄屏：{zh}"),
            Language::English => writeln!(out, "dark: {en}"),
        },
    }
}
