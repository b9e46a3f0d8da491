//! A site's own phrases and rules decide where its lines end.

use encoding_rs::GB18030;
use yingbi::{
    text::{Align, Compositor, Phrases, Style, Type},
    wall::Library,
};

use crate::support::site::{Files, PLAIN, messages};

/// Eight hanzi a line: without the phrase the first line ends after 阳光.
const TEXT: &str = "一二三四五六阳光示例中心在此";

/// The lines of `text`, eight hanzi wide.
fn lines(compositor: &Compositor, text: &str) -> Vec<String> {
    let style = Style {
        kind: Type::default(),
        leading: 0,
        align: Align::Left,
        indent: 0,
        hang: 0,
        vertical: false,
    };
    let lines = compositor.lines(text, &style, 128);
    lines.iter().map(|line| line.text.to_string()).collect()
}

fn lines_of(files: &Files, text: &str) -> Vec<String> {
    lines(files.wall().compositor(), text)
}

#[test]
fn what_the_site_lists_is_not_split_under_either_name_and_in_any_encoding() {
    let split = ["一二三四五六阳光", "示例中心在此"];
    let whole = ["一二三四五六", "阳光示例中心在此"];
    assert_eq!(lines_of(&Files::plain(), TEXT), split);
    for name in ["不拆词.txt", "phrases.txt"] {
        assert_eq!(
            lines_of(&Files::plain().with(name, "# 单位\n阳光示例中心\r\n"), TEXT),
            whole,
            "{name}"
        );
    }
    let (gbk, _, _) = GB18030.encode("阳光示例中心\n");
    assert_eq!(lines_of(&Files::plain().with("不拆词.txt", gbk), TEXT), whole);
    let both = Files::plain()
        .with("不拆词.txt", "示例甲\n")
        .with("phrases.txt", "阳光示例中心\n");
    assert_eq!(lines_of(&both, TEXT), whole);
}

#[test]
fn the_shipped_phrases_hold_beside_the_sites_own() {
    let wall = Files::plain().with("不拆词.txt", "阳光示例中心\n").wall();
    let shipped = Phrases::shipped()
        .iter()
        .find(|phrase| phrase.chars().count() == 4)
        .unwrap();
    let text = format!("一二三四五六{shipped}在此");
    assert_eq!(
        lines(wall.compositor(), &text),
        ["一二三四五六".into(), format!("{shipped}在此")]
    );
    assert_eq!(lines(wall.compositor(), &text), lines(&Compositor::default(), &text));
}

#[test]
fn a_line_that_is_no_phrase_is_told_with_its_place_and_the_others_hold() {
    let files = Files::plain().with("不拆词.txt", "阳光示例中心\n  我\n甲公司、乙公司\n");
    let library = files.library();
    let told = messages(library.problems());
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("不拆词.txt:2:3: "), "{told:?}");
    assert!(told[1].starts_with("不拆词.txt:3:1: "), "{told:?}");
    assert_eq!(lines(library.wall().unwrap().compositor(), TEXT)[0], "一二三四五六");
    let damaged = Files::plain().with("不拆词.txt", b"\xff\xff\n").library();
    assert_eq!(
        messages(damaged.problems()),
        ["不拆词.txt:1:1: line 1: byte 0 (FF) is not valid GB18030"]
    );
}

#[test]
fn a_changed_list_makes_another_wall_whose_pages_are_measured_anew() {
    let files = Files::plain().item("甲", TEXT, "4s");
    let before = files.library();
    let after = before.accept(&files.clone().with("不拆词.txt", "阳光示例中心\n").sources());
    let (first, second) = (before.wall().unwrap(), after.wall().unwrap());
    assert_ne!(first.digest(), second.digest());
    assert_ne!(first.compositor(), second.compositor());
    let gone = after.accept(&files.sources());
    assert_eq!(gone.wall().unwrap().digest(), first.digest());
    assert_eq!(gone.wall().unwrap().compositor(), first.compositor());
    let kept = Library::default().accept(&after.kept());
    assert_eq!(
        kept.wall().unwrap().digest(),
        second.digest(),
        "the list is one of the programme's files"
    );
}

#[test]
fn the_rules_of_lines_are_the_sites() {
    let text = "一二三四五六七八——九十";
    let under = |rules: &str| lines_of(&Files::plain().with("site.toml", format!("{rules}{PLAIN}")), text);
    let loose = ["一二三四五六七八", "——九十"];
    assert_eq!(under(""), loose);
    assert_eq!(under("rules = \"gb\"\n"), loose);
    assert_eq!(under("断行规则 = \"严格\"\n"), ["一二三四五六七", "八——九十"]);
    let library = Files::plain()
        .with("site.toml", format!("rules = \"loose\"\n{PLAIN}"))
        .library();
    let told = messages(library.problems());
    assert!(told[0].starts_with("site.toml:1:9: "), "{told:?}");
}
