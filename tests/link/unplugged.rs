//! What happens to cables, interfaces, addresses and networks over the years, in a network of the test's own.

use std::{net::SocketAddr, thread, time::Duration};

use yingbi::{
    controller::{To, Transmit},
    diagnostic::Explain as _,
    link::{Change, Ends, LinkError, Segmentation, Sent, UdpLink, UdpListener},
    site::Route,
};

use super::{
    PATIENCE, START, at,
    network::{Machine, alone, ip, run, until_it_runs},
    one, to,
};

const PORT: u16 = 4048;

fn peer() -> SocketAddr {
    ([10, 0, 1, 2], PORT).into()
}

/// What `listener` hears within some time, in which nothing more may come.
fn heard(listener: &mut UdpListener) -> Vec<Vec<u8>> {
    let mut heard: Vec<Vec<u8>> = Vec::new();
    for _ in 0..6 {
        listener
            .receive(PATIENCE, |_, datagram| heard.push(datagram.to_vec()))
            .unwrap();
    }
    heard
}

/// Sends until something arrives, a try every 100 ms of the link's time; how much of that time it took.
fn until_it_arrives(link: &mut UdpLink, listener: &mut UdpListener, from: u64) -> Duration {
    for tries in 0..200 {
        let mut has_come = false;
        link.send_all(&[one(5)], b"again", at(from + tries * 100));
        listener.receive(PATIENCE, |_, _| has_come = true).unwrap();
        if has_come {
            return Duration::from_millis(tries * 100);
        }
    }
    panic!("nothing arrived: {:?}", link.problem());
}

/// What was told, oldest first.
fn told(link: &mut UdpLink) -> Vec<Change> {
    std::iter::from_fn(|| link.poll_change()).collect()
}

// Fault 85.
#[test]
fn an_interface_that_goes_down_is_told_once_and_sending_goes_on_within_seconds_of_its_return() {
    alone(
        "link::unplugged::an_interface_that_goes_down_is_told_once_and_sending_goes_on_within_seconds_of_its_return",
        || {
            let machine = Machine::behind("wall0", 1);
            let mut listener = machine.listen_on(PORT);
            let mut link = to(&peer().to_string());
            assert_eq!(until_it_arrives(&mut link, &mut listener, 0), Duration::ZERO);
            assert_eq!(told(&mut link), [Change::Up(Some(peer()))]);

            ip("link set wall0 down");
            for frame in 0..500 {
                assert_eq!(link.send_all(&[one(5)], b"hello", at(frame * 20)), Sent::Not);
            }
            let [Change::Down(LinkError::Unreachable { peer: whom, .. })] = told(&mut link)[..] else {
                panic!("{:?}", link.problem());
            };
            assert_eq!(whom, peer());

            ip("link set wall0 up");
            until_it_runs("wall0");
            assert!(until_it_arrives(&mut link, &mut listener, 10_000) <= Duration::from_secs(5));
            link.send_all(&[one(5)], b"hello", at(30_000));
            assert_eq!(told(&mut link), [Change::Up(Some(peer()))]);
            assert_eq!(link.problem(), None);
        },
    );
}

#[test]
fn an_interface_that_carries_less_than_a_datagram_takes_is_named_with_what_it_carries() {
    alone(
        "link::unplugged::an_interface_that_carries_less_than_a_datagram_takes_is_named_with_what_it_carries",
        || {
            let machine = Machine::behind("wall0", 1);
            let mut listener = machine.listen_on(PORT);
            ip("link set wall0 mtu 1400");
            let batch = Transmit {
                length: 2900,
                segment: Some(1450),
                to: To::Peer,
            };
            let error = LinkError::TooLarge {
                peer: peer(),
                datagram: 1450,
                mtu: Some(1400),
                interface: Some("wall0".into()),
            };
            for segmentation in [Segmentation::Offered, Segmentation::Never] {
                let mut link = to(&peer().to_string()).with_segmentation(segmentation);
                for frame in 0..100 {
                    assert_eq!(link.send_all(&[batch], &[0; 2900], at(frame * 20)), Sent::Not);
                }
                assert_eq!(told(&mut link), [Change::Up(Some(peer())), Change::Down(error.clone())]);
            }
            // Towards many, the others go on.
            let mut link = UdpLink::open(Ends::Any, &Route::default(), START);
            let both = [batch, one(5)].map(|transmit| Transmit {
                to: To::At(peer()),
                ..transmit
            });
            let other = Transmit {
                to: To::At(([10, 0, 1, 2], PORT + 1).into()),
                ..one(5)
            };
            let mut bytes = vec![0; 2910];
            bytes[2905..].copy_from_slice(b"other");
            let mut others = machine.listen_on(PORT + 1);
            assert_eq!(link.send_all(&[both[0], both[1], other], &bytes, START), Sent::Some);
            assert_eq!(heard(&mut others), [b"other"]);
            assert_eq!(link.problem(), Some(&error));

            ip("link set wall0 mtu 1500");
            let mut link = to(&peer().to_string());
            assert_eq!(link.send_all(&[batch], &[0; 2900], START), Sent::All);
            assert_eq!(heard(&mut listener).len(), 2);
        },
    );
}

