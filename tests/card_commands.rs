//! `yingbi card`: a technician before virtual cards, on real sockets and terminals.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;
use yingbi::{
    controller::onbon::{
        Layout, Model,
        message::{FileName, Request},
        packet::{Framing, Header, Packet},
        picture::file::fallback,
        receiver::{Build, Lamps, Mischief, Refuses},
    },
    folder::StateFolder,
    frame::Frame,
    simulator::VirtualCard,
    units::Size,
};

use crate::{
    daemon::{
        process::{Daemon, PATIENCE, READY},
        site,
    },
    link::pty::Cable,
    support::site::PLAIN,
};

const SIZE: Size = Size::new(128, 32);

fn build(model: &str, number: u16) -> Build {
    Build {
        number,
        ..Build::new(Model::named(model).unwrap(), SIZE, Lamps::RedGreen)
    }
}

fn loopback() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// A card on the network.
fn networked(mischief: Mischief) -> (VirtualCard, String) {
    let card = VirtualCard::tcp(loopback(), build("BX-6E2", 1), mischief).unwrap();
    let address = card.address().to_string();
    (card, address)
}

/// Cards on a serial line.
fn wired(baud: u32, builds: impl IntoIterator<Item = Build>) -> (VirtualCard, String) {
    let cards = builds.into_iter().map(|build| (build, Mischief::default()));
    let card = VirtualCard::pty(baud, cards, None).unwrap();
    let path = card.path().unwrap().to_str().unwrap().to_owned();
    (card, path)
}

/// `yingbi card` with those arguments, in English.
fn card(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["--lang", "en", "card"])
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The lines of JSON that it prints, once it is done.
fn told(arguments: &[&str]) -> Vec<Value> {
    let output = card(&[arguments, &["--json"]].concat());
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}{}",
        stdout(&output),
        stderr(&output)
    );
    let text = stdout(&output);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The one line of JSON that it prints.
