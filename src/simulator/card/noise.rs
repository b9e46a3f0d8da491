//! What a bad line does to single bytes, by chance that a seed repeats.

use crate::simulator::controller::weather::{Dice, Odds};

/// How bad a line is, in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noise {
    /// Bytes that are lost.
    pub lose: Odds,
    /// Bytes that come twice.
    pub duplicate: Odds,
    /// Bytes of which a bit is turned over.
    pub corrupt: Odds,
    /// The seed of chance.
    pub seed: u64,
}

/// What was done to the bytes of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spoilt {
    /// Bytes that were lost.
    pub lost: u64,
    /// Bytes that came twice.
    pub duplicated: u64,
    /// Bytes of which a bit was turned over.
    pub corrupted: u64,
    /// Bytes that another talker spoilt: two spoke at a time on one pair of wires.
    pub collided: u64,
    /// Bytes that were no bytes, for the port was set to another speed.
    pub misread: u64,
}

/// A line's luck.
#[derive(Debug)]
pub(super) struct Luck {
    noise: Noise,
    dice: Dice,
    pub(super) spoilt: Spoilt,
}

impl Luck {
    pub(super) fn new(noise: Noise) -> Self {
        Self {
            noise,
            dice: Dice::new(noise.seed),
            spoilt: Spoilt::default(),
        }
    }

    /// What is left of `byte`: nothing, one byte or two.
    pub(super) fn pass(&mut self, byte: u8) -> impl Iterator<Item = u8> + use<> {
        let Noise {
            lose,
            duplicate,
            corrupt,
            ..
        } = self.noise;
        let is_lost = self.dice.happens(lose.millionths());
        let is_twice = !is_lost && self.dice.happens(duplicate.millionths());
        let is_corrupt = !is_lost && self.dice.happens(corrupt.millionths());
        self.spoilt.lost += u64::from(is_lost);
        self.spoilt.duplicated += u64::from(is_twice);
        self.spoilt.corrupted += u64::from(is_corrupt);
        let bit = if is_corrupt { 1 << self.dice.below(8) } else { 0 };
        let times = usize::from(!is_lost) + usize::from(is_twice);
        std::iter::repeat_n(byte ^ bit, times)
    }

    /// What is heard of `byte` while another speaks too.
    pub(super) fn collide(&mut self, byte: u8) -> u8 {
        self.spoilt.collided += 1;
        self.another(byte)
    }

    /// What is read of `byte` at another speed.
    pub(super) fn misread(&mut self, byte: u8) -> u8 {
        self.spoilt.misread += 1;
        self.another(byte)
    }

    /// A byte that is not `byte`.
    fn another(&mut self, byte: u8) -> u8 {
        byte ^ (1 + self.dice.below(255)) as u8
    }
}
