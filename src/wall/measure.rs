//! What each item takes in each zone: pages, dwells, strips. Measured once and kept over reloads.

use std::{collections::HashMap, sync::Arc};

use jiff::SignedDuration;

use super::witness::{Task, Work, witnessed};
use crate::{
    item::Item,
    stage::{Content, Pane, Setting, Template},
    text::Compositor,
    units::{Digest, Ticks},
};

/// What has been measured, by what it depends on. Entries not asked for while a wall is built are dropped afterwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Measures {
    known: HashMap<Key, Measure>,
    /// What set them.
    compositor: Arc<Compositor>,
    /// The templates by name, as they stood when `known` was measured.
    templates: HashMap<Arc<str>, Arc<Template>>,
}

/// What a measure depends on: the content, the template, the room that there is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    content: Digest,
    template: Arc<str>,
    pane: Pane,
    /// Whether that is a ticker.
    is_ticker: bool,
}

/// What a content takes in a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// So many pages, each staying so long, and how they are set.
    Pages(Arc<[SignedDuration]>, Option<Setting>),
    /// So many ticks of a ticker.
    Strip(Ticks),
}

/// Measures for one wall: asks what is known first, and keeps what was asked for.
#[derive(Debug)]
pub(super) struct Measuring<'a> {
    before: &'a Measures,
    now: Measures,
}

impl Measures {
    /// Begins a new wall's measuring.
    pub(super) fn begin(&self, compositor: &Arc<Compositor>) -> Measuring<'_> {
        Measuring {
            before: self,
            now: Self {
                compositor: Arc::clone(compositor),
                ..Self::default()
            },
        }
    }

    /// What is known under `key`, unless the template or the type has changed since.
    fn recall(&self, key: &Key, template: &Arc<Template>, compositor: &Arc<Compositor>) -> Option<&Measure> {
        let same = self
            .templates
            .get(&template.name)
            .is_some_and(|before| before == template);
        self.known.get(key).filter(|_| same && self.compositor == *compositor)
    }
}

impl Measuring<'_> {
    /// What `content` of the item, whose digest is given, takes in `pane`: pages, or a part of a strip where that is a ticker.
    ///
    /// # Errors
    /// It cannot be measured: setting it panicked, with these words.
    pub(super) fn measure(
        &mut self,
        item: &Item,
        content: (&Content, Digest),
        template: &Arc<Template>,
        pane: Pane,
        is_ticker: bool,
    ) -> Result<Measure, String> {
        let (content, digest) = content;
        let key = Key {
            content: digest,
            template: Arc::clone(&template.name),
            pane,
            is_ticker,
        };
        if let Some(known) = self.now.known.get(&key) {
            return Ok(known.clone());
        }
        let compositor = &self.now.compositor;
        let work = Work {
            path: &item.file,
            digest: item.digest,
            task: Task::Measure(pane.size),
        };
        let measure = match self.before.recall(&key, template, compositor) {
            Some(known) => known.clone(),
            None => witnessed(&work, || {
                if is_ticker {
                    return Measure::Strip(template.ticker_ticks(compositor, content, pane));
                }
                let measured = template.measure(compositor, content, pane);
                Measure::Pages(measured.pages.into(), measured.setting)
            })?,
        };
        self.now
            .templates
            .entry(Arc::clone(&template.name))
            .or_insert_with(|| Arc::clone(template));
        self.now.known.insert(key, measure.clone());
        Ok(measure)
    }

    /// What to keep.
    pub(super) fn finish(self) -> Measures {
        self.now
    }
}
