//! What is sent of a sheet, and how soon.

use std::{sync::Arc, time::Duration};

use yingbi::{
    controller::{
        Controller,
        card::{CardArea, CardPage, Course, Entrance, Look},
        onbon::{
            Receiver,
            receiver::{Build, Mischief},
        },
    },
    frame::Frame,
    units::{Area, Level, Moment, Size},
};

use super::rig::{Rig, dots, millis, picture, pushed, seconds, sheet};
use crate::support::dice::Dice;

const SIZE: Size = Size::new(96, 32);

fn halves(dice: &mut Dice) -> Vec<CardArea> {
    vec![
        pushed(Area::new(0, 0, 40, 32), dice),
        pushed(Area::new(40, 0, 56, 32), dice),
    ]
}

#[test]
fn a_sheet_is_shown_dot_for_dot_by_every_family_that_takes_dots() {
    for (name, baud) in [
        ("BX-5E1", Some(9600)),
        ("BX-6E2", Some(57600)),
        ("BX-6M2", None),
        ("BX-5A", None),
    ] {
        let mut rig = Rig::new(name, SIZE, baud);
        let wanted = sheet(&rig, halves(&mut Dice(3)));
        rig.show(&wanted);
        let end = rig.now + seconds(10);
        let is_shown = rig.run_until(end, |rig| rig.card.frame(rig.now) == picture(SIZE, &wanted));
        assert!(is_shown, "{name}: {:?}", rig.session.faults(rig.now));
        rig.run(seconds(5));
        assert!(!rig.session.is_under_way());
        assert_eq!(rig.session.faults(rig.now), []);
        assert_eq!(rig.card.tally().refused, 0, "{:?}", rig.card.refusal());
    }
}

#[test]
fn a_bx_6q_gets_as_many_bits_as_its_answer_to_the_ping_says() {
    for has_565 in [false, true] {
        let mut rig = Rig::new("BX-6Q1", SIZE, None);
        let build = Build {
            has_565,
            ..rig.card.build().clone()
        };
        rig.card = Receiver::new(build, Mischief::default(), rig.now);
        let mut dice = Dice(5);
        let mut colours = |area: CardArea| {
            let mut frame = Frame::new(area.place.size());
            for led in frame.bytes_mut().chunks_exact_mut(3) {
                // Those that 5, 6 and 5 bits can say.
                let [red, green, blue] = [32, 64, 32].map(|most| dice.below(most) as u8);
                led.copy_from_slice(&[red << 3 | red >> 2, green << 2 | green >> 4, blue << 3 | blue >> 2]);
            }
            let page = CardPage::new(Look::Dots(Arc::new(frame)), Entrance::Cut, CardPage::PUSHED);
            CardArea {
                pages: [page].into(),
                ..area
            }
        };
        let mut wanted = sheet(&rig, halves(&mut Dice(3)).into_iter().map(&mut colours).collect());
        let whole = colours(pushed(SIZE.area(), &mut Dice(3)));
        let Look::Dots(fallback) = &whole.pages[0].look else {
            unreachable!()
        };
        wanted.fallback = Some(Arc::clone(fallback));
        rig.show(&wanted);
        rig.run(seconds(60));
        assert!(rig.card.frame(rig.now) == picture(SIZE, &wanted), "{has_565}");
        let update = rig.requests.iter().find(|data| data[1..3] == [0xa7, 0]).unwrap();
        let leds = SIZE.height as usize * 40 * if has_565 { 2 } else { 3 };
        assert!((leds..leds + 100).contains(&update.len()), "{}", update.len());
        // What stays when the power was off for a moment.
        rig.card.power_cut(rig.now);
        rig.card.power_back(rig.now);
        assert!(rig.card.frame(rig.now) == **fallback, "{has_565}");
        assert_eq!(rig.card.tally().refused, 0, "{:?}", rig.card.refusal());
    }
}

