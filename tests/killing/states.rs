//! All states in which a cut of the power may leave the state folder, worked out from the calls that the program really makes.

use std::{collections::BTreeSet, fs, path::Path};

use yingbi::folder::StateFolder;

use super::{
    disk::Disk,
    reader::Files,
    script::{self, Promise},
    trace::{self, Call},
};

/// What holds nothing that anybody relies on: who has the lock, and when the daemon last was alive.
const UNIMPORTANT: [&str; 2] = ["lock", "alive"];

/// What says the format of the folder. It is written once and not brought to the disk, so that it would be there in dozens of forms at
/// every moment; and whoever opens the folder asks for it before everything else. So it is looked at by itself.
fn is_of_version(path: &str) -> bool {
    path.starts_with("version")
}

/// What was promised once the call of that number was made.
fn promises(calls: &[Call]) -> Vec<Promise> {
    let mut promise = Promise::NONE;
    let told = calls.iter().map(|call| {
        if let Call::Promise(line) = call {
            promise = if line.starts_with(script::DONE) {
                promise.clone()
            } else {
                Promise::last(line)
            };
        }
        promise.clone()
    });
    told.collect()
}

fn recorded() -> Option<Vec<Call>> {
    if !trace::is_possible() {
        return None;
    }
    let (folder, _) = script::place();
    let calls = trace::record(folder.path());
    assert_eq!(calls.last(), Some(&Call::Promise(format!("{}\n", script::DONE))));
    Some(calls)
}

fn disk(calls: &[Call]) -> Disk {
    Disk::new(calls, |path| !UNIMPORTANT.contains(&path) && !is_of_version(path))
}

fn write(state: &Path, files: &Files) {
    for (path, bytes) in files {
        let place = state.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}

#[test]
fn whatever_a_cut_of_the_power_leaves_is_a_good_programme_and_every_record_that_was_safe() {
    // Fault 15.
    let Some(calls) = recorded() else { return };
    let promises = promises(&calls);
    let mut opened = BTreeSet::new();
    let mut failed = Vec::new();
    let (all, left_out) = disk(&calls).cut(20_000, |last, files| {
        let promise = &promises[last];
        let checked = promise.check(files).and_then(|kept| {
            // What nobody reads makes no other state for the program.
            let mut read = files.clone();
            read.retain(|path, _| !path.ends_with(".new"));
            if opened.insert((read, format!("{promise:?}"))) {
                let (_folder, state) = script::place();
                write(&state, files);
                return script::resume(&state, promise, &kept);
            }
            Ok(())
        });
        if let Err(error) = checked {
            failed.push(format!("after {} ({last}): {error}", told(&calls[last])));
        }
    });
    let opened = opened.len();
    assert_eq!(left_out, 0, "everything is safe before long");
    super::figure(&format!(
        "{all} states after cuts of the power, {opened} of them opened by the program"
    ));
    assert!(all > 5_000 && opened > 200, "{all} and {opened} states are not all");
    let count = failed.len();
    assert!(
        failed.is_empty(),
        "{count} of {all}, for example {:#?}",
        &failed[..count.min(5)]
    );
}

#[test]
fn whatever_a_cut_of_the_power_leaves_of_the_format_the_folder_is_ours() {
    let Some(calls) = recorded() else { return };
    let mut opened = BTreeSet::new();
    let (_, left_out) = Disk::new(&calls, is_of_version).cut(20_000, |_, files| {
        if opened.insert(files.clone()) {
            let (_folder, state) = script::place();
            write(&state, files);
            let folder = StateFolder::open(&state).unwrap();
            assert_eq!((folder.path(), folder.newer()), (&*state, None), "{files:?}");
        }
    });
    assert_eq!(left_out, 0);
    assert!(opened.len() > 20, "{} forms are not all", opened.len());
}

/// Whether a path is of a kind.
type Kind = fn(&str) -> bool;

/// What a program may leave out, by what it would lose; the first of its kind is.
const SYNCS: [(&str, Kind); 4] = [
    ("files before they get their names", |path| path.ends_with(".new")),
    ("lines of the journal", |path| path == "journal.jsonl"),
    ("what lies in the state folder", str::is_empty),
    ("what lies in the objects' folders", |path| {
        path.starts_with("objects/") && !path.contains('.')
    }),
];

#[test]
fn a_program_that_left_out_any_kind_of_sync_would_be_found_out() {
    let Some(calls) = recorded() else { return };
    let promises = promises(&calls);
    let told = calls
        .iter()
        .enumerate()
        .filter(|(_, call)| matches!(call, Call::Promise(_)));
    let (end, _) = told.map(|(at, call)| (at + 1, call)).nth(1).expect("two promises");
    for (name, is_of_kind) in SYNCS {
        let kind = |call: &Call| matches!(call, Call::Sync(path) if is_of_kind(path));
        let left_out = calls.iter().position(kind).expect("the run has each kind");
        let mut careless = calls[..end].to_vec();
        careless[left_out] = Call::Promise(String::new());
        let mut violations = 0;
        // What is not safe piles up, so some moments have too many states to be looked at.
        disk(&careless).cut(1_500, |last, files| {
            violations += usize::from(promises[last].check(files).is_err());
        });
        assert!(violations > 0, "without a sync of {name}");
    }
}

fn told(call: &Call) -> String {
    let mut told = format!("{call:?}");
    told.truncate(told.char_indices().nth(120).map_or(told.len(), |(at, _)| at));
    told
}
