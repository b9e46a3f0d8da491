//! Texts that change with the clock: every piece is set in type beforehand, and painting only chooses among them.
//!
//! They are spaced as they would be were they to stand still: what lies between two pieces is taken from the whole text, set once with
//! other digits. Digits all take the same room, so that nothing moves when one changes.

use std::{borrow::Cow, sync::Arc};

use embedded_graphics::pixelcolor::Rgb888;
use jiff::civil::{Date, DateTime};

use super::{
    boxes::Block,
    content::Content,
    field::{Field, TimeField},
    ink::Ink,
    sample::Sample,
    window::Window,
};
use crate::{
    calendar::{WEEKDAY_NAMES, weekday_place},
    frame::Frame,
    item::Counter,
    text::{Align, Compositor, Type},
    units::Area,
};

/// The largest number that is told: four digits.
const MOST: i64 = 9999;

/// What a text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// The time.
    Time(TimeField),
    /// The civil days until a date, 0 on the day itself.
    DaysUntil(Date),
    /// The civil days since a date, which itself is day 1.
    DaysSince(Date),
}

/// Which of the numbers of an instant.
#[derive(Clone, Copy, Debug)]
enum Number {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    DaysUntil(Date),
    DaysSince(Date),
}

#[derive(Clone, Debug)]
enum Piece {
    /// What never changes, with the space after it.
    Fixed(Ink),
    /// A number with at least so many digits.
    Number(Number, u32),
    Weekday,
    /// A narrow space after a number.
    Space(u32),
}

/// A piece that is not set yet.
#[derive(Clone, Debug)]
enum Part {
    Fixed(Arc<str>),
    Number(Number, u32),
    Weekday,
}

/// A text that changes with the clock, set in one line. While its number is none that can be told, nothing of it is seen: a day that is
/// past, a count that has not begun or that has more than four digits.
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

impl Telling {
    /// What a box of `field` tells of `content` by the clock; `None` where the field is not live, or where there is nothing to count.
    pub(super) fn of(field: Field, content: &Content) -> Option<Self> {
        match (field, content.counter) {
            (Field::Time(field), _) => Some(Self::Time(field)),
            (Field::DaysLeft, Some(Counter::Countdown(instant))) => Some(Self::DaysUntil(instant.date())),
            (Field::DayNumber, Some(Counter::Days(first))) => Some(Self::DaysSince(first)),
            _ => None,
        }
    }

    /// What is told at `civil` between what `block` has before and after it; `None` while its number is none that can be told.
    pub(super) fn said(self, block: &Block, civil: DateTime) -> Option<String> {
        let mut said = String::new();
        for part in parts(self, block) {
            match part {
                Part::Fixed(text) => said.push_str(&text),
                Part::Weekday => said.push_str(WEEKDAY_NAMES[weekday_place(civil.weekday())].0),
                Part::Number(number, least) => {
                    let (number, width) = (number.of(civil)?, least as usize);
                    said.push_str(&format!("{number:0width$}"));
                }
            }
        }
        Some(said)
    }

    /// What is told instead where there is no room.
    pub(super) fn shorter(self) -> Option<Self> {
        match self {
            Self::Time(field) => field.shorter().map(Self::Time),
            Self::DaysUntil(_) | Self::DaysSince(_) => None,
        }
    }
}

