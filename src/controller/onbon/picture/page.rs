//! Pages, and the areas that hold them: the same in dynamic areas and in program files.
//!
//! | bytes | field |
//! |---|---|
//! | 1 | kind: `00` in a program, `10` of a dynamic area |
//! | 2 + 2 + 2 + 2 | x, y, width, height |
//! | 1 | border: 0, none |
//! | 9 | BX-6 only: background, transparency, whether they are equal, sound (0, none), 5 reserved |
//! | 2 | pages |
//!
//! and of each page
//!
//! | bytes | field |
//! |---|---|
//! | 4 | length of the rest: BX-5 13 and the bitmap, BX-6 26 |
//! | 1 + 1 + 1 + 1 | style, display mode, clear mode, speed |
//! | 2 | stay, in hundredths of a second |
//! | 1 + 2 | repeat, valid width |
//! | 4 and the bitmap, or 9 + 4 + 4 | BX-5: reserved; BX-6: reserved (in a program sound, frame rate, 6 reserved, background), offset and length of the bitmap |

use std::borrow::Cow;

use super::{super::model::Form, PictureError, field, reader::Reader};
use crate::units::Area;

/// What stands in a BX-5 page before its bitmap, after the length.
const FIVE_HEAD: usize = 13;

/// A BX-6 page without its bitmap, after the length.
const SIX_PAGE: usize = 26;

/// An area that shows pages in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagedArea<'a> {
    /// `00` in a program, `10` of a dynamic area.
    pub kind: u8,
    /// Its place on the card. All four numbers are below 65,536.
    pub place: Area,
    /// BX-6 only: background flag, transparency, whether foreground and background are equal, sound, 5 reserved. Sound is 0.
    pub extra: [u8; 9],
    /// Its pages.
    pub pages: Vec<Page<'a>>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<'a> {
    /// 0: text or picture.
    pub style: u8,
    /// How it comes in; see [`super::entrance`].
    pub mode: u8,
    /// How it leaves.
    pub clear: u8,
    /// The speed number; 0 is the fastest.
    pub speed: u8,
    /// How long it stays, in hundredths of a second.
    pub stay: u16,
    /// How often it comes in.
    pub repeat: u8,
    /// How many of its columns count, where it moves sideways.
    pub valid: u16,
    /// BX-5: the first four; BX-6: all.
    pub reserved: [u8; 9],
    /// BX-6 only: where its bitmap begins among all of them.
    pub offset: u32,
    /// BX-6 only: how long its bitmap is.
    pub length: u32,
    /// Its LEDs; of a BX-6 program empty, since they stand in a file of their own.
    pub bitmap: Cow<'a, [u8]>,
}

impl<'a> PagedArea<'a> {
    /// Appends the area; of a BX-6 without the bitmaps, whose offsets are as they stand.
    pub fn encode(&self, form: Form, out: &mut Vec<u8>) {
        out.push(self.kind);
        for side in [self.place.x, self.place.y, self.place.width, self.place.height] {
            out.extend((side as u16).to_le_bytes());
        }
        out.push(0);
        if form == Form::Six {
            out.extend(self.extra);
        }
        out.extend((self.pages.len() as u16).to_le_bytes());
        self.pages.iter().for_each(|page| page.encode(form, out));
    }

    pub(super) fn parse(reader: &mut Reader<'a>, form: Form, kind: u8) -> Result<Self, PictureError> {
        reader.only(field::AREA_TYPE, kind)?;
        let place = Area::new(
            reader.word(field::X)?.into(),
            reader.word(field::Y)?.into(),
            reader.word(field::WIDTH)?.into(),
            reader.word(field::HEIGHT)?.into(),
        );
        reader.only(field::BORDER, 0)?;
        let mut extra = [0; 9];
        if form == Form::Six {
            let [background, transparency, equal] = reader.array(field::BACKGROUND)?;
            reader.only(field::SOUND, 0)?;
            let [a, b, c, d, e] = reader.array(field::RESERVED)?;
            extra = [background, transparency, equal, 0, a, b, c, d, e];
        }
        let count = reader.word(field::PAGE_COUNT)?;
        let pages = (0..count)
            .map(|_| Page::parse(reader, form))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            kind,
            place,
            extra,
            pages,
        })
    }
}

impl<'a> Page<'a> {
    fn encode(&self, form: Form, out: &mut Vec<u8>) {
        let length = match form {
            Form::Five => FIVE_HEAD + self.bitmap.len(),
            Form::Six => SIX_PAGE,
        };
        out.extend((length as u32).to_le_bytes());
        out.extend([self.style, self.mode, self.clear, self.speed]);
        out.extend(self.stay.to_le_bytes());
        out.push(self.repeat);
        out.extend(self.valid.to_le_bytes());
        match form {
            Form::Five => {
                out.extend(&self.reserved[..4]);
                out.extend(&*self.bitmap);
            }
            Form::Six => {
                out.extend(self.reserved);
                out.extend(self.offset.to_le_bytes());
                out.extend(self.length.to_le_bytes());
            }
        }
    }

    fn parse(reader: &mut Reader<'a>, form: Form) -> Result<Self, PictureError> {
        let at = reader.at();
        let rest = reader.long(field::PAGE_LENGTH)?;
        let head = match form {
            Form::Five => FIVE_HEAD,
            Form::Six => SIX_PAGE,
        };
        let more = (rest as usize).checked_sub(head);
        let Some(bitmap) = more.filter(|more| *more == 0 || form == Form::Five) else {
            return Err(PictureError::Value {
                field: field::PAGE_LENGTH,
                at,
                found: rest,
                wanted: head as u32,
            });
        };
        let [style, mode, clear, speed] = reader.array(field::PAGE)?;
        let stay = reader.word(field::STAY)?;
        let repeat = reader.byte(field::REPEAT)?;
        let valid = reader.word(field::VALID_WIDTH)?;
        let mut page = Self {
            style,
            mode,
            clear,
            speed,
            stay,
            repeat,
            valid,
            reserved: [0; 9],
            offset: 0,
            length: 0,
            bitmap: Cow::Borrowed(&[]),
        };
        match form {
            Form::Five => {
                page.reserved[..4].copy_from_slice(reader.take(field::RESERVED, 4)?);
                page.bitmap = reader.take(field::BITMAP, bitmap)?.into();
            }
            Form::Six => {
                page.reserved = reader.array(field::RESERVED)?;
                page.offset = reader.long(field::BITMAP_OFFSET)?;
                page.length = reader.long(field::BITMAP_LENGTH)?;
            }
        }
        Ok(page)
    }
}
