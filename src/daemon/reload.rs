//! From settled files to the wall in force.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::fault::{self, Fault};
use crate::{
    diagnostic::Diagnostic,
    wall::{Library, SourceFile, Wall},
};

/// The library in force, and the wall that it makes.
#[derive(Debug, Default)]
pub struct Reload {
    library: Library,
}

impl Reload {
    /// Takes in the site's files, all of them. The wall to take over, where it became another; a bad file keeps its last good
    /// version.
    ///
    /// # Errors
    /// The files could not be taken in at all; everything stays as it was.
    pub fn take(&mut self, files: &[SourceFile]) -> Result<Option<Arc<Wall>>, Fault> {
        let library = &self.library;
        let accepted = catch_unwind(AssertUnwindSafe(|| library.accept(files)))
            .map_err(|panic| Fault::Accepting(fault::words(&*panic)))?;
        let before = std::mem::replace(&mut self.library, accepted);
        let wall = self.library.wall().filter(|wall| {
            let before = before.wall().map(|wall| wall.digest());
            before != Some(wall.digest())
        });
        Ok(wall.cloned())
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
