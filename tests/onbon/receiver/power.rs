//! Power cuts: what is gone, what is there, and never a mixture.

use jiff::civil::date;
use yingbi::{
    controller::onbon::receiver::{Build, Lamps, Mischief, Reboot},
    units::Size,
};

use super::{Card, Page, area_six, blocks, model, program_six, red, start, words_of};
use crate::support::dice::Dice;

fn page(row: &str) -> Page {
    Page::new(1, 10, row.len(), words_of(0, &[row], 1))
}

fn one(row: &str) -> Vec<([u8; 4], u8, Vec<u8>)> {
    program_six("000", [0, 0, row.len() as u16, 1], &[page(row)])
}

fn cycle(card: &mut Card) {
    card.receiver.power_cut(card.now);
    assert_eq!(card.lit().matches('.').count(), card.receiver.size().leds());
    assert!(card.hear(&[0xa5; 100]).is_empty());
    card.pass(2_000);
    card.receiver.power_back(card.now);
}

#[test]
fn dynamic_areas_are_gone_and_programs_are_not() {
    let mut card = red(4, 1);
    card.writes(&one("R..R"));
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &[page(".RR.")]));
    assert_eq!(card.lit(), ".RR.\n");
    cycle(&mut card);
    assert_eq!(card.lit(), "R..R\n");
    assert_eq!(card.receiver.areas().count(), 0);
    assert_eq!(card.receiver.tally().reboots, 1);
}

#[test]
fn settings_and_the_clock_survive() {
    let mut card = red(4, 1);
    card.does(0xa2, 0x1b, &[7, 0]);
    card.does(0xa2, 0x07, &[&[0][..], &[3; 48]].concat());
    card.does(0xa2, 0x02, &[0x26, 0x20, 0x12, 0x31, 0x23, 0x59, 0x59, 4]);
    card.does(0xa2, 0x0e, b"\x01\x01P005\0\xff\xff\xff\xff");
    cycle(&mut card);
    assert_eq!(card.receiver.number(), 7);
    assert_eq!(card.receiver.brightness(card.now), 3);
    assert_eq!(card.receiver.civil(card.now), date(2027, 1, 1).at(0, 0, 1, 0));
    assert!(card.receiver.has_good_clock());
    assert_eq!(card.tells(0xa2, 0x0f, &[])[11], 1);
}

#[test]
fn without_a_battery_the_clock_begins_anew_and_the_card_says_so() {
    let build = Build {
        has_battery: false,
        clock: date(2026, 11, 23).at(9, 0, 0, 0),
        ..Build::new(model("BX-6E1"), Size::new(4, 1), Lamps::Red)
    };
    let mut card = Card::new(build);
    assert_eq!(card.tells(0xa2, 0x0f, &[])[13], 1);
    cycle(&mut card);
    assert_eq!(card.receiver.civil(card.now), date(2000, 1, 1).at(0, 0, 0, 0));
    assert_eq!(card.tells(0xa2, 0x0f, &[])[13], 0);
    card.does(0xa2, 0x02, &[0x26, 0x20, 0x12, 0x31, 0x23, 0x59, 0x59, 4]);
    assert_eq!(card.tells(0xa2, 0x0f, &[])[13], 1);
}

#[test]
fn a_reset_answers_and_forgets() {
    let mut card = red(4, 1);
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &[page(".RR.")]));
    card.does(0xa2, 0x01, &[]);
    assert_eq!(card.lit(), "....\n");
    assert_eq!(card.receiver.tally().reboots, 1);
}

/// The bytes of the line that put a program into the card.
fn upload(card: &mut Card, files: &[([u8; 4], u8, Vec<u8>)]) -> Vec<u8> {
    let framing = yingbi::controller::onbon::packet::Framing::Six;
    let mut requests = vec![(8, vec![])];
    for (name, kind, bytes) in files {
        requests.push((2, start(*name, *kind, bytes, 1)));
        requests.extend(blocks(*name, bytes, 30).into_iter().map(|block| (3, block)));
    }
    requests.push((9, vec![]));
    let request = |(command, body): (u8, Vec<u8>)| {
        card.frame(
            framing,
            &[&[1, 0xa1, command], &(body.len() as u16).to_le_bytes()[..], &body].concat(),
        )
    };
    requests.into_iter().flat_map(request).collect()
}

#[test]
fn a_cut_at_any_byte_of_an_upload_leaves_the_old_program_or_the_new_one_and_no_mixture() {
    let (old, new) = ("R.R.R.R.", ".R.RR.RR");
    let mut first = red(8, 1);
    first.writes(&one(old));
    let line = upload(&mut first, &one(new));
    let (mut olds, mut news) = (0, 0);
    for cut in 0..=line.len() {
        let mut card = red(8, 1);
        card.writes(&one(old));
        card.hear(&line[..cut]);
        cycle(&mut card);
        match card.lit().trim() {
            lit if lit == old => olds += 1,
            lit if lit == new => news += 1,
            lit => panic!("{lit} after {cut} bytes"),
        }
        assert_eq!(card.receiver.files().count(), 2);
        // And it takes the whole of it afterwards.
        card.hear(&line);
        assert_eq!(card.lit().trim(), new);
    }
    assert_eq!((olds, news), (line.len(), 1));
}

#[test]
fn a_cut_at_a_byte_of_an_update_leaves_no_area_and_one_before_it_leaves_the_program() {
    let mut dice = Dice(7);
    for _ in 0..200 {
        let mischief = Mischief {
            reboot: Some(Reboot::AtByte(600 + dice.below(400))),
            ..Mischief::default()
        };
        let build = Build::new(model("BX-6E1"), Size::new(8, 1), Lamps::Red);
        let mut card = Card::with(build, mischief);
        card.writes(&one("R......R"));
        while card.receiver.tally().reboots == 0 {
            let frame = {
                let body = area_six(0, [0, 0, 8, 1], &[page(".RRRRRR.")]);
                let length = (body.len() as u16).to_le_bytes();
                let data = [&[1, 0xa7, 0], &length[..], &body].concat();
                card.frame(yingbi::controller::onbon::packet::Framing::Dynamic, &data)
            };
            card.hear(&frame);
            let lit = card.lit();
            if card.receiver.tally().reboots == 0 {
                assert_eq!(lit, ".RRRRRR.\n");
            } else if card.receiver.areas().count() == 0 {
                assert_eq!(lit, "R......R\n");
            }
        }
        assert!(card.receiver.has_power());
    }
}

#[test]
fn what_was_coming_when_the_power_failed_is_forgotten() {
    let mut card = red(4, 1);
    card.does(0xa1, 0x08, &[]);
    let (name, kind, bytes) = one("RRRR").remove(0);
    card.does(0xa1, 0x02, &start(name, kind, &bytes, 1));
    card.does(0xa1, 0x03, &blocks(name, &bytes, 10)[0]);
    cycle(&mut card);
    card.refuses(8, 0xa1, 0x03, &blocks(name, &bytes, 10)[1]);
    card.refuses(8, 0xa1, 0x09, &[]);
    // Half a frame as well.
    let frame = card.frame(yingbi::controller::onbon::packet::Framing::Six, &[1, 0xa2, 0, 0, 0]);
    card.hear(&frame[..20]);
    cycle(&mut card);
    assert!(card.hear(&frame[20..]).is_empty());
    assert!(!card.hear(&frame).is_empty());
}
