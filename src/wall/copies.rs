//! Several files of one item: `通知.txt` and `通知 - 副本.txt`, `通知(最终版2).txt` and `通知(最终版3).txt`.
//!
//! Files are versions of one item where they lie in one folder, bear one title, and their names differ only by the marks of copies and
//! versions. The newest plays: the one published last where all say when they were, else the one of the highest version. An older one plays
//! until the newer ones begin. Files that say the same to the letter play once. When a file was written is not asked: copying changes that.
//! What a playlist names itself is never left out.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use jiff::civil::DateTime;

use super::{natural::NaturalKey, problem::Problem};
use crate::{
    diagnostic::{Diagnostic, Source},
    document::kind::{digits, narrow},
    item::Item,
    playlist::{PlaySource, Playlist},
    units::Digest,
};

/// An item that gives way to a newer version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replaced {
    /// The older one's identity.
    pub(super) id: Arc<str>,
    /// When a newer one begins.
    pub(super) at: DateTime,
    /// The newer one's file.
    pub(super) by: Arc<str>,
}

/// The `items` that play, in the same order, and those of them that give way in time; what is left out is told.
pub(super) fn leave_out(
    items: Vec<Arc<Item>>,
    playlists: &[(Arc<Playlist>, Source)],
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Arc<Item>>, Vec<Replaced>) {
    let mut tell = |item: &Item, problem: &Problem| {
        problems.push(Diagnostic::of_file(Arc::clone(&item.file), problem));
    };
    let mut out = HashSet::new();
    let mut replaced = Vec::new();
    let named = named(playlists);
    for versions in versions(&items, &named) {
        for (at, older) in versions.iter().enumerate() {
            let newer = &versions[at + 1..];
            let Some(first) = newer.iter().min_by_key(|item| begin(item)) else {
                continue;
            };
            let is_own = newer.iter().all(|item| item.id != older.id);
            let until = begin(first).filter(|at| is_own && begin(older) < Some(*at));
            match until {
                Some(at) => replaced.push(Replaced {
                    id: Arc::clone(&older.id),
                    at,
                    by: Arc::clone(&first.file),
                }),
                None => {
                    out.insert(Arc::clone(&older.file));
                }
            }
            let newest = Arc::clone(&newer[newer.len() - 1].file);
            tell(older, &Problem::Copy { newer: newest, until });
        }
    }
    let left: Vec<_> = items.iter().filter(|item| !out.contains(&item.file)).collect();
    for (double, first) in doubles(&left, &named) {
        let first = Arc::clone(&first.file);
        tell(double, &Problem::Double { first });
        out.insert(Arc::clone(&double.file));
    }
    let stays = |item: &Arc<Item>| !out.contains(&item.file);
    (items.into_iter().filter(stays).collect(), replaced)
}

/// The identities that playlists name.
pub(super) fn named(playlists: &[(Arc<Playlist>, Source)]) -> HashSet<&str> {
    let plays = playlists.iter().flat_map(|(playlist, _)| &playlist.plays);
    let named = plays.filter_map(|play| match &play.source {
        PlaySource::Item(named) => Some(&*named.name),
        PlaySource::Column { .. } | PlaySource::Clock => None,
    });
    named.collect()
}

/// From when on it shows, as it is written.
fn begin(item: &Item) -> Option<DateTime> {
    item.from.or(item.published)
}

/// The items of which there are several versions, the oldest of each first.
fn versions<'a>(items: &'a [Arc<Item>], named: &HashSet<&str>) -> Vec<Vec<&'a Arc<Item>>> {
    let mut groups: BTreeMap<_, Vec<(Version, &Arc<Item>)>> = BTreeMap::new();
    for item in items.iter().filter(|item| !named.contains(&*item.id)) {
        let (base, version) = Version::of(stem(&item.file));
        let key = (folder(&item.file), base, &item.title, &item.column);
        groups.entry(key).or_default().push((version, item));
    }
    let several = groups.into_values().filter(|group| group.len() > 1);
    several
        .map(|mut group| {
            let all_dated = group.iter().all(|(_, item)| item.published.is_some());
            group.sort_by_cached_key(|(version, item)| {
                let published = item.published.filter(|_| all_dated);
                (published, version.clone(), NaturalKey::of(&item.file))
            });
            group.into_iter().map(|(_, item)| item).collect()
        })
        .collect()
}

