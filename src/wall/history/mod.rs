//! What really ran: records of what happened, the answers that they give, and the past painted again.
//!
//! ```text
//! Record, Record, … -> History -> Stand (which programmes on a screen at an instant) -> Replay -> Frame
//! ```
//!
//! Pure: records come in as values, and the walls of the past are built by whoever has their files. The daemon writes the records; the
//! state folder keeps them.

mod base;
mod record;
mod replay;
mod run;
mod stand;

use std::sync::Arc;

use jiff::Timestamp;

pub use base::base;
pub use record::{Event, Holding, Maker, Record};
pub use replay::{LONGEST_CHAIN, Replay, retrace};
pub use run::{Held, Programme};
pub use stand::{Stand, Step, Stop, TakeOver};

use run::Run;

/// Everything that is known of the past.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// In the order in which they were written.
    runs: Vec<Run>,
    /// From when on everything is known.
    begins: Option<Timestamp>,
}

/// What is known of one instant.
#[derive(Clone, Debug)]
pub enum Then<'a> {
    /// A daemon was running.
    Running(Stand<'a>),
    /// No daemon was running.
    Down {
        /// Since when at the latest; `None` where none had ever run.
        since: Option<Timestamp>,
        /// Until when; `None` where none has run since.
        until: Option<Timestamp>,
    },
    /// It lies before everything that is known.
    Unknown,
}

impl History {
    /// What `records`, in the order in which they were written, tell. Of a daemon of which no end is told it is known that it ran
    /// until `alive`; `None` stands for one that runs still.
    pub fn new(records: &[Record], alive: Option<Timestamp>) -> Self {
        let mut history = Self::default();
        for record in records {
            history.enter(record);
        }
        if let (Some(run), Some(alive)) = (history.runs.last_mut(), alive) {
            run.end(alive);
        }
        history
    }

    /// From when on everything is known; `None` where nothing is.
    pub const fn begins(&self) -> Option<Timestamp> {
        self.begins
    }

    /// What is known of the site in the folder `site` alone.
    #[must_use]
    pub fn only(mut self, site: &str) -> Self {
        self.runs.retain(|run| &*run.site == site);
        self
    }

    /// The site that was played last; `None` where none was.
    pub fn last_site(&self) -> Option<&Arc<str>> {
        self.runs.last().map(|run| &run.site)
    }

    /// What is known of `instant`. Where the clock was set back and an instant came twice, it is the later time.
    pub fn at(&self, instant: Timestamp) -> Then<'_> {
        if self.begins.is_none_or(|begins| instant < begins) {
            return Then::Unknown;
        }
        let running = self.runs.iter().rev().find_map(|run| run.at(instant));
        running.map_or_else(|| self.down(instant), Then::Running)
    }

    fn down(&self, instant: Timestamp) -> Then<'_> {
        let ends = self.runs.iter().filter_map(Run::ended);
        let starts = self.runs.iter().map(Run::started);
        Then::Down {
            since: ends.filter(|end| *end <= instant).max(),
            until: starts.filter(|start| *start > instant).min(),
        }
    }

    fn enter(&mut self, record: &Record) {
        self.begins.get_or_insert(record.at);
        match &record.event {
            Event::Begins => self.begins = Some(record.at),
            Event::Started { maker, site, .. } => {
                if let Some(run) = self.runs.last_mut() {
                    // Its end was lost; it is known only up to its last record.
                    run.end_as_told();
                }
                self.runs.push(Run::new(record.at, site, maker));
            }
            event => {
                if let Some(run) = self.runs.last_mut() {
                    run.enter(record.at, event);
                }
            }
        }
    }
}
