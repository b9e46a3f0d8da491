//! What a stream of H.264 says of its pictures before the first one: the sequence parameter set (ITU-T H.264, 7.3.2.1.1 and E.1.1).
//!
//! The decoder reads it too, but not what the colours and the shape of a pixel are, and not in words for people.

use super::bits::{Bits, unescaped};
use crate::{
    media::film::{FilmFault, LONGEST_SIDE, MOST_PIXELS, Matrix},
    units::Size,
};

/// What a stream says of its pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Sps {
    /// Width and height of what is coded, in pixels.
    pub(super) coded: Size,
    /// What is not seen at the left, right, top and bottom, in pixels.
    pub(super) crop: [u32; 4],
    /// The width of a pixel for each of its heights, where it says.
    pub(in super::super) aspect: Option<(u32, u32)>,
    pub(in super::super) matrix: Option<Matrix>,
    pub(in super::super) is_full: Option<bool>,
    chroma: u32,
    depth: u32,
    /// Whether lines of two moments are mixed in every picture.
    is_mixed: bool,
}

impl Sps {
    /// That in `unit`, whose first byte says that it is one.
    pub(super) fn read(unit: &[u8]) -> Result<Self, FilmFault> {
        let bytes = unescaped(unit.get(1..).unwrap_or_default());
        let sps = Self::parse(&mut Bits::new(&bytes));
        sps.ok_or_else(|| FilmFault::unreadable("what H.264 says of its pictures"))
    }

    fn parse(bits: &mut Bits<'_>) -> Option<Self> {
        const HIGH: [u32; 13] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];
        let profile = bits.number(8)?;
        let _constraints_and_level = bits.number(16)?;
        let _number = bits.unsigned()?;
        let (mut chroma, mut depth) = (1, 8);
        if HIGH.contains(&profile) {
            (chroma, depth) = high(bits)?;
        }
        order(bits)?;
        let _references = bits.unsigned()?;
        let _gaps = bits.flag()?;
        let width = bits.unsigned()?.checked_add(1)?;
        let height = bits.unsigned()?.checked_add(1)?;
        let is_frames = bits.flag()?;
        let is_mixed = !is_frames && bits.flag()?;
        let _direct = bits.flag()?;
        let rows = if is_frames { 1 } else { 2 };
        let coded = Size::new(width.checked_mul(16)?, height.checked_mul(16)?.checked_mul(rows)?);
        let crop = if bits.flag()? { crop(bits, rows, coded)? } else { [0; 4] };
        let mut sps = Self {
            coded,
            crop,
            aspect: None,
            matrix: None,
            is_full: None,
            chroma,
            depth,
            is_mixed,
        };
        if bits.flag()? {
            // A set that ends within it says no more; nothing depends on it.
            let _ = sps.usability(bits);
        }
        Some(sps)
    }

    /// The shape of a pixel and the colours: VUI.
    fn usability(&mut self, bits: &mut Bits<'_>) -> Option<()> {
        if bits.flag()? {
            self.aspect = match bits.number(8)? {
                255 => Some((bits.number(16)?, bits.number(16)?)),
                code => ASPECTS.get(code as usize).copied(),
            }
            .filter(|(width, height)| *width > 0 && *height > 0);
        }
        if bits.flag()? {
            let _overscan = bits.flag()?;
        }
        if bits.flag()? {
            let _format = bits.number(3)?;
            self.is_full = Some(bits.flag()?);
            if bits.flag()? {
                let _primaries_and_transfer = bits.number(16)?;
                self.matrix = Matrix::of_code(u16::try_from(bits.number(8)?).ok()?);
            }
        }
        Some(())
    }

    /// Width and height of what is seen.
    pub(in super::super) const fn size(&self) -> Size {
        let [left, right, top, bottom] = self.crop;
        Size::new(self.coded.width - left - right, self.coded.height - top - bottom)
    }

    /// Whether its pictures can be decoded here.
    ///
    /// # Errors
    /// They are too large, or need `ffmpeg`: named `H.264 (…)`.
    pub(super) fn check(&self) -> Result<(), FilmFault> {
        let is_too_large = u64::from(self.coded.width) * u64::from(self.coded.height) > MOST_PIXELS + 4096 * 16
            || self.size().width.max(self.size().height) > LONGEST_SIDE;
        let kind = match self {
            _ if is_too_large => return Err(FilmFault::TooLarge { size: self.size() }),
            Self { depth: 9.., .. } => format!("{} 位 ({}-bit)", self.depth, self.depth),
            Self { chroma: 0, .. } => "黑白 (monochrome)".into(),
            Self { chroma: 2, .. } => "4:2:2".into(),
            Self { chroma: 3.., .. } => "4:4:4".into(),
            Self { is_mixed: true, .. } => super::INTERLACED.into(),
            _ => return Ok(()),
        };
        Err(FilmFault::Unknown {
            codec: format!("H.264 {kind}"),
        })
    }
}

/// Table E-1: the shapes of pixels that have a number.
const ASPECTS: [(u32, u32); 17] = [
    (0, 0),
    (1, 1),
    (12, 11),
    (10, 11),
    (16, 11),
    (40, 33),
    (24, 11),
    (20, 11),
    (32, 11),
    (80, 33),
    (18, 11),
    (15, 11),
    (64, 33),
    (160, 99),
    (4, 3),
    (3, 2),
    (2, 1),
];

/// What only higher profiles have: the kind of chroma, and the bits of a value.
fn high(bits: &mut Bits<'_>) -> Option<(u32, u32)> {
    let chroma = bits.unsigned()?;
    if chroma == 3 {
        let _apart = bits.flag()?;
    }
    let depth = bits.unsigned()?.max(bits.unsigned()?).checked_add(8)?;
    let _bypass = bits.flag()?;
    if bits.flag()? {
        let lists = if chroma == 3 { 12 } else { 8 };
        for list in 0..lists {
            if bits.flag()? {
                scaling(bits, if list < 6 { 16 } else { 64 })?;
            }
        }
    }
    Some((chroma, depth))
}

/// Passes over a list of so many factors.
fn scaling(bits: &mut Bits<'_>, length: u32) -> Option<()> {
    let (mut last, mut next) = (8, 8);
    for _ in 0..length {
        if next != 0 {
            next = (i64::from(last) + i64::from(bits.signed()?)).rem_euclid(256) as i32;
        }
        last = if next == 0 { last } else { next };
    }
    Some(())
}

/// Passes over how its pictures are ordered.
fn order(bits: &mut Bits<'_>) -> Option<()> {
    let _frames = bits.unsigned()?;
    match bits.unsigned()? {
        0 => {
            bits.unsigned()?;
        }
        1 => {
            bits.flag()?;
            bits.signed()?;
            bits.signed()?;
            for _ in 0..bits.unsigned()?.min(256) {
                bits.signed()?;
            }
        }
        _ => {}
    }
    Some(())
}

/// What is not seen, in pixels; `None` where nothing would be left.
fn crop(bits: &mut Bits<'_>, rows: u32, coded: Size) -> Option<[u32; 4]> {
    let mut crop = [0; 4];
    // With chroma of half the width and height in units of 2; lines of two moments come in pairs besides.
    for (side, unit) in crop.iter_mut().zip([2, 2, 2 * rows, 2 * rows]) {
        *side = bits.unsigned()?.checked_mul(unit)?;
    }
    let [left, right, top, bottom] = crop;
    let is_left = left.checked_add(right)? < coded.width && top.checked_add(bottom)? < coded.height;
    is_left.then_some(crop)
}
