//! From the records of `site.toml` to a [`Site`].

use std::{
    collections::{HashMap, HashSet},
    num::NonZeroU16,
    sync::Arc,
};

use jiff::tz::TimeZone;

use super::{
    Column, Contact, Screen, Site, Zone, ZoneKind, card, dimming,
    fault::SiteFault,
    output::{self, OnScreen, Placed, Written},
    quota, table as t,
};
use crate::{
    document::{self, Field, Located, Record, kind::Id},
    units::{Area, Motion, Pace, Rate, Size},
};

/// So many columns may stand above each other.
const DEEPEST: usize = 16;

/// Everything is read before anything is given up, so that all problems are told.
pub(super) fn site(root: &Record<'_>) -> Option<Site> {
    let title = root.get(&t::TITLE);
    let timezone = timezone(root);
    let contact = root
        .table(&t::CONTACT)
        .map(|record| contact(&record))
        .unwrap_or_default();
    let feedback = root.get(&t::FEEDBACK);
    let clip_space = root.get(&t::CLIP_SPACE);
    let full_text = root.get(&t::FULL_TEXT);
    let rules = root.get(&t::RULES);
    let columns = columns(&root.tables(&t::COLUMNS));
    let records = root.tables(&t::SCREENS);
    if records.is_empty() && root.written(&t::SCREENS).is_some() {
        root.problem(SiteFault::NoScreen);
    }
    let screens: Vec<_> = records.iter().map(screen).collect();
    unique(&records, &t::SCREEN_ID, "screen", "屏幕");
    output::check(root, &placed(&screens));
    card::check(root, &placed_cards(&screens));
    Some(Site {
        title: title?,
        timezone: timezone?,
        screens: screens
            .into_iter()
            .map(|screen| Some(screen?.screen))
            .collect::<Option<_>>()?,
        full_text,
        rules: rules?,
        columns: columns?,
        contact,
        has_feedback: feedback?,
        clip_space: u64::try_from(clip_space?).ok()? << 20,
    })
}

fn timezone(root: &Record<'_>) -> Option<TimeZone> {
    let name = root.located(&t::TIMEZONE)?;
    let zone = TimeZone::get(&name.value);
    if zone.is_err() {
        let zone = name.value.to_string();
        root.problem_at(name.span, SiteFault::UnknownZone { zone });
    }
    zone.ok()
}

fn contact(record: &Record<'_>) -> Contact {
    Contact {
        name: record.get(&t::CONTACT_NAME),
        phone: record.get(&t::CONTACT_PHONE),
    }
}

