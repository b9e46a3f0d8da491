//! The session and the link that `site.toml` asks for.

use std::time::Duration;

use super::Output;
use crate::{
    controller::{
        Stream, artnet,
        ddp::{self, packet::DataType},
        sacn::{self, Identity},
    },
    link::{Ends, UdpLink},
    panel::Format,
    site::{self, Protocol},
    units::Moment,
};

impl Output<UdpLink> {
    /// The output that `site.toml` asks for, which calls itself `who` where its protocol has names. Its controller may be absent.
    pub fn open(output: &site::Output, who: &Identity, now: Moment) -> Self {
        let link = UdpLink::open(ends(output), &output.route, now);
        Self::new(output, session(output, who), link)
    }
}

/// With whom `output` speaks.
fn ends(output: &site::Output) -> Ends {
    let peer = output.address.clone();
    match output.protocol {
        Protocol::ArtNet(_) => Ends::Port {
            port: artnet::packet::PORT,
            peer,
        },
        Protocol::Sacn(settings) if settings.multicast => Ends::Any,
        Protocol::Ddp | Protocol::Sacn(_) => Ends::Peer(peer.unwrap_or_default()),
    }
}

/// The session that `output` asks for, which calls itself `who` where its protocol has names.
pub fn session(output: &site::Output, who: &Identity) -> Stream {
    match output.protocol {
        Protocol::Ddp => Stream::Ddp(ddp::Sender::of(data_type(output.panel.format), output.route.mtu)),
        Protocol::Sacn(settings) => {
            let sender = sacn::Sender::new(settings, who.clone());
            Stream::Sacn(match output.route.most {
                Some(most) => sender.sparing(Duration::from_secs(1) / u32::from(most.hertz())),
                None => sender,
            })
        }
        Protocol::ArtNet(settings) => Stream::ArtNet(artnet::Sender::new(settings)),
    }
}

/// What DDP calls data of that format.
const fn data_type(format: Format) -> DataType {
    match format {
        Format::Rgb => DataType::RGB8,
        Format::Grey => DataType::GREY8,
        Format::OneBit => DataType::GREY1,
        Format::TwoBit => DataType::TWO_BIT,
    }
}
