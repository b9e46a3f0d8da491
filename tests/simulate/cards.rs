//! `yingbi simulate` as cards: where, which, and what is said of them.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use yingbi::{
    cli::simulate::{
        Listen, Place, Role, SimulateError,
        cards::{CardOptions, WantedCards, watch},
    },
    controller::onbon::{
        Model,
        packet::{Framing, Header, Packet},
        receiver::Lamps,
    },
    diagnostic::{Explain as _, Language},
    simulator::{Hub, card::CardFaults, terminal::Room},
    site::{Card, CardWay, Colour},
    units::{Area, Level, Size},
};

use super::{PATIENCE, free, picture_files};

const SIZE: Size = Size::new(64, 32);

fn wanted(place: Place) -> WantedCards {
    WantedCards {
        place,
        model: Model::named("BX-6E2"),
        size: Some(SIZE),
        leds: None,
        baud: None,
        numbers: Vec::new(),
        site: None,
        faults: CardFaults::default(),
    }
}

fn options(wanted: &WantedCards) -> CardOptions {
    let (cards, baud) = wanted.setup().unwrap();
    CardOptions {
        place: wanted.place.clone(),
        cards,
        baud,
        faults: wanted.faults.clone(),
        seed: 1,
        terminal: None,
        view: None,
        record: None,
        language: Language::English,
    }
}

/// Simulates while `act` runs, which may let the power fail; what was written to the terminal, and the notes.
fn simulate(options: &CardOptions, hub: &Hub, act: impl FnOnce(&AtomicBool)) -> (String, String) {
    let (stop, cycle) = (AtomicBool::new(false), AtomicBool::new(false));
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    thread::scope(|scope| {
        let watching = scope.spawn(|| watch(options, hub, (&stop, &cycle), &mut out, &mut notes));
        act(&cycle);
        stop.store(true, Ordering::Relaxed);
        watching.join().unwrap().unwrap();
    });
    (String::from_utf8(out).unwrap(), String::from_utf8(notes).unwrap())
}

/// Asks the card who it is, and waits until it has said so; how many bytes went there and back.
fn ask(client: &mut TcpStream) -> (usize, usize) {
    let header = Header::to_any(Framing::Six, 1);
    let mut frame = Vec::new();
    let data = &[1, 0xa2, 0x00, 0, 0];
    Packet { header, data }.frame(&mut frame);
    client.set_read_timeout(Some(PATIENCE)).unwrap();
    client.write_all(&frame).unwrap();
    let (mut byte, mut count) = ([0], 0);
    while byte != [0x5a] {
        client.read_exact(&mut byte).unwrap();
        count += 1;
    }
    (frame.len(), count)
}

fn site_card(port: &str, number: u16) -> Card {
    Card {
        model: Model::named("BX-6E2").unwrap(),
        way: CardWay::Serial {
            port: port.into(),
            baud: 9600,
            turnaround: std::time::Duration::from_millis(20),
        },
        number,
        region: Area::new(32, 0, 96, 16),
        brightness: Level::FULL,
    }
}

#[test]
fn where_a_card_is_is_read_from_the_command_line() {
    for (text, place) in [
        ("onbon", Place::Tcp("0.0.0.0:5005".parse().unwrap())),
        ("onbon:127.0.0.1", Place::Tcp("127.0.0.1:5005".parse().unwrap())),
        ("onbon:127.0.0.1:6000", Place::Tcp("127.0.0.1:6000".parse().unwrap())),
        ("onbon:[::1]:6000", Place::Tcp("[::1]:6000".parse().unwrap())),
        ("onbon:pty", Place::Pty(None)),
        ("onbon:pty:/tmp/card", Place::Pty(Some(PathBuf::from("/tmp/card")))),
    ] {
        assert_eq!(text.parse::<Role>().unwrap(), Role::Onbon(place), "{text}");
    }
    let stream: Listen = "ddp".parse().unwrap();
    assert_eq!("ddp".parse::<Role>().unwrap(), Role::Stream(stream));
    for text in ["onbon:", "onbon:wall", "onbon:pty:"] {
        let wrong = text.parse::<Role>().unwrap_err();
        assert_eq!(wrong.to_string(), format!("{text:?} is no place for a card"));
        assert!(wrong.help().zh.contains("onbon:pty"));
    }
}

