//! Every speed claim, each beside a floor timed in the same run: `cargo bench`, or `cargo bench -- programme` for a part.
//!
//! A module of benchmarks is a plain function that takes the harness; it is named in [`MODULES`].

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "benchmarks set up the world, read the clock and print"
)]

mod calendar;
mod daemon;
mod harness;
mod programme;
mod stage;
mod text;
mod timeline;
mod wire;

use harness::Harness;

const MODULES: [fn(&mut Harness); 7] = [
    calendar::run,
    daemon::run,
    programme::run,
    stage::run,
    text::run,
    timeline::run,
    wire::run,
];

fn main() {
    let mut harness = Harness::from_arguments(std::env::args().skip(1));
    for run in MODULES {
        run(&mut harness);
    }
}
