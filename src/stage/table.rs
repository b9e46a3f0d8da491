//! The keys of scene files: the one place where each is defined.

use super::{
    boxes::Valign,
    field::{Field as Shown, TimeField},
};
use crate::{
    document::{
        Doc, Field, Table,
        kind::{ColourValue, Flag, Integer, Line, List, Many, Word, Words},
    },
    text::Align,
    units::Size,
};

const LIMIT: i64 = Size::LIMIT as i64;
const PLACE: Integer = Integer::new(-LIMIT, LIMIT, "像素点", "LEDs");
const SIZE: Integer = Integer::new(0, LIMIT, "像素点", "LEDs");

/// What a box can show, by name.
pub(super) const SHOWN: Words<Shown> = Words(&[
    Word::new("title", "标题", Shown::Title),
    Word::new("body", "正文", Shown::Body),
    Word::new("column", "栏目", Shown::Column),
    Word::new("department", "部门", Shown::Department),
    Word::new("number", "文号", Shown::Number),
    Word::new("published", "发布日期", Shown::Published),
    Word::new("first_day", "公示首日", Shown::FirstDay),
    Word::new("last_day", "公示末日", Shown::LastDay),
    Word::new("period", "公示期", Shown::Period),
    Word::new("site", "单位", Shown::Site),
    Word::new("page", "页码", Shown::Page),
    Word::new("code", "二维码", Shown::Code),
    Word::new("media", "画面", Shown::Media),
    Word::new("chart", "图表", Shown::Chart),
    Word::new("days_left", "倒计天数", Shown::DaysLeft),
    Word::new("day_number", "第几天", Shown::DayNumber),
    Word::new("time", "时间", Shown::Time(TimeField::Time)),
    Word::new("minute", "时分", Shown::Time(TimeField::Minute)),
    Word::new("date", "日期", Shown::Time(TimeField::Date)),
    Word::new("weekday", "星期", Shown::Time(TimeField::Weekday)),
    Word::new("day", "日期星期", Shown::Time(TimeField::Day)),
    Word::new("datetime", "日期时间", Shown::Time(TimeField::DateTime)),
]);

pub(super) static TITLE: Field<Line> =
    Field::new("title", "标题", Line(40), Doc::new("模板的名称", "a name for people"))
        .or_from("同文件名", "the file's name");
pub(super) static PAGE_GROUND: Field<ColourValue> = Field::new(
    "background",
    "底色",
    ColourValue,
    Doc::new(
        "整页底色；单色屏上不亮",
        "the colour of the page's ground; unlit where LEDs have one colour",
    ),
)
.or("\"black\"");
pub(super) static GAP: Field<Integer> = Field::new(
    "gap",
    "间隔",
    Integer::new(0, 1000, "像素点", "LEDs"),
    Doc::new("滚动字幕中每条之后的空白", "the space after each item of a ticker"),
)
.or("48");
pub(super) static BOXES: Field<Many> = Field::new(
    "box",
    "框",
    Many(&BOX),
    Doc::new(
        "框，后写的盖住先写的",
        "the boxes; later ones are painted over earlier ones",
    ),
)
.required();

/// The root of a scene file.
pub static SCENE: Table = Table {
    heading: "scenes/*.toml",
    doc: Doc::new(
        "模板：由若干个框组成，文件名即模板名；与内置的 notice、slogan、picture、chart、counter、ticker、clock 同名时代替之",
        "a scene, made of boxes and called by its file's name; one called notice, slogan, picture, chart, counter, ticker or clock replaces the built-in one",
    ),
    fields: &[&TITLE, &PAGE_GROUND, &GAP, &BOXES],
};

