//! The faults that tests bear by number: `deploy/faults.md` is made of the comments `// Fault N.` and of `faults.txt` beside this file.
//!
//! A comment stands above its test, or in it: `Fault 4.`, `Fault 17, 18: …`, `Faults 16, 17 and 18.`, `Faults 20 to 22.` `UPDATE=1` makes
//! the page anew.

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
A test in *italics* takes minutes and runs on request (`cargo test -- --ignored`).

| # | Fault | Tests |
|---|---|---|
";

/// Stands above the rows that are of later work.
const LATER: &str = "
## Of later work

These rows of the catalogue need parts that do not exist yet; no test bears them.

| # | Fault | Belongs to |
|---|---|---|
";

/// How a remark begins that names the later work to which a row belongs.
const OF_LATER: &str = "later: ";

/// The catalogue's last row.
const LAST: u32 = 90;

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

/// The numbers in a comment `Fault 17, 18: …`, `Fault 4. Fault 82.` or `Faults 8 and 14, and 20 to 22.`
fn numbers(comment: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    for list in comment.replace("Faults ", "Fault ").split("Fault ").skip(1) {
        let mut is_run = false;
        for word in list.split([' ', ',']).filter(|word| !word.is_empty()) {
            match word.trim_end_matches(['.', ':', ';']).parse() {
                Ok(number) if is_run => numbers.extend(numbers.last().map_or(number, |last| last + 1)..=number),
                Ok(number) => numbers.push(number),
                Err(_) if word == "and" || word == "to" => {}
                Err(_) => break,
            }
            is_run = word == "to";
            if word.ends_with(['.', ':', ';']) {
                break;
            }
        }
    }
    numbers
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

/// Whether the test of that name waits to be asked for.
fn is_ignored(lines: &[&str], name: &str) -> bool {
    let begins = format!("fn {name}(");
    let place = lines.iter().position(|line| line.contains(&begins));
    let head = lines[..place.unwrap_or(0)].iter().rev();
    head.take_while(|line| line.trim_start().starts_with("//") || line.trim_start().starts_with("#["))
        .any(|line| line.contains("#[ignore"))
}

/// The tests that bear each number, as the page prints them.
fn borne() -> BTreeMap<u32, BTreeSet<String>> {
    let mut borne: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for path in files("tests")
        .iter()
        .filter(|path| path.ends_with(".rs") && !path.ends_with("architecture/faults.rs"))
    {
        let code = text(path);
        let lines: Vec<&str> = code.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(comment) = line.trim_start().strip_prefix("// Fault") else {
                continue;
            };
            if !comment.starts_with([' ', 's']) {
                continue;
            }
            let numbers = numbers(&format!("Fault{comment}"));
            assert!(!numbers.is_empty(), "{path}:{}: no number in {line:?}", at + 1);
            let test = test(&lines, at).unwrap_or_else(|| panic!("{path}:{}: the comment belongs to no test", at + 1));
            let name = format!("`{}::{test}`", module(path));
            let name = if is_ignored(&lines, test) {
                format!("*{name}*")
            } else {
                name
            };
            for number in numbers {
                borne.entry(number).or_default().insert(name.clone());
            }
        }
    }
    borne
}

fn page() -> String {
    let borne = borne();
    let (later, rows): (Vec<_>, Vec<_>) = rows()
        .into_iter()
        .partition(|(_, row)| row.remark.starts_with(OF_LATER));
    let mut page = HEAD.to_owned();
    for (number, row) in &rows {
        let mut cell: Vec<String> = borne.get(number).into_iter().flatten().cloned().collect();
        let is_partly = row.remark.starts_with("partly");
        let is_run = cell.iter().any(|test| !test.starts_with('*'));
        assert!(
            is_run || !row.remark.is_empty() && !is_partly,
            "fault {number} ({}) has neither a test nor a word in faults.txt why not",
            row.fault
        );
        cell.extend(
            (!is_run || is_partly)
                .then(|| row.remark.clone())
                .filter(|remark| !remark.is_empty()),
        );
        page += &format!("| {number} | {} | {} |\n", row.fault, cell.join("<br>"));
    }
    let (covered, not): (Vec<u32>, Vec<u32>) = rows
        .iter()
        .map(|(number, _)| *number)
        .partition(|number| borne.contains_key(number));
    let not: Vec<String> = not.iter().map(u32::to_string).collect();
    page += &format!(
        "\n{} of {} rows are borne by a test; not by any: {}.\n",
        covered.len(),
        rows.len(),
        not.join(", ")
    );
    page += LATER;
    for (number, row) in &later {
        let belongs = row.remark.trim_start_matches(OF_LATER);
        assert!(
            !borne.contains_key(number),
            "fault {number} is of later work and has a test"
        );
        page += &format!("| {number} | {} | {belongs} |\n", row.fault);
    }
    page
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
fn every_row_of_the_catalogue_has_its_words_and_no_test_bears_another_number() {
    let rows = rows();
    assert!(rows.keys().copied().eq(1..=LAST), "{:?}", rows.keys());
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
    assert_eq!(numbers("Faults 16, 17 and 18."), [16, 17, 18]);
    assert_eq!(
        numbers("Faults 8 and 14, and 20 to 22: 3 of them."),
        [8, 14, 20, 21, 22]
    );
    assert_eq!(numbers("Fault 29 in 7 zones"), [29]);
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
