//! Dynamic areas: what follows the length of the command A7 00, in both directions.
//!
//! BX-5, one area a request: length 4 of the rest, then the area. BX-6: number of areas 2; then each with its length 4; then all bitmaps, one
//! after the other, whose offsets count from 0 over all areas. An area is
//!
//! | bytes | field |
//! |---|---|
//! | 1 | number, from 0 on |
//! | 1 | run mode: 0 in turn without end, 1 once and stay on the last, 2 as 0 until the timeout, 3 as 2 and then the last, 4 once |
//! | 2 | timeout in seconds |
//! | 1 | with all programs: 1 |
//! | 2 (and 2 each) | programs that it goes with |
//! | 1 | 0 beside the programs, 1 alone |
//! | 4 | reserved |
//! | | the area itself, of type `10`: `page` |

use std::{borrow::Cow, time::Duration};

use super::{
    PictureError, bitmap,
    entrance::{CONTINUE_LEFT, effect},
    field,
    page::{Page, PagedArea},
    reader::Reader,
};
use crate::controller::{
    card::{CardArea, CardPage, Course, Entrance, Look},
    onbon::model::{Form, Layout, Model},
};

/// The type of a dynamic area.
pub const KIND: u8 = 0x10;

/// Run mode: pages in turn, without end.
pub const LOOP: u8 = 0;
/// Run mode: once, and the last page stays.
pub const ONCE_AND_STAY: u8 = 1;

/// What one request of dynamic areas says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update<'a> {
    /// The areas; of BX-5 exactly one.
    pub areas: Vec<DynamicArea<'a>>,
}

/// One dynamic area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DynamicArea<'a> {
    /// Its number, from 0 on.
    pub id: u8,
    /// How its pages follow each other.
    pub run: u8,
    /// After how many seconds without news, where the run mode cares.
    pub timeout: u16,
    /// 1: beside all programs.
    pub all_programs: u8,
    /// The programs beside which it is shown, by number.
    pub programs: Vec<u16>,
    /// 0: beside the programs; 1: the programs stop.
    pub immediate: u8,
    /// Zeros.
    pub reserved: [u8; 4],
    /// Its place and its pages.
    pub paged: PagedArea<'a>,
}

/// The bodies of the requests that show `areas`, each with its number, in the order in which they are sent: what follows the length of
/// A7 00. BX-5 takes one area a request, BX-6 all of them in one. Areas of words are left out: see [`super::words`].
pub fn updates(model: &Model, layout: Layout, areas: &[(u8, &CardArea)]) -> Vec<Vec<u8>> {
    let Some(form) = model.family.form() else {
        return Vec::new();
    };
    let mut offset = 0;
    let made: Vec<_> = areas
        .iter()
        .map(|(id, area)| DynamicArea::of(model, form, layout, *id, area, &mut offset))
        .filter(|area| !area.paged.pages.is_empty())
        .collect();
    let body = |areas| {
        let mut out = Vec::new();
        Update { areas }.encode(form, &mut out);
        out
    };
    match form {
        Form::Five => made.into_iter().map(|area| body(vec![area])).collect(),
        Form::Six if made.is_empty() => Vec::new(),
        Form::Six => vec![body(made)],
    }
}

impl<'a> Update<'a> {
    /// Appends what follows the length of A7 00. Offsets of bitmaps are as they stand in the pages.
    pub fn encode(&self, form: Form, out: &mut Vec<u8>) {
        match form {
            Form::Five => self.areas.iter().for_each(|area| area.encode(form, out)),
            Form::Six => {
                out.extend((self.areas.len() as u16).to_le_bytes());
                self.areas.iter().for_each(|area| area.encode(form, out));
                let pages = self.areas.iter().flat_map(|area| &area.paged.pages);
                pages.for_each(|page| out.extend(&*page.bitmap));
            }
        }
    }

    /// What stands in `bytes`, which follow the length of A7 00 and end with them.
    ///
    /// # Errors
    /// The first thing, from the front, that the tables do not allow.
    pub fn parse(form: Form, bytes: &'a [u8]) -> Result<Self, PictureError> {
        let mut reader = Reader::new(bytes);
        let areas = match form {
            Form::Five => vec![DynamicArea::parse(&mut reader, form)?],
            Form::Six => {
                let count = reader.word(field::AREA_COUNT)?;
                let areas: Result<Vec<_>, _> = (0..count).map(|_| DynamicArea::parse(&mut reader, form)).collect();
                let mut areas = areas?;
                let mut offset = 0;
                for page in areas.iter_mut().flat_map(|area| &mut area.paged.pages) {
                    if page.offset as usize != offset {
                        return Err(PictureError::Value {
                            field: field::BITMAP_OFFSET,
                            at: reader.at(),
                            found: page.offset,
                            wanted: offset as u32,
                        });
                    }
                    page.bitmap = reader.take(field::BITMAP, page.length as usize)?.into();
                    offset += page.bitmap.len();
                }
                areas
            }
        };
        reader.end()?;
        Ok(Self { areas })
    }
}

