//! What counts as a flash, and how many are too many.

use std::time::Duration;

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use proptest::prelude::*;
use yingbi::{
    media::film::{Flashes, Guard},
    units::{Rate, Size},
};

use super::plain;

const SIZE: Size = Size::new(64, 32);
const RATE: u16 = 50;

/// What the guard says of a clip of these frames.
fn judged(frames: impl IntoIterator<Item = Vec<u8>>) -> Option<Flashes> {
    let mut guard = Guard::new(SIZE, Rate::new(RATE).unwrap());
    frames.into_iter().for_each(|frame| guard.see(&frame));
    guard.finish()
}

fn grey(value: u8) -> Rgb888 {
    Rgb888::new(value, value, value)
}

/// Frames of one colour each, by their number.
fn colours(frames: u32, colour: impl Fn(u32) -> Rgb888) -> impl Iterator<Item = Vec<u8>> {
    (0..frames).map(move |frame| plain(SIZE, colour(frame)))
}

/// A clip of that many seconds that goes from one colour to the other and back so many times a second.
fn pulses(seconds: u32, times: u32, dark: Rgb888, bright: Rgb888) -> Option<Flashes> {
    let is_bright = |frame: u32| frame * times * 2 / u32::from(RATE) % 2 == 1;
    judged(colours(seconds * u32::from(RATE), |frame| {
        if is_bright(frame) { bright } else { dark }
    }))
}

#[test]
fn three_flashes_a_second_pass_and_four_are_too_many() {
    assert_eq!(pulses(5, 3, Rgb888::BLACK, Rgb888::WHITE), None);
    let found = pulses(5, 4, Rgb888::BLACK, Rgb888::WHITE).unwrap();
    assert_eq!(found.count, 4);
    assert!(found.at < Duration::from_secs(1));
    assert_eq!(pulses(5, 10, Rgb888::BLACK, Rgb888::WHITE).unwrap().count, 10);
}

#[test]
fn flashes_of_less_than_a_tenth_or_between_bright_states_are_none() {
    // 86 of 255 is just below a tenth of the light, 93 just above.
    assert_eq!(pulses(3, 10, Rgb888::BLACK, grey(88)), None);
    assert!(pulses(3, 10, Rgb888::BLACK, grey(93)).is_some());
    // 231 of 255 is just above 0.80, 229 just below.
    assert_eq!(pulses(3, 10, grey(232), Rgb888::WHITE), None);
    assert!(pulses(3, 10, grey(229), Rgb888::WHITE).is_some());
}

#[test]
fn red_flashes_count_though_they_are_not_bright() {
    // Saturated red of a third of the light is 0.07 of the most: no general flash.
    let red = Rgb888::new(155, 0, 0);
    assert_eq!(pulses(5, 3, Rgb888::BLACK, red), None);
    assert!(pulses(5, 4, Rgb888::BLACK, red).is_some());
    // As much blue is none, nor is a red that is not saturated.
    assert_eq!(pulses(5, 10, Rgb888::BLACK, Rgb888::new(0, 0, 255)), None);
    assert_eq!(pulses(5, 10, Rgb888::BLACK, Rgb888::new(120, 70, 70)), None);
}

#[test]
fn less_than_a_quarter_of_the_picture_may_flash() {
    let part = |columns: usize| {
        judged((0..100).map(|frame| {
            let value = if frame % 2 == 0 { 0 } else { 255 };
            let row = [vec![value; columns * 3], vec![90; (64 - columns) * 3]].concat();
            row.repeat(32)
        }))
    };
    assert_eq!(part(8), None);
    assert!(part(16).is_some());
}

#[test]
fn fades_cuts_and_slow_pulsing_pass() {
    // Up and down in a second each.
    let fade = colours(500, |frame| {
        grey((i64::from(frame % 100) - 50).unsigned_abs() as u8 * 5)
    });
    assert_eq!(judged(fade), None);
    // A cut every half second from dark to bright pictures.
    let cuts = colours(500, |frame| grey(if frame / 25 % 2 == 0 { 30 } else { 220 }));
    assert_eq!(judged(cuts), None);
    // Pulsing twice a second, softly.
    let pulse = colours(500, |frame| {
        let turn = f64::from(frame) / 50.0 * 2.0 * std::f64::consts::TAU;
        grey((128.0 + 127.0 * turn.sin()) as u8)
    });
    assert_eq!(judged(pulse), None);
    // The same five times a second is not slow.
    let pulse = colours(500, |frame| {
        let turn = f64::from(frame) / 50.0 * 5.0 * std::f64::consts::TAU;
        grey((128.0 + 127.0 * turn.sin()) as u8)
    });
    assert!(judged(pulse).is_some());
}

