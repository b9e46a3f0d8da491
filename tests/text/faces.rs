//! Faces and sizes: which strike gives a glyph, and where it lies in its cell.

use yingbi::text::{Face, Mask, Strike, Type};

use super::drawn;

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

/// The character as `#` and `.`, dot by dot.
fn picture(set: Type, character: char) -> Vec<String> {
    let shape = set.shape(character).unwrap();
    let mut mask = Mask::new(shape.advance.into(), set.dots().into());
    mask.ink(shape.x.into(), shape.y.into(), shape.glyph, shape.scale);
    drawn(&mask).lines().map(str::to_owned).collect()
}

/// The first and the last row with ink.
fn extent(picture: &[String]) -> (usize, usize) {
    let lit = |row: &String| row.contains('#');
    (
        picture.iter().position(lit).unwrap(),
        picture.iter().rposition(lit).unwrap(),
    )
}

fn of(face: Face, dots: u16) -> Type {
    Type::new(face, dots).unwrap()
}

/// The sizes whose letters are cut from outlines.
const CUT: [(Face, u16); 4] = [(Face::Hei, 24), (Face::Hei, 32), (Face::Hei, 48), (Face::Song, 24)];

#[test]
fn a_character_that_a_size_lacks_comes_from_another_in_the_middle_of_its_cell() {
    let shape = |face, dots, character| {
        let set = of(face, dots);
        let shape = set.shape(character).unwrap();
        (
            set.source(character).unwrap(),
            shape.scale,
            shape.x,
            shape.y,
            shape.advance,
        )
    };
    // Of Extension A, which only 16 dots have.
    assert_eq!(shape(Face::Hei, 16, '㐀'), ("sixteen", 1, 0, 0, 16));
    assert_eq!(shape(Face::Hei, 24, '㐀'), ("sixteen", 1, 4, 4, 24));
    assert_eq!(shape(Face::Hei, 32, '㐀'), ("sixteen", 2, 0, 0, 32));
    assert_eq!(shape(Face::Hei, 48, '㐀'), ("sixteen", 3, 0, 0, 48));
    // Traditional and rare: 48 dots take it from 24, 32 from 16.
    assert_eq!(shape(Face::Hei, 48, '龘'), ("hei24", 2, 0, 0, 48));
    assert_eq!(shape(Face::Hei, 32, '龘'), ("sixteen", 2, 0, 0, 32));
    assert_eq!(shape(Face::Hei, 64, '国'), ("hei32", 2, 0, 0, 64));
    assert_eq!(shape(Face::Hei, 72, '国'), ("hei24", 3, 0, 0, 72));
    assert_eq!(shape(Face::Hei, 72, '㐀'), ("sixteen", 4, 4, 4, 72));
    assert_eq!(shape(Face::Song, 24, '国'), ("song24", 1, 0, 0, 24));
    assert_eq!(shape(Face::Song, 24, '啰'), ("hei24", 1, 0, 0, 24));
    assert_eq!(shape(Face::Song, 48, '国'), ("song24", 2, 0, 0, 48));
    assert_eq!(shape(Face::Song, 16, '国'), ("sixteen", 1, 0, 0, 16));
    assert_eq!(shape(Face::Song, 32, '国'), ("hei32", 1, 0, 0, 32));
    assert_eq!(of(Face::Hei, 24).shape('\u{e000}'), None);
}

#[test]
fn faces_are_known_by_their_names() {
    for (name, face) in [
        ("黑体", Some(Face::Hei)),
        ("黑", Some(Face::Hei)),
        ("宋", Some(Face::Song)),
        ("song", Some(Face::Song)),
        ("HEI", Some(Face::Hei)),
        ("楷体", None),
        ("", None),
    ] {
        assert_eq!(Face::named(name), face, "{name}");
    }
}

