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
const GAP: u32 = 2;

/// The title may take this part of the height, unless its type is the least.
const TITLE_SHARE: u32 = 5;

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
struct Margins {
    above: Vec<Inked>,
    /// LEDs that they take.
    top: u32,
    foot: Option<String>,
}

/// Draws what `block` shows of `content` in a box of `area`; `None` where that has no chart.
pub(super) fn plot(compositor: &Compositor, block: &Block, content: &Content, area: Area) -> Option<Plot> {
    let chart = content.chart.as_deref()?;
    let pen = Pen { compositor, block };
    let margins = pen.margins(chart, &content.title, area);
    let most = usize::from(content.extent.pages.clamp(1, Extent::LIMIT));
    let mut has_foot = margins.foot.is_some();
    let mut figured = pen.figures(chart, margins.room(pen, area, has_foot), most);
    if figured.left_out > 0 && !has_foot {
        has_foot = true;
        figured = pen.figures(chart, margins.room(pen, area, has_foot), most);
    }
    let last = figured.pages.len().saturating_sub(1);
    for (at, page) in figured.pages.iter_mut().enumerate() {
        page.lines.extend(margins.above.iter().cloned());
        let left_out = if at == last { figured.left_out } else { 0 };
        page.lines.extend(
            has_foot
                .then(|| pen.foot(margins.foot.as_deref(), left_out, area))
                .flatten(),
        );
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

impl Margins {
    /// The room of the figures.
    fn room(&self, pen: Pen<'_>, area: Area, has_foot: bool) -> Area {
        let below = if has_foot { pen.least() + GAP } else { 0 };
        let height = area.height.saturating_sub(self.top + below);
        Area::new(0, self.top, area.width, height)
    }
}

impl Pen<'_> {
    /// The least size, in dots.
    fn least(self) -> u32 {
        u32::from(fit::size_for_line(self.block.least, u32::MAX))
    }

    /// The title at the left, the unit at the right, where there is room for both; else the unit at the foot.
    fn margins(self, chart: &Chart, title: &str, area: Area) -> Margins {
        let least = self.least();
        let unit = chart.unit.as_ref().map(|unit| format!("单位：{unit}"));
        let source = chart.source.as_ref().map(|source| format!("数据来源：{source}"));
        let small = self.kind(least);
        let beside = unit
            .as_ref()
            .map_or(0, |unit| self.compositor.width(unit, small) + least);
        let sizes = || Type::sizes(self.block.size).filter(|dots| self.is_title(u32::from(*dots), area));
        let fits = |dots: &u16, room: u32| self.compositor.width(title, self.kind(u32::from(*dots))) <= room;
        let with_unit = sizes().find(|dots| fits(dots, area.width.saturating_sub(beside)));
        let alone = || sizes().find(|dots| fits(dots, area.width));
        let has_room = area.height >= (2 + BODY_LINES) * least + 2 * GAP;
        let (dots, is_beside) = match with_unit {
            Some(dots) => (u32::from(dots), true),
            None => (alone().map_or(least, u32::from), !has_room),
        };
        let mut above = Vec::new();
        let room = if is_beside {
            area.width.saturating_sub(beside)
        } else {
            area.width
        };
        above.extend(self.text(title, dots, self.block.accent, Area::new(0, 0, room, dots)));
        if let Some(unit) = unit.as_ref().filter(|_| is_beside) {
            let line = self.compositor.line(unit, small);
            let (x, y) = (area.width.saturating_sub(line.width), dots.saturating_sub(least));
            above.push(self.inked(small, self.block.dated, Line { x, y, ..line }));
        }
        let foot = [unit.filter(|_| !is_beside), source];
        let foot: Vec<String> = foot.into_iter().flatten().collect();
        Margins {
            top: dots + GAP,
            above,
            foot: (has_room && !foot.is_empty()).then(|| foot.join("\u{3000}")),
        }
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

    /// The last line: what is left out, and where the figures come from, as far as there is room.
    fn foot(self, said: Option<&str>, left_out: usize, area: Area) -> Option<Inked> {
        let least = self.least();
        let note = (left_out > 0).then(|| format!("（另有{left_out}项未列出）"));
        let both = format!("{}{}", said.unwrap_or_default(), note.as_deref().unwrap_or_default());
        let fits = self.compositor.width(&both, self.kind(least)) <= area.width;
        let text = note.filter(|_| !fits).unwrap_or(both);
        let place = Area::new(0, area.height.saturating_sub(least), area.width, least);
        self.text(&text, least, self.block.dated, place)
    }

    /// A line at the left of `place`, cut where it is too long.
    fn text(self, text: &str, dots: u32, colour: Rgb888, place: Area) -> Option<Inked> {
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
        let line = fitted.page.lines.into_iter().next()?;
        let line = Line {
            x: place.x + line.x,
            y: place.y,
            ..line
        };
        Some(self.inked(fitted.style.kind, colour, line))
    }

    /// The type of that size.
    fn kind(self, dots: u32) -> Type {
        self.block.style(u16::try_from(dots).unwrap_or(u16::MAX)).kind
    }

    const fn inked(self, kind: Type, colour: Rgb888, line: Line) -> Inked {
        Inked { kind, colour, line }
    }
}
