//! The faults that tests bear by number: `deploy/faults.md` is made of the comments `// Fault N.` and of `faults.txt` beside this file.
//!
//! A comment stands above its test, or in it. `UPDATE=1` makes the page anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use super::{files, root, text};

const PAGE: &str = "deploy/faults.md";

const HEAD: &str = "\
# Faults and their tests

What goes wrong with folder, parsing, state, clock and process, by the numbers of the catalogue of faults, and the tests that bear each.
The page is made of the comments `// Fault N.` in `tests/` and of `tests/architecture/faults.txt`; `UPDATE=1 cargo test faults` makes it anew.
The catalogue's other rows belong to parts that do not exist yet (signed programmes and approvals, videos, feeds, accounts), to lines and
controllers (32 to 45, 87), or to a browser.

| # | Fault | Tests |
|---|---|---|
";

/// A row of `faults.txt`.
struct Row {
    fault: String,
    remark: String,
}

fn rows() -> BTreeMap<u32, Row> {
    let written = text("tests/architecture/faults.txt");
    let lines = written
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [number, fault, remark] = cells[..] else {
            panic!("faults.txt: three cells a line, not {line:?}");
        };
        let row = Row {
            fault: fault.into(),
            remark: remark.into(),
        };
        (number.parse().expect("a line begins with a number"), row)
    };
    lines.map(row).collect()
}

/// The numbers in a comment `Fault 17, 18: …` or `Fault 4. Fault 82.`
fn numbers(comment: &str) -> Vec<u32> {
    let after = comment.split("Fault ").skip(1);
    let listed = after.flat_map(|rest| {
        let list = rest.find(|char: char| !(char.is_ascii_digit() || char == ',' || char == ' '));
        rest[..list.unwrap_or(rest.len())].split(',')
    });
    listed.filter_map(|number| number.trim().parse().ok()).collect()
}

/// The name of the function that `line` begins.
fn function(line: &str) -> Option<&str> {
    let after = line.trim_start().trim_start_matches("async ").strip_prefix("fn ")?;
    Some(&after[..after.find(|char: char| !(char.is_alphanumeric() || char == '_'))?])
}

/// The module of a file: `tests/folder/scan.rs` is `folder::scan`.
fn module(path: &str) -> String {
    let path = path.trim_start_matches("tests/").trim_end_matches(".rs");
    path.trim_end_matches("/mod").replace('/', "::")
}

/// The test to which the comment on line `at` belongs: the function that is next but for comments and attributes, else the one around.
fn test<'t>(lines: &[&'t str], at: usize) -> Option<&'t str> {
    let is_head = |line: &str| line.trim_start().starts_with("//") || line.trim_start().starts_with("#[");
    let next = lines[at..].iter().find(|line| !is_head(line))?;
    let place = match function(next) {
        Some(_) => at + lines[at..].iter().position(|line| !is_head(line))?,
        None => (0..at).rev().find(|line| function(lines[*line]).is_some())?,
    };
    let head = lines[..place].iter().rev().take_while(|line| is_head(line));
    let is_test = head
        .into_iter()
        .any(|line| line.contains("test]") || line.contains("test("));
    is_test.then(|| function(lines[place])).flatten()
}

/// The tests that bear each number.
fn borne() -> BTreeMap<u32, BTreeSet<String>> {
    let mut borne: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for path in files("tests")
        .iter()
        .filter(|path| path.ends_with(".rs") && !path.ends_with("architecture/faults.rs"))
    {
        let code = text(path);
        let lines: Vec<&str> = code.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(comment) = line.trim_start().strip_prefix("// Fault ") else {
                continue;
            };
            let numbers = numbers(&format!("Fault {comment}"));
            assert!(!numbers.is_empty(), "{path}:{}: no number in {line:?}", at + 1);
            let test = test(&lines, at).unwrap_or_else(|| panic!("{path}:{}: the comment belongs to no test", at + 1));
            for number in numbers {
                borne
                    .entry(number)
                    .or_default()
                    .insert(format!("{}::{test}", module(path)));
            }
        }
    }
    borne
}

fn page() -> String {
    let (rows, borne) = (rows(), borne());
    let mut page = HEAD.to_owned();
    for (number, row) in &rows {
        let tests: Vec<String> = borne
            .get(number)
            .into_iter()
            .flatten()
            .map(|test| format!("`{test}`"))
            .collect();
        let is_partly = row.remark.starts_with("partly");
        assert!(
            !tests.is_empty() || !row.remark.is_empty() && !is_partly,
            "fault {number} ({}) has neither a test nor a word in faults.txt why not",
            row.fault
        );
        let mut cell = tests;
        cell.extend(
            (cell.is_empty() || is_partly)
                .then(|| row.remark.clone())
                .filter(|remark| !remark.is_empty()),
        );
        page += &format!("| {number} | {} | {} |\n", row.fault, cell.join("<br>"));
    }
    let covered = rows.keys().filter(|number| borne.contains_key(number)).count();
    page + &format!("\n{covered} of {} rows are borne by a test.\n", rows.len())
}

#[test]
fn the_page_of_faults_lists_every_test_that_bears_a_number_and_no_other() {
    let page = page();
    let path = root().join(PAGE);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "{PAGE} is not what the comments in the tests say; run the tests with UPDATE=1"
    );
}

#[test]
fn no_test_bears_a_number_that_has_no_words() {
    let rows = rows();
    for (number, tests) in borne() {
        assert!(
            rows.contains_key(&number),
            "fault {number} of {tests:?} is not in faults.txt"
        );
    }
}

#[test]
fn numbers_are_read_from_comments_as_people_write_them() {
    assert_eq!(numbers("Fault 4."), [4]);
    assert_eq!(numbers("Fault 24, 26: halves of 7."), [24, 26]);
    assert_eq!(numbers("Fault 4. Fault 82."), [4, 82]);
    let code = [
        "// Fault 4.",
        "#[test]",
        "fn a() {",
        "    // Fault 5.",
        "    let b = 1;",
        "}",
        "fn c() {",
        "    // Fault 6.",
        "    d();",
    ];
    assert_eq!(
        (test(&code, 0), test(&code, 3), test(&code, 7)),
        (Some("a"), Some("a"), None)
    );
    assert_eq!(
        (module("tests/folder/scan.rs"), module("tests/media/mod.rs")),
        ("folder::scan".into(), "media".into())
    );
}
