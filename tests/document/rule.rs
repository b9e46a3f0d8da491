//! A rule of recurring days within a file: what is wrong with it is marked within its quotes.

use yingbi::{
    calendar::Rule,
    document::{self, Doc, Field, Parsed, Table, kind::DayRule},
};

use super::en;

static RULE: Field<DayRule> = Field::new("rule", "规则", DayRule, Doc::new("规则", "the rule"));
static ROOT: Table = Table {
    heading: "a.toml",
    doc: Doc::new("文件", "a file"),
    fields: &[&RULE],
};

/// The rule of a file with this text.
fn read(text: &str) -> Parsed<Rule> {
    document::read("a.toml", text.as_bytes(), &ROOT, |record| record.get(&RULE))
}

/// The place of the one problem of a file with this text: its column and its length.
fn place(text: &str) -> (u32, u32) {
    let parsed = read(text);
    let [problem] = &parsed.diagnostics[..] else {
        panic!("{text}: {:?}", parsed.diagnostics)
    };
    let place = problem.place.as_ref().unwrap();
    (place.column, place.length)
}

#[test]
fn a_rule_is_read_under_either_name() {
    for key in ["rule", "规则"] {
        let parsed = read(&format!("{key} = \"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8\""));
        assert_eq!(en(&parsed), [""; 0]);
        assert_eq!(parsed.value, Rule::parse("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8").ok());
    }
}

#[test]
fn the_part_that_is_wrong_is_marked_within_the_quotes() {
    assert_eq!(
        en(&read("rule = \"FREQ=WEEKLY;BYDAY=MO,TU,XY\"")),
        [
            "1:33 BYDAY takes MO, TU, WE, TH, FR, SA and SU; found \"XY\"; Monday is MO, the second Monday 2MO, the last Friday -1FR"
        ]
    );
    assert_eq!(place("rule = \"FREQ=WEEKLY;BYDAY=MO,TU,XY\""), (33, 2));
    assert_eq!(place("rule = 'FREQ=WEEKLY;BYDAY=MO,TU,XY'"), (33, 2));
    assert_eq!(place("rule = \"\"\"FREQ=WEEKLY;BYDAY=MO,TU,XY\"\"\""), (35, 2));
    assert_eq!(place("规则 = \"FREQ=WEEKLY;BYDAY=周一,MO\""), (25, 2));
}

#[test]
fn a_full_width_sign_within_the_quotes_is_marked() {
    assert_eq!(place("rule = \"FREQ=DAILY；INTERVAL=2\""), (19, 1));
}

#[test]
fn the_whole_value_is_marked_where_escapes_hide_the_place() {
    assert_eq!(place("rule = \"FREQ=WEEKLY;BYDAY=\\u0058Y\""), (8, 27));
    assert_eq!(place("rule = \"\""), (8, 2));
}

#[test]
fn what_is_no_text_is_refused() {
    assert_eq!(
        en(&read("rule = [\"FREQ=DAILY\"]")),
        [
            "1:8 \"rule\" takes a recurrence rule of RFC 5545 (such as \"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8\"); found a list; write a recurrence rule of RFC 5545 (such as \"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8\")"
        ]
    );
}
