//! A disk on which a sync fails: what was written before it is lost, whatever a later sync says of it.
//!
//! That is what Linux does: the pages count as clean once the failure was told. So the program must write again, and not only sync
//! again, before it tells anybody that something is safe. The model keeps of a file what a sync has brought to rest, and nothing else.

use std::{collections::BTreeMap, fs, path::Path};

use super::{
    reader::Files,
    script::{self, Promise},
    trace,
};

/// More than the syncs that the script makes.
const MOST: u32 = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    Safe,
    Written,
    /// A sync failed after it was written.
    Lost,
}

/// A disk that is told the calls of a run.
#[derive(Debug, Default)]
struct Disk {
    /// The bytes of each file that ever was.
    files: Vec<Vec<(u8, Rest)>>,
    /// The names as the program sees them, and as they would be found after a cut of the power; `None` is a folder.
    names: BTreeMap<String, Option<usize>>,
    safe: BTreeMap<String, Option<usize>>,
    /// Where the next byte of an open file goes, by its name.
    at: BTreeMap<String, usize>,
}

fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

impl Disk {
    fn open(&mut self, path: &str, flags: &str) {
        if flags.contains("O_CREAT") && !self.names.contains_key(path) {
            self.files.push(Vec::new());
            self.names.insert(path.to_owned(), Some(self.files.len() - 1));
        }
        let Some(Some(file)) = self.names.get(path) else { return };
        if flags.contains("O_TRUNC") {
            self.files[*file].clear();
        }
        let end = if flags.contains("O_APPEND") { usize::MAX } else { 0 };
        self.at.insert(path.to_owned(), end);
    }

    fn write(&mut self, path: &str, bytes: &[u8]) {
        let Some(Some(file)) = self.names.get(path) else { return };
        let content = &mut self.files[*file];
        let next = self.at.get_mut(path).expect("it is open");
        let at = (*next).min(content.len());
        content.resize(content.len().max(at + bytes.len()), (0, Rest::Written));
        for (place, byte) in content[at..].iter_mut().zip(bytes) {
            *place = (*byte, Rest::Written);
        }
        if *next != usize::MAX {
            *next += bytes.len();
        }
    }

    fn cut(&mut self, path: &str, length: usize) {
        if let Some(Some(file)) = self.names.get(path) {
            self.files[*file].truncate(length);
        }
    }

    fn sync(&mut self, path: &str, is_done: bool) {
        match self.names.get(path) {
            Some(Some(file)) => {
                let becomes = if is_done { Rest::Safe } else { Rest::Lost };
                let written = self.files[*file].iter_mut().filter(|(_, rest)| *rest == Rest::Written);
                written.for_each(|(_, rest)| *rest = becomes);
            }
            // A folder's names go through the file system's own journal: a later sync brings them along.
            _ if is_done => {
                self.safe.retain(|name, _| above(name) != path);
                let own = self.names.iter().filter(|(name, _)| above(name) == path);
                self.safe.extend(own.map(|(name, node)| (name.clone(), *node)));
            }
            _ => {}
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        if let Some(node) = self.names.remove(from) {
            self.names.insert(to.to_owned(), node);
        }
    }

    /// What is found after a cut of the power that leaves nothing that is not safe.
    fn left(&self) -> Files {
        let is_reached = |path: &str| {
            let above: Vec<&str> = path.match_indices('/').map(|(at, _)| &path[..at]).collect();
            above.iter().all(|above| self.safe.contains_key(*above))
        };
        let found = self.safe.iter().filter(|(path, _)| is_reached(path));
        let files = found.filter_map(|(path, node)| {
            let bytes = &self.files[(*node)?];
            let end = bytes
                .iter()
                .rposition(|(_, rest)| *rest == Rest::Safe)
                .map_or(0, |at| at + 1);
            // A hole in the middle is read as zeros.
            let read = bytes[..end]
                .iter()
                .map(|(byte, rest)| if *rest == Rest::Safe { *byte } else { 0 });
            Some((path.clone(), read.collect()))
        });
        files.collect()
    }
}

/// The bytes of each `\x..` string between these two signs.
fn strings(call: &str, open: char, close: char) -> Vec<Vec<u8>> {
    let mut strings = Vec::new();
    let mut rest = call;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((hex, next)) = after.split_once(close) else {
            break;
        };
        let codes = hex.split("\\x").skip(1);
        strings.push(codes.map_while(|code| u8::from_str_radix(code, 16).ok()).collect());
        rest = next;
    }
    strings
}

