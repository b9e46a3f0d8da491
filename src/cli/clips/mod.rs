//! The clips of the sites that commands look at: what the daemon has made is read, what is missing is made.
//!
//! ```text
//! the state folder's clips, read alone    the user's cache, else a scratch folder
//!                 \                         / what is missing is made here
//!                  v                       v
//!              takes of the videos' plain forms -> the wall -> Footages of both
//! ```
//!
//! A command never writes into a state folder that is a daemon's: what it makes goes into a cache of the user who calls it, so that a site of
//! ten videos costs its minutes once, or, where there is no such cache, into a folder that goes when the command ends.

mod scratch;
mod teller;

use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::SignedDuration;

use super::{terminal::Terminal, time};
use crate::{
    clip::{Footage, Footages},
    diagnostic::Diagnostic,
    folder::{self, Since, StateFolder},
    item::{Take, Video},
    media::{Child, ClipFault, ClipJob, ClipNote, Clips, Reels, Studio},
    units::Digest,
    wall::{ClipWant, SourceFile, Wall},
};

pub(super) use scratch::Scratch;
pub(super) use teller::{Teller, Voice, shown};

/// What plays so soon is not let go for want of room, as the daemon has it.
const SOON: SignedDuration = SignedDuration::from_hours(48);

/// The most bytes of the clips that commands make: they can be made again.
const CACHE: u64 = 2 << 30;

/// The clips that there are for the daemon with the state folder `state`, for what was shown before: those that have been let go are not made again.
pub(super) fn kept(state: Option<&Path>) -> Arc<dyn Footages> {
    let clips = known(state).into_iter().chain(cache().map(|cache| Clips::new(&cache)));
    Arc::new(Shelves {
        reels: clips.map(|clips| Reels::patient(clips.folder())).collect(),
        _scratch: None,
    })
}

/// The clips of a daemon, where that can be seen.
fn known(state: Option<&Path>) -> Option<Clips> {
    let state = StateFolder::find(state, |name| env::var_os(name)).ok()?;
    Some(Clips::read_only(&StateFolder::place(&state).0))
}

/// Where the clips of a command are.
#[derive(Debug)]
pub(super) struct Cellar {
    /// What a daemon has made, where that can be seen.
    known: Option<Clips>,
    /// What we have made, and make.
    own: Clips,
    maker: Studio,
    /// Goes with this.
    scratch: Option<Arc<Scratch>>,
}

impl Cellar {
    /// Beside the state folder `state`, or that which a daemon of the user's, else the service, has.
    pub(super) fn new(state: Option<&Path>) -> Self {
        let (own, scratch) = match cache() {
            Some(cache) => (Clips::new(&cache), None),
            None => {
                let scratch = Scratch::new();
                (Clips::new(scratch.path()), Some(Arc::new(scratch)))
            }
        };
        own.sweep();
        Self {
            known: known(state),
            own,
            maker: Studio::new(Child::own()),
            scratch,
        }
    }

    /// `files` with every clip that there is of a video among them.
    pub(super) fn taken(&self, files: Vec<SourceFile>) -> Vec<SourceFile> {
        let notes: Vec<ClipNote> = self.stores().flat_map(Clips::notes).collect();
        let take = |note: &ClipNote| self.stores().any(|store| store.has(note)).then(|| note.take.clone());
        let of = |source| notes.iter().filter(move |note| note.source == source).filter_map(take);
        let retaken = |file: SourceFile| match video(&file) {
            Some(video) => with_takes(&file, &video, of(video.source)),
            None => file,
        };
        files.into_iter().map(retaken).collect()
    }

