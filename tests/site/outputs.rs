//! The keys of `[[screen.output]]`: what each protocol takes, and what is refused with which remedy.

use std::time::Duration;

use yingbi::{
    controller::{Universes, artnet, sacn},
    panel::{Format, Order, Supply},
    site::{self, Output, Protocol, Route, Site},
    units::{Level, Rate},
};

use crate::document::{en, zh};

const SAMPLE: &str = include_str!("../../playlists/site.toml");

/// A site of one screen of 64x32 with these keys, and these of its output.
pub(super) fn text(screen: &str, output: &str) -> String {
    format!("title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 64\nheight = 32\n{screen}[[screen.output]]\n{output}\n")
}

pub(super) fn read(screen: &str, output: &str) -> document::Read {
    document::Read(site::parse("site.toml", text(screen, output).as_bytes()))
}

/// Parsed sites, with what tests ask of them.
pub(super) mod document {
    use yingbi::document::Parsed;

    use super::{Output, Site, en, zh};

    pub(crate) struct Read(pub(crate) Parsed<Site>);

    impl Read {
        /// The English problems.
        pub(crate) fn en(&self) -> Vec<String> {
            en(&self.0)
        }

        /// The Chinese problems.
        pub(crate) fn zh(&self) -> Vec<String> {
            zh(&self.0)
        }

        /// The only output, of a site without a problem.
        pub(crate) fn output(self) -> Output {
            assert_eq!(self.en(), [""; 0]);
            self.0.value.unwrap().screens.remove(0).outputs.remove(0)
        }
    }
}

/// The problems of an output, without the site's usual rate, which would be too high for DMX.
fn problems(output: &str) -> Vec<String> {
    read("rate = 25\n", output).en()
}

#[test]
fn an_address_alone_gets_the_port_of_its_protocol() {
    let address = |protocol: &str, address: &str| {
        let output = format!("protocol = \"{protocol}\"\naddress = \"{address}\"");
        read("rate = 25\n", &output).output().address.unwrap().to_string()
    };
    assert_eq!(address("ddp", "192.0.2.10"), "192.0.2.10:4048");
    assert_eq!(address("sacn", "192.0.2.10"), "192.0.2.10:5568");
    assert_eq!(address("artnet", "wall.example"), "wall.example:6454");
    assert_eq!(address("artnet", "192.0.2.10:7000"), "192.0.2.10:7000");
    assert_eq!(address("ddp", "2001:db8::1"), "[2001:db8::1]:4048");
    assert_eq!(address("ddp", "[2001:db8::1]"), "[2001:db8::1]:4048");
    assert_eq!(address("ddp", "[2001:db8::1]:9"), "[2001:db8::1]:9");
    // As an input method for Chinese leaves them.
    assert_eq!(address("ＤＤＰ", "１９２．０．２．１０：４０４９"), "192.0.2.10:4049");
    assert_eq!(address("SACN", "192。0。2。10"), "192.0.2.10:5568");
    for bad in [
        "192.0.2.300",
        "192.0.2.300:4048",
        "a b",
        "a b:1",
        ":4048",
        "h:0",
        "h:70000",
        "h:",
        "",
    ] {
        let refused = format!(
            "8:11 \"address\" takes host or host:port (such as \"192.0.2.10\" or \"192.0.2.10:4048\"); found \"{bad}\"; write host or host:port (such as \"192.0.2.10\" or \"192.0.2.10:4048\")"
        );
        assert_eq!(
            read("", &format!("protocol = \"ddp\"\naddress = \"{bad}\"")).en(),
            [refused]
        );
    }
}

#[test]
fn a_protocol_goes_by_the_name_that_is_printed_on_the_controller() {
    for name in ["sacn", "sACN", "E1.31", "e1.31"] {
        let output = read("rate = 25\n", &format!("protocol = \"{name}\"")).output();
        assert!(matches!(output.protocol, Protocol::Sacn(_)), "{name}");
    }
    for name in ["artnet", "Art-Net", "ART-NET", "art-net"] {
        let output = read("rate = 25\n", &format!("protocol = \"{name}\"")).output();
        assert!(matches!(output.protocol, Protocol::ArtNet(_)), "{name}");
    }
}

