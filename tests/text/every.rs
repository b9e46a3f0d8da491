//! Every code point by itself, one by one: through the gate and the line, and the edges of each kind through the whole wall.

use yingbi::text::{Compositor, Policy, Type};

use crate::support::site::{Files, messages};

/// The whole of Unicode without the surrogates, which no text can hold.
fn all() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

fn name(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// What stands on the line of that text.
fn set(compositor: &Compositor, text: &str) -> Vec<char> {
    let line = compositor.line(text, Type::default());
    line.glyphs.iter().map(|placed| placed.character).collect()
}

// Fault 57, 58, 60.
#[test]
fn each_of_all_code_points_is_on_the_line_or_is_left_out_without_a_trace_or_is_refused_by_its_name() {
    let compositor = Compositor::default();
    let plain = set(&compositor, "文字");
    let (mut drawn, mut dropped, mut refused) = (0, 0, 0);
    for character in all() {
        let text = format!("文{character}字");
        let first = compositor.refusals(&text).next();
        match compositor.policy(character) {
            Policy::Refused(why) => {
                let refusal = first.unwrap_or_else(|| panic!("{}", name(character)));
                assert_eq!((refusal.at, refusal.why), (3, why), "{}", name(character));
                assert!(refusal.told().zh.contains(&name(character)), "{}", name(character));
                refused += 1;
            }
            Policy::Drawn => {
                assert!(first.is_none(), "{}", name(character));
                let line = compositor.line(&text, Type::default());
                let is_set = line.glyphs.iter().any(|placed| placed.at == 3);
                assert!(is_set || character.is_whitespace(), "{}", name(character));
                drawn += 1;
            }
            Policy::Dropped(_) => {
                assert!(first.is_none(), "{}", name(character));
                for text in [text, format!("{character}文字"), format!("文字{character}")] {
                    assert_eq!(set(&compositor, &text), plain, "{}", name(character));
                }
                dropped += 1;
            }
        }
    }
    assert_eq!(drawn + dropped + refused, 1_114_112 - 2048);
}

// Fault 58.
#[test]
fn the_first_code_point_of_every_run_of_a_kind_comes_to_the_wall_or_is_told_with_its_name() {
    let compositor = Compositor::default();
    let mut before = None;
    let edges: Vec<char> = all()
        .filter(|character| before.replace(compositor.policy(*character)) != Some(compositor.policy(*character)))
        .collect();
    assert!(edges.len() > 1_000, "{} edges", edges.len());
    let path = |character: char| format!("items/通知/{:06x}.txt", u32::from(character));
    let files = edges.iter().fold(Files::plain(), |files, character| {
        let text = format!("第{}号\n\n正文{character}字。\n", u32::from(*character));
        files.with(&path(*character), text)
    });
    let library = files.library();
    let wall = library.wall().unwrap();
    let told = messages(library.problems());
    for character in edges {
        let path = path(character);
        let plays = wall.items().iter().any(|item| *item.file == *path);
        let problem = told.iter().find(|told| told.starts_with(&path));
        match compositor.policy(character) {
            Policy::Refused(_) => {
                let problem = problem.unwrap_or_else(|| panic!("{} is not told", name(character)));
                assert!(
                    !plays && (problem.contains(&name(character)) || character == '\u{fffd}'),
                    "{problem}"
                );
            }
            // A text with NUL in it is none.
            _ if character == '\0' => assert!(!plays && problem.is_some()),
            _ => assert!(plays, "{}: {problem:?}", name(character)),
        }
    }
}
