//! Our session: what is sent, where to, and when.

use std::{num::NonZeroU16, time::Duration};

use yingbi::{
    controller::{
        Controller as _, Event, To, Universes,
        sacn::{
            BATCH, FAREWELLS, GRACE, KEEP_ALIVE, LISTING, REPEAT, REPEATS, Sender, Settings,
            packet::{HEAD, Packet, group},
        },
    },
    units::Moment,
};

use super::{CID, START, drain, identity, is_list, is_sync, ramp, sent, settings, synchronised};

fn sender(settings: Settings) -> Sender {
    Sender::new(settings, identity())
}

/// The passes of a picture that no longer changes, so that the keep-alive comes next; and when the last of them was.
fn settle(sender: &mut Sender, from: Moment) -> Moment {
    let mut now = from;
    for _ in 0..REPEATS {
        now = now + REPEAT;
        assert!(!drain(sender, now).is_empty());
    }
    now
}

/// Universe, sequence number and slots of each datagram.
fn read(datagrams: &[Vec<u8>]) -> Vec<(u16, u8, Vec<u8>)> {
    let data = datagrams
        .iter()
        .filter_map(|datagram| match Packet::parse(datagram).unwrap() {
            Packet::Data(data) => Some((data.universe, data.sequence, data.slots.to_vec())),
            _ => None,
        });
    data.collect()
}

#[test]
fn a_picture_of_two_universes_is_two_datagrams_as_the_table_says() {
    let mut sender = sender(Settings {
        priority: 120,
        ..settings(7)
    });
    let picture = ramp(600);
    sender.show(&picture, START);
    let datagrams = drain(&mut sender, START);
    assert_eq!(
        read(&datagrams),
        [(7, 0, picture[..510].to_vec()), (8, 0, picture[510..].to_vec())]
    );
    let Ok(Packet::Data(data)) = Packet::parse(&datagrams[1]) else {
        panic!("data");
    };
    assert_eq!(
        (data.cid, data.name, data.priority, data.sync),
        (CID, "lobby", 120, None)
    );
    assert_eq!(data.options.byte(), 0);
    assert_eq!(datagrams[1].len(), HEAD + 90);
}

#[test]
fn a_large_picture_leaves_in_batches_that_one_system_call_can_carry() {
    let picture = ramp(512 * 256 * 3);
    let mut sender = sender(settings(1));
    sender.show(&picture, START);
    let mut out = Vec::new();
    let mut sizes = Vec::new();
    while let Some(transmit) = sender.poll_transmit(START, &mut out) {
        assert_eq!(transmit.to, To::Peer);
        assert!(transmit.length <= 65_507);
        if transmit.segment == Some(HEAD + 510) {
            sizes.push(transmit.length.div_ceil(HEAD + 510));
        }
    }
    assert_eq!(sizes.iter().sum::<usize>(), 772);
    assert_eq!((sizes[0], sizes.len()), (BATCH, 13));
}

#[test]
fn each_universe_goes_to_its_own_group_where_that_is_asked_for() {
    let mut sender = sender(Settings {
        multicast: true,
        ..synchronised(255)
    });
    sender.show(&ramp(1200), START);
    let sent = sent(&mut sender, START);
    let to: Vec<To> = sent.iter().map(|(to, _)| *to).collect();
    let groups = [255, 256, 257, 63_999, 64_214].map(|universe| To::At(group(universe)));
    assert_eq!(to, groups);
    assert_eq!(group(256).to_string(), "239.255.1.0:5568");
}

#[test]
fn all_goes_to_the_peer_otherwise() {
    let mut sender = sender(synchronised(1));
    sender.show(&ramp(1200), START);
    let sent = sent(&mut sender, START);
    assert_eq!(sent.len(), 5);
    assert!(sent.iter().all(|(to, _)| *to == To::Peer));
}

