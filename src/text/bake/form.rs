//! Writing the baked form that `strike` reads and explains.

use std::collections::BTreeMap;

use super::source::Bits;
use crate::text::strike::{BLOCK, Glyph, HEADER, MAGIC, VERSION};

/// The dots of the cell's height.
const HEIGHT: u8 = 16;

/// The bytes of a strike of 16 dots with these glyphs.
pub(super) fn write(glyphs: &BTreeMap<char, Bits>) -> Vec<u8> {
    let packed: Vec<(char, u8, Vec<u8>)> = glyphs.iter().map(|(character, bits)| pack(*character, bits)).collect();
    let glyphs = packed
        .iter()
        .map(|(character, width, rows)| (*character, Glyph { width: *width, rows }));
    strike(HEIGHT, glyphs).expect("half a million glyphs of 32 bytes are 16 MiB; the source has a quarter of that")
}

fn pack(character: char, bits: &Bits) -> (char, u8, Vec<u8>) {
    let row = |row: &u16| row.to_be_bytes().into_iter().take(usize::from(bits.width / 8));
    (character, bits.width, bits.rows.iter().flat_map(row).collect())
}

/// The bytes of a strike of `height` dots with these glyphs, in the order of their characters; each has `height` rows. `None` where the
/// rows are more than 16 MiB, which offsets do not reach.
pub(in crate::text) fn strike<'a>(height: u8, glyphs: impl Iterator<Item = (char, Glyph<'a>)>) -> Option<Vec<u8>> {
    let mut rows = Vec::new();
    let mut blocks: BTreeMap<usize, [u32; BLOCK]> = BTreeMap::new();
    for (character, glyph) in glyphs {
        let code = character as usize;
        let start = u32::try_from(rows.len()).ok().filter(|start| *start < 1 << 24)?;
        let entry = u32::from(glyph.width) << 24 | start;
        blocks.entry(code / BLOCK).or_insert([0; BLOCK])[code % BLOCK] = entry;
        rows.extend_from_slice(glyph.rows);
    }
    let first = first_level(&blocks);
    let mut bytes = header(height, first.len(), blocks.len() + 1);
    bytes.extend(first.iter().flat_map(|block| block.to_le_bytes()));
    let second = [[0; BLOCK]].into_iter().chain(blocks.into_values());
    bytes.extend(second.flatten().flat_map(u32::to_le_bytes));
    bytes.extend(rows);
    Some(bytes)
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
