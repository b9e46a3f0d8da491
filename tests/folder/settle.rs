//! What comes to rest, in simulated time.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use proptest::prelude::*;
use yingbi::{
    folder::{BLANK_REST, FolderError, Hinted, REST, Scan, Settle, THIN, THIN_REST, Unseen},
    units::Moment,
    wall::{ReadFault, SourceFile},
};

/// Makes a text long enough to be one.
const TAIL: &str = "\n一段不算短的正文";

/// A scan of texts; those that are not empty have a [`TAIL`].
fn found(files: &[(&str, &str)]) -> Scan {
    let tail = |text: &str| if text.is_empty() { "" } else { TAIL };
    let files = files
        .iter()
        .map(|(path, text)| (*path, format!("{text}{}", tail(text))));
    exact(&files.collect::<Vec<_>>())
}

/// A scan of texts as they are.
fn exact(files: &[(&str, impl AsRef<[u8]>)]) -> Scan {
    Scan {
        files: files
            .iter()
            .map(|(path, text)| SourceFile::new(*path, text.as_ref()))
            .collect(),
        ..Scan::default()
    }
}

fn at(milliseconds: u64) -> Moment {
    Moment::ZERO + Duration::from_millis(milliseconds)
}

fn paths(paths: &[&str]) -> BTreeSet<Arc<str>> {
    paths.iter().map(|path| Arc::from(*path)).collect()
}

fn renamed(renamed: &[&str]) -> Hinted {
    Hinted {
        renamed: paths(renamed),
        ..Hinted::default()
    }
}

fn open(open: &[&str]) -> Hinted {
    Hinted {
        open: paths(open),
        ..Hinted::default()
    }
}

fn nothing() -> Hinted {
    Hinted::default()
}

fn settled(settle: &Settle) -> Vec<(String, String)> {
    let text = |file: &SourceFile| String::from_utf8_lossy(file.bytes.as_ref().unwrap()).into_owned();
    settle
        .files()
        .iter()
        .map(|file| (file.path.to_string(), text(file).trim_end_matches(TAIL).to_owned()))
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
    assert!(!settle.observe(&found(&[("a", "ne")]), &nothing(), at(300)));
    assert!(!settle.observe(&found(&[("a", "new")]), &nothing(), at(500)));
    assert_eq!(settle.deadline(), Some(at(1000)));
    assert!(!settle.observe(&found(&[("a", "new")]), &nothing(), at(999)));
    assert_eq!(settled(&settle), pairs(&[("a", "old")]));
    assert!(settle.observe(&found(&[("a", "new")]), &nothing(), at(1000)));
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

/// What a glimpse gives of these files.
fn glimpsed(files: &[(&str, &str)]) -> Vec<SourceFile> {
    found(files).files
}

#[test]
fn a_glimpse_takes_what_came_by_rename_and_leaves_all_else_as_it_was() {
    let mut settle = begun(&[("a", "old"), ("b", "b")]);
    settle.observe(&found(&[("a", "old")]), &nothing(), at(100));
    assert!(settle.glimpse(&glimpsed(&[("a", "new"), ("d", "d")]), &renamed(&["a", "d"]), at(200)));
    assert_eq!(settled(&settle), pairs(&[("a", "new"), ("b", "b"), ("d", "d")]));
    assert_eq!(settle.deadline(), Some(at(600)), "that b is gone is for scans to say");
    let again = glimpsed(&[("a", "new")]);
    assert!(!settle.glimpse(&again, &renamed(&["a"]), at(300)), "it is the same");
}

#[test]
fn a_file_that_only_glimpses_see_rests_like_any_other() {
    let mut settle = begun(&[("a", "old"), ("b", "b")]);
    let new = glimpsed(&[("a", "new")]);
    assert!(!settle.glimpse(&new, &nothing(), at(100)));
    assert_eq!(settle.due(at(599)).count(), 0);
    assert_eq!(settle.due(at(600)).collect::<Vec<_>>(), [&Arc::from("a")]);
    assert!(!settle.glimpse(&new, &nothing(), at(599)));
    assert!(settle.glimpse(&new, &nothing(), at(600)));
    assert_eq!(settled(&settle), pairs(&[("a", "new"), ("b", "b")]));
}

#[test]
fn a_file_that_is_missing_is_not_due_for_a_glimpse() {
    let mut settle = begun(&[("a", "old")]);
    settle.observe(&found(&[]), &nothing(), at(100));
    assert_eq!(settle.deadline(), Some(at(600)));
    assert_eq!(settle.due(at(5_000)).count(), 0);
}

#[test]
fn a_glimpse_never_shows_a_file_under_two_names() {
    let mut settle = begun(&[("a", "text")]);
    let hinted = renamed(&["b"]);
    assert!(!settle.glimpse(&glimpsed(&[("b", "text")]), &hinted, at(100)));
    assert!(settle.observe(&found(&[("b", "text")]), &hinted, at(110)));
    assert_eq!(settled(&settle), pairs(&[("b", "text")]));
}

#[test]
fn a_glimpse_before_the_first_scan_counts_for_nothing() {
    let mut settle = Settle::default();
    assert!(!settle.glimpse(&glimpsed(&[("a", "1")]), &renamed(&["a"]), at(0)));
    assert_eq!(settle.files(), []);
}

#[test]
fn what_is_written_after_it_came_by_rename_rests_though_the_hints_came_apart() {
    let first = Hinted {
        renamed: paths(&["a", "b"]),
        written: paths(&["c"]),
        open: paths(&["c"]),
    };
    let later = Hinted {
        renamed: paths(&["c"]),
        written: paths(&["a"]),
        open: paths(&["a"]),
    };
    let both = first.and_then(later);
    assert_eq!(both.renamed, paths(&["b", "c"]));
    assert_eq!(both.written, paths(&["a", "c"]));
    assert_eq!(both.open, paths(&["a"]));
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
        settle.observe(&exact(&[("a", blank)]), &nothing(), at(0));
        assert_eq!(settle.deadline(), Some(Moment::ZERO + BLANK_REST));
        assert!(!settle.observe(&exact(&[("a", blank)]), &nothing(), at(4_999)));
        assert!(
            settle.observe(&exact(&[("a", blank)]), &nothing(), at(5_000)),
            "so that it is reported"
        );
    }
}

