//! The pages of an area: how they are read, and how one follows upon the other.

use std::ops::Range;

use super::{
    bitmap::Bitmap,
    reader::Reader,
    refusal::{Field, Refusal},
    screen::Screen,
};
use crate::units::Area;

/// The shortest time that a page is shown, in ms. Assumed: a page that has neither a way to go nor a stay must end some time.
const SHORTEST: u64 = 10;

/// The last of the display modes.
const LAST_MODE: u8 = 0x28;

/// The slowest speed (the vendor's software goes up to it).
const SLOWEST: u8 = 63;

/// One page.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// How it comes in.
    pub(super) mode: u8,
    /// How many ms it takes to move by one LED.
    pub(super) step: u64,
    /// How many steps it takes to come in.
    pub(super) steps: u64,
    /// How long it is shown once, in ms, with its way in.
    pub(super) shown: u64,
    /// How often.
    pub(super) times: u64,
    /// Its LEDs.
    pub(super) bitmap: Bitmap,
}

/// What stands before the LEDs of a page, in both generations.
#[derive(Clone, Copy, Debug)]
struct Head {
    mode: u8,
    speed: u8,
    stay: u16,
    repeat: u8,
    valid: u16,
}

/// What way a display mode takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// None: the page is there at once.
    Cut,
    /// To the left, behind what was there.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// The way of a display mode. Those that are not drawn here are a cut.
pub(super) const fn way(mode: u8) -> Way {
    match mode {
        0x03 | 0x04 => Way::Left,
        0x25 | 0x26 => Way::Right,
        0x05 | 0x06 => Way::Up,
        0x27 | 0x28 => Way::Down,
        _ => Way::Cut,
    }
}

/// Whether a mode is drawn as it is: at rest, at once, or one of the ways.
pub(super) const fn is_drawn(mode: u8) -> bool {
    matches!(mode, 0x01..=0x06 | 0x25..=0x28)
}

/// How many ms a page takes to move by one LED. Assumed: the tables say that 0 is fastest and larger is slower, and no more; here every
/// level is 10 ms slower than the one before.
pub(super) const fn step(speed: u8) -> u64 {
    10 * (speed as u64 + 1)
}

impl Page {
    /// A page that stands still.
    pub(super) const fn still(bitmap: Bitmap) -> Self {
        Self {
            mode: 1,
            step: 1,
            steps: 0,
            shown: 1_000,
            times: 1,
            bitmap,
        }
    }

    fn new(head: Head, bitmap: Bitmap, place: Area) -> Result<Self, Refusal> {
        let Head { mode, valid, .. } = head;
        let across = match way(mode) {
            Way::Cut => 0,
            Way::Up | Way::Down => place.height,
            // The manual: a valid length greater than the width is the width. It counts in what moves on without a stop.
            Way::Left | Way::Right if matches!(mode, 0x04 | 0x26) => match valid {
                0 => return Err(Field::ValidLength.refuse(valid)),
                valid => u32::from(valid).min(place.width),
            },
            Way::Left | Way::Right => place.width,
        };
        let (step, steps) = (step(head.speed), u64::from(across));
        Ok(Self {
            mode,
            step,
            steps,
            shown: (steps * step + u64::from(head.stay) * 10).max(SHORTEST),
            times: u64::from(head.repeat.max(1)),
            bitmap,
        })
    }

    /// How long it is shown in all, in ms.
    pub(super) const fn lasts(&self) -> u64 {
        self.shown * self.times
    }
}

impl Head {
    /// Style, mode, clear mode, speed, stay, repeat, valid length.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.up_to(0, Field::PageStyle)?;
        let mode = reader.up_to(LAST_MODE, Field::DisplayMode)?;
        reader.u8()?;
        Ok(Self {
            mode,
            speed: reader.up_to(SLOWEST, Field::Speed)?,
            stay: reader.u16()?,
            repeat: reader.u8()?,
            valid: reader.u16()?,
        })
    }
}

/// How many pages follow; at least one.
fn count(reader: &mut Reader<'_>) -> Result<u16, Refusal> {
    match reader.u16()? {
        0 => Err(Field::PageCount.refuse(0_u8)),
        count => Ok(count),
    }
}

/// The pages of a BX-5: each has its LEDs with it.
pub(super) fn five(reader: &mut Reader<'_>, screen: &Screen, place: Area) -> Result<Vec<Page>, Refusal> {
    let mut pages = Vec::new();
    for _ in 0..count(reader)? {
        let mut part = reader.part()?;
        let head = Head::read(&mut part)?;
        part.take(4)?;
        let bitmap = Bitmap::read(part.rest(), screen.layout, screen.lamps, place)?;
        pages.push(Page::new(head, bitmap, place)?);
    }
    Ok(pages)
}

/// A page of a BX-6 without its LEDs, which stand elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Distant {
    head: Head,
    offset: u32,
    length: u32,
}

/// How long the record of a page of a BX-6 is.
const RECORD: usize = 26;

/// The pages of a BX-6, without their LEDs.
pub(super) fn six(reader: &mut Reader<'_>) -> Result<Vec<Distant>, Refusal> {
    let mut pages = Vec::new();
    for _ in 0..count(reader)? {
        let mut part = reader.part()?;
        let head = Head::read(&mut part)?;
        // In files: sound flag, frame rate, reserved 6, background valid.
        part.take(9)?;
        let (offset, length) = (part.u32()?, part.u32()?);
        part.end()?;
        debug_assert_eq!(part.at(), RECORD);
        pages.push(Distant { head, offset, length });
    }
    Ok(pages)
}

impl Distant {
    /// The page, with its LEDs in `data`, of which `used` bytes belong to pages before it. Pages stand one after the other, and the first of
    /// them is at the offset `first`.
    pub(super) fn near(
        self,
        data: &[u8],
        used: &mut usize,
        first: u32,
        screen: &Screen,
        place: Area,
    ) -> Result<Page, Refusal> {
        let begins = self.offset.checked_sub(first).map(|offset| offset as usize);
        if begins != Some(*used) {
            return Err(Field::Offset.refuse(self.offset));
        }
        let length = self.length as usize;
        let range: Range<usize> = *used..used.saturating_add(length);
        let bytes = data
            .get(range.clone())
            .ok_or_else(|| Field::BitmapLength.refuse(self.length))?;
        *used = range.end;
        Page::new(
            self.head,
            Bitmap::read(bytes, screen.layout, screen.lamps, place)?,
            place,
        )
    }
}