#[test]
fn only_the_area_that_changed_is_sent() {
    let mut rig = Rig::new("BX-6E2", SIZE, Some(57600));
    let mut dice = Dice(4);
    let mut wanted = sheet(&rig, halves(&mut dice));
    rig.show(&wanted);
    rig.run(seconds(5));
    let before = rig.card.tally();
    wanted.areas[1] = pushed(wanted.areas[1].place, &mut dice);
    rig.show(&wanted);
    rig.run(seconds(2));
    assert_eq!(rig.card.frame(rig.now), picture(SIZE, &wanted));
    let after = rig.card.tally();
    assert_eq!((after.updates - before.updates, after.deletes - before.deletes), (1, 0));
}

#[test]
fn a_changed_line_takes_no_more_than_a_third_longer_than_its_bytes_at_57600_baud() {
    let size = Size::new(320, 32);
    let mut rig = Rig::new("BX-6E2", size, Some(57600));
    let mut dice = Dice(5);
    let mut wanted = sheet(&rig, vec![pushed(size.area(), &mut dice)]);
    rig.show(&wanted);
    rig.run(seconds(8));
    for _ in 0..50 {
        // At any moment of the polls.
        let wait = millis(dice.below(4000));
        rig.run(wait);
        wanted.areas[0] = pushed(size.area(), &mut dice);
        let (from, requests) = (rig.now, rig.requests.len());
        rig.show(&wanted);
        let end = from + seconds(5);
        assert!(rig.run_until(end, |rig| rig.card.frame(rig.now) == picture(size, &wanted)));
        let frame = rig.requests[requests..].iter().find(|data| data[1] == 0xa7).unwrap();
        let bytes = rig.wire(frame.len() + 27);
        let asked: Vec<_> = rig.requests[requests..]
            .iter()
            .map(|data| (data[1], data[2], data.len()))
            .collect();
        assert!(
            rig.now.since(from) <= bytes * 13 / 10,
            "{:?} for {bytes:?}: {asked:02x?}",
            rig.now.since(from)
        );
    }
}

#[test]
fn a_changed_line_reaches_a_card_over_tcp_within_100_ms() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let mut dice = Dice(6);
    let mut wanted = sheet(&rig, halves(&mut dice));
    rig.show(&wanted);
    rig.run(seconds(8));
    for _ in 0..100 {
        let wait = millis(dice.below(4000));
        rig.run(wait);
        wanted.areas[0] = pushed(wanted.areas[0].place, &mut dice);
        let from = rig.now;
        rig.show(&wanted);
        let end = from + millis(100);
        assert!(rig.run_until(end, |rig| rig.card.frame(rig.now) == picture(SIZE, &wanted)));
    }
}

#[test]
fn what_is_withdrawn_is_gone_at_once_and_deleted_again_at_every_refresh() {
    let mut rig = Rig::new("BX-6E2", SIZE, Some(57600));
    let mut wanted = sheet(&rig, halves(&mut Dice(7)));
    rig.show(&wanted);
    rig.run(seconds(5));
    wanted.areas.truncate(1);
    rig.show(&wanted);
    rig.run(millis(200));
    assert_eq!(rig.card.areas().count(), 1);
    assert_eq!(rig.card.frame(rig.now), picture(SIZE, &wanted));
    let deletes = rig.card.tally().deletes;
    rig.run(seconds(125));
    assert_eq!(rig.card.tally().deletes - deletes, 2);
    assert_eq!(rig.card.frame(rig.now), picture(SIZE, &wanted));
}

/// So many columns of `strip`, from `x` on.
fn columns(strip: &Frame, x: u32, width: u32) -> Arc<Frame> {
    let height = strip.size().height;
    let mut part = Frame::new(Size::new(width, height));
    part.copy_area(strip, Area::new(x, 0, width, height), 0, 0);
    Arc::new(part)
}

