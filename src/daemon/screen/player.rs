//! One screen, tick by tick: what it shows, and when that is news.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    deals::{Deals, Seen},
    halted::Halted,
    held::{Held, Painting, Step},
    shine::Remembered,
};
use crate::{
    controller::card::Sheet,
    daemon::fault::{self, Fault},
    frame::Frame,
    stage::Painted,
    units::{Level, Rate, Tick},
    wall::{Edition, PanelTest, Projector, ScreenView, Stopped, Wall},
};

/// Plays one screen of a wall. What it shows at a tick depends on the wall and the tick, not on when it began.
#[derive(Debug)]
pub struct Player {
    id: Arc<str>,
    wall: Arc<Wall>,
    projector: Projector,
    /// The safe page, while the wall is stopped.
    halted: Option<Halted>,
    /// Test pictures over what is painted.
    test: Option<Arc<PanelTest>>,
    held: Held,
    /// What its cards are told.
    deals: Deals,
    shine: Remembered,
    /// The tick from which the last view may no longer hold.
    view: Option<Tick>,
    told: Option<Arc<ScreenView>>,
    last: Option<Tick>,
    /// The tick that was painted last, or was to be.
    painted: Option<Tick>,
    turned: Option<Turned>,
    /// What was told of it last.
    told_turned: Option<Turned>,
}

/// Which wall a player plays, from the tick on at which it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turned {
    /// Which wall it is.
    pub edition: Edition,
    /// Nothing older is shown beside it.
    pub is_anew: bool,
}

impl Player {
    /// The player of the screen of identity `id`; `None` where the site has no such screen.
    pub fn new(wall: Arc<Wall>, id: &str) -> Option<Self> {
        let screen = position(&wall, id)?;
        let id = Arc::clone(&wall.site().screens[screen].id);
        let projector = Projector::new(Arc::clone(&wall), screen);
        Some(Self {
            held: Held::new(projector.size(), projector.rate()),
            id,
            turned: Some(Turned {
                edition: wall.edition(),
                is_anew: true,
            }),
            told_turned: None,
            deals: Deals::new(&wall, screen),
            wall,
            projector,
            halted: None,
            test: None,
            shine: Remembered::default(),
            view: None,
            told: None,
            last: None,
            painted: None,
        })
    }

    /// The screen's identity.
    pub const fn id(&self) -> &Arc<str> {
        &self.id
    }

    /// The screen's rate.
    pub fn rate(&self) -> Rate {
        self.projector.rate()
    }

    /// The frame that is shown.
    pub const fn frame(&self) -> &Frame {
        self.held.frame()
    }

    /// Lets `wall`, which has this screen in the same size and rate, take over from `tick` on: zone by zone at its next boundary,
    /// or whole where the zones are others.
    ///
    /// # Errors
    /// The wall could not be taken in; the one before stays.
    pub fn take_over(&mut self, wall: &Arc<Wall>, tick: Tick) -> Result<(), Fault> {
        if self.halted.is_some() {
            // Nothing of it is seen but the safe page, and nothing older shall come back afterwards.
            return self.begin(wall);
        }
        let taken = catch_unwind(AssertUnwindSafe(|| {
            let is_anew = !self.projector.take_over(Arc::clone(wall), tick);
            if is_anew && let Some(screen) = position(wall, &self.id) {
                self.projector = Projector::new(Arc::clone(wall), screen);
            }
            is_anew
        }));
        self.view = None;
        self.held.loosen(tick);
        match taken {
            Ok(is_anew) => {
                self.wall = Arc::clone(wall);
                self.turn(is_anew);
                Ok(())
            }
            Err(panic) => {
                self.begin_anew();
                Err(Fault::Accepting(fault::words(&*panic)))
            }
        }
    }