/// Items that say what an earlier one of their column says, with that.
fn doubles<'a>(items: &[&'a Arc<Item>], named: &HashSet<&str>) -> Vec<(&'a Arc<Item>, &'a Arc<Item>)> {
    let mut titles: BTreeMap<_, Vec<&Arc<Item>>> = BTreeMap::new();
    for &item in items {
        titles.entry((&item.column, &item.title)).or_default().push(item);
    }
    let mut doubles = Vec::new();
    for of_title in titles.into_values().filter(|items| items.len() > 1) {
        let mut said: HashMap<Digest, &Arc<Item>> = HashMap::new();
        for item in of_title {
            let first = *said.entry(saying(item)).or_insert(item);
            if first.file != item.file && !named.contains(&*item.id) {
                doubles.push((item, first));
            }
        }
    }
    doubles
}

/// All that the item says, but for what its file is called.
fn saying(item: &Item) -> Digest {
    let nothing: Arc<str> = Arc::default();
    let item = Item {
        id: Arc::clone(&nothing),
        file: nothing,
        digest: Digest::of(&[]),
        moved: None,
        ..item.clone()
    };
    Digest::of(format!("{item:?}").as_bytes())
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file's name without folders and extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The name without the marks of copies and versions.
pub(super) fn base(stem: &str) -> String {
    Version::of(stem).0
}

/// What the marks in a file's name say of its age. A copy is older than what it was made of, and a number newer than none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    is_original: bool,
    /// The numbers of its marks, from the left.
    numbers: Vec<u64>,
}

impl Version {
    /// The name without its marks, and what they say.
    fn of(stem: &str) -> (String, Self) {
        let stem = narrow(stem);
        let mut rest = stem.trim();
        let mut version = Self {
            is_original: true,
            numbers: Vec::new(),
        };
        while let Some((before, mark)) = last_mark(rest) {
            rest = before;
            match mark {
                Mark::Copy => version.is_original = false,
                Mark::Version(number) => version.numbers.insert(0, number),
            }
        }
        (rest.to_owned(), version)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Copy,
    Version(u64),
}

/// The words of a version; a longer one comes before those that it ends with.
const VERSIONS: [&str; 12] = [
    "最终版",
    "最终稿",
    "终版",
    "终稿",
    "定稿",
    "修订版",
    "修订稿",
    "修改版",
    "修改稿",
    "更新版",
    "最新版",
    "最新",
];

/// The words of a copy.
const COPIES: [&str; 5] = ["的副本", "副本", "copy", "Copy", "COPY"];

/// The mark at the end of `name`, and what stands before it; `None` where there is none, or nothing before it.
fn last_mark(name: &str) -> Option<(&str, Mark)> {
    let (before, mark) = bracketed(name).or_else(|| word(name))?;
    let before = before.trim_end_matches(|char: char| char.is_whitespace() || matches!(char, '-' | '_' | '－' | '—'));
    (!before.is_empty()).then_some((before, mark))
}

/// A mark in brackets: `(1)`, `（最终版2）`, `[副本]`.
fn bracketed(name: &str) -> Option<(&str, Mark)> {
    let inner = name.strip_suffix([')', ']', '】'])?;
    let open = inner.rfind(['(', '[', '【'])?;
    let bracket = inner[open..].chars().next()?.len_utf8();
    let said = inner[open + bracket..].trim();
    let mark = match digits::<u64>(said).filter(|_| !said.is_empty() && said.len() <= 3) {
        Some(number) => Mark::Version(number),
        None => word(said)
            .filter(|(before, _)| before.is_empty())
            .map(|(_, mark)| mark)?,
    };
    Some((&name[..open], mark))
}

/// A mark that is a word, with or without a number after it: `最终版2`, `副本`, `v3`.
fn word(name: &str) -> Option<(&str, Mark)> {
    let before = name.trim_end_matches(|char: char| char.is_ascii_digit());
    let number = digits::<u64>(&name[before.len()..]).unwrap_or(0);
    let has_number = before.len() < name.len();
    let before = before.trim_end();
    if let Some(before) = COPIES.iter().find_map(|word| before.strip_suffix(word)) {
        return Some((before, Mark::Copy));
    }
    if let Some(before) = VERSIONS.iter().find_map(|word| before.strip_suffix(word)) {
        return Some((before, Mark::Version(if has_number { number } else { 1 })));
    }
    let is_apart = |before: &str| !before.ends_with(|char: char| char.is_ascii_alphabetic());
    let before = before
        .strip_suffix(['v', 'V'])
        .filter(|before| has_number && is_apart(before))?;
    Some((before, Mark::Version(number)))
}
