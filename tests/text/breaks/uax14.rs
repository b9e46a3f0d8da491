//! Against the Unicode line breaking algorithm, UAX #14, as the crate `unicode-linebreak` has it.
//!
//! Both must agree wherever Chinese typesetting has nothing to say against it; where it has, [`DEPARTURES`] shows that they differ.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_linebreak::linebreaks;

use yingbi::text::{Bond, Phrases, Rules, bonds};

/// Where a line may end in the middle of `text`, in characters, by the algorithm.
fn theirs(text: &str) -> BTreeSet<usize> {
    let within = linebreaks(text).map(|(at, _)| at).filter(|at| *at < text.len());
    within.map(|at| text[..at].chars().count()).collect()
}

/// The same, by the breaker, under the default rules, with no phrases.
fn ours(text: &str) -> BTreeSet<usize> {
    let characters: Vec<char> = text.chars().collect();
    let bonds = bonds(&characters, Rules::Gb, &Phrases::none());
    let free = bonds.iter().enumerate().filter(|(_, bond)| **bond == Bond::Free);
    free.map(|(at, _)| at + 1).collect()
}

fn barred(text: &str, ends: &BTreeSet<usize>) -> String {
    let barred = text.chars().enumerate().flat_map(|(at, character)| {
        let bar = ends.contains(&at).then_some('|');
        bar.into_iter().chain([character])
    });
    barred.collect()
}

/// Where ours differs from theirs, and why: theirs, ours, the reason.
const DEPARTURES: &[(&str, &str, &str)] = &[
    (
        "(国|办|发|〔2018〕|23|号)",
        "(国|办|发|〔2018〕23号)",
        "a number stays with its unit and its year",
    ),
    (
        "建|设“阳|光|国|资”平|台",
        "建|设|“阳|光|国|资”|平|台",
        "Chinese quotation marks break outside",
    ),
    ("670|万|元", "670万元", "a number stays with its unit"),
    (
        "2018|年|12|月|12|日",
        "2018年|12月12日",
        "a number stays with its unit, a month with its day",
    ),
    ("阳|光|·|国|资", "阳|光·|国|资", "no interpunct at a line's start"),
    (
        "1|～|3|层",
        "1～3层",
        "no connector at a line's start, a range together",
    ),
    (
        "10|—|20|人",
        "10—20人",
        "no connector at a line's start, a range together",
    ),
    (
        "A/|B|座",
        "A/B座",
        "no solidus at a line's end, a letter with what it counts",
    ),
    ("3.14|㎡", "3.14㎡", "a number stays with its unit"),
    ("①②③", "①|②|③", "circled numbers are hanzi to a compositor"),
    (
        "12:30|～|14:00",
        "12:30～14:00",
        "no connector at a line's start, a range together",
    ),
    ("党|员|／|群|众", "党|员／群|众", "no solidus at a line's edge"),
    (
        "国 |：|资",
        "国 ：|资",
        "a colon does not begin a line, even after a space",
    ),
    ("000 |1234", "000 1234", "the groups of a number stay together"),
    (
        "670 |万|元",
        "670 万元",
        "a number and its unit stay together over a space",
    ),
    ("iPhone |17", "iPhone 17", "a name stays with its number"),
    ("Wi-|Fi", "Wi-Fi", "a word with a hyphen that fits a line is whole"),
    ("www.a.cn/|b?|c", "www.a.cn/b?c", "an address that fits a line is whole"),
    (
        "GDP（国|内）",
        "GDP|（国|内）",
        "a line may end before a full-width bracket",
    ),
    (
        "好：|（一）|国",
        "好：|（一）国",
        "the number of a point goes with its text",
    ),
];

/// Where both agree though others do not.
const AGREEMENTS: &[&str] = &[
    "他|说|——|好",
    "等|等……|完",
    "《365》|《人|民|日|报》",
    "25℃",
    "60％",
    "12.5%",
    "1,234.56",
    "2018-12-12 |08:30",
    "国|（资）|委",
    "hello |world",
    "国|LED|资",
];

#[test]
fn each_departure_is_one() {
    for (theirs_barred, ours_barred, why) in DEPARTURES {
        let text = theirs_barred.replace('|', "");
        assert_eq!(barred(&text, &theirs(&text)), *theirs_barred, "theirs: {why}");
        assert_eq!(barred(&text, &ours(&text)), *ours_barred, "ours: {why}");
        assert_ne!(theirs_barred, ours_barred);
    }
}

#[test]
fn what_the_algorithm_has_right_is_left_as_it_is() {
    for expected in AGREEMENTS {
        let text = expected.replace('|', "");
        assert_eq!(barred(&text, &theirs(&text)), *expected, "theirs");
        assert_eq!(barred(&text, &ours(&text)), *expected, "ours");
    }
}

/// Hanzi that neither count nor are numbers; marks of every class on which both have the same opinion.
fn piece() -> impl Strategy<Value = String> {
    let pick = |from: &'static str| proptest::sample::select(from.chars().map(String::from).collect::<Vec<_>>());
    prop_oneof![
        8 => pick("国资委示企省公开通知政务平建设阳光𬭎㐀"),
        3 => "[a-z]{1,6}",
        2 => "[0-9]{1,4}",
        1 => "[0-9]{1,2}\\.[0-9]{1,2}",
        3 => pick("、，。！？）》〉」』】〗"),
        2 => pick("（《〈「『【〔〖"),
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => Just(" ".to_owned()),
        1 => Just("\u{a0}".to_owned()),
    ]
}

/// Whether the compositor departs before `text[at]`, by one of the rules that [`DEPARTURES`] shows.
fn departs(text: &[char], at: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_digit);
    let last = text[..at].iter().rposition(|character| *character != ' ');
    let spaced = last != at.checked_sub(1);
    // The number of a point, 1、 or （1） at the start or after a full stop, and what follows a bracketed year.
    let point = matches!(text[at - 1], '、' | '）' | '】') && digit(at.checked_sub(2));
    // A number in groups, a number and a Latin unit.
    let group = spaced && digit(last) && text[at].is_ascii_alphanumeric();
    // A full-width bracket after a word, as newer versions of the algorithm have it too.
    let bracket = text[at - 1].is_ascii_alphanumeric() && "（《〈「『【〔〖".contains(text[at]);
    // Two dashes with spaces between them.
    let dashes = spaced && text[at] == '—';
    point || group || bracket || dashes
}

proptest! {
    #[test]
    fn both_agree_where_chinese_typesetting_has_nothing_against_it(
        text in proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
    ) {
        let characters: Vec<char> = text.chars().collect();
        let (theirs, ours) = (theirs(&text), ours(&text));
        for at in (1..characters.len()).filter(|at| !departs(&characters, *at)) {
            prop_assert_eq!(ours.contains(&at), theirs.contains(&at), "{} in {}", at, text);
        }
    }

    #[test]
    fn a_latin_word_parts_nowhere_that_the_algorithm_forbids_it_but_at_the_joints_of_addresses(
        word in "[a-z]{1,5}([-!'(),&+%a-z]{0,4}[a-z]{1,4}){0,3}"
    ) {
        let characters: Vec<char> = word.chars().collect();
        let bonds = bonds(&characters, Rules::Gb, &Phrases::none());
        let theirs = theirs(&word);
        for at in 1..characters.len() {
            let hyphen = characters[at - 1] == '-';
            prop_assert!(bonds[at - 1] > Bond::Unit, "{} in {}", at, word);
            prop_assert!(bonds[at - 1] > Bond::Part || hyphen || theirs.contains(&at), "{} in {}", at, word);
        }
    }
}