    /// Begins anew with `wall`, as though nothing had been shown before: what is seen from the next tick on is a function of the time.
    ///
    /// # Errors
    /// The wall could not be taken in; the one before stays.
    pub fn begin(&mut self, wall: &Arc<Wall>) -> Result<(), Fault> {
        let made = catch_unwind(AssertUnwindSafe(|| {
            position(wall, &self.id).map(|screen| Projector::new(Arc::clone(wall), screen))
        }));
        self.view = None;
        let made = made.map_err(|panic| Fault::Accepting(fault::words(&*panic)))?;
        if let Some(projector) = made {
            self.projector = projector;
            self.wall = Arc::clone(wall);
            self.turn(true);
            self.painted.into_iter().for_each(|last| self.held.loosen(last));
        }
        if let Some(halted) = self.halted.take() {
            let stopped = Arc::clone(halted.stopped());
            self.stop(&stopped);
        }
        Ok(())
    }

    /// Shows the safe page from the next tick on, whatever else fails.
    pub fn stop(&mut self, stopped: &Arc<Stopped>) {
        self.halted = Some(Halted::new(stopped, &self.wall, position(&self.wall, &self.id)));
        self.held.forgive();
        self.view = None;
    }

    /// Whether the safe page is shown.
    pub const fn is_stopped(&self) -> bool {
        self.halted.is_some()
    }

    /// Shows the wall again, from the next tick on, as though nothing had been shown before.
    ///
    /// # Errors
    /// The wall could not be begun anew; it goes on as it was.
    pub fn resume(&mut self) -> Result<(), Fault> {
        self.halted = None;
        let wall = Arc::clone(&self.wall);
        self.begin(&wall)
    }

    /// The first tick after the page that is shown; `None` where none is, or only the safe page.
    pub fn page_end(&mut self) -> Option<Tick> {
        if self.halted.is_some() {
            return None;
        }
        let (projector, last) = (&mut self.projector, self.painted?);
        catch_unwind(AssertUnwindSafe(|| projector.page_end(last))).unwrap_or(None)
    }

    /// Paints `tick`, and says what it brought.
    pub fn step(&mut self, tick: Tick) -> Step {
        self.painted = Some(tick);
        if let Some(halted) = &mut self.halted {
            return self.held.step(tick, |frame| {
                halted.paint(tick, frame);
                Painted::Whole
            });
        }
        let (projector, wall, id) = (&mut self.projector, &self.wall, &self.id);
        let rate = projector.rate();
        let test = self.test.as_ref().filter(|test| test.holds(rate, tick));
        let step = self.held.step(tick, |frame| {
            let painted = projector.paint(tick, frame);
            let Some((test, screen)) = test.zip(position(wall, id)) else {
                return painted;
            };
            test.paint(&wall.site().screens[screen], tick, frame);
            // Of what lies under a test of all of the screen nothing is seen.
            if test.output.is_none() { Painted::Whole } else { painted }
        });
        if let Painting::Failed(_) = step.painting {
            self.begin_anew();
        }
        step
    }

    /// The files of the videos that are seen at `tick`; for when their frames are not at hand.
    pub fn films(&mut self, tick: Tick) -> Vec<Arc<str>> {
        let projector = &mut self.projector;
        catch_unwind(AssertUnwindSafe(|| projector.films(tick))).unwrap_or_default()
    }

    /// Shows test pictures, or no more of them, from the next tick on. A stop comes before them.
    pub fn test(&mut self, test: Option<Arc<PanelTest>>) {
        self.test = test;
        self.view = None;
    }

    /// Gives to `give` what each card of the screen ought to show at `tick`, of which `step` has just told, where that is due; with the
    /// card's number, from 0. During a stop, a test of all of the screen or a fault it is the frame that is shown. What is wrong with it.
    pub fn deal(&mut self, tick: Tick, step: &Step, give: impl FnMut(usize, Arc<Sheet>)) -> Option<Fault> {
        if self.deals.is_empty() {
            return None;
        }
        let rate = self.rate();
        let is_tested = |test: &Arc<PanelTest>| test.output.is_none() && test.holds(rate, tick);
        let is_painted = matches!(step.painting, Painting::Done | Painting::Lacking);
        let is_programme = self.halted.is_none() && is_painted && !self.test.as_ref().is_some_and(is_tested);
        let test = self
            .test
            .as_ref()
            .filter(|test| self.halted.is_none() && is_tested(test));
        let level = test.and_then(|test| test.level);
        let mut seen = match is_programme {
            true => Seen::Programme(&mut self.projector),
            false => Seen::Frame(self.held.frame(), level),
        };
        self.deals.deal(&mut seen, (tick, rate, step.is_refresh), give)
    }

