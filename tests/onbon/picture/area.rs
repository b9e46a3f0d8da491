//! Dynamic areas: the body of A7 00.

use std::{num::NonZeroU16, sync::Arc, time::Duration};

use proptest::prelude::*;
use yingbi::{
    controller::{
        card::{CardArea, CardColour, CardPage, Course, Entrance, Look},
        onbon::{
            Form, Layout, Model,
            message::Field,
            picture::{
                Page, PagedArea, PictureError,
                area::{DynamicArea, LOOP, ONCE_AND_STAY, Update, updates},
                bitmap, entrance,
            },
        },
    },
    frame::Frame,
    units::{Area, Digest, Size},
};

use super::vectors;

const SECOND: Duration = Duration::from_secs(1);

fn page(frame: &Frame, entrance: Entrance, stay: Duration) -> CardPage {
    CardPage {
        look: Look::Dots(Arc::new(frame.clone())),
        entrance,
        stay,
        digest: Digest::of(frame.bytes()),
    }
}

fn area(place: Area, course: Course, pages: Vec<CardPage>) -> CardArea {
    CardArea {
        place,
        pages: pages.into(),
        course,
    }
}

/// A frame of which every LED is another.
fn motley(size: Size) -> Frame {
    let mut frame = Frame::new(size);
    let mut state = 7_u32;
    for byte in frame.bytes_mut() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    frame
}

fn speed(leds: u16) -> NonZeroU16 {
    NonZeroU16::new(leds).unwrap()
}

const LOOPED: Course = Course::Looped {
    round: SECOND,
    elapsed: Duration::ZERO,
};