#[test]
fn utf_16_has_zero_bytes_and_rests_no_longer_than_other_texts() {
    let mut settle = begun(&[]);
    let scan = exact(&[("a", b"\xFF\xFEa\0b\0c\0d\0e\0f\0g\0")]);
    settle.observe(&scan, &nothing(), at(0));
    assert_eq!(settle.deadline(), Some(Moment::ZERO + REST));
}

#[test]
fn a_file_that_was_written_and_is_not_closed_waits_longer() {
    let mut settle = begun(&[("a", "old")]);
    settle.observe(&found(&[("a", "half")]), &open(&["a"]), at(0));
    assert!(!settle.observe(&found(&[("a", "half")]), &open(&["a"]), at(4_999)));
    assert_eq!(settle.deadline(), Some(at(5_000)));
    // Once it is closed, what it has rested counts.
    assert!(settle.observe(&found(&[("a", "half")]), &nothing(), at(4_999)));
    settle.observe(&found(&[("a", "held open for ever")]), &open(&["a"]), at(6_000));
    assert!(settle.observe(&found(&[("a", "held open for ever")]), &open(&["a"]), at(11_000)));
}

#[test]
fn a_file_that_grows_in_steps_rests_for_twice_the_longest_time_between_two() {
    let mut settle = begun(&[]);
    let text = "一二三四五六七八九十".repeat(10);
    let part = |steps: usize| exact(&[("a", &text[..steps * 30])]);
    for (step, milliseconds) in [(1, 0), (2, 400), (3, 800), (4, 1_500), (5, 1_600)] {
        assert!(!settle.observe(&part(step), &nothing(), at(milliseconds)));
    }
    assert_eq!(settle.deadline(), Some(at(3_000)), "twice 700 ms after the last");
    assert!(!settle.observe(&part(5), &nothing(), at(2_999)));
    assert!(settle.observe(&part(5), &nothing(), at(3_000)));
}

#[test]
fn no_file_rests_for_more_than_five_seconds_after_it_changed_last() {
    let mut settle = begun(&[]);
    settle.observe(&exact(&[("a", "")]), &nothing(), at(0));
    settle.observe(&found(&[("a", "x")]), &nothing(), at(4_900));
    assert_eq!(settle.deadline(), Some(at(9_900)));
}

#[test]
fn a_file_that_has_hardly_begun_rests_for_a_second_and_a_half() {
    for (length, rest) in [(1, THIN_REST), (THIN - 1, THIN_REST), (THIN, REST)] {
        let mut settle = begun(&[]);
        settle.observe(&exact(&[("a", vec![b'x'; length])]), &nothing(), at(0));
        assert_eq!(settle.deadline(), Some(Moment::ZERO + rest));
    }
}

