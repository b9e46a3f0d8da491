//! Any bytes at any moment, any loss, any order: nothing panics or hangs, and once the line heals the right picture is there in time.

use std::{io::Write as _, num::NonZeroU16, time::Duration};

use yingbi::{
    controller::{
        Controller,
        card::{CardArea, CardPage, Course, Entrance, Look, Sheet},
        onbon::receiver::{Mischief, Refuses, Spell},
    },
    units::{Area, Moment, Size},
};

use super::rig::{Rig, Weather, dots, millis, picture, pushed, seconds, sheet};
use crate::support::dice::Dice;

const SIZE: Size = Size::new(32, 16);

/// From the healing of the line to the right picture, the time of bytes on the wire not counted.
const IN_TIME: Duration = Duration::from_secs(10);

/// Requests in the 40 s after that, at most: a question every three seconds, and all of card and files sent anew.
const MOST_ASKED: u64 = 120;

/// How many schedules are tried; `CARD_SCHEDULES` says otherwise, and `CARD_SEED` where they begin.
fn schedules() -> std::ops::Range<u64> {
    let number = |name: &str, usual| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    let first = number("CARD_SEED", 0);
    first..first + number("CARD_SCHEDULES", 300)
}

fn areas(dice: &mut Dice) -> Vec<CardArea> {
    let cut = 1 + dice.below(30) as u32;
    let left = Area::new(0, 0, cut, 16);
    let right = Area::new(cut, 0, 32 - cut, 16);
    let all = [left, right];
    let from = dice.below(3) as usize;
    match from {
        0 => vec![pushed(SIZE.area(), dice)],
        1 => all.iter().map(|place| pushed(*place, dice)).collect(),
        _ => vec![pushed(all[dice.below(2) as usize], dice)],
    }
}

/// A sheet by dice. Its LEDs are lit but one time in eight.
fn wanted(rig: &Rig, dice: &mut Dice, has_fallback: bool) -> Sheet {
    let mut wanted = sheet(rig, areas(dice));
    wanted.is_lit = dice.below(8) != 0;
    wanted.fallback = has_fallback.then(|| dots(SIZE, &mut Dice(dice.below(3))));
    wanted
}

/// A sheet whose pages the card turns, or a strip that it lets run.
fn looped(rig: &Rig, dice: &mut Dice) -> Sheet {
    let mut wanted = sheet(rig, areas(dice));
    let speed = NonZeroU16::new(1 + dice.below(60) as u16).unwrap();
    let entrances = [
        Entrance::Cut,
        Entrance::FromRight(speed),
        Entrance::FromBelow(speed),
        Entrance::Running(speed),
    ];
    for area in &mut wanted.areas {
        let pages = 1 + dice.below(4);
        area.pages = (0..pages)
            .map(|_| {
                let width = area.place.width + dice.below(3) as u32 * 20;
                let look = Look::Dots(dots(Size::new(width, 16), dice));
                CardPage::new(look, entrances[dice.below(4) as usize], millis(dice.below(900)))
            })
            .collect();
        let round = millis(dice.below(4000));
        area.course = Course::Looped {
            round,
            elapsed: round / 2,
        };
    }
    wanted
}

fn mischief(dice: &mut Dice) -> Mischief {
    let spell = |dice: &mut Dice| Spell {
        from: millis(dice.below(20_000)),
        long: millis(dice.below(10_000)),
    };
    Mischief {
        busy: (dice.below(4) == 0).then(|| spell(dice)),
        deaf: (dice.below(4) == 0).then(|| spell(dice)),
        lies: dice.below(8) == 0,
        refuses_clock: dice.below(8) == 0,
        is_full: false,
        slow: if dice.below(6) == 0 {
            millis(dice.below(600))
        } else {
            Duration::ZERO
        },
        refuses: (dice.below(6) == 0).then(|| Refuses {
            code: 1 + dice.below(29) as u8,
            command: [(0xa2, 0x02), (0xa2, 0x07), (0xa2, 0x06), (0xa1, 0x02), (0xa2, 0x0e)]
                .get(dice.below(5) as usize)
                .copied(),
            every: dice.below(3) as u32,
        }),
        ..Mischief::default()
    }
}

/// One schedule: half a minute of bad weather, then a good line. How long the right picture took, wire time taken off.
fn schedule(seed: u64) -> Result<Duration, String> {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let name = ["BX-6E2", "BX-5E1"][dice.below(2) as usize];
    let baud = [None, Some(57600), Some(9600)][dice.below(3) as usize];
    let mischief = mischief(&mut dice);
    let told = format!("{mischief:?}");
    let mut rig = Rig::with(name, SIZE, baud, mischief);
    rig.keeps_requests = false;
    rig.dice = Dice(dice.below(u64::MAX >> 33) ^ seed);
    let worst = 1 + dice.below(30);
    let chance = |dice: &mut Dice| if dice.below(2) == 0 { dice.below(worst) } else { 0 };
    let weather = Weather {
        lost: chance(&mut dice),
        spoilt: chance(&mut dice),
        delayed: chance(&mut dice),
        doubled: chance(&mut dice),
        swapped: chance(&mut dice),
        refused: chance(&mut dice),
        noise: chance(&mut dice),
    };
    rig.weather = Some(weather);
    let has_fallback = dice.below(2) == 0;
    let mut shown = wanted(&rig, &mut dice, has_fallback);
    rig.show(&shown);
    for _ in 0..dice.below(12) {
        let span = millis(dice.below(4000));
        rig.run(span);
        happen(&mut rig, &mut dice, &mut shown, has_fallback);
    }
    // What the card does by the hour has an end as well.
    let end = Moment::ZERO + seconds(31);
    if rig.now < end {
        rig.run_until(end, |_| false);
    }
    rig.cut_after = None;
    if !rig.card.has_power() {
        // A card takes a while to start, in which the next question for its status goes unanswered.
        rig.run(seconds(6));
        rig.card.power_back(rig.now);
    }
    heal(rig, &shown).map_err(|why| format!("{name} {baud:?} {weather:?} {told}: {why}"))
}

