//! What leaves when: batches for receivers with small buffers, and controllers that take fewer pictures than the screen has.

use std::{num::NonZeroU16, time::Duration};

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    daemon::{News, Output},
    frame::Frame,
    site::{self, Pacing},
    units::{Level, Moment, Rate, Size},
};

use super::output::{Tape, open, to};

/// 30 packets of DDP.
const SIZE: Size = Size { width: 480, height: 30 };

const PACKETS: usize = 30;

fn frame(red: u8) -> Frame {
    let mut frame = Frame::new(SIZE);
    frame.fill(Rgb888::new(red, red, red));
    frame
}

fn at(microseconds: u64) -> Moment {
    Moment::ZERO + Duration::from_micros(microseconds)
}

fn paced(packets: u16) -> site::Output {
    let mut output = to("192.0.2.1:4048", SIZE);
    output.route.pacing = Some(Pacing {
        packets: NonZeroU16::new(packets).unwrap(),
        gap: Duration::from_millis(1),
    });
    output
}

fn show(output: &mut Output<Tape>, red: u8, now: Moment) {
    output.show(&frame(red), Level::FULL, News::Frame, now);
}

/// Polls whenever the output asks for it, late by `late`, until it asks for nothing before `until`.
fn run(output: &mut Output<Tape>, from: Moment, until: Moment, late: Duration) {
    let mut now = from;
    while now < until {
        match output.poll(now) {
            Some(due) => now = due.max(now) + late,
            None => return,
        }
    }
}

/// When how many datagrams left, and of which picture each was.
fn batches(output: &Output<Tape>) -> Vec<(Moment, usize, u8)> {
    let mut batches: Vec<(Moment, usize, u8)> = Vec::new();
    for (moment, datagram) in &output.wire().sent {
        match batches.last_mut() {
            Some((last, count, red)) if last == moment && *red == datagram[10] => *count += 1,
            _ => batches.push((*moment, 1, datagram[10])),
        }
    }
    batches
}

#[test]
fn a_paced_picture_leaves_in_batches_at_moments_counted_from_its_first() {
    let mut output = open(&paced(8), Tape::default());
    show(&mut output, 7, at(5_000));
    run(&mut output, at(5_000), at(100_000), Duration::ZERO);
    let expected = [(5_000, 8), (6_000, 8), (7_000, 8), (8_000, 6)];
    assert_eq!(batches(&output), expected.map(|(moment, count)| (at(moment), count, 7)));
}

#[test]
fn whoever_comes_a_little_late_for_each_batch_does_not_fall_behind() {
    let mut output = open(&paced(1), Tape::default());
    show(&mut output, 7, at(5_000));
    run(&mut output, at(5_000), at(100_000), Duration::from_micros(80));
    let moments: Vec<_> = batches(&output).iter().map(|(moment, ..)| *moment).collect();
    assert_eq!(moments.len(), PACKETS);
    assert_eq!(
        moments[29],
        at(5_000 + 29 * 1_000 + 80),
        "80 microseconds once, not 29 times"
    );
}

#[test]
fn whoever_comes_late_by_much_sends_no_two_batches_at_once() {
    let mut output = open(&paced(10), Tape::default());
    show(&mut output, 7, at(5_000));
    for moment in [5_000, 9_500, 9_600, 10_499, 10_500, 11_500] {
        output.poll(at(moment));
    }
    let expected = [(5_000, 10), (9_500, 10), (10_500, 10)];
    assert_eq!(batches(&output), expected.map(|(moment, count)| (at(moment), count, 7)));
}

#[test]
fn a_newer_picture_waits_for_the_end_of_the_pass_and_only_the_newest_comes() {
    let mut output = open(&paced(10), Tape::default());
    show(&mut output, 1, at(0));
    output.poll(at(0));
    assert!(output.is_amid());
    show(&mut output, 2, at(500));
    show(&mut output, 3, at(600));
    run(&mut output, at(1_000), at(100_000), Duration::ZERO);
    let sent: Vec<u8> = output.wire().sent.iter().map(|(_, datagram)| datagram[10]).collect();
    let pushes: Vec<usize> = (0..sent.len())
        .filter(|at| output.wire().sent[*at].1[0] & 1 == 1)
        .collect();
    assert_eq!(sent, [[1; PACKETS], [3; PACKETS]].concat());
    assert_eq!(pushes, [PACKETS - 1, 2 * PACKETS - 1]);
    assert!(!output.is_amid());
}

#[test]
fn what_is_not_paced_leaves_at_once() {
    let mut output = open(&to("192.0.2.1:4048", SIZE), Tape::default());
    show(&mut output, 7, at(5_000));
    output.poll(at(5_000));
    assert_eq!(batches(&output), [(at(5_000), PACKETS, 7)]);
    assert!(!output.is_amid());
}

#[test]
fn a_controller_that_takes_fewer_pictures_gets_them_evenly_and_the_newest_each_time() {
    let mut site = to("192.0.2.1:4048", SIZE);
    site.route.most = Rate::new(40);
    let mut output = open(&site, Tape::default());
    let mut shown = Vec::new();
    // The loop of an output's thread: the newest picture of a screen of 50 a second waits until it may be taken.
    for now in (0..2_000_000).step_by(1_000) {
        // After a second nothing moves any more.
        let newest = (now / 20_000).min(49) as u8;
        if output.opens() <= at(now) && shown.last().is_none_or(|(_, last)| *last < newest) {
            show(&mut output, newest, at(now));
            shown.push((now, newest));
        }
    }
    assert_eq!(
        shown[..6],
        [
            (0, 0),
            (25_000, 1),
            (50_000, 2),
            (75_000, 3),
            (100_000, 5),
            (125_000, 6)
        ]
    );
    assert_eq!(shown.len(), 41);
    assert_eq!(shown.last(), Some(&(1_000_000, 49)), "the last picture is shown");
}

#[test]
fn after_a_rest_a_picture_is_taken_at_once_and_no_two_follow_each_other_sooner_than_allowed() {
    let mut site = to("192.0.2.1:4048", SIZE);
    site.route.most = Rate::new(40);
    let mut output = open(&site, Tape::default());
    show(&mut output, 1, at(500_000));
    assert_eq!(output.opens(), at(525_000));
    show(&mut output, 2, at(526_000));
    assert_eq!(output.opens(), at(550_000), "a little late is not handed on");
    show(&mut output, 3, at(570_000));
    assert_eq!(output.opens(), at(595_000), "but no two follow each other closely");
}
