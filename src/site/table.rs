//! The keys of `site.toml`: the one place where each is defined.

use super::{
    Colour, ZoneKind,
    depth::DepthKind,
    dimming::{BRIGHTNESS, DIM, NIGHT},
    lifetime::LifetimeKind,
    output::OUTPUT_TABLE,
};
use crate::{
    document::{
        Doc, Field, Table, WHEN,
        kind::{Decimal, Flag, Id, Integer, Line, Many, One, Percent, Word, Words},
    },
    panel::Dither,
    text::Rules,
    units::{Pace, Rate, Size},
};

const LIMIT: i64 = Size::LIMIT as i64;
const SIDE: Integer = Integer::new(1, LIMIT, "像素点", "LEDs");
const OFFSET: Integer = Integer::new(0, LIMIT - 1, "像素点", "LEDs");

pub(super) static TITLE: Field<Line> = Field::new(
    "title",
    "标题",
    Line(40),
    Doc::new(
        "单位简称，显示在屏幕上方",
        "the building's short name, as the header shows it",
    ),
)
.required();
pub(super) static TIMEZONE: Field<Line> = Field::new(
    "timezone",
    "时区",
    Line(60),
    Doc::new(
        "本站点所有时刻所用的 IANA 时区",
        "the IANA zone of every time in the site's files",
    ),
)
.or("\"Asia/Shanghai\"");
pub(super) static FULL_TEXT: Field<Line> = Field::new(
    "full_text",
    "全文见",
    Line(40),
    Doc::new(
        "正文排不完时末页注明“（全文见……）”，此处写在何处，如 \"省国资委网站\"",
        "where the whole text is, for the last page of a text that is cut: 全文见…",
    ),
)
.or_from(
    "“（未完，全文请询服务台）”",
    "\"ask at the desk\": 未完，全文请询服务台",
);
pub(super) static RULES: Field<Words<Rules>> = Field::new(
    "rules",
    "断行规则",
    Words(&[
        Word::new("basic", "基本", Rules::Basic),
        Word::new("gb", "国标", Rules::Gb),
        Word::new("strict", "严格", Rules::Strict),
    ]),
    Doc::new(
        "行首行尾禁排：基本为点号、后引号后括号不居行首，前引号前括号不居行尾；国标另有分隔号不居行尾；严格另有破折号、省略号不居行首",
        "what lines may not begin or end with: basic, points and closing marks at the start, opening marks at the end; gb, nor a solidus at the end, as GB/T 15834 has it; strict, nor 破折号 and 省略号 at the start",
    ),
)
.or("\"gb\"");
pub(super) static CONTACT: Field<One> = Field::new(
    "contact",
    "联系",
    One(&CONTACT_TABLE),
    Doc::new("屏幕有问题时找谁", "whom to call when the wall is wrong"),
);
pub(super) static FEEDBACK: Field<Flag> = Field::new(
    "feedback",
    "反馈",
    Flag,
    Doc::new(
        "在站点文件夹的“反馈”中写现在屏幕、问题清单、预览和今日播出，供编辑人员查看",
        "writes what is on the screens, what is wrong, previews and the day's plan to the folder 反馈 of the site, for those who fill it",
    ),
)
.or("true");
pub(super) static COLUMNS: Field<Many> = Field::new(
    "column",
    "栏目",
    Many(&COLUMN_TABLE),
    Doc::new(
        "栏目，各对应 items 下的一个文件夹",
        "the columns, each a folder under items",
    ),
);
pub(super) static SCREENS: Field<Many> = Field::new(
    "screen",
    "屏幕",
    Many(&SCREEN_TABLE),
    Doc::new("屏幕，至少一块", "the screens, at least one"),
)
.required();

/// The root of `site.toml`.
pub static SITE: Table = Table {
    heading: "site.toml",
    doc: Doc::new(
        "站点：单位、屏幕、区域、输出和栏目",
        "the site: the building, its screens, zones, outputs and columns",
    ),
    fields: &[
        &TITLE, &TIMEZONE, &FULL_TEXT, &RULES, &CONTACT, &FEEDBACK, &COLUMNS, &SCREENS,
    ],
};

