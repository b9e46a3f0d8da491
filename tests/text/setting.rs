//! Setting: where each character of a line stands.

use proptest::prelude::*;
use yingbi::text::{Align, Compositor, Face, Line, Mask, Style, Type};

use super::{missing, plain};

fn sized(dots: u16) -> Type {
    Type::new(Face::Hei, dots).expect("a size of the ladder")
}

fn one(text: &str) -> Line {
    Compositor::default().line(text, Type::default())
}

fn set(text: &str, style: &Style, width: u32) -> Vec<Line> {
    Compositor::default().lines(text, style, width)
}

fn both() -> Style {
    Style {
        align: Align::Both,
        ..plain()
    }
}

fn said(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| &*line.text).collect()
}

/// The columns that the character inks, counted from its dots.
fn ink(kind: Type, character: char) -> (i32, i32) {
    let compositor = Compositor::default();
    let line = compositor.line(&format!("国{character}国"), kind);
    let mask = compositor.mask(&line, kind);
    let from = line.glyphs[0].x + i32::from(kind.dots());
    let columns: Vec<i32> = (from..line.glyphs[2].x)
        .filter(|x| (0..mask.height()).any(|y| mask.dot(*x as u32, y)))
        .collect();
    let cell = line.glyphs[1].x;
    (columns[0] - cell, columns[columns.len() - 1] + 1 - cell)
}

#[test]
fn a_mark_at_a_lines_end_loses_its_blank_but_one_dot_and_at_most_half_its_cell() {
    for mark in ['，', '。', '）', '》', '”', '！'] {
        let (_, end) = ink(Type::default(), mark);
        assert_eq!(
            one(&format!("国资{mark}")).width,
            32 + (end as u32 + 1).max(8),
            "{mark}"
        );
    }
}

#[test]
fn an_opening_mark_at_a_lines_start_loses_its_blank_but_one_dot() {
    let (start, _) = ink(Type::default(), '《');
    let line = one("《国》");
    assert_eq!(line.glyphs[0].x, 1 - start);
    assert_eq!(line.glyphs[1].x, 16 + 1 - start);
}

#[test]
fn what_is_trimmed_at_a_lines_start_is_blank_and_the_rest_is_drawn_where_it_stands() {
    let compositor = Compositor::default();
    let dots = |mask: &Mask| {
        let rows = (0..mask.height()).map(|y| (0..mask.width()).filter(|x| mask.dot(*x, y)).count());
        rows.sum::<usize>()
    };
    for size in Type::SIZES {
        let kind = sized(size);
        let drawn = |text: &str| compositor.mask(&compositor.line(text, kind), kind);
        for mark in "《“‘（【〔「『〈〖".chars() {
            let both = dots(&drawn(&format!("{mark}国")));
            assert_eq!(
                both,
                dots(&drawn(&mark.to_string())) + dots(&drawn("国")),
                "{mark} at {size}"
            );
            let shape = kind.shape(mark).unwrap();
            let mut whole = Mask::new(shape.advance.into(), size.into());
            whole.ink(shape.x.into(), shape.y.into(), shape.glyph, shape.scale);
            assert_eq!(both, dots(&whole) + dots(&drawn("国")), "{mark} at {size}");
        }
    }
}

#[test]
fn two_marks_in_a_row_take_an_em_and_a_half_where_they_have_blank_enough() {
    for pair in ["，“", "。”", "、、", "：《"] {
        let text = format!("国{pair}资");
        let line = one(&text);
        let between = line.glyphs[3].x - line.glyphs[1].x;
        assert_eq!(between, 24, "{text}");
    }
    let (_, end) = ink(Type::default(), '》');
    let line = one("国》、资");
    assert_eq!(line.glyphs[2].x - line.glyphs[1].x, end + 1, "ink keeps a dot of blank");
    let line = one("国，资");
    assert_eq!(line.glyphs[2].x - line.glyphs[1].x, 16, "one mark alone keeps its cell");
}

