//! The cards of one line as they come and go, in virtual time.

use std::{cell::RefCell, collections::VecDeque, os::fd::BorrowedFd, rc::Rc, sync::Arc, time::Duration};

use embedded_graphics::pixelcolor::Rgb888;
use jiff::civil::date;
use yingbi::{
    controller::{
        card::{CardArea, CardDay, CardPage, Course, Entrance, HALF_HOURS, Look, Sheet},
        onbon::{
            Model, Receiver,
            receiver::{Build, Lamps, Mischief},
            session::WRITES,
        },
    },
    daemon::{Bell, Cable, Crew, Origin, Seat, SheetBox},
    diagnostic::Diagnostic,
    frame::Frame,
    link::{Given, LinkError, StreamState},
    site::{self, Card, CardWay, Screen},
    units::{Area, Level, Moment, Size},
};

const SIZE: Size = Size { width: 64, height: 32 };

/// The cards at the other end of a cable, and what is done to it.
#[derive(Default)]
struct End {
    cards: Vec<Receiver>,
    back: VecDeque<u8>,
    is_cut: bool,
    openings: u64,
    /// Bytes that were sent so far.
    sent: usize,
    /// The next message breaks the daemon's own code off.
    panics: bool,
}

#[derive(Clone)]
struct Wire(Rc<RefCell<End>>);

impl Cable for Wire {
    fn state(&self) -> StreamState {
        let end = self.0.borrow();
        match end.is_cut {
            true => StreamState::Closed,
            false => StreamState::Open(end.openings),
        }
    }

    fn send(&mut self, bytes: &[u8], now: Moment) -> Given {
        let mut end = self.0.borrow_mut();
        assert!(!std::mem::take(&mut end.panics), "broken off");
        if end.is_cut {
            return Given::Closed;
        }
        let mut out = Vec::new();
        end.sent += bytes.len();
        end.cards.iter_mut().for_each(|card| card.handle(bytes, now, &mut out));
        end.back.extend(out);
        Given::Taken
    }

    fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8])) {
        let mut end = self.0.borrow_mut();
        let mut out = Vec::new();
        end.cards.iter_mut().for_each(|card| card.poll(now, &mut out));
        end.back.extend(out);
        let back: Vec<u8> = end.back.drain(..).collect();
        if !back.is_empty() {
            take(&back);
        }
    }

    fn hang_up(&mut self, _now: Moment) {
        self.0.borrow_mut().openings += 1;
    }

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }

    fn wait(&mut self, _wake: BorrowedFd<'_>, _patience: Duration) {}
}

/// A line, its crew, and its clock.
struct Line<O> {
    crew: Crew<Wire, O>,
    end: Rc<RefCell<End>>,
    bell: Arc<Bell>,
    now: Moment,
    /// What is told of each card at present.
    told: Vec<(Origin, Vec<String>)>,
    turns: usize,
}

fn way() -> CardWay {
    CardWay::Serial {
        port: "/dev/line".into(),
        baud: 57_600,
        turnaround: Duration::ZERO,
    }
}

/// A line with a card for each of these numbers.
fn line(numbers: &[u16]) -> Line<impl FnMut(&CardWay, Moment) -> Wire> {
    let now = Moment::ZERO + Duration::from_secs(100);
    let cards = numbers.iter().map(|number| {
        let mut build = Build::new(Model::named("BX-6E2").unwrap(), SIZE, Lamps::Red);
        build.number = *number;
        Receiver::new(build, Mischief::default(), now)
    });
    let end = End {
        cards: cards.collect(),
        ..End::default()
    };
    let end = Rc::new(RefCell::new(end));
    let wire = Rc::clone(&end);
    let crew = Crew::new(way(), move |_: &CardWay, _| {
        wire.borrow_mut().openings += 1;
        Wire(Rc::clone(&wire))
    });
    Line {
        crew,
        end,
        bell: Arc::new(Bell::new().unwrap()),
        now,
        told: Vec::new(),
        turns: 0,
    }
}

impl<O: FnMut(&CardWay, Moment) -> Wire> Line<O> {
    /// Takes in a card of that number, on a screen of that name; its mailbox.
    fn join(&mut self, screen: &str, number: u16) -> Arc<SheetBox> {
        let mailbox = Arc::new(SheetBox::new(Arc::clone(&self.bell)));
        let seat = Seat::new(&screen_of(screen), 0, &card(number), Arc::clone(&mailbox));
        self.crew.join(seat);
        mailbox
    }

    fn put(&self, mailbox: &SheetBox, rows: u32) {
        mailbox.put(sheet(rows, self.now));
    }

    /// Drives the crew for so long, as its thread does.
    fn run(&mut self, seconds: u64) {
        let end = self.now + Duration::from_secs(seconds);
        while self.now < end {
            self.bell.hush();
            let told = &mut self.told;
            let due = self
                .crew
                .turn(self.now, |origin, problems| tell(told, origin, problems));
            self.turns += 1;
            let latest = self.now + Duration::from_millis(250);
            // No wait is shorter than a system makes it.
            let next = due.map_or(latest, |due| due.min(latest));
            self.now = next.max(self.now + Duration::from_millis(1));
        }
    }

