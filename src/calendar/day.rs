//! What a civil day is to an office: a working day, a weekend, a holiday.

/// What a civil day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayClass {
    /// 工作日: Monday to Friday and make-up days, but no holiday.
    Workday,
    /// 周末: Saturday or Sunday that is neither a holiday nor a make-up day.
    Weekend,
    /// 节假日: a day off that a notice or the office itself names, whatever its weekday.
    Holiday,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayClasses(u8);

impl DayClasses {
    /// All of them: any day.
    pub const ALL: Self = Self(0b111);
    /// None at all.
    pub const NONE: Self = Self(0);
    /// 休息日: all but working days.
    pub const OFF: Self = Self::NONE.with(DayClass::Weekend).with(DayClass::Holiday);

    /// The set of one class.
    pub const fn only(class: DayClass) -> Self {
        Self::NONE.with(class)
    }

    /// This set and `class`.
    #[must_use]
    pub const fn with(self, class: DayClass) -> Self {
        Self(self.0 | Self::bit(class))
    }

    /// The days of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `class` is one of them.
    pub const fn contains(self, class: DayClass) -> bool {
        self.0 & Self::bit(class) != 0
    }

    const fn bit(class: DayClass) -> u8 {
        match class {
            DayClass::Workday => 1,
            DayClass::Weekend => 2,
            DayClass::Holiday => 4,
        }
    }
}
