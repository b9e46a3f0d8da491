//! Files that items name: the pictures and videos beside their texts, and the data files of their charts.
//!
//! A picture that an item names plays through that item, and no longer by itself, unless a playlist names it. A name that leads nowhere is
//! told where it stands; the text then plays without its picture, and what is left of nothing does not play. A file that is there and not
//! yet, or no longer, good is told by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    copies,
    library::InForce,
    problem::{Noun, Problem},
};
use crate::{
    diagnostic::Diagnostic,
    document::nearest,
    item::{ChartSpec, Figures, Item, NamedFile},
};

/// The `items`, in the same order, each with what it names, and without what only others show. What waits for approval is seen by drafts only,
/// and takes nothing off the wall.
pub(super) fn follow(
    items: Vec<Arc<Item>>,
    is_draft: &dyn Fn(&Item) -> bool,
    files: &InForce,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Arc<Item>> {
    if items.iter().all(|item| item.media.is_none() && item.chart.is_none()) {
        return items;
    }
    let mut following = Following {
        files,
        is_draft,
        shown: by_file(
            items
                .iter()
                .filter(|item| is_shown(item))
                .map(|item| (&*item.file, item)),
        ),
        figures: by_file(files.figures.iter().map(|(file, figures)| (&**file, figures))),
        used: BTreeSet::new(),
        problems,
    };
    let followed: Vec<_> = items.iter().map(|item| following.item(item)).collect();
    let (used, named) = (following.used, copies::named(&files.playlists));
    let stays = |item: &Arc<Item>| !(is_shown(item) && used.contains(&item.file)) || named.contains(&*item.id);
    followed.into_iter().filter(stays).collect()
}

/// Whether the item is a picture or a video by itself.
fn is_shown(item: &Item) -> bool {
    item.media.is_none() && item.shows_media()
}

/// What is found by a file's path in small letters, for Windows does not tell 照片.JPG from 照片.jpg.
type ByFile<'a, T> = BTreeMap<String, &'a T>;

fn by_file<'a, T>(all: impl Iterator<Item = (&'a str, &'a T)>) -> ByFile<'a, T> {
    all.map(|(file, one)| (file.to_lowercase(), one)).collect()
}

struct Following<'a> {
    files: &'a InForce,
    is_draft: &'a dyn Fn(&Item) -> bool,
    shown: ByFile<'a, Arc<Item>>,
    figures: ByFile<'a, Arc<Figures>>,
    /// The pictures and videos that others show.
    used: BTreeSet<Arc<str>>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Following<'_> {
    fn item(&mut self, item: &Arc<Item>) -> Arc<Item> {
        if let Some(media) = &item.media {
            return self.with_media(item, media);
        }
        if let Some(chart) = &item.chart {
            return self.with_chart(item, chart);
        }
        Arc::clone(item)
    }

    fn with_media(&mut self, item: &Arc<Item>, media: &NamedFile) -> Arc<Item> {
        let paths = media.beside(&item.file);
        let found = paths
            .iter()
            .find_map(|path| self.shown.get(&path.to_lowercase()).copied());
        let Some(found) = found else {
            if !self.is_unready(&paths) {
                let nearest = self.nearest_media(&item.file, &paths);
                self.tell_missing(item, media, Noun::Media, nearest);
            }
            return Arc::clone(item);
        };
        match ((self.is_draft)(item), (self.is_draft)(found)) {
            (false, true) => {
                let problem = Problem::DraftMedia(Arc::clone(&media.path));
                self.problems.push(Diagnostic {
                    place: Some(media.place.clone()),
                    ..Diagnostic::of_file(Arc::clone(&item.file), &problem)
                });
                return Arc::clone(item);
            }
            (true, false) => {}
            (false, false) | (true, true) => {
                self.used.insert(Arc::clone(&found.file));
            }
        }
        Arc::new(Item {
            picture: found.picture.clone(),
            video: found.video.clone(),
            media: Some(NamedFile {
                file: Some(Arc::clone(&found.file)),
                ..media.clone()
            }),
            ..Item::clone(item)
        })
    }

    fn with_chart(&mut self, item: &Arc<Item>, chart: &ChartSpec) -> Arc<Item> {
        let paths = chart.data.among_the_data();
        let found = paths
            .iter()
            .find_map(|path| self.figures.get(&path.to_lowercase()).copied());
        let Some(figures) = found else {
            if !self.is_unready(&paths) {
                let names = self.files.figures.keys().filter_map(|file| file.strip_prefix("data/"));
                let written = paths[0].strip_prefix("data/").unwrap_or(&paths[0]);
                let nearest = likeliest(written, names.collect());
                self.tell_missing(item, &chart.data, Noun::Data, nearest);
            }
            return Arc::clone(item);
        };
        match chart.draw(figures) {
            Ok(drawn) => Arc::new(Item {
                chart: Some(ChartSpec {
                    drawn: Some(Arc::new(drawn)),
                    ..chart.clone()
                }),
                ..Item::clone(item)
            }),
            Err(fault) => {
                self.problems.push(Diagnostic {
                    place: Some(chart.data.place.clone()),
                    ..Diagnostic::of_file(Arc::clone(&item.file), &fault)
                });
                Arc::clone(item)
            }
        }
    }

    /// Whether one of the files is there, and nothing good of it: that is told by itself.
    fn is_unready(&self, paths: &[String]) -> bool {
        let is_it = |file: &Arc<str>| paths.iter().any(|path| path.to_lowercase() == file.to_lowercase());
        self.files.unready.iter().any(is_it)
    }

    /// The picture or video that may be meant, as an item of `file` would name it: one beside it by its name, another one by its path.
    fn nearest_media(&self, file: &str, paths: &[String]) -> Option<Arc<str>> {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let files = || self.shown.values().map(|item| &*item.file);
        let beside = files().filter_map(|file| file.strip_prefix(folder)?.strip_prefix('/'));
        let written = paths[0]
            .strip_prefix(folder)
            .map_or(&*paths[0], |name| name.trim_start_matches('/'));
        likeliest(written, beside.collect()).or_else(|| likeliest(&paths[1], files().collect()))
    }

    fn tell_missing(&mut self, item: &Item, named: &NamedFile, noun: Noun, nearest: Option<Arc<str>>) {
        let name = Arc::clone(&named.path);
        self.problems.push(Diagnostic {
            place: Some(named.place.clone()),
            ..Diagnostic::of_file(Arc::clone(&item.file), &Problem::Dangling { noun, name, nearest })
        });
    }
}

/// The one of `names` that `written` is but for its extension, else the nearest.
fn likeliest(written: &str, names: Vec<&str>) -> Option<Arc<str>> {
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let same = names.iter().find(|name| stem(name) == stem(written)).copied();
    same.or_else(|| nearest(written, names)).map(Into::into)
}
