//! Which wall a player plays, and at which tick: by the course of the daemon's clock.

use std::sync::Arc;

use super::{pace::Pacer, player::Player};
use crate::{
    daemon::{
        bill::Bill,
        clock::{self, Course, StepTaken},
        fault::Fault,
        halt::Order,
    },
    units::{Moment, Tick},
    wall::Wall,
};

/// Keeps one player in time. Driven by moments alone: plan, sleep, beat, and the player has its tick.
#[derive(Debug)]
pub struct Conductor {
    player: Player,
    pacer: Pacer,
    bill: Arc<Bill>,
    /// The wall that the player was given last.
    given: Arc<Wall>,
    /// What is to be obeyed, once it holds.
    order: Option<Order>,
    planned: Tick,
}

/// What a sleep has brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// The tick to paint.
    pub tick: Tick,
    /// The step of the clock that was taken for it.
    pub step: Option<StepTaken>,
    /// What became of handing the player another wall; `None` where there was none.
    pub change: Option<Result<(), Fault>>,
}

impl Conductor {
    /// Leads the player of the screen of identity `id`; `None` where the site has no such screen. The wall for a clock of the course's
    /// confidence must have been worked out.
    pub fn new(bill: Arc<Bill>, id: &str, course: Course) -> Option<Self> {
        let given = bill.wall(course.confidence).unwrap_or_else(|| bill.whole());
        let given = Arc::clone(given);
        let player = Player::new(Arc::clone(&given), id)?;
        Some(Self {
            pacer: Pacer::new(player.rate(), course),
            player,
            bill,
            given,
            order: None,
            planned: Tick(0),
        })
    }

    /// The player.
    pub const fn player(&self) -> &Player {
        &self.player
    }

    /// The player, to be told to paint.
    pub const fn player_mut(&mut self) -> &mut Player {
        &mut self.player
    }

    /// The pacer.
    pub const fn pacer(&self) -> &Pacer {
        &self.pacer
    }

    /// Puts another bill up, which the player takes over at the next beat.
    pub fn put_up(&mut self, bill: Arc<Bill>) {
        self.bill = bill;
    }

    /// Hands an order on, which the player obeys at the first beat at which it holds.
    pub fn obey(&mut self, order: Order) {
        self.order = Some(order);
    }

    /// The moment at which to beat next, seen from `moment`; `course` is the newest one, where it could be had.
    pub fn plan(&mut self, course: Option<Course>, moment: Moment) -> Moment {
        if let Some(course) = course {
            self.pacer.follow(course, moment);
        }
        let (planned, deadline) = self.pacer.plan(moment);
        self.planned = planned;
        deadline
    }

    /// Plans, and sleeps until the moment at which to beat; it.
    pub fn rest(&mut self, course: Option<Course>) -> Moment {
        let deadline = self.plan(course, clock::moment());
        clock::sleep_until(deadline);
        deadline
    }

    /// Gives the player its wall for the tick that has come at `moment`.
    pub fn beat(&mut self, moment: Moment) -> Beat {
        let boundary = self.pacer.is_pending().then(|| self.player.page_end()).flatten();
        let woken = self.pacer.wake(self.planned, boundary, moment);
        let change = self.change_wall(woken.tick, woken.step.is_some());
        let change = self.stop_or_go_on(woken.tick, moment).or(change);
        Beat {
            tick: woken.tick,
            step: woken.step,
            change,
        }
    }

    /// Obeys the order, where it holds at `tick`; what became of going on, where that was it.
    fn stop_or_go_on(&mut self, tick: Tick, moment: Moment) -> Option<Result<(), Fault>> {
        let rate = self.player.rate();
        let order = self.order.take_if(|order| order.holds(rate, tick, moment))?;
        match order.stopped {
            Some(stopped) => {
                self.player.stop(&stopped);
                None
            }
            None if self.player.is_stopped() => Some(self.player.resume()),
            None => None,
        }
    }

    /// After a step the screen begins anew as a function of time; otherwise another wall takes over at its next boundaries.
    fn change_wall(&mut self, tick: Tick, has_stepped: bool) -> Option<Result<(), Fault>> {
        let wanted = self.bill.wall(self.pacer.confidence()).unwrap_or(&self.given);
        let wanted = Arc::clone(wanted);
        let is_other = !Arc::ptr_eq(&wanted, &self.given);
        if !is_other && !has_stepped {
            return None;
        }
        self.given = wanted;
        Some(if has_stepped {
            self.player.begin(&self.given)
        } else {
            self.player.take_over(&self.given, tick)
        })
    }
}