#[test]
fn cards_are_made_as_the_words_say() {
    let plain = wanted(Place::Pty(None));
    let (cards, baud) = plain.setup().unwrap();
    assert_eq!((cards.len(), cards[0].number, baud), (1, 1, 57_600));
    assert_eq!((cards[0].size, cards[0].lamps), (SIZE, Lamps::RedGreen));
    let several = WantedCards {
        numbers: vec![3, 9],
        leds: Some(Colour::Amber),
        baud: Some(9600),
        ..plain.clone()
    };
    let (cards, baud) = several.setup().unwrap();
    let numbers: Vec<u16> = cards.iter().map(|card| card.number).collect();
    assert_eq!((numbers, cards[1].lamps, baud), (vec![3, 9], Lamps::Amber, 9600));
    let refused = |wanted: WantedCards| wanted.setup().unwrap_err();
    let without_model = WantedCards {
        model: None,
        ..plain.clone()
    };
    assert!(matches!(refused(without_model), SimulateError::NoModel));
    let without_size = WantedCards {
        size: None,
        ..plain.clone()
    };
    assert!(matches!(refused(without_size), SimulateError::NoSize));
    let large = WantedCards {
        size: Some(Size::new(5000, 3000)),
        ..plain.clone()
    };
    assert!(matches!(
        refused(large),
        SimulateError::TooLarge { bytes: 3_750_000, .. }
    ));
    let odd = WantedCards {
        baud: Some(12_345),
        ..plain.clone()
    };
    assert!(matches!(refused(odd), SimulateError::Baud { baud: 12_345 }));
    let networked = WantedCards {
        place: Place::Tcp("127.0.0.1:5005".parse().unwrap()),
        baud: Some(9600),
        ..plain.clone()
    };
    assert!(matches!(refused(networked), SimulateError::NoLine));
    let full = WantedCards {
        leds: Some(Colour::Full),
        ..plain
    };
    assert_eq!(refused(full).to_string(), "BX-6E2 drives no such LEDs");
    let place = Place::Tcp("127.0.0.1:5005".parse().unwrap());
    let error = refused(WantedCards { place, ..several });
    assert_eq!(error.to_string(), "2 cards cannot be at one TCP address");
    assert_eq!(error.chinese(), "一个 TCP 地址上放不下 2 张控制卡");
}

#[test]
fn cards_are_made_as_a_site_says() {
    let cards = vec![
        site_card("/dev/ttyUSB0", 4),
        site_card("/dev/ttyUSB0", yingbi::controller::onbon::ANY),
    ];
    let wanted = WantedCards {
        model: None,
        size: None,
        site: Some((cards, Colour::Red)),
        ..wanted(Place::Pty(None))
    };
    let (cards, baud) = wanted.setup().unwrap();
    let made: Vec<_> = cards.iter().map(|card| (card.number, card.size, card.lamps)).collect();
    let size = Size::new(96, 16);
    assert_eq!(made, [(4, size, Lamps::Red), (1, size, Lamps::Red)]);
    assert_eq!(baud, 9600);
}

#[test]
fn what_listens_is_told_and_what_passed() {
    let address = free();
    let options = CardOptions {
        terminal: Some(|| Room::ENDLESS),
        ..options(&wanted(Place::Tcp(address)))
    };
    let hub = Hub::default();
    let mut passed = (0, 0);
    let (out, notes) = simulate(&options, &hub, |_| {
        let shown = (0..1000).any(|_| {
            thread::sleep(std::time::Duration::from_millis(10));
            hub.picture("onbon").is_some()
        });
        assert!(shown, "dark from the start");
        passed = ask(&mut TcpStream::connect(address).unwrap());
    });
    let first = format!("BX-6E2 64x32 #1 at TCP {address}; Ctrl-C ends it\n");
    assert!(notes.starts_with(&first), "{notes}");
    let (heard, said) = passed;
    let last = format!(
        "{heard} bytes heard, {said} said; 1 connections, 0 refused; 0 bytes lost, 0 duplicated, 0 corrupted, 0 collided, 0 at another \
         speed\n"
    );
    assert!(notes.ends_with(&last), "{notes}");
    assert!(out.contains('▀'));
}

