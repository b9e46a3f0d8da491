//! Cards with fonts of their own.

use std::{num::NonZeroU16, sync::Arc, time::Duration};

use yingbi::{
    controller::{
        card::{CardArea, CardPage, Course, Entrance, Look},
        onbon::{
            Model,
            message::{FontArea, FontRequest},
            picture::words::{CENTRE, encode, fits, update},
        },
    },
    units::{Area, Digest},
};

use crate::support::wire::bytes;

/// The request that shows the areas, as its bytes say.
fn told(body: &[u8], check: impl Fn(&[u8], &FontArea<'_>)) {
    let length = u16::try_from(body.len()).unwrap().to_le_bytes();
    let data = [&[0xa3, 0x06, 1][..], &length, body].concat();
    match FontRequest::parse(&data).unwrap() {
        FontRequest::UpdateAreas { delete, areas, .. } => check(&delete, &areas[0]),
        other => panic!("{other:?}"),
    }
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
    for (model, sides) in [("BX-5K1", [0x8003, 16, 0x8064, 16]), ("BX-6K1", [3, 16, 100, 16])] {
        let body = update(Model::named(model).unwrap(), &[(1, &shown)], &[0]).unwrap();
        told(&body, |delete, area| {
            assert_eq!(delete, [0]);
            assert_eq!([area.x, area.y, area.width, area.height], sides, "{model}");
            assert_eq!((area.id, area.alignment, area.entrance, area.stay), (1, CENTRE, 2, 16));
            assert_eq!(area.text, bytes("bbb6 d3ad"));
        });
    }
}

#[test]
fn words_that_run_are_one_line_from_the_right() {
    let running = Entrance::Running(NonZeroU16::new(50).unwrap());
    let shown = card("欢迎", Area::new(0, 0, 64, 16), running);
    let body = update(Model::named("BX-5K1").unwrap(), &[(0, &shown)], &[]).unwrap();
    told(&body, |_, area| {
        assert_eq!((area.entrance, area.lines, area.speed), (3, 1, 1));
    });
}

#[test]
fn words_that_the_card_lacks_are_no_request() {
    let shown = card("朱镕基", Area::new(0, 0, 64, 16), Entrance::Cut);
    assert_eq!(update(Model::named("BX-5K1").unwrap(), &[(0, &shown)], &[]), Err('镕'));
}
