//! How programs save a file, step by step, in a watched folder with the real clock: each save is one change, from the old text to the
//! new one, with nothing in between.
//!
//! The steps are those that the programs' system calls show. Nothing is measured: every wait ends when the thing has happened.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use yingbi::{folder::Seen, wall::SourceFile};

use super::{
    scan::{site, write},
    watch::Watched,
};

const OLD: &str = "+++\ntitle = \"旧\"\n+++\n旧的一段正文。\n";
const NEW: &str = "+++\ntitle = \"新\"\n+++\n新的一段正文，比旧的长。\n";

/// A pause inside a save, shorter than what counts as a withdrawal.
const PAUSE: Duration = Duration::from_millis(120);

/// Saves [`NEW`] in place of the file at that path.
type Save = fn(&Path);

const EDITORS: [(&str, Save); 9] = [
    ("vim", vim),
    ("emacs", emacs),
    ("gedit", gedit),
    ("code", code),
    ("notepad", notepad),
    ("wps", wps),
    ("word", word),
    ("kate", kate),
    ("explorer", explorer),
];

fn beside(path: &Path, name: &str) -> std::path::PathBuf {
    path.with_file_name(name)
}

/// Tries whether the folder takes files, moves the old one aside, writes the new one, and removes the old one.
fn vim(path: &Path) {
    fs::write(beside(path, "4913"), "").unwrap();
    fs::remove_file(beside(path, "4913")).unwrap();
    fs::write(beside(path, ".vim.md.swp"), "b0VIM").unwrap();
    fs::rename(path, beside(path, "vim.md~")).unwrap();
    thread::sleep(PAUSE);
    fs::write(path, NEW).unwrap();
    fs::remove_file(beside(path, "vim.md~")).unwrap();
    fs::remove_file(beside(path, ".vim.md.swp")).unwrap();
}

/// Saves by itself first, under a name with hashes; then copies the old one aside and writes over it.
fn emacs(path: &Path) {
    fs::write(beside(path, "#emacs.md#"), NEW).unwrap();
    fs::copy(path, beside(path, "emacs.md~")).unwrap();
    let mut file = File::create(path).unwrap();
    file.write_all(NEW.as_bytes()).unwrap();
    file.sync_all().unwrap();
    drop(file);
    fs::remove_file(beside(path, "#emacs.md#")).unwrap();
}

/// Writes beside it and moves over it.
fn gedit(path: &Path) {
    let new = beside(path, ".goutputstream-ABC123");
    fs::write(&new, NEW).unwrap();
    fs::rename(new, path).unwrap();
}

/// Empties it and writes.
fn code(path: &Path) {
    let mut file = File::options().write(true).truncate(true).open(path).unwrap();
    file.write_all(NEW.as_bytes()).unwrap();
}

/// Writes over it and cuts off what is left of the old one, over a share that takes its time.
fn notepad(path: &Path) {
    let mut file = File::options().write(true).open(path).unwrap();
    for part in NEW.as_bytes().chunks(24) {
        file.write_all(part).unwrap();
        thread::sleep(PAUSE);
    }
    file.set_len(NEW.len() as u64).unwrap();
}

/// Writes beside it, deletes it, and moves the new one there.
fn wps(path: &Path) {
    fs::write(beside(path, "~wps.tmp"), NEW).unwrap();
    fs::remove_file(path).unwrap();
    thread::sleep(PAUSE);
    fs::rename(beside(path, "~wps.tmp"), path).unwrap();
}

/// Keeps an owner's file, swaps old and new by two renames, and deletes the old one.
fn word(path: &Path) {
    fs::write(beside(path, "~$word.md"), "owner").unwrap();
    fs::write(beside(path, "~WRD0001.tmp"), NEW).unwrap();
    fs::rename(path, beside(path, "~WRL0002.tmp")).unwrap();
    fs::rename(beside(path, "~WRD0001.tmp"), path).unwrap();
    fs::remove_file(beside(path, "~WRL0002.tmp")).unwrap();
    fs::remove_file(beside(path, "~$word.md")).unwrap();
}

