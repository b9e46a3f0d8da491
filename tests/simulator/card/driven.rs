//! End to end: our session over our link, a virtual card at the other end, and what its LEDs show.

use std::{
    net::TcpStream,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::civil::{Time, date};
use yingbi::{
    controller::{
        Controller as _,
        card::{CardArea, CardDay, HALF_HOURS, Sheet},
        onbon::{
            Model, Session, Settings,
            receiver::{Build, Lamps, Mischief},
            session::Trust,
        },
    },
    frame::Frame,
    link::{Given, StreamLink, StreamState},
    simulator::{
        VirtualCard,
        card::{Cut, Noise},
        controller::weather::Odds,
    },
    site::CardWay,
    units::{Level, Moment, Size},
};

use super::{
    loopback,
    pictures::{SIZE, kinds, picture, scene, shown_at},
};
use crate::support::dice::Dice;

/// How long anything may take on a busy machine: the slowest line needs a few seconds, and a card is looked for every three.
const PATIENCE: Duration = Duration::from_secs(120);

/// Our side: a session and its link.
struct Driver {
    session: Session,
    link: StreamLink,
    begun: Instant,
    epoch: u64,
}

impl Driver {
    fn new(model: &'static Model, lamps: Lamps, way: &CardWay) -> Self {
        let settings = Settings {
            model,
            number: 1,
            baud: way.baud(),
            turnaround: Duration::from_millis(2),
            size: SIZE,
            colour: lamps.colour(),
        };
        Self {
            session: Session::new(settings),
            link: StreamLink::open(way, Moment::ZERO),
            begun: Instant::now(),
            epoch: 0,
        }
    }

    fn tcp(card: &VirtualCard, model: &'static Model, lamps: Lamps) -> Self {
        let address = card.address().to_string().into();
        Self::new(model, lamps, &CardWay::Tcp { address })
    }

    fn serial(path: &Path, baud: u32, model: &'static Model, lamps: Lamps) -> Self {
        let port = path.to_str().unwrap().into();
        let turnaround = Duration::from_millis(2);
        Self::new(model, lamps, &CardWay::Serial { port, baud, turnaround })
    }

    fn now(&self) -> Moment {
        Moment::ZERO + self.begun.elapsed()
    }

    fn show(&mut self, areas: &[CardArea], fallback: Option<&Frame>) {
        let now = self.now();
        let sheet = Sheet {
            civil: date(2026, 11, 23).at(9, 0, 0, 0) + now.since(Moment::ZERO),
            is_lit: true,
            day: Arc::new(CardDay {
                levels: [Level::FULL; HALF_HOURS],
                lit: vec![(Time::midnight(), Time::midnight())],
            }),
            areas: areas.to_vec(),
            fallback: fallback.cloned().map(Arc::new),
            test: None,
        };
        self.session.show(&sheet, now);
    }

    /// Does what is due, and waits a little.
    fn turn(&mut self) {
        let now = self.now();
        let session = &mut self.session;
        self.link.receive(now, &mut |bytes| session.handle(bytes, now));
        match self.link.state() {
            StreamState::Open(epoch) if epoch != self.epoch => {
                if self.epoch != 0 {
                    self.session.disconnected(now);
                }
                self.epoch = epoch;
                self.session.connected(now);
            }
            StreamState::Open(_) => {}
            StreamState::Closed => self.session.disconnected(now),
        }
        if self.session.is_lost(now) {
            self.link.hang_up(now);
        }
        let mut out = Vec::new();
        while self.session.poll_transmit(now, &mut out).is_some() {
            assert_ne!(self.link.send(&out, now), Given::Full);
            out.clear();
        }
        let due = self
            .session
            .poll_timeout()
            .map_or(Duration::from_millis(20), |due| due.since(now));
        self.link.wait(None, due.min(Duration::from_millis(20)));
    }

    /// Goes on until it is so; whether it is.
    fn until(&mut self, mut is_so: impl FnMut(&Session) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            self.turn();
            if is_so(&self.session) {
                return true;
            }
        }
        false
    }

    /// Goes on until the card shows it.
    fn must_show(&mut self, card: &VirtualCard, seen: &Frame, what: &str) {
        let shows = self.until(|_| *card.look() == *seen);
        let now = self.now();
        let (faults, standing) = (self.session.faults(now), self.session.standing(now));
        let (refusal, traffic) = (card.refusal(0), card.traffic());
        assert!(shows, "{what}: {faults:?} {standing:?} {refusal:?} {traffic:?}");
    }
}

