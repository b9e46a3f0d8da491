//! Where a site would show a video, whether it lies there already or is still to be put there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    cli::{
        clips,
        exit::{Exit, Failure},
        load,
    },
    folder,
    item::{Take, Video},
    media::Clips,
    site::Site,
    units::Digest,
    wall::{ClipWant, Library, SourceFile, Wall},
};

/// The folder of a video of which nobody says where it will lie: one that no playlist knows, as a clerk makes them.
const NEW: &str = "导入";

/// The site for which videos are made ready.
pub(super) struct Places {
    /// Its folder, links followed.
    root: PathBuf,
    files: Vec<SourceFile>,
    wall: Arc<Wall>,
}

/// A video at its place in the site.
pub(super) struct Placed<'a> {
    places: &'a Places,
    path: Arc<str>,
    source: Digest,
    /// Every clip that the site would show of it.
    pub(super) wants: Vec<ClipWant>,
}

impl Places {
    /// Of the site in `folder`, whose clips are in `clips`.
    pub(super) fn new(folder: &Path, clips: &Clips) -> Result<Self, Failure> {
        let root = fs::canonicalize(folder).map_err(|error| Failure::file(Exit::NO_INPUT, folder, &error))?;
        let scan = folder::scan(folder).map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))?;
        let files = load::admitted(folder, &scan.files, Some(clips.clone()));
        let library = Library::default().accept(&files);
        let wall = library.wall().ok_or_else(|| load::no_wall(library.problems()))?;
        Ok(Self {
            root,
            wall: Arc::clone(wall),
            files,
        })
    }

    pub(super) fn site(&self) -> &Site {
        self.wall.site()
    }

    /// The clips that may not be let go for another one.
    pub(super) fn protected(&self) -> BTreeSet<Digest> {
        clips::protected(&self.wall)
    }

    /// The video at `path`, whose bytes have the digest `source`, where it lies in the site; else as though it lay in `column`, which is that
    /// of the folder of its own name, or a new one, unless named.
    pub(super) fn of(&self, path: &Path, source: Digest, column: Option<&str>) -> Placed<'_> {
        let path = self.within(path).unwrap_or_else(|| {
            let name = |path: Option<&std::ffi::OsStr>| path.unwrap_or_default().to_string_lossy().into_owned();
            let folder = name(path.parent().and_then(Path::file_name));
            let known = self.site().column(&folder).map(|column| column.id.to_string());
            let column = column.map(str::to_owned).or(known).unwrap_or_else(|| NEW.into());
            format!("items/{column}/{}", name(path.file_name())).into()
        });
        let wants = self.wall_with(&path, source, &[]).map(|wall| wall.wants().to_vec());
        Placed {
            places: self,
            wants: wants
                .unwrap_or_default()
                .into_iter()
                .filter(|want| want.source == source && want.path == path)
                .collect(),
            path,
            source,
        }
    }

    /// The path relative to the site of a file that lies in it.
    fn within(&self, path: &Path) -> Option<Arc<str>> {
        let path = fs::canonicalize(path).ok()?;
        let path = path.strip_prefix(&self.root).ok()?.to_str()?;
        path.starts_with("items/").then(|| path.into())
    }

    /// The wall of the site with a video at `path` of which there are these takes.
    fn wall_with(&self, path: &Arc<str>, source: Digest, takes: &[Take]) -> Option<Arc<Wall>> {
        let others = self.files.iter().filter(|file| file.path != *path).cloned();
        let video = SourceFile::new(Arc::clone(path), Video::write(source, takes));
        let mut files: Vec<SourceFile> = others.chain([video]).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Library::default().accept(&files).wall().cloned()
    }
}

impl Placed<'_> {
    /// Where each of `takes` is shown, by the clip's name: `lobby/main`.
    pub(super) fn shown(&self, takes: &[Take]) -> BTreeMap<String, Vec<String>> {
        let mut shown: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let Some(wall) = self.places.wall_with(&self.path, self.source, takes) else {
            return shown;
        };
        for item in wall.items() {
            let is_it = item.video.as_ref().is_some_and(|video| video.source == self.source);
            let views = if is_it { wall.films(&item.id) } else { Vec::new() };
            for view in views {
                let place = format!("{}/{}", view.screen, view.zone);
                let places = shown.entry(view.clip.unwrap_or_default()).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        shown
    }
}
