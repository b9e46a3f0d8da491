//! What can be wrong with a line of 肃静.txt or 加开.txt.

use std::ops::Range;

use jiff::civil::Date;
use thiserror::Error;

use super::{super::LONGEST, MOST, time::LONGEST_SILENCE};
use crate::{
    calendar::{TimeOfDay, WEEKDAY_NAMES, weekday_place},
    diagnostic::{Bilingual, Explain, Severity},
    document::kind::DateFault,
};

/// A fault and the bytes of the file that it concerns.
pub(super) type Told = Box<(Range<usize>, ListFault)>;

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum ListFault {
    #[error("there is nothing in the file yet")]
    Empty,
    #[error("the file has no date, so nothing of it counts")]
    NoDate,
    #[error("the line does not begin with a date")]
    NoDateFirst,
    #[error("\"{0}\" has no year")]
    NoYear(String),
    #[error("no date: {0}")]
    NotADate(String),
    #[error("{0}")]
    Date(DateFault),
    #[error("{date} is a {:?}, not {said}", date.weekday())]
    OtherWeekday { date: Date, said: String },
    #[error("{last} lies before {first}")]
    DaysBackwards { first: Date, last: Date },
    #[error("{0} days in one entry; at most {LONGEST}")]
    TooManyDays(i64),
    #[error("no times: {0}")]
    NotATime(String),
    #[error("\"{0}\" has a beginning but no end")]
    NoEnd(String),
    #[error("both are the same time")]
    SameTime,
    #[error("from {start} to {end}: the end does not come after the beginning")]
    TimesBackwards { start: TimeOfDay, end: TimeOfDay },
    #[error("a silence of {0} minutes; at most {LONGEST_SILENCE}, for the screens are dark in it")]
    LongSilence(u32),
    #[error("times stand behind the name, where they would not be seen")]
    TimeInName,
    #[error("a name of {0} characters; at most 40")]
    LongName(usize),
    #[error("more than {MOST} entries")]
    TooMany,
}

impl ListFault {
    /// Whether the file counts all the same.
    pub(super) const fn is_slight(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

impl Explain for ListFault {
    fn chinese(&self) -> String {
        match self {
            Self::Empty => "文件还是空的".into(),
            Self::NoDate => "没有写日期，不生效".into(),
            Self::NoDateFirst => "这一行不是以日期开头".into(),
            Self::NoYear(written) => format!("“{written}”没有写年份"),
            Self::NotADate(written) => format!("不是日期：{written}"),
            Self::Date(fault) => fault.chinese(),
            Self::OtherWeekday { date, said } => format!(
                "{date} 是{}，不是{said}",
                WEEKDAY_NAMES[weekday_place(date.weekday())].0
            ),
            Self::DaysBackwards { first, last } => format!("{last} 早于 {first}"),
            Self::TooManyDays(days) => format!("一条写了 {days} 天，最多 {LONGEST} 天"),
            Self::NotATime(written) => format!("不是起止时刻：{written}"),
            Self::NoEnd(written) => format!("“{written}”只有开始，没有结束"),
            Self::SameTime => "起止是同一时刻".into(),
            Self::TimesBackwards { start, end } => format!("从 {start} 到 {end}：结束不晚于开始"),
            Self::LongSilence(minutes) => {
                format!("默哀 {minutes} 分钟，最长 {LONGEST_SILENCE} 分钟：默哀时段熄屏")
            }
            Self::TimeInName => "时刻写在名称之后，无法识别".into(),
            Self::LongName(length) => format!("名称有 {length} 个字，最多 40 个字"),
            Self::TooMany => format!("超过 {MOST} 条"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Empty => Bilingual::new(
                "每行写一条，如：2026年5月15日 10:00-10:03 全国哀悼日；不用时可删去此文件",
                "write one entry a line, such as 2026-05-15 10:00-10:03 全国哀悼日; or remove the file",
            ),
            Self::NoDate | Self::NoDateFirst | Self::TimeInName => Bilingual::new(
                "每行按“日期 时刻 名称”写，如：2026年5月15日 10:00-10:03 全国哀悼日；说明文字前加 #",
                "write date, times, name, such as 2026-05-15 10:00-10:03 全国哀悼日; begin remarks with #",
            ),
            Self::NoYear(_) => Bilingual::new("补上年份，如 2026年5月15日", "add the year, such as 2026-05-15"),
            Self::NotADate(_) | Self::Date(_) => {
                Bilingual::new("写成 2026年5月15日 或 2026-05-15", "write a date such as 2026-05-15")
            }
            Self::OtherWeekday { .. } => Bilingual::new(
                "核对日期；星期可以不写",
                "see which of the two is meant; the weekday may be left out",
            ),
            Self::DaysBackwards { .. } => Bilingual::new("对调两个日期", "exchange the two dates"),
            Self::TooManyDays(_) => Bilingual::new(
                "核对起止日期；确需更长时分几行写",
                "compare the two dates; write several lines where it is meant",
            ),
            Self::NotATime(_) => Bilingual::new(
                "写成 10:00-10:03；名称不要以数字开头",
                "write 10:00-10:03; a name does not begin with a digit",
            ),
            Self::NoEnd(_) => Bilingual::new(
                "写明起止，如 10:00-10:03，或 2026年5月1日至3日",
                "write both ends, as in 10:00-10:03 or 2026-05-01~05-03",
            ),
            Self::SameTime => Bilingual::new("改正其中一个", "correct one of them"),
            Self::TimesBackwards { .. } => Bilingual::new(
                "核对起止；过了零点的写“次日”，如 22:00-次日1:00",
                "compare the two; past midnight write 次日 before the end, as in 22:00-次日1:00",
            ),
            Self::LongSilence(_) => Bilingual::new(
                "全天肃静不必写时刻，只写日期即可；确需更长时间熄屏的，请系统管理员写入 calendar 文件夹",
                "a solemn day needs no times: write its date alone; a longer dark is written under calendar/",
            ),
            Self::LongName(_) => Bilingual::new("缩短名称", "shorten the name"),
            Self::TooMany => Bilingual::new("删去过期的各行", "remove the lines that are over"),
        }
    }

    fn severity(&self) -> Severity {
        if self.is_slight() {
            Severity::Warning
        } else {
            Severity::Error
        }
    }
}
