//! The device's side: sources, priorities, sequence, silence, synchronisation.

use std::{num::NonZeroU16, time::Duration};

use yingbi::{
    controller::{
        Counts, Universes,
        sacn::{
            Ignored, Merge, Received, Receiver, Refusal, SOURCES, TIMEOUT,
            packet::{Data, Discovery, Options, Sync},
        },
    },
    diagnostic::Explain as _,
    units::Moment,
};

use super::{CID, START};

const OTHER: [u8; 16] = [7; 16];

/// Two universes, 1 and 2, of three slots each.
fn device() -> Receiver {
    Receiver::new(Universes { first: 1, slots: 3 }, 6)
}

/// One universe, 1, of three slots.
fn small() -> Receiver {
    Receiver::new(Universes { first: 1, slots: 3 }, 3)
}

fn data(universe: u16, sequence: u8, slots: &[u8]) -> Data<'_> {
    Data {
        cid: CID,
        name: "lobby",
        priority: 100,
        sync: None,
        sequence,
        options: Options::default(),
        universe,
        start_code: 0,
        slots,
    }
}

/// The same, which waits for the synchronisation of address 9.
fn waiting(universe: u16, sequence: u8, slots: &[u8]) -> Vec<u8> {
    encoded(&Data {
        sync: NonZeroU16::new(9),
        ..data(universe, sequence, slots)
    })
}

fn encoded(data: &Data<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    data.encode(&mut out);
    out
}

fn sync(sequence: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let address = NonZeroU16::new(9).unwrap();
    Sync {
        cid: CID,
        sequence,
        address,
    }
    .encode(&mut out);
    out
}

fn after(milliseconds: u64) -> Moment {
    START + Duration::from_millis(milliseconds)
}

#[test]
fn a_picture_is_shown_when_every_universe_has_brought_something() {
    let mut device = device();
    assert_eq!(
        device.handle(&encoded(&data(1, 0, &[1, 2, 3])), START),
        Ok(Received::Stored)
    );
    assert_eq!(
        device.picture(),
        [1, 2, 3, 0, 0, 0],
        "without synchronisation it is lit as it comes"
    );
    let shown = Received::Shown(&[1, 2, 3, 4, 5, 6]);
    assert_eq!(device.handle(&encoded(&data(2, 0, &[4, 5, 6])), START), Ok(shown));
    let expected = Counts {
        datagrams: 2,
        pictures: 1,
        ..Counts::default()
    };
    assert_eq!(device.counts(), expected);
}

#[test]
fn a_universe_that_comes_again_before_another_came_is_told_as_a_partial_picture() {
    let mut device = device();
    device.handle(&encoded(&data(1, 0, &[1; 3])), START).unwrap();
    let shown = Received::Shown(&[2, 2, 2, 0, 0, 0]);
    assert_eq!(device.handle(&encoded(&data(1, 1, &[2; 3])), START), Ok(shown));
    assert_eq!(device.counts().partial, 1);
    let shown = Received::Shown(&[2, 2, 2, 3, 3, 3]);
    assert_eq!(device.handle(&encoded(&data(2, 1, &[3; 3])), START), Ok(shown));
    assert_eq!((device.counts().pictures, device.counts().partial), (2, 1));
}

#[test]
fn slots_beyond_the_picture_are_not_looked_at_and_missing_ones_stay() {
    let mut device = small();
    let long = [9; 512];
    assert_eq!(
        device.handle(&encoded(&data(1, 0, &long)), START),
        Ok(Received::Shown(&[9; 3]))
    );
    let shown = Received::Shown(&[1, 9, 9]);
    assert_eq!(device.handle(&encoded(&data(1, 1, &[1])), START), Ok(shown));
}

#[test]
fn the_last_universe_may_have_fewer_slots() {
    let mut device = Receiver::new(Universes { first: 5, slots: 3 }, 4);
    device.handle(&encoded(&data(5, 0, &[1; 3])), START).unwrap();
    let shown = Received::Shown(&[1, 1, 1, 2]);
    assert_eq!(device.handle(&encoded(&data(6, 0, &[2; 3])), START), Ok(shown));
}