/// Plays one thread's trace; `told` gets each promise with the disk as it was when it was told.
fn play(trace: &str, folder: &Path, mut told: impl FnMut(&str, &Disk)) -> usize {
    let (state, promises) = (folder.join("state"), folder.join("promises"));
    let (state, promises) = (state.to_str().unwrap(), promises.to_str().unwrap());
    let name = |path: &[u8]| {
        let path = String::from_utf8_lossy(path).into_owned();
        let inside = path.strip_prefix(state)?.trim_start_matches('/').to_owned();
        Some(inside)
    };
    let (mut disk, mut calls) = (Disk::default(), 0);
    for line in trace.lines() {
        let Some((call, result)) = line.rsplit_once(" = ") else {
            continue;
        };
        let Some((kind, arguments)) = call.split_once('(') else {
            continue;
        };
        let (descriptors, texts) = (strings(arguments, '<', '>'), strings(arguments, '"', '"'));
        let is_done = !result.starts_with('-');
        let of_descriptor = descriptors.first().and_then(|path| name(path));
        let of_text = texts.first().and_then(|path| name(path));
        let numbers: Vec<&str> = arguments.trim_end_matches(')').split(", ").collect();
        match (kind, is_done) {
            ("fsync" | "fdatasync", _) => of_descriptor.iter().for_each(|path| disk.sync(path, is_done)),
            (_, false) => continue,
            ("openat", _) => of_text.iter().for_each(|path| disk.open(path, arguments)),
            ("write", _) if descriptors.first().is_some_and(|path| *path == promises.as_bytes()) => {
                told(&String::from_utf8_lossy(&texts[0]), &disk);
            }
            ("write", _) => of_descriptor.iter().for_each(|path| disk.write(path, &texts[0])),
            ("lseek", _) => {
                let at = result.split(' ').next().unwrap().parse().unwrap();
                if let Some(next) = of_descriptor.and_then(|path| disk.at.get_mut(&path)) {
                    // Who appends always writes at the end.
                    *next = if *next == usize::MAX { *next } else { at };
                }
            }
            ("ftruncate", _) => {
                let length = numbers.last().unwrap().parse().unwrap();
                of_descriptor.iter().for_each(|path| disk.cut(path, length));
            }
            ("mkdir", _) => disk.names.extend(of_text.map(|path| (path, None))),
            ("unlink" | "rmdir", _) => {
                of_text.map(|path| disk.names.remove(&path));
            }
            ("rename", _) => {
                if let (Some(from), Some(to)) = (of_text, texts.get(1).and_then(|path| name(path))) {
                    disk.rename(&from, &to);
                }
            }
            other => panic!("{other:?} is not known"),
        }
        calls += 1;
    }
    calls
}

/// Runs the script with that fault, and checks each promise on the disk as it then was; how often the fault came.
fn check(inject: &str) -> Result<usize, String> {
    let (folder, _) = script::place();
    let out = folder.path().join("trace");
    let calls = "trace=openat,write,fsync,fdatasync,rename,unlink,mkdir,rmdir,ftruncate,lseek";
    let (out, inject) = (out.to_str().unwrap(), format!("inject={inject}"));
    let wrapper = [
        "strace", "-ff", "-y", "-xx", "-s", "1000000", "-e", calls, "-e", &inject, "-o", out,
    ];
    // However it ends: what it has told counts.
    let _ = script::command(folder.path(), &wrapper).status().unwrap();
    let traces = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let traces = traces.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("trace."));
    let traces: Vec<String> = traces.map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut wrong = Ok(());
    for trace in &traces {
        play(trace, folder.path(), |line, disk| {
            if line.starts_with(script::DONE) || wrong.is_err() {
                return;
            }
            let promise = Promise::last(line);
            wrong = promise
                .check(&disk.left())
                .map(drop)
                .map_err(|error| format!("{inject}: after {}: {error}", line.trim_end()));
        });
    }
    wrong.map(|()| traces.iter().map(|trace| trace.matches("INJECTED").count()).sum())
}

#[test]
fn what_was_written_before_a_sync_that_failed_is_written_again_before_anybody_is_told_that_it_is_safe() {
    // Fault 16.
    if !trace::is_possible() {
        return;
    }
    let mut points = 0;
    for call in ["fsync", "fdatasync"] {
        for number in 1..MOST {
            match check(&format!("{call}:error=EIO:when={number}")).unwrap() {
                0 => break,
                _ => points += 1,
            }
        }
    }
    super::figure(&format!("{points} syncs failed, one in each run"));
    assert!(points > 30, "{points} are not all");
}

#[test]
fn a_disk_that_brings_nothing_to_rest_any_more_is_promised_nothing_more() {
    // Fault 16.
    if !trace::is_possible() {
        return;
    }
    for call in ["fsync", "fdatasync"] {
        for number in (1..60).step_by(7) {
            check(&format!("{call}:error=EIO:when={number}+")).unwrap();
        }
    }
}
