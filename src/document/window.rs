//! Windows of time: the table that `[[when]]` of a playlist and `[[screen.lit]]` of a site share.

use thiserror::Error;

use super::{
    Doc, Field, Record, Table,
    kind::{Clock, Day, List, WeekdaySet},
};
use crate::{
    calendar::{TimeOfDay, Weekdays, When},
    diagnostic::{Bilingual, Explain},
};

static WEEKDAYS: Field<WeekdaySet> = Field::new(
    "weekdays",
    "星期",
    WeekdaySet,
    Doc::new("哪几天开放", "the weekdays on which it opens"),
)
.or_from("每天", "every day");
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
    fields: &[&WEEKDAYS, &FROM, &UNTIL, &START, &END, &EXCEPT],
};

/// What is wrong with a window whose keys are each in order.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
enum WindowFault {
    #[error("\"start\" and \"end\" are the same time: the window never opens")]
    SameTime,
    #[error("\"until\" lies before \"from\": the window never opens")]
    EndsBeforeItBegins,
}

impl Explain for WindowFault {
    fn chinese(&self) -> String {
        match self {
            Self::SameTime => "“开始”与“结束”是同一时刻：时段从不开放".into(),
            Self::EndsBeforeItBegins => "“止”早于“起”：时段从不开放".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::SameTime => Bilingual::new(
                "全天开放请删去这两个键；跨夜请把“结束”写早于“开始”",
                "for the whole day leave both out; across midnight let \"end\" be before \"start\"",
            ),
            Self::EndsBeforeItBegins => Bilingual::new("对调两个日期", "exchange the two dates"),
        }
    }
}

/// The window that `record`, a table of [`WHEN`], describes.
pub fn when(record: &Record<'_>) -> Option<When> {
    let weekdays = record.get(&WEEKDAYS);
    let (from, until) = (record.located(&FROM), record.located(&UNTIL));
    let (start, end) = (record.get(&START), record.located(&END));
    let except = record.get(&EXCEPT).unwrap_or_default();
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value < from.value
    {
        record.problem_at(until.span.clone(), WindowFault::EndsBeforeItBegins);
    }
    if let (Some(start), Some(end)) = (start, &end)
        && start == end.value
    {
        record.problem_at(end.span.clone(), WindowFault::SameTime);
    }
    Some(When {
        weekdays: weekdays.unwrap_or(Weekdays::ALL),
        from: from.map(|from| from.value),
        until: until.map(|until| until.value),
        start: start.unwrap_or(TimeOfDay::MIDNIGHT),
        end: end.map_or(TimeOfDay::DAY_END, |end| end.value),
        except,
    })
}
