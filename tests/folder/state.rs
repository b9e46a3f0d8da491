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

// Fault 80.
#[test]
fn a_state_folder_says_in_which_format_it_is_kept() {
    let place = TempDir::new().unwrap();
    let state = StateFolder::open(place.path()).unwrap();
    assert_eq!((state.path(), state.newer()), (place.path(), None));
    let written = fs::read_to_string(place.path().join("version")).unwrap();
    assert!(written.starts_with("version 1\n"), "{written}");
}

// Fault 81.
#[test]
fn a_newer_state_folder_is_told_and_our_own_is_kept_within_it() {
    let place = TempDir::new().unwrap();
    let newer = crate::daemon::hold::newer_version();
    fs::write(place.path().join("version"), &newer).unwrap();
    let state = StateFolder::open(place.path()).unwrap();
    assert_eq!(state.path(), place.path().join("format-1"));
    let told = FolderError::Newer {
        folder: place.path().to_owned(),
        format: 2,
    };
    assert_eq!(state.newer(), Some(&told));
    assert!(told.help().zh.contains("请重新安装更新的版本"));
    assert_eq!(fs::read_to_string(place.path().join("version")).unwrap(), newer);
}

// Fault 19.
#[test]
fn a_version_of_which_any_bit_is_spoilt_is_taken_for_ours_and_written_anew() {
    let place = TempDir::new().unwrap();
    drop(StateFolder::open(place.path()).unwrap());
    let file = place.path().join("version");
    let whole = fs::read(&file).unwrap();
    for at in 0..whole.len() * 8 {
        let mut spoilt = whole.clone();
        spoilt[at / 8] ^= 1 << (at % 8);
        fs::write(&file, spoilt).unwrap();
        let state = StateFolder::open(place.path()).unwrap();
        assert_eq!((state.path(), state.newer()), (place.path(), None), "bit {at}");
        assert_eq!(fs::read(&file).unwrap(), whole, "bit {at}");
    }
}
