//! Sending with as few system calls as the way allows: runs that the system segments by itself, and batches of single datagrams.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use quinn_udp::{Transmit as Run, UdpSockRef};
use rustix::{event::PollFlags, io::Errno};

use super::{Socket, batch::Batch, wait};
use crate::{
    controller::{To, Transmit},
    link::Segmentation,
};

/// The largest UDP payload over IPv4, segmented or not.
const PAYLOAD: usize = 65_507;

/// How long to wait for room in the send buffer or in the queue of the network card, and how often for each [`PORTION`] begun, before the rest is given up.
const ROOM: Duration = Duration::from_millis(5);
const PATIENCE: usize = 4;
const PORTION: usize = 1 << 16;

/// How often a datagram is tried again that an error of an earlier one kept back.
const LATE: u32 = 16;

/// What became of the datagrams of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::link) struct Outcome {
    /// Whether any left.
    pub(in crate::link) left: bool,
    /// Whether any failed, for whatever reason but a lack of room.
    pub(in crate::link) failed: bool,
    /// Whether there was no room, so that the rest was dropped.
    pub(in crate::link) cut: bool,
}

/// A datagram that could not be sent.
#[derive(Debug)]
pub(in crate::link) struct Failure {
    /// Where it should have gone.
    pub(in crate::link) to: SocketAddr,
    /// Its bytes; 0 where it had left before.
    pub(in crate::link) length: usize,
    /// Why.
    pub(in crate::link) error: io::Error,
}

/// What to do about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::link) enum Verdict {
    /// Leave out what follows to the same address, and go on with the others.
    Others,
    /// Leave out all the rest.
    Stop,
}

impl Socket {
    /// Whether the system segments, as far as is known.
    pub(in crate::link) fn segments(&self) -> bool {
        self.segmentation == Segmentation::Offered && self.state.max_gso_segments() > 1
    }

    /// From now on sends so.
    pub(in crate::link) const fn set_segmentation(&mut self, segmentation: Segmentation) {
        self.segmentation = segmentation;
    }

    /// Sends `transmits`, which lie in `bytes` one after the other; those to the peer go to `peer`, or
    /// nowhere. `failed` decides on failures.
    pub(in crate::link) fn send_all(
        &self,
        transmits: &[Transmit],
        bytes: &[u8],
        peer: Option<SocketAddr>,
        failed: impl FnMut(&Failure) -> Verdict,
    ) -> Outcome {
        let mut sending = Sending {
            socket: self,
            peer,
            failed,
            patience: PATIENCE * (bytes.len() / PORTION + 1),
            left_out: None,
            outcome: Outcome::default(),
        };
        // Whether it was stopped is in the outcome.
        let _ = sending.all(transmits, bytes);
        sending.outcome
    }
}

/// Nothing more is to be sent.
struct Stopped;

struct Sending<'a, F> {
    socket: &'a Socket,
    peer: Option<SocketAddr>,
    failed: F,
    /// How often it may still wait.
    patience: usize,
    /// The address that failed last.
    left_out: Option<SocketAddr>,
    outcome: Outcome,
}

