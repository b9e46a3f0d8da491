//! The keys of a calendar file: the one place where each is defined.

use super::kind::{AnyDay, Yearly};
use crate::document::{
    Doc, Field, Table,
    kind::{Clock, Day, Edge, Instant, Integer, Line, List, Many, Name},
};

pub(super) static TITLE: Field<Line> = Field::new(
    "title",
    "标题",
    Line(60),
    Doc::new("这份日历的名称", "a name for people"),
);
pub(super) static YEAR: Field<Integer> = Field::new(
    "year",
    "年份",
    Integer::new(1990, 2999, "", ""),
    Doc::new(
        "法定节假日属于哪一年；写了 [[holiday]] 就须写",
        "the year of its statutory holidays; required with [[holiday]]",
    ),
);
pub(super) static NOTICE: Field<Line> = Field::new(
    "notice",
    "文号",
    Line(60),
    Doc::new(
        "放假安排通知的文号，如 国办发明电〔2025〕7号；写了 [[holiday]] 就须写",
        "the number of the notice that arranges them; required with [[holiday]]",
    ),
);
pub(super) static HOLIDAYS: Field<Many> = Field::new(
    "holiday",
    "节假日",
    Many(&HOLIDAY_TABLE),
    Doc::new("法定节假日及调休", "statutory holidays with their make-up working days"),
);
pub(super) static OWN: Field<Many> = Field::new(
    "off",
    "放假",
    Many(&OWN_TABLE),
    Doc::new(
        "本单位自定的放假，不计入工作日",
        "the office's own days off, which are no working days",
    ),
);
pub(super) static FESTIVALS: Field<Many> = Field::new(
    "festival",
    "纪念日",
    Many(&FESTIVAL_TABLE),
    Doc::new("每年不放假的节日", "days that are kept each year but not off"),
);
pub(super) static SEASONS: Field<Many> = Field::new(
    "season",
    "季节",
    Many(&SEASON_TABLE),
    Doc::new("季节，如夏季、冬季作息", "seasons, such as summer and winter hours"),
);
pub(super) static SOLEMN: Field<Many> = Field::new(
    "solemn",
    "肃穆日",
    Many(&SOLEMN_TABLE),
    Doc::new(
        "肃穆日：喜庆栏目、特效停用，画面转灰",
        "solemn days: festive columns and effects are off, frames are grey",
    ),
);
pub(super) static SILENCES: Field<Many> = Field::new(
    "silence",
    "默哀",
    Many(&SILENCE_TABLE),
    Doc::new("默哀时段：熄屏", "minutes of silence: the screens are dark"),
);
pub(super) static OVERTIME: Field<Many> = Field::new(
    "overtime",
    "加开",
    Many(&OVERTIME_TABLE),
    Doc::new(
        "加开：亮屏并播放工作日的节目，不计入公示期",
        "overtime: screens are lit and playlists of working days run; it counts for no posting",
    ),
);
pub(super) static MAINTENANCE: Field<Many> = Field::new(
    "maintenance",
    "检修",
    Many(&MAINTENANCE_TABLE),
    Doc::new("检修时段：熄屏", "work on screens: they are dark"),
);

/// The root of a calendar file.
pub static ALMANAC: Table = Table {
    heading: "calendar/*.toml",
    doc: Doc::new(
        "日历：节假日、季节、肃穆日、加开和检修。同一天在两处写得不同时，后一处不生效",
        "the calendar: holidays, seasons, solemn days, overtime and maintenance. Where two files contradict each other on a day, the second is refused",
    ),
    fields: &[
        &TITLE,
        &YEAR,
        &NOTICE,
        &HOLIDAYS,
        &OWN,
        &FESTIVALS,
        &SEASONS,
        &SOLEMN,
        &SILENCES,
        &OVERTIME,
        &MAINTENANCE,
    ],
};

pub(super) static NAME: Field<Line> =
    Field::new("name", "名称", Line(40), Doc::new("名称", "what it is called")).required();
pub(super) static FROM: Field<Day> = Field::new("from", "起", Day, Doc::new("第一天", "the first day off")).required();
pub(super) static UNTIL: Field<Day> = Field::new(
    "until",
    "止",
    Day,
    Doc::new("最后一天，含当天", "the last day off, included"),
)
.or_from("只一天", "one day only");
pub(super) static WORK: Field<List<Day>> = Field::new(
    "work",
    "上班",
    List(Day),
    Doc::new("调休上班的日期", "its make-up working days"),
);

