//! A clip: a short video as it lies ready to be shown, every frame of the size of its place and at the screen's rate. Playing one decodes no codec.
//!
//! This room knows the form of a clip over bytes, and nothing of files: who writes and reads them is in `media`. What shows frames asks a
//! [`Footage`] for them, whoever has that.
//!
//! A clip is a file of zstd (RFC 8878), so that any PC opens it: `zstd -dc x.clip` gives R, G, B of all its stored pictures, one after the other,
//! and `zstd -dc x.clip | ffplay -f rawvideo -pix_fmt rgb24 -s 512x256 -r 25 -` plays them. Pictures are packed one by one, so that any is
//! unpacked without another; tools that know the seekable form of zstd find each by the table at the end. It is written from front to back.
//!
//! | bytes | |
//! |---|---|
//! | 4, 4 | a skippable frame: 0x184D2A50, 84 |
//! | 8 | `YBCLIP`, a zero, the version 1 |
//! | 4, 4 | width and height of a frame |
//! | 4 | frames a second |
//! | 32 | SHA-256 of the video |
//! | 32 | SHA-256 of the rendition, which says how the clip was made of it |
//! | … | a frame of zstd for each stored picture: R, G, B of each pixel, row by row from the top |
//! | 4, 4 | a skippable frame: 0x184D2A51, its length |
//! | 8 | `YBINDX`, a zero, the version 1 |
//! | 4, 4 | how many frames, how many stored pictures |
//! | 24 each | of a stored picture: where it begins (8), how many bytes it has packed (4), the CRC-32 of those (4), the first frame that shows it (4), the picture that stands for it where it is bad (4) |
//! | 4 | CRC-32 of all from `YBCLIP` to the rendition and from `YBINDX` to here |
//! | 4, 4 | a skippable frame: 0x184D2A5E, its length: the table of the seekable form |
//! | 4, 4 each | length packed and unpacked of the head, of each picture, and of the index, as they lie in the file |
//! | 4, 1, 4 | how many those are, 0, 0x8F92EAB1 |
//!
//! Numbers are little-endian. A picture that is shown by several frames in a row is stored once. The SHA-256 of the index, from `YBINDX` through
//! its CRC-32, names the contents of a clip: what of it is shown when.
//!
//! What stands for a bad picture is the nearest earlier one that is sound. The index names the one before each; where that is bad too, the one
//! that stands for it, and so on. Of the first picture, and where none before is sound, it is the first sound one behind.

mod check;
mod fault;
mod footage;
mod head;
mod index;
mod seek;
mod unpack;
mod writer;

pub use check::{Clip, verify};
pub use fault::ClipFault;
pub use footage::{Footage, Footages, NoFootage};
pub use head::Head;
pub use index::{Index, Stored};
pub use unpack::Unpacker;
pub use writer::{Summary, Writer};

use crate::{
    frame::CHANNELS,
    units::{Rate, Size},
};

/// The most frames of a clip: ten minutes at the highest rate.
pub const FRAME_LIMIT: u32 = 600 * Rate::LIMIT as u32;

/// The most LEDs of a frame: those of 4096 x 2304.
pub const LED_LIMIT: usize = 4096 * 2304;

/// The bytes of one frame of `size`; `None` for a size that no clip has.
pub fn frame_bytes(size: Size) -> Option<usize> {
    let is_in = |side: u32| (1..=Size::LIMIT).contains(&side);
    let is_sound = is_in(size.width) && is_in(size.height) && size.leds() <= LED_LIMIT;
    is_sound.then(|| size.leds() * CHANNELS)
}