#[test]
fn multicast_leaves_by_the_chosen_one_of_two_interfaces() {
    alone(
        "link::unplugged::multicast_leaves_by_the_chosen_one_of_two_interfaces",
        || {
            let (first, second) = (Machine::behind("wall0", 1), Machine::behind("wall1", 2));
            let group = SocketAddr::from(([239, 255, 0, 7], 5568));
            let [mut first, mut second] = [first, second].map(|machine| {
                let listener = machine.listen(|| {
                    let mut listener = UdpListener::share(SocketAddr::from(([0, 0, 0, 0], 5568))).unwrap();
                    listener.join([239, 255, 0, 7].into(), Some(&"eth".into())).unwrap();
                    listener
                });
                (machine, listener)
            });
            let transmit = Transmit {
                to: To::At(group),
                ..one(5)
            };
            for (interface, expected) in [("wall0", [1, 0]), ("wall1", [0, 1]), ("10.0.2.1", [0, 1])] {
                let route = Route {
                    interface: Some(interface.into()),
                    ..Route::default()
                };
                let mut link = UdpLink::open(Ends::Any, &route, START);
                assert_eq!(link.send_all(&[transmit], b"hello", START), Sent::All);
                let counts = [heard(&mut first.1).len(), heard(&mut second.1).len()];
                assert_eq!(counts, expected, "by {interface}");
            }
        },
    );
}

#[test]
fn a_broadcast_to_all_networks_leaves_by_the_chosen_interface() {
    alone(
        "link::unplugged::a_broadcast_to_all_networks_leaves_by_the_chosen_interface",
        || {
            let machines = [Machine::behind("wall0", 1), Machine::behind("wall1", 2)];
            let mut listeners = [0, 1].map(|number: usize| machines[number].listen_on(6454));
            let all = Transmit {
                to: To::At(([255, 255, 255, 255], 6454).into()),
                ..one(5)
            };
            for (number, interface) in ["wall0", "wall1"].into_iter().enumerate() {
                let route = Route {
                    interface: Some(interface.into()),
                    ..Route::default()
                };
                let ends = Ends::Port { port: 6454, peer: None };
                let mut link = UdpLink::open(ends, &route, START);
                assert_eq!(link.send_all(&[all], b"hello", START), Sent::All);
                assert_eq!(heard(&mut listeners[number]), [b"hello"], "by {interface}");
                assert_eq!(heard(&mut listeners[1 - number]).len(), 0, "by {interface}");
            }
        },
    );
}

#[test]
fn an_interface_chosen_for_multicast_that_goes_down_is_named_and_found_again() {
    alone(
        "link::unplugged::an_interface_chosen_for_multicast_that_goes_down_is_named_and_found_again",
        || {
            let _machine = Machine::behind("wall0", 1);
            let route = Route {
                interface: Some("wall0".into()),
                ..Route::default()
            };
            let mut link = UdpLink::open(Ends::Any, &route, START);
            let transmit = [Transmit {
                to: To::At(([239, 255, 0, 7], 5568).into()),
                ..one(5)
            }];
            assert_eq!(link.send_all(&transmit, b"hello", at(0)), Sent::All);
            ip("link set wall0 down");
            for frame in 1..1000 {
                link.send_all(&transmit, b"hello", at(frame * 20));
            }
            let interface = "wall0".into();
            assert_eq!(link.problem(), Some(&LinkError::InterfaceDown { interface }));
            let told = told(&mut link);
            let is_down = |change: &&Change| matches!(change, Change::Down(LinkError::InterfaceDown { .. }));
            assert_eq!(told.iter().filter(is_down).count(), 1, "{told:?}");

            ip("link set wall0 up");
            until_it_runs("wall0");
            let back = (1000..2000).find(|frame| link.send_all(&transmit, b"hello", at(frame * 20)) == Sent::All);
            assert!(back.unwrap() * 20 - 20_000 <= 5_000);
            link.send_all(&transmit, b"hello", at(60_000));
            assert_eq!(link.problem(), None);
        },
    );
}

#[test]
fn an_interface_without_an_address_is_not_called_unknown() {
    alone(
        "link::unplugged::an_interface_without_an_address_is_not_called_unknown",
        || {
            let _machine = Machine::behind("wall0", 1);
            ip("address flush dev wall0");
            let route = Route {
                interface: Some("wall0".into()),
                ..Route::default()
            };
            let link = UdpLink::open(Ends::Any, &route, START);
            let said = link.problem().unwrap().to_string();
            assert_eq!(said, "the interface wall0 has no IP address");
        },
    );
}

