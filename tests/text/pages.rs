//! From lines to pages.

use proptest::prelude::*;
use yingbi::text::{Align, Compositor, Face, Style, Type};

use super::{drawn, line, missing, pages, plain, texts};

fn sized(dots: u16) -> Style {
    Style {
        kind: Type::new(Face::Hei, dots).expect("a size of the ladder"),
        ..plain()
    }
}

#[test]
fn pages_end_between_lines_and_lines_keep_their_leading() {
    let style = Style { leading: 4, ..plain() };
    let set = pages(["一二三四五六七"], &style, 32, 40);
    let places: Vec<Vec<(u32, &str)>> = set
        .iter()
        .map(|page| page.lines.iter().map(|line| (line.y, &*line.text)).collect())
        .collect();
    assert_eq!(places, [vec![(0, "一二"), (20, "三四")], vec![(0, "五六"), (20, "七")]]);
}

#[test]
fn there_is_a_page_for_no_text_and_a_line_for_no_height() {
    let nothing: [&str; 0] = [];
    assert_eq!(texts(&pages(nothing, &plain(), 256, 96)), [""]);
    assert_eq!(pages(["一二三"], &plain(), 16, 0).len(), 3);
}

#[test]
fn a_box_narrower_than_a_glyph_takes_one_a_line() {
    for width in 0..16 {
        assert_eq!(texts(&pages(["国，a资"], &plain(), width, 96)).concat(), "国，a资");
    }
    assert_eq!(texts(&pages(["国，资"], &plain(), 9, 96)), ["国", "，", "资"]);
}

#[test]
fn the_first_line_of_a_paragraph_is_indented_and_its_own_spaces_are_not_added() {
    let style = Style { indent: 32, ..plain() };
    let set = pages(["　　一二三四五", "六"], &style, 64, 96);
    let places: Vec<(u32, &str)> = set[0].lines.iter().map(|line| (line.x, &*line.text)).collect();
    assert_eq!(places, [(32, "一二"), (0, "三四五"), (32, "六")]);
}

#[test]
fn an_indent_that_leaves_no_room_is_left_out() {
    let style = Style { indent: 32, ..plain() };
    assert_eq!(pages(["一二"], &style, 40, 96)[0].lines[0].x, 0);
}

#[test]
fn lines_lie_where_their_alignment_says_and_only_the_left_is_indented() {
    for (align, x) in [
        (Align::Left, 8),
        (Align::Both, 8),
        (Align::Centre, 14),
        (Align::Right, 29),
    ] {
        let style = Style {
            align,
            indent: 8,
            ..plain()
        };
        assert_eq!(pages(["一a。"], &style, 63, 16)[0].lines[0].x, x);
    }
}

#[test]
fn a_scale_makes_lines_wider_and_pages_shorter() {
    let style = sized(32);
    let set = pages(["一二三四五"], &style, 64, 64);
    assert_eq!(texts(&set), ["一二", "三四", "五"]);
    assert_eq!(set.len(), 2);
    assert_eq!(set[0].lines[1].y, 32);
}

#[test]
fn what_has_no_shape_is_dropped_and_what_has_no_glyph_is_named() {
    let zero_width = "国\u{200b}\u{feff}资\u{fe0f}\u{ad}委\r\u{7}";
    assert_eq!(texts(&pages([zero_width], &plain(), 256, 16)), ["国资委"]);
    assert_eq!(missing(zero_width), None);
    assert_eq!(missing("国\t资\n委"), None);
    assert_eq!(missing("国资\u{e000}委"), Some((6, '\u{e000}')));
    assert_eq!(missing("国\u{10ffff}"), Some((3, '\u{10ffff}')));
    assert_eq!(Compositor::default().width("国\u{e000}资", Type::default()), 32);
}

#[test]
fn a_ticker_is_one_line_with_spaces_for_breaks() {
    let strip = line("国a\n资", &plain());
    assert_eq!((strip.width(), strip.height()), (16 + 2 + 8 + 8 + 16, 16));
    assert_eq!(drawn(&strip), drawn(&line("国a 资", &plain())));
}

#[test]
fn a_page_shows_its_lines_at_their_places() {
    let style = Style {
        leading: 1,
        align: Align::Right,
        ..plain()
    };
    let mask = pages(["国资委"], &style, 35, 40)[0].mask(&Compositor::default(), &style, 35, 40);
    let (first, second) = (line("国资", &plain()), line("委", &plain()));
    for y in 0..40 {
        for x in 0..35 {
            let expected = if y < 17 {
                x >= 3 && first.dot(x - 3, y)
            } else {
                x >= 19 && second.dot(x - 19, y - 17)
            };
            assert_eq!(mask.dot(x, y), expected, "({x}, {y})");
        }
    }
}

proptest! {
    #[test]
    fn no_text_in_any_box_is_lost_or_endless(text in any::<String>(), width in 0u32..300, height in 0u32..100, dots in proptest::sample::select(Type::SIZES.to_vec())) {
        let style = Style { leading: 3, indent: 32, ..sized(dots) };
        let set = pages([text.as_str()], &style, width, height);
        let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
        let shown = kept(&texts(&set).concat());
        let invisible = |c: &char| missing(c.encode_utf8(&mut [0; 4])).is_none() && Compositor::default().width(&c.to_string(), style.kind) == 0;
        prop_assert_eq!(shown, kept(&text).chars().filter(|c| !invisible(c)).collect::<String>());
        for page in &set {
            prop_assert!(!page.lines.is_empty());
            page.mask(&Compositor::default(), &style, width, height);
        }
    }
}
