//! Old beats bad; a good change waits for its boundary; a withdrawal does not.

use std::sync::Arc;

use yingbi::{
    units::{Tick, Ticks},
    wall::{Library, Projector},
};

use crate::support::site::{Files, messages, picture};

/// 2026-05-15T10:00:00+08:00 at 50 ticks a second: a round of two four-second pages begins here.
const TEN: Tick = Tick(1_778_810_400 * 50);
const SECOND: Ticks = Ticks(50);

fn after(seconds: i64) -> Tick {
    TEN + Ticks(seconds * SECOND.0)
}

fn two_items() -> Files {
    Files::plain().item("甲", "甲", "4s").item("乙", "乙", "4s")
}

fn accept(library: &Library, files: &Files) -> Library {
    library.accept(&files.sources())
}

// Fault 21, 79.
#[test]
fn a_bad_file_keeps_its_last_good_version_and_the_others_take_effect() {
    let good = two_items();
    let library = good.library();
    let bad = good
        .clone()
        .with("items/通知/甲.md", "+++\ntitel = \"甲\"\n+++\n")
        .item("丙", "丙", "4s");
    let next = accept(&library, &bad);
    assert_eq!(
        messages(next.problems()),
        ["items/通知/甲.md:2:1: unknown key \"titel\"; did you mean \"title\"?"]
    );
    let titles: Vec<&str> = next.wall().unwrap().items().iter().map(|item| &*item.title).collect();
    assert_eq!(titles, ["丙", "乙", "甲"]);
}

#[test]
fn nothing_of_note_changed_means_nobody_takes_over() {
    let files = two_items();
    let library = files.library();
    let again = accept(&library, &files.clone().with("README.txt", "not the wall's"));
    assert!(Arc::ptr_eq(library.wall().unwrap(), again.wall().unwrap()));
}

// Fault 22.
#[test]
fn site_toml_that_disappears_leaves_everything_as_it_was() {
    let files = two_items();
    let library = files.library();
    let gone = accept(&library, &files.without("site.toml"));
    assert_eq!(
        messages(gone.problems()),
        ["site.toml: site.toml is gone; everything stays as it was"]
    );
    assert!(Arc::ptr_eq(library.wall().unwrap(), gone.wall().unwrap()));
}

#[test]
fn a_good_change_takes_over_at_the_new_programmes_next_boundary() {
    let before = two_items();
    let (old, new) = (before.wall(), before.item("乙", "乙改", "4s").wall());
    let mut changing = Projector::new(Arc::clone(&old), 0);
    let (mut old, mut fresh) = (Projector::new(old, 0), Projector::new(Arc::clone(&new), 0));
    // Two seconds into the first page of a round.
    let at = after(2);
    assert_eq!(picture(&mut changing, at), picture(&mut old, at));
    assert!(changing.take_over(new, at));
    let boundary = fresh.next_change(at);
    assert_eq!(boundary, after(4));
    let last = Tick(boundary.0 - 1);
    assert_eq!(picture(&mut changing, last), picture(&mut old, last));
    for tick in [boundary, boundary + SECOND, after(9)] {
        assert_eq!(picture(&mut changing, tick), picture(&mut fresh, tick));
    }
}

// Fault 4.
#[test]
fn a_withdrawn_item_leaves_at_once() {
    let before = two_items();
    let (old, new) = (before.wall(), before.without("items/通知/乙.md").wall());
    let mut changing = Projector::new(old, 0);
    let mut fresh = Projector::new(Arc::clone(&new), 0);
    let at = after(1);
    picture(&mut changing, at);
    assert!(changing.take_over(new, at));
    assert_eq!(picture(&mut changing, at), picture(&mut fresh, at));
}

#[test]
fn a_screen_of_another_shape_is_not_taken_over() {
    let files = two_items();
    let wider = crate::support::site::PLAIN.replace("width = 128", "width = 160");
    let (old, new) = (files.wall(), files.with("site.toml", wider).wall());
    let mut projector = Projector::new(old, 0);
    assert!(!projector.take_over(new, TEN));
    assert_eq!(projector.size().width, 128);
}

