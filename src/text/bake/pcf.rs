//! Bitmaps in the compiled form of the X Window System, as far as strikes are baked from it.
//!
//! Tables lie at offsets; each begins with its format, little-endian, which says the byte and bit order of the rest. Encodings here are numbers
//! of the font's own character set; what they mean is the caller's business.

use std::collections::BTreeMap;

const METRICS: u32 = 1 << 2;
const BITMAPS: u32 = 1 << 3;
const ENCODINGS: u32 = 1 << 5;
/// Format flags: metrics of one byte each; most significant byte first; most significant bit first.
const COMPRESSED: u32 = 0x100;
const BIG_BYTES: u32 = 4;
const BIG_BITS: u32 = 8;

/// One bitmap: dots of its ink, placed from its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bitmap {
    /// Dots from the origin to the leftmost column.
    pub(super) left: i32,
    /// Dots from one origin to the next.
    pub(super) advance: i32,
    /// Dots of the highest row above the baseline.
    pub(super) ascent: i32,
    /// Rows, top down, each of as many dots as it is wide.
    pub(super) rows: Vec<Vec<bool>>,
}

/// The bitmaps of a file by their encoding; `None` if it is not of the form.
pub(super) fn bitmaps(bytes: &[u8]) -> Option<BTreeMap<u16, Bitmap>> {
    let metrics = metrics(&Table::find(bytes, METRICS)?)?;
    let bitmaps = Table::find(bytes, BITMAPS)?;
    let all: Vec<Bitmap> = (0..metrics.len())
        .map(|index| bitmap(&bitmaps, &metrics, index))
        .collect::<Option<_>>()?;
    let encodings = Table::find(bytes, ENCODINGS)?;
    let [first, last, top, bottom] = [4, 6, 8, 10].map(|at| encodings.half(at));
    let (first, last, top, bottom) = (first?, last?, top?, bottom?);
    let mut found = BTreeMap::new();
    for row in top..=bottom {
        for column in first..=last {
            let index = usize::from(row - top) * usize::from(last - first + 1) + usize::from(column - first);
            let glyph = encodings.half(14 + index * 2)?;
            if glyph != u16::MAX {
                found.insert(row << 8 | column, all.get(usize::from(glyph))?.clone());
            }
        }
    }
    Some(found)
}

/// A table from its format on.
struct Table<'a> {
    bytes: &'a [u8],
    format: u32,
}

impl<'a> Table<'a> {
    fn find(bytes: &'a [u8], kind: u32) -> Option<Self> {
        let little = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
        if !bytes.starts_with(b"\x01fcp") {
            return None;
        }
        let entries = (0..little(4)?.min(64) as usize).map(|index| 8 + index * 16);
        let at = entries.into_iter().find(|at| little(*at) == Some(kind))?;
        let (size, offset) = (little(at + 8)? as usize, little(at + 12)? as usize);
        let bytes = bytes.get(offset..offset.checked_add(size)?)?;
        let format = u32::from_le_bytes(*bytes.first_chunk()?);
        Some(Self { bytes, format })
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn half(&self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        let big = self.format & BIG_BYTES != 0;
        Some(if big {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    }

    fn word(&self, at: usize) -> Option<usize> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        let big = self.format & BIG_BYTES != 0;
        Some(if big {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        } as usize)
    }
}

/// Left edge, right edge, advance, ascent and descent of each glyph.
fn metrics(table: &Table<'_>) -> Option<Vec<[i32; 5]>> {
    if table.format & COMPRESSED != 0 {
        let one = |at: usize| Some(i32::from(table.byte(at)?) - 0x80);
        let all = |index: usize| {
            (0..5)
                .map(|field| one(6 + index * 5 + field))
                .collect::<Option<Vec<i32>>>()
        };
        (0..usize::from(table.half(4)?))
            .map(|index| all(index)?.try_into().ok())
            .collect()
    } else {
        let one = |at: usize| Some(i32::from(table.half(at)? as i16));
        let all = |index: usize| {
            (0..5)
                .map(|field| one(8 + index * 12 + field * 2))
                .collect::<Option<Vec<i32>>>()
        };
        let count = table.word(4)?.min(table.bytes.len());
        (0..count).map(|index| all(index)?.try_into().ok()).collect()
    }
}

fn bitmap(table: &Table<'_>, metrics: &[[i32; 5]], index: usize) -> Option<Bitmap> {
    let [left, right, advance, ascent, descent] = metrics[index];
    let (width, height) = (
        usize::try_from(right - left).ok()?,
        usize::try_from(ascent + descent).ok()?,
    );
    let count = table.word(4)?;
    let padded = 1usize << (table.format & 3);
    let stride = width.div_ceil(8).next_multiple_of(padded);
    let start = 8 + count * 4 + 16 + table.word(8 + index * 4)?;
    let rows = (0..height).map(|row| {
        let bits = table.bytes.get(start + row * stride..)?.get(..stride)?;
        let lit = |dot: usize| (bits[dot / 8] >> (7 - dot % 8)) & 1 == 1;
        Some((0..width).map(lit).collect())
    });
    // Rows as X wants them on every other machine are not needed here.
    let plain = table.format & BIG_BITS != 0 && (table.format & BIG_BYTES != 0 || (table.format >> 4) & 3 == 0);
    let rows = plain.then(|| rows.collect::<Option<_>>())??;
    Some(Bitmap {
        left,
        advance,
        ascent,
        rows,
    })
}
