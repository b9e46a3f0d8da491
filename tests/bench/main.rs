//! Every speed claim, each beside a floor timed in the same run: `cargo bench`, or `cargo bench -- programme` for a part.
//!
//! A module of benchmarks is a plain function that takes the harness; it is named in [`MODULES`].

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "benchmarks set up the world, read the clock and print"
)]

mod calendar;
mod cards;
mod clips;
mod daemon;
mod dither;
mod harness;
mod import;
mod pacing;
mod packing;
mod peers;
mod programme;
mod saves;
mod stage;
mod text;
mod timeline;
mod wire;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use harness::Harness;
use yingbi::text::{Mask, Type};

const MODULES: [fn(&mut Harness); 15] = [
    calendar::run,
    cards::run,
    clips::run,
    daemon::run,
    dither::run,
    import::run,
    pacing::run,
    packing::run,
    peers::run,
    programme::run,
    saves::run,
    stage::run,
    text::run,
    timeline::run,
    wire::run,
];

fn main() {
    let first = first_glyph();
    let mut harness = Harness::from_arguments(std::env::args().skip(1));
    if harness.measured() {
        harness.state(
            "text/first-glyph",
            format!("{first:?} after the start of main"),
            "<= 1ms",
        );
    }
    for run in MODULES {
        run(&mut harness);
    }
}

/// How long the very first glyph of this process takes, its pages not yet in memory: nothing else has run.
fn first_glyph() -> Duration {
    let start = Instant::now();
    let kind = Type::default();
    let mut mask = Mask::new(16, 16);
    let shape = kind.shape(black_box('国')).expect("a hanzi has a glyph");
    mask.ink(0, 0, shape.glyph, shape.scale);
    black_box(&mask);
    start.elapsed()
}
