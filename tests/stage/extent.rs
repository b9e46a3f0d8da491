//! A text that takes more pages than it may: where it ends, and what its last page says.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    item::{Paragraph, ParagraphKind},
    site::Colour,
    stage::{Block, Content, Extent, Field, Fill, Standing, Template},
    text::Compositor,
    units::{BLACK, Size, Tick},
};

use super::picture::at;

/// A box of `fields` that makes pages, with neither indent nor space between its lines.
fn template(fields: &[Field]) -> Template {
    Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![Block {
            fill: Fill::Flow(fields.into()),
            paged: true,
            leading: 0,
            indent: 0,
            ..Block::default()
        }],
    }
}

fn paragraph(kind: ParagraphKind, text: &str) -> Paragraph {
    Paragraph::new(kind, text)
}

/// A content of these paragraphs that may take `pages` pages; the whole of it hangs 楼下.
fn content(pages: u16, body: &[&str]) -> Content {
    Content {
        body: body.iter().map(|text| paragraph(ParagraphKind::Text, text)).collect(),
        extent: Extent {
            pages,
            full_text: Some("楼下".into()),
        },
        ..Content::default()
    }
}

fn painted(template: &Template, content: &Content, page: usize, size: Size) -> Frame {
    let page = u16::try_from(page).expect("few pages");
    let mut frame = Frame::new(size);
    template
        .prepare(&Compositor::default(), content, page, size, Colour::Full)
        .paint(at(0), Tick(0), &mut frame);
    frame
}

/// The lines of each page.
fn said(template: &Template, content: &Content, size: Size) -> Vec<Vec<String>> {
    let pages = template.lines(&Compositor::default(), content, size);
    let texts = |page: Vec<Standing>| page.iter().map(|standing| standing.line.text.to_string()).collect();
    pages.into_iter().map(texts).collect()
}

/// The body of `content` in lines of eight characters comes out on pages of these lines, and would take `whole` pages in all. A page has
/// room for as many lines as the longest of these; "" is room that stays empty.
#[track_caller]
fn comes_out(content: &Content, pages: &[&[&str]], whole: u32) {
    let height = pages.iter().map(|page| page.len()).max().unwrap_or(0);
    let size = Size::new(8 * 16, 16 * u32::try_from(height).unwrap());
    let template = template(&[Field::Title, Field::Body, Field::Department, Field::Published]);
    let measured = template.measure(&Compositor::default(), content, size);
    let expected = pages.iter().map(|page| {
        page.iter()
            .copied()
            .filter(|line| !line.is_empty())
            .collect::<Vec<&str>>()
    });
    assert_eq!(said(&template, content, size), expected.collect::<Vec<_>>());
    assert_eq!((measured.pages.len(), measured.whole), (pages.len(), whole));
    assert_eq!(measured.setting.unwrap().cut, whole as usize > pages.len());
}

#[test]
fn a_text_ends_after_its_last_whole_sentence_and_says_where_the_rest_is() {
    let content = content(1, &["今天停水。明天也停水，后天恢复供水。"]);
    comes_out(&content, &[&["今天停水。……", "（全文见楼下）"]], 2);
}

#[test]
fn what_fits_is_shown_as_ever() {
    let content = content(2, &["今天停水。明天也停水，后天恢复供水。"]);
    comes_out(&content, &[&["今天停水。明天也", "停水，后天恢复"], &["供水。", ""]], 2);
}

#[test]
fn where_no_sentence_ends_on_the_last_page_a_phrase_does_and_its_comma_goes() {
    let content = content(1, &["今天上午停水，明天也停水，请相互转告。"]);
    comes_out(&content, &[&["今天上午停水……", "（全文见楼下）"]], 2);
}

#[test]
fn where_no_phrase_ends_there_either_the_text_ends_where_a_line_might() {
    let content = content(1, &["今天上午全楼各层一律停水请相互转告"]);
    comes_out(&content, &[&["今天上午全楼……", "（全文见楼下）"]], 2);
}

#[test]
fn a_number_is_not_torn() {
    let content = content(1, &["本年累计投入1234567890123元整。请各处室周知并照办。"]);
    comes_out(&content, &[&["本年累计投入……", "（全文见楼下）", ""]], 2);
}

#[test]
fn brackets_are_not_left_open() {
    let content = content(1, &["请大家都学习（关于加强值班，一号）并落实好，月底前报告。"]);
    comes_out(&content, &[&["请大家都学习……", "（全文见楼下）", ""]], 2);
}

#[test]
fn what_stands_before_points_to_come_is_no_end() {
    let content = content(1, &["一、今天停水的楼层：", "1.东楼，三层；", "2.西楼。"]);
    comes_out(&content, &[&["一、今天停水的", "楼层……", "（全文见楼下）"]], 2);
}

#[test]
fn after_a_line_without_a_stop_the_mark_takes_a_line_of_its_own() {
    let content = content(1, &["电话：00001234", "传真：00005678", "邮编：000000", "楼号：0"]);
    comes_out(&content, &[&["电话：00001234", "……", "（全文见楼下）"]], 2);
}

#[test]
fn a_text_of_which_only_department_and_date_find_no_room_has_no_mark() {
    let content = Content {
        department: "办公室".into(),
        published: Some(date(2026, 5, 8)),
        ..content(1, &["今天停水。"])
    };
    comes_out(&content, &[&["今天停水。", "（全文见楼下）"]], 2);
}

#[test]
fn a_title_that_leaves_no_room_for_the_text_stands_whole_above_the_notice() {
    let content = Content {
        title: "关于今天停水通知".into(),
        ..content(1, &["今天停水。", "明天停水。"])
    };
    comes_out(&content, &[&["关于今天停水通知", "（全文见楼下）"]], 2);
}

