//! The node's side: merging, holding for a sync, late datagrams, answers.

use std::{net::SocketAddr, time::Duration};

use yingbi::{
    controller::{
        Universes,
        artnet::{
            Merge, Node, Received, Receiver, Refusal, SOURCE_SILENCE, SYNC_SILENCE,
            packet::{Dmx, Packet, Poll, Reply},
        },
    },
    units::Moment,
};

use super::{START, host, node};

fn dmx(universe: u16, sequence: u8, data: &[u8]) -> Vec<u8> {
    physical(universe, sequence, 0, data)
}

fn physical(universe: u16, sequence: u8, physical: u8, data: &[u8]) -> Vec<u8> {
    let mut datagram = Vec::new();
    Dmx {
        sequence,
        physical,
        universe,
        data,
    }
    .encode(&mut datagram);
    datagram
}

fn sync() -> Vec<u8> {
    let mut datagram = Vec::new();
    Packet::Sync.encode(&mut datagram);
    datagram
}

fn poll(poll: Poll) -> Vec<u8> {
    let mut datagram = Vec::new();
    Packet::Poll(poll).encode(&mut datagram);
    datagram
}

fn after(milliseconds: u64) -> Moment {
    START + Duration::from_millis(milliseconds)
}

fn shown(receiver: &mut Receiver, from: SocketAddr, datagram: &[u8], now: Moment) -> Vec<u8> {
    match receiver.handle(from, datagram, now).unwrap() {
        Received::Shown(picture) => picture.to_vec(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_sync_what_comes_is_shown_as_it_comes() {
    let mut receiver = Receiver::new(node(2, 4));
    assert_eq!(shown(&mut receiver, host(1), &dmx(4, 1, &[7, 8]), START), [0, 0, 7, 8]);
    assert_eq!(shown(&mut receiver, host(1), &dmx(3, 1, &[5, 6]), START), [5, 6, 7, 8]);
}

#[test]
fn slots_beyond_the_universe_are_not_looked_at() {
    let mut receiver = Receiver::new(node(2, 3));
    assert_eq!(
        shown(&mut receiver, host(1), &dmx(4, 1, &[7, 8, 9, 9]), START),
        [0, 0, 7]
    );
}

#[test]
fn after_the_first_sync_what_comes_is_held_until_the_next() {
    let mut receiver = Receiver::new(node(2, 4));
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 1]), START);
    shown(&mut receiver, host(1), &dmx(4, 1, &[1, 1]), START);
    shown(&mut receiver, host(1), &sync(), START);
    let held = receiver.handle(host(1), &dmx(3, 2, &[2, 2]), after(20)).unwrap();
    assert_eq!(held, Received::Stored);
    assert_eq!(receiver.picture(), [1, 1, 1, 1]);
    receiver.handle(host(1), &dmx(4, 2, &[2, 2]), after(20)).unwrap();
    assert_eq!(shown(&mut receiver, host(1), &sync(), after(20)), [2, 2, 2, 2]);
    assert_eq!((receiver.counts().pictures, receiver.counts().partial), (3, 0));
}

#[test]
fn without_a_sync_for_four_seconds_what_was_held_is_shown() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 1]), START);
    shown(&mut receiver, host(1), &sync(), START);
    receiver.handle(host(1), &dmx(3, 2, &[2, 2]), after(3_900)).unwrap();
    assert_eq!(receiver.poll(after(3_999)), None);
    let mut due = receiver.poll_timeout().unwrap();
    // Silent sources are looked for in between.
    while due < START + SYNC_SILENCE {
        receiver.poll(due);
        due = receiver.poll_timeout().unwrap();
    }
    assert_eq!(due, START + SYNC_SILENCE);
    assert_eq!(receiver.poll(due), Some(&[2, 2][..]));
    assert_eq!(shown(&mut receiver, host(1), &dmx(3, 3, &[3, 3]), due), [3, 3]);
}

#[test]
fn a_sync_of_somebody_else_is_refused() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 1]), START);
    let refusal = receiver.handle(host(2), &sync(), START).unwrap_err();
    assert_eq!(refusal, Refusal::Stranger { from: host(2).ip() });
    assert_eq!(shown(&mut receiver, host(1), &dmx(3, 2, &[2, 2]), START), [2, 2]);
}

