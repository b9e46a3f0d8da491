//! Glyphs as files give them, set into the cell.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{BitmapFont, DOTS_LEAST, DOTS_LIMIT, GLYPH_LIMIT, LeftOut, ROWS_LIMIT, Slot, Unfit, charset::ALIASES};

/// How many of the glyphs that are left out are named.
const NAMED: usize = 20;

/// A glyph as a file gives it: a box of dots, and where it lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn<'a> {
    /// Dots from its origin to the next one's.
    pub(super) advance: i32,
    /// Dots from the origin to the box's left edge.
    pub(super) left: i32,
    /// Dots from the baseline up to the box's lower edge.
    pub(super) bottom: i32,
    /// The box's rows, top down, at most 64; the box's leftmost dot in the highest bit.
    pub(super) rows: &'a [u64],
}

/// Where the lit dots of a glyph are: rows from its box's top, columns from the left edge of the cell, in which all of them lie.
#[derive(Clone, Copy, Debug)]
struct Ink {
    /// The leftmost one's, which is 0 where the file has it left of the origin.
    column: i32,
    /// From the leftmost one to the rightmost.
    width: i32,
    top: usize,
    /// Past the lowest one.
    bottom: usize,
}

/// A font that is being read.
#[derive(Debug)]
pub(super) struct Builder {
    height: u8,
    ascent: i32,
    glyphs: BTreeMap<char, Slot>,
    rows: Vec<u8>,
    left_out: LeftOut,
}

impl Builder {
    /// Of a font with so many rows above the baseline and below it.
    pub(super) fn new(ascent: i32, descent: i32) -> Result<Self, Unfit> {
        let height = i64::from(ascent) + i64::from(descent);
        let height = u8::try_from(height)
            .ok()
            .filter(|dots| is_cell(*dots))
            .ok_or(Unfit::Height { height })?;
        Ok(Self {
            height,
            ascent,
            glyphs: BTreeMap::new(),
            rows: Vec::new(),
            left_out: LeftOut::default(),
        })
    }

    /// Takes the glyph of `character`. The first one of a character stays.
    pub(super) fn add(&mut self, character: char, name: &str, drawn: Drawn<'_>) -> Result<(), Unfit> {
        let ink = drawn.ink();
        let end = ink.map_or(0, |ink| ink.column.saturating_add(ink.width));
        let width = drawn.advance.max(0).max(end);
        let too_large = || Unfit::Glyph {
            name: shown(name),
            width: i64::from(width),
            height: drawn.rows.len() as i64,
        };
        let width = u8::try_from(width)
            .ok()
            .filter(|dots| *dots <= DOTS_LIMIT)
            .ok_or_else(too_large)?;
        let is_too_tall = ink.is_some_and(|ink| ink.bottom - ink.top > usize::from(self.height));
        if is_too_tall {
            self.left_out.count += 1;
            if self.left_out.names.len() < NAMED {
                self.left_out.names.push(shown(name));
            }
        }
        // Without width there is nothing to see and nothing to step over.
        if width == 0 || is_too_tall {
            return Ok(());
        }
        self.put(character, width, |rows, stride, cell| {
            if let Some(ink) = ink {
                drawn.set(ink, stride, cell, rows);
            }
        })
    }

    /// Makes room for a glyph and has its rows written; they come as zeros, with their stride and the cell.
    fn put(
        &mut self,
        character: char,
        width: u8,
        write: impl FnOnce(&mut [u8], usize, (u8, i32)),
    ) -> Result<(), Unfit> {
        let stride = usize::from(width.div_ceil(8));
        let (count, start) = (self.glyphs.len(), self.rows.len());
        let Entry::Vacant(entry) = self.glyphs.entry(character) else {
            return Ok(());
        };
        if count >= GLYPH_LIMIT {
            return Err(Unfit::TooMany { limit: GLYPH_LIMIT });
        }
        let end = start + stride * usize::from(self.height);
        if end > ROWS_LIMIT {
            return Err(Unfit::TooMuch { limit: ROWS_LIMIT });
        }
        self.rows.resize(end, 0);
        write(&mut self.rows[start..], stride, (self.height, self.ascent));
        entry.insert(Slot {
            width,
            start: start as u32,
        });
        Ok(())
    }

    /// The font. `nominal` is the size that the file states, in dots: a font of 16 dots whose cell is higher, for the sake of a few
    /// accents, shall be one of 16 dots.
    pub(super) fn finish(mut self, nominal: Option<u8>) -> Result<BitmapFont, Unfit> {
        if self.glyphs.is_empty() {
            return Err(Unfit::Empty);
        }
        for (wanted, alike) in ALIASES {
            if let (None, Some(slot)) = (self.glyphs.get(&wanted), self.glyphs.get(&alike)) {
                self.glyphs.insert(wanted, *slot);
            }
        }
        let nominal = nominal.filter(|dots| is_cell(*dots) && *dots < self.height);
        let mut font = BitmapFont {
            height: self.height,
            // A baseline above or below the cell is one at its edge.
            ascent: self.ascent.clamp(0, i32::from(self.height)) as u8,
            glyphs: self.glyphs,
            rows: self.rows,
            left_out: self.left_out,
        };
        if let Some(dots) = nominal {
            font.crop(dots);
        }
        Ok(font)
    }
}

