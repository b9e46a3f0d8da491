//! What comes to rest, in simulated time.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use proptest::prelude::*;
use yingbi::{
    folder::{BLANK_REST, FolderError, REST, Scan, Settle, Unseen},
    units::{Digest, Moment},
    wall::{ReadFault, SourceFile},
};

fn source(path: &str, bytes: &[u8]) -> SourceFile {
    SourceFile {
        path: path.into(),
        bytes: Ok(bytes.into()),
        digest: Digest::of(bytes),
    }
}

fn found(files: &[(&str, &str)]) -> Scan {
    Scan {
        files: files.iter().map(|(path, text)| source(path, text.as_bytes())).collect(),
        ..Scan::default()
    }
}

fn at(milliseconds: u64) -> Moment {
    Moment::ZERO + Duration::from_millis(milliseconds)
}

fn renamed(paths: &[&str]) -> BTreeSet<Arc<str>> {
    paths.iter().map(|path| Arc::from(*path)).collect()
}

fn nothing() -> BTreeSet<Arc<str>> {
    renamed(&[])
}

fn settled(settle: &Settle) -> Vec<(String, String)> {
    let text = |file: &SourceFile| String::from_utf8_lossy(file.bytes.as_ref().unwrap()).into_owned();
    settle
        .files()
        .iter()
        .map(|file| (file.path.to_string(), text(file)))
        .collect()
}

/// A machine that has settled on `files` at moment zero.
fn begun(files: &[(&str, &str)]) -> Settle {
    let mut settle = Settle::default();
    assert!(settle.observe(&found(files), &nothing(), Moment::ZERO));
    settle
}

fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files
        .iter()
        .map(|(path, text)| ((*path).into(), (*text).into()))
        .collect()
}

#[test]
fn the_first_scan_counts_whole_even_where_it_is_empty() {
    let settle = begun(&[("a", "1"), ("b", "")]);
    assert_eq!(settled(&settle), pairs(&[("a", "1"), ("b", "")]));
    assert_eq!(settle.deadline(), None);
    assert!(Settle::default().observe(&found(&[]), &nothing(), Moment::ZERO));
}

// Fault 20.
#[test]
fn a_file_written_in_place_counts_once_it_was_found_unchanged_for_500_ms() {
    let mut settle = begun(&[("a", "old")]);
    assert!(!settle.observe(&found(&[("a", "n")]), &nothing(), at(100)));
    assert!(!settle.observe(&found(&[("a", "ne")]), &nothing(), at(400)));
    assert!(!settle.observe(&found(&[("a", "new")]), &nothing(), at(700)));
    assert_eq!(settle.deadline(), Some(at(1200)));
    assert!(!settle.observe(&found(&[("a", "new")]), &nothing(), at(1199)));
    assert_eq!(settled(&settle), pairs(&[("a", "old")]));
    assert!(settle.observe(&found(&[("a", "new")]), &nothing(), at(1200)));
    assert_eq!(settled(&settle), pairs(&[("a", "new")]));
    assert_eq!(settle.deadline(), None);
}

#[test]
fn a_change_that_is_taken_back_before_it_counts_never_was() {
    let mut settle = begun(&[("a", "old")]);
    settle.observe(&found(&[("a", "new")]), &nothing(), at(100));
    assert!(!settle.observe(&found(&[("a", "old")]), &nothing(), at(300)));
    assert_eq!(settle.deadline(), None);
    settle.observe(&found(&[("a", "new")]), &nothing(), at(400));
    assert!(
        !settle.observe(&found(&[("a", "new")]), &nothing(), at(600)),
        "its rest begins anew"
    );
}

// Fault 55.
#[test]
fn a_file_that_comes_by_rename_counts_at_once() {
    let mut settle = begun(&[("a", "old")]);
    let scan = found(&[("a", "new"), ("items/x/b", "b"), ("items/y/c", "c")]);
    assert!(settle.observe(&scan, &renamed(&["a", "items/x"]), at(10)));
    assert_eq!(settled(&settle), pairs(&[("a", "new"), ("items/x/b", "b")]));
    assert_eq!(settle.deadline(), Some(at(510)), "c was written in place");
}

#[test]
fn a_file_counts_as_gone_when_it_is_still_missing_after_500_ms() {
    let mut settle = begun(&[("a", "1"), ("b", "2")]);
    assert!(!settle.observe(&found(&[("b", "2")]), &nothing(), at(100)));
    assert_eq!(settle.deadline(), Some(at(600)));
    assert!(!settle.observe(&found(&[("b", "2")]), &nothing(), at(599)));
    assert!(settle.observe(&found(&[("b", "2")]), &nothing(), at(600)));
    assert_eq!(settled(&settle), pairs(&[("b", "2")]));
}

