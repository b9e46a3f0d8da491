//! The thread that follows the site's folder.

use std::{io, sync::Arc, thread};

use super::{fault::Fault, problems::Origin, reload::Reload, screens::Screens, shared::Shared, threads::Alive};
use crate::{
    diagnostic::Diagnostic,
    folder::{Seen, Watch},
    wall::SourceFile,
};

/// What follows the folder: the library in force and the screens that play it.
#[derive(Debug)]
pub(super) struct Follower {
    pub(super) reload: Reload,
    pub(super) screens: Screens,
    pub(super) shared: Arc<Shared>,
}

impl Follower {
    /// Starts the thread. It ends with the watch.
    pub(super) fn start(mut self, watch: Watch, alive: Alive) -> io::Result<()> {
        thread::Builder::new().name("folder".into()).spawn(move || {
            watch.for_each(|seen| self.take(seen));
            drop(alive);
        })?;
        Ok(())
    }

    fn take(&mut self, seen: Seen) {
        self.shared.problems.set(&Origin::Folder, &seen.problems);
        if let Some(files) = seen.files {
            let result = self.accept(&files);
            self.report(result);
        }
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
