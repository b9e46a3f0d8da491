//! Bad weather by simulated time.

use std::{net::SocketAddr, time::Duration};

use yingbi::{
    simulator::controller::weather::{DATAGRAMS, Faults, Happening, Mishaps, PATIENCE, Weather},
    units::Moment,
};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

fn peer() -> SocketAddr {
    "192.0.2.1:4048".parse().unwrap()
}

fn weather(faults: &str, seed: u64) -> Weather {
    Weather::new(faults.parse().unwrap(), seed, START)
}

fn after(milliseconds: u64) -> Moment {
    START + Duration::from_millis(milliseconds)
}

/// The numbers of the datagrams that have arrived by `now`.
fn arrived(weather: &mut Weather, now: Moment) -> Vec<u16> {
    let datagrams = std::iter::from_fn(|| weather.poll(now));
    datagrams
        .filter_map(|happening| match happening {
            Happening::Arrives { datagram, .. } => Some(u16::from_be_bytes(datagram.try_into().unwrap())),
            Happening::Down | Happening::Up => None,
        })
        .collect()
}

/// What becomes of so many numbered datagrams, one a millisecond, looked for after each.
fn sent(weather: &mut Weather, count: u16) -> Vec<u16> {
    let mut all = Vec::new();
    for number in 0..count {
        let now = after(u64::from(number));
        weather.take(peer(), &number.to_be_bytes(), now);
        all.extend(arrived(weather, now));
    }
    all.extend(arrived(weather, after(u64::from(count) + 60_000)));
    all
}

#[test]
fn in_fair_weather_all_arrive_at_once_and_in_order() {
    let mut fair = weather("", 1);
    assert!(fair.is_calm());
    assert_eq!(sent(&mut fair, 500), (0..500).collect::<Vec<_>>());
    assert_eq!(fair.mishaps(), Mishaps::default());
    assert_eq!(fair.poll_timeout(), None);
}

#[test]
fn the_same_seed_gives_the_same_luck_and_another_seed_another() {
    let faults = "loss=10%,duplicate=5%,reorder=5%,jitter=3ms";
    let luck = |seed| sent(&mut weather(faults, seed), 300);
    assert_eq!(luck(7), luck(7));
    assert_ne!(luck(7), luck(8));
}

#[test]
fn about_as_many_are_lost_as_asked_and_the_rest_keep_their_order() {
    let mut lossy = weather("loss=20%", 3);
    let left = sent(&mut lossy, 10_000);
    let lost = lossy.mishaps().lost;
    // Six standard deviations of a fair coin of 20 % thrown so often.
    assert!((1760..=2240).contains(&lost), "{lost}");
    assert_eq!(left.len() as u64 + lost, 10_000);
    assert!(left.is_sorted());
}

#[test]
fn all_are_lost_at_a_hundred_percent_and_none_at_nothing() {
    assert!(sent(&mut weather("loss=100%", 1), 100).is_empty());
    assert_eq!(sent(&mut weather("loss=0%", 1), 100).len(), 100);
}

#[test]
fn a_duplicate_follows_its_original() {
    let mut twice = weather("duplicate=100%", 1);
    assert_eq!(sent(&mut twice, 3), [0, 0, 1, 1, 2, 2]);
    assert_eq!(twice.mishaps().duplicated, 3);
}

#[test]
fn what_is_overtaken_comes_behind_the_next_one() {
    let mut swapping = weather("reorder=100%", 1);
    // Of each pair the first is held; the second passes it, and whether it would be held itself is not asked.
    assert_eq!(sent(&mut swapping, 6), [1, 0, 3, 2, 5, 4]);
    assert_eq!(swapping.mishaps().reordered, 3);
}

#[test]
fn what_nothing_overtakes_comes_late_but_comes() {
    let mut swapping = weather("reorder=100%", 1);
    swapping.take(peer(), &[0, 9], START);
    assert_eq!(arrived(&mut swapping, after(0)), [0_u16; 0]);
    assert_eq!(swapping.poll_timeout(), Some(START + PATIENCE));
    assert_eq!(arrived(&mut swapping, START + PATIENCE), [9]);
    assert_eq!(swapping.mishaps().reordered, 0);
}

