//! What stands still, what runs, and how.

use embedded_graphics::pixelcolor::Rgb888;
use jiff::SignedDuration;
use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    item::{Paragraph, ParagraphKind},
    site::Colour,
    stage::{Block, Content, Extent, Field, Fill, Measured, Pane, Scene, Template, Templates, Valign},
    text::{Align, Compositor, Face, Type},
    units::{Area, BLACK, Motion, Pace, Rate, Size, Tick, WHITE},
};

use super::picture::at;

const RED: Rgb888 = Rgb888::new(255, 0, 0);

fn template(blocks: Vec<Block>) -> Template {
    Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks,
    }
}

fn strip(fields: &[Field]) -> Template {
    template(vec![Block {
        fill: Fill::Flow(fields.into()),
        accent: RED,
        size: 32,
        align: Align::Centre,
        valign: Valign::Middle,
        leading: 0,
        scroll: true,
        ..Block::default()
    }])
}

fn text(title: &str, body: &[&str]) -> Content {
    let paragraph = |text: &&str| Paragraph::new(ParagraphKind::Text, *text);
    Content {
        title: title.into(),
        body: body.iter().map(paragraph).collect(),
        ..Content::default()
    }
}

fn measure(template: &Template, content: &Content, pane: impl Into<Pane>) -> Measured {
    template.measure(&Compositor::default(), content, pane)
}

fn prepare(template: &Template, content: &Content, pane: impl Into<Pane>) -> Scene {
    template.prepare(&Compositor::default(), content, 0, pane, Colour::Full)
}

fn painted(scene: &Scene, tick: i64, size: Size) -> Frame {
    let mut frame = super::picture::noise(size, 5);
    scene.paint(at(tick), Tick(0), &mut frame);
    frame
}

/// What boxes of fixed texts show, each with its rows, size and colour.
fn fixed(lines: &[(&str, u32, u32, u16, Rgb888)], size: Size) -> Frame {
    let block = |(text, y, height, dots, colour): &(&str, u32, u32, u16, Rgb888)| Block {
        fill: Fill::Text((*text).into()),
        y: i32::try_from(*y).unwrap(),
        height: i32::try_from(*height).ok(),
        colour: *colour,
        size: *dots,
        align: Align::Centre,
        ..Block::default()
    };
    let scene = prepare(&template(lines.iter().map(block).collect()), &Content::default(), size);
    painted(&scene, 0, size)
}

fn part(frame: &Frame, area: Area) -> Frame {
    let mut part = Frame::new(area.size());
    part.copy_area(frame, area, 0, 0);
    part
}

/// How it is set: the dots, and whether it scrolls.
fn rung(template: &Template, content: &Content, size: Size) -> (u16, bool) {
    let setting = measure(template, content, size).setting.expect("there is something");
    (setting.dots, setting.scrolls)
}

#[test]
fn what_fits_one_line_of_32_stands_still_in_the_middle() {
    let (template, size) = (strip(&[Field::Title]), Size::new(192, 32));
    let content = text("五个大字呢", &[]);
    assert_eq!(rung(&template, &content, size), (32, false));
    let scene = prepare(&template, &content, size);
    let expected = fixed(&[("五个大字呢", 0, 32, 32, RED)], size);
    for tick in [0, 1, 99, 5000] {
        assert!(painted(&scene, tick, size) == expected, "tick {tick}");
    }
}

#[test]
fn what_is_longer_is_set_smaller_and_then_in_two_lines_of_16() {
    let (template, size) = (strip(&[Field::Title]), Size::new(192, 32));
    let titled = |count: usize| text(&"长".repeat(count), &[]);
    let rungs: Vec<_> = [6, 7, 8, 13, 24]
        .map(|count| rung(&template, &titled(count), size))
        .into();
    let expected = [(32, false), (24, false), (24, false), (16, false), (16, false)];
    assert_eq!(rungs, expected);
    assert_eq!(rung(&template, &titled(25), size), (32, true));
    // Sixteen rows have one line of 16, and eight rows have no other either.
    for height in [8, 16, 31] {
        let low = Size::new(192, height);
        assert!(!rung(&template, &titled(12), low).1, "{height}");
        assert!(rung(&template, &titled(13), low).1, "{height}");
    }
}

