//! What can be wrong with a calendar file whose keys are each in order.

use jiff::civil::Date;
use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

use super::LONGEST;

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum AlmanacFault {
    #[error("statutory holidays without \"{0}\": a year enters only with the number of its notice")]
    NoNotice(&'static str),
    #[error("{date} is not in {year}, nor in December of the year before")]
    WrongYear { date: Date, year: i16 },
    #[error("the file is called after {named}, but \"year\" says {year}")]
    NamedOtherwise { named: i16, year: i16 },
    #[error("\"until\" lies before \"from\"")]
    EndsBeforeItBegins,
    #[error("{0} days off in one run; at most {LONGEST}")]
    TooLong(i64),
    #[error("{0} is said to be off and to be a working day")]
    BothOffAndWork(Date),
    #[error("{0} is already said to be {said}", said = if *.1 { "off" } else { "a working day" })]
    SaidOtherwise(Date, bool),
    #[error("the season \"{0}\" is written twice")]
    SeasonTwice(String),
    #[error("\"start\" and \"end\" are the same time")]
    SameTime,
    #[error("\"start\" and \"end\" go together; one of them is missing")]
    HalfHours,
}

impl Explain for AlmanacFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoNotice(key) => format!("写了法定节假日，却没有“{key}”：须有通知文号，该年安排才生效"),
            Self::WrongYear { date, year } => format!("{date} 不在 {year} 年，也不在上一年的 12 月"),
            Self::NamedOtherwise { named, year } => format!("文件名写的是 {named} 年，“年份”却是 {year} 年"),
            Self::EndsBeforeItBegins => "“止”早于“起”".into(),
            Self::TooLong(days) => format!("一次放假 {days} 天，最多 {LONGEST} 天"),
            Self::BothOffAndWork(date) => format!("{date} 既写放假又写上班"),
            Self::SaidOtherwise(date, off) => {
                format!("{date} 前面已写为{}", if *off { "放假" } else { "上班" })
            }
            Self::SeasonTwice(name) => format!("季节“{name}”写了两次"),
            Self::SameTime => "“开始”与“结束”是同一时刻".into(),
            Self::HalfHours => "“开始”与“结束”须同写，现缺其一".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoNotice(_) => Bilingual::new(
                "写上 year = 年份 和 notice = \"国办发明电〔……〕…号\"；尚无通知时不要预填",
                "write year = … and notice = \"…\"; leave the file out until the notice is published",
            ),
            Self::WrongYear { .. } => Bilingual::new(
                "改正日期；别的年份另建文件",
                "correct the date; another year needs a file of its own",
            ),
            Self::NamedOtherwise { .. } => Bilingual::new("改正“年份”或文件名", "correct \"year\" or the file's name"),
            Self::EndsBeforeItBegins => Bilingual::new("对调两个日期", "exchange the two dates"),
            Self::TooLong(_) => Bilingual::new(
                "核对起止日期；确需更长时分几段写",
                "compare the two dates; write several stretches where it is meant",
            ),
            Self::BothOffAndWork(_) | Self::SaidOtherwise(..) => Bilingual::new(
                "对照通知原文，只留一处",
                "compare with the notice, and keep one of the two",
            ),
            Self::SeasonTwice(_) => Bilingual::new("换一个名称，或删去一个", "choose another name, or remove one"),
            Self::SameTime => Bilingual::new("改正其中一个", "correct one of them"),
            Self::HalfHours => Bilingual::new(
                "补上另一个；或两个都删去，照工作日开屏",
                "add the other; or remove both, and it is lit as on a working day",
            ),
        }
    }
}

/// A day that an earlier file says otherwise: the whole holiday is left out.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{date} is already said to be {said} by {first}; \"{name}\" is left out", said = if *.off { "off" } else { "a working day" })]
pub struct Conflict {
    /// The day.
    pub date: Date,
    /// What the other file says: off, or a working day.
    pub off: bool,
    /// The holiday that is left out.
    pub name: String,
    /// The file that comes first.
    pub first: String,
}

impl Explain for Conflict {
    fn chinese(&self) -> String {
        let said = if self.off { "放假" } else { "上班" };
        format!(
            "{} 已由 {} 定为{said}；“{}”整条不生效",
            self.date, self.first, self.name
        )
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "对照通知原文，改正其中一个文件",
            "compare with the notice, and correct one of the two files",
        )
    }
}
