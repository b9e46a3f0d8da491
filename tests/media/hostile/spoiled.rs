//! Sound files that were cut off or damaged. `HOSTILE_FLIPS` says how many flipped bits the long form tries.

use std::collections::BTreeMap;

use super::{Hostile, Trial, good, hostile};

/// Those of each kind, the first ones most often.
const SOUND: [&str; 5] = ["high.mp4", "moving.gif", "moving.png", "moving.webp", "main-cavlc.mp4"];

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused_or_plays_as_far_as_it_goes() {
    let mut trial = Trial::new();
    for name in [
        "faststart.mp4",
        "baseline.mp4",
        "moving.gif",
        "moving.png",
        "moving.webp",
    ] {
        let whole = good(name);
        for percent in 0..100 {
            let file = hostile(format!("{percent}-{name}"), &whole[..whole.len() * percent / 100]);
            trial.survey(&file);
            trial.film(&file, None);
            // Its own process reads those that are not built in as well; one in four of the others is enough.
            if name == "faststart.mp4" || percent % 4 == 0 {
                let ffmpeg = trial.ffmpeg.clone();
                trial.film(&file, ffmpeg.as_deref());
            }
            if !name.ends_with("mp4") && percent % 4 == 0 {
                trial.picture(&file);
            }
        }
    }
    trial.figures();
}

/// The file with this bit of its bits flipped; the numbers are spread over it by the golden section.
fn flipped(name: &str, number: usize) -> Hostile {
    let mut bytes = good(name);
    let bit = ((number as f64 * 0.618_033_988_75).fract() * (bytes.len() * 8) as f64) as usize;
    bytes[bit / 8] ^= 1 << (bit % 8);
    hostile(format!("{number}-{name}"), bytes)
}

/// Tries so many, one in `ffmpeg` with ffmpeg.
fn flips(count: usize, ffmpeg: usize) {
    let mut trial = Trial::new();
    let mut ends: BTreeMap<bool, usize> = BTreeMap::new();
    for number in 0..count {
        let file = flipped(SOUND[number % SOUND.len()], number);
        trial.survey(&file);
        let program = trial.ffmpeg.clone().filter(|_| number % ffmpeg == 0);
        let end = trial.film(&file, program.as_deref());
        *ends.entry(end.starts_with("a clip")).or_default() += 1;
        if number % 10 == 3 {
            trial.picture(&file);
        }
    }
    println!("{count} flipped bits; with a clip or without: {ends:?}");
    trial.figures();
    // The damage is of both kinds: what matters, and what does not.
    assert!(ends.len() == 2, "{ends:?}");
}

// Fault 24, 25.
#[test]
fn two_hundred_flipped_bits_bring_nothing_down() {
    flips(200, 4);
}

// Fault 24, 25.
#[test]
#[ignore = "minutes: the long form"]
fn ten_thousand_flipped_bits_bring_nothing_down() {
    let asked = std::env::var("HOSTILE_FLIPS").ok().and_then(|count| count.parse().ok());
    flips(asked.unwrap_or(10_000), 12);
}
