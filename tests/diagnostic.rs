//! A diagnostic is readable on a terminal, whatever the file holds.

use proptest::prelude::*;
use yingbi::diagnostic::{Bilingual, Diagnostic, Explain, Language, Severity, Source, render};

#[derive(Debug)]
struct Problem(&'static str, Severity);

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl Explain for Problem {
    fn chinese(&self) -> String {
        "不对".into()
    }

    fn help(&self) -> Bilingual {
        Bilingual::new("改正", "correct it")
    }

    fn severity(&self) -> Severity {
        self.1
    }
}

fn at(text: &str, span: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::at(
        &Source::new("site.toml", text),
        span,
        &Problem("wrong", Severity::Error),
    )
}

#[test]
fn carets_stand_under_hanzi_two_columns_wide() {
    let text = "a = 1\n标题 = \"示例\" x\n";
    let shown = render(
        &at(text, text.find("示").unwrap()..text.find("\" x").unwrap()),
        Language::English,
        false,
    );
    assert_eq!(
        shown,
        "error: wrong\n  --> site.toml:2:7\n   |\n 2 | 标题 = \"示例\" x\n   |         ^^^^\n   = help: correct it\n"
    );
}

#[test]
fn the_chinese_form_is_chinese_throughout() {
    let warning = Diagnostic::at(&Source::new("a.md", "x"), 0..1, &Problem("wrong", Severity::Warning));
    assert_eq!(
        render(&warning, Language::Chinese, false),
        "提醒：不对\n  --> a.md:1:1\n   |\n 1 | x\n   | ^\n   = 处理：改正\n"
    );
}

#[test]
fn a_problem_of_the_whole_file_names_the_file_only() {
    let whole = Diagnostic::of_file("site.toml".into(), &Problem("gone", Severity::Error));
    assert_eq!(
        render(&whole, Language::English, false),
        "error: gone\n  --> site.toml\n   = help: correct it\n"
    );
}

#[test]
fn colour_is_written_only_when_asked_for() {
    let problem = at("x", 0..1);
    assert!(!render(&problem, Language::English, false).contains('\u{1b}'));
    assert!(render(&problem, Language::English, true).starts_with("\u{1b}[1;31merror\u{1b}[0m: wrong\n"));
}

#[test]
fn a_place_far_along_a_line_is_shown_with_what_stands_around_it() {
    let text = format!("{}!{}", "字".repeat(500), "字".repeat(500));
    let shown = render(&at(&text, 1500..1501), Language::English, false);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines[1], "  --> site.toml:1:501");
    let before = lines[3].split('!').next().unwrap();
    let wide = before.chars().filter(|c| *c == '字').count();
    assert_eq!(lines[4].find('^').unwrap(), before.len() - wide);
}

proptest! {
    #[test]
    fn nothing_of_a_file_steers_the_terminal(text in "\\PC*|(?s).*", start in 0usize..40, length in 0usize..9) {
        let shown = render(&at(&text, start..start + length), Language::English, false);
        let steers = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!shown.contains(steers), "{shown:?}");
        prop_assert!(shown.lines().count() <= 6);
    }
}
