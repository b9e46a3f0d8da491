//! The session and the link that `site.toml` asks for.

use super::Output;
use crate::{
    controller::{Stream, ddp, sacn::Identity},
    link::UdpLink,
    site::{self, Protocol},
    units::Moment,
};

impl Output<UdpLink> {
    /// The output that `site.toml` asks for, which calls itself `who` where its protocol has names. Its controller may be absent.
    pub fn open(output: &site::Output, who: &Identity, now: Moment) -> Self {
        let link = UdpLink::open(output.address.clone().unwrap_or_default(), now);
        Self::new(output, session(output, who), link)
    }
}

/// The session that `output` asks for.
pub fn session(output: &site::Output, _who: &Identity) -> Stream {
    match output.protocol {
        Protocol::Ddp | Protocol::Sacn(_) | Protocol::ArtNet(_) => Stream::Ddp(ddp::Sender::new()),
    }
}
