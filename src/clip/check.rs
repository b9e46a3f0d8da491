//! Opens a clip, and looks through it from end to end. The bytes come from whoever has them.

use super::{ClipFault, Head, Index, Unpacker, frame_bytes, seek};

/// What is known of a clip once it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// What it is.
    pub head: Head,
    /// What of it is where.
    pub index: Index,
}

impl Clip {
    /// Opens a clip of `length` bytes, of which `read` fills a slice with those from a place on. Its pictures are not looked at.
    ///
    /// # Errors
    /// It is none, or damaged; or reading failed.
    pub fn open<E: From<ClipFault>>(
        length: u64,
        mut read: impl FnMut(u64, &mut [u8]) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut head = [0; Head::LENGTH];
        let mut end = [0; Index::END];
        let Some(before) = length
            .checked_sub(end.len() as u64)
            .filter(|_| length >= head.len() as u64)
        else {
            return Err(ClipFault::Foreign.into());
        };
        read(0, &mut head)?;
        let head = Head::read(&head)?;
        read(before, &mut end)?;
        let place = Index::locate(&end, length)?;
        // At most some megabytes: the place is that of the longest index, or shorter.
        let mut index = vec![0; (place.end - place.start) as usize];
        read(place.start, &mut index)?;
        let index = Index::read(&head, place.start, &index)?;
        let table = seek::length(index.stored().len() as u32 + 2);
        if length - place.end != table {
            return Err(ClipFault::Table.into());
        }
        Ok(Self { head, index })
    }

    /// The bytes of one frame.
    pub fn frame_bytes(&self) -> usize {
        frame_bytes(self.head.size).unwrap_or(0)
    }

    /// The most bytes that one of its pictures has packed.
    pub fn longest(&self) -> usize {
        let lengths = self.index.stored().iter().map(|stored| stored.length);
        lengths.max().unwrap_or(0) as usize
    }
}

/// Opens a clip as [`Clip::open`] does, and looks whether each of its pictures is sound, and every byte what it must be.
///
/// # Errors
/// The first thing that is wrong with it; or reading failed.
pub fn verify<E: From<ClipFault>>(
    length: u64,
    mut read: impl FnMut(u64, &mut [u8]) -> Result<(), E>,
) -> Result<Clip, E> {
    let clip = Clip::open(length, &mut read)?;
    let expected = seek::of_clip(&clip.index, clip.frame_bytes());
    let mut table = vec![0; expected.len()];
    read(length - table.len() as u64, &mut table)?;
    if table != expected {
        return Err(ClipFault::Table.into());
    }
    let mut unpacker = Unpacker::new().map_err(|_| ClipFault::Packed { picture: 0 })?;
    let mut packed = vec![0; clip.longest()];
    let mut pixels = vec![0; clip.frame_bytes()];
    for (number, stored) in (0..).zip(clip.index.stored()) {
        let packed = &mut packed[..stored.length as usize];
        read(stored.at, packed)?;
        unpacker.unpack(packed, (number, stored), &mut pixels)?;
    }
    Ok(clip)
}
