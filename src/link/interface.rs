//! The interfaces of this machine.

use std::{
    net::{IpAddr, Ipv4Addr, UdpSocket},
    sync::Arc,
};

use if_addrs::{IfAddr, get_if_addrs};
use rustix::net::netdevice::name_to_index;

use super::LinkError;

/// One interface, as the system had it when it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Interface {
    /// The system's number for it, which changes when it is unplugged and plugged in again.
    pub(super) index: u32,
    /// Its IPv4 address, where it has one.
    pub(super) address: Option<Ipv4Addr>,
    /// Whether it is up and its cable is plugged in.
    is_up: bool,
}

impl Interface {
    /// The interface of that name or address, if something can leave by it.
    ///
    /// # Errors
    /// There is none, or it is down, or has no address.
    pub(super) fn ready(written: &Arc<str>) -> Result<Self, LinkError> {
        let found = Self::find(written)?;
        if found.is_up {
            return Ok(found);
        }
        let interface = Arc::clone(written);
        Err(LinkError::InterfaceDown { interface })
    }

    /// The interface of that name or address.
    ///
    /// # Errors
    /// There is none, or it has no address.
    pub(super) fn find(written: &Arc<str>) -> Result<Self, LinkError> {
        let wanted: Option<IpAddr> = written.parse().ok();
        let all = get_if_addrs().unwrap_or_default();
        let is_it = |one: &&if_addrs::Interface| wanted.map_or(*one.name == **written, |address| address == one.ip());
        let mut found = all.iter().filter(is_it).peekable();
        let Some(first) = found.peek() else {
            return Err(missing(written, &all));
        };
        // It vanished between two questions to the system.
        let Some(index) = first.index else {
            return Err(missing(written, &all));
        };
        let (name, is_up) = (&first.name, first.is_oper_up());
        let address = all
            .iter()
            .filter(|one| one.name == *name)
            .find_map(|one| match &one.addr {
                IfAddr::V4(v4) if wanted.is_none_or(|wanted| wanted == IpAddr::V4(v4.ip) || wanted.is_ipv6()) => {
                    Some(v4.ip)
                }
                IfAddr::V4(_) | IfAddr::V6(_) => None,
            });
        Ok(Self { index, address, is_up })
    }
}

/// The name of the interface that has `address`.
pub(super) fn name_of(address: IpAddr) -> Option<Arc<str>> {
    let all = get_if_addrs().ok()?;
    let one = all.iter().find(|one| one.ip() == address)?;
    Some(one.name.as_str().into())
}

/// Why there is no such interface among `all` that have addresses.
fn missing(written: &Arc<str>, all: &[if_addrs::Interface]) -> LinkError {
    let interface = Arc::clone(written);
    let is_there = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).is_ok_and(|any| name_to_index(any, written).is_ok());
    if is_there {
        return LinkError::NoAddress { interface };
    }
    let mut known: Vec<String> = all
        .iter()
        .filter(|one| one.ip().is_ipv4())
        .map(|one| format!("{} ({})", one.name, one.ip()))
        .collect();
    known.dedup();
    LinkError::Interface {
        interface,
        known: known.join(", "),
    }
}
