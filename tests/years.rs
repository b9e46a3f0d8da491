//! A year with nobody beside it, in simulated time: what sessions and outputs keep does not grow, and they go on as on the first day.

use std::{num::NonZeroU16, time::Duration};

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    controller::{Controller, Transmit, Universes, artnet, ddp, sacn},
    daemon::{News, Output, Wire, session},
    frame::Frame,
    link::{LinkError, Sent},
    panel::Spec,
    site::{self, Pacing, Protocol, Route},
    units::{Level, Moment, Size},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The moment of a machine that has been up for long.
const START: Moment = Moment::from_nanoseconds(1_000_000_000_000_000_000);

const SIZE: Size = Size { width: 64, height: 16 };

/// Counts what is sent, and keeps the last datagram's end.
#[derive(Debug, Default)]
struct Count {
    calls: u64,
    bytes: u64,
    last: u8,
}

impl Wire for Count {
    fn send_all(&mut self, _transmits: &[Transmit], bytes: &[u8], _now: Moment) -> Sent {
        self.calls += 1;
        self.bytes += bytes.len() as u64;
        self.last = bytes.last().copied().unwrap_or(self.last);
        Sent::All
    }

    fn receive(&mut self, _now: Moment, _take: &mut dyn FnMut(&[u8])) {}

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }
}

fn identity() -> sacn::Identity {
    sacn::Identity {
        cid: [7; 16],
        name: "year".into(),
    }
}

/// An output of each protocol: the multicast one is synchronised, the one of Art-Net asks for nodes that never answer.
fn protocols() -> [Protocol; 3] {
    let universes = Universes { first: 3, slots: 510 };
    [
        Protocol::Ddp,
        Protocol::Sacn(sacn::Settings {
            universes,
            priority: 100,
            sync: NonZeroU16::new(63_999),
            multicast: true,
        }),
        Protocol::ArtNet(artnet::Settings {
            universes,
            sync: true,
            discover: false,
        }),
    ]
}

fn output(protocol: Protocol, pacing: Option<Pacing>) -> Output<Count> {
    let site = site::Output {
        protocol,
        address: Some("192.0.2.1:4048".into()),
        panel: Spec::plain(SIZE.area()),
        brightness: Level::FULL,
        route: Route {
            pacing,
            ..Route::default()
        },
    };
    Output::new(&site, session(&site, &identity()), Count::default())
}

fn paced() -> Option<Pacing> {
    Some(Pacing {
        packets: NonZeroU16::new(2).unwrap(),
        gap: Duration::from_micros(1_500),
    })
}

fn frame(red: u8) -> Frame {
    let mut frame = Frame::new(SIZE);
    frame.fill(Rgb888::new(red, red, red));
    frame
}

/// Lets the output do what it asks for until `end`, and no more: nobody refreshes it.
fn idle(output: &mut Output<Count>, from: Moment, end: Moment) {
    let mut now = from;
    while now < end {
        let due = output.poll(now).expect("a picture is always due again");
        assert!(due > now, "nothing is due at once when all that was due has left");
        now = due;
    }
}

/// Passes of its picture that an idle output sends in `length`, whole; after the first minute nothing is allocated any more.
fn idle_passes(protocol: Protocol, pacing: Option<Pacing>, length: Duration) -> u64 {
    let mut output = output(protocol, pacing);
    output.show(&frame(9), Level::FULL, News::Frame, START);
    let warm = START + Duration::from_secs(60);
    idle(&mut output, START, warm);
    let before = output.wire().bytes;
    let allocated = allocation_counter::measure(|| idle(&mut output, warm, warm + length));
    assert_eq!(allocated.count_total, 0, "{protocol:?}");
    (output.wire().bytes - before) / (SIZE.leds() as u64 * 3)
}

fn are_idle_for(length: Duration) {
    let seconds = length.as_secs();
    for protocol in protocols() {
        for pacing in [None, paced()] {
            let passes = idle_passes(protocol, pacing, length);
            // The keep-alive of a second, or of nine tenths of one, and what stands before the data.
            let (least, most) = (seconds, seconds * 10 / 9 * 4 / 3);
            assert!((least..=most).contains(&passes), "{protocol:?}: {passes} in {length:?}");
        }
    }
}

#[test]
fn an_idle_day_costs_no_memory_and_keeps_the_wall_lit() {
    are_idle_for(DAY / 12);
}

#[test]
#[ignore = "takes minutes without optimisation: an idle year"]
fn an_idle_year_costs_no_memory_and_keeps_the_wall_lit() {
    are_idle_for(YEAR);
}

/// The loop of an output's thread for a screen of `rate`, refreshed on every second: whole pictures, in their order, the newest taken.
fn play(protocol: Protocol, pacing: Option<Pacing>, rate: u64, length: Duration) {
    let mut output = output(protocol, pacing);
    let frames: Vec<Frame> = (0..=255).map(frame).collect();
    let tick = Duration::from_nanos(1_000_000_000 / rate);
    let mut due = None;
    let mut steps = |output: &mut Output<Count>, from: u64, until: u64| {
        for number in from..until {
            let now = START + tick * number as u32;
            while let Some(moment) = due.filter(|due: &Moment| *due <= now) {
                due = output.poll(moment.max(START));
            }
            assert!(!output.is_amid(), "a pass takes less than a picture lasts");
            let news = if number % rate == 0 { News::Refresh } else { News::Frame };
            output.show(&frames[usize::from(number as u8)], Level::FULL, news, now);
            due = output.poll(now);
        }
    };
    let warm = rate * 60;
    steps(&mut output, 0, warm);
    let allocated = allocation_counter::measure(|| {
        steps(&mut output, warm, warm + length.as_secs() * rate);
    });
    assert_eq!(allocated.count_total, 0, "{protocol:?} at {rate} Hz");
}