#[test]
fn between_hanzi_and_latin_stands_a_narrow_space() {
    for (dots, space) in [(16, 2), (32, 4), (48, 6)] {
        let kind = sized(dots);
        let line = Compositor::default().line("用LED屏", kind);
        let width = |text: &str| Compositor::default().width(text, kind) as i32;
        assert_eq!(line.glyphs[1].x, i32::from(dots) + space);
        assert_eq!(line.glyphs[4].x, i32::from(dots) + space + width("LED") + space);
    }
}

#[test]
fn a_number_stands_close_to_its_unit_and_a_typed_space_is_all_there_is() {
    let width = |text: &str| Compositor::default().width(text, Type::default());
    assert_eq!(width("2026年5月8日"), 6 * 8 + 3 * 16);
    assert_eq!(width("670万元"), 3 * 8 + 2 * 16);
    assert_eq!(width("第3条"), 8 + 2 * 16);
    assert_eq!(width("第3批"), 8 + 2 * 16);
    assert_eq!(width("共3人"), 16 + 2 + 8 + 16);
    assert_eq!(width("用 LED 屏"), 2 * 16 + 5 * 8);
    assert_eq!(width("甲A乙1丙"), 3 * 16 + 2 * 8 + 4 * 2);
}

#[test]
fn a_mark_that_does_not_fit_is_pulled_in_where_the_line_has_blanks() {
    // Seventeen cells; the comma in the middle and the one at the end give way.
    let lines = set("一二三，五六七八九十甲乙丙丁戊己，庚辛", &both(), 256);
    assert_eq!(said(&lines), ["一二三，五六七八九十甲乙丙丁戊己，", "庚辛"]);
    assert!(lines[0].width <= 256);
}

#[test]
fn where_the_line_has_no_blanks_the_character_before_the_mark_goes_along() {
    let lines = set("一二三四五六七八九十甲乙丙丁戊己，庚辛", &both(), 248);
    assert_eq!(said(&lines), ["一二三四五六七八九十甲乙丙丁戊", "己，庚辛"]);
}

#[test]
fn a_line_that_is_too_short_ends_at_the_right_edge_all_the_same() {
    let text = "本单位定于2026年5月8日在一楼大厅组织LED屏消防疏散演练请各处室做好准备并准时参加";
    for width in [208, 230, 256, 300] {
        let lines = set(text, &both(), width);
        let (last, full) = lines.split_last().unwrap();
        assert!(full.iter().all(|line| line.width == width), "{width}");
        assert!(last.width <= width);
    }
    let narrow = set(text, &both(), 200);
    assert!(
        narrow.iter().any(|line| line.width < 200),
        "under 13 ems nothing is spread"
    );
}

#[test]
fn the_last_line_has_more_than_one_character_where_it_can() {
    assert_eq!(said(&set("一二三四五六七", &plain(), 96)), ["一二三四五", "六七"]);
    assert_eq!(said(&set("一二三四五六七。", &plain(), 96)), ["一二三四五", "六七。"]);
    assert_eq!(
        said(&set("一二三四", &plain(), 48)),
        ["一二三", "四"],
        "too narrow to share"
    );
}

/// A title, its room in hanzi, its lines.
const TITLES: &[(&str, u32, &[&str])] = &[
    (
        "关于开展办公楼消防疏散演练的通知",
        12,
        &["关于开展办公楼", "消防疏散演练的通知"],
    ),
    (
        "关于公开征求《示例省管理办法》意见的公告",
        14,
        &["关于公开征求", "《示例省管理办法》意见的公告"],
    ),
    ("一二三四五六七八", 6, &["一二三四", "五六七八"]),
    (
        "上半年全省国有企业经济运行情况新闻发布会",
        12,
        &["上半年全省国有企业", "经济运行情况新闻发布会"],
    ),
    (
        "关于2026年度省级科技创新专项资金拟支持项目的公示",
        16,
        &["关于2026年度省级科技创新", "专项资金拟支持项目的公示"],
    ),
    ("示例省国资委办公室值班安排", 8, &["示例省国资委", "办公室值班安排"]),
];

