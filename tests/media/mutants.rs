//! Fonts with mistakes, by the hundred: each has a child to itself, and none of them disturbs the parent.
//!
//! `FONT_MUTANTS` asks for more of them, and `FONT_FILE` for those of another font.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use yingbi::media::{ChildFault, Limits, Task};

use super::{child, font};

/// How many, unless another number is asked for.
const FEW: u64 = 100;

/// What one of them may use up; a good font takes a tenth.
const LIMITS: Limits = Limits {
    memory: 256,
    cpu: 2,
    wall: Duration::from_secs(20),
    answer: 8 << 20,
};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % sides.max(1)
    }
}

/// The font with a few mistakes: bytes changed, runs repeated or taken out, the end cut off, numbers made extreme.
fn mutant(font: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut bytes = font.to_vec();
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len());
        match dice.roll(8) {
            0 => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes[at] = dice.roll(256) as u8,
            2..=4 => {
                let extremes = [0_u32, 1, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, u32::MAX];
                let number = extremes[dice.roll(extremes.len())].to_be_bytes();
                let length = [1, 2, 4][dice.roll(3)].min(bytes.len() - at);
                bytes[at..at + length].copy_from_slice(&number[4 - length..]);
            }
            5 => {
                let end = (at + 1 + dice.roll(64)).min(bytes.len());
                let run = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, run);
            }
            6 => {
                let end = (at + 1 + dice.roll(16)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ if dice.roll(4) == 0 => bytes.truncate(at),
            _ => bytes[at] = !bytes[at],
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

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
    println!(
        "{count} fonts in {:?}, the longest {longest:?}: {ends:?}",
        begin.elapsed()
    );
    // The mistakes are of both kinds: those that do not matter, and those that do.
    assert!(ends.contains_key("strikes") && ends.contains_key("refused"), "{ends:?}");
    // And the parent goes on as if nothing had been.
    assert!(child().run(Task::Outline, &settings, &font, &LIMITS).is_ok());
}
