//! What each protocol needs to know, and the keys that are none of its.

use std::num::NonZeroU16;

use super::{
    fault::OutputFault,
    limit_fault::LimitFault,
    way_keys::{PRIORITY, SLOTS_EACH, SYNC, SYNC_UNIVERSE, TTL, UNIVERSE},
};
use crate::{
    controller::{Protocol, SLOTS, Universes, artnet, sacn},
    document::Record,
    panel::{Format, Spec},
    site,
};

/// The priority of a source that does not care.
const USUAL_PRIORITY: u8 = 100;

/// What is written of universes.
pub(super) struct Dmx {
    first: Option<u16>,
    slots: Option<u16>,
    priority: Option<u8>,
    sync_universe: Option<NonZeroU16>,
    sync: Option<bool>,
}

/// What `record` says of universes, whatever its protocol; `None` where something of it was refused.
pub(super) fn dmx(record: &Record<'_>) -> Option<Dmx> {
    let (first, slots) = (record.optional(&UNIVERSE), record.optional(&SLOTS_EACH));
    let (priority, sync) = (record.optional(&PRIORITY), record.optional(&SYNC));
    let sync_universe = record.optional(&SYNC_UNIVERSE);
    let narrow = |number: i64| u16::try_from(number).ok();
    Some(Dmx {
        first: first?.and_then(narrow),
        slots: slots?.and_then(narrow),
        priority: priority?.and_then(|priority| u8::try_from(priority).ok()),
        sync_universe: sync_universe?.and_then(narrow).and_then(NonZeroU16::new),
        sync: sync?,
    })
}

/// Tells of the keys that belong to other protocols.
pub(super) fn foreign(record: &Record<'_>, protocol: Protocol) {
    const BOTH: &str = "sACN and Art-Net";
    let keys = [
        (record.written(&UNIVERSE), UNIVERSE.key, UNIVERSE.alias, BOTH),
        (record.written(&SLOTS_EACH), SLOTS_EACH.key, SLOTS_EACH.alias, BOTH),
        (record.written(&PRIORITY), PRIORITY.key, PRIORITY.alias, "sACN"),
        (
            record.written(&SYNC_UNIVERSE),
            SYNC_UNIVERSE.key,
            SYNC_UNIVERSE.alias,
            "sACN",
        ),
        (record.written(&TTL), TTL.key, TTL.alias, "sACN"),
        (record.written(&SYNC), SYNC.key, SYNC.alias, "Art-Net"),
    ];
    let own = protocol.title();
    for (written, key, alias, of) in keys {
        if let Some(span) = written.filter(|_| !of.contains(own)) {
            record.problem_at(span, OutputFault::NotOfProtocol { key, alias, of, own });
        }
    }
}

/// The protocol of an output with this panel, and all that it needs; `has_address` where it goes to one address.
pub(super) fn protocol(
    record: &Record<'_>,
    protocol: Protocol,
    panel: &Spec,
    dmx: &Dmx,
    has_address: bool,
) -> Option<site::Protocol> {
    match protocol {
        Protocol::Ddp if !has_address && record.written(&super::keys::ADDRESS).is_none() => {
            record.absence(OutputFault::NoAddress);
            None
        }
        Protocol::Ddp => has_address.then_some(site::Protocol::Ddp),
        Protocol::Sacn => {
            if has_address && let Some(span) = record.written(&TTL) {
                record.problem_at(span, OutputFault::TtlOfUnicast);
            }
            if dmx.first == Some(0) {
                record.problem_at(universe(record), LimitFault::NoUniverseZero);
                return None;
            }
            Some(site::Protocol::Sacn(sacn::Settings {
                universes: universes(record, protocol, panel, dmx)?,
                priority: dmx.priority.unwrap_or(USUAL_PRIORITY),
                sync: dmx.sync_universe,
                multicast: record.written(&super::keys::ADDRESS).is_none(),
            }))
        }
        Protocol::ArtNet => Some(site::Protocol::ArtNet(artnet::Settings {
            universes: universes(record, protocol, panel, dmx)?,
            sync: dmx.sync.unwrap_or(true),
            discover: record.written(&super::keys::ADDRESS).is_none(),
        })),
    }
}

/// Where the first universe stands, or else the table.
fn universe(record: &Record<'_>) -> std::ops::Range<usize> {
    let written = record.written(&UNIVERSE).and_then(|_| record.peek(&UNIVERSE));
    written.map_or_else(|| record.span(), |universe| universe.span)
}

/// The universes of a picture, all of which the protocol must have.
fn universes(record: &Record<'_>, protocol: Protocol, panel: &Spec, dmx: &Dmx) -> Option<Universes> {
    let (usual, last) = protocol.universes()?.into_inner();
    let first = dmx.first.unwrap_or(usual);
    let slots = dmx.slots.unwrap_or_else(|| whole_slots(panel.format));
    let universes = Universes { first, slots };
    let count = universes.count(panel.bytes());
    if usize::from(first) + count > usize::from(last) + 1 {
        let highest = (usize::from(last) + 1).checked_sub(count);
        let highest = highest.and_then(|highest| u16::try_from(highest).ok());
        let fault = LimitFault::PastUniverses {
            protocol: protocol.title(),
            first,
            count,
            last,
            highest: highest.filter(|highest| *highest >= usual),
        };
        record.problem_at(universe(record), fault);
        return None;
    }
    Some(universes)
}

/// The most slots of a universe that are whole LEDs.
const fn whole_slots(format: Format) -> u16 {
    match format {
        Format::Rgb => SLOTS - SLOTS % 3,
        Format::Grey | Format::OneBit | Format::TwoBit => SLOTS,
    }
}
