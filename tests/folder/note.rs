//! Small files of the state folder: what was written, or nothing.

use std::{fs, os::unix::fs::PermissionsExt as _};

use tempfile::TempDir;
use yingbi::folder::{Found, Note};

fn lines() -> Vec<String> {
    vec!["一 1".to_owned(), String::new(), "二 2".to_owned()]
}

#[test]
fn a_note_says_what_was_written() {
    let place = TempDir::new().unwrap();
    let note = Note::new(place.path(), "starts");
    assert_eq!(note.read(), Found::Nothing);
    for written in [lines(), Vec::new(), vec!["三".to_owned()]] {
        note.write(&written).unwrap();
        assert_eq!(note.read(), Found::Lines(written));
    }
    note.clear().unwrap();
    note.clear().unwrap();
    assert_eq!(note.read(), Found::Nothing);
}

// Fault 19.
#[test]
fn a_note_of_which_any_bit_is_spoilt_or_any_end_is_missing_is_nothing() {
    let place = TempDir::new().unwrap();
    let note = Note::new(place.path(), "starts");
    note.write(&lines()).unwrap();
    let whole = fs::read(note.path()).unwrap();
    for at in 0..whole.len() * 8 {
        let mut spoilt = whole.clone();
        spoilt[at / 8] ^= 1 << (at % 8);
        fs::write(note.path(), spoilt).unwrap();
        assert_eq!(note.read(), Found::Nothing, "bit {at}");
    }
    for end in 0..whole.len() {
        fs::write(note.path(), &whole[..end]).unwrap();
        assert_eq!(note.read(), Found::Nothing, "{end} bytes");
    }
}

#[test]
fn a_note_under_another_name_and_a_folder_in_its_place_are_nothing() {
    let place = TempDir::new().unwrap();
    let note = Note::new(place.path(), "starts");
    note.write(&lines()).unwrap();
    fs::rename(note.path(), place.path().join("quarantine")).unwrap();
    assert_eq!(Note::new(place.path(), "quarantine").read(), Found::Nothing);
    fs::create_dir(note.path()).unwrap();
    assert_eq!(note.read(), Found::Nothing);
    assert!(note.write(&lines()).is_err());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2, "no half is left");
}

// Fault 17. Fault 18.
#[test]
fn a_note_that_cannot_be_written_stays_as_it_was() {
    let place = TempDir::new().unwrap();
    if rustix::process::geteuid().is_root() {
        return; // Root may write everywhere.
    }
    let note = Note::new(place.path(), "starts");
    note.write(&lines()).unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o500)).unwrap();
    assert!(note.write(&[]).is_err());
    assert_eq!(note.read(), Found::Lines(lines()));
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o700)).unwrap();
    note.write(&[]).unwrap();
    assert_eq!(note.read(), Found::Lines(Vec::new()));
}
