//! Clips: their form over bytes, and what becomes of bytes that are none.

mod damage;
mod form;
mod walk;

use yingbi::{
    clip::{Clip, ClipFault, Head, Summary, Writer, verify},
    units::{Digest, Rate, Size},
};

/// The head of a clip of that size, of 25 frames a second.
pub(crate) fn head(width: u32, height: u32) -> Head {
    Head {
        size: Size::new(width, height),
        rate: Rate::new(25).unwrap(),
        source: Digest::of(b"video"),
        rendition: Digest::of(b"rendition"),
    }
}

/// A clip of those frames.
pub(crate) fn clip(head: &Head, frames: &[Vec<u8>]) -> Vec<u8> {
    written(head, frames).0
}

fn written(head: &Head, frames: &[Vec<u8>]) -> (Vec<u8>, Summary) {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, head).unwrap();
    frames.iter().for_each(|frame| writer.frame(frame).unwrap());
    let summary = writer.finish().unwrap();
    (bytes, summary)
}

/// Frames of that many bytes that differ from each other, are partly smooth and partly noise.
pub(crate) fn frames(count: u32, bytes: usize) -> Vec<Vec<u8>> {
    let byte = |frame: u32, at: usize| match at % 4 {
        0 => frame as u8,
        1 => (at / 16) as u8,
        2 => (frame >> 8) as u8,
        _ => (at as u32)
            .wrapping_mul(0x9e37_79b9)
            .wrapping_add(frame.wrapping_mul(0x85eb_ca6b))
            .rotate_left(13) as u8,
    };
    (0..count)
        .map(|frame| (0..bytes).map(|at| byte(frame, at)).collect())
        .collect()
}

fn read(bytes: &[u8], at: u64, into: &mut [u8]) -> Result<(), ClipFault> {
    let at = usize::try_from(at).map_err(|_| ClipFault::Cut)?;
    let found = bytes
        .get(at..)
        .and_then(|rest| rest.get(..into.len()))
        .ok_or(ClipFault::Cut)?;
    into.copy_from_slice(found);
    Ok(())
}

fn open(bytes: &[u8]) -> Result<Clip, ClipFault> {
    Clip::open(bytes.len() as u64, |at, into| read(bytes, at, into))
}

fn verified(bytes: &[u8]) -> Result<Clip, ClipFault> {
    verify(bytes.len() as u64, |at, into| read(bytes, at, into))
}
