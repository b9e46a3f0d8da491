//! Every code point has its policy, and no text that passes the gate leaves a hole, a box or a `?` on the wall.

use std::{collections::BTreeMap, fs, path::Path};

use proptest::prelude::*;
use yingbi::text::{Compositor, Face, Policy, Rule, Strike, Type, Why, gate};

/// The whole of Unicode without the surrogates, which no text can hold.
fn all() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

fn name(policy: Policy) -> String {
    match policy {
        Policy::Drawn => "drawn".into(),
        Policy::Dropped(rule) => format!("dropped: {}", rule.english()),
        Policy::Refused(why) => format!("refused: {}", why.english()),
    }
}

/// How many code points each policy has, in how many ranges.
fn summary() -> String {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut before = String::new();
    for character in all() {
        let now = name(gate(character));
        let (ranges, points) = counts.entry(now.clone()).or_default();
        *points += 1;
        *ranges += usize::from(now != before || character == '\u{e000}');
        before = now;
    }
    let line = |(name, (ranges, points)): (&String, &(usize, usize))| format!("{points:>7} in {ranges:>3}  {name}\n");
    counts.iter().map(line).collect()
}

// Fault 57, 58.
#[test]
fn the_policies_of_all_code_points_are_those_written_down() {
    let (path, summary) = (
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/gate.txt"),
        summary(),
    );
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &summary).unwrap();
    }
    assert_eq!(summary, fs::read_to_string(&path).unwrap());
    let points: usize = summary
        .lines()
        .map(|line| line[..7].trim().parse::<usize>().unwrap())
        .sum();
    assert_eq!(points, 1_114_112 - 2048, "all but the surrogates");
}

#[test]
fn nothing_of_the_standards_is_refused() {
    let lists = [
        include_str!("../../fonts/lists/GB18030_L2.txt"),
        include_str!("../../fonts/lists/TGH8105.txt"),
        include_str!("../../fonts/lists/GB2312.txt"),
        include_str!("../../fonts/lists/GB2312_sym.txt"),
        include_str!("../../fonts/lists/punct.txt"),
    ];
    for character in lists.iter().flat_map(|list| list.chars()) {
        assert_eq!(gate(character), Policy::Drawn, "{character}");
    }
}

// Fault 60.
#[test]
fn what_is_drawn_has_ink_or_is_a_space_in_every_face_and_size() {
    for character in all().filter(|character| gate(*character) == Policy::Drawn) {
        let is_space = character.is_whitespace();
        for face in [Face::Hei, Face::Song] {
            for dots in Type::SIZES {
                let kind = Type::new(face, dots).unwrap();
                let compositor = Compositor::default();
                let shape = compositor.shape(kind, character);
                let has_ink = shape.map(|shape| shape.ink().is_some());
                assert_eq!(has_ink, Some(!is_space), "U+{:04X} in {kind:?}", u32::from(character));
            }
        }
    }
}

// Fault 57, 58.
#[test]
fn each_kind_of_character_is_refused_for_its_own_reason() {
    for (why, characters) in [
        (Why::PrivateUse, "\u{e000}\u{e5e5}\u{f8ff}\u{f0000}\u{10fffd}"),
        (Why::Emoji, "😀🚀📢⭐⏰🇨🏻\u{20e3}\u{1fafd}"),
        (Why::Combining, "\u{301}\u{20d7}\u{3099}\u{302a}\u{93f}"),
        (Why::RightToLeft, "אم\u{64b}ﷺ\u{1e944}"),
        (Why::Damaged, "\u{fffd}\u{fffc}"),
        (
            Why::Unassigned,
            "\u{378}\u{3040}\u{2e9a}\u{fdd0}\u{ffff}\u{10ffff}\u{40000}\u{e0002}",
        ),
        (Why::Missing, "가ไབᠮ\u{1f650}"),
    ] {
        for character in characters.chars() {
            assert_eq!(gate(character), Policy::Refused(why), "U+{:04X}", u32::from(character));
        }
    }
}

#[test]
fn signs_that_are_also_emoji_are_drawn_as_the_signs_that_they_are() {
    for character in "☎★☆✔✖☀♥✉➡①Ⅷ㊗㊙〰〽♂♀⚠✅❌❤".chars() {
        assert_eq!(gate(character), Policy::Drawn, "{character}");
    }
    for text in ["☎\u{fe0f}", "✔\u{fe0e}", "❤\u{fe0f}爱心", "♀\u{200d}"] {
        assert_eq!(Compositor::default().missing(text), None, "{text:?}");
    }
}

