//! The tables of a PCF file, and the numbers in a table. Every read is checked against the table's end.

use super::{MAGIC, PcfFault, PcfProblem};

/// The most tables that a file may list; there are nine kinds.
const MOST: usize = 64;

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind(u32);

impl Kind {
    pub(super) const PROPERTIES: Self = Self(1);
    pub(super) const ACCELERATORS: Self = Self(1 << 1);
    pub(super) const METRICS: Self = Self(1 << 2);
    pub(super) const BITMAPS: Self = Self(1 << 3);
    pub(super) const ENCODINGS: Self = Self(1 << 5);
    pub(super) const BDF_ACCELERATORS: Self = Self(1 << 8);

    const fn name(self) -> &'static str {
        match self {
            Self::PROPERTIES => "properties",
            Self::METRICS => "metrics",
            Self::BITMAPS => "bitmaps",
            Self::ENCODINGS => "encodings",
            _ => "accelerators",
        }
    }
}

/// The tables of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tables<'a> {
    bytes: &'a [u8],
    count: usize,
}

/// One table: its bytes, and how its numbers and rows are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    /// Where it lies in the file.
    at: usize,
    format: u32,
}

impl<'a> Tables<'a> {
    /// Reads the list of tables; its numbers always have the lowest byte first.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PcfFault> {
        if !bytes.starts_with(&MAGIC) {
            return Err(PcfFault::new(0, PcfProblem::NotPcf));
        }
        let count = little(bytes, 4)? as usize;
        if count > MOST {
            return Err(PcfFault::new(4, PcfProblem::Tables { count }));
        }
        Ok(Self { bytes, count })
    }

    /// The table of that kind, if the file has it.
    pub(super) fn find(&self, kind: Kind) -> Result<Option<Table<'a>>, PcfFault> {
        for entry in (0..self.count).map(|index| 8 + index * 16) {
            let number = |place| little(self.bytes, place);
            if number(entry)? != kind.0 {
                continue;
            }
            let (size, at) = (number(entry + 8)? as usize, number(entry + 12)? as usize);
            // The sizes that bdftopcf writes may reach past the end; what is read of a table is looked at as it is read.
            let end = at.saturating_add(size).min(self.bytes.len());
            let bytes = self.bytes.get(at..end);
            let bytes = bytes.ok_or_else(|| PcfFault::new(entry + 8, PcfProblem::Outside { table: kind.name() }))?;
            let format = little(self.bytes, at)?;
            return Ok(Some(Table { bytes, at, format }));
        }
        Ok(None)
    }

    /// The table of that kind.
    pub(super) fn get(&self, kind: Kind) -> Result<Table<'a>, PcfFault> {
        self.find(kind)?
            .ok_or_else(|| PcfFault::new(8, PcfProblem::NoTable { table: kind.name() }))
    }
}

impl<'a> Table<'a> {
    /// Where it lies in the file.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Whether the option of its kind is chosen: metrics are compressed, accelerators have bounds of the ink.
    pub(super) const fn has_option(&self) -> bool {
        self.format & 0x100 != 0
    }

    /// Rows are padded to 1, 2, 4 or 8 bytes: 0 to 3.
    pub(super) const fn padding(&self) -> usize {
        (self.format & 3) as usize
    }

    const fn is_high_byte_first(&self) -> bool {
        self.format & 4 != 0
    }

    const fn is_high_bit_first(&self) -> bool {
        self.format & 8 != 0
    }

    /// Bytes that are written as one number, where the orders of bytes and bits differ: 1, 2, 4 or 8.
    const fn unit(&self) -> usize {
        1 << ((self.format >> 4) & 3)
    }

    pub(super) fn u8(&self, place: usize) -> Result<u8, PcfFault> {
        self.array::<1>(place).map(|[byte]| byte)
    }

    pub(super) fn u16(&self, place: usize) -> Result<u16, PcfFault> {
        let bytes = self.array(place)?;
        Ok(if self.is_high_byte_first() {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    }

    pub(super) fn u32(&self, place: usize) -> Result<u32, PcfFault> {
        let bytes = self.array(place)?;
        Ok(if self.is_high_byte_first() {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }

    pub(super) fn i32(&self, place: usize) -> Result<i32, PcfFault> {
        self.u32(place).map(u32::cast_signed)
    }

    /// The number at `place`, which counts what follows at `from`, `size` bytes each: all of them are in the table.
    pub(super) fn count(&self, place: usize, from: usize, size: usize) -> Result<usize, PcfFault> {
        let count = self.u32(place)? as usize;
        self.holds(from, count, size)?;
        Ok(count)
    }

    /// Sees whether `count` things of `size` bytes each, from `from` on, are in the table.
    pub(super) fn holds(&self, from: usize, count: usize, size: usize) -> Result<(), PcfFault> {
        let end = count.checked_mul(size).and_then(|length| length.checked_add(from));
        let holds = end.is_some_and(|end| end <= self.bytes.len());
        holds.then_some(()).ok_or_else(|| self.cut(from))
    }

    /// The text at `place`, which ends before a zero.
    pub(super) fn text(&self, place: usize) -> Result<&'a [u8], PcfFault> {
        let text = self.bytes.get(place..).unwrap_or_default();
        let end = text.iter().position(|byte| *byte == 0);
        end.map(|end| &text[..end]).ok_or_else(|| self.cut(place))
    }

    /// Byte `index` of the `length` bytes of a glyph that begin at `start`, put into our order: the leftmost dot in the highest bit.
    pub(super) fn dots(&self, start: usize, length: usize, index: usize) -> Result<u8, PcfFault> {
        let last = self.unit() - 1;
        let is_swapped = self.is_high_byte_first() != self.is_high_bit_first() && (index | last) < length;
        let byte = self.u8(start + if is_swapped { index ^ last } else { index })?;
        Ok(if self.is_high_bit_first() {
            byte
        } else {
            byte.reverse_bits()
        })
    }

    fn array<const N: usize>(&self, place: usize) -> Result<[u8; N], PcfFault> {
        let bytes = self.bytes.get(place..).and_then(|bytes| bytes.first_chunk());
        bytes.copied().ok_or_else(|| self.cut(place))
    }

    /// What should be at `place` is not in the table.
    fn cut(&self, place: usize) -> PcfFault {
        PcfFault::new(self.at + place.min(self.bytes.len()), PcfProblem::Cut)
    }
}

/// The number at `place` of the file, lowest byte first.
fn little(bytes: &[u8], place: usize) -> Result<u32, PcfFault> {
    let number = bytes.get(place..).and_then(|bytes| bytes.first_chunk());
    let number = number.ok_or_else(|| PcfFault::new(place.min(bytes.len()), PcfProblem::Cut))?;
    Ok(u32::from_le_bytes(*number))
}