static HOLIDAY_TABLE: Table = Table {
    heading: "[[holiday]]",
    doc: Doc::new(
        "一个法定节假日；日期须在该年，或上一年 12 月。两节相连时名称用顿号隔开",
        "a statutory holiday; its dates lie in the year or in December before it. Two that fall together have their names joined by 、",
    ),
    fields: &[&NAME, &FROM, &UNTIL, &WORK],
};

static OWN_TABLE: Table = Table {
    heading: "[[off]]",
    doc: Doc::new("本单位自定的放假", "days off of the office's own"),
    fields: &[&NAME, &FROM, &UNTIL],
};

pub(super) static YEARLY: Field<Yearly> =
    Field::new("day", "日期", Yearly, Doc::new("每年的哪一天", "its day of each year")).required();

static FESTIVAL_TABLE: Table = Table {
    heading: "[[festival]]",
    doc: Doc::new("不放假的节日", "a day that is kept but not off"),
    fields: &[&NAME, &YEARLY],
};

pub(super) static SEASON_FROM: Field<Yearly> =
    Field::new("from", "起", Yearly, Doc::new("第一天", "the first day")).required();
pub(super) static SEASON_UNTIL: Field<Yearly> = Field::new(
    "until",
    "止",
    Yearly,
    Doc::new(
        "最后一天，含当天；早于起日即为次年",
        "the last day, included; before the first it is in the next year",
    ),
)
.required();

static SEASON_TABLE: Table = Table {
    heading: "[[season]]",
    doc: Doc::new("一个季节", "a season"),
    fields: &[&NAME, &SEASON_FROM, &SEASON_UNTIL],
};

pub(super) static DAYS: Field<List<AnyDay>> =
    Field::new("days", "日期", List(AnyDay), Doc::new("哪些日子", "its days")).required();

static SOLEMN_TABLE: Table = Table {
    heading: "[[solemn]]",
    doc: Doc::new("肃穆日，从 00:00 到 24:00", "solemn days, each from 00:00 to 24:00"),
    fields: &[&NAME, &DAYS],
};

pub(super) static START: Field<Clock> =
    Field::new("start", "开始", Clock, Doc::new("几点开始", "when it begins")).required();
pub(super) static END: Field<Clock> = Field::new(
    "end",
    "结束",
    Clock,
    Doc::new(
        "几点结束；早于开始时刻即为次日",
        "when it ends; before the start it is on the next day",
    ),
)
.required();

static SILENCE_TABLE: Table = Table {
    heading: "[[silence]]",
    doc: Doc::new("默哀时段", "minutes of silence"),
    fields: &[&NAME, &DAYS, &START, &END],
};

pub(super) static DATES: Field<List<Day>> =
    Field::new("days", "日期", List(Day), Doc::new("哪些日子", "its days")).required();
pub(super) static OPENS: Field<Clock> = Field::new(
    "start",
    "开始",
    Clock,
    Doc::new("几点亮屏", "from when the screens are lit"),
)
.or_from("照工作日", "as on a working day");
pub(super) static CLOSES: Field<Clock> = Field::new(
    "end",
    "结束",
    Clock,
    Doc::new(
        "几点熄屏；早于开始时刻即为次日",
        "until when; before the start it is on the next day",
    ),
)
.or_from("照工作日", "as on a working day");

static OVERTIME_TABLE: Table = Table {
    heading: "[[overtime]]",
    doc: Doc::new("加开的日子", "days of overtime opening"),
    fields: &[&NAME, &DATES, &OPENS, &CLOSES],
};

pub(super) static WORK_FROM: Field<Instant> =
    Field::new("from", "起", Instant(Edge::Start), Doc::new("何时起", "from when")).required();
pub(super) static WORK_UNTIL: Field<Instant> = Field::new(
    "until",
    "止",
    Instant(Edge::End),
    Doc::new("何时止；只写日期时含当天", "until when; a date alone includes its day"),
)
.required();
pub(super) static SCREENS: Field<List<Name>> = Field::new(
    "screens",
    "屏幕",
    List(Name),
    Doc::new("哪些屏幕", "the screens concerned"),
)
.or_from("所有屏幕", "every screen");

static MAINTENANCE_TABLE: Table = Table {
    heading: "[[maintenance]]",
    doc: Doc::new("检修时段", "work on screens"),
    fields: &[&NAME, &WORK_FROM, &WORK_UNTIL, &SCREENS],
};
