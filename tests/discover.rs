//! `yingbi discover`: virtual controllers are asked over real sockets, and what is written for them is what `site.toml` takes.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use yingbi::{
    cli::{
        discover::{DiscoverError, Findings, Found, Network, Options, Ways, What, discover, toml},
        simulate::Protocol,
    },
    controller::{
        Universes,
        artnet::packet::{Packet, Reply},
        onbon::{
            Model,
            receiver::{Build, Lamps, Mischief},
        },
        sacn::packet::Discovery,
    },
    diagnostic::Language,
    simulator::{
        VirtualCard, VirtualController,
        controller::{Kind, Setup},
    },
    site::{self, Site},
    units::Size,
};

use crate::support::site::PLAIN;

const SIZE: Size = Size::new(128, 32);

fn loopback() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// An address that was free a moment ago.
fn free() -> SocketAddr {
    UdpSocket::bind(loopback()).unwrap().local_addr().unwrap()
}

/// Ways that stay on this machine, to those displays and nodes.
fn ways(ddp: &[SocketAddr], art_net: &[SocketAddr], sacn_at: SocketAddr) -> Ways {
    Ways {
        ddp: ddp.to_vec(),
        art_net: art_net.to_vec(),
        cards: Vec::new(),
        ports: Vec::new(),
        are_ports_named: true,
        art_net_at: loopback(),
        sacn_at,
        networks: vec![Network {
            name: "lo".into(),
            address: Ipv4Addr::LOCALHOST,
            mask: Ipv4Addr::new(255, 0, 0, 0),
        }],
    }
}

fn options(json: bool) -> Options {
    Options {
        length: Duration::from_secs(1),
        interface: None,
        addresses: Vec::new(),
        serial: Vec::new(),
        network_only: true,
        json,
        language: Language::English,
    }
}

/// What is written once all of these words are in it, however long a busy machine takes for that.
fn found(ways: &Ways, json: bool, words: &[&str]) -> String {
    let mut last = String::new();
    for _ in 0..20 {
        let mut out = Vec::new();
        discover(ways, &options(json), &mut out, &mut Vec::new()).unwrap();
        last = String::from_utf8(out).unwrap();
        if words.iter().all(|word| last.contains(word)) {
            return last;
        }
    }
    panic!("not found: {words:?} in {last}");
}

/// The site with these lines in its screen.
fn site(lines: &str) -> Site {
    // As fast as receivers of sACN and Art-Net take pictures: faster ones are warned of.
    let plain = PLAIN.replace("rate = 50", "rate = 25");
    let parsed = site::parse("site.toml", format!("{plain}\n{lines}").as_bytes());
    assert_eq!(parsed.diagnostics, [], "{lines}");
    parsed.value.unwrap()
}

