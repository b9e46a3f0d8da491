//! The sACN receiver as a device.

use std::{net::SocketAddr, time::Duration};

use super::{
    device::{Device, Latest, Refused},
    machine::Reply,
};
use crate::{
    controller::{
        Counts, Universes,
        sacn::{
            Received, Receiver,
            packet::{Data, Packet},
        },
    },
    units::Moment,
};

/// After how long without more what has come without synchronisation is looked at though it is not all of a picture: it is lit already.
const QUIET: Duration = Duration::from_millis(5);

/// Addresses of synchronisation whose groups are joined at most.
const SYNCS: usize = 8;

#[derive(Debug)]
pub(super) struct Sacn {
    receiver: Receiver,
    shown: Latest,
    /// When to look at what is lit.
    look: Option<Moment>,
    /// The addresses of synchronisation that data named, the last one the newest.
    syncs: Vec<u16>,
    /// How many of them have been given away to be joined.
    joined: usize,
}

impl Sacn {
    pub(super) fn new(universes: Universes, bytes: usize) -> Self {
        Self {
            receiver: Receiver::new(universes, bytes),
            shown: Latest::default(),
            look: None,
            syncs: Vec::new(),
            joined: 0,
        }
    }

    /// Notes the address whose synchronisation the data waits for: it comes to that universe's group.
    fn note_sync(&mut self, datagram: &[u8]) {
        // Looked at before parsing once more: nearly always it is the same one, or none.
        const PLACE: std::ops::Range<usize> = 109..111;
        let Some(&[high, low]) = datagram.get(PLACE) else {
            return;
        };
        let named = u16::from_be_bytes([high, low]);
        if named == 0 || self.syncs.len() == SYNCS || self.syncs.contains(&named) {
            return;
        }
        if let Ok(Packet::Data(Data { sync: Some(sync), .. })) = Packet::parse(datagram) {
            self.syncs.push(sync.get());
        }
    }
}

impl Device for Sacn {
    fn handle(
        &mut self,
        _from: SocketAddr,
        datagram: &[u8],
        now: Moment,
        _replies: &mut Vec<Reply>,
    ) -> Result<(), Refused> {
        match self.receiver.handle(datagram, now) {
            Ok(Received::Shown(picture)) => {
                self.shown.put(picture);
                self.look = None;
            }
            Ok(Received::Stored) => self.look = Some(now + QUIET),
            Ok(_) => {}
            Err(refusal) => return Err(Refused::of(&refusal)),
        }
        self.note_sync(datagram);
        Ok(())
    }

    fn poll(&mut self, now: Moment, _replies: &mut Vec<Reply>) {
        if let Some(picture) = self.receiver.elapse(now) {
            self.shown.put(picture);
        }
        if self.look.take_if(|look| *look <= now).is_some() {
            self.shown.put(self.receiver.picture());
        }
    }

    fn poll_timeout(&self) -> Option<Moment> {
        self.receiver.poll_timeout().into_iter().chain(self.look).min()
    }

    fn shown(&mut self) -> Option<&[u8]> {
        self.shown.take()
    }

    fn wants(&mut self) -> Option<u16> {
        let next = self.syncs.get(self.joined).copied()?;
        self.joined += 1;
        Some(next)
    }

    fn counts(&self) -> Counts {
        self.receiver.counts()
    }
}
