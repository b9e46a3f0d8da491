//! From the words of the command line, or from a site's output, to the controller to be.

use std::{net::SocketAddr, num::NonZeroU16};

use super::{Listen, Protocol, SimulateError};
use crate::{
    controller::{SLOTS, Universes, artnet, sacn},
    panel::{Format, Order, Spec},
    simulator::controller::{Chain, Kind, Setup, weather::Faults},
    site::{self, Colour, Output},
    units::{Size, WHITE},
};

/// What was asked for on the command line.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What to be, and where.
    pub listen: Listen,
    /// The size of what hangs behind it; needed unless a site's output says.
    pub size: Option<Size>,
    /// The output of a site that it is the controller of, and what the LEDs of its screen can show: they tell all but faults.
    pub output: Option<(Output, Colour)>,
    /// What an LED takes on the wire.
    pub format: Format,
    /// In which order its channels lie on the wire.
    pub order: Order,
    /// What the LEDs can show: the colour in which those shine that take one byte or one bit.
    pub leds: Colour,
    /// The number of the first universe; unless given, the protocol's first.
    pub universe: Option<u16>,
    /// How many bytes of the picture a universe carries, 1 to 512; unless given, as many whole LEDs as fit.
    pub slots: Option<NonZeroU16>,
    /// What goes wrong.
    pub faults: Faults,
    /// The seed of chance.
    pub seed: u64,
}

impl Wanted {
    /// Nothing but a protocol, a place and a size.
    pub fn plain(listen: Listen, size: Size) -> Self {
        Self {
            listen,
            size: Some(size),
            output: None,
            format: Format::Rgb,
            order: Order::Rgb,
            leds: Colour::Full,
            universe: None,
            slots: None,
            faults: Faults::default(),
            seed: 0,
        }
    }

    /// Where to listen, and what to be.
    ///
    /// # Errors
    /// The site's output speaks another protocol; nothing says how large it is; the universes do not hold the picture.
    pub fn setup(&self) -> Result<(SocketAddr, Setup), SimulateError> {
        let spec = self.spec()?;
        let leds = self.output.as_ref().map_or(self.leds, |(_, leds)| *leds);
        let setup = Setup {
            kind: self.kind(&spec)?,
            chain: Chain::of(&spec).glowing(leds.nearest(WHITE)),
            faults: self.faults,
            seed: self.seed,
        };
        Ok((self.listen.address, setup))
    }

    /// The panel behind it.
    fn spec(&self) -> Result<Spec, SimulateError> {
        if let Some((output, _)) = &self.output {
            return Ok(output.panel.clone());
        }
        let size = self.size.ok_or(SimulateError::NoSize)?;
        Ok(Spec {
            format: self.format,
            order: self.order,
            ..Spec::plain(size.area())
        })
    }

    fn kind(&self, spec: &Spec) -> Result<Kind, SimulateError> {
        let asked = self.listen.protocol;
        match (asked, self.output.as_ref().map(|(output, _)| output.protocol)) {
            (Protocol::Ddp, None | Some(site::Protocol::Ddp)) => Ok(Kind::Ddp),
            (Protocol::Sacn, Some(site::Protocol::Sacn(settings))) => Ok(Kind::Sacn(settings.universes)),
            (Protocol::ArtNet, Some(site::Protocol::ArtNet(settings))) => Ok(Kind::ArtNet(settings.universes)),
            (Protocol::Sacn, None) => self.universes(spec, 1, sacn::packet::LAST_UNIVERSE).map(Kind::Sacn),
            (Protocol::ArtNet, None) => self.universes(spec, 0, artnet::packet::LAST_UNIVERSE).map(Kind::ArtNet),
            (_, Some(found)) => Err(SimulateError::OtherProtocol {
                asked: asked.name(),
                found: found.kind().name(),
            }),
        }
    }

    /// The universes that were asked for, of those from `first` to `last`.
    fn universes(&self, spec: &Spec, first: u16, last: u16) -> Result<Universes, SimulateError> {
        let whole = match spec.format {
            Format::Rgb => SLOTS - SLOTS % 3,
            Format::Grey | Format::OneBit | Format::TwoBit => SLOTS,
        };
        let universes = Universes {
            first: self.universe.unwrap_or(first),
            slots: self.slots.map_or(whole, NonZeroU16::get),
        };
        let end = usize::from(universes.first) + universes.count(spec.bytes());
        if universes.first < first || universes.slots > SLOTS || end > usize::from(last) + 1 {
            return Err(SimulateError::Universes { first, last, end });
        }
        Ok(universes)
    }
}
