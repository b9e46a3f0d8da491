//! One bit a dot: type before it has a colour.

use super::strike::Glyph;

/// A one-bit picture, rows packed to whole bytes, the leftmost dot in the highest bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    width: u32,
    height: u32,
    rows: Vec<u8>,
}

impl Mask {
    /// An empty mask of `width` by `height` dots.
    pub fn new(width: u32, height: u32) -> Self {
        let stride = width.div_ceil(8) as usize;
        Self {
            width,
            height,
            rows: vec![0; stride * height as usize],
        }
    }

    /// Width in dots.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in dots.
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// Row `y`, which must be below the height: whole bytes, unused bits zero.
    pub fn row(&self, y: u32) -> &[u8] {
        let stride = self.stride();
        &self.rows[y as usize * stride..][..stride]
    }

    /// Whether the dot at (`x`, `y`) is set; outside it is not.
    pub fn dot(&self, x: u32, y: u32) -> bool {
        x < self.width && y < self.height && self.row(y)[x as usize / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Makes it empty again, at the same size.
    pub fn clear(&mut self) {
        self.rows.fill(0);
    }

    /// Adds the dots of `glyph`, each `scale` by `scale`, its cell's top left corner at (`x`, `y`); what falls outside is left out.
    #[inline(always)]
    pub fn ink(&mut self, x: u32, y: u32, glyph: Glyph<'_>, scale: u8) {
        let width = u32::from(glyph.width);
        let is_wide_enough = x.checked_add(width).is_some_and(|end| end <= self.width);
        if scale > 1 || !is_wide_enough || !self.ink_whole(x, y, glyph) {
            self.ink_runs(x, y, glyph, u32::from(scale.max(1)));
        }
    }

    /// The fast way, for glyphs of up to 64 dots that lie inside across; whether they did so downwards.
    #[inline(always)]
    fn ink_whole(&mut self, x: u32, y: u32, glyph: Glyph<'_>) -> bool {
        let (bytes, shift) = (glyph.width.div_ceil(8), x % 8);
        if shift == 0 {
            return match bytes {
                1 => self.or_rows::<1>(x, y, glyph.rows),
                2 => self.or_rows::<2>(x, y, glyph.rows),
                3 => self.or_rows::<3>(x, y, glyph.rows),
                4 => self.or_rows::<4>(x, y, glyph.rows),
                6 => self.or_rows::<6>(x, y, glyph.rows),
                _ => self.ink_between(x, y, glyph),
            };
        }
        self.ink_between(x, y, glyph)
    }

    /// The same between bytes, and of widths that are seldom.
    fn ink_between(&mut self, x: u32, y: u32, glyph: Glyph<'_>) -> bool {
        let width = u32::from(glyph.width);
        match (width.div_ceil(8), (x % 8 + width).div_ceil(8)) {
            (1, 1) => self.shift_rows::<1, 1>(x, y, glyph.rows),
            (1, _) => self.shift_rows::<1, 2>(x, y, glyph.rows),
            (2, 2) => self.shift_rows::<2, 2>(x, y, glyph.rows),
            (2, _) => self.shift_rows::<2, 3>(x, y, glyph.rows),
            (3, 3) => self.shift_rows::<3, 3>(x, y, glyph.rows),
            (3, _) => self.shift_rows::<3, 4>(x, y, glyph.rows),
            (4, 4) => self.shift_rows::<4, 4>(x, y, glyph.rows),
            (4, _) => self.shift_rows::<4, 5>(x, y, glyph.rows),
            (5, 5) => self.shift_rows::<5, 5>(x, y, glyph.rows),
            (5, _) => self.shift_rows::<5, 6>(x, y, glyph.rows),
            (6, 6) => self.shift_rows::<6, 6>(x, y, glyph.rows),
            (6, _) => self.shift_rows::<6, 7>(x, y, glyph.rows),
            (7, 7) => self.shift_rows::<7, 7>(x, y, glyph.rows),
            (7, _) => self.shift_rows::<7, 8>(x, y, glyph.rows),
            (8, 8) => self.shift_rows::<8, 8>(x, y, glyph.rows),
            (8, _) => self.shift_rows::<8, 9>(x, y, glyph.rows),
            _ => false,
        }
    }

    /// The bytes of the mask from byte `x / 8` of row `y` on, where `height` rows of it are there.
    #[inline]
    fn bytes_from(&mut self, x: u32, y: u32, height: usize) -> Option<&mut [u8]> {
        let is_inside = y.checked_add(height as u32).is_some_and(|end| end <= self.height);
        let start = y as usize * self.stride() + x as usize / 8;
        self.rows.get_mut(start..).filter(|_| is_inside)
    }

    /// ORs each row of `N` bytes to the bytes below it. All of the glyph lies inside across; where it does not downwards, nothing is done.
    ///
    /// Rows are found by their number: an iterator over chunks would divide to know how many there are, which costs as much as the rows.
    #[inline]
    fn or_rows<const N: usize>(&mut self, x: u32, y: u32, rows: &[u8]) -> bool {
        let (rows, stride) = (rows.as_chunks::<N>().0, self.stride());
        let Some(bytes) = self.bytes_from(x, y, rows.len()) else {
            return false;
        };
        match rows.as_array::<16>() {
            // So many rows are known to need no check that their numbers do not overflow.
            Some(rows) => or_each(bytes, stride, rows),
            None => or_each(bytes, stride, rows),
        }
        true
    }

    /// The same, each row shifted and ORed to the `REACH` bytes that it touches. No byte beyond is touched: a wider read would wait for what
    /// the glyph before has just written.
    fn shift_rows<const N: usize, const REACH: usize>(&mut self, x: u32, y: u32, rows: &[u8]) -> bool {
        let (rows, stride, shift) = (rows.as_chunks::<N>().0, self.stride(), x % 8);
        let Some(bytes) = self.bytes_from(x, y, rows.len()) else {
            return false;
        };
        match rows.as_array::<16>() {
            Some(rows) => shift_each::<N, REACH>(bytes, stride, rows, shift),
            None => shift_each::<N, REACH>(bytes, stride, rows, shift),
        }
        true
    }

    /// The way of everything else: each run of lit dots in a glyph's row becomes `scale` runs of LEDs.
    fn ink_runs(&mut self, x: u32, y: u32, glyph: Glyph<'_>, scale: u32) {
        let width = u32::from(glyph.width);
        let lit = |row: &[u8], dot: u32| dot < width && row[dot as usize / 8] & (0x80 >> (dot % 8)) != 0;
        for (index, row) in (0u32..).zip(glyph.rows.chunks_exact(glyph.stride())) {
            let top = y.saturating_add(index * scale);
            let mut dot = 0;
            while dot < width {
                let run = (dot..width).take_while(|dot| lit(row, *dot)).count() as u32;
                let left = x.saturating_add(dot * scale);
                (0..scale).for_each(|below| self.light(left, top.saturating_add(below), run * scale));
                dot += run + 1;
            }
        }
    }

    /// The same with the cell's left edge `left` LEDs outside of the mask: what lies there is left out.
    pub(super) fn ink_beyond(&mut self, left: u32, y: u32, glyph: Glyph<'_>, scale: u8) {
        let scale = u32::from(scale.max(1));
        let lit = |row: &[u8], dot: u32| row[dot as usize / 8] & (0x80 >> (dot % 8)) != 0;
        for (index, row) in (0u32..).zip(glyph.rows.chunks_exact(glyph.stride())) {
            let top = y.saturating_add(index * scale);
            for dot in (0..u32::from(glyph.width)).filter(|dot| lit(row, *dot)) {
                let (from, to) = (
                    (dot * scale).saturating_sub(left),
                    ((dot + 1) * scale).saturating_sub(left),
                );
                (0..scale).for_each(|below| self.light(from, top.saturating_add(below), to - from));
            }
        }
    }

    /// The same with the glyph on its side: its foot to the left, to be read downwards. What falls outside is left out.
    pub fn ink_turned(&mut self, x: u32, y: u32, glyph: Glyph<'_>, scale: u8) {
        let (scale, width) = (u32::from(scale.max(1)), u32::from(glyph.width));
        let lit = |row: &[u8], dot: u32| row[dot as usize / 8] & (0x80 >> (dot % 8)) != 0;
        for (index, row) in (0u32..).zip(
            glyph
                .rows
                .chunks_exact(usize::from(glyph.width.div_ceil(8)).max(1))
                .rev(),
        ) {
            let left = x.saturating_add(index * scale);
            for dot in (0..width).filter(|dot| lit(row, *dot)) {
                let top = y.saturating_add(dot * scale);
                (0..scale).for_each(|below| self.light(left, top.saturating_add(below), scale));
            }
        }
    }

    /// Sets `length` dots from (`x`, `y`) to the right, as far as they lie inside.
    fn light(&mut self, x: u32, y: u32, length: u32) {
        let end = x.saturating_add(length).min(self.width);
        if y >= self.height || x >= end {
            return;
        }
        let stride = self.stride();
        let row = &mut self.rows[y as usize * stride..][..stride];
        let (first, last) = (x as usize / 8, (end - 1) as usize / 8);
        let (from, to) = (0xff >> (x % 8), !(0x7f >> ((end - 1) % 8)));
        if first == last {
            row[first] |= from & to;
        } else {
            row[first] |= from;
            row[first + 1..last].fill(0xff);
            row[last] |= to;
        }
    }

    fn stride(&self) -> usize {
        self.width.div_ceil(8) as usize
    }
}

/// A row at the start of a word of `W` bytes, or as much of it as that holds.
fn padded<const N: usize, const W: usize>(bits: &[u8; N]) -> [u8; W] {
    let mut word = [0; W];
    let length = if N < W { N } else { W };
    word[..length].copy_from_slice(&bits[..length]);
    word
}

/// Adds the dots of `word` to those of `target`, as many bytes as it has.
fn add<const W: usize>(target: &mut [u8], word: &[u8; W]) {
    target.iter_mut().zip(word).for_each(|(byte, bits)| *byte |= bits);
}

/// ORs each of `rows` to the bytes below it, which lie `stride` apart.
#[inline(always)]
fn or_each<const N: usize>(bytes: &mut [u8], stride: usize, rows: &[[u8; N]]) {
    for (row, bits) in rows.iter().enumerate() {
        let at = row * stride;
        let target: &mut [u8] = &mut bytes[at..at + N];
        target.iter_mut().zip(bits).for_each(|(byte, bits)| *byte |= bits);
    }
}

/// The same, each row moved `shift` dots to the right, so that it reaches over `REACH` bytes.
#[inline(always)]
fn shift_each<const N: usize, const REACH: usize>(bytes: &mut [u8], stride: usize, rows: &[[u8; N]], shift: u32) {
    for (row, bits) in rows.iter().enumerate() {
        let at = row * stride;
        let target: &mut [u8] = &mut bytes[at..at + REACH];
        // The narrowest word that holds the row: known when this is compiled.
        if REACH <= 4 {
            let word = u32::from_be_bytes(padded(bits)) >> shift;
            add(target, &word.to_be_bytes());
        } else if REACH <= 8 {
            let word = u64::from_be_bytes(padded(bits)) >> shift;
            add(target, &word.to_be_bytes());
        } else {
            let word = u128::from_be_bytes(padded(bits)) >> shift;
            add(target, &word.to_be_bytes());
        }
    }
}
