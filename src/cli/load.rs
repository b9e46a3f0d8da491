//! The site that a command works on.

use std::{path::Path, sync::Arc};

use super::{
    exit::{Exit, Failure},
    terminal::Terminal,
};
use crate::{
    diagnostic::Bilingual,
    folder,
    wall::{Library, Wall},
};

/// The site in the folder, with all of its problems.
pub(super) fn library(site: &Path) -> Result<Library, Failure> {
    let scan = folder::scan(site).map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))?;
    Ok(Library::default().accept(&scan.files))
}

/// The wall of the site in the folder; its problems go to the terminal. Fails where there is no wall to show.
pub(super) fn wall(site: &Path, terminal: &Terminal) -> Result<Arc<Wall>, Failure> {
    let library = library(site)?;
    match library.wall() {
        Some(wall) => {
            terminal.problems(library.problems());
            Ok(Arc::clone(wall))
        }
        None => Err(Failure::new(
            Exit::CONFIG,
            Bilingual::new("站点无法使用", "the site cannot be used"),
            Bilingual::new("请先更正以上问题", "mend the problems above first"),
        )
        .because(library.problems())),
    }
}

/// The screen of that identity, or the first one.
pub(super) fn screen(wall: &Wall, id: Option<&str>) -> Result<usize, Failure> {
    let screens = &wall.site().screens;
    let Some(id) = id else { return Ok(0) };
    screens.iter().position(|screen| &*screen.id == id).ok_or_else(|| {
        let all: Vec<&str> = screens.iter().map(|screen| &*screen.id).collect();
        Failure::new(
            Exit::USAGE,
            Bilingual::new(format!("没有屏幕“{id}”"), format!("there is no screen \"{id}\"")),
            Bilingual::new(
                format!("可选：{}", all.join("、")),
                format!("there are: {}", all.join(", ")),
            ),
        )
    })
}
