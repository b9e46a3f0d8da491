//! The screen's time: ticks of its rate, counted from the Unix epoch.
//!
//! Tick `k` stands `k / rate` seconds after 1970-01-01T00:00:00Z. A screen changes at ticks only, so everything that decides a
//! pixel is counted in them: integers, equal on every machine, the same for two screens of one rate. POSIX time; no leap
//! seconds.

use std::{
    fmt,
    iter::Sum,
    num::NonZeroU16,
    ops::{Add, AddAssign, Sub},
};

use jiff::{SignedDuration, Timestamp};

const NANOSECONDS: i128 = 1_000_000_000;

/// Ticks a second, 1 to 240.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate(NonZeroU16);

impl Rate {
    /// The highest rate that a screen may have.
    pub const LIMIT: u16 = 240;

    /// A rate of `hertz` ticks a second; `None` for 0 and above [`Rate::LIMIT`].
    pub const fn new(hertz: u16) -> Option<Self> {
        match NonZeroU16::new(hertz) {
            Some(hertz) if hertz.get() <= Self::LIMIT => Some(Self(hertz)),
            _ => None,
        }
    }

    /// Ticks a second.
    pub const fn hertz(self) -> u16 {
        self.0.get()
    }

    /// The last tick at or before `instant`.
    pub fn tick_at(self, instant: Timestamp) -> Tick {
        Tick(narrow((instant.as_nanosecond() * self.wide()).div_euclid(NANOSECONDS)))
    }

    /// The first tick at or after `instant`.
    pub fn tick_from(self, instant: Timestamp) -> Tick {
        Tick(narrow(
            -(-instant.as_nanosecond() * self.wide()).div_euclid(NANOSECONDS),
        ))
    }

    /// The first nanosecond at which `tick` has come, so that `tick_at(timestamp(k)) == k`.
    ///
    /// Ticks outside the years that a timestamp can hold come out as its nearest end.
    pub fn timestamp(self, tick: Tick) -> Timestamp {
        let nanoseconds = -(-i128::from(tick.0) * NANOSECONDS).div_euclid(self.wide());
        Timestamp::from_nanosecond(nanoseconds).unwrap_or(if tick.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    /// How many ticks it takes until `duration` is over: rounded up, at least one.
    pub fn ticks(self, duration: SignedDuration) -> Ticks {
        let ticks = -(-duration.as_nanos() * self.wide()).div_euclid(NANOSECONDS);
        Ticks(narrow(ticks).max(1))
    }

    /// The length of `ticks` in time, rounded down to the nanosecond.
    pub fn duration(self, ticks: Ticks) -> SignedDuration {
        let nanoseconds = (i128::from(ticks.0) * NANOSECONDS).div_euclid(self.wide());
        SignedDuration::from_nanos(narrow(nanoseconds))
    }

    fn wide(self) -> i128 {
        i128::from(self.0.get())
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} Hz", self.0)
    }
}

/// Timestamps end in the year 9999 and rates at 240, so no tick comes near the ends of an `i64`; saturating says so.
fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// One tick of a screen: its number since the Unix epoch at that screen's rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tick(pub i64);

impl Tick {
    /// The ticks from `earlier` to here; negative where `earlier` is later.
    pub const fn since(self, earlier: Self) -> Ticks {
        Ticks(self.0.saturating_sub(earlier.0))
    }

    /// The tick after this one.
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl Add<Ticks> for Tick {
    type Output = Self;

    fn add(self, ticks: Ticks) -> Self {
        Self(self.0.saturating_add(ticks.0))
    }
}

impl Sub<Ticks> for Tick {
    type Output = Self;

    fn sub(self, ticks: Ticks) -> Self {
        Self(self.0.saturating_sub(ticks.0))
    }
}

/// A length of time in ticks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticks(pub i64);

impl Ticks {
    /// No time at all.
    pub const ZERO: Self = Self(0);
}

impl Add for Ticks {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Ticks {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Ticks {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Ticks {
    fn sum<I: Iterator<Item = Self>>(ticks: I) -> Self {
        ticks.fold(Self::ZERO, Add::add)
    }
}
