//! What the wall begins with: the site's files, or what the state folder has of them.
//!
//! ```text
//! site's folder --one second at most--> files                  all is well, and the state folder is not asked
//!                                   \-> missing, bad, silent   the last good programme plays on, and the folder is awaited
//! ```

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use super::{error::DaemonError, fault::Fault, house, problems::Origin, reload::Reload, shared::Shared};
use crate::{
    diagnostic::Diagnostic,
    folder::{FolderError, Seen, Watch, journal},
    media::Admission,
    wall::{ReadFault, SourceFile, Wall},
};

/// How long the site's folder may take before what the state folder has is played. A share whose server is gone never answers.
const FIRST_LOOK: Duration = Duration::from_secs(1);

/// How long the first wall waits for pictures and workbooks of which nobody knows anything yet.
const PREPARING: Duration = Duration::from_secs(2);

/// How often whoever waits for a silent folder looks whether he shall end.
const PERIOD: Duration = Duration::from_millis(250);

/// What the wall begins with.
pub(super) struct Beginning {
    pub(super) watch: Watching,
    pub(super) reload: Reload,
    pub(super) wall: Arc<Wall>,
}

/// The watch of a folder that may still be silent.
#[derive(Debug)]
pub(super) enum Watching {
    Now(Box<Watch>),
    Silent(Silent),
}

/// A folder that is still being looked at for the first time.
#[derive(Debug)]
pub(super) struct Silent {
    site: PathBuf,
    look: Receiver<Look>,
    /// What plays meanwhile.
    before: Vec<SourceFile>,
}

type Look = Result<(Watch, Seen), FolderError>;

impl Watching {
    /// Waits until there is a watch, with what it has seen already where that is news; `None` once the daemon ends.
    pub(super) fn begun(self, shared: &Shared) -> Option<(Watch, Option<Seen>)> {
        match self {
            Self::Now(watch) => Some((*watch, None)),
            Self::Silent(silent) => silent.wait(shared),
        }
    }
}

impl Silent {
    fn wait(self, shared: &Shared) -> Option<(Watch, Option<Seen>)> {
        let look = loop {
            match self.look.recv_timeout(PERIOD) {
                Ok(look) => break look,
                Err(RecvTimeoutError::Timeout) if !shared.is_ending() => {}
                Err(_) => return None,
            }
        };
        Some(match look {
            Ok((watch, seen)) if seen.problems.is_empty() => (watch, Some(seen)),
            Ok((_, seen)) => self.resume(seen.problems),
            Err(fault) => self.resume(vec![fault.diagnostic()]),
        })
    }

    fn resume(self, problems: Vec<Diagnostic>) -> (Watch, Option<Seen>) {
        let watch = Watch::resume(&self.site, &self.before, problems.clone());
        (watch, Some(Seen { files: None, problems }))
    }
}

/// The wall to begin with. Its problems are told, whether there is one or not.
pub(super) fn begin(
    site: &Path,
    state: &Path,
    shared: &Shared,
    admission: &Admission,
) -> Result<Beginning, DaemonError> {
    let look = look(site)?;
    let history = History {
        site,
        state,
        shared,
        admission,
    };
    let first = match look.recv_timeout(FIRST_LOOK) {
        Ok(first) => first,
        Err(_) => {
            if let Some((reload, wall, before)) = history.wall() {
                history.tell(&[FolderError::Silent(site.to_owned()).diagnostic()]);
                let site = site.to_owned();
                let watch = Watching::Silent(Silent { site, look, before });
                return Ok(Beginning { watch, reload, wall });
            }
            // Nothing is known of the wall's shape: there is nothing to do but wait.
            look.recv().map_err(|_| FolderError::Silent(site.to_owned()))?
        }
    };
    let problems = match &first {
        Ok((_, seen)) => seen.problems.clone(),
        Err(fault) => vec![fault.diagnostic()],
    };
    if !problems.is_empty()
        && let Some((reload, wall, before)) = history.wall()
    {
        history.tell(&problems);
        let watch = Watching::Now(Box::new(Watch::resume(site, &before, problems)));
        return Ok(Beginning { watch, reload, wall });
    }
    let (watch, seen) = first?;
    history.tell(&seen.problems);
    let (reload, wall) = history.wall_of(&seen.files.unwrap_or_default())?;
    let watch = Watching::Now(Box::new(watch));
    Ok(Beginning { watch, reload, wall })
}