#[test]
fn exactly_one_bit_is_turned_over() {
    let mut noisy = weather("corrupt=100%", 5);
    for _ in 0..200 {
        noisy.take(peer(), &[0; 40], START);
        let Some(Happening::Arrives { datagram, from }) = noisy.poll(START) else {
            panic!("nothing arrives");
        };
        assert_eq!(from, peer());
        assert_eq!(datagram.iter().map(|byte| byte.count_ones()).sum::<u32>(), 1);
    }
    assert_eq!(noisy.mishaps().corrupted, 200);
}

#[test]
fn delay_is_to_the_nanosecond_and_jitter_adds_at_most_what_was_asked() {
    let mut slow = weather("delay=30ms,jitter=20ms", 9);
    for round in 0..200 {
        let now = after(round * 100);
        slow.take(peer(), &[1, 2], now);
        let due = slow.poll_timeout().unwrap();
        let late = due.since(now);
        assert!((30..=50).contains(&late.as_millis()) && late <= Duration::from_millis(50));
        assert_eq!(arrived(&mut slow, due - Duration::from_nanos(1)), [0_u16; 0]);
        assert_eq!(arrived(&mut slow, due), [0x0102]);
    }
}

#[test]
fn jitter_does_not_change_the_order() {
    let mut shaky = weather("jitter=50ms", 2);
    assert_eq!(sent(&mut shaky, 1000), (0..1000).collect::<Vec<_>>());
}

#[test]
fn a_silent_controller_hears_nothing_and_says_nothing_from_the_first_moment_to_the_last() {
    let mut silent = weather("silent=10s..20s", 1);
    for (milliseconds, hears) in [(9_999, true), (10_000, false), (19_999, false), (20_000, true)] {
        let now = after(milliseconds);
        silent.take(peer(), &[0, 1], now);
        assert_eq!(arrived(&mut silent, now).len(), usize::from(hears), "{milliseconds}");
        assert_eq!(silent.lets_out(now), hears);
    }
    assert_eq!(silent.mishaps().unheard, 2);
}

#[test]
fn a_reboot_loses_what_is_under_way_and_comes_again_at_the_same_distance() {
    let mut weak = weather("delay=10ms,reboot=60s,boot=5s", 1);
    assert_eq!(weak.poll_timeout(), Some(after(60_000)));
    weak.take(peer(), &[0, 1], after(59_995));
    assert_eq!(weak.poll(after(60_000)), Some(Happening::Down));
    assert_eq!(weak.poll(after(60_010)), None);
    weak.take(peer(), &[0, 2], after(61_000));
    assert!(!weak.lets_out(after(61_000)));
    assert_eq!(weak.poll_timeout(), Some(after(65_000)));
    assert_eq!(weak.poll(after(65_000)), Some(Happening::Up));
    weak.take(peer(), &[0, 3], after(65_000));
    assert_eq!(arrived(&mut weak, after(65_010)), [3]);
    assert_eq!(weak.poll_timeout(), Some(after(120_000)));
    let Mishaps { unheard, reboots, .. } = weak.mishaps();
    assert_eq!((unheard, reboots), (2, 1));
}

#[test]
fn reboots_that_nobody_polled_for_are_not_made_up_for() {
    let mut weak = weather("reboot=1s,boot=100ms", 1);
    assert_eq!(weak.poll(after(10_500)), Some(Happening::Down));
    assert_eq!(weak.poll(after(10_600)), Some(Happening::Up));
    assert_eq!(weak.poll(after(10_600)), None);
    assert_eq!(weak.poll_timeout(), Some(after(11_000)));
}

#[test]
fn the_queue_has_a_bound_and_says_what_it_drops() {
    let mut slow = weather("delay=10s", 1);
    for _ in 0..DATAGRAMS + 10 {
        slow.take(peer(), &[0, 1], START);
    }
    assert_eq!(slow.mishaps().overflowed, 10);
    assert_eq!(arrived(&mut slow, after(10_000)).len(), DATAGRAMS);
    let mut heavy = weather("delay=10s", 1);
    for _ in 0..1100 {
        heavy.take(peer(), &[0; 65_000], START);
    }
    assert!(heavy.mishaps().overflowed > 0);
}

#[test]
fn stale_pictures_are_hidden_only_in_their_span() {
    let mut stale = weather("stale=1s..2s", 1);
    assert!(stale.is_calm());
    let hidden = [0, 999, 1000, 1999, 2000].map(|milliseconds| stale.hides(after(milliseconds)));
    assert_eq!(hidden, [false, false, true, true, false]);
    assert_eq!(stale.mishaps().hidden, 2);
    assert!(!Weather::new(Faults::default(), 1, START).hides(START));
}
