//! From a scene file to a template.

use std::sync::Arc;

use super::{
    boxes::{Block, Fill, Sizes},
    fault::SceneFault,
    field::Field,
    table as keys,
    template::Template,
};
use crate::{
    diagnostic::{Diagnostic, Source},
    document::{self, Record},
    text::{Compositor, Face},
    units::WHITE,
};

impl Template {
    /// The template in `source`, or all that is wrong with it.
    pub fn parse(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let name = stem(source.file());
        let whole = 0..source.text().len();
        let parsed = document::read_part(source, whole, &keys::SCENE, |record| template(source, name, record));
        parsed.value.ok_or(parsed.diagnostics)
    }
}

/// The file's name without folders and extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn template(source: &Source, name: &str, record: &Record<'_>) -> Option<Template> {
    let records = record.tables(&keys::BOXES);
    let blocks: Vec<Option<Block>> = records.iter().map(block).collect();
    let found: Vec<(&Block, &Record<'_>)> = blocks
        .iter()
        .zip(&records)
        .filter_map(|(block, record)| Some((block.as_ref()?, record)))
        .collect();
    tell_two_paged(source, &found);
    Some(Template {
        name: name.into(),
        title: record.get(&keys::TITLE).unwrap_or_else(|| name.into()),
        background: record.get(&keys::PAGE_GROUND)?,
        gap: unsigned(record.get(&keys::GAP)?),
        blocks: blocks.into_iter().collect::<Option<_>>()?,
    })
}

fn block(record: &Record<'_>) -> Option<Block> {
    let fill = fill(record);
    let zone = zone(record);
    let (width, height) = (side(record, &keys::W), side(record, &keys::H));
    let colour = record.get(&keys::COLOUR);
    let background = record.get(&keys::GROUND);
    let accent = record.get(&keys::ACCENT).or(colour);
    let dated = record.get(&keys::DATED).or(colour);
    let bars = record.get(&keys::BARS).or(accent);
    let (paged, scroll, snug) = (
        record.get(&keys::PAGED)?,
        record.get(&keys::SCROLL)?,
        record.get(&keys::SNUG)?,
    );
    let face = record.get(&keys::FACE)?;
    let fill = fill?;
    tell_of_fill(record, &fill, paged, scroll);
    tell_of_scroll(record, &fill, paged, scroll, snug);
    let vertical = record.get(&keys::VERTICAL)?;
    if vertical && (paged || scroll || is_live(&fill)) {
        let span = record.written(&keys::VERTICAL).unwrap_or_else(|| record.span());
        record.problem_at(span, SceneFault::VerticalMoves);
    }
    Some(Block {
        x: signed(record.get(&keys::X)?),
        y: signed(record.get(&keys::Y)?),
        width,
        height,
        fill,
        before: words(record, &keys::BEFORE).unwrap_or_default(),
        after: words(record, &keys::AFTER).unwrap_or_default(),
        beside: record.get(&keys::BESIDE).and_then(|size| u16::try_from(size).ok()),
        colour: colour.unwrap_or(WHITE),
        accent: accent.unwrap_or(WHITE),
        dated: dated.unwrap_or(WHITE),
        bars: bars.unwrap_or(WHITE),
        background,
        face: Face::named(&face).unwrap_or_default(),
        own_face: Face::named(&face).is_none().then_some(face),
        size: u16::try_from(record.get(&keys::SIZE_OF_TYPE)?).ok()?,
        least: u16::try_from(record.get(&keys::LEAST)?).ok()?,
        align: record.get(&keys::ALIGN)?,
        valign: record.get(&keys::VALIGN)?,
        leading: unsigned(record.get(&keys::LEADING)?),
        indent: u8::try_from(record.get(&keys::INDENT)?).ok()?,
        vertical,
        paged,
        scroll,
        snug,
        follows: record.get(&keys::FOLLOWS)?,
        turn: record.get(&keys::TURN).and_then(|turn| u8::try_from(turn).ok()),
        with: record.get(&keys::WITH).unwrap_or_default().into(),
        without: record.get(&keys::WITHOUT).unwrap_or_default().into(),
        zone: zone?,
    })
}

/// What the box shows, where that can be read.
fn fill(record: &Record<'_>) -> Option<Fill> {
    let (field, text, flow) = (
        record.get(&keys::FIELD),
        words(record, &keys::TEXT),
        record.get(&keys::FLOW),
    );
    let mut written = [
        ("field", record.written(&keys::FIELD)),
        ("text", record.written(&keys::TEXT)),
        ("flow", record.written(&keys::FLOW)),
    ]
    .into_iter()
    .filter_map(|(key, span)| Some((key, span?)));
    let Some((first, _)) = written.next() else {
        return Some(Fill::Nothing);
    };
    for (second, span) in written {
        record.problem_at(span, SceneFault::TwoFills { first, second });
    }
    let (text, flow) = (text.map(Fill::Text), flow.map(|fields| Fill::Flow(fields.into())));
    field.map(Fill::Field).or(text).or(flow)
}

