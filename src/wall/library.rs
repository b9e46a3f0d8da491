//! The last good version of every file, and the wall that they make.

use std::sync::Arc;

use super::source::SourceFile;
use crate::{diagnostic::Diagnostic, site::Site, units::Digest};

/// The files in force: of each the newest version that was good.
#[derive(Clone, Debug, Default)]
pub struct Library {
    problems: Vec<Diagnostic>,
    wall: Option<Arc<Wall>>,
}

/// A whole site, referenced and measured: what a screen needs to show any instant.
#[derive(Debug)]
pub struct Wall {
    site: Site,
    digest: Digest,
}

impl Library {
    /// What is in force once the site's files are `files`, all of them. A file that is bad keeps its last good version; one that is
    /// no longer there is withdrawn.
    #[must_use]
    pub fn accept(&self, files: &[SourceFile]) -> Self {
        let _ = files;
        self.clone()
    }

    /// Everything that is wrong with the files, in the order of their paths.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The wall in force; `None` until there was a good `site.toml`.
    pub fn wall(&self) -> Option<&Arc<Wall>> {
        self.wall.as_ref()
    }
}

impl Wall {
    /// The site.
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// The digest of all files in force: two walls of one digest show the same.
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}