#[test]
fn where_there_are_two_lines_the_title_has_one_and_the_body_the_other() {
    let (template, size) = (strip(&[Field::Title, Field::Body]), Size::new(192, 32));
    let content = text("关于停水的通知", &["今晚八时至明晨六时停水。"]);
    assert_eq!(rung(&template, &content, size), (16, false));
    let expected = fixed(
        &[
            ("关于停水的通知", 0, 16, 16, RED),
            ("今晚八时至明晨六时停水。", 16, 16, 16, WHITE),
        ],
        size,
    );
    assert!(painted(&prepare(&template, &content, size), 0, size) == expected);
}

#[test]
fn a_label_has_a_colon_and_a_title_two_ems_before_the_body() {
    let template = strip(&[Field::Title, Field::Body]);
    for (title, joined) in [
        ("来访须知", "来访须知：请登记。"),
        ("关于来访登记的通知", "关于来访登记的通知\u{3000}\u{3000}请登记。"),
        ("来访登记！", "来访登记！\u{3000}\u{3000}请登记。"),
    ] {
        let size = Size::new(32 * 16, 32);
        let shown = painted(&prepare(&template, &text(title, &["请登记。"]), size), 0, size);
        let expected = fixed(&[(joined, 0, 32, 32, WHITE)], size);
        let lit = |frame: &Frame| frame.bytes().chunks(3).map(|led| led[0] > 0).collect::<Vec<_>>();
        assert_eq!(lit(&shown), lit(&expected), "{title}");
    }
}

#[test]
fn the_first_screenful_is_held_two_seconds_and_the_last_one_for_one() {
    let (template, size) = (strip(&[Field::Title]), Size::new(64, 16));
    let content = text("一二三四五六七八九十", &[]);
    // 160 LEDs of type, of which 64 are seen: 96 to run, one a tick.
    let whole = painted(&prepare(&template, &content, Size::new(160, 16)), 0, Size::new(160, 16));
    let scene = prepare(&template, &content, size);
    let seen = |offset: u32| part(&whole, Area::new(offset, 0, 64, 16));
    let length = 100 + 96 + 50;
    let measured = measure(&template, &content, size);
    assert_eq!(measured.pages, [SignedDuration::from_millis(length * 20)]);
    for (tick, offset) in [
        (-9, 0),
        (0, 0),
        (100, 0),
        (101, 1),
        (150, 50),
        (195, 95),
        (196, 96),
        (245, 96),
    ] {
        assert!(painted(&scene, tick, size) == seen(offset), "tick {tick}");
        if tick >= 0 {
            assert!(
                painted(&scene, tick + 3 * length, size) == seen(offset),
                "tick {tick} of a later run"
            );
        }
    }
}

#[test]
fn what_is_too_long_ends_after_a_sentence_and_says_where_the_rest_is() {
    let (template, size) = (strip(&[Field::Title, Field::Body]), Size::new(320, 32));
    let sentence = "本次活动面向社会公众开放，请有意参加者到一楼服务台登记。";
    let content = |pages| Content {
        extent: Extent {
            pages,
            full_text: Some("省国资委网站".into()),
        },
        ..text("关于举办开放日活动的公告", &[&sentence.repeat(9)])
    };
    // 12 and 9 times 28 characters; 40 for each page.
    let whole = measure(&template, &content(7), size);
    assert_eq!((whole.pages.len(), whole.whole), (1, 1));
    assert!(whole.setting.is_some_and(|setting| setting.scrolls && !setting.cut));
    let cut = measure(&template, &content(3), size);
    assert_eq!((cut.pages.len(), cut.whole), (1, 7));
    assert!(cut.setting.is_some_and(|setting| setting.scrolls && setting.cut));
    let said = format!(
        "关于举办开放日活动的公告\u{3000}\u{3000}{}……\u{3000}（全文见省国资委网站）",
        sentence.repeat(3)
    );
    let width = Compositor::default().width(&said, Type::new(Face::Hei, 32).unwrap());
    let steps = i64::from((width - 320).div_ceil(2));
    assert_eq!(cut.pages, [SignedDuration::from_millis((100 + steps + 50) * 20)]);
}

