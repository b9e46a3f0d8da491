//! Cards with fonts of their own (BX-5K, 5MK, 6K): words as GB2312, and the areas that show them. How such an area is written, and read, is
//! [`super::super::message::FontArea`].

use std::time::Duration;

use super::entrance::effect;
use crate::{
    controller::{
        card::{CardArea, Entrance, Look},
        onbon::{
            message::{FontArea, FontRequest, Sound},
            model::{Family, Model},
        },
    },
    units::Area,
};

/// Marks an x or a width that counts LEDs.
const IN_LEDS: u16 = 0x8000;

/// Alignment: middle, from both sides.
pub const CENTRE: u8 = 2 | 8;

/// Whether cards with fonts have that character: ASCII that can be printed, and GB2312. A backslash begins an escape, so it is not taken.
pub fn fits(character: char) -> bool {
    match character {
        '\\' => false,
        ' '..='~' => true,
        _ => bytes_of(character).is_some(),
    }
}

/// The words as the card takes them, lines parted by `\n`.
///
/// # Errors
/// The first character that [`fits`] not.
pub fn encode(words: &str) -> Result<Vec<u8>, char> {
    let mut out = Vec::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '\n' => out.extend(b"\\n"),
            _ if !fits(character) => return Err(character),
            ' '..='~' => out.push(character as u8),
            _ => out.extend(bytes_of(character).into_iter().flatten()),
        }
    }
    Ok(out)
}

/// The two bytes of a character of GB2312, of 7,445 in all. GBK has more at places that GB2312 leaves free: a card of the older set shows nothing
/// there.
fn bytes_of(character: char) -> Option<[u8; 2]> {
    let mut text = [0; 4];
    let (bytes, _, failed) = encoding_rs::GBK.encode(character.encode_utf8(&mut text));
    let [high, low] = <[u8; 2]>::try_from(&*bytes).ok()?;
    let is_in = match high {
        0xa1 | 0xa3 => matches!(low, 0xa1..=0xfe),
        0xa2 => matches!(low, 0xb1..=0xe2 | 0xe5..=0xee | 0xf1..=0xfc),
        0xa4 => matches!(low, 0xa1..=0xf3),
        0xa5 => matches!(low, 0xa1..=0xf6),
        0xa6 => matches!(low, 0xa1..=0xb8 | 0xc1..=0xd8),
        0xa7 => matches!(low, 0xa1..=0xc1 | 0xd1..=0xf1),
        0xa8 => matches!(low, 0xa1..=0xba | 0xc5..=0xe9),
        0xa9 => matches!(low, 0xa4..=0xef),
        0xd7 => matches!(low, 0xa1..=0xf9),
        0xb0..=0xf7 => matches!(low, 0xa1..=0xfe),
        _ => false,
    };
    (is_in && !failed).then_some([high, low])
}

/// The request that shows `areas`, each with its number, and deletes others: what follows the length of A3 06. No card holds words of 60,000
/// bytes, so that their length is not looked at.
///
/// # Errors
/// The first character that the card does not have.
pub fn update(model: &Model, areas: &[(u8, &CardArea)], delete: &[u8]) -> Result<Vec<u8>, char> {
    // Group, command, answer wanted, length.
    const HEAD: usize = 5;
    let texts = areas.iter().map(|(_, area)| encode(words(area)));
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    let records = areas.iter().zip(&texts);
    let request = FontRequest::UpdateAreas {
        mode: None,
        delete: delete.to_vec(),
        areas: records
            .map(|((id, area), text)| record(model, *id, area, text))
            .collect(),
    };
    let mut out = Vec::new();
    request.encode(&mut out);
    Ok(out.split_off(HEAD))
}

/// The area as a card of that kind is told it: `text` for its first page.
pub fn record<'t>(model: &Model, id: u8, area: &CardArea, text: &'t [u8]) -> FontArea<'t> {
    let page = area.pages.first();
    let entrance = page.map_or(Entrance::Cut, |page| page.entrance);
    let stay = page.map_or(Duration::ZERO, |page| page.stay);
    let effect = effect(model, entrance);
    let [x, y, width, height] = sides(model.family, area.place);
    FontArea {
        kind: 0,
        x,
        y,
        width,
        height,
        id,
        line_space: 0,
        run_mode: 0,
        timeout: 0,
        sound: Sound::None,
        extra: &[],
        alignment: CENTRE,
        lines: if matches!(entrance, Entrance::Running(_)) { 1 } else { 2 },
        breaks: 2,
        entrance: effect.mode,
        exit: 0,
        speed: effect.speed,
        stay: u8::try_from((stay.as_millis() + 250) / 500).unwrap_or(u8::MAX),
        text,
    }
}

/// The words of an area's first page.
fn words(area: &CardArea) -> &str {
    match area.pages.first().map(|page| &page.look) {
        Some(Look::Words(words)) => words,
        Some(Look::Dots(_)) | None => "",
    }
}

/// Sides as on the wire.
fn sides(family: Family, place: Area) -> [u16; 4] {
    let mark = if family == Family::FiveK { IN_LEDS } else { 0 };
    let (x, width) = (place.x as u16 | mark, place.width as u16 | mark);
    [x, place.y as u16, width, place.height as u16]
}
