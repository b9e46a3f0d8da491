//! How fast text runs: what a person asks for, and what LEDs can do.
//!
//! A reader counts characters a second; a picture moves by whole LEDs at whole ticks, or its strokes would flicker. A [`Pace`] is the
//! former, a [`Speed`] the latter, and [`Motion::speed`] the only way from one to the other.

use std::num::NonZeroU16;

use super::{Rate, Ticks};

/// Characters a second that run past a reader: 1.5 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pace(u16);

impl Pace {
    /// The slowest, in hundredths of a character a second.
    pub const LEAST: u16 = 150;
    /// The fastest, in hundredths of a character a second: what is faster is not read.
    pub const MOST: u16 = 500;

    /// A pace of `hundredths` of a character a second; `None` outside of its range.
    pub const fn new(hundredths: u16) -> Option<Self> {
        match hundredths {
            Self::LEAST..=Self::MOST => Some(Self(hundredths)),
            _ => None,
        }
    }

    /// In hundredths of a character a second.
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

impl Default for Pace {
    /// Three characters a second.
    fn default() -> Self {
        Self(300)
    }
}

/// Whole LEDs at whole ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Speed {
    leds: NonZeroU16,
    ticks: NonZeroU16,
}

impl Speed {
    /// `leds` LEDs every `ticks` ticks; `None` where one of them is 0.
    pub const fn new(leds: u16, ticks: u16) -> Option<Self> {
        match (NonZeroU16::new(leds), NonZeroU16::new(ticks)) {
            (Some(leds), Some(ticks)) => Some(Self { leds, ticks }),
            _ => None,
        }
    }

    /// LEDs of one step.
    pub fn step(self) -> u32 {
        self.leds.get().into()
    }

    /// Ticks from one step to the next.
    pub fn period(self) -> u32 {
        self.ticks.get().into()
    }

    /// LEDs that have gone by after `elapsed` ticks; negative before.
    pub fn run(self, elapsed: Ticks) -> i128 {
        i128::from(elapsed.0.div_euclid(self.period().into())) * i128::from(self.step())
    }

    /// Ticks after which `leds` LEDs have gone by: the last step may be a whole one where less is left.
    pub fn ticks(self, leds: u32) -> Ticks {
        Ticks(i64::from(leds.div_ceil(self.step())) * i64::from(self.period()))
    }
}

/// How fast text runs, as it is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Motion {
    /// Characters a second, whatever their size.
    Pace(Pace),
    /// LEDs a tick.
    Leds(NonZeroU16),
}

impl Motion {
    /// The speed of type of `dots` on a screen of `rate`.
    ///
    /// A pace becomes the nearest of so many LEDs a tick and one LED every so many ticks, the slower one of two that are equally near,
    /// and never one above [`Pace::MOST`].
    pub fn speed(self, dots: u16, rate: Rate) -> Speed {
        match self {
            Self::Pace(pace) => nearest(pace, dots, rate),
            Self::Leds(leds) => Speed {
                leds,
                ticks: NonZeroU16::MIN,
            },
        }
    }
}

impl Default for Motion {
    fn default() -> Self {
        Self::Pace(Pace::default())
    }
}

fn nearest(pace: Pace, dots: u16, rate: Rate) -> Speed {
    // In hundredths of LEDs a second: what is wanted, the most, and one LED a tick.
    let leds = |hundredths: u16| u64::from(hundredths) * u64::from(dots.max(1));
    let (wanted, most, unit) = (leds(pace.0), leds(Pace::MOST), 100 * u64::from(rate.hertz()));
    let (faster, slower) = if wanted >= unit {
        ((wanted / unit + 1, 1), (wanted / unit, 1))
    } else {
        ((1, unit / wanted), (1, unit / wanted + 1))
    };
    // Both are compared as fractions with the product of their ticks below.
    let times = |(leds, _): (u64, u64), (_, other): (u64, u64)| leds * unit * other;
    let below = faster.1 * slower.1;
    let (fast, slow, wanted) = (times(faster, slower), times(slower, faster), wanted * below);
    let takes_faster = fast - wanted < wanted - slow && fast <= most * below;
    let (leds, ticks) = if takes_faster { faster } else { slower };
    let narrow = |count: u64| u16::try_from(count).ok().and_then(NonZeroU16::new);
    Speed {
        leds: narrow(leds).unwrap_or(NonZeroU16::MAX),
        ticks: narrow(ticks).unwrap_or(NonZeroU16::MAX),
    }
}
