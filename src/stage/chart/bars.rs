//! Bars: upright where their labels find room below them, else lying, a row each.

use super::{Figured, Inked, Pen, PlotPage};
use crate::{
    item::Bar,
    text::{Align, Line, Style, Type},
    units::Area,
};

/// Labels of lying bars take at most so many parts of the width of 20.
const LABEL_SHARE: u32 = 11;

/// What is left for the bars themselves is at least this part of their room.
const BAR_SHARE: u32 = 5;

/// The most lines of the label of an upright bar.
const LABEL_LINES: usize = 2;

/// LEDs between a bar, its label and its value.
const GAP: u32 = 3;

/// Draws `bars` in `room`, on at most `most` pages.
pub(super) fn draw(pen: Pen<'_>, bars: &[Bar], room: Area, most: usize) -> Figured {
    let least = pen.least();
    let sizes: Vec<u32> = Type::sizes(pen.block.size)
        .map(u32::from)
        .filter(|dots| *dots >= least)
        .collect();
    let drawing = Drawing {
        pen,
        bars,
        room,
        scale: Scale::of(bars),
    };
    let on_one = sizes.iter().find_map(|dots| {
        let page = drawing.upright(*dots).or_else(|| drawing.lying_on_one(*dots))?;
        Some((page, *dots))
    });
    if let Some((page, dots)) = on_one {
        return Figured {
            pages: vec![page],
            whole: 1,
            dots: dots as u16,
            left_out: 0,
        };
    }
    let most_of_page = (room.height / least).max(1) as usize;
    let whole = bars.len().div_ceil(most_of_page).max(1);
    // As many on each page, so that none has a single bar.
    let per_page = match whole <= most {
        true => bars.len().div_ceil(whole),
        false => most_of_page,
    };
    let shown = &bars[..bars.len().min(per_page * most)];
    Figured {
        pages: shown
            .chunks(per_page.max(1))
            .map(|bars| drawing.lying(bars, per_page, least))
            .collect(),
        whole,
        dots: least as u16,
        left_out: bars.len() - shown.len(),
    }
}

/// LEDs between two rows of lying bars.
const fn gap(dots: u32) -> u32 {
    dots / 8
}

/// What all bars are measured by.
#[derive(Clone, Copy)]
struct Scale {
    least: i64,
    most: i64,
}

impl Scale {
    fn of(bars: &[Bar]) -> Self {
        let values = || bars.iter().filter_map(|bar| Some(bar.value?.millionths));
        Self {
            least: values().min().unwrap_or(0).min(0),
            most: values().max().unwrap_or(0).max(0),
        }
    }

    /// How many of `leds` are below zero.
    fn zero(self, leds: u32) -> u32 {
        self.part(-i128::from(self.least), leds)
    }

    /// LEDs of a bar of `value`, of `leds` for all; at least one, unless it is nothing.
    fn length(self, value: i64, leds: u32) -> u32 {
        match value {
            0 => 0,
            value => self.part(i128::from(value).abs(), leds).max(1),
        }
    }

    fn part(self, value: i128, leds: u32) -> u32 {
        let whole = (i128::from(self.most) - i128::from(self.least)).max(1);
        let leds = (2 * value * i128::from(leds) + whole) / (2 * whole);
        u32::try_from(leds).unwrap_or(0)
    }
}

struct Drawing<'a> {
    pen: Pen<'a>,
    bars: &'a [Bar],
    room: Area,
    scale: Scale,
}