impl<'a> DynamicArea<'a> {
    /// The area as a card of that kind is told it. Its bitmaps begin at `offset`, which is moved to where they end.
    pub fn of(
        model: &Model,
        form: Form,
        layout: Layout,
        id: u8,
        area: &CardArea,
        offset: &mut u32,
    ) -> DynamicArea<'static> {
        DynamicArea {
            id,
            run: match area.course {
                // A strip alone runs without end; one that follows upon a page runs once, and the last page stays.
                Course::Pushed if area.pages.len() > 1 || !area.pages.iter().any(is_running) => ONCE_AND_STAY,
                Course::Pushed | Course::Looped { .. } => LOOP,
            },
            // What the maker's software sends; the run modes that are used here do not care.
            timeout: if form == Form::Six { 60 } else { 0 },
            all_programs: 1,
            programs: Vec::new(),
            immediate: model.immediate.value,
            reserved: [0; 4],
            paged: PagedArea {
                kind: KIND,
                place: area.place,
                extra: [0; 9],
                pages: pages(model, layout, area, offset),
            },
        }
    }

    fn encode(&self, form: Form, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend([0; 4]);
        out.extend([self.id, self.run]);
        out.extend(self.timeout.to_le_bytes());
        out.push(self.all_programs);
        out.extend((self.programs.len() as u16).to_le_bytes());
        out.extend(self.programs.iter().flat_map(|program| program.to_le_bytes()));
        out.push(self.immediate);
        out.extend(self.reserved);
        self.paged.encode(form, out);
        let length = (out.len() - start - 4) as u32;
        out[start..start + 4].copy_from_slice(&length.to_le_bytes());
    }

    fn parse(reader: &mut Reader<'a>, form: Form) -> Result<Self, PictureError> {
        let at = reader.at();
        let length = reader.long(field::AREA_LENGTH)?;
        let start = reader.at();
        let [id, run] = reader.array(field::NUMBER)?;
        let timeout = reader.word(field::TIMEOUT)?;
        let all_programs = reader.byte(field::ALL_PROGRAMS)?;
        let count = reader.word(field::PROGRAM_COUNT)?;
        let programs = (0..count)
            .map(|_| reader.word(field::PROGRAM))
            .collect::<Result<_, _>>()?;
        let area = Self {
            id,
            run,
            timeout,
            all_programs,
            programs,
            immediate: reader.byte(field::IMMEDIATE)?,
            reserved: reader.array(field::RESERVED)?,
            paged: PagedArea::parse(reader, form, KIND)?,
        };
        reader.took(field::AREA_LENGTH, length, at, start)?;
        Ok(area)
    }
}

/// The pages of an area; a strip that runs is cut into pages as wide as the area.
fn pages(model: &Model, layout: Layout, area: &CardArea, offset: &mut u32) -> Vec<Page<'static>> {
    let place = area.place;
    let is_six = model.family.form() == Some(Form::Six);
    let mut made = Vec::new();
    for page in area.pages.iter() {
        let Look::Dots(frame) = &page.look else { continue };
        let effect = effect(model, page.entrance);
        let width = if is_running(page) {
            frame.size().width
        } else {
            place.width
        };
        for from in (0..width.max(1)).step_by(place.width.max(1) as usize) {
            let bitmap = bitmap::pack_from(layout, place, frame, from);
            let length = bitmap.len() as u32;
            made.push(Page {
                style: 0,
                mode: effect.mode,
                // As the maker's software sends it.
                clear: u8::from(is_six),
                speed: effect.speed,
                stay: if effect.mode == CONTINUE_LEFT {
                    0
                } else {
                    hundredths(page.stay)
                },
                repeat: 1,
                valid: (width - from).min(place.width) as u16,
                reserved: [0; 9],
                offset: if is_six { *offset } else { 0 },
                length: if is_six { length } else { 0 },
                bitmap: Cow::Owned(bitmap),
            });
            *offset += length;
        }
    }
    debug_assert!(made.len() <= usize::from(u16::MAX), "more pages than can be counted");
    made
}

fn is_running(page: &CardPage) -> bool {
    matches!(page.entrance, Entrance::Running(_))
}

/// A stay in hundredths of a second; the longest that can be written is nearly eleven minutes.
fn hundredths(stay: Duration) -> u16 {
    u16::try_from((stay.as_millis() + 5) / 10).unwrap_or(u16::MAX)
}
