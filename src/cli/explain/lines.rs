//! The answers as JSON, one object a line. The names of all fields are stable.

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;

use super::{instant::Screen, item};
use crate::{
    cli::past::{Authority, Question},
    diagnostic::{Bilingual, Diagnostic, Explain as _},
    folder::journal::JournalFault,
    item::Item,
    wall::{CardAreaView, CardView, CueView, FilmView, ItemView, ZoneView},
};

/// Who answers: part of every line.
#[derive(Debug, Serialize)]
struct Head {
    at: String,
    /// `journal`, `down` or `today`.
    authority: &'static str,
    /// The first line of the answer for people.
    told: String,
    told_zh: String,
    programme: Option<String>,
    accepted: Option<String>,
    on_since: Option<String>,
    running_since: Option<String>,
    down_since: Option<String>,
    down_until: Option<String>,
    stopped_since: Option<String>,
    stopped_by: Option<String>,
    stopped_reason: Option<String>,
}

/// One zone at the instant.
#[derive(Debug, Serialize)]
struct Zone<'a> {
    #[serde(flatten)]
    head: &'a Head,
    screen: &'a str,
    zone: &'a str,
    dark: Option<&'a str>,
    dark_zh: Option<&'a str>,
    dark_until: Option<String>,
    /// In percent; `null` where it is dark.
    brightness: Option<u8>,
    /// Whether something takes the whole screen, above the zone.
    covered: bool,
    now: Option<&'a CueView>,
    next: Option<&'a CueView>,
    /// What lower priorities would show, the highest first.
    beaten: &'a [CueView],
    /// What the screen's cards do with the zone.
    cards: Vec<CardLine<'a>>,
    notes: Vec<&'a str>,
    notes_zh: Vec<&'a str>,
}

/// A zone on one card.
#[derive(Debug, Serialize)]
struct CardLine<'a> {
    number: usize,
    model: &'static str,
    #[serde(flatten)]
    area: &'a CardAreaView,
}

/// A screen of which the programme can be named but not shown.
#[derive(Debug, Serialize)]
struct Missing<'a> {
    #[serde(flatten)]
    head: &'a Head,
    screen: &'a str,
    missing: String,
    missing_zh: String,
}

/// An item in one zone, by one playlist; without these where no playlist plays it, or its file is refused.
#[derive(Debug, Serialize)]
struct Standing<'a> {
    #[serde(flatten)]
    head: &'a Head,
    item: &'a str,
    title: Option<&'a str>,
    file: Option<&'a str>,
    /// Whether the newest version of the file is refused.
    refused: bool,
    screen: Option<&'a str>,
    zone: Option<&'a str>,
    playlist: Option<&'a str>,
    priority: Option<&'static str>,
    standing: &'static str,
    why: String,
    why_zh: String,
    next_since: Option<String>,
    next_until: Option<String>,
    /// What has become of it there, where it is a video.
    film: Option<&'a FilmView>,
}

/// A screen's zones.
pub(super) fn screen(
    out: &mut impl Write,
    question: &Question,
    screen: &Screen,
    zones: &[(&ZoneView, &[CueView])],
) -> std::io::Result<()> {
    let mut head = head(question);
    if let Some(programme) = screen.programme {
        head.programme = Some(programme.to_string());
    }
    let dark = screen.view.dark.as_ref();
    for (zone, beaten) in zones {
        let line = Zone {
            head: &head,
            screen: &screen.view.id,
            zone: &zone.id,
            dark: dark.map(|(_, en)| &**en),
            dark_zh: dark.map(|(zh, _)| &**zh),
            dark_until: screen.dark_until.map(|until| written(question, until)),
            brightness: dark.is_none().then_some(screen.shine.level.percent()),
            covered: screen.covers(zone),
            now: zone.now.as_ref(),
            next: zone.next.as_ref(),
            beaten,
            cards: cards(&screen.cards, zone),
            notes: screen.notes.iter().map(|note| &*note.en).collect(),
            notes_zh: screen.notes.iter().map(|note| &*note.zh).collect(),
        };
        write(out, &line)?;
    }
    Ok(())
}

/// What the cards do with a zone.
fn cards<'a>(cards: &'a [CardView], zone: &ZoneView) -> Vec<CardLine<'a>> {
    let areas = cards
        .iter()
        .flat_map(|card| card.areas.iter().map(move |area| (card, area)));
    let lines = areas.filter(|(_, area)| area.zones.contains(&zone.id));
    lines
        .map(|(card, area)| CardLine {
            number: card.number,
            model: card.model,
            area,
        })
        .collect()
}

