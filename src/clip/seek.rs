//! The table at the end of the file, as the seekable form of zstd has it: for tools that know it, and to find the index from behind.
//!
//! The form is that of `contrib/seekable_format` in zstd's own sources, version 0.1.1, without sums.

use super::{Head, Index};

const FRAME: u32 = 0x184D_2A5E;
const MAGIC: u32 = 0x8F92_EAB1;
const ENTRY: usize = 8;
const FOOT: usize = 9;

/// The last entry, which is that of the index, and the foot.
pub(super) const END: usize = ENTRY + FOOT;

/// The bytes of the table of so many entries.
pub(super) fn length(entries: u32) -> u64 {
    (8 + FOOT) as u64 + ENTRY as u64 * u64::from(entries)
}

/// How many entries there are, and the bytes of the last one's frame.
pub(super) fn read_end(end: &[u8; END]) -> Option<(u32, u32)> {
    let (numbers, foot) = end.split_at(ENTRY + 4);
    let numbers = numbers.as_chunks::<4>().0;
    let is_table = foot[0] == 0 && foot[1..] == MAGIC.to_le_bytes() && numbers[1] == [0; 4];
    is_table.then(|| (u32::from_le_bytes(numbers[2]), u32::from_le_bytes(numbers[0])))
}

/// The table of a clip with that index, whose frames have so many bytes.
pub(super) fn of_clip(index: &Index, frame: usize) -> Vec<u8> {
    let count = index.stored().len() as u32 + 2;
    let mut bytes = Vec::with_capacity(length(count) as usize);
    let mut number = |number: u32| bytes.extend(number.to_le_bytes());
    number(FRAME);
    number(length(count) as u32 - 8);
    let pictures = index.stored().iter().map(|stored| (stored.length, frame as u32));
    let head = (Head::LENGTH as u32, 0);
    for (packed, unpacked) in std::iter::once(head)
        .chain(pictures)
        .chain([(index.length() as u32, 0)])
    {
        number(packed);
        number(unpacked);
    }
    number(count);
    bytes.push(0);
    bytes.extend(MAGIC.to_le_bytes());
    bytes
}
