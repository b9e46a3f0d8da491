//! What to be and where, as the command line has it: `ddp:127.0.0.1:4048`, `sacn`, `artnet:0.0.0.0`.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    str::FromStr,
};

use super::SimulateError;
use crate::controller::Protocol;

/// A controller to be, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen {
    /// The protocol.
    pub protocol: Protocol,
    /// The UDP address.
    pub address: SocketAddr,
}

impl FromStr for Listen {
    type Err = SimulateError;

    /// `ddp:127.0.0.1:4048`; without a port, the protocol's own; of a protocol alone, on every address of this machine.
    fn from_str(text: &str) -> Result<Self, SimulateError> {
        let wrong = || SimulateError::Listen { text: text.to_owned() };
        let (name, address) = match text.split_once(':') {
            Some((name, address)) => (name, Some(address)),
            None => (text, None),
        };
        let protocol = Protocol::named(name).ok_or_else(|| SimulateError::Protocol { found: name.to_owned() })?;
        let with_host = |host: IpAddr| SocketAddr::new(host, protocol.port());
        let address = match address {
            None => with_host(Ipv4Addr::UNSPECIFIED.into()),
            Some(written) => {
                let with_port = written.parse::<SocketAddr>();
                let without = || written.parse().map(with_host);
                with_port.or_else(|_| without()).map_err(|_| wrong())?
            }
        };
        Ok(Self { protocol, address })
    }
}
