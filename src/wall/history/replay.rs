//! A screen of the past, painted as it was.
//!
//! What a screen shows depends on the wall and the tick alone, but for the time after a change of wall. So the changes before an
//! instant are gone through again, beginning with one whose wall had settled before the next change came.

use std::{collections::VecDeque, sync::Arc};

use jiff::Timestamp;

use super::stand::{Step, Stop, TakeOver};
use crate::{
    frame::Frame,
    stage::Painted,
    units::{Rate, Size, Tick},
    wall::{Edition, PanelTest, Projector, SafePage, ScreenView, Stopped, Wall},
};

/// How many take-overs are gone through again at most: more than this many in the time of two pages is no clerk.
pub const LONGEST_CHAIN: usize = 16;

/// A screen of the past. It goes forward only.
#[derive(Debug)]
pub struct Replay {
    screen: Arc<str>,
    projector: Projector,
    /// The tick that it has reached.
    now: Tick,
    later: VecDeque<(TakeOver, Arc<Wall>)>,
    is_sure: bool,
    stops: Vec<Stop>,
    tests: Vec<PanelTest>,
    /// The safe page of that wall.
    safe: Option<(Arc<Wall>, SafePage)>,
}

/// The screen of identity `screen` as it stood at `instant` after `steps`, the last of which is not later; `load` builds that
/// wall. `None` where there is no take-over among the steps, or its wall has no such screen.
///
/// # Errors
/// The wall that took over last could not be loaded. Where one before it could not, the replay is not [sure](Replay::is_sure).
pub fn retrace<E>(
    steps: &[Step],
    screen: &str,
    instant: Timestamp,
    mut load: impl FnMut(Edition) -> Result<Arc<Wall>, E>,
) -> Result<Option<Replay>, E> {
    let mut walls = Vec::new();
    let mut first = None;
    for (at, take) in takes(steps).rev().take(LONGEST_CHAIN) {
        let wall = match load(take.edition) {
            Ok(wall) => wall,
            Err(error) if walls.is_empty() => return Err(error),
            Err(_) => break,
        };
        let Some(mut alone) = projector(&wall, screen) else {
            break;
        };
        let has_settled = take.is_anew || alone.settles(take.tick) <= end(steps.get(at + 1), take.rate, instant);
        first = Some((at, take.tick, alone, has_settled));
        walls.push(wall);
        if has_settled {
            break;
        }
    }
    let Some((at, now, projector, is_sure)) = first else {
        return Ok(None);
    };
    let mut replay = Replay {
        screen: screen.into(),
        projector,
        now,
        later: VecDeque::new(),
        is_sure,
        stops: Vec::new(),
        tests: Vec::new(),
        safe: None,
    };
    walls.pop();
    for step in &steps[at + 1..] {
        match step {
            Step::Jump { from, to } => replay.jump(*from, *to),
            Step::Take(take) => {
                let wall = walls
                    .pop()
                    .expect("a wall was loaded for every take-over from there on");
                replay.take(take, &wall);
            }
        }
    }
    replay.reach(replay.projector.rate().tick_at(instant));
    Ok(Some(replay))
}

impl Replay {
    /// Whether enough was known of the time before to be sure of every pixel.
    pub const fn is_sure(&self) -> bool {
        self.is_sure
    }

    /// Lets what took over later do so in its time. A screen of another size or rate is another one: it is not followed.
    #[must_use]
    pub fn followed_by(mut self, later: impl IntoIterator<Item = (TakeOver, Arc<Wall>)>) -> Self {
        self.later.extend(later);
        self
    }

    /// Lets the safe page be seen at `stops`.
    #[must_use]
    pub fn stopped_at(self, stops: Vec<Stop>) -> Self {
        Self { stops, ..self }
    }

    /// Lets the pictures of `tests` be seen in their time.
    #[must_use]
    pub fn tested_at(self, tests: Vec<PanelTest>) -> Self {
        Self { tests, ..self }
    }

    /// The screen's size.
    pub fn size(&self) -> Size {
        self.projector.size()
    }

    /// The screen's rate.
    pub fn rate(&self) -> Rate {
        self.projector.rate()
    }

    /// The newest wall.
    pub fn wall(&self) -> &Arc<Wall> {
        self.projector.wall()
    }

