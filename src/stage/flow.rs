//! A notice as it is written, one field below the other, broken into pages.
//!
//! Title, number and posting days are centred, body paragraphs indented, department and date stand at the right. Lines come from the
//! text room; which of them share a page is decided here: a title or a heading is not left alone at the foot of a page, department and
//! date not alone on the last one, and the last page has no single line where it can have two. What takes more pages than it may is
//! cut: see [`super::cut`].

use std::borrow::Cow;

use embedded_graphics::pixelcolor::Rgb888;
use jiff::civil::Date;

use super::{
    boxes::{Block, Fill},
    content::{Content, Extent},
    cut,
    field::{self, Field},
    fit,
};
use crate::{
    item::{Paragraph, ParagraphKind},
    text::{Align, Compositor, Line, Style},
    units::Area,
};

/// From so many lines a page on, department and date take the last line of the body along.
const CLOSING: usize = 3;

/// A flow on its pages: at least one.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// Its type.
    pub(super) style: Style,
    /// The lines of each page, `y` counted from the box's top.
    pub(super) pages: Vec<Vec<Set>>,
    /// How many pages all of it would take: more than there are where it is cut.
    pub(super) whole: usize,
}

/// A line with its colour.
#[derive(Clone, Debug)]
pub(super) struct Set {
    pub(super) line: Line,
    pub(super) colour: Rgb888,
    /// Whether the next line belongs on the same page.
    pub(super) keep: bool,
}

/// The paper that lines are set on: what does not change from part to part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper<'a> {
    pub(super) compositor: &'a Compositor,
    pub(super) style: Style,
    /// LEDs that a line has.
    pub(super) width: u32,
    /// Lines that a page has: at least one.
    pub(super) per_page: usize,
}

/// How one paragraph is set.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) align: Align,
    pub(super) colour: Rgb888,
    /// In characters.
    pub(super) indent: u8,
    pub(super) role: Role,
}

/// Where a paragraph belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// On the page of what follows: a title, a heading.
    Head,
    /// Anywhere.
    Text,
    /// On the page of what stands before: department and date.
    Tail,
}

/// Sets what `block` shows of `content` in a box of `area`, on as many pages as it takes and may take.
pub(super) fn flow(compositor: &Compositor, block: &Block, content: &Content, area: Area) -> Flow {
    let style = block.style(fit::size_for_line(block.size, area.height.min(area.width)));
    let paper = Paper {
        compositor,
        style,
        width: area.width,
        per_page: style.lines_in(area.height) as usize,
    };
    let parts = parts(block, content, &paper);
    let mut pages = paper.pages(parts.iter().map(|part| (part.role, paper.set(part))));
    let whole = pages.len();
    if whole > usize::from(content.extent.pages.clamp(1, Extent::LIMIT)) {
        pages = cut::cut(&parts, &paper, block, &content.extent);
    }
    let pitch = style.line_height() + style.leading;
    for page in &mut pages {
        let height = (page.len() as u32 * pitch).saturating_sub(style.leading);
        let top = fit::offset(block.valign, area.height, height);
        for (at, set) in page.iter_mut().enumerate() {
            set.line.y = top + at as u32 * pitch;
        }
    }
    Flow { style, pages, whole }
}

