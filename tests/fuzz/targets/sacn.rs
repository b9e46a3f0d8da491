//! What must hold of any datagrams at a device of sACN.

use std::time::Duration;

use yingbi::{
    controller::{
        Universes,
        sacn::{Merge, Received, Receiver, packet::Packet},
    },
    units::Moment,
};

use super::is_told;

/// A device of sACN takes or refuses whatever comes, whenever it comes. The first byte chooses the device; then each datagram has a byte
/// for the hundredths of a second before it, and two for its length.
pub(crate) fn sacn(bytes: &[u8]) {
    let Some((&kind, mut rest)) = bytes.split_first() else {
        return;
    };
    let universes = Universes { first: 1, slots: 4 };
    let length = usize::from(kind >> 4);
    let mut device = Receiver::new(universes, length);
    if kind & 1 != 0 {
        device = device.merging(Merge::Highest);
    }
    if kind & 2 != 0 {
        device = device.whole_only();
    }
    let mut now = Moment::ZERO;
    let mut handed = 0;
    while let Some((&[wait, high, low], tail)) = rest.split_first_chunk() {
        let (datagram, tail) = tail.split_at(usize::from(u16::from_be_bytes([high, low])).min(tail.len()));
        rest = tail;
        now = now + Duration::from_millis(10) * u32::from(wait);
        handed += 1;
        is_sacn_or_refusal(datagram);
        let shown = match device.handle(datagram, now) {
            Ok(Received::Shown(picture)) => Some(picture.to_vec()),
            Ok(_) => None,
            Err(refusal) => {
                is_told(&refusal);
                None
            }
        };
        assert!(device.picture().len() == length && shown.is_none_or(|shown| shown == device.picture()));
        assert!(device.poll_timeout().is_none_or(|deadline| deadline > now));
    }
    let counts = device.counts();
    assert_eq!(counts.datagrams, handed);
    assert!(
        counts.partial <= counts.pictures
            && counts.pictures + counts.late + counts.malformed + counts.refused <= handed
    );
    while let Some(deadline) = device.poll_timeout() {
        device.elapse(deadline);
        assert!(
            device.poll_timeout().is_none_or(|next| next > deadline),
            "a source is lost once"
        );
    }
}

/// A datagram is read, and what was read is written and read again as the same; or it is refused at a place within it.
fn is_sacn_or_refusal(datagram: &[u8]) {
    let mut again = Vec::new();
    let packet = match Packet::parse(datagram) {
        Ok(packet) => packet,
        Err(fault) => {
            assert!(fault.at() <= datagram.len());
            return is_told(&fault);
        }
    };
    match &packet {
        Packet::Data(data) => data.encode(&mut again),
        Packet::Sync(sync) => sync.encode(&mut again),
        Packet::Discovery(discovery) => discovery.encode(&mut again),
    }
    assert_eq!(Packet::parse(&again), Ok(packet));
    assert_eq!(again.len(), datagram.len());
}
