//! First, second, last but one: places counted from both ends, and sets of them.

/// Where one thing stands among all of its kind, counted from both ends, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    front: u16,
    back: u16,
}

impl Position {
    /// The `nth` of `all`; 1 to `all`.
    pub(super) const fn of(nth: u16, all: u16) -> Self {
        let back = all - nth + 1;
        Self { front: nth, back }
    }

    /// The same, where only every seventh is counted: of a day, its place among those of its weekday.
    pub(super) const fn of_sevenths(self) -> Self {
        Self {
            front: (self.front - 1) / 7 + 1,
            back: (self.back - 1) / 7 + 1,
        }
    }
}

/// A set of ordinals as a rule writes them: 1 is the first, -1 the last. It holds those up to 64 times `WORDS`, in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinals<const WORDS: usize> {
    /// Bit `n - 1` stands for `n`.
    front: [u64; WORDS],
    back: [u64; WORDS],
}

impl<const WORDS: usize> Ordinals<WORDS> {
    /// None at all.
    pub(super) const NONE: Self = Self {
        front: [0; WORDS],
        back: [0; WORDS],
    };

    /// This set and `ordinal`, which is not 0 and not beyond what the set holds.
    #[must_use]
    pub(super) fn with(mut self, ordinal: i16) -> Self {
        let (word, bit) = place(ordinal.unsigned_abs());
        let side = if ordinal > 0 { &mut self.front } else { &mut self.back };
        side[word] |= bit;
        self
    }

    /// Whether what stands at `position` is meant by one of them.
    pub(super) fn contains(&self, position: Position) -> bool {
        holds(&self.front, position.front) || holds(&self.back, position.back)
    }
}

fn holds(side: &[u64], number: u16) -> bool {
    let (word, bit) = place(number);
    side.get(word).is_some_and(|bits| bits & bit != 0)
}

/// The word and the bit in it of `number`, from 1.
fn place(number: u16) -> (usize, u64) {
    let at = number - 1;
    (usize::from(at / 64), 1 << (at % 64))
}
