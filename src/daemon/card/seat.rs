//! One card's place on its line: whose it is, and what it ought to show.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Ending, SheetBox};
use crate::{
    controller::{card::Sheet, onbon::Settings},
    daemon::{problems::Origin, threads::Alive},
    diagnostic::{Bilingual, Diagnostic},
    site::{Card, CardWay, Screen},
    units::Moment,
};

/// A civil day, and how often the card's flash was written on it.
pub type Spent = (Date, u32);

/// One card's place on its line.
#[derive(Debug)]
pub struct Seat {
    /// The identity of the screen.
    pub(super) screen: Arc<str>,
    /// The card's number on the screen, from 0 on.
    pub(super) number: usize,
    pub(super) way: CardWay,
    pub(super) settings: Settings,
    pub(super) mailbox: Arc<SheetBox>,
    /// What it ought to show, and since when.
    pub(super) sheet: Option<(Arc<Sheet>, Moment)>,
    /// How often its flash was written on that day: sessions come and go, the card stays.
    pub(super) spent: Option<Spent>,
    /// What is told of it.
    pub(super) told: Vec<Diagnostic>,
    /// Held until the mailbox is closed.
    pub(super) alive: Option<Alive>,
    /// How it ends, and at which moment at the latest.
    pub(super) leaves: Option<(Ending, Moment)>,
}

impl Seat {
    /// The place of `screen`'s card of that number, from 0 on, to which sheets come by `mailbox`.
    pub fn new(screen: &Screen, number: usize, card: &Card, mailbox: Arc<SheetBox>) -> Self {
        Self {
            screen: Arc::clone(&screen.id),
            number,
            way: card.way.clone(),
            settings: settings(card, screen),
            mailbox,
            sheet: None,
            spent: None,
            told: Vec::new(),
            alive: None,
            leaves: None,
        }
    }

    /// The same, whose flash was written so often before.
    #[must_use]
    pub const fn having_spent(mut self, spent: Option<Spent>) -> Self {
        self.spent = spent;
        self
    }

    /// The same, which holds `alive` until its mailbox is closed.
    #[must_use]
    pub(super) fn holding(mut self, alive: Alive) -> Self {
        self.alive = Some(alive);
        self
    }

    pub(super) fn origin(&self) -> Origin {
        Origin::Card(Arc::clone(&self.screen), self.number)
    }

    /// The problem, with the name of the card that has it: what a line tells is of no line of site.toml.
    pub(super) fn of_card(&self, problem: &Diagnostic) -> Diagnostic {
        let (screen, number) = (&self.screen, self.number + 1);
        let Bilingual { zh, en } = &problem.message;
        Diagnostic {
            message: Bilingual::new(
                format!("屏幕“{screen}”第 {number} 张卡：{zh}"),
                format!("card {number} of screen \"{screen}\": {en}"),
            ),
            ..problem.clone()
        }
    }
}

/// What the session of `card` must be told.
fn settings(card: &Card, screen: &Screen) -> Settings {
    Settings {
        model: card.model,
        number: card.number,
        baud: card.way.baud(),
        turnaround: card.way.turnaround(),
        size: card.region.size(),
        colour: screen.colour.of_card(),
    }
}
