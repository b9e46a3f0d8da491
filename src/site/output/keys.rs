//! The table of `[[screen.output]]`, and those of its keys that say to whom what part of the screen goes. Each key is defined in one place: how
//! LEDs shine in [`super::light_keys`], how pictures travel in [`super::way_keys`], modules in [`super::module_keys`].

use super::{
    kinds::{ModulesKind, ProtocolKind},
    light_keys::{
        BRIGHTNESS, DRAW, FORMAT, GAMMA, GAMMA_BLUE, GAMMA_GREEN, GAMMA_RED, MODULE_DRAW, ORDER, SUPPLY, TEMPERATURE,
    },
    module_keys::{MODULE_TABLE, WIRING_TABLE},
    way_keys::{BURST, CABLE, GAP, INTERFACE, MOST, MTU, PRIORITY, SLOTS_EACH, SYNC, SYNC_UNIVERSE, TTL, UNIVERSE},
};
use crate::{
    controller::Protocol,
    document::{
        Doc, Field, Table,
        kind::{Address, Many, One, Word, Words},
    },
    site::table::{AREA_HEIGHT, AREA_WIDTH, X, Y},
};

pub(super) static PROTOCOL: Field<ProtocolKind> = Field::new(
    "protocol",
    "协议",
    ProtocolKind(Words(&[
        Word::new("ddp", "DDP", Protocol::Ddp),
        Word::new("sacn", "sACN", Protocol::Sacn),
        Word::new("artnet", "Art-Net", Protocol::ArtNet),
        Word::new("e1.31", "E1.31", Protocol::Sacn),
    ])),
    Doc::new(
        "控制器的协议：DDP，sACN（E1.31），Art-Net",
        "the protocol of the controller: DDP, sACN (E1.31), Art-Net",
    ),
)
.required();
pub(super) static ADDRESS: Field<Address> = Field::new(
    "address",
    "地址",
    Address { port: 4048 },
    Doc::new(
        "控制器的地址；端口不写则为 4048（DDP）、5568（sACN）、6454（Art-Net）",
        "where the controller is; without a port 4048 (DDP), 5568 (sACN), 6454 (Art-Net)",
    ),
)
.or_from(
    "DDP 必须写；sACN 发往组播组；Art-Net 询问网上的节点",
    "DDP must have it; sACN goes to its multicast groups; Art-Net asks for nodes",
);
pub(super) static REGION: Field<One> = Field::new(
    "region",
    "范围",
    One(&REGION_TABLE),
    Doc::new("该控制器点亮的部分", "the part of the screen that it lights"),
)
.or_from("整屏", "the whole screen");

pub(super) static MODULES: Field<ModulesKind> = Field::new(
    "modules",
    "模组",
    ModulesKind,
    Doc::new(
        "相同模组拼成的屏：型号、横排块数 x 竖排块数；控制器自己管模组的不写",
        "a wall of equal modules: the module, how many beside and above each other; not where the controller knows its modules by itself",
    ),
);
pub(super) static WIRING: Field<One> = Field::new(
    "wiring",
    "走线",
    One(&WIRING_TABLE),
    Doc::new(
        "信号在模组之间和模组之内的走向",
        "the way of the data from module to module and within one",
    ),
)
.or_from(
    "从左上角起逐行从左到右",
    "row by row from the top left, all rows from the left",
);
pub(super) static MODULE: Field<Many> = Field::new(
    "module",
    "逐块",
    Many(&MODULE_TABLE),
    Doc::new(
        "逐块写明的模组，按信号经过的次序；代替“模组”",
        "the modules one by one, in the order of the chain; in place of \"modules\"",
    ),
);

pub(in crate::site) static OUTPUT_TABLE: Table = Table {
    heading: "[[screen.output]]",
    doc: Doc::new("输出：通往一台控制器", "one wire to one controller"),
    fields: &[
        &PROTOCOL,
        &ADDRESS,
        &REGION,
        &MODULES,
        &WIRING,
        &MODULE,
        &FORMAT,
        &ORDER,
        &GAMMA,
        &GAMMA_RED,
        &GAMMA_GREEN,
        &GAMMA_BLUE,
        &TEMPERATURE,
        &BRIGHTNESS,
        &SUPPLY,
        &DRAW,
        &MODULE_DRAW,
        &UNIVERSE,
        &SLOTS_EACH,
        &PRIORITY,
        &SYNC_UNIVERSE,
        &SYNC,
        &INTERFACE,
        &TTL,
        &BURST,
        &GAP,
        &MTU,
        &CABLE,
        &MOST,
    ],
};

static REGION_TABLE: Table = Table {
    heading: "[screen.output.region]",
    doc: Doc::new(
        "范围；可写成一行：region = { x = 0, y = 0, width = 64, height = 32 }",
        "a part of the screen; on one line: region = { x = 0, y = 0, width = 64, height = 32 }",
    ),
    fields: &[&X, &Y, &AREA_WIDTH, &AREA_HEIGHT],
};
