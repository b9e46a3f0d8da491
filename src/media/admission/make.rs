//! One file made plain: read, known already, or done by a child.

use std::{io::Cursor, path::Path, sync::Arc, time::Duration};

use super::{
    desk::{Form, Job, Made, Outcome},
    plains::Plains,
};
use crate::{
    diagnostic::Explain as _,
    folder,
    item::Picture,
    media::{
        child::{Child, ChildFault, Limits, Task},
        film::{self, FIRST},
        picture,
    },
    units::Digest,
    wall::{ReadFault, is_picture_file},
};

/// What a picture may use up: 50 million pixels in several passes take 600 MiB.
const PICTURE: Limits = Limits {
    memory: 1024,
    cpu: 20,
    wall: Duration::from_secs(40),
    answer: 8 << 20,
};
/// What a workbook may use up.
const SHEET: Limits = Limits {
    memory: 512,
    cpu: 10,
    wall: Duration::from_secs(20),
    answer: 4 << 20,
};
/// How plain forms are made; another number where the same file is to give other bytes.
const MAKE: &[u8] = b"plain 2";

/// A file that cannot be read, or a child that cannot be started, is tried again after this.
const SOON: Duration = Duration::from_secs(30);
/// So is a file that took too long: the machine may have been busy.
const LATER: Duration = Duration::from_secs(600);

/// Makes the file of `job` plain. `twin` knows what came of a file of the same bytes.
pub(super) fn make(
    site: &Path,
    job: &Job,
    child: &Child,
    plains: Option<&Plains>,
    twin: impl FnOnce(Digest) -> Option<Made>,
) -> Made {
    let bytes = match folder::fetch(site, &job.path) {
        Ok(Some(fetched)) if fetched.is(job.version) => fetched.bytes,
        // It has changed, and the folder will say so.
        Ok(_) => return Made::nothing(Outcome::Unknown, Some(SOON)),
        Err(fault) => return Made::nothing(Outcome::Refused(fault), Some(SOON)),
    };
    let source = Digest::of(&bytes);
    if let Some(twin) = twin(source) {
        return twin;
    }
    let source = (source, job.bounds);
    let is_picture = is_picture_file(&job.path);
    if is_picture && moves(&bytes) {
        return Made {
            source: Some(source),
            outcome: Outcome::Done(Form::Video(source.0)),
            again: None,
        };
    }
    let name = name(source.0, job, is_picture);
    let known = plains
        .and_then(|plains| plains.get(name))
        .and_then(|bytes| sound(bytes, job, is_picture));
    if let Some(known) = known {
        return done(source, known);
    }
    let answer = if is_picture {
        child.run(Task::Picture, &picture::settings(job.bounds), &bytes, &PICTURE)
    } else {
        child.run(Task::Sheet, &[], &bytes, &SHEET)
    };
    let made = answer.and_then(|answer| sound(answer, job, is_picture).ok_or(ChildFault::Garbled));
    match made {
        Ok(made) => {
            plains.into_iter().for_each(|plains| plains.put(name, &made));
            done(source, made)
        }
        Err(fault) => {
            tracing::info!(file = %job.path, %fault, "a file is refused");
            Made {
                source: Some(source),
                again: again(&fault),
                outcome: Outcome::Refused(refused(&fault)),
            }
        }
    }
}

/// Whether what calls itself a picture has more than one.
fn moves(bytes: &[u8]) -> bool {
    let container = film::sniff(&bytes[..bytes.len().min(FIRST)]).ok();
    let container = container.filter(|container| container.may_be_still());
    container.is_some_and(|container| film::moves(container, &mut Cursor::new(bytes)).unwrap_or(false))
}

fn done(source: (Digest, crate::units::Size), bytes: Arc<[u8]>) -> Made {
    let digest = Digest::of(&bytes);
    Made {
        source: Some(source),
        outcome: Outcome::Done(Form::Plain(bytes, digest)),
        again: None,
    }
}

/// The name under which the plain form is kept.
fn name(source: Digest, job: &Job, is_picture: bool) -> Digest {
    let kind: &[u8] = if is_picture { b"picture" } else { b"sheet" };
    Digest::of_parts([MAKE, kind, source.bytes(), &picture::settings(job.bounds)])
}

/// The child has had a stranger's file, and the disk may have had anything: what comes from them is looked at from end to end.
fn sound(bytes: Vec<u8>, job: &Job, is_picture: bool) -> Option<Arc<[u8]>> {
    let bytes: Arc<[u8]> = bytes.into();
    let is_sound = if is_picture {
        let picture = Picture::read(&bytes)?;
        picture.size() == Picture::size_for(picture.original(), job.bounds)
    } else {
        std::str::from_utf8(&bytes).is_ok()
    };
    is_sound.then_some(bytes)
}

fn refused(fault: &ChildFault) -> ReadFault {
    ReadFault::Refused {
        message: crate::diagnostic::Bilingual::new(fault.chinese(), fault.to_string()),
        help: fault.help(),
    }
}

const fn again(fault: &ChildFault) -> Option<Duration> {
    match fault {
        ChildFault::Start { .. } | ChildFault::Talk { .. } => Some(SOON),
        ChildFault::Late { .. } => Some(LATER),
        _ => None,
    }
}
