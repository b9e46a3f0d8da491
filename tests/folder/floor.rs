//! The clock's floor in the state folder.

use std::fs;

use jiff::Timestamp;
use tempfile::TempDir;
use yingbi::{
    diagnostic::{Explain as _, Severity},
    folder::{FloorError, FloorFile},
};

fn any(_: Timestamp) -> bool {
    true
}

#[test]
fn a_floor_is_one_line_of_whole_seconds_and_comes_back() {
    let state = TempDir::new().unwrap();
    let file = FloorFile::new(state.path());
    assert_eq!(file.read(any), Ok(None));
    for (written, line) in [
        ("2026-05-15T01:50:00.999999999Z", "2026-05-15T01:50:00Z\n"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z\n"),
    ] {
        file.write(written.parse().unwrap()).unwrap();
        assert_eq!(fs::read_to_string(file.path()).unwrap(), line);
        assert_eq!(file.read(any), Ok(Some(line.trim_end().parse().unwrap())));
    }
}

#[test]
fn nothing_but_the_floor_is_left_in_the_folder_and_a_draft_that_was_is_written_over() {
    let state = TempDir::new().unwrap();
    fs::write(state.path().join("floor.new"), "2026-05-15T01:5").unwrap();
    let file = FloorFile::new(state.path());
    assert_eq!(file.read(any), Ok(None), "a draft is no floor");
    file.write(Timestamp::UNIX_EPOCH).unwrap();
    let names: Vec<_> = fs::read_dir(state.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["floor"]);
}

#[test]
fn what_no_clock_can_have_shown_is_garbled() {
    let state = TempDir::new().unwrap();
    let file = FloorFile::new(state.path());
    file.write(Timestamp::UNIX_EPOCH).unwrap();
    let error = file.read(|_| false).unwrap_err();
    assert_eq!(
        error,
        FloorError::Garbled {
            file: file.path().to_owned()
        }
    );
    assert_eq!(error.severity(), Severity::Warning);
}

#[test]
fn a_folder_in_its_place_is_told_in_the_systems_words() {
    let state = TempDir::new().unwrap();
    fs::create_dir(state.path().join("floor")).unwrap();
    let error = FloorFile::new(state.path()).read(any).unwrap_err();
    let path = state.path().join("floor");
    assert_eq!(
        error.to_string(),
        format!(
            "the clock's floor {} cannot be read: Is a directory (os error 21)",
            path.display()
        )
    );
}
