//! The state folder and its lock.

use std::{collections::HashMap, ffi::OsString, fs, os::unix::fs::PermissionsExt, path::Path};

use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain,
    folder::{FolderError, StateFolder},
};

fn locate(stated: Option<&str>, variables: &[(&str, &str)]) -> Result<String, FolderError> {
    let variables: HashMap<_, _> = variables.iter().copied().collect();
    let lookup = |name: &str| variables.get(name).map(OsString::from);
    StateFolder::locate(stated.map(Path::new), lookup).map(|path| path.display().to_string())
}

#[test]
fn the_state_folder_is_the_first_that_is_named() {
    let all = [("STATE_DIRECTORY", "/s"), ("XDG_STATE_HOME", "/x"), ("HOME", "/h")];
    assert_eq!(locate(Some("mine"), &all).unwrap(), "mine");
    assert_eq!(locate(None, &all).unwrap(), "/s");
    assert_eq!(locate(None, &all[1..]).unwrap(), "/x/yingbi");
    assert_eq!(locate(None, &all[2..]).unwrap(), "/h/.local/state/yingbi");
    assert_eq!(locate(None, &[]).unwrap_err(), FolderError::NoStatePlace);
}

#[test]
fn empty_and_relative_variables_do_not_count_and_of_several_folders_the_first_does() {
    assert_eq!(locate(None, &[("STATE_DIRECTORY", "/a:/b")]).unwrap(), "/a");
    let variables = [("STATE_DIRECTORY", ""), ("XDG_STATE_HOME", "x"), ("HOME", "/h")];
    assert_eq!(locate(None, &variables).unwrap(), "/h/.local/state/yingbi");
}

#[test]
fn the_state_folder_is_made_for_its_owner_alone() {
    let place = TempDir::new().unwrap();
    let path = place.path().join("a/state");
    let state = StateFolder::open(&path).unwrap();
    assert_eq!(state.path(), path);
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let written = fs::read_to_string(path.join("lock")).unwrap();
    assert_eq!(written, format!("{}\n", std::process::id()));
}

// Fault 46.
#[test]
fn a_second_daemon_is_refused_by_name_and_told_what_to_do() {
    let place = TempDir::new().unwrap();
    let first = StateFolder::open(place.path()).unwrap();
    let refused = StateFolder::open(place.path()).unwrap_err();
    let (pid, folder) = (std::process::id(), place.path().display());
    assert_eq!(
        refused.to_string(),
        format!("another yingbi (process {pid}) already uses the state folder {folder}")
    );
    assert_eq!(
        refused.chinese(),
        format!("另一个 yingbi（进程 {pid}）正在使用状态文件夹 {folder}")
    );
    assert_eq!(
        refused.help().en,
        format!("end it first with kill {pid}, or give this one a folder of its own with --state")
    );
    drop(first);
    assert!(StateFolder::open(place.path()).is_ok());
}

// Fault 86.
#[test]
fn a_state_folder_that_cannot_be_made_is_refused_in_the_systems_words() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    let refused = StateFolder::open(&file.join("state")).unwrap_err();
    let folder = file.join("state");
    assert_eq!(
        refused.to_string(),
        format!(
            "the state folder {} cannot be used: Not a directory (os error 20)",
            folder.display()
        )
    );
}
