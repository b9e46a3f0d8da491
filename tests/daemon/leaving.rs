//! How an output ends: with a farewell where the site has it no longer, and with the last frame held in any other case.

use std::{
    num::NonZeroU16,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    controller::{Transmit, Universes, sacn},
    daemon::{Claim, FrameBox, News, Output, Pulses, Wire, send, session, source},
    frame::Frame,
    link::{LinkError, Sent},
    site::{self, Protocol},
    units::{Level, Moment, Size},
    wall::Wall,
};

use super::{output::to, process::PATIENCE, site as sites};

const SIZE: Size = Size { width: 170, height: 3 };

/// Where a stream of sACN says that it ends.
const OPTIONS: usize = 112;
const TERMINATED: u8 = 0x40;

/// Three universes of 170 LEDs, to one receiver.
fn sacn(first: u16) -> site::Output {
    let mut output = to("192.0.2.1:5568", SIZE);
    output.protocol = Protocol::Sacn(sacn::Settings {
        universes: Universes { first, slots: 510 },
        priority: 100,
        sync: None,
        multicast: false,
    });
    output
}

/// Datagrams, in the order in which they left.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Vec<Vec<u8>>>>);

impl Tape {
    fn all(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap().clone()
    }

    fn until(&self, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.all().len() < count {
            assert!(Instant::now() < deadline, "never sent");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Wire for Tape {
    fn send_all(&mut self, transmits: &[Transmit], bytes: &[u8], _now: Moment) -> Sent {
        let mut rest = bytes;
        for transmit in transmits {
            let (own, others) = rest.split_at(transmit.length);
            let datagrams = own.chunks(transmit.segment.unwrap_or(own.len()));
            self.0.lock().unwrap().extend(datagrams.map(<[u8]>::to_vec));
            rest = others;
        }
        Sent::All
    }

    fn receive(&mut self, _now: Moment, _take: &mut dyn FnMut(&[u8])) {}

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }
}

/// Runs the loop of an output's thread until a picture has left, then ends it so; what left.
fn run(output: site::Output, end: impl FnOnce(&FrameBox)) -> Vec<Vec<u8>> {
    let (tape, mailbox) = (Tape::default(), Arc::new(FrameBox::new(Frame::new(SIZE))));
    let (wire, inbox) = (tape.clone(), Arc::clone(&mailbox));
    let thread = thread::spawn(move || {
        let who = super::output::nobody();
        let mut output = Output::new(&output, session(&output, &who), wire);
        let pulse = Pulses::default().add(Moment::ZERO);
        let given = (&pulse, &mut Claim::nice());
        send(&mut output, &inbox, &mut Frame::new(SIZE), given, |_| {});
    });
    let mut frame = Frame::new(SIZE);
    frame.fill(Rgb888::new(1, 2, 3));
    mailbox.put(&frame, Level::FULL, News::Frame);
    tape.until(3);
    end(&mailbox);
    thread.join().unwrap();
    tape.all()
}

fn farewells(datagrams: &[Vec<u8>], universe: u16) -> usize {
    let ends = |datagram: &&Vec<u8>| {
        datagram.len() > OPTIONS + 3
            && datagram[OPTIONS] & TERMINATED != 0
            && datagram[113..115] == universe.to_be_bytes()
    };
    datagrams.iter().filter(ends).count()
}

#[test]
fn an_output_that_the_site_has_no_longer_ends_each_of_its_universes_three_times() {
    let sent = run(sacn(7), |mailbox| {
        mailbox.dismiss();
        mailbox.close();
    });
    assert_eq!([7, 8, 9].map(|universe| farewells(&sent, universe)), [3; 3]);
    let last = sent.iter().rposition(|datagram| datagram[OPTIONS] & TERMINATED == 0);
    assert!(
        last.is_some_and(|last| last < sent.len() - 9),
        "nothing follows a farewell"
    );
}

#[test]
fn an_output_of_a_daemon_that_ends_says_no_farewell() {
    let sent = run(sacn(7), FrameBox::close);
    assert_eq!([7, 8, 9].map(|universe| farewells(&sent, universe)), [0; 3]);
}

#[test]
fn a_farewell_of_a_paced_output_comes_in_batches_and_comes_whole() {
    let mut output = sacn(7);
    output.route.pacing = Some(site::Pacing {
        packets: NonZeroU16::MIN,
        gap: Duration::from_millis(1),
    });
    let sent = run(output, |mailbox| {
        mailbox.dismiss();
        mailbox.close();
    });
    assert_eq!([7, 8, 9].map(|universe| farewells(&sent, universe)), [3; 3]);
}

#[test]
fn an_output_goes_on_as_another_only_where_that_lights_all_that_it_lit_by_the_same_way() {
    let own = sacn(7);
    let mut brighter = own.clone();
    brighter.brightness = Level::new(50).unwrap();
    let mut larger = own.clone();
    larger.panel.region.height = 4;
    let mut elsewhere = own.clone();
    elsewhere.address = Some("192.0.2.2:5568".into());
    let mut by_another_way = own.clone();
    by_another_way.route.interface = Some("eth1".into());
    assert!([&own, &brighter, &larger].into_iter().all(|next| own.goes_on_as(next)));
    let smaller = own.clone();
    let others = [
        (&own, &elsewhere),
        (&own, &by_another_way),
        (&own, &sacn(8)),
        (&larger, &smaller),
    ];
    assert!(!others.into_iter().any(|(own, next)| own.goes_on_as(next)));
}

fn sample() -> Arc<Wall> {
    let folder = sites::folder();
    sites::wall(folder.path())
}

#[test]
fn a_source_is_the_same_after_a_restart_and_another_on_every_machine_screen_and_output_and_of_every_priority() {
    let wall = sample();
    let screen = &wall.site().screens[0];
    let own = source("machine", screen, 0);
    assert_eq!(own, source("machine", screen, 0));
    assert_eq!(&*own.name, "yingbi lobby");
    let mut other = screen.clone();
    other.id = "hall".into();
    // A backup, which may run on the same machine or on one that is a copy of it.
    let of_priority = |priority| {
        let mut screen = screen.clone();
        let mut output = sacn(7);
        if let Protocol::Sacn(settings) = &mut output.protocol {
            settings.priority = priority;
        }
        screen.outputs = vec![output];
        source("machine", &screen, 0).cid
    };
    let cids = [
        of_priority(100),
        of_priority(90),
        own.cid,
        source("machine", screen, 1).cid,
        source("another machine", screen, 0).cid,
        source("", screen, 0).cid,
        source("machine", &other, 0).cid,
    ];
    for (at, cid) in cids.iter().enumerate() {
        assert!(!cids[..at].contains(cid));
        // A UUID of version 8 and of the usual variant.
        assert_eq!((cid[6] >> 4, cid[8] >> 6), (8, 2));
    }
}