// Fault 55.
#[test]
fn a_file_that_is_missing_only_while_it_is_replaced_stays() {
    let mut settle = begun(&[("a", "old")]);
    settle.observe(&found(&[]), &nothing(), at(100));
    assert!(!settle.observe(&found(&[("a", "old")]), &nothing(), at(400)));
    assert!(!settle.observe(&found(&[]), &nothing(), at(650)), "missed anew");
    assert_eq!(settled(&settle), pairs(&[("a", "old")]));
}

#[test]
fn what_was_missing_before_a_fault_has_to_be_missed_anew_after_it() {
    let mut settle = begun(&[("a", "1")]);
    settle.observe(&found(&[]), &nothing(), at(100));
    settle.interrupt();
    assert_eq!(settle.deadline(), None);
    assert!(!settle.observe(&found(&[]), &nothing(), at(5_000)));
    assert!(settle.observe(&found(&[]), &nothing(), at(5_500)));
}

// Fault 22.
#[test]
fn files_in_a_folder_that_cannot_be_seen_are_held() {
    let mut settle = begun(&[("items/x/a", "1"), ("items/xy", "2")]);
    let scan = Scan {
        unseen: vec![Unseen {
            path: "items/x".into(),
            fault: FolderError::Unlisted {
                path: "items/x".into(),
                reason: "permission denied".into(),
            },
        }],
        ..Scan::default()
    };
    settle.observe(&scan, &nothing(), at(0));
    assert!(settle.observe(&scan, &nothing(), at(10_000)));
    assert_eq!(settled(&settle), pairs(&[("items/x/a", "1")]));
}

// Fault 20, 22.
#[test]
fn an_empty_file_or_one_with_nul_waits_longer_since_copying_makes_room_first() {
    for blank in ["", "half\0\0\0"] {
        let mut settle = begun(&[("a", "old")]);
        settle.observe(&found(&[("a", blank)]), &nothing(), at(0));
        assert_eq!(settle.deadline(), Some(Moment::ZERO + BLANK_REST));
        assert!(!settle.observe(&found(&[("a", blank)]), &nothing(), at(4_999)));
        assert!(
            settle.observe(&found(&[("a", blank)]), &nothing(), at(5_000)),
            "so that it is reported"
        );
    }
}

#[test]
fn utf_16_has_zero_bytes_and_rests_no_longer_than_other_texts() {
    let mut settle = begun(&[]);
    let utf_16 = source("a", b"\xFF\xFEa\0b\0");
    let scan = Scan {
        files: vec![utf_16],
        ..Scan::default()
    };
    settle.observe(&scan, &nothing(), at(0));
    assert_eq!(settle.deadline(), Some(Moment::ZERO + REST));
}

#[test]
fn a_file_that_becomes_unreadable_is_a_change_like_any_other() {
    let mut settle = begun(&[("a", "")]);
    let mut scan = found(&[("a", "")]);
    scan.files[0].bytes = Err(ReadFault::Unreadable("permission denied".into()));
    assert!(!settle.observe(&scan, &nothing(), at(0)));
    assert!(settle.observe(&scan, &nothing(), at(500)));
    assert!(settle.files()[0].bytes.is_err());
}

proptest! {
    /// Whatever is done to a folder and whenever it is looked at: what is settled was there, and once all is quiet and every
    /// deadline has been kept, what is settled is what is there.
    #[test]
    fn what_is_quiet_long_enough_is_what_counts(
        steps in prop::collection::vec((prop::collection::btree_map(0_u8..4, 0_u8..3, 0..4), 0_u64..1_500, any::<bool>()), 1..30)
    ) {
        let mut settle = Settle::default();
        let mut now = 0;
        let mut seen = BTreeSet::new();
        let mut last = Scan::default();
        for (files, wait, fault) in steps {
            now += wait;
            if fault {
                settle.interrupt();
                continue;
            }
            let texts: Vec<_> = files.iter().map(|(path, text)| (path.to_string(), "x".repeat(usize::from(*text)))).collect();
            seen.extend(texts.iter().cloned());
            last = found(&texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
            settle.observe(&last, &nothing(), at(now));
            prop_assert!(settled(&settle).iter().all(|file| seen.contains(file)));
        }
        settle.observe(&last, &nothing(), at(now));
        while let Some(deadline) = settle.deadline() {
            prop_assert!(deadline > at(now));
            now += u64::try_from(deadline.since(at(now)).as_millis()).unwrap();
            settle.observe(&last, &nothing(), at(now));
        }
        prop_assert_eq!(settle.files(), last.files);
    }
}
