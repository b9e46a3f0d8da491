//! Vertical setting: columns from right to left.

use yingbi::text::{Align, Compositor, Line, Mask, Style, Type};

use super::{cell, drawn, plain};

fn downwards() -> Style {
    Style {
        vertical: true,
        ..plain()
    }
}

fn columns(text: &str, width: u32, height: u32) -> Vec<Line> {
    let pages = Compositor::default().pages([text], &downwards(), width, height);
    pages.into_iter().flat_map(|page| page.lines).collect()
}

/// What stands where in a column, the first character of each place.
fn stacked(line: &Line) -> Vec<(i32, i32, char)> {
    line.glyphs
        .iter()
        .map(|placed| (placed.x, placed.y, placed.character))
        .collect()
}

#[test]
fn columns_run_from_right_to_left_and_hanzi_stand_upright() {
    let set = columns("一二三四五", 48, 32);
    let places: Vec<(u32, &str)> = set.iter().map(|line| (line.x, &*line.text)).collect();
    assert_eq!(places, [(32, "一二"), (16, "三四"), (0, "五")]);
    assert_eq!(stacked(&set[0]), [(0, 0, '一'), (0, 16, '二')]);
}

#[test]
fn marks_take_their_vertical_forms() {
    let set = columns("“好”，（一）《二》……", 16, 400);
    let signs: String = set[0].glyphs.iter().map(|placed| placed.character).collect();
    assert_eq!(signs, "﹃好﹄︐︵一︶︽二︾︙︙");
    assert_eq!(&*set[0].text, "“好”，（一）《二》……", "what it says stays");
}

#[test]
fn one_or_two_digits_stand_abreast_three_or_four_below_each_other_and_more_lie_down() {
    assert_eq!(
        stacked(&columns("5月12日", 16, 400)[0]),
        [(4, 0, '5'), (0, 16, '月'), (0, 32, '1'), (8, 32, '2'), (0, 48, '日')]
    );
    assert_eq!(
        stacked(&columns("2026", 16, 400)[0]),
        [(4, 0, '2'), (4, 16, '0'), (4, 32, '2'), (4, 48, '6')]
    );
    let long = &columns("12345", 16, 400)[0];
    assert!(long.glyphs.iter().all(|placed| placed.turned));
    assert_eq!(stacked(long)[4], (0, 32, '5'));
}

#[test]
fn latin_words_lie_on_their_side_and_single_letters_stand() {
    let set = &columns("用LED屏A", 16, 400)[0];
    let turned: Vec<bool> = set.glyphs.iter().map(|placed| placed.turned).collect();
    assert_eq!(turned, [false, true, true, true, false, false]);
}

#[test]
fn a_letter_on_its_side_is_the_letter_turned_to_the_right() {
    let compositor = Compositor::default();
    let upright = cell('L');
    let mut mask = Mask::new(16, 8);
    let glyph = Type::default().shape('L').expect("a glyph").glyph;
    mask.ink_turned(0, 0, glyph, 1);
    for y in 0..8 {
        for x in 0..16 {
            assert_eq!(mask.dot(x, y), upright.dot(y, 15 - x), "({x}, {y})");
        }
    }
    let line = &columns("LL", 16, 400)[0];
    let mut set = Mask::new(16, 16);
    compositor.draw(line, Type::default(), 0, 0, &mut set);
    let whole = drawn(&set);
    assert_eq!(
        whole.lines().take(8).collect::<Vec<_>>(),
        whole.lines().skip(8).collect::<Vec<_>>()
    );
}

#[test]
fn no_column_begins_or_ends_with_a_mark_that_may_not() {
    let set = columns("一二，三四《五六》七", 400, 32);
    let texts: Vec<&str> = set.iter().map(|line| &*line.text).collect();
    assert_eq!(texts, ["一", "二，", "三四", "《五", "六》", "七"]);
}

#[test]
fn centred_columns_stand_in_the_middle_both_ways() {
    let style = Style {
        align: Align::Centre,
        ..downwards()
    };
    let pages = Compositor::default().pages(["一二"], &style, 48, 64);
    assert_eq!(pages[0].lines[0].x, 16);
    assert_eq!(pages[0].lines[0].glyphs[0].y, 16);
}
