//! How much of the past is kept.
//!
//! What goes is always the beginning of the journal. Of it stays what is needed to answer for the first instant that is kept.

use std::collections::{BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::{
    fault::JournalFault,
    line::{self, Unread},
    store::{Object, Store},
};
use crate::{
    units::Digest,
    wall::history::{self, Event, Record},
};

/// A journal's lines, and what they say.
type Lines<'a> = [(&'a [u8], Result<Record, Unread>)];

/// At most so much of the past goes at once: a clock that shows a wrong year for an hour does not cost the others.
const STEP: SignedDuration = SignedDuration::from_hours(31 * 24);

/// How far a record may lie ahead of now and be believed.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How long records are kept.
    pub age: SignedDuration,
    /// The journal's size in bytes.
    pub journal: u64,
    /// The size of all objects in bytes.
    pub objects: u64,
}

impl Default for Bounds {
    /// 400 days, 64 MiB and 1 GiB.
    fn default() -> Self {
        Self {
            age: SignedDuration::from_hours(400 * 24),
            journal: 64 << 20,
            objects: 1 << 30,
        }
    }
}

/// The journal of `lines` made to fit the bounds, seen from `now`; `None` where it fits.
pub(super) fn shorten(lines: &Lines<'_>, bounds: &Bounds, now: Timestamp) -> Option<Vec<u8>> {
    let cut = by_age(lines, bounds.age, now).max(by_size(lines, bounds.journal));
    if cut == 0 {
        return None;
    }
    let (old, kept) = lines.split_at(cut);
    let old: Vec<Record> = old.iter().filter_map(|(_, record)| record.clone().ok()).collect();
    let at = kept.iter().find_map(|(_, record)| Some(record.as_ref().ok()?.at));
    let begins = Record {
        at: at.unwrap_or(now),
        event: Event::Begins,
    };
    let mut text: Vec<u8> = line::encode(&begins).into();
    for record in history::base(&old) {
        text.extend(line::encode(&record).bytes());
    }
    // Lines of a newer program stay as they are; damaged ones say nothing.
    for (line, _) in kept.iter().filter(|(_, record)| *record != Err(Unread::Damaged)) {
        text.extend(*line);
        text.push(b'\n');
    }
    Some(text)
}

/// The programmes that `lines` speak of, the one used last first.
pub(super) fn programmes(lines: &Lines<'_>) -> Vec<Digest> {
    let digests = lines
        .iter()
        .rev()
        .filter_map(|(_, record)| match record.as_ref().ok()?.event {
            Event::Programme { digest, .. } => Some(digest),
            Event::Screen { edition, .. } => Some(edition.programme),
            _ => None,
        });
    let mut seen = HashSet::new();
    digests.filter(|digest| seen.insert(*digest)).collect()
}

/// The objects of the first of `programmes`, which is kept in any case, and of as many after it as `limit` bytes have room for.
pub(super) fn kept(store: &Store, programmes: &[Digest], limit: u64) -> Result<BTreeSet<Object>, JournalFault> {
    let sizes = store.all()?;
    let mut kept = BTreeSet::new();
    let mut total = 0;
    for programme in programmes {
        let fresh = fresh(store, *programme, &kept)?;
        total += fresh.iter().filter_map(|object| sizes.get(object)).sum::<u64>();
        if total > limit && !kept.is_empty() {
            break;
        }
        kept.extend(fresh);
    }
    Ok(kept)
}

/// What a programme has beyond what is `kept`. All of it is named by its list and by those that it stands upon.
fn fresh(store: &Store, programme: Digest, kept: &BTreeSet<Object>) -> Result<BTreeSet<Object>, JournalFault> {
    let mut fresh = BTreeSet::new();
    let mut next = Some(programme);
    while let Some(digest) = next.filter(|digest| !kept.contains(&Object::Programme(*digest))) {
        let list = store.list(digest)?.filter(|_| fresh.insert(Object::Programme(digest)));
        let Some(list) = list else { break };
        let files = list.files.values().copied().map(Object::File);
        fresh.extend(files.filter(|file| !kept.contains(file)));
        next = list.base;
    }
    Ok(fresh)
}

/// The first line that is young enough.
fn by_age(lines: &Lines<'_>, age: SignedDuration, now: Timestamp) -> usize {
    let ahead = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
    let told = |(_, record): &(&[u8], Result<Record, Unread>)| Some(record.as_ref().ok()?.at).filter(|at| *at <= ahead);
    let Some(first) = lines.iter().find_map(told) else {
        return 0;
    };
    let horizon = now.saturating_sub(age).unwrap_or(Timestamp::MIN);
    let horizon = horizon.min(first.saturating_add(STEP).unwrap_or(Timestamp::MAX));
    let young = lines.iter().position(|line| told(line).is_some_and(|at| at >= horizon));
    young.unwrap_or(0)
}

/// The first line of as many as have room in three quarters of `limit` bytes, where all of them have none in the whole.
fn by_size(lines: &Lines<'_>, limit: u64) -> usize {
    let size = |(line, _): &(&[u8], Result<Record, Unread>)| line.len() as u64 + 1;
    if lines.iter().map(size).sum::<u64>() <= limit {
        return 0;
    }
    let mut left = limit / 4 * 3;
    let fits = lines.iter().rev().take_while(|line| {
        let fits = size(line) <= left;
        left = left.saturating_sub(size(line));
        fits
    });
    lines.len() - fits.count()
}
