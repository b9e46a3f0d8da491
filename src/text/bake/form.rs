//! Writing the baked form that `strike` reads and explains.

use std::collections::{BTreeMap, HashMap};

use super::error::BakeError;
use crate::text::strike::{BLOCK, Glyph, HEADER, MAGIC, VERSION};

/// One glyph on its way into a strike: as a `Glyph`, but with rows of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Drawn {
    /// Its advance and width in dots, at least 1.
    pub width: u8,
    /// Its rows, top down, as many as the strike is high; each packed to whole bytes, the leftmost dot in the highest bit, unused bits zero.
    pub rows: Vec<u8>,
}

/// The bytes of a strike of `height` dots with these glyphs.
///
/// # Errors
/// More rows than the form can tell apart, 16 MiB; or a glyph that is not as [`Drawn`] says.
pub fn write(height: u8, glyphs: &BTreeMap<char, Drawn>) -> Result<Vec<u8>, BakeError> {
    pack(
        height,
        glyphs.iter().map(|(character, drawn)| (*character, drawn.glyph())),
    )
}

/// The same of glyphs that lie elsewhere, in the order of their characters.
pub(in crate::text) fn pack<'a>(
    height: u8,
    glyphs: impl Iterator<Item = (char, Glyph<'a>)>,
) -> Result<Vec<u8>, BakeError> {
    let (mut rows, mut end, mut count) = (Vec::new(), 0, 0);
    // Characters that look alike share their rows: radicals and hanzi, letters of several scripts.
    let mut placed: HashMap<(u8, &[u8]), usize> = HashMap::new();
    let mut blocks: BTreeMap<usize, [u32; BLOCK]> = BTreeMap::new();
    for (character, glyph) in glyphs {
        let code = character as usize;
        if !fits(glyph, height) {
            return Err(BakeError::Glyph { character });
        }
        count += 1;
        let start = *placed.entry((glyph.width, glyph.rows)).or_insert_with(|| {
            rows.push(glyph.rows);
            end += glyph.rows.len();
            end - glyph.rows.len()
        });
        let start = u32::try_from(start).ok().filter(|start| *start < 1 << 24);
        let start = start.ok_or(BakeError::TooMany { glyphs: count })?;
        blocks.entry(code / BLOCK).or_insert([0; BLOCK])[code % BLOCK] = u32::from(glyph.width) << 24 | start;
    }
    let first = first_level(&blocks);
    let mut bytes = header(height, first.len(), blocks.len() + 1);
    bytes.reserve_exact(first.len() * 2 + (blocks.len() + 1) * BLOCK * 4 + end);
    bytes.extend(first.iter().flat_map(|block| block.to_le_bytes()));
    let second = [[0; BLOCK]].into_iter().chain(blocks.into_values());
    bytes.extend(second.flatten().flat_map(u32::to_le_bytes));
    rows.into_iter().for_each(|rows| bytes.extend_from_slice(rows));
    Ok(bytes)
}

impl Drawn {
    fn glyph(&self) -> Glyph<'_> {
        Glyph {
            width: self.width,
            rows: &self.rows,
        }
    }
}

/// Whether a glyph is as the form wants it.
fn fits(glyph: Glyph<'_>, height: u8) -> bool {
    let length = usize::from(glyph.width.div_ceil(8)) * usize::from(height);
    glyph.width > 0 && glyph.rows.len() == length && glyph.is_clean()
}

/// For each block of code points up to the last one in use, its number in the second level; 0 is the empty one.
fn first_level(blocks: &BTreeMap<usize, [u32; BLOCK]>) -> Vec<u16> {
    let mut first = vec![0; blocks.last_key_value().map_or(0, |(last, _)| last + 1)];
    for (block, number) in blocks.keys().zip(1..) {
        first[*block] = number;
    }
    first
}

fn header(height: u8, first: usize, second: usize) -> Vec<u8> {
    let count = |count: usize| u16::try_from(count).expect("all of Unicode has fewer blocks than 65,536");
    let mut bytes = MAGIC.to_vec();
    bytes.extend([VERSION, height]);
    bytes.extend(count(first).to_le_bytes());
    bytes.extend(count(second).to_le_bytes());
    bytes.resize(HEADER, 0);
    bytes
}
