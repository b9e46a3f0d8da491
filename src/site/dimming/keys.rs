//! The keys of brightness: `brightness`, `[[screen.dim]]` and `[screen.night]`.

use crate::document::{
    Doc, Field, FieldInfo, Table, WHEN,
    kind::{Hours, Many, One, Percent},
};

/// A screen of no brightness would be dark by accident.
const LEVEL: Percent = Percent { least: 1 };

pub(in crate::site) static BRIGHTNESS: Field<Percent> = Field::new(
    "brightness",
    "亮度",
    LEVEL,
    Doc::new(
        "平时的亮度；室内一般 30% 至 50%，室外正对阳光才用 100%",
        "its usual brightness: 30% to 50% indoors, 100% only in the sun",
    ),
)
.or("40");
pub(in crate::site) static DIM: Field<Many> = Field::new(
    "dim",
    "亮度时段",
    Many(&DIM_TABLE),
    Doc::new(
        "另有亮度的时段，取第一个符合的",
        "windows with a brightness of their own; the first that is open counts",
    ),
)
.or_from("始终为平时的亮度", "its usual brightness always");
pub(in crate::site) static NIGHT: Field<One> = Field::new(
    "night",
    "夜间",
    One(&NIGHT_TABLE),
    Doc::new(
        "夜间亮度上限，高于以上各项时以此为准；不要上限写 night = { level = 100 }",
        "what its brightness does not exceed at night, whatever else is written; without a cap: night = { level = 100 }",
    ),
)
.or_from("22:00 至次日 06:00 不超过 20%", "from 22:00 to 06:00 at most 20%");

pub(super) static DIM_LEVEL: Field<Percent> = Field::new(
    "level",
    "亮度",
    LEVEL,
    Doc::new("该时段的亮度", "its brightness in this window"),
)
.required();

static DIM_FIELDS: [&dyn FieldInfo; 13] = beside(&DIM_LEVEL, WHEN.fields);

static DIM_TABLE: Table = Table {
    heading: "[[screen.dim]]",
    doc: Doc::new(
        "亮度时段：键同 [[when]]，时刻须为整点或半点",
        "a window with a brightness of its own: the keys of [[when]], with times on the hour or half hour",
    ),
    fields: &DIM_FIELDS,
};

pub(super) static NIGHT_HOURS: Field<Hours> = Field::new(
    "hours",
    "时间",
    Hours,
    Doc::new(
        "夜间从几点到几点，须为整点或半点",
        "from when until when it is night, on the hour or half hour",
    ),
)
.or("\"22:00-06:00\"");
pub(super) static NIGHT_LEVEL: Field<Percent> = Field::new(
    "level",
    "亮度",
    LEVEL,
    Doc::new("夜间亮度的上限", "the most that its brightness is at night"),
)
.or("20");

static NIGHT_TABLE: Table = Table {
    heading: "[screen.night]",
    doc: Doc::new(
        "夜间亮度上限；可写成一行：night = { hours = \"22:00-06:00\", level = 20 }",
        "the cap of the brightness at night; on one line: night = { hours = \"22:00-06:00\", level = 20 }",
    ),
    fields: &[&NIGHT_HOURS, &NIGHT_LEVEL],
};

/// `first`, then `rest`, which must have one fewer than `N`.
const fn beside<const N: usize>(
    first: &'static dyn FieldInfo,
    rest: &'static [&'static dyn FieldInfo],
) -> [&'static dyn FieldInfo; N] {
    assert!(rest.len() + 1 == N, "the number of fields is written beside the static");
    let mut all = [first; N];
    let mut at = 1;
    while at < N {
        all[at] = rest[at - 1];
        at += 1;
    }
    all
}
