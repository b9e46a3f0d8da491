//! Screens of one daemon on a machine whose clock is set at random, held to one set of rules.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use yingbi::{
    daemon::{ABSORBED, BOUND, Pacer},
    units::{Moment, Rate, Tick},
};

use super::clockwork::{House, LOOK, at};

const YEAR: i64 = 31_556_952;

/// The longest that it takes until nothing is left to absorb or to take, once the clock is left alone.
const QUIET: Duration = Duration::from_secs(60 + 101 + 2);

/// How late a sleep ends at most.
const LATEST: Duration = Duration::from_millis(40);

/// A screen with everything that is remembered to check it.
struct Screen {
    rate: Rate,
    pacer: Pacer,
    /// How many ticks each of its pages has; 0 for one without pages, `i64::MAX` for pages that never end.
    page: i64,
    planned: Tick,
    due: Moment,
    /// The last tick, the moment at which it came, and content time then.
    last: Option<(Tick, Moment, Timestamp)>,
    pending: Option<Moment>,
    taken: u32,
}

impl Screen {
    fn new(hertz: u16, page: i64, house: &House) -> Self {
        let rate = Rate::new(hertz).unwrap();
        let pacer = Pacer::new(rate, house.course());
        let (planned, due) = pacer.plan(house.machine.moment);
        Self {
            rate,
            pacer,
            page,
            planned,
            due,
            last: None,
            pending: None,
            taken: 0,
        }
    }

    /// The end of the page that is shown.
    fn boundary(&self) -> Option<Tick> {
        let (tick, ..) = self.last?;
        (self.page > 0).then(|| Tick((tick.0.div_euclid(self.page) + 1).saturating_mul(self.page)))
    }

    /// Wakes at the house's moment, checks what is to be checked, and plans the next sleep.
    fn wake(&mut self, house: &House) -> Result<(), TestCaseError> {
        let moment = house.machine.moment;
        let boundary = self.boundary();
        let woken = self.pacer.wake(self.planned, boundary, moment);
        let content = self.pacer.content(moment);
        match (woken.step, self.last) {
            (Some(taken), _) => {
                prop_assert!(taken.jump.by().abs() > ABSORBED, "a step of {:?}", taken.jump.by());
                prop_assert_eq!((taken.jump.to, woken.tick), (content, self.rate.tick_at(content)));
                prop_assert!(taken.waited <= self.patience(), "{:?}", taken.waited);
                self.pending = None;
                self.taken += 1;
            }
            (None, Some((tick, before, shown))) => {
                prop_assert!(woken.tick > tick, "{:?} after {:?}", woken.tick, tick);
                let passed = SignedDuration::try_from(moment.since(before)).unwrap();
                let gained = content.duration_since(shown) - passed;
                prop_assert!(
                    gained.abs() <= passed / 50 + SignedDuration::from_nanos(2),
                    "{gained:?} in {passed:?}"
                );
                let late = moment.since(self.due).as_nanos() * u128::from(self.rate.hertz()) / 1_000_000_000;
                let skipped = woken.tick.since(self.planned).0.unsigned_abs();
                prop_assert!(u128::from(skipped) <= late * 51 / 50 + 1, "{skipped} skipped");
                prop_assert!(self.pending.is_none_or(|since| moment.since(since) <= self.patience()));
            }
            (None, None) => {}
        }
        self.pacer.follow(house.course(), moment);
        // A course that was told meanwhile may have slewed one way while this screen still slewed the other.
        let content_now = self.pacer.content(moment);
        if let Some((_, before, _)) = self.last {
            let passed = SignedDuration::try_from(moment.since(before)).unwrap();
            let shift = content_now.duration_since(content).abs();
            prop_assert!(
                shift <= passed / 25 + SignedDuration::from_nanos(2),
                "{shift:?} in {passed:?}"
            );
        }
        self.last = Some((woken.tick, moment, content_now));
        self.pending = self.pacer.is_pending().then(|| self.pending.unwrap_or(moment));
        (self.planned, self.due) = self.pacer.plan(moment);
        prop_assert!(self.due.since(moment) <= self.period() * 17 / 16 + Duration::from_nanos(2));
        Ok(())
    }

    /// The longest wait for a page to end: it is over at a tick, which may come late, and a tick later where the clock is nearly back.
    fn patience(&self) -> Duration {
        BOUND + 2 * (self.period() + LATEST)
    }

    fn period(&self) -> Duration {
        Duration::from_secs(1) / u32::from(self.rate.hertz())
    }
}

/// A house full of screens, in one stream of moments.
struct Walk {
    house: House,
    screens: Vec<Screen>,
    look: Moment,
}