impl<F: FnMut(&Failure) -> Verdict> Sending<'_, F> {
    fn all(&mut self, transmits: &[Transmit], mut bytes: &[u8]) -> Result<(), Stopped> {
        let mut batch = Batch::new(self.socket.peer);
        for transmit in transmits {
            let (these, rest) = bytes.split_at(transmit.length.min(bytes.len()));
            bytes = rest;
            let to = match transmit.to {
                To::Peer => self.peer,
                To::At(address) => Some(address),
            };
            let Some(to) = to.filter(|&to| self.left_out != Some(to)) else {
                self.outcome.failed = true;
                continue;
            };
            let segment = transmit.segment.unwrap_or(these.len()).max(1);
            if (these.len() > segment && self.socket.segments()) || self.needs_source(to) {
                self.batch(&mut batch)?;
                self.runs(to, these, segment)?;
                continue;
            }
            self.singly(&mut batch, to, these, segment)?;
        }
        self.batch(&mut batch)
    }

    /// Adds the datagrams to the batch, and sends it whenever it is full.
    fn singly<'b>(
        &mut self,
        batch: &mut Batch<'b>,
        to: SocketAddr,
        bytes: &'b [u8],
        segment: usize,
    ) -> Result<(), Stopped> {
        for datagram in bytes.chunks(segment) {
            batch.push(to, datagram);
            if batch.is_full() {
                self.batch(batch)?;
            }
        }
        Ok(())
    }

    /// Sends the batch and empties it.
    fn batch(&mut self, batch: &mut Batch<'_>) -> Result<(), Stopped> {
        let mut next = 0;
        while next < batch.count() {
            let to = batch.to(next);
            if self.left_out == Some(to) {
                next += 1;
                continue;
            }
            match self.patiently(|socket| batch.send(&socket.inner, next))? {
                Ok(count) => {
                    self.outcome.left = true;
                    next += count;
                    // The system stops at an error of an earlier datagram, and does not say so.
                    if next < batch.count() && self.socket.peer.is_none() {
                        self.late(None)?;
                    }
                }
                Err(error) => self.fail(to, batch.length(next), error)?,
            }
        }
        batch.clear();
        Ok(())
    }

    /// Sends `bytes` in runs that the system segments.
    fn runs(&mut self, to: SocketAddr, bytes: &[u8], segment: usize) -> Result<(), Stopped> {
        let src_ip = self
            .needs_source(to)
            .then_some(self.socket.source)
            .flatten()
            .map(Into::into);
        let mut rest = bytes;
        while !rest.is_empty() {
            let together = if self.socket.segments() {
                self.socket.state.max_gso_segments()
            } else {
                1
            };
            if together == 1 && src_ip.is_none() {
                let mut batch = Batch::new(self.socket.peer);
                self.singly(&mut batch, to, rest, segment)?;
                return self.batch(&mut batch);
            }
            let length = (segment * together.min(PAYLOAD / segment).max(1)).min(rest.len());
            let run = Run {
                destination: to,
                ecn: None,
                contents: &rest[..length],
                segment_size: (length > segment).then_some(segment),
                src_ip,
            };
            match self.patiently(|socket| socket.state.try_send(UdpSockRef::from(&socket.inner), &run))? {
                Ok(()) => {
                    self.outcome.left = true;
                    rest = &rest[length..];
                }
                // The attempt itself showed that this way cannot segment; the state has taken note.
                Err(_) if together > 1 && self.socket.state.max_gso_segments() == 1 => {}
                Err(error) => {
                    self.fail(to, segment.min(length), error)?;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Calls until it neither lacks room nor stumbles over an error of an earlier datagram.
    fn patiently<T>(&mut self, mut call: impl FnMut(&Socket) -> io::Result<T>) -> Result<io::Result<T>, Stopped> {
        let mut late = LATE;
        loop {
            let error = match call(self.socket) {
                Err(error) => error,
                sent => return Ok(sent),
            };
            match error.raw_os_error().map(Errno::from_raw_os_error) {
                Some(Errno::INTR) => {}
                Some(Errno::AGAIN | Errno::NOBUFS) if self.patience == 0 => {
                    self.outcome.cut = true;
                    return Err(Stopped);
                }
                Some(Errno::AGAIN) => {
                    self.patience -= 1;
                    // A wait that fails is none.
                    let _ = self.socket.wait(PollFlags::OUT, ROOM);
                }
                Some(Errno::NOBUFS) => {
                    self.patience -= 1;
                    let _ = wait(&mut [], ROOM);
                }
                _ if self.socket.peer.is_none() && late > 0 && self.late(Some(&error))? => late -= 1,
                _ => return Ok(Err(error)),
            }
        }
    }

    /// Tells what the network said of datagrams that had left; whether it said anything.
    fn late(&mut self, error: Option<&io::Error>) -> Result<bool, Stopped> {
        let mut verdict = Verdict::Others;
        let failed = &mut self.failed;
        let said = self.socket.late_errors(error, |to, error| {
            let error = error
                .raw_os_error()
                .map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
            let length = 0;
            if failed(&Failure { to, length, error }) == Verdict::Stop {
                verdict = Verdict::Stop;
            }
        });
        match verdict {
            Verdict::Stop => Err(Stopped),
            Verdict::Others => Ok(said),
        }
    }

    fn fail(&mut self, to: SocketAddr, length: usize, error: io::Error) -> Result<(), Stopped> {
        self.outcome.failed = true;
        self.left_out = Some(to);
        match (self.failed)(&Failure { to, length, error }) {
            Verdict::Others => Ok(()),
            Verdict::Stop => Err(Stopped),
        }
    }

    /// Whether only the own address decides by which interface a datagram leaves: a broadcast to all networks.
    fn needs_source(&self, to: SocketAddr) -> bool {
        self.socket.source.is_some() && to.ip() == Ipv4Addr::BROADCAST
    }
}
