//! The keys of modules: `[screen.output.wiring]` and `[[screen.output.module]]`.

use super::kinds::{BoardKind, TurnKind};
use crate::{
    document::{
        Doc, Field, Table,
        kind::{Flag, Integer, Word, Words},
    },
    panel::{Axis, Corner, Turn},
    site::table::{X, Y},
    units::Size,
};

const CORNERS: Words<Corner> = Words(&[
    Word::new("top-left", "左上", Corner::TopLeft),
    Word::new("top-right", "右上", Corner::TopRight),
    Word::new("bottom-left", "左下", Corner::BottomLeft),
    Word::new("bottom-right", "右下", Corner::BottomRight),
]);

const AXES: Words<Axis> = Words(&[
    Word::new("rows", "按行", Axis::Rows),
    Word::new("columns", "按列", Axis::Columns),
]);

const SIDE: Integer = Integer::new(1, Size::LIMIT as i64, "像素点", "LEDs");

pub(super) static CORNER: Field<Words<Corner>> = Field::new(
    "corner",
    "起点",
    CORNERS,
    Doc::new(
        "第一块模组在哪个角，从正面看",
        "in which corner the first module is, seen from the front",
    ),
)
.or("\"top-left\"");
pub(super) static AXIS: Field<Words<Axis>> = Field::new(
    "axis",
    "方向",
    AXES,
    Doc::new(
        "先沿行走还是沿列走",
        "whether the chain goes along rows or along columns",
    ),
)
.or("\"rows\"");
pub(super) static SERPENTINE: Field<Flag> = Field::new(
    "serpentine",
    "蛇形",
    Flag,
    Doc::new(
        "隔行（列）往回走；否则每行都从同一侧起",
        "every other line goes back; otherwise all begin on the same side",
    ),
)
.or("false");
pub(super) static TURNED_BACK: Field<Flag> = Field::new(
    "turned_back",
    "隔行倒装",
    Flag,
    Doc::new(
        "往回走的行（列）中模组倒装（转 180 度）",
        "the modules of every other line hang upside down",
    ),
)
.or("false");
pub(super) static MODULE_CORNER: Field<Words<Corner>> = Field::new(
    "module_corner",
    "块内起点",
    CORNERS,
    Doc::new(
        "模组内第一个灯珠在哪个角，模组正立时看",
        "in which corner of an upright module its first LED is",
    ),
)
.or("\"top-left\"");
pub(super) static MODULE_AXIS: Field<Words<Axis>> = Field::new(
    "module_axis",
    "块内方向",
    AXES,
    Doc::new("模组内沿行还是沿列", "whether its LEDs go along rows or along columns"),
)
.or("\"rows\"");
pub(super) static MODULE_SERPENTINE: Field<Flag> = Field::new(
    "module_serpentine",
    "块内蛇形",
    Flag,
    Doc::new("模组内隔行往回走", "every other line of its LEDs goes back"),
)
.or("false");
pub(super) static TURN: Field<TurnKind> = Field::new(
    "turn",
    "旋转",
    TurnKind,
    Doc::new(
        "模组顺时针转了多少度",
        "by how many degrees the modules are turned, clockwise",
    ),
)
.or("0");
pub(super) static MIRRORED: Field<Flag> = Field::new(
    "mirrored",
    "镜像",
    Flag,
    Doc::new(
        "模组左右颠倒，先于旋转",
        "left and right are exchanged, before they are turned",
    ),
)
.or("false");

pub(super) static WIRING_TABLE: Table = Table {
    heading: "[screen.output.wiring]",
    doc: Doc::new(
        "走线，一律从正面看；可写成一行：wiring = { corner = \"top-right\", serpentine = true }",
        "the way of the data, seen from the front; on one line: wiring = { corner = \"top-right\", serpentine = true }",
    ),
    fields: &[
        &CORNER,
        &AXIS,
        &SERPENTINE,
        &TURNED_BACK,
        &MODULE_CORNER,
        &MODULE_AXIS,
        &MODULE_SERPENTINE,
        &TURN,
        &MIRRORED,
    ],
};

pub(super) static PRESET: Field<BoardKind> = Field::new(
    "preset",
    "型号",
    BoardKind,
    Doc::new("模组的型号", "the name of the module"),
);
pub(super) static MODULE_WIDTH: Field<Integer> = Field::new(
    "width",
    "宽",
    SIDE,
    Doc::new(
        "模组正立时的宽度；写了型号的不写",
        "columns of LEDs of the upright module; not beside a preset",
    ),
)
.or_from("按型号", "by the preset");
pub(super) static MODULE_HEIGHT: Field<Integer> = Field::new(
    "height",
    "高",
    SIDE,
    Doc::new(
        "模组正立时的高度；写了型号的不写",
        "rows of LEDs of the upright module; not beside a preset",
    ),
)
.or_from("按型号", "by the preset");
pub(super) static ONE_CORNER: Field<Words<Corner>> = Field::new(
    "corner",
    "起点",
    CORNERS,
    Doc::new(
        "第一个灯珠在哪个角，模组正立时看",
        "in which corner of the upright module its first LED is",
    ),
)
.or_from("同走线的块内起点", "\"module_corner\" of the wiring");
pub(super) static ONE_AXIS: Field<Words<Axis>> = Field::new(
    "axis",
    "方向",
    AXES,
    Doc::new("沿行还是沿列", "whether its LEDs go along rows or along columns"),
)
.or_from("同走线的块内方向", "\"module_axis\" of the wiring");
pub(super) static ONE_SERPENTINE: Field<Flag> = Field::new(
    "serpentine",
    "蛇形",
    Flag,
    Doc::new("隔行往回走", "every other line of its LEDs goes back"),
)
.or_from("同走线的块内蛇形", "\"module_serpentine\" of the wiring");
pub(super) static ONE_TURN: Field<TurnKind> = Field::new(
    "turn",
    "旋转",
    TurnKind,
    Doc::new("顺时针转了多少度", "by how many degrees it is turned, clockwise"),
)
.or_from("同走线的旋转", "\"turn\" of the wiring");
pub(super) static ONE_MIRRORED: Field<Flag> = Field::new(
    "mirrored",
    "镜像",
    Flag,
    Doc::new(
        "左右颠倒，先于旋转",
        "left and right are exchanged, before it is turned",
    ),
)
.or_from("同走线的镜像", "\"mirrored\" of the wiring");

pub(super) static MODULE_TABLE: Table = Table {
    heading: "[[screen.output.module]]",
    doc: Doc::new(
        "一块模组；左、上从范围的左上角起",
        "one module; x and y count from the top left corner of the region",
    ),
    fields: &[
        &X,
        &Y,
        &PRESET,
        &MODULE_WIDTH,
        &MODULE_HEIGHT,
        &ONE_CORNER,
        &ONE_AXIS,
        &ONE_SERPENTINE,
        &ONE_TURN,
        &ONE_MIRRORED,
    ],
};

/// The turns that are written in degrees.
pub(super) const TURNS: [(&str, Turn); 4] = [
    ("0", Turn::None),
    ("90", Turn::Quarter),
    ("180", Turn::Half),
    ("270", Turn::ThreeQuarters),
];
