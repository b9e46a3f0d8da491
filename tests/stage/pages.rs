//! Pages: what fits, what overflows, how long it stays, in which colours.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    item::{Paragraph, ParagraphKind},
    site::Colour,
    stage::{Block, Content, Extent, Field, Fill, Pane, Standing, Template, Templates},
    text::{Align, Compositor},
    units::{BLACK, Motion, Size, Tick},
};

use super::picture::at;

fn template(block: Block) -> Template {
    Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![block],
    }
}

fn painted(template: &Template, content: &Content, page: u16, size: Size, colour: Colour) -> Frame {
    let mut frame = Frame::new(size);
    template
        .prepare(&Compositor::default(), content, page, size, colour)
        .paint(at(0), Tick(0), &mut frame);
    frame
}

/// What a box of `size` shows of a fixed text.
fn fixed(text: &str, scale: u16, zone: Size) -> Frame {
    let block = Block {
        fill: Fill::Text(text.into()),
        size: 16 * scale,
        leading: 0,
        ..Block::default()
    };
    painted(&template(block), &Content::default(), 0, zone, Colour::Full)
}

/// The lines of each page.
fn said(template: &Template, content: &Content, size: Size) -> Vec<Vec<String>> {
    let pages = template.lines(&Compositor::default(), content, size);
    let texts = |page: Vec<Standing>| page.iter().map(|standing| standing.line.text.to_string()).collect();
    pages.into_iter().map(texts).collect()
}

fn body(texts: &[&str]) -> Content {
    let paragraph = |text: &&str| Paragraph::new(ParagraphKind::Text, *text);
    Content {
        body: texts.iter().map(paragraph).collect(),
        ..Content::default()
    }
}

fn paged(lines: u32) -> (Template, Size) {
    let block = Block {
        fill: Fill::Field(Field::Body),
        paged: true,
        leading: 0,
        indent: 0,
        ..Block::default()
    };
    (template(block), Size::new(64, 16 * lines))
}

#[test]
fn a_title_that_does_not_fit_is_set_smaller_then_on_more_lines_then_cut() {
    let (one, two) = (Size::new(64, 32), Size::new(64, 16));
    assert_eq!(fixed("甲乙", 2, one), fixed("甲乙", 8, one));
    assert_eq!(fixed("甲乙丙", 2, one), fixed("甲乙丙", 1, one));
    assert_eq!(fixed("甲乙丙丁戊己庚辛", 1, one), fixed("甲乙丙丁\n戊己庚辛", 1, one));
    assert_eq!(fixed("甲乙丙丁戊己庚辛壬", 1, one), fixed("甲乙丙丁\n戊己庚…", 1, one));
    assert_eq!(fixed("甲乙丙丁戊", 3, two), fixed("甲乙丙…", 1, two));
}

#[test]
fn a_box_whose_field_is_empty_is_left_out_with_its_background() {
    let block = Block {
        fill: Fill::Field(Field::Number),
        background: Some(Rgb888::RED),
        ..Block::default()
    };
    let size = Size::new(8, 8);
    assert_eq!(
        painted(&template(block), &Content::default(), 0, size, Colour::Full),
        Frame::new(size)
    );
}

#[test]
fn the_body_overflows_to_pages_that_show_all_of_it() {
    let (template, size) = paged(2);
    let content = body(&["一二三四五六七八九十甲乙", "丙"]);
    assert_eq!(template.measure(&Compositor::default(), &content, size).pages.len(), 2);
    assert_eq!(
        painted(&template, &content, 0, size, Colour::Full),
        fixed("一二三四\n五六七八", 1, size)
    );
    assert_eq!(
        painted(&template, &content, 1, size, Colour::Full),
        fixed("九十甲乙\n丙", 1, size)
    );
}

#[test]
fn a_heading_is_not_left_at_the_foot_of_a_page() {
    let (template, size) = paged(3);
    let mut content = body(&["一二三四五六", "标题", "七八"]);
    content.body[1].kind = ParagraphKind::Heading;
    assert_eq!(
        painted(&template, &content, 0, size, Colour::Full),
        fixed("一二三四\n五六", 1, size)
    );
    assert_eq!(
        painted(&template, &content, 1, size, Colour::Full),
        fixed("标题\n七八", 1, size)
    );
}

