//! Links to many addresses at once.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::Arc,
    time::Duration,
};

use yingbi::{
    controller::{To, Transmit},
    link::{Change, Ends, LinkError, Segmentation, Sent, UdpLink, UdpListener},
    site::Route,
};

use super::{PATIENCE, START, at, let_the_refusal_arrive, loopback, one, to};

/// One datagram of `length` bytes for that address.
fn for_address(length: usize, address: SocketAddr) -> Transmit {
    Transmit {
        to: To::At(address),
        ..one(length)
    }
}

/// A run of datagrams of `segment` bytes for that address.
fn run(length: usize, segment: usize, to: To) -> Transmit {
    Transmit {
        length,
        segment: Some(segment),
        to,
    }
}

/// A link by the loopback.
fn link(ends: Ends) -> UdpLink {
    let route = Route {
        interface: Some("lo".into()),
        ..Route::default()
    };
    UdpLink::open(ends, &route, START)
}

/// The next `count` datagrams.
fn heard(listener: &mut UdpListener, count: usize) -> Vec<Vec<u8>> {
    let mut heard: Vec<Vec<u8>> = Vec::new();
    for _ in 0..100 {
        if heard.len() >= count {
            break;
        }
        listener
            .receive(PATIENCE, |_, datagram| heard.push(datagram.to_vec()))
            .unwrap();
    }
    heard
}

#[test]
fn transmissions_leave_in_order_whether_the_system_segments_or_not() {
    for segmentation in [Segmentation::Offered, Segmentation::Never] {
        let mut listener = UdpListener::bind(loopback()).unwrap();
        let mut link = to(&listener.address().to_string()).with_segmentation(segmentation);
        if segmentation == Segmentation::Never {
            assert!(!link.segments());
        }
        let bytes: Vec<u8> = (0..=255).cycle().take(70 * 100 + 7 + 250).collect();
        let transmits = [run(7000, 100, To::Peer), one(7), run(250, 100, To::Peer)];
        assert_eq!(link.send_all(&transmits, &bytes, START), Sent::All);
        let mut expected: Vec<Vec<u8>> = bytes[..7000].chunks(100).map(<[u8]>::to_vec).collect();
        expected.push(bytes[7000..7007].to_vec());
        expected.extend(bytes[7007..].chunks(100).map(<[u8]>::to_vec));
        assert_eq!(heard(&mut listener, expected.len()), expected, "{segmentation:?}");
    }
}

#[test]
fn each_transmission_goes_to_its_own_address() {
    let mut listeners: Vec<UdpListener> = (0..200).map(|_| UdpListener::bind(loopback()).unwrap()).collect();
    let mut link = UdpLink::open(Ends::Any, &Route::default(), START);
    assert_eq!(link.poll_change(), Some(Change::Up(None)));
    let (mut transmits, mut bytes) = (Vec::new(), Vec::new());
    for (number, listener) in listeners.iter().enumerate() {
        let said = format!("for number {number}");
        transmits.push(for_address(said.len(), listener.address()));
        bytes.extend_from_slice(said.as_bytes());
    }
    assert_eq!(link.send_all(&transmits, &bytes, START), Sent::All);
    for (number, listener) in listeners.iter_mut().enumerate() {
        assert_eq!(heard(listener, 1), [format!("for number {number}").into_bytes()]);
    }
}

