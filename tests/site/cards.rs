//! The keys of `[[screen.card]]`: what each card takes, and what is refused with which remedy.

use std::time::Duration;

use yingbi::{
    controller::onbon::{ANY, MODELS},
    site::{self, Card, CardWay},
    units::{Area, Level},
};

use super::outputs::document::Read;

/// A site of one screen of 320x32 with these keys, and these of its card; the first line of the card is the ninth.
fn read(screen: &str, card: &str) -> Read {
    of(&format!("{screen}[[screen.card]]\n{card}\n"))
}

/// The same, with whatever stands below the screen's own keys; its first line is the eighth.
fn of(rest: &str) -> Read {
    let text = format!("title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 320\nheight = 32\ncolour = \"red\"\n{rest}");
    Read(site::parse("site.toml", text.as_bytes()))
}

fn problems(card: &str) -> Vec<String> {
    read("depth = 1\n", card).en()
}

fn card(card: &str) -> Card {
    let read = read("depth = 1\n", card);
    assert_eq!(read.en(), [""; 0]);
    read.0.value.unwrap().screens.remove(0).cards.remove(0)
}

#[test]
fn a_card_on_the_network_needs_no_more_than_its_model_and_its_address() {
    let card = card("model = \"BX-6E2\"\naddress = \"192.0.2.10\"");
    let address = "192.0.2.10:5005".into();
    assert_eq!(
        (card.model.name, card.way, card.number, card.region, card.brightness),
        (
            "BX-6E2",
            CardWay::Tcp { address },
            ANY,
            Area::new(0, 0, 320, 32),
            Level::FULL
        )
    );
}

#[test]
fn everything_that_can_be_said_of_a_card_on_a_serial_line_is_read() {
    let text = "型号 = \"bx-6e2\"\n串口 = \"/dev/serial/by-id/usb-x\"\n波特率 = 9600\n换向 = 20\n卡号 = 7\n\
                范围 = { 左 = 64, 宽 = 128 }\n亮度 = 80";
    let card = card(text);
    let way = CardWay::Serial {
        port: "/dev/serial/by-id/usb-x".into(),
        baud: 9600,
        turnaround: Duration::from_millis(20),
    };
    assert_eq!((card.model.name, card.way, card.number), ("BX-6E2", way, 7));
    assert_eq!(
        (card.region, card.brightness),
        (Area::new(64, 0, 128, 32), Level::new(80).unwrap())
    );
}

#[test]
fn a_serial_line_goes_at_57600_baud_unless_it_is_told_otherwise() {
    let way = card("model = \"BX-6E2\"\nport = \"/dev/ttyUSB0\"").way;
    assert_eq!(way.baud(), Some(57_600));
    // What commands take that are told of a port alone.
    assert_eq!(
        (way.baud(), way.turnaround()),
        (Some(CardWay::BAUD), CardWay::TURNAROUND)
    );
    let way = |port: &str| problems(&format!("model = \"BX-6E2\"\nport = {port}"));
    assert_eq!(way("\"/dev/ttyUSB0\"\nbaud = 115200"), [""; 0]);
    assert_eq!(
        way("\"/dev/ttyUSB0\"\nbaud = 5760"),
        [
            "11:8 \"baud\" takes 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800; found 5760; write 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800"
        ]
    );
    assert_eq!(
        way("\"COM3\""),
        [
            "10:8 \"port\" takes the whole path of a device (such as \"/dev/ttyUSB0\"); found \"COM3\"; write the whole path of a device (such as \"/dev/ttyUSB0\")"
        ]
    );
}

