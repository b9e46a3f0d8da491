//! Cards with fonts of their own.

use std::{num::NonZeroU16, sync::Arc, time::Duration};

use proptest::prelude::*;
use yingbi::{
    controller::{
        card::{CardArea, CardPage, Course, Entrance, Look},
        onbon::{
            Model,
            picture::words::{CENTRE, TextArea, Update, encode, fits, update},
        },
    },
    units::{Area, Digest},
};

use crate::support::wire::bytes;

/// What follows the length in the frame that was published for `012345QRSTTV'B`, whose checksum verifies.
const SHOWN: &str = "00 01 2900 00 00000000 1800 2000 00 00 00 0200 00 00 00 02 02 03 00 04 05 0E000000 \
    30 31 32 33 34 35 51 52 53 54 54 56 27 42";

#[test]
fn the_published_area_parses_and_encodes_again_byte_for_byte() {
    let body = bytes(SHOWN);
    let update = Update::parse(&body).unwrap();
    let mut again = Vec::new();
    update.encode(&mut again);
    assert_eq!(again, body);
    let [area] = &update.areas[..] else {
        panic!("{update:?}")
    };
    assert_eq!(area.sides, [0, 0, 24, 32]);
    assert_eq!((area.mode, area.speed, area.stay, area.timeout), (3, 4, 5, 2));
    assert_eq!(&*area.words, b"012345QRSTTV'B");
}

#[test]
fn what_a_card_has_is_ascii_and_gb2312() {
    for character in "政府信息公开，。；：？！（）《》“”①㈠ⅠΑЖあア０９Ａｚ─ 0aZ~'\"%".chars()
    {
        assert!(fits(character), "{character}");
    }
    // Of GBK and GB18030 only, of no code page, signs of control, and what begins an escape.
    for character in "镕堃喆㐂𠮷😀€·\u{3000}é\t\n\\\u{7f}\u{e000}".chars() {
        let expected = matches!(character, '·' | '\u{3000}' | 'é');
        assert_eq!(fits(character), expected, "{character} {}", character.escape_unicode());
    }
}

#[test]
fn what_fits_beside_ascii_are_the_6763_hanzi_and_682_signs_of_gb2312() {
    let hanzi = ('\u{4e00}'..='\u{9fff}').filter(|character| fits(*character)).count();
    assert_eq!(hanzi, 6763);
    let all = ('\u{80}'..=char::MAX).filter(|character| fits(*character)).count();
    assert_eq!(all, 6763 + 682);
}

#[test]
fn words_become_two_bytes_a_hanzi_and_lines_an_escape() {
    assert_eq!(encode("通知\nA1").unwrap(), bytes("cda8 d6aa 5c6e 41 31"));
    assert_eq!(encode("朱镕基"), Err('镕'));
    assert_eq!(encode("a\\C2"), Err('\\'));
}

fn card(words: &str, place: Area, entrance: Entrance) -> CardArea {
    let page = CardPage {
        look: Look::Words(Arc::from(words)),
        entrance,
        stay: Duration::from_secs(8),
        digest: Digest::of(words.as_bytes()),
    };
    CardArea {
        place,
        pages: [page].into(),
        course: Course::Pushed,
    }
}

#[test]
fn bx_5_counts_leds_with_the_top_bit_and_bx_6_without() {
    let place = Area::new(3, 16, 100, 16);
    let shown = card("欢迎", place, Entrance::Cut);
    let sides = |model: &str| {
        let body = update(Model::named(model).unwrap(), &[(1, &shown)], &[0]).unwrap();
        let update = Update::parse(&body).unwrap();
        assert_eq!(update.delete, [0]);
        let area = &update.areas[0];
        assert_eq!((area.id, area.alignment, area.mode, area.stay), (1, CENTRE, 2, 16));
        assert_eq!(&*area.words, bytes("bbb6 d3ad"));
        area.sides
    };
    assert_eq!(sides("BX-5K1"), [0x8003, 16, 0x8064, 16]);
    assert_eq!(sides("BX-6K1"), [3, 16, 100, 16]);
}

#[test]
fn words_that_run_are_one_line_from_the_right() {
    let running = Entrance::Running(NonZeroU16::new(50).unwrap());
    let shown = card("欢迎", Area::new(0, 0, 64, 16), running);
    let body = update(Model::named("BX-5K1").unwrap(), &[(0, &shown)], &[]).unwrap();
    let area = &Update::parse(&body).unwrap().areas[0];
    assert_eq!((area.mode, area.single, area.speed), (3, 1, 1));
}

proptest! {
    #[test]
    fn any_words_come_back_as_they_went(
        delete in prop::collection::vec(any::<u8>(), 0..5),
        sides in any::<[u16; 4]>(),
        numbers in any::<[u8; 11]>(),
        timeout in any::<u16>(),
        words in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let [kind, id, line_space, run, alignment, single, new_line, mode, exit, speed, stay] = numbers;
        let area = TextArea {
            kind, sides, id, line_space, run, timeout, alignment, single, new_line, mode, exit, speed, stay,
            words: words.into(),
        };
        let update = Update { delete, areas: vec![area.clone(), area] };
        let mut bytes = Vec::new();
        update.encode(&mut bytes);
        prop_assert_eq!(Update::parse(&bytes).unwrap(), update);
    }
}
