//! Links over the real loopback: pictures, absent receivers, ports in use.

mod many;
pub(crate) mod network;
pub(crate) mod pty;
mod serial;
pub(crate) mod stream;
mod tcp;
mod unplugged;
mod words;

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    time::Duration,
};

use yingbi::{
    controller::{
        Controller as _, To, Transmit,
        ddp::{Received, Receiver, Sender},
    },
    diagnostic::Explain as _,
    link::{Backoff, BackoffError, Change, Ends, LinkError, Sent, UdpLink, UdpListener},
    site::Route,
    units::{Moment, Size},
};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

/// How long a datagram may take on the loopback of a busy machine.
const PATIENCE: Duration = Duration::from_millis(50);

fn loopback() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// A link to that one address.
fn to(address: &str) -> UdpLink {
    UdpLink::open(Ends::Peer(address.into()), &Route::default(), START)
}

fn at(milliseconds: u64) -> Moment {
    START + Duration::from_millis(milliseconds)
}

/// Sends all that is due; whether all of it left.
fn send_all(sender: &mut Sender, link: &mut UdpLink, now: Moment) -> bool {
    let mut out = Vec::new();
    let mut all = true;
    while let Some(transmit) = sender.poll_transmit(now, &mut out) {
        all &= link.send(&transmit, &out, now) == Sent::All;
        out.clear();
    }
    all
}

/// The next picture that the display shows, if one comes in time.
fn picture(listener: &mut UdpListener, display: &mut Receiver) -> Option<Vec<u8>> {
    let mut shown = None;
    for _ in 0..100 {
        let take = |_: SocketAddr, datagram: &[u8]| {
            if let Ok(Received::Shown(picture)) = display.handle(datagram) {
                shown = Some(picture.to_vec());
            }
        };
        listener.receive(PATIENCE, take).unwrap();
        if shown.is_some() {
            return shown;
        }
    }
    None
}

fn one(length: usize) -> Transmit {
    Transmit {
        length,
        segment: None,
        to: To::Peer,
    }
}

#[test]
fn a_picture_of_several_batches_crosses_the_loopback_unharmed() {
    for host in [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()] {
        let mut listener = UdpListener::bind(SocketAddr::new(host, 0)).unwrap();
        let size = Size::new(192, 128);
        let mut display = Receiver::new(size);
        let mut link = to(&listener.address().to_string());
        assert_eq!(link.poll_change(), Some(Change::Up(Some(listener.address()))));

        let mut sender = Sender::new();
        let sent: Vec<u8> = (0..size.leds() * 3).map(|at| (at % 253) as u8).collect();
        sender.show(&sent, START);
        assert!(send_all(&mut sender, &mut link, START));
        assert_eq!(picture(&mut listener, &mut display), Some(sent));
        assert_eq!(display.counts().partial, 0);
        assert_eq!(link.dropped(), 0);
    }
}