fn one(arguments: &[&str]) -> Value {
    let mut lines = told(arguments);
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

#[test]
fn a_card_on_the_network_says_what_it_is_without_being_described_first() {
    let (_card, address) = networked(Mischief::default());
    let status = one(&["status", "--tcp", &address]);
    assert_eq!(
        (&status["model"], &status["wire"], &status["number"]),
        (&"BX-6E2".into(), &"7402".into(), &1.into())
    );
    assert_eq!(
        (&status["width"], &status["height"], &status["colour"]),
        (&128.into(), &32.into(), &"dual".into())
    );
    assert_eq!((&status["lit"], &status["brightness"]), (&true.into(), &15.into()));
    assert_eq!((&status["programs"], &status["program"]), (&0.into(), &Value::Null));
    assert_eq!(status["flash_free"], status["flash_total"]);
    assert_eq!(status["line"], *address);

    let output = card(&["status", "--tcp", &address]);
    let table = stdout(&output);
    assert!(
        table.starts_with(&format!("card at {address}\n  model       BX-6E2 (7402)\n")),
        "{table}"
    );
    assert!(table.contains("  screen      128x32, red and green\n"), "{table}");
    assert!(
        table.contains(" years behind: `yingbi card clock` sets it right\n"),
        "its clock was never set: {table}"
    );
    assert!(
        table.contains("  brightness  step 15 of 0 to 15, about 100 %, "),
        "{table}"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn each_card_of_a_serial_line_is_spoken_with_by_its_number_whatever_its_generation() {
    let (_cards, port) = wired(57_600, [build("BX-5E1", 3), build("BX-6M2", 7)]);
    for (number, model) in [("3", "BX-5E1"), ("7", "BX-6M2")] {
        let status = one(&["status", "--serial", &port, "--number", number]);
        assert_eq!(status["model"], model);
        assert_eq!(status["baud"], 57_600);
    }
}

#[test]
fn a_card_with_fonts_answers_and_is_not_asked_what_it_has_no_command_for() {
    let size = Size::new(64, 16);
    let build = Build {
        number: 1,
        ..Build::new(Model::named("BX-5K1").unwrap(), size, Lamps::Red)
    };
    let (_card, port) = wired(9600, [build]);
    let way = ["--serial", &port, "--baud", "9600"];
    let status = one(&[&["status"][..], &way].concat());
    assert_eq!((&status["model"], &status["lit"]), (&"BX-5K1".into(), &Value::Null));
    let off = one(&[&["off"][..], &way].concat());
    assert_eq!((&off["done"], &off["verified"]), (&true.into(), &Value::Null));
    let output = card(&[&["files"][..], &way].concat());
    assert_eq!(output.status.code(), Some(69));
    assert!(stderr(&output).contains("cards with fonts of their own are not asked for program files"));
}

#[test]
fn what_is_ordered_is_done_and_read_back() {
    let (virtual_card, address) = networked(Mischief::default());
    let way = ["--tcp", &address];
    let ordered = |words: &[&str]| {
        let line = one(&[words, &way].concat());
        assert_eq!(
            (&line["done"], &line["verified"]),
            (&true.into(), &true.into()),
            "{line}"
        );
        line
    };
    let clock = ordered(&["clock"]);
    assert!(clock["clock_ahead"].as_i64().unwrap().abs() <= 1, "{clock}");
    for (percent, step) in [("100", 15), ("50", 7), ("1", 0), ("0", 0), ("7", 1)] {
        assert_eq!(ordered(&["brightness", percent])["brightness"], step, "{percent} %");
        let deadline = Instant::now() + PATIENCE;
        while virtual_card.brightness(0) != step {
            assert!(Instant::now() < deadline, "{percent} %");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    assert_eq!(ordered(&["off"])["lit"], false);
    assert_eq!(ordered(&["on"])["lit"], true);
}

/// Puts a program into the card, as its own software would.
fn upload(card: &VirtualCard) -> Vec<(String, u64, String)> {
    use std::io::{Read as _, Write as _};
    let model = Model::named("BX-6E2").unwrap();
    let files = fallback(model, Layout::WordPlanes, &Frame::new(SIZE));
    let mut requests = vec![Request::BeginTransfer];
    for file in &files {
        requests.push(Request::StartWrite {
            is_fixed: false,
            name: FileName(file.name),
            kind: file.kind,
            length: file.bytes.len() as u32,
            overwrites: true,
            crc: file.crc(),
        });
        requests.push(Request::WriteBlock {
            is_fixed: false,
            name: FileName(file.name),
            is_last: true,
            offset: 0,
            data: &file.bytes,
        });
    }
    requests.push(Request::EndTransfer);
    let mut stream = std::net::TcpStream::connect(card.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    for (number, request) in requests.iter().enumerate() {
        let (mut data, mut frame) = (Vec::new(), Vec::new());
        request.encode(&mut data);
        let header = Header::to_any(Framing::Six, number as u16);
        Packet { header, data: &data }.frame(&mut frame);
        stream.write_all(&frame).unwrap();
        let mut answer = [0; 256];
        assert!(stream.read(&mut answer).unwrap() > 0);
    }
    let told = files.iter().map(|file| {
        let name = String::from_utf8(file.name.to_vec()).unwrap();
        (name, file.bytes.len() as u64, format!("{:08x}", file.crc()))
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

#[test]
fn the_files_are_listed_with_their_bytes_and_checksums_and_erased_only_by_who_says_so() {
    let (virtual_card, address) = networked(Mischief::default());
    let expected = upload(&virtual_card);
    assert_eq!(expected.len(), 2);
    let mut lines = told(&["files", "--tcp", &address]);
    let state = lines.pop().unwrap();
    let mut files: Vec<_> = lines
        .iter()
        .map(|file| {
            let text = |key: &str| file[key].as_str().unwrap().to_owned();
            (text("name"), file["bytes"].as_u64().unwrap(), text("crc"))
        })
        .collect();
    files.sort();
    assert_eq!(files, expected);
    assert!(state["flash_free"].as_u64() < state["flash_total"].as_u64());
    assert_eq!((&state["programs"], &state["program"]), (&1.into(), &"P000".into()));
    let table = stdout(&card(&["files", "--tcp", &address]));
    assert!(table.contains("  file  type     bytes  CRC\n"), "{table}");
    assert!(
        table.contains(&format!("  P000  program  {}", expected[1].1)),
        "{table}"
    );

    let refused = card(&["erase", "--tcp", &address]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--yes"));
    assert_eq!(told(&["files", "--tcp", &address]).len(), 3);

    let erased = one(&["erase", "--yes", "--tcp", &address]);
    assert_eq!(erased["verified"], true);
    assert_eq!(erased["flash_free"], erased["flash_total"]);
    assert!(stdout(&card(&["files", "--tcp", &address])).contains("  no files\n"));
}

#[test]
fn a_refusal_has_the_makers_number_and_name_and_a_remedy() {
    let refuses = Refuses {
        code: 14,
        command: Some((0xa2, 0x02)),
        every: 1,
    };
    let (_card, address) = networked(Mischief {
        refuses: Some(refuses),
        ..Mischief::default()
    });
    let output = card(&["clock", "--tcp", &address]);
    assert_eq!(output.status.code(), Some(69));
    let said = stderr(&output);
    assert!(
        said.contains("the card refuses the clock: error 14: wrong date or time"),
        "{said}"
    );
    assert!(said.contains("help: "), "{said}");
    // All else goes on.
    assert_eq!(one(&["on", "--tcp", &address])["lit"], true);
}

#[test]
fn who_does_not_answer_is_told_with_what_to_look_at() {
    let (_cards, port) = wired(57_600, [build("BX-6E2", 3)]);
    let output = card(&["status", "--serial", &port, "--number", "9"]);
    assert_eq!(output.status.code(), Some(69));
    let said = stderr(&output);
    assert!(
        said.contains("card 9 does not answer: not one byte came back"),
        "{said}"
    );
    assert!(said.contains("A and B") && said.contains("57600"), "{said}");

    let nobody = TcpListener::bind(loopback()).unwrap().local_addr().unwrap().to_string();
    let output = card(&["status", "--tcp", &nobody, "--json"]);
    assert_eq!(output.status.code(), Some(69));
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["error"], format!("{nobody} refuses the connection"));
    assert_eq!(line["error_zh"], format!("{nobody} 拒绝连接"));
    let help = line["help_zh"].as_str().unwrap();
    assert!(help.contains("厂家软件") && !help.contains("自动"), "{help}");
}

#[test]
fn several_cards_that_answer_at_once_are_no_riddle() {
    let (_cards, port) = wired(57_600, [build("BX-6E2", 3), build("BX-6E2", 4)]);
    let output = card(&["status", "--serial", &port]);
    assert_eq!(output.status.code(), Some(69));
    let said = stderr(&output);
    assert!(said.contains("bytes came back that make no answer"), "{said}");
    assert!(said.contains("name one by --number"), "{said}");
}

#[test]
fn a_port_that_is_held_names_the_daemon_that_may_hold_it() {
    let cable = Cable::new();
    let _held = serialport::new(cable.device(), 57_600).open_native().unwrap();
    let output = card(&["status", "--serial", &cable.device()]);
    assert_eq!(output.status.code(), Some(69));
    let said = stderr(&output);
    assert!(said.contains("is held by another program"), "{said}");
    assert!(
        said.contains("give --screen instead of --serial") && said.contains("systemctl stop yingbi"),
        "{said}"
    );
}

/// A site with these cards on its screen.
fn site_of(cards: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let plain = PLAIN.replace("colour = \"full\"", "colour = \"red+green\"\ndepth = 1");
    fs::write(folder.path().join("site.toml"), format!("{plain}\n{cards}")).unwrap();
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn of_a_site_without_a_daemon_every_card_is_asked_and_one_that_is_silent_keeps_no_other_from_it() {
    let (_card, address) = networked(Mischief::default());
    let nobody = TcpListener::bind(loopback()).unwrap().local_addr().unwrap();
    let one = |address: &str, x: u32| {
        format!(
            "[[screen.card]]\nmodel = \"BX-6E2\"\naddress = \"{address}\"\nregion = {{ x = {x}, y = 0, width = 64, height = 32 }}\n"
        )
    };
    let folder = site_of(&(one(&nobody.to_string(), 0) + &one(&address, 64)));
    let state = tempfile::tempdir().unwrap();
    let site = ["--site", text(folder.path()), "--state", text(state.path())];
    let output = card(&[&["status", "--json"][..], &site].concat());
    assert_eq!(output.status.code(), Some(69), "{}", stderr(&output));
    let lines = stdout(&output);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0]["error"].as_str().unwrap().contains("refuses the connection"));
    assert_eq!(
        (&lines[1]["screen"], &lines[1]["card"], &lines[1]["lit"]),
        (&"lobby".into(), &2.into(), &true.into())
    );
    let second = told(&[&["off", "--screen", "lobby", "--card", "2"][..], &site].concat());
    assert_eq!(second[0]["lit"], false);
    let third = card(&[&["off", "--card", "3"][..], &site].concat());
    assert_eq!(third.status.code(), Some(2));
    assert!(stderr(&third).contains("there is no card 3; there are 2"));
}

#[test]
fn the_state_folder_is_free_while_a_card_is_waited_for() {
    let silent = TcpListener::bind(loopback()).unwrap();
    let address = silent.local_addr().unwrap();
    let folder = site_of(&format!(
        "[[screen.card]]\nmodel = \"BX-6E2\"\naddress = \"{address}\"\n"
    ));
    let state = tempfile::tempdir().unwrap();
    let mut waiting = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args([
            "card",
            "status",
            "--site",
            text(folder.path()),
            "--state",
            text(state.path()),
        ])
        .spawn()
        .unwrap();
    // Once it is there, it speaks with the card, which never answers.
    let _client = silent.accept().unwrap();
    let opened = StateFolder::open(state.path());
    waiting.kill().unwrap();
    waiting.wait().unwrap();
    assert!(opened.is_ok(), "{opened:?}");
}

#[test]
fn what_is_no_serial_port_is_said_to_be_none_and_what_it_may_be_instead() {
    let said = |port: &str| stderr(&card(&["status", "--serial", port]));
    let program = said(env!("CARGO_BIN_EXE_yingbi"));
    assert!(program.contains("is no serial port"), "{program}");
    let address = said("192.0.2.1:5005");
    assert!(address.contains("a network address: give --tcp"), "{address}");
    let windows = said("COM3");
    assert!(windows.contains("COM3 is a name of Windows"), "{windows}");
    assert!(!windows.contains("by itself"), "nobody waits for it: {windows}");
}

#[test]
fn a_card_of_another_kind_than_the_site_says_is_told() {
    let card_of_site = VirtualCard::tcp(loopback(), build("BX-5E1", 1), Mischief::default()).unwrap();
    let folder = site_of(&format!(
        "[[screen.card]]\nmodel = \"BX-6E2\"\naddress = \"{}\"\n",
        card_of_site.address()
    ));
    let state = tempfile::tempdir().unwrap();
    let output = card(&["status", "--site", text(folder.path()), "--state", text(state.path())]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("BX-5E1 (5401)"));
    assert!(
        stderr(&output).contains("the card says that it is a BX-5E1, not a BX-6E2"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_daemon_that_runs_is_asked_in_place_of_its_cards() {
    let (_card, address) = networked(Mischief::default());
    let folder = site::folder();
    let red = site::SITE.replace("rate = 25\n", "rate = 25\ncolour = \"red\"\ndepth = 1\n");
    let cards = format!("[[screen.card]]\nmodel = \"BX-6E2\"\naddress = \"{address}\"\n");
    site::write(folder.path(), "site.toml", &format!("{red}\n{cards}"));
    let state = tempfile::tempdir().unwrap();
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    let state = ["--state", text(state.path())];
    let asked = |words: &[&str], is_so: &dyn Fn(&Output) -> bool| {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let output = card(&[words, &state].concat());
            if is_so(&output) {
                return;
            }
            let said = stdout(&output) + &stderr(&output);
            assert!(Instant::now() < deadline, "{words:?}: {said}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    asked(&["status", "--json"], &|output| {
        let line: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        line["screen"] == "lobby" && line["model"] == "BX-6E2" && line["answers"] == true
    });
    asked(&["status"], &|output| {
        let table = stdout(output);
        table.starts_with("card 1 of screen \"lobby\"") && table.contains("lit (") && table.contains("/15 (")
    });
    asked(&["clock"], &|output| {
        // How the card stood before the order is not told as its outcome.
        let is_alone = !stdout(output).contains("requests");
        is_alone && stderr(output).contains("card 1 of screen \"lobby\": the daemon that runs passes it on")
    });
    asked(&["off", "--screen", "nosuch"], &|output| {
        output.status.code() == Some(2) && stderr(output).contains("screens with cards: lobby")
    });
    asked(&["files"], &|output| {
        output.status.code() == Some(69) && stderr(output).contains("systemctl stop yingbi")
    });
}

#[test]
fn ways_that_contradict_each_other_are_refused() {
    for arguments in [
        &["status", "--tcp", "192.0.2.1", "--serial", "/dev/ttyS0"][..],
        &["status", "--tcp", "192.0.2.1", "--baud", "9600"],
        &["status", "--number", "3"],
        &["status", "--tcp", "192.0.2.1", "--screen", "lobby"],
        &["status", "--tcp", "192.0.2.1:99999"],
        &["status", "--tcp", "192.0.2.1", "--model", "BX-9"],
        &["brightness", "101", "--tcp", "192.0.2.1"],
    ] {
        let output = card(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
    }
}
