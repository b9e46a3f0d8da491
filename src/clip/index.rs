//! The index of a clip: which stored picture a frame shows, where that lies, and what stands for it where it is bad.

use std::ops::Range;

use super::{ClipFault, FRAME_LIMIT, Head, frame_bytes, seek};
use crate::units::Digest;

const FRAME: [u8; 4] = 0x184D_2A51_u32.to_le_bytes();
const MAGIC: [u8; 8] = *b"YBINDX\0\x01";
/// Bytes before the first entry, and of one.
const START: usize = 24;
const ENTRY: usize = 24;
/// Bytes of the sum at the end.
const SUM: usize = 4;

/// A stored picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it begins in the file.
    pub at: u64,
    /// How many bytes it has packed, at least 1.
    pub length: u32,
    /// The CRC-32 of those.
    pub sum: u32,
    /// The first frame that shows it.
    pub first: u32,
    /// The picture before it, which stands for it where it is bad; of the first one itself.
    pub stand_in: u32,
}

/// What of a clip is where, and is shown when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    frames: u32,
    stored: Box<[Stored]>,
    contents: Digest,
}

impl Index {
    /// The bytes at the end of a clip that say where the index is.
    pub const END: usize = seek::END;

    /// The bytes of the longest index, which is the most that a reader of clips takes for it.
    const LONGEST: u64 = (START + ENTRY * FRAME_LIMIT as usize + SUM) as u64;

    /// Where the index lies, in a clip of so many bytes with that end.
    ///
    /// # Errors
    /// It does not end as a clip does.
    pub fn locate(end: &[u8; Self::END], length: u64) -> Result<Range<u64>, ClipFault> {
        let (entries, packed) = seek::read_end(end).ok_or(ClipFault::Cut)?;
        let end = length.checked_sub(seek::length(entries)).ok_or(ClipFault::Cut)?;
        let start = end.checked_sub(packed.into()).ok_or(ClipFault::Cut)?;
        let is_sound = start > Head::LENGTH as u64 && (1..=Self::LONGEST).contains(&(end - start));
        is_sound.then_some(start..end).ok_or(ClipFault::Index)
    }

    /// The index in `bytes`, which begin at byte `at` of the clip with that `head`.
    ///
    /// # Errors
    /// They are no index of such a clip, or damaged.
    pub fn read(head: &Head, at: u64, bytes: &[u8]) -> Result<Self, ClipFault> {
        Self::parse(head, at, bytes).ok_or(ClipFault::Index)
    }

    fn parse(head: &Head, at: u64, bytes: &[u8]) -> Option<Self> {
        let (start, rest) = bytes.split_first_chunk::<START>()?;
        let (entries, sum) = rest.split_last_chunk::<SUM>()?;
        let body = &bytes[8..bytes.len() - SUM];
        let number = |at: usize| u32::from_le_bytes([start[at], start[at + 1], start[at + 2], start[at + 3]]);
        let (entries, left) = entries.as_chunks::<ENTRY>();
        let is_sound = start[..4] == FRAME
            && number(4) as usize == bytes.len() - 8
            && start[8..16] == MAGIC
            && left.is_empty()
            && number(20) as usize == entries.len()
            && sum_of(head, body) == u32::from_le_bytes(*sum);
        let index = Self {
            frames: number(16),
            stored: entries.iter().map(Stored::read).collect(),
            contents: Digest::of(&bytes[8..]),
        };
        (is_sound && index.is_sound(head, at)).then_some(index)
    }

