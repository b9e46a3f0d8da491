//! A whole controller by simulated time: DDP datagrams in, pictures out, in bad weather.

use std::{net::SocketAddr, time::Duration};

use yingbi::{
    controller::{
        Controller as _,
        ddp::{
            Sender,
            packet::{Destination, Header},
        },
    },
    simulator::controller::{Effects, Kind, Machine, Setup},
    units::{Moment, Size},
};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);
const SIZE: Size = Size::new(40, 30);

fn peer() -> SocketAddr {
    "192.0.2.1:50000".parse().unwrap()
}

fn after(milliseconds: u64) -> Moment {
    START + Duration::from_millis(milliseconds)
}

fn machine(faults: &str) -> Machine {
    let setup = Setup {
        faults: faults.parse().unwrap(),
        seed: 1,
        ..Setup::plain(Kind::Ddp, SIZE)
    };
    Machine::new(setup, None, START)
}

/// The datagrams of a picture whose every byte is `value`.
fn picture(value: u8) -> Vec<Vec<u8>> {
    let mut sender = Sender::new();
    sender.show(&vec![value; SIZE.leds() * 3], START);
    let mut out = Vec::new();
    let transmit = sender.poll_transmit(START, &mut out).unwrap();
    out.chunks(transmit.segment.unwrap()).map(<[u8]>::to_vec).collect()
}

/// What comes of the picture `value` at `now`: the values of the first LED of every picture shown.
fn show(machine: &mut Machine, value: u8, now: Moment) -> Vec<u8> {
    let mut effects = Effects::default();
    for datagram in picture(value) {
        machine.take(peer(), &datagram, now, &mut effects);
    }
    firsts(&effects)
}

fn poll(machine: &mut Machine, now: Moment) -> Vec<u8> {
    let mut effects = Effects::default();
    machine.poll(now, &mut effects);
    firsts(&effects)
}

fn firsts(effects: &Effects) -> Vec<u8> {
    effects.shown.iter().map(|frame| frame.bytes()[0]).collect()
}

/// Whether a question is answered at `now`.
fn answers(machine: &mut Machine, now: Moment) -> bool {
    let mut question = Vec::new();
    Header::question(Destination::STATUS).encode(0, &mut question);
    let mut effects = Effects::default();
    machine.take(peer(), &question, now, &mut effects);
    assert!(effects.replies.iter().all(|reply| reply.to == peer()));
    !effects.replies.is_empty()
}

#[test]
fn in_fair_weather_every_picture_is_shown_and_every_question_answered() {
    let mut fair = machine("");
    assert_eq!(show(&mut fair, 1, after(0)), [1]);
    assert_eq!(show(&mut fair, 2, after(20)), [2]);
    assert!(answers(&mut fair, after(30)));
    assert_eq!(fair.poll_timeout(), None);
    assert_eq!(fair.counts().pictures, 2);
}

#[test]
fn a_late_picture_is_shown_late() {
    let mut slow = machine("delay=30ms");
    assert_eq!(show(&mut slow, 1, after(0)), [0_u8; 0]);
    assert_eq!(slow.poll_timeout(), Some(after(30)));
    assert_eq!(poll(&mut slow, after(29)), [0_u8; 0]);
    assert_eq!(poll(&mut slow, after(30)), [1]);
}

#[test]
fn a_silent_controller_keeps_its_picture_and_answers_nothing() {
    let mut silent = machine("silent=1s..2s");
    assert_eq!(show(&mut silent, 1, after(0)), [1]);
    assert_eq!(show(&mut silent, 2, after(1500)), [0_u8; 0]);
    assert!(!answers(&mut silent, after(1600)));
    assert_eq!(show(&mut silent, 3, after(2000)), [3]);
    assert_eq!(silent.mishaps().unheard, picture(2).len() as u64 + 1);
}

#[test]
fn a_stale_controller_answers_and_counts_pictures_but_shows_the_old_one() {
    let mut stale = machine("stale");
    assert_eq!(show(&mut stale, 1, after(0)), [1]);
    assert_eq!(show(&mut stale, 2, after(20)), [0_u8; 0]);
    assert!(answers(&mut stale, after(30)));
    assert_eq!((stale.counts().pictures, stale.mishaps().hidden), (2, 1));
    let mut for_a_while = machine("stale=1s..2s");
    assert_eq!(show(&mut for_a_while, 1, after(0)), [1]);
    assert_eq!(show(&mut for_a_while, 2, after(1000)), [0_u8; 0]);
    assert_eq!(show(&mut for_a_while, 3, after(2000)), [3]);
}

#[test]
fn a_reboot_makes_it_dark_and_deaf_and_its_counts_go_on() {
    let mut weak = machine("reboot=10s,boot=2s");
    assert_eq!(show(&mut weak, 1, after(0)), [1]);
    assert_eq!(weak.poll_timeout(), Some(after(10_000)));
    assert_eq!(poll(&mut weak, after(10_000)), [0]);
    assert_eq!(show(&mut weak, 2, after(11_000)), [0_u8; 0]);
    assert!(!answers(&mut weak, after(11_000)));
    assert_eq!(poll(&mut weak, after(12_000)), [0_u8; 0]);
    assert_eq!(show(&mut weak, 3, after(12_000)), [3]);
    assert_eq!((weak.counts().pictures, weak.mishaps().reboots), (2, 1));
}

#[test]
fn what_was_half_received_is_forgotten_by_a_reboot() {
    let mut weak = machine("reboot=10s,boot=2s");
    let mut effects = Effects::default();
    let datagrams = picture(7);
    weak.take(peer(), &datagrams[0], after(9_999), &mut effects);
    weak.poll(after(10_000), &mut effects);
    effects.shown.clear();
    weak.poll(after(12_000), &mut effects);
    for datagram in &datagrams[1..] {
        weak.take(peer(), datagram, after(12_001), &mut effects);
    }
    let [shown] = &effects.shown[..] else {
        panic!("one picture is shown")
    };
    assert_eq!((shown.bytes()[0], shown.bytes()[SIZE.leds() * 3 - 1]), (0, 7));
    assert_eq!(weak.counts().partial, 1);
}

#[test]
fn a_controller_of_the_wrong_size_refuses_with_a_reason_what_it_has_no_leds_for() {
    let mut wrong = machine("wrong-size=20x30");
    assert_eq!(wrong.size(), Size::new(20, 30));
    let mut effects = Effects::default();
    for datagram in picture(5) {
        wrong.take(peer(), &datagram, START, &mut effects);
    }
    assert!(effects.shown.is_empty());
    let refusal = wrong.refusal().unwrap().to_string();
    assert!(
        refusal.contains("the display's 20x30 LEDs end at byte 1800"),
        "{refusal}"
    );
}

#[test]
fn spoilt_datagrams_never_make_it_panic_and_what_it_shows_has_its_size() {
    let mut noisy = machine("corrupt=100%,duplicate=20%,reorder=20%,loss=20%");
    let mut effects = Effects::default();
    for round in 0..200 {
        for datagram in picture(round as u8) {
            noisy.take(peer(), &datagram, after(round * 20), &mut effects);
        }
    }
    assert!(effects.shown.iter().all(|frame| frame.size() == SIZE));
    let counts = noisy.counts();
    assert!(
        counts.malformed + counts.refused > 0 && counts.pictures > 0,
        "{counts:?}"
    );
}
