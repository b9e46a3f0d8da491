//! All of a site's feedback, turn by turn.

use std::{path::Path, sync::Arc, time::Duration};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

use super::{
    csv::{END, MARK},
    fault::FeedbackFault,
    idle::Idle,
    imports::Imports,
    list::list,
    notice::Notice,
    previews::{PAGE_LIMIT, Previews},
    screens::Screens,
    sheet::plan,
    store::{Stamp, Store},
    trial::Trial,
    words as w,
};
use crate::{
    diagnostic::Language,
    simulator::Hub,
    units::{Digest, Moment},
    wall::{ImportView, Wall},
};

/// How long to rest after a page, and after a turn that found nothing to do.
const BREATH: Duration = Duration::from_millis(30);
const REST: Duration = Duration::from_millis(400);

/// A day's plan is worked out so often at most, however fast a clerk saves.
const PLAN_PACE: Duration = Duration::from_secs(5);

/// So often it is looked whether the files are as they were written: people edit and delete what they find.
const LOOK: Duration = Duration::from_secs(30);

/// How things stand.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// What the screens show.
    pub hub: &'a Hub,
    /// The wall in force.
    pub wall: &'a Arc<Wall>,
    /// What is wrong, part by part.
    pub notices: &'a [Notice],
    /// The videos that are being taken in.
    pub imports: &'a [ImportView],
    /// What time it is for what is shown.
    pub now: Timestamp,
    /// The same by the clock that never steps.
    pub moment: Moment,
    /// Whether anybody knows which day it is.
    pub is_dated: bool,
}

/// What a turn came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What cannot be written: one problem at most.
    pub fault: Option<FeedbackFault>,
    /// How long to wait before the next turn.
    pub rest: Duration,
}

/// Writes one site's feedback. Each turn writes what is due, and of the previews one page.
#[derive(Debug)]
pub struct Desk {
    store: Store,
    language: Language,
    about: Part<()>,
    screens: Screens,
    list: Part<Listed>,
    /// The problems, since when they are what they are, and how often they have changed.
    known: Option<(Vec<Notice>, DateTime, u64)>,
    imports: Imports,
    sheet: Part<(Digest, Date)>,
    /// What does not play on the day of the sheet.
    idle: Arc<[Idle]>,
    /// When the day's plan was worked out last.
    planned: Option<Moment>,
    /// When the files were looked at last.
    looked: Option<Moment>,
    previews: (Previews, Trial),
    /// The most previews.
    pages: usize,
    is_clear: bool,
}

/// What the list takes from `site.toml`.
type Site = (Arc<str>, crate::site::Contact);
/// What the list of problems is made of: how often they have changed, the site, what plays nowhere, and the videos that are being taken in.
type Listed = (u64, Site, Arc<[Idle]>, Arc<[ImportView]>);

/// One file that is written when what it was made from changes.
#[derive(Debug)]
struct Part<T> {
    written: Option<T>,
    /// How the file was known after that.
    stamp: Option<Stamp>,
    trial: Trial,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self {
            written: None,
            stamp: None,
            trial: Trial::default(),
        }
    }
}

impl<T: PartialEq> Part<T> {
    /// Lets `write` write the file at that path, where it was made from something else than `source` and may be tried.
    fn turn(
        &mut self,
        source: T,
        (store, path): (&Store, &str),
        moment: Moment,
        write: impl FnOnce() -> Result<(), FeedbackFault>,
    ) {
        if self.written.as_ref() == Some(&source) || !self.trial.is_due(moment) {
            return;
        }
        let result = write();
        self.written = result.is_ok().then_some(source);
        self.stamp = store.stamp(path);
        self.trial.note(result, moment);
    }

    /// Forgets that the file was written, where it is no longer as it was.
    fn look(&mut self, store: &Store, path: &str) {
        if self.written.is_some() && store.stamp(path) != self.stamp {
            self.written = None;
        }
    }
}

impl Desk {
    /// The feedback of the site in the folder `site`, in `language`.
    pub fn new(site: &Path, language: Language) -> Self {
        Self::new_in(Store::new(site), language)
    }

    fn new_in(store: Store, language: Language) -> Self {
        Self {
            store,
            language,
            about: Part::default(),
            screens: Screens::default(),
            list: Part::default(),
            known: None,
            imports: Imports::default(),
            sheet: Part::default(),
            idle: Arc::default(),
            planned: None,
            looked: None,
            previews: (Previews::new(PAGE_LIMIT), Trial::default()),
            pages: PAGE_LIMIT,
            is_clear: false,
        }
    }

    /// The same with at most `pages` previews, in place of [`PAGE_LIMIT`].
    #[must_use]
    pub fn with_page_limit(mut self, pages: usize) -> Self {
        self.previews.0 = Previews::new(pages);
        self.pages = pages;
        self
    }

