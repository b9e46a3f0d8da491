//! Videos with mistakes: refused or played, and never more than that.
//!
//! `FILM_MUTANTS` asks for so many of each instead of a few. Here the decoders run in the test's own process, where a panic that is not caught or
//! a loop without end would be seen; the child that they run in otherwise has limits besides.

use std::collections::BTreeMap;

use super::{open, video};
use crate::support::mistakes::mutant;

/// Of each kind of file one.
const NAMES: [&str; 9] = [
    "high.mp4",
    "main-cavlc.mp4",
    "slices.mp4",
    "faststart.mp4",
    "fragmented.mp4",
    "edited.mp4",
    "moving.gif",
    "moving.png",
    "moving.webp",
];

/// How many pictures come of it, and how it ends.
fn played(bytes: Vec<u8>) -> (u32, &'static str) {
    let Ok(mut decoder) = open(bytes) else {
        return (0, "refused");
    };
    let about = decoder.about().clone();
    let mut last = std::time::Duration::ZERO;
    for count in 0..10_000 {
        match decoder.next() {
            Ok(Some(shot)) => {
                assert!(shot.at >= last, "{:?} after {last:?}", shot.at);
                last = shot.at;
                let _ = super::keep(about.size, &shot);
            }
            Ok(None) => return (count, "played"),
            Err(_) => {
                assert!(matches!(decoder.next(), Ok(None)), "after a fault there is nothing");
                return (count, "failed");
            }
        }
    }
    panic!("there is no end of it");
}

#[test]
fn a_video_that_is_cut_anywhere_is_refused_or_played_as_far_as_it_goes() {
    for name in NAMES {
        let bytes = video(name);
        let (whole, end) = played(bytes.clone());
        assert_eq!(end, "played", "{name}");
        for percent in 0..100 {
            let (count, end) = played(bytes[..bytes.len() * percent / 100].to_vec());
            // Only of fragments some are whole where the file is not.
            let is_less = end == "refused" || name == "fragmented.mp4" && count < whole;
            assert!(is_less, "{name} at {percent} %: {end} after {count}");
        }
    }
}

#[test]
fn videos_with_mistakes_end_in_order() {
    let asked = std::env::var("FILM_MUTANTS").ok().and_then(|count| count.parse().ok());
    let mut ends: BTreeMap<&str, u64> = BTreeMap::new();
    for name in NAMES {
        let bytes = video(name);
        for seed in 0..asked.unwrap_or(40) {
            let (_, end) = played(mutant(&bytes, seed));
            *ends.entry(end).or_default() += 1;
            let mut flipped = bytes.clone();
            let at = (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16) as usize % bytes.len();
            flipped[at] ^= 1 << (seed % 8);
            let (_, end) = played(flipped);
            *ends.entry(end).or_default() += 1;
        }
    }
    if asked.is_some() {
        use std::io::Write as _;
        writeln!(std::io::stderr(), "{ends:?}").unwrap();
    }
    assert_eq!(ends.len(), 3, "{ends:?}");
}
