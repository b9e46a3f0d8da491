//! Items in force that do not play on a day, and why.

use std::{collections::HashSet, sync::Arc};

use jiff::{SignedDuration, Timestamp};

use crate::{diagnostic::Bilingual, wall::Wall};

/// The most of them that are looked into.
const LIMIT: usize = 1_000;

/// An item in force that does not play on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// Its file.
    pub file: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Its column's title; empty where it lies in none.
    pub column: Arc<str>,
    /// Why it does not play.
    pub why: Bilingual,
}

/// Of the items whose term covers some of the day from `from` until `until`, those that are not among the `played`, in path order.
pub(super) fn idle(wall: &Arc<Wall>, played: &HashSet<Arc<str>>, from: Timestamp, until: Timestamp) -> Vec<Idle> {
    let terms = wall.items().iter().zip(wall.terms());
    let covers = terms
        .filter(|(_, term)| term.from.is_none_or(|begins| begins < until) && term.until.is_none_or(|ends| from < ends));
    let items: Vec<_> = covers
        .map(|(item, _)| item)
        .filter(|item| !played.contains(&item.id))
        .take(LIMIT)
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    let ids: Vec<_> = items.iter().map(|item| Arc::clone(&item.id)).collect();
    // Noon: what is in force on the day mostly is then, and screens are lit.
    let noon = from.checked_add(SignedDuration::from_hours(12)).unwrap_or(from);
    let site = wall.site();
    let reasons = wall.absences(&ids, noon).into_iter();
    let idle = items.into_iter().zip(reasons).map(|(item, why)| Idle {
        file: Arc::clone(&item.file),
        title: Arc::clone(&item.title),
        column: site
            .column(&item.column)
            .map_or_else(|| Arc::clone(&item.column), |column| Arc::clone(&column.title)),
        why,
    });
    idle.collect()
}