#[test]
fn the_last_page_has_two_lines_where_it_can() {
    let (template, size) = paged(3);
    let content = body(&["一二三四五六七八九十甲乙丙"]);
    assert_eq!(
        painted(&template, &content, 0, size, Colour::Full),
        fixed("一二三四\n五六七八", 1, size)
    );
    assert_eq!(
        painted(&template, &content, 1, size, Colour::Full),
        fixed("九十甲\n乙丙", 1, size)
    );
}

#[test]
fn department_and_date_do_not_stand_alone_on_the_last_page() {
    let block = Block {
        fill: Fill::Flow([Field::Body, Field::Department, Field::Published].into()),
        paged: true,
        leading: 0,
        indent: 0,
        ..Block::default()
    };
    let size = Size::new(112, 48);
    let content = Content {
        department: "办公室".into(),
        published: Some(date(2026, 5, 8)),
        ..body(&["第一行，", "第二行，", "第三行。"])
    };
    let template = template(block);
    assert_eq!(template.measure(&Compositor::default(), &content, size).pages.len(), 2);
    assert_eq!(
        painted(&template, &content, 0, size, Colour::Full),
        fixed("第一行，\n第二行，", 1, size)
    );
}

#[test]
fn a_page_stays_three_seconds_or_a_quarter_second_a_character() {
    let (template, size) = paged(2);
    let dwell = |texts: &[&str]| template.measure(&Compositor::default(), &body(texts), size).pages;
    assert_eq!(dwell(&[""]), [SignedDuration::from_secs(3)]);
    assert_eq!(dwell(&["一二三四五六七八"]), [SignedDuration::from_secs(3)]);
    let (wide, size) = (Size::new(512, 32), size);
    let long = "一二三四五 六七八九十".repeat(2);
    assert_eq!(
        template.measure(&Compositor::default(), &body(&[&long]), wide).pages,
        [SignedDuration::from_secs(5)]
    );
    assert_eq!(
        template
            .measure(&Compositor::default(), &body(&["一"; 9]), size)
            .pages
            .len(),
        5
    );
}

#[test]
fn a_text_without_end_takes_999_pages_and_says_that_there_is_more() {
    let (template, size) = paged(1);
    let content = body(&[&"长".repeat(5000)]);
    let measured = template.measure(&Compositor::default(), &content, size);
    assert_eq!((measured.pages.len(), measured.whole), (999, 1250));
    let shown = said(&template, &content, size);
    assert_eq!(shown[997..], [["长长……"], ["（未完）"]]);
}

#[test]
fn centred_lines_are_of_even_length() {
    let block = |text: &str| Block {
        fill: Fill::Text(text.into()),
        align: Align::Centre,
        ..Block::default()
    };
    let size = Size::new(6 * 16, 34);
    let lengths = |text| -> Vec<usize> {
        let pages = said(&template(block(text)), &Content::default(), size);
        pages[0].iter().map(|line| line.chars().count()).collect()
    };
    // Filled, they would have six and two.
    assert!(
        lengths("政务公开为民服务")
            .iter()
            .all(|length| (3..=5).contains(length))
    );
}

#[test]
fn centred_lines_end_with_the_phrase_that_a_full_width_space_ends() {
    let block = |text: &str| Block {
        fill: Fill::Text(text.into()),
        align: Align::Centre,
        ..Block::default()
    };
    let size = Size::new(6 * 16, 34);
    let shown = |text| said(&template(block(text)), &Content::default(), size);
    assert_eq!(shown("欢迎莅临\u{3000}示例省国资委"), [["欢迎莅临", "示例省国资委"]]);
    // Not where it would take another line.
    assert_eq!(shown("政\u{3000}务公开为民服务好")[0].len(), 2);
    assert_ne!(shown("政\u{3000}务公开为民服务好")[0][0], "政");
}

