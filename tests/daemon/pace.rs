//! Which tick comes when, on a clock that a test moves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use yingbi::{
    daemon::Pacer,
    units::{Moment, Rate, Tick},
};

const MILLISECOND: i64 = 1_000_000;

fn rate(hertz: u16) -> Rate {
    Rate::new(hertz).unwrap()
}

/// A time of day and a moment that go together until somebody sets the clock.
struct Clock {
    now: Timestamp,
    moment: Moment,
}

impl Clock {
    fn at(nanoseconds: i64) -> Self {
        Self {
            now: Timestamp::from_nanosecond(i128::from(nanoseconds)).unwrap(),
            moment: Moment::ZERO,
        }
    }

    fn pass(&mut self, time: Duration) {
        self.now += SignedDuration::try_from(time).unwrap();
        self.moment = self.moment + time;
    }

    fn set(&mut self, step: SignedDuration) {
        self.now += step;
    }

    /// Sleeps until the pacer's next deadline and `late` more, and wakes the pacer.
    fn tick(&mut self, pacer: &mut Pacer, late: Duration) -> Tick {
        let (planned, deadline) = pacer.plan(self.now, self.moment);
        self.pass(deadline.since(self.moment) + late);
        pacer.wake(planned, self.now)
    }
}

#[test]
fn the_first_tick_is_the_present_one_and_waits_for_nothing() {
    let mut pacer = Pacer::new(rate(1));
    let clock = Clock::at(1_700 * MILLISECOND);
    assert_eq!(pacer.plan(clock.now, clock.moment), (Tick(1), clock.moment));
}

#[test]
fn every_tick_comes_once_at_its_own_instant() {
    let mut pacer = Pacer::new(rate(60));
    let mut clock = Clock::at(5 * MILLISECOND);
    for expected in 0..600 {
        let tick = clock.tick(&mut pacer, Duration::ZERO);
        assert_eq!(tick, Tick(expected));
        if expected > 0 {
            assert_eq!(clock.now, rate(60).timestamp(tick));
        }
        clock.pass(Duration::from_millis(7));
    }
    assert_eq!(pacer.skipped(), 0);
}

#[test]
fn ticks_that_were_missed_are_skipped_and_not_made_up_for() {
    let mut pacer = Pacer::new(rate(50));
    let mut clock = Clock::at(0);
    assert_eq!(clock.tick(&mut pacer, Duration::ZERO), Tick(0));
    assert_eq!(clock.tick(&mut pacer, Duration::from_millis(65)), Tick(4), "three late");
    assert_eq!(clock.tick(&mut pacer, Duration::ZERO), Tick(5));
    assert_eq!(clock.now, rate(50).timestamp(Tick(5)));
    assert_eq!(pacer.skipped(), 3);
}

#[test]
fn a_sleep_that_ends_a_little_early_gives_no_tick_twice() {
    let mut pacer = Pacer::new(rate(50));
    let mut clock = Clock::at(0);
    clock.tick(&mut pacer, Duration::ZERO);
    let (planned, deadline) = pacer.plan(clock.now, clock.moment);
    clock.pass(deadline.since(clock.moment) - Duration::from_nanos(500));
    assert_eq!(pacer.wake(planned, clock.now), Tick(1));
    assert_eq!(clock.tick(&mut pacer, Duration::ZERO), Tick(2));
}

#[test]
fn a_clock_that_is_set_forward_is_followed_at_the_next_tick() {
    let mut pacer = Pacer::new(rate(50));
    let mut clock = Clock::at(0);
    clock.tick(&mut pacer, Duration::ZERO);
    clock.set(SignedDuration::from_hours(24));
    assert_eq!(clock.tick(&mut pacer, Duration::ZERO), Tick(86_400 * 50 + 1));
}

#[test]
fn a_clock_that_is_set_back_is_followed_at_the_next_tick() {
    let mut pacer = Pacer::new(rate(50));
    let mut clock = Clock::at(3_600_000 * MILLISECOND);
    clock.tick(&mut pacer, Duration::ZERO);
    clock.set(SignedDuration::from_hours(-1));
    assert_eq!(clock.tick(&mut pacer, Duration::ZERO), Tick(1));
    assert_eq!(clock.tick(&mut pacer, Duration::ZERO), Tick(2));
}

proptest! {
    /// However late each sleep ends: every tick given out is the newest one that has come, none is given twice, and the next is
    /// never more than a tick away.
    #[test]
    fn no_sleep_is_longer_than_a_tick_and_no_tick_comes_twice(
        hertz in 1_u16..=240,
        start in 0_i64..4_000_000_000_000_000_000,
        lates in prop::collection::vec(0_u64..3_000_000_000, 1..50),
    ) {
        let rate = rate(hertz);
        let mut pacer = Pacer::new(rate);
        let mut clock = Clock::at(start);
        let mut last = None;
        for late in lates {
            let before = clock.moment;
            let (_, deadline) = pacer.plan(clock.now, clock.moment);
            prop_assert!(deadline.since(before) <= Duration::from_nanos(1_000_000_000 / u64::from(hertz) + 1));
            let tick = clock.tick(&mut pacer, Duration::from_nanos(late));
            prop_assert_eq!(tick, rate.tick_at(clock.now));
            prop_assert!(last.is_none_or(|last| last < tick));
            last = Some(tick);
        }
    }
}