#[test]
fn sacn_without_an_address_is_multicast_and_art_net_asks_for_nodes() {
    let output = read("rate = 25\n", "protocol = \"sacn\"").output();
    let universes = Universes { first: 1, slots: 510 };
    assert_eq!(output.address, None);
    assert_eq!(
        output.protocol,
        Protocol::Sacn(sacn::Settings {
            universes,
            priority: 100,
            sync: None,
            multicast: true,
        })
    );
    let output = read("rate = 25\n", "protocol = \"artnet\"").output();
    let universes = Universes { first: 0, slots: 510 };
    assert_eq!(
        (output.address, output.protocol),
        (
            None,
            Protocol::ArtNet(artnet::Settings {
                universes,
                sync: true,
                discover: true,
            })
        )
    );
}

#[test]
fn ddp_needs_an_address() {
    let read = read("", "protocol = \"ddp\"");
    assert_eq!(
        read.en(),
        [
            "6:1 DDP cannot find its controller, and [[screen.output]] has no \"address\"; add address = \"192.0.2.10\" with the controller's own"
        ]
    );
    assert_eq!(
        read.zh(),
        [
            "6:1 DDP 找不到控制器：[[screen.output]] 没有“地址”(address)；补上一行 address = \"192.0.2.10\"，写控制器的地址"
        ]
    );
}

#[test]
fn everything_that_can_be_said_of_an_output_is_read() {
    let output = "协议 = \"sACN\"\n地址 = \"192.0.2.10\"\n域 = 7\n每域通道 = 300\n优先级 = 150\n同步域 = 63999\n\
                  颜色顺序 = \"绿红蓝\"\n伽马 = 2.2\n蓝伽马 = 2.5\n色温 = 6500\n亮度 = 90\n电源 = 40\n满载电流 = 55.5\n\
                  网卡 = \"eth1\"\n每批包数 = 8\n批间隔 = 1.5\n最大包长 = 1400\n网线 = \"百兆\"\n最高帧率 = 20\n";
    let output = read("", output).output();
    assert_eq!(
        output.protocol,
        Protocol::Sacn(sacn::Settings {
            universes: Universes { first: 7, slots: 300 },
            priority: 150,
            sync: Some(63_999.try_into().unwrap()),
            multicast: false,
        })
    );
    let panel = &output.panel;
    assert_eq!(
        (panel.order, panel.gamma, panel.kelvin),
        (Order::Grb, [220, 220, 250], Some(6500))
    );
    assert_eq!(
        panel.supply,
        Some(Supply {
            carries: 40_000,
            draws: 55_500,
        })
    );
    assert_eq!(output.brightness, Level::new(90).unwrap());
    let Route {
        interface,
        ttl,
        pacing,
        mtu,
        megabits,
        most,
    } = output.route;
    let pacing = pacing.unwrap();
    assert_eq!((interface.as_deref(), ttl, mtu, megabits), (Some("eth1"), 1, 1400, 100));
    assert_eq!((pacing.packets.get(), pacing.gap), (8, Duration::from_micros(1500)));
    assert_eq!(most, Rate::new(20));
}

#[test]
fn keys_of_another_protocol_are_refused() {
    let ddp = |key: &str| problems(&format!("protocol = \"ddp\"\naddress = \"192.0.2.10\"\n{key}"));
    assert_eq!(
        ddp("universe = 1"),
        ["10:1 \"universe\" belongs to sACN and Art-Net, not to DDP; remove the line, or correct \"protocol\""]
    );
    for key in [
        "slots = 510",
        "priority = 100",
        "sync_universe = 1",
        "sync = false",
        "ttl = 2",
    ] {
        let name = key.split(' ').next().unwrap();
        assert!(
            ddp(key)[0].starts_with(&format!("10:1 \"{name}\" belongs to ")),
            "{key}"
        );
    }
    assert_eq!(
        problems("protocol = \"artnet\"\npriority = 100"),
        ["9:1 \"priority\" belongs to sACN, not to Art-Net; remove the line, or correct \"protocol\""]
    );
    assert_eq!(
        read("rate = 25\n", "protocol = \"sacn\"\nsync = true").zh(),
        ["9:1 “同步”(sync)用于 Art-Net，不用于 sACN；删去此行，或改正“协议”"]
    );
    assert_eq!(
        problems("protocol = \"sacn\"\naddress = \"192.0.2.10\"\nttl = 2"),
        [
            "10:1 \"ttl\" is of multicast, and this output goes to the one address that it names; remove the line; for multicast remove \"address\""
        ]
    );
    assert_eq!(problems("protocol = \"sacn\"\nttl = 2"), [""; 0]);
}

