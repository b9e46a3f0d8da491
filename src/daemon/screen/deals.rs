//! What the cards of a screen ought to show, where that is due.
//!
//! ```text
//! Projector, or the frame that is shown -> wall::Dealer of each card -> Sheet
//! ```
//!
//! As long as the programme plays, a card is dealt its pages, and turns them by itself where the line is slow. During a stop, a panel test or
//! a fault it is dealt the frame that is shown: whatever the LEDs of the other outputs have.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use crate::{
    controller::card::Sheet,
    daemon::fault::{self, Fault},
    frame::Frame,
    units::{Level, Rate, Tick},
    wall::{Dealer, Projector, Wall},
};

/// A card hears of its sheet after so many seconds at the latest, if only of the time.
const LONGEST: i64 = 60;

/// So many pages of a loop are prepared at a tick, so that it is not late because of a card.
const PAGES: usize = 8;

/// The dealers of a screen's cards.
#[derive(Debug, Default)]
pub(super) struct Deals {
    /// The screen's place in its site.
    at: usize,
    hands: Vec<Hand>,
}

/// What a screen shows.
pub(super) enum Seen<'a> {
    /// What the programme says.
    Programme(&'a mut Projector),
    /// This frame, whatever the programme says, and how bright a panel test wants it.
    Frame(&'a Frame, Option<Level>),
}

/// One card's dealer.
#[derive(Debug)]
struct Hand {
    dealer: Dealer,
    /// From when on it is due again; `None` for at once.
    due: Option<Tick>,
    /// The last tick at which it dealt.
    last: Option<Tick>,
    /// Whether that was a frame.
    was_frame: bool,
    /// What went wrong, until all is well.
    fault: Option<Fault>,
}

impl Deals {
    /// For the cards of the screen at that place in the site of `wall`.
    pub(super) fn new(wall: &Arc<Wall>, at: usize) -> Self {
        let cards = &wall.site().screens[at].cards;
        let hands = cards.iter().map(|card| Hand {
            dealer: Dealer::new(wall, at, card),
            due: None,
            last: None,
            was_frame: false,
            fault: None,
        });
        Self {
            at,
            hands: hands.collect(),
        }
    }

    /// Lets `wall`, in which the screen has the place `at`, be what is dealt of from now on.
    pub(super) fn take_over(&mut self, wall: &Arc<Wall>, at: usize) {
        if at != self.at {
            *self = Self::new(wall, at);
        }
        for hand in &mut self.hands {
            hand.dealer.take_over(wall);
            hand.due = None;
        }
    }

    /// Whether the screen has no cards.
    pub(super) const fn is_empty(&self) -> bool {
        self.hands.is_empty()
    }

    /// Gives to `give` the sheet of each card for which it is due at `tick`, with the card's number; what is wrong with dealing.
    pub(super) fn deal(
        &mut self,
        seen: &mut Seen<'_>,
        (tick, rate, is_second): (Tick, Rate, bool),
        mut give: impl FnMut(usize, Arc<Sheet>),
    ) -> Option<Fault> {
        for (number, hand) in self.hands.iter_mut().enumerate() {
            if hand.is_due(seen, tick, is_second)
                && let Some(sheet) = hand.deal(seen, tick, rate)
            {
                give(number, sheet);
            }
        }
        self.hands.iter().find_map(|hand| hand.fault.clone())
    }
}

impl Hand {
    fn is_due(&self, seen: &Seen<'_>, tick: Tick, is_second: bool) -> bool {
        let is_frame = matches!(seen, Seen::Frame(..));
        let has_turned = is_frame != self.was_frame || self.last.is_none_or(|last| tick < last);
        // Pictures that move are shown once a second: a card is no stream.
        has_turned || self.due.is_none_or(|due| due <= tick) || (is_frame && is_second)
    }

    /// The sheet of `tick`; `None` where none could be made, and the card keeps what it has.
    fn deal(&mut self, seen: &mut Seen<'_>, tick: Tick, rate: Rate) -> Option<Arc<Sheet>> {
        let second = i64::from(rate.hertz());
        (self.last, self.was_frame) = (Some(tick), matches!(seen, Seen::Frame(..)));
        let dealer = &mut self.dealer;
        let dealt = catch_unwind(AssertUnwindSafe(|| {
            let sheet = match seen {
                Seen::Programme(projector) => dealer.deal_some(projector, tick, PAGES),
                Seen::Frame(frame, level) => dealer.deal_test(frame, tick, *level),
            };
            (sheet, dealer.next(tick))
        }));
        match dealt {
            Ok((sheet, next)) => {
                self.due = Some(next.clamp(tick.next(), Tick(tick.0 + LONGEST * second)));
                self.fault = None;
                Some(sheet)
            }
            Err(panic) => {
                self.due = Some(Tick(tick.0 + second));
                self.fault = Some(Fault::Painting(fault::words(&*panic)));
                None
            }
        }
    }
}
