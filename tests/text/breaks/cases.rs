//! Texts of offices, and where a careful compositor ends their lines. The form of the files is told in `cases/README.md`.

use std::collections::BTreeSet;

use yingbi::text::{Phrases, Rules};

use super::compositor::{halves, set};

const FILES: [(&str, &str); 9] = [
    ("marks", include_str!("cases/marks.txt")),
    ("dashes", include_str!("cases/dashes.txt")),
    ("numbers", include_str!("cases/numbers.txt")),
    ("documents", include_str!("cases/documents.txt")),
    ("dates", include_str!("cases/dates.txt")),
    ("places", include_str!("cases/places.txt")),
    ("latin", include_str!("cases/latin.txt")),
    ("phrases", include_str!("cases/phrases.txt")),
    ("titles", include_str!("cases/titles.txt")),
];

struct Case {
    place: String,
    width: usize,
    rules: Rules,
    lines: Vec<String>,
    why: String,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, text) in FILES {
        for (index, line) in text.lines().enumerate() {
            if !line.is_empty() && !line.starts_with('#') {
                cases.push(case(format!("{name}.txt:{}", index + 1), line));
            }
        }
    }
    cases
}

fn case(place: String, line: &str) -> Case {
    let [head, lines, why]: [&str; 3] = line.splitn(3, " | ").collect::<Vec<_>>().try_into().expect(&place);
    let (width, rules) = head.split_once(' ').unwrap_or((head, "gb"));
    Case {
        width: width.parse().expect(&place),
        rules: match rules {
            "basic" => Rules::Basic,
            "gb" => Rules::Gb,
            "strict" => Rules::Strict,
            other => panic!("{place}: {other} are no rules"),
        },
        lines: lines.split('¦').map(String::from).collect(),
        why: why.into(),
        place,
    }
}

#[test]
fn lines_end_where_a_careful_compositor_ends_them() {
    let mut wrong = Vec::new();
    for case in cases() {
        let set = set(&case.lines.concat(), case.width, case.rules, Phrases::shipped());
        if set != case.lines {
            let (wanted, set) = (case.lines.join("¦"), set.join("¦"));
            wrong.push(format!(
                "{}: {} at {}\n  {wanted}\n  {set}",
                case.place, case.why, case.width
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_case_is_wider_than_its_room_and_each_tells_its_rule() {
    for case in cases() {
        assert!(case.why.len() > 3, "{}", case.place);
        for line in &case.lines {
            let characters: Vec<char> = line.chars().collect();
            assert!(halves(&characters) <= case.width * 2, "{}: {line}", case.place);
        }
    }
}

#[test]
fn there_are_three_hundred_cases_at_least_and_none_stands_twice() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        let key = (case.lines.concat(), case.width, case.rules as u8);
        assert!(seen.insert(key), "{} stands twice", case.place);
    }
    assert!(seen.len() >= 300, "{}", seen.len());
}
