//! The child's work on a video: a file of a stranger in, a clip out.
//!
//! ```text
//! Decoder (ffmpeg, or built in) -> pace (which picture for which frame) -> scale -> LEDs -> flash guard -> clip::Writer
//! ```
//!
//! All of it runs in the child; the pictures of `ffmpeg`, which runs in a process of its own under the same confinement, come through a pipe.

mod animated;
mod builtin;
mod colour;
mod decoder;
mod fault;
pub mod ffmpeg;
mod flash;
mod found;
mod h264;
mod kept;
mod make;
mod mp4;
mod pace;
mod scale;
mod sniff;
mod survey;
mod whole;

pub use builtin::open;
pub use decoder::{About, Colour, Decoder, Matrix, Pixels, Plane, Shot, Turn};
pub use fault::FilmFault;
pub use flash::{Flashes, Guard};
pub use found::Found;
pub use make::{Filmed, Progress, film};
pub use pace::Pace;
pub use scale::Scaler;
pub use sniff::{Container, FIRST, sniff};
pub use whole::{is_whole, moves};

use std::time::Duration;

/// The longest video of which a clip is made.
pub const LONGEST: Duration = Duration::from_secs(600);
/// The largest file of a video, in bytes.
pub const LARGEST_FILE: u64 = 4 << 30;
/// The most pixels that a picture of a video may have, and the most that it may have along either side.
pub const MOST_PIXELS: u64 = 4096 * 2304;
/// See [`MOST_PIXELS`].
pub const LONGEST_SIDE: u32 = 4096;
