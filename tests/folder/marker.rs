//! What a thread was at work on when its process was lost.

use std::{ffi::OsString, fs, path::Path};

use tempfile::TempDir;
use yingbi::folder::Markers;

fn markers(state: &Path) -> Markers {
    Markers::locate(state, |_| None)
}

// Fault 7.
#[test]
fn work_that_was_begun_and_never_done_is_told_once() {
    let place = TempDir::new().unwrap();
    let markers = markers(place.path());
    let (one, other, idle) = (markers.open("0"), markers.open("1"), markers.open("2"));
    one.begin("a long line of work");
    one.end();
    one.begin("short");
    other.begin("another");
    idle.begin("done");
    idle.end();
    // A lost process drops nothing.
    std::mem::forget([one, other, idle]);
    let mut told = markers.gather();
    told.sort();
    assert_eq!(told, ["another", "short"]);
    assert_eq!(markers.gather(), Vec::<String>::new());
}

#[test]
fn a_marker_whose_thread_ends_leaves_nothing() {
    let place = TempDir::new().unwrap();
    let markers = markers(place.path());
    drop(markers.open("0"));
    assert_eq!(fs::read_dir(markers.folder()).unwrap().count(), 0);
}

#[test]
fn what_is_no_mark_is_passed_over() {
    let place = TempDir::new().unwrap();
    let markers = markers(place.path());
    fs::create_dir_all(markers.folder().join("mark-folder")).unwrap();
    for (name, bytes) in [
        ("mark-torn", &b"no end"[..]),
        ("mark-bytes", b"\xff\n"),
        ("other", b"other\n"),
        ("mark-empty", b""),
    ] {
        fs::write(markers.folder().join(name), bytes).unwrap();
    }
    assert_eq!(markers.gather(), Vec::<String>::new());
}

#[test]
fn markers_lie_in_memory_where_the_machine_has_a_place_for_them() {
    let (state, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let at = |state: &Path, name: &'static str, value: &'static str| {
        let variable = move |asked: &str| (asked == name).then(|| OsString::from(value));
        Markers::locate(state, variable).folder().to_owned()
    };
    for (name, value) in [
        ("RUNTIME_DIRECTORY", "/run/yingbi:/run/b"),
        ("XDG_RUNTIME_DIR", "/run/yingbi"),
    ] {
        assert_eq!(at(state.path(), name, value).parent(), Some(Path::new("/run/yingbi")));
        assert_ne!(
            at(state.path(), name, value),
            at(other.path(), name, value),
            "one folder each"
        );
    }
    for (name, value) in [
        ("XDG_RUNTIME_DIR", "relative"),
        ("RUNTIME_DIRECTORY", ""),
        ("OTHER", "/run"),
    ] {
        assert_eq!(at(state.path(), name, value), state.path().join("marks"));
    }
}

// Fault 17. Fault 18.
#[test]
fn work_goes_on_where_no_mark_can_be_left() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("marks"), "a file").unwrap();
    let markers = markers(place.path());
    let marker = markers.open("0");
    marker.begin("work");
    marker.end();
    assert_eq!(markers.gather(), Vec::<String>::new());
}
