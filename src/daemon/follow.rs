//! The thread that follows the site's folder.

use std::{io, sync::Arc, thread};

use super::{
    begin::Watching, fault::Fault, films, problems::Origin, reload::Reload, screens::Screens, shared::Shared,
    threads::Alive,
};
use crate::{diagnostic::Diagnostic, folder::Seen, media::Admission, wall::SourceFile};

/// What follows the folder: the library in force and the screens that play it.
#[derive(Debug)]
pub(super) struct Follower {
    pub(super) reload: Reload,
    pub(super) screens: Screens,
    pub(super) shared: Arc<Shared>,
    pub(super) admission: Arc<Admission>,
}

impl Follower {
    /// Starts the thread. It ends with the watch.
    pub(super) fn start(mut self, watch: Watching, alive: Alive) -> io::Result<()> {
        thread::Builder::new().name("folder".into()).spawn(move || {
            self.shared.house.mark();
            self.follow(watch);
            drop(alive);
        })?;
        Ok(())
    }

    fn follow(&mut self, watch: Watching) {
        let shared = Arc::clone(&self.shared);
        let Some((watch, first)) = watch.begun(&shared) else {
            return;
        };
        let stopper = watch.stopper();
        shared.house.set_watch(stopper.clone());
        if shared.is_ending() {
            // Whoever ended us may have come before there was a watch to be stopped.
            stopper.stop();
        }
        self.heed_admission();
        first.into_iter().chain(watch).for_each(|seen| self.take(seen));
    }

    /// Has the files given once more whenever a picture or a workbook has become ready. While only the safe page is played, the files may
    /// not end that before something changes in them.
    fn heed_admission(&self) {
        let shared = Arc::clone(&self.shared);
        let ask = move || {
            if !shared.house.is_safe() {
                shared.house.ask();
            }
        };
        // What became ready before anybody listened. A site of texts alone is not taken in a second time.
        if self.admission.is_needed() {
            ask();
        }
        self.admission.listen(ask);
    }

    fn take(&mut self, seen: Seen) {
        self.shared.problems.set(&Origin::Folder, &seen.problems);
        if let Some(files) = seen.files {
            if self.shared.house.leave_refuge() {
                tracing::info!("the programme is tried again");
                self.shared.problems.set(&Origin::Start, &[]);
            }
            let admitted = self.admission.admit(&files);
            let result = self.accept(&admitted);
            if let Some(wall) = self.reload.wall() {
                films::want(&self.shared, &self.admission, wall);
            }
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
        // The screens come first: what is told of the files may be long.
        let taken = wall.map_or(Ok(()), |wall| {
            // Before any screen can tell that it plays it.
            self.shared.chronicle.accept(self.shared.now(), self.reload.kept());
            let taken = self.screens.take_over(&wall);
            tracing::info!(digest = ?wall.digest(), "the site changed");
            taken
        });
        self.shared.problems.set(&Origin::Files, self.reload.problems());
        taken
    }
}
