//! Finding nodes: who is sent what, and what is told of those who fall silent.

use std::{
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    time::Duration,
};

use yingbi::{
    controller::{
        Controller as _, Event, To, Universes,
        artnet::{
            NODE_SILENCE, Node, Receiver, Sender, Settings,
            packet::{Packet, Poll, Reply},
        },
    },
    units::Moment,
};

use super::{START, host, node, pass, ramp, sent, settings};

fn seeker() -> Sender {
    Sender::new(Settings {
        discover: true,
        ..settings(2)
    })
}

fn after(milliseconds: u64) -> Moment {
    START + Duration::from_millis(milliseconds)
}

/// The answer of a node at 192.0.2.`last` that puts out `outputs` of the first sub-net.
fn page(last: u8, index: u8, outputs: &[u8]) -> Vec<u8> {
    let mut reply = Reply {
        ports: outputs.len() as u16,
        bind_index: index,
        mac: [2, 0, 0, 0, 0, last],
        ..Reply::plain(Ipv4Addr::new(192, 0, 2, last), b"node")
    };
    for (port, output) in outputs.iter().enumerate() {
        reply.types[port] = 0x80;
        reply.outputs[port] = *output;
    }
    let mut datagram = Vec::new();
    Packet::Reply(reply).encode(&mut datagram);
    datagram
}

/// Who is sent which universes, and who a sync, in order.
fn told(sent: &[(To, Vec<u8>)]) -> Vec<(u8, Option<u16>)> {
    let tell = |(to, datagram): &(To, Vec<u8>)| {
        let To::At(SocketAddr::V4(address)) = to else {
            panic!("{to:?}");
        };
        assert_eq!(address.port(), 6454);
        let universe = match Packet::parse(datagram).unwrap() {
            Packet::Dmx(dmx) => Some(dmx.universe),
            Packet::Sync => None,
            other => panic!("{other:?}"),
        };
        (address.ip().octets()[3], universe)
    };
    sent.iter().map(tell).collect()
}

fn events(sender: &mut Sender) -> Vec<Event> {
    std::iter::from_fn(|| sender.poll_event()).collect()
}

#[test]
fn everybody_is_asked_and_nobody_is_sent_anything_before_an_answer() {
    let mut sender = seeker();
    sender.show(&ramp(8), START);
    let sent = sent(&mut sender, START);
    let mut question = Vec::new();
    Packet::Poll(Poll::PLAIN).encode(&mut question);
    let everybody = To::At(SocketAddr::from((Ipv4Addr::BROADCAST, 6454)));
    assert_eq!(sent, [(everybody, question)]);
}

#[test]
fn each_node_is_sent_the_universes_that_it_puts_out_at_once_and_a_sync_behind_all() {
    let mut sender = seeker();
    sender.show(&ramp(8), START);
    sent(&mut sender, START);
    sender.handle(&page(8, 1, &[6, 4]), after(10));
    sender.handle(&page(7, 1, &[3, 9]), after(10));
    sender.handle(&page(7, 2, &[5, 4]), after(10));
    let sent = told(&pass(&mut sender, after(10)));
    let expected = [
        (7, Some(3)),
        (7, Some(4)),
        (7, Some(5)),
        (8, Some(4)),
        (8, Some(6)),
        (7, None),
        (8, None),
    ];
    assert_eq!(sent, expected);
}

#[test]
fn universes_of_one_node_that_are_apart_leave_in_one_batch() {
    let mut sender = seeker();
    sender.show(&ramp(8), START);
    sent(&mut sender, START);
    sender.handle(&page(7, 1, &[3, 5, 6]), START);
    let mut out = Vec::new();
    let transmit = sender.poll_transmit(START, &mut out).unwrap();
    assert_eq!((transmit.length, transmit.segment), (60, Some(20)));
}

#[test]
fn universes_that_nobody_puts_out_are_told_once_nodes_had_time_to_answer() {
    let mut sender = seeker();
    sender.show(&ramp(12), START);
    sent(&mut sender, START);
    sender.handle(&page(7, 1, &[4, 7]), after(100));
    sent(&mut sender, after(100));
    assert_eq!(
        events(&mut sender),
        [Event::Answered("192.0.2.7:6454 node: 4, 7".to_owned())]
    );
    sent(&mut sender, after(5_500));
    assert_eq!(events(&mut sender), [Event::Unserved("3, 5-6, 8".to_owned())]);
    sent(&mut sender, after(8_000));
    assert_eq!(events(&mut sender), []);
    for (index, outputs) in [(2, [3, 5, 6, 8]), (3, [0; 4])] {
        sender.handle(&page(7, index, &outputs), after(8_100));
    }
    sent(&mut sender, after(8_300));
    assert!(events(&mut sender).contains(&Event::Unserved(String::new())));
}

/// A session that shows four universes and has found the nodes 7 and 8 in `order`, each with universe 3.
fn pair() -> Sender {
    let mut sender = seeker();
    sender.show(&ramp(2), START);
    sent(&mut sender, START);
    sender.handle(&page(7, 1, &[3]), START);
    sender.handle(&page(8, 1, &[3]), START);
    sent(&mut sender, START);
    events(&mut sender);
    sender
}

