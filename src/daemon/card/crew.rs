//! All cards of one line, as they come and go.

use std::{os::fd::BorrowedFd, sync::Arc, time::Duration};

use super::{Ask, Cable, CardLine, CardView, Ending, Reply, Seat, Spent};
use crate::{
    controller::{Controller as _, card::Sheet},
    daemon::problems::Origin,
    diagnostic::{Diagnostic, Explain},
    site::CardWay,
    units::Moment,
};

/// How long a card that left is kept in mind: where its screen was begun anew, the same card comes again at once, and need not be told
/// anything twice.
const GRACE: Duration = Duration::from_secs(2);

/// How long it may take to take down what is on a card that the site has no longer.
const FAREWELL: Duration = Duration::from_secs(15);

/// All cards of one line. Driven by moments alone; `open` gives the cable of a way.
pub struct Crew<C, O> {
    open: O,
    way: CardWay,
    seats: Vec<Seat>,
    /// `None` before the first card, and after something broke off.
    line: Option<CardLine<C>>,
    /// Whether the line has other cards than those at `seats`.
    is_stale: bool,
    /// What is wrong with a card has changed, or the card is no more: told by [`Crew::turn`].
    news: Vec<(Origin, Option<Vec<Diagnostic>>)>,
    /// The flash of the cards of these numbers was written.
    spent: Vec<(u16, Spent)>,
}

impl<C: Cable, O: FnMut(&CardWay, Moment) -> C> Crew<C, O> {
    /// Nobody on that way yet.
    pub const fn new(way: CardWay, open: O) -> Self {
        Self {
            open,
            way,
            seats: Vec::new(),
            line: None,
            is_stale: false,
            news: Vec::new(),
            spent: Vec::new(),
        }
    }

    /// The cards whose flash was written since this was called last, by their numbers, and how often it was on that day so far.
    pub fn spent(&mut self) -> Vec<(u16, Spent)> {
        std::mem::take(&mut self.spent)
    }

    /// Whether there is no card.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Takes a card in, which the next [`Crew::turn`] puts on the line. One that has just left is known already.
    pub fn join(&mut self, seat: Seat) {
        let is_it = |own: &&mut Seat| own.settings.number == seat.settings.number;
        let before = self.seats.iter_mut().find(is_it);
        if let Some(before) = before
            && before.settings == seat.settings
            && before.way == seat.way
            && !matches!(before.leaves, Some((Ending::Dismissed, _)))
        {
            let is_same = before.origin() == seat.origin();
            if !is_same {
                self.news.push((before.origin(), None));
            }
            let told = std::mem::take(&mut before.told);
            *before = Seat {
                sheet: before.sheet.take(),
                spent: before.spent.or(seat.spent),
                told: if is_same { told } else { Vec::new() },
                ..seat
            };
            return;
        }
        let number = seat.settings.number;
        let (stay, go): (Vec<_>, Vec<_>) = std::mem::take(&mut self.seats)
            .into_iter()
            .partition(|own| own.settings.number != number);
        self.news.extend(go.iter().map(|own| (own.origin(), None)));
        self.seats = stay;
        if seat.way != self.way {
            // The old cable goes first: a port is open once.
            self.line = None;
            self.way = seat.way.clone();
        }
        self.seats.push(seat);
        self.is_stale = true;
    }

    /// Forgets all that is known of line and cards: something broke off, of which `fault` tells.
    pub fn break_off(&mut self, fault: &impl Explain) {
        self.line = None;
        for seat in &mut self.seats {
            let problem = Diagnostic::of_file("site.toml".into(), fault);
            seat.told = vec![seat.of_card(&problem)];
            self.news.push((seat.origin(), Some(seat.told.clone())));
        }
    }

    /// Does all that is due at `now`, and `tell`s what is wrong with each card whenever that changes, and nothing of one that is no more; the
    /// moment by which to call again.
    pub fn turn(&mut self, now: Moment, mut tell: impl FnMut(&Origin, Option<&[Diagnostic]>)) -> Option<Moment> {
        if (self.line.is_none() || self.is_stale) && !self.seats.is_empty() {
            self.refit(now);
        }
        self.hand_on(now);
        self.take_leave(now);
        let due = self.line.as_mut().and_then(|line| line.poll(now));
        self.remember();
        self.look(now);
        for (origin, problems) in self.news.drain(..) {
            tell(&origin, problems.as_deref());
        }
        let leaves = self.seats.iter().filter_map(|seat| Some(seat.leaves?.1));
        due.into_iter().chain(leaves).min()
    }

    /// Waits until something comes over the cable or `wake` is readable, at most for `patience`.
    pub fn wait(&mut self, wake: BorrowedFd<'_>, patience: Duration) {
        if let Some(line) = &mut self.line {
            line.wait(wake, patience);
        }
    }