#[test]
fn another_devices_universe_is_refused() {
    let mut device = device();
    let refused = device.handle(&encoded(&data(3, 0, &[1])), START).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "data for universe 3; this device has universes 1 to 2"
    );
    assert_eq!(refused.chinese(), "数据发往域 3，本机只有域 1 至 2");
    assert_eq!(device.counts().refused, 1);
    assert!(matches!(device.handle(&[1], START), Err(Refusal::Malformed(_))));
    assert_eq!(device.counts().malformed, 1);
}

#[test]
fn up_to_twenty_numbers_back_are_late_and_anything_else_is_taken() {
    for step in 0..=u8::MAX {
        let mut device = small();
        device.handle(&encoded(&data(1, 100, &[1; 3])), START).unwrap();
        let next = encoded(&data(1, 100_u8.wrapping_add(step), &[2; 3]));
        let late = step == 0 || step > 256_u16.wrapping_sub(20) as u8;
        let expected = if late {
            Received::Ignored(Ignored::Late)
        } else {
            Received::Shown(&[2; 3])
        };
        assert_eq!(device.handle(&next, START), Ok(expected), "{step}");
        assert_eq!(device.counts().late, u64::from(late));
    }
}

#[test]
fn the_highest_priority_is_lit_and_the_next_one_when_it_falls_silent() {
    let mut device = small();
    let other = |sequence, level: &'static [u8; 3]| {
        encoded(&Data {
            cid: OTHER,
            priority: 150,
            ..data(1, sequence, level)
        })
    };
    device.handle(&encoded(&data(1, 0, &[1; 3])), START).unwrap();
    assert_eq!(device.handle(&other(0, &[2; 3]), START), Ok(Received::Shown(&[2; 3])));
    let outranked = device.handle(&encoded(&data(1, 1, &[3; 3])), after(2000));
    assert_eq!(outranked, Ok(Received::Ignored(Ignored::Outranked)));
    assert_eq!(device.poll_timeout(), Some(START + TIMEOUT));
    assert_eq!(device.elapse(after(2499)), None);
    assert_eq!(device.elapse(after(2500)), Some([3; 3].as_slice()));
    assert_eq!(TIMEOUT, Duration::from_millis(2500));
}

#[test]
fn who_lowers_its_priority_gives_way_at_once() {
    let mut device = small();
    device.handle(&encoded(&data(1, 0, &[1; 3])), START).unwrap();
    let low = Data {
        cid: OTHER,
        priority: 50,
        ..data(1, 0, &[2; 3])
    };
    device.handle(&encoded(&low), START).unwrap();
    let lower = Data {
        priority: 10,
        ..data(1, 1, &[3; 3])
    };
    let outranked = device.handle(&encoded(&lower), START);
    assert_eq!(outranked, Ok(Received::Ignored(Ignored::Outranked)));
    assert_eq!(device.picture(), [2; 3]);
}

#[test]
fn of_equal_priorities_the_newest_is_lit_or_the_highest_level_of_each_slot() {
    let mine = encoded(&data(1, 0, &[1, 9, 5]));
    let theirs = encoded(&Data {
        cid: OTHER,
        ..data(1, 0, &[4, 4, 4])
    });
    for (merge, expected) in [(Merge::Newest, [4, 4, 4]), (Merge::Highest, [4, 9, 5])] {
        let mut device = small().merging(merge);
        device.handle(&mine, START).unwrap();
        device.handle(&theirs, START).unwrap();
        assert_eq!(device.picture(), expected);
        assert!(!device.is_whole());
    }
}