/// A source of sACN that tells, again and again, that it sends these universes.
struct Source {
    stop: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Source {
    fn start(to: SocketAddr, universes: &[u16]) -> Self {
        let mut datagram = Vec::new();
        let listing = Discovery {
            cid: [9; 16],
            name: "另一台",
            page: 0,
            last: 0,
            universes: universes.to_vec(),
        };
        listing.encode(&mut datagram);
        let stop = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&stop);
        let socket = UdpSocket::bind(loopback()).unwrap();
        let thread = thread::spawn(move || {
            while !theirs.load(Ordering::Relaxed) {
                let _ = socket.send_to(&datagram, to);
                thread::sleep(Duration::from_millis(50));
            }
        });
        Self {
            stop,
            thread: Some(thread),
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
    }
}

#[test]
fn controllers_of_every_protocol_are_found_and_their_lines_make_a_sound_site() {
    let display = VirtualController::ddp(loopback(), SIZE).unwrap();
    let universes = Universes { first: 40, slots: 510 };
    let node = Setup::plain(Kind::ArtNet(universes), SIZE);
    let node = VirtualController::listen(loopback(), None, node).unwrap();
    // The port is shared with whoever shares it: the address is nobody else's.
    let sacn_at = SocketAddr::from((Ipv4Addr::new(127, 0, 78, 1), free().port()));
    let _source = Source::start(sacn_at, &[1, 2, 3, 9]);
    let ways = ways(&[display.address()], &[node.address()], sacn_at);
    let whole = [", 4096 LEDs\n", "universes 40-64\n", "# sACN"];
    let lines = found(&ways, false, &whole);

    let site = site(&lines);
    let outputs = &site.screens[0].outputs;
    assert_eq!(outputs.len(), 3, "{lines}");
    let address = |controller: &VirtualController| Some(controller.address().to_string().into());
    assert_eq!(outputs[0].protocol, site::Protocol::Ddp);
    assert_eq!(outputs[0].address, address(&display));
    let site::Protocol::ArtNet(settings) = outputs[1].protocol else {
        panic!("{lines}")
    };
    assert_eq!(
        (settings.universes.first, outputs[1].address.clone()),
        (40, address(&node))
    );
    let site::Protocol::Sacn(settings) = outputs[2].protocol else {
        panic!("{lines}")
    };
    assert_eq!((settings.universes.first, outputs[2].address.clone()), (10, None));
    assert!(lines.contains("# DDP  Yingbi virtual display 128x32 "), "{lines}");
    assert!(lines.contains(", 4096 LEDs\n"), "{lines}");
    assert!(
        lines.contains("# Art-Net  Yingbi 128x32, puts out universes 40-64\n"),
        "{lines}"
    );
    assert!(
        lines.contains("# sACN  127.0.0.1  另一台, sends universes 1-3, 9\n"),
        "{lines}"
    );
}

#[test]
fn every_line_of_json_says_what_was_found_and_where() {
    let display = VirtualController::ddp(loopback(), SIZE).unwrap();
    let ways = ways(&[display.address()], &[], loopback());
    let line = found(&ways, true, &["\"leds\""]);
    let json: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(json["protocol"], "ddp");
    assert_eq!(json["role"], "controller");
    assert_eq!(json["address"], "127.0.0.1");
    assert_eq!(json["port"], display.address().port());
    assert_eq!(json["leds"], 4096);
    assert_eq!(json["reachable"], true);
}

fn build(model: &str, number: u16) -> Build {
    Build {
        number,
        ..Build::new(Model::named(model).unwrap(), SIZE, Lamps::RedGreen)
    }
}

/// The site with these lines in its screen, whose LEDs are red and green.
fn site_of_cards(lines: &str) -> Site {
    let plain = PLAIN.replace("colour = \"full\"", "colour = \"red+green\"\ndepth = 1");
    let parsed = site::parse("site.toml", format!("{plain}\n{lines}").as_bytes());
    parsed
        .value
        .unwrap_or_else(|| panic!("{lines}{:?}", parsed.diagnostics))
}

#[test]
fn cards_are_found_over_udp_and_on_serial_ports_at_either_speed_and_several_on_a_line_one_by_one() {
    let network = VirtualCard::tcp(loopback(), build("BX-5M1", 1), Mischief::default()).unwrap();
    let line = |baud, builds: Vec<Build>| {
        let cards = builds.into_iter().map(|build| (build, Mischief::default()));
        let line = VirtualCard::pty(baud, cards, None).unwrap();
        let port: Arc<str> = line.path().unwrap().to_str().unwrap().into();
        (line, port)
    };
    let (_slow, slow) = line(9600, vec![build("BX-6M2", 9)]);
    let (_pair, pair) = line(57_600, vec![build("BX-5E1", 3), build("BX-5E1", 14)]);
    let ways = Ways {
        cards: vec![network.address()],
        ports: vec![slow.clone(), pair.clone()],
        ..ways(&[], &[], loopback())
    };
    let numbers = ["BX-5M1", "BX-6M2", "number = 3\n", "number = 14\n"];
    let lines = found(&ways, false, &numbers);
    let mut notes = Vec::new();
    let nowhere = Ways {
        ports: vec!["/nowhere/at/all".into()],
        ..ways.clone()
    };
    discover(&nowhere, &options(false), &mut Vec::new(), &mut notes).unwrap();
    let notes = String::from_utf8(notes).unwrap();
    assert!(notes.contains("there is no serial port /nowhere/at/all"), "{notes}");

    let site = site_of_cards(&lines);
    let cards = &site.screens[0].cards;
    let serial = |port: &Arc<str>, baud| site::CardWay::Serial {
        port: Arc::clone(port),
        baud,
        turnaround: Duration::from_millis(5),
    };
    let address = network.address().to_string().into();
    let found: Vec<_> = cards
        .iter()
        .map(|card| (card.model.name, &card.way, card.number))
        .collect();
    for expected in [
        (
            "BX-5M1",
            &site::CardWay::Tcp { address },
            yingbi::controller::onbon::ANY,
        ),
        ("BX-6M2", &serial(&slow, 9600), 9),
        ("BX-5E1", &serial(&pair, 57_600), 3),
        ("BX-5E1", &serial(&pair, 57_600), 14),
    ] {
        assert!(found.contains(&expected), "{expected:?}: {lines}");
    }
    assert!(
        lines.contains(
            "# ONBON  BX-6M2  V1.00.00, number 9, 128x32 red and green\n\
             # its [[screen]] has width = 128, height = 32, colour = \"red+green\", depth = 1\n"
        ),
        "{lines}"
    );
}

#[test]
fn a_card_in_json_says_where_it_is_and_what() {
    let card = VirtualCard::tcp(loopback(), build("BX-6E2", 5), Mischief::default()).unwrap();
    let ways = Ways {
        cards: vec![card.address()],
        ..ways(&[], &[], loopback())
    };
    // A BX-6 answers the search too, which says more than a ping.
    let line = found(&ways, true, &["\"mac\":\""]);
    let json: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&json["protocol"], &json["role"]), (&"onbon".into(), &"card".into()));
    assert_eq!(json["port"], card.address().port());
    assert_eq!((&json["model"], &json["number"]), (&"BX-6E2".into(), &5.into()));
    assert_eq!((&json["width"], &json["colour"]), (&128.into(), &"dual".into()));
}

