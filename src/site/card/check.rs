//! Whether the cards of a site get in each other's way on their lines.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Written,
    fault::{CardFault, Named},
};
use crate::{controller::onbon::ANY, document::Record};

/// One card among all of a site.
#[derive(Clone, Copy)]
pub(in crate::site) struct Placed<'a> {
    /// The identity of its screen.
    pub(in crate::site) screen: &'a str,
    /// Its number on that screen, from 1 on.
    pub(in crate::site) number: usize,
    /// The card.
    pub(in crate::site) written: &'a Written,
}

impl Placed<'_> {
    fn named(&self) -> Named {
        Named {
            screen: self.screen.to_owned(),
            number: self.number,
        }
    }

    /// The card's own number; `None` where it is to be alone.
    fn card(&self) -> Option<u16> {
        Some(self.written.card.number).filter(|number| *number != ANY)
    }
}

/// Tells of cards that get in each other's way.
pub(in crate::site) fn check(root: &Record<'_>, cards: &[Placed<'_>]) {
    let mut lines: BTreeMap<&Arc<str>, Vec<&Placed<'_>>> = BTreeMap::new();
    for placed in cards {
        lines.entry(placed.written.card.way.line()).or_default().push(placed);
    }
    for (line, cards) in lines {
        for (at, own) in cards.iter().enumerate().skip(1) {
            let before = &cards[..at];
            if let Some(fault) = clash(line, own, before, &cards) {
                root.problem_at(own.written.span.clone(), fault);
            }
        }
    }
}

/// What is wrong between `own` and those `before` it on the line, of `all`.
fn clash(line: &Arc<str>, own: &Placed<'_>, before: &[&Placed<'_>], all: &[&Placed<'_>]) -> Option<CardFault> {
    let first = before.first()?;
    let (mine, its) = (own.written.card.way.baud(), first.written.card.way.baud());
    let (Some(mine), Some(its)) = (mine, its) else {
        return Some(CardFault::SameAddress {
            own: own.named(),
            other: first.named(),
            address: Arc::clone(line),
        });
    };
    if mine != its {
        return Some(CardFault::TwoBauds {
            own: own.named(),
            mine,
            other: first.named(),
            its,
            port: Arc::clone(line),
        });
    }
    let is_other = |other: &&&Placed<'_>| {
        let (own, other) = (own.card(), other.card());
        own.is_none() || other.is_none() || own == other
    };
    let other = before.iter().find(is_other)?;
    Some(CardFault::SameNumber {
        own: own.named(),
        other: other.named(),
        port: Arc::clone(line),
        card: own.card().filter(|_| own.card() == other.card()),
        free: free(all),
    })
}

/// The lowest number that no card of the line has.
fn free(all: &[&Placed<'_>]) -> u16 {
    let taken: BTreeSet<_> = all.iter().filter_map(|placed| placed.card()).collect();
    (1..ANY).find(|number| !taken.contains(number)).unwrap_or(1)
}