#[test]
fn without_any_way_that_is_told_and_found_when_it_is_there() {
    alone(
        "link::unplugged::without_any_way_that_is_told_and_found_when_it_is_there",
        || {
            let mut link = to(&peer().to_string());
            assert_eq!(link.send_all(&[one(5)], b"hello", at(10)), Sent::Not);
            let problem = link.problem().unwrap().clone();
            assert!(matches!(problem, LinkError::Unreachable { .. }), "{problem:?}");
            assert_eq!(
                problem.help().en,
                "check cable, power and IP address; sending goes on by itself"
            );
            let machine = Machine::behind("wall0", 1);
            let mut listener = machine.listen_on(PORT);
            assert!(until_it_arrives(&mut link, &mut listener, 10_000) <= Duration::from_secs(5));
        },
    );
}

#[test]
fn what_has_no_way_to_any_group_is_one_problem_whose_remedy_is_an_interface() {
    alone(
        "link::unplugged::what_has_no_way_to_any_group_is_one_problem_whose_remedy_is_an_interface",
        || {
            let _machine = Machine::behind("wall0", 1);
            let mut link = UdpLink::open(Ends::Any, &Route::default(), START);
            let groups = |number| Transmit {
                to: To::At(([239, 255, 0, number], 5568).into()),
                ..one(5)
            };
            let transmits: Vec<Transmit> = (1..=100).map(groups).collect();
            assert_eq!(link.send_all(&transmits, &[0; 500], START), Sent::Not);
            assert_eq!(link.problems().count(), 1);
            let help = link.problem().unwrap().help();
            assert_eq!(
                help.en,
                "write by which interface the output leaves, as in interface = \"eth0\"; sending goes on by itself"
            );
        },
    );
}

#[test]
fn multicast_of_ttl_0_stays_on_this_machine() {
    alone("link::unplugged::multicast_of_ttl_0_stays_on_this_machine", || {
        let machine = Machine::behind("wall0", 1);
        let mut there = machine.listen(|| {
            let mut listener = UdpListener::share(SocketAddr::from(([0, 0, 0, 0], 5568))).unwrap();
            listener.join([239, 255, 0, 7].into(), Some(&"eth".into())).unwrap();
            listener
        });
        // The system keeps to it where somebody here listens too, who then hears both.
        let mut here = UdpListener::share(SocketAddr::from(([0, 0, 0, 0], 5568))).unwrap();
        here.join([239, 255, 0, 7].into(), Some(&"wall0".into())).unwrap();
        for (ttl, expected) in [(0, 0), (1, 1)] {
            let route = Route {
                interface: Some("wall0".into()),
                ttl,
                ..Route::default()
            };
            let mut link = UdpLink::open(Ends::Any, &route, START);
            let transmit = Transmit {
                to: To::At(([239, 255, 0, 7], 5568).into()),
                ..one(5)
            };
            assert_eq!(link.send_all(&[transmit], b"hello", START), Sent::All);
            assert_eq!(heard(&mut there).len(), expected, "TTL {ttl}");
            assert_eq!(heard(&mut here).len(), 1, "TTL {ttl}");
        }
    });
}

#[test]
fn an_own_address_that_changes_is_noticed_and_sending_goes_on_from_the_new_one() {
    alone(
        "link::unplugged::an_own_address_that_changes_is_noticed_and_sending_goes_on_from_the_new_one",
        || {
            let machine = Machine::behind("wall0", 1);
            let mut listener = machine.listen_on(PORT);
            let mut link = to(&peer().to_string());
            until_it_arrives(&mut link, &mut listener, 0);
            ip("address delete 10.0.1.1/24 dev wall0");
            ip("address add 10.0.1.77/24 dev wall0");
            assert_eq!(link.send_all(&[one(5)], b"hello", at(1000)), Sent::Not);
            let local = [10, 0, 1, 1].into();
            let moved = LinkError::Moved { local, peer: peer() };
            assert_eq!(link.problem(), Some(&moved));
            assert!(until_it_arrives(&mut link, &mut listener, 1100) <= Duration::from_secs(1));
            let mut from = None;
            link.send_all(&[one(5)], b"hello", at(8000));
            listener.receive(PATIENCE * 10, |peer, _| from = Some(peer)).unwrap();
            assert_eq!(from.unwrap().ip(), SocketAddr::from(([10, 0, 1, 77], 0)).ip());
            assert_eq!(link.problem(), None);
        },
    );
}

