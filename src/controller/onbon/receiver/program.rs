//! Programs: files P, and the pictures that a BX-6 keeps apart from them in files D.

use jiff::civil::{Date, DateTime, Time};

use super::{
    clock,
    files::{File, Files, Name, PICTURES, PROGRAM},
    page,
    reader::Reader,
    refusal::{Field, Refusal},
    region::Region,
    screen::Screen,
};
use crate::controller::onbon::Family;

/// The offset of the first picture of a file D, as programs count it: its header has 13 bytes, and they count from 1.
const FIRST_PICTURE: u32 = 14;

/// Bytes before the pictures of a file D.
const PICTURES_HEAD: usize = 13;

/// A program that can be played.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) name: Name,
    /// The digits of its name.
    pub(super) number: u16,
    pub(super) priority: u8,
    /// How long it is played in a row, in ms.
    pub(super) lasts: u64,
    /// How long it takes once, in ms.
    pub(super) once: u64,
    pub(super) regions: Vec<Region>,
    /// Areas and borders that are not drawn here.
    pub(super) undrawn: u32,
    when: When,
}

/// When a program may be played.
#[derive(Clone, Debug)]
struct When {
    week: u8,
    from: Option<Date>,
    until: Option<Date>,
    periods: Vec<(Time, Time)>,
}

/// What may lack of a program when it is read: its pictures.
pub(super) enum Pictures<'a> {
    /// They are looked for in these files.
    In(&'a Files),
    /// The file P alone is looked at.
    Unseen,
}

impl When {
    /// Whether every day and hour is allowed.
    fn is_always(&self) -> bool {
        self.periods.is_empty() && self.is_whole_week() && self.from.is_none() && self.until.is_none()
    }

    /// Seven bits, or all eight as the vendor writes.
    const fn is_whole_week(&self) -> bool {
        self.week & 0x7f == 0x7f
    }

    /// Which bit is which day is in no table; assumed that the lowest is Monday.
    fn holds(&self, civil: DateTime) -> bool {
        let (date, time) = (civil.date(), civil.time());
        let day = date.weekday().to_monday_zero_offset() as u32;
        let has_day = self.is_whole_week() || self.week >> day & 1 == 1;
        let has_date = self.from.is_none_or(|from| date >= from) && self.until.is_none_or(|until| date <= until);
        let has_time = self.periods.is_empty()
            || self.periods.iter().any(|(from, until)| {
                if from <= until {
                    (*from..*until).contains(&time)
                } else {
                    time >= *from || time < *until
                }
            });
        has_day && has_date && has_time
    }
}

impl Program {
    /// Whether it may be played then.
    pub(super) fn may_play(&self, civil: DateTime) -> bool {
        self.when.holds(civil)
    }

    /// Whether it may be played at any time.
    pub(super) fn is_always(&self) -> bool {
        self.when.is_always()
    }

    /// The program in a file P.
    pub(super) fn read(name: Name, file: &File, screen: &Screen, pictures: &Pictures<'_>) -> Result<Self, Refusal> {
        let is_six = matches!(screen.family, Family::Six | Family::SixQ);
        let mut reader = Reader::new(file.content());
        reader.up_to(PROGRAM, Field::FileType)?;
        if reader.array()? != name {
            return Err(Field::FileName.refuse(name[0]));
        }
        let [_, priority, times] = reader.array()?;
        let span = reader.u16()?;
        if is_six {
            reader.up_to(0, Field::Other)?;
            reader.take(7 + 2)?;
        }
        let when = when(&mut reader)?;
        let mut undrawn = u32::from(screen.border(&mut reader)?);
        match reader.u8()? {
            0 => {}
            0xf0 => {
                reader.part()?;
            }
            found => return Err(Field::Other.refuse(found)),
        }
        let regions = if is_six {
            six(&mut reader, name, screen, pictures, &mut undrawn)?
        } else {
            five(&mut reader, screen, &mut undrawn)?
        };
        reader.end()?;
        let once = regions.iter().map(Region::round).max().unwrap_or(1_000).max(10);
        let lasts = match span {
            0 => once * u64::from(times.max(1)),
            span => u64::from(span) * 1_000,
        };
        Ok(Self {
            name,
            number: number(name),
            priority,
            lasts,
            once,
            regions,
            undrawn,
            when,
        })
    }
}

/// The digits of a name; those that are none count as 0.
pub(super) fn number(name: Name) -> u16 {
    name[1..].iter().fold(0, |number, digit| {
        number * 10 + u16::from(digit.wrapping_sub(b'0')) % 10
    })
}

