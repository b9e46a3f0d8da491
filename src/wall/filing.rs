//! In which column each item lies, and which items wait for approval.
//!
//! A folder under `items/` is a column: that of the same identity or title, or one of its own that has the folder's name. What lies in a
//! folder called 待审… or `_…` is a draft, and so is a file of such a name: it is read and checked, and never plays. The same holds in folders whose
//! names file managers give (新建文件夹, … - 副本), unless a column has that name; that is told once a folder.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    called::{is_makeshift, is_of_drafts},
    copies::{self, Replaced},
    library::InForce,
    named,
    problem::Problem,
};
use crate::{
    diagnostic::Diagnostic,
    document::nearest,
    item::Item,
    playlist::{PlaySource, Playlist},
    site::{Column, Site},
    text::Compositor,
};

/// The items of a site in their columns.
#[derive(Debug)]
pub(super) struct Filed {
    /// The site, with the columns that only folders name.
    pub(super) site: Arc<Site>,
    /// What may play, in path order; [`Item::column`] is a column's identity, or empty.
    pub(super) items: Vec<Arc<Item>>,
    /// What waits for approval, in path order.
    pub(super) drafts: Vec<Arc<Item>>,
    /// The items that give way to newer versions of them, by identity.
    pub(super) replaced: Vec<Replaced>,
}

impl Filed {
    /// Files the items in force.
    pub(super) fn new(site: &Arc<Site>, files: &InForce, problems: &mut Vec<Diagnostic>) -> Self {
        let filed = files.items.iter().map(|item| file(site, item, problems)).collect();
        let filed = named::follow(filed, &|item| is_draft(site, item), files, problems);
        let (drafts, items): (Vec<_>, Vec<_>) = filed.into_iter().partition(|item| is_draft(site, item));
        let makeshift: BTreeSet<&str> = files
            .items
            .iter()
            .filter_map(|item| makeshift(site, &item.file))
            .collect();
        let told = |folder| Diagnostic::of_file(Arc::from(folder), &Problem::Makeshift);
        problems.extend(makeshift.into_iter().map(told));
        let (items, replaced) = copies::leave_out(items, &files.playlists, problems);
        let site = with_folders(site, &items, files, problems);
        Self {
            drafts,
            site,
            items,
            replaced,
        }
    }
}

/// Whether the item waits for approval, by its own name or by that of a folder in which it lies.
fn is_draft(site: &Site, item: &Item) -> bool {
    let name = item.file.rsplit('/').next().unwrap_or_default();
    is_of_drafts(name) || folders(&item.file).any(is_of_drafts) || makeshift(site, &item.file).is_some()
}

/// The path of the outermost folder above the file whose name is only a file manager's.
fn makeshift<'f>(site: &Site, file: &'f str) -> Option<&'f str> {
    let is_one = |name: &str| is_makeshift(name) && site.column_named(name).is_none();
    let ends = file.match_indices('/').map(|(end, _)| &file[..end]);
    let mut paths = ends.filter(|path| path.contains('/'));
    paths.find(|path| is_one(path.rsplit('/').next().unwrap_or_default()))
}

/// The folders under `items/` in which the file lies, the outermost first.
fn folders(file: &str) -> impl Iterator<Item = &str> {
    let path = file.strip_prefix("items/").unwrap_or(file);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split('/').filter(|name| !name.is_empty())
}

/// The item in its column.
fn file(site: &Site, item: &Arc<Item>, problems: &mut Vec<Diagnostic>) -> Arc<Item> {
    let column = match &item.moved {
        None => of_folder(site, &item.file),
        Some(moved) => match site.column_named(&moved.column) {
            Some(column) => Arc::clone(&column.id),
            // A folder that is a column of its own, named by what lies in it.
            None if folders(&item.file).any(|name| name == &*moved.column) => of_folder(site, &item.file),
            None => {
                let problem = Problem::StrayColumn {
                    column: Arc::clone(&moved.column),
                    nearest: nearest_column(site, &moved.column),
                };
                problems.push(Diagnostic {
                    place: Some(moved.place.clone()),
                    ..Diagnostic::of_file(Arc::clone(&item.file), &problem)
                });
                of_folder(site, &item.file)
            }
        },
    };
    if column == item.column {
        return Arc::clone(item);
    }
    Arc::new(Item {
        column,
        ..Item::clone(item)
    })
}

/// The column that the folders of a file mean: the innermost that is known, else the outermost.
fn of_folder(site: &Site, file: &str) -> Arc<str> {
    let folders: Vec<&str> = folders(file)
        .filter(|name| !is_of_drafts(name) && (!is_makeshift(name) || site.column_named(name).is_some()))
        .collect();
    let known = (1..=folders.len()).rev().find_map(|depth| {
        let path = folders[..depth].join("/");
        site.column_named(&path)
            .or_else(|| site.column_named(folders[depth - 1]))
    });
    let outermost = folders.first().copied().unwrap_or_default();
    known.map_or_else(|| outermost.into(), |column| Arc::clone(&column.id))
}

fn nearest_column(site: &Site, name: &str) -> Option<Arc<str>> {
    let names = site.columns.iter().flat_map(|column| [&*column.id, &*column.title]);
    nearest(name, names).map(Into::into)
}

/// The site with a column for each folder that is none of its own, each told where no playlist speaks of it.
fn with_folders(site: &Arc<Site>, items: &[Arc<Item>], files: &InForce, problems: &mut Vec<Diagnostic>) -> Arc<Site> {
    let mut seen = BTreeSet::new();
    let is_new = |item: &&Arc<Item>| !item.column.is_empty() && site.column(&item.column).is_none();
    let first_ones: Vec<_> = items
        .iter()
        .filter(is_new)
        .filter(|item| seen.insert(Arc::clone(&item.column)))
        .collect();
    if first_ones.is_empty() {
        return Arc::clone(site);
    }
    let mut site = Site::clone(site);
    for item in first_ones {
        if !plays(&files.playlists, items, &item.column) {
            let problem = Problem::UnplayedFolder {
                folder: Arc::clone(&item.column),
                nearest: nearest_column(&site, &item.column),
            };
            problems.push(Diagnostic::of_file(Arc::clone(&item.file), &problem));
        }
        let title = title(&item.column, &files.compositor);
        site.columns.push(Column::plain(Arc::clone(&item.column), title));
    }
    Arc::new(site)
}

/// The folder's name as a title, without what has no glyph.
fn title(folder: &Arc<str>, compositor: &Compositor) -> Arc<str> {
    let mut title = folder.to_string();
    for refusal in compositor.refusals(folder) {
        title = title.replace(refusal.text, "");
    }
    title.trim().into()
}

/// Whether any playlist plays something of the folder.
fn plays(playlists: &[(Arc<Playlist>, crate::diagnostic::Source)], items: &[Arc<Item>], folder: &str) -> bool {
    let plays = playlists.iter().flat_map(|(playlist, _)| &playlist.plays);
    let mut plays = plays.map(|play| &play.source);
    plays.any(|source| match source {
        PlaySource::Column { column, .. } => &*column.name == folder || &*column.name == "*",
        PlaySource::Item(named) => items
            .iter()
            .any(|item| *item.id == *named.name && &*item.column == folder),
        PlaySource::Clock => false,
    })
}