pub(super) static X: Field<Integer> = Field::new(
    "x",
    "左",
    PLACE,
    Doc::new(
        "距左边；负数为距右边。在滚动字幕中为与前一框的间距",
        "LEDs from the left edge; negative: from the right one. In a ticker, the space before the box",
    ),
)
.or("0");
pub(super) static Y: Field<Integer> = Field::new(
    "y",
    "上",
    PLACE,
    Doc::new(
        "距上边；负数为距下边",
        "LEDs from the top edge; negative: from the bottom one",
    ),
)
.or("0");
pub(super) static W: Field<Integer> = Field::new(
    "w",
    "宽",
    PLACE,
    Doc::new(
        "宽度；负数为距右边留空",
        "width; negative: leaves that margin at the right edge",
    ),
)
.or_from("到右边为止", "to the right edge");
pub(super) static H: Field<Integer> = Field::new(
    "h",
    "高",
    PLACE,
    Doc::new(
        "高度；负数为距下边留空",
        "height; negative: leaves that margin at the bottom edge",
    ),
)
.or_from("到下边为止", "to the bottom edge");
pub(super) static FIELD: Field<Words<Shown>> = Field::new(
    "field",
    "内容",
    SHOWN,
    Doc::new(
        "显示哪一项；该项为空时整个框不显示",
        "what it shows; the box is left out where that is empty",
    ),
);
pub(super) static TEXT: Field<Line> = Field::new("text", "文字", Line(200), Doc::new("固定文字", "a fixed text"));
pub(super) static FLOW: Field<List<Words<Shown>>> = Field::new(
    "flow",
    "排列",
    List(SHOWN),
    Doc::new(
        "自上而下依次排列的各项：标题、文号居中，正文缩进，部门、日期居右；须同时写 paged = true 或 scroll = true",
        "fields one below the other: title and number centred, the body indented, department and date to the right; needs paged = true or scroll = true",
    ),
);
pub(super) static BEFORE: Field<Line> = Field::new(
    "before",
    "前缀",
    Line(20),
    Doc::new("紧接在内容之前的文字", "set right before what it shows"),
);
pub(super) static AFTER: Field<Line> = Field::new(
    "after",
    "后缀",
    Line(20),
    Doc::new("紧接在内容之后的文字", "set right after what it shows"),
);
pub(super) static BESIDE: Field<Integer> = Field::new(
    "beside",
    "前后缀字号",
    Integer::new(16, 128, "点", "dots"),
    Doc::new(
        "前缀和后缀的字高；只用于时间、日期和天数",
        "the height of before and after; only beside a time, a date of today or a count of days",
    ),
)
.or_from("同字号", "as the size");
pub(super) static COLOUR: Field<ColourValue> = Field::new(
    "colour",
    "颜色",
    ColourValue,
    Doc::new("文字颜色", "the colour of its type"),
)
.or("\"warm\"");
pub(super) static ACCENT: Field<ColourValue> = Field::new(
    "accent",
    "强调色",
    ColourValue,
    Doc::new(
        "标题、小标题、表头和 **强调** 文字的颜色",
        "the colour of titles, headings, heads of tables and **emphasis** in running text",
    ),
)
.or_from("同颜色", "the colour of its type");
pub(super) static DATED: Field<ColourValue> = Field::new(
    "dated",
    "日期色",
    ColourValue,
    Doc::new(
        "正文中文号和日期的颜色；红绿双色屏上 gold 为红，warm 为绿，其余按色相",
        "the colour of document numbers and dates in running text; on red and green LEDs gold is red, warm is green, and others go by their hue",
    ),
)
.or_from("同颜色", "the colour of its type");
pub(super) static BARS: Field<ColourValue> = Field::new(
    "bars",
    "柱色",
    ColourValue,
    Doc::new("图表中柱的颜色", "the colour of a chart's bars"),
)
.or_from("同强调色", "as the accent");
pub(super) static WITH: Field<List<Words<Shown>>> = Field::new(
    "with",
    "有",
    List(SHOWN),
    Doc::new(
        "信息有这些项时才显示此框",
        "the box is there only where the item has all of these",
    ),
);
pub(super) static WITHOUT: Field<List<Words<Shown>>> = Field::new(
    "without",
    "无",
    List(SHOWN),
    Doc::new(
        "信息没有这些项时才显示此框",
        "the box is there only where the item has none of these",
    ),
);
pub(super) static GROUND: Field<ColourValue> = Field::new(
    "background",
    "底色",
    ColourValue,
    Doc::new(
        "框的底色；没有内容的框就是一条色块或线，单色屏上只有两点以内的线才亮",
        "what lies behind; a box of nothing else is a bar, which LEDs of one colour show only as a rule of at most 2 LEDs",
    ),
)
.or_from("无", "nothing");
pub(super) static SIZE_OF_TYPE: Field<Integer> = Field::new(
    "size",
    "字号",
    Integer::new(16, 128, "点", "dots"),
    Doc::new(
        "字高：16、24、32、48、64、96、128，其他数取较小的一级；放不下时逐级缩小，到最小字号仍放不下时收紧行距，再放不下时翻页（分页的框）或截断并以“…”结尾",
        "the height of its type: 16, 24, 32, 48, 64, 96 or 128, the next smaller one of any other; what does not fit is set smaller, at the least size its lines move closer, and what even then does not fit makes pages (in a paged box) or is cut with …",
    ),
)
.or("16");
pub(super) static LEAST: Field<Integer> = Field::new(
    "least",
    "最小字号",
    Integer::new(16, 128, "点", "dots"),
    Doc::new(
        "缩小的下限：宁可翻页，也不小于此",
        "how small that gets: rather than go below, a paged box makes pages",
    ),
)
.or("16");
pub(super) static FACE: Field<Line> = Field::new(
    "face",
    "字体",
    Line(20),
    Doc::new(
        "字体：黑体（hei）、宋体（song，自24点起），或 fonts 文件夹中自带字体的文件名（不含字号和扩展名）",
        "the face: hei (黑体), song (宋体, from 24 dots on), or one of the site's own by its file's name under fonts, without size and extension",
    ),
)
.or("\"hei\"");
pub(super) static ALIGN: Field<Words<Align>> = Field::new(
    "align",
    "对齐",
    Words(&[
        Word::new("both", "两端", Align::Both),
        Word::new("left", "左", Align::Left),
        Word::new("centre", "中", Align::Centre),
        Word::new("right", "右", Align::Right),
    ]),
    Doc::new("水平对齐", "where lines lie in the width"),
)
.or("\"both\"");
pub(super) static VALIGN: Field<Words<Valign>> = Field::new(
    "valign",
    "垂直对齐",
    Words(&[
        Word::new("top", "上", Valign::Top),
        Word::new("middle", "中", Valign::Middle),
        Word::new("bottom", "下", Valign::Bottom),
    ]),
    Doc::new("垂直对齐", "where lines lie in the height"),
)
.or("\"top\"");
pub(super) static LEADING: Field<Integer> = Field::new(
    "leading",
    "行距",
    Integer::new(0, 64, "像素点", "LEDs"),
    Doc::new(
        "两行之间的空白；放不下时可收紧至一半",
        "the space between two lines; half of it where that makes all fit",
    ),
)
.or("2");
pub(super) static INDENT: Field<Integer> = Field::new(
    "indent",
    "缩进",
    Integer::new(0, 8, "字", "characters"),
    Doc::new(
        "正文每段首行缩进；每行不足10字时不缩进",
        "the indent of a paragraph's first line; none where a line has less than 10 characters",
    ),
)
.or("2");
pub(super) static VERTICAL: Field<Flag> = Field::new(
    "vertical",
    "竖排",
    Flag,
    Doc::new(
        "自上而下竖排，列自右至左；对齐的左、中、右指列首、居中、列尾；不与 paged、scroll 同用",
        "set in columns from right to left; left, centre and right then mean a column's head, middle and foot; never with paged or scroll",
    ),
)
.or("false");
pub(super) static PAGED: Field<Flag> = Field::new(
    "paged",
    "分页",
    Flag,
    Doc::new(
        "排不下时翻页；每种尺寸只能有一个这样的框",
        "whether its overflow makes pages; one box only for each size of zone",
    ),
)
.or("false");
pub(super) static SCROLL: Field<Flag> = Field::new(
    "scroll",
    "滚动",
    Flag,
    Doc::new(
        "各项连成一行：放得下就静止，最大字号优先，可折成框高容得下的行数；都放不下才向左滚动，首屏停 2 秒，末屏停 1 秒，快慢见区域的 pace；每种尺寸只能有一个这样的框，不与 paged 同用",
        "what it shows is one text: it stands still where it fits, at the largest size that does, in as many lines as the box holds; only what fits at none runs to the left in one line, the first screenful held 2 s and the last one 1 s, as fast as the zone's pace says; one box only for each size of zone, and none that is paged",
    ),
)
.or("false");
pub(super) static SNUG: Field<Flag> = Field::new(
    "snug",
    "随文宽",
    Flag,
    Doc::new(
        "框宽随文字，至多占区域宽度的四分之一，最小字号仍放不下时至多一半，再放不下则不显示此框；用于固定在左的栏目名",
        "whether the box is only as wide as its text: a quarter of the zone at most, half of it where the smallest type needs that, and left out where that does not do; for a column's name that stays at the left",
    ),
)
.or("false");
pub(super) static FOLLOWS: Field<Flag> = Field::new(
    "follows",
    "接前框",
    Flag,
    Doc::new(
        "紧接前一个显示的框，x 为与它的间距；前面没有框时从左边开始",
        "whether it begins beside the box before it that is there, x being the space between; at the left edge where none is",
    ),
)
.or("false");
pub(super) static TURN: Field<Integer> = Field::new(
    "turn",
    "轮次",
    Integer::new(1, 4, "", ""),
    Doc::new(
        "轮次不同的框轮流显示，各 5 秒；不写则一直显示",
        "boxes of different turns show one after the other, 5 s each; one without shows always",
    ),
);
pub(super) static MIN_WIDTH: Field<Integer> = Field::new(
    "min_width",
    "最小宽",
    SIZE,
    Doc::new("区域至少这么宽才有此框", "only in zones at least so wide"),
)
.or("0");
pub(super) static MAX_WIDTH: Field<Integer> = Field::new(
    "max_width",
    "最大宽",
    SIZE,
    Doc::new("区域至多这么宽才有此框", "only in zones at most so wide"),
)
.or("8192");
pub(super) static MIN_HEIGHT: Field<Integer> = Field::new(
    "min_height",
    "最小高",
    SIZE,
    Doc::new("区域至少这么高才有此框", "only in zones at least so high"),
)
.or("0");
pub(super) static MAX_HEIGHT: Field<Integer> = Field::new(
    "max_height",
    "最大高",
    SIZE,
    Doc::new("区域至多这么高才有此框", "only in zones at most so high"),
)
.or("8192");

static BOX: Table = Table {
    heading: "[[box]]",
    doc: Doc::new(
        "框：field、text、flow 至多写一个；都不写则为色块",
        "a box: at most one of field, text and flow; with none of them it is a bar",
    ),
    fields: &[
        &X,
        &Y,
        &W,
        &H,
        &FIELD,
        &TEXT,
        &FLOW,
        &BEFORE,
        &AFTER,
        &BESIDE,
        &COLOUR,
        &ACCENT,
        &DATED,
        &BARS,
        &GROUND,
        &FACE,
        &SIZE_OF_TYPE,
        &LEAST,
        &ALIGN,
        &VALIGN,
        &LEADING,
        &INDENT,
        &VERTICAL,
        &PAGED,
        &SCROLL,
        &SNUG,
        &FOLLOWS,
        &TURN,
        &WITH,
        &WITHOUT,
        &MIN_WIDTH,
        &MAX_WIDTH,
        &MIN_HEIGHT,
        &MAX_HEIGHT,
    ],
};