#[test]
fn figures_stand_below_each_other_on_half_a_cell() {
    for (face, dots) in CUT {
        let advances: Vec<u16> = ('0'..='9').map(|c| of(face, dots).shape(c).unwrap().advance).collect();
        assert_eq!(advances, [dots / 2; 10], "{face:?} {dots}");
    }
}

#[test]
fn capitals_and_figures_are_as_tall_as_hanzi_want_them_and_stand_on_one_line() {
    for (face, dots) in CUT {
        let extents: Vec<(usize, usize)> = "HEXI147"
            .chars()
            .map(|character| extent(&picture(of(face, dots), character)))
            .collect();
        let (top, bottom) = extents[0];
        assert!(
            extents
                .iter()
                .all(|extent| extent.0.abs_diff(top) <= 1 && extent.1 == bottom),
            "{extents:?}"
        );
        let height = (bottom - top + 1) as f64;
        assert!(height >= f64::from(dots) * 0.68, "{face:?} {dots}: {height}");
        // Their middle is that of the cell, or at most a sixteenth of it higher.
        let above = f64::from(dots) / 2.0 - (top as f64 + height / 2.0);
        assert!(
            (0.0..=f64::from(dots) / 16.0).contains(&above),
            "{face:?} {dots}: {above}"
        );
    }
}

#[test]
fn what_hangs_below_the_line_is_pressed_into_the_cell_and_not_cut_off() {
    for (face, dots) in CUT {
        let line = extent(&picture(of(face, dots), 'x')).1;
        for character in "gjpqyQ,;ç".chars() {
            let bottom = extent(&picture(of(face, dots), character)).1;
            assert!(bottom > line + 1 && bottom < dots.into(), "{character} {face:?} {dots}");
        }
        // The bowl of a g closes: a row with one run of dots, below one with two.
        let rows = picture(of(face, dots), 'g');
        let runs = |row: &String| row.split('.').filter(|run| !run.is_empty()).count();
        let last = rows.iter().rposition(|row| row.contains('#')).unwrap();
        assert_eq!(runs(&rows[last]), 1, "{face:?} {dots}");
        assert!(rows[line + 1..last].iter().any(|row| runs(row) == 2), "{face:?} {dots}");
    }
}

#[test]
fn two_dashes_are_one_bar_and_two_ellipses_six_dots_evenly_spaced() {
    for (face, dots) in CUT {
        let dash = picture(of(face, dots), '—');
        let (top, bottom) = extent(&dash);
        assert!(
            dash[top..=bottom].iter().all(|row| !row.contains('.')),
            "{face:?} {dots}"
        );
        assert!(
            (top + bottom + 1).abs_diff(dots.into()) <= 1,
            "in the middle: {face:?} {dots}"
        );
        let ellipsis = picture(of(face, dots), '…');
        let row = ellipsis[extent(&ellipsis).1].repeat(2);
        let starts: Vec<usize> = (1..row.len()).filter(|at| &row[at - 1..=*at] == ".#").collect();
        let gaps: Vec<usize> = starts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(starts.len(), 6, "{face:?} {dots}");
        let (least, most) = (gaps.iter().min().unwrap(), gaps.iter().max().unwrap());
        assert!(most - least <= usize::from(dots) / 12, "{face:?} {dots}: {gaps:?}");
    }
}

#[test]
fn chinese_marks_have_whole_cells_and_lie_where_chinese_sets_them() {
    for (face, dots) in CUT {
        let set = of(face, dots);
        let full = "“”‘’—…·℃№‰×÷±§→←↑↓●○■□▲△◆◇ⅠⅩ《》〔〕（），。、；：？！①⑩㎡";
        let narrow: String = full
            .chars()
            .filter(|c| set.shape(*c).unwrap().advance != dots)
            .collect();
        assert_eq!(narrow, "", "{face:?} {dots}");
        for character in "，。、".chars() {
            let (top, ink) = (extent(&picture(set, character)).0, set.ink(character).unwrap());
            assert!(
                top > usize::from(dots) / 2 && ink.end <= dots / 2,
                "{character} is at the bottom left"
            );
        }
        for character in "“‘《〔（".chars() {
            assert!(
                set.ink(character).unwrap().start >= dots / 3,
                "{character} is at the right"
            );
        }
        for character in "”’》〕）".chars() {
            assert!(
                set.ink(character).unwrap().end <= dots - dots / 3,
                "{character} is at the left"
            );
        }
    }
}

