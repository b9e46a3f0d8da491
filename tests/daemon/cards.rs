//! Cards of a whole daemon: what is told of them, whom they hold up (nobody), and what the control socket says.

use std::{fs, net::UdpSocket, path::Path, time::Instant};

use tempfile::TempDir;
use yingbi::daemon::{Answer, Asked, CardOrder, CardView, ask};

use super::{
    process::{Daemon, PATIENCE, READY},
    site,
};

/// The site of the other tests with LEDs that a card can drive, and with `more` of its screen.
fn folder(more: &str) -> TempDir {
    let folder = site::folder();
    write(folder.path(), more);
    folder
}

fn write(folder: &Path, more: &str) {
    let red = site::SITE.replace("rate = 25\n", "rate = 25\ncolour = \"red\"\ndepth = 1\n");
    site::write(folder, "site.toml", &format!("{red}\n{more}"));
}

fn card(port: &Path, more: &str) -> String {
    let port = port.display();
    format!("[[screen.card]]\nmodel = \"BX-6E2\"\nport = \"{port}\"\n{more}\n")
}

/// What the daemon of that state folder says of its cards.
fn asked(state: &Path, order: Option<CardOrder>) -> Answer {
    let asked = Asked::Card {
        screen: None,
        card: None,
        order,
    };
    ask(state, |_| None, &asked).unwrap()
}

fn cards(state: &Path) -> Vec<CardView> {
    match asked(state, None) {
        Answer::Cards { cards, busy } if busy.is_empty() => cards,
        other => panic!("{other:?}"),
    }
}

/// How many threads of the daemon have a name that begins so.
fn threads(daemon: &Daemon, name: &str) -> usize {
    let tasks = format!("/proc/{}/task", daemon.child.id());
    let names = fs::read_dir(tasks).unwrap().flatten();
    names
        .filter_map(|task| fs::read_to_string(task.path().join("comm")).ok())
        .filter(|comm| comm.starts_with(name))
        .count()
}

/// Waits until `is_so`.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn a_card_that_cannot_be_reached_is_told_by_name_and_holds_no_output_up() {
    let controller = UdpSocket::bind("127.0.0.1:0").unwrap();
    controller.set_read_timeout(Some(PATIENCE)).unwrap();
    let address = controller.local_addr().unwrap();
    let state = TempDir::new().unwrap();
    let port = state.path().join("unplugged");
    let output = format!("[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n");
    let folder = folder(&format!("{output}{}", card(&port, "")));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    let said = daemon.says("there is no serial port");
    let expected = format!(
        "site.toml: card 1 of screen \"lobby\": there is no serial port {}",
        port.display()
    );
    assert!(said.contains(&expected), "{said}");
    let mut bytes = [0; 2048];
    for _ in 0..20 {
        controller.recv(&mut bytes).unwrap();
    }
    // The site has it no longer: nothing of it is told any more, and its thread is gone.
    assert_eq!(threads(&daemon, "cards "), 1);
    write(folder.path(), &output);
    until("the card's thread stays", || threads(&daemon, "cards ") == 0);
    assert!(matches!(asked(state.path(), None), Answer::NoCard { .. }));
    for _ in 0..20 {
        controller.recv(&mut bytes).unwrap();
    }
}

#[test]
fn the_control_socket_says_how_each_card_stands_and_what_is_wrong_with_it() {
    let state = TempDir::new().unwrap();
    let port = state.path().join("unplugged");
    let folder = folder(&card(&port, "number = 7\nregion = { height = 32 }"));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says("there is no serial port");
    let [view] = &cards(state.path())[..] else {
        panic!("one card")
    };
    assert_eq!(
        (&*view.screen, view.card, &*view.model, view.number, view.baud),
        ("lobby", 1, "BX-6E2", Some(7), Some(57_600))
    );
    assert_eq!(view.line, port.display().to_string());
    assert!(!view.connected && !view.answers);
    let (zh, en) = &view.problems[0];
    assert!(
        en.starts_with("card 1 of screen \"lobby\": there is no serial port"),
        "{en}"
    );
    assert!(zh.starts_with("屏幕“lobby”第 1 张卡：没有串口"), "{zh}");
    let no_card = |asked: &Asked| matches!(ask(state.path(), |_| None, asked).unwrap(), Answer::NoCard { .. });
    let wanted = |screen: Option<&str>, card, order| Asked::Card {
        screen: screen.map(str::to_owned),
        card,
        order,
    };
    assert!(no_card(&wanted(Some("hall"), None, None)));
    assert!(no_card(&wanted(None, Some(2), None)));
    assert!(no_card(&wanted(None, Some(0), None)));
    assert!(no_card(&wanted(None, None, Some(CardOrder::Brightness(101)))));
    assert!(!no_card(&wanted(Some("lobby"), Some(1), None)));
}

#[test]
fn what_is_asked_of_cards_is_the_line_that_is_documented() {
    let line = |order| {
        let asked = Asked::Card {
            screen: None,
            card: None,
            order,
        };
        serde_json::to_string(&asked).unwrap()
    };
    assert_eq!(line(None), r#"{"ask":"card","screen":null,"card":null,"order":null}"#);
    assert_eq!(
        line(Some(CardOrder::On)),
        r#"{"ask":"card","screen":null,"card":null,"order":"on"}"#
    );
    assert_eq!(
        line(Some(CardOrder::Brightness(50))),
        r#"{"ask":"card","screen":null,"card":null,"order":{"brightness":50}}"#
    );
}

#[test]
fn cards_of_several_screens_on_one_line_share_its_thread_and_one_that_is_begun_anew_keeps_it() {
    let state = TempDir::new().unwrap();
    let port = state.path().join("unplugged");
    let second = |width: u32| {
        format!(
            "[[screen]]\nid = \"door\"\nwidth = {width}\nheight = 32\ncolour = \"red\"\ndepth = 1\n{}",
            card(&port, "number = 2")
        )
    };
    let folder = folder(&format!("{}{}", card(&port, "number = 1"), second(64)));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    until("both cards", || cards(state.path()).len() == 2);
    assert_eq!(threads(&daemon, "cards "), 1);
    write(folder.path(), &format!("{}{}", card(&port, "number = 1"), second(128)));
    // Its player begins anew with other LEDs.
    until(
        "the door's card is there again",
        || matches!(asked(state.path(), None), Answer::Cards { cards, .. } if cards.len() == 2),
    );
    assert_eq!(threads(&daemon, "cards "), 1);
}
