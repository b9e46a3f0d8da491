//! Program files: the picture that a card shows by itself when its power comes back. P files of BX-5 hold their bitmaps, those of BX-6 say
//! where in a D file they lie. Both end with a checksum.
//!
//! P file: type `00` 1, name 4, style 1, priority 1, times 1, span 2; of BX-6 special 1, reserved 7, speed 2; days of the week 1; from 4, until 4
//! (year 2, month, day, BCD); daily periods 1 (6 each); border 1 (0), protected 1 (0), areas 1; each with length 4; checksum 4.
//! D file: type `09` 1, name 4, reserved 8, bitmaps, checksum 4.

use std::borrow::Cow;

use super::{
    PictureError, bitmap,
    entrance::QUICK,
    field,
    page::{Page, PagedArea},
    reader::Reader,
};
use crate::{
    controller::onbon::model::{Form, Layout, Model},
    frame::Frame,
};

pub use crate::controller::onbon::packet::checksum::crc32;

/// The type of a program file.
pub const PROGRAM: u8 = 0;
/// The type of a file of bitmaps.
pub const DATA: u8 = 9;

/// The offset of the first bitmap in a D file. 13 bytes stand before it, so offsets count from 1; the maker's software writes them so.
pub const FIRST_OFFSET: u32 = 14;

/// A file as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFile {
    /// Four letters: `P000`.
    pub name: [u8; 4],
    /// [`PROGRAM`] or [`DATA`].
    pub kind: u8,
    /// All of it, with its checksum.
    pub bytes: Vec<u8>,
}

/// A program file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program<'a> {
    /// Four letters: `P000`.
    pub name: [u8; 4],
    /// 0.
    pub style: u8,
    /// 0.
    pub priority: u8,
    /// How often it plays in its turn.
    pub times: u8,
    /// For how many seconds it plays in its turn; 0: until its areas are through.
    pub span: u16,
    /// BX-6 only: special, 7 reserved, speed adjustment 2.
    pub extra: [u8; 10],
    /// On which days of the week, one bit each; `FF` every day.
    pub weekdays: u8,
    /// From which day on: year in two BCD bytes, low first, month, day; `FFFF` for any year.
    pub from: [u8; 4],
    /// Until which day.
    pub until: [u8; 4],
    /// At which times of day: hour, minute, second of start and end, BCD. Empty: at any.
    pub periods: Vec<[u8; 6]>,
    /// What it shows.
    pub areas: Vec<PagedArea<'a>>,
}

/// A file of bitmaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data<'a> {
    /// Four letters: `D000`.
    pub name: [u8; 4],
    /// Zeros.
    pub reserved: [u8; 8],
    /// The bitmaps of all pages, one after the other.
    pub pixels: Cow<'a, [u8]>,
}

/// The files that make a card show `frame` when nobody speaks to it, in the order in which they are sent. Empty for cards with fonts.
pub fn fallback(model: &Model, layout: Layout, frame: &Frame) -> Vec<CardFile> {
    let Some(form) = model.family.form() else {
        return Vec::new();
    };
    let place = frame.size().area();
    let pixels = bitmap::pack(layout, place, frame);
    let is_six = form == Form::Six;
    let data = is_six.then(|| Data {
        name: *b"D000",
        reserved: [0; 8],
        pixels: Cow::Borrowed(&pixels),
    });
    let page = Page {
        style: 0,
        mode: QUICK,
        clear: u8::from(is_six),
        speed: 10,
        stay: if is_six { 400 } else { 750 },
        repeat: 1,
        valid: place.width as u16,
        reserved: [0; 9],
        offset: if is_six { FIRST_OFFSET } else { 0 },
        length: if is_six { pixels.len() as u32 } else { 0 },
        bitmap: Cow::Borrowed(if is_six { &[] } else { &pixels }),
    };
    let area = PagedArea {
        kind: 0,
        place,
        // Opaque, as the maker's software sends it.
        extra: [0, 0x65, 0, 0, 0, 0, 0, 0, 0],
        pages: vec![page],
    };
    let program = Program::of(form, vec![area]);
    let data = data.map(|data| CardFile {
        name: data.name,
        kind: DATA,
        bytes: data.encode(),
    });
    let program = CardFile {
        name: program.name,
        kind: PROGRAM,
        bytes: program.encode(form),
    };
    data.into_iter().chain([program]).collect()
}

impl CardFile {
    /// The checksum at its end, which a card keeps in its directory.
    pub fn crc(&self) -> u32 {
        match self.bytes.last_chunk() {
            Some(crc) => u32::from_le_bytes(*crc),
            None => 0,
        }
    }
}

