//! What the way to the controllers carries, and what a site that asks for more is told.

use yingbi::{
    controller::{Universes, artnet, sacn},
    panel::{self, Format},
    site::{self, Load, Output, Pacing, Protocol, Route},
    units::{Level, Size},
};

use super::outputs::read;
use crate::{
    document::en,
    support::site::{Files, PLAIN, messages},
};

fn universes(slots: u16) -> Universes {
    Universes { first: 1, slots }
}

fn sacn(slots: u16, sync: Option<u16>) -> Protocol {
    Protocol::Sacn(sacn::Settings {
        universes: universes(slots),
        priority: 100,
        sync: sync.map(|sync| sync.try_into().unwrap()),
        multicast: false,
    })
}

fn art_net(slots: u16, sync: bool) -> Protocol {
    Protocol::ArtNet(artnet::Settings {
        universes: universes(slots),
        sync,
        discover: false,
    })
}

fn load(protocol: Protocol, size: Size, format: Format, address: &str) -> Load {
    let panel = panel::Spec {
        format,
        ..panel::Spec::plain(size.area())
    };
    Load::of(&Output {
        protocol,
        address: Some(address.into()),
        panel,
        brightness: Level::FULL,
        route: Route::default(),
    })
}

/// Every datagram with its headers, added up one by one.
fn counted(datagrams: impl Iterator<Item = u64>, internet: u64) -> u64 {
    let frame = |payload: u64| 8 + 14 + (payload + 8 + internet).max(46) + 4 + 12;
    datagrams.map(frame).sum()
}

/// The lengths of runs of at most `each` bytes.
fn runs(bytes: u64, each: u64) -> impl Iterator<Item = u64> {
    (0..bytes.div_ceil(each)).map(move |run| each.min(bytes - run * each))
}

const HALL: Size = Size::new(512, 256);
const WALL: Size = Size::new(1920, 1080);

#[test]
fn the_figures_of_the_wire_are_those_that_were_measured() {
    // Bytes an LED in thousandths, and pictures a second in tenths at 1 Gb/s and at 100 Mb/s.
    let figures = |protocol, size: Size| {
        let load = load(protocol, size, Format::Rgb, "192.0.2.10:4048");
        let thousandths = load.bytes * 1000 / size.leds() as u64;
        (thousandths, load.carried(1000), load.carried(100))
    };
    assert_eq!(figures(Protocol::Ddp, HALL), (3158, 3019, 301));
    assert_eq!(figures(Protocol::Ddp, WALL), (3158, 190, 19));
    assert_eq!(figures(sacn(510, None), HALL), (4130, 2308, 230));
    assert_eq!(figures(sacn(510, None), WALL), (4129, 145, 14));
    assert_eq!(figures(art_net(510, false), HALL), (3494, 2728, 272));
    assert_eq!(figures(art_net(510, false), WALL), (3494, 172, 17));
}

#[test]
fn a_load_is_the_sum_of_its_datagrams() {
    for (width, height) in [(1, 1), (5, 1), (64, 32), (320, 16), (257, 129)] {
        let size = Size::new(width, height);
        for format in [Format::Rgb, Format::Grey, Format::OneBit, Format::TwoBit] {
            let bytes = format.bytes(size) as u64;
            for (address, internet) in [("192.0.2.10:4048", 20), ("[2001:db8::1]:4048", 40)] {
                let of = |protocol| load(protocol, size, format, address);
                let ddp = of(Protocol::Ddp);
                assert_eq!(ddp.bytes, counted(runs(bytes, 1440).map(|run| run + 10), internet));
                assert_eq!(ddp.packets, bytes.div_ceil(1440));
                for slots in [1_u16, 170, 510, 512] {
                    let data = || runs(bytes, slots.into()).map(|run| run + 126);
                    assert_eq!(of(sacn(slots, None)).bytes, counted(data(), internet));
                    let synchronised = data().chain([49]);
                    assert_eq!(of(sacn(slots, Some(9))).bytes, counted(synchronised, internet));
                    let data = || runs(bytes, slots.into()).map(|run| run + run % 2 + 18);
                    assert_eq!(of(art_net(slots, false)).bytes, counted(data(), internet));
                    let sync = (data().count() > 1).then_some(14);
                    let load = of(art_net(slots, true));
                    assert_eq!(load.bytes, counted(data().chain(sync), internet));
                    assert_eq!(load.packets, data().chain(sync).count() as u64);
                }
            }
        }
    }
}

