//! The keys of `site.toml`: the one place where each is defined. Those of columns and of screens with their zones have files of their own;
//! those of outputs and of brightness are in `site/output` and `site/dimming`.

mod column;
mod screen;

pub(super) use column::{
    COLUMN_FULL_TEXT, COLUMN_ID, COLUMN_LEAST, COLUMN_MOST, COLUMN_PAGES, COLUMN_PARENT, COLUMN_REPEATS, COLUMN_SCENE,
    COLUMN_TITLE, FESTIVE, LIFETIME,
};
pub(super) use screen::{
    AREA_HEIGHT, AREA_WIDTH, CARDS, COLOUR, DEPTH, DITHER, HEIGHT, KIND, LAYER, LIT, OUTPUTS, PACE, PITCH, RATE,
    SCREEN_ID, SCREEN_TITLE, SPEED, WIDTH, X, Y, ZONE_ID, ZONE_SCENE, ZONES,
};

use crate::{
    document::{
        Doc, Field, Table,
        kind::{Flag, Integer, Line, Many, One, Word, Words},
    },
    text::Rules,
};

use column::COLUMN_TABLE;
use screen::SCREEN_TABLE;

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
pub(super) static CLIP_SPACE: Field<Integer> = Field::new(
    "clip_space",
    "视频缓存",
    Integer::new(1, 4_194_304, "MiB", "MiB"),
    Doc::new(
        "转换好的视频在状态文件夹中最多占多少空间；两天内要播的不会被清除",
        "the most room that converted videos take in the state folder; what plays within two days is never let go",
    ),
)
.or("8192");
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
        &TITLE,
        &TIMEZONE,
        &FULL_TEXT,
        &RULES,
        &CONTACT,
        &FEEDBACK,
        &CLIP_SPACE,
        &COLUMNS,
        &SCREENS,
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
