//! Drawing glyphs on masks: dots in the right place, whatever the offset, the scale and the edge.

use proptest::prelude::*;
use yingbi::text::{Glyph, Mask, Strike};

/// The dot at (`x`, `y`) of the glyph, read one by one.
fn dot(glyph: Glyph<'_>, x: u32, y: u32) -> bool {
    let stride = usize::from(glyph.width.div_ceil(8));
    let row = glyph.rows.chunks(stride).nth(y as usize);
    x < u32::from(glyph.width) && row.is_some_and(|row| row[x as usize / 8] >> (7 - x % 8) & 1 == 1)
}

proptest! {
    #[test]
    fn a_glyph_is_drawn_dot_by_dot_wherever_it_lies(
        character in proptest::sample::select("国a影。％1䶮\u{3000}█Wi—".chars().collect::<Vec<_>>()),
        strike in proptest::sample::select(vec![
            Strike::sixteen(),
            Strike::hei24(),
            Strike::hei32(),
            Strike::hei48(),
            Strike::song24(),
        ]),
        (width, height) in (0u32..150, 0u32..110),
        (x, y) in (0u32..100, 0u32..70),
        scale in proptest::sample::select(vec![1u8, 1, 1, 2, 3, 4]),
    ) {
        // Not every strike has every one of them.
        prop_assume!(strike.glyph(character).is_some());
        let glyph = strike.glyph(character).unwrap();
        let mut mask = Mask::new(width, height);
        mask.ink(x, y, glyph, scale);
        let factor = u32::from(scale);
        for row in 0..height {
            for column in 0..width {
                let inside = column >= x && row >= y;
                let expected = inside && dot(glyph, (column - x) / factor, (row - y) / factor);
                prop_assert_eq!(mask.dot(column, row), expected, "({}, {})", column, row);
            }
            let unused = mask.row(row).len() as u32 * 8 - width;
            let last = mask.row(row).last().copied().unwrap_or(0);
            prop_assert_eq!(last & ((1u16 << unused) - 1) as u8, 0, "unused bits stay zero");
        }
    }
}

proptest! {
    #[test]
    fn a_glyph_of_whatever_width_is_drawn_dot_by_dot(
        (glyph_width, rows) in (1u8..=255).prop_flat_map(|width| {
            let stride = usize::from(width.div_ceil(8));
            (Just(width), proptest::collection::vec(any::<u8>(), stride * 5))
        }),
        (beyond, x) in (0u32..20, 0u32..40),
    ) {
        let stride = usize::from(glyph_width.div_ceil(8));
        let unused = stride * 8 - usize::from(glyph_width);
        let mut rows = rows;
        rows.chunks_mut(stride).for_each(|row| row[stride - 1] &= 0xff << unused);
        let glyph = Glyph { width: glyph_width, rows: &rows };
        let mut mask = Mask::new(x + u32::from(glyph_width) + beyond, 6);
        mask.ink(x, 1, glyph, 1);
        for row in 0..6 {
            for column in 0..mask.width() {
                let expected = column >= x && row >= 1 && dot(glyph, column - x, row - 1);
                prop_assert_eq!(mask.dot(column, row), expected, "({}, {})", column, row);
            }
        }
    }
}

#[test]
fn glyphs_drawn_over_each_other_add_up() {
    let (mut both, strike) = (Mask::new(16, 16), Strike::sixteen());
    both.ink(0, 0, strike.glyph('一').unwrap(), 1);
    both.ink(0, 0, strike.glyph('丨').unwrap(), 1);
    let count = |character| {
        strike
            .glyph(character)
            .unwrap()
            .rows
            .iter()
            .map(|byte| byte.count_ones())
            .sum::<u32>()
    };
    let lit = (0..16)
        .flat_map(|y| (0..16).map(move |x| (x, y)))
        .filter(|(x, y)| both.dot(*x, *y))
        .count();
    assert_eq!(lit as u32, count('一') + count('丨') - 1);
    both.clear();
    assert_eq!(both, Mask::new(16, 16));
}

#[test]
fn drawing_at_the_far_end_of_numbers_does_not_overflow() {
    let mut mask = Mask::new(16, 16);
    mask.ink(u32::MAX, u32::MAX, Strike::sixteen().glyph('国').unwrap(), 8);
    mask.ink(u32::MAX - 4, 0, Strike::sixteen().glyph('国').unwrap(), 1);
    assert_eq!(mask, Mask::new(16, 16));
}
