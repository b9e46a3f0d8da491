//! Cards with fonts of their own: their requests, and areas of words.
//!
//! What such a card's letters look like is known to nobody but the card, and this room may not set text (`text` stands beside it, not below).
//! So words are kept as words, for whoever compares them, and on the LEDs each character is a box of its width.

use std::time::Duration;

use super::{
    Receiver,
    area::{millis, most},
    build::Lamps,
    clock,
    reader::Reader,
    refusal::{Field, Refusal},
};
use crate::{
    controller::onbon::Family,
    frame::Frame,
    units::{Area, Moment},
};

/// An area of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The area's id.
    pub id: u8,
    /// Its place.
    pub place: Area,
    /// What is written there, with the card's own signs in it: `\n`, `\C1`, `\FO000`.
    pub text: String,
}

/// An area of words, as a card keeps it.
#[derive(Clone, Debug)]
pub(super) struct WordArea {
    place: Area,
    text: Vec<u8>,
    wraps: bool,
    /// When it is gone; `None` for never.
    ends: Option<Moment>,
}

/// A row of letters, and the width of a letter of one byte.
const CELL: (u32, u32) = (16, 8);

/// The longest text of an area. Assumed: no table tells one.
const LONGEST: usize = 4096;

impl WordArea {
    /// What is written there.
    pub(super) fn words(&self, id: u8) -> Words {
        let (text, _, _) = encoding_rs::GBK.decode(&self.text);
        Words {
            id,
            place: self.place,
            text: text.into_owned(),
        }
    }

    /// How many ms after `now` it looks otherwise.
    pub(super) fn changes(&self, now: Moment) -> u64 {
        let ends = self.ends.filter(|ends| *ends > now);
        ends.map_or(u64::MAX, |ends| millis(ends, now) + 1)
    }

    /// Lights a box for each character.
    pub(super) fn paint(&self, lamps: Lamps, frame: &mut Frame, now: Moment) {
        if self.ends.is_some_and(|ends| now >= ends) {
            return;
        }
        let (mut x, mut y) = (0, 0);
        let mut rest = &self.text[..];
        while let Some(&first) = rest.first() {
            let (taken, width) = match rest {
                [b'\\', b'n', ..] => (2, 0),
                [b'\\', b'C', _, ..] => (3, 0),
                [b'\\', b'F', _, _, _, _, ..] => (6, 0),
                _ if first >= 0x80 => (2, 2 * CELL.1),
                _ => (1, CELL.1),
            };
            let is_break = rest.starts_with(b"\\n");
            rest = rest.get(taken..).unwrap_or_default();
            if is_break || self.wraps && width > 0 && x + width > self.place.width {
                (x, y) = (0, y + CELL.0);
            }
            if width > 0 && first != b' ' {
                self.cell(Area::new(x, y, width, CELL.0), lamps, frame);
            }
            x += width;
        }
    }

    /// Lights a cell of the area but for its rim.
    fn cell(&self, cell: Area, lamps: Lamps, frame: &mut Frame) {
        let led = lamps.lit(true, true);
        for y in cell.y + 1..(cell.bottom() - 1).min(self.place.height) {
            for x in cell.x + 1..(cell.right() - 1).min(self.place.width) {
                let at = (self.place.x + x) as usize * 3;
                frame.row_mut(self.place.y + y)[at..at + 3].copy_from_slice(&led);
            }
        }
    }
}

/// The data of an answer of such a card: its error number.
pub(super) fn answer(code: u8) -> [u8; 5] {
    [0xa0, u8::from(code != 0), code, 0, 0]
}

impl Receiver {
    /// Does what the data of a packet for a card with fonts ask.
    pub(super) fn font(&mut self, data: &[u8], now: Moment) -> Result<(), Refusal> {
        let mut reader = Reader::new(data);
        let [group, command, wants] = reader.array()?;
        if wants != 1 {
            return Err(Field::Answer.refuse(wants));
        }
        let (promised, found) = (usize::from(reader.u16()?), reader.rest().len());
        // The length, or what some call the process mode, 0 or 1.
        if promised > 1 && promised != found {
            return Err(Refusal::Length { promised, found });
        }
        match (group, command) {
            (0xa2, 0x00) | (0xa1, 0x02 | 0x07 | 0x08) => reader.end(),
            (0xa2, 0x03) => {
                let civil = clock::read(&mut reader)?;
                reader.end()?;
                if self.mischief.refuses_clock {
                    return Err(Refusal::Clock);
                }
                self.clock = clock::Clock::new(civil, now);
                self.tally.clocks += 1;
                Ok(())
            }
            (0xa3, 0x00) => {
                let is_on = match reader.u8()? {
                    1 => true,
                    2 => false,
                    found => return Err(Field::Switch.refuse(found)),
                };
                reader.end()?;
                self.ram.by_hand = Some((is_on, now));
                Ok(())
            }
            (0xa3, 0x06) => self.set_words(&mut reader, now),
            (0xa3, 0x10) => {
                reader.end()?;
                self.ram.words.clear();
                self.tally.deletes += 1;
                self.changed(now);
                Ok(())
            }
            (0xa1..=0xa3, command) => Err(Refusal::Command { group, command }),
            (group, _) => Err(Refusal::Group(group)),
        }
    }

