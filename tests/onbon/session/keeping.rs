//! A card that reboots, loses its clock, or is driven by another is made true again.

use std::time::Duration;

use yingbi::{
    controller::{
        Controller,
        card::Sheet,
        onbon::{
            receiver::{Intrusion, Mischief, Other},
            session::{Fault, Order, Thing, Trust},
        },
    },
    units::{Level, Moment, Size},
};

use super::rig::{Rig, START, dots, millis, picture, pushed, seconds, sheet};
use crate::support::dice::Dice;

const SIZE: Size = Size::new(64, 16);

fn shown(rig: &Rig) -> Sheet {
    let mut dice = Dice(31);
    let mut shown = sheet(rig, vec![pushed(SIZE.area(), &mut dice)]);
    shown.fallback = Some(dots(SIZE, &mut dice));
    shown
}

#[test]
fn a_reboot_between_two_questions_is_noticed_by_the_lock_that_it_clears() {
    for name in ["BX-6E2", "BX-5E1"] {
        let mut rig = Rig::new(name, SIZE, Some(57600));
        let shown = shown(&rig);
        rig.show(&shown);
        rig.run(seconds(20));
        assert_eq!(rig.session.standing(rig.now).fallback, Trust::Verified);
        // So short that nothing was asked meanwhile.
        rig.card.power_cut(rig.now);
        rig.card.power_back(rig.now);
        assert_ne!(rig.card.frame(rig.now), picture(SIZE, &shown));
        let end = rig.now + seconds(10);
        assert!(rig.run_until(end, |rig| rig.card.frame(rig.now) == picture(SIZE, &shown)));
    }
}

// Fault 10, 11.
#[test]
fn what_another_does_is_undone() {
    let all = [
        (Intrusion::Off, Some(Thing::Light)),
        (Intrusion::Brightness(3), Some(Thing::Brightness)),
        (Intrusion::Clock(-600), Some(Thing::Clock)),
        (Intrusion::Program, None),
        (Intrusion::Area, None),
        (Intrusion::Delete, None),
    ];
    for (what, thing) in all {
        let others = vec![Other { at: seconds(30), what }];
        let mischief = Mischief {
            others,
            ..Mischief::default()
        };
        let mut rig = Rig::with("BX-6E2", SIZE, None, mischief);
        let shown = shown(&rig);
        rig.show(&shown);
        rig.run(seconds(29));
        assert_eq!(rig.session.faults(rig.now), []);
        // What is seen in the status within 10 s; what cannot be read back at the refresh; files within a minute.
        let wait = if thing.is_some() { 11 } else { 100 };
        rig.run(seconds(wait));
        assert_eq!(rig.card.frame(rig.now), picture(SIZE, &shown), "{what:?}");
        assert!(rig.card.is_lit(rig.now));
        assert_eq!(rig.card.brightness(rig.now), 15, "{what:?}");
        let off = rig
            .card
            .civil(rig.now)
            .duration_since(START.checked_add(rig.now.since(Moment::ZERO)).unwrap());
        assert!(off.as_secs().abs() <= 1, "{what:?}: {off:?}");
        if let Some(thing) = thing {
            assert!(
                rig.session.faults(rig.now).contains(&Fault::AnotherMaster { thing }),
                "{what:?}"
            );
        }
        rig.card.power_cut(rig.now);
        rig.card.power_back(rig.now);
        assert_eq!(Some(&rig.card.frame(rig.now)), shown.fallback.as_deref(), "{what:?}");
    }
}

#[test]
fn the_clock_is_set_and_kept_within_a_second() {
    let mut rig = Rig::new("BX-5E1", SIZE, Some(9600));
    let shown = shown(&rig);
    rig.show(&shown);
    rig.run(seconds(3600));
    assert_eq!(rig.card.tally().clocks, 1);
    let standing = rig.session.standing(rig.now);
    assert_eq!((standing.clock, standing.clock_ahead), (Trust::Verified, Some(0)));
}

