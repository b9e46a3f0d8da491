//! A day's rows, put together until a person can read them: one an item and stretch of its playlist.

use std::{collections::HashMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};

use crate::{
    diagnostic::Bilingual,
    playlist::Priority,
    wall::{Row, Shown},
};

/// A playlist that was away from its zone for less is still the same stretch: others of its rank took their turns in between.
const GAP: SignedDuration = SignedDuration::from_mins(30);

/// An item in one zone from its first time to its last, or the dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) zone: Arc<str>,
    pub(super) since: Timestamp,
    pub(super) until: Timestamp,
    /// How often it began; 0 for the dark.
    pub(super) times: u32,
    pub(super) total: SignedDuration,
    pub(super) what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Item {
        item: Arc<str>,
        title: Arc<str>,
        pages: u16,
        playlist: Arc<str>,
        priority: Priority,
    },
    /// Why it is dark.
    Dark(Bilingual),
}

/// What belongs to one stretch: the zone, the playlist's turn there, the item.
type Key = (Arc<str>, usize, Arc<str>);

/// The stretches of one screen's rows, which come in the order of their beginnings; in the order of theirs.
pub(super) fn gather(rows: impl Iterator<Item = Row>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut turns = Turns::default();
    for row in rows {
        let key = turns.key(&row);
        if let Some(at) = places.get(&key) {
            stretches[*at].add(&row);
        } else {
            places.insert(key, stretches.len());
            stretches.push(Stretch::of(row));
        }
    }
    stretches.sort_by_key(|stretch| stretch.since);
    stretches
}

/// The turns of playlists, and of reasons for dark, in their zones.
#[derive(Default)]
struct Turns {
    last: HashMap<(Arc<str>, Arc<str>), (usize, Timestamp)>,
    count: usize,
}

impl Turns {
    fn key(&mut self, row: &Row) -> Key {
        let (name, item, gap): (Arc<str>, Arc<str>, _) = match &row.shown {
            Shown::Page { playlist, item, .. } => (Arc::clone(playlist), Arc::clone(item), GAP),
            Shown::Dark(zh, _) => (zh.as_str().into(), "".into(), SignedDuration::ZERO),
        };
        let fresh = (self.count, row.since);
        let (turn, until) = self.last.entry((Arc::clone(&row.zone), name)).or_insert(fresh);
        if row.since.duration_since(*until) > gap {
            *turn = self.count;
        }
        if *turn == self.count {
            self.count += 1;
        }
        *until = row.until.max(*until);
        (Arc::clone(&row.zone), *turn, item)
    }
}

impl Stretch {
    fn of(row: Row) -> Self {
        let times = u32::from(matches!(row.shown, Shown::Page { .. }));
        let what = match row.shown {
            Shown::Page {
                item,
                title,
                pages,
                playlist,
                priority,
                ..
            } => What::Item {
                item,
                title,
                pages,
                playlist,
                priority,
            },
            Shown::Dark(zh, en) => What::Dark(Bilingual::new(zh, en)),
        };
        Self {
            zone: row.zone,
            since: row.since,
            until: row.until,
            times,
            total: row.until.duration_since(row.since),
            what,
        }
    }

    /// The identity of the item.
    pub(super) fn item(&self) -> Option<Arc<str>> {
        match &self.what {
            What::Item { item, .. } => Some(Arc::clone(item)),
            What::Dark(_) => None,
        }
    }

    fn add(&mut self, row: &Row) {
        self.times += u32::from(matches!(row.shown, Shown::Page { page: 1, .. }));
        self.total += row.until.duration_since(row.since);
        self.until = row.until.max(self.until);
    }
}