#[test]
fn batches_have_a_rate_of_their_own() {
    let load = load(Protocol::Ddp, HALL, Format::Rgb, "192.0.2.10:4048");
    let paced = |packets: u16, microseconds| {
        load.paced(Pacing {
            packets: packets.try_into().unwrap(),
            gap: std::time::Duration::from_micros(microseconds),
        })
    };
    // 274 packets are 35 batches of 8: 70 ms, 14.2 a second.
    assert_eq!(paced(8, 2000), Some(142));
    assert_eq!(paced(137, 10_000), Some(500));
    assert_eq!(paced(274, 10_000), None);
}

#[test]
fn a_full_hd_wall_at_25_does_not_fit_one_gigabit_port() {
    let wall = |keys: &str| {
        let text = format!(
            "title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 1920\nheight = 1080\nrate = 25\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"192.0.2.10\"\n{keys}"
        );
        site::parse("site.toml", text.as_bytes())
    };
    let refused = wall("");
    assert_eq!(
        en(&refused),
        [
            "8:1 a picture of 1920x1080 takes 6549120 bytes on the wire: 1G carries 19.0 a second, and 25 are to be shown; write most = 19; or where all of the way is 2.5G, write cable = \"2.5G\"; or divide the screen with \"region\" among 2 outputs on network ports of their own"
        ]
    );
    assert_eq!(
        crate::document::zh(&refused),
        [
            "8:1 一幅 1920x1080 的画面在线上占 6549120 字节：1G 每秒只能传 19.0 幅，而要显示 25 幅；写 most = 19；或整条线路都是 2.5G 的，写 cable = \"2.5G\"；或用 region 把屏幕分给 2 路输出，各走一个网口"
        ]
    );
    assert!(refused.value.is_none());
    for what_it_says in ["most = 19", "cable = \"2.5G\"", "region = { height = 540 }"] {
        assert_eq!(en(&wall(what_it_says)), [""; 0], "{what_it_says}");
    }
}

#[test]
fn leds_of_one_colour_are_told_of_the_format_that_fits() {
    let screen = "colour = \"red\"\ndepth = 1\nrate = 200\n";
    let keys = "protocol = \"ddp\"\naddress = \"192.0.2.10\"\ncable = \"10M\"";
    assert_eq!(
        read(screen, keys).en(),
        [
            "12:1 a picture of 64x32 takes 6524 bytes on the wire: 10M carries 191 a second, and 200 are to be shown; write most = 191; or where all of the way is 100M, write cable = \"100M\"; or divide the screen with \"region\" among 2 outputs on network ports of their own; or write format = \"1bit\""
        ]
    );
    assert_eq!(read(screen, &format!("{keys}\nformat = \"1bit\"")).en(), [""; 0]);
}

#[test]
fn batches_that_take_longer_than_a_picture_stands_are_refused() {
    let text = |keys: &str| {
        let text = format!(
            "title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 512\nheight = 256\nrate = 25\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"192.0.2.10\"\n{keys}"
        );
        en(&site::parse("site.toml", text.as_bytes()))
    };
    assert_eq!(
        text("burst = 8\ngap = 2"),
        [
            "8:1 in batches of 8 every 2000 µs a picture of 274 packets leaves 14.2 times a second, and 25 are to be shown; write most = 14, or burst = 14, or a shorter gap"
        ]
    );
    for what_it_says in [
        "burst = 14\ngap = 2",
        "burst = 8\ngap = 2\nmost = 14",
        "burst = 8\ngap = 1",
    ] {
        assert_eq!(text(what_it_says), [""; 0], "{what_it_says}");
    }
}