#[test]
fn a_card_is_reached_in_one_way() {
    let neither = read("depth = 1\n", "model = \"BX-6E2\"");
    assert_eq!(
        neither.en(),
        [
            "8:1 [[screen.card]] has neither \"address\" nor \"port\", and nothing says how to reach the card; add address = \"192.0.2.10\" with the card's own, or port = \"/dev/ttyUSB0\" where it is on a serial port"
        ]
    );
    assert_eq!(
        neither.zh(),
        [
            "8:1 [[screen.card]] 没有“地址”(address)，也没有“串口”(port)，不知道卡接在哪里；网口卡补上 address = \"192.0.2.10\"，写卡的地址；串口卡补上 port = \"/dev/ttyUSB0\""
        ]
    );
    let both = read(
        "depth = 1\n",
        "model = \"BX-6E2\"\naddress = \"192.0.2.10\"\nport = \"/dev/ttyUSB0\"",
    );
    assert_eq!(
        both.en(),
        [
            "11:1 \"address\" and \"port\" both say how to reach the card; remove one of them: keep \"address\" for a network cable, \"port\" for a serial one"
        ]
    );
    assert_eq!(
        both.zh(),
        ["11:1 “地址”(address)和“串口”(port)都写了，卡只能接一处；删去其中一行：接网线的留 address，接串口线的留 port"]
    );
    assert_eq!(
        problems("model = \"BX-6E2\"\naddress = \"192.0.2.10\"\nbaud = 9600"),
        [
            "11:1 \"baud\" is of serial lines, and this card is reached by its address; remove the line; where the card is on a serial port, write \"port\" in place of \"address\""
        ]
    );
}

#[test]
fn a_model_that_is_not_known_is_told_with_the_nearest_one() {
    let model = |name: &str| read("depth = 1\n", &format!("model = \"{name}\"\naddress = \"192.0.2.10\""));
    assert_eq!(
        model("BX-6E2Z").en(),
        ["9:9 no card \"BX-6E2Z\" is known; did you mean \"BX-6E2\" or \"BX-6E2X\"?"]
    );
    assert_eq!(
        model("BX-6E2Z").zh(),
        ["9:9 不认识控制卡型号“BX-6E2Z”；是否应为“BX-6E2”或“BX-6E2X”？"]
    );
    assert!(model("BX-7E2").en()[0].contains("did you mean \"BX-5E2\" or \"BX-6E2\""));
    assert_eq!(
        model("EQ2008").en(),
        [
            "9:9 no card \"EQ2008\" is known; write what is printed on the card, such as BX-5E2, BX-6E2, BX-6M2 or BX-6Q2; for other makers see the list of what is supported in the README"
        ]
    );
    assert_eq!(
        model("EQ2008").zh(),
        [
            "9:9 不认识控制卡型号“EQ2008”；写卡上印的型号，如 BX-5E2、BX-6E2、BX-6M2、BX-6Q2；别家的卡见 README 的支持列表"
        ]
    );
    for known in MODELS {
        let card = format!("model = \"{}\"\naddress = \"192.0.2.10\"", known.name);
        let refused = problems(&card).into_iter().find(|problem| problem.contains("is known"));
        assert_eq!(refused, None, "{}", known.name);
    }
}

#[test]
fn a_card_drives_the_leds_of_its_screen() {
    let of_colour = |colour: &str, model: &str| {
        let text = format!(
            "title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 320\nheight = 32\n{colour}[[screen.card]]\nmodel = \"{model}\"\naddress = \"192.0.2.10\"\n"
        );
        Read(site::parse("site.toml", text.as_bytes()))
    };
    for colour in ["red", "green", "amber", "red+green"] {
        let colour = format!("colour = \"{colour}\"\ndepth = 1\n");
        assert_eq!(of_colour(&colour, "BX-6E2").en(), [""; 0], "{colour}");
    }
    assert_eq!(
        of_colour("depth = 8\n", "BX-6E2").en(),
        [
            "8:9 a BX-6E2 drives LEDs of one colour, or red and green, and those of the screen are \"full\"; see whether the model is right; write what the LEDs are in [[screen]], such as colour = \"red\" or colour = \"red+green\"; for full colour use a BX-6Q"
        ]
    );
    assert_eq!(
        of_colour("colour = \"red\"\n", "BX-6E2").zh(),
        ["8:9 BX-6E2 只有亮和灭，而屏幕的灰度是 8 位；在 [[screen]] 写 depth = 1"]
    );
}

#[test]
fn a_card_for_full_colour_takes_eight_bits_and_has_no_serial_port() {
    let full = |width: u32, way: &str| {
        let text = format!(
            "title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = {width}\nheight = 128\n[[screen.card]]\nmodel = \"BX-6Q2\"\n{way}\n"
        );
        Read(site::parse("site.toml", text.as_bytes()))
    };
    let address = "address = \"192.0.2.10\"";
    assert_eq!(full(512, address).en(), [""; 0]);
    assert_eq!(
        full(1024, address).en(),
        [
            "7:9 a page of 1024x128 takes 393216 bytes, and a BX-6Q2 holds 300000; divide the screen with \"region\" among 2 cards, or use a model for more LEDs"
        ]
    );
    let serial = full(512, "port = \"/dev/ttyUSB0\"");
    assert_eq!(
        serial.zh(),
        ["8:1 据所知，BX-6Q2 没有串口；核对型号；卡上只有网口的，写 address = \"192.0.2.10\""]
    );
    assert!(serial.0.value.is_some(), "a warning only: papers may be wrong");
}

