//! 停播 in the parts of a daemon, in simulated time: orders that hold at an instant, and a player that fails.

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use yingbi::{
    daemon::{Bill, Conductor, Held, Order, Painting},
    frame::Frame,
    stage::Painted,
    units::{Moment, Rate, Size, Tick},
    wall::{Projector, SafePage, Stopped, Wall},
};

use super::{
    clockwork::{House, LOOK, at},
    site,
};

const MORNING: &str = "2026-05-15T02:00:00Z";

/// A screen of a daemon in a house.
struct Screen {
    house: House,
    conductor: Conductor,
}

impl Screen {
    fn new(wall: &Arc<Wall>) -> Self {
        let house = House::at(at(MORNING));
        let bill = Arc::new(Bill::new(Arc::clone(wall)));
        let conductor = Conductor::new(bill, "lobby", house.course()).unwrap();
        Self { house, conductor }
    }

    /// Plays the next tick.
    fn tick(&mut self) -> Tick {
        self.house.look();
        let deadline = self
            .conductor
            .plan(Some(self.house.course()), self.house.machine.moment);
        self.house.machine.pass(deadline.since(self.house.machine.moment));
        let beat = self.conductor.beat(self.house.machine.moment);
        assert!(beat.change.is_none_or(|change| change.is_ok()));
        assert_eq!(self.conductor.player_mut().step(beat.tick).painting, Painting::Done);
        beat.tick
    }

    /// Plays so many ticks.
    fn ticks(&mut self, count: usize) {
        for _ in 0..count {
            self.tick();
        }
    }

    /// An order that holds `ahead` of now.
    fn order(&mut self, stopped: Option<Stopped>, ahead: Duration) -> Order {
        let moment = self.house.machine.moment + ahead;
        let order = Order {
            stopped: stopped.map(Arc::new),
            at: self.house.course().line.at(moment),
            moment,
        };
        self.conductor.obey(order.clone());
        order
    }

    fn frame(&self) -> &Frame {
        self.conductor.player().frame()
    }
}

fn stopped() -> Stopped {
    Stopped {
        since: at(MORNING),
        by: "停播.txt".into(),
        reason: None,
    }
}

fn safe(wall: &Wall, tick: Tick) -> Frame {
    let mut frame = Frame::new(wall.site().screens[0].size);
    SafePage::new(wall, 0).paint(tick, &mut frame);
    frame
}

fn fresh(wall: &Arc<Wall>, tick: Tick) -> Frame {
    let mut projector = Projector::new(Arc::clone(wall), 0);
    let mut frame = Frame::new(projector.size());
    projector.paint(tick, &mut frame);
    frame
}

#[test]
fn a_stop_holds_from_the_first_tick_at_or_after_its_instant_and_so_does_the_way_back() {
    let folder = site::folder();
    let wall = site::wall(folder.path());
    for ahead in [0, 1, 20, 39, 40, 41, 60, 99] {
        let mut screen = Screen::new(&wall);
        screen.ticks(30);
        let rate = screen.conductor.player().rate();
        let order = screen.order(Some(stopped()), Duration::from_millis(ahead));
        let (first, mut ticks) = (rate.tick_from(order.at), 0);
        for _ in 0..10 {
            let tick = screen.tick();
            let expected = if tick < first {
                fresh(&wall, tick)
            } else {
                safe(&wall, tick)
            };
            assert_eq!(
                *screen.frame(),
                expected,
                "{ahead} ms ahead, {} ticks after",
                tick.0 - first.0
            );
            ticks += usize::from(tick < first);
        }
        assert!(ticks <= 3, "within {ticks} ticks");
        let order = screen.order(None, Duration::from_millis(ahead));
        let first = rate.tick_from(order.at);
        for _ in 0..60 {
            let tick = screen.tick();
            let expected = if tick < first {
                safe(&wall, tick)
            } else {
                fresh(&wall, tick)
            };
            assert_eq!(
                *screen.frame(),
                expected,
                "{ahead} ms ahead, {} ticks after",
                tick.0 - first.0
            );
        }
    }
}

#[test]
fn a_screen_that_goes_by_the_time_before_a_step_stops_as_soon_as_the_others() {
    let folder = site::folder();
    let wall = site::wall(folder.path());
    let mut screen = Screen::new(&wall);
    screen.ticks(30);
    screen.house.machine.set(SignedDuration::from_hours(3));
    screen.house.machine.pass(LOOK);
    screen.tick();
    screen.order(Some(stopped()), Duration::from_millis(20));
    // 120 ms are three ticks; a page that must end first lasts for seconds.
    let ticks: Vec<Tick> = (0..4).map(|_| screen.tick()).collect();
    assert_eq!(*screen.frame(), safe(&wall, ticks[3]));
}

#[test]
fn a_change_under_a_stop_is_not_shown_and_is_there_afterwards() {
    let folder = site::folder();
    let wall = site::wall(folder.path());
    let mut screen = Screen::new(&wall);
    screen.ticks(30);
    screen.order(Some(stopped()), Duration::ZERO);
    screen.ticks(5);
    site::write(folder.path(), "pages.toml", "[[play]]\nitem = \"notices/b\"\n");
    let changed = site::wall(folder.path());
    screen.conductor.put_up(Arc::new(Bill::new(Arc::clone(&changed))));
    for _ in 0..50 {
        let tick = screen.tick();
        assert_eq!(*screen.frame(), safe(&wall, tick));
    }
    screen.order(None, Duration::ZERO);
    screen.tick();
    for _ in 0..50 {
        let tick = screen.tick();
        assert_eq!(*screen.frame(), fresh(&changed, tick));
    }
}

#[test]
fn the_words_of_a_stopped_screen_come_with_it_and_go_with_it() {
    let folder = site::folder();
    let wall = site::wall(folder.path());
    let mut screen = Screen::new(&wall);
    let view = |screen: &mut Screen| {
        let tick = screen.tick();
        screen.conductor.player_mut().view(tick)
    };
    assert!(view(&mut screen).unwrap().stopped.is_none());
    screen.order(Some(stopped()), Duration::ZERO);
    screen.tick();
    let told = view(&mut screen).unwrap();
    assert_eq!(told.stopped.as_ref().map(|stopped| &*stopped.by), Some("停播.txt"));
    assert!(view(&mut screen).is_none(), "it is told once");
    screen.order(None, Duration::ZERO);
    screen.tick();
    assert!(view(&mut screen).unwrap().stopped.is_none());
}

#[test]
fn a_screen_whose_painting_has_just_failed_stops_at_the_next_tick() {
    let rate = Rate::new(25).unwrap();
    let mut held = Held::new(Size::new(4, 4), rate);
    let failed = held.step(Tick(1), |_| panic!("this panic is part of the test"));
    assert!(matches!(failed.painting, Painting::Failed(_)));
    assert_eq!(held.step(Tick(2), |_| Painted::Whole).painting, Painting::Waiting);
    held.forgive();
    let painted = held.step(Tick(3), |frame| {
        frame.bytes_mut().fill(9);
        Painted::Whole
    });
    assert!(painted.is_new && held.frame().bytes().iter().all(|byte| *byte == 9));
}

#[test]
fn an_order_of_the_start_holds_at_once() {
    let order = Order {
        stopped: Some(Arc::new(stopped())),
        at: jiff::Timestamp::MIN,
        moment: Moment::ZERO,
    };
    assert!(order.holds(Rate::new(1).unwrap(), Tick(0), Moment::ZERO));
    assert!(order.holds(Rate::new(240).unwrap(), Tick(i64::from(i32::MIN)), Moment::ZERO));
}