    /// Paints the screen as it looked at `tick`, which is not before those painted already, on `frame`, which has the screen's size. Where a
    /// clip that it showed is gone, that is lacking.
    pub fn paint(&mut self, tick: Tick, frame: &mut Frame) -> Painted {
        self.go_on(tick);
        if let Some((safe, _)) = self.safe(tick) {
            safe.paint(tick, frame);
            return Painted::Whole;
        }
        let painted = self.projector.paint(tick, frame);
        self.paint_test(tick, frame);
        painted
    }

    fn paint_test(&self, tick: Tick, frame: &mut Frame) {
        let (rate, wall) = (self.rate(), self.wall());
        let test = self.tests.iter().rfind(|test| test.holds(rate, tick));
        if let Some((test, screen)) = test.zip(position(wall, &self.screen)) {
            test.paint(&wall.site().screens[screen], tick, frame);
        }
    }

    /// The safe page in words at `tick`, which is not before those painted already; `None` where the wall is not stopped.
    pub fn safe_view(&mut self, tick: Tick) -> Option<ScreenView> {
        self.go_on(tick);
        let (safe, stopped) = self.safe(tick)?;
        Some(safe.view(tick, &stopped))
    }

    /// The screen at `tick`, which is not before those painted already.
    pub fn at(&mut self, tick: Tick) -> &mut Projector {
        self.go_on(tick);
        &mut self.projector
    }

    /// The safe page, where it is seen at `tick`, and the stop.
    fn safe(&mut self, tick: Tick) -> Option<(&mut SafePage, Stopped)> {
        let rate = self.rate();
        let stopped = self.stops.iter().rfind(|stop| stop.holds(rate, tick))?.stopped.clone();
        let wall = Arc::clone(self.wall());
        if self.safe.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, &wall)) {
            let screen = position(&wall, &self.screen)?;
            let page = SafePage::new(&wall, screen);
            self.safe = Some((wall, page));
        }
        self.safe.as_mut().map(|(_, page)| (page, stopped))
    }

    fn go_on(&mut self, tick: Tick) {
        while let Some((take, wall)) = self.later.pop_front_if(|(take, _)| take.tick <= tick) {
            let is_same = |other: &Projector| other.size() == self.size() && other.rate() == self.rate();
            if projector(&wall, &self.screen).as_ref().is_some_and(is_same) {
                self.take(&take, &wall);
            } else {
                self.later.clear();
            }
        }
        self.reach(tick);
    }

    fn take(&mut self, take: &TakeOver, wall: &Arc<Wall>) {
        self.reach(Tick(take.tick.0 - 1));
        self.now = take.tick;
        let is_in = !take.is_anew && self.projector.take_over(Arc::clone(wall), take.tick);
        if !is_in && let Some(projector) = projector(wall, &self.screen) {
            self.projector = projector;
        }
    }

    fn jump(&mut self, from: Timestamp, to: Timestamp) {
        let rate = self.rate();
        self.reach(rate.tick_at(from));
        self.now = rate.tick_at(to);
        // What was known of the ticks ahead is known no more.
        self.projector.pass(self.now);
    }

    fn reach(&mut self, tick: Tick) {
        self.projector.catch_up(self.now, tick);
        self.now = tick;
    }
}

/// The take-overs among `steps`, each with its index.
fn takes(steps: &[Step]) -> impl DoubleEndedIterator<Item = (usize, &TakeOver)> {
    steps.iter().enumerate().filter_map(|(at, step)| match step {
        Step::Take(take) => Some((at, take)),
        Step::Jump { .. } => None,
    })
}

/// The tick at which what comes `next` ends a wall's time alone.
fn end(next: Option<&Step>, rate: Rate, instant: Timestamp) -> Tick {
    match next {
        Some(Step::Take(take)) => take.tick,
        Some(Step::Jump { from, .. }) => rate.tick_at(*from),
        None => rate.tick_at(instant),
    }
}

fn projector(wall: &Arc<Wall>, screen: &str) -> Option<Projector> {
    Some(Projector::new(Arc::clone(wall), position(wall, screen)?))
}

fn position(wall: &Wall, screen: &str) -> Option<usize> {
    wall.site().screens.iter().position(|one| &*one.id == screen)
}
