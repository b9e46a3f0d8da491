//! Which files make a programme, by path and digest.

use std::{collections::BTreeMap, sync::Arc};

use super::source::SourceFile;
use crate::units::Digest;

/// The files of a programme. Its own digest is that of the wall that they make, so whoever has a manifest can prove it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<Arc<str>, Digest>,
}

impl Manifest {
    /// The manifest of the files of these paths and digests.
    pub fn new(files: impl IntoIterator<Item = (Arc<str>, Digest)>) -> Self {
        Self {
            files: files.into_iter().collect(),
        }
    }

    /// The manifest of `files`.
    pub fn of(files: &[SourceFile]) -> Self {
        Self::new(files.iter().map(|file| (Arc::clone(&file.path), file.digest)))
    }

    /// Path and digest of each file, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, Digest)> {
        self.files.iter().map(|(path, digest)| (path, *digest))
    }

    /// The digest of the wall that the files make: [`Wall::digest`](super::Wall::digest).
    pub fn digest(&self) -> Digest {
        let parts = self
            .files
            .iter()
            .flat_map(|(path, digest)| [path.as_bytes(), &digest.bytes()[..]]);
        Digest::of_parts(parts)
    }
}