#[test]
fn an_address_that_refuses_is_told_once_and_holds_up_no_other() {
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let nobody = UdpSocket::bind(loopback()).unwrap().local_addr().unwrap();
    let mut link = link(Ends::Any);
    let transmits = [for_address(5, nobody), for_address(5, listener.address())];
    for pass in 0..20 {
        assert_eq!(link.send_all(&transmits, b"helloworld", at(pass * 20)), Sent::All);
        let_the_refusal_arrive();
    }
    assert_eq!(heard(&mut listener, 20).len(), 20);
    assert_eq!(link.problems().count(), 1);
    assert_eq!(link.poll_change(), Some(Change::Up(None)));
    // Of many datagrams in one call, the system does not always say why an earlier one failed, but always which.
    let Some(Change::Down(LinkError::Refused { peer } | LinkError::Unreachable { peer, .. })) = link.poll_change()
    else {
        panic!("{:?}", link.problem());
    };
    assert_eq!(peer, nobody);
    assert_eq!(link.poll_change(), None);

    let mut back = UdpListener::bind(nobody).unwrap();
    // What the refusal of the last pass still holds back does not count.
    for pass in 20..600 {
        link.send_all(&transmits, b"helloworld", at(pass * 20));
        heard(&mut listener, 1);
        heard(&mut back, 1);
    }
    assert_eq!(link.problem(), None);
    assert_eq!(link.poll_change(), Some(Change::Up(Some(nobody))));
}

#[test]
fn a_system_that_refuses_a_run_gets_single_datagrams_until_the_link_is_opened_anew() {
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let mut link = link(Ends::Any);
    if !link.segments() {
        eprintln!("skipped: this system does not segment");
        return;
    }
    // Port 0 makes the system say EINVAL to a run, as a network card does that cannot segment.
    let nowhere = To::At(loopback());
    let transmits = [run(300, 100, nowhere), run(300, 100, To::At(listener.address()))];
    let bytes: Vec<u8> = (0..200).cycle().take(600).collect();
    for pass in 0..3 {
        assert_eq!(link.send_all(&transmits, &bytes, at(pass)), Sent::Some);
        assert!(!link.segments(), "pass {pass}");
        let expected: Vec<&[u8]> = bytes[300..].chunks(100).collect();
        assert_eq!(heard(&mut listener, 3), expected);
    }
    assert!(to(&listener.address().to_string()).segments());
}

#[test]
fn a_link_without_a_peer_says_so_where_one_is_needed() {
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let mut link = link(Ends::Any);
    let transmits = [one(5), for_address(5, listener.address())];
    assert_eq!(link.send_all(&transmits, b"helloworld", START), Sent::Some);
    assert_eq!(heard(&mut listener, 1), [b"world"]);
    assert_eq!(link.problem(), Some(&LinkError::NoPeer));
}

