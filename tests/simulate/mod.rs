//! The virtual controllers behind a real socket, fed by our own session over our own link; and `yingbi simulate` around it.

mod cards;
mod protocols;
mod setup;

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use yingbi::{
    cli::simulate::{Listen, Options, Protocol, Wanted, size, watch},
    controller::{Controller as _, Event, ddp::Sender},
    diagnostic::{Explain as _, Language},
    frame::Frame,
    link::{Ends, Sent, UdpLink},
    simulator::{
        Hub, VirtualController,
        picture::{Look, png},
        terminal::Room,
    },
    site::Route,
    units::{Moment, Size},
};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

/// How long anything may take on a busy machine; nothing here takes so long.
const PATIENCE: Duration = Duration::from_secs(10);

fn loopback() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

fn picture(size: Size, seed: usize) -> Frame {
    let bytes = (0..size.leds() * 3).map(|at| ((at + seed) % 255) as u8).collect();
    Frame::from_bytes(size, bytes).unwrap()
}

fn send(sender: &mut Sender, link: &mut UdpLink, now: Moment) {
    let mut out = Vec::new();
    while let Some(transmit) = sender.poll_transmit(now, &mut out) {
        assert_eq!(link.send(&transmit, &out, now), Sent::All);
        out.clear();
    }
}

#[test]
fn our_own_output_is_shown_as_it_was_painted() {
    let size = Size::new(256, 128);
    let display = VirtualController::ddp(loopback(), size).unwrap();
    let mut link = UdpLink::open(
        Ends::Peer(display.address().to_string().into()),
        &Route::default(),
        START,
    );
    let mut sender = Sender::new();
    let mut seen = 0;
    for seed in 1..=5 {
        let painted = picture(size, seed);
        sender.show(painted.bytes(), START);
        send(&mut sender, &mut link, START);
        let shown = display.newer(seen, PATIENCE).unwrap();
        assert_eq!(shown.frame.bytes(), painted.bytes());
        seen = shown.number;
    }
    let counts = display.counts();
    assert_eq!((counts.pictures, counts.partial, counts.refused), (5, 0, 0));
    assert_eq!(counts.datagrams, 5 * (size.leds() as u64 * 3).div_ceil(1440));
}

