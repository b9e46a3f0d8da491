//! The keys of `[[screen.card]]`: the one place where each is defined.

use super::kinds::{BaudKind, ModelKind, PortKind};
use crate::{
    controller::onbon,
    document::{
        Doc, Field, Table,
        kind::{Address, Integer, One},
    },
    site::table::{AREA_HEIGHT, AREA_WIDTH, X, Y},
};

pub(super) static MODEL: Field<ModelKind> = Field::new(
    "model",
    "型号",
    ModelKind,
    Doc::new(
        "控制卡的型号，印在卡上：仰邦（ONBON）BX-5、BX-6 各型，以及字库卡 BX-5K、BX-5MK、BX-6K",
        "the kind of card, as printed on it: ONBON BX-5 and BX-6, and the cards with fonts BX-5K, BX-5MK and BX-6K",
    ),
)
.required();
pub(super) static ADDRESS: Field<Address> = Field::new(
    "address",
    "地址",
    Address { port: onbon::PORT },
    Doc::new(
        "网口卡的地址；端口不写则为 5005。网口卡写地址，串口卡写串口，只写一个",
        "where the card is on the network; without a port 5005. A card has an address or a serial port, not both",
    ),
);
pub(super) static PORT: Field<PortKind> = Field::new(
    "port",
    "串口",
    PortKind,
    Doc::new(
        "串口卡（RS-232、RS-485）所接的串口；最好写 /dev/yingbi/by-path/ 或 /dev/serial/by-path/ 下的名字，拔插和重启后不变。同一条 RS-485 线上的卡写同一个",
        "the serial port to which the card is wired (RS-232, RS-485); best by its name under /dev/yingbi/by-path/ or /dev/serial/by-path/, which stays when adapters are plugged anew. Cards of one RS-485 line have the same one",
    ),
);
pub(super) static BAUD: Field<BaudKind> = Field::new(
    "baud",
    "波特率",
    BaudKind,
    Doc::new(
        "串口的速率，须与卡上设置的一致；同一条线上的卡相同",
        "the speed of the serial line, as the card is set; the same for all cards of a line",
    ),
)
.or("57600");
pub(super) static TURNAROUND: Field<Integer> = Field::new(
    "turnaround",
    "换向",
    Integer::new(0, 1000, "毫秒", "ms"),
    Doc::new(
        "RS-485 上卡说完之后，等多久再向卡发送：给转换器换向的时间；卡偶尔不应答时加大",
        "how long the line is left alone after a card has spoken, for RS-485 adapters to turn round; more where cards miss requests",
    ),
)
.or("5");
pub(super) static NUMBER: Field<Integer> = Field::new(
    "number",
    "卡号",
    Integer::new(1, 65_533, "", ""),
    Doc::new(
        "卡的地址号，一条线上有几张卡时必须写",
        "the card's own address; to be written where a line has several cards",
    ),
)
.or_from("线上唯一的一张卡", "the only card of its line");
pub(super) static REGION: Field<One> = Field::new(
    "region",
    "范围",
    One(&REGION_TABLE),
    Doc::new("该卡点亮的部分", "the part of the screen that it lights"),
)
.or_from("整屏", "the whole screen");
pub(super) static BRIGHTNESS: Field<Integer> = Field::new(
    "brightness",
    "亮度",
    Integer::new(0, 100, "%", "%"),
    Doc::new(
        "占屏幕当时亮度的百分比；卡只有 16 级",
        "its share of what the screen has at the time; a card has 16 steps",
    ),
)
.or("100");

pub(in crate::site) static CARD_TABLE: Table = Table {
    heading: "[[screen.card]]",
    doc: Doc::new(
        "控制卡：自己存页面、自己播放的仰邦 BX 卡，接网口或串口",
        "a card that keeps pages and plays them by itself: ONBON BX, by network or serial line",
    ),
    fields: &[
        &MODEL,
        &ADDRESS,
        &PORT,
        &BAUD,
        &TURNAROUND,
        &NUMBER,
        &REGION,
        &BRIGHTNESS,
    ],
};

static REGION_TABLE: Table = Table {
    heading: "[screen.card.region]",
    doc: Doc::new(
        "范围；可写成一行：region = { x = 0, y = 0, width = 64, height = 32 }",
        "a part of the screen; on one line: region = { x = 0, y = 0, width = 64, height = 32 }",
    ),
    fields: &[&X, &Y, &AREA_WIDTH, &AREA_HEIGHT],
};