/// Copies aside, then writes beside and moves over.
fn kate(path: &Path) {
    fs::copy(path, beside(path, "kate.md~")).unwrap();
    fs::write(beside(path, "kate.md.AbCdEf"), NEW).unwrap();
    fs::rename(beside(path, "kate.md.AbCdEf"), path).unwrap();
}

/// Makes room for all of it first, fills it, and sets the time of modification back to that of the file that it copies.
fn explorer(path: &Path) {
    let mut file = File::create(path).unwrap();
    file.set_len(NEW.len() as u64).unwrap();
    thread::sleep(PAUSE);
    file.write_all(NEW.as_bytes()).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_500_000_000))
        .unwrap();
}

fn text<'a>(seen: &'a Seen, path: &str) -> Option<&'a [u8]> {
    let found = |file: &&SourceFile| &*file.path == path;
    let file = seen.files.as_ref()?.iter().find(found);
    Some(
        file.unwrap_or_else(|| panic!("{path} is gone"))
            .bytes
            .as_deref()
            .unwrap(),
    )
}

#[test]
fn every_programs_way_of_saving_is_one_change_and_never_a_gap() {
    // Fault 55.
    let paths = EDITORS.map(|(name, _)| format!("items/{name}/{name}.md"));
    let site = site(&[]);
    paths.iter().for_each(|path| write(site.path(), path, OLD));
    let (watched, _) = Watched::begin(site.path());
    thread::scope(|scope| {
        for ((_, save), path) in EDITORS.iter().zip(&paths) {
            let place = site.path().join(path);
            scope.spawn(move || save(&place));
        }
    });
    let mut saved = [false; EDITORS.len()];
    while saved.contains(&false) {
        let seen = watched.next();
        for (path, is_saved) in paths.iter().zip(&mut saved) {
            let Some(text) = text(&seen, path) else { continue };
            let is_new = text == NEW.as_bytes();
            assert!(is_new || text == OLD.as_bytes() && !*is_saved, "{path}: {text:?}");
            *is_saved = is_new;
        }
    }
    watched.end();
}

#[test]
fn a_text_that_is_copied_at_ten_bytes_a_second_shows_whole_or_not_at_all() {
    // Fault 20. The folder is as new as the file, so its first events may be lost.
    let whole = "热烈欢迎省发改委一行莅临".as_bytes();
    let site = site(&[]);
    let (watched, _) = Watched::begin(site.path());
    let copies = [
        "items/甲/一次打开.txt",
        "items/乙/每次打开.txt",
        "items/丙/逐个字节.txt",
    ];
    thread::scope(|scope| {
        for (path, every, is_held) in [(copies[0], 10, true), (copies[1], 10, false), (copies[2], 1, false)] {
            let place = site.path().join(path);
            scope.spawn(move || copy_slowly(&place, whole, every, is_held));
        }
    });
    let ended = Instant::now();
    let mut left = copies.to_vec();
    while !left.is_empty() {
        let seen = watched.next();
        for file in seen.files.iter().flatten().filter(|file| &*file.path != "site.toml") {
            assert_eq!(
                file.bytes.as_deref(),
                Ok(whole),
                "{} after {:?}",
                file.path,
                ended.elapsed()
            );
            left.retain(|path| *path != &*file.path);
        }
    }
    watched.end();
}

/// Writes ten bytes a second, so many at a time; `is_held` while it stays open.
fn copy_slowly(place: &Path, whole: &[u8], step: usize, is_held: bool) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    let open = || File::options().append(true).create(true).open(place).unwrap();
    let held = is_held.then(open);
    for part in whole.chunks(step) {
        match &held {
            Some(file) => (&*file).write_all(part).unwrap(),
            None => open().write_all(part).unwrap(),
        }
        thread::sleep(Duration::from_millis(100 * step as u64));
    }
}