impl BitmapFont {
    /// Makes the cell `dots` high, if nearly every glyph fits so high a part of it as it stands; moves the others into that part.
    fn crop(&mut self, dots: u8) {
        let spans: Vec<(u8, u8)> = self.glyphs.values().filter_map(|slot| self.span(*slot)).collect();
        let outside = |top: u8| spans.iter().filter(|span| span.0 < top || span.1 > top + dots).count();
        let best = (0..=self.height - dots)
            .min_by_key(|top| outside(*top))
            .unwrap_or_default();
        let is_common = outside(best) * 20 <= spans.len();
        if !is_common || spans.iter().any(|span| span.1 - span.0 > dots) {
            return;
        }
        // By their places, so that each glyph moves down in the rows to where nothing lies any longer.
        let mut slots: Vec<(Slot, char)> = self
            .glyphs
            .iter()
            .map(|(character, slot)| (*slot, *character))
            .collect();
        slots.sort_unstable_by_key(|(slot, character)| (slot.start, *character));
        let mut end = 0;
        let mut last: Option<(u32, usize)> = None;
        for (slot, character) in slots {
            let start = match last {
                // An alias shares the rows of the one before it.
                Some((old, new)) if old == slot.start => new,
                _ => {
                    let top = self
                        .span(slot)
                        .map_or(best, |(top, bottom)| best.clamp(bottom.saturating_sub(dots), top));
                    let stride = usize::from(slot.width.div_ceil(8));
                    let from = slot.start as usize + usize::from(top) * stride;
                    self.rows.copy_within(from..from + usize::from(dots) * stride, end);
                    end += usize::from(dots) * stride;
                    end - usize::from(dots) * stride
                }
            };
            last = Some((slot.start, start));
            let start = start as u32;
            self.glyphs.insert(character, Slot { start, ..slot });
        }
        self.rows.truncate(end);
        self.height = dots;
        self.ascent = self.ascent.saturating_sub(best).min(dots);
    }

    /// The first row with a lit dot, and the one past the last; `None` where nothing is lit.
    fn span(&self, slot: Slot) -> Option<(u8, u8)> {
        let stride = usize::from(slot.width.div_ceil(8));
        let glyph = self.at(slot);
        let lit = |row: &&[u8]| row.iter().any(|byte| *byte != 0);
        let mut rows = glyph.rows.chunks(stride);
        let top = rows.position(|row| lit(&row))?;
        let below = glyph.rows.rchunks(stride).position(|row| lit(&row))?;
        Some((top as u8, self.height - below as u8))
    }
}

impl Drawn<'_> {
    /// Where it is lit; `None` for a space.
    fn ink(&self) -> Option<Ink> {
        let columns = self.rows.iter().fold(0, |all, row| all | row);
        let top = self.rows.iter().position(|row| *row != 0)?;
        let last = self.rows.iter().rposition(|row| *row != 0)?;
        let blank = columns.leading_zeros() + columns.trailing_zeros();
        Some(Ink {
            column: self.left.saturating_add(columns.leading_zeros() as i32).max(0),
            width: 64 - blank as i32,
            top,
            bottom: last + 1,
        })
    }

    /// Writes it into the rows of a cell, moved up or down as far as it would stick out. It is no larger than the cell.
    fn set(&self, ink: Ink, stride: usize, (height, ascent): (u8, i32), rows: &mut [u8]) {
        let lit = ink.bottom - ink.top;
        let top = i64::from(ascent) - i64::from(self.bottom) - self.rows.len() as i64 + ink.top as i64;
        let top = top.clamp(0, i64::from(height) - lit as i64) as usize;
        // The leftmost lit dot goes to the highest bit, and from there to its column: no dot is lost on the way.
        let first = self.rows.iter().fold(0, |all, row| all | row).leading_zeros();
        let targets = rows.chunks_mut(stride).skip(top);
        for (target, row) in targets.zip(&self.rows[ink.top..ink.bottom]) {
            let bits = ((row << first) >> ink.column).to_be_bytes();
            target.copy_from_slice(&bits[..stride]);
        }
    }
}

/// Whether a cell may be so high.
fn is_cell(dots: u8) -> bool {
    (DOTS_LEAST..=DOTS_LIMIT).contains(&dots)
}

/// A glyph's name as it may be shown: short.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(40).collect()
}
