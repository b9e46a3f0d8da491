//! What a box shows, joined into one line.
//!
//! Fields are parted by two ems of blank, paragraphs of the body by one; a title that is but a label has a colon before what it labels:
//! 来访须知：来访人员请在…. What is longer than it may be ends after a sentence or a phrase, and says where the whole of it is.

use std::ops::Range;

use embedded_graphics::pixelcolor::Rgb888;

use super::{
    boxes::{Block, Fill},
    compose::characters,
    content::{Content, Extent},
    cut,
    field::Field,
    pause::{self, Rank},
};
use crate::{
    item::{Paragraph, ParagraphKind},
    text::Compositor,
};

/// A title of no more characters is a label.
const LABEL: usize = 6;

/// What ends a line of its own, so that no colon follows it.
const ENDS: &str = "。！？；：，、…—!?;:,.";

/// The mark of a cut.
const MARK: &str = "……";

/// So many characters past a cut are read to know how clean it is.
const BEYOND: usize = 40;

/// A part of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) colour: Rgb888,
    /// The bytes of it that are set in the accent instead, in order.
    emphasis: Vec<Range<usize>>,
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Title,
    Heading,
    Body,
    Other,
}

/// The pieces of what `block` shows of `content`, in order; none is blank.
pub(super) fn pieces(block: &Block, content: &Content) -> Vec<Piece> {
    let mut pieces = match &block.fill {
        Fill::Nothing => Vec::new(),
        Fill::Text(text) => vec![Piece::new(text, block.colour, Role::Other)],
        Fill::Field(field) => of_field(*field, block, content, true),
        Fill::Flow(fields) => fields
            .iter()
            .flat_map(|field| of_field(*field, block, content, false))
            .collect(),
    };
    pieces.retain(|piece| !piece.text.trim().is_empty());
    if let Some(first) = pieces.first_mut() {
        first.text.insert_str(0, &block.before);
        let moved =
            |range: &mut Range<usize>| *range = range.start + block.before.len()..range.end + block.before.len();
        first.emphasis.iter_mut().for_each(moved);
    }
    if let Some(last) = pieces.last_mut() {
        last.text.push_str(&block.after);
    }
    pieces
}

fn of_field(field: Field, block: &Block, content: &Content, alone: bool) -> Vec<Piece> {
    if field == Field::Body {
        return content
            .body
            .iter()
            .map(|paragraph| Piece::of(paragraph, block))
            .collect();
    }
    // Among others a day would not say what it is a day of.
    let label = match field {
        Field::FirstDay => "公示首日：",
        Field::LastDay => "公示末日：",
        Field::Period => "公示期：",
        _ => "",
    };
    let (colour, role) = match field {
        Field::Title if !alone => (block.accent, Role::Title),
        Field::Title => (block.colour, Role::Title),
        Field::Column if !alone => (block.accent, Role::Other),
        _ => (block.colour, Role::Other),
    };
    let texts = field.texts(content, 0, 1);
    // In one line the breaks of a title are blanks.
    let texts = texts.iter().map(|text| text.replace('\n', "\u{3000}"));
    let said = texts.map(|text| match alone {
        true => Piece::new(&text, colour, role),
        false => Piece::new(&format!("{label}{text}"), colour, role),
    });
    said.collect()
}

/// As many of `pieces` as take no more than `most` characters; what is left out is said at the end, in the accent of `block`.
pub(super) fn shorten(
    compositor: &Compositor,
    pieces: &[Piece],
    most: usize,
    block: &Block,
    extent: &Extent,
) -> Vec<Piece> {
    let mut room = most;
    let mut kept = Vec::new();
    for piece in pieces {
        let count = characters(&piece.text);
        if count > room {
            // Half a date says less than none, and who wrote a text is no part of it.
            if piece.role == Role::Other {
                continue;
            }
            kept.extend(piece.before(compositor, room));
            kept.push(Piece::new(&cut::full(extent), block.accent, Role::Body));
            break;
        }
        room -= count;
        kept.push(piece.clone());
    }
    kept
}

/// What stands between `piece` and the one that follows it.
pub(super) fn joint(piece: &Piece, next: &Piece) -> &'static str {
    let is_label = || characters(&piece.text) <= LABEL && !piece.text.trim_end().ends_with(|end| ENDS.contains(end));
    match (piece.role, next.role) {
        (Role::Title, Role::Body) if is_label() => "：",
        (Role::Body, Role::Body) => "\u{3000}",
        _ => "\u{3000}\u{3000}",
    }
}

impl Piece {
    fn new(text: &str, colour: Rgb888, role: Role) -> Self {
        Self {
            text: text.trim().to_owned(),
            colour,
            emphasis: Vec::new(),
            role,
        }
    }

    fn of(paragraph: &Paragraph, block: &Block) -> Self {
        let (colour, role) = match paragraph.kind {
            ParagraphKind::Heading => (block.accent, Role::Heading),
            ParagraphKind::Text | ParagraphKind::Point(_) | ParagraphKind::Table { .. } => (block.colour, Role::Body),
        };
        if let ParagraphKind::Table { .. } = paragraph.kind {
            // Cells end with a tab, rows with a break: in one line they are told apart by marks.
            let rows = paragraph.text.split('\n').map(|row| {
                let cells = row.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
                cells.collect::<Vec<_>>().join("，")
            });
            let rows: Vec<String> = rows.filter(|row| !row.is_empty()).collect();
            return Self::new(&format!("{}。", rows.join("；")), colour, role);
        }
        let trimmed = paragraph.text.len() - paragraph.text.trim_start().len();
        let place = |at: u32| (at as usize).saturating_sub(trimmed);
        Self {
            emphasis: paragraph
                .emphasis
                .iter()
                .map(|range| place(range.start)..place(range.end))
                .collect(),
            ..Self::new(&paragraph.text, colour, role)
        }
    }

    /// Its colours, each up to a byte of its text.
    pub(super) fn colours(&self, accent: Rgb888) -> Vec<(usize, Rgb888)> {
        let mut colours = Vec::new();
        for range in &self.emphasis {
            colours.extend([(range.start, self.colour), (range.end, accent)]);
        }
        colours.push((usize::MAX, self.colour));
        colours
    }

    /// Whether it stands above the text rather than in it.
    pub(super) fn is_head(&self) -> bool {
        self.role == Role::Title
    }

    /// As much of it as takes no more than `room` characters, with the mark of a cut, ending as cleanly as leaves half of them or more;
    /// `None` where that is nothing.
    fn before(&self, compositor: &Compositor, room: usize) -> Option<Self> {
        let end = |count| nth_character(&self.text, count);
        let (least, most, read) = (end(room / 2), end(room), end(room + BEYOND));
        let pauses: Vec<_> = pause::pauses(compositor, &self.text[..read])
            .into_iter()
            .filter(|pause| pause.end <= most)
            .collect();
        let clean = Rank::ALL.into_iter().find_map(|rank| {
            let mut good = pauses.iter().filter(|pause| pause.rank <= rank && pause.end >= least);
            good.next_back().map(|pause| pause.end)
        });
        let text = self.text[..clean?].trim_end_matches('…');
        (!text.is_empty()).then(|| Self {
            text: format!("{text}{MARK}"),
            ..self.clone()
        })
    }
}

/// The byte at which the character after `count` that are not blank begins; the end where there are no more.
fn nth_character(text: &str, count: usize) -> usize {
    let mut inked = text.char_indices().filter(|(_, character)| !character.is_whitespace());
    inked.nth(count).map_or(text.len(), |(at, _)| at)
}
