//! 预览: every page of every item as the screen would show it, one picture a page.
//!
//! Worked through page by page, so that whoever calls can rest in between. What looks as before is not painted again, and a picture
//! that is the same on the disk is not written again.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use jiff::civil::DateTime;

use super::{
    fault::FeedbackFault,
    names::{Names, file_name},
    store::{Stamp, Store, labels},
    words as w,
};
use crate::{
    diagnostic::Language,
    simulator::picture::{self, Look},
    units::Moment,
    wall::{Proof, Wall},
};

/// The most pages that are drawn: what a person could look through, with room to spare.
pub const PAGE_LIMIT: usize = 2_000;

/// How many items that look as before are passed over at a time.
const PASSED: usize = 100;

/// What is there is looked at so often, and so many items at a time.
const LOOK: Duration = Duration::from_secs(30);
const LOOKED: usize = 20;

/// How many files of a folder are looked through for what is gone.
const LISTED: usize = 20_000;

/// Picture dots an LED: large enough to read on a desktop, round as on the wall.
const DOTS: u32 = 4;

/// The previews of all items.
#[derive(Debug, Default)]
pub(super) struct Previews {
    /// The wall that was worked through last, or is being worked through.
    wall: Option<Arc<Wall>>,
    /// Whether what is known was set by the type that sets now.
    is_same_type: bool,
    /// By the item's file: what its pictures were made from.
    known: HashMap<Arc<str>, Known>,
    queue: VecDeque<Proof>,
    open: Option<Open>,
    names: Names,
    expected: BTreeSet<String>,
    /// The day by which days are counted.
    day: DateTime,
    has_swept: bool,
    /// When a round of looking at what is there began, and how many items it has looked at.
    looked: Option<Moment>,
    at: usize,
    /// The most pages.
    limit: usize,
}

/// An item whose pictures are there.
#[derive(Clone, Debug)]
struct Known {
    proof: Proof,
    day: DateTime,
    /// Its path without page and ending.
    stem: String,
    pages: u16,
    /// How its pictures were known once they were drawn.
    stamps: Vec<Option<Stamp>>,
}

/// The item that is being drawn.
#[derive(Debug)]
struct Open {
    known: Known,
    next: u16,
}

impl Previews {
    /// None yet, and at most `limit` pages.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// Does the next piece of work for `wall`, on a day of the civil time `now`, at that moment; whether there is more to do.
    pub(super) fn turn(
        &mut self,
        store: &Store,
        wall: &Arc<Wall>,
        (now, moment): (DateTime, Moment),
        language: Language,
    ) -> Result<bool, FeedbackFault> {
        let day = now.date().at(12, 0, 0, 0);
        if self.is_stale(wall, day) {
            self.begin(wall, day);
        }
        if self.open.is_none() {
            self.advance(store, wall, language);
        }
        if self.open.is_some() {
            self.draw(store, wall, language)?;
        } else if !self.queue.is_empty() {
            // The next turn goes on.
        } else if !self.has_swept {
            self.sweep(store)?;
        } else {
            self.look(store, moment, language);
        }
        Ok(self.open.is_some() || !self.queue.is_empty() || !self.has_swept)
    }

    /// Removes all previews.
    pub(super) fn clear(&mut self, store: &Store) -> Result<(), FeedbackFault> {
        *self = Self::new(self.limit);
        self.sweep(store)
    }

    fn is_stale(&self, wall: &Arc<Wall>, day: DateTime) -> bool {
        let is_other = self.wall.as_ref().is_none_or(|before| before.digest() != wall.digest());
        is_other || (self.day != day && self.known.values().any(|known| known.proof.tells_days()))
    }

    fn begin(&mut self, wall: &Arc<Wall>, day: DateTime) {
        self.is_same_type = self
            .wall
            .as_ref()
            .is_some_and(|before| std::ptr::eq(before.compositor(), wall.compositor()));
        self.wall = Some(Arc::clone(wall));
        self.day = day;
        self.queue = wall.proofs().into();
        self.open = None;
        self.names = Names::default();
        self.expected.clear();
        self.has_swept = false;
        if !self.is_same_type {
            self.known.clear();
        }
        let files: BTreeSet<&Arc<str>> = self.queue.iter().map(|proof| &proof.item.file).collect();
        self.known.retain(|file, _| files.contains(file));
    }

