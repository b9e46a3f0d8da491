//! Clips.

use yingbi::clip::{Clip, ClipFault, FRAME_LIMIT, LED_LIMIT, verify};

use super::is_told;

/// A clip is opened, with an index that leads nowhere but to its pictures, or is refused; and what is sound from end to end unpacks with a plain
/// decoder of zstd to its pictures.
pub(in super::super) fn clip(bytes: &[u8]) {
    let read = |at: u64, into: &mut [u8]| {
        let found = usize::try_from(at)
            .ok()
            .and_then(|at| bytes.get(at..)?.get(..into.len()));
        into.copy_from_slice(found.ok_or(ClipFault::Cut)?);
        Ok(())
    };
    match Clip::open::<ClipFault>(bytes.len() as u64, read) {
        Ok(clip) => is_led(&clip, bytes.len() as u64),
        Err(fault) => is_told(&fault),
    }
    match verify::<ClipFault>(bytes.len() as u64, read) {
        Ok(clip) => {
            let pixels = zstd::decode_all(bytes).expect("a clip is a file of zstd");
            assert_eq!(pixels.len(), clip.index.stored().len() * clip.frame_bytes());
        }
        Err(fault) => is_told(&fault),
    }
}

fn is_led(clip: &Clip, length: u64) {
    let (index, size) = (&clip.index, clip.head.size);
    let stored = index.stored().len() as u32;
    assert!(size.leds() > 0 && size.leds() <= LED_LIMIT && clip.frame_bytes() == size.leds() * 3);
    assert!(stored > 0 && stored <= index.frames() && index.frames() <= FRAME_LIMIT);
    assert!(clip.longest() as u64 <= length);
    for (number, stored) in (0..).zip(index.stored()) {
        assert!(stored.length > 0 && stored.at + u64::from(stored.length) <= length);
        let shown = index.shown(number);
        assert!(
            !shown.is_empty()
                && index.picture(shown.start) == Some(number)
                && index.picture(shown.end - 1) == Some(number)
        );
    }
    assert_eq!(index.picture(index.frames()), None);
    let mut all: Vec<u32> = index.stand_ins(stored / 2).chain([stored / 2]).collect();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..stored));
}
