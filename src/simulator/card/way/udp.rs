//! The UDP ports at which a card tells who asks what it is: ping and search, each in one datagram. All else is not answered there.

use std::{
    io,
    net::{SocketAddr, UdpSocket},
    os::fd::{AsFd as _, BorrowedFd},
};

use tracing::{debug, warn};

use crate::{
    controller::onbon::{
        Receiver,
        packet::{Deframer, Framing, Packet},
    },
    simulator::card::CardError,
    units::Moment,
};

/// The UDP port that documents name for cards whose TCP port is 5005.
const SECOND: u16 = 5007;

/// The longest request that is read.
const LONGEST: usize = 1500;

/// What may be asked, as group and command.
const QUESTIONS: [[u8; 2]; 2] = [[0xa2, 0x00], [0xa4, 0x03]];

/// The sockets, and a card of its own that answers: what half came over the other way is not disturbed.
#[derive(Debug)]
pub(in crate::simulator::card) struct Udp {
    sockets: Vec<UdpSocket>,
    card: Receiver,
}

impl Udp {
    /// Whether nobody has that port.
    pub(in crate::simulator::card) fn is_free(address: SocketAddr) -> bool {
        UdpSocket::bind(address).is_ok()
    }

    /// Listens beside a TCP port at `address`, on the UDP port of the same number, and on 5007 too where that is 5005 and nobody else does.
    pub(in crate::simulator::card) fn beside(address: SocketAddr, card: Receiver) -> Result<Self, CardError> {
        let open = |address: SocketAddr| {
            let socket = UdpSocket::bind(address)?;
            socket.set_nonblocking(true)?;
            Ok(socket)
        };
        let first = open(address).map_err(|error: io::Error| CardError::listening(address, &error))?;
        let mut sockets = vec![first];
        if address.port() == crate::controller::onbon::PORT {
            match open(SocketAddr::new(address.ip(), SECOND)) {
                Ok(socket) => sockets.push(socket),
                Err(error) => warn!(%error, port = SECOND, "nobody is answered there"),
            }
        }
        Ok(Self { sockets, card })
    }

    /// What it waits for.
    pub(in crate::simulator::card) fn ears(&self) -> impl Iterator<Item = BorrowedFd<'_>> {
        self.sockets.iter().map(|socket| socket.as_fd())
    }

    /// Answers whoever asked, if the card `is_on`; a card without power hears nothing.
    pub(in crate::simulator::card) fn attend(&mut self, is_on: bool, now: Moment) {
        let mut buffer = [0; LONGEST];
        let mut answer = Vec::new();
        for socket in &self.sockets {
            while let Ok((count, peer)) = socket.recv_from(&mut buffer) {
                let question = &buffer[..count];
                if !is_on || !is_question(question) {
                    continue;
                }
                answer.clear();
                self.card.handle(question, now, &mut answer);
                if !answer.is_empty()
                    && let Err(error) = socket.send_to(&answer, peer)
                {
                    debug!(%peer, %error, "answer not sent");
                }
            }
        }
    }
}

/// Whether the datagram is one whole frame that asks what the card is.
fn is_question(datagram: &[u8]) -> bool {
    let mut rest = datagram;
    let mut deframer = Deframer::new(LONGEST);
    let Some(Ok(body)) = deframer.next(&mut rest) else {
        return false;
    };
    let Ok(packet) = Packet::parse(body) else { return false };
    // Cards with fonts have no byte before the group.
    let at = usize::from(packet.header.framing() != Framing::Font);
    let asked = packet.data.get(at..at + 2);
    asked.is_some_and(|asked| QUESTIONS.iter().any(|question| question == asked))
}