#[test]
fn the_column_stays_at_the_left_of_the_built_in_strips_where_there_is_room_for_it() {
    let templates = Templates::builtin();
    let notice = templates.get("notice").expect("built in");
    let content = Content {
        column: "通知公告".into(),
        ..text(&"关于开展二〇二六年度工作的通知".repeat(6), &[])
    };
    let set = |text: &str, dots| Compositor::default().width(text, Type::new(Face::Hei, dots).unwrap());
    let labels = [
        (191, 0),
        (192, set("[通知", 16)),
        (320, set("[通知公告]", 16)),
        (640, set("[通知公告]", 32)),
    ];
    for (width, label) in labels {
        let size = Size::new(width, 32);
        let scene = prepare(notice, &content, size);
        let (first, later) = (painted(&scene, 0, size), painted(&scene, 200, size));
        let moved = |area| part(&first, area) != part(&later, area);
        let start = if label > 0 { label + 8 } else { 0 };
        assert!(moved(Area::new(start, 0, width - start, 32)), "{width}");
        if label > 0 {
            let column = Area::new(0, 0, start, 32);
            assert!(!moved(column), "{width}");
            let blank = template(vec![Block {
                background: Some(notice.background),
                ..Block::default()
            }]);
            let blank = painted(&prepare(&blank, &content, column.size()), 0, column.size());
            assert!(part(&first, column) != blank, "{width}");
        }
    }
}

#[test]
fn a_box_beside_one_that_is_not_there_begins_at_the_left_edge() {
    let block = |fill, snug| Block {
        fill,
        x: 6,
        snug,
        follows: !snug,
        ..Block::default()
    };
    let template = template(vec![
        block(Fill::Field(Field::Column), true),
        block(Fill::Text("甲".into()), false),
    ]);
    let size = Size::new(160, 16);
    let shown = |column: &str| {
        let content = Content {
            column: column.into(),
            ..Content::default()
        };
        painted(&prepare(&template, &content, size), 0, size)
    };
    let letter = part(&shown(""), Area::new(0, 0, 16, 16));
    assert!(letter != Frame::new(letter.size()));
    // A column of two characters from 6 on, and a space of 6.
    assert!(part(&shown("公告"), Area::new(6 + 32 + 6, 0, 16, 16)) == letter);
    // Five take more than a quarter of the zone and no more than half of it; six take too much.
    assert!(part(&shown("通知公告栏"), Area::new(6 + 80 + 6, 0, 16, 16)) == letter);
    assert!(part(&shown("通知公告栏目"), Area::new(0, 0, 16, 16)) == letter);
}

/// LEDs a tick of type of `dots`, as a fraction: the nearest by trying all.
fn nearest(hundredths: u16, dots: u16, hertz: u16) -> (i64, i64) {
    let wanted = f64::from(hundredths) / 100.0 * f64::from(dots) / f64::from(hertz);
    let most = 5.0 * f64::from(dots) / f64::from(hertz);
    let all = (1..700).map(|leds| (leds, 1)).chain((2..20).map(|ticks| (1, ticks)));
    let speed = |(leds, ticks): (i64, i64)| leds as f64 / ticks as f64;
    let off = |candidate| ((speed(candidate) - wanted).abs() * 1e9).round() as i64;
    all.filter(|candidate| speed(*candidate) <= most + 1e-9)
        .min_by(|a, b| off(*a).cmp(&off(*b)).then(speed(*a).total_cmp(&speed(*b))))
        .expect("one LED in 19 ticks is slow enough")
}