/// The paragraphs of the block, in order.
fn parts<'a>(block: &Block, content: &'a Content, paper: &Paper<'_>) -> Vec<Part<'a>> {
    let fields = match &block.fill {
        Fill::Flow(fields) => &fields[..],
        Fill::Field(field) => std::slice::from_ref(field),
        Fill::Nothing | Fill::Text(_) => &[],
    };
    let mut parts = Vec::new();
    for field in fields {
        match field {
            Field::Body => parts.extend(content.body.iter().map(|paragraph| body(block, paragraph))),
            field => parts.extend(line(*field, block, content, paper)),
        }
    }
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

/// A field that is a paragraph of its own; `None` for the body, and for what does not stand still.
fn line<'a>(field: Field, block: &Block, content: &'a Content, paper: &Paper<'_>) -> Option<Part<'a>> {
    let alone = !matches!(block.fill, Fill::Flow(_));
    let day = |date: Date| Cow::Owned(field::date(date));
    // Among others a day would not say what it is a day of.
    let labelled = |label: &str, text: String| Cow::Owned(if alone { text } else { format!("{label}：{text}") });
    let (text, align, colour): (Cow<'a, str>, _, _) = match field {
        Field::Title => ((*content.title).into(), Align::Centre, block.accent),
        Field::Number => ((*content.number).into(), Align::Centre, block.colour),
        Field::Column => ((*content.column).into(), block.align, block.accent),
        Field::Site => ((*content.site).into(), Align::Right, block.colour),
        Field::Department => ((*content.department).into(), Align::Right, block.colour),
        Field::Published => (day(content.published?), Align::Right, block.colour),
        Field::FirstDay => {
            let (first, _) = content.period?;
            (labelled("公示首日", field::date(first)), Align::Centre, block.colour)
        }
        Field::LastDay => {
            let (_, last) = content.period?;
            (labelled("公示末日", field::date(last)), Align::Centre, block.colour)
        }
        Field::Period => {
            let period = content.period?;
            let full = labelled("公示期", field::period(period));
            let brief = || labelled("公示期", field::brief_period(period));
            let fits = paper.compositor.width(&full, paper.style.kind) <= paper.width;
            (if fits { full } else { brief() }, Align::Centre, block.colour)
        }
        Field::Body | Field::Page | Field::DaysLeft | Field::DayNumber | Field::Time(_) => return None,
    };
    Some(Part {
        text,
        align: if alone { block.align } else { align },
        colour: if alone { block.colour } else { colour },
        indent: 0,
        role: Role::of(align),
    })
}

fn body<'a>(block: &Block, paragraph: &'a Paragraph) -> Part<'a> {
    let heading = paragraph.kind == ParagraphKind::Heading;
    Part {
        text: (*paragraph.text).into(),
        align: block.align,
        colour: if heading { block.accent } else { block.colour },
        indent: if paragraph.kind == ParagraphKind::Text {
            block.indent
        } else {
            0
        },
        role: if heading { Role::Head } else { Role::Text },
    }
}

impl Role {
    /// That of a field that is set so.
    const fn of(align: Align) -> Self {
        match align {
            Align::Left | Align::Both => Self::Text,
            Align::Centre => Self::Head,
            Align::Right => Self::Tail,
        }
    }
}

impl Paper<'_> {
    /// The lines of one paragraph; centred ones are broken by sense.
    pub(super) fn set(&self, part: &Part<'_>) -> Vec<Set> {
        let style = Style {
            align: part.align,
            indent: u32::from(part.indent) * self.style.line_height(),
            ..self.style
        };
        let lines = self.compositor.lines(&part.text, &style, self.width);
        let placed = lines.into_iter().map(|line| Set {
            line,
            colour: part.colour,
            keep: part.role == Role::Head,
        });
        placed.collect()
    }

    /// The lines of parts dealt onto pages: at least one.
    pub(super) fn pages(&self, parts: impl IntoIterator<Item = (Role, Vec<Set>)>) -> Vec<Vec<Set>> {
        let mut lines: Vec<Set> = Vec::new();
        for (role, set) in parts {
            if let Some(before) = lines.last_mut() {
                before.keep |= role == Role::Tail && self.per_page >= CLOSING;
            }
            lines.extend(set);
        }
        paginate(lines, self.per_page)
    }
}

/// Deals the lines onto pages of `per_page`.
fn paginate(lines: Vec<Set>, per_page: usize) -> Vec<Vec<Set>> {
    let mut counts = Vec::new();
    let mut rest = &lines[..];
    while rest.len() > per_page {
        let count = break_after(rest, per_page);
        counts.push(count);
        rest = &rest[count..];
    }
    counts.push(rest.len());
    let mut lines = lines.into_iter();
    let mut pages: Vec<Vec<Set>> = counts
        .into_iter()
        .map(|count| lines.by_ref().take(count).collect())
        .collect();
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
