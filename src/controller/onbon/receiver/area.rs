//! Dynamic areas: read from requests, kept in RAM, shown above the programs or in their place.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    page,
    program::{self, Program},
    reader::Reader,
    refusal::{Field, Refusal},
    region::{Position, Region},
    screen::Screen,
};
use crate::{
    controller::onbon::Family,
    frame::Frame,
    units::{Area, Moment},
};

/// The most bytes of one area: 300 KB.
pub(super) const MEMORY: usize = 300 << 10;

/// The type of a dynamic area.
const DYNAMIC: u8 = 0x10;

/// The areas in RAM, by their ids.
pub(super) type Areas = BTreeMap<u8, Arc<Dynamic>>;

/// A dynamic area.
#[derive(Clone, Debug)]
pub(super) struct Dynamic {
    region: Region,
    run: Run,
    /// How long without an update, in ms, before [`Run::Blank`] and [`Run::Logo`] act.
    timeout: u64,
    /// With which programs it is shown; `None` for all of them.
    related: Option<Vec<u16>>,
    /// Whether it is shown alone, and programs are not.
    pub(super) is_alone: bool,
    /// When it came.
    since: Moment,
}

/// How an area runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Loop,
    Stay,
    Blank,
    Logo,
    Once,
}

/// How many dynamic areas a card has.
pub(super) const fn most(family: Family) -> usize {
    match family {
        Family::SixQ => 32,
        _ => 4,
    }
}

impl Dynamic {
    /// An area from what stands before it and its region.
    fn new(head: Head, region: Region, now: Moment) -> Self {
        Self {
            region,
            run: head.run,
            timeout: u64::from(head.timeout) * 1_000,
            related: head.related,
            is_alone: head.is_alone,
            since: now,
        }
    }

    /// An area that loops, alone.
    pub(super) const fn foreign(region: Region, now: Moment) -> Self {
        Self {
            region,
            run: Run::Loop,
            timeout: 0,
            related: None,
            is_alone: true,
            since: now,
        }
    }

    /// Its place.
    pub(super) const fn place(&self) -> Area {
        self.region.place
    }

    /// The display modes of its pages.
    pub(super) fn modes(&self) -> impl Iterator<Item = u8> {
        self.region.modes()
    }

    /// Whether it may be shown while that program plays; without programs it is shown in any case.
    pub(super) fn goes_with(&self, program: Option<u16>) -> bool {
        match (&self.related, program) {
            (None, _) => true,
            (Some(related), Some(program)) => related.contains(&program),
            (Some(_), None) => false,
        }
    }

    /// What is seen of it at `now`, `None` for nothing; and how many ms later it may be otherwise.
    pub(super) fn at(&self, now: Moment) -> (Option<Position>, u64) {
        let elapsed = millis(now, self.since);
        let (position, changes) = self.region.at(elapsed);
        let round = self.region.round();
        let until = |end: u64| changes.min(end - elapsed);
        match self.run {
            Run::Loop => (Some(position), changes),
            Run::Blank if elapsed < self.timeout => (Some(position), until(self.timeout)),
            Run::Blank => (None, u64::MAX),
            Run::Logo if elapsed < self.timeout => (Some(position), until(self.timeout)),
            Run::Stay | Run::Once if elapsed < round => (Some(position), until(round)),
            Run::Logo | Run::Stay => (Some(self.region.last()), u64::MAX),
            Run::Once => (None, u64::MAX),
        }
    }

    /// Lights its LEDs.
    pub(super) fn paint(&self, position: Position, frame: &mut Frame) {
        self.region.paint(position, frame);
    }
}

/// Milliseconds from `earlier` to `now`.
pub(super) fn millis(now: Moment, earlier: Moment) -> u64 {
    u64::try_from(now.since(earlier).as_millis()).unwrap_or(u64::MAX)
}

/// What stands before an area, in both generations.
#[derive(Clone, Debug)]
struct Head {
    id: u8,
    run: Run,
    timeout: u16,
    related: Option<Vec<u16>>,
    is_alone: bool,
}

impl Head {
    /// Id, run mode, timeout, related programs, immediate, reserved, type.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let id = reader.u8()?;
        let run = match reader.u8()? {
            0 => Run::Loop,
            1 => Run::Stay,
            2 => Run::Blank,
            3 => Run::Logo,
            4 => Run::Once,
            found => return Err(Field::RunMode.refuse(found)),
        };
        let timeout = reader.u16()?;
        let all = reader.flag(Field::Switch)?;
        let count = reader.u16()?;
        let related = (0..count).map(|_| reader.u16()).collect::<Result<Vec<_>, _>>()?;
        let is_alone = reader.flag(Field::Immediate)?;
        reader.take(4)?;
        match reader.u8()? {
            DYNAMIC => {}
            found => return Err(Field::AreaType.refuse(found)),
        }
        Ok(Self {
            id,
            run,
            timeout,
            related: (!all).then_some(related),
            is_alone,
        })
    }
}

