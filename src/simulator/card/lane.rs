//! One direction of a wire: bytes one behind the other, and when each has passed.
//!
//! Pure: moments come in as arguments, so that pacing is arithmetic.

use std::{collections::VecDeque, time::Duration};

use crate::units::Moment;

/// Bits that a byte takes on a serial line: start, eight, stop.
const BITS: u64 = 10;

/// How long one byte takes at `baud` bits a second, rounded up to a nanosecond.
pub fn byte_time(baud: u32) -> Duration {
    Duration::from_nanos((BITS * 1_000_000_000).div_ceil(u64::from(baud.max(1))))
}

/// Bytes under way in one direction.
#[derive(Debug)]
pub(super) struct Lane {
    /// How long one byte takes; nothing on a network.
    byte: Duration,
    under_way: VecDeque<Passing>,
    /// When the last byte so far has passed.
    free: Moment,
    /// When the last byte that was taken off had passed.
    passed: Moment,
}

/// A byte on the wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passing {
    /// When its first bit goes out.
    pub(super) begins: Moment,
    /// When its last bit has arrived.
    pub(super) ends: Moment,
    pub(super) byte: u8,
}

impl Lane {
    /// A lane on which a byte takes so long.
    pub(super) const fn new(byte: Duration) -> Self {
        Self {
            byte,
            under_way: VecDeque::new(),
            free: Moment::ZERO,
            passed: Moment::ZERO,
        }
    }

    /// How many bytes are under way.
    pub(super) fn len(&self) -> usize {
        self.under_way.len()
    }

    /// Puts `bytes` behind those that are under way, none sooner than `now`.
    pub(super) fn put(&mut self, bytes: &[u8], now: Moment) {
        for &byte in bytes {
            let begins = self.free.max(now);
            let ends = begins + self.byte;
            self.free = ends;
            self.under_way.push_back(Passing { begins, ends, byte });
        }
    }

    /// When the next byte has passed.
    pub(super) fn next(&self) -> Option<Moment> {
        self.under_way.front().map(|passing| passing.ends)
    }

    /// Takes off the next byte, if it has passed by `now`.
    pub(super) fn take(&mut self, now: Moment) -> Option<Passing> {
        let passing = self.under_way.pop_front_if(|passing| passing.ends <= now)?;
        self.passed = passing.ends;
        Some(passing)
    }

    /// Whether any of its bytes is on the wire together with `other`, which is the next to be taken off anywhere.
    pub(super) fn meets(&self, other: Passing) -> bool {
        let is_passing = self.under_way.front().is_some_and(|mine| mine.begins < other.ends);
        is_passing || self.passed > other.begins
    }

    /// Forgets what is under way.
    pub(super) fn clear(&mut self) {
        self.under_way.clear();
        self.free = self.passed;
    }
}
