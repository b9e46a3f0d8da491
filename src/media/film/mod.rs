//! The child's work on a video: a file of a stranger in, a clip out.
//!
//! ```text
//! Decoder (ffmpeg, or built in) -> pace (which picture for which frame) -> scale -> dither -> flash guard -> clip::Writer
//! ```
//!
//! All of it runs in the child; the pictures of `ffmpeg`, which runs in a process of its own under the same confinement, come through a pipe.

mod decoder;
mod fault;

pub(super) use decoder::{About, Colour, Decoder, Matrix, Pixels, Plane, Shot, Turn};
pub(super) use fault::FilmFault;