    /// How bright the output of that number shines at `tick` by the test that it shows; `None` where that leaves it as it is.
    pub fn test_level(&self, output: usize, tick: Tick) -> Option<Level> {
        let test = self.test.as_ref().filter(|_| self.halted.is_none())?;
        let is_seen = test.holds(self.rate(), tick) && test.includes(output);
        test.level.filter(|_| is_seen)
    }

    /// How bright the screen shines at `tick`, by the wall that is played.
    pub fn brightness(&mut self, tick: Tick) -> Level {
        let (wall, id) = (&self.wall, &self.id);
        let level = self.shine.at(wall, || position(wall, id), tick);
        level.unwrap_or(Level::FULL)
    }

    /// What the screen shows at `tick` in words, where that is news.
    pub fn view(&mut self, tick: Tick) -> Option<Arc<ScreenView>> {
        let stepped_back = self.last.replace(tick).is_some_and(|last| tick < last);
        if self.view.is_some_and(|until| tick < until) && !stepped_back {
            return None;
        }
        // Where it cannot be told, it is not tried again before a second is over.
        self.view = Some(Tick(tick.0 + i64::from(self.rate().hertz())));
        if let Some(halted) = &mut self.halted {
            let (view, until) = match halted.view(tick) {
                Some((view, until)) => (view, Some(until)),
                None => (halted.bare_view(&self.wall, position(&self.wall, &self.id)?), self.view),
            };
            self.view = until;
            return self.tell(view);
        }
        let projector = &mut self.projector;
        let told = catch_unwind(AssertUnwindSafe(|| (projector.view(tick), projector.next_change(tick))));
        match told {
            Ok((mut view, mut until)) => {
                let rate = self.rate();
                if let Some(test) = self.test.as_ref().filter(|test| tick < rate.tick_from(test.until)) {
                    let is_seen = test.holds(rate, tick);
                    view.test = is_seen.then(|| test.view(&self.wall.site().timezone));
                    let changes = if is_seen { test.until } else { test.since };
                    until = until.min(rate.tick_from(changes));
                }
                self.view = Some(until);
                self.tell(view)
            }
            Err(panic) => {
                tracing::error!(screen = %self.id, "cannot tell what is shown: {}", fault::words(&*panic));
                self.begin_anew();
                None
            }
        }
    }

    /// The wall that is played, where that has become another one or was begun anew; asked for after each [`step`](Self::step).
    pub fn turned(&mut self) -> Option<Turned> {
        // A projector that is made anew again and again from one wall is the same each time.
        let turned = self.turned.take().filter(|turned| self.told_turned != Some(*turned));
        self.told_turned = turned.or(self.told_turned);
        turned
    }

    fn turn(&mut self, is_anew: bool) {
        let edition = self.wall.edition();
        self.turned = Some(Turned { edition, is_anew });
        if let Some(at) = position(&self.wall, &self.id) {
            self.deals.take_over(&self.wall, at);
        }
    }

    fn tell(&mut self, view: ScreenView) -> Option<Arc<ScreenView>> {
        if self.told.as_deref() == Some(&view) {
            return None;
        }
        self.told = Some(Arc::new(view));
        self.told.clone()
    }

    /// A projector that broke off half-way may hold anything: a new one is made from the wall.
    fn begin_anew(&mut self) {
        let wall = Arc::clone(&self.wall);
        let made = catch_unwind(AssertUnwindSafe(|| {
            position(&wall, &self.id).map(|screen| Projector::new(Arc::clone(&wall), screen))
        }));
        if let Ok(Some(projector)) = made {
            self.projector = projector;
            self.turn(true);
        }
    }
}

fn position(wall: &Wall, id: &str) -> Option<usize> {
    wall.site().screens.iter().position(|screen| &*screen.id == id)
}
