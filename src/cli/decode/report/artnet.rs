//! Art-Net, field by field; names as Wireshark has them.
//!
//! | field | |
//! |---|---|
//! | `packet` | `ArtDmx`, `ArtSync`, `ArtPoll` or `ArtPollReply` |
//! | `sequence` | 1 to 255, or 0 for uncounted |
//! | `physical` | the sender's input |
//! | `universe` | the port address: net, sub-net and universe in one number of 15 bits |
//! | `length`, `data` | number of the slots, and they in hex |
//! | `flags`, `diag_priority`, `target` | of a poll; the lowest and the highest port address that shall answer |
//! | `esta`, `oem` | manufacturer and product |
//! | `ip_address`, `port`, `firmware` | of a node |
//! | `net`, `sub_net` | those of its ports |
//! | `short_name`, `long_name`, `node_report` | as it tells, for people |
//! | `num_ports`, `port_types` | its ports, and the byte of each |
//! | `outputs` | the port addresses that it puts out |
//! | `style`, `mac`, `bind_ip`, `bind_index` | what it is, and to which device it belongs |

use std::net::Ipv4Addr;

use serde::Serialize;

use super::{Fault, Hex};
use crate::{
    controller::artnet::packet::{Dmx, Packet, PacketError, Poll, Reply},
    diagnostic::Explain as _,
};

#[derive(Serialize)]
#[serde(tag = "packet")]
pub(super) enum Fields<'a> {
    #[serde(rename = "ArtDmx")]
    Dmx {
        sequence: u8,
        physical: u8,
        universe: u16,
        length: usize,
        data: Hex<'a>,
    },
    #[serde(rename = "ArtSync")]
    Sync,
    #[serde(rename = "ArtPoll")]
    Poll {
        flags: u8,
        diag_priority: u8,
        target: [u16; 2],
        esta: u16,
        oem: u16,
    },
    #[serde(rename = "ArtPollReply")]
    Reply(Box<Node>),
}

#[derive(Serialize)]
pub(super) struct Node {
    ip_address: Ipv4Addr,
    port: u16,
    firmware: u16,
    net: u8,
    sub_net: u8,
    oem: u16,
    esta: u16,
    short_name: String,
    long_name: String,
    node_report: String,
    num_ports: u16,
    port_types: [u8; 4],
    outputs: Vec<u16>,
    style: u8,
    mac: String,
    bind_ip: Ipv4Addr,
    bind_index: u8,
}

/// The fields of a datagram.
pub(super) fn tell(bytes: &[u8]) -> Result<Fields<'_>, Fault> {
    let packet = Packet::parse(bytes).map_err(|error| Fault::new(error.at(), &error.to_string(), error.chinese()))?;
    Ok(match packet {
        Packet::Dmx(dmx) => slots(dmx),
        Packet::Sync => Fields::Sync,
        Packet::Poll(poll) => question(poll),
        Packet::Reply(reply) => Fields::Reply(Box::new(Node::of(&reply))),
    })
}

/// Where the packet at the beginning ends, where more follows it.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    match Packet::parse(bytes) {
        Err(PacketError::Trailing { end, .. }) => Some(end),
        _ => None,
    }
}

const fn slots(dmx: Dmx<'_>) -> Fields<'_> {
    Fields::Dmx {
        sequence: dmx.sequence,
        physical: dmx.physical,
        universe: dmx.universe,
        length: dmx.data.len(),
        data: Hex(dmx.data),
    }
}

const fn question(poll: Poll) -> Fields<'static> {
    Fields::Poll {
        flags: poll.flags,
        diag_priority: poll.priority,
        target: poll.target,
        esta: poll.manufacturer,
        oem: poll.product,
    }
}

impl Node {
    fn of(reply: &Reply<'_>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            ip_address: reply.address,
            port: reply.port,
            firmware: reply.firmware,
            net: reply.net,
            sub_net: reply.sub_net,
            oem: reply.product,
            esta: reply.manufacturer,
            short_name: text(reply.name),
            long_name: text(reply.long_name),
            node_report: text(reply.report),
            num_ports: reply.ports,
            port_types: reply.types,
            outputs: reply.universes().collect(),
            style: reply.style,
            mac: reply.mac.map(|byte| format!("{byte:02x}")).join(":"),
            bind_ip: reply.bind_address,
            bind_index: reply.bind_index,
        }
    }

    fn sentence(&self) -> String {
        format!(
            "ArtPollReply  ip_address {}  port {}  short_name {}  long_name {}  node_report {}  net {}  sub_net {}  num_ports {}  port_types {:02x?}  outputs {:?}  firmware {:#06x}  oem {:#06x}  esta {:#06x}  style {}  mac {}  bind_ip {}  bind_index {}",
            self.ip_address,
            self.port,
            self.short_name.escape_debug(),
            self.long_name.escape_debug(),
            self.node_report.escape_debug(),
            self.net,
            self.sub_net,
            self.num_ports,
            self.port_types,
            self.outputs,
            self.firmware,
            self.oem,
            self.esta,
            self.style,
            self.mac,
            self.bind_ip,
            self.bind_index,
        )
    }
}

impl Fields<'_> {
    /// All of them in a line, each with its name.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Dmx {
                sequence,
                physical,
                universe,
                length,
                data,
            } => format!(
                "ArtDmx  universe {universe} (net {}, sub-net {}, universe {})  sequence {sequence}  physical {physical}  length {length}  data {data}",
                universe >> 8,
                universe >> 4 & 0x0f,
                universe & 0x0f,
            ),
            Self::Sync => "ArtSync".to_owned(),
            Self::Poll {
                flags,
                diag_priority,
                target: [lowest, highest],
                esta,
                oem,
            } => format!(
                "ArtPoll  flags {flags:#04x}  diag_priority {diag_priority:#04x}  target {lowest} to {highest}  esta {esta:#06x}  oem {oem:#06x}"
            ),
            Self::Reply(node) => node.sentence(),
        }
    }
}
