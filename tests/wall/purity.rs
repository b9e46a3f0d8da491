//! The screen is a function of time: nothing about who asks, when, or in which order decides a pixel.

use proptest::prelude::*;
use yingbi::{
    units::{Tick, Ticks},
    wall::Projector,
};

use crate::support::site::{Files, picture};

/// 2026-05-15T09:00:00+08:00 at 50 ticks a second.
const NINE: i64 = 1_778_806_800 * 50;

fn busy() -> Files {
    titled("关于开展二〇二六年度工作的通知")
}

fn titled(title: &str) -> Files {
    Files::plain()
        .item("甲", title, "4s")
        .item("乙", "乙", "3s")
        .with(
            "notice.toml",
            "priority = \"notice\"\n[[when]]\nstart = \"09:10\"\nend = \"09:12\"\n[[play]]\nitem = \"通知/乙\"\n",
        )
        .with(
            "all.toml",
            "[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"push 0.4s\"\n",
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whoever_starts_later_or_jumps_about_sees_the_same(offsets in prop::collection::vec(0_i64..50 * 1200, 1..40)) {
        let wall = busy().wall();
        let mut jumping = Projector::new(wall.clone(), 0);
        for offset in offsets {
            let tick = Tick(NINE + offset);
            let mut fresh = Projector::new(wall.clone(), 0);
            prop_assert_eq!(picture(&mut jumping, tick), picture(&mut fresh, tick));
        }
    }
}

#[test]
fn nothing_changes_between_a_change_and_the_next_once_the_transition_is_over() {
    // Nothing of it is so long that it runs.
    let mut projector = Projector::new(titled("工作通知").wall(), 0);
    let mut tick = Tick(NINE);
    for _ in 0..40 {
        let next = projector.next_change(tick);
        assert!(next > tick);
        let settled = tick + Ticks(20);
        if settled < next {
            let picture_then = picture(&mut projector, settled);
            assert_eq!(picture_then, picture(&mut projector, Tick(next.0 - 1)));
        }
        tick = next;
    }
}

#[test]
fn one_who_comes_after_a_transition_and_looks_back_into_it_still_sees_it() {
    let wall = busy().wall();
    // 乙 follows 甲 by a push of twenty ticks; the round goes on for ever, so some offset lies in one.
    let (late, early) = (Tick(NINE + 24_570), Tick(NINE + 24_550));
    let mut looking_back = Projector::new(wall.clone(), 0);
    picture(&mut looking_back, late);
    let mut fresh = Projector::new(wall, 0);
    assert_eq!(picture(&mut looking_back, early), picture(&mut fresh, early));
}
