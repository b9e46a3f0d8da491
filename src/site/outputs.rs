//! The keys of `[[screen.output]]`: the one place where each is defined.

use super::{
    Protocol,
    table::{AREA_HEIGHT, AREA_WIDTH, X, Y},
};
use crate::document::{
    Doc, Field, Table,
    kind::{Address, Decimal, Integer, One, Word, Words},
};

pub(super) static PROTOCOL: Field<Words<Protocol>> = Field::new(
    "protocol",
    "协议",
    Words(&[Word::new("ddp", "DDP", Protocol::Ddp)]),
    Doc::new("控制器的协议", "the language of the controller"),
)
.required();
pub(super) static ADDRESS: Field<Address> = Field::new(
    "address",
    "地址",
    Address,
    Doc::new("控制器的地址", "where the controller is"),
)
.required();
pub(super) static REGION: Field<One> = Field::new(
    "region",
    "范围",
    One(&REGION_TABLE),
    Doc::new("该控制器点亮的部分", "the part of the screen that it lights"),
)
.or_from("整屏", "the whole screen");
pub(super) static BRIGHTNESS: Field<Integer> = Field::new(
    "brightness",
    "亮度",
    Integer::new(0, 100, "%", "%"),
    Doc::new("亮度", "brightness of the LEDs"),
)
.or("100");
pub(super) static GAMMA: Field<Decimal> = Field::new(
    "gamma",
    "伽马",
    Decimal {
        least: 100,
        most: 400,
        unit: Doc::new("", ""),
    },
    Doc::new("灯板的伽马值，1 为线性", "the panel's gamma; 1 is linear"),
)
.or("1");

pub(super) static OUTPUT_TABLE: Table = Table {
    heading: "[[screen.output]]",
    doc: Doc::new("输出：通往一台控制器", "one wire to one controller"),
    fields: &[&PROTOCOL, &ADDRESS, &REGION, &BRIGHTNESS, &GAMMA],
};

static REGION_TABLE: Table = Table {
    heading: "[screen.output.region]",
    doc: Doc::new(
        "范围；可写成一行：region = { x = 0, y = 0, width = 64, height = 32 }",
        "a part of the screen; on one line: region = { x = 0, y = 0, width = 64, height = 32 }",
    ),
    fields: &[&X, &Y, &AREA_WIDTH, &AREA_HEIGHT],
};
