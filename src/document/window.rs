//! Windows of time: the table that `[[when]]` of a playlist and `[[screen.lit]]` of a site share.

use std::sync::Arc;

use jiff::{ToSpan as _, civil::Date};
use thiserror::Error;

use super::{
    Doc, Field, Located, Record, Table,
    kind::{Clock, Day, DayRule, Hours, List, Name, WeekdaySet, Word, Words},
};
use crate::{
    calendar::{DayClass, DayClasses, Recurrence, TimeOfDay, Weekdays, When},
    diagnostic::{Bilingual, Explain},
};

static DAYS: Field<List<Words<DayClasses>>> = Field::new(
    "days",
    "日期类别",
    List(Words(&[
        Word::new("workday", "工作日", DayClasses::only(DayClass::Workday)),
        Word::new("weekend", "周末", DayClasses::only(DayClass::Weekend)),
        Word::new("holiday", "节假日", DayClasses::only(DayClass::Holiday)),
        Word::new("off", "休息日", DayClasses::OFF),
    ])),
    Doc::new(
        "哪类日子开放：工作日含调休上班日，节假日为日历中写明放假的日子，休息日为周末和节假日",
        "the kinds of days on which it opens: workday with make-up days; holiday, the days off that the calendar names; off, weekends and holidays",
    ),
)
.or_from("不限", "any day");
static HOLIDAYS: Field<List<Name>> = Field::new(
    "holidays",
    "节日",
    List(Name),
    Doc::new(
        "只在这些节日开放，写日历中的名称",
        "opens on the days of these holidays and festivals only, by their names in the calendar",
    ),
);
static SEASON: Field<Name> = Field::new(
    "season",
    "季节",
    Name,
    Doc::new(
        "只在这个季节开放，写日历中的名称",
        "opens in this season only, by its name in the calendar",
    ),
);
static WEEKDAYS: Field<WeekdaySet> = Field::new(
    "weekdays",
    "星期",
    WeekdaySet,
    Doc::new("哪几天开放", "the weekdays on which it opens"),
)
.or_from("每天", "every day");
static RULE: Field<DayRule> = Field::new(
    "rule",
    "规则",
    DayRule,
    Doc::new(
        "按规则重复的日子，从“起”那天算起",
        "the days recur by this rule, counted from \"from\"",
    ),
);
static FROM: Field<Day> = Field::new(
    "from",
    "起",
    Day,
    Doc::new("第一天，含当天", "the first date, included"),
);
static UNTIL: Field<Day> = Field::new(
    "until",
    "止",
    Day,
    Doc::new("最后一天，含当天", "the last date, included"),
);
static START: Field<Clock> = Field::new(
    "start",
    "开始",
    Clock,
    Doc::new("几点开始", "the time at which it opens"),
)
.or("\"00:00\"");
static END: Field<Clock> = Field::new(
    "end",
    "结束",
    Clock,
    Doc::new(
        "几点结束；早于开始时刻即为次日",
        "the time at which it closes; before the start it is on the next day",
    ),
)
.or("\"24:00\"");
static HOURS: Field<List<Hours>> = Field::new(
    "hours",
    "时间",
    List(Hours),
    Doc::new(
        "一天之内的几段时间，代替开始、结束",
        "several stretches of the day, in place of start and end",
    ),
);
static ALSO: Field<List<Day>> = Field::new(
    "also",
    "另加",
    List(Day),
    Doc::new(
        "另外开放的日期，不论以上各键",
        "dates on which it opens besides, whatever the keys above say",
    ),
);
static EXCEPT: Field<List<Day>> = Field::new(
    "except",
    "除外",
    List(Day),
    Doc::new("不开放的日期", "dates on which it does not open"),
);

/// One window. Within one, all keys hold together; of several windows, any.
pub static WHEN: Table = Table {
    heading: "[[when]]",
    doc: Doc::new(
        "时段：同一时段内各键须同时满足；有几个时段时，满足任意一个即可",
        "a window: within one all keys hold together; of several, any will do",
    ),
    fields: &[
        &DAYS, &HOLIDAYS, &SEASON, &WEEKDAYS, &RULE, &FROM, &UNTIL, &START, &END, &HOURS, &ALSO, &EXCEPT,
    ],
};

/// One table of [`WHEN`], read.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// The windows that it stands for: one for each of its hours.
    pub when: Vec<When>,
    /// The season that it names.
    pub season: Option<Located<Arc<str>>>,
    /// The holidays that it names.
    pub holidays: Vec<Located<Arc<str>>>,
}

/// How many dates are looked through for one on which a window opens: more than it may have exceptions, weekdays allowed for.
const SOUGHT: usize = 8000;

/// The first date that people write, and from which a rule counts that does not depend on it.
const FIRST: Date = Date::constant(1900, 1, 1);

/// What is wrong with a window whose keys are each in order.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
enum WindowFault {
    #[error("\"start\" and \"end\" are the same time: the window never opens")]
    SameTime,
    #[error("\"until\" lies before \"from\": the window never opens")]
    EndsBeforeItBegins,
    #[error("between \"from\" and \"until\" no day is left on which the window opens")]
    NeverOpens,
    #[error("by this rule, and the keys beside it, the window never opens")]
    NeverRecurs,
    #[error("the days of this rule depend on where it begins, and there is no \"from\"")]
    NoBeginning,
    #[error("\"hours\" cannot stand beside \"start\" or \"end\"")]
    HoursTwice,
}