#[test]
fn where_nothing_is_found_it_says_what_to_look_at() {
    let ways = ways(&[], &[], loopback());
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let short = Options {
        length: Duration::from_millis(50),
        ..options(false)
    };
    assert_eq!(discover(&ways, &short, &mut out, &mut notes).unwrap(), 0);
    let notes = String::from_utf8(notes).unwrap();
    assert_eq!(out, b"");
    for word in [
        "lo (127.0.0.1)",
        "--for 12s",
        "has power",
        "firewall",
        "4048, 5005, 5007, 5568 and 6454",
        "baud rate",
        "by hand",
    ] {
        assert!(notes.contains(word), "{notes}");
    }
}

#[test]
fn an_interface_that_is_not_there_is_named_with_those_that_are() {
    let name: Arc<str> = "nowhere0".into();
    let error = Ways::of_this_machine(Some(&name), &[]).unwrap_err();
    assert!(matches!(error, DiscoverError::NoInterface { .. }));
    assert!(
        error.to_string().contains("nowhere0") && error.to_string().contains("lo"),
        "{error}"
    );
    let only = Ways::of_this_machine(Some(&"lo".into()), &[]).unwrap();
    assert!(only.networks.iter().all(|network| network.address.is_loopback()));
    assert!(only.ddp.contains(&"127.255.255.255:4048".parse().unwrap()), "{only:?}");
}

fn heard(protocol: Protocol, from: &str, datagram: &[u8]) -> Findings {
    let mut findings = Findings::default();
    findings.hear(protocol, from.parse().unwrap(), datagram);
    findings
}

#[test]
fn the_pages_of_a_node_are_one_node() {
    let mut findings = Findings::default();
    for (net, sub_net, outputs) in [(0, 1, [0, 1, 2, 3]), (0, 1, [4, 5, 6, 7]), (1, 0, [0, 0, 0, 0])] {
        let mut datagram = Vec::new();
        Packet::Reply(Reply {
            net,
            sub_net,
            ports: if net == 0 { 4 } else { 1 },
            types: [0x80; 4],
            outputs,
            ..Reply::plain(Ipv4Addr::new(192, 0, 2, 9), b"node")
        })
        .encode(&mut datagram);
        findings.hear(Protocol::ArtNet, "192.0.2.9:6454".parse().unwrap(), &datagram);
    }
    let [
        Found {
            what: What::ArtNet { universes, .. },
            ..
        },
    ] = findings.found()[..]
    else {
        panic!("one node")
    };
    assert!(universes.iter().copied().eq((16..24).chain([256])));
    let lines = toml(&findings.found(), &ways(&[], &[], loopback()), Language::English);
    assert!(
        lines.contains("# Art-Net  node, puts out universes 16-23, 256\n"),
        "{lines}"
    );
    assert!(
        lines.starts_with("# mind: it is in no network of this machine"),
        "{lines}"
    );
    assert_eq!(site(&lines).screens[0].outputs.len(), 1);
}

#[test]
fn a_name_cannot_write_lines_of_its_own() {
    let mut datagram = Vec::new();
    let name = b"x\n[[screen]]\x1b[2J\"";
    Packet::Reply(Reply {
        ports: 1,
        types: [0x80, 0, 0, 0],
        ..Reply::plain(Ipv4Addr::LOCALHOST, &name[..15])
    })
    .encode(&mut datagram);
    let findings = heard(Protocol::ArtNet, "127.0.0.1:6454", &datagram);
    let lines = toml(&findings.found(), &ways(&[], &[], loopback()), Language::Chinese);
    assert!(lines.starts_with("# Art-Net  x [[screen]] [2, 输出域 0\n"), "{lines}");
    assert_eq!(site(&lines).screens.len(), 1);
}

#[test]
fn what_is_no_answer_is_passed_over() {
    for protocol in Protocol::ALL {
        for datagram in [&b""[..], b"hello", &[0x41; 40], b"Art-Net\0\x00\x20\x00\x0e\x02\x00"] {
            assert!(heard(protocol, "192.0.2.1:4048", datagram).found().is_empty());
        }
    }
}

#[test]
fn a_flood_of_answers_has_an_end() {
    let mut datagram = Vec::new();
    Packet::Reply(Reply::plain(Ipv4Addr::LOCALHOST, b"node")).encode(&mut datagram);
    let mut findings = Findings::default();
    for port in 1..5000 {
        findings.hear(Protocol::ArtNet, (Ipv4Addr::LOCALHOST, port).into(), &datagram);
    }
    assert_eq!(findings.found().len(), 1024);
}
