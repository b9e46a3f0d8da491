//! What lies in the folder of the clips, by the names of its files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::units::Digest;

/// How the names of clips end, those of their notes, and those of clips that are being made.
pub(super) const CLIP: &str = "clip";
pub(super) const TAKE: &str = "take";
const PART: &str = "part";

/// A file of ours.
#[derive(Debug)]
pub(super) struct Listed {
    /// The name of the clip that it is about.
    pub(super) name: Digest,
    pub(super) kind: Kind,
    pub(super) path: PathBuf,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Clip,
    Take,
    /// A clip that the process of that number is making.
    Part(u32),
}

/// The files in `folder`; none where it cannot be listed. What is not ours is passed over.
pub(super) fn files(folder: &Path) -> impl Iterator<Item = Listed> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| listed(entry.path()))
}

fn listed(path: PathBuf) -> Option<Listed> {
    let (name, ending) = path.file_name()?.to_str()?.split_once('.')?;
    let kind = match ending {
        CLIP => Kind::Clip,
        TAKE => Kind::Take,
        _ => Kind::Part(ending.strip_suffix(PART)?.strip_suffix('.')?.parse().ok()?),
    };
    Some(Listed {
        name: name.parse().ok()?,
        kind,
        path,
    })
}

/// The file in which this process makes the clip of that name.
pub(super) fn part(folder: &Path, name: Digest) -> PathBuf {
    folder.join(format!("{name}.{}.{PART}", std::process::id()))
}
