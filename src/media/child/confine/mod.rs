//! What a child gives up for good before it reads the first byte of a stranger's file.
//!
//! | | our own work | a program of others (`ffmpeg`) |
//! |---|---|---|
//! | files | none: what is open is all there is | its own file and loader to run, libraries and the one video to read |
//! | network, signals to others | none (Landlock, and no call for it) | the same |
//! | system calls | some forty, of which none opens, starts or reaches anything | those that a loader and a decoder need |
//! | processes | none | threads, and none besides |
//! | memory, processor time, length of files | limited | limited; no file may grow |
//!
//! Each wall stands by itself: where the kernel has no Landlock, the calls that would open a file are still missing in our own work, and where
//! it has no filter for calls, no file and no network are to be had. What is missing is said (see [`Walls`]). Nothing here can be undone, and no
//! new rights are gained by any program started later.

mod calls;
mod files;
mod limits;

use std::io;

pub use calls::{Step, filters};
pub(super) use files::Grants;
pub(super) use limits::{begin, shed};

pub(in crate::media::child) use limits::Bounds;

/// Which of the kernel's walls stand around a child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Walls {
    /// The version of Landlock; 0 where the kernel has none.
    pub(super) landlock: u32,
    /// Whether system calls are filtered.
    pub(super) calls: bool,
}

/// Confines what is our own: no file, no network, no process, within `bounds`. `is_parent` where processes have been started that shall go with
/// this one.
pub(super) fn ourselves(bounds: &Bounds, is_parent: bool) -> io::Result<Walls> {
    let grants = Grants {
        // By its end it sends them a signal, which Landlock would hold back.
        signals: is_parent,
        ..Grants::default()
    };
    let landlock = files::shut(&grants)?;
    // Standard input, output and error are open: neither file nor socket can be opened besides.
    limits::set(bounds, 3)?;
    let calls = calls::own_work()?;
    Ok(Walls { landlock, calls })
}

/// Confines the program that this process is about to become.
pub(super) fn others(bounds: &Bounds, grants: &Grants<'_>) -> io::Result<Walls> {
    let landlock = files::shut(grants)?;
    limits::set(bounds, 64)?;
    let calls = calls::program()?;
    Ok(Walls { landlock, calls })
}