#[test]
fn a_status_question_is_answered_over_the_network() {
    let display = VirtualController::ddp(loopback(), Size::new(4, 2)).unwrap();
    let mut link = UdpLink::open(
        Ends::Peer(display.address().to_string().into()),
        &Route::default(),
        START,
    );
    let mut sender = Sender::new();
    sender.ask();
    send(&mut sender, &mut link, START);
    for _ in 0..2000 {
        link.receive(START, |datagram| sender.handle(datagram, START));
        if let Some(event) = sender.poll_event() {
            let said = format!("Yingbi virtual display 4x2 {}", env!("CARGO_PKG_VERSION"));
            assert_eq!(event, Event::Answered(said));
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("no answer");
}

#[test]
fn a_picture_of_another_size_is_refused_with_its_reason() {
    let display = VirtualController::ddp(loopback(), Size::new(2, 1)).unwrap();
    let mut link = UdpLink::open(
        Ends::Peer(display.address().to_string().into()),
        &Route::default(),
        START,
    );
    let mut sender = Sender::new();
    sender.show(&[7; 9], START);
    send(&mut sender, &mut link, START);
    let refused = (0..2000).any(|_| {
        thread::sleep(Duration::from_millis(5));
        display.counts().refused == 1
    });
    assert!(refused);
    let refusal = display.refusal().unwrap();
    assert_eq!(
        refusal.to_string(),
        "data up to byte 9; the display's 2x1 LEDs end at byte 6"
    );
    assert_eq!(refusal.chinese(), "数据到第 9 字节，而 2x1 点的显示端只有 6 字节");
    assert_eq!(display.counts().pictures, 0);
}

#[test]
fn a_display_that_is_dropped_frees_its_port() {
    let display = VirtualController::ddp(loopback(), Size::new(2, 1)).unwrap();
    let address = display.address();
    drop(display);
    assert!(UdpSocket::bind(address).is_ok());
}

#[test]
fn a_port_in_use_is_named_with_a_remedy_in_both_languages() {
    let first = VirtualController::ddp(loopback(), Size::new(2, 1)).unwrap();
    let port = first.address().port();
    let error = VirtualController::ddp(first.address(), Size::new(2, 1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("UDP port {port} of 127.0.0.1 is in use by another program")
    );
    assert_eq!(
        error.chinese(),
        format!("127.0.0.1 的 UDP 端口 {port} 已被其他程序占用")
    );
    assert!(error.help().en.starts_with("stop that program"));
}

/// How many pictures are in a folder.
fn picture_files(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

/// An address that was free a moment ago.
fn free() -> SocketAddr {
    UdpSocket::bind(loopback()).unwrap().local_addr().unwrap()
}

fn options(address: SocketAddr, size: Size) -> Options {
    let listen = Listen {
        protocol: Protocol::Ddp,
        address,
    };
    of(&Wanted::plain(listen, size))
}

/// What `yingbi simulate` is asked to do for `wanted`, with nobody looking.
fn of(wanted: &Wanted) -> Options {
    let (address, setup) = wanted.setup().unwrap();
    Options {
        address,
        interface: None,
        setup,
        terminal: None,
        view: None,
        record: None,
        language: Language::English,
    }
}

/// Simulates by `options` while `act` runs; what was written to the terminal, and the notes.
fn simulate(options: &Options, hub: &Hub, act: impl FnOnce()) -> (String, String) {
    let stop = AtomicBool::new(false);
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    thread::scope(|scope| {
        let watching = scope.spawn(|| watch(options, hub, &stop, &mut out, &mut notes));
        act();
        stop.store(true, Ordering::Relaxed);
        watching.join().unwrap().unwrap();
    });
    (String::from_utf8(out).unwrap(), String::from_utf8(notes).unwrap())
}

/// Shows `frames` at `address` one after the other, each until `hub` has it.
fn play(address: SocketAddr, frames: &[Frame], hub: &Hub) {
    let mut sender = Sender::new();
    let mut now = START;
    for frame in frames {
        let arrived = (0..1000).any(|_| {
            // From a new link each time: the display may not listen yet.
            let mut link = UdpLink::open(Ends::Peer(address.to_string().into()), &Route::default(), now);
            sender.show(frame.bytes(), now);
            sender.refresh(now);
            send(&mut sender, &mut link, now);
            thread::sleep(Duration::from_millis(10));
            now = now + Duration::from_millis(10);
            hub.picture("ddp").is_some_and(|shown| *shown == *frame)
        });
        assert!(arrived);
    }
}

#[test]
fn each_new_picture_is_recorded_once_and_shown_in_the_terminal_and_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size::new(40, 20);
    let address = free();
    let options = Options {
        terminal: Some(|| Room::ENDLESS),
        record: Some(folder.path().join("pictures")),
        ..options(address, size)
    };
    let hub = Hub::default();
    let frames = [picture(size, 1), picture(size, 2)];
    let (out, notes) = simulate(&options, &hub, || play(address, &frames, &hub));

    let mut files: Vec<_> = std::fs::read_dir(folder.path().join("pictures"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 2, "{files:?}");
    for (number, (file, frame)) in files.iter().zip(&frames).enumerate() {
        assert_eq!(std::fs::read(file).unwrap(), png(frame, Look::PLAIN).unwrap());
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.ends_with(&format!("Z-{:06}.png", number + 1)), "{name}");
    }
    assert!(out.contains('▀'));
    let first = format!("a DDP display of 40x20 LEDs listens on {address}; Ctrl-C ends it\n");
    assert!(notes.starts_with(&first), "{notes}");
    assert!(
        notes.ends_with(" pictures (0 partial), 0 lost, 0 malformed, 0 refused\n"),
        "{notes}"
    );
}

#[test]
fn a_refusal_is_told_once_with_its_remedy() {
    let address = free();
    let hub = Hub::default();
    let (_, notes) = simulate(&options(address, Size::new(2, 1)), &hub, || {
        let socket = UdpSocket::bind(loopback()).unwrap();
        let told = (0..1000).any(|_| {
            let _ = socket.send_to(b"hello", address);
            thread::sleep(Duration::from_millis(10));
            !hub.problems().is_empty()
        });
        assert!(told);
    });
    let line =
        "datagram not taken: 5 bytes are too few: the header takes 10; look at the sender's bytes from offset 5 on";
    assert_eq!(notes.lines().filter(|told| *told == line).count(), 1, "{notes}");
}

#[test]
fn what_to_be_is_read_from_the_command_line() {
    let listen = |protocol, address: &str| Listen {
        protocol,
        address: address.parse().unwrap(),
    };
    for (text, protocol, address) in [
        ("ddp:127.0.0.1:4050", Protocol::Ddp, "127.0.0.1:4050"),
        ("ddp:0.0.0.0", Protocol::Ddp, "0.0.0.0:4048"),
        ("ddp:[::1]:4048", Protocol::Ddp, "[::1]:4048"),
        ("ddp", Protocol::Ddp, "0.0.0.0:4048"),
        ("sacn", Protocol::Sacn, "0.0.0.0:5568"),
        ("artnet:127.0.0.2", Protocol::ArtNet, "127.0.0.2:6454"),
    ] {
        assert_eq!(text.parse::<Listen>().unwrap(), listen(protocol, address), "{text}");
    }
    let wrong = "opc:127.0.0.1".parse::<Listen>().unwrap_err();
    assert_eq!(
        (wrong.to_string(), wrong.chinese()),
        ("unknown protocol \"opc\"".into(), "不认识协议“opc”".into())
    );
    assert_eq!(wrong.help().en, "known protocols: ddp, sacn, artnet, onbon");
    for text in ["ddp:", "ddp:wall", "ddp:127.0.0.1:99999"] {
        let wrong = text.parse::<Listen>().unwrap_err();
        assert_eq!(
            wrong.to_string(),
            format!("{text:?} is not of the form protocol:address:port")
        );
    }
}

#[test]
fn a_size_is_read_from_the_command_line() {
    assert_eq!(size("256x128").unwrap(), Size::new(256, 128));
    assert_eq!(size("8192×1").unwrap(), Size::new(8192, 1));
    for text in ["", "256", "0x1", "8193x1", "-1x1", "1x1x1", "1e3x1"] {
        let wrong = size(text).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            format!("{text:?} is not a size of 1x1 to 8192x8192 LEDs")
        );
    }
}