/// Looks at the folder from another thread, which may hang.
fn look(site: &Path) -> Result<Receiver<Look>, DaemonError> {
    let (send, look) = mpsc::sync_channel(1);
    let site = site.to_owned();
    let spawned = thread::Builder::new().name("first look".into()).spawn(move || {
        let _ = send.send(Watch::begin(&site));
    });
    spawned.map_err(DaemonError::threads)?;
    Ok(look)
}

/// The site, and what is known of its past.
struct History<'a> {
    site: &'a Path,
    state: &'a Path,
    shared: &'a Shared,
    admission: &'a Admission,
}

impl History<'_> {
    /// The last good files, without what is quarantined.
    fn files(&self) -> Vec<SourceFile> {
        let quarantine = &self.shared.house.quarantine;
        journal::last_good_but(self.state, self.site, |file| quarantine.holds(file))
    }

    /// The last good programme, and its files.
    fn wall(&self) -> Option<(Reload, Arc<Wall>, Vec<SourceFile>)> {
        let files = self.files();
        if self.shared.house.is_safe() {
            return Some((self.fresh(), house::safe_page(&files)?, files));
        }
        self.admission.resume(&files);
        let mut reload = self.fresh();
        reload.take(&files).ok()?;
        let wall = reload.wall().cloned()?;
        Some((reload, wall, files))
    }

    /// The wall of `files`. A file that is bad keeps the last version that was good before the daemon was started.
    fn wall_of(&self, files: &[SourceFile]) -> Result<(Reload, Arc<Wall>), DaemonError> {
        if self.shared.house.is_safe()
            && let Some(wall) = house::safe_page(&self.files()).or_else(|| house::safe_page(files))
        {
            return Ok((self.fresh(), wall));
        }
        let mut admitted = self.admission.admit(files);
        let mut reload = self.fresh();
        let mut taken = reload.take(&admitted);
        // Where all is well, what was before does not matter, and the disk is not asked.
        let is_late = admitted.iter().any(is_waiting);
        if taken.is_err() || is_late || reload.problems().iter().any(Diagnostic::is_error) {
            reload = self.fresh();
            let before = self.files();
            self.admission.resume(&before);
            reload.resume(&before);
            // What was shown before goes on at once; only what is new is worth a moment.
            if are_new(&admitted, &reload.kept()) {
                self.admission.wait(PREPARING);
                admitted = self.admission.admit(files);
            }
            taken = reload.take(&admitted);
        }
        taken.map_err(|fault| refused(self.site, &fault))?;
        let Some(wall) = reload.wall().cloned() else {
            return Err(DaemonError::Site {
                site: self.site.to_owned(),
                problems: reload.problems().to_vec(),
            });
        };
        self.shared.problems.set(&Origin::Files, reload.problems());
        Ok((reload, wall))
    }

    fn fresh(&self) -> Reload {
        let reload = Reload::new(Arc::clone(&self.shared.house.quarantine));
        reload.with_footages(Arc::new(self.shared.reels.clone()))
    }

    fn tell(&self, problems: &[Diagnostic]) {
        self.shared.problems.set(&Origin::Folder, problems);
    }
}

fn is_waiting(file: &SourceFile) -> bool {
    matches!(file.bytes, Err(ReadFault::Waiting { .. }))
}

/// Whether any of `files` still waits of which no version is among those that were good before.
fn are_new(files: &[SourceFile], before: &[SourceFile]) -> bool {
    let mut waiting = files.iter().filter(|file| is_waiting(file));
    waiting.any(|file| !before.iter().any(|known| known.path == file.path))
}

/// A site that we have failed to use, by a fault of ours.
pub(super) fn refused(site: &Path, fault: &Fault) -> DaemonError {
    DaemonError::Site {
        site: site.to_owned(),
        problems: vec![Diagnostic::of_file(".".into(), fault)],
    }
}