/// Week, dates and periods of the day.
fn when(reader: &mut Reader<'_>) -> Result<When, Refusal> {
    let week = reader.u8()?;
    let (from, until) = (limit(reader)?, limit(reader)?);
    let count = reader.u8()?;
    let periods = (0..count)
        .map(|_| Ok((clock::time(reader)?, clock::time(reader)?)))
        .collect::<Result<_, Refusal>>()?;
    Ok(When {
        week,
        from,
        until,
        periods,
    })
}

/// A date; none where the year is FFFF.
fn limit(reader: &mut Reader<'_>) -> Result<Option<Date>, Refusal> {
    if reader.rest().starts_with(&[0xff, 0xff]) {
        reader.take(4)?;
        return Ok(None);
    }
    clock::day(reader).map(Some)
}

/// Areas whose contents the card makes by itself: clock, sensors, backgrounds, battle time. They are taken and not drawn here.
const UNDRAWN: std::ops::RangeInclusive<u8> = 2..=9;

/// The areas of a BX-5.
fn five(reader: &mut Reader<'_>, screen: &Screen, undrawn: &mut u32) -> Result<Vec<Region>, Refusal> {
    let mut regions = Vec::new();
    for _ in 0..reader.u8()? {
        let mut part = reader.part()?;
        match part.u8()? {
            0 => regions.push(region_five(&mut part, screen, undrawn)?),
            kind if UNDRAWN.contains(&kind) => *undrawn += 1,
            kind => return Err(Field::AreaType.refuse(kind)),
        }
    }
    Ok(regions)
}

/// Place, border and pages of an area of a BX-5, behind its type.
pub(super) fn region_five(part: &mut Reader<'_>, screen: &Screen, undrawn: &mut u32) -> Result<Region, Refusal> {
    let place = screen.place(part)?;
    *undrawn += u32::from(screen.border(part)?);
    let pages = page::five(part, screen, place)?;
    part.end()?;
    Ok(Region::new(place, pages))
}

/// The areas of a BX-6, with their pictures.
fn six(
    reader: &mut Reader<'_>,
    name: Name,
    screen: &Screen,
    pictures: &Pictures<'_>,
    undrawn: &mut u32,
) -> Result<Vec<Region>, Refusal> {
    let mut areas = Vec::new();
    for _ in 0..reader.u8()? {
        let mut part = reader.part()?;
        match part.u8()? {
            0 => {}
            kind if UNDRAWN.contains(&kind) => {
                *undrawn += 1;
                continue;
            }
            kind => return Err(Field::AreaType.refuse(kind)),
        }
        let place = screen.place(&mut part)?;
        screen.border(&mut part)?;
        let [_, _, _, sound, _, _, _, _, _] = part.array()?;
        if sound != 0 {
            return Err(Field::Sound.refuse(sound));
        }
        areas.push((place, page::six(&mut part)?));
        part.end()?;
    }
    let Pictures::In(files) = pictures else {
        return Ok(Vec::new());
    };
    let pictures = [b'D', name[1], name[2], name[3]];
    let (data, mut used) = (data(files, pictures, areas.is_empty())?, 0);
    let mut regions = Vec::new();
    for (place, pages) in areas {
        let near = |page: page::Distant| page.near(data, &mut used, FIRST_PICTURE, screen, place);
        regions.push(Region::new(
            place,
            pages.into_iter().map(near).collect::<Result<_, _>>()?,
        ));
    }
    match data.len() - used {
        0 => Ok(regions),
        extra => Err(Refusal::Excess { at: used, extra }),
    }
}

/// The pictures in a file D, which may be missing where none are needed.
fn data(files: &Files, name: Name, may_miss: bool) -> Result<&[u8], Refusal> {
    match files.get(&name) {
        Some(file) => Ok(file.content().get(PICTURES_HEAD..).unwrap_or_default()),
        None if may_miss => Ok(&[]),
        None => Err(Refusal::NoFile(name)),
    }
}

/// Whether a file D begins as it must.
pub(super) fn is_pictures(name: Name, file: &File) -> Result<(), Refusal> {
    let mut reader = Reader::new(file.content());
    let kind = reader.u8()?;
    if kind != PICTURES {
        return Err(Field::FileType.refuse(kind));
    }
    if reader.array()? != name {
        return Err(Field::FileName.refuse(name[0]));
    }
    reader.take(PICTURES_HEAD - 5).map(|_| ())
}
