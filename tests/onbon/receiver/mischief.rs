//! What a card does wrong when it is asked to.

use std::time::Duration;

use jiff::civil::date;
use yingbi::{
    controller::onbon::{
        packet::Framing,
        receiver::{Build, Intrusion, Lamps, Mischief, Other, Reboot, Refuses, Spell},
    },
    units::{Moment, Size},
};

use super::{Card, Page, area_six, blocks, bytes_of, model, program_five, program_six, start, words_of};

fn card(mischief: Mischief) -> Card {
    let build = Build {
        clock: date(2026, 11, 23).at(9, 0, 0, 0),
        ..Build::new(model("BX-6E1"), Size::new(4, 1), Lamps::Red)
    };
    Card::with(build, mischief)
}

fn page(row: &str) -> Page {
    Page::new(1, 10, row.len(), words_of(0, &[row], 1))
}

fn one(row: &str) -> Vec<([u8; 4], u8, Vec<u8>)> {
    program_six("000", [0, 0, row.len() as u16, 1], &[page(row)])
}

const PING: [u8; 5] = [1, 0xa2, 0, 0, 0];

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn it_refuses_all_or_every_third_or_one_command() {
    let refuses = |every, command| {
        card(Mischief {
            refuses: Some(Refuses {
                code: 7,
                command,
                every,
            }),
            ..Mischief::default()
        })
    };
    let mut all = refuses(1, None);
    all.refuses(7, 0xa2, 0x00, &[]);
    all.refuses(7, 0xa1, 0x08, &[]);
    let mut third = refuses(3, None);
    let errors: Vec<u16> = (0..7).map(|_| third.ask(0xa2, 0x05, &[1]).error).collect();
    assert_eq!(errors, [0, 0, 7, 0, 0, 7, 0]);
    let mut second_block = refuses(2, Some((0xa1, 0x03)));
    second_block.does(0xa1, 0x08, &[]);
    let (name, kind, bytes) = one("RRRR").remove(0);
    second_block.does(0xa1, 0x02, &start(name, kind, &bytes, 1));
    let blocks = blocks(name, &bytes, 10);
    second_block.does(0xa1, 0x03, &blocks[0]);
    second_block.refuses(7, 0xa1, 0x03, &blocks[1]);
    second_block.does(0xa1, 0x03, &blocks[1]);
}

#[test]
fn it_is_busy_and_deaf_for_a_while() {
    let spell = Spell {
        from: seconds(1),
        long: seconds(2),
    };
    let mut busy = card(Mischief {
        busy: Some(spell),
        ..Mischief::default()
    });
    let mut deaf = card(Mischief {
        deaf: Some(spell),
        ..Mischief::default()
    });
    for (second, is_well) in [(0, true), (1, false), (2, false), (3, true)] {
        assert_eq!(busy.ask(0xa2, 0x00, &[]).error, if is_well { 0 } else { 3 }, "{second}");
        assert_eq!(deaf.ask_raw(Framing::Six, &PING).is_some(), is_well, "{second}");
        busy.pass(1_000);
        deaf.pass(1_000);
    }
}

#[test]
fn it_answers_late_and_drops_the_oldest_answers() {
    let mut slow = card(Mischief {
        slow: seconds(2),
        ..Mischief::default()
    });
    let frame = slow.frame(Framing::Six, &PING);
    assert!(slow.hear(&frame).is_empty());
    assert_eq!(slow.receiver.poll_timeout(), Some(slow.now + seconds(2)));
    let mut out = Vec::new();
    slow.receiver.poll(slow.now + Duration::from_millis(1_999), &mut out);
    assert!(out.is_empty());
    slow.receiver.poll(slow.now + seconds(2), &mut out);
    assert_eq!(crate::onbon::deframed(&out).len(), 1);
    for _ in 0..40 {
        assert!(slow.hear(&frame).is_empty());
    }
    out.clear();
    slow.receiver.poll(slow.now + seconds(9), &mut out);
    assert_eq!(crate::onbon::deframed(&out).len(), 16);
    assert_eq!(slow.receiver.poll_timeout(), None);
}

#[test]
fn it_reboots_at_a_byte_between_blocks_at_a_time_and_again_and_again() {
    let reboots = |reboot| {
        card(Mischief {
            reboot: Some(reboot),
            outage: seconds(3),
            ..Mischief::default()
        })
    };
    let mut at_byte = reboots(Reboot::AtByte(10));
    let frame = at_byte.frame(Framing::Six, &PING);
    assert!(at_byte.hear(&frame).is_empty());
    assert!(!at_byte.receiver.has_power());
    assert_eq!(at_byte.receiver.tally().unheard, frame.len() as u64 - 10);
    assert!(at_byte.hear(&frame).is_empty());
    at_byte.pass(3_000);
    assert!(!at_byte.hear(&frame).is_empty());

    let mut between = reboots(Reboot::AfterBlocks(2));
    between.does(0xa1, 0x08, &[]);
    let (name, kind, bytes) = one("RRRR").remove(0);
    between.does(0xa1, 0x02, &start(name, kind, &bytes, 1));
    between.does(0xa1, 0x03, &blocks(name, &bytes, 5)[0]);
    between.does(0xa1, 0x03, &blocks(name, &bytes, 5)[1]);
    assert!(!between.receiver.has_power());
    between.pass(3_000);
    between.writes(&one("R.R."));
    assert_eq!(between.lit(), "R.R.\n");

    let mut at = reboots(Reboot::At(seconds(5)));
    let powers: Vec<bool> = (0..10)
        .map(|_| {
            at.pass(1_000);
            at.receiver.has_power()
        })
        .collect();
    assert_eq!(powers, [true, true, true, true, false, false, false, true, true, true]);

    let mut again = reboots(Reboot::Every(seconds(10)));
    again.pass(95_000);
    assert_eq!(again.receiver.tally().reboots, 9);
}