#[test]
fn brightness_hours_and_light_follow_the_sheet() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let mut shown = shown(&rig);
    let mut day = (*shown.day).clone();
    day.levels[18..].fill(Level::new(50).unwrap());
    day.lit = vec![(jiff::civil::time(8, 0, 0, 0), jiff::civil::time(18, 0, 0, 0))];
    shown.day = day.into();
    rig.show(&shown);
    rig.run(seconds(5));
    assert_eq!(rig.card.brightness(rig.now), 7);
    assert!(rig.card.is_lit(rig.now));
    shown.is_lit = false;
    rig.show(&shown);
    rig.run(millis(100));
    assert!(!rig.card.is_lit(rig.now));
    rig.run(seconds(5));
    let standing = rig.session.standing(rig.now);
    assert_eq!(
        (standing.brightness, standing.hours),
        (Trust::Verified, Trust::Verified)
    );
}

#[test]
fn an_order_holds_until_the_next_refresh() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let shown = shown(&rig);
    rig.show(&shown);
    rig.run(seconds(5));
    assert!(rig.session.order(Order::Off, rig.now));
    assert!(rig.session.order(Order::Brightness(Level::new(1).unwrap()), rig.now));
    rig.run(seconds(30));
    assert!(!rig.card.is_lit(rig.now));
    assert_eq!(rig.card.brightness(rig.now), 0);
    rig.run(seconds(40));
    assert!(rig.card.is_lit(rig.now));
    assert_eq!(rig.card.brightness(rig.now), 15);
    assert!(rig.session.order(Order::Erase, rig.now));
    rig.run(seconds(10));
    assert_eq!((rig.card.areas().count(), rig.card.files().count()), (0, 0));
    rig.run(seconds(60));
    assert_eq!(rig.card.frame(rig.now), picture(SIZE, &shown));
    for _ in 0..8 {
        assert!(rig.session.order(Order::On, rig.now));
    }
    assert!(!rig.session.order(Order::On, rig.now));
}

#[test]
fn a_loop_is_set_right_at_the_beginning_of_a_round_and_its_drift_is_told() {
    use std::sync::Arc;
    use yingbi::controller::card::{CardArea, CardPage, Course, Entrance, Look};
    let mut rig = Rig::new("BX-6E2", SIZE, Some(9600));
    let mut dice = Dice(33);
    let pages: Vec<_> = (0..3)
        .map(|_| CardPage::new(Look::Dots(dots(SIZE, &mut dice)), Entrance::Cut, seconds(4)))
        .collect();
    let frames: Vec<_> = pages.iter().map(|page| page.look.clone()).collect();
    let area = CardArea {
        place: SIZE.area(),
        pages: Arc::from(pages),
        course: Course::Looped {
            round: seconds(12),
            elapsed: seconds(5),
        },
    };
    let shown = sheet(&rig, vec![area]);
    rig.show(&shown);
    rig.run(seconds(40));
    let updates = rig.card.tally().updates;
    for _ in 0..600 {
        rig.run(millis(100));
        // A twentieth of a second around the turning of a page belongs to either.
        let at = (5_000 + rig.now.since(Moment::ZERO).as_millis() as u64) % 12_000;
        let near = (at % 4_000).min(4_000 - at % 4_000);
        if near < 300 {
            continue;
        }
        let Look::Dots(page) = &frames[(at / 4_000) as usize] else {
            unreachable!()
        };
        assert_eq!(rig.card.frame(rig.now), **page, "at {at} ms of the round");
    }
    let sent = rig.card.tally().updates - updates;
    assert!((4..=6).contains(&sent), "{sent} uploads in five rounds");
    let drift = rig.session.standing(rig.now).areas[0].drift.unwrap();
    assert!(drift < Duration::from_millis(300), "{drift:?}");
    assert!(!rig.session.is_under_way());
}