#[test]
fn type_stays_visible_on_leds_of_one_colour() {
    let content = Content {
        column: "通知公告".into(),
        title: "关于开展安全检查的通知".into(),
        ..body(&["请各单位按要求做好工作。"])
    };
    let templates = Templates::builtin();
    for (name, size) in [
        ("notice", Size::new(256, 96)),
        ("notice", Size::new(320, 32)),
        ("slogan", Size::new(320, 32)),
    ] {
        let template = templates.get(name).expect("built in");
        for colour in [Colour::Red, Colour::Green, Colour::Amber, Colour::RedGreen] {
            let frame = painted(template, &content, 0, size, colour);
            let mut lit = 0;
            for led in frame.bytes().chunks_exact(3) {
                let led = Rgb888::new(led[0], led[1], led[2]);
                assert_eq!(
                    colour.nearest(led),
                    led,
                    "{name} {colour:?} shows only what the LEDs can"
                );
                assert!(
                    led == BLACK || led.r().max(led.g()) == 255,
                    "{name} {colour:?} at full or not at all"
                );
                lit += u32::from(led != BLACK);
            }
            let all = u32::try_from(size.leds()).unwrap();
            assert!(
                lit > 200 && lit < all / 3,
                "{name} {colour:?}: {lit} of {all} LEDs are lit"
            );
        }
    }
}

#[test]
fn a_colour_becomes_the_leds_own_by_its_brightness() {
    let gold = Rgb888::new(255, 200, 64);
    assert_eq!(Colour::Red.nearest(gold), Rgb888::RED);
    assert_eq!(Colour::Red.nearest(Rgb888::new(0, 0, 96)), Rgb888::new(96, 0, 0));
    assert_eq!(Colour::Green.nearest(gold), Rgb888::GREEN);
    assert_eq!(Colour::Amber.nearest(gold), Rgb888::new(255, 160, 0));
    assert_eq!(Colour::RedGreen.nearest(gold), Rgb888::new(255, 255, 0));
    assert_eq!(Colour::RedGreen.nearest(Rgb888::BLUE), Rgb888::new(255, 255, 0));
    assert_eq!(Colour::RedGreen.nearest(Rgb888::new(96, 0, 0)), Rgb888::new(96, 0, 0));
    assert_eq!(Colour::RedGreen.nearest(Rgb888::new(20, 90, 0)), Rgb888::new(0, 90, 0));
    assert_eq!(Colour::Full.nearest(gold), gold);
    for colour in [
        Colour::Red,
        Colour::Green,
        Colour::Amber,
        Colour::RedGreen,
        Colour::Full,
    ] {
        assert_eq!(colour.nearest(BLACK), BLACK);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_content_in_any_zone_has_pages_and_can_be_painted(
        title in "[一-龥a-z0-9，。 ]{0,40}", text in "[一-龥a-z0-9，。《》 ]{0,120}",
        width in 1_u32..300, height in 1_u32..140, name in 0_usize..4, pages in 1_u16..5,
    ) {
        let templates = Templates::builtin();
        let template = templates.get(["clock", "notice", "slogan", "ticker"][name]).expect("built in");
        let size = Size::new(width, height);
        let extent = Extent { pages, full_text: None };
        let content = Content { title: title.into(), site: "示例省国资委".into(), extent, ..body(&[&text]) };
        let measured = template.measure(&Compositor::default(), &content, size);
        prop_assert!((1..=usize::from(pages)).contains(&measured.pages.len()));
        prop_assert!(usize::try_from(measured.whole).unwrap() >= measured.pages.len());
        prop_assert!(measured.pages.iter().all(|dwell| *dwell >= SignedDuration::from_secs(3)));
        let last = u16::try_from(measured.pages.len() - 1).unwrap();
        painted(template, &content, last, size, Colour::Full);
        let pane = Pane { motion: Motion::Leds(3.try_into().unwrap()), ..size.into() };
        let ticks = template.ticker_ticks(&Compositor::default(), &content, pane);
        let width = template.ticker_width(&Compositor::default(), &content, size);
        prop_assert!(ticks.0 * 3 >= i64::from(width) && ticks.0 * 3 < i64::from(width) + 3);
    }
}