#[test]
fn what_runs_once_runs_without_a_gap_to_its_end_and_is_not_begun_again_by_a_refresh() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let (width, distance) = (56, 7013);
    let strip = dots(Size::new(width + distance, 32), &mut Dice(9));
    let page = |look, entrance, stay| CardPage::new(Look::Dots(look), entrance, stay);
    let speed = Entrance::Running(100.try_into().unwrap());
    let pages = vec![
        page(columns(&strip, 0, width), Entrance::Cut, seconds(2)),
        page(
            columns(&strip, width, distance),
            speed,
            Duration::from_millis(10) * distance,
        ),
        page(columns(&strip, distance, width), Entrance::Cut, CardPage::PUSHED),
    ];
    let roll = CardArea {
        place: Area::new(40, 0, width, 32),
        pages: pages.into(),
        course: Course::Pushed,
    };
    let wanted = sheet(&rig, vec![pushed(Area::new(0, 0, 40, 32), &mut Dice(7)), roll]);
    rig.show(&wanted);
    let end = rig.now + seconds(2);
    assert!(rig.run_until(end, |rig| rig.card.frame(rig.now) == picture(SIZE, &wanted)));
    // From the first column on that has gone by, ten milliseconds each.
    let still = (0..3000).take_while(|_| {
        rig.run(millis(1));
        rig.card.frame(rig.now) == picture(SIZE, &wanted)
    });
    assert!(still.count() < 2500);
    let (begun, sent) = (rig.now, rig.card.tally().updates);
    for gone in [2, 57, 999, 5001, 6500, 7012, 7014, 9000] {
        rig.run((begun + millis(10) * (gone - 1) + millis(5)).since(rig.now));
        let mut seen = picture(SIZE, &wanted);
        let now = columns(&strip, gone.min(distance), width);
        seen.copy_area(&now, now.size().area(), 40, 0);
        assert_eq!(rig.card.frame(rig.now), seen, "{gone} columns on");
    }
    // What stands beside it is sent again, each minute.
    assert_eq!(rig.card.tally().updates - sent, 1);
}

#[test]
fn while_a_panel_test_wants_another_level_the_card_has_that_and_then_its_table_again() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let mut wanted = sheet(&rig, halves(&mut Dice(7)));
    let mut levels = Vec::new();
    for test in [None, Level::new(25), None] {
        wanted.test = test;
        rig.show(&wanted);
        rig.run(seconds(5));
        levels.push(rig.card.brightness(rig.now));
    }
    assert_eq!(levels, [15, 3, 15]);
}

#[test]
fn areas_that_move_never_overlap_on_the_card() {
    let mut rig = Rig::new("BX-5E1", SIZE, Some(57600));
    let mut dice = Dice(8);
    for _ in 0..200 {
        let wanted = sheet(&rig, split(&mut dice));
        rig.show(&wanted);
        rig.run(seconds(4));
        assert_eq!(rig.card.frame(rig.now), picture(SIZE, &wanted));
    }
    assert_eq!(rig.card.tally().refused, 0, "{:?}", rig.card.refusal());
}

/// One to four areas side by side, some of the room left dark.
pub(super) fn split(dice: &mut Dice) -> Vec<CardArea> {
    let count = 1 + dice.below(4) as u32;
    let width = SIZE.width / count;
    let mut areas = Vec::new();
    for index in 0..count {
        if count > 1 && dice.below(5) == 0 {
            continue;
        }
        let from = dice.below(u64::from(width) / 2) as u32;
        let place = Area::new(index * width + from, dice.below(8) as u32, width - from, 24);
        areas.push(pushed(place, dice));
    }
    areas
}

#[test]
fn the_newest_sheet_wins_however_fast_they_come() {
    let mut rig = Rig::new("BX-6E2", SIZE, Some(9600));
    let mut dice = Dice(9);
    let mut wanted = sheet(&rig, halves(&mut dice));
    for _ in 0..100 {
        wanted = sheet(&rig, halves(&mut dice));
        rig.show(&wanted);
        rig.run(millis(30));
    }
    let end = rig.now + seconds(4);
    assert!(rig.run_until(end, |rig| rig.card.frame(rig.now) == picture(SIZE, &wanted)));
}

#[test]
fn nothing_is_sent_once_it_was_closed() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let wanted = sheet(&rig, halves(&mut Dice(10)));
    rig.show(&wanted);
    rig.run(seconds(3));
    rig.session.close(rig.now);
    let requests = rig.requests.len();
    rig.run(seconds(300));
    assert!(rig.requests.len() <= requests + 1);
    assert_eq!(rig.card.frame(rig.now), picture(SIZE, &wanted));
    assert!(rig.now > Moment::ZERO);
}
