//! The atoms (boxes) of which an MP4 or MOV consists: a length, four letters, and what is in it, often more atoms. ISO/IEC 14496-12, 4.2.
//!
//! In the file only heads are read, and what is in one when it is asked for; in memory an atom that claims more than there is ends with what there
//! is. Nothing here takes more memory than the bytes it was given.

use std::io::{self, Read, Seek, SeekFrom};

/// The four letters of an atom.
pub(in super::super) type Kind = [u8; 4];

/// Where an atom lies in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Atom {
    pub(in super::super) kind: Kind,
    /// Where its head begins.
    pub(in super::super) at: u64,
    /// Where what is in it begins.
    pub(in super::super) body: u64,
    /// Where it ends, which may be after the file does.
    pub(in super::super) end: u64,
}

/// The atom whose head is at `at` in a file of `size` bytes; `None` where no head is any more, or where what is there can be none.
pub(in super::super) fn atom(source: &mut (impl Read + Seek + ?Sized), at: u64, size: u64) -> io::Result<Option<Atom>> {
    let left = size.saturating_sub(at);
    if left < 8 {
        return Ok(None);
    }
    let mut head = [0; 16];
    let length = if left < 16 { 8 } else { 16 };
    source.seek(SeekFrom::Start(at))?;
    source.read_exact(&mut head[..length])?;
    Ok(parsed(&head[..length], left).map(|(kind, skip, length)| Atom {
        kind,
        at,
        body: at + skip,
        end: at.saturating_add(length),
    }))
}

/// The kind, the length of the head and that of the whole of what begins with `head`, where `left` bytes are.
fn parsed(head: &[u8], left: u64) -> Option<(Kind, u64, u64)> {
    let kind: Kind = *head.get(4..)?.first_chunk()?;
    let (skip, length) = match u32_at(head, 0)? {
        // To the end of the file.
        0 => (8, left),
        1 => (16, u64_at(head, 8)?),
        length => (8, u64::from(length)),
    };
    (length >= skip).then_some((kind, skip, length))
}

/// The atoms in `bytes`, one after the other.
pub(super) fn atoms(mut bytes: &[u8]) -> impl Iterator<Item = (Kind, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, skip, length) = parsed(bytes, bytes.len() as u64)?;
        let skip = usize::try_from(skip).ok()?;
        let end = usize::try_from(length).unwrap_or(usize::MAX).min(bytes.len());
        let body = bytes.get(skip..end)?;
        bytes = &bytes[end..];
        Some((kind, body))
    })
}

/// What is in the first atom of that kind in `bytes`.
pub(super) fn child<'a>(bytes: &'a [u8], kind: &Kind) -> Option<&'a [u8]> {
    atoms(bytes).find(|(found, _)| found == kind).map(|(_, body)| body)
}

/// The same, one within the other.
pub(super) fn inner<'a>(bytes: &'a [u8], path: &[&Kind]) -> Option<&'a [u8]> {
    path.iter().try_fold(bytes, |bytes, kind| child(bytes, kind))
}

pub(in super::super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(in super::super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(in super::super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Two's complement.
pub(super) fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    u32_at(bytes, at).map(u32::cast_signed)
}