/// The areas of an update (A7 00), which is taken as a whole or not at all. What has no picture of its own is counted in `undrawn`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    screen: &Screen,
    now: Moment,
    undrawn: &mut u32,
) -> Result<Vec<(u8, Dynamic)>, Refusal> {
    match screen.family {
        Family::Six | Family::SixQ => six(reader, screen, now),
        _ => five(reader, screen, now, undrawn),
    }
}

/// One area, its pages with their LEDs.
fn five(
    reader: &mut Reader<'_>,
    screen: &Screen,
    now: Moment,
    undrawn: &mut u32,
) -> Result<Vec<(u8, Dynamic)>, Refusal> {
    let mut part = reader.part()?;
    reader.end()?;
    fits(part.rest().len())?;
    let head = Head::read(&mut part)?;
    let region = program::region_five(&mut part, screen, undrawn)?;
    Ok(vec![(head.id, Dynamic::new(head, region, now))])
}

/// Areas, then the LEDs of all their pages, whose offsets go on from one area to the next.
fn six(reader: &mut Reader<'_>, screen: &Screen, now: Moment) -> Result<Vec<(u8, Dynamic)>, Refusal> {
    let count = reader.u16()?;
    if count == 0 || usize::from(count) > most(screen.family) {
        return Err(Refusal::Areas {
            most: most(screen.family),
        });
    }
    let mut heads = Vec::new();
    for _ in 0..count {
        let mut part = reader.part()?;
        let length = part.rest().len();
        let head = Head::read(&mut part)?;
        let place = screen.place(&mut part)?;
        screen.border(&mut part)?;
        let [_, _, _, sound, _, _, _, _, _] = part.array()?;
        if sound != 0 {
            return Err(Field::Sound.refuse(sound));
        }
        let pages = page::six(&mut part)?;
        part.end()?;
        heads.push((length, head, place, pages));
    }
    let (data, mut used, mut areas) = (reader.rest(), 0, Vec::new());
    for (length, head, place, pages) in heads {
        let before = used;
        let near = |page: page::Distant| page.near(data, &mut used, 0, screen, place);
        let pages = pages.into_iter().map(near).collect::<Result<_, _>>()?;
        fits(length + used - before)?;
        areas.push((head.id, Dynamic::new(head, Region::new(place, pages), now)));
    }
    reader.take(used)?;
    reader.end()?;
    Ok(areas)
}

/// Whether an area of so many bytes fits.
fn fits(needed: usize) -> Result<(), Refusal> {
    if needed > MEMORY {
        return Err(Refusal::Memory { needed, free: MEMORY });
    }
    Ok(())
}

/// Whether no area that is shown beside a program shares LEDs with it. A real card takes it, and shows a picture that breaks up.
pub(super) fn keep_off(new: &[(u8, Dynamic)], programs: &[Program]) -> Result<(), Refusal> {
    let is_on = |area: &Dynamic, program: &Program| {
        let mut regions = program.regions.iter();
        area.goes_with(Some(program.number)) && regions.any(|region| region.place.overlaps(area.place()))
    };
    let mut beside = new.iter().filter(|(_, area)| !area.is_alone);
    let found = beside.find_map(|(id, area)| Some((*id, programs.iter().find(|program| is_on(area, program))?.number)));
    found.map_or(Ok(()), |(id, program)| Err(Refusal::OverProgram { id, program }))
}

/// Puts `new` areas among the others: there may not be too many, and no two may share LEDs.
pub(super) fn place(areas: &mut Areas, new: Vec<(u8, Dynamic)>, most: usize) -> Result<(), Refusal> {
    let mut after = areas.clone();
    for (id, area) in new {
        after.insert(id, Arc::new(area));
    }
    if after.len() > most {
        return Err(Refusal::Areas { most });
    }
    for (one, area) in &after {
        let other = after
            .range(one.saturating_add(1)..)
            .find(|(other, shown)| *other > one && shown.place().overlaps(area.place()));
        if let Some((other, _)) = other {
            return Err(Refusal::Overlap {
                one: *one,
                other: *other,
            });
        }
    }
    *areas = after;
    Ok(())
}
