//! A chart in its box: its title and unit above, bars or a table, and where the figures come from at the foot.
//!
//! All of it is type and rectangles of whole LEDs, page by page. The type is as large as lets all of it stand on one page, from the box's size
//! down to its least; at the least size what is more makes pages. Bars have one scale on all pages. What takes more pages than it may is left out, and
//! the last page says how much that is.

mod bars;
mod table;

use embedded_graphics::pixelcolor::Rgb888;

use super::{
    boxes::{Block, Fill, Valign},
    compose::characters,
    content::{Content, Extent},
    fit,
};
use crate::{
    item::{Chart, ChartBody},
    text::{Align, Compositor, Line, Type},
    units::Area,
};

/// LEDs between the title, the figures and the foot.
const GAP: u32 = 3;

/// The title may take this part of the height, unless its type is the least.
const TITLE_SHARE: u32 = 5;

/// A box of so many lines of the least type has room for a title of two.
const LONG_TITLE: u32 = 8;

/// So many lines of the least type must be left for figures beside a foot.
const BODY_LINES: u32 = 2;

/// A chart on its pages: at least one.
#[derive(Clone, Debug)]
pub(super) struct Plot {
    pub(super) pages: Vec<PlotPage>,
    /// How many pages all of it would take: more than there are where it is cut.
    pub(super) whole: usize,
    /// The size of its figures' type.
    pub(super) dots: u16,
}

/// One page of a chart; all places are counted from the box's top left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct PlotPage {
    pub(super) fills: Vec<(Area, Rgb888)>,
    pub(super) lines: Vec<Inked>,
}

/// A line of type with its colour.
#[derive(Clone, Debug)]
pub(super) struct Inked {
    pub(super) kind: Type,
    pub(super) colour: Rgb888,
    pub(super) line: Line,
}

/// What a chart is drawn with.
#[derive(Clone, Copy)]
struct Pen<'a> {
    compositor: &'a Compositor,
    block: &'a Block,
}

/// The figures of a chart, without title and foot.
struct Figured {
    pages: Vec<PlotPage>,
    whole: usize,
    dots: u16,
    /// How many rows are on none of the pages.
    left_out: usize,
}

/// What stands above and below the figures.
struct Heading {
    lines: Vec<Inked>,
    /// LEDs that they take.
    height: u32,
    /// What is said at the foot, from the longest way to the shortest.
    foot: Option<Vec<String>>,
}

/// Draws what `block` shows of `content` in a box of `area`; `None` where that has no chart.
pub(super) fn plot(compositor: &Compositor, block: &Block, content: &Content, area: Area) -> Option<Plot> {
    let chart = content.chart.as_deref()?;
    let pen = Pen { compositor, block };
    let most = usize::from(content.extent.pages.clamp(1, Extent::LIMIT));
    let drawn = pen.headings(chart, &content.title, area).into_iter().map(|heading| {
        let plain = pen.figures(chart, heading.room(pen, area, heading.foot.is_some()), most);
        let needs_foot = plain.left_out > 0 && heading.foot.is_none();
        let figured = match needs_foot {
            true => pen.figures(chart, heading.room(pen, area, true), most),
            false => plain,
        };
        (heading, figured)
    });
    // The largest title with which there are the fewest pages.
    let (heading, mut figured) = drawn.reduce(|best, next| if next.1.whole < best.1.whole { next } else { best })?;
    let last = figured.pages.len().saturating_sub(1);
    for (at, page) in figured.pages.iter_mut().enumerate() {
        page.lines.extend(heading.lines.iter().cloned());
        let left_out = if at == last { figured.left_out } else { 0 };
        if heading.foot.is_some() || left_out > 0 {
            page.lines.extend(pen.foot(heading.foot.as_ref(), left_out, area));
        }
    }
    Some(Plot {
        pages: figured.pages,
        whole: figured.whole,
        dots: figured.dots,
    })
}

impl Plot {
    /// That page; none beyond the last.
    pub(super) fn page(&self, page: u16) -> Option<&PlotPage> {
        self.pages.get(usize::from(page))
    }

    /// How many characters page `page` has.
    pub(super) fn characters(&self, page: u16) -> usize {
        let lines = self.page(page).map_or(&[][..], |page| &page.lines);
        lines.iter().map(|inked| characters(&inked.line.text)).sum()
    }

    /// Whether some of it is left out.
    pub(super) fn is_cut(&self) -> bool {
        self.whole > self.pages.len()
    }
}

impl Heading {
    /// The room of the figures.
    fn room(&self, pen: Pen<'_>, area: Area, has_foot: bool) -> Area {
        let below = if has_foot { pen.least() + GAP } else { 0 };
        let height = area.height.saturating_sub(self.height + below);
        Area::new(0, self.height, area.width, height)
    }
}

