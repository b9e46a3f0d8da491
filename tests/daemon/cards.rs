//! Cards of a whole daemon: what is told of them, whom they hold up (nobody), and what the control socket says.

use std::{
    fs,
    net::UdpSocket,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{
    controller::onbon::{
        Model,
        receiver::{Build, Lamps, Mischief},
    },
    daemon::{Answer, Asked, CardOrder, CardView, ask},
    frame::Frame,
    simulator::card::VirtualCard,
    units::Size,
};

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
        thread::sleep(Duration::from_millis(20));
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

/// A BX-6E2 on the network, with the LEDs of the site's screen.
fn on_network() -> VirtualCard {
    let size = Size { width: 128, height: 64 };
    let build = Build::new(Model::named("BX-6E2").unwrap(), size, Lamps::Red);
    VirtualCard::tcp("127.0.0.1:0".parse().unwrap(), build, Mischief::default()).unwrap()
}

fn at(card: &VirtualCard) -> String {
    let address = card.address();
    format!("[[screen.card]]\nmodel = \"BX-6E2\"\naddress = \"{address}\"\n")
}

fn is_dark(frame: &Frame) -> bool {
    frame.bytes().iter().all(|byte| *byte == 0)
}

/// Waits until the card shows what `is_so`.
fn shows(card: &VirtualCard, what: &str, is_so: impl FnMut(&Frame) -> bool) {
    assert!(card.wait_until(PATIENCE, is_so).is_some(), "{what}");
}

#[test]
fn a_card_keeps_what_it_has_when_the_daemon_ends_and_not_when_the_site_has_it_no_longer() {
    let (card, state) = (on_network(), TempDir::new().unwrap());
    let folder = folder(&at(&card));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    shows(&card, "the programme", |frame| !is_dark(frame));
    daemon.signal(Signal::TERM);
    assert!(daemon.end().success());
    thread::sleep(Duration::from_secs(1));
    assert!(!is_dark(&card.look()), "the daemon has taken leave");
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    until(
        "the card is driven again",
        || matches!(&cards(state.path())[..], [view] if view.answers),
    );
    let programme = card.look();
    write(folder.path(), "");
    shows(&card, "what we had put there is taken down", |frame| {
        *frame != *programme
    });
    until("the card's thread stays", || threads(&daemon, "cards ") == 0);
    // What is left is what is in its flash: the same as after a power cut.
    let left = card.look();
    card.power_cut(0);
    card.power_back(0);
    shows(&card, "the picture for after a power cut", |frame| *frame == *left);
    thread::sleep(Duration::from_secs(2));
    assert_eq!(*card.look(), *left);
}

#[test]
fn a_stop_reaches_a_card_and_the_programme_comes_back_after_it() {
    let (card, state) = (on_network(), TempDir::new().unwrap());
    let folder = folder(&at(&card));
    let _daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    shows(&card, "the programme", |frame| !is_dark(frame));
    let by = || "值班".to_owned();
    let stop = Asked::Stop { by: by(), reason: None };
    ask(state.path(), |_| None, &stop).unwrap();
    // The safe page stands still, and the programme does not.
    let mut last = card.look();
    let mut since = Instant::now();
    until("the safe page", || {
        let frame = card.look();
        if frame != last {
            (last, since) = (frame, Instant::now());
        }
        since.elapsed() > Duration::from_secs(5)
    });
    let safe = card.look();
    assert!(!is_dark(&safe), "the safe page is black");
    ask(state.path(), |_| None, &Asked::Resume { by: by() }).unwrap();
    shows(&card, "the programme again", |frame| *frame != *safe);
}

#[test]
fn what_a_technician_orders_over_the_control_socket_is_done_and_then_the_programme_holds_again() {
    let (card, state) = (on_network(), TempDir::new().unwrap());
    let folder = folder(&at(&card));
    let _daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    shows(&card, "the programme", |frame| !is_dark(frame));
    let order = |order| match asked(state.path(), Some(order)) {
        Answer::Cards { cards, busy } => assert_eq!((cards.len(), busy.len()), (1, 0)),
        other => panic!("{other:?}"),
    };
    let full = card.brightness(0);
    order(CardOrder::Brightness(10));
    until("dimmer", || card.brightness(0) < full);
    order(CardOrder::Off);
    shows(&card, "off", is_dark);
    order(CardOrder::On);
    shows(&card, "on", |frame| !is_dark(frame));
    order(CardOrder::Clock);
    let [view] = &cards(state.path())[..] else {
        panic!("one card")
    };
    assert!(view.connected && view.answers && view.requests.0 > 0, "{view:?}");
    assert_eq!(view.lit, Some(true));
    let told = view.told.as_ref().unwrap();
    assert_eq!((&*told.model, told.size), ("BX-6E2", (128, 64)));
    assert!(view.problems.is_empty(), "{:?}", view.problems);
}

#[test]
fn a_screen_that_is_begun_anew_for_another_output_leaves_its_card_as_it_is() {
    let (card, state) = (on_network(), TempDir::new().unwrap());
    let controller = UdpSocket::bind("127.0.0.1:0").unwrap();
    let folder = folder(&at(&card));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    shows(&card, "the programme", |frame| !is_dark(frame));
    let answers = daemon.says("a card answers");
    let address = controller.local_addr().unwrap();
    let output = format!("[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n");
    write(folder.path(), &format!("{}{output}", at(&card)));
    controller.set_read_timeout(Some(PATIENCE)).unwrap();
    controller.recv(&mut [0; 2048]).unwrap();
    thread::sleep(Duration::from_secs(3));
    let again: Vec<String> = daemon
        .lines
        .try_iter()
        .filter(|line| line.contains("a card answers"))
        .collect();
    assert_eq!(again, [""; 0], "after {answers}");
    assert!(!is_dark(&card.look()));
}
