//! 现在屏幕.png: what is on each screen, and since when.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;

use super::{
    fault::FeedbackFault,
    names::{Names, file_name},
    store::{Stamp, Store, labels},
    trial::Trial,
    words::SCREEN,
};
use crate::{
    diagnostic::Language,
    frame::Frame,
    simulator::{
        Hub,
        picture::{self, Look},
    },
    site::Site,
    units::Moment,
};

/// A picture that changes all the time is written so often.
const PACE: Duration = Duration::from_secs(3);

/// A picture that stays is said to hold so often, by the time of its file: whoever looks sees that it is not an old one.
const REFRESH: Duration = Duration::from_secs(4);

/// How many files of a folder are looked through for pictures of screens that are gone.
const LISTED: usize = 10_000;

/// The pictures of all screens.
#[derive(Debug, Default)]
pub(super) struct Screens {
    written: BTreeMap<Arc<str>, Written>,
}

/// The picture of one screen as it was written last.
#[derive(Debug, Default)]
struct Written {
    path: String,
    frame: Option<Arc<Frame>>,
    at: Option<Moment>,
    /// How long the file was after that, in bytes; its time is set again and again.
    length: Option<u64>,
    trial: Trial,
}

impl Screens {
    /// Writes what has changed, and forgets the screens that `site` does not have.
    pub(super) fn turn(
        &mut self,
        store: &Store,
        site: &Site,
        hub: &Hub,
        moment: Moment,
        now: Timestamp,
        language: Language,
    ) {
        let mut names = Names::default();
        let paths: Vec<String> = site
            .screens
            .iter()
            .enumerate()
            .map(|(at, screen)| {
                let name = if at == 0 {
                    SCREEN.into()
                } else {
                    format!("{SCREEN}-{}", file_name(&screen.title, language))
                };
                names.give("", &name).trim_start_matches('/').to_owned() + ".png"
            })
            .collect();
        let before: BTreeSet<String> = self.written.values().map(|written| written.path.clone()).collect();
        self.written.retain(|id, _| site.screen(id).is_some());
        for (screen, path) in site.screens.iter().zip(&paths) {
            let written = self.written.entry(Arc::clone(&screen.id)).or_default();
            if written.path != *path {
                *written = Written {
                    path: path.clone(),
                    ..Written::default()
                };
            }
            if written.is_due(moment)
                && let Some((frame, since)) = hub.shot(&screen.id)
            {
                let result = written.write(store, &screen.id, &frame, since.unwrap_or(now), moment);
                written.trial.note(result, moment);
            }
        }
        let after: BTreeSet<String> = paths.into_iter().collect();
        if before != after {
            tidy(store, &after);
        }
    }

    /// What cannot be written.
    pub(super) fn fault(&self, moment: Moment) -> Option<&FeedbackFault> {
        self.written.values().find_map(|written| written.trial.fault(moment))
    }

    /// Removes all pictures.
    pub(super) fn clear(&mut self, store: &Store) {
        self.written.clear();
        tidy(store, &BTreeSet::new());
    }
}

impl Written {
    fn is_due(&self, moment: Moment) -> bool {
        self.trial.is_due(moment) && self.at.is_none_or(|at| moment.since(at) >= PACE)
    }

    fn write(
        &mut self,
        store: &Store,
        screen: &str,
        frame: &Arc<Frame>,
        since: Timestamp,
        moment: Moment,
    ) -> Result<(), FeedbackFault> {
        if self.frame.as_deref() == Some(&**frame) {
            let is_fresh = self.at.is_some_and(|at| moment.since(at) < REFRESH);
            if is_fresh {
                return Ok(());
            }
            // A file that is another one, or cannot be touched, is gone or somebody has changed it: it is written anew.
            let is_as_long = store.stamp(&self.path).map(Stamp::length) == self.length;
            if is_as_long && store.is_ours(&self.path) && store.touch(&self.path, SystemTime::now()).is_ok() {
                self.at = Some(moment);
                return Ok(());
            }
        }
        let instant = since.to_string();
        let [label, place] = labels(&self.path);
        let labels = [label, place, ("Instant", &instant), ("Screen", screen)];
        // A screen that is too large for a picture has none.
        if let Ok(bytes) = picture::labelled(frame, Look::PLAIN, &labels) {
            store.put(&self.path, &bytes)?;
        }
        self.frame = Some(Arc::clone(frame));
        self.at = Some(moment);
        self.length = store.stamp(&self.path).map(Stamp::length);
        Ok(())
    }
}

/// Removes the pictures of screens that are gone.
fn tidy(store: &Store, kept: &BTreeSet<String>) {
    for listed in store.list("", LISTED) {
        let is_picture = listed.name.starts_with(SCREEN) && listed.name.ends_with(".png") && !listed.is_folder;
        if is_picture && !kept.contains(&listed.name) && store.is_ours(&listed.name) {
            let _ = store.remove(&listed.name);
        }
    }
}
