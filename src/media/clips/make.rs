//! A clip is made, proved, brought to the disk and given its name.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
};

use super::{ClipFault, ClipNote, Clips, FilmMaker, FilmOrder, list};
use crate::{
    folder::whole,
    item::Take,
    media::{
        child::ChildFault,
        film::{Filmed, Progress},
        sealed,
    },
    stage::Rendition,
    units::Digest,
};

/// So much of the disk stays free of clips: others have to write too. Of a small disk it is the twentieth part.
const RESERVE: u64 = 256 << 20;

/// The largest piece that is written at once: who is so near a limit has met it.
const STEP: u64 = 4 << 20;

/// A clip that is to be made and kept.
#[derive(Clone, Copy, Debug)]
pub struct ClipJob<'a> {
    /// The video, open for reading, at its beginning.
    pub source: &'a File,
    /// The digest of its bytes.
    pub digest: Digest,
    /// How the clip is made.
    pub rendition: &'a Rendition,
    /// The most bytes of all clips.
    pub quota: u64,
    /// The clips that may not be let go for it.
    pub protected: &'a BTreeSet<Digest>,
}

/// How many bytes a clip may have.
#[derive(Clone, Copy, Debug)]
struct Room {
    /// Beside the clips that may not go.
    of_quota: u64,
    /// On the disk as it is.
    of_disk: u64,
}

impl Room {
    fn most(self) -> u64 {
        self.of_quota.min(self.of_disk)
    }
}

/// The file of a clip that is being made. It goes with this value, unless it was kept.
struct Part {
    file: File,
    path: PathBuf,
}

impl Drop for Part {
    fn drop(&mut self) {
        // A full disk shall not stay full of halves.
        let _ = fs::remove_file(&self.path);
    }
}

impl Clips {
    /// Makes the clip of `job` by `maker` and keeps it, letting go of others where that is needed; what is known of the clip, and what its maker said.
    /// `tell` hears how far it has come, and says with `false` that nobody wants the clip any more. `is_still` says, once it is made, whether the
    /// video is what it was.
    ///
    /// # Errors
    /// There is no clip. What was kept before still is, but for what had to make room.
    pub fn make(
        &self,
        job: &ClipJob<'_>,
        maker: &dyn FilmMaker,
        tell: &mut dyn FnMut(Progress) -> bool,
        is_still: &mut dyn FnMut() -> bool,
    ) -> Result<(ClipNote, Filmed), ClipFault> {
        if !self.is_written {
            return Err(self.unwritable(&io::ErrorKind::ReadOnlyFilesystem.into()));
        }
        whole::make_folder(&self.folder).map_err(|error| self.failed(&error))?;
        let name = Self::name(job.digest, job.rendition);
        let room = self.room(job);
        let made = self.film(name, job, room, maker, tell);
        // What does not play soon may be in the way on the disk, though not by the quota.
        let is_in_the_way = || {
            let (_, all) = self.held(job.protected);
            room.of_disk < room.of_quota && self.evict(job.protected, 0) < all
        };
        let (part, filmed) = match made {
            Err(ClipFault::DiskFull { .. }) if is_in_the_way() => self.film(name, job, self.room(job), maker, tell)?,
            made => made?,
        };
        if !is_still() {
            return Err(ClipFault::SourceGone);
        }
        let note = self.keep(name, job, &part, &filmed)?;
        Ok((note, filmed))
    }

