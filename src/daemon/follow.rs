//! The thread that follows the site's folder.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use super::{fault::Fault, problems::Origin, reload::Reload, screens::Screens, shared::Shared, threads::Alive};
use crate::{
    diagnostic::Diagnostic,
    folder::{Seen, Watch},
    media::Admission,
    wall::SourceFile,
};

/// What follows the folder: the library in force and the screens that play it.
#[derive(Debug)]
pub(super) struct Follower {
    pub(super) reload: Reload,
    pub(super) screens: Screens,
    pub(super) shared: Arc<Shared>,
    pub(super) admission: Arc<Admission>,
    /// The site's files as the folder has them now, pictures and workbooks not yet admitted.
    pub(super) files: Vec<SourceFile>,
}

impl Follower {
    /// Starts the thread. It ends with the watch.
    pub(super) fn start(self, watch: Watch, alive: Alive) -> io::Result<()> {
        let admission = Arc::clone(&self.admission);
        let this = Arc::new(Mutex::new(self));
        let follower = Arc::downgrade(&this);
        admission.listen(move || {
            if let Some(follower) = follower.upgrade() {
                follower.lock().unwrap_or_else(PoisonError::into_inner).accept_again();
            }
        });
        thread::Builder::new().name("folder".into()).spawn(move || {
            let own = || this.lock().unwrap_or_else(PoisonError::into_inner);
            // What was admitted before anybody listened.
            own().accept_again();
            watch.for_each(|seen| own().take(seen));
            drop(this);
            drop(alive);
        })?;
        Ok(())
    }

    fn take(&mut self, seen: Seen) {
        self.shared.problems.set(&Origin::Folder, &seen.problems);
        if let Some(files) = seen.files {
            self.files = files;
            self.accept_again();
        }
    }

    /// Takes the files in as they are admitted now.
    fn accept_again(&mut self) {
        let files = self.admission.admit(&self.files);
        let result = self.accept(&files);
        self.report(result);
    }

    /// Tells what became of taking a wall in.
    pub(super) fn report(&self, result: Result<(), Fault>) {
        let problem = result.err().map(|fault| Diagnostic::of_file(".".into(), &fault));
        self.shared.problems.set(&Origin::Reload, problem.as_slice());
    }

    fn accept(&mut self, files: &[SourceFile]) -> Result<(), Fault> {
        let wall = self.reload.take(files)?;
        self.shared.problems.set(&Origin::Files, self.reload.problems());
        if let Some(wall) = wall {
            tracing::info!(digest = ?wall.digest(), "the site changed");
            self.shared.chronicle.accept(self.shared.now(), self.reload.kept());
            self.screens.take_over(&wall)?;
        }
        Ok(())
    }
}
