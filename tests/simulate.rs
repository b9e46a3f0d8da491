//! The virtual DDP display behind a real socket, fed by our own session over our own link.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    time::Duration,
};

use yingbi::{
    controller::{
        Controller as _, Event,
        ddp::{Refusal, Sender},
    },
    diagnostic::Explain as _,
    frame::Frame,
    link::{Sent, UdpLink},
    simulator::VirtualDdp,
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
    let display = VirtualDdp::listen(loopback(), size).unwrap();
    let mut link = UdpLink::open(display.address().to_string(), START);
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
    let display = VirtualDdp::listen(loopback(), Size::new(4, 2)).unwrap();
    let mut link = UdpLink::open(display.address().to_string(), START);
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
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("no answer");
}

#[test]
fn a_picture_of_another_size_is_refused_with_its_reason() {
    let display = VirtualDdp::listen(loopback(), Size::new(2, 1)).unwrap();
    let mut link = UdpLink::open(display.address().to_string(), START);
    let mut sender = Sender::new();
    sender.show(&[7; 9], START);
    send(&mut sender, &mut link, START);
    let refused = (0..2000).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        display.counts().refused == 1
    });
    assert!(refused);
    let size = Size::new(2, 1);
    assert_eq!(display.refusal(), Some(Refusal::Beyond { end: 9, size }));
    assert_eq!(display.counts().pictures, 0);
}

#[test]
fn a_display_that_is_dropped_frees_its_port() {
    let display = VirtualDdp::listen(loopback(), Size::new(2, 1)).unwrap();
    let address = display.address();
    drop(display);
    assert!(UdpSocket::bind(address).is_ok());
}

#[test]
fn a_port_in_use_is_named_with_a_remedy_in_both_languages() {
    let first = VirtualDdp::listen(loopback(), Size::new(2, 1)).unwrap();
    let port = first.address().port();
    let error = VirtualDdp::listen(first.address(), Size::new(2, 1)).unwrap_err();
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
