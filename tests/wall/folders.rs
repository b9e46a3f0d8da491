//! Folders are columns, by identity, by title or by themselves; what is urgent in them plays so.

use std::sync::Arc;

use yingbi::{
    playlist::Priority,
    units::{Tick, Ticks},
    wall::{Projector, Wall},
};

use crate::support::site::{Files, PLAIN, messages};

/// 2026-05-15T10:00:00+08:00 at 50 ticks a second.
const TEN: Tick = Tick(1_778_810_400 * 50);

/// The items that the first zone shows within an hour from `at` on, in the order in which they come, each once.
pub(super) fn shown(wall: &Arc<Wall>, at: Tick) -> Vec<String> {
    let mut projector = Projector::new(Arc::clone(wall), 0);
    let (mut tick, end) = (at, at + Ticks(3600 * 50));
    let mut shown: Vec<String> = Vec::new();
    while tick < end {
        if let Some(now) = &projector.view(tick).zones[0].now
            && !shown.iter().any(|item| **item == *now.item)
        {
            shown.push(now.item.to_string());
        }
        tick = projector.next_change(tick);
    }
    shown
}

fn problems(files: &Files) -> Vec<String> {
    messages(files.library().problems())
}

/// A site with a titled column 公告 (`notices`) besides 通知, and a playlist of all folders that nobody else plays.
fn site() -> Files {
    let column = "[[column]]\nid = \"notices\"\ntitle = \"公告\"\nlifetime = \"forever\"\n\n[[screen]]\n";
    Files::plain()
        .with("site.toml", PLAIN.replace("[[screen]]\n", column))
        .with("every.toml", "[[play]]\ncolumn = \"*\"\norder = \"path\"\n")
}

#[test]
fn a_folder_is_the_column_of_its_identity_or_title_and_of_nested_ones_the_innermost_known() {
    let files = site()
        .with("items/公告/甲.txt", "甲\n")
        .with("items/notices/乙.txt", "乙\n")
        .with("items/公告/2026/丙.txt", "丙\n")
        .with("items/公告/通知/丁.txt", "丁\n")
        .with("items/停水/2026/戊.txt", "戊\n");
    let wall = files.wall();
    let column = |id: &str| wall.item(id).unwrap().column.to_string();
    assert_eq!(column("公告/甲"), "notices");
    assert_eq!(column("notices/乙"), "notices");
    assert_eq!(column("公告/2026/丙"), "notices");
    assert_eq!(column("公告/通知/丁"), "通知");
    assert_eq!(column("停水/2026/戊"), "停水");
}

#[test]
fn a_column_that_an_item_names_comes_before_its_folder() {
    let files = site().with("items/通知/甲.txt", "甲\n栏目：公告\n\n正文\n");
    assert_eq!(&*files.wall().item("通知/甲").unwrap().column, "notices");
    let files = site().with("items/通知/甲.txt", "甲\n栏目：公吿栏\n\n正文\n");
    assert_eq!(
        problems(&files),
        ["items/通知/甲.txt:2:4: there is no column \"公吿栏\"; it stays in that of its folder"]
    );
    assert_eq!(
        &*files.library().wall().unwrap().item("通知/甲").unwrap().column,
        "通知"
    );
}

#[test]
fn a_folder_that_no_column_names_plays_from_the_list_of_every_folder_under_its_own_name() {
    let files = site()
        .with("items/停水/甲.txt", "甲\n今日停水。\n")
        .with("items/通知/乙.txt", "乙\n")
        .with("items/公告/丙.txt", "丙\n");
    let wall = files.wall();
    assert_eq!(&*wall.content("停水/甲").unwrap().column, "停水");
    let mut shown = shown(&wall, TEN);
    shown.sort();
    // 通知 plays from its own list, once; 公告 is declared, but no playlist speaks of it.
    assert_eq!(shown, ["停水/甲", "公告/丙", "通知/乙"]);
    let plan = wall.programme().plan();
    let entries = |playlist: usize| plan.screens[0].tracks[0].playlists[playlist].plays[0].entries.len();
    assert_eq!((entries(0), entries(1)), (1, 2));
}

#[test]
fn a_folder_that_nobody_plays_is_told_with_the_column_that_may_be_meant() {
    let files = Files::plain()
        .with("items/通之/甲.txt", "甲\n")
        .with("items/通之/乙.txt", "乙\n");
    assert_eq!(
        problems(&files),
        ["items/通之/乙.txt: no playlist plays the folder \"通之\"; did you mean \"通知\"?"]
    );
}

#[test]
fn a_list_of_every_folder_in_which_nothing_is_changes_nothing() {
    let files = Files::plain().item("甲", "甲", "4s").item("乙", "乙", "4s");
    let with_list = files.clone().with("every.toml", "[[play]]\ncolumn = \"*\"\n");
    assert_eq!(
        with_list.wall().programme().plan().screens[0].tracks[0].playlists.len(),
        1
    );
}

