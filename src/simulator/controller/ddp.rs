//! The DDP receiver as a device.

use std::net::SocketAddr;

use super::{
    device::{Device, Latest, Refused},
    machine::Reply,
};
use crate::{
    controller::{
        Counts,
        ddp::{Received, Receiver, packet::DataType},
    },
    panel::Format,
    units::{Moment, Size},
};

#[derive(Debug)]
pub(super) struct Ddp {
    receiver: Receiver,
    shown: Latest,
}

impl Ddp {
    pub(super) fn new(address: Option<SocketAddr>, size: Size, format: Format) -> Self {
        let data_type = match format {
            Format::Rgb => DataType::RGB8,
            Format::Grey => DataType::GREY8,
            Format::OneBit => DataType::GREY1,
            Format::TwoBit => DataType::TWO_BIT,
        };
        let receiver = Receiver::taking(data_type, size);
        let receiver = match address {
            Some(address) => receiver.at(address.ip()),
            None => receiver,
        };
        Self {
            receiver,
            shown: Latest::default(),
        }
    }
}

impl Device for Ddp {
    fn handle(
        &mut self,
        from: SocketAddr,
        datagram: &[u8],
        _now: Moment,
        replies: &mut Vec<Reply>,
    ) -> Result<(), Refused> {
        match self.receiver.handle(datagram) {
            Ok(Received::Stored) => {}
            Ok(Received::Shown(picture)) => self.shown.put(picture),
            Ok(Received::Reply(datagram)) => replies.push(Reply { to: from, datagram }),
            Err(refusal) => return Err(Refused::of(&refusal)),
        }
        Ok(())
    }

    fn shown(&mut self) -> Option<&[u8]> {
        self.shown.take()
    }

    fn counts(&self) -> Counts {
        self.receiver.counts()
    }
}