#[test]
fn a_withdrawn_item_that_is_next_never_begins() {
    // 甲 is seen and stays; 乙, which would follow it, is withdrawn.
    let before = two_items();
    let after_it = before.clone().without("items/通知/乙.md").item("甲", "甲", "30s");
    let (old, new) = (before.wall(), after_it.wall());
    let (mut changing, mut fresh) = (Projector::new(old.clone(), 0), Projector::new(new.clone(), 0));
    let begins = {
        let mut old = Projector::new(old, 0);
        let next = old.next_change(TEN);
        if old.view(TEN).zones[0].now.as_ref().unwrap().item.ends_with("甲") {
            next
        } else {
            old.next_change(next)
        }
    };
    let at = Tick(begins.0 - 100);
    picture(&mut changing, at);
    assert!(changing.take_over(new, at));
    for seconds in 0..40 {
        let tick = begins + Ticks(seconds * SECOND.0);
        assert_eq!(
            picture(&mut changing, tick),
            picture(&mut fresh, tick),
            "{seconds} s later"
        );
    }
}

#[test]
fn of_two_changes_in_a_row_the_second_takes_over_and_the_first_never_comes_back() {
    let first = two_items();
    let second = first.clone().item("乙", "乙改", "4s");
    let third = first.clone().item("乙", "乙又改", "4s");
    let mut changing = Projector::new(first.wall(), 0);
    let mut last = Projector::new(third.wall(), 0);
    picture(&mut changing, after(1));
    assert!(changing.take_over(second.wall(), after(2)));
    // The second change comes when the first is due, before anything was painted.
    assert!(changing.take_over(third.wall(), after(4)));
    for seconds in 8..20 {
        assert_eq!(
            picture(&mut changing, after(seconds)),
            picture(&mut last, after(seconds)),
            "at {seconds} s"
        );
    }
}

#[test]
fn zones_that_leave_two_older_walls_at_one_tick_come_to_the_newest() {
    // Two zones with one rhythm: the upper one takes the second wall at once, since what it showed was withdrawn, the lower one
    // still shows the first. Then both change over to the third at the same boundary.
    let second_zone = "\n[[screen.zone]]\nid = \"low\"\ny = 16\nwidth = 128\nheight = 16\n";
    let plain = crate::support::site::PLAIN;
    let site = plain.replace(
        "id = \"main\"\nwidth = 128\nheight = 32",
        "id = \"main\"\nwidth = 128\nheight = 16",
    ) + second_zone;
    let low = "zones = [\"low\"]\n[[play]]\ncolumn = \"通知\"\norder = \"path\"\n";
    let high = |item: &str| format!("[[play]]\nitem = \"通知/{item}\"\n");
    let first = two_items()
        .with("site.toml", site)
        .with("low.toml", low)
        .with("all.toml", high("甲"));
    let second = first.clone().with("all.toml", high("乙"));
    let third = second.clone().item("乙", "乙改", "4s").item("甲", "甲改", "4s");
    let (mut changing, mut last) = (Projector::new(first.wall(), 0), Projector::new(third.wall(), 0));
    picture(&mut changing, after(1));
    assert!(changing.take_over(second.wall(), after(1)));
    picture(&mut changing, after(2));
    assert!(changing.take_over(third.wall(), after(2)));
    for seconds in 4..20 {
        let at = after(seconds);
        assert_eq!(picture(&mut changing, at), picture(&mut last, at), "at {seconds} s");
    }
}

#[test]
fn an_alert_that_is_taken_away_goes_at_once_though_its_item_plays_elsewhere() {
    let alert = "priority = \"alert\"\n[[play]]\nitem = \"通知/乙\"\ndwell = \"60s\"\n";
    let before = two_items().with("alert.toml", alert);
    let (old, new) = (before.wall(), before.without("alert.toml").wall());
    let (mut changing, mut fresh) = (Projector::new(old, 0), Projector::new(new.clone(), 0));
    picture(&mut changing, after(1));
    assert!(changing.take_over(new, after(1)));
    assert_eq!(picture(&mut changing, after(1)), picture(&mut fresh, after(1)));
}

#[test]
fn a_zone_that_showed_nothing_takes_over_at_once_and_its_dark_has_a_reason() {
    let empty = Files::plain();
    let (old, new) = (empty.wall(), empty.item("甲", "甲", "4s").wall());
    let (mut changing, mut fresh) = (Projector::new(old, 0), Projector::new(new.clone(), 0));
    assert_eq!(changing.view(TEN).dark.unwrap().1, "nothing is scheduled for now");
    assert!(changing.take_over(new, TEN));
    assert_eq!(picture(&mut changing, TEN), picture(&mut fresh, TEN));
    assert_eq!(changing.view(TEN).dark, None);
}