#[test]
fn a_synchronisation_follows_each_pass_and_has_its_number() {
    let mut sender = sender(synchronised(1));
    for number in 0..3 {
        sender.show(&[number; 1200], START);
        let datagrams = drain(&mut sender, START);
        assert_eq!(datagrams.len(), 4);
        let (sync, data) = datagrams.split_last().unwrap();
        let Ok(Packet::Sync(sync)) = Packet::parse(sync) else {
            panic!("a synchronisation comes last");
        };
        assert_eq!((sync.cid, sync.sequence, sync.address.get()), (CID, number, 63_999));
        for datagram in data {
            let Ok(Packet::Data(data)) = Packet::parse(datagram) else {
                panic!("data");
            };
            assert_eq!((data.sequence, data.sync), (number, NonZeroU16::new(63_999)));
            assert_eq!(data.options.byte(), 0x20, "without synchronisation the picture goes on");
        }
    }
}

#[test]
fn the_numbers_of_a_universe_rise_by_one_and_go_round() {
    let mut sender = sender(settings(1));
    let numbers: Vec<u8> = (0..600_u32)
        .flat_map(|pass| {
            sender.show(&pass.to_be_bytes(), START);
            read(&drain(&mut sender, START))
        })
        .map(|(_, sequence, _)| sequence)
        .collect();
    assert_eq!(numbers.len(), 600);
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1)));
}

#[test]
fn nothing_is_sent_before_there_is_a_picture_nor_for_one_of_no_bytes() {
    let mut sender = sender(settings(1));
    sender.refresh(START);
    assert!(sent(&mut sender, START).is_empty());
    sender.show(&[], START);
    assert!(sent(&mut sender, START).is_empty());
    assert_eq!(sender.poll_timeout(), None);
    sender.close(START);
    assert!(sent(&mut sender, START).is_empty());
    assert_eq!(sender.poll_timeout(), None);
}

#[test]
fn a_picture_that_no_longer_changes_is_sent_three_times_and_then_kept_alive() {
    let mut sender = sender(settings(1));
    sender.show(&ramp(30), START);
    let first = read(&drain(&mut sender, START));
    sender.show(&ramp(30), START + Duration::from_millis(20));
    assert!(drain(&mut sender, START + Duration::from_millis(20)).is_empty());
    assert_eq!(sender.poll_timeout(), Some(START + REPEAT));
    let last = settle(&mut sender, START);
    assert_eq!(sender.poll_timeout(), Some(last + KEEP_ALIVE));
    assert!(drain(&mut sender, last + KEEP_ALIVE - Duration::from_nanos(1)).is_empty());
    let alive = read(&drain(&mut sender, last + KEEP_ALIVE));
    assert_eq!((alive[0].0, &alive[0].2), (first[0].0, &first[0].2));
    assert_eq!(alive[0].1, 3, "the fourth pass");
}

#[test]
fn the_keep_alive_is_within_what_the_standard_asks() {
    assert!((800..=1000).contains(&KEEP_ALIVE.as_millis()));
    assert_eq!(1 + REPEATS, 3);
}

#[test]
fn a_picture_that_moves_is_sent_once_a_frame() {
    let mut sender = sender(settings(1));
    let frame = Duration::from_millis(40);
    for number in 0..50_u8 {
        let now = START + frame * u32::from(number);
        sender.show(&[number; 30], now);
        assert_eq!(drain(&mut sender, now).len(), 1);
        assert!(sender.poll_timeout() > Some(now + frame));
    }
}

#[test]
fn a_pass_that_was_begun_is_finished_with_its_own_picture() {
    let mut sender = sender(synchronised(1));
    let length = 512 * 256 * 3;
    sender.show(&vec![1; length], START);
    let mut out = Vec::new();
    let transmit = sender.poll_transmit(START, &mut out).unwrap();
    let mut datagrams: Vec<Vec<u8>> = out.chunks(transmit.segment.unwrap()).map(<[u8]>::to_vec).collect();
    sender.show(&vec![2; length], START);
    sender.show(&vec![3; length], START);
    datagrams.extend(drain(&mut sender, START));
    let ends: Vec<usize> = (0..datagrams.len()).filter(|at| is_sync(&datagrams[*at])).collect();
    assert_eq!(ends, [772, 772 * 2 + 1]);
    let is_all = |datagrams: &[Vec<u8>], level: u8| {
        datagrams
            .iter()
            .all(|datagram| datagram[HEAD..].iter().all(|slot| *slot == level))
    };
    assert!(is_all(&datagrams[..772], 1));
    assert!(
        is_all(&datagrams[773..1545], 3),
        "the newest one follows, the one between is not missed"
    );
}

