//! What is wrong between files is named where it stands, and costs no more than itself.

use crate::support::site::{Files, messages};

fn problems(files: &Files) -> Vec<String> {
    messages(files.library().problems())
}

#[test]
fn a_title_that_its_scene_cannot_hold_is_told_and_its_beginning_shown() {
    let scene = "[[box]]\nfield = \"title\"\n";
    let long = "关于开展办公楼消防疏散演练的通知及其附件一至附件六";
    let files = Files::plain().with("scenes/notice.toml", scene).item("甲", long, "5s");
    let library = files.library();
    assert_eq!(
        messages(library.problems()),
        [
            "items/通知/甲.md: does not fit the scene \"notice\" on 128x32 LEDs even in the smallest type: its end is left out, after …"
        ]
    );
    assert_eq!(library.wall().unwrap().items().len(), 1);
    let fits = files.item("甲", "消防演练", "5s");
    assert_eq!(messages(fits.library().problems()), Vec::<String>::new());
}

#[test]
fn a_play_whose_item_is_missing_is_left_out_and_named() {
    let files = Files::plain().item("甲", "甲", "4s").with(
        "extra.toml",
        "[[play]]\nitem = \"通知/乙\"\n\n[[play]]\nitem = \"通知/甲\"\n",
    );
    assert_eq!(
        problems(&files),
        ["extra.toml:2:8: there is no item \"通知/乙\"; did you mean \"通知/甲\"?"]
    );
    let library = files.library();
    let plan = library.wall().unwrap().programme().plan().clone();
    let extra = &plan.screens[0].tracks[0].playlists[1];
    assert_eq!((&*extra.file, extra.plays.len()), ("extra.toml", 1));
}

#[test]
fn two_items_of_one_identity_are_one_item_and_a_problem() {
    let files = Files::plain()
        .with("items/通知/甲.md", "+++\nid = \"x\"\ntitle = \"甲\"\n+++\n正文\n")
        .with("items/通知/乙.md", "+++\nid = \"x\"\ntitle = \"乙\"\n+++\n正文\n");
    assert_eq!(
        problems(&files),
        ["items/通知/甲.md: the identity \"x\" is already that of items/通知/乙.md"]
    );
    assert_eq!(files.library().wall().unwrap().items().len(), 1);
}

#[test]
fn unknown_columns_zones_screens_and_scenes_are_named_once_each() {
    let files = Files::plain()
        .item("甲", "甲", "4s")
        .with("a.toml", "zones = [\"mian\"]\n\n[[play]]\ncolumn = \"通知\"\n")
        .with("b.toml", "screens = [\"hall\"]\n\n[[play]]\ncolumn = \"通告\"\n")
        .with(
            "items/通知/丙.md",
            "+++\ntitle = \"丙\"\nscene = \"notise\"\n+++\n正文\n",
        );
    assert_eq!(
        problems(&files),
        [
            "a.toml:1:10: there is no zone \"mian\"; did you mean \"main\"?",
            "b.toml:1:12: there is no screen \"hall\"",
            "b.toml:4:10: there is no column \"通告\"; did you mean \"通知\"?",
            "items/通知/丙.md: there is no scene \"notise\"; did you mean \"notice\"?; that of its column or zone is used",
        ]
    );
}

#[test]
fn a_column_without_a_folder_that_is_not_declared_is_named_in_the_playlist() {
    let files = Files::plain().with("b.toml", "[[play]]\ncolumn = \"公告\"\n");
    assert_eq!(problems(&files), ["b.toml:2:10: there is no column \"公告\""]);
}

#[test]
fn a_character_without_a_glyph_is_refused_by_its_code_point_and_place() {
    let files = Files::plain().with("items/通知/甲.md", "+++\ntitle = \"甲\"\n+++\n正文有\u{1F600}在此\n");
    assert_eq!(
        problems(&files),
        ["items/通知/甲.md:4:4: cannot show \"\u{1F600}\" (U+1F600): emoji have no bitmap form"]
    );
}

#[test]
fn every_character_without_a_glyph_is_named_once() {
    let text = "+++\ntitle = \"甲\u{1F600}\"\n+++\n正文\u{1F680}，又\u{1F600}，再\u{1F680}\n";
    assert_eq!(
        problems(&Files::plain().with("items/通知/甲.md", text)),
        [
            "items/通知/甲.md:2:11: cannot show \"\u{1F600}\" (U+1F600): emoji have no bitmap form",
            "items/通知/甲.md:4:3: cannot show \"\u{1F680}\" (U+1F680): emoji have no bitmap form",
        ]
    );
}

#[test]
fn the_sites_own_words_need_their_glyphs_too() {
    let site = crate::support::site::PLAIN.replace("id = \"通知\"", "id = \"通知\"\ntitle = \"通知\u{1F4E2}\"");
    let said = problems(&Files::plain().with("site.toml", site));
    assert!(
        said[0].ends_with("cannot show \"\u{1F4E2}\" (U+1F4E2): emoji have no bitmap form"),
        "{said:?}"
    );
}

#[test]
fn a_clock_in_a_ticker_is_left_out_and_named() {
    let site = crate::support::site::PLAIN.replace("id = \"main\"", "id = \"main\"\nkind = \"ticker\"");
    let files = Files::plain()
        .with("site.toml", site)
        .item("甲", "甲", "4s")
        .with("c.toml", "[[play]]\nclock = true\n");
    assert_eq!(problems(&files), ["c.toml: a clock cannot run in the ticker \"main\""]);
}

#[test]
fn an_item_directly_under_items_is_told_to_find_a_column() {
    let files = Files::plain().with("items/甲.md", "+++\ntitle = \"甲\"\n+++\n正文\n");
    assert_eq!(
        problems(&files),
        ["items/甲.md: lies in no column: it is directly under items/"]
    );
}

#[test]
fn a_folder_without_site_toml_has_one_problem_and_no_wall() {
    let files = Files::plain().without("site.toml");
    let library = files.library();
    assert_eq!(messages(library.problems()), ["site.toml: there is no site.toml"]);
    assert!(library.wall().is_none());
}

#[test]
fn a_folder_items_that_is_gone_is_one_problem_and_not_one_a_play() {
    let list = "[[play]]\nitem = \"通知/甲\"\n[[play]]\nitem = \"通知/乙\"\n[[play]]\ncolumn = \"通知\"\n";
    let files = Files::plain().with("all.toml", list);
    let library = files.library();
    assert_eq!(
        messages(library.problems()),
        ["items: the folder items is gone or empty: nothing is left to play; was it renamed?"]
    );
    assert!(library.problems()[0].is_error());
    // With one item there the missing one is told again.
    let one = files.with("items/通知/甲.txt", "甲\n").library();
    assert_eq!(
        messages(one.problems()),
        ["all.toml:4:8: there is no item \"通知/乙\"; did you mean \"通知/甲\"?"]
    );
}

#[test]
fn an_item_with_a_scene_that_is_not_there_plays_in_its_columns_and_is_told_the_names() {
    let library = Files::plain()
        .with("items/通知/丙.txt", "模板：欢迎\n\n丙\n正文\n")
        .library();
    let told = &library.problems()[0];
    assert_eq!(told.severity, yingbi::diagnostic::Severity::Warning);
    assert_eq!(told.message.zh, "没有名为“欢迎”的模板；现按栏目的版式播放");
    assert!(
        told.help.zh.contains("notice、") && told.help.zh.contains("welcome"),
        "{}",
        told.help.zh
    );
    assert_eq!(library.wall().unwrap().items().len(), 1);
}
