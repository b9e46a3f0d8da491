//! Faces and sizes: which strike gives a glyph, and where it lies in its cell.

use yingbi::text::{Face, Strike, Type};

const LISTS: [&str; 4] = [
    include_str!("../../fonts/lists/TGH8105.txt"),
    include_str!("../../fonts/lists/GB2312.txt"),
    include_str!("../../fonts/lists/GB2312_sym.txt"),
    include_str!("../../fonts/lists/punct.txt"),
];

/// Every size that there is.
fn sizes() -> impl Iterator<Item = u16> {
    (0..=300).filter(|dots| Type::new(Face::Hei, *dots).is_some())
}

#[test]
fn sizes_are_the_multiples_of_sixteen_and_twenty_four() {
    let all: Vec<u16> = sizes().collect();
    assert_eq!(all, [16, 24, 32, 48, 64, 72, 80, 96, 112, 120, 128]);
    assert!(Type::SIZES.iter().all(|dots| all.contains(dots)));
}

#[test]
fn no_character_of_the_lists_is_missing_in_any_strike_of_hei() {
    for strike in [Strike::hei24(), Strike::hei32(), Strike::hei48()] {
        for list in LISTS {
            let missing: String = list.chars().filter(|c| strike.glyph(*c).is_none()).collect();
            assert_eq!(missing, "", "{strike:?}");
        }
    }
}

#[test]
fn every_hanzi_fills_its_cell_at_every_size() {
    let level = include_str!("../../fonts/lists/GB18030_L2.txt");
    for face in [Face::Hei, Face::Song] {
        for dots in sizes() {
            let set = Type::new(face, dots).unwrap();
            for character in level.chars() {
                let shape = set.shape(character).unwrap();
                let width = u16::from(shape.glyph.width) * u16::from(shape.scale);
                let height = shape.glyph.height() as u16 * u16::from(shape.scale);
                assert_eq!(shape.advance, dots, "{character} at {dots}");
                assert_eq!(u16::from(shape.x), (dots - width) / 2, "{character} at {dots}");
                assert_eq!(u16::from(shape.y), (dots - height) / 2, "{character} at {dots}");
            }
        }
    }
}