    /// Writes what is due.
    pub fn turn(&mut self, situation: &Situation<'_>) -> Turn {
        let resting = |fault| Turn { fault, rest: REST };
        if !self.store.has_site() {
            // That is told by whoever follows the folder.
            return resting(None);
        }
        if !situation.wall.site().has_feedback {
            return resting(self.clear());
        }
        self.is_clear = false;
        let Situation {
            hub, wall, now, moment, ..
        } = *situation;
        self.screens
            .turn(&self.store, wall.site(), hub, moment, now, self.language);
        self.look(moment);
        self.write_about(moment);
        self.write_list(situation);
        self.write_sheet(situation);
        let has_more = self.draw_previews(situation);
        Turn {
            fault: self.fault(moment).cloned(),
            rest: if has_more { BREATH } else { REST },
        }
    }

    /// Looks, now and then, whether somebody has changed or removed what was written. The pictures are looked at where they are made.
    fn look(&mut self, moment: Moment) {
        if self.looked.is_some_and(|looked| moment.since(looked) < LOOK) {
            return;
        }
        self.looked = Some(moment);
        self.about.look(&self.store, w::ABOUT);
        self.list.look(&self.store, w::LIST);
        self.sheet.look(&self.store, w::SHEET);
    }

    fn write_about(&mut self, moment: Moment) {
        let (store, language) = (&self.store, self.language);
        self.about.turn((), (store, w::ABOUT), moment, || {
            let text = w::ABOUT_TEXT.get(language).replace('\n', END);
            store.renew(w::ABOUT, format!("{MARK}{text}").as_bytes())
        });
    }

    fn write_list(&mut self, situation: &Situation<'_>) {
        let Situation {
            wall,
            notices,
            imports,
            now,
            moment,
            ..
        } = *situation;
        let site = wall.site();
        let imports = self.imports.turn(imports, moment);
        if self.known.as_ref().is_none_or(|(before, ..)| before != notices) {
            let number = self.known.as_ref().map_or(0, |(.., number)| number + 1);
            self.known = Some((notices.to_vec(), site.timezone.to_datetime(now), number));
        }
        let Some((_, since, number)) = &self.known else { return };
        let source = (
            *number,
            (Arc::clone(&site.title), site.contact.clone()),
            Arc::clone(&self.idle),
            Arc::clone(&imports),
        );
        let (idle, store, language) = (&self.idle, &self.store, self.language);
        self.list.turn(source, (store, w::LIST), moment, || {
            store.renew(w::LIST, &list(site, notices, (&imports, idle), *since, language))
        });
    }

    /// A clock that nobody believes knows of no day: then the plan stays as it was.
    fn write_sheet(&mut self, situation: &Situation<'_>) {
        let Situation { wall, now, moment, .. } = *situation;
        let is_early = self.planned.is_some_and(|planned| moment.since(planned) < PLAN_PACE);
        if is_early || !situation.is_dated {
            return;
        }
        let date = wall.site().timezone.to_datetime(now).date();
        let (store, language) = (&self.store, self.language);
        let (planned, idle) = (&mut self.planned, &mut self.idle);
        self.sheet.turn((wall.digest(), date), (store, w::SHEET), moment, || {
            let (sheet, unplayed) = plan(wall, date, language);
            // The list tells of them with the next turn.
            *idle = unplayed.into();
            store.renew(w::SHEET, &sheet)?;
            *planned = Some(moment);
            Ok(())
        });
    }

    /// Draws the next page; whether there are more.
    fn draw_previews(&mut self, situation: &Situation<'_>) -> bool {
        let Situation { wall, now, moment, .. } = *situation;
        let (previews, trial) = &mut self.previews;
        if !trial.is_due(moment) {
            return false;
        }
        let civil = wall.site().timezone.to_datetime(now);
        let result = previews.turn(&self.store, wall, (civil, moment), self.language);
        let has_more = *result.as_ref().unwrap_or(&false);
        trial.note(result.map(|_| ()), moment);
        has_more
    }

    /// What is to be told, of whichever part.
    fn fault(&self, moment: Moment) -> Option<&FeedbackFault> {
        let trials = [&self.about.trial, &self.list.trial, &self.sheet.trial, &self.previews.1];
        let of_parts = trials.into_iter().find_map(|trial| trial.fault(moment));
        self.screens.fault(moment).or(of_parts)
    }

    /// Removes what was written, once: a picture that nobody renews tells what is no longer so.
    fn clear(&mut self) -> Option<FeedbackFault> {
        if self.is_clear {
            return None;
        }
        self.screens.clear(&self.store);
        let files = [w::LIST, w::SHEET, w::ABOUT];
        let removed = files.iter().try_for_each(|path| self.store.remove(path));
        let removed = removed.and_then(|()| self.previews.0.clear(&self.store));
        self.store.remove_empty(w::PREVIEWS);
        self.store.remove_empty("");
        if removed.is_ok() {
            let fresh = Self::new_in(self.store.clone(), self.language).with_page_limit(self.pages);
            *self = Self {
                is_clear: true,
                ..fresh
            };
        }
        removed.err()
    }
}