pub(super) static CONTACT_NAME: Field<Line> = Field::new(
    "name",
    "名称",
    Line(40),
    Doc::new("科室或岗位，不写个人姓名", "an office or a role, not a person"),
);
pub(super) static CONTACT_PHONE: Field<Line> = Field::new(
    "phone",
    "电话",
    Line(40),
    Doc::new("电话号码", "a telephone number, as dialled"),
);

static CONTACT_TABLE: Table = Table {
    heading: "[contact]",
    doc: Doc::new("联系方式", "whom to call"),
    fields: &[&CONTACT_NAME, &CONTACT_PHONE],
};

pub(super) static COLUMN_ID: Field<Id> = Field::new(
    "id",
    "标识",
    Id,
    Doc::new("栏目的文件夹名", "the column's folder under items"),
)
.required();
pub(super) static COLUMN_TITLE: Field<Line> = Field::new(
    "title",
    "标题",
    Line(40),
    Doc::new("屏幕上显示的栏目名", "its title on the wall"),
)
.or_from("同标识", "the id");
pub(super) static COLUMN_PARENT: Field<Id> = Field::new(
    "parent",
    "上级",
    Id,
    Doc::new("上级栏目的标识", "the id of the column above it"),
);
pub(super) static COLUMN_SCENE: Field<Id> = Field::new(
    "scene",
    "模板",
    Id,
    Doc::new(
        "该栏目信息所用的模板",
        "the scene that sets its items, unless the item names one",
    ),
);
pub(super) static COLUMN_PAGES: Field<Integer> = Field::new(
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
pub(super) static COLUMN_FULL_TEXT: Field<Line> = Field::new(
    "full_text",
    "全文见",
    Line(40),
    Doc::new(
        "该栏目的全文在何处，如 \"一楼公开栏\"",
        "where the whole texts of its items are",
    ),
)
.or_from("同上级栏目或全站", "that of the column above it, or the site's");

pub(super) static LIFETIME: Field<LifetimeKind> = Field::new(
    "lifetime",
    "时效",
    LifetimeKind,
    Doc::new(
        "信息未写下屏或公示期时，发布后留多久：到第几天的 24:00；当日为当天亮屏结束；节日为该节日最后一天",
        "how long items stay that bear neither an end nor a posting period: to 24:00 of that many days after publication; day, to the end of that day's lit hours; holiday, to the holiday's last day",
    ),
)
.or_from("同上级栏目，否则 30 天", "that of the parent, else 30 days");
pub(super) static FESTIVE: Field<Flag> = Field::new(
    "festive",
    "喜庆",
    Flag,
    Doc::new(
        "肃穆日停播，含下级栏目",
        "off on solemn days, with the columns below it",
    ),
)
.or("false");

pub(super) static COLUMN_LEAST: Field<Percent> = Field::new(
    "least",
    "最少",
    Percent { least: 0 },
    Doc::new(
        "任意一小时内，该栏目及其下级栏目在一轮中至少占多少时间；栏目无信息时不计，滚动区域不计",
        "at least so much of any hour of a loop, with the columns below it; not while it has no items, nor in tickers",
    ),
)
.or("0");
pub(super) static COLUMN_MOST: Field<Percent> = Field::new(
    "most",
    "最多",
    Percent { least: 1 },
    Doc::new(
        "任意一小时内，该栏目及其下级栏目在一轮中至多占多少时间；滚动区域不计",
        "at most so much of any hour of a loop, with the columns below it; not in tickers",
    ),
)
.or("100");
pub(super) static COLUMN_REPEATS: Field<Integer> = Field::new(
    "repeats",
    "每小时次数",
    Integer::new(1, 360, "次每小时", "times an hour"),
    Doc::new(
        "该栏目及其下级栏目的每条信息，任意一小时内至多播几次；滚动区域不计",
        "how often any one of its items, and of the columns below it, comes in any hour at most; not in tickers",
    ),
)
.or_from("不限", "as often as its turn comes");

static COLUMN_TABLE: Table = Table {
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

pub(super) static SCREEN_ID: Field<Id> = Field::new(
    "id",
    "标识",
    Id,
    Doc::new("屏幕的标识，不得重复", "its identity, unique in the site"),
)
.required();
pub(super) static SCREEN_TITLE: Field<Line> =
    Field::new("title", "标题", Line(40), Doc::new("屏幕的名称", "a name for people")).or_from("同标识", "the id");
pub(super) static WIDTH: Field<Integer> =
    Field::new("width", "宽", SIDE, Doc::new("宽度", "columns of LEDs")).required();
pub(super) static HEIGHT: Field<Integer> =
    Field::new("height", "高", SIDE, Doc::new("高度", "rows of LEDs")).required();
pub(super) static COLOUR: Field<Words<Colour>> = Field::new(
    "colour",
    "颜色",
    Words(&[
        Word::new("red", "单红", Colour::Red),
        Word::new("green", "单绿", Colour::Green),
        Word::new("amber", "单黄", Colour::Amber),
        Word::new("red+green", "双色", Colour::RedGreen),
        Word::new("full", "全彩", Colour::Full),
    ]),
    Doc::new("灯珠能显示的颜色", "what its LEDs can show"),
)
.or("\"full\"");
pub(super) static DEPTH: Field<DepthKind> = Field::new(
    "depth",
    "灰度",
    DepthKind,
    Doc::new(
        "每种颜色几位灰度：8 位有 256 级，1 位只有亮和灭（单双色条屏）",
        "bits of a channel: 8 for 256 steps, 1 for lit or dark, as strips of one or two colours have",
    ),
)
.or("8");
pub(super) static DITHER: Field<Words<Dither>> = Field::new(
    "dither",
    "抖动",
    Words(&[
        Word::new("diffusion", "扩散", Dither::Diffusion),
        Word::new("ordered", "有序", Dither::Ordered),
        Word::new("none", "无", Dither::None),
    ]),
    Doc::new(
        "灰度为 1 位的屏怎样显示图片的明暗：扩散（误差扩散）适合照片；有序（8×8 点阵）适合图案；无则只分亮灭。文字不受影响",
        "how LEDs of one bit show the shades of pictures: diffusion, of errors, for photographs; ordered, a pattern of 8x8, for drawings; none, lit or dark. Type is never dithered",
    ),
)
.or("\"diffusion\"");
pub(super) static RATE: Field<Integer> = Field::new(
    "rate",
    "帧率",
    Integer::new(1, Rate::LIMIT as i64, "帧每秒", "frames a second"),
    Doc::new("每秒帧数", "how often the picture may change"),
)
.or("50");
pub(super) static PITCH: Field<Decimal> = Field::new(
    "pitch",
    "点间距",
    Decimal {
        least: 50,
        most: 5000,
        unit: Doc::new("毫米", "mm"),
    },
    Doc::new("相邻灯珠的间距", "the distance between LEDs"),
);
pub(super) static LIT: Field<Many> = Field::new(
    "lit",
    "亮屏",
    Many(&WHEN),
    Doc::new(
        "亮屏时段，键同 [[when]]",
        "when it is lit; the keys are those of [[when]]",
    ),
)
.or_from("始终亮屏", "always lit");
pub(super) static ZONES: Field<Many> = Field::new("zone", "区域", Many(&ZONE_TABLE), Doc::new("区域", "its zones"))
    .or_from("整屏为一个区域 main", "one zone, main, of the whole screen");
pub(super) static OUTPUTS: Field<Many> = Field::new(
    "output",
    "输出",
    Many(&OUTPUT_TABLE),
    Doc::new("画面送往哪些控制器", "the controllers that it is sent to"),
)
.or_from("只在模拟器中显示", "the simulator only");

static SCREEN_TABLE: Table = Table {
    heading: "[[screen]]",
    doc: Doc::new("屏幕", "a screen"),
    fields: &[
        &SCREEN_ID,
        &SCREEN_TITLE,
        &WIDTH,
        &HEIGHT,
        &COLOUR,
        &DEPTH,
        &DITHER,
        &RATE,
        &PITCH,
        &LIT,
        &BRIGHTNESS,
        &DIM,
        &NIGHT,
        &ZONES,
        &OUTPUTS,
    ],
};

pub(super) static ZONE_ID: Field<Id> = Field::new(
    "id",
    "标识",
    Id,
    Doc::new("区域的标识，同一屏幕内不得重复", "its identity, unique on its screen"),
)
.required();
pub(super) static X: Field<Integer> =
    Field::new("x", "左", OFFSET, Doc::new("距左边", "LEDs from the left edge")).or("0");
pub(super) static Y: Field<Integer> =
    Field::new("y", "上", OFFSET, Doc::new("距上边", "LEDs from the top edge")).or("0");
pub(super) static AREA_WIDTH: Field<Integer> =
    Field::new("width", "宽", SIDE, Doc::new("宽度", "columns of LEDs")).or_from("到右边为止", "to the right edge");
pub(super) static AREA_HEIGHT: Field<Integer> =
    Field::new("height", "高", SIDE, Doc::new("高度", "rows of LEDs")).or_from("到下边为止", "to the bottom edge");
pub(super) static LAYER: Field<Integer> = Field::new(
    "layer",
    "层",
    Integer::new(-100, 100, "", ""),
    Doc::new(
        "层；大者在上，同层区域不得重叠",
        "its layer: higher ones lie above; zones of one layer do not overlap",
    ),
)
.or("0");
pub(super) static KIND: Field<Words<ZoneKind>> = Field::new(
    "kind",
    "方式",
    Words(&[
        Word::new("pages", "翻页", ZoneKind::Pages),
        Word::new("ticker", "滚动", ZoneKind::Ticker),
        Word::new("live", "实时", ZoneKind::Live),
    ]),
    Doc::new(
        "翻页、滚动条或实时内容（如时钟）",
        "pages, one joined strip, or one thing that changes by itself, as a clock",
    ),
)
.or("\"pages\"");
pub(super) static SPEED: Field<Integer> = Field::new(
    "speed",
    "速度",
    Integer::new(1, 8, "像素点每帧", "LEDs a frame"),
    Doc::new(
        "滚动速度，按每帧移动的像素点计；与 pace 只写一个",
        "how fast text runs, in LEDs; instead of \"pace\"",
    ),
)
.or_from("按 pace 计算", "what \"pace\" comes to");
pub(super) static PACE: Field<Decimal> = Field::new(
    "pace",
    "每秒字数",
    Decimal {
        least: Pace::LEAST as u32,
        most: Pace::MOST as u32,
        unit: Doc::new("字每秒", "characters a second"),
    },
    Doc::new(
        "滚动字幕和排不下而滚动的文字每秒移过几个字，取最接近的每帧整点数或每几帧一点",
        "how fast tickers run, and texts that are too long to stand still: the nearest whole LEDs a frame, or one LED every few frames",
    ),
)
.or("3");
pub(super) static ZONE_SCENE: Field<Id> = Field::new(
    "scene",
    "模板",
    Id,
    Doc::new(
        "区域内信息所用的模板",
        "the scene that sets its items, unless the item or the column names one",
    ),
);

static ZONE_TABLE: Table = Table {
    heading: "[[screen.zone]]",
    doc: Doc::new(
        "区域：屏幕的一部分，有自己的节目",
        "a part of the screen with a track of its own",
    ),
    fields: &[
        &ZONE_ID,
        &X,
        &Y,
        &AREA_WIDTH,
        &AREA_HEIGHT,
        &LAYER,
        &KIND,
        &PACE,
        &SPEED,
        &ZONE_SCENE,
    ],
};
