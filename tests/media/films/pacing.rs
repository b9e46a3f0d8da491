//! Which picture is seen in which frame, against a simulation that knows nothing of how that is found.

use std::time::Duration;

use proptest::prelude::*;
use yingbi::{media::film::Pace, units::Rate};

/// How many frames each picture is seen that comes at one of `times`, the last one for `lasts`.
fn frames(hertz: u16, times: &[Duration], lasts: Option<Duration>) -> Vec<u64> {
    let mut pace = Pace::new(Rate::new(hertz).unwrap());
    let mut counts = Vec::new();
    for (index, at) in times.iter().enumerate() {
        let next = times.get(index + 1).map(|next| next.saturating_sub(*at));
        counts.push(pace.next(*at, next.or(lasts)));
    }
    counts.push(pace.end());
    // Before the first picture there is none.
    assert_eq!(counts.remove(0), 0);
    counts
}

/// Times of `count` pictures, `over / under` a second, in whole parts of `scale` a second: rounded down, or to the nearest.
fn times(count: u64, over: u64, under: u64, scale: u64, is_nearest: bool) -> Vec<Duration> {
    let half = if is_nearest { over / 2 } else { 0 };
    let units = |index: u64| (u128::from(index * under) * u128::from(scale) + u128::from(half)) / u128::from(over);
    let nanoseconds = |index| units(index) * 1_000_000_000 / u128::from(scale);
    (0..count)
        .map(|index| Duration::from_nanos(nanoseconds(index) as u64))
        .collect()
}

#[test]
fn at_equal_rates_every_picture_is_seen_once_however_its_time_is_rounded() {
    for rate in [10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 75, 90, 100, 120, 144, 240] {
        for (scale, is_nearest) in [
            (1000, true),
            (1000, false),
            (90_000, false),
            (12_800, true),
            (1_000_000_000, false),
        ] {
            let times = times(600, rate, 1, scale, is_nearest);
            let counts = frames(rate as u16, &times, None);
            assert_eq!(counts, vec![1; 600], "{rate} {scale} {is_nearest}");
        }
    }
}

#[test]
fn at_twice_the_rate_every_picture_is_seen_twice_and_at_half_of_it_every_second_one() {
    for (rate, scale) in [(24, 1000), (30, 1000), (30, 90_000), (50, 1000), (60, 1000), (12, 1000)] {
        let times = times(500, rate, 1, scale, false);
        assert_eq!(frames(2 * rate as u16, &times, None), vec![2; 500], "{rate}");
        let counts = frames(rate as u16 / 2, &times, None);
        assert!(counts.chunks(2).all(|pair| pair == [1, 0]), "{rate} {counts:?}");
    }
}

#[test]
fn pictures_a_little_slower_than_the_screen_are_seen_once_for_half_a_minute() {
    for (over, hertz, doubled_at) in [(30_000, 30, 750), (24_000, 24, 750), (60_000, 60, 750)] {
        for scale in [1000, 90_000, over] {
            let count = 600 * hertz - 18;
            let times = times(count, over, 1001, scale, true);
            let counts = frames(hertz as u16, &times, None);
            let first = counts.iter().position(|count| *count != 1).unwrap();
            assert!(
                first.abs_diff(doubled_at) < 25 * hertz as usize / 20,
                "{hertz} {scale}: {first}"
            );
            assert!(counts.iter().all(|count| matches!(count, 1 | 2)), "{hertz} {scale}");
            // One a thousand from then on.
            let doubled = counts.iter().filter(|count| **count == 2).count();
            assert!(
                doubled.abs_diff(count as usize / 1000) <= 1,
                "{hertz} {scale}: {doubled}"
            );
        }
    }
}

#[test]
fn times_that_tremble_by_a_tenth_of_a_frame_double_and_drop_nothing() {
    let nominal = times(900, 30, 1, 1_000_000_000, false);
    let tremble = |index: usize| Duration::from_micros((index as u64 * 7919) % 6600);
    let times: Vec<Duration> = nominal
        .iter()
        .enumerate()
        .map(|(index, at)| *at + tremble(index))
        .collect();
    assert_eq!(frames(30, &times, None), vec![1; 900]);
}

#[test]
fn a_single_picture_is_seen_as_long_as_it_lasts_and_at_least_once() {
    let zero = [Duration::ZERO];
    assert_eq!(frames(25, &zero, None), [1]);
    assert_eq!(frames(25, &zero, Some(Duration::from_millis(10))), [1]);
    assert_eq!(frames(25, &zero, Some(Duration::from_secs(3))), [75]);
    assert_eq!(Pace::new(Rate::new(25).unwrap()).end(), 0);
}

#[test]
fn a_pause_is_filled_with_the_picture_before_it() {
    let times = [0, 40, 2000, 2040].map(Duration::from_millis);
    assert_eq!(frames(25, &times, None), [1, 49, 1, 1]);
}

#[test]
fn what_begins_late_is_seen_from_the_first_frame_on() {
    let times = [500, 540, 580].map(Duration::from_millis);
    assert_eq!(frames(25, &times, None).iter().sum::<u64>(), 16);
}

proptest! {
    #[test]
    fn every_frame_shows_what_is_due_by_then(
        hertz in 1_u16..=240,
        intervals in prop::collection::vec(prop_oneof![0_u64..200_000, 30_000_u64..45_000, Just(40_000), Just(33_366)], 0..80),
        lasts in 0_u64..300_000,
    ) {
        let mut at = 0;
        let times: Vec<u64> = std::iter::once(0).chain(intervals.iter().map(|interval| { at += interval; at })).collect();
        let durations: Vec<Duration> = times.iter().map(|at| Duration::from_micros(*at)).collect();
        let counts = frames(hertz, &durations, Some(Duration::from_micros(lasts)));
        prop_assert_eq!(counts.len(), times.len());
        // In frames, exactly enough for what is compared.
        let due = |index: usize| times[index] as f64 * f64::from(hertz) / 1e6;
        let mut frame = 0.0;
        for (index, count) in counts.iter().enumerate() {
            for _ in 0..*count {
                prop_assert!(due(index) < frame + 0.7501, "{} too soon at {}", index, frame);
                if index + 1 < times.len() {
                    prop_assert!(due(index + 1) > frame - 0.0001, "{} too late at {}", index + 1, frame);
                }
                frame += 1.0;
            }
        }
        let total = (due(times.len() - 1) + lasts as f64 * f64::from(hertz) / 1e6 + 0.5).floor().max(1.0);
        let is_close = frame - total <= 1.001 && frame >= total - 0.001;
        prop_assert!(is_close, "{} frames, {} wanted", frame, total);
        if lasts as f64 * f64::from(hertz) / 1e6 >= 1.0 {
            prop_assert!((frame - total).abs() < 0.001, "{} frames, {} wanted", frame, total);
        }
    }
}
