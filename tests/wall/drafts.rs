//! What waits for approval is read and checked, and never plays.

use std::sync::Arc;

use proptest::{collection::vec, prelude::*, sample::select};
use yingbi::{
    units::{Tick, Ticks},
    wall::Projector,
};

use super::folders::shown;
use crate::support::site::{Files, messages};

const TEN: Tick = Tick(1_778_810_400 * 50);

#[test]
fn a_draft_is_offered_in_its_column_with_what_sets_its_pages() {
    let files = Files::plain()
        .item("甲", "甲", "4s")
        .with("items/通知/待审/乙.txt", "乙\n发布：2026-5-8\n公示期：5\n\n正文\n")
        .with("items/待审稿/丙.txt", "丙\n栏目：通知\n\n正文\n")
        .with("items/_旧/通知/丁.txt", "丁\n");
    let wall = files.wall();
    let drafts: Vec<(&str, &str)> = wall
        .drafts()
        .iter()
        .map(|draft| (&*draft.file, &*draft.column))
        .collect();
    assert_eq!(
        drafts,
        [
            ("items/_旧/通知/丁.txt", "通知"),
            ("items/待审稿/丙.txt", "通知"),
            ("items/通知/待审/乙.txt", "通知"),
        ]
    );
    let draft = &wall.drafts()[2];
    let content = wall.content_of(draft);
    assert_eq!((&*content.title, &*content.column), ("乙", "通知"));
    assert!(content.period.is_some() && wall.draft_terms()[2].period() == content.period);
    let zone = &wall.site().screens[0].zones[0];
    assert_eq!(&*wall.template_of(draft, Some(zone)).unwrap().name, "notice");
    assert_eq!(wall.content("通知/待审/乙"), None);
    assert_eq!(shown(&wall, TEN), ["通知/甲"]);
}

#[test]
fn a_draft_cannot_be_referred_to_and_may_have_the_identity_of_an_item() {
    let files = Files::plain()
        .with("items/通知/甲.md", "+++\nid = \"a\"\ntitle = \"甲\"\n+++\n旧\n")
        .with("items/通知/待审/甲.md", "+++\nid = \"a\"\ntitle = \"甲\"\n+++\n新\n")
        .with("own.toml", "[[play]]\nitem = \"通知/待审/乙\"\n")
        .with("items/通知/待审/乙.txt", "乙\n");
    assert_eq!(
        messages(files.library().problems()),
        ["own.toml:2:8: there is no item \"通知/待审/乙\""]
    );
    let library = files.library();
    let wall = library.wall().unwrap();
    assert_eq!(&*wall.item("a").unwrap().body[0].text, "旧");
    assert_eq!(&*wall.content_of(&wall.drafts()[1]).body[0].text, "新");
    assert_eq!(&*wall.content_of(wall.item("a").unwrap()).body[0].text, "旧");
}

#[test]
fn a_bad_draft_is_told() {
    let files = Files::plain().with("items/通知/待审/甲.txt", "甲\n下屏：2026-02-30\n\n正文有\u{1F600}\n");
    assert_eq!(
        messages(files.library().problems()),
        ["items/通知/待审/甲.txt:2:4: there is no 2026-02-30: February 2026 has 28 days"]
    );
}

#[test]
fn a_draft_that_is_moved_out_of_its_folder_plays() {
    let waiting = Files::plain().with("items/通知/待审/甲.txt", "甲\n");
    let library = waiting.library();
    assert_eq!(shown(library.wall().unwrap(), TEN), [""; 0]);
    let moved = Files::plain().with("items/通知/甲.txt", "甲\n");
    let library = library.accept(&moved.sources());
    assert_eq!(shown(library.wall().unwrap(), TEN), ["通知/甲"]);
    assert!(library.wall().unwrap().drafts().is_empty());
}

/// A path under `items/`, and whether what lies there is a draft.
fn place() -> impl Strategy<Value = (String, bool)> {
    let folder = select(&["通知", "公告", "待审", "待审稿", "_", "_旧", "新 待审", "2026", "x_"][..]);
    (vec(folder, 0..4), 0..4_u8).prop_map(|(folders, number)| {
        let is_draft = folders
            .iter()
            .any(|name| name.starts_with("待审") || name.starts_with('_'));
        (
            format!("items/{}/{number}.txt", folders.join("/")).replace("//", "/"),
            is_draft,
        )
    })
}