#[test]
fn ten_bytes_a_second_never_show_a_half_and_show_the_whole_within_three_seconds() {
    // Fault 20. Closed after each step, and looked at by the clock alone, once a second, at whatever moments.
    let whole = "欢迎省发改委一行莅临指导工作！".repeat(3);
    let whole = whole.as_bytes();
    for (bytes, every) in [(10, 1_000), (1, 100)] {
        for phase in (0..1_000).step_by(50) {
            let mut settle = begun(&[]);
            let (steps, mut now) = (whole.len().div_ceil(bytes) as u64, phase);
            let end = (steps - 1) * every;
            let shown = loop {
                let length = whole.len().min((now / every + 1) as usize * bytes);
                let has_changed = settle.observe(&exact(&[("a", &whole[..length])]), &nothing(), at(now));
                if has_changed {
                    break (length, now);
                }
                let deadline = settle.deadline().unwrap().since(Moment::ZERO).as_millis() as u64;
                now = deadline.clamp(now + 1, now + 1_000);
            };
            assert_eq!(
                shown.0,
                whole.len(),
                "{bytes} bytes every {every} ms, looked at from {phase} ms on"
            );
            assert!(shown.1 <= end + 3_000, "{} ms after the end", shown.1 - end);
        }
    }
}

#[test]
fn a_slow_writer_that_has_fooled_us_once_does_not_do_so_again() {
    let mut settle = begun(&[]);
    let text = "公告：本周五停水检修，敬请谅解。本周六恢复。";
    settle.observe(&exact(&[("a", &text[..24])]), &nothing(), at(0));
    assert!(settle.observe(&exact(&[("a", &text[..24])]), &nothing(), at(500)));
    settle.observe(&exact(&[("a", &text[..48])]), &nothing(), at(2_000));
    assert_eq!(settle.deadline(), Some(at(6_000)), "twice the two seconds that it took");
    // A line that was ended and gets another one after it is no such thing.
    let mut settle = begun(&[("b", "1")]);
    settle.observe(&exact(&[("b", format!("1{TAIL}\n"))]), &nothing(), at(1_000));
    settle.observe(&exact(&[("b", format!("1{TAIL}\n"))]), &nothing(), at(5_000));
    settle.observe(&exact(&[("b", format!("1{TAIL}\n2\n"))]), &nothing(), at(6_000));
    assert_eq!(settle.deadline(), Some(at(6_500)));
}

#[test]
fn a_file_that_gets_another_name_moves_without_a_gap_and_without_being_there_twice() {
    let mut settle = begun(&[("items/a", "text"), ("items/b", "other")]);
    let moved = found(&[("items/b", "other"), ("items/c/a", "text")]);
    assert!(
        settle.observe(&moved, &nothing(), at(100)),
        "no hint is needed for that"
    );
    assert_eq!(settled(&settle), pairs(&[("items/b", "other"), ("items/c/a", "text")]));
    assert_eq!(settle.deadline(), None);
    // A copy is not a move, nor is a move what comes beside a file that is withdrawn and says the like.
    let copied = found(&[("items/b", "other"), ("items/c/a", "text"), ("items/d", "text")]);
    assert!(!settle.observe(&copied, &nothing(), at(200)));
    let one_for_two = found(&[("items/b", "other"), ("items/e", "text"), ("items/f", "text")]);
    assert!(settle.observe(&one_for_two, &nothing(), at(300)));
    assert_eq!(settled(&settle), pairs(&[("items/b", "other"), ("items/e", "text")]));
}

#[test]
fn a_file_that_is_written_after_its_folder_came_by_rename_rests_like_any_other() {
    let mut settle = begun(&[]);
    let hinted = Hinted {
        renamed: paths(&["items/x"]),
        written: paths(&["items/x/b"]),
        ..Hinted::default()
    };
    assert!(settle.observe(&found(&[("items/x/a", "1"), ("items/x/b", "2")]), &hinted, at(0)));
    assert_eq!(settled(&settle), pairs(&[("items/x/a", "1")]));
}

#[test]
fn a_file_that_becomes_unreadable_is_a_change_like_any_other() {
    let mut settle = begun(&[("a", "x")]);
    let mut scan = found(&[("a", "x")]);
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
