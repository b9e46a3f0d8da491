//! A video seen for the first time: what it is, whether it is whole, and its digest. Its bytes go by and are not kept.

use std::{
    io::{self, Read as _, Seek as _},
    path::Path,
    time::Duration,
};

use sha2::{Digest as _, Sha256};

use super::desk::{Form, Job, Made, Outcome, refused};
use crate::{
    folder::{self, Opened, Since},
    item::PICTURE_LIMIT,
    media::film::{self, FIRST, FilmFault, Found},
    units::Digest,
    wall::ReadFault,
};

/// What cannot be read, or is being written, is looked at again after this.
const SOON: Duration = Duration::from_secs(30);

/// So much is read at a time.
const PIECE: usize = 1 << 20;

/// After so many pieces it is looked whether the file is still what it was.
const LOOK: u64 = 32;

/// What the video of `job` is. `goes_on` hears how many bytes of how many have been read, and says whether anybody still asks.
pub(super) fn identify(site: &Path, job: &Job, mut goes_on: impl FnMut((u64, u64)) -> bool) -> Made {
    let opened = match folder::open(site, &job.path) {
        Ok(Some(opened)) if opened.is(job.version) => opened,
        // It has changed, and the folder will say so.
        Ok(_) => return Made::nothing(Outcome::Unknown, Some(SOON)),
        Err(fault) => return Made::nothing(Outcome::Refused(fault), Some(SOON)),
    };
    match look(&opened, job.is_overdue) {
        Ok(Outcome::Unknown) => {}
        Ok(outcome) => {
            let again = matches!(outcome, Outcome::Partial).then_some(SOON);
            return Made::nothing(outcome, again);
        }
        Err(error) => return unreadable(&error),
    }
    match digest(&opened, &mut goes_on) {
        Ok(Some(source)) if opened.since() == Since::Same => Made {
            source: Some((source, PICTURE_LIMIT)),
            outcome: Outcome::Done(Form::Video(source)),
            again: None,
        },
        Ok(_) => Made::nothing(Outcome::Unknown, Some(SOON)),
        Err(error) => unreadable(&error),
    }
}

fn unreadable(error: &io::Error) -> Made {
    Made::nothing(Outcome::Refused(ReadFault::Unreadable(error.to_string())), Some(SOON))
}

/// What can be said of a file before it is read; [`Outcome::Unknown`] where it is worth reading. `is_overdue`: it was waited for long enough.
fn look(opened: &Opened, is_overdue: bool) -> io::Result<Outcome> {
    let mut file = &opened.file;
    let mut first = Vec::with_capacity(FIRST);
    file.rewind()?;
    file.take(FIRST as u64).read_to_end(&mut first)?;
    let container = match film::sniff(&first) {
        Ok(container) => container,
        // Room is made before it is filled.
        Err(FilmFault::NoVideo {
            found: Found::Empty | Found::Zeros,
        }) if !is_overdue => return Ok(Outcome::Partial),
        Err(fault) => return Ok(Outcome::Refused(refused(&fault))),
    };
    let is_whole = film::is_whole(container, &mut file)?;
    Ok(match is_whole {
        Some(false) if is_overdue => Outcome::Refused(refused(&FilmFault::Cut)),
        Some(false) => Outcome::Partial,
        Some(true) | None if opened.is_hollow() && !is_overdue => Outcome::Partial,
        Some(true) | None => Outcome::Unknown,
    })
}

/// The digest of all of it; `None` where nobody asks any more, or it is being written.
fn digest(opened: &Opened, goes_on: &mut impl FnMut((u64, u64)) -> bool) -> io::Result<Option<Digest>> {
    let mut file = &opened.file;
    file.rewind()?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; PIECE];
    let mut read = 0;
    for number in 0.. {
        let is_due = number % LOOK == LOOK - 1;
        if !goes_on((read, opened.length())) || is_due && opened.since() != Since::Same {
            return Ok(None);
        }
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                hasher.update(&piece[..count]);
                read += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Some(Digest::from_bytes(hasher.finalize().into())))
}