#[test]
fn an_important_item_plays_alone_while_it_shows() {
    let files = Files::plain()
        .with(
            "items/通知/甲.txt",
            "甲\n级别：重要\n上屏：2026-5-15 10:30\n下屏：2026-5-15 11:30\n\n正文\n",
        )
        .item("乙", "乙", "4s");
    let wall = files.wall();
    assert_eq!(shown(&wall, Tick(TEN.0 - 3600 * 50)), ["通知/乙"]);
    let at = TEN + Ticks(1800 * 50);
    assert_eq!(shown(&wall, at), ["通知/甲"]);
    let mut projector = Projector::new(Arc::clone(&wall), 0);
    let now = projector.view(at).zones[0].now.clone().unwrap();
    assert_eq!((now.priority, &*now.playlist), ("notice", "all.toml"));
    assert!(now.why_zh.ends_with("；信息级别“重要”"), "{}", now.why_zh);
    assert!(
        now.why_en.ends_with("; the item's own level is \"notice\""),
        "{}",
        now.why_en
    );
    assert_eq!(shown(&wall, TEN + Ticks(5400 * 50)), ["通知/乙"]);
}

#[test]
fn an_urgent_item_of_any_folder_plays_from_the_list_of_every_folder_and_lights_a_dark_screen() {
    let closed = "[[when]]\nhours = \"12:00-13:00\"\n\n[[play]]\ncolumn = \"通知\"\n";
    let dark = PLAIN.replace(
        "[[screen.zone]]",
        "[[screen.lit]]\nhours = \"12:00-13:00\"\n\n[[screen.zone]]",
    );
    let files = site()
        .with("site.toml", dark)
        .with("all.toml", closed)
        .with("items/通知/甲.txt", "甲\n级别：紧急\n下屏：2026-5-16\n\n正文\n")
        .item("乙", "乙", "4s");
    let wall = files.wall();
    assert_eq!(shown(&wall, TEN), ["通知/甲"]);
    assert_eq!(Projector::new(wall, 0).view(TEN).dark, None);
}

#[test]
fn a_level_never_lowers_what_a_playlist_says() {
    let alert = "priority = \"alert\"\n[[play]]\ncolumn = \"通知\"\n";
    let files = Files::plain()
        .with("all.toml", alert)
        .with("items/通知/甲.txt", "甲\n级别：重要\n下屏：2026-5-16\n\n正文\n")
        .with("items/通知/乙.txt", "乙\n级别：普通\n\n正文\n");
    let wall = files.wall();
    let playlists = &wall.programme().plan().screens[0].tracks[0].playlists;
    assert_eq!(playlists.len(), 1);
    assert_eq!(
        (playlists[0].priority, playlists[0].plays[0].entries.len()),
        (Priority::Alert, 2)
    );
}

#[test]
fn what_is_important_for_ever_is_told() {
    let files = Files::plain().with("items/通知/甲.txt", "甲\n级别：重要\n\n正文\n");
    assert_eq!(
        problems(&files),
        [
            "items/通知/甲.txt: nothing ends it, so as long as it is here it keeps from its zones whatever is less urgent"
        ]
    );
}

// Fault 22.
#[test]
fn where_every_item_is_bad_or_gone_the_next_lower_list_plays() {
    let filler = "priority = \"filler\"\n[[play]]\nclock = true\n";
    let files = Files::plain().with("filler.toml", filler).item("甲", "甲", "4s");
    let library = files.library();
    let bad = files.clone().with("items/通知/甲.md", "甲\n下屏：2026-02-30\n");
    let kept = library.accept(&bad.sources());
    assert_eq!(
        shown(kept.wall().unwrap(), TEN),
        ["通知/甲"],
        "its last good version stays"
    );
    let gone = kept.accept(&files.without("items/通知/甲.md").sources());
    assert_eq!(shown(gone.wall().unwrap(), TEN), ["clock"]);
    assert_eq!(
        shown(bad.library().wall().unwrap(), TEN),
        ["clock"],
        "of which no version was good"
    );
}

// Faults 57, 58 and 60.
#[test]
fn characters_that_turn_text_around_or_have_no_glyph_are_refused_in_a_plain_text_and_its_head() {
    for bad in [
        '\u{202e}',
        '\u{2066}',
        '\u{2069}',
        '\u{200f}',
        '\u{61c}',
        '\u{e000}',
        '\u{e0041}',
        '\u{1F600}',
        '\u{378}',
    ] {
        for text in [
            format!("停水{bad}通知\n今日停水。\n"),
            format!("停水通知\n部门：办公{bad}室\n\n今日停水。\n"),
            format!("停水通知\n今日{bad}停水。\n"),
        ] {
            let library = Files::plain().with("items/通知/甲.txt", &text).library();
            let told = library.problems();
            let is_drawn = library
                .wall()
                .unwrap()
                .item("通知/甲")
                .is_some_and(|item| format!("{item:?}").contains(bad));
            assert!(!is_drawn || told.is_empty(), "U+{:04X} stays: {told:?}", u32::from(bad));
            if library.wall().unwrap().items().is_empty() {
                let code = format!("U+{:04X}", u32::from(bad));
                assert!(
                    told[0].message.zh.contains(&code) && told[0].place.is_some(),
                    "{told:?}"
                );
            }
        }
    }
}

// Fault 89.
#[test]
fn ten_thousand_plain_items_in_a_hundred_folders_are_taken_in_and_ordered() {
    let mut files = site();
    for number in 0..10_000 {
        let path = format!("items/夹{}/{number}.txt", number % 100);
        files = files.with(&path, format!("第{number}条\n下屏：2026-5-20\n\n正文\n"));
    }
    let library = files.library();
    assert_eq!(messages(library.problems()), [""; 0]);
    let wall = library.wall().unwrap();
    assert_eq!(wall.items().len(), 10_000);
    let again = library.accept(&files.with("items/夹0/新.txt", "新\n").sources());
    assert_eq!(again.wall().unwrap().items().len(), 10_001);
}