    /// Makes what `wall`, of the site in `folder`, would show and does not have; `files` with that, and what could not be made.
    pub(super) fn complete(
        &self,
        folder: &Path,
        files: Vec<SourceFile>,
        wall: &Arc<Wall>,
        terminal: &Terminal,
    ) -> (Vec<SourceFile>, Vec<Diagnostic>) {
        let protected = protected(wall);
        let mut problems = Vec::new();
        let mut made = Vec::new();
        for want in wall.wants() {
            match self.make(folder, want, &protected, terminal) {
                Ok(Some(note)) => made.push(note),
                // Whoever takes it away while we look has no video to be told of.
                Ok(None) => {}
                Err(fault) => problems.push(Diagnostic::of_file(Arc::clone(&want.path), &fault)),
            }
        }
        problems.dedup();
        let retaken = |file: SourceFile| match video(&file) {
            Some(video) => {
                let of_it = made.iter().filter(|note| note.source == video.source);
                with_takes(&file, &video, of_it.map(|note| note.take.clone()))
            }
            None => file,
        };
        (files.into_iter().map(retaken).collect(), problems)
    }

    /// Makes one clip of a video of the site in `folder`; nothing where the video has gone.
    fn make(
        &self,
        folder: &Path,
        want: &ClipWant,
        protected: &BTreeSet<Digest>,
        terminal: &Terminal,
    ) -> Result<Option<ClipNote>, ClipFault> {
        let Ok(Some(opened)) = folder::open(folder, &want.path) else {
            return Ok(None);
        };
        let job = ClipJob {
            source: &opened.file,
            digest: want.source,
            rendition: &want.rendition,
            quota: CACHE,
            protected,
        };
        let mut teller = Teller::new(&want.path, Voice::of(terminal));
        let mut is_still = || opened.since() == Since::Same;
        let made = self
            .own
            .make(&job, &self.maker, &mut |progress| teller.tell(progress), &mut is_still);
        made.map(|(note, _)| Some(note))
    }

    /// The frames of all of them, each unpacked when it is asked for.
    pub(super) fn footages(&self) -> Arc<dyn Footages> {
        Arc::new(Shelves {
            reels: self.stores().map(|store| Reels::patient(store.folder())).collect(),
            _scratch: self.scratch.clone(),
        })
    }

    fn stores(&self) -> impl Iterator<Item = &Clips> {
        self.known.iter().chain([&self.own])
    }
}

/// Clips of several folders.
#[derive(Debug)]
struct Shelves {
    reels: Vec<Reels>,
    _scratch: Option<Arc<Scratch>>,
}

impl Footages for Shelves {
    fn open(&self, clip: Digest) -> Option<Arc<dyn Footage>> {
        self.reels.iter().find_map(|reels| reels.open(clip))
    }
}

/// The clips that play within the next days.
pub(super) fn protected(wall: &Arc<Wall>) -> BTreeSet<Digest> {
    let now = time::now();
    wall.clips_between(now, now.saturating_add(SOON).unwrap_or(now))
}

/// The video that the file is in plain form, where it is one.
fn video(file: &SourceFile) -> Option<Video> {
    Video::read(file.bytes.as_ref().ok()?)
}

/// The file of `video` with these takes besides those that it has.
fn with_takes(file: &SourceFile, video: &Video, more: impl Iterator<Item = Take>) -> SourceFile {
    let mut takes = video.takes.to_vec();
    for take in more {
        if !takes.iter().any(|known| known.rendition == take.rendition) {
            takes.push(take);
        }
    }
    SourceFile::new(Arc::clone(&file.path), Video::write(video.source, &takes))
}

/// A folder of the user's own for what can be made again: `$XDG_CACHE_HOME/yingbi`, else `~/.cache/yingbi`; `None` where that cannot be written.
fn cache() -> Option<PathBuf> {
    let given = |name| folder::given(name, |name| env::var_os(name));
    let home = || Some(given("HOME")?.join(".cache"));
    let caches = given("XDG_CACHE_HOME")
        .filter(|path| path.is_absolute())
        .or_else(home)?;
    let cache = caches.join("yingbi");
    let is_made = std::fs::create_dir_all(&cache).is_ok();
    let is_writable = || rustix::fs::access(&cache, rustix::fs::Access::WRITE_OK).is_ok();
    (is_made && is_writable()).then_some(cache)
}