#[test]
fn what_a_card_lights_is_on_its_screen() {
    assert_eq!(
        problems("model = \"BX-6E2\"\naddress = \"192.0.2.10\"\nregion = { x = 300, width = 64 }"),
        [
            "11:10 the area 64x32+300+0 reaches beyond the screen of 320x32; keep x + width within 320 and y + height within 32"
        ]
    );
}

#[test]
fn cards_of_one_line_have_numbers_of_their_own() {
    let two = |first: &str, second: &str| {
        let card = |keys: &str| format!("[[screen.card]]\nmodel = \"BX-6E2\"\nport = \"/dev/ttyUSB0\"\n{keys}\n");
        of(&format!("depth = 1\n{}{}", card(first), card(second)))
    };
    assert_eq!(two("number = 1", "number = 2").en(), [""; 0]);
    assert_eq!(
        two("number = 1", "number = 1").en(),
        [
            "12:1 card 2 of screen \"s\" and card 1 of screen \"s\" are on one line, /dev/ttyUSB0, and both have the number 1; give each card an address of its own with ONBON's software, and write it in each table, such as number = 2"
        ]
    );
    assert_eq!(
        two("", "number = 1").zh(),
        [
            "12:1 屏幕“s”的第 2 张卡和屏幕“s”的第 1 张卡接在同一条线 /dev/ttyUSB0 上，没有分别写明卡号；用仰邦的设置软件给每张卡设不同的地址，再在各表中写明，如 number = 2"
        ]
    );
    assert_eq!(
        two("number = 1", "number = 2\nbaud = 9600").en(),
        [
            "12:1 card 2 of screen \"s\" is to speak at 9600 baud and card 1 of screen \"s\" at 57600, and they are on one line, /dev/ttyUSB0; set all cards of the line to one speed and write the same \"baud\", or give each a port of its own"
        ]
    );
}

#[test]
fn cards_of_several_screens_are_told_apart_too() {
    let screen = |id: &str, card: &str| {
        format!(
            "[[screen]]\nid = \"{id}\"\nwidth = 64\nheight = 32\ncolour = \"red\"\ndepth = 1\n[[screen.card]]\nmodel = \"BX-6E2\"\n{card}\n"
        )
    };
    let site = |first: &str, second: &str| {
        let text = format!("title = \"示例\"\n{}{}", screen("a", first), screen("b", second));
        Read(site::parse("site.toml", text.as_bytes()))
    };
    assert_eq!(
        site("address = \"192.0.2.10\"", "address = \"192.0.2.10:5005\"").en(),
        [
            "17:1 card 1 of screen \"b\" and card 1 of screen \"a\" are at one address, 192.0.2.10:5005, and a card serves one at a time; see what the address of each card is; where several are behind one serial server, use its virtual serial port and write \"port\""
        ]
    );
    let port = "port = \"/dev/ttyUSB0\"";
    assert_eq!(
        site(&format!("{port}\nnumber = 1"), &format!("{port}\nnumber = 2")).en(),
        [""; 0]
    );
}

#[test]
fn whoever_writes_a_card_as_an_output_is_told_where_cards_are_written() {
    for name in ["onbon", "ONBON", "BX-6E2", "bx", "仰邦"] {
        let read = of(&format!(
            "depth = 1\n[[screen.output]]\nprotocol = \"{name}\"\naddress = \"192.0.2.10\"\n"
        ));
        assert_eq!(
            read.en(),
            [format!(
                "9:12 \"{name}\" is no stream: cards of ONBON keep pages, and have a table of their own; write [[screen.card]] in its place, with model = \"BX-6E2\" (as printed on the card) and \"address\", or \"port\" for a serial one"
            )]
        );
        assert!(read.zh()[0].starts_with(&format!(
            "9:12 “{name}”不是视频流：仰邦控制卡自己存页面，另有一张表；改写 [[screen.card]]"
        )));
    }
}