#[test]
fn of_two_sources_the_higher_slots_are_shown() {
    let mut receiver = Receiver::new(node(4, 4));
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 9, 1, 9]), START);
    assert_eq!(
        shown(&mut receiver, host(2), &dmx(3, 1, &[5, 5, 5, 5]), START),
        [5, 9, 5, 9]
    );
}

#[test]
fn or_those_of_whoever_sent_last_where_the_node_is_set_so() {
    let latest = Node {
        merge: Merge::Latest,
        ..node(2, 2)
    };
    let mut receiver = Receiver::new(latest);
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 9]), START);
    assert_eq!(shown(&mut receiver, host(2), &dmx(3, 1, &[5, 5]), START), [5, 5]);
    assert_eq!(shown(&mut receiver, host(1), &dmx(3, 2, &[1, 9]), START), [1, 9]);
}

#[test]
fn two_inputs_of_one_address_are_two_sources() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &physical(3, 9, 0, &[1, 9]), START);
    assert_eq!(
        shown(&mut receiver, host(1), &physical(3, 9, 1, &[5, 5]), START),
        [5, 9]
    );
}

#[test]
fn a_third_source_is_refused_until_one_of_the_two_was_silent_for_ten_seconds() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &dmx(3, 1, &[9, 1]), START);
    shown(&mut receiver, host(2), &dmx(3, 1, &[1, 5]), after(9_000));
    let third = receiver.handle(host(3), &dmx(3, 1, &[7, 7]), after(9_000));
    assert_eq!(third.unwrap_err(), Refusal::Sources { from: host(3).ip() });
    assert_eq!(receiver.poll(START + SOURCE_SILENCE), Some(&[1, 5][..]));
    assert_eq!(
        shown(&mut receiver, host(3), &dmx(3, 1, &[7, 2]), after(10_000)),
        [7, 5]
    );
}

#[test]
fn a_sync_counts_for_nothing_while_two_sources_are_merged() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 1]), START);
    shown(&mut receiver, host(1), &sync(), START);
    receiver.handle(host(1), &dmx(3, 2, &[2, 2]), START).unwrap();
    assert_eq!(shown(&mut receiver, host(2), &dmx(3, 1, &[0, 0]), START), [2, 2]);
    assert_eq!(receiver.handle(host(2), &sync(), START).unwrap_err(), Refusal::Merging);
}

#[test]
fn where_everybody_falls_silent_the_last_picture_stays() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &dmx(3, 1, &[9, 1]), START);
    receiver.poll(after(60_000));
    assert_eq!(receiver.picture(), [9, 1]);
    assert_eq!(receiver.poll_timeout(), None);
}

#[test]
fn late_and_doubled_datagrams_are_refused_and_missing_ones_counted() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &dmx(3, 250, &[1, 1]), START);
    shown(&mut receiver, host(1), &dmx(3, 2, &[2, 2]), START);
    for late in [2, 1, 255, 250] {
        let refusal = receiver.handle(host(1), &dmx(3, late, &[9, 9]), START).unwrap_err();
        assert_eq!(
            refusal,
            Refusal::Late {
                sequence: late,
                last: 2
            }
        );
    }
    assert_eq!(receiver.picture(), [2, 2]);
    assert_eq!((receiver.counts().lost, receiver.counts().late), (6, 4));
}

#[test]
fn a_sender_that_begins_anew_is_taken_again() {
    let mut receiver = Receiver::new(node(2, 2));
    shown(&mut receiver, host(1), &dmx(3, 10, &[1, 1]), START);
    // Within the window only after a silence, beyond it at once.
    assert!(receiver.handle(host(1), &dmx(3, 1, &[2, 2]), after(100)).is_err());
    shown(&mut receiver, host(1), &dmx(3, 1, &[2, 2]), after(4_000));
    shown(&mut receiver, host(1), &dmx(3, 200, &[3, 3]), after(4_100));
    shown(&mut receiver, host(1), &dmx(3, 1, &[4, 4]), after(4_200));
}