impl Pen<'_> {
    /// The least size, in dots.
    fn least(self) -> u32 {
        u32::from(fit::size_for_line(self.block.least, u32::MAX))
    }

    /// The titles that there is room for, the largest first; at least one.
    fn headings(self, chart: &Chart, title: &str, area: Area) -> Vec<Heading> {
        let sizes = Type::sizes(self.block.size)
            .map(u32::from)
            .filter(|dots| self.is_title(*dots, area));
        let mut headings: Vec<Heading> = sizes
            .filter_map(|dots| self.heading(chart, title, dots, area))
            .collect();
        if headings.is_empty() {
            headings.push(self.long_heading(chart, title, area));
        }
        headings
    }

    /// The title in one line, with the unit at the right or in brackets behind it; `None` where there is no room for both.
    fn heading(self, chart: &Chart, title: &str, dots: u32, area: Area) -> Option<Heading> {
        let (kind, small) = (self.kind(dots), self.kind(self.least()));
        let unit = chart
            .unit
            .as_ref()
            .map(|unit| self.compositor.line(&format!("单位：{unit}"), small));
        let beside = unit.as_ref().map_or(0, |unit| unit.width + self.least());
        let mut lines = Vec::new();
        if self.compositor.width(title, kind) + beside <= area.width {
            lines.push(self.inked(kind, self.block.accent, self.compositor.line(title, kind)));
            lines.extend(unit.map(|line| {
                let (x, y) = (area.width - line.width, dots - self.least());
                self.inked(small, self.block.dated, Line { x, y, ..line })
            }));
        } else {
            let title = format!("{title}（{}）", chart.unit.as_ref()?);
            let line = self.compositor.line(&title, kind);
            if line.width > area.width {
                return None;
            }
            lines.push(self.inked(kind, self.block.accent, line));
        }
        Some(Heading {
            height: dots + GAP,
            lines,
            foot: self.source(chart, None, area),
        })
    }

    /// A title that is too long for a line: in two lines where the box is high, else cut; the unit is said at the foot.
    fn long_heading(self, chart: &Chart, title: &str, area: Area) -> Heading {
        let least = self.least();
        let rows = if area.height >= LONG_TITLE * least { 2 } else { 1 };
        let place = Area::new(0, 0, area.width, rows * least);
        let lines = self.text(title, least, self.block.accent, place);
        let count = u32::try_from(lines.len()).unwrap_or(rows).max(1);
        Heading {
            height: count * least + GAP,
            lines,
            foot: self.source(chart, chart.unit.as_deref(), area),
        }
    }

    /// What the foot says, from the longest way of saying it to the shortest; `None` where there is nothing to say, or no room for a foot.
    fn source(self, chart: &Chart, unit: Option<&str>, area: Area) -> Option<Vec<String>> {
        let has_room = area.height >= (2 + BODY_LINES) * self.least() + 2 * GAP;
        let unit = unit.map(|unit| format!("单位：{unit}"));
        let said = ["数据来源：", "来源：", ""].into_iter().map(|word| {
            let source = chart.source.as_ref().map(|source| format!("{word}{source}"));
            let parts: Vec<String> = [unit.clone(), source].into_iter().flatten().collect();
            parts.join("\u{3000}")
        });
        let said: Vec<String> = said.filter(|text| !text.is_empty()).collect();
        (has_room && !said.is_empty()).then_some(said)
    }

    /// Whether a title may be so large.
    fn is_title(self, dots: u32, area: Area) -> bool {
        dots >= self.least() && (dots == self.least() || dots <= area.height / TITLE_SHARE)
    }

    fn figures(self, chart: &Chart, room: Area, most: usize) -> Figured {
        match &chart.body {
            ChartBody::Bars(bars) => bars::draw(self, bars, room, most),
            ChartBody::Table(rows) => table::draw(self, rows, room, most),
        }
    }

    /// The last line: where the figures come from, and what is left out, which is said rather than that.
    fn foot(self, said: Option<&Vec<String>>, left_out: usize, area: Area) -> Vec<Inked> {
        let least = self.least();
        let note = if left_out > 0 {
            format!("（另有{left_out}项未列出）")
        } else {
            String::new()
        };
        let said = said.map_or(&[][..], |said| said);
        let ways = said.iter().map(|said| format!("{said}{note}"));
        let fits = |text: &String| self.compositor.width(text, self.kind(least)) <= area.width;
        let shortest = || {
            if note.is_empty() {
                said.last().cloned().unwrap_or_default()
            } else {
                note.clone()
            }
        };
        let text = ways.into_iter().find(fits).unwrap_or_else(shortest);
        let place = Area::new(0, area.height.saturating_sub(least), area.width, least);
        self.text(&text, least, self.block.dated, place)
    }

    /// Lines at the left of `place`, cut where they are too long.
    fn text(self, text: &str, dots: u32, colour: Rgb888, place: Area) -> Vec<Inked> {
        let size = u16::try_from(dots).unwrap_or(u16::MAX);
        let block = Block {
            fill: Fill::Nothing,
            size,
            least: size,
            align: Align::Left,
            valign: Valign::Top,
            leading: 0,
            vertical: false,
            ..self.block.clone()
        };
        let fitted = fit::fit(self.compositor, &[text], &block, place);
        let kind = fitted.style.kind;
        let placed = fitted.page.lines.into_iter().map(|line| Line {
            x: place.x + line.x,
            y: place.y + line.y,
            ..line
        });
        placed.map(|line| self.inked(kind, colour, line)).collect()
    }

    /// The type of that size.
    fn kind(self, dots: u32) -> Type {
        self.block.style(u16::try_from(dots).unwrap_or(u16::MAX)).kind
    }

    const fn inked(self, kind: Type, colour: Rgb888, line: Line) -> Inked {
        Inked { kind, colour, line }
    }
}