/// Something that happens to card, line or sheet.
fn happen(rig: &mut Rig, dice: &mut Dice, shown: &mut Sheet, has_fallback: bool) {
    match dice.below(7) {
        0 => {
            rig.card.power_cut(rig.now);
            let span = seconds(5) + millis(dice.below(3000));
            rig.run(span);
            rig.card.power_back(rig.now);
        }
        1 => {
            let gone = millis(dice.below(2000));
            rig.relink(gone);
        }
        2 => rig.cut_after = Some(dice.below(400)),
        3 => {
            rig.session.refresh(rig.now);
            rig.show(&looped(rig, dice));
            let span = millis(dice.below(3000));
            rig.run(span);
            rig.show(shown);
        }
        _ => {
            *shown = wanted(rig, dice, has_fallback);
            rig.show(shown);
        }
    }
}

fn heal(mut rig: Rig, shown: &Sheet) -> Result<Duration, String> {
    rig.weather = None;
    let (healed, bytes, asked) = (rig.now, rig.bytes, rig.session.standing(rig.now).requests);
    // A frame that is on its way is waited for: nothing could overtake it.
    let flying = rig.in_flight();
    let right = picture(SIZE, shown);
    let is_right = |rig: &mut Rig| rig.card.frame(rig.now) == right && rig.card.is_lit(rig.now) == shown.is_lit;
    let end = healed + seconds(40);
    // It must be right, and stay so.
    let (mut since, mut used) = (None, 0);
    rig.run_until(end, |rig| {
        match is_right(rig) {
            true if since.is_none() => (since, used) = (Some(rig.now), rig.bytes),
            true => {}
            false => since = None,
        }
        false
    });
    let told = || {
        let (session, card) = (&rig.session, &rig.card);
        let areas: Vec<_> = card.areas().collect();
        let wanted: Vec<_> = shown.areas.iter().map(|area| area.place).collect();
        format!(
            "{:?} {:?} card: lit {} areas {areas:?} of {wanted:?} refusal {:?} {:?}",
            session.faults(rig.now),
            session.standing(rig.now),
            card.is_lit(rig.now),
            card.refusal(),
            card.tally(),
        )
    };
    let Some(since) = since else {
        return Err(format!("never right: {}", told()));
    };
    let wire = match rig.baud {
        Some(baud) => Duration::from_nanos((used - bytes) * 10_000_000_000 / u64::from(baud)),
        None => Duration::ZERO,
    };
    let took = since.since(healed).saturating_sub(wire + flying);
    let asked = rig.session.standing(rig.now).requests - asked;
    if asked > MOST_ASKED {
        return Err(format!("{asked} requests: {}", told()));
    }
    if took > IN_TIME {
        return Err(format!("{took:?} and {wire:?}: {}", told()));
    }
    Ok(took)
}

// Fault 10, 11, 36, 37, 40, 42.
#[test]
fn whatever_the_line_does_the_right_picture_is_there_ten_seconds_after_it_heals() {
    let mut slowest = (Duration::ZERO, 0);
    let mut failed = Vec::new();
    let all = schedules();
    for seed in all.clone() {
        match schedule(seed) {
            Ok(took) => slowest = slowest.max((took, seed)),
            Err(why) => failed.push((seed, why)),
        }
    }
    let (count, (took, seed)) = (all.end - all.start, slowest);
    writeln!(
        std::io::stderr(),
        "{count} schedules; the slowest took {took:?} (seed {seed})"
    )
    .unwrap();
    let first: Vec<_> = failed.iter().take(4).collect();
    assert!(failed.is_empty(), "{} of them: {first:#?}", failed.len());
}

// Fault 36.
#[test]
fn bytes_that_mean_nothing_are_nothing_to_a_session() {
    let mut dice = Dice(77);
    let mut rig = Rig::new("BX-6E2", SIZE, Some(57600));
    let shown = wanted(&rig, &mut dice, true);
    rig.show(&shown);
    for _ in 0..2000 {
        let noise: Vec<u8> = (0..dice.below(200))
            .map(|_| [0xa5, 0x5a, 0xa6, 0x5b, dice.below(256) as u8][dice.below(5) as usize])
            .collect();
        rig.session.handle(&noise, rig.now);
        let span = millis(dice.below(100));
        rig.run(span);
    }
    heal(rig, &shown).unwrap();
}
