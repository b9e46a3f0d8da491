//! Which part of the data each module of a chain takes, as a controller's own page names it.

use crate::{
    panel::{Spec, Wiring},
    site::{Output, Protocol},
};

/// For each module in chain order what it takes, first to last: `universe.slot` with slots from 1 on, or bytes from 0 on where the protocol
/// has no universes. A region without modules is one.
pub fn shares(output: &Output) -> Vec<String> {
    let spec = &output.panel;
    let mut before = 0;
    leds(spec)
        .into_iter()
        .map(|count| {
            let (start, end) = (before * spec.format.bits(), (before + count) * spec.format.bits());
            before += count;
            let (first, last) = (start / 8, end.saturating_sub(1) / 8);
            format!("{}-{}", place(output.protocol, first), place(output.protocol, last))
        })
        .collect()
}

/// How many LEDs each module has.
fn leds(spec: &Spec) -> Vec<usize> {
    match &spec.wiring {
        Wiring::Plain => vec![spec.region.size().leds()],
        Wiring::Modules(modules) => modules.iter().map(|module| module.area.size().leds()).collect(),
    }
}

/// Where byte `at` of the picture travels.
fn place(protocol: Protocol, at: usize) -> String {
    let Some(universes) = protocol.universes() else {
        return at.to_string();
    };
    let slots = usize::from(universes.slots);
    format!("{}.{}", usize::from(universes.first) + at / slots, at % slots + 1)
}