    /// Has the clip made into a file of its own, and proves it.
    fn film(
        &self,
        name: Digest,
        job: &ClipJob<'_>,
        room: Room,
        maker: &dyn FilmMaker,
        tell: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(Part, Filmed), ClipFault> {
        if room.most() == 0 {
            return Err(self.full(job, room));
        }
        let part = self.begin(name).map_err(|error| self.failed(&error))?;
        let order = FilmOrder {
            source: job.source,
            digest: job.digest,
            rendition: job.rendition,
            output: &part.file,
            most: room.most(),
        };
        let filmed = maker.film(&order, tell);
        let length = part.file.metadata().map_err(|error| self.failed(&error))?.len();
        let filmed = match filmed {
            Err(ChildFault::Unwritten { reason }) => return Err(self.unwritten(job, room, length, reason)),
            Ok(_) if length > room.most() => return Err(self.full(job, room)),
            filmed => filmed?,
        };
        if !maker.is_sound(&order, &filmed) {
            return Err(ClipFault::Unsound);
        }
        part.file.sync_all().map_err(|error| self.failed(&error))?;
        Ok((part, filmed))
    }

    fn begin(&self, name: Digest) -> io::Result<Part> {
        let path = list::part(&self.folder, name);
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(true).mode(0o600);
        Ok(Part {
            file: options.open(&path)?,
            path,
        })
    }

    /// Gives the clip its name, writes its note, and brings both to the disk.
    fn keep(&self, name: Digest, job: &ClipJob<'_>, part: &Part, filmed: &Filmed) -> Result<ClipNote, ClipFault> {
        let kept = || -> io::Result<ClipNote> {
            let length = part.file.metadata()?.len();
            self.evict(job.protected, job.quota.saturating_sub(length));
            let note = ClipNote {
                source: job.digest,
                rendition: *job.rendition,
                take: Take {
                    rendition: job.rendition.digest(),
                    clip: name,
                    contents: filmed.contents,
                    frames: filmed.frames,
                    original: filmed.original,
                    had_sound: filmed.had_sound,
                },
                length,
            };
            fs::rename(&part.path, self.path(name))?;
            sealed::put(&self.note_path(name), &note.write())?;
            whole::sync_folder(&self.folder)?;
            Ok(note)
        };
        kept().map_err(|error| self.failed(&error))
    }

    /// How many bytes the clip of `job` may have.
    fn room(&self, job: &ClipJob<'_>) -> Room {
        let (held, _) = self.held(job.protected);
        let disk = rustix::fs::statvfs(&self.folder).ok();
        let free = disk.map_or(u64::MAX, |disk| {
            let reserve = RESERVE.min(disk.f_blocks * disk.f_frsize / 20);
            (disk.f_bavail * disk.f_frsize).saturating_sub(reserve)
        });
        Room {
            of_quota: job.quota.saturating_sub(held),
            of_disk: free,
        }
    }

    /// The bytes of the `protected` clips, and of all.
    fn held(&self, protected: &BTreeSet<Digest>) -> (u64, u64) {
        let sizes = self.sizes();
        let of_protected = sizes.iter().filter(|(name, _)| protected.contains(name));
        let sum = of_protected.map(|(_, length)| length).sum();
        (sum, sizes.iter().map(|(_, length)| length).sum())
    }

    /// Why a clip could not be written any further, of which `length` bytes were.
    fn unwritten(&self, job: &ClipJob<'_>, room: Room, length: u64, reason: String) -> ClipFault {
        let is_at_limit = length.saturating_add(STEP) >= room.most();
        let disk = rustix::fs::statvfs(&self.folder);
        if is_at_limit {
            self.full(job, room)
        } else if disk.is_ok_and(|disk| disk.f_bavail * disk.f_frsize < STEP) {
            self.disk_full(room)
        } else {
            ClipFault::Unwritable {
                folder: self.folder.clone(),
                reason,
            }
        }
    }

    /// There is no room for the clip of `job`.
    fn full(&self, job: &ClipJob<'_>, room: Room) -> ClipFault {
        if room.of_quota <= room.of_disk {
            ClipFault::Quota {
                quota: job.quota,
                room: room.of_quota,
            }
        } else {
            self.disk_full(room)
        }
    }

    fn disk_full(&self, room: Room) -> ClipFault {
        ClipFault::DiskFull {
            folder: self.folder.clone(),
            room: room.of_disk,
        }
    }

    /// What the system says of writing.
    fn failed(&self, error: &io::Error) -> ClipFault {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ClipFault::DiskFull {
                folder: self.folder.clone(),
                room: 0,
            },
            _ => self.unwritable(error),
        }
    }

    fn unwritable(&self, error: &io::Error) -> ClipFault {
        ClipFault::Unwritable {
            folder: self.folder.clone(),
            reason: error.to_string(),
        }
    }
}