#[test]
fn pictures_at_the_lowest_and_the_highest_rate_are_all_sent_and_cost_no_memory() {
    for protocol in protocols() {
        play(protocol, None, 1, DAY / 24);
        play(protocol, None, 240, Duration::from_secs(30));
        play(protocol, paced(), 1, DAY / 24);
        play(protocol, paced(), 100, Duration::from_secs(60));
    }
}

#[test]
#[ignore = "takes minutes without optimisation: thirty days of pictures"]
fn thirty_days_of_paced_pictures_cost_no_memory() {
    for protocol in protocols() {
        play(protocol, paced(), 25, 30 * DAY);
    }
}

/// A wall whose batches take longer than the keep-alive: site.toml does not allow it, but for pictures that are just as slow.
#[test]
fn a_way_that_is_slower_than_the_keep_alive_still_gets_the_newest_picture() {
    for protocol in protocols() {
        for packets in [1, 2, 3] {
            let mut output = output(
                protocol,
                Some(Pacing {
                    packets: NonZeroU16::new(packets).unwrap(),
                    gap: Duration::from_millis(1_200),
                }),
            );
            let mut now = START;
            output.show(&frame(1), Level::FULL, News::Frame, now);
            let mut newest = 1;
            while now < START + Duration::from_secs(600) {
                let due = output.poll(now).expect("there is always something to do");
                // Whoever drives it looks for a newer picture between two passes.
                if !output.is_amid() && newest == 1 && now > START + Duration::from_secs(60) {
                    newest = 2;
                    output.show(&frame(2), Level::FULL, News::Frame, now);
                }
                now = due.max(now + Duration::from_millis(1));
            }
            assert_eq!(newest, 2, "{protocol:?}, {packets}: a newer picture is never taken");
        }
    }
}

#[test]
fn an_output_that_is_let_go_sends_nothing_more_but_its_farewell() {
    for protocol in protocols() {
        for pacing in [None, paced()] {
            let mut output = output(protocol, pacing);
            output.show(&frame(1), Level::FULL, News::Frame, START);
            output.poll(START);
            output.close(START);
            let mut now = START;
            while let Some(due) = output.poll(now) {
                assert!(
                    due < START + Duration::from_millis(500),
                    "{protocol:?}: the next one of this wall waits for it"
                );
                now = due.max(now);
            }
            let bytes = output.wire().bytes;
            output.show(&frame(2), Level::FULL, News::Refresh, now);
            assert_eq!(output.poll(now + Duration::from_secs(5)), None);
            assert_eq!(output.wire().bytes, bytes, "{protocol:?}");
        }
    }
}

/// Sessions by themselves, driven at moments that are as wrong as they may be.
fn sessions() -> Vec<Box<dyn Controller<Picture = [u8]>>> {
    let [_, Protocol::Sacn(sacn), Protocol::ArtNet(artnet)] = protocols() else {
        unreachable!("their order is above");
    };
    vec![
        Box::new(ddp::Sender::new()),
        Box::new(sacn::Sender::new(sacn, identity())),
        Box::new(artnet::Sender::new(artnet)),
    ]
}

#[test]
fn moments_that_stand_still_go_back_or_end_do_no_harm() {
    let ends = Moment::from_nanoseconds(u64::MAX);
    for mut session in sessions() {
        let mut out = Vec::new();
        for (number, now) in [START, START, Moment::ZERO, ends, START, ends, ends]
            .into_iter()
            .enumerate()
        {
            session.show(&[number as u8; 3_000], now);
            session.refresh(now);
            session.handle(&[1, 2, 3], now);
            let mut sent = 0;
            // At the end of all moments everything is due for ever.
            while sent < 1_000 && session.poll_transmit(now, &mut out).is_some() {
                sent += 1;
                out.clear();
            }
            assert!(sent > 0 && (sent < 1_000 || now == ends));
        }
    }
}

#[test]
fn pictures_of_any_length_follow_each_other_amid_passes() {
    let lengths = [0, 1, 509, 510, 511, 3_000, 0, 400_000, 7, 400_000, 0, 90_000, 1];
    for mut session in sessions() {
        for most in [1, 2, 3, 70, 700, 10_000] {
            let mut out = Vec::new();
            for (number, length) in lengths.into_iter().enumerate() {
                session.show(&vec![number as u8 + 1; length], START);
                for _ in 0..most {
                    if session.poll_transmit(START, &mut out).is_none() {
                        break;
                    }
                }
                out.clear();
            }
            while session.poll_transmit(START, &mut out).is_some() {}
            // Whatever was left of the passes, the last picture is the one that goes on.
            session.refresh(START);
            let mut pass = Vec::new();
            while session.poll_transmit(START, &mut pass).is_some() {}
            assert!(pass.contains(&13) && pass.len() < 1_000, "{} bytes", pass.len());
        }
    }
}
