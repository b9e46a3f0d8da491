//! A notice as it is written, one field below the other, broken into pages.
//!
//! Title and number are centred, body paragraphs indented, department and date stand at the right. Lines come from the text room;
//! which of them share a page is decided here: a title or a heading is not left alone at the foot of a page, department and date
//! not alone on the last one, and the last page has no single line where it can have two.

use embedded_graphics::pixelcolor::Rgb888;

use super::{
    boxes::{Block, Fill},
    content::Content,
    field::Field,
    fit::{self, CUT},
};
use crate::{
    item::{Paragraph, ParagraphKind},
    text::{self, Align, Line, Style},
    units::Area,
};

/// The most pages that one content takes; beyond, the text ends with `…`.
pub(super) const PAGES: usize = 999;

/// Higher than any text: lines are counted onto pages here.
const ENDLESS: u32 = 1 << 24;

/// From so many lines a page on, department and date take the last line of the body along.
const CLOSING: usize = 3;

/// A flow on its pages: at least one.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// Its type.
    pub(super) style: Style,
    /// The lines of each page, `y` counted from the box's top.
    pub(super) pages: Vec<Vec<Set>>,
}

/// A line with its colour.
#[derive(Clone, Debug)]
pub(super) struct Set {
    pub(super) line: Line,
    pub(super) colour: Rgb888,
    /// Whether the next line belongs on the same page.
    keep: bool,
}

/// How one paragraph is set.
struct Part<'a> {
    text: &'a str,
    align: Align,
    colour: Rgb888,
    indent: u8,
    /// Whether it belongs on the page of what follows.
    keep: bool,
    /// Whether it belongs on the page of what stands before.
    closes: bool,
}

/// Sets what `block` shows of `content` in a box of `area`, on as many pages as it takes.
pub(super) fn flow(block: &Block, content: &Content, area: Area) -> Flow {
    let scale = fit::scale_for_line(block.scale, area, u32::from(block.style(1).strike.height()));
    let style = block.style(scale);
    let published = content.published.map(super::field::date).unwrap_or_default();
    let pitch = fit::cell(&style) + style.leading;
    let per_page = style.lines_in(area.height) as usize;
    let mut lines: Vec<Set> = Vec::new();
    for part in parts(block, content, &published) {
        if let Some(before) = lines.last_mut() {
            before.keep |= part.closes && per_page >= CLOSING;
        }
        lines.extend(set(&part, &style, area.width));
    }
    let mut pages = paginate(lines, per_page);
    close(&mut pages, &style, area.width);
    for page in &mut pages {
        let height = (page.len() as u32 * pitch).saturating_sub(style.leading);
        let top = fit::offset(block.valign, area.height, height);
        for (at, set) in page.iter_mut().enumerate() {
            set.line.y = top + at as u32 * pitch;
        }
    }
    Flow { style, pages }
}

/// The paragraphs of the block, in order.
fn parts<'a>(block: &Block, content: &'a Content, published: &'a str) -> Vec<Part<'a>> {
    let fields = match &block.fill {
        Fill::Flow(fields) => &fields[..],
        Fill::Field(field) => std::slice::from_ref(field),
        Fill::Nothing | Fill::Text(_) => &[],
    };
    let alone = !matches!(block.fill, Fill::Flow(_));
    let mut parts = Vec::new();
    for field in fields {
        let line = |text: &'a str, align, colour| Part {
            text,
            align: if alone { block.align } else { align },
            colour: if alone { block.colour } else { colour },
            indent: 0,
            keep: align == Align::Centre,
            closes: align == Align::Right,
        };
        match field {
            Field::Title => parts.push(line(&content.title, Align::Centre, block.accent)),
            Field::Number => parts.push(line(&content.number, Align::Centre, block.colour)),
            Field::Body => parts.extend(content.body.iter().map(|paragraph| body(block, paragraph))),
            Field::Column => parts.push(line(&content.column, block.align, block.accent)),
            Field::Site => parts.push(line(&content.site, Align::Right, block.colour)),
            Field::Department => parts.push(line(&content.department, Align::Right, block.colour)),
            Field::Published => parts.push(line(published, Align::Right, block.colour)),
            Field::Page | Field::Time(_) => {}
        }
    }
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

fn body<'a>(block: &Block, paragraph: &'a Paragraph) -> Part<'a> {
    let heading = paragraph.kind == ParagraphKind::Heading;
    Part {
        text: &paragraph.text,
        align: block.align,
        colour: if heading { block.accent } else { block.colour },
        indent: if paragraph.kind == ParagraphKind::Text {
            block.indent
        } else {
            0
        },
        keep: heading,
        closes: false,
    }
}

/// The lines of one paragraph; centred ones are made even.
fn set(part: &Part<'_>, style: &Style, width: u32) -> Vec<Set> {
    let style = Style {
        align: part.align,
        indent: u32::from(part.indent) * fit::cell(style),
        ..*style
    };
    let mut lines = lines(part.text, &style, width);
    if part.align == Align::Centre && lines.len() > 1 {
        let as_many = |width| Some(self::lines(part.text, &style, width)).filter(|set| set.len() == lines.len());
        if let Some((narrow, mut even)) = fit::narrowest(width, as_many) {
            even.iter_mut().for_each(|line| line.x += (width - narrow) / 2);
            lines = even;
        }
    }
    let placed = lines.into_iter().map(|line| Set {
        line,
        colour: part.colour,
        keep: part.keep,
    });
    placed.collect()
}

fn lines(text: &str, style: &Style, width: u32) -> Vec<Line> {
    let pages = text::pages([text], style, width, ENDLESS);
    pages.into_iter().flat_map(|page| page.lines).collect()
}

/// Deals the lines onto pages of `per_page`.
fn paginate(mut lines: Vec<Set>, per_page: usize) -> Vec<Vec<Set>> {
    let mut pages = Vec::new();
    while lines.len() > per_page {
        let rest = lines.split_off(break_after(&lines, per_page));
        pages.push(std::mem::replace(&mut lines, rest));
    }
    pages.push(lines);
    if let [.., before, last] = &mut pages[..]
        && last.len() == 1
        && before.len() > 2
        && let Some(line) = before.pop()
    {
        last.insert(0, line);
    }
    pages
}

/// How many of `lines` go on the next page: all that fit, without those at the foot that belong to what follows.
fn break_after(lines: &[Set], per_page: usize) -> usize {
    let kept = lines[..per_page].iter().rev().take_while(|set| set.keep).count();
    if kept < per_page { per_page - kept } else { per_page }
}

/// Cuts what is beyond [`PAGES`], and says so on the last page.
fn close(pages: &mut Vec<Vec<Set>>, style: &Style, width: u32) {
    if pages.len() <= PAGES {
        return;
    }
    pages.truncate(PAGES);
    if let Some(Set { line, .. }) = pages.last_mut().and_then(|page| page.last_mut()) {
        let mut text = line.text.to_string();
        loop {
            let shortened = format!("{text}{CUT}");
            let mask = text::line(&shortened, style);
            if mask.width() <= width || text.pop().is_none() {
                (line.width, line.text) = (mask.width(), shortened.into());
                return;
            }
        }
    }
}
