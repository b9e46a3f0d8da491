//! The protocols that commands take by name.

use crate::controller::{artnet, ddp, sacn};

/// A protocol of controllers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Distributed Display Protocol.
    Ddp,
    /// Streaming ACN, ANSI E1.31.
    Sacn,
    /// Art-Net 4.
    ArtNet,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ddp, Self::Sacn, Self::ArtNet];

    /// Its name on the command line and in `site.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ddp => "ddp",
            Self::Sacn => "sacn",
            Self::ArtNet => "artnet",
        }
    }

    /// Its UDP port.
    pub const fn port(self) -> u16 {
        match self {
            Self::Ddp => ddp::packet::PORT,
            Self::Sacn => sacn::packet::PORT,
            Self::ArtNet => artnet::packet::PORT,
        }
    }

    /// The protocol of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.name() == name)
    }

    /// All names in one line, with `between` between them.
    pub(super) fn names(between: &str) -> String {
        Self::ALL.map(Self::name).join(between)
    }
}