#[test]
fn a_refresh_repeats_the_picture_and_one_that_is_a_little_late_finds_nothing_sent_meanwhile() {
    let mut sender = sender(settings(1));
    sender.show(&ramp(30), START);
    sender.refresh(START);
    assert_eq!(
        drain(&mut sender, START).len(),
        1,
        "show and refresh at once are one pass"
    );
    settle(&mut sender, START);
    for second in 1..5 {
        let late = START + Duration::from_millis(1000 * second + 50);
        assert!(drain(&mut sender, late).is_empty(), "second {second}");
        sender.refresh(late);
        assert_eq!(drain(&mut sender, late).len(), 1);
        assert_eq!(sender.poll_timeout(), Some(late + KEEP_ALIVE + GRACE));
    }
}

#[test]
fn a_session_that_nobody_refreshes_any_more_keeps_itself_alive() {
    let mut sender = sender(settings(1));
    sender.show(&ramp(30), START);
    sender.refresh(START);
    drain(&mut sender, START);
    let last = settle(&mut sender, START);
    let next = sender.poll_timeout().unwrap();
    assert!(next > last && next <= START + KEEP_ALIVE + GRACE);
    assert_eq!(drain(&mut sender, next).len(), 1);
    assert_eq!(sender.poll_timeout(), Some(next + KEEP_ALIVE));
}