#[test]
fn every_dynamic_area_of_the_maker_parses_and_encodes_again_byte_for_byte() {
    let mut seen = 0;
    for (bodies, form) in [(vectors::five(), Form::Five), (vectors::six(), Form::Six)] {
        for parameters in vectors::of(&bodies, [0xa7, 0x00]) {
            let update = Update::parse(form, parameters).unwrap();
            let mut again = Vec::new();
            update.encode(form, &mut again);
            assert_eq!(again, parameters);
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
}

#[test]
fn the_makers_dynamic_area_of_bx_6_means_what_its_table_says() {
    let bodies = vectors::six();
    let update = Update::parse(Form::Six, vectors::of(&bodies, [0xa7, 0x00])[0]).unwrap();
    let [area] = &update.areas[..] else {
        panic!("{update:?}")
    };
    assert_eq!((area.id, area.run, area.timeout, area.all_programs), (0, 0, 60, 1));
    assert_eq!((area.immediate, area.programs.len()), (1, 0));
    assert_eq!(area.paged.place, Area::new(0, 0, 64, 32));
    let [page] = &area.paged.pages[..] else {
        panic!("{area:?}")
    };
    assert_eq!((page.mode, page.clear, page.speed, page.stay), (2, 1, 10, 400));
    assert_eq!((page.repeat, page.valid, page.offset, page.length), (1, 64, 0, 512));
}

#[test]
fn the_makers_dynamic_area_of_bx_5_means_what_its_table_says() {
    let bodies = vectors::five();
    let update = Update::parse(Form::Five, vectors::of(&bodies, [0xa7, 0x00])[0]).unwrap();
    let area = &update.areas[0];
    assert_eq!((area.timeout, area.immediate), (0, 1));
    let page = &area.paged.pages[0];
    assert_eq!((page.mode, page.clear, page.speed, page.stay), (2, 0, 10, 750));
    assert_eq!((page.valid, page.bitmap.len()), (64, 512));
}

#[test]
fn our_area_of_the_makers_picture_differs_in_speed_stay_and_run_mode_only() {
    let place = Area::new(0, 0, 64, 32);
    let cases = [
        ("BX-5E2", vectors::five(), Form::Five),
        ("BX-6E2", vectors::six(), Form::Six),
    ];
    for (name, bodies, form) in cases {
        let model = Model::named(name).unwrap();
        let layout = model.layout(CardColour::Dual).unwrap();
        let theirs = vectors::of(&bodies, [0xa7, 0x00])[0];
        let frame = bitmap::unpack(layout, place, &theirs[theirs.len() - 512..]).unwrap();
        let card = area(place, Course::Pushed, vec![page(&frame, Entrance::Cut, 4 * SECOND)]);
        let ours = updates(model, layout, &[(0, &card)]);
        assert_eq!(ours.len(), 1);
        let mut update = Update::parse(form, &ours[0]).unwrap();
        assert_eq!(update.areas[0].run, ONCE_AND_STAY);
        let maker = Update::parse(form, theirs).unwrap();
        update.areas[0].run = maker.areas[0].run;
        update.areas[0].paged.pages[0].speed = 10;
        update.areas[0].paged.pages[0].stay = maker.areas[0].paged.pages[0].stay;
        assert_eq!(update, maker, "{name}");
    }
}

#[test]
fn bx_5_takes_one_area_a_request_and_bx_6_all_of_them_in_one() {
    let first = area(
        Area::new(35, 0, 21, 16),
        LOOPED,
        vec![
            page(&motley(Size::new(21, 16)), Entrance::FromRight(speed(50)), 3 * SECOND),
            page(&motley(Size::new(21, 16)), Entrance::FromBelow(speed(25)), 5 * SECOND),
        ],
    );
    let second = area(
        Area::new(0, 16, 100, 8),
        Course::Pushed,
        vec![page(&motley(Size::new(100, 8)), Entrance::Cut, SECOND)],
    );
    let areas = [(0, &first), (1, &second)];
    let five = updates(Model::named("BX-5M2").unwrap(), Layout::BytePairs, &areas);
    assert_eq!(five.len(), 2);
    let ids: Vec<u8> = five
        .iter()
        .map(|body| Update::parse(Form::Five, body).unwrap().areas[0].id)
        .collect();
    assert_eq!(ids, [0, 1]);

    let six = updates(Model::named("BX-6M2").unwrap(), Layout::WordPlanes, &areas);
    assert_eq!(six.len(), 1);
    let update = Update::parse(Form::Six, &six[0]).unwrap();
    assert_eq!(update.areas.len(), 2);
    let pages: Vec<&Page<'_>> = update.areas.iter().flat_map(|area| &area.paged.pages).collect();
    // 21 LEDs from 35 on are one word a row, 100 from 0 on four.
    let offsets: Vec<(u32, u32)> = pages.iter().map(|page| (page.offset, page.length)).collect();
    assert_eq!(offsets, [(0, 128), (128, 128), (256, 256)]);
    let modes: Vec<(u8, u16)> = pages.iter().map(|page| (page.mode, page.stay)).collect();
    assert_eq!(
        modes,
        [
            (entrance::MOVE_LEFT, 300),
            (entrance::MOVE_UP, 500),
            (entrance::QUICK, 100)
        ]
    );
    assert_eq!((update.areas[0].run, update.areas[1].run), (LOOP, ONCE_AND_STAY));
    let shown = bitmap::unpack(Layout::WordPlanes, update.areas[0].paged.place, &pages[0].bitmap).unwrap();
    assert_eq!(
        bitmap::pack(Layout::WordPlanes, first.place, &shown),
        bitmap::pack(Layout::WordPlanes, first.place, &motley(Size::new(21, 16)))
    );
}

#[test]
fn nothing_to_show_is_no_request() {
    let words = CardPage {
        look: Look::Words("欢迎".into()),
        entrance: Entrance::Cut,
        stay: SECOND,
        digest: Digest::of(b""),
    };
    let card = area(Area::new(0, 0, 8, 8), Course::Pushed, vec![words]);
    assert_eq!(
        updates(Model::named("BX-5E2").unwrap(), Layout::Bytes, &[(0, &card)]),
        Vec::<Vec<u8>>::new()
    );
    assert_eq!(
        updates(Model::named("BX-6E2").unwrap(), Layout::WordPlanes, &[]),
        Vec::<Vec<u8>>::new()
    );
}

#[test]
fn a_strip_is_cut_into_pages_as_wide_as_its_area_that_follow_without_a_gap() {
    let strip = motley(Size::new(150, 16));
    let place = Area::new(35, 0, 64, 16);
    let card = area(
        place,
        LOOPED,
        vec![page(&strip, Entrance::Running(speed(50)), Duration::ZERO)],
    );
    let bodies = updates(Model::named("BX-6E2").unwrap(), Layout::WordPlanes, &[(2, &card)]);
    let update = Update::parse(Form::Six, &bodies[0]).unwrap();
    let pages = &update.areas[0].paged.pages;
    assert_eq!(update.areas[0].run, LOOP);
    let told: Vec<_> = pages.iter().map(|page| (page.mode, page.stay, page.valid)).collect();
    let continuous = entrance::CONTINUE_LEFT;
    assert_eq!(told, [(continuous, 0, 64), (continuous, 0, 64), (continuous, 0, 22)]);
    // All three side by side are the strip, and then dark.
    for (nth, page) in pages.iter().enumerate() {
        let shown = bitmap::unpack(Layout::WordPlanes, place, &page.bitmap).unwrap();
        for (x, y) in (0..64).flat_map(|x| (0..16).map(move |y| (x, y))) {
            let (seen, led) = (shown.led(x, y).unwrap(), strip.led(nth as u32 * 64 + x, y));
            use embedded_graphics::prelude::RgbColor as _;
            let wanted = led.map_or((false, false), |led| (led.r() >= 128, led.g() >= 128));
            assert_eq!((seen.r() > 0, seen.g() > 0), wanted, "page {nth}, {x}, {y}");
        }
    }
}

#[test]
fn a_stay_longer_than_can_be_written_is_the_longest_that_can() {
    let frame = motley(Size::new(8, 8));
    let card = area(
        Area::new(0, 0, 8, 8),
        LOOPED,
        vec![page(&frame, Entrance::Cut, 3600 * SECOND)],
    );
    let bodies = updates(Model::named("BX-5E2").unwrap(), Layout::BytePairs, &[(0, &card)]);
    let update = Update::parse(Form::Five, &bodies[0]).unwrap();
    assert_eq!(update.areas[0].paged.pages[0].stay, u16::MAX);
}

#[test]
fn what_is_wrong_is_told_by_field_and_place() {
    let bodies = vectors::six();
    let sound = vectors::of(&bodies, [0xa7, 0x00])[0].to_vec();
    let parse = |bytes: &[u8]| Update::parse(Form::Six, bytes).map(|_| ()).unwrap_err();
    assert_eq!(
        parse(&sound[..sound.len() - 1]),
        PictureError::TooShort {
            field: Field::new("点阵", "bitmap"),
            found: sound.len() - 1,
            needed: sound.len(),
        }
    );
    let longer = [&sound[..], &[0]].concat();
    assert_eq!(
        parse(&longer),
        PictureError::Trailing {
            end: sound.len(),
            found: longer.len(),
        }
    );
    let mut kind = sound.clone();
    kind[18] = 0x11;
    assert_eq!(
        parse(&kind),
        PictureError::Value {
            field: Field::new("区域类型", "area type"),
            at: 18,
            found: 0x11,
            wanted: 0x10,
        }
    );
    let mut length = sound;
    length[2] = 0x3e;
    assert_eq!(
        parse(&length),
        PictureError::Value {
            field: Field::new("区域数据长度", "area length"),
            at: 2,
            found: 0x3e,
            wanted: 0x3f,
        }
    );
}

fn some_page(form: Form) -> impl Strategy<Value = Page<'static>> {
    let head = (
        any::<[u8; 4]>(),
        any::<u16>(),
        any::<u8>(),
        any::<u16>(),
        any::<[u8; 9]>(),
    );
    (head, prop::collection::vec(any::<u8>(), 0..40)).prop_map(
        move |(([style, mode, clear, speed], stay, repeat, valid, mut reserved), bitmap)| {
            if form == Form::Five {
                reserved[4..].fill(0);
            }
            Page {
                style,
                mode,
                clear,
                speed,
                stay,
                repeat,
                valid,
                reserved,
                offset: 0,
                length: if form == Form::Six { bitmap.len() as u32 } else { 0 },
                bitmap: bitmap.into(),
            }
        },
    )
}

fn some_area(form: Form) -> impl Strategy<Value = DynamicArea<'static>> {
    let head = (
        any::<[u8; 4]>(),
        any::<u16>(),
        prop::collection::vec(any::<u16>(), 0..4),
        any::<[u8; 4]>(),
    );
    let place = (any::<u16>(), any::<u16>(), any::<u16>(), any::<u16>());
    let pages = prop::collection::vec(some_page(form), 0..4);
    (head, place, any::<[u8; 9]>(), pages).prop_map(move |(head, (x, y, width, height), mut extra, pages)| {
        let ([id, run, all_programs, immediate], timeout, programs, reserved) = head;
        // No sound, which has a block of its own; of BX-5 there is nothing of it.
        extra[3] = 0;
        if form == Form::Five {
            extra = [0; 9];
        }
        DynamicArea {
            id,
            run,
            timeout,
            all_programs,
            programs,
            immediate,
            reserved,
            paged: PagedArea {
                kind: 0x10,
                place: Area::new(x.into(), y.into(), width.into(), height.into()),
                extra,
                pages,
            },
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_areas_come_back_as_they_went(
        five in some_area(Form::Five),
        mut six in prop::collection::vec(some_area(Form::Six), 0..4),
    ) {
        let mut offset = 0;
        for page in six.iter_mut().flat_map(|area| &mut area.paged.pages) {
            page.offset = offset;
            offset += page.length;
        }
        for (form, areas) in [(Form::Five, vec![five]), (Form::Six, six)] {
            let update = Update { areas };
            let mut bytes = Vec::new();
            update.encode(form, &mut bytes);
            prop_assert_eq!(Update::parse(form, &bytes).unwrap(), update);
        }
    }
}
