//! The site that a command works on.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::{
    clips::Cellar,
    exit::{Exit, Failure},
    terminal::Terminal,
};
use crate::{
    diagnostic::{Bilingual, Diagnostic},
    folder::{self, Scan, StateFolder, Unseen},
    media::{Admission, Child, Clips, Plains, Studio},
    wall::{Library, SourceFile, Wall, is_picture_file, is_video_file},
};

/// A site as it was found.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    /// What there is of it to show.
    pub(super) wall: Option<Arc<Wall>>,
    /// Everything that is wrong with it.
    pub(super) problems: Vec<Diagnostic>,
}

impl Loaded {
    fn new(library: &Library, unseen: &[Unseen], unmade: Vec<Diagnostic>) -> Self {
        let unseen = unseen.iter().map(|unseen| unseen.fault.diagnostic());
        Self {
            wall: library.wall().cloned(),
            problems: library.problems().iter().cloned().chain(unmade).chain(unseen).collect(),
        }
    }
}

/// The site in the folder, with all of its problems, for whoever does not ask for its pictures: no clip is made.
pub(super) fn site(folder: &Path) -> Result<Loaded, Failure> {
    let scan = scan(folder)?;
    let library = Library::default().accept(&admitted(folder, &scan.files, None));
    Ok(Loaded::new(&library, &scan.unseen, Vec::new()))
}

/// The site in the folder, with all of its problems and with every clip that it shows: those that the daemon with the state folder `state` has,
/// and those that are missing there, which may take minutes the first time.
pub(super) fn filmed(folder: &Path, state: Option<&Path>, terminal: &Terminal) -> Result<Loaded, Failure> {
    let scan = scan(folder)?;
    let files = admitted(folder, &scan.files, None);
    if !scan
        .files
        .iter()
        .any(|file| is_video_file(&file.path) || is_picture_file(&file.path))
    {
        return Ok(Loaded::new(
            &Library::default().accept(&files),
            &scan.unseen,
            Vec::new(),
        ));
    }
    let cellar = Cellar::new(state);
    let bare = Library::default().with_footages(cellar.footages());
    let files = cellar.taken(files);
    let library = bare.accept(&files);
    match library.wall().filter(|wall| !wall.wants().is_empty()) {
        None => Ok(Loaded::new(&library, &scan.unseen, Vec::new())),
        Some(wall) => {
            let (files, unmade) = cellar.complete(folder, files, wall, terminal);
            Ok(Loaded::new(&bare.accept(&files), &scan.unseen, unmade))
        }
    }
}

fn scan(folder: &Path) -> Result<Scan, Failure> {
    folder::scan(folder).map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))
}

/// `files` with the plain forms of all pictures, workbooks and videos among them, however long that takes; those that a daemon has made are taken
/// from the state folder. Videos have the takes that `clips` has.
pub(super) fn admitted(folder: &Path, files: &[SourceFile], clips: Option<Clips>) -> Vec<SourceFile> {
    let state = StateFolder::locate(None, |name| std::env::var_os(name)).ok();
    let plains = state.map(|state| Plains::read_only(&state));
    let mut admission = Admission::new(folder, Child::own(), plains);
    if let Some(clips) = clips {
        admission = admission.with_clips(clips, Arc::new(Studio::new(Child::own())));
    }
    admission.admit(files);
    admission.finish();
    admission.admit(files)
}

/// The wall of the site in the folder; its problems go to the terminal. Fails where there is no wall to show.
pub(super) fn wall(folder: &Path, terminal: &Terminal) -> Result<Arc<Wall>, Failure> {
    usable(site(folder)?, terminal)
}

/// The wall of a site; its problems go to the terminal. Fails where there is no wall to show.
pub(super) fn usable(site: Loaded, terminal: &Terminal) -> Result<Arc<Wall>, Failure> {
    let Loaded { wall, problems } = site;
    let wall = wall.ok_or_else(|| no_wall(&problems))?;
    terminal.problems(&problems);
    Ok(wall)
}

/// A site without a wall to show, for these problems.
pub(super) fn no_wall(problems: &[Diagnostic]) -> Failure {
    let failure = Failure::new(
        Exit::CONFIG,
        Bilingual::new("站点无法使用", "the site cannot be used"),
        Bilingual::new("请先更正以上问题", "mend the problems above first"),
    );
    failure.because(problems)
}

/// The screen of that identity, or the first one.
pub(super) fn screen(wall: &Wall, id: Option<&str>) -> Result<usize, Failure> {
    let screens = &wall.site().screens;
    let Some(id) = id else { return Ok(0) };
    let position = screens.iter().position(|screen| &*screen.id == id);
    position.ok_or_else(|| {
        let all: Vec<&str> = screens.iter().map(|screen| &*screen.id).collect();
        no_screen(id, &all)
    })
}

/// There is no screen of identity `id`; those of `all` there are.
pub(super) fn no_screen(id: &str, all: &[&str]) -> Failure {
    Failure::new(
        Exit::USAGE,
        Bilingual::new(format!("没有屏幕“{id}”"), format!("there is no screen \"{id}\"")),
        Bilingual::new(
            format!("可选：{}", all.join("、")),
            format!("there are: {}", all.join(", ")),
        ),
    )
}

/// Refuses the identity of a zone that is on none of `screens`; `*` is on all.
pub(super) fn zone(wall: &Wall, screens: &[usize], id: &str) -> Result<(), Failure> {
    let zones = screens.iter().flat_map(|screen| &wall.site().screens[*screen].zones);
    let all: BTreeSet<&str> = zones.map(|zone| &*zone.id).chain(["*"]).collect();
    if all.contains(id) {
        return Ok(());
    }
    let all: Vec<&str> = all.into_iter().collect();
    Err(Failure::new(
        Exit::USAGE,
        Bilingual::new(format!("没有区域“{id}”"), format!("there is no zone \"{id}\"")),
        Bilingual::new(
            format!("可选：{}", all.join("、")),
            format!("there are: {}", all.join(", ")),
        ),
    ))
}
