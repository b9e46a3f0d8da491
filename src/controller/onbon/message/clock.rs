//! The date and time of a card.

use jiff::civil::DateTime;

/// A date and a time as a card keeps them: digits, which need be no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 1 on Monday to 7 on Sunday.
    pub week: u8,
}

impl Clock {
    /// The clock at `civil`.
    pub fn at(civil: DateTime) -> Self {
        let small = |value: i8| value.unsigned_abs();
        Self {
            year: civil.year().unsigned_abs(),
            month: small(civil.month()),
            day: small(civil.day()),
            hour: small(civil.hour()),
            minute: small(civil.minute()),
            second: small(civil.second()),
            week: small(civil.weekday().to_monday_one_offset()),
        }
    }

    /// The instant that it shows, if there is such a date and time. Its day of the week is not looked at.
    pub fn civil(&self) -> Option<DateTime> {
        let small = |value: u8| i8::try_from(value).ok();
        DateTime::new(
            i16::try_from(self.year).ok()?,
            small(self.month)?,
            small(self.day)?,
            small(self.hour)?,
            small(self.minute)?,
            small(self.second)?,
            0,
        )
        .ok()
    }
}
