//! Power that goes in the middle of what is sent.

use std::{io::Write as _, sync::Arc};

use yingbi::{
    controller::card::Sheet,
    frame::Frame,
    units::{Moment, Size},
};

use super::rig::{Rig, dots, picture, pushed, seconds, sheet};
use crate::support::dice::Dice;

const SIZE: Size = Size::new(64, 32);

/// How many cuts are tried; `CARD_CUTS` says otherwise.
fn cuts() -> u64 {
    std::env::var("CARD_CUTS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(150)
}

/// A sheet with one area and a fallback, each with a picture of its own.
fn wanted(rig: &Rig, dice: &mut Dice) -> Sheet {
    let mut wanted = sheet(rig, vec![pushed(SIZE.area(), dice)]);
    wanted.fallback = Some(dots(SIZE, dice));
    wanted
}

/// What the card shows by itself.
fn alone(rig: &mut Rig) -> Frame {
    rig.card.frame(rig.now)
}

// Fault 42.
#[test]
fn wherever_power_is_cut_within_an_upload_the_card_shows_wholly_the_old_or_wholly_the_new() {
    let mut dice = Dice(21);
    let (mut old_seen, mut new_seen) = (0, 0);
    for cut in 0..cuts() {
        let name = ["BX-6E2", "BX-5E1"][(cut % 2) as usize];
        let mut rig = Rig::new(name, SIZE, None);
        rig.keeps_requests = false;
        let old = wanted(&rig, &mut dice);
        rig.show(&old);
        rig.run(seconds(5));
        let new = wanted(&rig, &mut dice);
        // All of it is somewhat more than two pictures.
        rig.cut_after = Some(dice.below(2600));
        rig.show(&new);
        let end = rig.now + seconds(2);
        rig.run_until(end, |rig| {
            if rig.card.has_power() {
                let shown = rig.card.frame(rig.now);
                assert!(
                    shown == picture(SIZE, &old) || shown == picture(SIZE, &new),
                    "cut {cut}"
                );
            }
            !rig.card.has_power()
        });
        rig.cut_after = None;
        rig.card.power_cut(rig.now);
        rig.session.disconnected(rig.now);
        rig.run(seconds(3));
        rig.card.power_back(rig.now);
        let shown = alone(&mut rig);
        let is = |wanted: &Sheet| wanted.fallback.as_deref() == Some(&shown);
        assert!(is(&old) || is(&new), "cut {cut}: a mixture");
        if is(&old) {
            old_seen += 1;
        } else {
            new_seen += 1;
        }
        rig.session.connected(rig.now);
        let end = rig.now + seconds(10);
        let right = picture(SIZE, &new);
        assert!(rig.run_until(end, |rig| rig.card.frame(rig.now) == right), "cut {cut}");
        rig.run(seconds(10));
        // And without us it is the new one as well.
        rig.card.power_cut(rig.now);
        rig.session.disconnected(rig.now);
        rig.card.power_back(rig.now);
        for second in 0..12 {
            let later = rig.now + seconds(second);
            assert_eq!(Some(&rig.card.frame(later)), new.fallback.as_deref(), "cut {cut}");
        }
    }
    let cuts = cuts();
    writeln!(
        std::io::stderr(),
        "{cuts} cuts: {old_seen} kept the old, {new_seen} had the new"
    )
    .unwrap();
    assert!(old_seen > 0 && new_seen > 0);
}

// Fault 43.
#[test]
fn flash_is_written_24_times_a_day_at_most() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    rig.keeps_requests = false;
    let mut dice = Dice(22);
    let mut shown = wanted(&rig, &mut dice);
    // Nine in the morning to midnight, a new picture every five minutes.
    for _ in 0..15 * 12 {
        shown.civil = sheet(&rig, Vec::new()).civil;
        shown.fallback = Some(dots(SIZE, &mut dice));
        rig.show(&shown);
        rig.run(seconds(299));
        if rig.now.since(Moment::ZERO) > seconds(54_000 - 600) {
            break;
        }
    }
    let standing = rig.session.standing(rig.now);
    assert!((20..=24).contains(&standing.writes_today), "{}", standing.writes_today);
    assert!(rig.card.tally().programs <= 24);
    assert!(
        rig.session
            .faults(rig.now)
            .iter()
            .any(|fault| fault.to_string().contains("times today"))
    );
    // The next day it is the newest one that is written.
    rig.run(seconds(3600));
    shown.civil = sheet(&rig, Vec::new()).civil;
    rig.show(&shown);
    rig.run(seconds(300));
    rig.card.power_cut(rig.now);
    rig.card.power_back(rig.now);
    assert_eq!(Some(&rig.card.frame(rig.now)), shown.fallback.as_deref());
}

#[test]
fn a_fallback_that_the_card_has_already_is_not_written_again() {
    let mut dice = Dice(23);
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let shown = wanted(&rig, &mut dice);
    rig.show(&shown);
    rig.run(seconds(200));
    assert_eq!(rig.card.tally().programs, 1);
    // Another daemon, the same card.
    let mut again = Rig::new("BX-6E2", SIZE, None);
    std::mem::swap(&mut again.card, &mut rig.card);
    again.now = rig.now;
    again.session.connected(again.now);
    again.show(&shown);
    again.run(seconds(200));
    assert_eq!(again.card.tally().programs, 1);
    assert_eq!(again.session.standing(again.now).writes_today, 0);
    assert!(Arc::strong_count(shown.fallback.as_ref().unwrap()) > 1);
}
