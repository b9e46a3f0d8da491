//! In which order the items of a column play.

use std::sync::Arc;

use super::natural::NaturalKey;
use crate::{item::Item, playlist::Order};

/// Puts a column's items in the order asked for; equal ones in that of their paths, as people count.
pub(super) fn sort(items: &mut [&Arc<Item>], order: Order) {
    items.sort_by_cached_key(|item| NaturalKey::of(&item.file));
    match order {
        Order::Path => {}
        Order::Oldest => items.sort_by_key(|item| dated(item)),
        // What has no date was just dropped in: behind a limit it would never be seen.
        Order::Newest => items.sort_by_key(|item| (dated(item).is_some(), std::cmp::Reverse(dated(item)))),
    }
}

/// The time by which an item is new: when it was published, else from when on it shows.
fn dated(item: &Item) -> Option<jiff::civil::DateTime> {
    item.published.or(item.from)
}