impl Drawing<'_> {
    fn width(&self, text: &str, dots: u32) -> u32 {
        self.pen.compositor.width(text, self.pen.kind(dots))
    }

    fn widest<'t>(&self, texts: impl Iterator<Item = &'t str>, dots: u32) -> u32 {
        texts.map(|text| self.width(text, dots)).max().unwrap_or(0)
    }

    fn values(&self, dots: u32) -> u32 {
        self.widest(self.bars.iter().map(|bar| &*bar.text), dots)
    }

    /// All bars beside each other; `None` where their labels or values are too wide, or little is left for the bars.
    fn upright(&self, dots: u32) -> Option<PlotPage> {
        let count = u32::try_from(self.bars.len()).ok().filter(|count| *count > 1)?;
        let slot = self.room.width / count;
        let inside = slot.checked_sub(dots / 4)?;
        let style = Style {
            align: Align::Centre,
            ..self.pen.block.style(dots as u16)
        };
        let style = Style {
            leading: 0,
            vertical: false,
            ..style
        };
        let labels: Vec<Vec<Line>> = self
            .bars
            .iter()
            .map(|bar| self.pen.compositor.lines(&bar.label, &style, inside))
            .collect();
        let fits = |lines: &Vec<Line>| lines.len() <= LABEL_LINES && lines.iter().all(|line| line.width <= inside);
        if self.values(dots) > inside || !labels.iter().all(fits) {
            return None;
        }
        let rows = labels.iter().map(Vec::len).max().unwrap_or(1) as u32;
        let foot = self.room.height.checked_sub(rows * dots + 1)?;
        let below = if self.scale.least < 0 { GAP } else { 0 };
        let length = foot
            .checked_sub(dots + 1 + below)
            .filter(|length| *length >= 2 * dots)?;
        let mut page = PlotPage::default();
        let base = self.room.y + 1 + dots + length - self.scale.zero(length);
        let left = self.room.x + (self.room.width - slot * count) / 2;
        for ((at, bar), lines) in (0..).zip(self.bars).zip(labels) {
            let start = left + at * slot;
            let thick = (inside * 5 / 8).clamp(1, 3 * dots);
            self.rise(bar, start + (slot - thick) / 2, base, (thick, length), &mut page);
            let top = self.value_top(bar, base, length, dots);
            let line = self.pen.compositor.line(&bar.text, self.pen.kind(dots));
            let x = start + (slot - line.width.min(slot)) / 2;
            page.lines
                .push(self.inked(Line { x, y: top, ..line }, dots, self.pen.block.colour));
            for (row, line) in (0..).zip(lines) {
                let x = start + (slot - inside) / 2 + line.x;
                let y = self.room.y + foot + 1 + row * dots;
                page.lines
                    .push(self.inked(Line { x, y, ..line }, dots, self.pen.block.colour));
            }
        }
        let axis = Area::new(left, base, slot * count, 1);
        page.fills.push((axis, self.pen.block.dated));
        Some(page)
    }

    /// The bar itself, from the base line up, or down.
    fn rise(&self, bar: &Bar, x: u32, base: u32, (thick, length): (u32, u32), page: &mut PlotPage) {
        let Some(value) = bar.value else { return };
        let leds = self.scale.length(value.millionths, length);
        let top = if value.millionths < 0 { base + 1 } else { base - leds };
        if leds > 0 {
            page.fills.push((Area::new(x, top, thick, leds), self.pen.block.bars));
        }
    }

    /// Where the value of an upright bar stands: above it, or above the base line where it goes down.
    fn value_top(&self, bar: &Bar, base: u32, length: u32, dots: u32) -> u32 {
        let up = bar.value.map_or(0, |value| value.millionths.max(0));
        base.saturating_sub(self.scale.length(up, length) + dots)
            .max(self.room.y)
    }

    /// All bars below each other; `None` where that is too much at this size.
    fn lying_on_one(&self, dots: u32) -> Option<PlotPage> {
        let count = u32::try_from(self.bars.len()).ok()?;
        // At the least size rows stand closer.
        let gap = if dots > self.pen.least() { gap(dots) } else { 0 };
        let height = count * dots + count.saturating_sub(1) * gap;
        let labels = self.widest(self.bars.iter().map(|bar| &*bar.label), dots);
        let fits = height <= self.room.height && labels <= self.label_room(dots);
        fits.then(|| self.lying(self.bars, self.bars.len(), dots))
    }

    /// The most LEDs of a label.
    fn label_room(&self, dots: u32) -> u32 {
        let beside = self.values(dots) + self.room.width / BAR_SHARE + 2 * GAP + 1;
        (self.room.width * LABEL_SHARE / 20).min(self.room.width.saturating_sub(beside))
    }

    /// These of the bars below each other, on a page that has room for `count`.
    fn lying(&self, bars: &[Bar], count: usize, dots: u32) -> PlotPage {
        let (room, pen) = (self.room, self.pen);
        let count = u32::try_from(count.max(1)).unwrap_or(1);
        let pitch = (room.height / count).clamp(dots, 2 * dots);
        let top = room.y + (room.height.saturating_sub(pitch * count)) / 2;
        let labels = self
            .widest(self.bars.iter().map(|bar| &*bar.label), dots)
            .min(self.label_room(dots));
        let axis = room.x + labels + GAP;
        let length = room.width.saturating_sub(labels + GAP + 1 + GAP + self.values(dots));
        let base = axis + self.scale.zero(length);
        let thick = (pitch * 5 / 8).clamp(1, dots);
        let mut page = PlotPage::default();
        for (row, bar) in (0..).zip(bars) {
            let y = top + row * pitch;
            let type_top = y + (pitch - dots) / 2;
            let label = pen.text(
                &bar.label,
                dots,
                pen.block.colour,
                Area::new(room.x, type_top, labels, dots),
            );
            page.lines.extend(label.into_iter().take(1).map(|label| Inked {
                line: Line {
                    x: room.x + labels.saturating_sub(label.line.width),
                    ..label.line
                },
                ..label
            }));
            let end = self.reach(bar, base, (y + (pitch - thick) / 2, thick), length, &mut page);
            let line = pen.compositor.line(&bar.text, pen.kind(dots));
            let (x, y) = (end + GAP, type_top);
            page.lines
                .push(self.inked(Line { x, y, ..line }, dots, pen.block.colour));
        }
        let rows = u32::try_from(bars.len()).unwrap_or(count).min(count);
        page.fills
            .push((Area::new(base, top, 1, pitch * rows), pen.block.dated));
        page
    }

    /// The bar itself, from the base line to the right, or to the left; where its value may stand.
    fn reach(&self, bar: &Bar, base: u32, (y, thick): (u32, u32), length: u32, page: &mut PlotPage) -> u32 {
        let value = bar.value.map_or(0, |value| value.millionths);
        let leds = self.scale.length(value, length);
        let x = if value < 0 { base.saturating_sub(leds) } else { base + 1 };
        if leds > 0 {
            page.fills.push((Area::new(x, y, leds, thick), self.pen.block.bars));
        }
        if value < 0 { base + 1 } else { base + 1 + leds }
    }

    fn inked(&self, line: Line, dots: u32, colour: embedded_graphics::pixelcolor::Rgb888) -> Inked {
        self.pen.inked(self.pen.kind(dots), colour, line)
    }
}
