//! TCP connections to cards: refused, taken, half open.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    time::{Duration, Instant},
};

use yingbi::{
    diagnostic::Explain as _,
    link::{ConnectionError, Given, LinkError, StreamState},
};

use super::{
    at, loopback,
    network::{Machine, alone, ip},
    stream::{Driven, tcp},
};

/// A card's port.
fn card() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(loopback()).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// The card's end of a connection.
fn accept(listener: &TcpListener) -> TcpStream {
    let (stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// A card, and a stream that is connected to it.
fn connected() -> (TcpListener, TcpStream, Driven) {
    let (listener, address) = card();
    let driven = Driven::opened(&tcp(&address));
    let stream = accept(&listener);
    (listener, stream, driven)
}

/// A card's address, at which nothing listens now.
fn nobody() -> SocketAddr {
    card().1
}

#[test]
fn bytes_go_both_ways() {
    let (_listener, mut stream, mut driven) = connected();
    assert_eq!(driven.link.state(), StreamState::Open(1));
    assert_eq!(driven.link.send(b"question", driven.now), Given::Taken);
    let mut heard = [0; 8];
    stream.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"question");
    stream.write_all(b"answer").unwrap();
    driven.until("the answer comes", |driven| driven.heard == b"answer");
    assert_eq!(driven.problem(), None);
}

// Fault 40.
#[test]
fn a_card_that_refuses_is_told_and_connected_to_once_it_listens() {
    let address = nobody();
    let mut driven = Driven::new(&tcp(&address));
    let told = driven.until_wrong();
    assert_eq!(told, ConnectionError::Refused { peer: address }.into());
    assert!(told.help().en.contains("5005") && told.help().en.contains("vendor's software"));
    let listener = TcpListener::bind(address).unwrap();
    driven.until_open();
    accept(&listener);
    assert_eq!(driven.problem(), None);
}

#[test]
fn a_card_that_is_away_is_called_about_once_a_second() {
    let (listener, address) = card();
    drop(listener);
    let mut driven = Driven::new(&tcp(&address));
    driven.until_wrong();
    let mut waits = 0;
    let begin = Instant::now();
    let since = driven.now;
    while begin.elapsed() < Duration::from_secs(3) {
        driven.link.wait(None, Duration::from_secs(60));
        driven.now = since + begin.elapsed();
        driven.receive();
        waits += 1;
    }
    // The call, and its refusal.
    assert!(waits <= 2 * 7, "{waits} waits");
}

// Fault 40.
#[test]
fn the_end_of_a_connection_is_noticed_whether_it_is_polite_or_not() {
    for is_polite in [true, false] {
        let (listener, stream, mut driven) = connected();
        if !is_polite {
            rustix::net::sockopt::set_socket_linger(&stream, Some(Duration::ZERO)).unwrap();
        }
        drop(stream);
        driven.until("it notices", |driven| !driven.is_open());
        let peer = listener.local_addr().unwrap();
        assert_eq!(driven.problem(), Some(ConnectionError::Ended { peer }.into()));
        driven.until_open();
        assert_eq!(driven.link.state(), StreamState::Open(2));
        let mut stream = accept(&listener);
        // That it takes a call proves nothing: so does a card that is another's. What it says does.
        assert!(driven.problem().is_some());
        stream.write_all(b"here").unwrap();
        driven.until("it answers", |driven| !driven.heard.is_empty());
        assert_eq!(driven.problem(), None);
    }
}

#[test]
fn what_a_card_said_before_it_hung_up_is_heard() {
    let (_listener, mut stream, mut driven) = connected();
    stream.write_all(b"last words").unwrap();
    drop(stream);
    driven.until("it notices", |driven| !driven.is_open());
    assert_eq!(driven.heard, b"last words");
}

#[test]
fn a_card_that_takes_calls_and_ends_them_is_called_once_a_second_and_the_problem_stays() {
    let (listener, address) = card();
    listener.set_nonblocking(true).unwrap();
    let mut driven = Driven::new(&tcp(&address));
    let mut calls = 0;
    // Twenty seconds of the stream's time.
    for _ in 0..400 {
        driven.pass(Duration::from_millis(50));
        driven.turn();
        if let Ok((stream, _)) = listener.accept() {
            calls += 1;
            drop(stream);
            driven.until("it notices", |driven| !driven.is_open());
        }
        assert!(calls == 0 || driven.problem().is_some());
    }
    assert!((15..=24).contains(&calls), "{calls} calls");
    assert_eq!(driven.problem(), Some(ConnectionError::Ended { peer: address }.into()));
}

// Fault 34.
#[test]
fn a_card_that_reads_no_longer_holds_up_nobody_and_is_told_after_ten_seconds() {
    let (_listener, _stream, mut driven) = connected();
    let mut taken = 0;
    while driven.link.send(&[0x55; 4096], driven.now) == Given::Taken {
        taken += 4096;
        assert!(taken < 64 << 20, "it has no bound");
    }
    assert!(driven.link.pending() <= 1 << 20);
    driven.pass(Duration::from_millis(9900));
    assert!(driven.is_open());
    driven.pass(Duration::from_millis(200));
    let LinkError::Connection(ConnectionError::Stalled { .. }) = driven.problem().unwrap() else {
        panic!("{:?}", driven.problem());
    };
    assert!(!driven.is_open());
}

#[test]
fn a_second_client_of_a_card_that_serves_one_gives_its_place_up_at_once() {
    // The card takes one call. The system takes the next one for it, and nobody answers.
    let (listener, address) = card();
    let first = Driven::opened(&tcp(&address));
    let _served = accept(&listener);
    let mut second = Driven::opened(&tcp(&address));
    second.link.send(b"is anybody there", second.now);
    second.link.hang_up(second.now);
    assert_eq!(second.link.state(), StreamState::Closed);
    // When its turn comes, the card hears at once that nobody waits.
    drop(first);
    let error = accept(&listener).read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    second.until_open();
    assert_eq!(second.link.state(), StreamState::Open(2));
}

#[test]
fn a_host_without_a_name_is_told() {
    let mut driven = Driven::new(&tcp(&"no-such-card.invalid:5005"));
    let told = driven.until_wrong();
    let LinkError::Name { address, .. } = &told else {
        panic!("{told:?}");
    };
    assert_eq!(&**address, "no-such-card.invalid:5005");
    let told = Driven::new(&tcp(&"card")).until_wrong();
    assert_eq!(told, LinkError::Address { address: "card".into() });
}

#[test]
fn of_several_addresses_of_a_name_the_one_that_answers_is_taken() {
    // Where the name has an address of IPv6 too, nothing listens there.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let driven = Driven::opened(&tcp(&format!("localhost:{port}")));
    accept(&listener);
    assert_eq!(driven.problem(), None);
}

#[test]
fn a_host_that_does_not_answer_is_given_five_seconds() {
    alone("link::tcp::a_host_that_does_not_answer_is_given_five_seconds", || {
        let machine = Machine::behind("wall0", 1);
        // It has a neighbour's entry, so that the system does not know better.
        machine.ip("link set eth address 02:00:00:00:00:01");
        ip("neighbour replace 10.0.1.9 lladdr 02:00:00:00:00:01 dev wall0");
        let peer = SocketAddr::from(([10, 0, 1, 9], 5005));
        let mut driven = Driven::new(&tcp(&peer));
        driven.pass(Duration::from_millis(4900));
        assert_eq!(driven.problem(), None);
        driven.pass(Duration::from_millis(200));
        assert_eq!(driven.problem(), Some(ConnectionError::Silent { peer }.into()));
        // No way at all is told at once.
        ip("route delete 10.0.1.0/24");
        let told = Driven::new(&tcp(&peer)).until_wrong();
        assert!(
            matches!(told, LinkError::Unreachable { peer: whom, .. } if whom == peer),
            "{told:?}"
        );
    });
}

// The system finds out, in its own time: some ten seconds.
// Fault 39.
#[test]
fn a_connection_whose_cable_is_cut_is_told_within_seconds_whether_anything_was_on_its_way_or_not() {
    alone(
        "link::tcp::a_connection_whose_cable_is_cut_is_told_within_seconds_whether_anything_was_on_its_way_or_not",
        || {
            let machine = Machine::behind("wall0", 1);
            let peer = SocketAddr::from(([10, 0, 1, 2], 5005));
            let listener = machine.inside(|| TcpListener::bind(peer).unwrap());
            let mut both = [Driven::opened(&tcp(&peer)), Driven::opened(&tcp(&peer))];
            let _served = [accept(&listener), accept(&listener)];
            // The far end of the cable: ours still has power on it.
            machine.ip("address delete 10.0.1.2/24 dev eth");
            let [idle, busy] = &mut both;
            busy.link.send(b"hello", busy.now);
            let begin = Instant::now();
            for driven in [busy, idle] {
                driven.now = at(0) + begin.elapsed();
                driven.until("it notices", |driven| !driven.is_open());
                assert_eq!(driven.problem(), Some(ConnectionError::Broken { peer }.into()));
            }
            assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
            machine.ip("address add 10.0.1.2/24 dev eth");
            for mut driven in both {
                driven.until_open();
            }
        },
    );
}
