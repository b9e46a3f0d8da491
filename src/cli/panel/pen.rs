//! Lines, arrows and type on a white sheet.

use embedded_graphics::{
    Drawable as _,
    pixelcolor::Rgb888,
    prelude::{Point, Primitive as _},
    primitives::{Line, PrimitiveStyle, Triangle},
};

use crate::{
    frame::Frame,
    text::{Compositor, Face, Type},
    units::{Area, Size, WHITE},
};

/// Lines and lettering.
pub(super) const INK: Rgb888 = Rgb888::new(24, 24, 24);

/// A white sheet and what draws on it; places are in dots from its top left corner.
pub(super) struct Pen {
    sheet: Frame,
    compositor: Compositor,
}

impl Pen {
    /// A white sheet.
    pub(super) fn new(width: u32, height: u32) -> Self {
        let mut sheet = Frame::new(Size::new(width, height));
        sheet.fill(WHITE);
        Self {
            sheet,
            compositor: Compositor::default(),
        }
    }

    /// What was drawn.
    pub(super) fn finish(self) -> Frame {
        self.sheet
    }

    /// How wide `text` is.
    pub(super) fn width(&self, text: &str, dots: u16) -> u32 {
        self.compositor.width(text, kind(dots))
    }

    /// Sets `text`, its top left corner at (`x`, `y`).
    pub(super) fn text(&mut self, x: u32, y: u32, text: &str, dots: u16, colour: Rgb888) {
        let kind = kind(dots);
        let mask = self.compositor.mask(&self.compositor.line(text, kind), kind);
        for row in 0..mask.height() {
            for column in (0..mask.width()).filter(|column| mask.dot(*column, row)) {
                self.sheet.fill_area(Area::new(x + column, y + row, 1, 1), colour);
            }
        }
    }

    /// Sets `text` in the middle around `x`, as far as the sheet's left edge allows.
    pub(super) fn centred(&mut self, x: u32, y: u32, text: &str, dots: u16, colour: Rgb888) {
        let left = x.saturating_sub(self.width(text, dots) / 2);
        self.text(left, y, text, dots, colour);
    }

    /// Fills `area`.
    pub(super) fn fill(&mut self, area: Area, colour: Rgb888) {
        self.sheet.fill_area(area, colour);
    }

    /// A frame along the inside of `area`.
    pub(super) fn frame(&mut self, area: Area, thick: u32, colour: Rgb888) {
        let Area { x, y, width, height } = area;
        for y in [y, (y + height).saturating_sub(thick)] {
            self.fill(Area::new(x, y, width, thick), colour);
        }
        for x in [x, (x + width).saturating_sub(thick)] {
            self.fill(Area::new(x, y, thick, height), colour);
        }
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: Point, to: Point, thick: u32, colour: Rgb888) {
        let style = PrimitiveStyle::with_stroke(colour, thick);
        let Ok(()) = Line::new(from, to).into_styled(style).draw(&mut self.sheet);
    }

    /// The head of an arrow that comes from `from`, its tip at `tip`.
    pub(super) fn head(&mut self, from: Point, tip: Point, long: i32, colour: Rgb888) {
        let way = tip - from;
        let length = f64::from(way.x).hypot(f64::from(way.y));
        if length == 0.0 {
            return;
        }
        let (x, y) = (f64::from(way.x) / length, f64::from(way.y) / length);
        let (long, half) = (f64::from(long), f64::from(long) * 0.6);
        let corner = |side: f64| {
            tip + Point::new(
                (-x * long - y * half * side).round() as i32,
                (-y * long + x * half * side).round() as i32,
            )
        };
        let style = PrimitiveStyle::with_fill(colour);
        let head = Triangle::new(tip, corner(1.0), corner(-1.0)).into_styled(style);
        let Ok(()) = head.draw(&mut self.sheet);
    }

    /// An arrow.
    pub(super) fn arrow(&mut self, from: Point, tip: Point, thick: u32, colour: Rgb888) {
        let long = 4 * thick.cast_signed();
        // The line ends within the head, whose tip stays sharp.
        let way = tip - from;
        let length = f64::from(way.x).hypot(f64::from(way.y)).max(1.0);
        let short = (length - f64::from(long) / 2.0).max(0.0) / length;
        let end = from
            + Point::new(
                (f64::from(way.x) * short).round() as i32,
                (f64::from(way.y) * short).round() as i32,
            );
        self.line(from, end, thick, colour);
        self.head(from, tip, long, colour);
    }
}

fn kind(dots: u16) -> Type {
    Type::new(Face::Hei, dots).expect("the drawing uses sizes that there are")
}