#[test]
fn a_node_that_falls_silent_is_told_and_goes_on_being_sent_its_part() {
    let mut sender = pair();
    sender.handle(&page(8, 1, &[3]), after(9_000));
    let now = START + NODE_SILENCE;
    sent(&mut sender, now);
    let told_silent = events(&mut sender);
    assert_eq!(told_silent, [Event::Silent("192.0.2.7:6454 node: 3".to_owned())]);
    sender.show(&[9, 9], now);
    // Node 8 had the universe all along, and took nothing over.
    assert_eq!(told(&pass(&mut sender, now)), [(7, Some(3)), (8, Some(3))]);
    sender.handle(&page(7, 1, &[3]), after(11_000));
    assert_eq!(
        events(&mut sender),
        [Event::Answered("192.0.2.7:6454 node: 3".to_owned())]
    );
}

#[test]
fn a_silent_node_is_forgotten_once_another_has_taken_over() {
    for taken_over in [5_000, 15_000] {
        let mut sender = pair();
        sender.handle(&page(8, 1, &[3]), after(3_000));
        sender.handle(&page(9, 1, &[3]), after(taken_over));
        for second in 6..24 {
            sender.handle(&page(9, 1, &[3]), after(taken_over.max(second * 1_000)));
            sent(&mut sender, after(second * 1_000));
        }
        sender.show(&[9, 9], after(24_000));
        assert_eq!(told(&pass(&mut sender, after(24_000))), [(9, Some(3))]);
    }
}

#[test]
fn a_node_that_says_something_else_is_sent_that() {
    let mut sender = seeker();
    sender.show(&ramp(8), START);
    sent(&mut sender, START);
    sender.handle(&page(7, 1, &[3]), START);
    sent(&mut sender, START);
    sender.handle(&page(7, 1, &[4]), after(20));
    assert_eq!(told(&pass(&mut sender, after(20))), [(7, Some(4)), (7, None)]);
}

#[test]
fn an_answer_that_gives_no_address_to_send_to_is_malformed() {
    for address in [[0, 0, 0, 0], [255, 255, 255, 255], [239, 0, 0, 1]] {
        let mut sender = seeker();
        let mut datagram = page(7, 1, &[3]);
        datagram[10..14].copy_from_slice(&address);
        sender.handle(&datagram, START);
        assert!(matches!(events(&mut sender)[..], [Event::Malformed(_)]));
    }
}

#[test]
fn nodes_of_our_own_making_are_found_and_get_the_picture() {
    let mut sender = seeker();
    let picture = ramp(80);
    let mut nodes: Vec<(SocketAddr, Receiver)> = [(5, 3, 30), (6, 18, 50)]
        .map(|(last, first, bytes)| {
            let node = Node {
                universes: Universes { first, slots: 2 },
                address: SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, last), 6454),
                ..node(2, bytes)
            };
            (host(last), Receiver::new(node))
        })
        .into();
    sender.show(&picture, START);
    for now in [START, after(20)] {
        let sent = sent(&mut sender, now);
        for (address, node) in &mut nodes {
            for (to, datagram) in &sent {
                if matches!(to, To::At(at) if at == address || at.ip() == Ipv4Addr::BROADCAST) {
                    node.handle(host(1), datagram, now).unwrap();
                }
            }
            while let Some((to, answer)) = node.poll_answer() {
                assert_eq!(to, host(1));
                sender.handle(&answer, now);
            }
        }
    }
    assert_eq!(nodes[0].1.picture(), &picture[..30]);
    assert_eq!(nodes[1].1.picture(), &picture[30..]);
}

/// The answer of something at 10.0.`high`.`low` without outputs: a console, or a tool.
fn console(high: u8, low: u8) -> Vec<u8> {
    let mut datagram = page(low, 1, &[]);
    datagram[10..14].copy_from_slice(&[10, 0, high, low]);
    datagram
}

#[test]
fn years_of_consoles_that_come_and_go_leave_room_for_a_node() {
    let mut sender = seeker();
    sender.show(&ramp(2), START);
    let mut now = START;
    for high in 0..36 {
        for low in 0..=255 {
            sender.handle(&console(high, low), now);
            now = now + NODE_SILENCE;
            while sender.poll_transmit(now, &mut Vec::new()).is_some() {}
        }
    }
    sender.handle(&page(9, 1, &[3]), now);
    assert_eq!(told(&pass(&mut sender, now)), [(9, Some(3))]);
}

#[test]
fn where_too_many_answered_whoever_was_silent_for_longest_gives_way() {
    let mut sender = seeker();
    sender.show(&ramp(2), START);
    let mut answer = page(0, 1, &[9]);
    for number in 0..8_192_u16 {
        let [high, low] = number.to_be_bytes();
        answer[10..14].copy_from_slice(&[10, 0, high, low]);
        sender.handle(&answer, after(u64::from(number / 4_096)));
    }
    events(&mut sender);
    sender.handle(&page(9, 1, &[3]), after(1_000));
    assert!(
        matches!(events(&mut sender)[..], [Event::Malformed(_)]),
        "nobody is silent yet"
    );
    let now = START + NODE_SILENCE;
    sent(&mut sender, now);
    sender.handle(&page(9, 1, &[3]), now);
    assert_eq!(told(&pass(&mut sender, now)), [(9, Some(3))]);
}