#[test]
fn what_moves_is_no_flash() {
    // Bright bars of a third of the picture run through it in three seconds; each LED sees one a second.
    let bars = (0..500_usize).map(|frame| {
        let row: Vec<u8> = (0..64)
            .flat_map(|x: usize| [if (x + frame * 64 / 150) % 22 < 11 { 255 } else { 0 }; 3])
            .collect();
        row.repeat(32)
    });
    assert_eq!(judged(bars), None);
}

#[test]
fn what_is_finer_than_a_glance_is_no_flash() {
    // A checkerboard that changes places with every frame, as dithering and noise do.
    let boards = (0..100_usize).map(|frame| {
        (0..32)
            .flat_map(|y: usize| {
                (0..64).flat_map(move |x: usize| [if (x + y + frame).is_multiple_of(2) { 255 } else { 0 }; 3])
            })
            .collect()
    });
    assert_eq!(judged(boards), None);
}

#[test]
fn flashes_across_the_seam_of_a_loop_count() {
    // Two at the beginning, two at the end, darkness between.
    let is_bright = |frame: u32| matches!(frame, 5..10 | 15..20 | 130..135 | 140..145);
    let colour = |frame| if is_bright(frame) { Rgb888::WHITE } else { Rgb888::BLACK };
    let found = judged(colours(150, colour)).unwrap();
    assert_eq!((found.count, found.at), (4, Duration::from_millis(2600)));
    // With a second more of darkness they are apart.
    assert_eq!(judged(colours(200, colour)), None);
    // A clip of two frames flashes for as long as it is shown.
    assert!(judged(colours(2, |frame| grey(frame as u8 * 255))).is_some());
    // One of a single frame does not.
    assert_eq!(judged(colours(1, |_| Rgb888::WHITE)), None);
}

#[test]
fn a_frame_that_is_seen_again_takes_its_time() {
    let mut guard = Guard::new(SIZE, Rate::new(RATE).unwrap());
    for frame in 0..200 {
        // Bright and dark in turn, 17 frames each: less than three flashes a second.
        guard.see(&plain(SIZE, if frame % 2 == 0 { Rgb888::BLACK } else { Rgb888::WHITE }));
        (0..16).for_each(|_| guard.see_again());
    }
    assert_eq!(guard.finish(), None);
}

#[test]
fn the_worst_second_is_told() {
    // Four flashes in the third second, six in the seventh.
    let times = |frame: u32| match frame / 50 {
        3 => 4,
        7 => 6,
        _ => 0,
    };
    let colour = |frame: u32| match frame % 50 * times(frame) * 2 / 50 % 2 {
        1 => Rgb888::WHITE,
        _ => Rgb888::BLACK,
    };
    let found = judged(colours(500, colour)).unwrap();
    assert_eq!((found.count, found.at.as_secs()), (6, 7));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn as_many_as_there_are_pairs_of_changes_in_the_worst_second(
        runs in proptest::collection::vec(1_u32..30, 2..40),
    ) {
        // Black and white in turn, each as long as one of the runs; the other way: all windows of a second, on a ring.
        let runs = if runs.len() % 2 == 0 { runs } else { [runs.clone(), vec![7]].concat() };
        let frames: u32 = runs.iter().sum();
        let mut starts = vec![0];
        for run in &runs {
            starts.push(starts.last().unwrap() + run);
        }
        starts.pop();
        // Enough rounds that a window of a second lies within.
        let rounds = 3 + 100 / frames;
        let changes: Vec<u32> = (0..rounds).flat_map(|round| starts.iter().map(move |start| round * frames + start)).skip(1).collect();
        let most = (0..rounds * frames)
            .map(|begin| changes.iter().filter(|change| (begin..begin + 50).contains(*change)).count() / 2)
            .max()
            .unwrap();
        let clip = runs.iter().enumerate().flat_map(|(number, run)| {
            let colour = if number % 2 == 0 { Rgb888::BLACK } else { Rgb888::WHITE };
            (0..*run).map(move |_| plain(SIZE, colour))
        });
        let found = judged(clip).map(|found| found.count as usize);
        prop_assert_eq!(found, Some(most).filter(|most| *most > 3));
    }
}
