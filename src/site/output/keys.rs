//! The keys of `[[screen.output]]`: the one place where each is defined. Those of modules are in [`super::module_keys`].

use super::{
    kinds::ModulesKind,
    module_keys::{MODULE_TABLE, WIRING_TABLE},
};
use crate::{
    controller::SLOTS,
    document::{
        Doc, Field, Table,
        kind::{Address, Decimal, Flag, Integer, Line, Many, One, Word, Words},
    },
    panel::{Format, Order},
    site::table::{AREA_HEIGHT, AREA_WIDTH, X, Y},
    units::Rate,
};

/// A language of controllers, by name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Ddp,
    Sacn,
    ArtNet,
}

const AMPERES: Decimal = Decimal {
    least: 1,
    most: 100_000,
    unit: Doc::new("安", "A"),
};

const CURVE: Decimal = Decimal {
    least: 100,
    most: 400,
    unit: Doc::new("", ""),
};

pub(super) static PROTOCOL: Field<Words<Language>> = Field::new(
    "protocol",
    "协议",
    Words(&[
        Word::new("ddp", "DDP", Language::Ddp),
        Word::new("sacn", "sACN", Language::Sacn),
        Word::new("artnet", "Art-Net", Language::ArtNet),
        Word::new("e1.31", "E1.31", Language::Sacn),
    ]),
    Doc::new(
        "控制器的协议：DDP，sACN（E1.31），Art-Net",
        "the language of the controller: DDP, sACN (E1.31), Art-Net",
    ),
)
.required();
pub(super) static ADDRESS: Field<Address> = Field::new(
    "address",
    "地址",
    Address,
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

pub(super) static FORMAT: Field<Words<Format>> = Field::new(
    "format",
    "格式",
    Words(&[
        Word::new("rgb", "彩色", Format::Rgb),
        Word::new("grey", "单色灰度", Format::Grey),
        Word::new("1bit", "单色一位", Format::OneBit),
        Word::new("2bit", "双色两位", Format::TwoBit),
    ]),
    Doc::new(
        "每个灯珠占多少：三个字节，一个字节（单色屏），一位（单色且灰度为 1），两位（双色且灰度为 1）",
        "what an LED takes: three bytes, one byte (one colour), one bit (one colour and a depth of 1), two bits (red and green and a depth of 1)",
    ),
)
.or("\"rgb\"");
pub(super) static ORDER: Field<Words<Order>> = Field::new(
    "order",
    "颜色顺序",
    Words(&[
        Word::new("rgb", "红绿蓝", Order::Rgb),
        Word::new("rbg", "红蓝绿", Order::Rbg),
        Word::new("grb", "绿红蓝", Order::Grb),
        Word::new("gbr", "绿蓝红", Order::Gbr),
        Word::new("brg", "蓝红绿", Order::Brg),
        Word::new("bgr", "蓝绿红", Order::Bgr),
    ]),
    Doc::new(
        "三种颜色的先后；颜色不对时逐个试",
        "which colour comes first, second, third; where colours are wrong, try another",
    ),
)
.or("\"rgb\"");
pub(super) static GAMMA: Field<Decimal> = Field::new(
    "gamma",
    "伽马",
    CURVE,
    Doc::new(
        "灯板的伽马值：1 为线性，由控制器校正的写 1，其余多为 2.2 至 2.8",
        "the panel's gamma: 1 is linear, for controllers that correct by themselves; others mostly 2.2 to 2.8",
    ),
)
.or("1");
pub(super) static GAMMA_RED: Field<Decimal> = Field::new(
    "gamma_red",
    "红伽马",
    CURVE,
    Doc::new("红灯的伽马值", "the gamma of the red LEDs"),
)
.or_from("同 gamma", "that of \"gamma\"");
pub(super) static GAMMA_GREEN: Field<Decimal> = Field::new(
    "gamma_green",
    "绿伽马",
    CURVE,
    Doc::new("绿灯的伽马值", "the gamma of the green LEDs"),
)
.or_from("同 gamma", "that of \"gamma\"");
pub(super) static GAMMA_BLUE: Field<Decimal> = Field::new(
    "gamma_blue",
    "蓝伽马",
    CURVE,
    Doc::new("蓝灯的伽马值", "the gamma of the blue LEDs"),
)
.or_from("同 gamma", "that of \"gamma\"");
pub(super) static TEMPERATURE: Field<Integer> = Field::new(
    "temperature",
    "色温",
    Integer::new(2000, 12_000, "开", "K"),
    Doc::new(
        "白色的色温；偏蓝的屏写 6500 或更低",
        "the colour temperature of white: 6500 or less where a wall looks blue",
    ),
)
.or_from("灯珠本来的白色", "white as the LEDs have it");
pub(super) static BRIGHTNESS: Field<Integer> = Field::new(
    "brightness",
    "亮度",
    Integer::new(0, 100, "%", "%"),
    Doc::new(
        "占屏幕当时亮度的百分比；几路灯板亮度不一时用来找平",
        "its share of what the screen has at the time: for panels that are brighter than others",
    ),
)
.or("100");
pub(super) static SUPPLY: Field<Decimal> = Field::new(
    "supply",
    "电源",
    AMPERES,
    Doc::new(
        "该路开关电源的电流；画面超出时整幅调暗",
        "what the power supply carries: a picture that draws more is dimmed as a whole",
    ),
)
.or_from("不限", "no limit");
pub(super) static DRAW: Field<Decimal> = Field::new(
    "draw",
    "满载电流",
    AMPERES,
    Doc::new(
        "该路全部模组全白最亮时的电流",
        "what all of it draws when it is white and fully lit",
    ),
)
.or_from(
    "每块的电流乘块数；型号已知的按型号",
    "what a module draws times how many there are; where the module is known, by its name",
);
pub(super) static MODULE_DRAW: Field<Decimal> = Field::new(
    "module_draw",
    "每块电流",
    AMPERES,
    Doc::new(
        "一块模组全白最亮时的电流，最好实测",
        "what one module draws when it is white and fully lit, best measured",
    ),
)
.or_from("按型号", "by the module's name");

pub(super) static UNIVERSE: Field<Integer> = Field::new(
    "universe",
    "域",
    Integer::new(0, 63_999, "", ""),
    Doc::new(
        "第一个域的编号：sACN 从 1 到 63999，Art-Net 从 0 到 32767（网络、子网、域合为一个数）",
        "the number of the first universe: sACN from 1 to 63999, Art-Net from 0 to 32767 (net, sub-net and universe in one)",
    ),
)
.or_from("sACN 为 1，Art-Net 为 0", "1 with sACN, 0 with Art-Net");
pub(super) static SLOTS_EACH: Field<Integer> = Field::new(
    "slots",
    "每域通道",
    Integer::new(1, SLOTS as i64, "", ""),
    Doc::new("每个域用多少通道", "how many slots of each universe are used"),
)
.or_from("彩色 510（170 个灯珠），其余 512", "510 for rgb (170 LEDs), else 512");
pub(super) static PRIORITY: Field<Integer> = Field::new(
    "priority",
    "优先级",
    Integer::new(0, 200, "", ""),
    Doc::new(
        "sACN 的优先级；几个来源中最高的生效",
        "of sACN: of several sources the highest is shown",
    ),
)
.or_from("100", "100");
pub(super) static SYNC_UNIVERSE: Field<Integer> = Field::new(
    "sync_universe",
    "同步域",
    Integer::new(1, 63_999, "", ""),
    Doc::new(
        "sACN 同步包的域；控制器支持同步时写，画面不撕裂",
        "the universe of sACN's synchronisation: no picture is torn where the receivers know it",
    ),
)
.or_from("不同步", "none");
pub(super) static SYNC: Field<Flag> = Field::new(
    "sync",
    "同步",
    Flag,
    Doc::new(
        "Art-Net 每幅画面之后发 ArtSync；控制器因此不亮的写 false",
        "of Art-Net: an ArtSync follows each picture; false where a controller goes dark by it",
    ),
)
.or_from("true", "true");

pub(super) static INTERFACE: Field<Line> = Field::new(
    "interface",
    "网卡",
    Line(60),
    Doc::new(
        "从哪块网卡发出，写名称（如 \"eth1\"）或其地址；有几块网卡而用组播、广播时应写",
        "the interface by which it leaves, by name (such as \"eth1\") or address: for multicast and broadcast where there are several",
    ),
)
.or_from("由系统决定", "the system decides");
pub(super) static TTL: Field<Integer> = Field::new(
    "ttl",
    "跳数",
    Integer::new(1, 255, "", ""),
    Doc::new(
        "sACN 组播的 TTL；跨路由器时大于 1",
        "the TTL of sACN's multicast: more than 1 where routers lie between",
    ),
)
.or_from("1", "1");
pub(super) static BURST: Field<Integer> = Field::new(
    "burst",
    "每批包数",
    Integer::new(1, 65_535, "包", "packets"),
    Doc::new(
        "每批最多几包；ESP32 一类的控制器写 8 以内，并写 gap",
        "how many packets follow each other at once: 8 at most for controllers such as an ESP32, with \"gap\"",
    ),
)
.or_from("一幅一批", "the whole picture");
pub(super) static GAP: Field<Decimal> = Field::new(
    "gap",
    "批间隔",
    Decimal {
        least: 1,
        most: 100_000,
        unit: Doc::new("毫秒", "ms"),
    },
    Doc::new(
        "从一批开始到下一批开始的时间",
        "from the start of one batch to the start of the next",
    ),
);
pub(super) static MTU: Field<Integer> = Field::new(
    "mtu",
    "最大包长",
    Integer::new(576, 9000, "字节", "bytes"),
    Doc::new(
        "线路能传的最大 IP 包；经隧道、VPN 时小于 1500",
        "the largest IP packet that the way carries: less than 1500 through a tunnel",
    ),
)
.or("1500");
pub(super) static CABLE: Field<Words<u32>> = Field::new(
    "cable",
    "网线",
    Words(&[
        Word::new("10M", "十兆", 10),
        Word::new("100M", "百兆", 100),
        Word::new("1G", "千兆", 1000),
        Word::new("2.5G", "2.5千兆", 2500),
        Word::new("10G", "万兆", 10_000),
    ]),
    Doc::new(
        "到控制器一路上最慢一段的速率；控制器多为百兆",
        "the slowest part of the way to the controller; many controllers have 100M",
    ),
)
.or("\"1G\"");
pub(super) static MOST: Field<Integer> = Field::new(
    "most",
    "最高帧率",
    Integer::new(1, Rate::LIMIT as i64, "帧每秒", "pictures a second"),
    Doc::new(
        "控制器每秒最多收几幅",
        "the most pictures a second that the controller takes",
    ),
)
.or_from(
    "屏幕的帧率；sACN 和 Art-Net 至多 44",
    "the screen's rate; with sACN and Art-Net 44 at most",
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
