//! Cards with fonts of their own (BX-5K, 5MK, 6K): words as GB2312, and the areas that show them. What follows the two bytes after
//! "answer wanted" of the command A3 06, in both directions:
//!
//! areas to delete 1 (a number 1 each), areas to show 1, then of each the length 2 and
//!
//! | bytes | field |
//! |---|---|
//! | 1 | type 0 |
//! | 2 + 2 + 2 + 2 | x, y, width, height; x and width in eights of LEDs unless the top bit is set; of BX-6K always LEDs |
//! | 1 + 1 + 1 | number, space between lines, run mode |
//! | 2 | timeout in seconds |
//! | 1 + 1 + 1 | sound (0, none), length of more (0), alignment |
//! | 1 + 1 | single line: 1 yes, 2 no; new line: 1 as written, 2 where it is full |
//! | 1 + 1 + 1 + 1 | display mode, exit mode, speed, stay in half seconds |
//! | 4 + the words | length, GB2312 |

use std::{borrow::Cow, time::Duration};

use super::{PictureError, entrance::effect, reader::Reader};
use crate::{
    controller::{
        card::{CardArea, Entrance, Look},
        onbon::model::{Family, Model},
    },
    units::Area,
};

/// Marks an x or a width that counts LEDs.
const IN_LEDS: u16 = 0x8000;

/// Alignment: middle, from both sides.
pub const CENTRE: u8 = 2 | 8;

/// What one request of words says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update<'a> {
    /// The areas to delete, by number.
    pub delete: Vec<u8>,
    /// The areas to show.
    pub areas: Vec<TextArea<'a>>,
}

/// An area of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextArea<'a> {
    /// 0.
    pub kind: u8,
    /// x, y, width and height, as on the wire.
    pub sides: [u16; 4],
    /// Its number, from 0 on.
    pub id: u8,
    /// The space between lines.
    pub line_space: u8,
    /// How its pages follow each other, as of [`super::area::DynamicArea`].
    pub run: u8,
    /// In seconds.
    pub timeout: u16,
    /// 0 left, 1 right, 2 centre; 0 top, 4 bottom, 8 middle.
    pub alignment: u8,
    /// 1: one line; 2: several.
    pub single: u8,
    /// 1: lines end where it is written; 2: where they are full.
    pub new_line: u8,
    /// How the words come in.
    pub mode: u8,
    /// How they leave.
    pub exit: u8,
    /// 0 is the fastest, `18` hexadecimal the slowest.
    pub speed: u8,
    /// In half seconds.
    pub stay: u8,
    /// The words, with escapes.
    pub words: Cow<'a, [u8]>,
}

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

/// The body of the request that shows `areas`, each with its number, and deletes others.
///
/// # Errors
/// The first character that the card does not have.
pub fn update(model: &Model, areas: &[(u8, &CardArea)], delete: &[u8]) -> Result<Vec<u8>, char> {
    let made = areas.iter().map(|(id, area)| TextArea::of(model, *id, area));
    let update = Update {
        delete: delete.to_vec(),
        areas: made.collect::<Result<_, _>>()?,
    };
    let mut out = Vec::new();
    update.encode(&mut out);
    Ok(out)
}

impl<'a> Update<'a> {
    /// Appends what follows the length of A3 06.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.delete.len() as u8);
        out.extend(&self.delete);
        out.push(self.areas.len() as u8);
        for area in &self.areas {
            let start = out.len();
            out.extend([0; 2]);
            area.encode(out);
            let length = (out.len() - start - 2) as u16;
            out[start..start + 2].copy_from_slice(&length.to_le_bytes());
        }
    }

    /// What stands in `bytes`, which follow the length of A3 06 and end with them.
    ///
    /// # Errors
    /// The first thing, from the front, that the table does not allow.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PictureError> {
        let mut reader = Reader::new(bytes);
        let delete = reader.byte("delete count")?;
        let delete = reader.take("delete", delete.into())?.to_vec();
        let count = reader.byte("area count")?;
        let areas = (0..count)
            .map(|_| TextArea::parse(&mut reader))
            .collect::<Result<_, _>>()?;
        reader.end()?;
        Ok(Self { delete, areas })
    }
}

impl<'a> TextArea<'a> {
    /// The area as a card of that kind is told it: its first page of words.
    ///
    /// # Errors
    /// The first character that the card does not have.
    pub fn of(model: &Model, id: u8, area: &CardArea) -> Result<TextArea<'static>, char> {
        let page = area.pages.first();
        let words = page.map_or("", |page| match &page.look {
            Look::Words(words) => words,
            Look::Dots(_) => "",
        });
        let entrance = page.map_or(Entrance::Cut, |page| page.entrance);
        let stay = page.map_or(Duration::ZERO, |page| page.stay);
        let effect = effect(model, entrance);
        let is_single = matches!(entrance, Entrance::Running(_));
        Ok(TextArea {
            kind: 0,
            sides: sides(model.family, area.place),
            id,
            line_space: 0,
            run: 0,
            timeout: 0,
            alignment: CENTRE,
            single: if is_single { 1 } else { 2 },
            new_line: 2,
            mode: effect.mode,
            exit: 0,
            speed: effect.speed,
            stay: u8::try_from((stay.as_millis() + 250) / 500).unwrap_or(u8::MAX),
            words: Cow::Owned(encode(words)?),
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.kind);
        out.extend(self.sides.iter().flat_map(|side| side.to_le_bytes()));
        out.extend([self.id, self.line_space, self.run]);
        out.extend(self.timeout.to_le_bytes());
        out.extend([0, 0, self.alignment, self.single, self.new_line]);
        out.extend([self.mode, self.exit, self.speed, self.stay]);
        out.extend((self.words.len() as u32).to_le_bytes());
        out.extend(&*self.words);
    }

    fn parse(reader: &mut Reader<'a>) -> Result<Self, PictureError> {
        let at = reader.at();
        let length = reader.word("area length")?;
        let start = reader.at();
        let kind = reader.byte("area type")?;
        let sides = [
            reader.word("x")?,
            reader.word("y")?,
            reader.word("width")?,
            reader.word("height")?,
        ];
        let [id, line_space, run] = reader.array("number")?;
        let timeout = reader.word("timeout")?;
        reader.only("sound", 0)?;
        reader.only("length of more", 0)?;
        let [alignment, single, new_line] = reader.array("alignment")?;
        let [mode, exit, speed, stay] = reader.array("display mode")?;
        let count = reader.long("length of the words")?;
        let words = reader.take("words", count as usize)?.into();
        let taken = reader.at() - start;
        if usize::from(length) != taken {
            return Err(PictureError::Value {
                field: "area length",
                at,
                found: length.into(),
                wanted: u32::try_from(taken).unwrap_or(u32::MAX),
            });
        }
        Ok(Self {
            kind,
            sides,
            id,
            line_space,
            run,
            timeout,
            alignment,
            single,
            new_line,
            mode,
            exit,
            speed,
            stay,
            words,
        })
    }
}

/// Sides as on the wire.
fn sides(family: Family, place: Area) -> [u16; 4] {
    let mark = if family == Family::FiveK { IN_LEDS } else { 0 };
    let (x, width) = (place.x as u16 | mark, place.width as u16 | mark);
    [x, place.y as u16, width, place.height as u16]
}