impl Explain for WindowFault {
    fn chinese(&self) -> String {
        match self {
            Self::SameTime => "“开始”与“结束”是同一时刻：时段从不开放".into(),
            Self::EndsBeforeItBegins => "“止”早于“起”：时段从不开放".into(),
            Self::NeverOpens => "“起”“止”之间没有一天符合其余各键：时段从不开放".into(),
            Self::NeverRecurs => "照此规则和其余各键，时段从不开放".into(),
            Self::NoBeginning => "此规则的日子取决于从哪天算起，却没有“起”".into(),
            Self::HoursTwice => "“时间”不能与“开始”“结束”同写".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::SameTime => Bilingual::new(
                "全天开放请删去这两个键；跨夜请把“结束”写早于“开始”",
                "for the whole day leave both out; across midnight let \"end\" be before \"start\"",
            ),
            Self::EndsBeforeItBegins => Bilingual::new("对调两个日期", "exchange the two dates"),
            Self::NeverOpens => Bilingual::new(
                "核对“星期”“除外”与起止日期",
                "compare \"weekdays\" and \"except\" with the two dates",
            ),
            Self::NeverRecurs => Bilingual::new(
                "核对规则中的月、日、次数，以及“星期”“除外”与起止日期",
                "compare the rule's months, days and count with \"weekdays\", \"except\" and the two dates",
            ),
            Self::NoBeginning => Bilingual::new("补上“起”，即第一天", "add \"from\", the first day"),
            Self::HoursTwice => Bilingual::new("只留一种写法", "keep one of the two ways of writing it"),
        }
    }
}

/// What `record`, a table of [`WHEN`], describes.
pub fn when(record: &Record<'_>) -> Option<Window> {
    let window = When {
        days: days(record),
        weekdays: record.get(&WEEKDAYS).unwrap_or(Weekdays::ALL),
        also: record.get(&ALSO).unwrap_or_default(),
        except: record.get(&EXCEPT).unwrap_or_default(),
        ..dates(record)
    };
    let window = When {
        rule: rule(record, window.from),
        ..window
    };
    let season = record.get(&SEASON);
    let holidays = record.get(&HOLIDAYS).unwrap_or_default();
    if never_opens(&window) {
        match record.written(&RULE) {
            Some(span) => record.problem_at(span, WindowFault::NeverRecurs),
            None => record.problem(WindowFault::NeverOpens),
        }
    }
    let window = When {
        season: season.as_ref().map(|season| Arc::clone(&season.value)),
        holidays: holidays.iter().map(|name| Arc::clone(&name.value)).collect(),
        ..window
    };
    let opened = |(start, end)| When {
        start,
        end,
        ..window.clone()
    };
    Some(Window {
        when: hours(record).into_iter().map(opened).collect(),
        season,
        holidays,
    })
}

fn days(record: &Record<'_>) -> DayClasses {
    let classes = record.get(&DAYS);
    classes.map_or(DayClasses::ALL, |classes| {
        classes.into_iter().fold(DayClasses::NONE, DayClasses::union)
    })
}

/// The rule by which its days recur, from its first date on; where it has none and needs none, from the first that people write.
fn rule(record: &Record<'_>, from: Option<Date>) -> Option<Recurrence> {
    let rule = record.located(&RULE)?;
    if rule.value.needs_start() && from.is_none() {
        record.problem_at(rule.span, WindowFault::NoBeginning);
        return None;
    }
    Some(Recurrence::new(rule.value, from.unwrap_or(FIRST)))
}

/// Its first and its last date.
fn dates(record: &Record<'_>) -> When {
    let (from, until) = (record.located(&FROM), record.located(&UNTIL));
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value < from.value
    {
        record.problem_at(until.span.clone(), WindowFault::EndsBeforeItBegins);
    }
    When {
        from: from.map(|from| from.value),
        until: until.map(|until| until.value),
        ..When::default()
    }
}

/// Its stretches of the day; at least one.
fn hours(record: &Record<'_>) -> Vec<(TimeOfDay, TimeOfDay)> {
    let (start, end) = (record.get(&START), record.located(&END));
    if let Some(hours) = record.located(&HOURS) {
        if record.written(&START).or_else(|| record.written(&END)).is_some() {
            record.problem_at(hours.span, WindowFault::HoursTwice);
        }
        return hours.value;
    }
    if let (Some(start), Some(end)) = (start, &end)
        && start == end.value
    {
        record.problem_at(end.span.clone(), WindowFault::SameTime);
    }
    let end = end.map_or(TimeOfDay::DAY_END, |end| end.value);
    vec![(start.unwrap_or(TimeOfDay::MIDNIGHT), end)]
}

/// Whether no date will do: none of its rule, or none between its first and its last.
fn never_opens(window: &When) -> bool {
    let from = window.from.unwrap_or(FIRST);
    let until = window.until.unwrap_or(Date::MAX);
    let is_open = |date: Date| window.may_open_on(date);
    let tried = match &window.rule {
        Some(rule) => {
            let next = |date: &Date| rule.next(date.tomorrow().ok()?);
            let days = std::iter::successors(rule.next(from), next).take_while(|date| *date <= until);
            days.take(SOUGHT).any(is_open)
        }
        None => {
            let days = (0..).map_while(|offset: i32| from.checked_add(offset.days()).ok());
            days.take_while(|date| *date <= until).take(SOUGHT).any(is_open)
        }
    };
    // Dates in the wrong order are told by themselves.
    from <= until && !tried && !window.also.iter().any(|date| is_open(*date))
}
