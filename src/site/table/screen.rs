//! The keys of `[[screen]]` and of its zones.

use crate::{
    document::{
        Doc, Field, Table, WHEN,
        kind::{Decimal, Id, Integer, Line, Many, Word, Words},
    },
    panel::Dither,
    site::{
        Colour, ZoneKind,
        card::CARD_TABLE,
        depth::DepthKind,
        dimming::{BRIGHTNESS, DIM, NIGHT},
        output::OUTPUT_TABLE,
    },
    units::{Pace, Rate, Size},
};

const LIMIT: i64 = Size::LIMIT as i64;
const SIDE: Integer = Integer::new(1, LIMIT, "像素点", "LEDs");
const OFFSET: Integer = Integer::new(0, LIMIT - 1, "像素点", "LEDs");

pub(in crate::site) static SCREEN_ID: Field<Id> = Field::new(
    "id",
    "标识",
    Id,
    Doc::new("屏幕的标识，不得重复", "its identity, unique in the site"),
)
.required();
pub(in crate::site) static SCREEN_TITLE: Field<Line> =
    Field::new("title", "标题", Line(40), Doc::new("屏幕的名称", "a name for people")).or_from("同标识", "the id");
pub(in crate::site) static WIDTH: Field<Integer> =
    Field::new("width", "宽", SIDE, Doc::new("宽度", "columns of LEDs")).required();
pub(in crate::site) static HEIGHT: Field<Integer> =
    Field::new("height", "高", SIDE, Doc::new("高度", "rows of LEDs")).required();
pub(in crate::site) static COLOUR: Field<Words<Colour>> = Field::new(
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
pub(in crate::site) static DEPTH: Field<DepthKind> = Field::new(
    "depth",
    "灰度",
    DepthKind,
    Doc::new(
        "每种颜色几位灰度：8 位有 256 级，1 位只有亮和灭（单双色条屏）",
        "bits of a channel: 8 for 256 steps, 1 for lit or dark, as strips of one or two colours have",
    ),
)
.or("8");
pub(in crate::site) static DITHER: Field<Words<Dither>> = Field::new(
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
pub(in crate::site) static RATE: Field<Integer> = Field::new(
    "rate",
    "帧率",
    Integer::new(1, Rate::LIMIT as i64, "帧每秒", "frames a second"),
    Doc::new("每秒帧数", "how often the picture may change"),
)
.or("50");
pub(in crate::site) static PITCH: Field<Decimal> = Field::new(
    "pitch",
    "点间距",
    Decimal {
        least: 50,
        most: 5000,
        unit: Doc::new("毫米", "mm"),
    },
    Doc::new("相邻灯珠的间距", "the distance between LEDs"),
);
pub(in crate::site) static LIT: Field<Many> = Field::new(
    "lit",
    "亮屏",
    Many(&WHEN),
    Doc::new(
        "亮屏时段，键同 [[when]]",
        "when it is lit; the keys are those of [[when]]",
    ),
)
.or_from("始终亮屏", "always lit");
pub(in crate::site) static ZONES: Field<Many> =
    Field::new("zone", "区域", Many(&ZONE_TABLE), Doc::new("区域", "its zones"))
        .or_from("整屏为一个区域 main", "one zone, main, of the whole screen");
pub(in crate::site) static OUTPUTS: Field<Many> = Field::new(
    "output",
    "输出",
    Many(&OUTPUT_TABLE),
    Doc::new("画面送往哪些控制器", "the controllers that it is sent to"),
)
.or_from("只在模拟器中显示", "the simulator only");

pub(in crate::site) static CARDS: Field<Many> = Field::new(
    "card",
    "控制卡",
    Many(&CARD_TABLE),
    Doc::new(
        "自己存页面、自己播放的控制卡",
        "the cards that keep pages and play them by themselves",
    ),
)
.or_from("没有", "none");

pub(super) static SCREEN_TABLE: Table = Table {
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
        &CARDS,
    ],
};

pub(in crate::site) static ZONE_ID: Field<Id> = Field::new(
    "id",
    "标识",
    Id,
    Doc::new("区域的标识，同一屏幕内不得重复", "its identity, unique on its screen"),
)
.required();
pub(in crate::site) static X: Field<Integer> =
    Field::new("x", "左", OFFSET, Doc::new("距左边", "LEDs from the left edge")).or("0");
pub(in crate::site) static Y: Field<Integer> =
    Field::new("y", "上", OFFSET, Doc::new("距上边", "LEDs from the top edge")).or("0");
pub(in crate::site) static AREA_WIDTH: Field<Integer> =
    Field::new("width", "宽", SIDE, Doc::new("宽度", "columns of LEDs")).or_from("到右边为止", "to the right edge");
pub(in crate::site) static AREA_HEIGHT: Field<Integer> =
    Field::new("height", "高", SIDE, Doc::new("高度", "rows of LEDs")).or_from("到下边为止", "to the bottom edge");
pub(in crate::site) static LAYER: Field<Integer> = Field::new(
    "layer",
    "层",
    Integer::new(-100, 100, "", ""),
    Doc::new(
        "层；大者在上，同层区域不得重叠",
        "its layer: higher ones lie above; zones of one layer do not overlap",
    ),
)
.or("0");
pub(in crate::site) static KIND: Field<Words<ZoneKind>> = Field::new(
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
pub(in crate::site) static SPEED: Field<Integer> = Field::new(
    "speed",
    "速度",
    Integer::new(1, 8, "像素点每帧", "LEDs a frame"),
    Doc::new(
        "滚动速度，按每帧移动的像素点计；与 pace 只写一个",
        "how fast text runs, in LEDs; instead of \"pace\"",
    ),
)
.or_from("按 pace 计算", "what \"pace\" comes to");
pub(in crate::site) static PACE: Field<Decimal> = Field::new(
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
pub(in crate::site) static ZONE_SCENE: Field<Id> = Field::new(
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
