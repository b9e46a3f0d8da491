//! On and off, by hand and by the card's clock; how bright.

use jiff::civil::{DateTime, date};

use super::{Card, Page, area_six, red, words_of};

/// A card with one LED, lit, whose clock says that.
fn at(civil: DateTime) -> Card {
    let mut card = red(1, 1);
    card.does(
        0xa7,
        0x00,
        &area_six(0, [0, 0, 1, 1], &[Page::new(1, 100, 1, words_of(0, &["R"], 1))]),
    );
    set(&mut card, civil);
    card
}

fn bcd(value: i16) -> u8 {
    (value / 10 * 16 + value % 10) as u8
}

/// The clock as a request has it.
fn clock(civil: DateTime) -> Vec<u8> {
    let fields = [
        civil.year() % 100,
        civil.year() / 100,
        civil.month().into(),
        civil.day().into(),
        civil.hour().into(),
        civil.minute().into(),
        civil.second().into(),
    ];
    let mut bytes: Vec<u8> = fields.into_iter().map(bcd).collect();
    bytes.push(civil.date().weekday().to_monday_one_offset() as u8);
    bytes
}

fn set(card: &mut Card, civil: DateTime) {
    card.does(0xa2, 0x02, &clock(civil));
}

const HOUR: u64 = 3_600_000;

fn is_lit(card: &mut Card, milliseconds: u64) -> bool {
    card.pass(milliseconds);
    let is_lit = card.receiver.is_lit(card.now);
    assert_eq!(card.lit() == "R\n", is_lit);
    is_lit
}

#[test]
fn the_screen_is_switched_by_hand() {
    let mut card = at(date(2026, 11, 23).at(9, 0, 0, 0));
    assert!(is_lit(&mut card, 0));
    card.does(0xa2, 0x05, &[0]);
    assert!(!is_lit(&mut card, 100 * HOUR));
    card.does(0xa2, 0x05, &[1]);
    assert!(is_lit(&mut card, 0));
}

#[test]
fn the_clock_switches_the_screen_each_day() {
    let mut card = at(date(2026, 11, 23).at(7, 59, 59, 0));
    card.does(0xa2, 0x06, &[2, 0x08, 0x00, 0x12, 0x00, 0x13, 0x30, 0x18, 0x00]);
    assert!(!is_lit(&mut card, 0));
    assert!(is_lit(&mut card, 1_000));
    assert!(!is_lit(&mut card, 4 * HOUR));
    assert!(is_lit(&mut card, HOUR * 3 / 2));
    assert!(!is_lit(&mut card, HOUR * 9 / 2));
    assert!(is_lit(&mut card, 14 * HOUR));
    // By hand it is so until the clock's next turn.
    card.does(0xa2, 0x05, &[0]);
    assert!(!is_lit(&mut card, 4 * HOUR - 1_000));
    card.does(0xa2, 0x05, &[1]);
    assert!(is_lit(&mut card, 0));
    assert!(!is_lit(&mut card, 1_000));
    card.does(0xa2, 0x08, &[]);
    assert!(is_lit(&mut card, 0));
}

#[test]
fn a_window_over_midnight_and_one_without_a_gap() {
    let mut card = at(date(2026, 12, 31).at(23, 0, 0, 0));
    card.does(0xa2, 0x06, &[1, 0x22, 0x00, 0x06, 0x00]);
    assert!(is_lit(&mut card, 0));
    assert!(is_lit(&mut card, 7 * HOUR - 1_000));
    assert!(!is_lit(&mut card, 1_000));
    card.does(0xa2, 0x06, &[2, 0x06, 0x00, 0x12, 0x00, 0x12, 0x00, 0x18, 0x00]);
    assert!(is_lit(&mut card, 6 * HOUR));
    assert!(!is_lit(&mut card, 6 * HOUR));
}

#[test]
fn the_windows_survive_a_power_cut_and_the_hand_does_not() {
    let mut card = at(date(2026, 11, 23).at(12, 0, 0, 0));
    card.does(0xa2, 0x06, &[1, 0x08, 0x00, 0x18, 0x00]);
    card.does(0xa2, 0x05, &[0]);
    card.receiver.power_cut(card.now);
    card.pass(1_000);
    card.receiver.power_back(card.now);
    assert!(card.receiver.is_lit(card.now));
    card.pass(6 * HOUR);
    assert!(!card.receiver.is_lit(card.now));
}

