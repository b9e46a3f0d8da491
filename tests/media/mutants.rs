//! Fonts with mistakes, by the hundred: each has a child to itself, and none of them disturbs the parent.
//!
//! `FONT_MUTANTS` asks for more of them, and `FONT_FILE` for those of another font.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    time::{Duration, Instant},
};

use yingbi::media::{ChildFault, Limits, Task};

use super::{child, font};
use crate::support::mistakes::mutant;

/// How many, unless another number is asked for.
const FEW: u64 = 100;

/// What one of them may use up; a good font takes a tenth.
const LIMITS: Limits = Limits {
    memory: 256,
    cpu: 2,
    wall: Duration::from_secs(20),
    answer: 8 << 20,
};

// Fault 61.
#[test]
fn fonts_with_mistakes_never_disturb_the_parent() {
    let asked = std::env::var("FONT_MUTANTS").ok().and_then(|count| count.parse().ok());
    let count = asked.unwrap_or(FEW);
    let font = std::env::var_os("FONT_FILE").map_or_else(font, |path| std::fs::read(path).unwrap());
    let settings = [
        &u32::MAX.to_le_bytes()[..],
        &[2, 16, 24],
        " Ag，一国空中人大".as_bytes(),
    ]
    .concat();
    let mut ends: BTreeMap<String, u64> = BTreeMap::new();
    let begin = Instant::now();
    let mut longest = Duration::ZERO;
    for seed in 0..count {
        let start = Instant::now();
        let end = match child().run(Task::Outline, &settings, &mutant(&font, seed), &LIMITS) {
            Ok(_) => "strikes".to_owned(),
            Err(ChildFault::Refused { .. }) => "refused".to_owned(),
            Err(ChildFault::Crashed { signal, .. }) => format!("crashed by signal {signal}"),
            Err(ChildFault::Failed { code, .. }) => format!("failed with code {code}"),
            Err(fault @ (ChildFault::Memory { .. } | ChildFault::Cpu { .. } | ChildFault::Late { .. })) => {
                fault.to_string()
            }
            Err(fault) => panic!("mutant {seed}: {fault}"),
        };
        longest = longest.max(start.elapsed());
        *ends.entry(end).or_default() += 1;
    }
    if asked.is_some() {
        let took = begin.elapsed();
        writeln!(
            io::stderr(),
            "{count} fonts in {took:?}, the longest {longest:?}: {ends:?}"
        )
        .unwrap();
    }
    // The mistakes are of both kinds: those that do not matter, and those that do.
    assert!(ends.contains_key("strikes") && ends.contains_key("refused"), "{ends:?}");
    // And the parent goes on as if nothing had been.
    assert!(child().run(Task::Outline, &settings, &font, &LIMITS).is_ok());
}