#[test]
fn one_source_more_than_can_be_told_apart_is_refused_until_another_is_lost() {
    let mut device = small();
    let from = |cid: u8| {
        encoded(&Data {
            cid: [cid; 16],
            ..data(1, 0, &[1])
        })
    };
    for cid in 0..SOURCES as u8 {
        device.handle(&from(cid), START).unwrap();
    }
    assert_eq!(
        device.handle(&from(99), after(1)),
        Err(Refusal::Sources { universe: 1 })
    );
    assert!(device.handle(&from(99), after(2500)).is_ok());
}

#[test]
fn who_ends_its_universe_gives_way_at_once_and_the_last_slots_stay() {
    let mut device = small();
    let ended = |cid, sequence| {
        encoded(&Data {
            cid,
            options: Options {
                terminated: true,
                ..Options::default()
            },
            ..data(1, sequence, &[0; 3])
        })
    };
    device.handle(&encoded(&data(1, 0, &[1; 3])), START).unwrap();
    let other = Data {
        cid: OTHER,
        priority: 150,
        ..data(1, 0, &[2; 3])
    };
    device.handle(&encoded(&other), START).unwrap();
    assert_eq!(device.handle(&ended(OTHER, 1), START), Ok(Received::Ended));
    assert_eq!(device.picture(), [1; 3]);
    assert_eq!(device.handle(&ended(CID, 1), START), Ok(Received::Ended));
    assert_eq!(device.picture(), [1; 3]);
    let again = device.handle(&ended(CID, 2), START);
    assert_eq!(again, Ok(Received::Ignored(Ignored::NotBegun)));
    assert_eq!(
        (device.poll_timeout(), device.elapse(after(3000))),
        (Some(START + TIMEOUT), None)
    );
}

#[test]
fn previews_other_start_codes_and_lists_light_nothing() {
    let mut device = small();
    device.handle(&encoded(&data(1, 0, &[1; 3])), START).unwrap();
    let preview = Data {
        options: Options {
            preview: true,
            ..Options::default()
        },
        ..data(1, 1, &[2; 3])
    };
    let seen = device.handle(&encoded(&preview), START);
    assert_eq!(seen, Ok(Received::Ignored(Ignored::Preview)));
    let priorities = Data {
        start_code: 0xdd,
        ..data(1, 2, &[2; 3])
    };
    let seen = device.handle(&encoded(&priorities), START);
    assert_eq!(seen, Ok(Received::Ignored(Ignored::StartCode(0xdd))));
    let mut list = Vec::new();
    Discovery {
        cid: CID,
        name: "lobby",
        page: 0,
        last: 0,
        universes: vec![1],
    }
    .encode(&mut list);
    assert_eq!(device.handle(&list, START), Ok(Received::Ignored(Ignored::Discovery)));
    assert_eq!(device.picture(), [1; 3]);
    let late = device.handle(&encoded(&data(1, 2, &[3; 3])), START);
    assert_eq!(late, Ok(Received::Ignored(Ignored::Late)), "they count all the same");
}

#[test]
fn nothing_waits_before_the_first_synchronisation_and_all_after_it() {
    let mut device = device();
    device.handle(&waiting(1, 0, &[1; 3]), START).unwrap();
    let shown = Received::Shown(&[1, 1, 1, 2, 2, 2]);
    assert_eq!(device.handle(&waiting(2, 0, &[2; 3]), START), Ok(shown));
    assert_eq!(device.handle(&sync(0), START), Ok(Received::Ignored(Ignored::Idle)));

    assert_eq!(device.handle(&waiting(1, 1, &[3; 3]), START), Ok(Received::Held));
    assert_eq!(device.handle(&waiting(2, 1, &[4; 3]), START), Ok(Received::Held));
    assert_eq!(device.picture(), [1, 1, 1, 2, 2, 2]);
    let shown = Received::Shown(&[3, 3, 3, 4, 4, 4]);
    assert_eq!(device.handle(&sync(1), START), Ok(shown));
    assert!(device.is_whole());
}

