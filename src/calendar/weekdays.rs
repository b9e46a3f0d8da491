//! A set of weekdays.

use jiff::civil::Weekday;

/// A set of weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// All seven.
    pub const ALL: Self = Self(0b111_1111);
    /// None at all.
    pub const NONE: Self = Self(0);

    /// This set and `weekday`.
    #[must_use]
    pub const fn with(self, weekday: Weekday) -> Self {
        Self(self.0 | Self::bit(weekday))
    }

    /// Whether `weekday` is one of them.
    pub const fn contains(self, weekday: Weekday) -> bool {
        self.0 & Self::bit(weekday) != 0
    }

    /// Monday is the lowest bit.
    const fn bit(weekday: Weekday) -> u8 {
        1 << (weekday as u8 - Weekday::Monday as u8)
    }
}

/// The days of the week from Monday on, in Chinese and in English.
pub const WEEKDAY_NAMES: [(&str, &str); 7] = [
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("星期日", "Sunday"),
];

/// The place of a day among [`WEEKDAY_NAMES`].
pub fn weekday_place(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs()) % WEEKDAY_NAMES.len()
}

/// The day that `sign` names behind 星期, 礼拜 or 周: 一 to 六, 日 or 天.
pub fn weekday_of(sign: char) -> Option<Weekday> {
    let sign = if sign == '天' { '日' } else { sign };
    let place = WEEKDAY_NAMES.iter().position(|(zh, _)| zh.ends_with(sign))?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}
