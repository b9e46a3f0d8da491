//! The parent's side of making a clip: a child with the video on its standard input and the clip on its standard output.

use std::{
    fs::File,
    os::unix::ffi::OsStrExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Child, ChildFault};
use crate::{
    media::film::{Filmed, Progress},
    stage::Rendition,
    units::Digest,
};

/// A clip to be made.
#[derive(Debug)]
pub struct FilmJob<'a> {
    /// The video's file, open for reading. It may have lost its name meanwhile.
    pub source: &'a File,
    /// The digest of its bytes, which goes into the clip.
    pub digest: Digest,
    /// An empty file, open for writing: the clip.
    pub output: &'a File,
    /// How the clip is to be made.
    pub rendition: &'a Rendition,
    /// Where `ffmpeg` is, with `ffprobe` in the same folder; without it the built-in decoders do what they can.
    pub ffmpeg: Option<&'a Path>,
    /// What it may use up.
    pub limits: FilmLimits,
}

/// What the making of one clip may use up. The limits of memory and processor time hold for each of its processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmLimits {
    /// Address space, in MiB.
    pub memory: u32,
    /// Processor time, in seconds.
    pub cpu: u32,
    /// The longest time without any progress.
    pub stall: Duration,
    /// From its start to its end.
    pub wall: Duration,
    /// The longest clip, in bytes.
    pub clip: u64,
}

impl Default for FilmLimits {
    /// For ten minutes of a telephone's largest pictures on a slow machine that is busy.
    fn default() -> Self {
        Self {
            memory: 1536,
            cpu: 2 * 60 * 60,
            stall: Duration::from_mins(1),
            wall: Duration::from_hours(3),
            clip: 4 << 30,
        }
    }
}

/// Where `ffmpeg` is, by the `PATH` of this process: the first folder that has it and `ffprobe` beside it.
pub fn find_ffmpeg() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        // What an empty or a relative entry means depends on where somebody stood.
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("ffmpeg"))
        .find(|program| is_program(program) && is_program(&program.with_file_name("ffprobe")))
}

fn is_program(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok() && path.is_file()
}

impl Child {
    /// Has a child make a clip. `tell` hears how far it has come, a few times a second, and ends the work by saying `false`.
    ///
    /// # Errors
    /// The child cannot be started, breaks a limit, crashes, refuses the video, or was told to end. It and whatever it has started are gone in
    /// every case; what was written to the output then is no clip.
    pub fn film(&self, job: &FilmJob<'_>, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Filmed, ChildFault> {
        let _ = (job.output, tell, job.ffmpeg.map(|path| path.as_os_str().as_bytes()));
        Err(ChildFault::Garbled)
    }
}
