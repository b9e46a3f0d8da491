//! The way of the signal on a drawing: from outside to the first module, and from module to module.

use embedded_graphics::prelude::Point;

use super::{
    drawing::{Piece, SIGNAL, centre},
    pen::Pen,
};
use crate::{panel::Heading, units::Area};

/// The side of the wall at which the signal comes in: where the first module lies, and at which of its own ends its first LED is.
pub(super) fn side(first: &Piece, wall: Area) -> Heading {
    let at_left = first.area.x == wall.x;
    let at_right = first.area.right() == wall.right();
    match (at_left, at_right) {
        (true, true) if first.entry.is_left() => Heading::Left,
        (true, false) => Heading::Left,
        (false, false) if first.area.y == wall.y => Heading::Up,
        (false, false) => Heading::Left,
        _ => Heading::Right,
    }
}

/// The arrow of the signal, from outside to the first module.
pub(super) fn arrow(pen: &mut Pen, first: &Piece, wall: Area, side: Heading) {
    let middle = centre(first.area);
    let outside = 96;
    let (from, tip) = match side {
        Heading::Right => {
            let edge = first.area.right().cast_signed();
            let start = wall.right().cast_signed() + outside;
            (Point::new(start, middle.y), Point::new(edge, middle.y))
        }
        Heading::Up => {
            let edge = first.area.y.cast_signed();
            (Point::new(middle.x, edge - 40), Point::new(middle.x, edge))
        }
        _ => {
            let start = wall.x.cast_signed() - outside;
            (
                Point::new(start, middle.y),
                Point::new(first.area.x.cast_signed(), middle.y),
            )
        }
    };
    pen.arrow(from, tip, 8, SIGNAL);
    let (x, y) = match side {
        Heading::Right => (wall.right() + 40, middle.y - 40),
        Heading::Up => (middle.x.cast_unsigned() + 20, middle.y.min(tip.y) - 44),
        _ => (wall.x.saturating_sub(128), middle.y - 40),
    };
    pen.text(x, y.max(0).cast_unsigned(), "信号入 IN", 16, SIGNAL);
}

/// The signal from module to module.
pub(super) fn chain(pen: &mut Pen, pieces: &[Piece]) {
    for pair in pieces.windows(2) {
        let (from, to) = (centre(pair[0].area), centre(pair[1].area));
        pen.line(from, to, 4, SIGNAL);
    }
    // Heads above all lines: a little inside of the module that they lead to.
    for pair in pieces.windows(2) {
        let (from, to) = (centre(pair[0].area), centre(pair[1].area));
        // Where the way is slanted, corners are near, and with them the marks of first LEDs.
        let deep = if from.x == to.x || from.y == to.y { 12 } else { 44 };
        pen.head(from, entered(from, to, pair[1].area, deep), 18, SIGNAL);
    }
}

/// The point `deep` dots inside of `area` on the way from `from` to its middle `to`.
fn entered(from: Point, to: Point, area: Area, deep: i32) -> Point {
    let way = to - from;
    let reach = |way: i32, half: u32| f64::from(half) / f64::from(way.abs().max(1));
    let share = reach(way.x, area.width / 2).min(reach(way.y, area.height / 2)).min(1.0);
    let length = f64::from(way.x).hypot(f64::from(way.y)).max(1.0);
    let back = (share - f64::from(deep) / length).max(0.0);
    let step = |way: i32| (f64::from(way) * back).round() as i32;
    to - Point::new(step(way.x), step(way.y))
}
