//! A time of day as a wall clock shows it, with 24:00 as the end of the day.

use std::fmt;

/// Seconds since 00:00, 0 to 86,400; the last is 24:00, the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u32);

impl TimeOfDay {
    /// 00:00, the beginning of the day.
    pub const MIDNIGHT: Self = Self(0);
    /// 24:00, the end of the day.
    pub const DAY_END: Self = Self(86_400);

    /// The time `seconds` after 00:00 on the clock; `None` beyond 24:00.
    pub const fn new(seconds: u32) -> Option<Self> {
        if seconds <= Self::DAY_END.0 {
            Some(Self(seconds))
        } else {
            None
        }
    }

    /// Seconds since 00:00 on the clock, 0 to 86,400.
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    /// `08:00`, and `08:00:30` where there are seconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        write!(f, "{hours:02}:{minutes:02}")?;
        if seconds == 0 {
            Ok(())
        } else {
            write!(f, ":{seconds:02}")
        }
    }
}
