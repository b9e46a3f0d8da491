//! A plain text on a scene that shows titles only: its short lines are the title; what is long is told.

use yingbi::{units::Tick, wall::Projector};

use crate::support::site::{Files, messages, picture};

/// 2026-05-15T09:00:00+08:00 at 50 ticks a second.
const NINE: i64 = 1_778_806_800 * 50;

const TITLE: &str = "[[box]]\nfield = \"title\"\nsize = 16\nleading = 0\n";

fn files(scene: &str, name: &str, text: &str) -> Files {
    Files::plain()
        .with("scenes/notice.toml", scene)
        .with(&format!("items/通知/{name}"), text)
}

fn shown(files: &Files) -> yingbi::frame::Frame {
    picture(&mut Projector::new(files.wall(), 0), Tick(NINE))
}

#[test]
fn short_lines_below_the_title_are_shown_with_it_broken_where_the_clerk_broke_them() {
    let text = "热烈欢迎\n调研组莅临\n";
    let files = files(TITLE, "甲.txt", text);
    let apart =
        "[[box]]\nfield = \"title\"\nsize = 16\nh = 16\n\n[[box]]\nfield = \"body\"\nsize = 16\ny = 16\nindent = 0\n";
    assert_eq!(
        shown(&files).digest(),
        shown(&self::files(apart, "甲.txt", text)).digest()
    );
    assert_eq!(messages(files.library().problems()), [""; 0]);
}

#[test]
fn the_title_of_a_text_with_front_matter_stays_alone() {
    let front = "+++\ntitle = \"热烈欢迎\"\n+++\n调研组莅临\n";
    let alone = files(TITLE, "甲.txt", "热烈欢迎\n");
    assert_eq!(shown(&files(TITLE, "甲.md", front)).digest(), shown(&alone).digest());
}

#[test]
fn a_long_text_on_such_a_scene_is_named_with_how_it_begins() {
    let text = format!("热烈欢迎\n{}\n", "调研组一行二十人于今日上午莅临指导工作。".repeat(4));
    assert_eq!(
        messages(files(TITLE, "甲.txt", &text).library().problems()),
        [
            "items/通知/甲.txt: the scene \"notice\" shows the title only; this is not shown: 调研组一行二十人于今日上午莅临指导工作。…"
        ]
    );
}