#[test]
fn a_synchronisation_of_another_address_releases_nothing() {
    let mut device = small();
    device.handle(&sync(0), START).unwrap();
    device.handle(&waiting(1, 0, &[1; 3]), START).unwrap();
    let mut other = sync(1);
    other[46] = 8;
    assert_eq!(device.handle(&other, START), Ok(Received::Ignored(Ignored::Idle)));
    assert_eq!(device.picture(), [0; 3]);
}

#[test]
fn data_without_an_address_are_lit_at_once_and_what_waited_is_gone() {
    let mut device = small();
    device.handle(&sync(0), START).unwrap();
    device.handle(&waiting(1, 0, &[1; 3]), START).unwrap();
    let shown = Received::Shown(&[2; 3]);
    assert_eq!(device.handle(&encoded(&data(1, 1, &[2; 3])), START), Ok(shown));
    assert_eq!(device.handle(&sync(1), START), Ok(Received::Ignored(Ignored::Idle)));
    assert_eq!(device.picture(), [2; 3]);
}

#[test]
fn a_synchronisation_that_came_twice_is_late() {
    let mut device = small();
    device.handle(&sync(5), START).unwrap();
    device.handle(&waiting(1, 0, &[1; 3]), START).unwrap();
    assert_eq!(device.handle(&sync(5), START), Ok(Received::Ignored(Ignored::Late)));
    assert_eq!(device.picture(), [0; 3]);
}

#[test]
fn when_synchronisation_is_lost_the_source_says_whether_to_go_on() {
    for force in [false, true] {
        let mut device = small();
        device.handle(&sync(0), START).unwrap();
        let mut levels = (0_u8..).map(|number| {
            encoded(&Data {
                sync: NonZeroU16::new(9),
                options: Options {
                    force,
                    ..Options::default()
                },
                sequence: number,
                slots: &[number; 3],
                ..data(1, 0, &[])
            })
        });
        let mut next = || levels.next().unwrap();
        assert_eq!(device.handle(&next(), after(2499)), Ok(Received::Held));
        let expected = if force {
            Received::Shown(&[1; 3])
        } else {
            Received::Held
        };
        assert_eq!(device.handle(&next(), after(2500)), Ok(expected));
        device.handle(&sync(1), after(2600)).unwrap();
        assert_eq!(device.picture(), [1; 3]);
        assert_eq!(device.handle(&next(), after(2700)), Ok(Received::Held), "it is back");
    }
}

#[test]
fn a_universe_that_was_lost_keeps_its_old_slots_and_the_picture_is_not_whole() {
    let mut device = device();
    device.handle(&sync(0), START).unwrap();
    for universe in [1, 2] {
        device.handle(&waiting(universe, 1, &[1; 3]), START).unwrap();
    }
    device.handle(&sync(1), START).unwrap();
    device.handle(&waiting(1, 2, &[2; 3]), START).unwrap();
    let shown = Received::Shown(&[2, 2, 2, 1, 1, 1]);
    assert_eq!(device.handle(&sync(2), START), Ok(shown));
    assert!(!device.is_whole());
    assert_eq!(device.counts().partial, 1);
}

#[test]
fn a_device_for_whole_pictures_holds_the_last_one_instead() {
    let mut device = device().whole_only();
    device.handle(&sync(0), START).unwrap();
    for universe in [1, 2] {
        device.handle(&waiting(universe, 1, &[1; 3]), START).unwrap();
    }
    device.handle(&sync(1), START).unwrap();
    device.handle(&waiting(1, 2, &[2; 3]), START).unwrap();
    assert_eq!(device.handle(&sync(2), START), Ok(Received::Withheld));
    assert_eq!(device.picture(), [1; 6]);
    for universe in [1, 2] {
        device.handle(&waiting(universe, 3, &[3; 3]), START).unwrap();
    }
    assert_eq!(device.handle(&sync(3), START), Ok(Received::Shown(&[3; 6])));
    assert_eq!((device.counts().withheld, device.counts().partial), (1, 0));
}