impl Walk {
    fn new(wall: Timestamp) -> Self {
        let house = House::at(wall);
        let screens = [(60, 480), (60, i64::MAX), (25, 0), (1, 7), (240, 2400)];
        let screens = screens.map(|(hertz, page)| Screen::new(hertz, page, &house));
        Self {
            look: house.machine.moment + LOOK,
            screens: screens.into(),
            house,
        }
    }

    /// Lets `time` pass; every sleep ends up to `late` too late.
    fn pass(&mut self, time: Duration, late: Duration) -> Result<(), TestCaseError> {
        let end = self.house.machine.moment + time;
        loop {
            let (at, due) = self.next();
            if due >= end {
                return Ok(());
            }
            // Somebody else may have been late before.
            let wakes = (due + late).max(self.house.machine.moment);
            self.house.machine.moment = wakes;
            match at {
                Some(at) => self.screens[at].wake(&self.house)?,
                None => {
                    self.house.look();
                    self.look = wakes + LOOK;
                }
            }
        }
    }

    /// Who is due next: a screen, or the timekeeper.
    fn next(&self) -> (Option<usize>, Moment) {
        let screens = self
            .screens
            .iter()
            .enumerate()
            .map(|(at, screen)| (Some(at), screen.due));
        let due = screens.chain([(None, self.look)]).min_by_key(|(_, due)| *due);
        due.unwrap()
    }

    /// After a quiet time nothing is left to do: all screens show what the clock shows.
    fn settle(&mut self) -> Result<(), TestCaseError> {
        self.pass(QUIET, Duration::ZERO)?;
        let moment = self.house.machine.moment;
        for screen in &self.screens {
            prop_assert!(!screen.pacer.is_pending());
            prop_assert_eq!(screen.pacer.content(moment), self.house.machine.wall());
        }
        Ok(())
    }
}

/// How a clock is set: mostly a little, sometimes by an hour, a day or years, either way; and now and then back to where it was.
fn step() -> impl Strategy<Value = SignedDuration> {
    let nanoseconds = |range: i64| (-range..=range).prop_map(SignedDuration::from_nanos);
    let seconds = |range: i64| (-range..=range).prop_map(SignedDuration::from_secs);
    prop_oneof![
        4 => nanoseconds(1_100_000_000),
        2 => nanoseconds(5_000_000_000),
        1 => seconds(7200),
        1 => seconds(10 * YEAR),
        1 => Just(SignedDuration::ZERO),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // Fault 27.
    #[test]
    fn however_a_clock_is_set_no_tick_comes_twice_no_step_waits_too_long_and_all_screens_come_together(
        start in -1_000_000_000_i64..8_000_000_000,
        acts in prop::collection::vec((step(), 1_u64..20_000, 0..=LATEST.as_millis() as u64, any::<bool>()), 1..40),
    ) {
        let mut walk = Walk::new(Timestamp::from_second(start).unwrap());
        let mut undo = SignedDuration::ZERO;
        for (step, milliseconds, late, comes_back) in acts {
            let by = if comes_back { -undo } else { step };
            walk.house.machine.set(by);
            undo = by;
            walk.pass(Duration::from_millis(milliseconds), Duration::from_millis(late))?;
        }
        walk.settle()?;
    }
}

#[test]
fn screens_of_one_rate_show_the_same_tick_at_the_same_moment_again_once_all_have_taken_a_step() {
    let mut walk = Walk::new(at("2026-05-15T02:00:00Z"));
    walk.pass(Duration::from_secs(5), Duration::ZERO).unwrap();
    for by in [3600, -86_400, 2] {
        walk.house.machine.set(SignedDuration::from_secs(by));
        walk.pass(QUIET, Duration::ZERO).unwrap();
        let [one, other] = [&walk.screens[0], &walk.screens[1]];
        assert_eq!((one.planned, one.due), (other.planned, other.due));
    }
    assert_eq!(
        walk.screens.iter().map(|screen| screen.taken).collect::<Vec<_>>(),
        [3; 5]
    );
}

#[test]
fn screens_stay_in_step_while_a_difference_is_absorbed() {
    let mut walk = Walk::new(at("2026-05-15T02:00:00Z"));
    walk.pass(Duration::from_secs(5), Duration::ZERO).unwrap();
    walk.house.machine.set(SignedDuration::from_millis(900));
    for _ in 0..60 {
        walk.pass(Duration::from_secs(1), Duration::ZERO).unwrap();
        let [one, other] = [&walk.screens[0], &walk.screens[1]];
        assert_eq!((one.planned, one.due), (other.planned, other.due));
    }
}
