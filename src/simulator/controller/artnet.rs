//! The Art-Net receiver as a device.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use super::{
    device::{Device, Latest, Refused},
    machine::Reply,
};
use crate::{
    controller::{
        Counts, Universes,
        artnet::{Merge, Node, Received, Receiver, packet},
    },
    units::{Moment, Size},
};

/// A hardware address that no maker gives out.
const MAC: [u8; 6] = [0x02, 0x59, 0x42, 0x00, 0x00, 0x01];

#[derive(Debug)]
pub(super) struct ArtNet {
    receiver: Receiver,
    shown: Latest,
}

impl ArtNet {
    pub(super) fn new(universes: Universes, bytes: usize, address: Option<SocketAddr>, size: Size) -> Self {
        let address = match address {
            Some(SocketAddr::V4(address)) => address,
            Some(SocketAddr::V6(_)) | None => SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, packet::PORT),
        };
        let node = Node {
            universes,
            bytes,
            merge: Merge::default(),
            address,
            mac: MAC,
            name: format!("Yingbi {size}").into(),
        };
        Self {
            receiver: Receiver::new(node),
            shown: Latest::default(),
        }
    }

    fn answers(&mut self, replies: &mut Vec<Reply>) {
        let answers = std::iter::from_fn(|| self.receiver.poll_answer());
        replies.extend(answers.map(|(to, datagram)| Reply { to, datagram }));
    }
}

impl Device for ArtNet {
    fn handle(
        &mut self,
        from: SocketAddr,
        datagram: &[u8],
        now: Moment,
        replies: &mut Vec<Reply>,
    ) -> Result<(), Refused> {
        let handled = match self.receiver.handle(from, datagram, now) {
            Ok(Received::Shown(picture)) => {
                self.shown.put(picture);
                Ok(())
            }
            Ok(Received::Stored | Received::Asked) => Ok(()),
            Err(refusal) => Err(Refused::of(&refusal)),
        };
        self.answers(replies);
        handled
    }

    fn poll(&mut self, now: Moment, replies: &mut Vec<Reply>) {
        if let Some(picture) = self.receiver.poll(now) {
            self.shown.put(picture);
        }
        self.answers(replies);
    }

    fn poll_timeout(&self) -> Option<Moment> {
        self.receiver.poll_timeout()
    }

    fn shown(&mut self) -> Option<&[u8]> {
        self.shown.take()
    }

    fn counts(&self) -> Counts {
        self.receiver.counts()
    }
}