#[test]
fn titles_are_broken_by_sense() {
    let style = Style {
        align: Align::Centre,
        ..plain()
    };
    let wrong: Vec<String> = TITLES
        .iter()
        .map(|(title, room, expected)| (said(&set(title, &style, room * 16)).join("｜"), expected.join("｜")))
        .filter(|(seen, expected)| seen != expected)
        .map(|(seen, expected)| format!("{seen} in place of {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_line_of_a_title_begins_with_the_little_words() {
    let style = Style {
        align: Align::Centre,
        ..plain()
    };
    let title = "关于做好国庆中秋假期值班和安全生产工作的通知及有关事项的说明等";
    for room in 7..30 {
        for line in &set(title, &style, room * 16)[1..] {
            assert!(
                !line.text.starts_with(['的', '和', '及', '等']),
                "{} at {room}",
                line.text
            );
        }
    }
}

#[test]
fn a_points_text_hangs_beside_its_mark() {
    let style = Style { hang: 20, ..both() };
    let lines = set("●一二三四五六七八", &style, 84);
    let places: Vec<(u32, &str)> = lines.iter().map(|line| (line.x, &*line.text)).collect();
    assert_eq!(places, [(0, "●一二三四"), (20, "五六七八")]);
}

fn text() -> impl Strategy<Value = String> {
    let pick = |from: &'static str| proptest::sample::select(from.chars().collect::<Vec<_>>());
    let character = prop_oneof![
        6 => pick("国资委示例省公开通知年月日号万元㎡℃％abcXYZ0123456789①… "),
        2 => pick("、，。：；！？’”）》〉」』】〕〗·/～—,.:;!?)]"),
        1 => pick("‘“（《〈「『【〔〖([")
    ];
    proptest::collection::vec(character, 0..120).prop_map(|characters| characters.into_iter().collect())
}

proptest! {
    #[test]
    fn characters_keep_their_order_and_their_ink_apart(
        text in text(),
        width in 16u32..400,
        dots in proptest::sample::select(vec![16u16, 24, 32, 48]),
        align in proptest::sample::select(vec![Align::Both, Align::Left, Align::Centre, Align::Right]),
    ) {
        let compositor = Compositor::default();
        let style = Style { align, kind: sized(dots), indent: 2 * u32::from(dots), ..plain() };
        prop_assert_eq!(missing(&text), None);
        let mut at = None;
        for line in compositor.lines(&text, &style, width) {
            let mut edge = 0;
            for placed in line.glyphs.iter() {
                prop_assert!(Some(placed.at) > at, "every character once, in order");
                at = Some(placed.at);
                prop_assert_eq!(text[placed.at as usize..].chars().next(), Some(placed.character));
                let alone = compositor.line(&placed.character.to_string(), style.kind);
                let mask = compositor.mask(&alone, style.kind);
                let columns = || (0..mask.width()).filter(|x| (0..mask.height()).any(|y| mask.dot(*x, y)));
                if let (Some(first), Some(last)) = (columns().min(), columns().max()) {
                    let from = placed.x - alone.glyphs[0].x;
                    prop_assert!(from + first as i32 >= edge, "{}: ink over ink", line.text);
                    edge = from + last as i32 + 1;
                }
            }
            prop_assert!(edge <= line.width as i32, "{}: ink beyond its line", line.text);
            if line.glyphs.len() > 1 && !line.text.contains(['、', '，', '。', '：', '；', '！', '？', '’', '”', '）', '》', '〉', '」', '』', '】', '〕', '〗', '‘', '“', '（', '《', '〈', '「', '『', '【', '〔', '〖', '·', '/', '～', '—', '…', ',', '.', ':', ';', '!', '?', ')', ']', '(', '[']) {
                prop_assert!(line.x + line.width <= width, "{} is wider than {width}", line.text);
            }
        }
    }
}
