//! What a picture takes on the wire, all overhead included, and how many a second a cable carries.
//!
//! ```text
//! preamble 8 | Ethernet 14 | IP 20 or 40 | UDP 8 | header of the protocol | data of the picture | check 4 | pause 12
//! ```
//!
//! An Ethernet frame carries at least 46 bytes, whatever is in it. Pure arithmetic in whole bytes; that a link is no busier than this is
//! somebody else's doing.

use std::net::SocketAddr;

use super::super::{Output, Pacing, Protocol};
use crate::{
    controller::{
        artnet,
        ddp::packet::{DATA, HEADER},
        sacn,
    },
    panel::Format,
};

/// What Ethernet puts around a packet: preamble, header, check sequence and the pause after it.
const ETHERNET: u64 = 38;

/// The least that an Ethernet frame carries.
const LEAST: u64 = 46;

/// The header of UDP.
const UDP: u64 = 8;

/// What one picture of an output takes on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Packets, those of synchronisation included.
    pub packets: u64,
    /// Bytes, with all that Ethernet adds.
    pub bytes: u64,
}

impl Load {
    /// What a picture of `output` takes.
    pub fn of(output: &Output) -> Self {
        let picture = output.panel.bytes() as u64;
        let internet = headers(output.address.as_deref());
        match output.protocol {
            Protocol::Ddp => {
                let data = ddp_data(output.panel.format, output.route.mtu);
                Self::cut(picture, data, |length| HEADER as u64 + length, internet)
            }
            Protocol::Sacn(settings) => {
                let slots = u64::from(settings.universes.slots);
                let data = Self::cut(picture, slots, |length| sacn::packet::HEAD as u64 + length, internet);
                data.with(settings.sync.map(|_| sacn::packet::SYNC as u64), internet)
            }
            Protocol::ArtNet(settings) => {
                let slots = u64::from(settings.universes.slots);
                // The length of an ArtDmx is even.
                let payload = |length: u64| artnet::packet::DMX_HEADER as u64 + length.next_multiple_of(2);
                let data = Self::cut(picture, slots, payload, internet);
                let syncs = settings.sync && data.packets > 1;
                data.with(syncs.then_some(artnet::packet::SYNC as u64), internet)
            }
        }
    }

    /// How many pictures a second a cable of `megabits` a second carries, in tenths, rounded down.
    pub fn carried(self, megabits: u32) -> u64 {
        10 * u64::from(megabits) * 125_000 / self.bytes.max(1)
    }

    /// How many pictures a second leave in batches, in tenths, rounded down; `None` where one batch takes a whole picture.
    pub fn paced(self, pacing: Pacing) -> Option<u64> {
        let batches = self.packets.div_ceil(u64::from(pacing.packets.get()));
        let nanoseconds = u64::try_from(pacing.gap.as_nanos()).unwrap_or(u64::MAX);
        (batches > 1).then(|| 10_000_000_000 / batches.saturating_mul(nanoseconds).max(1))
    }

    /// `picture` bytes in packets of at most `each`, whose UDP payload is as long as `payload` says.
    fn cut(picture: u64, each: u64, payload: impl Fn(u64) -> u64, internet: u64) -> Self {
        let each = each.max(1);
        let (full, rest) = (picture / each, picture % each);
        let last = if rest > 0 { on_wire(payload(rest), internet) } else { 0 };
        Self {
            packets: picture.div_ceil(each),
            bytes: full * on_wire(payload(each), internet) + last,
        }
    }

    /// The same and one more packet of that UDP payload, if there is one.
    fn with(self, payload: Option<u64>, internet: u64) -> Self {
        let Some(payload) = payload else { return self };
        Self {
            packets: self.packets + 1,
            bytes: self.bytes + on_wire(payload, internet),
        }
    }
}

/// The headers of IP and UDP on the way to `address`; names and multicast groups are taken to be of IPv4.
pub(super) fn headers(address: Option<&str>) -> u64 {
    let address = address.and_then(|address| address.parse::<SocketAddr>().ok());
    UDP + if address.is_some_and(|address| address.is_ipv6()) {
        40
    } else {
        20
    }
}

/// How many bytes of a picture a DDP packet carries, with room for the headers of IPv6: whole LEDs.
fn ddp_data(format: Format, mtu: u16) -> u64 {
    let room = u64::from(mtu).saturating_sub(UDP + 40 + HEADER as u64).min(DATA as u64);
    room - room % (format.bits() as u64).div_ceil(8)
}

fn on_wire(payload: u64, internet: u64) -> u64 {
    (payload + internet).max(LEAST) + ETHERNET
}
