//! Who makes clips of videos: a child of ours, or what a test puts in its place.

use std::{fmt::Debug, fs::File};

use crate::{
    clip::Head,
    media::{
        child::{Child, ChildFault, FilmJob, FilmLimits, find_ffmpeg},
        film::{Filmed, Progress},
        reel,
    },
    stage::Rendition,
    units::Digest,
};

/// A clip that is to be made.
#[derive(Clone, Copy, Debug)]
pub struct FilmOrder<'a> {
    /// The video, open for reading, at its beginning.
    pub source: &'a File,
    /// The digest of its bytes.
    pub digest: Digest,
    /// How the clip is made.
    pub rendition: &'a Rendition,
    /// Where the clip goes: an empty file, open for reading and writing.
    pub output: &'a File,
    /// The most bytes that the clip may have.
    pub most: u64,
}

/// Makes clips of videos.
pub trait FilmMaker: Debug + Send + Sync {
    /// Makes the clip of `order`, which may take minutes; `tell` hears how far it has come, and says with `false` that nobody wants the clip
    /// any more.
    ///
    /// # Errors
    /// There is no clip. What has been written then is none.
    fn film(&self, order: &FilmOrder<'_>, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Filmed, ChildFault>;

    /// Whether the clip of `order` that was said to be `filmed` is one from end to end.
    fn is_sound(&self, order: &FilmOrder<'_>, filmed: &Filmed) -> bool;

    /// Whether `ffmpeg` would be asked now: what was refused without it is worth another try with it.
    fn has_ffmpeg(&self) -> bool;
}

/// Has a child of this program make them, by `ffmpeg` where that is installed.
#[derive(Clone, Debug)]
pub struct Studio {
    child: Child,
}

impl Studio {
    /// Each clip is made by a process that `child` starts.
    pub const fn new(child: Child) -> Self {
        Self { child }
    }
}

impl FilmMaker for Studio {
    fn film(&self, order: &FilmOrder<'_>, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Filmed, ChildFault> {
        let ffmpeg = find_ffmpeg();
        let job = FilmJob {
            source: order.source,
            digest: order.digest,
            output: order.output,
            rendition: order.rendition,
            ffmpeg: ffmpeg.as_deref(),
            limits: FilmLimits {
                clip: order.most.min(FilmLimits::default().clip),
                ..FilmLimits::default()
            },
        };
        self.child.film(&job, tell)
    }

    fn is_sound(&self, order: &FilmOrder<'_>, filmed: &Filmed) -> bool {
        let Ok(clip) = reel::verify(order.output) else {
            return false;
        };
        let head = Head {
            size: order.rendition.size,
            rate: order.rendition.rate,
            source: order.digest,
            rendition: order.rendition.digest(),
        };
        clip.head == head && clip.index.frames() == filmed.frames && clip.index.contents() == filmed.contents
    }

    fn has_ffmpeg(&self) -> bool {
        find_ffmpeg().is_some()
    }
}