#[test]
fn it_confirms_a_new_program_and_plays_the_old_one() {
    let mut stale = card(Mischief {
        keeps_program: true,
        ..Mischief::default()
    });
    stale.writes(&one("RRRR"));
    assert_eq!(stale.lit(), "....\n");
    assert_eq!(stale.receiver.files().count(), 0);
}

#[test]
fn it_is_full_and_its_clock_cannot_be_set_and_it_has_no_parameters() {
    let mut full = card(Mischief {
        is_full: true,
        ..Mischief::default()
    });
    full.refuses(4, 0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &[page("RRRR")]));
    full.does(0xa1, 0x08, &[]);
    let (name, kind, bytes) = one("RRRR").remove(0);
    full.refuses(4, 0xa1, 0x02, &start(name, kind, &bytes, 1));
    assert_eq!(full.tells(0xa1, 0x12, &[])[4..], [0; 4]);
    let mut clock = card(Mischief {
        refuses_clock: true,
        ..Mischief::default()
    });
    clock.refuses(14, 0xa2, 0x02, &[0x26, 0x20, 0x11, 0x23, 0x02, 0x44, 0x20, 0x01]);
    let mut bare = card(Mischief {
        lacks_parameters: true,
        ..Mischief::default()
    });
    bare.refuses(18, 0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &[page("RRRR")]));
    assert_eq!(bare.tells(0xa2, 0x00, &[])[10], 0);
}

#[test]
fn it_says_that_it_is_of_another_type_and_size() {
    let mut other = card(Mischief {
        wrong_type: Some([0x62, 0x00]),
        wrong_size: Some(Size::new(64, 32)),
        ..Mischief::default()
    });
    let data = other.tells(0xa2, 0x00, &[]);
    assert_eq!((&data[..2], &data[14..18]), (&[0x62, 0x00][..], &[64, 0, 32, 0][..]));
}

#[test]
fn somebody_else_writes_to_it() {
    let mut others = vec![];
    for (at, what) in [
        (1, Intrusion::Area),
        (2, Intrusion::Delete),
        (3, Intrusion::Program),
        (4, Intrusion::Clock(3_600)),
        (5, Intrusion::Brightness(2)),
        (6, Intrusion::Off),
    ] {
        others.push(Other { at: seconds(at), what });
    }
    let mut card = card(Mischief {
        others,
        ..Mischief::default()
    });
    card.writes(&one("R..."));
    let mut seen = vec![card.lit()];
    for _ in 0..6 {
        card.pass(1_000);
        seen.push(card.lit());
    }
    assert_eq!(
        seen,
        ["R...\n", "RRRR\n", "R...\n", "RRRR\n", "RRRR\n", "RRRR\n", "....\n"]
    );
    assert_eq!(card.receiver.civil(card.now), date(2026, 11, 23).at(8, 0, 6, 0));
    assert_eq!(card.receiver.brightness(card.now), 2);
    assert_eq!(card.receiver.tally().intrusions, 6);
}

#[test]
fn somebody_elses_program_is_a_sound_one_of_every_family() {
    for (name, lamps) in [
        ("BX-5E1", Lamps::Red),
        ("BX-5E1", Lamps::RedGreen),
        ("BX-5Q1+", Lamps::Full),
        ("BX-6E1", Lamps::RedGreen),
        ("BX-6Q1", Lamps::Full),
    ] {
        let mischief = Mischief {
            others: vec![Other {
                at: seconds(1),
                what: Intrusion::Program,
            }],
            ..Mischief::default()
        };
        let mut card = Card::with(Build::new(model(name), Size::new(21, 3), lamps), mischief);
        card.pass(1_000);
        let frame = card.receiver.frame(card.now);
        assert!(frame.bytes().chunks(3).all(|led| led[0] == 255), "{name}");
        card.receiver.power_cut(card.now);
        card.receiver.power_back(card.now);
        assert!(card.receiver.frame(card.now) == frame, "{name}");
    }
    // It is what this test would write.
    let page = Page::new(1, 1_000, 21, bytes_of(0, &["R".repeat(21).as_str(); 3], 1));
    let ours = program_five(*b"P000", [0, 0, 21, 3], &[page]);
    assert_eq!(ours.len(), 23 + 4 + 12 + 4 + 13 + 9 + 4);
}

#[test]
fn the_same_bytes_at_the_same_moments_meet_the_same_fate() {
    let mischief = Mischief {
        refuses: Some(Refuses {
            code: 3,
            command: None,
            every: 2,
        }),
        slow: Duration::from_millis(150),
        reboot: Some(Reboot::Every(seconds(2))),
        outage: Duration::from_millis(700),
        ..Mischief::default()
    };
    let run = || {
        let mut one = card(mischief.clone());
        let frame = one.frame(Framing::Six, &PING);
        let mut said = Vec::new();
        for step in 0..100 {
            let now = one.now + Duration::from_millis(step * 100);
            one.receiver.handle(&frame, now, &mut said);
        }
        (said, one.receiver.tally())
    };
    assert_eq!(run(), run());
    assert!(Moment::ZERO < card(Mischief::default()).now);
}