fn tell_of_fill(record: &Record<'_>, fill: &Fill, paged: bool, scroll: bool) {
    let (at, fault) = match fill {
        Fill::Nothing | Fill::Text(_) if paged => (record.written(&keys::PAGED), SceneFault::PagedNothing),
        Fill::Field(field) if paged && !field.is_still() => (record.written(&keys::PAGED), SceneFault::PagedNothing),
        Fill::Nothing if record.is_sound() && record.written(&keys::GROUND).is_none() => (None, SceneFault::Empty),
        _ if !is_live(fill) && record.written(&keys::BESIDE).is_some() => {
            (record.written(&keys::BESIDE), SceneFault::BesideStill)
        }
        Fill::Flow(_) if !paged && !scroll => (record.written(&keys::FLOW), SceneFault::FlowUnpaged),
        Fill::Flow(fields) if !fields.iter().all(|field| field.is_still()) => {
            (record.written(&keys::FLOW), SceneFault::FlowOfTime)
        }
        _ => return,
    };
    record.problem_at(at.unwrap_or_else(|| record.span()), fault);
}

fn tell_of_scroll(record: &Record<'_>, fill: &Fill, paged: bool, scroll: bool, snug: bool) {
    let is_still = match fill {
        Fill::Nothing => false,
        Fill::Text(_) | Fill::Flow(_) => true,
        Fill::Field(field) => field.is_still(),
    };
    let (key, fault) = match fill {
        _ if scroll && paged => (&keys::SCROLL, SceneFault::ScrollPaged),
        _ if scroll && record.written(&keys::TURN).is_some() => (&keys::SCROLL, SceneFault::ScrollTurns),
        _ if scroll && !is_still => (&keys::SCROLL, SceneFault::ScrollNothing),
        _ if snug && (scroll || paged) => (&keys::SNUG, SceneFault::SnugOverflow),
        _ if snug && !is_still => (&keys::SNUG, SceneFault::SnugNothing),
        _ => return,
    };
    record.problem_at(record.written(key).unwrap_or_else(|| record.span()), fault);
}

/// Whether it changes with the clock.
const fn is_live(fill: &Fill) -> bool {
    matches!(fill, Fill::Field(Field::Time(_) | Field::DaysLeft | Field::DayNumber))
}

/// A fixed text. A character without a glyph would be a hole on the wall.
fn words(record: &Record<'_>, field: &'static document::Field<document::kind::Line>) -> Option<Arc<str>> {
    let text = record.located(field)?;
    if let Some(refusal) = Compositor::default().refusals(&text.value).next() {
        let (told, why) = (refusal.told(), refusal.why);
        record.problem_at(text.span, SceneFault::NoGlyph { told, why });
    }
    Some(text.value)
}

/// The sizes of zones that the box is for.
fn zone(record: &Record<'_>) -> Option<Sizes> {
    let width = unsigned(record.get(&keys::MIN_WIDTH)?)..=unsigned(record.get(&keys::MAX_WIDTH)?);
    let height = unsigned(record.get(&keys::MIN_HEIGHT)?)..=unsigned(record.get(&keys::MAX_HEIGHT)?);
    let least = [
        (&width, &keys::MIN_WIDTH, &keys::MAX_WIDTH),
        (&height, &keys::MIN_HEIGHT, &keys::MAX_HEIGHT),
    ];
    for (range, least, most) in least {
        if range.is_empty() {
            let written = record.written(least).or_else(|| record.written(most));
            let span = written.unwrap_or_else(|| record.span());
            let (least, most) = (least.key, most.key);
            record.problem_at(span, SceneFault::NoZone { least, most });
        }
    }
    Some(Sizes { width, height })
}

fn side(record: &Record<'_>, field: &'static document::Field<document::kind::Integer>) -> Option<i32> {
    let side = record.located(field)?;
    if side.value == 0 {
        record.problem_at(side.span, SceneFault::NoSize { key: field.key });
    }
    Some(signed(side.value))
}

/// Pages are made by one box at a time, and one runs at a time.
fn tell_two_paged(source: &Source, found: &[(&Block, &Record<'_>)]) {
    let paged: Vec<_> = found.iter().filter(|(block, _)| block.paged || block.scroll).collect();
    for (at, (block, record)) in paged.iter().enumerate() {
        let meets = |other: &Block| other.zone.meets(&block.zone) && !other.excludes(block);
        if let Some((_, first)) = paged[..at].iter().find(|(other, _)| meets(other)) {
            let key = |record: &Record<'_>| record.written(&keys::SCROLL).or_else(|| record.written(&keys::PAGED));
            let span = |record: &Record<'_>| key(record).unwrap_or_else(|| record.span());
            let line = source.place(span(first)).line;
            record.problem_at(span(record), SceneFault::TwoPaged { line });
        }
    }
}

/// The tables keep every number within a few thousand.
fn signed(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(0)
}

fn unsigned(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