    /// Whether the pictures lie behind each other between the head and `end`, and each is shown by some frame.
    fn is_sound(&self, head: &Head, end: u64) -> bool {
        let Some(longest) = frame_bytes(head.size).map(longest_packed) else {
            return false;
        };
        let mut at = Head::LENGTH as u64;
        let mut next = 0;
        for (number, stored) in self.stored.iter().enumerate() {
            let is_sound = stored.at == at
                && (1..=longest).contains(&(stored.length as usize))
                && if number == 0 {
                    stored.first == 0
                } else {
                    stored.first >= next
                }
                && stored.first < self.frames
                && stored.stand_in as usize == number.saturating_sub(1);
            if !is_sound {
                return false;
            }
            at += u64::from(stored.length);
            next = stored.first + 1;
        }
        at == end && !self.stored.is_empty() && self.frames <= FRAME_LIMIT
    }

    /// The index of `frames` frames that show these pictures, and it as it stands in a clip with that head.
    pub(super) fn write(head: &Head, frames: u32, stored: Vec<Stored>) -> (Self, Vec<u8>) {
        let mut index = Self {
            frames,
            stored: stored.into(),
            contents: Digest::of(&[]),
        };
        let mut bytes = Vec::with_capacity(index.length());
        bytes.extend(FRAME);
        bytes.extend((index.length() as u32 - 8).to_le_bytes());
        bytes.extend(MAGIC);
        bytes.extend(frames.to_le_bytes());
        bytes.extend((index.stored.len() as u32).to_le_bytes());
        index.stored.iter().for_each(|stored| stored.write(&mut bytes));
        bytes.extend(sum_of(head, &bytes[8..]).to_le_bytes());
        index.contents = Digest::of(&bytes[8..]);
        (index, bytes)
    }

    /// Its bytes in a clip.
    pub(super) fn length(&self) -> usize {
        START + ENTRY * self.stored.len() + SUM
    }

    /// How many frames there are, at least 1.
    pub const fn frames(&self) -> u32 {
        self.frames
    }

    /// The stored pictures, at least one, no more than frames.
    pub fn stored(&self) -> &[Stored] {
        &self.stored
    }

    /// The number of the picture that `frame` shows; `None` behind the last frame.
    pub fn picture(&self, frame: u32) -> Option<u32> {
        let behind = self.stored.partition_point(|stored| stored.first <= frame);
        (frame < self.frames).then(|| behind as u32 - 1)
    }

    /// The frames that show that picture; none of a picture that is not there.
    pub fn shown(&self, picture: u32) -> Range<u32> {
        let first = |at: usize| self.stored.get(at).map_or(self.frames, |stored| stored.first);
        first(picture as usize)..first(picture as usize + 1)
    }

    /// The pictures of which the first sound one stands for a bad `picture`: those before it, the nearest first, as the index says; then those
    /// behind it.
    pub fn stand_ins(&self, picture: u32) -> impl Iterator<Item = u32> + use<'_> {
        let before = |at: u32| {
            self.stored
                .get(at as usize)
                .map(|stored| stored.stand_in)
                .filter(|before| *before < at)
        };
        std::iter::successors(before(picture), move |at| before(*at)).chain(picture + 1..self.stored.len() as u32)
    }

    /// The name of what is shown when.
    pub const fn contents(&self) -> Digest {
        self.contents
    }
}

impl Stored {
    fn read(bytes: &[u8; ENTRY]) -> Self {
        let (at, rest) = bytes.split_at(8);
        let (at, rest) = (at.as_chunks::<8>().0, rest.as_chunks::<4>().0);
        let number = |at: usize| u32::from_le_bytes(rest[at]);
        Self {
            at: u64::from_le_bytes(at[0]),
            length: number(0),
            sum: number(1),
            first: number(2),
            stand_in: number(3),
        }
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.at.to_le_bytes());
        for number in [self.length, self.sum, self.first, self.stand_in] {
            bytes.extend(number.to_le_bytes());
        }
    }
}

fn sum_of(head: &Head, body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&head.body());
    hasher.update(body);
    hasher.finalize()
}

/// The most that so many bytes can take once they are packed, also by another release of zstd.
pub(super) const fn longest_packed(bytes: usize) -> usize {
    bytes + bytes / 64 + 1024
}