#[test]
fn a_display_answers_through_the_link() {
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let mut link = to(&listener.address().to_string());
    assert_eq!(link.send(&one(5), b"hello", START), Sent::All);
    let mut from = None;
    listener.receive(PATIENCE * 100, |peer, _| from = Some(peer)).unwrap();
    listener.send(from.unwrap(), b"good day").unwrap();
    let mut heard = Vec::new();
    for _ in 0..1000 {
        link.receive(START, |datagram| heard.push(datagram.to_vec()));
        if !heard.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(heard, [b"good day"]);
}

#[test]
fn datagrams_that_come_together_stay_apart() {
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let mut link = to(&listener.address().to_string());
    let batch = Transmit {
        length: 25,
        segment: Some(10),
        to: To::Peer,
    };
    assert_eq!(
        link.send(&batch, b"before it: 0123456789abcdefghijABCDE", START),
        Sent::All
    );
    let mut heard: Vec<Vec<u8>> = Vec::new();
    for _ in 0..100 {
        listener
            .receive(PATIENCE, |_, datagram| heard.push(datagram.to_vec()))
            .unwrap();
        if heard.len() == 3 {
            break;
        }
    }
    assert_eq!(heard, [&b"0123456789"[..], b"abcdefghij", b"ABCDE"]);
}

// Fault 85.
#[test]
fn an_absent_receiver_makes_one_problem_and_few_attempts() {
    let (peer, mut link) = link_to_nobody();
    let mut attempts = 0_u32;
    // Ten seconds at fifty frames a second.
    for frame in 0..500 {
        let sent = link.send(&one(5), b"hello", at(frame * 20));
        if sent == Sent::All {
            attempts += 1;
            let_the_refusal_arrive();
        }
    }
    let refused = LinkError::Refused { peer };
    assert_eq!(link.problem(), Some(&refused));
    assert_eq!(link.poll_change(), Some(Change::Up(Some(peer))));
    assert_eq!(link.poll_change(), Some(Change::Down(refused)));
    assert_eq!(link.poll_change(), None);
    // At 0 s, then 0.25, 0.5, 1, 1 s and so on after each failure; one refusal or the other may come late.
    assert!((6..=24).contains(&attempts), "{attempts} attempts");
    assert_eq!(link.dropped(), 500 - u64::from(attempts));
}

#[test]
fn a_receiver_that_comes_back_gets_pictures_at_once_and_the_problem_goes_when_all_stays_quiet() {
    let (peer, mut link) = link_to_nobody();
    link.send(&one(5), b"hello", at(0));
    let_the_refusal_arrive();
    link.send(&one(5), b"hello", at(20));
    assert!(link.problem().is_some());
    let mut listener = UdpListener::bind(peer).unwrap();
    assert_eq!(link.send(&one(5), b"still", at(100)), Sent::Not, "backing off");
    assert_eq!(link.send(&one(5), b"again", at(400)), Sent::All);
    let mut heard = Vec::new();
    listener
        .receive(PATIENCE * 100, |_, datagram| heard.extend_from_slice(datagram))
        .unwrap();
    assert_eq!(heard, b"again");
    assert!(link.problem().is_some(), "silence after one send proves nothing");
    link.send(&one(5), b"hello", at(5500));
    assert_eq!(link.problem(), None);
    let last = std::iter::from_fn(|| link.poll_change()).last();
    assert_eq!(last, Some(Change::Up(Some(peer))));
}

/// A port on which nobody listens, and a link to it.
fn link_to_nobody() -> (SocketAddr, UdpLink) {
    let peer = UdpSocket::bind(loopback()).unwrap().local_addr().unwrap();
    (peer, to(&peer.to_string()))
}

/// The refusal comes from the same kernel, but perhaps from its other processor.
fn let_the_refusal_arrive() {
    std::thread::sleep(Duration::from_millis(5));
}

// Fault 85.
#[test]
fn a_name_is_looked_up_without_waiting() {
    let listener = UdpListener::bind(loopback()).unwrap();
    let address = format!("localhost:{}", listener.address().port());
    let mut link = to(&address);
    let arrived = (0..2000).any(|attempt| {
        std::thread::sleep(Duration::from_millis(1));
        link.send(&one(5), b"hello", at(attempt)) == Sent::All
    });
    assert!(arrived);
}

#[test]
fn an_address_that_is_none_is_a_problem_in_both_languages() {
    for address in ["wall", "wall:", "wall:x", "wall:0", "wall:70000", ":4048"] {
        let link = to(address);
        let problem = link.problem().unwrap();
        assert_eq!(
            problem.to_string(),
            format!("\"{address}\" is not of the form host:port")
        );
        assert_eq!(problem.chinese(), format!("“{address}”不是“主机:端口”的形式"));
        assert_eq!(problem.help().en, "write it as 192.0.2.10:4048 or wall.example:4048");
    }
}

#[test]
fn waits_double_up_to_the_cap_and_begin_anew_after_a_success() {
    let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_millis(350)).unwrap();
    let waits: Vec<u128> = (0..4).map(|_| backoff.fail(START).since(START).as_millis()).collect();
    assert_eq!(waits, [100, 200, 350, 350]);
    backoff.reset();
    assert_eq!(backoff.fail(START).since(START).as_millis(), 100);
}

#[test]
fn a_thousand_failures_wait_no_longer_than_a_second() {
    let mut backoff = Backoff::default();
    let longest = (0..1000).map(|_| backoff.fail(START).since(START)).max();
    assert_eq!(longest, Some(Duration::from_secs(1)));
}

#[test]
fn waits_that_make_no_sense_are_refused() {
    let [none, short, long] = [0, 100, 6000].map(Duration::from_millis);
    assert_eq!(Backoff::new(none, short), Err(BackoffError::FirstZero));
    assert_eq!(
        Backoff::new(long, short),
        Err(BackoffError::FirstAboveCap {
            first: long,
            cap: short
        })
    );
    assert_eq!(Backoff::new(short, long), Err(BackoffError::CapTooLong { cap: long }));
}