/// A text of an item whose title is that of its file.
fn text(title: String) -> impl Strategy<Value = String> {
    let line = select(
        &[
            "级别：紧急\n下屏：2030-1-1\n",
            "级别：重要\n",
            "栏目：通知\n",
            "发布：2026-5-14\n",
            "标识：同一\n",
            "",
        ][..],
    );
    line.prop_map(move |line| format!("{title}\n{line}\n正文\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cue_ever_shows_a_draft(items in vec(place().prop_flat_map(|(path, is_draft)| {
        (Just(path.clone()), Just(is_draft), text(path.replace('/', "之")))
    }), 1..12), priority in select(&["filler", "routine", "alert"][..])) {
        let lists = format!("priority = \"{priority}\"\n[[play]]\ncolumn = \"*\"\n\n[[play]]\nitem = \"待审/1\"\n");
        let mut files = Files::plain().with("every.toml", lists);
        for (path, _, text) in &items {
            files = files.with(path, text);
        }
        let library = files.library();
        let wall = library.wall().unwrap();
        let drafts: Vec<&str> = items.iter().filter(|(_, is_draft, _)| *is_draft).map(|(path, ..)| &**path).collect();
        for item in wall.items() {
            prop_assert!(!drafts.contains(&&*item.file), "{} may play", item.file);
        }
        for draft in wall.drafts() {
            prop_assert!(drafts.contains(&&*draft.file), "{} is no draft", draft.file);
        }
        let mut projector = Projector::new(Arc::clone(wall), 0);
        let mut tick = TEN;
        for _ in 0..40 {
            let view = projector.view(tick);
            for cue in view.zones.iter().filter_map(|zone| zone.now.as_ref()) {
                let file = cue.file.as_deref().unwrap_or_default();
                prop_assert!(!drafts.contains(&file), "{file} is shown");
            }
            tick = projector.next_change(tick).min(tick + Ticks(50 * 3600));
        }
    }
}

#[test]
fn drafts_are_proved_before_the_items_and_look_as_they_would_on_the_wall() {
    let text = "关于停水的通知\n今日停水。\n";
    let waiting = Files::plain()
        .item("甲", "甲", "4s")
        .with("items/通知/待审/乙.txt", text)
        .wall();
    let moved = Files::plain()
        .item("甲", "甲", "4s")
        .with("items/通知/乙.txt", text)
        .wall();
    let proofs = waiting.proofs();
    let told: Vec<(&str, bool)> = proofs.iter().map(|proof| (&*proof.item.file, proof.is_draft)).collect();
    assert_eq!(told, [("items/通知/待审/乙.txt", true), ("items/通知/甲.md", false)]);
    let moved_proofs = moved.proofs();
    let later = moved_proofs
        .iter()
        .find(|proof| &*proof.item.title == "关于停水的通知")
        .unwrap();
    let noon = jiff::civil::date(2026, 5, 15).at(12, 0, 0, 0);
    assert_eq!(proofs[0].picture(&waiting, 0, noon), later.picture(&moved, 0, noon));
}

#[test]
fn what_lies_in_a_folder_that_a_file_manager_named_does_not_play_and_is_told_once_a_folder() {
    for name in [
        "新建文件夹",
        "新建文件夹 (2)",
        "通知 - 副本",
        "通知 - 副本 (2)",
        "复件 通知",
        "通知 - Copy",
        "通知 - Copy (3)",
        "New folder",
        "New Folder (2)",
    ] {
        let files = Files::plain()
            .item("甲", "甲", "4s")
            .with(&format!("items/{name}/乙.txt"), "乙\n")
            .with(&format!("items/{name}/丙.txt"), "丙\n");
        let library = files.library();
        let told =
            format!("items/{name}: what lies in this folder does not play: its name is one that a computer gives");
        assert_eq!(messages(library.problems()), [told]);
        assert!(!library.problems()[0].is_error());
        let wall = library.wall().unwrap();
        assert_eq!((wall.items().len(), wall.drafts().len()), (1, 2), "{name}");
    }
}

#[test]
fn a_column_that_has_such_a_name_plays_all_the_same() {
    let site = crate::support::site::PLAIN.replace("通知", "新建文件夹");
    let files = Files::plain()
        .with("site.toml", site)
        .with("all.toml", "[[play]]\ncolumn = \"新建文件夹\"\n")
        .with("items/新建文件夹/乙.txt", "乙\n");
    assert_eq!(files.wall().items().len(), 1);
}

#[test]
fn a_file_that_is_named_like_a_folder_of_drafts_is_a_draft() {
    let files = Files::plain()
        .item("甲", "甲", "4s")
        .with("items/通知/待审-乙.txt", "乙\n")
        .with("items/通知/_丙.txt", "丙\n");
    let wall = files.wall();
    assert_eq!((wall.items().len(), wall.drafts().len()), (1, 2));
}