#[test]
fn outputs_through_one_interface_add_up() {
    let half = |y: u32, address: &str, interface: &str| {
        format!(
            "[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\ninterface = \"{interface}\"\nregion = {{ y = {y}, height = 540 }}\n"
        )
    };
    let both = |first: &str, second: &str| {
        let text = format!(
            "title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 1920\nheight = 1080\nrate = 25\n{}{}",
            half(0, "192.0.2.10", first),
            half(540, "198.51.100.10", second)
        );
        site::parse("site.toml", text.as_bytes())
    };
    assert_eq!(en(&both("eth1", "eth2")), [""; 0]);
    let one = both("eth1", "eth1");
    assert_eq!(
        en(&one),
        [
            "12:1 the outputs through the interface eth1 need 1310 megabits a second together, and 1G carries 1000; divide them among 2 network ports, each with its \"interface\", or lower their rates to 76 % with \"most\""
        ]
    );
    assert_eq!(
        crate::document::zh(&one),
        [
            "12:1 经网卡 eth1 的各路输出合计每秒 1310 兆比特，而 1G 只能传 1000 兆；分到 2 个网口（各写 interface），或用 most 把帧率降到 76 %"
        ]
    );
}

#[test]
fn more_than_44_a_second_is_a_warning_and_44_are_shown() {
    let fast = read("rate = 50\n", "protocol = \"sacn\"");
    assert_eq!(
        fast.en(),
        [
            "8:1 sACN takes at most 44 pictures a second, and the screen has 50: this output shows 44 of them; write most = 25 for even motion; where the receivers do take 50, write most = 50"
        ]
    );
    assert_eq!(
        fast.zh(),
        [
            "8:1 sACN 每秒至多 44 幅，而屏幕为 50 帧：该输出显示其中 44 幅；写 most = 25 使运动均匀；控制器确能收 50 幅的，写 most = 50"
        ]
    );
    let most = |output: &Output| output.route.most.map(yingbi::units::Rate::hertz);
    assert_eq!(most(&fast.0.value.unwrap().screens[0].outputs[0]), Some(44));
    assert_eq!(
        most(&read("rate = 50\n", "protocol = \"artnet\"\nmost = 50").output()),
        Some(50)
    );
    assert_eq!(most(&read("rate = 44\n", "protocol = \"artnet\"").output()), None);
}

#[test]
fn universes_that_do_not_exist_are_refused_with_those_that_would_fit() {
    // 64x32 takes 13 universes of 510 slots.
    let universe =
        |protocol: &str, first: u32| read("rate = 25\n", &format!("protocol = \"{protocol}\"\nuniverse = {first}"));
    assert_eq!(
        universe("sacn", 63_990).en(),
        ["9:12 13 universes from 63990 on go beyond 63999, the last one of sACN; write universe = 63987 or less"]
    );
    assert_eq!(universe("sacn", 63_987).en(), [""; 0]);
    assert_eq!(
        universe("artnet", 32_760).zh(),
        ["9:12 从 32760 起的 13 个域超出 Art-Net 的最后一个域 32767；写 universe = 32755 或更小"]
    );
    assert_eq!(universe("artnet", 32_755).en(), [""; 0]);
    assert_eq!(
        universe("sacn", 0).en(),
        ["9:12 sACN counts universes from 1; write universe = 1"]
    );
    let all = "title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 8192\nheight = 2048\nrate = 1\n[[screen.output]]\nprotocol = \"artnet\"\n";
    assert_eq!(
        en(&site::parse("site.toml", all.as_bytes())),
        [
            "7:1 98690 universes from 0 on go beyond 32767, the last one of Art-Net; divide the screen among several outputs with \"region\", or use DDP"
        ]
    );
}

