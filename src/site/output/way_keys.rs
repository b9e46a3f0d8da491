//! The keys of `[[screen.output]]` that say how its pictures travel: universes, interface, batches, cable.

use crate::{
    controller::SLOTS,
    document::{
        Doc, Field,
        kind::{Decimal, Flag, Integer, Line, Word, Words},
    },
    units::Rate,
};

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
        "sACN 的优先级；几个信号源中最高的生效",
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