fn build(model: &'static Model, lamps: Lamps) -> (Build, Mischief) {
    (Build::new(model, SIZE, lamps), Mischief::default())
}

fn dice(model: &Model, lamps: Lamps) -> Dice {
    Dice(lamps as u64 * 97 + u64::from(model.wire[0]))
}

/// Shows pictures one after the other, and one of the areas alone.
fn play(driver: &mut Driver, card: &VirtualCard, model: &'static Model, lamps: Lamps, times: usize) {
    let layout = model.layout(lamps.colour()).unwrap();
    let mut dice = dice(model, lamps);
    for time in 0..times {
        let (areas, seen) = scene(&mut dice, layout, lamps);
        driver.show(&areas, None);
        driver.must_show(card, &seen, &format!("{} {lamps:?} {time}", model.name));
    }
    driver.show(&[], None);
    driver.must_show(card, &Frame::new(SIZE), &format!("{} {lamps:?} withdrawn", model.name));
    assert_eq!(card.refusal(0), None);
}

#[test]
fn every_kind_of_led_shows_what_is_to_be_shown_over_tcp() {
    let _alone = crate::support::lines::alone();
    for (model, lamps) in kinds() {
        let (build, mischief) = build(model, lamps);
        let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
        let mut driver = Driver::tcp(&card, model, lamps);
        play(&mut driver, &card, model, lamps, 8);
    }
}

#[test]
fn a_picture_of_as_many_bytes_as_a_card_holds_is_shown_too() {
    let _alone = crate::support::lines::alone();
    let (model, lamps, size) = (Model::named("BX-6Q2").unwrap(), Lamps::Full, Size::new(512, 192));
    let build = Build::new(model, size, lamps);
    let card = VirtualCard::tcp(loopback(), build, Mischief::default()).unwrap();
    let mut driver = Driver::tcp(&card, model, lamps);
    driver.session = Session::new(Settings {
        size,
        ..driver.session.settings().clone()
    });
    let layout = model.layout(lamps.colour()).unwrap();
    let seen = picture(&mut dice(model, lamps), size, layout, lamps);
    driver.show(&[shown_at(size.area(), &seen)], None);
    driver.must_show(&card, &seen, "the picture");
}

#[test]
fn every_kind_of_led_shows_what_is_to_be_shown_over_paced_lines() {
    let _alone = crate::support::lines::alone();
    for (model, lamps) in kinds() {
        let bauds: &[u32] = match lamps {
            Lamps::Full => &[57_600],
            _ => &[9600, 57_600],
        };
        for &baud in bauds {
            let card = VirtualCard::pty(baud, [build(model, lamps)], None).unwrap();
            let mut driver = Driver::serial(&card.path().unwrap(), baud, model, lamps);
            play(&mut driver, &card, model, lamps, if baud == 9600 { 1 } else { 2 });
        }
    }
}

fn plain() -> (&'static Model, Lamps) {
    (Model::named("BX-6E2").unwrap(), Lamps::RedGreen)
}

/// A scene that is not dark, and what is seen of it.
fn any_scene(seed: u64) -> ([CardArea; 2], Frame) {
    let (model, lamps) = plain();
    let layout = model.layout(lamps.colour()).unwrap();
    scene(&mut Dice(seed), layout, lamps)
}

#[test]
fn what_is_shown_comes_back_after_a_power_cut_and_what_was_withdrawn_meanwhile_does_not() {
    let _alone = crate::support::lines::alone();
    let (model, lamps) = plain();
    let (build, mischief) = build(model, lamps);
    let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
    let mut driver = Driver::tcp(&card, model, lamps);
    let (areas, seen) = any_scene(1);
    driver.show(&areas, None);
    driver.must_show(&card, &seen, "the scene");
    card.power_cut(0);
    driver.must_show(&card, &Frame::new(SIZE), "dark");
    card.power_back(0);
    driver.must_show(&card, &seen, "asserted again");
    card.power_cut(0);
    driver.show(&[], None);
    assert!(driver.until(|session| !session.is_waiting()));
    card.power_back(0);
    let begun = Instant::now();
    assert!(driver.until(|_| begun.elapsed() > Duration::from_secs(5)));
    assert_eq!(*card.look(), Frame::new(SIZE));
}