#[test]
fn a_sender_that_does_not_count_is_always_taken() {
    let mut receiver = Receiver::new(node(2, 2));
    for value in [1, 2, 3] {
        assert_eq!(
            shown(&mut receiver, host(1), &dmx(3, 0, &[value; 2]), START),
            [value; 2]
        );
    }
}

#[test]
fn a_universe_that_is_not_here_is_refused() {
    let mut receiver = Receiver::new(node(2, 4));
    for found in [2, 5, 0x7fff] {
        let refusal = receiver.handle(host(1), &dmx(found, 1, &[1, 1]), START).unwrap_err();
        assert_eq!(
            refusal,
            Refusal::Universe {
                found,
                first: 3,
                last: 4
            }
        );
    }
    assert_eq!(receiver.counts().refused, 3);
}

/// The pages that `receiver` answers to whom.
fn answers(receiver: &mut Receiver) -> Vec<(SocketAddr, Vec<u8>)> {
    std::iter::from_fn(|| receiver.poll_answer()).collect()
}

fn reply(datagram: &[u8]) -> Reply<'_> {
    match Packet::parse(datagram).unwrap() {
        Packet::Reply(reply) => reply,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_node_of_more_than_four_universes_answers_in_pages_of_one_sub_net_each() {
    let large = Node {
        universes: Universes { first: 14, slots: 2 },
        ..node(2, 14)
    };
    let mut receiver = Receiver::new(large);
    assert_eq!(
        receiver.handle(host(9), &poll(Poll::PLAIN), START).unwrap(),
        Received::Asked
    );
    let pages = answers(&mut receiver);
    assert!(pages.iter().all(|(to, page)| *to == host(9) && page.len() == 239));
    let told: Vec<_> = pages
        .iter()
        .map(|(_, page)| {
            let reply = reply(page);
            (reply.bind_index, reply.sub_net, reply.universes().collect::<Vec<_>>())
        })
        .collect();
    let expected = [(1, 0, vec![14, 15]), (2, 1, vec![16, 17, 18, 19]), (3, 1, vec![20])];
    assert_eq!(told, expected);
}

#[test]
fn a_targeted_question_is_answered_by_the_pages_that_it_asks_for() {
    let mut receiver = Receiver::new(node(2, 16));
    let targeted = Poll {
        flags: 0x20,
        target: [7, 9],
        short: false,
        ..Poll::PLAIN
    };
    receiver.handle(host(9), &poll(targeted), START).unwrap();
    let indices: Vec<u8> = answers(&mut receiver)
        .iter()
        .map(|(_, page)| reply(page).bind_index)
        .collect();
    assert_eq!(indices, [2]);
}

#[test]
fn who_wants_to_hear_of_changes_is_told_when_data_comes_merges_and_ends() {
    let mut receiver = Receiver::new(node(2, 2));
    receiver.handle(host(9), &poll(Poll::PLAIN), START).unwrap();
    let good = |receiver: &mut Receiver| {
        let answers = answers(receiver);
        answers
            .iter()
            .map(|(_, page)| reply(page).good_outputs[0])
            .collect::<Vec<_>>()
    };
    assert_eq!(good(&mut receiver), [0]);
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 1]), START);
    assert_eq!(good(&mut receiver), [0x80]);
    shown(&mut receiver, host(1), &dmx(3, 2, &[1, 1]), START);
    assert!(good(&mut receiver).is_empty());
    shown(&mut receiver, host(2), &dmx(3, 2, &[1, 1]), START);
    assert_eq!(good(&mut receiver), [0x88]);
    receiver.poll(after(10_000));
    assert_eq!(good(&mut receiver), [0]);
}

#[test]
fn who_does_not_want_to_hear_of_changes_is_not_told() {
    let mut receiver = Receiver::new(node(2, 2));
    let quiet = Poll {
        flags: 0,
        ..Poll::PLAIN
    };
    receiver.handle(host(9), &poll(quiet), START).unwrap();
    assert_eq!(answers(&mut receiver).len(), 1);
    shown(&mut receiver, host(1), &dmx(3, 1, &[1, 1]), START);
    assert!(answers(&mut receiver).is_empty());
}
