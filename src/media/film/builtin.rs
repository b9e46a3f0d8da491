//! What is decoded here without `ffmpeg`, so that a fresh machine plays: MP4 and MOV with H.264 of 8 bits, GIF, WebP, APNG.
//!
//! The libraries that decode are not trusted: one that panics is done with, and the video refused. Each runs in a child besides.

use std::{
    io::{self, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{About, Container, Decoder, FilmFault, LONGEST, Shot, animated::Animated, mp4::Mp4};

/// A file of a video.
pub(super) trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// A decoder that may panic.
pub(super) trait Film {
    fn about(&self) -> &About;

    /// Goes on to the next picture; `false` after the last.
    fn advance(&mut self) -> Result<bool, FilmFault>;

    /// That picture.
    fn shot(&self) -> Option<Shot<'_>>;
}

/// The pictures of a video of that kind, as far as they are decoded here.
///
/// # Errors
/// The file is damaged, has no pictures, or needs `ffmpeg`.
pub fn open(source: impl Read + Seek + 'static, container: Container) -> Result<Box<dyn Decoder>, FilmFault> {
    let film = guarded(|| begin(Box::new(source), container))?;
    Ok(Box::new(Guarded {
        about: film.about().clone(),
        film: Some(film),
    }))
}

fn begin(source: Box<dyn Source>, container: Container) -> Result<Box<dyn Film>, FilmFault> {
    match container {
        Container::Mov => Ok(Box::new(Mp4::open(source)?)),
        Container::Gif | Container::WebP | Container::Png => Ok(Box::new(Animated::open(source, container)?)),
        Container::Matroska
        | Container::Avi
        | Container::Flv
        | Container::MpegTs
        | Container::MpegPs
        | Container::MpegVideo
        | Container::Asf => Err(FilmFault::Unknown {
            codec: container.name().into(),
        }),
    }
}

/// A decoder whose panics are refusals.
struct Guarded {
    about: About,
    /// `None` once it has failed or come to its end.
    film: Option<Box<dyn Film>>,
}

impl Decoder for Guarded {
    fn about(&self) -> &About {
        &self.about
    }

    fn next(&mut self) -> Result<Option<Shot<'_>>, FilmFault> {
        let advanced = match &mut self.film {
            Some(film) => guarded(|| film.advance()),
            None => Ok(false),
        };
        if !matches!(advanced, Ok(true)) {
            self.film = None;
            advanced?;
        }
        let shot = self.film.as_ref().and_then(|film| film.shot());
        match shot {
            Some(shot) if shot.at > LONGEST => Err(FilmFault::TooLong { lasts: shot.at }),
            shot => Ok(shot),
        }
    }
}

/// What `work` gives; where it panics, a refusal. Nothing that it has touched is used after.
fn guarded<T>(work: impl FnOnce() -> Result<T, FilmFault>) -> Result<T, FilmFault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(FilmFault::unreadable("its decoder gave up")))
}

/// A file that ends too soon is cut; other faults of reading are the disk's.
pub(super) fn unread(error: &io::Error) -> FilmFault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => FilmFault::Cut,
        _ => FilmFault::unreadable(&error.to_string()),
    }
}