#[test]
fn a_card_that_is_alone_shows_the_fallback_when_its_power_is_back() {
    let _alone = crate::support::lines::alone();
    for name in ["BX-5E2", "BX-6E2"] {
        let (model, lamps) = (Model::named(name).unwrap(), Lamps::RedGreen);
        let (build, mischief) = build(model, lamps);
        let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
        let layout = model.layout(lamps.colour()).unwrap();
        let mut dice = dice(model, lamps);
        let fallback = picture(&mut dice, SIZE, layout, lamps);
        let mut driver = Driver::tcp(&card, model, lamps);
        driver.show(&[], Some(&fallback));
        let now = driver.now();
        let verified = driver.until(|session| session.standing(now).fallback == Trust::Verified);
        assert!(verified, "{name}: {:?}", driver.session.standing(now));
        drop(driver);
        card.power_cut(0);
        card.power_back(0);
        let shown = card.wait_until(PATIENCE, |frame| *frame == fallback);
        assert!(shown.is_some(), "{name}");
    }
}

#[test]
fn an_upload_that_is_cut_leaves_the_old_fallback_or_brings_the_new_one() {
    let _alone = crate::support::lines::alone();
    let (model, lamps) = plain();
    let (build, mischief) = build(model, lamps);
    let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
    let layout = model.layout(lamps.colour()).unwrap();
    let mut dice = dice(model, lamps);
    let pictures = [(); 2].map(|()| picture(&mut dice, SIZE, layout, lamps));
    let mut driver = Driver::tcp(&card, model, lamps);
    let is_verified = |driver: &mut Driver| {
        let now = driver.now();
        driver.until(|session| session.standing(now).fallback == Trust::Verified)
    };
    driver.show(&[], Some(&pictures[0]));
    assert!(is_verified(&mut driver));
    card.cut_after(1200, Cut::Power(0));
    driver.show(&[], Some(&pictures[1]));
    assert!(driver.until(|_| !card.is_on(0)));
    card.power_back(0);
    let shown = card.look();
    assert!(pictures.contains(&shown), "never a mixture");
    driver.must_show(&card, &pictures[1], "the new one");
}

#[test]
fn the_right_picture_is_there_again_after_the_port_was_pulled_out_and_put_in() {
    let _alone = crate::support::lines::alone();
    let (model, lamps) = plain();
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("port");
    let card = VirtualCard::pty(115_200, [build(model, lamps)], Some(&name)).unwrap();
    let mut driver = Driver::serial(&name, 115_200, model, lamps);
    for seed in 1..=3 {
        let (areas, seen) = any_scene(seed);
        driver.show(&areas, None);
        driver.must_show(&card, &seen, &seed.to_string());
        card.unplug();
        assert!(driver.until(|session| !session.standing(Moment::ZERO).is_connected));
        let (areas, seen) = any_scene(seed + 10);
        driver.show(&areas, None);
        card.plug().unwrap();
        driver.must_show(&card, &seen, &seed.to_string());
    }
}

// Fault 36, 37.
#[test]
fn the_right_picture_is_there_after_a_bad_line_has_healed() {
    let _alone = crate::support::lines::alone();
    let (model, lamps) = plain();
    let card = VirtualCard::pty(115_200, [build(model, lamps)], None).unwrap();
    let mut driver = Driver::serial(&card.path().unwrap(), 115_200, model, lamps);
    let (areas, seen) = any_scene(5);
    card.set_noise(Noise {
        lose: Odds::new(1000),
        duplicate: Odds::new(1000),
        corrupt: Odds::new(1000),
        seed: 7,
    });
    driver.show(&areas, None);
    let begun = Instant::now();
    assert!(driver.until(|_| begun.elapsed() > Duration::from_secs(3)));
    card.set_noise(Noise::default());
    driver.must_show(&card, &seen, "the scene");
    let spoilt = card.traffic().spoilt;
    assert!(spoilt.lost + spoilt.duplicated + spoilt.corrupted > 0);
}

#[test]
fn a_card_that_somebody_else_holds_is_driven_as_soon_as_he_lets_go() {
    let _alone = crate::support::lines::alone();
    let (model, lamps) = plain();
    let (build, mischief) = build(model, lamps);
    let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
    let other = TcpStream::connect(card.address()).unwrap();
    assert!(super::until(|| card.traffic().clients == 1));
    let mut driver = Driver::tcp(&card, model, lamps);
    let (areas, seen) = any_scene(6);
    driver.show(&areas, None);
    assert!(driver.until(|_| card.traffic().refused > 0));
    drop(other);
    driver.must_show(&card, &seen, "the scene");
}
