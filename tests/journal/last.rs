//! The last good programme, whatever became of the state folder and of the site.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use yingbi::{
    folder::journal::{Bounds, Journal, last_good, last_good_but, site_name},
    wall::SourceFile,
};

use super::hall::{after, files, instant};
use crate::support::site::Files;

/// A journal that has accepted these, in that order, of the site in `site`.
fn accepted(state: &Path, site: &Path, programmes: &[&Files]) {
    let mut journal = Journal::new(state, Bounds::default());
    journal.start(instant(after(0)), &site_name(site), 1);
    for files in programmes {
        journal.accept(instant(after(1)), files.library().kept());
        journal.sync(instant(after(1))).unwrap();
    }
}

fn object(state: &Path, file: &SourceFile) -> PathBuf {
    let hex = file.digest.to_string();
    state.join("objects").join(&hex[..2]).join(&hex[2..])
}

fn changed() -> Files {
    files().with("items/通知/新.md", "+++\ntitle = \"新\"\n+++\n新。\n")
}

// Fault 19.
#[test]
fn a_current_of_which_any_bit_is_spoilt_costs_nothing() {
    let (state, site) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    accepted(state.path(), site.path(), &[&files(), &changed()]);
    let file = state.path().join("current");
    let whole = fs::read(&file).unwrap();
    for at in 0..whole.len() * 8 {
        let mut spoilt = whole.clone();
        spoilt[at / 8] ^= 1 << (at % 8);
        fs::write(&file, spoilt).unwrap();
        assert_eq!(last_good(state.path(), site.path()), changed().sources(), "bit {at}");
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(last_good(state.path(), site.path()), changed().sources());
}

// Fault 19.
#[test]
fn a_programme_that_is_not_whole_gives_way_to_the_one_before() {
    let (state, site) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    accepted(state.path(), site.path(), &[&files(), &changed()]);
    let sources = changed().sources();
    let new = sources.iter().find(|file| file.path.ends_with("新.md")).unwrap();
    fs::write(object(state.path(), new), "spoilt").unwrap();
    assert_eq!(last_good(state.path(), site.path()), files().sources());
}

// Fault 7.
#[test]
fn of_a_version_that_is_out_the_one_before_takes_the_place() {
    let (state, site) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let path = "items/通知/新.md";
    let later = changed().with(path, "+++\ntitle = \"更新\"\n+++\n更新。\n");
    accepted(state.path(), site.path(), &[&files(), &changed(), &later]);
    let version = |files: &Files| {
        files
            .sources()
            .into_iter()
            .find(|file| &*file.path == path)
            .unwrap()
            .digest
    };
    let (older, newer) = (version(&changed()), version(&later));
    let out = |digests: &'static str| {
        move |file: &SourceFile| {
            digests.contains('n') && file.digest == newer || digests.contains('o') && file.digest == older
        }
    };
    assert_eq!(last_good_but(state.path(), site.path(), out("")), later.sources());
    assert_eq!(last_good_but(state.path(), site.path(), out("n")), changed().sources());
    assert_eq!(last_good_but(state.path(), site.path(), out("no")), files().sources());
}

#[test]
fn another_sites_programme_is_none_of_ours_and_ours_is_found_behind_it() {
    let (state, site, other) = (
        TempDir::new().unwrap(),
        TempDir::new().unwrap(),
        TempDir::new().unwrap(),
    );
    accepted(state.path(), site.path(), &[&files()]);
    accepted(state.path(), other.path(), &[&changed()]);
    assert_eq!(last_good(state.path(), site.path()), files().sources());
    assert_eq!(last_good(state.path(), other.path()), changed().sources());
    assert_eq!(last_good(state.path(), state.path()), []);
}

#[test]
fn a_folder_that_is_missing_has_the_name_that_it_had() {
    let place = TempDir::new().unwrap();
    let real = place.path().canonicalize().unwrap();
    let (site, link) = (real.join("share/site"), real.join("link"));
    fs::create_dir_all(&site).unwrap();
    symlink("share/site", &link).unwrap();
    let dotted = real.join("share/../share/site");
    let names = || [&site, &link, &dotted].map(|path| site_name(path));
    let before = names();
    assert_eq!(before[0], site.to_str().unwrap());
    fs::remove_dir(&site).unwrap();
    assert_eq!(names(), before);
    // A link that leads to itself leads nowhere.
    symlink("loop", real.join("loop")).unwrap();
    assert!(site_name(&real.join("loop")).ends_with("/loop"));
}
