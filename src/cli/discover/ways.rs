//! Whom to ask, and where answers arrive.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use if_addrs::{IfAddr, get_if_addrs};

use super::{DiscoverError, cards::UDP_PORTS};
use crate::{controller::Protocol, link::serial_ports};

/// Whom to ask, and where answers arrive.
#[derive(Clone, Debug)]
pub struct Ways {
    /// Where DDP displays are asked.
    pub ddp: Vec<SocketAddr>,
    /// Where Art-Net nodes are asked.
    pub art_net: Vec<SocketAddr>,
    /// Where cards are asked, over UDP.
    pub cards: Vec<SocketAddr>,
    /// The serial ports on which cards are asked.
    pub ports: Vec<Arc<str>>,
    /// Whether somebody named those ports: then whatever is wrong with one is told.
    pub are_ports_named: bool,
    /// The port to which Art-Net nodes answer.
    pub art_net_at: SocketAddr,
    /// The port to which sources of sACN tell what they send.
    pub sacn_at: SocketAddr,
    /// The addresses of the interfaces by which sources of sACN are heard, with their networks.
    pub networks: Vec<Network>,
}

/// A network that this machine is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The interface's name.
    pub name: Arc<str>,
    /// Its address.
    pub address: Ipv4Addr,
    /// The bits of an address that all in the network have alike.
    pub mask: Ipv4Addr,
}

impl Ways {
    /// The ways to all networks of this machine, or by one `interface` alone, and to `addresses` besides.
    ///
    /// # Errors
    /// There is no network, or no such interface.
    pub fn of_this_machine(interface: Option<&Arc<str>>, addresses: &[IpAddr]) -> Result<Self, DiscoverError> {
        let all = networks();
        let is_meant = |network: &&Network| {
            interface.is_none_or(|name| *network.name == **name || network.address.to_string() == **name)
        };
        let networks: Vec<Network> = all.iter().filter(is_meant).cloned().collect();
        if networks.is_empty() {
            return Err(missing(interface, &all));
        }
        let mut asked: Vec<IpAddr> = networks.iter().map(|network| network.broadcast().into()).collect();
        // A display on this machine that listens to nothing but itself.
        asked.extend(
            networks
                .iter()
                .filter(|network| network.address.is_loopback())
                .map(|network| IpAddr::V4(network.address)),
        );
        if interface.is_none() {
            asked.push(Ipv4Addr::BROADCAST.into());
        }
        asked.extend(addresses);
        let at = |protocol: Protocol| move |host: &IpAddr| SocketAddr::new(*host, protocol.port());
        let here = |protocol: Protocol| SocketAddr::from((Ipv4Addr::UNSPECIFIED, protocol.port()));
        Ok(Self {
            ddp: asked.iter().map(at(Protocol::Ddp)).collect(),
            art_net: asked
                .iter()
                .filter(|host| host.is_ipv4())
                .map(at(Protocol::ArtNet))
                .collect(),
            cards: asked
                .iter()
                .flat_map(|host| UDP_PORTS.map(|port| SocketAddr::new(*host, port)))
                .collect(),
            ports: Vec::new(),
            are_ports_named: false,
            art_net_at: here(Protocol::ArtNet),
            sacn_at: here(Protocol::Sacn),
            networks,
        })
    }

    /// The same, and to cards on these serial `ports`; on all that this machine has where none are named.
    #[must_use]
    pub fn with_ports(mut self, ports: &[Arc<str>]) -> Self {
        self.are_ports_named = !ports.is_empty();
        self.ports = if ports.is_empty() {
            serial_ports()
        } else {
            ports.to_vec()
        };
        self
    }

    /// The networks and ports, in words.
    pub(super) fn networks(&self) -> String {
        let words = self
            .networks
            .iter()
            .map(|network| format!("{} ({})", network.name, network.address));
        let words = words.chain(self.ports.iter().map(ToString::to_string));
        words.collect::<Vec<_>>().join(", ")
    }

    /// Whether that address is in none of the networks.
    pub(super) fn is_foreign(&self, address: IpAddr) -> bool {
        let IpAddr::V4(address) = address else { return false };
        !self.networks.iter().any(|network| network.has(address))
    }
}

impl Network {
    /// The address that reaches all in it.
    pub fn broadcast(&self) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.address) | !u32::from(self.mask))
    }

    fn has(&self, address: Ipv4Addr) -> bool {
        let mask = u32::from(self.mask);
        u32::from(self.address) & mask == u32::from(address) & mask
    }
}

/// All networks of this machine.
fn networks() -> Vec<Network> {
    let all = get_if_addrs().unwrap_or_default();
    let network = |one: if_addrs::Interface| match one.addr {
        IfAddr::V4(ref v4) if one.is_oper_up() || one.is_loopback() => Some(Network {
            address: v4.ip,
            mask: v4.netmask,
            name: one.name.into(),
        }),
        IfAddr::V4(_) | IfAddr::V6(_) => None,
    };
    all.into_iter().filter_map(network).collect()
}

fn missing(interface: Option<&Arc<str>>, all: &[Network]) -> DiscoverError {
    let Some(name) = interface else {
        return DiscoverError::NoNetwork;
    };
    let known: Vec<&str> = all.iter().map(|network| &*network.name).collect();
    DiscoverError::NoInterface {
        name: name.to_string(),
        known: known.join(", "),
    }
}
