//! Texts that tell the time: every piece is set in type beforehand, and painting only chooses among them.

use embedded_graphics::pixelcolor::Rgb888;
use jiff::civil::DateTime;

use super::{field::TimeField, ink::Ink, window::Window};
use crate::{
    frame::Frame,
    text::{self, Align, Style},
    units::Area,
};

/// The days of the week as `Weekday::to_monday_zero_offset` counts them.
const WEEKDAYS: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];

/// Which of the numbers of an instant.
#[derive(Clone, Copy, Debug)]
enum Number {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

#[derive(Clone, Debug)]
enum Piece {
    Fixed(Ink),
    /// A number with at least so many digits.
    Number(Number, u32),
    Weekday,
}

/// A text that tells the time, set in one line.
#[derive(Clone, Debug)]
pub(super) struct LiveText {
    pieces: Vec<Piece>,
    digits: [Ink; 10],
    weekdays: [Ink; 7],
    /// Where it stands, in the zone (or along a strip).
    area: Area,
    /// The top of the line, from the zone's top.
    y: u32,
    align: Align,
}

impl LiveText {
    /// `field` between the fixed texts `before` and `after`, in type of `style` and `colour`, its line at `y` of the zone in the
    /// columns of `area`.
    pub(super) fn new(
        field: TimeField,
        (before, after): (&str, &str),
        style: &Style,
        colour: Rgb888,
        area: Area,
        y: u32,
    ) -> Self {
        let set = |text: &str| Ink::new(&text::line(text, style), colour);
        let mut pieces = vec![Piece::Fixed(set(before))];
        append(field, &set, &mut pieces);
        pieces.push(Piece::Fixed(set(after)));
        Self {
            pieces,
            digits: std::array::from_fn(|digit| set(&digit.to_string())),
            weekdays: WEEKDAYS.map(set),
            area,
            y,
            align: style.align,
        }
    }

    /// The width of the longest text that it can come to, in LEDs.
    pub(super) fn widest(&self) -> u32 {
        let digit = self.digits.iter().map(Ink::width).max().unwrap_or(0);
        let weekday = self.weekdays.iter().map(Ink::width).max().unwrap_or(0);
        let width = |piece: &Piece| match piece {
            Piece::Fixed(ink) => ink.width(),
            Piece::Number(Number::Year, _) => 4 * digit,
            Piece::Number(..) => 2 * digit,
            Piece::Weekday => weekday,
        };
        self.pieces.iter().map(width).sum()
    }

    /// Paints the text as it is at `civil` on the scene in `window` of `frame`. Allocates nothing.
    pub(super) fn paint(&self, civil: DateTime, frame: &mut Frame, window: Window) {
        let mut width = 0;
        self.each(civil, |ink| width += ink.width());
        let slack = i64::from(self.area.width) - i64::from(width);
        let indent = match self.align {
            Align::Left => 0,
            Align::Centre => slack.max(0) / 2,
            Align::Right => slack.max(0),
        };
        let mut x = window.x + i64::from(self.area.x) + indent;
        let y = window.y + i64::from(self.y);
        self.each(civil, |ink| {
            ink.paint(frame, window.clip, x, y);
            x += i64::from(ink.width());
        });
    }

    fn each<'a>(&'a self, civil: DateTime, mut visit: impl FnMut(&'a Ink)) {
        for piece in &self.pieces {
            match piece {
                Piece::Fixed(ink) => visit(ink),
                Piece::Number(number, least) => self.digits_of(number.of(civil), *least, &mut visit),
                Piece::Weekday => visit(&self.weekdays[weekday(civil)]),
            }
        }
    }

    /// The digits of `number`, highest first, at least `least` of them.
    fn digits_of<'a>(&'a self, number: u32, least: u32, visit: &mut impl FnMut(&'a Ink)) {
        for place in (0..4).rev() {
            let shifted = number / 10_u32.pow(place);
            if shifted > 0 || place < least {
                visit(&self.digits[shifted as usize % 10]);
            }
        }
    }
}

impl Number {
    fn of(self, civil: DateTime) -> u32 {
        match self {
            Self::Year => civil.year().unsigned_abs().into(),
            Self::Month => civil.month().unsigned_abs().into(),
            Self::Day => civil.day().unsigned_abs().into(),
            Self::Hour => civil.hour().unsigned_abs().into(),
            Self::Minute => civil.minute().unsigned_abs().into(),
            Self::Second => civil.second().unsigned_abs().into(),
        }
    }
}

fn weekday(civil: DateTime) -> usize {
    usize::from(civil.weekday().to_monday_zero_offset().unsigned_abs()) % WEEKDAYS.len()
}

/// The pieces of `field`, as 2026年5月8日 星期五 09:30:05.
fn append(field: TimeField, set: &impl Fn(&str) -> Ink, pieces: &mut Vec<Piece>) {
    let fixed = |text: &str| Piece::Fixed(set(text));
    match field {
        TimeField::Date => pieces.extend([
            Piece::Number(Number::Year, 1),
            fixed("年"),
            Piece::Number(Number::Month, 1),
            fixed("月"),
            Piece::Number(Number::Day, 1),
            fixed("日"),
        ]),
        TimeField::Weekday => pieces.push(Piece::Weekday),
        TimeField::Minute => pieces.extend([
            Piece::Number(Number::Hour, 2),
            fixed(":"),
            Piece::Number(Number::Minute, 2),
        ]),
        TimeField::Time => {
            append(TimeField::Minute, set, pieces);
            pieces.extend([fixed(":"), Piece::Number(Number::Second, 2)]);
        }
        TimeField::Day => {
            append(TimeField::Date, set, pieces);
            pieces.push(fixed(" "));
            pieces.push(Piece::Weekday);
        }
        TimeField::DateTime => {
            append(TimeField::Day, set, pieces);
            pieces.push(fixed(" "));
            append(TimeField::Time, set, pieces);
        }
    }
}