#[test]
fn a_format_agrees_with_the_colour_and_the_depth_of_the_screen() {
    let format = |screen: &str, format: &str| {
        read(
            &format!("rate = 25\n{screen}"),
            &format!("protocol = \"artnet\"\nformat = \"{format}\""),
        )
    };
    assert_eq!(
        format("colour = \"full\"\n", "1bit").en(),
        [
            "10:1 the format \"1bit\" is for LEDs of one colour, and those of the screen are \"full\"; write format = \"rgb\"; where the LEDs are such, write colour = \"red\" in [[screen]]",
            "10:1 the format \"1bit\" lights an LED or not, and the screen has a depth of 8 bits; write depth = 1 in [[screen]]",
        ]
    );
    assert_eq!(
        format("colour = \"red\"\n", "2bit").zh(),
        [
            "10:1 格式 \"2bit\" 用于双色的屏，而屏幕的颜色是 \"red\"；写 format = \"rgb\"；屏幕确是如此，则在 [[screen]] 写 colour = \"red+green\"",
            "10:1 格式 \"2bit\" 只有亮和灭，而屏幕的灰度是 8 位；在 [[screen]] 写 depth = 1",
        ]
    );
    for (screen, written, read) in [
        ("colour = \"red\"\ndepth = 1\n", "1bit", Format::OneBit),
        ("colour = \"red+green\"\ndepth = 1\n", "2bit", Format::TwoBit),
        ("colour = \"amber\"\n", "grey", Format::Grey),
        ("colour = \"red\"\ndepth = 1\n", "rgb", Format::Rgb),
    ] {
        assert_eq!(format(screen, written).output().panel.format, read);
    }
}

#[test]
fn keys_of_another_format_are_refused() {
    let one_bit = |key: &str| {
        let screen = "rate = 25\ncolour = \"red\"\ndepth = 1\n";
        read(screen, &format!("protocol = \"artnet\"\nformat = \"1bit\"\n{key}")).en()
    };
    assert_eq!(
        one_bit("order = \"bgr\""),
        ["12:1 \"order\" belongs to the format \"rgb\", not to \"1bit\"; remove the line, or correct \"format\""]
    );
    assert_eq!(
        one_bit("gamma = 2.2"),
        [
            "12:1 \"gamma\" belongs to the format \"rgb\" or \"grey\", not to \"1bit\"; remove the line, or correct \"format\""
        ]
    );
    assert_eq!(
        one_bit("brightness = 90"),
        [
            "12:1 \"brightness\" belongs to the format \"rgb\" or \"grey\", not to \"1bit\"; remove the line, or correct \"format\""
        ]
    );
    assert_eq!(one_bit("temperature = 6500").len(), 1);
    assert_eq!(one_bit("gamma_red = 2").len(), 1);
}

#[test]
fn what_lies_outside_of_its_range_is_refused() {
    assert_eq!(
        problems("protocol = \"sacn\"\npriority = 201"),
        ["9:12 \"priority\" takes an integer from 0 to 200; found 201; write an integer from 0 to 200"]
    );
    assert_eq!(
        problems("protocol = \"sacn\"\ntemperature = 1000"),
        ["9:15 \"temperature\" takes an integer from 2000 to 12000; found 1000; write an integer from 2000 to 12000"]
    );
    for key in [
        "mtu = 500",
        "cable = \"1T\"",
        "slots = 513",
        "ttl = 0",
        "most = 0",
        "gamma_blue = 0.5",
        "supply = 0",
    ] {
        assert_eq!(problems(&format!("protocol = \"sacn\"\n{key}")).len(), 1, "{key}");
    }
}

