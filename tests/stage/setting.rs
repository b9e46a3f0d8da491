//! How a notice is set: the ladder of sizes, points, tables, emphasis.

use embedded_graphics::pixelcolor::{Rgb888, RgbColor as _};
use yingbi::{
    frame::Frame,
    item::{Paragraph, parse_body},
    site::Colour,
    stage::{Block, Content, Extent, Field, Fill, Setting, Standing, Template},
    text::Compositor,
    units::{BLACK, Size, Tick},
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

/// A box that makes pages of a title and a text.
fn paged() -> Block {
    Block {
        fill: Fill::Flow([Field::Title, Field::Body, Field::Department].into()),
        paged: true,
        leading: 4,
        ..Block::default()
    }
}

/// A notice of this title and this text in Markdown.
fn notice(title: &str, body: &str) -> Content {
    Content {
        title: title.into(),
        body: parse_body(body).paragraphs,
        ..Content::default()
    }
}

fn setting(block: Block, content: &Content, size: Size) -> Setting {
    let measured = template(block).measure(&Compositor::default(), content, size);
    measured.setting.expect("there is type")
}

fn lines(block: Block, content: &Content, size: Size) -> Vec<Vec<Standing>> {
    template(block).lines(&Compositor::default(), content, size)
}

/// The lines of each page, each with where it begins.
fn said(block: Block, content: &Content, size: Size) -> Vec<Vec<(u32, String)>> {
    let line = |standing: &Standing| {
        let first = standing.line.glyphs.first().map_or(0, |placed| placed.x);
        (
            standing.line.x.saturating_add_signed(first),
            standing.line.text.to_string(),
        )
    };
    let page = |page: &Vec<Standing>| page.iter().map(line).collect();
    lines(block, content, size).iter().map(page).collect()
}

fn page(block: Block, content: &Content, size: Size) -> Vec<(u32, String)> {
    let pages = said(block, content, size);
    assert_eq!(pages.len(), 1, "{pages:?}");
    pages.concat()
}

fn at_lines(lines: &[(u32, &str)]) -> Vec<(u32, String)> {
    lines.iter().map(|(x, text)| (*x, (*text).to_owned())).collect()
}

#[test]
fn the_largest_size_at_which_all_fits_one_page_is_taken() {
    let block = || Block { size: 64, ..paged() };
    let chosen = |count: usize| {
        let setting = setting(block(), &notice("", &"字".repeat(count)), Size::new(320, 150));
        assert_eq!((setting.pages, setting.tightened, setting.cut), (1, false, false));
        setting.dots
    };
    // Two lines of five; two of six, indents apart; four of ten, the first two characters shorter.
    assert_eq!((chosen(10), chosen(11), chosen(12), chosen(13)), (64, 48, 48, 32));
    assert_eq!(chosen(38), 32);
    assert_ne!(chosen(39), 32);
}

#[test]
fn at_the_least_size_lines_move_closer_before_there_are_pages() {
    let block = |leading, least| Block {
        size: 32,
        least,
        leading,
        indent: 0,
        ..paged()
    };
    let size = Size::new(160, 80);
    let of = |count: usize, leading, least| setting(block(leading, least), &notice("", &"字".repeat(count)), size);
    // Four lines of 16 with 5 LEDs between, or 2 and a half.
    assert_eq!((of(40, 5, 16).leading, of(40, 5, 16).tightened), (5, false));
    let closer = of(40, 8, 16);
    assert_eq!(
        (closer.dots, closer.leading, closer.tightened, closer.pages),
        (16, 5, true, 1)
    );
    assert_eq!(of(41, 8, 16).pages, 2);
    assert_eq!(
        (of(41, 8, 16).leading, of(41, 8, 16).tightened),
        (8, false),
        "pages are set as wide as ever"
    );
    assert_eq!(
        (of(50, 0, 16).pages, of(50, 1, 16).pages),
        (1, 2),
        "one LED is not tightened to none"
    );
    // Pages at the least size that may be.
    assert_eq!((of(11, 8, 32).dots, of(11, 8, 32).pages), (32, 2));
    assert_eq!((of(10, 24, 32).leading, of(10, 24, 32).pages), (16, 1));
}

#[test]
fn a_text_that_repeats_climbs_down_the_same_ladder() {
    let block = |least, leading| Block {
        fill: Fill::Field(Field::Title),
        size: 48,
        least,
        leading,
        ..Block::default()
    };
    let size = Size::new(96, 70);
    let of = |title: &str, least, leading| setting(block(least, leading), &notice(title, ""), size);
    assert_eq!(of("四个大字", 16, 0).dots, 32);
    assert_eq!(
        (of("六个大字两行", 32, 4).dots, of("六个大字两行", 32, 4).leading),
        (32, 4)
    );
    assert_eq!(
        (of("六个大字两行", 32, 8).leading, of("六个大字两行", 32, 8).tightened),
        (6, true)
    );
    assert!(of("六个大字两行不够", 32, 8).cut);
    assert!(!of("六个大字两行", 32, 8).cut);
}

#[test]
fn a_text_that_is_cut_is_cut_between_words_and_numbers() {
    let block = || Block {
        fill: Fill::Field(Field::Title),
        ..Block::default()
    };
    let of = |text: &str| page(block(), &notice(text, ""), Size::new(8 * 16, 16))[0].1.clone();
    assert_eq!(of("总投资共计12345678万元"), "总投资共计…");
    assert_eq!(
        of("12345678901234567890"),
        "12345678901234…",
        "little more than the mark would be left"
    );
}

#[test]
fn a_title_takes_three_lines_at_most_unless_it_is_set_at_the_least_size() {
    let size = Size::new(128, 300);
    let title = "关于印发年度重点工作任务分工方案的通知";
    let block = |least| Block {
        size: 32,
        least,
        ..paged()
    };
    let count = |least| {
        let content = notice(title, "");
        let setting = setting(block(least), &content, size);
        (setting.dots, lines(block(least), &content, size)[0].len())
    };
    assert_eq!(title.chars().count(), 19);
    // Five lines of 32 would fit.
    assert!(count(16).0 < 32 && count(16).1 == 3, "{:?}", count(16));
    assert_eq!(count(32), (32, 5), "rather than lose any of it");
    let repeated = Block {
        fill: Fill::Field(Field::Title),
        ..block(16)
    };
    assert!(setting(repeated, &notice(title, ""), size).dots < 32);
}

#[test]
fn the_text_of_a_point_stands_beside_its_mark() {
    let content = notice(
        "",
        "- 一二三四五六七八九十\n    - 甲乙丙丁戊己庚辛壬癸\n\n十二、三四五六七八九十一二",
    );
    let shown = page(paged(), &content, Size::new(160, 200));
    let all: String = shown.iter().map(|(_, text)| &**text).collect();
    assert_eq!(
        all,
        "●一二三四五六七八九十○甲乙丙丁戊己庚辛壬癸十二、三四五六七八九十一二"
    );
    let places: Vec<u32> = shown.iter().map(|(x, _)| *x).collect();
    assert_eq!(places, [0, 16, 16, 32, 32, 0], "{shown:?}");
    // In short lines nothing is indented.
    let narrow = page(paged(), &content, Size::new(144, 200));
    assert!(narrow.iter().all(|(x, _)| *x == 0), "{narrow:?}");
}

#[test]
fn a_numbers_text_stands_where_it_begins_on_the_first_line() {
    let content = notice("", "9. 一二三四五六七八九十甲乙\n10. 一二三四五六七八九十甲乙");
    let pages = lines(paged(), &content, Size::new(165, 200));
    let left = |standing: &Standing, index: usize| standing.line.x.saturating_add_signed(standing.line.glyphs[index].x);
    let [nine, after_nine, ten, after_ten] = &pages[0][..] else {
        panic!("{pages:?}")
    };
    assert_eq!((left(nine, 0), left(nine, 2)), (0, left(after_nine, 0)));
    assert_eq!((left(ten, 0), left(ten, 3)), (0, left(after_ten, 0)));
    assert!(left(after_ten, 0) > left(after_nine, 0));
}

/// A table of a text and a number.
const TABLE: &str = "| 单位 | 金额 |\n|---|---|\n| 甲单位 | 1,200万元 |\n| 乙 | 35万元 |";

#[test]
fn a_table_stands_in_columns_numbers_to_the_right() {
    let shown = lines(paged(), &notice("", TABLE), Size::new(256, 100));
    let texts: Vec<&str> = shown[0].iter().map(|standing| &*standing.line.text).collect();
    assert_eq!(
        texts,
        ["单位\u{3000}金额", "甲单位\u{3000}1,200万元", "乙\u{3000}35万元"]
    );
    let edge = |standing: &Standing| standing.line.x + standing.line.width;
    let second = |standing: &Standing, from: u32| {
        let glyphs = standing.line.glyphs.iter();
        glyphs.filter(|placed| placed.at >= from).map(|placed| placed.x).min()
    };
    assert_eq!(edge(&shown[0][0]), edge(&shown[0][1]));
    assert_eq!(edge(&shown[0][2]), edge(&shown[0][1]));
    // Three characters and an em.
    let text = "单位\t金额\n甲单位\t1,200万元";
    let start = text.find("1,").unwrap() as u32;
    assert_eq!(second(&shown[0][1], start), Some(64));
}

#[test]
fn cells_take_two_lines_where_the_line_is_short() {
    let content = notice("", "| 事项 | 时限 |\n|---|---|\n| 甲乙丙丁戊己庚辛 | 5个 |");
    let shown = page(paged(), &content, Size::new(112, 100));
    assert_eq!(
        shown.iter().map(|(_, text)| &**text).collect::<Vec<_>>(),
        ["事项\u{3000}时限", "甲乙丙丁\u{3000}5个", "戊己庚辛"]
    );
}

#[test]
fn columns_are_dealt_so_that_rows_take_few_lines() {
    let content = notice(
        "",
        "| 甲乙 | 丙丁 |\n|---|---|\n| 一二三四五六 | 子丑寅卯辰 |\n| 七八九十 | 巳午 |",
    );
    // Eight characters and the em between; 七八九十 stays whole.
    let shown = page(paged(), &content, Size::new(9 * 16, 100));
    let texts: Vec<&str> = shown.iter().map(|(_, text)| &**text).collect();
    assert_eq!(
        texts,
        [
            "甲乙\u{3000}丙丁",
            "一二三四\u{3000}子丑寅",
            "五六\u{3000}卯辰",
            "七八九十\u{3000}巳午"
        ]
    );
}

#[test]
fn where_columns_do_not_fit_each_cell_says_what_it_is() {
    let content = notice("", TABLE);
    assert_eq!(
        page(paged(), &content, Size::new(96, 200)),
        at_lines(&[
            (0, "●单位：甲"),
            (0, "单位"),
            (0, "金额："),
            (0, "1,200万元"),
            (0, "●单位：乙"),
            (0, "金额：35万元"),
        ])
    );
}

#[test]
fn the_head_of_a_table_is_said_again_on_each_page_and_rows_stay_whole() {
    let rows = "| 甲乙丙丁戊己庚辛 | 5 |\n".repeat(4);
    let content = notice("", &format!("| 事项 | 天 |\n|---|---|\n{rows}"));
    let shown = said(paged(), &content, Size::new(96, 100));
    let texts: Vec<Vec<&str>> = shown
        .iter()
        .map(|page| page.iter().map(|(_, text)| &**text).collect())
        .collect();
    let row = ["甲乙丙丁\u{3000}5", "戊己庚辛"];
    let two = ["事项\u{3000}天", row[0], row[1], row[0], row[1]];
    assert_eq!(texts, [two, two]);
}

fn painted(block: Block, content: &Content, size: Size, colour: Colour) -> Frame {
    let mut frame = Frame::new(size);
    template(block)
        .prepare(&Compositor::default(), content, 0, size, colour)
        .paint(at(0), Tick(0), &mut frame);
    frame
}

/// The colours that are lit in these columns and rows.
fn colours(frame: &Frame, columns: std::ops::Range<u32>, rows: std::ops::Range<u32>) -> Vec<Rgb888> {
    let leds = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
    let mut lit: Vec<Rgb888> = leds
        .filter_map(|(x, y)| frame.led(x, y))
        .filter(|colour| *colour != BLACK)
        .collect();
    lit.sort_by_key(|colour| (colour.r(), colour.g(), colour.b()));
    lit.dedup();
    lit
}

#[test]
fn emphasis_has_the_accent_colour_and_nothing_else_changes() {
    let block = || Block {
        accent: Rgb888::RED,
        indent: 0,
        ..paged()
    };
    let size = Size::new(160, 16);
    let plain = painted(block(), &notice("", "请于五月八日前报送"), size, Colour::Full);
    let marked = notice("", "请于**五月八日**前报送");
    let shown = painted(block(), &marked, size, Colour::Full);
    assert_eq!(colours(&shown, 0..32, 0..16), [Rgb888::WHITE]);
    assert_eq!(colours(&shown, 32..96, 0..16), [Rgb888::RED]);
    assert_eq!(colours(&shown, 96..160, 0..16), [Rgb888::WHITE]);
    let lit = |frame: &Frame| {
        frame
            .bytes()
            .chunks_exact(3)
            .map(|led| led != [0; 3])
            .collect::<Vec<_>>()
    };
    assert_eq!(lit(&shown), lit(&plain));
    let red = |content: &Content| painted(block(), content, size, Colour::Red);
    assert_eq!(red(&marked), red(&notice("", "请于五月八日前报送")));
}

#[test]
fn the_head_of_a_table_has_the_accent_colour_and_a_rule_where_there_is_room() {
    let block = |leading| Block {
        accent: Rgb888::RED,
        leading,
        ..paged()
    };
    let size = Size::new(200, 100);
    let shown = painted(block(3), &notice("", TABLE), size, Colour::Full);
    assert_eq!(colours(&shown, 0..200, 0..18), [Rgb888::RED]);
    assert_eq!(colours(&shown, 0..200, 19..100), [Rgb888::WHITE]);
    let ruled = |frame: &Frame, y| (0..200).take_while(|x| frame.led(*x, y) == Some(Rgb888::RED)).count();
    let right = lines(block(3), &notice("", TABLE), size)[0][0].line.width;
    assert_eq!(ruled(&shown, 17), right as usize);
    let tight = painted(block(1), &notice("", TABLE), size, Colour::Full);
    assert_eq!(colours(&tight, 0..200, 16..17), []);
}

#[test]
fn a_table_is_cut_after_a_row() {
    let rows = "| 甲 | 5 |\n".repeat(20);
    let content = Content {
        extent: Extent {
            pages: 1,
            full_text: None,
        },
        ..notice("", &format!("| 事项 | 天 |\n|---|---|\n{rows}"))
    };
    let shown = page(paged(), &content, Size::new(200, 96));
    assert_eq!(
        shown.iter().map(|(_, text)| &**text).collect::<Vec<_>>(),
        [
            "事项\u{3000}天",
            "甲\u{3000}5",
            "甲\u{3000}5",
            "……",
            "（未完，全文请询服务台）"
        ]
    );
}

/// A paragraph is what its text says, and no more.
#[test]
fn plain_paragraphs_have_no_emphasis() {
    let paragraph = Paragraph::new(yingbi::item::ParagraphKind::Text, "一");
    assert_eq!(parse_body("一").paragraphs, [paragraph]);
}
