//! From settled files to the wall in force.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    fault::{self, Fault},
    house::Quarantine,
};
use crate::{
    clip::Footages,
    diagnostic::Diagnostic,
    wall::{Library, SourceFile, Wall},
};

/// The library in force, and the wall that it makes.
#[derive(Debug, Default)]
pub struct Reload {
    library: Library,
    quarantine: Option<Arc<Quarantine>>,
}

impl Reload {
    /// Nothing is in force; versions that `quarantine` holds never will be.
    pub fn new(quarantine: Arc<Quarantine>) -> Self {
        Self {
            library: Library::default(),
            quarantine: Some(quarantine),
        }
    }

    /// The same with the clips of its walls from `footages`.
    #[must_use]
    pub fn with_footages(mut self, footages: Arc<dyn Footages>) -> Self {
        self.library = self.library.with_footages(footages);
        self
    }

    /// Begins where a daemon before has ended: of a file that is bad now, its version in `before` is in force. Where those cannot be
    /// taken in, nothing is in force.
    pub fn resume(&mut self, before: &[SourceFile]) {
        if !before.is_empty() {
            let _ = self.take(before);
        }
    }

    /// Takes in the site's files, all of them. The wall to take over, where it became another; a bad file keeps its last good
    /// version.
    ///
    /// # Errors
    /// The files could not be taken in at all; everything stays as it was.
    pub fn take(&mut self, files: &[SourceFile]) -> Result<Option<Arc<Wall>>, Fault> {
        let library = &self.library;
        let files = self
            .quarantine
            .as_ref()
            .map_or_else(|| files.to_vec(), |quarantine| quarantine.without(files));
        let accepted = catch_unwind(AssertUnwindSafe(|| library.accept(&files)))
            .map_err(|panic| Fault::Accepting(fault::words(&*panic)))?;
        let before = std::mem::replace(&mut self.library, accepted);
        let wall = self.library.wall().filter(|wall| {
            let before = before.wall().map(|wall| wall.digest());
            before != Some(wall.digest())
        });
        Ok(wall.cloned())
    }

    /// The wall in force; `None` until there was a good `site.toml`.
    pub fn wall(&self) -> Option<&Arc<Wall>> {
        self.library.wall()
    }

    /// The files in force, as [`Library::kept`].
    pub fn kept(&self) -> Vec<SourceFile> {
        self.library.kept()
    }

    /// What is wrong with the files.
    pub fn problems(&self) -> &[Diagnostic] {
        self.library.problems()
    }
}