/// A screen whose programme is no longer kept.
pub(super) fn missing(
    out: &mut impl Write,
    question: &Question,
    screen: &str,
    fault: &JournalFault,
) -> std::io::Result<()> {
    let line = Missing {
        head: &head(question),
        screen,
        missing: fault.to_string(),
        missing_zh: fault.chinese(),
    };
    write(out, &line)
}

/// An item, zone by zone.
pub(super) fn item(
    out: &mut impl Write,
    question: &Question,
    item: &Item,
    views: &[ItemView],
    is_refused: bool,
) -> std::io::Result<()> {
    let head = head(question);
    let nowhere = item::unplayed(item);
    let bare = |standing, why: Bilingual| Standing {
        head: &head,
        item: &item.id,
        title: Some(&item.title),
        file: Some(&item.file),
        refused: is_refused,
        screen: None,
        zone: None,
        playlist: None,
        priority: None,
        standing,
        why: why.en,
        why_zh: why.zh,
        next_since: None,
        next_until: None,
        film: None,
    };
    if views.is_empty() {
        write(out, &bare("unplayed", nowhere))?;
    }
    for view in views {
        for play in &view.plays {
            let line = Standing {
                screen: Some(&view.screen),
                zone: Some(&view.zone),
                playlist: Some(&play.file),
                priority: Some(play.priority.name()),
                next_since: view.next.map(|(since, _)| written(question, since)),
                next_until: view.next.map(|(_, until)| written(question, until)),
                film: view.film.as_ref(),
                ..bare(play.standing.name(), play.standing.sentence(&question.zone))
            };
            write(out, &line)?;
        }
    }
    Ok(())
}

/// An item of which no version is good.
pub(super) fn refused(
    out: &mut impl Write,
    question: &Question,
    id: &str,
    refusals: &[Diagnostic],
) -> std::io::Result<()> {
    let told = |text: fn(&Diagnostic) -> &str| refusals.iter().map(text).collect::<Vec<_>>();
    let line = Standing {
        head: &head(question),
        item: id,
        title: None,
        file: refusals.first().map(|problem| &*problem.file),
        refused: true,
        screen: None,
        zone: None,
        playlist: None,
        priority: None,
        standing: "refused",
        why: told(|problem| &problem.message.en).join("; "),
        why_zh: told(|problem| &problem.message.zh).join("；"),
        next_since: None,
        next_until: None,
        film: None,
    };
    write(out, &line)
}

fn head(question: &Question) -> Head {
    let line = question.line();
    let mut head = Head {
        at: written(question, question.at),
        authority: "today",
        told: line.en,
        told_zh: line.zh,
        programme: None,
        accepted: None,
        on_since: None,
        running_since: None,
        down_since: None,
        down_until: None,
        stopped_since: None,
        stopped_by: None,
        stopped_reason: None,
    };
    match &question.authority {
        Authority::Journal(ran) => {
            head.authority = "journal";
            head.running_since = Some(written(question, ran.since));
            if let Some(stopped) = &ran.stopped {
                head.stopped_since = Some(written(question, stopped.since));
                head.stopped_by = Some(stopped.by.as_ref().into());
                head.stopped_reason = stopped.reason.as_deref().map(Into::into);
            }
            if let Some(newest) = ran.newest() {
                head.programme = Some(newest.last.edition.programme.to_string());
                let accepted = newest.programme.as_ref().map(|programme| programme.accepted);
                head.accepted = accepted.map(|accepted| written(question, accepted));
                head.on_since = Some(written(question, newest.last.instant()));
            }
        }
        Authority::Down { since, until } => {
            head.authority = "down";
            head.down_since = since.map(|since| written(question, since));
            head.down_until = until.map(|until| written(question, until));
        }
        Authority::Today(_) => {}
    }
    head
}

/// An instant as RFC 3339 in the site's zone.
fn written(question: &Question, instant: Timestamp) -> String {
    let offset = question.zone.to_offset(instant);
    instant.display_with_offset(offset).to_string()
}

fn write(out: &mut impl Write, line: &impl Serialize) -> std::io::Result<()> {
    let text = serde_json::to_string(line).map_err(std::io::Error::from)?;
    writeln!(out, "{text}")
}
