//! The sample site is in order: whoever starts from it starts from something that works.

mod days;
mod files;
mod mourning;
mod postings;
mod year;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, date},
};
use yingbi::{
    folder,
    item::Item,
    media::{Admission, Child},
    programme::{Light, Material},
    site::Column,
    units::Tick,
    wall::{Library, Projector, Row, Shown, SourceFile, Term, Wall},
};

/// The lobby's wall and the strip above the door, as the site has them.
const LOBBY: usize = 0;
const STRIP: usize = 1;

/// Files as the scan hands them over.
fn sources(files: Vec<(String, Vec<u8>)>) -> Vec<SourceFile> {
    let source = |(path, bytes): (String, Vec<u8>)| SourceFile::new(path, bytes);
    files.into_iter().map(source).collect()
}

/// The library of the files as they lie in the folder, videos aside.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let texts = sources(files(&[".toml", ".md", ".txt", ".csv"]));
    Library::default().accept(&[texts, pictures()].concat())
});

static WALL: LazyLock<Arc<Wall>> = LazyLock::new(|| Arc::clone(LIBRARY.wall().expect("there is a site.toml")));

/// What both screens showed on each day of 2025 and 2026: the identities of items.
static SHOWN: LazyLock<BTreeMap<Date, BTreeSet<Arc<str>>>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let days = date(2025, 1, 1).series(1.day());
    let years = days.take_while(|day| *day < date(2027, 1, 1));
    years.map(|day| (day, shown_on(day, &mut names))).collect()
});

/// The files below `playlists` whose path ends so, each with its bytes.
fn files(ends: &[&str]) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("playlists");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if ends.iter().any(|end| name.ends_with(end)) {
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The pictures of the site in their plain forms.
fn pictures() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("playlists");
    let is_picture = |file: &SourceFile| file.path.ends_with(".png") || file.path.ends_with(".jpg");
    let mut found = folder::scan(&root).unwrap().files;
    found.retain(|file| &*file.path == "site.toml" || is_picture(file));
    let admission = Admission::new(&root, Child::of(env!("CARGO_BIN_EXE_yingbi"), ["child"]), None);
    admission.admit(&found);
    admission.finish();
    admission.admit(&found).into_iter().filter(is_picture).collect()
}

/// Every row of a screen between two civil times.
fn rows(screen: usize, from: DateTime, until: DateTime) -> impl Iterator<Item = Row> {
    let instant = |civil: DateTime| WALL.calendar().zone.to_timestamp(civil).unwrap();
    WALL.timeline(screen, instant(from), instant(until))
}

/// The item of a row's page; `None` in the dark.
fn item_of(row: &Row) -> Option<&Arc<str>> {
    match &row.shown {
        Shown::Page { item, .. } => Some(item),
        Shown::Dark(..) => None,
    }
}

/// Whatever came on while it was lit. `names` remembers what is known of materials: a timeline of every row would take long.
fn shown_on(day: Date, names: &mut HashMap<Material, Arc<str>>) -> BTreeSet<Arc<str>> {
    let mut shown = BTreeSet::new();
    for screen in [LOBBY, STRIP] {
        let compiled = WALL.programme().compile(screen, day);
        for track in 0..WALL.site().screens[screen].zones.len() {
            for cue in compiled.cues(track, compiled.start(), compiled.end()) {
                let tick = cue.since.max(compiled.start());
                if let Light::Lit(_) = compiled.light(tick) {
                    let name = names
                        .entry(cue.material)
                        .or_insert_with(|| name_at(screen, track, tick));
                    if !shown.contains(name) {
                        shown.insert(Arc::clone(name));
                    }
                }
            }
        }
    }
    shown
}

fn name_at(screen: usize, track: usize, tick: Tick) -> Arc<str> {
    let mut projector = Projector::new(Arc::clone(&WALL), screen);
    let zone = projector.view(tick).zones.swap_remove(track);
    zone.now.unwrap().item
}

/// The items in force with their terms.
fn items() -> impl Iterator<Item = (&'static Arc<Item>, &'static Term)> {
    WALL.items().iter().zip(WALL.terms())
}

/// The item of that identity with its term.
fn item(id: &str) -> (&'static Arc<Item>, &'static Term) {
    items().find(|(item, _)| &*item.id == id).unwrap()
}

/// The column of an item that was shown; `None` for the clock.
fn column_of(id: &str) -> Option<&'static Column> {
    let (item, _) = items().find(|(item, _)| &*item.id == id)?;
    WALL.site().column(&item.column)
}
