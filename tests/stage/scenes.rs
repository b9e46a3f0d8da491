//! Scene files: the built-in ones, and what is wrong with others.

use yingbi::{
    diagnostic::Source,
    stage::{Template, Templates},
};

#[test]
fn the_built_in_scenes_are_in_order() {
    let templates = Templates::builtin();
    let names: Vec<&str> = templates.names().map(|name| &**name).collect();
    let expected = [
        "chart",
        "clock",
        "counter",
        "meeting",
        "news",
        "notice",
        "picture",
        "policy",
        "posting",
        "slogan",
        "solicitation",
        "ticker",
        "transaction",
        "welcome",
    ];
    assert_eq!(names, expected);
}

/// Every problem of a scene, as line, column and English message.
fn problems(text: &str) -> Vec<String> {
    let refused = Template::parse(&Source::new("scenes/mine.toml", text)).expect_err("a bad scene");
    let told = |problem: &yingbi::diagnostic::Diagnostic| {
        let place = problem.place.as_ref().expect("every problem has its place");
        format!("{}:{}: {}", place.line, place.column, problem.message.en)
    };
    refused.iter().map(told).collect()
}

#[test]
fn a_scene_is_called_by_its_file() {
    let scene = Template::parse(&Source::new("scenes/mine.toml", "[[框]]\n内容 = \"标题\"\n")).expect("a good scene");
    assert_eq!((&*scene.name, &*scene.title), ("mine", "mine"));
}

#[test]
fn an_unknown_field_name_gets_the_nearest_one() {
    let told = problems("[[box]]\nfield = \"tilte\"\n").remove(0);
    assert!(told.starts_with("2:9: \"field\" takes \"title\", "), "{told}");
    assert!(told.ends_with("; found \"tilte\": did you mean \"title\"?"), "{told}");
}

#[test]
fn all_problems_of_all_boxes_are_told_at_once() {
    let scene = r##"
[[box]]
field = "title"
text = "固定"
colour = "#12345"

[[box]]
x = 20000
w = 0
background = "red"

[[box]]
y = 3

[[box]]
flow = ["title", "time"]
paged = true

[[box]]
field = "body"
paged = true

[[box]]
flow = ["body"]
min_width = 9
max_width = 8

[[box]]
field = "time"
paged = true
min_width = 8192
max_width = 8192
"##;
    let expected = [
        r#"4:1: a box shows one thing: "field" is written, and "text" too"#,
        r##"5:10: "colour" takes a colour (such as "#ff2020", "red" or "amber"); found "#12345""##,
        r#"8:5: "x" takes an integer from -8192 to 8192; found 20000"#,
        r#"9:5: "w" = 0: the box has no LEDs"#,
        "12:1: this box shows nothing and has no background",
        "16:1: a flow cannot hold the time, a count of days or the page's number",
        "21:1: two boxes are paged or scroll in zones of the same size; the other one is on line 17",
        "24:1: a flow needs paged = true or scroll = true",
        r#"25:1: "min_width" is above "max_width": no zone is of that size"#,
        "30:1: a paged box needs a field of the item, or a flow of them",
        "30:1: two boxes are paged or scroll in zones of the same size; the other one is on line 17",
    ];
    assert_eq!(problems(scene), expected);
}

#[test]
fn a_second_size_of_type_is_for_what_changes_with_the_clock() {
    assert_eq!(
        problems("[[box]]\nfield = \"title\"\nafter = \"天\"\nbeside = 16\n"),
        ["4:1: \"beside\" is for what changes with the clock: a time or a count of days"]
    );
    for field in ["time", "days_left", "day_number"] {
        let scene = format!("[[box]]\nfield = \"{field}\"\nafter = \"天\"\nbeside = 16\n");
        Template::parse(&Source::new("scenes/mine.toml", scene)).expect("a good scene");
    }
}

#[test]
fn a_count_of_days_makes_no_pages() {
    let counts =
        ["days_left", "day_number"].map(|field| problems(&format!("[[box]]\nfield = \"{field}\"\npaged = true\n")));
    assert_eq!(
        counts.concat(),
        ["3:1: a paged box needs a field of the item, or a flow of them"; 2]
    );
}

#[test]
fn a_fixed_text_without_a_glyph_is_told_with_its_code() {
    assert_eq!(
        problems("[[box]]\ntext = \"正在办理\u{1F600}\"\n"),
        ["2:8: cannot show \"\u{1F600}\" (U+1F600): emoji have no bitmap form"]
    );
}

#[test]
fn what_scrolls_is_a_text_that_neither_makes_pages_nor_takes_turns() {
    let scene = r#"
[[box]]
field = "title"
scroll = true
paged = true
max_width = 9

[[box]]
field = "title"
scroll = true
turn = 1
min_width = 10
max_width = 19

[[box]]
field = "time"
scroll = true
min_width = 20
max_width = 29

[[box]]
flow = ["title", "body"]
scroll = true
min_width = 29

[[box]]
field = "title"
paged = true
min_width = 100
"#;
    let expected = [
        "4:1: a box is paged or it scrolls, not both",
        "10:1: a box that scrolls takes no turns",
        "17:1: what scrolls is a text, a field of the item or a flow of them",
        "23:1: two boxes are paged or scroll in zones of the same size; the other one is on line 17",
        "28:1: two boxes are paged or scroll in zones of the same size; the other one is on line 23",
    ];
    assert_eq!(problems(scene), expected);
}

#[test]
fn a_box_as_wide_as_its_text_needs_one_that_ends() {
    let scene = r#"
[[box]]
field = "title"
scroll = true
snug = true

[[box]]
field = "time"
snug = true

[[box]]
background = "red"
snug = true
"#;
    let expected = [
        "5:1: a box as wide as its text cannot be paged, nor scroll",
        "9:1: a box as wide as its text needs one that stands still",
        "13:1: a box as wide as its text needs one that stands still",
    ];
    assert_eq!(problems(scene), expected);
}