#[test]
fn two_outputs_do_not_send_one_universe() {
    let site = |first: &str, second: &str| {
        let text = format!(
            "title = \"示例\"\n[[screen]]\nid = \"厅\"\nwidth = 64\nheight = 32\nrate = 25\n[[screen.output]]\n{first}\n[[screen]]\nid = \"门\"\nwidth = 64\nheight = 16\nrate = 25\n[[screen.output]]\nprotocol = \"sacn\"\naddress = \"192.0.2.10\"\nuniverse = 1000\nmost = 20\n[[screen.output]]\n{second}\n"
        );
        site::parse("site.toml", text.as_bytes())
    };
    let sacn = "protocol = \"sacn\"\naddress = \"192.0.2.20\"\nuniverse = ";
    let told = site(&format!("{sacn}1"), &format!("{sacn}13"));
    assert_eq!(
        en(&told),
        [
            "21:1 universes 13 to 13 are sent by output 2 of screen \"门\" and by output 1 of screen \"厅\"; write universe = 14 for one of them, or another address"
        ]
    );
    assert_eq!(
        crate::document::zh(&told),
        [
            "21:1 域 13 至 13 由屏幕“门”的第 2 路输出和屏幕“厅”的第 1 路输出同时发送；其中一路改写 universe = 14，或写不同的地址"
        ]
    );
    for other in [
        format!("{sacn}14"),
        "protocol = \"sacn\"\nuniverse = 1".into(),
        "protocol = \"sacn\"\naddress = \"192.0.2.21\"".into(),
        "protocol = \"artnet\"\naddress = \"192.0.2.20\"\nuniverse = 1".into(),
    ] {
        assert_eq!(en(&site(&format!("{sacn}1"), &other)), [""; 0], "{other}");
    }
    let both = site("protocol = \"sacn\"", "protocol = \"sacn\"");
    assert!(
        en(&both)[0].starts_with("19:1 universes 1 to 7 are sent by output 2 of screen \"门\""),
        "{:?}",
        en(&both)
    );
}

#[test]
fn two_ddp_outputs_do_not_paint_over_each_other() {
    let keys = "protocol = \"ddp\"\naddress = \"wall.example\"\nregion = { width = 32 }\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"WALL.example:4048\"\nregion = { x = 32 }";
    assert_eq!(
        read("", keys).en(),
        [
            "10:1 output 2 of screen \"s\" and output 1 of screen \"s\" both send DDP to WALL.example:4048, and each would paint over the other; correct one of the addresses; let one output light all that one controller has"
        ]
    );
}

#[test]
fn a_packet_that_is_longer_than_the_way_carries_is_refused_with_the_slots_that_fit() {
    let mtu = |protocol: &str, keys: &str| {
        read(
            "rate = 25\n",
            &format!("protocol = \"{protocol}\"\naddress = \"192.0.2.10\"\n{keys}"),
        )
    };
    assert_eq!(
        mtu("sacn", "mtu = 600").en(),
        [
            "10:1 a packet of 510 slots takes 664 bytes, and the way carries 600; write slots = 444, or let the way carry 664 bytes and write mtu = 664"
        ]
    );
    for what_it_says in ["mtu = 600\nslots = 444", "mtu = 664"] {
        assert_eq!(mtu("sacn", what_it_says).en(), [""; 0], "{what_it_says}");
    }
    assert_eq!(mtu("artnet", "mtu = 576").en(), [""; 0]);
    assert_eq!(mtu("ddp", "mtu = 576").en(), [""; 0], "DDP cuts its packets to the way");
}

#[test]
fn a_site_that_asks_too_much_leaves_the_good_one_in_force() {
    let output = |keys: &str| format!("[[screen.output]]\nprotocol = \"ddp\"\naddress = \"192.0.2.10\"\n{keys}");
    let fast = PLAIN.replace("rate = 50", "rate = 100");
    let files = |keys: &str| Files::plain().with("site.toml", format!("{fast}\n{}", output(keys)));
    let good = files("").library();
    let worse = good.accept(&files("cable = \"10M\"\n").sources());
    let told = messages(worse.problems());
    assert_eq!(told.len(), 1, "{told:?}");
    // 128x32 LEDs take nine packets, 12,972 bytes.
    assert!(
        told[0].contains("10M carries 96.3 a second, and 100 are to be shown"),
        "{told:?}"
    );
    let wall = worse.wall().expect("the wall goes on");
    assert_eq!(wall.site().screens[0].outputs[0].route.megabits, 1000);
}
