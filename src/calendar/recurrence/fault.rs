//! Why a text is no rule, and what to write instead.

use std::ops::Range;

use jiff::civil::Date;
use thiserror::Error;

use super::{part::Part, rule::Frequency};
use crate::diagnostic::{Bilingual, Explain};

/// What is wrong with the text of a rule, and where.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{problem}")]
pub struct RuleFault {
    /// The bytes of the text that are meant.
    pub span: Range<usize>,
    pub(super) problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum Problem {
    #[error("full-width \"{sign}\" where \"{plain}\" belongs")]
    FullWidth { sign: char, plain: char },
    #[error("the rule lacks FREQ")]
    NoFrequency,
    #[error("nothing stands between two semicolons, or after the last one")]
    EmptyPart,
    #[error("no \"=\" in \"{written}\"")]
    NoEquals { written: String },
    #[error("a rule has no part \"{name}\"")]
    UnknownPart { name: String },
    #[error("{0} is written twice")]
    Twice(Part),
    #[error("{0} is about times of day, but a rule only says on which days the window opens")]
    TimePart(&'static str),
    #[error("FREQ={0} is shorter than a day, but a rule only says on which days the window opens")]
    ShortFrequency(&'static str),
    #[error("FREQ takes DAILY, WEEKLY, MONTHLY or YEARLY; found \"{written}\"")]
    Frequency { written: String },
    #[error("{part} takes {}; found \"{written}\"", numbers(*.most, *.signed).en)]
    Number {
        part: Part,
        most: u16,
        /// Whether negative ones are taken too.
        signed: bool,
        written: String,
    },
    #[error("{part} takes MO, TU, WE, TH, FR, SA and SU; found \"{written}\"")]
    Weekday { part: Part, written: String },
    #[error("\"{written}\" never comes: {}", weekdays_of(*.most).en)]
    Nth { written: String, most: u16 },
    #[error("\"{written}\" counts weekdays of a month or a year, which FREQ={frequency} does not have")]
    NthOfShort { written: String, frequency: Frequency },
    #[error("\"{written}\" counts weekdays, but BYWEEKNO already names the week, and a week has one of each")]
    NthOfWeek { written: String },
    #[error("{part} cannot stand beside FREQ={frequency}")]
    NotBeside { part: Part, frequency: Frequency },
    #[error("COUNT and UNTIL cannot stand in one rule")]
    CountAndUntil,
    #[error("BYSETPOS picks among the days of other BY parts, and there is none")]
    PositionAlone,
    #[error("UNTIL takes a date; found \"{written}\"")]
    NoDate { written: String },
    #[error("UNTIL: there is no {written}")]
    NoSuchDay { written: String },
    #[error("UNTIL has a time of day, but a rule counts whole days")]
    TimeOfUntil { date: Date },
}

impl Explain for RuleFault {
    fn chinese(&self) -> String {
        self.problem.chinese()
    }

    fn help(&self) -> Bilingual {
        self.problem.help()
    }
}

impl Problem {
    fn chinese(&self) -> String {
        match self {
            Self::FullWidth { sign, plain } => format!("此处的全角“{sign}”应为半角 {plain}"),
            Self::NoFrequency => "规则中缺少 FREQ".into(),
            Self::EmptyPart => "分号之间或末尾的分号之后没有内容".into(),
            Self::NoEquals { written } => format!("“{written}”中没有等号"),
            Self::UnknownPart { name } => format!("规则中没有“{name}”这一项"),
            Self::Twice(part) => format!("{part} 写了两次"),
            Self::TimePart(name) => format!("{name} 规定时刻，而规则只规定哪几天开放"),
            Self::ShortFrequency(name) => format!("FREQ={name} 不足一天，而规则只规定哪几天开放"),
            Self::Frequency { written } => {
                format!("FREQ 应为 DAILY、WEEKLY、MONTHLY 或 YEARLY，实为“{written}”")
            }
            Self::Number {
                part,
                most,
                signed,
                written,
            } => format!("{part} 应为 {}，实为“{written}”", numbers(*most, *signed).zh),
            Self::Weekday { part, written } => format!("{part} 应为 MO、TU、WE、TH、FR、SA、SU，实为“{written}”"),
            Self::Nth { written, most } => format!("没有“{written}”这一天：{}", weekdays_of(*most).zh),
            Self::NthOfShort { written, frequency } => {
                format!("“{written}”指一个月或一年中的第几个星期几，不能与 FREQ={frequency} 同用")
            }
            Self::NthOfWeek { written } => {
                format!("“{written}”指第几个星期几，而 BYWEEKNO 已指定第几周，一周中每个星期几只有一个")
            }
            Self::NotBeside { part, frequency } => format!("{part} 不能与 FREQ={frequency} 同用"),
            Self::CountAndUntil => "COUNT 与 UNTIL 不能同时写".into(),
            Self::PositionAlone => "BYSETPOS 从其他 BY 项给出的日子中挑选，而此处没有其他 BY 项".into(),
            Self::NoDate { written } => format!("UNTIL 应为日期，实为“{written}”"),
            Self::NoSuchDay { written } => format!("UNTIL 有误：没有 {written} 这一天"),
            Self::TimeOfUntil { .. } => "UNTIL 带有时刻，而规则按整天计".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::FullWidth { plain, .. } => Bilingual::new(
                format!("切换到英文输入法，输入 {plain}"),
                format!("switch the keyboard to English and type {plain}"),
            ),
            Self::NoFrequency | Self::Frequency { .. } => Bilingual::new(
                "写 FREQ=DAILY（每天）、FREQ=WEEKLY（每周）、FREQ=MONTHLY（每月）或 FREQ=YEARLY（每年）；隔周为 FREQ=WEEKLY;INTERVAL=2",
                "write FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY; every other week is FREQ=WEEKLY;INTERVAL=2",
            ),
            Self::EmptyPart => Bilingual::new("删去多余的分号", "remove the semicolon that is too many"),
            Self::NoEquals { .. } => Bilingual::new(
                "写成 名称=值，如 BYDAY=MO；多个值用逗号相连",
                "write NAME=VALUE, such as BYDAY=MO; commas join several values",
            ),
            Self::UnknownPart { .. } => {
                let names: Vec<_> = Part::ALL.iter().map(ToString::to_string).collect();
                Bilingual::new(
                    format!("可用的项：{}", names.join("、")),
                    format!("the parts are {}", names.join(", ")),
                )
            }
            Self::Twice(_) => Bilingual::new(
                "只留一处；多个值用逗号相连",
                "keep one of the two; commas join several values",
            ),
            Self::TimePart(_) => Bilingual::new(
                "删去此项，用时段的“开始”和“结束”写时刻",
                "leave it out, and write the times as \"start\" and \"end\" of the window",
            ),
            Self::ShortFrequency(_) => Bilingual::new(
                "写 FREQ=DAILY，用时段的“开始”和“结束”写时刻",
                "write FREQ=DAILY, and the times as \"start\" and \"end\" of the window",
            ),
            Self::Number { part, .. } => example(*part),
            Self::Weekday { part, .. } => weekday_example(*part),
            Self::Nth { .. } => Bilingual::new(
                "最后一个写 -1，如 -1FR；每个都算则不写数字，如 FR",
                "the last one is -1, as in -1FR; for every one leave the number out, as in FR",
            ),
            Self::NthOfShort { .. } => Bilingual::new(
                "去掉数字，或改为 FREQ=MONTHLY 或 FREQ=YEARLY",
                "leave the number out, or write FREQ=MONTHLY or FREQ=YEARLY",
            ),
            Self::NthOfWeek { .. } => Bilingual::new(
                "去掉数字，或删去 BYWEEKNO",
                "leave the number out, or leave BYWEEKNO out",
            ),
            Self::NotBeside { part, .. } => company(*part),
            Self::CountAndUntil => Bilingual::new("只留一个", "keep one of the two"),
            Self::PositionAlone => Bilingual::new(
                "补上如 BYDAY=MO,TU,WE,TH,FR 的一项，或删去 BYSETPOS",
                "add a part such as BYDAY=MO,TU,WE,TH,FR, or leave BYSETPOS out",
            ),
            Self::NoDate { .. } | Self::NoSuchDay { .. } => Bilingual::new(
                "写成 UNTIL=20261231，含当天",
                "write UNTIL=20261231; the day is included",
            ),
            Self::TimeOfUntil { date } => until_without_time(*date),
        }
    }
}

/// The numbers that a part takes.
fn numbers(most: u16, signed: bool) -> Bilingual {
    match (most, signed) {
        (1, true) => Bilingual::new("1 或 -1", "1 or -1"),
        (_, true) => Bilingual::new(
            format!("1 至 {most}，或从末尾数的 -1 至 -{most}"),
            format!("1 to {most}, or -1 to -{most} counted from the end"),
        ),
        (_, false) => Bilingual::new(format!("1 至 {most}"), format!("1 to {most}")),
    }
}

fn weekdays_of(most: u16) -> Bilingual {
    let (zh, en) = if most == 5 {
        ("一个月", "month")
    } else {
        ("一年", "year")
    };
    Bilingual::new(
        format!("{zh}内的第几个写 1 至 {most}，倒数第几个写 -1 至 -{most}"),
        format!("weekdays are counted 1 to {most} in a {en}, or -1 to -{most} from its end"),
    )
}

/// How a part of numbers is written.
fn example(part: Part) -> Bilingual {
    match part {
        Part::Interval => Bilingual::new("每两天（周、月、年）写 INTERVAL=2", "every second one is INTERVAL=2"),
        Part::Count => Bilingual::new(
            "写次数，如 COUNT=10；或改用 UNTIL 写最后一天",
            "write how many, as in COUNT=10; or write the last day with UNTIL",
        ),
        Part::ByMonth => Bilingual::new("三月和九月写 BYMONTH=3,9", "March and September are BYMONTH=3,9"),
        Part::ByWeekNo => Bilingual::new(
            "第 20 周写 BYWEEKNO=20，最后一周写 BYWEEKNO=-1",
            "week 20 is BYWEEKNO=20, the last week BYWEEKNO=-1",
        ),
        Part::ByYearDay => Bilingual::new(
            "第 100 天写 BYYEARDAY=100，最后一天写 BYYEARDAY=-1",
            "the 100th day is BYYEARDAY=100, the last day BYYEARDAY=-1",
        ),
        Part::ByMonthDay => Bilingual::new(
            "15 日写 BYMONTHDAY=15，月末写 BYMONTHDAY=-1",
            "the 15th is BYMONTHDAY=15, the last day BYMONTHDAY=-1",
        ),
        _ => Bilingual::new(
            "第一个写 BYSETPOS=1，最后一个写 BYSETPOS=-1",
            "the first is BYSETPOS=1, the last BYSETPOS=-1",
        ),
    }
}

fn weekday_example(part: Part) -> Bilingual {
    if part == Part::Wkst {
        Bilingual::new(
            "周一为一周之首写 WKST=MO，周日写 WKST=SU",
            "weeks that begin on Monday are WKST=MO, on Sunday WKST=SU",
        )
    } else {
        Bilingual::new(
            "周一写 MO，第二个周一写 2MO，最后一个周五写 -1FR",
            "Monday is MO, the second Monday 2MO, the last Friday -1FR",
        )
    }
}

/// With what a part can stand.
fn company(part: Part) -> Bilingual {
    if part == Part::ByMonthDay {
        Bilingual::new(
            "写 FREQ=MONTHLY、FREQ=YEARLY 或 FREQ=DAILY，或删去 BYMONTHDAY",
            "write FREQ=MONTHLY, FREQ=YEARLY or FREQ=DAILY, or leave BYMONTHDAY out",
        )
    } else {
        Bilingual::new(
            format!("写 FREQ=YEARLY，或删去 {part}"),
            format!("write FREQ=YEARLY, or leave {part} out"),
        )
    }
}

fn until_without_time(date: Date) -> Bilingual {
    let date = date.strftime("%Y%m%d");
    Bilingual::new(
        format!("写 UNTIL={date}，含当天；原时刻以 Z 结尾的，先换算成当地日期"),
        format!(
            "write UNTIL={date}, which includes that day; a time that ends in Z is UTC: see first on which date that is here"
        ),
    )
}
