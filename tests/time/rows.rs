//! The timeline says the same as the days that it is made of.

use std::sync::Arc;

use jiff::Timestamp;
use yingbi::{
    programme::{Dark, Day, Light},
    units::Tick,
    wall::{Row, Shown, Wall},
};

/// Compares the rows of a screen of that rate with its compiled day, second by second from `from` until `until`.
pub(super) fn check(
    wall: &Arc<Wall>,
    compiled: &Day,
    (screen, rate): (usize, i64),
    (from, until): (i64, i64),
) -> Result<(), String> {
    let at = |second| Timestamp::from_second(second).expect("a year of this millennium");
    let rows: Vec<Row> = wall.timeline(screen, at(from), at(until)).collect();
    let plan = &wall.programme().plan().screens[screen];
    for second in from..until {
        let (instant, tick) = (at(second), Tick(second * rate));
        let now = rows.iter().filter(|row| row.since <= instant && instant < row.until);
        let mut found: Vec<String> = now.map(told).collect();
        found.sort_unstable();
        let light = compiled.light(tick);
        let mut expected: Vec<String> = Vec::new();
        for (track, planned) in plan.tracks.iter().enumerate() {
            let Some(cue) = compiled.at(track, tick) else { continue };
            let list = &planned.playlists[cue.playlist];
            let is_seen = match light {
                Light::Lit(_) => true,
                Light::Alarm(..) => ["alert", "stop"].contains(&list.priority.name()),
                Light::Dark(..) => false,
            };
            if is_seen {
                expected.push(format!("{} {}", planned.zone, list.file));
            }
        }
        match light {
            Light::Dark(dark, _) => expected.push(format!("* {}", reason(&dark))),
            Light::Lit(_) if expected.is_empty() => expected.push("* nothing is scheduled for now".into()),
            _ => {}
        }
        expected.sort_unstable();
        if found != expected {
            return Err(format!(
                "second {second}: the timeline says {found:?}, the day {expected:?}"
            ));
        }
    }
    Ok(())
}

fn told(row: &Row) -> String {
    match &row.shown {
        Shown::Page { playlist, .. } => format!("{} {playlist}", row.zone),
        Shown::Dark(_, reason) => format!("{} {reason}", row.zone),
    }
}

fn reason(dark: &Dark) -> String {
    match dark {
        Dark::Silence(name) => format!("silence: {name}"),
        Dark::Maintenance(name) => format!("maintenance: {name}"),
        Dark::Holiday(name) => format!("holiday: {name}"),
        Dark::Hours => "outside the lit hours".into(),
    }
}
