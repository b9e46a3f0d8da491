//! A file that an item names: as it is written there, and where. Which file of the site is meant is the wall's business.

use std::sync::Arc;

use crate::diagnostic::Place;

/// A file of the site that an item names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// The path as written.
    pub path: Arc<str>,
    /// Where it stands in the item's file.
    pub place: Place,
    /// The file that is meant, relative to the site; `None` until the wall has found it.
    pub file: Option<Arc<str>>,
}

impl NamedFile {
    /// The paths, relative to the site, that an item of `file` may mean, the likeliest first: beside the item, under `items/`, from the
    /// site's root. Backslashes count as slashes, for Windows writes them.
    pub fn beside(&self, file: &str) -> Vec<String> {
        let written = self.plain();
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut paths = vec![
            joined(folder, &written),
            joined("items", &written),
            joined("", &written),
        ];
        paths.dedup();
        paths
    }

    /// The paths, relative to the site, that may be meant as a data file: from the site's root, or in `data/`, with its extension or without.
    pub fn among_the_data(&self) -> Vec<String> {
        let written = self.plain();
        let bare = [joined("", &written), joined("data", &written)];
        let with = bare.iter().map(|path| format!("{path}.csv"));
        bare.iter().cloned().chain(with).collect()
    }

    fn plain(&self) -> String {
        self.path.replace(['\\', '＼'], "/").replace('／', "/")
    }
}

/// `path` from `folder`, with its `.` and `..` followed.
fn joined(folder: &str, path: &str) -> String {
    let from = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
