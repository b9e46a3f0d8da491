//! Shades as lit and dark LEDs, against the textbook and against the light that they stand for.

use proptest::prelude::*;
use yingbi::panel::{Dither, dither};

/// Bayer's matrix of 8 x 8 as textbooks print it.
#[rustfmt::skip]
const BAYER: [[u8; 8]; 8] = [
    [ 0, 32,  8, 40,  2, 34, 10, 42],
    [48, 16, 56, 24, 50, 18, 58, 26],
    [12, 44,  4, 36, 14, 46,  6, 38],
    [60, 28, 52, 20, 62, 30, 54, 22],
    [ 3, 35, 11, 43,  1, 33,  9, 41],
    [51, 19, 59, 27, 49, 17, 57, 25],
    [15, 47,  7, 39, 13, 45,  5, 37],
    [63, 31, 55, 23, 61, 29, 53, 21],
];

const ALL: [Dither; 3] = [Dither::Diffusion, Dither::Ordered, Dither::None];

/// The share of the whole light that a value stands for: sRGB as its standard writes it.
fn light(value: u8) -> f64 {
    let share = f64::from(value) / 255.0;
    if share <= 0.04045 {
        share / 12.92
    } else {
        ((share + 0.055) / 1.055).powf(2.4)
    }
}

fn dithered(values: &[u8], width: usize, how: Dither) -> Vec<u8> {
    let mut channel = values.to_vec();
    dither(&mut channel, width, how);
    channel
}

/// The share of LEDs that are lit.
fn share(channel: &[u8]) -> f64 {
    channel.iter().filter(|value| **value == 255).count() as f64 / channel.len() as f64
}

#[test]
fn ordered_is_the_textbooks_matrix_held_against_light() {
    let (width, height) = (21, 19);
    for value in 0..=255 {
        let channel = dithered(&vec![value; width * height], width, Dither::Ordered);
        for (at, lit) in channel.iter().enumerate() {
            let place = BAYER[at / width % 8][at % width % 8];
            let threshold = (f64::from(place) + 0.5) / 64.0;
            // Values whose light is a threshold to all that sixteen bits hold may fall to either side.
            if (light(value) - threshold).abs() > 1e-4 {
                assert_eq!(*lit == 255, light(value) > threshold, "{value} at {at}");
            }
        }
    }
}

#[test]
fn an_even_grey_lights_the_share_of_leds_that_its_light_is_of_the_whole() {
    for value in 0..=255 {
        let grey = vec![value; 64 * 64];
        let [diffused, ordered] = [Dither::Diffusion, Dither::Ordered].map(|how| share(&dithered(&grey, 64, how)));
        assert!(
            (ordered - light(value)).abs() <= 1.0 / 128.0 + 1e-4,
            "ordered {value}: {ordered}"
        );
        // What the last row owes is lost: less than one LED of 64 rows for each column.
        assert!(
            (diffused - light(value)).abs() <= 1.0 / 64.0,
            "diffused {value}: {diffused}"
        );
    }
}

#[test]
fn a_ramp_is_as_light_as_it_should_be_everywhere() {
    let (width, height) = (256, 64);
    let ramp: Vec<u8> = (0..width * height).map(|at| (at % width) as u8).collect();
    for how in [Dither::Diffusion, Dither::Ordered] {
        let channel = dithered(&ramp, width, how);
        for left in (0..width).step_by(16) {
            let block: Vec<u8> = (0..height)
                .flat_map(|y| channel[y * width + left..][..16].to_vec())
                .collect();
            let wanted = (left..left + 16).map(|value| light(value as u8)).sum::<f64>() / 16.0;
            assert!(
                (share(&block) - wanted).abs() < 0.02,
                "{how:?} from {left}: {} for {wanted}",
                share(&block)
            );
        }
    }
}

#[test]
fn black_stays_black_and_white_stays_white_however_narrow() {
    for how in ALL {
        for (width, height) in [(0, 0), (0, 5), (1, 1), (1, 9), (2, 3), (9, 1), (8, 8), (17, 5)] {
            for value in [0, 255] {
                let channel = vec![value; width * height];
                assert_eq!(dithered(&channel, width, how), channel, "{how:?} {width}x{height}");
            }
        }
    }
}

#[test]
fn without_dithering_the_brighter_half_is_lit() {
    let values: Vec<u8> = (0..=255).collect();
    let channel = dithered(&values, 16, Dither::None);
    assert!(channel[..128].iter().all(|value| *value == 0) && channel[128..].iter().all(|value| *value == 255));
}

#[test]
fn diffusion_sends_of_each_error_seven_three_five_and_one_sixteenths() {
    // One LED of a sixth of the light on the left; all others as far below the threshold as what they get.
    let values = [188, 124, 124, 0, 0, 0];
    let channel = dithered(&values, 3, Dither::Diffusion);
    // 188 is 0.503 of the light: lit, and 0.497 owed. 124 is 0.202: less 0.218 it is dark, and so it goes on.
    assert_eq!(channel, [255, 0, 0, 0, 0, 0]);
    // Just below the threshold: dark, and 0.49 goes on, of which 0.21 make 0.42 of the next, then 0.18 make 0.38, which stays in the row.
    assert_eq!(
        dithered(&[187, 137, 124, 0, 0, 0], 3, Dither::Diffusion)[..3],
        [0, 0, 0]
    );
    assert_eq!(
        dithered(&[187, 150, 124, 0, 0, 0], 3, Dither::Diffusion)[..3],
        [0, 255, 0]
    );
}

proptest! {
    #[test]
    fn any_picture_is_lit_and_dark_and_as_light_as_it_was(
        (width, values) in (1_usize..40, 1_usize..40).prop_flat_map(|(width, height)| {
            (Just(width), proptest::collection::vec(any::<u8>(), width * height))
        }),
    ) {
        for how in ALL {
            let channel = dithered(&values, width, how);
            prop_assert!(channel.iter().all(|value| [0, 255].contains(value)));
            prop_assert_eq!(&channel, &dithered(&values, width, how));
        }
        let wanted: f64 = values.iter().map(|value| light(*value)).sum();
        let channel = dithered(&values, width, Dither::Diffusion);
        let found = channel.iter().filter(|value| **value == 255).count() as f64;
        // Only what the last row owes can be missing: less than an LED for each of its own.
        prop_assert!((wanted - found).abs() <= width as f64, "{} for {}", found, wanted);
    }
}