    /// Answers `ask`, if the card is of this line. What it orders is done at the next turn.
    pub fn answer(&mut self, ask: &Ask, now: Moment) {
        if self.is_stale {
            return;
        }
        let is_it = |seat: &Seat| (&seat.screen, seat.number) == (&ask.card.0, ask.card.1) && seat.leaves.is_none();
        let Some(at) = self.seats.iter().position(is_it) else {
            return;
        };
        let seat = &self.seats[at];
        let Some(session) = self.line.as_mut().and_then(|line| line.session(at)) else {
            return;
        };
        let is_taken = ask.order.is_none_or(|order| session.order(order, now));
        let reply = match is_taken {
            true => Reply::Stands(Box::new(CardView::of(seat, session, now))),
            false => Reply::Busy,
        };
        // Whoever has gone meanwhile asks again.
        let _ = ask.reply.try_send(reply);
    }

    /// The line, once there is one.
    pub const fn line(&self) -> Option<&CardLine<C>> {
        self.line.as_ref()
    }

    /// Makes the line one of the cards that there are, and shows those that begin what they were shown. The others go on.
    fn refit(&mut self, now: Moment) {
        self.is_stale = false;
        let mut news = Vec::new();
        let settings = self.seats.iter().map(|seat| seat.settings.clone());
        let line = match &mut self.line {
            Some(line) => {
                news = line.refit(settings, now);
                line
            }
            None => {
                let cable = (self.open)(&self.way, now);
                let name = Arc::clone(self.way.line());
                self.line.insert(CardLine::new(name, settings, cable))
            }
        };
        let seats = self.seats.iter().enumerate();
        for (at, seat) in seats.filter(|(at, _)| news.get(*at).is_none_or(|is_new| *is_new)) {
            if let (Some(session), Some((day, writes))) = (line.session(at), seat.spent) {
                session.spent(day, writes);
            }
            if let Some((sheet, came)) = &seat.sheet {
                line.show(at, sheet, *came);
            }
        }
    }

    /// Keeps of each session what another one for the same card must know.
    fn remember(&mut self) {
        let Some(line) = self.line.as_mut().filter(|_| !self.is_stale) else {
            return;
        };
        for (at, seat) in self.seats.iter_mut().enumerate() {
            if let Some(spent) = line.session(at).and_then(|session| session.writes())
                && seat.spent != Some(spent)
            {
                seat.spent = Some(spent);
                self.spent.push((seat.settings.number, spent));
            }
        }
    }

    /// Hands new sheets on to the sessions.
    fn hand_on(&mut self, now: Moment) {
        let Some(line) = &mut self.line else { return };
        for (at, seat) in self.seats.iter_mut().enumerate() {
            if seat.leaves.is_none()
                && let Some(sheet) = seat.mailbox.take()
            {
                line.show(at, &sheet, now);
                seat.sheet = Some((sheet, now));
            }
        }
    }

    /// Lets cards go to which nothing will come any more: soon where they keep what they have, else when that is taken down.
    fn take_leave(&mut self, now: Moment) {
        self.let_go(now);
        let Some(line) = &mut self.line else { return };
        for (at, seat) in self.seats.iter_mut().enumerate() {
            let Some(ending) = seat.mailbox.ending().filter(|_| seat.leaves.is_none()) else {
                continue;
            };
            seat.alive = None;
            if ending == Ending::Dismissed {
                seat.told.clear();
                self.news.push((seat.origin(), None));
            }
            let patience = match (ending, &seat.sheet) {
                (Ending::Dismissed, Some((sheet, _))) => {
                    let bare = bare(sheet);
                    line.show(at, &bare, now);
                    seat.sheet = Some((bare, now));
                    FAREWELL
                }
                (Ending::Dismissed, None) => Duration::ZERO,
                (Ending::Kept, _) => GRACE,
            };
            seat.leaves = Some((ending, now + patience));
        }
    }

    /// Lets those go that have taken leave.
    fn let_go(&mut self, now: Moment) {
        let Some(line) = &mut self.line else { return };
        let has_gone = self.seats.iter().enumerate().map(|(at, seat)| match seat.leaves {
            Some((Ending::Dismissed, until)) => {
                until <= now || line.session(at).is_none_or(|session| !session.is_under_way())
            }
            Some((Ending::Kept, until)) => until <= now,
            None => false,
        });
        let has_gone: Vec<bool> = has_gone.collect();
        if !has_gone.contains(&true) {
            return;
        }
        let mut has_gone = has_gone.into_iter();
        let gone = self.seats.extract_if(.., |_| has_gone.next().unwrap_or(false));
        self.news.extend(gone.map(|seat| (seat.origin(), None)));
        if !self.seats.is_empty() {
            self.refit(now);
        }
    }

    /// Looks what is wrong with each card. Of one that leaves nothing new is told.
    fn look(&mut self, now: Moment) {
        let Some(line) = &self.line else { return };
        for (at, seat) in self
            .seats
            .iter_mut()
            .enumerate()
            .filter(|(_, seat)| seat.leaves.is_none())
        {
            let found = line.problems(at, now);
            let found: Vec<_> = found.iter().map(|problem| seat.of_card(problem)).collect();
            if found != seat.told {
                self.news.push((seat.origin(), Some(found.clone())));
                seat.told = found;
            }
        }
    }
}

/// A sheet of nothing, with the rest as `sheet` has it.
fn bare(sheet: &Sheet) -> Arc<Sheet> {
    Arc::new(Sheet {
        areas: Vec::new(),
        fallback: None,
        ..sheet.clone()
    })
}