#[test]
fn every_universe_is_ended_three_times_and_nothing_follows() {
    let mut sender = sender(synchronised(1));
    sender.show(&ramp(1200), START);
    sent(&mut sender, START);
    sender.close(START);
    assert_eq!(sender.poll_timeout(), Some(Moment::ZERO));
    let farewell = sent(&mut sender, START);
    let ended: Vec<(u16, u8, bool)> = farewell
        .iter()
        .map(|(_, datagram)| match Packet::parse(datagram).unwrap() {
            Packet::Data(data) => (data.universe, data.sequence, data.options.terminated),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected: Vec<_> = (1..=FAREWELLS)
        .flat_map(|pass| [1, 2, 3].map(|universe| (universe, pass, true)))
        .collect();
    assert_eq!(ended, expected);
    assert_eq!(FAREWELLS, 3);

    sender.show(&[9; 1200], START);
    sender.refresh(START);
    sender.close(START);
    assert!(sent(&mut sender, START + Duration::from_secs(60)).is_empty());
    assert_eq!(sender.poll_timeout(), None);
}

#[test]
fn a_pass_under_way_is_finished_before_the_end() {
    let mut sender = sender(Settings {
        multicast: true,
        ..synchronised(1)
    });
    sender.show(&ramp(1200), START);
    sender.poll_transmit(START, &mut Vec::new()).unwrap();
    sender.close(START);
    let options: Vec<Option<u8>> = drain(&mut sender, START)
        .iter()
        .map(|datagram| (!is_sync(datagram)).then(|| datagram[112]))
        .collect();
    let ends = [Some(0x40); 9];
    assert_eq!(options[..3], [Some(0x20), Some(0x20), None]);
    assert_eq!(options[3..], ends);
}

#[test]
fn universes_are_listed_every_ten_seconds_with_that_of_the_synchronisation() {
    let mut sender = sender(synchronised(1));
    sender.show(&ramp(512 * 256 * 3), START);
    let lists = |sender: &mut Sender, now| -> Vec<(u8, u8, Vec<u16>)> {
        let datagrams = sent(sender, now).into_iter().map(|(_, datagram)| datagram);
        datagrams
            .filter(|datagram| is_list(datagram))
            .map(|datagram| match Packet::parse(&datagram).unwrap() {
                Packet::Discovery(list) => (list.page, list.last, list.universes),
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let first = lists(&mut sender, START);
    let second: Vec<u16> = (513..=772).chain([63_999]).collect();
    assert_eq!(first, [(0, 1, (1..=512).collect()), (1, 1, second)]);
    assert!(lists(&mut sender, START + LISTING - Duration::from_nanos(1)).is_empty());
    assert_eq!(lists(&mut sender, START + LISTING), first);
    assert_eq!(LISTING, Duration::from_secs(10));
}

#[test]
fn what_lies_beyond_the_last_universe_is_not_sent() {
    let mut sender = sender(Settings {
        universes: Universes {
            first: 63_998,
            slots: 510,
        },
        ..settings(1)
    });
    sender.show(&ramp(510 * 4), START);
    let universes: Vec<u16> = read(&drain(&mut sender, START)).iter().map(|data| data.0).collect();
    assert_eq!(universes, [63_998, 63_999]);
}

#[test]
fn a_picture_of_another_length_is_sent_in_as_many_universes_as_it_takes() {
    let mut sender = sender(settings(1));
    for length in [1200, 300, 1020] {
        sender.show(&ramp(length), START);
        let slots: Vec<u8> = read(&drain(&mut sender, START))
            .into_iter()
            .flat_map(|data| data.2)
            .collect();
        assert_eq!(slots, ramp(length));
    }
}

#[test]
fn passes_allocate_nothing_after_the_first_ones() {
    let mut sender = sender(synchronised(1));
    let pictures = [vec![1; 90_000], vec![2; 90_000]];
    let mut out = Vec::new();
    let mut pass = |sender: &mut Sender, number: usize| {
        sender.show(&pictures[number % 2], START);
        out.clear();
        while sender.poll_transmit(START, &mut out).is_some() {}
        assert!(out.len() > 90_000);
    };
    pass(&mut sender, 0);
    let allocated = allocation_counter::measure(|| (1..9).for_each(|number| pass(&mut sender, number)));
    assert_eq!(allocated.count_total, 0);
}

#[test]
fn whatever_is_received_is_malformed_and_the_oldest_event_gives_way() {
    let mut sender = sender(settings(1));
    sender.handle(&[0, 0x10], START);
    for _ in 0..20 {
        sender.handle(&[1], START);
    }
    let events: Vec<Event> = std::iter::from_fn(|| sender.poll_event()).collect();
    let reason = "byte 0 is 0x01, but the size of the preamble has 0x00 there";
    assert_eq!(events, vec![Event::Malformed(reason.to_owned()); 16]);
}

#[test]
fn a_list_that_was_begun_gives_way_to_that_of_a_picture_of_another_length() {
    let mut sender = sender(synchronised(1));
    sender.show(&ramp(512 * 600), START);
    let mut out = Vec::new();
    while out.is_empty() || !is_list(&out) {
        out.clear();
        sender
            .poll_transmit(START, &mut out)
            .expect("a list of two pages comes");
    }
    sender.show(&[7; 10], START);
    let lists: Vec<_> = sent(&mut sender, START)
        .into_iter()
        .filter(|(_, datagram)| is_list(datagram))
        .collect();
    let [(_, list)] = &lists[..] else {
        panic!("{} pages", lists.len());
    };
    let Ok(Packet::Discovery(list)) = Packet::parse(list) else {
        panic!("a list");
    };
    assert_eq!((list.last, list.universes), (0, vec![1, 63_999]));
}

#[test]
fn a_pass_that_took_long_does_not_run_into_its_repetition() {
    let mut sender = sender(settings(1));
    sender.show(&ramp(512 * 65), START);
    let end = START + Duration::from_millis(170);
    for now in [START, end] {
        sender.poll_transmit(now, &mut Vec::new()).unwrap();
    }
    assert!(!sender.is_under_way());
    sent(&mut sender, end);
    assert_eq!(sender.poll_timeout(), Some(end + REPEAT));
}

#[test]
fn receivers_that_take_few_pictures_get_no_repetition_before_the_next_may_come() {
    for (period, wait) in [(20, 100), (200, 300), (1_000, 900)] {
        let mut sender = sender(settings(1)).sparing(Duration::from_millis(period));
        sender.show(&ramp(10), START);
        sent(&mut sender, START);
        assert_eq!(sender.poll_timeout(), Some(START + Duration::from_millis(wait)));
    }
}
