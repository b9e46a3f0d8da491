//! Latin, Greek and Cyrillic letters: on a line of their own in the cell, each as wide as it is.

use super::{
    cut::Cut,
    form::Drawn,
    outline::{FINE, Ink, Outlines, clearest, near},
};

/// Hundredths by which a letter is made wider or narrower, so that its strokes fall on whole dots.
const STRETCHES: [i32; 5] = [100, 98, 102, 96, 104];

/// How the letters of a font are cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters<'a> {
    cut: &'a Cut,
    /// Thousandths of the em that capitals and small letters rise above their line.
    capital: i32,
    small: i32,
}

impl<'a> Letters<'a> {
    pub(super) fn of(outlines: &Outlines, cut: &'a Cut) -> Self {
        Self {
            cut,
            capital: outlines.capital,
            small: outlines.small,
        }
    }

    /// A letter as wide as its height makes it; a digit on half a cell, so that figures stand below each other.
    pub(super) fn proportional(self, character: char, ink: &Ink) -> Drawn {
        let width = if character.is_ascii_digit() {
            self.cut.dots / 2
        } else {
            let width = (ink.advance * i32::from(self.cut.capital) + self.capital / 2) / self.capital;
            width.clamp(1, 255) as u8
        };
        self.letter(ink, width)
    }

    /// A letter `width` dots wide, standing on the line of letters.
    pub(super) fn letter(self, ink: &Ink, width: u8) -> Drawn {
        let y = self.rows(ink);
        let holds = |x: &[i32]| x[0] <= ink.columns().0 + 2 && ink.columns().1 - 2 <= x[x.len() - 1];
        let tries = STRETCHES
            .into_iter()
            .flat_map(|stretch| near().map(move |dx| (stretch, dx)));
        let places = tries.map(|(stretch, dx)| (self.columns(ink, width, stretch, dx), y.clone()));
        let mut places = places.filter(|(x, _)| holds(x)).peekable();
        let (x, y) = match places.peek() {
            Some(_) => clearest(places, ink, self.cut.cover),
            None => (pressed(ink.columns(), width), y),
        };
        ink.lay(&x, &y, self.cut.cover)
    }

    /// The fine columns between which a letter's dots lie: as wide as it is high, or narrower where its width is less than natural.
    fn columns(self, ink: &Ink, width: u8, stretch: i32, dx: i32) -> Vec<i32> {
        let em = i32::from(self.cut.dots) * FINE;
        // Fine columns of a hundred dots.
        let natural = 100 * em * self.capital / (1000 * i32::from(self.cut.capital));
        let narrow = 100 * em * ink.advance / (1000 * i32::from(width));
        let pitch = if narrow > natural + natural / 50 {
            narrow
        } else {
            natural
        };
        let middle = em * ink.advance / 2000 + dx;
        let from = |dot: i32| (2 * dot - i32::from(width)) * pitch / (2 * stretch);
        (0..=i32::from(width)).map(|dot| middle + from(dot)).collect()
    }

    /// The fine rows between which a letter's dots lie: capitals and small letters on their heights, and what would hang out of the cell
    /// pressed into it.
    fn rows(self, ink: &Ink) -> Vec<i32> {
        let em = i32::from(self.cut.dots) * FINE;
        let (small, capital) = (i32::from(self.cut.small), i32::from(self.cut.capital));
        let above = |height: i32| {
            let thousandths = if height <= small {
                self.small * height / small
            } else if height <= capital {
                self.small + (self.capital - self.small) * (height - small) / (capital - small)
            } else {
                self.capital * height / capital
            };
            em * thousandths / 1000
        };
        let (rise, fall) = (
            i32::from(self.cut.baseline),
            i32::from(self.cut.dots - self.cut.baseline),
        );
        let (first, last) = ink.rows();
        let (tallest, natural) = (above(rise), em * self.capital * fall / (1000 * capital));
        (0..=i32::from(self.cut.dots))
            .map(|row| match rise - row {
                height if height >= 0 => -above(height) * (-first).max(tallest) / tallest,
                depth => -depth * last.max(natural) / fall,
            })
            .collect()
    }
}

/// Lines that press the columns between `first` and `last` into `width` dots.
fn pressed((first, last): (i32, i32), width: u8) -> Vec<i32> {
    (0..=i32::from(width))
        .map(|dot| first + (last - first) * dot / i32::from(width))
        .collect()
}
