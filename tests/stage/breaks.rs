//! Where pages end: every way to deal the lines is tried beside it.

use proptest::prelude::*;
use yingbi::{
    item::{Paragraph, ParagraphKind},
    stage::{Block, Content, Field, Fill, Template},
    text::{Align, Compositor},
    units::{BLACK, Size},
};

/// What a line is: in which paragraph, which of how many lines of it, and whether the next one belongs with it.
#[derive(Clone, Copy, Debug)]
struct Line {
    at: usize,
    of: usize,
    keep: bool,
}

/// A paragraph of so many lines, or a heading.
#[derive(Clone, Copy, Debug)]
struct Piece {
    lines: usize,
    is_heading: bool,
}

fn pieces() -> impl Strategy<Value = (Vec<Piece>, bool)> {
    let piece = (1_usize..6, prop::bool::weighted(0.2)).prop_map(|(lines, is_heading)| Piece {
        lines: if is_heading { 1 } else { lines },
        is_heading,
    });
    (prop::collection::vec(piece, 1..6), any::<bool>())
}

/// The lines of these pieces, a department below them or not.
fn lines(pieces: &[Piece], signed: bool, per_page: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for piece in pieces {
        lines.extend((0..piece.lines).map(|at| Line {
            at,
            of: piece.lines,
            keep: piece.is_heading,
        }));
    }
    if signed {
        lines.last_mut().expect("a line").keep |= per_page >= 3;
        lines.push(Line {
            at: 0,
            of: 1,
            keep: false,
        });
    }
    lines
}

/// Which rules a dealing breaks: torn lines, lines alone, a last page of one line.
fn broken(lines: &[Line], counts: &[usize], per_page: usize) -> (usize, usize, usize) {
    let mut broken = (0, 0, 0);
    let mut end = 0;
    for count in &counts[..counts.len() - 1] {
        end += count;
        let (before, next) = (lines[end - 1], lines[end]);
        broken.0 += usize::from(before.keep);
        if per_page >= 4 {
            broken.1 += usize::from(before.of >= 3 && before.at == 0);
            broken.1 += usize::from(next.of >= 3 && next.at + 1 == next.of);
        }
        broken.2 += usize::from(per_page >= 3 && end + 1 == lines.len());
    }
    broken
}

/// Every way to deal `count` lines onto pages of at most `per_page`.
fn dealings(count: usize, per_page: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let firsts = 1..=count.min(per_page);
    let with = |first: usize| {
        let rests = dealings(count - first, per_page).into_iter();
        rests.map(move |rest| [vec![first], rest].concat())
    };
    firsts.flat_map(with).collect()
}

/// How many lines each page has of a box of `per_page` lines, and all that they say.
fn dealt(pieces: &[Piece], signed: bool, per_page: usize) -> (Vec<usize>, String) {
    let mut letters = (0_u32..).filter_map(|at| char::from_u32(u32::from('一') + at));
    let mut text = |piece: &Piece| {
        let lines: Vec<String> = letters.by_ref().take(piece.lines).map(String::from).collect();
        lines.join("\n")
    };
    let kind = |piece: &Piece| match piece.is_heading {
        true => ParagraphKind::Heading,
        false => ParagraphKind::Text,
    };
    let content = Content {
        body: pieces
            .iter()
            .map(|piece| Paragraph::new(kind(piece), text(piece)))
            .collect(),
        department: if signed { "龥" } else { "" }.into(),
        ..Content::default()
    };
    let template = Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![Block {
            fill: Fill::Flow([Field::Body, Field::Department].into()),
            paged: true,
            leading: 0,
            align: Align::Left,
            ..Block::default()
        }],
    };
    let size = Size::new(32, 16 * u32::try_from(per_page).expect("few lines"));
    let pages = template.lines(&Compositor::default(), &content, size);
    let counts = pages.iter().map(Vec::len).collect();
    (
        counts,
        pages
            .concat()
            .iter()
            .map(|standing| standing.line.text.to_string())
            .collect(),
    )
}

#[test]
fn a_line_is_moved_rather_than_left_alone() {
    let of = |lines| Piece {
        lines,
        is_heading: false,
    };
    let heading = Piece {
        lines: 1,
        is_heading: true,
    };
    let counts = |pieces: &[Piece], per_page| dealt(pieces, false, per_page).0;
    assert_eq!(counts(&[of(5)], 4), [3, 2], "the last line is not alone");
    assert_eq!(counts(&[of(3), of(4)], 4), [3, 4], "the first line is not alone");
    assert_eq!(counts(&[of(2), heading, of(3)], 4), [2, 4], "nor with its heading");
    assert_eq!(counts(&[of(2), of(2)], 3), [2, 2]);
    assert_eq!(counts(&[of(9)], 4), [4, 3, 2], "earlier pages are full");
    assert_eq!(
        dealt(&[of(2), of(2)], true, 4).0,
        [3, 2],
        "the department takes a line along"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn of_all_ways_to_deal_lines_none_breaks_fewer_rules((pieces, signed) in pieces(), per_page in 1_usize..7) {
        let lines = lines(&pieces, signed, per_page);
        prop_assume!(lines.len() <= 14);
        let (counts, said) = dealt(&pieces, signed, per_page);
        prop_assert_eq!(counts.iter().sum::<usize>(), lines.len());
        prop_assert!(counts.iter().all(|count| (1..=per_page).contains(count)));
        let all: String = (0_u32..).filter_map(|at| char::from_u32(u32::from('一') + at)).take(lines.len() - usize::from(signed)).collect();
        prop_assert_eq!(said, all + if signed { "龥" } else { "" });
        let ours = (broken(&lines, &counts, per_page), counts.len());
        let best = dealings(lines.len(), per_page)
            .iter()
            .map(|counts| (broken(&lines, counts, per_page), counts.len()))
            .min();
        prop_assert_eq!(Some(ours), best);
    }
}
