//! A set of small numbers: which entries of a tier are meant.

use std::ops::Range;

const WORD: usize = 64;

/// A set of numbers below a length that is fixed when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below `length`.
    pub(super) fn new(length: usize) -> Self {
        Self(vec![0; length.div_ceil(WORD)])
    }

    /// Puts `number` in or takes it out; whether that changed anything.
    pub(super) fn set(&mut self, number: usize, member: bool) -> bool {
        let (word, bit) = (&mut self.0[number / WORD], 1 << (number % WORD));
        let before = *word;
        *word = if member { before | bit } else { before & !bit };
        *word != before
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Makes this set equal, within `range`, to the lowest `limit` of the numbers of `other` there.
    pub(super) fn copy_lowest(&mut self, other: &Self, range: &Range<usize>, limit: usize) {
        let mut left = limit;
        for at in words(range) {
            let mask = mask(range, at);
            let mut chosen = other.0[at] & mask;
            while chosen.count_ones() as usize > left {
                chosen &= !(1 << chosen.ilog2());
            }
            left -= chosen.count_ones() as usize;
            self.0[at] = self.0[at] & !mask | chosen;
        }
    }

    /// How many numbers of the set lie in `range`.
    pub(super) fn count(&self, range: &Range<usize>) -> u64 {
        words(range)
            .map(|at| u64::from((self.0[at] & mask(range, at)).count_ones()))
            .sum()
    }

    /// How many numbers both sets, which have one length, have in common.
    pub(super) fn count_in_both(&self, other: &Self) -> u64 {
        let words = self.0.iter().zip(&other.0);
        words.map(|(one, other)| u64::from((one & other).count_ones())).sum()
    }

    /// The numbers of the set, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.next_in_both(self, 0), |number| self.next_in_both(self, number + 1))
    }

    /// The lowest number from `from` on that is in both sets, which have one length.
    pub(super) fn next_in_both(&self, other: &Self, from: usize) -> Option<usize> {
        let rest = from..self.0.len() * WORD;
        words(&rest)
            .map(|at| (at, self.0[at] & other.0[at] & mask(&rest, at)))
            .find(|(_, word)| *word != 0)
            .map(|(at, word)| at * WORD + word.trailing_zeros() as usize)
    }
}

/// The words that hold the numbers of `range`.
fn words(range: &Range<usize>) -> Range<usize> {
    range.start / WORD..range.end.div_ceil(WORD)
}

/// The bits of the word at `at` whose numbers lie in `range`.
fn mask(range: &Range<usize>, at: usize) -> u64 {
    let (low, high) = (at * WORD, (at + 1) * WORD);
    let above = range.start.saturating_sub(low).min(WORD);
    let below = high.saturating_sub(range.end).min(WORD);
    let from = u64::MAX.checked_shl(above as u32).unwrap_or(0);
    let until = u64::MAX.checked_shr(below as u32).unwrap_or(0);
    from & until
}

#[cfg(test)]
mod tests {
    use super::Bits;

    fn bits(numbers: &[usize]) -> Bits {
        let mut bits = Bits::new(200);
        for number in numbers {
            assert!(bits.set(*number, true));
        }
        bits
    }

    #[test]
    fn the_lowest_of_a_range_are_copied_and_the_rest_is_left() {
        let mut copy = bits(&[0, 65, 199]);
        copy.copy_lowest(&bits(&[1, 63, 64, 66, 128, 190]), &(1..130), 3);
        assert_eq!(copy, bits(&[0, 1, 63, 64, 199]));
        copy.copy_lowest(&bits(&[5]), &(0..200), usize::MAX);
        assert_eq!(copy, bits(&[5]));
        copy.copy_lowest(&bits(&[1]), &(7..7), 1);
        assert_eq!(copy, bits(&[5]));
    }

    #[test]
    fn numbers_are_counted_and_found_across_words() {
        let set = bits(&[0, 63, 64, 127, 128]);
        assert_eq!(set.count(&(0..200)), 5);
        assert_eq!(set.count(&(1..128)), 3);
        assert_eq!(set.count(&(64..64)), 0);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 127, 128]);
        assert_eq!(set.count_in_both(&bits(&[1, 127, 128])), 2);
        assert_eq!(set.next_in_both(&bits(&[1, 127, 128]), 1), Some(127));
        assert_eq!(set.next_in_both(&bits(&[1, 127, 128]), 128), Some(128));
        assert_eq!(set.next_in_both(&bits(&[1, 127, 128]), 129), None);
    }
}