#[test]
fn a_receiver_that_is_switched_off_is_noticed_and_gets_pictures_when_it_is_back() {
    alone(
        "link::unplugged::a_receiver_that_is_switched_off_is_noticed_and_gets_pictures_when_it_is_back",
        || {
            let machine = Machine::behind("wall0", 1);
            machine.ip("address delete 10.0.1.2/24 dev eth");
            for ends in [Ends::Peer(peer().to_string().into()), Ends::Any] {
                let mut link = UdpLink::open(ends.clone(), &Route::default(), START);
                let transmit = [Transmit {
                    to: To::At(peer()),
                    ..one(5)
                }];
                // The system looks for a neighbour for some three seconds of real time.
                let noticed = (0..200).any(|tries| {
                    link.send_all(&transmit, b"hello", at(tries * 50));
                    thread::sleep(Duration::from_millis(50));
                    link.problem().is_some()
                });
                assert!(noticed, "{ends:?}");
                let problem = link.problem().unwrap();
                assert!(
                    matches!(problem, LinkError::Unreachable { peer: whom, .. } if *whom == peer()),
                    "{problem:?}"
                );
            }
            let mut link = to(&peer().to_string());
            link.send_all(&[one(5)], b"hello", at(0));
            machine.ip("address add 10.0.1.2/24 dev eth");
            let mut listener = machine.listen_on(PORT);
            until_it_arrives(&mut link, &mut listener, 10_000);
        },
    );
}

#[test]
fn a_name_that_leads_to_another_address_is_followed_though_udp_tells_nothing() {
    alone(
        "link::unplugged::a_name_that_leads_to_another_address_is_followed_though_udp_tells_nothing",
        || {
            let machine = Machine::behind("wall0", 1);
            machine.ip("address add 10.0.1.3/24 dev eth");
            let old = machine.listen(|| UdpListener::bind(peer()).unwrap());
            let moved = SocketAddr::from(([10, 0, 1, 3], PORT));
            let mut new = machine.listen(|| UdpListener::bind(moved).unwrap());
            let hosts = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(hosts.path(), "10.0.1.2 wall.test\n").unwrap();
            run("mount", &format!("--bind {} /etc/hosts", hosts.path().display()));

            let ends = Ends::Peer(format!("wall.test:{PORT}").into());
            let mut link = UdpLink::open(ends, &Route::default(), START);
            let arrives = |link: &mut UdpLink, from: u64| {
                (0..2000).any(|tries| {
                    thread::sleep(Duration::from_millis(1));
                    link.send_all(&[one(5)], b"hello", at(from + tries)) == Sent::All
                })
            };
            assert!(arrives(&mut link, 0));
            assert_eq!(told(&mut link), [Change::Up(Some(peer()))]);
            std::fs::write(hosts.path(), "10.0.1.3 wall.test\n").unwrap();
            let change = (0..5000).find_map(|tries| {
                thread::sleep(Duration::from_millis(1));
                assert_eq!(link.send_all(&[one(5)], b"hello", at(200_000 + tries)), Sent::All);
                link.poll_change()
            });
            assert_eq!(change, Some(Change::Up(Some(moved))));
            link.send_all(&[one(5)], b"hello", at(210_000));
            assert!(!heard(&mut new).is_empty());
            drop(old);
        },
    );
}

#[test]
fn what_the_firewall_forbids_is_told_as_such() {
    alone("link::unplugged::what_the_firewall_forbids_is_told_as_such", || {
        let _machine = Machine::behind("wall0", 1);
        ip("xfrm policy add dst 10.0.1.2/32 dir out action block");
        let mut link = to(&peer().to_string());
        link.send_all(&[one(5)], b"hello", at(10));
        assert_eq!(link.problem(), Some(&LinkError::Forbidden { peer: peer() }));
    });
}

#[test]
fn a_slow_cable_cuts_a_pass_after_a_bounded_wait_and_the_link_stays_up() {
    alone(
        "link::unplugged::a_slow_cable_cuts_a_pass_after_a_bounded_wait_and_the_link_stays_up",
        || {
            let machine = Machine::behind("wall0", 1);
            let _listener = machine.listen_on(PORT);
            run("tc", "qdisc replace dev wall0 root tbf rate 8kbit burst 70kb limit 1mb");
            for segmentation in [Segmentation::Offered, Segmentation::Never] {
                let mut link = to(&peer().to_string()).with_segmentation(segmentation);
                let batch = Transmit {
                    length: 60_000,
                    segment: Some(1200),
                    to: To::Peer,
                };
                let transmits = [batch; 40];
                let bytes = vec![0; 40 * 60_000];
                let sent = link.send_all(&transmits, &bytes, at(0));
                assert_eq!(link.problem(), None, "{segmentation:?}");
                assert_eq!(sent, Sent::Cut, "{segmentation:?}");
            }
        },
    );
}