fn columns(records: &[Record<'_>]) -> Option<Vec<Column>> {
    let columns: Vec<_> = records.iter().map(column).collect();
    unique(records, &t::COLUMN_ID, "column", "栏目");
    let whole: Vec<_> = records
        .iter()
        .zip(&columns)
        .filter_map(|(record, column)| Some((record, column.as_ref()?)))
        .collect();
    let parents: HashMap<&str, Option<&str>> = whole
        .iter()
        .map(|(_, column)| (&*column.id, column.parent.as_deref()))
        .collect();
    let faults: Vec<_> = whole.iter().map(|(_, column)| ancestry(column, &parents)).collect();
    if faults.iter().all(Option::is_none) {
        quota::check(&whole);
    }
    for ((record, _), fault) in whole.iter().zip(faults) {
        if let Some(fault) = fault
            && record.is_sound()
        {
            let span = record
                .peek(&t::COLUMN_PARENT)
                .map_or_else(|| record.span(), |parent| parent.span);
            record.problem_at(span, fault);
        }
    }
    columns.into_iter().collect()
}

fn column(record: &Record<'_>) -> Option<Column> {
    let (id, title) = (record.get(&t::COLUMN_ID), record.get(&t::COLUMN_TITLE));
    let (parent, scene) = (record.get(&t::COLUMN_PARENT), record.get(&t::COLUMN_SCENE));
    let (lifetime, festive) = (record.get(&t::LIFETIME), record.get(&t::FESTIVE));
    let (pages, full_text) = (record.get(&t::COLUMN_PAGES), record.get(&t::COLUMN_FULL_TEXT));
    let (least, most) = (record.get(&t::COLUMN_LEAST), record.get(&t::COLUMN_MOST));
    let repeats = record.get(&t::COLUMN_REPEATS);
    let id = id?;
    Some(Column {
        title: title.unwrap_or_else(|| Arc::clone(&id)),
        id,
        parent,
        scene,
        lifetime,
        is_festive: festive?,
        pages: pages.and_then(|pages| u16::try_from(pages).ok()),
        full_text,
        least: least?,
        most: most?,
        repeats: repeats.and_then(|repeats| u16::try_from(repeats).ok()),
    })
}

/// What is wrong on the way from `column` up; a missing ancestor is told where it is named only.
fn ancestry(column: &Column, parents: &HashMap<&str, Option<&str>>) -> Option<SiteFault> {
    let parent = column.parent.as_deref()?;
    if !parents.contains_key(parent) {
        let parent = parent.to_owned();
        return Some(SiteFault::NoParent { parent });
    }
    let mut way = vec![&*column.id];
    let mut above = parent;
    while way.len() <= parents.len() {
        way.push(above);
        if above == &*column.id {
            let round = way.join(" → ");
            return Some(SiteFault::Cycle {
                column: above.to_owned(),
                round,
            });
        }
        if way.len() > DEEPEST {
            let column = column.id.to_string();
            return Some(SiteFault::TooDeep { column });
        }
        above = parents.get(above).copied().flatten()?;
    }
    None
}

/// A screen, and its outputs and cards with their places.
struct Read {
    screen: Screen,
    outputs: Vec<Written>,
    cards: Vec<card::Written>,
}

/// All outputs of the screens that were read.
fn placed(screens: &[Option<Read>]) -> Vec<Placed<'_>> {
    let all = screens.iter().flatten().flat_map(|Read { screen, outputs, .. }| {
        outputs.iter().enumerate().map(|(at, written)| Placed {
            screen: &screen.id,
            number: at + 1,
            rate: screen.rate,
            written,
        })
    });
    all.collect()
}

/// All cards of the screens that were read.
fn placed_cards(screens: &[Option<Read>]) -> Vec<card::Placed<'_>> {
    let all = screens.iter().flatten().flat_map(|Read { screen, cards, .. }| {
        cards.iter().enumerate().map(|(at, written)| card::Placed {
            screen: &screen.id,
            number: at + 1,
            written,
        })
    });
    all.collect()
}

/// A screen, and its outputs and cards with their places.
fn screen(record: &Record<'_>) -> Option<Read> {
    let (id, title) = (record.get(&t::SCREEN_ID), record.get(&t::SCREEN_TITLE));
    let (width, height) = (record.get(&t::WIDTH), record.get(&t::HEIGHT));
    let (colour, rate, pitch) = (record.get(&t::COLOUR), record.get(&t::RATE), record.get(&t::PITCH));
    let (depth, dither) = (record.get(&t::DEPTH), record.get(&t::DITHER));
    let dimming = dimming::dimming(record);
    let lit: Vec<_> = record.tables(&t::LIT).iter().map(document::when).collect();
    let size = width
        .zip(height)
        .map(|(width, height)| Size::new(leds(width), leds(height)));
    let zones = zones(&record.tables(&t::ZONES), size);
    let rate = rate.and_then(|rate| Rate::new(u16::try_from(rate).ok()?));
    let own = OnScreen {
        size,
        colour,
        depth,
        rate,
    };
    let wires = record.tables(&t::OUTPUTS);
    let wires: Vec<_> = wires.iter().map(|record| output::output(record, own)).collect();
    let cards = record.tables(&t::CARDS);
    let cards: Vec<_> = cards.iter().map(|record| card::card(record, own)).collect();
    let (id, size) = (id?, size?);
    let outputs: Vec<Written> = wires.into_iter().collect::<Option<_>>()?;
    let cards: Vec<card::Written> = cards.into_iter().collect::<Option<_>>()?;
    let screen = Screen {
        title: title.unwrap_or_else(|| Arc::clone(&id)),
        id,
        size,
        colour: colour?,
        depth: depth?,
        dither: dither?,
        dimming: dimming?,
        rate: rate?,
        pitch: pitch.map(|hundredths| hundredths * 10),
        lit: lit.into_iter().flatten().flat_map(|window| window.when).collect(),
        zones: some_zone(zones?, size),
        outputs: outputs.iter().map(|written| written.output.clone()).collect(),
        cards: cards.iter().map(|written| written.card.clone()).collect(),
    };
    Some(Read { screen, outputs, cards })
}

