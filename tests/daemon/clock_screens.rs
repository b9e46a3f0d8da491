//! What screens show while the machine's clock is wrong, is set, and is right again.

use std::{path::Path, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use yingbi::{
    daemon::{BOUND, Beat, Bill, Conductor, Confidence, StepTaken},
    frame::Frame,
    units::{Rate, Tick},
    wall::{Projector, Wall},
};

use super::{
    clockwork::{House, Machine, at},
    site,
};

const MORNING: &str = "2026-05-15T02:00:00Z";

/// The epoch, where a clock without a battery starts.
const RESET: Timestamp = Timestamp::UNIX_EPOCH;

fn rate() -> Rate {
    Rate::new(25).unwrap()
}

/// The moving site with a dated notice above its pages.
fn folder() -> TempDir {
    let folder = site::folder();
    site::write(
        folder.path(),
        "notice.toml",
        "priority = \"notice\"\n[[when]]\nfrom = 2026-05-01\n[[play]]\nitem = \"notices/b\"\ndwell = \"4s\"\n",
    );
    folder
}

/// A screen of a daemon in a house.
struct Screen {
    conductor: Conductor,
    last: Option<Tick>,
}

impl Screen {
    fn new(house: &House, bill: &Arc<Bill>) -> Self {
        if house.course().confidence == Confidence::Unknown {
            bill.fill(house.course().floor).unwrap();
        }
        Self {
            conductor: Conductor::new(Arc::clone(bill), "lobby", house.course()).unwrap(),
            last: None,
        }
    }

    /// Looks at the clock, sleeps until the next tick, and paints it.
    fn tick(&mut self, house: &mut House) -> Beat {
        house.look();
        let deadline = self.conductor.plan(Some(house.course()), house.machine.moment);
        house.machine.pass(deadline.since(house.machine.moment));
        let beat = self.conductor.beat(house.machine.moment);
        self.conductor.player_mut().step(beat.tick);
        self.last = Some(beat.tick);
        beat
    }

    /// Goes on until a step is taken; it, and how many ticks it took.
    fn until_step(&mut self, house: &mut House) -> (StepTaken, i64) {
        for ticks in 1..=62 * 25 {
            let beat = self.tick(house);
            if let Some(step) = beat.step {
                assert_eq!(beat.change, Some(Ok(())));
                return (step, ticks);
            }
        }
        panic!("the step was never taken");
    }

    /// Whether the screen shows what `wall` shows at the screen's last tick to whoever looks at it for the first time.
    fn shows(&self, wall: &Arc<Wall>) -> bool {
        *self.conductor.player().frame() == preview(wall, self.last.unwrap())
    }
}

fn preview(wall: &Arc<Wall>, tick: Tick) -> Frame {
    let mut projector = Projector::new(Arc::clone(wall), 0);
    let mut frame = Frame::new(projector.size());
    projector.paint(tick, &mut frame);
    frame
}

fn bill(folder: &Path) -> Arc<Bill> {
    Arc::new(Bill::new(site::wall(folder)))
}

// Fault 28.
#[test]
fn a_machine_that_starts_in_1970_shows_what_plays_at_any_time_until_the_network_sets_it() {
    let folder = folder();
    let (mut house, bill) = (House::at(RESET), bill(folder.path()));
    let mut screen = Screen::new(&house, &bill);
    let undated = Arc::new(bill.whole().undated(house.course().floor));
    for _ in 0..31 * 25 {
        screen.tick(&mut house);
        assert!(screen.shows(&undated));
    }
    house.machine.synchronise(at(MORNING));
    let (step, ticks) = screen.until_step(&mut house);
    assert!(step.waited <= BOUND && ticks > 1, "the page ends first");
    assert!(screen.shows(bill.whole()));
    assert_eq!(screen.conductor.pacer().confidence(), Confidence::Trusted);
    for _ in 0..60 * 25 {
        screen.tick(&mut house);
        assert!(screen.shows(bill.whole()));
    }
}

#[test]
fn a_clock_that_comes_back_in_its_makers_year_is_found_out_by_the_stored_floor() {
    let folder = folder();
    let stored = at("2026-05-14T10:00:00Z");
    let mut house = House::with(Machine::at(at("2026-03-01T00:00:00Z")), Some(stored));
    let bill = bill(folder.path());
    let mut screen = Screen::new(&house, &bill);
    screen.tick(&mut house);
    assert!(screen.shows(&Arc::new(bill.whole().undated(stored))));
}

// Fault 28.
#[test]
fn a_running_wall_whose_clock_is_reset_leaves_out_all_that_is_dated() {
    let folder = folder();
    let (mut house, bill) = (House::at(at(MORNING)), bill(folder.path()));
    let mut screen = Screen::new(&house, &bill);
    for _ in 0..100 {
        screen.tick(&mut house);
        assert!(screen.shows(bill.whole()));
    }
    house.machine.set_to(RESET);
    house.look();
    let undated = Arc::clone(bill.fill(house.course().floor).unwrap());
    screen.until_step(&mut house);
    assert!(screen.shows(&undated));
    assert_eq!(screen.conductor.pacer().confidence(), Confidence::Unknown);
}

#[test]
fn a_wall_without_anything_undated_goes_dark_and_names_the_screen() {
    let folder = folder();
    for (path, text) in site::ITEMS {
        site::write(
            folder.path(),
            path,
            &text.replacen("+++\n", "+++\nuntil = 2030-01-01\n", 1),
        );
    }
    let (mut house, bill) = (House::at(RESET), bill(folder.path()));
    let mut screen = Screen::new(&house, &bill);
    screen.tick(&mut house);
    let left = bill.fill(house.course().floor).unwrap();
    assert_eq!(left.bare_screens(), ["lobby".into()]);
    assert!(screen.conductor.player().frame().bytes().iter().all(|byte| *byte == 0));
}

#[test]
fn a_clock_that_passes_its_floor_by_itself_brings_the_whole_wall_without_a_step() {
    let folder = folder();
    let mut house = House::with(Machine::at(at("2026-05-15T01:59:50Z")), Some(at(MORNING)));
    let bill = bill(folder.path());
    let mut screen = Screen::new(&house, &bill);
    for _ in 0..60 * 25 {
        assert_eq!(screen.tick(&mut house).step, None);
    }
    assert_eq!(screen.conductor.pacer().confidence(), Confidence::Holding);
    assert!(screen.shows(bill.whole()));
}

#[test]
fn a_page_is_shown_to_its_end_before_a_step_back_over_its_beginning_is_taken() {
    let folder = folder();
    let (mut house, bill) = (House::at(at(MORNING)), bill(folder.path()));
    let mut screen = Screen::new(&house, &bill);
    for _ in 0..40 {
        screen.tick(&mut house);
    }
    // The notice has pages of four seconds, from the hour on.
    let old = house.content();
    house.machine.set(SignedDuration::from_secs(-3));
    let (step, _) = screen.until_step(&mut house);
    let page = |instant: Timestamp| instant.as_second() / 4;
    assert_eq!(page(step.jump.from), page(old) + 1, "the page has just ended");
    assert_eq!(step.jump.by(), SignedDuration::from_secs(-3));
    assert!(screen.shows(bill.whole()));
    for _ in 0..20 * 25 {
        assert_eq!(screen.tick(&mut house).step, None);
        assert!(screen.shows(bill.whole()));
    }
}

#[test]
fn an_alert_in_the_dark_is_shown_to_its_end_before_a_step_is_taken() {
    let folder = folder();
    // 10:00 on the wall is outside these hours.
    let lit = site::SITE.replacen(
        "[[screen.zone]]",
        "[[screen.lit]]\nstart = \"06:00\"\nend = \"07:00\"\n\n[[screen.zone]]",
        1,
    );
    site::write(folder.path(), "site.toml", &lit);
    site::write(
        folder.path(),
        "alert.toml",
        "priority = \"alert\"\n[[when]]\nfrom = 2026-05-01\n[[play]]\nitem = \"notices/a\"\ndwell = \"4s\"\n",
    );
    let (mut house, bill) = (House::at(at(MORNING)), bill(folder.path()));
    let mut screen = Screen::new(&house, &bill);
    for _ in 0..40 {
        screen.tick(&mut house);
    }
    assert!(screen.conductor.player().frame().bytes().iter().any(|byte| *byte != 0));
    let old = house.content();
    house.machine.set(SignedDuration::from_secs(-3));
    let (step, _) = screen.until_step(&mut house);
    let page = |instant: Timestamp| instant.as_second() / 4;
    assert_eq!(page(step.jump.from), page(old) + 1, "the page has just ended");
    assert!(screen.shows(bill.whole()));
}

#[test]
fn two_screens_show_the_same_at_the_same_moment_again_after_every_step() {
    let folder = folder();
    let (mut house, bill) = (House::at(at(MORNING)), bill(folder.path()));
    let mut early = Screen::new(&house, &bill);
    early.tick(&mut house);
    house.machine.pass(Duration::from_millis(4321));
    let mut late = Screen::new(&house, &bill);
    for by in [86_400, -86_400 * 3, 7, -700_000_000] {
        house.machine.set(SignedDuration::from_secs(by));
        for _ in 0..62 * 25 {
            // Both sleep until the same moments, as soon as both have taken the step.
            let mut here = house.clone();
            early.tick(&mut here);
            late.tick(&mut house);
            house.machine.moment = house.machine.moment.max(here.machine.moment);
            if house.course().confidence == Confidence::Unknown {
                bill.fill(house.course().floor).unwrap();
            }
        }
        assert_eq!(early.last, late.last, "after {by} s");
        assert_eq!(early.conductor.player().frame(), late.conductor.player().frame());
        assert_eq!(early.last.unwrap(), rate().tick_at(house.machine.wall()));
    }
}

#[test]
fn a_site_that_changes_while_the_clock_is_wrong_shows_what_is_left_of_the_new_one() {
    let folder = folder();
    let (mut house, old) = (House::at(RESET), bill(folder.path()));
    let mut screen = Screen::new(&house, &old);
    screen.tick(&mut house);
    site::write(folder.path(), "pages.toml", "[[play]]\nitem = \"notices/b\"\n");
    let new = bill(folder.path());
    screen.conductor.put_up(Arc::clone(&new));
    assert_eq!(
        screen.tick(&mut house).change,
        None,
        "it is not worked out yet, and nobody waits for it"
    );
    let left = Arc::clone(new.fill(house.course().floor).unwrap());
    assert_eq!(screen.tick(&mut house).change, Some(Ok(())));
    for _ in 0..60 * 25 {
        screen.tick(&mut house);
    }
    assert!(screen.shows(&left));
}

#[test]
fn a_step_back_does_not_let_an_older_wall_go_on_until_its_boundary_comes_again() {
    let folder = folder();
    let (mut house, old) = (House::at(at(MORNING)), bill(folder.path()));
    let mut screen = Screen::new(&house, &old);
    screen.tick(&mut house);
    site::write(
        folder.path(),
        "ticker.toml",
        "zones = [\"ticker\"]\n[[play]]\nitem = \"notices/b\"\n",
    );
    let new = bill(folder.path());
    screen.conductor.put_up(Arc::clone(&new));
    screen.tick(&mut house);
    assert!(!screen.shows(new.whole()), "the old strip runs to its next boundary");
    house.machine.set(SignedDuration::from_hours(-24));
    screen.until_step(&mut house);
    assert!(screen.shows(new.whole()));
}
