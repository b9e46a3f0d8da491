//! Which tick comes when, on clocks that a test moves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use yingbi::{
    daemon::{BOUND, Pacer, Woken},
    units::{Moment, Rate, Tick},
};

use super::clockwork::{House, at};

fn rate(hertz: u16) -> Rate {
    Rate::new(hertz).unwrap()
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// A house with one screen.
struct Screen {
    house: House,
    pacer: Pacer,
    rate: Rate,
}

impl Screen {
    fn new(hertz: u16, wall: Timestamp) -> Self {
        let house = House::at(wall);
        let pacer = Pacer::new(rate(hertz), house.course());
        Self {
            house,
            pacer,
            rate: rate(hertz),
        }
    }

    fn moment(&self) -> Moment {
        self.house.machine.moment
    }

    /// Looks at the clock, sleeps until the next deadline and `late` more, and wakes; the page that is shown ends at `boundary`.
    fn wake(&mut self, boundary: Option<Tick>, late: Duration) -> Woken {
        self.house.look();
        self.pacer.follow(self.house.course(), self.moment());
        let (planned, deadline) = self.pacer.plan(self.moment());
        let sleep = deadline.since(self.moment()) + late;
        self.house.machine.pass(sleep);
        self.pacer.wake(planned, boundary, self.moment())
    }

    fn tick(&mut self) -> Tick {
        self.wake(None, Duration::ZERO).tick
    }
}

#[test]
fn the_first_tick_is_the_present_one_and_waits_for_nothing() {
    let screen = Screen::new(1, at("1970-01-01T00:00:01.7Z"));
    assert_eq!(screen.pacer.plan(screen.moment()), (Tick(1), screen.moment()));
}

#[test]
fn every_tick_comes_once_at_its_own_instant() {
    let mut screen = Screen::new(60, at("1970-01-01T00:00:00.005Z"));
    for expected in 0..600 {
        let tick = screen.tick();
        assert_eq!(tick, Tick(expected));
        if expected > 0 {
            assert_eq!(screen.house.machine.wall(), rate(60).timestamp(tick));
        }
        screen.house.machine.pass(Duration::from_millis(7));
    }
    assert_eq!(screen.pacer.skipped(), 0);
}

// Fault 84.
#[test]
fn ticks_that_were_missed_are_skipped_and_not_made_up_for() {
    let mut screen = Screen::new(50, Timestamp::UNIX_EPOCH);
    assert_eq!(screen.tick(), Tick(0));
    assert_eq!(screen.wake(None, Duration::from_millis(65)).tick, Tick(4), "three late");
    assert_eq!(screen.tick(), Tick(5));
    assert_eq!(screen.house.machine.wall(), rate(50).timestamp(Tick(5)));
    assert_eq!(screen.pacer.skipped(), 3);
}

// Fault 84.
#[test]
fn a_process_that_was_stopped_goes_on_at_the_present_tick() {
    let mut screen = Screen::new(50, Timestamp::UNIX_EPOCH);
    screen.tick();
    assert_eq!(screen.wake(None, Duration::from_secs(60)).tick, Tick(3001));
    assert_eq!(screen.tick(), Tick(3002));
}

// Fault 27.
#[test]
fn a_step_waits_for_the_end_of_the_page_and_is_taken_there_at_once() {
    for step in [seconds(86_400), seconds(-3600), SignedDuration::from_millis(1001)] {
        let mut screen = Screen::new(50, at("2026-05-15T02:00:00Z"));
        let first = screen.tick();
        let boundary = Tick(first.0 + 100);
        screen.house.machine.set(step);
        for more in 1..100 {
            let woken = screen.wake(Some(boundary), Duration::ZERO);
            assert_eq!(
                (woken.tick, woken.step),
                (Tick(first.0 + more), None),
                "the page goes on"
            );
        }
        let woken = screen.wake(Some(boundary), Duration::ZERO);
        assert_eq!(woken.tick, screen.rate.tick_at(screen.house.machine.wall()));
        let taken = woken.step.unwrap();
        assert_eq!(taken.jump.by(), step);
        assert_eq!(taken.jump.to, screen.house.machine.wall());
        let next = screen.wake(Some(boundary), Duration::ZERO);
        assert_eq!((next.tick, next.step), (woken.tick.next(), None));
    }
}

#[test]
fn a_page_that_does_not_end_lets_a_step_wait_for_a_minute() {
    let mut screen = Screen::new(50, at("2026-05-15T02:00:00Z"));
    screen.tick();
    screen.house.machine.set(seconds(7200));
    let begun = screen.moment();
    let never = Some(Tick(i64::MAX));
    let taken = loop {
        if let Some(taken) = screen.wake(never, Duration::ZERO).step {
            break taken;
        }
        assert!(screen.moment().since(begun) < BOUND + Duration::from_millis(20));
    };
    assert!(taken.waited >= BOUND);
}

#[test]
fn a_screen_that_shows_nothing_takes_a_step_at_once() {
    let mut screen = Screen::new(50, at("2026-05-15T02:00:00Z"));
    screen.tick();
    screen.house.machine.set(seconds(7200));
    assert!(screen.wake(None, Duration::ZERO).step.is_some());
}

#[test]
fn a_clock_that_comes_back_before_the_page_ends_has_done_nothing() {
    let mut screen = Screen::new(50, at("2026-05-15T02:00:00Z"));
    let first = screen.tick();
    let never = Some(Tick(i64::MAX));
    screen.house.machine.set(seconds(7200));
    assert_eq!(screen.wake(never, Duration::ZERO).tick, Tick(first.0 + 1));
    assert!(screen.pacer.is_pending());
    screen
        .house
        .machine
        .set(seconds(-7200) + SignedDuration::from_millis(400));
    for more in 2..3000 {
        let woken = screen.wake(never, Duration::ZERO);
        assert_eq!((woken.tick, woken.step), (Tick(first.0 + more), None));
        assert!(!screen.pacer.is_pending());
    }
    assert_eq!(screen.pacer.content(screen.moment()), screen.house.machine.wall());
    // The wait began anew with the next step.
    screen.house.machine.set(seconds(7200));
    screen.wake(never, Duration::ZERO);
    assert!(screen.pacer.is_pending());
}

#[test]
fn a_second_step_does_not_make_the_first_wait_longer() {
    let mut screen = Screen::new(50, at("2026-05-15T02:00:00Z"));
    screen.tick();
    let begun = screen.moment();
    let never = Some(Tick(i64::MAX));
    loop {
        screen.house.machine.set(seconds(3));
        let woken = screen.wake(never, Duration::ZERO);
        if woken.step.is_some() {
            break;
        }
        assert!(screen.moment().since(begun) < BOUND + Duration::from_millis(40));
    }
}

#[test]
fn up_to_a_second_is_absorbed_without_a_tick_left_out_or_shown_twice() {
    for difference in [1000, -1000, 1, -1, 333] {
        let mut screen = Screen::new(60, at("2026-05-15T02:00:00Z"));
        let first = screen.tick();
        screen.house.machine.set(SignedDuration::from_millis(difference));
        let begun = screen.moment();
        for more in 1..60 * 53 {
            let woken = screen.wake(None, Duration::ZERO);
            assert_eq!((woken.tick, woken.step), (Tick(first.0 + more), None));
        }
        assert!(screen.moment().since(begun) > Duration::from_secs(49));
        assert_eq!(screen.pacer.content(screen.moment()), screen.house.machine.wall());
        assert_eq!(screen.pacer.skipped(), 0);
    }
}

#[test]
fn at_the_ends_of_time_the_wall_stands_still_and_sleeps_no_longer_than_a_tick() {
    for wall in [Timestamp::MIN, Timestamp::MAX, at("9999-11-30T23:59:59.9Z")] {
        let mut screen = Screen::new(50, wall);
        for _ in 0..200 {
            let before = screen.moment();
            screen.wake(Some(Tick(i64::MAX)), Duration::ZERO);
            let slept = screen.moment().since(before);
            assert!(slept <= Duration::from_millis(22), "{slept:?}");
        }
        // Neither does it spin.
        assert!(screen.moment().since(Moment::ZERO) > Duration::from_secs(3));
    }
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
        let mut screen = Screen::new(hertz, Timestamp::from_nanosecond(start.into()).unwrap());
        let mut last = None;
        for late in lates {
            let (_, deadline) = screen.pacer.plan(screen.moment());
            let longest = Duration::from_nanos(1_000_000_000 / u64::from(hertz) + 1);
            prop_assert!(deadline.since(screen.moment()) <= longest);
            let tick = screen.wake(None, Duration::from_nanos(late)).tick;
            prop_assert_eq!(tick, screen.rate.tick_at(screen.house.machine.wall()));
            prop_assert!(last.is_none_or(|last| last < tick));
            last = Some(tick);
        }
    }
}