impl<'a> Program<'a> {
    /// A program that plays every day and at all times, with what the maker's software writes for it.
    pub fn of(form: Form, areas: Vec<PagedArea<'a>>) -> Self {
        Self {
            name: *b"P000",
            style: 0,
            priority: 0,
            times: 1,
            span: if form == Form::Six { 5 } else { 0 },
            extra: [0; 10],
            weekdays: 0xff,
            from: [0xff, 0xff, 0x11, 0x23],
            until: [0x99, 0x20, 0x12, 0x31],
            periods: Vec::new(),
            areas,
        }
    }

    /// The file, with its checksum.
    pub fn encode(&self, form: Form) -> Vec<u8> {
        let mut out = vec![PROGRAM];
        out.extend(self.name);
        out.extend([self.style, self.priority, self.times]);
        out.extend(self.span.to_le_bytes());
        if form == Form::Six {
            out.extend(self.extra);
        }
        out.push(self.weekdays);
        out.extend(self.from);
        out.extend(self.until);
        out.push(self.periods.len() as u8);
        out.extend(self.periods.iter().flatten());
        out.extend([0, 0, self.areas.len() as u8]);
        for area in &self.areas {
            let start = out.len();
            out.extend([0; 4]);
            area.encode(form, &mut out);
            let length = (out.len() - start - 4) as u32;
            out[start..start + 4].copy_from_slice(&length.to_le_bytes());
        }
        sealed(out)
    }

    /// The program in `bytes`, which must be the whole file.
    ///
    /// # Errors
    /// The first thing, from the front, that the table does not allow; a checksum that is not that of the bytes.
    pub fn parse(form: Form, bytes: &'a [u8]) -> Result<Self, PictureError> {
        let mut reader = Reader::new(bytes);
        reader.only(field::FILE_TYPE, PROGRAM)?;
        let name = reader.array(field::NAME)?;
        let [style, priority, times] = reader.array(field::STYLE)?;
        let span = reader.word(field::SPAN)?;
        let extra = match form {
            Form::Five => [0; 10],
            Form::Six => reader.array(field::SPECIAL)?,
        };
        let weekdays = reader.byte(field::WEEKDAYS)?;
        let from = reader.array(field::FROM)?;
        let until = reader.array(field::UNTIL)?;
        let periods = reader.byte(field::PERIOD_COUNT)?;
        let periods = (0..periods)
            .map(|_| reader.array(field::PERIOD))
            .collect::<Result<_, _>>()?;
        reader.only(field::BORDER, 0)?;
        reader.only(field::PROTECTED, 0)?;
        let count = reader.byte(field::AREA_COUNT)?;
        let areas = (0..count)
            .map(|_| Self::area(&mut reader, form))
            .collect::<Result<_, _>>()?;
        checksum(&mut reader, bytes)?;
        Ok(Self {
            name,
            style,
            priority,
            times,
            span,
            extra,
            weekdays,
            from,
            until,
            periods,
            areas,
        })
    }

    fn area(reader: &mut Reader<'a>, form: Form) -> Result<PagedArea<'a>, PictureError> {
        let at = reader.at();
        let length = reader.long(field::AREA_LENGTH)?;
        let start = reader.at();
        let area = PagedArea::parse(reader, form, PROGRAM)?;
        reader.took(field::AREA_LENGTH, length, at, start)?;
        Ok(area)
    }
}

impl<'a> Data<'a> {
    /// The file, with its checksum.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![DATA];
        out.extend(self.name);
        out.extend(self.reserved);
        out.extend(&*self.pixels);
        sealed(out)
    }

    /// The bitmaps in `bytes`, which must be the whole file.
    ///
    /// # Errors
    /// The first thing, from the front, that the table does not allow; a checksum that is not that of the bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PictureError> {
        let mut reader = Reader::new(bytes);
        reader.only(field::FILE_TYPE, DATA)?;
        let name = reader.array(field::NAME)?;
        let reserved = reader.array(field::RESERVED)?;
        let pixels = reader.take(field::BITMAPS, reader.left().saturating_sub(4))?;
        checksum(&mut reader, bytes)?;
        Ok(Self {
            name,
            reserved,
            pixels: pixels.into(),
        })
    }

    /// The bitmap at `offset`, as a program file counts it.
    pub fn bitmap(&self, offset: u32, length: u32) -> Option<&[u8]> {
        let start = offset.checked_sub(FIRST_OFFSET)? as usize;
        self.pixels.get(start..start.checked_add(length as usize)?)
    }
}

/// The file with its checksum behind it.
fn sealed(mut file: Vec<u8>) -> Vec<u8> {
    let crc = crc32(&file);
    file.extend(crc.to_le_bytes());
    file
}

/// The last four bytes, which must be the checksum of all before them.
fn checksum(reader: &mut Reader<'_>, bytes: &[u8]) -> Result<(), PictureError> {
    reader.long_only(field::CHECKSUM, crc32(&bytes[..reader.at()]) as usize)?;
    reader.end()
}
