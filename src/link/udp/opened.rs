//! An open link, and what a failure on it means.

use std::net::{IpAddr, SocketAddr};

use rustix::io::Errno;

use crate::{
    link::{
        LinkError,
        interface::{Interface, name_of},
        resolve::Lookup,
        socket::{Failure, Options, Socket},
    },
    units::Moment,
};

/// A socket, and when to look after it.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) socket: Socket,
    pub(super) peer: Option<SocketAddr>,
    /// The chosen interface as it was when the socket was opened.
    pub(super) interface: Option<Interface>,
    pub(super) since: Moment,
    /// When to look at the interface and the port again.
    pub(super) look: Moment,
    /// When to look the name up again.
    pub(super) rename: Moment,
    /// A look-up under way.
    pub(super) lookup: Option<Lookup>,
}

impl Opened {
    /// What the failure means. It asks the system more than the sending itself could afford to.
    pub(super) fn explain(&self, failure: &Failure) -> LinkError {
        let Failure { to, length, ref error } = *failure;
        match error.raw_os_error().map(Errno::from_raw_os_error) {
            Some(Errno::INVAL | Errno::NETUNREACH | Errno::ADDRNOTAVAIL) => match self.lost_address() {
                Some(local) => LinkError::Moved { local, peer: to },
                None => LinkError::sending(to, length, error),
            },
            Some(Errno::MSGSIZE) => self.too_large(to, length),
            _ => LinkError::sending(to, length, error),
        }
    }

    /// The address from which the socket sends, if this machine no longer has it.
    fn lost_address(&self) -> Option<IpAddr> {
        let local = self.socket.address().ok()?.ip();
        (!local.is_unspecified() && name_of(local).is_none()).then_some(local)
    }

    /// Another socket is connected for a moment, for only those know by which interface they send and what it carries.
    fn too_large(&self, to: SocketAddr, datagram: usize) -> LinkError {
        let options = Options {
            peer: Some(to),
            interface: self.interface.as_ref(),
            ..Options::towards(Some(to), 0)
        };
        let probe = Socket::open(&options).ok();
        let local = probe.as_ref().and_then(|probe| probe.address().ok());
        LinkError::TooLarge {
            peer: to,
            datagram,
            mtu: probe.as_ref().and_then(Socket::mtu),
            interface: local.and_then(|local| name_of(local.ip())),
        }
    }
}
