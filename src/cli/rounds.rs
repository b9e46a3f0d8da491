//! How long a round takes in each zone, as `check` lists it.

use std::io::{self, Write};

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::{
    diagnostic::Language,
    wall::{Rounds, ZoneRound},
};

/// A zone's longest round of the day as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Line<'a> {
    screen: &'a str,
    zone: &'a str,
    round_seconds: f64,
    items: usize,
    priority: &'static str,
    since: String,
}

/// Lists the longest round of each zone, one a line.
pub(super) fn list(rounds: &Rounds, zone: &TimeZone, language: Language, out: &mut impl Write) -> io::Result<()> {
    for round in &rounds.zones {
        let ZoneRound {
            screen,
            zone: id,
            items,
            ..
        } = round;
        let since = zone.to_datetime(round.since).strftime("%H:%M");
        let length = round.words();
        let length = length.get(language);
        match language {
            Language::Chinese => {
                let level = round.priority.chinese();
                writeln!(
                    out,
                    "{screen}/{id}  一轮 {length}，{items} 条（今日 {since} 起，{level}）"
                )?;
            }
            Language::English => {
                let level = round.priority.name();
                writeln!(
                    out,
                    "{screen}/{id}  one round takes {length}, {items} item(s) (today from {since}, {level})"
                )?;
            }
        }
    }
    Ok(())
}

/// The same as JSON.
pub(super) fn list_json(rounds: &Rounds, zone: &TimeZone, out: &mut impl Write) -> io::Result<()> {
    for round in &rounds.zones {
        let since = round.since;
        let line = Line {
            screen: &round.screen,
            zone: &round.zone,
            round_seconds: round.length.as_secs_f64(),
            items: round.items,
            priority: round.priority.name(),
            since: since.display_with_offset(zone.to_offset(since)).to_string(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}