    /// Areas to delete, then areas to write; all of them or none.
    fn set_words(&mut self, reader: &mut Reader<'_>, now: Moment) -> Result<(), Refusal> {
        self.has_room()?;
        let mut after = self.ram.words.clone();
        let deleted = reader.u8()?;
        for id in reader.take(deleted.into())? {
            after.remove(id);
        }
        let count = reader.u8()?;
        for _ in 0..count {
            let length = reader.u16()?;
            let mut part = Reader::new(reader.take(length.into())?);
            let (id, area) = self.word_area(&mut part, now)?;
            after.insert(id, area);
        }
        reader.end()?;
        if after.len() > most(self.build.model.family) {
            return Err(Refusal::Areas {
                most: most(self.build.model.family),
            });
        }
        for (one, area) in &after {
            let mut others = after.iter().filter(|(other, _)| *other > one);
            if let Some((other, _)) = others.find(|(_, other)| other.place.overlaps(area.place)) {
                return Err(Refusal::Overlap {
                    one: *one,
                    other: *other,
                });
            }
        }
        self.ram.words = after;
        self.tally.updates += u64::from(count > 0);
        self.tally.deletes += u64::from(deleted > 0);
        self.changed(now);
        Ok(())
    }

    fn word_area(&self, part: &mut Reader<'_>, now: Moment) -> Result<(u8, WordArea), Refusal> {
        part.up_to(0, Field::AreaType)?;
        let place = self.word_place(part)?;
        let (id, _line_space, run) = (part.u8()?, part.u8()?, part.up_to(4, Field::RunMode)?);
        let timeout = part.u16()?;
        match part.u8()? {
            0 => {}
            1 => drop(part.take(3)?),
            found => return Err(Field::Sound.refuse(found)),
        }
        let extra = part.u8()?;
        part.take(extra.into())?;
        let alignment = part.u8()?;
        if alignment & 3 == 3 || alignment & 0xf0 != 0 || alignment & 0x0c == 0x0c {
            return Err(Field::Layout.refuse(alignment));
        }
        let [is_single, breaks, mode, _exit, speed, _stay] = part.array()?;
        for (found, allowed) in [(is_single, 1..=2), (breaks, 1..=2), (mode, 1..=6), (speed, 0..=0x18)] {
            if !allowed.contains(&found) {
                return Err(Field::Layout.refuse(found));
            }
        }
        let length = part.u32()? as usize;
        if length > LONGEST {
            return Err(Refusal::Memory {
                needed: length,
                free: LONGEST,
            });
        }
        let text = part.take(length)?.to_vec();
        part.end()?;
        has_glyphs(&text)?;
        let ends = (run == 2).then_some(now + Duration::from_secs(timeout.into()));
        let wraps = is_single == 2 && breaks == 2;
        Ok((
            id,
            WordArea {
                place,
                text,
                wraps,
                ends,
            },
        ))
    }

    /// The place of an area. x and width count in units of 8 LEDs unless the highest bit is set; of a 6K they count LEDs.
    fn word_place(&self, part: &mut Reader<'_>) -> Result<Area, Refusal> {
        let counts_leds = self.build.model.family == Family::SixK;
        let across = |value: u16| match value {
            value if counts_leds || value & 0x8000 != 0 => u32::from(value & 0x7fff),
            value => u32::from(value) * 8,
        };
        let [x, y, width, height] = [part.u16()?, part.u16()?, part.u16()?, part.u16()?];
        let area = Area::new(across(x), y.into(), across(width), height.into());
        if area.width == 0 || area.height == 0 {
            return Err(Field::AreaSize.refuse(0_u8));
        }
        if !area.fits(self.build.size) {
            return Err(Refusal::Beyond {
                area,
                size: self.build.size,
            });
        }
        Ok(area)
    }
}

/// Whether the fonts of a card have all characters of a text: ASCII and GB2312.
fn has_glyphs(text: &[u8]) -> Result<(), Refusal> {
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        rest = match (first, after) {
            (0x20..=0x7e | b'\n' | b'\r', _) => after,
            (0xa1..=0xf7, [0xa1..=0xfe, after @ ..]) => after,
            _ => return Err(Refusal::NoFont { first }),
        };
    }
    Ok(())
}
