//! A card with fonts of its own: it is told words, and sets them by itself.

use std::time::Duration;

use super::{
    beat,
    course::Reason,
    made::{Made, Style, Told, Trace, told_at},
    make::Maker,
    roll::Why,
    strip,
    substitute::fitting,
};
use crate::{
    controller::card::{CardPage, Entrance, Look},
    units::Area,
    wall::projector::Seen,
};
use jiff::civil::DateTime;

/// What parts the items of a ticker.
const BETWEEN: &str = "　　";

/// The area at `place` in which those `seen` are, in words; without a page where the card lacks a character of them.
pub(super) fn make(maker: &mut Maker<'_>, place: Area, seen: &[&Seen]) -> Made {
    let stirs = seen.iter().map(|seen| seen.scene.stirs());
    let stirs = stirs.fold(crate::stage::Stirs::default(), crate::stage::Stirs::and);
    let wire = |words: &str| maker.known.wire(words.len() + 32);
    let ribbon = seen
        .iter()
        .find_map(|seen| seen.scene.ribbon())
        .filter(|_| seen.len() == 1);
    let rough = told_at(Style::Pushed, None, seen, maker.rest, maker.rate);
    let length = all(maker, seen, rough);
    let own_beat = beat::beat(stirs.every, wire(&length));
    let civil = told_at(Style::Pushed, own_beat, seen, maker.rest, maker.rate);
    let said = fitting(&all(maker, seen, civil));
    let entrance = ribbon.map_or(Entrance::Cut, |ribbon| {
        Entrance::Running(strip::pace(ribbon.speed, maker.rate))
    });
    let (pages, missing) = match said {
        Ok(words) if words.trim().is_empty() => (Vec::new(), None),
        Ok(words) => {
            let stay = if ribbon.is_some() {
                Duration::ZERO
            } else {
                CardPage::PUSHED
            };
            let page = CardPage::new(Look::Words(words.into()), entrance, stay);
            (vec![page], None)
        }
        Err(missing) => (Vec::new(), Some(missing)),
    };
    let reason = if ribbon.is_some() { Reason::Strip } else { Reason::Fast };
    let told = Told {
        lost: seen.iter().find_map(|seen| seen.entered).map(|(effect, _)| effect),
        stands: (stirs.runs && ribbon.is_none()).then_some(Why::Several),
        every: stirs.every,
        missing,
        ..Told::new(reason, wire(&length), None)
    };
    Made {
        traces: seen.iter().map(|seen| Trace::of(seen)).collect(),
        ..maker.made(place, seen, Style::Pushed, (own_beat, civil), pages, told)
    }
}

/// What all of them say: one line a line, the tracks one after the other.
fn all(maker: &mut Maker<'_>, seen: &[&Seen], civil: DateTime) -> String {
    let lines: Vec<String> = seen.iter().flat_map(|seen| lines(maker, seen, civil)).collect();
    lines.join("\n")
}

fn lines(maker: &mut Maker<'_>, seen: &Seen, civil: DateTime) -> Vec<String> {
    let (wall, pane) = (&seen.wall, seen.wall.pane(maker.screen, seen.track));
    if seen.scene.ribbon().is_none() {
        let exhibit = wall.exhibit(seen.cue.material);
        return exhibit
            .template
            .words(wall.compositor(), &exhibit.content, seen.cue.page, pane, civil);
    }
    let Some(round) = maker.projector.paged_round(seen.track, maker.tick) else {
        return Vec::new();
    };
    let items = round.pages.iter().map(|page| {
        let exhibit = wall.exhibit(page.material);
        exhibit
            .template
            .ticker_words(wall.compositor(), &exhibit.content, pane, civil)
    });
    vec![items.collect::<Vec<_>>().join(BETWEEN)]
}
