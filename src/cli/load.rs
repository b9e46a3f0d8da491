//! The site that a command works on.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::{
    exit::{Exit, Failure},
    terminal::Terminal,
};
use crate::{
    diagnostic::{Bilingual, Diagnostic},
    folder::{self, StateFolder},
    media::{Admission, Child, Plains},
    wall::{Library, SourceFile, Wall},
};

/// A site as it was found.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    /// What there is of it to show.
    pub(super) wall: Option<Arc<Wall>>,
    /// Everything that is wrong with it.
    pub(super) problems: Vec<Diagnostic>,
}

/// The site in the folder, with all of its problems.
pub(super) fn site(folder: &Path) -> Result<Loaded, Failure> {
    let scan = folder::scan(folder).map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))?;
    let library = Library::default().accept(&admitted(folder, &scan.files));
    let unseen = scan.unseen.iter().map(|unseen| unseen.fault.diagnostic());
    Ok(Loaded {
        wall: library.wall().cloned(),
        problems: library.problems().iter().cloned().chain(unseen).collect(),
    })
}

/// `files` with the plain forms of all pictures and workbooks among them, however long that takes; those that a daemon has made are taken from
/// the state folder.
fn admitted(folder: &Path, files: &[SourceFile]) -> Vec<SourceFile> {
    let state = StateFolder::locate(None, |name| std::env::var_os(name)).ok();
    let plains = state.map(|state| Plains::read_only(&state));
    let admission = Admission::new(folder, Child::own(), plains);
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