#[test]
fn a_heading_is_not_the_last_that_is_shown() {
    let mut content = content(1, &["今天停水。", "时间", "上午八点至下午三点半。"]);
    content.body[1].kind = ParagraphKind::Heading;
    comes_out(&content, &[&["今天停水。……", "（全文见楼下）", ""]], 2);
}

#[test]
fn where_a_page_has_one_line_the_notice_has_the_last_page_to_itself() {
    let content = content(3, &["今天停水，明天停水，后天停水，都请互相转告，以便早作准备。"]);
    comes_out(
        &content,
        &[&["今天停水，明天停"], &["水，后天停水……"], &["（全文见楼下）"]],
        4,
    );
}

#[test]
fn the_lines_of_a_notice_share_a_page() {
    let text = "今天停水。明天停水。后天停水。大后天停水。再后天停水。请各楼层互相转告并且提前做好准备。";
    let mut content = content(2, &[text, text]);
    content.extent.full_text = Some("一楼公开栏".into());
    comes_out(
        &content,
        &[
            &["今天停水。明天停", "水。后天停水。大", "后天停水。再后天"],
            &["停水。……", "（全文见一楼公", "开栏）"],
        ],
        4,
    );
}

#[test]
fn a_zone_too_narrow_for_the_words_says_that_there_is_more() {
    let template = template(&[Field::Body]);
    let size = Size::new(4 * 16, 2 * 16);
    let content = content(1, &["今天上午停水，明天也停水。"]);
    assert_eq!(said(&template, &content, size), [["今天……", "（未完）"]]);
    assert_eq!(said(&template, &content, Size::new(3 * 16, 16)), [["今……"]]);
}

#[test]
fn without_a_place_the_visitor_is_told_to_ask_at_the_desk() {
    let template = template(&[Field::Body]);
    let size = Size::new(12 * 16, 32);
    let mut content = content(1, &["今天上午停水，明天也停水。", "请转告。", "另行通知。"]);
    content.extent.full_text = None;
    assert_eq!(
        said(&template, &content, size),
        [["今天上午停水……", "（未完，全文请询服务台）"]]
    );
}

#[test]
fn the_notice_has_the_colour_of_titles() {
    let mut template = template(&[Field::Body]);
    template.blocks[0].accent = Rgb888::RED;
    let size = Size::new(7 * 16, 32);
    let content = content(1, &["今天停水。明天也停水，后天恢复。"]);
    let frame = painted(&template, &content, 0, size);
    let colours = |rows: std::ops::Range<u32>| {
        let leds = rows.flat_map(|y| (0..size.width).map(move |x| (x, y)));
        let lit = leds
            .filter_map(|(x, y)| frame.led(x, y))
            .filter(|colour| *colour != BLACK);
        let mut lit: Vec<Rgb888> = lit.collect();
        lit.dedup();
        lit
    };
    assert_eq!(colours(0..16), [Rgb888::WHITE]);
    assert_eq!(colours(16..32), [Rgb888::RED]);
}

#[test]
fn a_page_stays_as_long_as_what_it_shows_takes_to_read() {
    let (sentence, more) = (format!("{}。", "一".repeat(29)), "二".repeat(60));
    let content = content(1, &[&format!("{sentence}{more}")]);
    let measured = template(&[Field::Body]).measure(&Compositor::default(), &content, Size::new(512, 32));
    // 30 characters and the mark of two, and the seven of （全文见楼下）.
    assert_eq!(measured.pages, [SignedDuration::from_millis(39 * 250)]);
}

#[test]
fn a_ticker_runs_all_of_the_text() {
    let template = template(&[Field::Body]);
    let width = |pages| {
        template.ticker_width(
            &Compositor::default(),
            &content(pages, &[&"长".repeat(300)]),
            Size::new(64, 16),
        )
    };
    assert_eq!((width(1), width(999)), (300 * 16, 300 * 16));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_text_never_takes_more_pages_than_it_may_and_what_it_shows_is_the_beginning_of_the_whole(
        title in "[一-龥]{0,2}",
        body in prop::collection::vec("([一-龥，。；：（）《》“”\u{200b} \n]|[0-9a-z]{1,3}[，一-龥]){0,60}", 0..6),
        width in 64_u32..200, height in 32_u32..90, pages in 1_u16..6,
    ) {
        let texts: Vec<&str> = body.iter().map(String::as_str).collect();
        let of = |pages| Content { title: title.as_str().into(), department: "办公室".into(), ..content(pages, &texts) };
        let template = template(&[Field::Title, Field::Body, Field::Department]);
        let size = Size::new(width, height);
        let limited = template.measure(&Compositor::default(), &of(pages), size);
        prop_assert!(limited.pages.len() <= pages.into() && !limited.pages.is_empty());
        let all = |pages: Vec<Vec<String>>| pages.concat().concat();
        let (shown, whole) = (all(said(&template, &of(pages), size)), said(&template, &of(999), size));
        let is_cut = usize::try_from(limited.whole).unwrap() > limited.pages.len();
        prop_assert_eq!(limited.setting.unwrap().cut, is_cut);
        if is_cut {
            prop_assert_eq!(usize::try_from(limited.whole).unwrap(), whole.len());
            prop_assert!(whole.len() > pages.into());
            let end = shown.rfind("……").or_else(|| shown.rfind("（全")).or_else(|| shown.rfind("（未")).unwrap_or(shown.len());
            let plain = |text: &str| text.chars().filter(|char| !char.is_whitespace()).collect::<String>();
            prop_assert!(plain(&all(whole)).starts_with(&plain(&shown[..end])), "{}", shown);
        } else {
            prop_assert_eq!(shown, all(whole));
        }
    }
}
