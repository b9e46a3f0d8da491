//! Fonts in the Portable Compiled Format of the X Window System: tables of binary numbers, each in either order of bytes and bits.
//!
//! Read are the tables of properties (numbering, `PIXEL_SIZE`), accelerators (ascent and descent), metrics, bitmaps and encodings. Files
//! packed with gzip are to be unpacked first.

mod fault;
mod table;

pub use fault::{PcfFault, PcfProblem};

use super::{
    BitmapFont, DOTS_LIMIT, FILE_LIMIT, Unfit,
    build::{Builder, Drawn, shown},
    charset::Charset,
};
use table::{Kind, Table, Tables};

/// What a PCF file begins with.
pub(super) const MAGIC: [u8; 4] = *b"\x01fcp";

/// Reads a font.
///
/// # Errors
/// The first thing that is wrong, with the byte where it is.
pub fn read(bytes: &[u8]) -> Result<BitmapFont, PcfFault> {
    if bytes.len() > FILE_LIMIT {
        let (size, limit) = (bytes.len(), FILE_LIMIT);
        return Err(PcfFault::new(0, Unfit::File { size, limit }));
    }
    let tables = Tables::read(bytes)?;
    let metrics = Metrics::read(tables.get(Kind::METRICS)?)?;
    let bitmaps = Bitmaps::read(tables.get(Kind::BITMAPS)?, &metrics)?;
    let properties = tables.find(Kind::PROPERTIES)?;
    let (charset, nominal) = properties.map_or(Ok((Charset::Unicode, None)), read_properties)?;
    let (at, ascent, descent) = read_cell(&tables)?;
    let mut builder = Builder::new(ascent, descent).map_err(|unfit| PcfFault::new(at, unfit))?;
    let encodings = tables.get(Kind::ENCODINGS)?;
    let mut rows = Vec::with_capacity(DOTS_LIMIT.into());
    codes(encodings, |at, code, index| {
        let Some(character) = charset.character(code) else {
            return Ok(());
        };
        let metric = metrics
            .get(index)
            .map_err(|_| PcfFault::new(at, PcfProblem::NoGlyph { index }))?;
        bitmaps.rows(index, code, &metric, &mut rows)?;
        let drawn = Drawn {
            advance: metric.advance,
            left: metric.left,
            bottom: metric.descent.saturating_neg(),
            rows: &rows,
        };
        let added = builder.add(character, &name(code), drawn);
        added.map_err(|unfit| PcfFault::new(at, unfit))
    })?;
    builder
        .finish(nominal)
        .map_err(|unfit| PcfFault::new(encodings.at(), unfit))
}

fn name(code: u32) -> String {
    format!("0x{code:04X}")
}

/// The rows above and below the baseline, and where they stand.
fn read_cell(tables: &Tables<'_>) -> Result<(usize, i32, i32), PcfFault> {
    let table = match tables.find(Kind::BDF_ACCELERATORS)? {
        Some(table) => table,
        None => tables.get(Kind::ACCELERATORS)?,
    };
    // Before them: the format, and eight bytes of flags.
    Ok((table.at() + 12, table.i32(12)?, table.i32(16)?))
}

/// The numbering of the glyphs, and the size that the font states.
fn read_properties(table: Table<'_>) -> Result<(Charset, Option<u8>), PcfFault> {
    const ENTRY: usize = 9;
    let count = table.count(4, 8, ENTRY)?;
    let padded = (8 + count * ENTRY).next_multiple_of(4);
    let strings = padded + 4;
    let (mut registry, mut encoding, mut pixels) = (String::new(), String::new(), None);
    for entry in (0..count).map(|index| 8 + index * ENTRY) {
        let offset = |at| Ok::<_, PcfFault>(strings.saturating_add(table.u32(at)? as usize));
        let is_text = table.u8(entry + 4)? != 0;
        match (table.text(offset(entry)?)?, is_text) {
            (b"CHARSET_REGISTRY", true) => registry = lossy(table.text(offset(entry + 5)?)?),
            (b"CHARSET_ENCODING", true) => encoding = lossy(table.text(offset(entry + 5)?)?),
            (b"PIXEL_SIZE", false) => pixels = u8::try_from(table.i32(entry + 5)?).ok(),
            _ => {}
        }
    }
    let charset = Charset::of(&registry, &encoding).ok_or_else(|| {
        let name = shown(&format!("{registry}-{encoding}"));
        PcfFault::new(table.at(), Unfit::Charset { name })
    })?;
    Ok((charset, pixels))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The table of the glyphs' boxes.
struct Metrics<'a> {
    table: Table<'a>,
    count: usize,
    is_compressed: bool,
}

