//! Who turns the pages of an area: we, or the card.

use std::time::Duration;

use crate::programme::PagedRound;

/// Why the pages of an area are turned as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::wall) enum Reason {
    /// We turn them: there is only one.
    Alone,
    /// We do: each is on the card in less than half of the time that it is seen.
    Fast,
    /// We do, though each comes late: the card has no room for all of them.
    NoRoom,
    /// We do, though each comes late: several zones that share the area change by themselves.
    Together,
    /// The card does.
    Slow,
    /// The card does, and has room only for the first ones.
    Cut,
    /// The card lets the whole strip run.
    Strip,
    /// The card lets a part of the strip run, since it has no room for all.
    Part,
}

/// What is decided for an area of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) reason: Reason,
    /// Where the card turns the pages: which of the rounds it turns, and how many pages of it.
    pub(super) looped: Option<(usize, usize)>,
    /// The shortest time that a page is seen; `None` where none ever changes.
    pub(super) shortest: Option<Duration>,
}

/// What a page of an area costs, and what there is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    /// How long a page takes on the wire.
    pub(super) wire: Duration,
    /// How many pages the card has room for in this area.
    pub(super) room: usize,
}

/// Who turns the pages of the `rounds` that share an area. `lasts` says how long a page of so many ticks is seen; `can_loop` of each round
/// whether the card could turn it.
pub(super) fn choose(
    rounds: &[PagedRound],
    cost: Cost,
    lasts: impl Fn(crate::units::Ticks) -> Duration,
    can_loop: impl Fn(usize) -> bool,
) -> Choice {
    let changing: Vec<usize> = (0..rounds.len()).filter(|at| rounds[*at].pages.len() > 1).collect();
    let pages = changing.iter().flat_map(|at| rounds[*at].pages.iter());
    let shortest = pages.map(|page| lasts(page.length)).min();
    let pushed = |reason| Choice {
        reason,
        looped: None,
        shortest,
    };
    let Some(dwell) = shortest else {
        return pushed(Reason::Alone);
    };
    if cost.wire * 2 < dwell {
        return pushed(Reason::Fast);
    }
    let [only] = changing[..] else {
        return pushed(Reason::Together);
    };
    if !can_loop(only) {
        return pushed(Reason::NoRoom);
    }
    let all = rounds[only].pages.len();
    let looped = |reason, pages| Choice {
        reason,
        looped: Some((only, pages)),
        shortest,
    };
    if all <= cost.room {
        looped(Reason::Slow, all)
    } else if cost.wire < dwell || cost.room < 2 {
        pushed(Reason::NoRoom)
    } else {
        looped(Reason::Cut, cost.room)
    }
}
