//! `[[screen.output]]`: from its records to an [`Output`], and whether the way to the controllers carries what the screens show.
//!
//! ```text
//! keys, light_keys, way_keys, module_keys -> protocol, light, modules, route -> Output -> load -> check (one output, and all of a site together)
//! ```
//!
//! Every key is read before anything is given up, so that all problems are told at once.

mod check;
mod fault;
mod keys;
mod kinds;
mod light;
mod light_keys;
mod limit_fault;
mod load;
mod module_keys;
mod modules;
mod protocol;
mod route;
mod way_keys;

use std::ops::Range;

pub(super) use check::{Placed, check};
pub(super) use keys::OUTPUT_TABLE;
pub use load::Load;

use super::{Colour, Depth, Output, read::area};
use crate::{
    document::Record,
    units::{Area, Rate, Size},
};

/// What the screen is like to whose table an output belongs; `None` where that was refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnScreen {
    pub(super) size: Option<Size>,
    pub(super) colour: Option<Colour>,
    pub(super) depth: Option<Depth>,
    pub(super) rate: Option<Rate>,
}

/// An output and where it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) output: Output,
    /// Its table.
    pub(super) span: Range<usize>,
}

/// What several outputs share on their way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// A network port of this machine.
    Interface(String),
    /// The cable to one host.
    Host(String),
}

impl Way {
    /// The way of `output`; `None` where nothing is known of it.
    fn of(output: &Output) -> Option<Self> {
        let host = |address: &str| address.rsplit_once(':').map(|(host, _)| host.to_lowercase());
        match &output.route.interface {
            Some(interface) => Some(Self::Interface(interface.to_string())),
            None => output.address.as_deref().and_then(host).map(Self::Host),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Interface(name) => format!("网卡 {name} "),
            Self::Host(host) => format!("到 {host} 的网线"),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Interface(name) => format!("the interface {name}"),
            Self::Host(host) => format!("the cable to {host}"),
        }
    }
}

/// The output that `record` describes, on that screen.
pub(super) fn output(record: &Record<'_>, screen: OnScreen) -> Option<Written> {
    let region = region(record, screen.size);
    let kind = record.get(&keys::PROTOCOL);
    let address = record.get(&keys::ADDRESS);
    let light = light::light(record, screen);
    let modules = modules::modules(record, region, screen.size);
    let (dmx, route) = (protocol::dmx(record), route::route(record, kind, screen.rate));
    let supply = modules::supply(record, modules.as_ref(), light.as_ref().map(|light| light.format));
    if let Some(kind) = kind {
        protocol::foreign(record, kind);
    }
    let (light, modules, kind) = (light?, modules?, kind?);
    let panel = crate::panel::Spec {
        region: region?,
        wiring: modules.wiring,
        format: light.format,
        order: light.order,
        gamma: light.gamma,
        kelvin: light.kelvin,
        supply: supply?,
    };
    let protocol = protocol::protocol(record, kind, &panel, &dmx?, address.is_some())?;
    let output = Output {
        protocol,
        address: address.map(|address| address.with_port(kind.port())),
        panel,
        brightness: light.brightness,
        route: route?,
    };
    check::alone(record, &output, screen)?;
    let span = record.span();
    Some(Written { output, span })
}

/// The part of the screen that it lights.
fn region(record: &Record<'_>, screen: Option<Size>) -> Option<Area> {
    match record.table(&keys::REGION) {
        Some(region) => area(&region, screen),
        // Where something else stands there, that was told.
        None if record.written(&keys::REGION).is_some() => None,
        None => screen.map(Size::area),
    }
}
