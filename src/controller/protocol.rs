//! The protocols by name alone.

use std::ops::RangeInclusive;

use super::{artnet, ddp, sacn};

/// A protocol of controllers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    /// Its name in sentences.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ddp => "DDP",
            Self::Sacn => "sACN",
            Self::ArtNet => "Art-Net",
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

    /// The universes that it counts; `None` where it has none.
    pub const fn universes(self) -> Option<RangeInclusive<u16>> {
        match self {
            Self::Ddp => None,
            Self::Sacn => Some(1..=sacn::packet::LAST_UNIVERSE),
            Self::ArtNet => Some(0..=artnet::packet::LAST_UNIVERSE),
        }
    }

    /// The protocol of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.name() == name)
    }

    /// All names in one line, with `between` between them.
    pub fn names(between: &str) -> String {
        Self::ALL.map(Self::name).join(between)
    }
}