#[test]
fn ink_is_where_the_picture_has_it() {
    for (face, dots) in [(Face::Hei, 16), (Face::Hei, 24), (Face::Hei, 64), (Face::Song, 48)] {
        let set = of(face, dots);
        for character in "国，（》—1g㐀 \u{3000}".chars() {
            let rows = picture(set, character);
            let columns = (0..set.shape(character).unwrap().advance)
                .filter(|x| rows.iter().any(|row| row.as_bytes()[usize::from(*x)] == b'#'));
            let columns: Vec<u16> = columns.collect();
            let expected = columns.first().map(|first| *first..columns[columns.len() - 1] + 1);
            assert_eq!(set.ink(character), expected, "{character} {face:?} {dots}");
        }
    }
}

/// How some glyphs look at 24 dots.
const GOLDEN: &[(Face, char, &str)] = &[
    (
        Face::Hei,
        '热',
        "\
........................
.....##......##.........
.....##......##.........
.....##......##.........
..#######.##########....
.###################....
.....##......##...##....
.....##......##...##....
.....##......##...##....
.....#######.##...##....
..#######.#####...##....
.######.....###...##....
.....##.....#####.##....
.....##....###.##.##..#.
.....##....##...#..#..#.
...####..###.......####.
...###...##........####.
........................
....##..##...##...##....
...##...##...##....##...
..###...##....##....##..
..##....##....##....##..
.##......#....##.....##.
........................
",
    ),
    (
        Face::Hei,
        '量',
        "\
........................
........................
....################....
....##............##....
....################....
....##............##....
....################....
.....###############....
........................
.######################.
........................
....#################...
....##.....##......##...
....#################...
....#################...
....##.....##......##...
....#################...
...........##...........
...##################...
...##################...
...........##...........
.######################.
..#####################.
........................
",
    ),
    (
        Face::Hei,
        'g',
        "\
.............
.............
.............
.............
.............
.............
.............
....#########
...###..#####
..##.....##..
..##.....##..
..##.....##..
..##.....##..
..###...###..
...#######...
...######....
..##.........
..##.........
..#########..
...##########
..##......###
.##........##
.###......##.
...########..
",
    ),
    (
        Face::Hei,
        '”',
        "\
........................
.###..##................
.###.####...............
.###..###...............
...#...##...............
..##...#................
.##...##................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
........................
",
    ),
    (
        Face::Song,
        '资',
        "\
...........#............
...##......##...........
....##....##.......##...
....#..#..############..
......#..##..#.....##...
....##...#...###..##....
.####...#...###...#.....
...##.......##.#........
...##......##...##......
...##.....##.....###....
....#...###.......#####.
......##.........#.##...
...################.....
.....##..........##.....
.....##....#.....##.....
.....##....###...##.....
.....##....##....##.....
.....##....##....##.....
.....##...##.....#......
.....#....##..##........
.........##.....###.....
.......###.......####...
....###............###..
..##................#...
",
    ),
    (
        Face::Song,
        'R',
        "\
.................
.................
.................
..##########.....
....##.....##....
....##......##...
....##......##...
....##......##...
....##......##...
....##......##...
....##.....##....
....#######......
....##....##.....
....##....###....
....##.....##....
....##.....##....
....##.....##....
....##......##...
....##......##...
..######....####.
.................
.................
.................
.................
",
    ),
];

#[test]
fn glyphs_of_24_dots_look_as_they_were_seen_to() {
    for (face, character, golden) in GOLDEN {
        assert_eq!(
            picture(of(*face, 24), *character).join("\n") + "\n",
            *golden,
            "{character}"
        );
    }
}