/// One glyph's box.
#[derive(Clone, Copy, Debug)]
struct Metric {
    left: i32,
    right: i32,
    advance: i32,
    ascent: i32,
    descent: i32,
}

impl<'a> Metrics<'a> {
    fn read(table: Table<'a>) -> Result<Self, PcfFault> {
        let is_compressed = table.has_option();
        let count = if is_compressed {
            let count = usize::from(table.u16(4)?);
            table.holds(6, count, 5)?;
            count
        } else {
            table.count(4, 8, 12)?
        };
        Ok(Self {
            table,
            count,
            is_compressed,
        })
    }

    fn get(&self, index: usize) -> Result<Metric, PcfFault> {
        let number = |place: usize| -> Result<i32, PcfFault> {
            if self.is_compressed {
                Ok(i32::from(self.table.u8(6 + index * 5 + place)?) - 0x80)
            } else {
                Ok(i32::from(self.table.u16(8 + index * 12 + place * 2)? as i16))
            }
        };
        Ok(Metric {
            left: number(0)?,
            right: number(1)?,
            advance: number(2)?,
            ascent: number(3)?,
            descent: number(4)?,
        })
    }
}

/// The table of the glyphs' rows.
struct Bitmaps<'a> {
    table: Table<'a>,
    /// Where the rows begin.
    data: usize,
    /// How many bytes of them there are.
    size: usize,
}

impl<'a> Bitmaps<'a> {
    fn read(table: Table<'a>, metrics: &Metrics<'_>) -> Result<Self, PcfFault> {
        let count = table.count(4, 8, 4)?;
        if count != metrics.count {
            return Err(PcfFault::new(
                table.at() + 4,
                PcfProblem::Counts {
                    bitmaps: count,
                    metrics: metrics.count,
                },
            ));
        }
        let sizes = 8 + count * 4;
        let size = table.u32(sizes + 4 * table.padding())? as usize;
        let data = sizes + 16;
        table.holds(data, size, 1)?;
        Ok(Self { table, data, size })
    }

    /// The rows of a glyph, the leftmost dot in the highest bit.
    fn rows(&self, index: usize, code: u32, metric: &Metric, rows: &mut Vec<u64>) -> Result<(), PcfFault> {
        let place = 8 + index * 4;
        let (width, height) = (metric.right - metric.left, metric.ascent + metric.descent);
        let dots = |length: i32| u8::try_from(length).ok().filter(|dots| *dots <= DOTS_LIMIT);
        let (width, height) = dots(width).zip(dots(height)).ok_or_else(|| {
            let (width, height) = (width.into(), height.into());
            let at = self.table.at() + place;
            PcfFault::new(
                at,
                Unfit::Glyph {
                    name: name(code),
                    width,
                    height,
                },
            )
        })?;
        let bytes = usize::from(width.div_ceil(8));
        let stride = bytes.next_multiple_of(1 << self.table.padding());
        let length = stride * usize::from(height);
        let start = self.table.u32(place)? as usize;
        if start.checked_add(length).is_none_or(|end| end > self.size) {
            return Err(PcfFault::new(self.table.at() + place, PcfProblem::Beyond));
        }
        let padding = 64 - u32::from(width);
        rows.clear();
        for top in (0..usize::from(height)).map(|row| row * stride) {
            let mut row = [0; 8];
            for (index, byte) in row.iter_mut().take(bytes).enumerate() {
                *byte = self.table.dots(self.data + start, length, top + index)?;
            }
            let row = u64::from_be_bytes(row);
            rows.push(row.checked_shr(padding).map_or(0, |row| row << padding));
        }
        Ok(())
    }
}

/// Calls `take` with every code that has a glyph: where that is said, the code, the glyph's number.
fn codes(table: Table<'_>, mut take: impl FnMut(usize, u32, usize) -> Result<(), PcfFault>) -> Result<(), PcfFault> {
    const NONE: u16 = 0xffff;
    let bound = |place| {
        let bound = table.u16(place)?;
        u8::try_from(bound).map_err(|_| PcfFault::new(table.at() + place, PcfProblem::Codes))
    };
    let (low, high) = (bound(4)?..=bound(6)?, bound(8)?..=bound(10)?);
    table.holds(14, high.len() * low.len(), 2)?;
    let mut place = 14;
    for row in high {
        for cell in low.clone() {
            let index = table.u16(place)?;
            if index != NONE {
                take(table.at() + place, u32::from(row) << 8 | u32::from(cell), index.into())?;
            }
            place += 2;
        }
    }
    Ok(())
}
