//! What to be and where, as the command line has it: a controller of streams, or a card that plays by itself.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

use super::{Listen, SimulateError};
use crate::controller::onbon;

/// The name of cards on the command line.
pub(super) const ONBON: &str = "onbon";

/// What to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A controller that shows what is streamed to it.
    Stream(Listen),
    /// ONBON cards, which play by themselves.
    Onbon(Place),
}

/// Where cards are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One, at a TCP address.
    Tcp(SocketAddr),
    /// Some, on the line of a pseudo-terminal, which has this name besides its own.
    Pty(Option<PathBuf>),
}

impl FromStr for Role {
    type Err = SimulateError;

    /// As [`Listen`]; or `onbon:127.0.0.1:5005`, `onbon` on every address of this machine, `onbon:pty`, `onbon:pty:/path/of/link`.
    fn from_str(text: &str) -> Result<Self, SimulateError> {
        let (name, place) = match text.split_once(':') {
            Some((name, place)) => (name, Some(place)),
            None => (text, None),
        };
        if name != ONBON {
            return text.parse().map(Self::Stream);
        }
        let wrong = || SimulateError::Place { text: text.to_owned() };
        let place = match place {
            None => Place::Tcp((Ipv4Addr::UNSPECIFIED, onbon::PORT).into()),
            Some("pty") => Place::Pty(None),
            Some(written) => match written.strip_prefix("pty:") {
                Some("") => return Err(wrong()),
                Some(link) => Place::Pty(Some(link.into())),
                None => Place::Tcp(address(written).ok_or_else(wrong)?),
            },
        };
        Ok(Self::Onbon(place))
    }
}

/// An address; without a port, that of cards.
fn address(written: &str) -> Option<SocketAddr> {
    let whole = written.parse().ok();
    whole.or_else(|| Some(SocketAddr::new(written.parse::<IpAddr>().ok()?, onbon::PORT)))
}
