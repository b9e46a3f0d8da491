//! One output, without threads: frames in, datagrams out.

use std::{net::UdpSocket, time::Duration};

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    controller::{Transmit, ddp::KEEP_ALIVE, sacn::Identity},
    daemon::{News, Output, Wire, session},
    frame::Frame,
    link::{LinkError, Sent},
    panel::Spec,
    site::{self, Protocol, Route},
    units::{Level, Moment, Size},
};

/// Keeps the datagrams that are sent, each with its moment.
#[derive(Debug, Default)]
pub(super) struct Tape {
    pub(super) sent: Vec<(Moment, Vec<u8>)>,
}

impl Wire for Tape {
    fn send_all(&mut self, transmits: &[Transmit], bytes: &[u8], now: Moment) -> Sent {
        let mut rest = bytes;
        for transmit in transmits {
            let (own, others) = rest.split_at(transmit.length);
            let segments = own.chunks(transmit.segment.unwrap_or(own.len()));
            self.sent.extend(segments.map(|datagram| (now, datagram.to_vec())));
            rest = others;
        }
        assert!(rest.is_empty(), "bytes that belong to no transmission");
        Sent::All
    }

    fn receive(&mut self, _now: Moment, _take: &mut dyn FnMut(&[u8])) {}

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }
}

const SIZE: Size = Size { width: 2, height: 1 };

pub(super) fn to(address: &str, size: Size) -> site::Output {
    site::Output {
        protocol: Protocol::Ddp,
        address: Some(address.into()),
        panel: Spec::plain(size.area()),
        brightness: Level::FULL,
        route: Route::default(),
    }
}

pub(super) fn nobody() -> Identity {
    Identity {
        cid: [0; 16],
        name: "nobody".into(),
    }
}

pub(super) fn open<W: Wire>(output: &site::Output, wire: W) -> Output<W> {
    Output::new(output, session(output, &nobody()), wire)
}

fn frame(red: u8) -> Frame {
    let mut frame = Frame::new(SIZE);
    frame.fill(Rgb888::new(red, 0, 255));
    frame
}

fn at(milliseconds: u64) -> Moment {
    Moment::ZERO + Duration::from_millis(milliseconds)
}

/// The DDP packet of a two-LED picture: version 1 with push, no sequence, RGB 8 bits, display 1, offset 0, length 6.
fn packet(red: u8) -> Vec<u8> {
    let header = [0x41, 0x00, 0x0B, 0x01, 0, 0, 0, 0, 0, 6];
    [&header[..], &[red, 0, 255, red, 0, 255]].concat()
}

fn play(output: &mut Output<Tape>, red: u8, news: News, milliseconds: u64) {
    output.show(&frame(red), Level::FULL, news, at(milliseconds));
    output.poll(at(milliseconds));
}

#[test]
fn a_new_frame_goes_out_at_once_and_an_unchanged_one_only_as_a_refresh() {
    let mut output = open(&to("192.0.2.1:4048", SIZE), Tape::default());
    play(&mut output, 1, News::Frame, 0);
    play(&mut output, 1, News::Frame, 20);
    play(&mut output, 2, News::Frame, 40);
    play(&mut output, 2, News::Refresh, 60);
    let expected = [(at(0), packet(1)), (at(40), packet(2)), (at(60), packet(2))];
    assert_eq!(output.wire().sent, expected);
}

#[test]
fn a_frame_that_nobody_replaces_is_kept_alive() {
    let mut output = open(&to("192.0.2.1:4048", SIZE), Tape::default());
    assert_eq!(output.poll(at(0)), None, "nothing to show yet");
    output.show(&frame(1), Level::FULL, News::Frame, at(0));
    assert_eq!(output.poll(at(0)), Some(at(0) + KEEP_ALIVE));
    output.poll(at(999));
    output.poll(at(1_000));
    assert_eq!(output.wire().sent, [(at(0), packet(1)), (at(1_000), packet(1))]);
}

/// A way that is closed until a moment.
#[derive(Debug)]
struct Closed {
    until: Moment,
    tape: Tape,
}

impl Wire for Closed {
    fn send_all(&mut self, transmits: &[Transmit], bytes: &[u8], now: Moment) -> Sent {
        if now < self.until {
            return Sent::Not;
        }
        self.tape.send_all(transmits, bytes, now)
    }

    fn receive(&mut self, _now: Moment, _take: &mut dyn FnMut(&[u8])) {}

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }
}

#[test]
fn a_picture_that_could_not_leave_is_tried_again_four_times_a_second_and_then_no_more() {
    let closed = Closed {
        until: at(1_600),
        tape: Tape::default(),
    };
    let mut output = open(&to("192.0.2.1:4048", SIZE), closed);
    output.show(&frame(1), Level::FULL, News::Frame, at(0));
    for now in (0..2_500).step_by(10) {
        output.poll(at(now));
    }
    assert_eq!(output.wire().tape.sent, [(at(1_750), packet(1))]);
}

#[test]
fn an_output_sends_over_a_real_socket() {
    let controller = UdpSocket::bind("127.0.0.1:0").unwrap();
    controller.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let address = controller.local_addr().unwrap().to_string();
    let mut output = Output::open(&to(&address, SIZE), &nobody(), at(0));
    output.show(&frame(3), Level::FULL, News::Frame, at(0));
    output.poll(at(0));
    let mut bytes = [0; 64];
    let length = controller.recv(&mut bytes).unwrap();
    assert_eq!(bytes[..length], packet(3));
    assert_eq!(output.problems(), []);
}

#[test]
fn a_receiver_that_is_absent_is_a_problem_with_its_reason_until_it_is_back() {
    let port = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut output = Output::open(&to(&port.to_string(), SIZE), &nobody(), at(0));
    // The system tells of a refusal with one of the next sends.
    let mut now = 0;
    while output.problems().is_empty() {
        assert!(now < 60_000, "never told");
        play_open(&mut output, now);
        now += 20;
    }
    let problem = &output.problems()[0];
    assert_eq!(problem.message.en, format!("nothing listens at {port}"));
    assert_eq!(&*problem.file, "site.toml");
    let _controller = UdpSocket::bind(port).unwrap();
    while !output.problems().is_empty() {
        assert!(now < 120_000, "never gone");
        play_open(&mut output, now);
        now += 20;
    }
}

fn play_open<W: Wire>(output: &mut Output<W>, now: u64) {
    output.show(&frame((now % 251) as u8), Level::FULL, News::Frame, at(now));
    output.poll(at(now));
}