#[test]
fn each_card_of_a_line_has_a_picture_and_a_folder_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("line");
    let wanted = WantedCards {
        numbers: vec![3, 9],
        ..wanted(Place::Pty(Some(name.clone())))
    };
    let options = CardOptions {
        record: Some(folder.path().join("pictures")),
        language: Language::Chinese,
        ..options(&wanted)
    };
    let hub = Hub::default();
    let (_, notes) = simulate(&options, &hub, |_| {
        let shown = (0..1000).any(|_| {
            thread::sleep(std::time::Duration::from_millis(10));
            hub.picture("onbon-3").is_some() && hub.picture("onbon-9").is_some()
        });
        assert!(shown);
        assert!(name.is_symlink());
    });
    let lead = format!("控制卡 BX-6E2 64x32 #3、BX-6E2 64x32 #9，串口 {}，", name.display());
    assert!(notes.starts_with(&lead), "{notes}");
    assert!(notes.contains("，57600 bps；按 Ctrl-C 结束\n"), "{notes}");
    for card in ["onbon-3", "onbon-9"] {
        assert_eq!(picture_files(&folder.path().join("pictures").join(card)), 1);
    }
}

#[test]
fn power_fails_for_three_seconds_when_somebody_asks() {
    let address = free();
    let options = options(&wanted(Place::Tcp(address)));
    let hub = Hub::default();
    let (_, notes) = simulate(&options, &hub, |cycle| {
        let mut client = (0..1000)
            .find_map(|_| {
                thread::sleep(std::time::Duration::from_millis(10));
                TcpStream::connect(address).ok()
            })
            .unwrap();
        // Taken by the card before its power fails.
        ask(&mut client);
        cycle.store(true, Ordering::Relaxed);
        let begun = std::time::Instant::now();
        let ended = client.read(&mut [0; 8]);
        assert!(matches!(ended, Ok(0) | Err(_)), "whoever was connected is reset");
        assert!(begun.elapsed() >= std::time::Duration::from_secs(3));
    });
    assert!(
        notes.contains("the power fails for 3 s\nthe power is back\n"),
        "{notes}"
    );
}

/// The program itself, as cards of a site whose screen has three: two on one line, one by the network.
fn program(arguments: &[&str]) -> std::process::Command {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_yingbi"));
    program.args(["--lang", "en", "simulate"]).args(arguments);
    program
}

const SITE: &str = "title = \"示例\"\n[[screen]]\nid = \"hall\"\nwidth = 320\nheight = 32\ncolour = \"red\"\ndepth = 1\n\
    [[screen.card]]\nmodel = \"BX-6E2\"\naddress = \"192.0.2.10\"\nregion = { width = 128 }\n\
    [[screen.card]]\nmodel = \"BX-5E2\"\nport = \"/dev/ttyUSB0\"\nbaud = 9600\nnumber = 3\nregion = { x = 128, width = 96 }\n\
    [[screen.card]]\nmodel = \"BX-5E2\"\nport = \"/dev/ttyUSB0\"\nbaud = 9600\nnumber = 4\nregion = { x = 224, width = 96 }\n";

#[test]
fn the_program_is_the_cards_of_a_line_of_a_site() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("site.toml"), SITE).unwrap();
    let site = folder.path().to_str().unwrap();
    let mut child = program(&[
        "--listen",
        "onbon:pty",
        "--site",
        site,
        "--screen",
        "hall",
        "--output",
        "3",
    ])
    .stderr(std::process::Stdio::piped())
    .spawn()
    .unwrap();
    let mut notes = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut first = String::new();
    std::io::BufRead::read_line(&mut notes, &mut first).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        first.starts_with("BX-5E2 96x32 #3, BX-5E2 96x32 #4 at the serial port /dev/pts/"),
        "{first}"
    );
    assert!(first.ends_with(", 9600 baud; Ctrl-C ends it\n"), "{first}");
    let missing = program(&["--listen", "onbon", "--site", site, "--output", "4"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(2));
    let words = String::from_utf8(missing.stderr).unwrap();
    assert!(words.contains("screen hall has no card number 4"), "{words}");
}