    fn frame(&self, card: usize) -> Frame {
        self.end.borrow_mut().cards[card].frame(self.now)
    }
}

fn tell(told: &mut Vec<(Origin, Vec<String>)>, origin: &Origin, problems: Option<&[Diagnostic]>) {
    told.retain(|(other, _)| other != origin);
    let words: Vec<_> = problems
        .into_iter()
        .flatten()
        .map(|problem| problem.message.en.clone())
        .collect();
    if !words.is_empty() {
        told.push((origin.clone(), words));
    }
}

fn screen_of(id: &str) -> Screen {
    let text =
        format!("title = \"示例\"\n[[screen]]\nid = \"{id}\"\nwidth = 64\nheight = 32\ncolour = \"red\"\ndepth = 1\n");
    site::parse("site.toml", text.as_bytes())
        .value
        .unwrap()
        .screens
        .remove(0)
}

fn card(number: u16) -> Card {
    Card {
        model: Model::named("BX-6E2").unwrap(),
        way: way(),
        number,
        region: SIZE.area(),
        brightness: Level::FULL,
    }
}

/// A picture of which the first so many rows are lit.
fn picture(rows: u32) -> Frame {
    let mut frame = Frame::new(SIZE);
    let mut lit = Frame::new(SIZE);
    lit.fill(Rgb888::new(255, 0, 0));
    frame.copy_area(&lit, Area::new(0, 0, 64, rows), 0, 0);
    frame
}

/// A sheet of that picture, at that moment: the machine was switched on at 9:20.
fn sheet(rows: u32, now: Moment) -> Arc<Sheet> {
    let page = CardPage::new(Look::Dots(Arc::new(picture(rows))), Entrance::Cut, CardPage::PUSHED);
    Arc::new(Sheet {
        civil: date(2026, 11, 23)
            .at(9, 20, 0, 0)
            .saturating_add(now.since(Moment::ZERO)),
        is_lit: true,
        day: Arc::new(CardDay {
            levels: [Level::FULL; HALF_HOURS],
            lit: vec![(jiff::civil::time(0, 0, 0, 0), jiff::civil::time(0, 0, 0, 0))],
        }),
        areas: vec![CardArea {
            place: SIZE.area(),
            pages: vec![page].into(),
            course: Course::Pushed,
        }],
        fallback: None,
        test: None,
    })
}

#[test]
fn each_card_of_a_line_shows_its_own_sheet_and_the_newest_one() {
    let mut line = line(&[1, 2]);
    let (door, hall) = (line.join("door", 1), line.join("hall", 2));
    line.put(&door, 3);
    line.put(&hall, 9);
    line.run(20);
    assert_eq!((line.frame(0), line.frame(1)), (picture(3), picture(9)));
    line.put(&door, 4);
    line.put(&door, 5);
    line.run(5);
    assert_eq!((line.frame(0), line.frame(1)), (picture(5), picture(9)));
    assert_eq!(line.told, []);
}

#[test]
fn a_card_that_is_silent_is_told_by_name_and_the_others_of_its_line_go_on() {
    let mut line = line(&[1]);
    let (door, hall) = (line.join("door", 1), line.join("hall", 2));
    line.put(&door, 3);
    line.put(&hall, 9);
    line.run(30);
    assert_eq!(line.frame(0), picture(3));
    let [(origin, words)] = &line.told[..] else {
        panic!("{:?}", line.told)
    };
    assert_eq!(*origin, Origin::Card("hall".into(), 0));
    assert!(words[0].starts_with("card 1 of screen \"hall\": "), "{words:?}");
    line.put(&door, 7);
    line.run(10);
    assert_eq!(line.frame(0), picture(7));
    // Once the site has the silent one no longer, nothing of it is told.
    hall.dismiss();
    hall.close();
    line.run(1);
    assert_eq!(line.told, []);
    line.run(30);
    assert_eq!(line.frame(0), picture(7));
    assert!(!line.crew.is_empty());
}

#[test]
fn what_we_have_put_on_a_card_is_taken_down_when_it_is_dismissed_and_stays_when_it_is_not() {
    for is_dismissed in [true, false] {
        let mut line = line(&[1]);
        let mailbox = line.join("door", 1);
        line.put(&mailbox, 3);
        line.run(20);
        assert_eq!(line.frame(0), picture(3));
        if is_dismissed {
            mailbox.dismiss();
        }
        mailbox.close();
        line.run(4);
        assert!(line.crew.is_empty());
        let left = line.frame(0);
        assert_eq!(left == picture(3), !is_dismissed);
        assert_eq!(line.end.borrow().cards[0].areas().count(), usize::from(!is_dismissed));
    }
}