#[test]
fn a_port_is_shared_with_programs_that_share_it_and_answers_arrive_there() {
    let theirs = UdpListener::share((Ipv4Addr::UNSPECIFIED, 0).into()).unwrap();
    let port = theirs.address().port();
    let mut link = link(Ends::Port { port, peer: None });
    assert_eq!(link.problem(), None);
    assert_eq!(link.local().unwrap().port(), port);

    let mut node = UdpListener::bind(loopback()).unwrap();
    link.send_all(&[for_address(4, node.address())], b"poll", START);
    let mut from = None;
    node.receive(PATIENCE * 100, |peer, _| from = Some(peer)).unwrap();
    assert_eq!(from.unwrap().port(), port);
    node.send(from.unwrap(), b"here").unwrap();
    let mut answers = Vec::new();
    for _ in 0..1000 {
        link.receive(START, |datagram| answers.push(datagram.to_vec()));
        if !answers.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(answers, [b"here"]);
}

#[test]
fn a_port_that_is_not_shared_is_told_while_sending_goes_on_and_taken_once_it_is_free() {
    let theirs = UdpListener::bind((Ipv4Addr::UNSPECIFIED, 0).into()).unwrap();
    let port = theirs.address().port();
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let mut link = link(Ends::Port { port, peer: None });
    let taken = LinkError::PortTaken { port };
    assert_eq!(link.problem(), Some(&taken));
    assert_eq!(link.poll_change(), Some(Change::Down(taken.clone())));
    let transmit = [for_address(5, listener.address())];
    for seconds in 0..20 {
        assert_eq!(link.send_all(&transmit, b"hello", at(seconds * 1000)), Sent::All);
        assert_eq!(link.problem(), Some(&taken));
    }
    assert_eq!(heard(&mut listener, 20).len(), 20);
    drop(theirs);
    assert_eq!(link.send_all(&transmit, b"hello", at(25_000)), Sent::All);
    assert_eq!(link.problem(), None);
    assert_eq!(link.local().unwrap().port(), port);
}

#[test]
fn a_group_is_heard_while_it_is_joined() {
    let lo: Arc<str> = "lo".into();
    let mut listener = UdpListener::share((Ipv4Addr::UNSPECIFIED, 0).into()).unwrap();
    let group = Ipv4Addr::new(239, 255, 249, 17);
    let to = SocketAddr::from((group, listener.address().port()));
    let mut link = link(Ends::Any);
    listener.join(group, Some(&lo)).unwrap();
    listener.join(group, Some(&lo)).unwrap();
    assert_eq!(link.send_all(&[for_address(3, to)], b"one", START), Sent::All);
    assert_eq!(heard(&mut listener, 1), [b"one"]);
    listener.leave(group, Some(&lo)).unwrap();
    link.send_all(&[for_address(3, to)], b"two", START);
    listener.join(group, Some(&lo)).unwrap();
    link.send_all(&[for_address(5, to)], b"three", START);
    assert_eq!(heard(&mut listener, 1), [b"three"]);
}

#[test]
fn more_groups_can_be_joined_than_the_system_gives_one_socket() {
    let lo: Arc<str> = "lo".into();
    let mut listener = UdpListener::share((Ipv4Addr::UNSPECIFIED, 0).into()).unwrap();
    let port = listener.address().port();
    let groups: Vec<Ipv4Addr> = (0..100).map(|number| Ipv4Addr::new(239, 255, 248, number)).collect();
    let mut link = link(Ends::Any);
    let (mut transmits, mut bytes) = (Vec::new(), Vec::new());
    for group in groups {
        listener.join(group, Some(&lo)).unwrap();
        transmits.push(for_address(4, (group, port).into()));
        bytes.extend_from_slice(&group.octets());
    }
    assert_eq!(link.send_all(&transmits, &bytes, START), Sent::All);
    let expected: Vec<&[u8]> = bytes.chunks(4).collect();
    assert_eq!(heard(&mut listener, 100), expected);
}

#[test]
fn an_interface_that_is_not_there_is_told_with_those_that_are() {
    let route = Route {
        interface: Some("wall0".into()),
        ..Route::default()
    };
    let link = UdpLink::open(Ends::Any, &route, START);
    let said = link.problem().unwrap().to_string();
    assert!(
        said.starts_with("this machine has no interface \"wall0\", only ") && said.contains("lo (127.0.0.1)"),
        "{said}"
    );
    // A single host is reached by the routes, whatever the interface for multicast.
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let mut link = UdpLink::open(Ends::Peer(listener.address().to_string().into()), &route, START);
    assert_eq!(link.send_all(&[one(5)], b"hello", START), Sent::All);
    assert_eq!(heard(&mut listener, 1), [b"hello"]);
    assert!(link.problem().is_some());
}

#[test]
fn an_interface_may_be_named_by_its_address() {
    let group = SocketAddr::from((Ipv4Addr::new(239, 255, 249, 18), 9));
    let route = Route {
        interface: Some("127.0.0.1".into()),
        ..Route::default()
    };
    let mut link = UdpLink::open(Ends::Any, &route, START);
    assert_eq!(link.send_all(&[for_address(3, group)], b"one", START), Sent::All);
}

#[test]
fn what_cannot_be_sent_elsewhere_takes_no_link_to_a_peer_down() {
    let mut listener = UdpListener::bind(loopback()).unwrap();
    let mut link = to(&listener.address().to_string());
    let transmits = [for_address(5, loopback()), one(5)];
    assert_eq!(link.send_all(&transmits, b"helloworld", START), Sent::Some);
    assert_eq!(heard(&mut listener, 1), [b"world"]);
    assert_eq!(link.problems().count(), 1);
}