#[test]
fn a_batch_has_its_gap() {
    let half = |key: &str| problems(&format!("protocol = \"ddp\"\naddress = \"192.0.2.10\"\n{key}"));
    assert_eq!(
        half("burst = 8"),
        [
            "10:1 \"burst\" is written without \"gap\"; write both, such as burst = 8 and gap = 1, or none (\"gap\" is missing)"
        ]
    );
    assert_eq!(half("gap = 1").len(), 1);
    assert_eq!(half("burst = 8\ngap = 0.5"), [""; 0]);
}

#[test]
fn a_supply_needs_to_know_what_the_modules_draw() {
    let output = |keys: &str| read("", &format!("protocol = \"ddp\"\naddress = \"192.0.2.10\"\n{keys}"));
    let supply = |keys: &str| output(keys).output().panel.supply.unwrap();
    // Four P10 draw 4.2 A each.
    let draws = |draws| Supply { carries: 20_000, draws };
    assert_eq!(supply("modules = \"P10 2x2\"\nsupply = 20"), draws(16_800));
    assert_eq!(
        supply("modules = \"P10 2x2\"\nsupply = 20\nmodule_draw = 3.5"),
        draws(14_000)
    );
    assert_eq!(supply("supply = 20\ndraw = 12.34"), draws(12_340));
    assert_eq!(
        output("supply = 20").en(),
        [
            "6:1 nothing says what the modules draw, so the supply does not tell how bright they may be; add \"module_draw\" for one module, or \"draw\" for all"
        ]
    );
    assert_eq!(
        output("draw = 20").en(),
        [
            "9:1 \"draw\" says what the modules draw, and nothing says what the supply carries; add \"supply\", what the power supply carries in amperes, or remove the line"
        ]
    );
    assert_eq!(
        output("supply = 9\nmodule_draw = 3").en(),
        [
            "10:1 \"module_draw\" is of one module, and nothing says how many there are; write \"draw\" for all of it, or say which modules there are"
        ]
    );
    let one_bit = "protocol = \"ddp\"\naddress = \"192.0.2.10\"\nformat = \"1bit\"\nmodules = \"P10 2x2\"\nsupply = ";
    let screen = "colour = \"red\"\ndepth = 1\n";
    assert_eq!(read(screen, &format!("{one_bit}17")).en(), [""; 0]);
    assert_eq!(
        read(screen, &format!("{one_bit}16.5")).en(),
        [
            "13:1 LEDs that are lit or dark cannot be dimmed, and all of them draw 16.8 A, of which the supply carries 16.5 A; use a stronger supply, or divide the modules among several; where they draw less, write \"draw\""
        ]
    );
    assert_eq!(
        output("modules = \"P10 2x2\"\nsupply = 9\ndraw = 9\nmodule_draw = 3").en(),
        ["12:1 \"draw\" and \"module_draw\" both say what the modules draw; keep one of the two"]
    );
}

/// The tables of the sample site that are commented out, each without its signs.
fn samples() -> Vec<String> {
    let mut tables: Vec<String> = Vec::new();
    let mut is_within = false;
    for line in SAMPLE.lines() {
        let line = line.strip_prefix("# ").unwrap_or_default();
        let is_heading = line.starts_with("[[");
        is_within = is_heading || is_within && line.contains(" = ");
        if is_heading {
            tables.push(String::new());
        }
        if let Some(table) = tables.last_mut().filter(|_| is_within) {
            table.push_str(line);
            table.push('\n');
        }
    }
    tables
}

#[test]
fn what_the_sample_site_shows_as_a_comment_is_in_order() {
    let tables = samples();
    let outputs = tables.iter().filter(|table| table.starts_with("[[screen.output]]"));
    assert_eq!((tables.len(), outputs.count()), (6, 4), "{tables:#?}");
    let screens: Vec<_> = SAMPLE.split("\n[[screen]]\n").collect();
    for table in tables {
        // A card is the strip's, which is to be of one bit then.
        let (screen, depth) = match table.starts_with("[[screen.card]]") {
            true => (screens[2], "depth = 1\n"),
            false => (screens[1], ""),
        };
        let text = format!("title = \"示例\"\n[[screen]]\n{depth}{screen}\n{table}");
        assert_eq!(en(&site::parse("site.toml", text.as_bytes())), [""; 0], "{table}");
    }
}