#[test]
fn a_card_whose_screen_begins_anew_is_sent_nothing_twice() {
    let mut line = line(&[1]);
    let mailbox = line.join("door", 1);
    line.put(&mailbox, 3);
    line.run(20);
    let answers = line.end.borrow().sent;
    line.run(5);
    let idle = line.end.borrow().sent - answers;
    mailbox.close();
    line.run(1);
    let again = line.join("door", 1);
    line.put(&again, 3);
    let before = line.end.borrow().sent;
    line.run(4);
    let sent = line.end.borrow().sent - before;
    // Questions how it is, and no picture: that alone takes 256 bytes.
    assert!(sent <= idle + 100, "{sent} bytes, {idle} when nothing happens");
    assert_eq!(line.frame(0), picture(3));
}

#[test]
fn a_line_that_is_cut_and_comes_back_shows_the_newest_sheet() {
    let mut line = line(&[1]);
    let mailbox = line.join("door", 1);
    line.put(&mailbox, 3);
    line.run(20);
    line.end.borrow_mut().is_cut = true;
    line.put(&mailbox, 8);
    line.run(60);
    assert_eq!(line.frame(0), picture(3));
    {
        let mut end = line.end.borrow_mut();
        (end.is_cut, end.openings) = (false, end.openings + 1);
    }
    line.run(12);
    assert_eq!(line.frame(0), picture(8));
}

#[test]
fn a_fault_of_our_own_is_told_of_each_card_and_the_line_begins_anew() {
    let mut line = line(&[1, 2]);
    let (door, hall) = (line.join("door", 1), line.join("hall", 2));
    line.put(&door, 3);
    line.put(&hall, 9);
    line.run(20);
    line.end.borrow_mut().panics = true;
    line.put(&door, 4);
    let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| line.run(5)));
    assert!(broken.is_err());
    line.crew
        .break_off(&yingbi::daemon::Fault::Driving("broken off".into()));
    let openings = line.end.borrow().openings;
    line.run(1);
    assert_eq!(line.end.borrow().openings, openings + 1);
    line.run(20);
    assert_eq!((line.frame(0), line.frame(1)), (picture(4), picture(9)));
    assert_eq!(line.told, []);
}

#[test]
fn a_line_with_nothing_to_do_sleeps() {
    let mut line = line(&[1, 2]);
    let (door, hall) = (line.join("door", 1), line.join("hall", 2));
    line.put(&door, 3);
    line.put(&hall, 9);
    line.run(30);
    let before = line.turns;
    line.run(600);
    // Four looks a second, and what the questions how each card is take.
    let turns = line.turns - before;
    assert!(turns < 600 * 40, "{turns} turns in ten minutes");
}

#[test]
fn cards_that_come_to_a_line_or_leave_it_leave_the_others_as_they_are() {
    let mut line = line(&[1, 2]);
    let door = line.join("door", 1);
    line.put(&door, 3);
    line.run(20);
    let updates = |line: &Line<_>, card: usize| line.end.borrow().cards[card].tally().updates;
    assert_eq!(updates(&line, 0), 1);
    // For less than a minute: after that, what cannot be read back is sent again.
    for rows in 9..13 {
        let hall = line.join("hall", 2);
        line.put(&hall, rows);
        line.run(5);
        assert_eq!((line.frame(0), line.frame(1)), (picture(3), picture(rows)));
        hall.dismiss();
        hall.close();
        line.run(3);
        assert_eq!(line.frame(1), Frame::new(SIZE));
        line.put(&door, 3);
    }
    assert_eq!((updates(&line, 0), updates(&line, 1)), (1, 4));
    assert_eq!(line.told, []);
}

/// The same, with a picture for after a power cut of so many rows.
fn with_fallback(rows: u32, now: Moment) -> Arc<Sheet> {
    Arc::new(Sheet {
        fallback: Some(Arc::new(picture(rows))),
        ..(*sheet(3, now)).clone()
    })
}

#[test]
fn flash_is_written_24_times_a_day_at_most_however_often_the_daemon_starts() {
    let mut first = line(&[1]);
    let mut known = None;
    for start in 0..40 {
        // Another daemon, the same card, and what the one before has left behind.
        let mut daemon = line(&[]);
        daemon.now = first.now;
        daemon.end.borrow_mut().cards = std::mem::take(&mut first.end.borrow_mut().cards);
        let mailbox = Arc::new(SheetBox::new(Arc::clone(&daemon.bell)));
        let seat = Seat::new(&screen_of("door"), 0, &card(1), Arc::clone(&mailbox)).having_spent(known);
        daemon.crew.join(seat);
        mailbox.put(with_fallback(1 + start % 32, daemon.now));
        daemon.run(60);
        for (number, spent) in daemon.crew.spent() {
            assert_eq!(number, 1);
            known = Some(spent);
        }
        first = daemon;
    }
    assert_eq!(known, Some((date(2026, 11, 23), WRITES)));
    assert_eq!(first.end.borrow().cards[0].tally().programs, u64::from(WRITES));
    let [(_, words)] = &first.told[..] else {
        panic!("{:?}", first.told)
    };
    assert!(words[0].contains("times today"), "{words:?}");
}
