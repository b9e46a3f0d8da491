//! The keys of `[[column]]`.

use crate::{
    document::{
        Doc, Field, Table,
        kind::{Flag, Id, Integer, Line, Percent},
    },
    site::lifetime::LifetimeKind,
};

pub(in crate::site) static COLUMN_ID: Field<Id> = Field::new(
    "id",
    "标识",
    Id,
    Doc::new("栏目的文件夹名", "the column's folder under items"),
)
.required();
pub(in crate::site) static COLUMN_TITLE: Field<Line> = Field::new(
    "title",
    "标题",
    Line(40),
    Doc::new("屏幕上显示的栏目名", "its title on the wall"),
)
.or_from("同标识", "the id");
pub(in crate::site) static COLUMN_PARENT: Field<Id> = Field::new(
    "parent",
    "上级",
    Id,
    Doc::new("上级栏目的标识", "the id of the column above it"),
);
pub(in crate::site) static COLUMN_SCENE: Field<Id> = Field::new(
    "scene",
    "模板",
    Id,
    Doc::new(
        "该栏目信息所用的模板",
        "the scene that sets its items, unless the item names one",
    ),
);
pub(in crate::site) static COLUMN_PAGES: Field<Integer> = Field::new(
    "pages",
    "页数",
    Integer::new(1, 999, "页", "pages"),
    Doc::new(
        "每条信息最多几页，信息自己写明的除外",
        "the most pages that one of its items takes, unless the item says otherwise",
    ),
)
.or_from(
    "同上级栏目；都未写则 3 页",
    "that of the column above it; 3 where none has it",
);
pub(in crate::site) static COLUMN_FULL_TEXT: Field<Line> = Field::new(
    "full_text",
    "全文见",
    Line(40),
    Doc::new(
        "该栏目的全文在何处，如 \"一楼公开栏\"",
        "where the whole texts of its items are",
    ),
)
.or_from("同上级栏目或全站", "that of the column above it, or the site's");

pub(in crate::site) static LIFETIME: Field<LifetimeKind> = Field::new(
    "lifetime",
    "时效",
    LifetimeKind,
    Doc::new(
        "信息未写下屏或公示期时，发布后留多久：到第几天的 24:00；当日为当天亮屏结束；节日为该节日最后一天",
        "how long items stay that bear neither an end nor a posting period: to 24:00 of that many days after publication; day, to the end of that day's lit hours; holiday, to the holiday's last day",
    ),
)
.or_from("同上级栏目，否则 30 天", "that of the parent, else 30 days");
pub(in crate::site) static FESTIVE: Field<Flag> = Field::new(
    "festive",
    "喜庆",
    Flag,
    Doc::new(
        "肃穆日停播，含下级栏目",
        "off on solemn days, with the columns below it",
    ),
)
.or("false");

pub(in crate::site) static COLUMN_LEAST: Field<Percent> = Field::new(
    "least",
    "最少",
    Percent { least: 0 },
    Doc::new(
        "任意一小时内，该栏目及其下级栏目在一轮中至少占多少时间；栏目无信息时不计，滚动区域不计",
        "at least so much of any hour of a loop, with the columns below it; not while it has no items, nor in tickers",
    ),
)
.or("0");
pub(in crate::site) static COLUMN_MOST: Field<Percent> = Field::new(
    "most",
    "最多",
    Percent { least: 1 },
    Doc::new(
        "任意一小时内，该栏目及其下级栏目在一轮中至多占多少时间；滚动区域不计",
        "at most so much of any hour of a loop, with the columns below it; not in tickers",
    ),
)
.or("100");
pub(in crate::site) static COLUMN_REPEATS: Field<Integer> = Field::new(
    "repeats",
    "每小时次数",
    Integer::new(1, 360, "次每小时", "times an hour"),
    Doc::new(
        "该栏目及其下级栏目的每条信息，任意一小时内至多播几次；滚动区域不计",
        "how often any one of its items, and of the columns below it, comes in any hour at most; not in tickers",
    ),
)
.or_from("不限", "as often as its turn comes");

pub(super) static COLUMN_TABLE: Table = Table {
    heading: "[[column]]",
    doc: Doc::new("栏目", "a column of published items"),
    fields: &[
        &COLUMN_ID,
        &COLUMN_TITLE,
        &COLUMN_PARENT,
        &COLUMN_SCENE,
        &LIFETIME,
        &FESTIVE,
        &COLUMN_PAGES,
        &COLUMN_FULL_TEXT,
        &COLUMN_LEAST,
        &COLUMN_MOST,
        &COLUMN_REPEATS,
    ],
};
