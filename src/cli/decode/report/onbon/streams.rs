//! Frames in lines, datagrams and streams.
//!
//! A capture may begin and end anywhere: a frame that its last piece leaves open is not told.

use std::{collections::VecDeque, net::SocketAddr};

use crate::{
    cli::decode::{Datagram, Origin, Segment},
    controller::onbon::packet::{Deframer, LineError, Packet},
};

/// The longest body that is looked for: more than a card's areas take.
const LIMIT: usize = 1 << 20;

/// How many streams are followed at a time; the one that was silent the longest is let go for a new one.
const STREAMS: usize = 256;

/// What was found: a body, escapes undone, or what is wrong with the bytes of the line.
#[derive(Debug)]
pub(in crate::cli::decode::report) enum Frame {
    /// A body.
    Body(Vec<u8>),
    /// Bytes that are no frame: what is wrong, where, and the bytes.
    Fault {
        error: LineFault,
        at: usize,
        bytes: Vec<u8>,
    },
}

/// What is wrong with the bytes of a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli::decode::report) enum LineFault {
    /// As it is found.
    Line(LineError),
    /// The line, or the datagram, ends within a frame.
    Unended,
}

/// The streams of a capture, one for each way.
#[derive(Debug, Default)]
pub(in crate::cli::decode::report) struct Streams {
    streams: VecDeque<Stream>,
}

/// One way of a connection.
#[derive(Debug)]
struct Stream {
    from: SocketAddr,
    to: SocketAddr,
    /// The number of the next byte.
    next: u32,
    deframer: Deframer,
}

impl Streams {
    /// The frames that end in a line, a datagram, or a piece of a stream.
    pub(in crate::cli::decode::report) fn frames(&mut self, datagram: &Datagram<'_>) -> Vec<Frame> {
        match (datagram.origin, datagram.segment) {
            (Origin::Record { from, to, .. }, Some(segment)) => self.piece(from, to, segment, datagram.bytes),
            _ if is_body(datagram.bytes) => vec![Frame::Body(datagram.bytes.to_vec())],
            _ => alone(datagram.bytes),
        }
    }

    /// What comes again is passed over, and what does not follow begins anew.
    fn piece(&mut self, from: SocketAddr, to: SocketAddr, segment: Segment, bytes: &[u8]) -> Vec<Frame> {
        let mut stream = self.take(from, to, segment);
        let known = stream.next.wrapping_sub(segment.number) as usize;
        let mut frames = Vec::new();
        let new = match bytes.get(known..) {
            Some(new) if !segment.begins => new,
            // A little behind: all of it is known. Far ahead: something is missing.
            None if !segment.begins && known < 1 << 31 => &[],
            _ => {
                if stream.deframer.is_within() {
                    frames.push(unended(bytes, 0));
                }
                let next = segment.number.wrapping_add(segment.begins.into());
                stream = Stream::new(from, to, next);
                bytes
            }
        };
        stream.next = stream.next.wrapping_add(new.len() as u32);
        frames.extend(deframe(&mut stream.deframer, new));
        self.streams.push_back(stream);
        frames
    }

    fn take(&mut self, from: SocketAddr, to: SocketAddr, segment: Segment) -> Stream {
        let at = self
            .streams
            .iter()
            .position(|stream| (stream.from, stream.to) == (from, to));
        if at.is_none() && self.streams.len() >= STREAMS {
            self.streams.pop_front();
        }
        at.and_then(|at| self.streams.remove(at))
            .unwrap_or_else(|| Stream::new(from, to, segment.number))
    }
}

impl Stream {
    const fn new(from: SocketAddr, to: SocketAddr, next: u32) -> Self {
        Self {
            from,
            to,
            next,
            deframer: Deframer::new(LIMIT),
        }
    }
}

/// Whether somebody wrote down a body without its frame.
fn is_body(bytes: &[u8]) -> bool {
    bytes.first() != Some(&0xa5) && Packet::parse(bytes).is_ok()
}

/// Frames of bytes that nothing follows.
fn alone(bytes: &[u8]) -> Vec<Frame> {
    let mut deframer = Deframer::new(LIMIT);
    let mut frames = deframe(&mut deframer, bytes);
    if deframer.is_within() {
        frames.push(unended(bytes, bytes.len()));
    }
    match deframer.noise() {
        0 => {}
        noise => frames.push(Frame::Fault {
            error: LineFault::Line(LineError::Noise { bytes: noise }),
            at: bytes.len() - noise,
            bytes: bytes.to_vec(),
        }),
    }
    frames
}

fn unended(bytes: &[u8], at: usize) -> Frame {
    Frame::Fault {
        error: LineFault::Unended,
        at,
        bytes: bytes.to_vec(),
    }
}

fn deframe(deframer: &mut Deframer, bytes: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut rest = bytes;
    while let Some(found) = deframer.next(&mut rest) {
        frames.push(match found {
            Ok(body) => Frame::Body(body.to_vec()),
            Err(error) => Frame::Fault {
                error: LineFault::Line(error),
                at: bytes.len() - rest.len() - 1,
                bytes: bytes.to_vec(),
            },
        });
    }
    frames
}