/// A screen without zones has one, `main`, of its whole size.
fn some_zone(mut zones: Vec<Zone>, size: Size) -> Vec<Zone> {
    if zones.is_empty() {
        zones.push(Zone {
            id: "main".into(),
            area: size.area(),
            layer: 0,
            kind: ZoneKind::Pages,
            motion: Motion::default(),
            scene: None,
        });
    }
    zones
}

fn zones(records: &[Record<'_>], screen: Option<Size>) -> Option<Vec<Zone>> {
    let zones: Vec<_> = records.iter().map(|record| zone(record, screen)).collect();
    unique(records, &t::ZONE_ID, "zone of this screen", "本屏区域");
    for (at, zone) in zones.iter().enumerate() {
        let lies_over = |other: &&Zone| {
            zone.as_ref()
                .is_some_and(|zone| zone.layer == other.layer && zone.area.overlaps(other.area))
        };
        if let (Some(zone), Some(other)) = (zone, zones[..at].iter().flatten().find(lies_over)) {
            let (zone, other) = (zone.id.to_string(), other.id.to_string());
            records[at].problem(SiteFault::Overlap { zone, other });
        }
    }
    zones.into_iter().collect()
}

fn zone(record: &Record<'_>, screen: Option<Size>) -> Option<Zone> {
    let (id, area) = (record.get(&t::ZONE_ID), area(record, screen));
    let (layer, kind) = (record.get(&t::LAYER), record.get(&t::KIND));
    let (motion, scene) = (motion(record), record.get(&t::ZONE_SCENE));
    Some(Zone {
        id: id?,
        area: area?,
        layer: i32::try_from(layer?).ok()?,
        kind: kind?,
        motion: motion?,
        scene,
    })
}

/// How fast what runs in a zone runs: said in characters a second, or in LEDs a frame.
fn motion(record: &Record<'_>) -> Option<Motion> {
    let (pace, speed) = (record.get(&t::PACE), record.get(&t::SPEED));
    if let (Some(span), Some(_)) = (record.written(&t::SPEED), record.written(&t::PACE)) {
        record.problem_at(span, SiteFault::TwoSpeeds);
    }
    if record.written(&t::SPEED).is_none() {
        return pace
            .and_then(|hundredths| Pace::new(u16::try_from(hundredths).ok()?))
            .map(Motion::Pace);
    }
    let leds = speed
        .and_then(|leds| u16::try_from(leds).ok())
        .and_then(NonZeroU16::new);
    leds.map(Motion::Leds)
}

/// The area that `record` describes; without width or height it reaches to the screen's edge.
pub(super) fn area(record: &Record<'_>, screen: Option<Size>) -> Option<Area> {
    let (x, y) = (record.get(&t::X), record.get(&t::Y));
    let (width, height) = (record.optional(&t::AREA_WIDTH), record.optional(&t::AREA_HEIGHT));
    let (width, height) = (width?, height?);
    let (x, y, screen) = (leds(x?), leds(y?), screen?);
    // At least one LED, so that an area that begins past the edge is told as one beyond the screen.
    let width = width.map_or_else(|| screen.width.saturating_sub(x).max(1), leds);
    let height = height.map_or_else(|| screen.height.saturating_sub(y).max(1), leds);
    let area = Area::new(x, y, width, height);
    if !area.fits(screen) {
        record.problem(SiteFault::OffScreen { area, screen });
        return None;
    }
    Some(area)
}

/// Tells of every identity that an earlier one of `records` has already.
fn unique(records: &[Record<'_>], field: &'static Field<Id>, what_en: &'static str, what_zh: &'static str) {
    let mut seen = HashSet::new();
    for record in records.iter().filter(|record| record.written(field).is_some()) {
        if let Some(Located { value, span }) = record.peek(field)
            && !seen.insert(Arc::clone(&value))
        {
            let id = value.to_string();
            record.problem_at(span, SiteFault::DoubleId { id, what_en, what_zh });
        }
    }
}

/// A count of LEDs within the range of its field.
fn leds(count: i64) -> u32 {
    u32::try_from(count).expect("the field's range is within u32")
}