impl LiveText {
    /// `telling` between what `block` has before and after it, in type of `dots` and `colour`, its line at `y` of the zone in the columns
    /// of `area`. What is set smaller stands on the same ground as the digits.
    pub(super) fn new(
        compositor: &Compositor,
        telling: Telling,
        block: &Block,
        dots: u16,
        colour: Rgb888,
        area: Area,
        y: u32,
    ) -> Self {
        let style = block.style(dots);
        let set = |text: &str| Ink::new(&compositor.mask(&compositor.line(text, style.kind), style.kind), colour);
        let digits: [Ink; 10] = std::array::from_fn(|digit| set(&digit.to_string()));
        let parts = parts(telling, block);
        let sample = |kind: Type| Sample::new(compositor, kind, parts.iter().map(Part::sample));
        let whole = sample(style.kind);
        let beside = block.beside.filter(|beside| *beside < dots);
        let beside = beside.map(|beside| sample(block.style(beside).kind));
        let ground = digits.iter().map(Ink::bottom).max().unwrap_or(0);
        let mut pieces = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            // What is before and after is set at its own size, with the space between it and its neighbour.
            let outer = |at: usize| at == 0 || at + 1 == parts.len();
            let of = |at: usize| beside.as_ref().filter(|_| outer(at)).unwrap_or(&whole);
            match part {
                Part::Fixed(_) if outer(at) && beside.is_some() => {
                    let ink = of(at).ink(at, colour);
                    let down = ground.saturating_sub(ink.bottom());
                    pieces.push(Piece::Fixed(ink.lowered(down)));
                }
                Part::Fixed(_) => pieces.push(Piece::Fixed(whole.ink(at, colour))),
                Part::Weekday => pieces.push(Piece::Weekday),
                Part::Number(number, least) => {
                    pieces.push(Piece::Number(*number, *least));
                    pieces.push(Piece::Space(of(at + 1).space(at)));
                }
            }
        }
        Self {
            pieces,
            digits,
            weekdays: WEEKDAY_NAMES.map(|(zh, _)| set(zh)),
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
            Piece::Number(Number::Year | Number::DaysUntil(_) | Number::DaysSince(_), _) => 4 * digit,
            Piece::Number(..) => 2 * digit,
            Piece::Weekday => weekday,
            Piece::Space(space) => *space,
        };
        self.pieces.iter().map(width).sum()
    }

    /// The box that it stays in, in the zone.
    pub(super) const fn area(&self) -> Area {
        self.area
    }

    /// Seconds, counted from 00:00, after which it may say something else; `None` where that is not before the next day.
    pub(super) fn every(&self) -> Option<u32> {
        let every = |piece: &Piece| match piece {
            Piece::Number(Number::Second, _) => Some(1),
            Piece::Number(Number::Minute | Number::Hour, _) => Some(60),
            Piece::Number(..) | Piece::Fixed(_) | Piece::Weekday | Piece::Space(_) => None,
        };
        self.pieces.iter().filter_map(every).min()
    }

    /// Paints the text as it is at `civil` on the scene in `window` of `frame`. Allocates nothing.
    pub(super) fn paint(&self, civil: DateTime, frame: &mut Frame, window: Window) {
        if self.is_silent(civil) {
            return;
        }
        let mut width = 0;
        self.each(civil, |_, advance| width += advance);
        let slack = i64::from(self.area.width) - i64::from(width);
        let indent = match self.align {
            Align::Left | Align::Both => 0,
            Align::Centre => slack.max(0) / 2,
            Align::Right => slack.max(0),
        };
        let mut x = window.x + i64::from(self.area.x) + indent;
        let y = window.y + i64::from(self.y);
        self.each(civil, |ink, advance| {
            if let Some(ink) = ink {
                ink.paint(frame, window.clip, x, y);
            }
            x += i64::from(advance);
        });
    }

    /// Whether a number of it cannot be told.
    fn is_silent(&self, civil: DateTime) -> bool {
        let silent = |piece: &Piece| matches!(piece, Piece::Number(number, _) if number.of(civil).is_none());
        self.pieces.iter().any(silent)
    }

    /// What is seen at `civil`, from left to right: what is inked, and the LEDs that it takes.
    fn each<'a>(&'a self, civil: DateTime, mut visit: impl FnMut(Option<&'a Ink>, u32)) {
        for piece in &self.pieces {
            let mut show = |ink: &'a Ink| visit(Some(ink), ink.width());
            match piece {
                Piece::Fixed(ink) => show(ink),
                Piece::Number(number, least) => {
                    self.digits_of(number.of(civil).unwrap_or_default(), *least, &mut show);
                }
                Piece::Weekday => show(&self.weekdays[weekday_place(civil.weekday())]),
                Piece::Space(space) => visit(None, *space),
            }
        }
    }

    /// The digits of `number`, highest first, at least `least` of them.
    fn digits_of<'a>(&'a self, number: u32, least: u32, show: &mut impl FnMut(&'a Ink)) {
        for place in (0..4).rev() {
            let shifted = number / 10_u32.pow(place);
            if shifted > 0 || place < least {
                show(&self.digits[shifted as usize % 10]);
            }
        }
    }
}

impl Part {
    /// What it may come to.
    fn sample(&self) -> Cow<'_, str> {
        match self {
            Self::Fixed(fixed) => Cow::Borrowed(fixed),
            Self::Number(_, least) => "0".repeat(*least as usize).into(),
            Self::Weekday => WEEKDAY_NAMES[0].0.into(),
        }
    }
}

impl Number {
    fn of(self, civil: DateTime) -> Option<u32> {
        let number = match self {
            Self::Year => civil.year().into(),
            Self::Month => civil.month().into(),
            Self::Day => civil.day().into(),
            Self::Hour => civil.hour().into(),
            Self::Minute => civil.minute().into(),
            Self::Second => civil.second().into(),
            Self::DaysUntil(date) => days(civil.date(), date),
            // Day one is no day 0, and nothing comes before it.
            Self::DaysSince(date) => Some(days(date, civil.date())).filter(|passed| *passed >= 0)? + 1,
        };
        u32::try_from(number).ok().filter(|number| i64::from(*number) <= MOST)
    }
}

/// The civil days from one date to another; negative backwards.
fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// What `telling` is made of: between what `block` has before and after it, which come first and last even where they are empty.
fn parts(telling: Telling, block: &Block) -> Vec<Part> {
    let mut parts = vec![Part::Fixed(Arc::clone(&block.before))];
    match telling {
        Telling::Time(field) => append(field, &mut parts),
        Telling::DaysUntil(date) => parts.push(Part::Number(Number::DaysUntil(date), 1)),
        Telling::DaysSince(date) => parts.push(Part::Number(Number::DaysSince(date), 1)),
    }
    parts.push(Part::Fixed(Arc::clone(&block.after)));
    parts
}

/// The parts of `field`, as 2026年5月8日 星期五 09:30:05.
fn append(field: TimeField, parts: &mut Vec<Part>) {
    let fixed = |text: &str| Part::Fixed(text.into());
    match field {
        TimeField::Date => parts.extend([
            Part::Number(Number::Year, 1),
            fixed("年"),
            Part::Number(Number::Month, 1),
            fixed("月"),
            Part::Number(Number::Day, 1),
            fixed("日"),
        ]),
        TimeField::Weekday => parts.push(Part::Weekday),
        TimeField::Minute => parts.extend([
            Part::Number(Number::Hour, 2),
            fixed(":"),
            Part::Number(Number::Minute, 2),
        ]),
        TimeField::Time => {
            append(TimeField::Minute, parts);
            parts.extend([fixed(":"), Part::Number(Number::Second, 2)]);
        }
        TimeField::Day => {
            append(TimeField::Date, parts);
            parts.extend([fixed(" "), Part::Weekday]);
        }
        TimeField::DateTime => {
            append(TimeField::Day, parts);
            parts.push(fixed(" "));
            append(TimeField::Time, parts);
        }
    }
}
