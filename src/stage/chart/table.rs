//! A table of figures: columns over the whole width, numbers at their right edge, their names above a rule on each page.

use std::sync::Arc;

use super::{Figured, Inked, Pen, PlotPage};
use crate::{
    item::{Paragraph, ParagraphKind},
    stage::{
        boxes::{Block, Fill, Valign},
        content::{Content, Extent},
        field::Field,
        flow::{self, Flow, Set},
    },
    text::Style,
    units::Area,
};

/// The fewest columns of a table: what its rows are of, and one of figures.
const LEAST_COLUMNS: usize = 2;

/// Draws `rows`, the first of which names the columns, in `room`, on at most `most` pages. Columns from the right are left out where there is
/// no room beside, or below, their names.
pub(super) fn draw(pen: Pen<'_>, rows: &[Arc<[Arc<str>]>], room: Area, most: usize) -> Figured {
    let block = Block {
        fill: Fill::Flow([Field::Body].into()),
        paged: true,
        valign: Valign::Top,
        vertical: false,
        ..pen.block.clone()
    };
    let columns = rows.first().map_or(0, |head| head.len());
    let narrower = (LEAST_COLUMNS.min(columns)..=columns).rev().map(|count| {
        let rows: Vec<Arc<[Arc<str>]>> = rows.iter().map(|row| row[..count].into()).collect();
        let flow = set(pen, &block, &rows, room);
        (rows, flow)
    });
    let mut narrower = narrower.collect::<Vec<_>>().into_iter();
    let widest = narrower.clone().next();
    let Some((rows, all)) = narrower.find(|(_, flow)| is_table(flow)).or(widest) else {
        return Figured {
            pages: vec![PlotPage::default()],
            whole: 1,
            dots: 0,
            left_out: 0,
        };
    };
    let whole = all.pages.len();
    let (flow, shown) = match whole > most {
        false => (all, rows.len()),
        true => fitting(pen, &block, &rows, room, most),
    };
    let is_narrowed = rows.first().is_some_and(|head| head.len() < columns);
    Figured {
        pages: flow
            .pages
            .iter()
            .map(|sets| page(pen, &flow.style, sets, room))
            .collect(),
        // What is left out beside makes no page, but is not there.
        whole: if is_narrowed {
            whole.max(flow.pages.len() + 1)
        } else {
            whole
        },
        dots: flow.style.kind.dots(),
        left_out: rows.len() - shown,
    }
}

/// Whether the names stand in columns on the first page, with a row below them.
fn is_table(flow: &Flow) -> bool {
    let first = flow.pages.first().map_or(&[][..], |page| page);
    let names = first.iter().position(|set| set.rule.is_some());
    names.is_some_and(|at| at + 1 < first.len())
}

/// As many of `rows` as `most` pages hold, and how many those are; at least one below the names.
fn fitting(pen: Pen<'_>, block: &Block, rows: &[Arc<[Arc<str>]>], room: Area, most: usize) -> (Flow, usize) {
    let (mut low, mut high) = (2.min(rows.len()), rows.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if set(pen, block, &rows[..middle], room).pages.len() <= most {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let mut flow = set(pen, block, &rows[..low], room);
    flow.pages.truncate(most);
    (flow, low)
}

fn set(pen: Pen<'_>, block: &Block, rows: &[Arc<[Arc<str>]>], room: Area) -> Flow {
    let rows: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    let content = Content {
        body: vec![Paragraph::new(ParagraphKind::Table { headed: true }, rows.join("\n"))],
        extent: Extent::default(),
        ..Content::default()
    };
    flow::spread(pen.compositor, block, &content, room)
}

fn page(pen: Pen<'_>, style: &Style, sets: &[Set], room: Area) -> PlotPage {
    let mut page = PlotPage::default();
    for set in sets {
        let mut line = set.line.clone();
        (line.x, line.y) = (line.x + room.x, line.y + room.y);
        page.lines.push(Inked {
            kind: style.kind,
            colour: set.colour,
            line,
        });
        page.fills
            .extend(set.rule(style, room).map(|rule| (rule, pen.block.dated)));
    }
    page
}