#[test]
fn joined_emoji_are_refused_as_one_even_where_their_parts_could_be_drawn() {
    let compositor = Compositor::default();
    for (text, at, whole) in [
        ("运动⛹\u{fe0f}\u{200d}♀\u{fe0f}会", 6, "⛹\u{fe0f}\u{200d}♀\u{fe0f}"),
        ("👨\u{200d}👩\u{200d}👧", 0, "👨\u{200d}👩\u{200d}👧"),
        ("❤\u{fe0f}\u{200d}🔥", 0, "❤\u{fe0f}\u{200d}🔥"),
    ] {
        let refused: Vec<_> = compositor.refusals(text).collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(
            (refused[0].at, refused[0].text, refused[0].why),
            (at, whole, Why::Sequence)
        );
    }
    let waved: Vec<_> = compositor.refusals("好👍🏻！").collect();
    assert_eq!((waved.len(), waved[0].text, waved[0].why), (1, "👍🏻", Why::Emoji));
}

// Fault 60.
#[test]
fn a_refusal_names_code_point_character_and_reason_in_both_languages() {
    let told = |text| {
        let told = Compositor::default().refusals(text).next().unwrap().told();
        (told.zh, told.en)
    };
    assert_eq!(
        told("한"),
        (
            "无法显示“한”（U+D55C）：字库缺此字".into(),
            "cannot show \"한\" (U+D55C): the type lacks it".into()
        )
    );
    assert_eq!(
        told("e\u{301}").0,
        "无法显示U+0301：附加在前一字符上的组合符号，无法排版",
        "what cannot be seen is not printed"
    );
    for why in Why::ALL {
        let help = why.help();
        assert!(!help.zh.is_empty() && !help.en.is_empty());
    }
    let names: std::collections::BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.chinese()).collect();
    assert_eq!(names.len(), Rule::ALL.len());
}

#[test]
fn code_points_that_mean_nothing_are_refused_though_the_strike_has_a_box_for_them() {
    let boxed =
        all().filter(|character| Strike::sixteen().glyph(*character).is_some() && gate(*character) != Policy::Drawn);
    for character in boxed {
        assert!(
            matches!(gate(character), Policy::Refused(Why::Unassigned | Why::Combining)),
            "U+{:04X}",
            u32::from(character)
        );
    }
}

/// Characters of all kinds, the troublesome ones often.
fn anything() -> impl Strategy<Value = char> {
    prop_oneof![
        any::<char>(),
        proptest::char::range('一', '龥'),
        proptest::char::range('\0', '\u{ff}'),
        proptest::char::range('\u{2000}', '\u{27bf}'),
        proptest::char::range('\u{fe00}', '\u{ffff}'),
        proptest::char::range('\u{1f000}', '\u{1faff}'),
        Just('\u{200d}'),
        Just('\u{fe0f}'),
    ]
}

proptest! {
    #[test]
    fn every_character_is_on_the_line_or_dropped_by_rule_or_refused(text in prop::collection::vec(anything(), 0..30)) {
        let text: String = text.into_iter().collect();
        let (compositor, kind) = (Compositor::default(), Type::default());
        let refused: Vec<_> = compositor.refusals(&text).collect();
        let line = compositor.line(&text, kind);
        for (at, character) in text.char_indices() {
            let is_refused = refused.iter().any(|refusal| (refusal.at..refusal.at + refusal.text.len()).contains(&at));
            let placed = line.glyphs.iter().find(|placed| placed.at as usize == at);
            match compositor.policy(character) {
                Policy::Dropped(_) => prop_assert!(placed.is_none()),
                Policy::Refused(_) => prop_assert!(is_refused, "U+{:04X}", u32::from(character)),
                Policy::Drawn if placed.is_none() => prop_assert!(character.is_whitespace()),
                Policy::Drawn => {
                    let shown = if character == '\t' || character == '\n' { ' ' } else { character };
                    let set = placed.unwrap().character;
                    prop_assert!(set == character || set == shown, "{:?} for {:?}", set, character);
                    prop_assert!(character.is_whitespace() || kind.ink(character).is_some());
                }
            }
        }
        prop_assert_eq!(compositor.missing(&text).map(|(at, _)| at), refused.first().map(|refusal| refusal.at));
    }

    #[test]
    fn marks_and_private_use_are_never_drawn(mark in "\\p{M}", private in "\\p{Co}", hebrew in "[\\p{Hebrew}\\p{Arabic}&&\\p{L}]") {
        let policy = |text: &str| gate(text.chars().next().unwrap());
        prop_assert_ne!(policy(&mark), Policy::Drawn);
        prop_assert_eq!(policy(&private), Policy::Refused(Why::PrivateUse));
        prop_assert_eq!(policy(&hebrew), Policy::Refused(Why::RightToLeft));
    }
}