    /// Goes on to the next item that looks another way than before.
    fn advance(&mut self, store: &Store, wall: &Wall, language: Language) {
        for _ in 0..PASSED {
            let Some(proof) = self.queue.pop_front() else { return };
            let stem = self.stem(&proof, wall, language);
            if let Some(known) = self.known.get(&proof.item.file)
                && known.stem == stem
                && known.proof == proof
                && (known.day == self.day || !proof.tells_days())
                && known.paths(language).all(|path| store.has(&path))
            {
                let paths: Vec<String> = known.paths(language).collect();
                self.expect(paths);
                continue;
            }
            let pages = proof.pages(wall.compositor());
            let day = self.day;
            let known = Known {
                proof,
                day,
                stem,
                pages,
                stamps: Vec::new(),
            };
            self.expect(known.paths(language).collect());
            self.open = Some(Open { known, next: 0 });
            return;
        }
    }

    /// Looks at the next items' pictures; one that somebody has changed or removed is drawn again.
    fn look(&mut self, store: &Store, moment: Moment, language: Language) {
        if self.at >= self.known.len() {
            if self.looked.is_some_and(|looked| moment.since(looked) < LOOK) {
                return;
            }
            (self.looked, self.at) = (Some(moment), 0);
        }
        let mut batch = self.known.values().skip(self.at).take(LOOKED);
        let other = batch
            .find(|known| known.stamps_of(store, language) != known.stamps)
            .cloned();
        self.at += LOOKED;
        self.open = other.map(|known| Open { known, next: 0 });
    }

    fn expect(&mut self, paths: Vec<String>) {
        let room = self.limit.saturating_sub(self.expected.len());
        self.expected.extend(paths.into_iter().take(room));
    }

    /// 预览/column/title, or 预览/待审/column/title; what waits for approval in no column lies in 预览/待审 itself.
    fn stem(&mut self, proof: &Proof, wall: &Wall, language: Language) -> String {
        let column = wall.site().column(&proof.item.column);
        let column = column.map_or(&proof.item.column, |column| &column.title);
        let column = file_name(column, language);
        let drafts = w::DRAFTS.get(language);
        let folder = match proof.is_draft {
            true if proof.item.column.is_empty() => format!("{}/{drafts}", w::PREVIEWS),
            true => format!("{}/{drafts}/{column}", w::PREVIEWS),
            false => format!("{}/{column}", w::PREVIEWS),
        };
        self.names.give(&folder, &file_name(&proof.item.title, language))
    }

    /// Draws the next page of the item that is open. Where that cannot be written, it stays the next one.
    fn draw(&mut self, store: &Store, wall: &Wall, language: Language) -> Result<(), FeedbackFault> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let known = &open.known;
        if let Some(path) = known.path(open.next, language)
            && self.expected.contains(&path)
        {
            let frame = known.proof.picture(wall, open.next, known.day);
            let look = Look::dots(DOTS).unwrap_or(Look::PLAIN);
            let is_free = !store.has(&path) || store.is_ours(&path);
            // What is too large for a picture has none; what somebody else has put in its place stays there.
            if let Some(Ok(bytes)) = frame.map(|frame| picture::labelled(&frame, look, &labels(&path)))
                && is_free
            {
                store.renew(&path, &bytes)?;
            }
        }
        open.next += 1;
        if open.next >= known.pages
            && let Some(Open { mut known, .. }) = self.open.take()
        {
            known.stamps = known.stamps_of(store, language);
            self.known.insert(Arc::clone(&known.proof.item.file), known);
        }
        Ok(())
    }

    /// Removes the pictures of what is gone, and the folders that are empty then.
    fn sweep(&mut self, store: &Store) -> Result<(), FeedbackFault> {
        self.sweep_folder(store, w::PREVIEWS, 0)?;
        self.has_swept = true;
        Ok(())
    }

    fn sweep_folder(&self, store: &Store, folder: &str, depth: u8) -> Result<(), FeedbackFault> {
        for listed in store.list(folder, LISTED) {
            let path = format!("{folder}/{}", listed.name);
            if listed.is_folder && depth < 2 {
                self.sweep_folder(store, &path, depth + 1)?;
                if !self.expected.iter().any(|kept| kept.starts_with(&format!("{path}/"))) {
                    store.remove_empty(&path);
                }
            } else if path.ends_with(".png") && !self.expected.contains(&path) && store.is_ours(&path) {
                store.remove(&path)?;
            }
        }
        Ok(())
    }
}

impl Known {
    fn paths(&self, language: Language) -> impl Iterator<Item = String> {
        (0..self.pages).filter_map(move |page| self.path(page, language))
    }

    fn stamps_of(&self, store: &Store, language: Language) -> Vec<Option<Stamp>> {
        self.paths(language).map(|path| store.stamp(&path)).collect()
    }

    /// The picture of page `page`, from 0; numbers are as wide as the last one, so that they sort.
    fn path(&self, page: u16, language: Language) -> Option<String> {
        let width = self.pages.to_string().len();
        let number = format!("{:0width$}", page + 1);
        (page < self.pages).then(|| self.stem.clone() + &w::PAGE.get(language).replace("{}", &number))
    }
}
