//! Of several files of one item the newest plays, and somebody is told of the others.

use std::sync::Arc;

use yingbi::units::{Tick, Ticks};

use super::folders::shown;
use crate::support::site::{Files, messages};

const TEN: Tick = Tick(1_778_810_400 * 50);

/// A site with these files in the folder of its column.
fn site(files: &[(&str, &str)]) -> Files {
    let with = |site: Files, (name, text): &(&str, &str)| site.with(&format!("items/通知/{name}"), text);
    files.iter().fold(Files::plain(), with)
}

/// The names of the items that play, without their folder, in the order of their paths.
fn playing(files: &Files) -> Vec<String> {
    let library = files.library();
    let items = library.wall().unwrap().items().iter();
    items
        .map(|item| item.id.strip_prefix("通知/").unwrap().to_owned())
        .collect()
}

#[test]
fn of_files_whose_names_are_those_of_copies_and_versions_the_newest_plays() {
    for (older, newer) in [
        ("通知.txt", "通知(1).txt"),
        ("通知 (1).txt", "通知 (2).txt"),
        ("通知（2）.txt", "通知（10）.txt"),
        ("通知 - 副本.txt", "通知.txt"),
        ("通知 - 副本 (2).txt", "通知.txt"),
        ("通知 - Copy.txt", "通知.txt"),
        ("通知 - 副本.txt", "通知(1).txt"),
        ("通知(最终版2).txt", "通知(最终版3).txt"),
        ("通知(最终版).txt", "通知(最终版2).txt"),
        ("通知.txt", "通知(最终版).txt"),
        ("通知最终版9.txt", "通知最终版10.txt"),
        ("通知_v2.txt", "通知_v3.txt"),
        ("通知(最终版2).txt", "通知(最终版2)(1).txt"),
        ("通知-修改稿.txt", "通知-修改稿2.txt"),
    ] {
        let files = site(&[(older, "停水通知\n旧的。\n"), (newer, "停水通知\n新的。\n")]);
        let library = files.library();
        assert_eq!(
            messages(library.problems()),
            [format!(
                "items/通知/{older}: items/通知/{newer} is a newer version of it, and plays in its place"
            )]
        );
        assert_eq!(playing(&files), [newer.strip_suffix(".txt").unwrap()]);
    }
}

#[test]
fn where_all_say_when_they_were_published_that_decides() {
    let files = site(&[
        ("通知(最终版3).txt", "停水通知\n发布：2026-5-1\n\n甲\n"),
        ("通知(最终版2).txt", "停水通知\n发布：2026-5-2\n\n乙\n"),
    ]);
    let library = files.library();
    let told = &library.problems()[0];
    assert_eq!(&*told.file, "items/通知/通知(最终版3).txt");
    assert_eq!(
        told.message.zh,
        "items/通知/通知(最终版2).txt 是同一条信息的较新版本，此文件播到 2026-05-02 00:00 为止"
    );
    assert_eq!(shown(library.wall().unwrap(), TEN), ["通知/通知(最终版2)"]);
}

#[test]
fn an_older_version_plays_until_the_newer_one_begins() {
    let files = site(&[
        ("通知.txt", "停水通知\n旧的。\n"),
        ("通知(1).txt", "停水通知\n上屏：2026-5-15 11:00\n\n新的。\n"),
    ]);
    let library = files.library();
    let wall = Arc::clone(library.wall().unwrap());
    assert_eq!(shown(&wall, TEN), ["通知/通知"]);
    assert_eq!(shown(&wall, TEN + Ticks(3600 * 50)), ["通知/通知(1)"]);
    assert_eq!(
        wall.term("通知/通知").unwrap().end.words().zh,
        "较新的版本 items/通知/通知(1).txt"
    );
}

#[test]
fn items_of_one_title_whose_files_are_no_copies_all_play() {
    let files = site(&[
        ("5月.txt", "值班安排\n发布：2026-5-1\n\n五月。\n"),
        ("4月.txt", "值班安排\n发布：2026-4-20\n\n四月。\n"),
        ("提示1.txt", "温馨提示\n请随手关灯。\n"),
        ("提示2.txt", "温馨提示\n请节约用水。\n"),
        ("通知(1).txt", "停水通知\n今日停水。\n"),
        ("通知(2).txt", "停电通知\n今日停电。\n"),
    ]);
    assert_eq!(messages(files.library().problems()), [""; 0]);
    assert_eq!(files.wall().items().len(), 6);
}

#[test]
fn what_is_the_same_to_the_letter_plays_once() {
    let files = site(&[
        ("甲.txt", "停水通知\n今日停水。\n"),
        ("乙.txt", "停水通知\r\n今日停水。\r\n"),
    ]);
    assert_eq!(
        messages(files.library().problems()),
        ["items/通知/甲.txt: says just what items/通知/乙.txt says, which plays in its place"]
    );
    assert_eq!(playing(&files), ["乙"]);
}

#[test]
fn what_a_playlist_names_is_never_left_out() {
    let files = site(&[("通知.txt", "停水通知\n"), ("通知(1).txt", "停水通知\n")])
        .with("own.toml", "[[play]]\nitem = \"通知/通知\"\n");
    assert_eq!(files.wall().items().len(), 2);
}

#[test]
fn files_of_other_folders_are_no_copies() {
    let files = Files::plain()
        .with("items/通知/2025/通知.txt", "年度通知\n二〇二五。\n")
        .with("items/通知/2026/通知(1).txt", "年度通知\n二〇二六。\n");
    assert_eq!(files.wall().items().len(), 2);
}
