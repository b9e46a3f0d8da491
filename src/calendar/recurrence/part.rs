//! The parts of a rule by name, and which frequencies they suit.

use std::fmt;

use super::rule::Frequency;

/// One part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Freq,
    Interval,
    Count,
    Until,
    Wkst,
    ByMonth,
    ByWeekNo,
    ByYearDay,
    ByMonthDay,
    ByDay,
    BySetPos,
}

impl Part {
    /// All of them.
    pub(super) const ALL: [Self; 11] = [
        Self::Freq,
        Self::Interval,
        Self::Count,
        Self::Until,
        Self::Wkst,
        Self::ByMonth,
        Self::ByWeekNo,
        Self::ByYearDay,
        Self::ByMonthDay,
        Self::ByDay,
        Self::BySetPos,
    ];

    /// Those that name days or sets of them.
    pub(super) const BY: [Self; 5] = [
        Self::ByMonth,
        Self::ByWeekNo,
        Self::ByYearDay,
        Self::ByMonthDay,
        Self::ByDay,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Freq => "FREQ",
            Self::Interval => "INTERVAL",
            Self::Count => "COUNT",
            Self::Until => "UNTIL",
            Self::Wkst => "WKST",
            Self::ByMonth => "BYMONTH",
            Self::ByWeekNo => "BYWEEKNO",
            Self::ByYearDay => "BYYEARDAY",
            Self::ByMonthDay => "BYMONTHDAY",
            Self::ByDay => "BYDAY",
            Self::BySetPos => "BYSETPOS",
        }
    }

    /// Whether it may stand beside `frequency`: the cells of the RFC's table that are not "N/A".
    pub(super) fn suits(self, frequency: Frequency) -> bool {
        match self {
            Self::ByWeekNo | Self::ByYearDay => frequency == Frequency::Yearly,
            Self::ByMonthDay => frequency != Frequency::Weekly,
            _ => true,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