#[test]
fn times_that_are_none_are_refused() {
    let mut card = at(date(2026, 11, 23).at(12, 0, 0, 0));
    for wrong in [
        [0x24, 0x00, 0x12, 0x00],
        [0x08, 0x60, 0x12, 0x00],
        [0x0a, 0x00, 0x12, 0x00],
        [0x08, 0, 0x12, 0x7a],
    ] {
        card.refuses(14, 0xa2, 0x06, &[&[1], &wrong[..]].concat());
    }
    card.refuses(18, 0xa2, 0x06, &[2, 0x08, 0x00, 0x12, 0x00]);
    let good = clock(date(2028, 2, 29).at(23, 59, 59, 0));
    for (at, wrong) in [
        (0, 0x27),
        (2, 0x13),
        (2, 0x00),
        (3, 0x32),
        (4, 0x24),
        (5, 0x60),
        (6, 0x61),
        (7, 0),
        (7, 8),
        (7, 3),
    ] {
        let mut bad = good.clone();
        bad[at] = wrong;
        card.refuses(14, 0xa2, 0x02, &bad);
    }
    card.refuses(18, 0xa2, 0x02, &good[..7]);
    assert_eq!(card.receiver.civil(card.now), date(2026, 11, 23).at(12, 0, 0, 0));
    card.does(0xa2, 0x02, &good);
    card.pass(1_000);
    assert_eq!(card.receiver.civil(card.now), date(2028, 3, 1).at(0, 0, 0, 0));
}

#[test]
fn brightness_by_hand_by_the_clock_and_by_the_sensor() {
    let mut card = at(date(2026, 11, 23).at(11, 59, 59, 0));
    assert_eq!(card.receiver.brightness(card.now), 15);
    card.does(0xa2, 0x07, &[&[0][..], &[7; 48]].concat());
    assert_eq!(card.receiver.brightness(card.now), 7);
    let table: Vec<u8> = (0..48).map(|half| half / 3).collect();
    card.does(0xa2, 0x07, &[&[1], &table[..]].concat());
    assert_eq!(card.receiver.brightness(card.now), 7);
    card.pass(1_000);
    assert_eq!(card.receiver.brightness(card.now), 8);
    card.pass(11 * HOUR + HOUR / 2);
    assert_eq!(card.receiver.brightness(card.now), 15);
    card.does(0xa2, 0x07, &[&[2][..], &[0; 48]].concat());
    assert_eq!(card.receiver.brightness(card.now), 5);
    let lux: Vec<u8> = (1..=16_u16).flat_map(|row| (row * 100).to_le_bytes()).collect();
    let levels: Vec<u8> = (0..16).rev().collect();
    card.does(0xa2, 0x07, &[&[3], &lux[..], &levels].concat());
    assert_eq!(card.receiver.brightness(card.now), 11);
    card.refuses(18, 0xa2, 0x07, &[&[4][..], &[7; 48]].concat());
    card.refuses(18, 0xa2, 0x07, &[&[0][..], &[16; 48]].concat());
    card.refuses(18, 0xa2, 0x07, &[&[0][..], &[7; 47]].concat());
}

#[test]
fn a_locked_screen_stands_still() {
    let mut card = red(2, 1);
    let pages = [
        Page::new(1, 1, 2, words_of(0, &["R."], 1)),
        Page::new(1, 1, 2, words_of(0, &[".R"], 1)),
    ];
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 2, 1], &pages));
    card.does(0xa2, 0x0d, &[0, 1]);
    for _ in 0..4 {
        assert_eq!(card.lit(), "R.\n");
        card.pass(10);
    }
    card.does(0xa2, 0x0d, &[0, 0]);
    card.pass(10);
    assert_eq!(card.lit(), ".R\n");
    // Kept, it is locked when its power comes back.
    card.does(0xa2, 0x0d, &[1, 1]);
    card.receiver.power_cut(card.now);
    card.receiver.power_back(card.now);
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 2, 1], &pages));
    assert_eq!(card.tells(0xa2, 0x0f, &[])[10], 1);
    card.refuses(18, 0xa2, 0x0d, &[2, 1]);
}