#[test]
fn a_pace_of_three_characters_a_second_is_one_led_a_tick_at_50_hertz_and_16_dots() {
    let speed = |hundredths, dots, hertz| {
        let pace = Motion::Pace(Pace::new(hundredths).unwrap());
        let speed = pace.speed(dots, Rate::new(hertz).unwrap());
        (i64::from(speed.step()), i64::from(speed.period()))
    };
    assert_eq!(speed(300, 16, 50), (1, 1));
    assert_eq!(speed(300, 32, 50), (2, 1));
    assert_eq!(speed(300, 16, 100), (1, 2));
    assert_eq!(speed(150, 16, 240), (1, 10));
    // Two LEDs a tick would be nearer, but 6.25 characters a second are not read.
    assert_eq!(speed(500, 16, 50), (1, 1));
    for hundredths in (150..=500).step_by(7) {
        for dots in [16, 24, 32, 48, 64, 128] {
            for hertz in [1, 24, 25, 30, 50, 60, 75, 100, 120, 144, 240] {
                let expected = nearest(hundredths, dots, hertz);
                assert_eq!(speed(hundredths, dots, hertz), expected, "{hundredths} {dots} {hertz}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_column_of_what_runs_is_seen_as_long_as_it_takes_to_cross_the_zone(
        title in "[一-龥a-zA-Z0-9，。（）“”：]{6,60}", width in 16_u32..200, height in 16_u32..49,
        hertz in 10_u16..240, hundredths in 150_u16..=500,
    ) {
        let template = strip(&[Field::Title]);
        let (content, rate) = (text(&title, &[]), Rate::new(hertz).unwrap());
        let pane = Pane {
            size: Size::new(width, height),
            rate,
            motion: Motion::Pace(Pace::new(hundredths).unwrap()),
        };
        let measured = measure(&template, &content, pane);
        let setting = measured.setting.expect("there is a title");
        prop_assert_eq!(measured.pages.len(), 1);
        if !setting.scrolls {
            return Ok(());
        }
        let length = rate.ticks(measured.pages[0]).0;
        prop_assert_eq!(rate.duration(yingbi::units::Ticks(length)), measured.pages[0]);
        // The whole of it, as it stands still where there is room.
        let whole_width = Compositor::default().width(&title, Type::new(Face::Hei, setting.dots).unwrap());
        let wide = Size::new(whole_width, height);
        let whole = painted(&prepare(&template, &content, wide), 0, wide);
        let (leds, ticks) = nearest(hundredths, setting.dots, hertz);
        let distance = i64::from(whole_width - width);
        let (first, last) = (2 * i64::from(hertz), i64::from(hertz));
        prop_assert_eq!(length, first + (distance + leds - 1) / leds * ticks + last);
        let scene = prepare(&template, &content, pane);
        let mut seen = vec![0_i64; whole_width as usize];
        let mut before = 0;
        for tick in 0..length {
            let offset = ((tick - first).max(0) / ticks * leds).min(distance);
            prop_assert!(offset >= before && offset - before <= leds);
            before = offset;
            let offset = u32::try_from(offset).unwrap();
            seen[offset as usize..(offset + width) as usize].iter_mut().for_each(|count| *count += 1);
            // Each picture is looked at where something has just changed, and some of the others.
            if tick % ticks == first % ticks || tick % 7 == 0 {
                let expected = part(&whole, Area::new(offset, 0, width, height));
                prop_assert!(painted(&scene, tick, pane.size) == expected, "tick {}", tick);
            }
        }
        prop_assert_eq!(before, distance);
        // As long as it takes to cross the zone; what stands at an end may cross less of it, but is held there.
        let least = (i64::from(width) / leds * ticks).min(last);
        prop_assert!(seen.iter().all(|count| *count >= least), "{:?} < {}", seen.iter().min(), least);
    }
}
