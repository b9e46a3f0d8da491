//! Whether the way carries what is to be shown: of one output, and of all outputs of a site together.

use std::{collections::BTreeMap, ops::Range};

use super::{
    OnScreen, Way, Written,
    keys::PROTOCOL,
    light,
    limit_fault::{LimitFault, Named},
    load::{Load, headers},
    way_keys::{CABLE, MOST, SLOTS_EACH},
};
use crate::{
    controller::{self, artnet, sacn},
    diagnostic::Bilingual,
    document::Record,
    panel::Format,
    site::{Colour, Depth, Output, Protocol},
    units::Rate,
};

/// The cables, by their megabits a second, the slowest first.
const CABLES: [(u32, &str); 5] = [
    (10, "10M"),
    (100, "100M"),
    (1000, "1G"),
    (2500, "2.5G"),
    (10_000, "10G"),
];

/// What one output asks of its way, as `record` describes it; `None` where that is refused.
pub(super) fn alone(record: &Record<'_>, output: &Output, screen: OnScreen) -> Option<()> {
    packet(record, output)?;
    let Some(rate) = screen.rate.map(|rate| shown(output, rate)) else {
        return Some(());
    };
    let load = Load::of(output);
    let place = || {
        let most = record.written(&MOST).or_else(|| record.written(&CABLE));
        most.or_else(|| record.written(&PROTOCOL))
            .unwrap_or_else(|| record.span())
    };
    let mut is_sound = true;
    if load.carried(output.route.megabits) < 10 * u64::from(rate) {
        record.problem_at(place(), cable_too_slow(output, load, rate, screen));
        is_sound = false;
    }
    if let Some(pacing) = output.route.pacing
        && let Some(carried) = load.paced(pacing)
        && carried < 10 * u64::from(rate)
    {
        let gap = pacing.gap.as_micros().max(1);
        // So many batches begin within the time of one picture.
        let batches = (1_000_000 / u128::from(rate) / gap).max(1);
        let fault = LimitFault::PacedTooSlow {
            burst: pacing.packets.get(),
            gap_us: gap,
            packets: load.packets,
            carried,
            rate,
            needs: load.packets.div_ceil(u64::try_from(batches).unwrap_or(u64::MAX)),
        };
        record.problem_at(place(), fault);
        is_sound = false;
    }
    is_sound.then_some(())
}

/// How many pictures a second the output shows of a screen of `rate`.
fn shown(output: &Output, rate: Rate) -> u16 {
    let most = output.route.most.map_or(u16::MAX, Rate::hertz);
    rate.hertz().min(most)
}

/// Whether the way carries its longest packet. DDP cuts its packets to the way by itself.
fn packet(record: &Record<'_>, output: &Output) -> Option<()> {
    let (universes, head) = match output.protocol {
        Protocol::Ddp => return Some(()),
        Protocol::Sacn(settings) => (settings.universes, sacn::packet::HEAD),
        Protocol::ArtNet(settings) => (settings.universes, artnet::packet::DMX_HEADER),
    };
    let overhead = head as u64 + headers(output.address.as_deref());
    let (slots, mtu) = (universes.slots, output.route.mtu);
    let needs = overhead + u64::from(slots);
    if needs <= u64::from(mtu) {
        return Some(());
    }
    let room = u64::from(mtu) - overhead;
    let led = (output.panel.format.bits() as u64).div_ceil(8);
    let fault = LimitFault::PacketTooLong {
        slots,
        needs,
        mtu,
        fitting: room - room % led,
    };
    let place = record
        .written(&super::way_keys::MTU)
        .or_else(|| record.written(&SLOTS_EACH));
    record.problem_at(place.unwrap_or_else(|| record.span()), fault);
    None
}

fn cable_too_slow(output: &Output, load: Load, rate: u16, screen: OnScreen) -> LimitFault {
    let megabits = output.route.megabits;
    let carried = load.carried(megabits);
    LimitFault::CableTooSlow {
        size: output.panel.region.size(),
        bytes: load.bytes,
        cable: cable(megabits),
        carried,
        rate,
        remedy: remedy(output, load, rate, screen),
    }
}

/// What would fit: fewer pictures, a faster cable, several outputs, fewer bits.
fn remedy(output: &Output, load: Load, rate: u16, screen: OnScreen) -> Bilingual {
    let megabits = output.route.megabits;
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let fewer = load.carried(megabits) / 10;
    if fewer > 0 {
        zh.push(format!("写 most = {fewer}"));
        en.push(format!("write most = {fewer}"));
    }
    let faster = CABLES
        .iter()
        .find(|(faster, _)| *faster > megabits && load.carried(*faster) >= 10 * u64::from(rate));
    if let Some((_, name)) = faster {
        zh.push(format!("整条线路都是 {name} 的，写 cable = \"{name}\""));
        en.push(format!("where all of the way is {name}, write cable = \"{name}\""));
    }
    let parts = (load.bytes * u64::from(rate)).div_ceil(u64::from(megabits) * 125_000);
    zh.push(format!("用 region 把屏幕分给 {parts} 路输出，各走一个网口"));
    en.push(format!(
        "divide the screen with \"region\" among {parts} outputs on network ports of their own"
    ));
    if let Some(format) = smaller(output.panel.format, screen) {
        let name = light::name(format);
        zh.push(format!("写 format = \"{name}\""));
        en.push(format!("write format = \"{name}\""));
    }
    Bilingual::new(zh.join("；或"), en.join("; or "))
}

/// The smallest format that the screen's LEDs need, where the output has a larger one.
fn smaller(format: Format, screen: OnScreen) -> Option<Format> {
    let smallest = match (screen.colour?, screen.depth?) {
        (Colour::Red | Colour::Green | Colour::Amber, Depth::OneBit) => Format::OneBit,
        (Colour::Red | Colour::Green | Colour::Amber, Depth::EightBits) => Format::Grey,
        (Colour::RedGreen, Depth::OneBit) => Format::TwoBit,
        (Colour::RedGreen, Depth::EightBits) | (Colour::Full, _) => Format::Rgb,
    };
    (smallest.bits() < format.bits()).then_some(smallest)
}

fn cable(megabits: u32) -> &'static str {
    let known = CABLES.iter().find(|(known, _)| *known == megabits);
    known.map_or("it", |(_, name)| *name)
}

/// One output among all of a site.
#[derive(Clone, Copy)]
pub(in crate::site) struct Placed<'a> {
    /// The identity of its screen.
    pub(in crate::site) screen: &'a str,
    /// Its number on that screen, from 1 on.
    pub(in crate::site) number: usize,
    /// The screen's rate.
    pub(in crate::site) rate: Rate,
    /// The output.
    pub(in crate::site) written: &'a Written,
}

impl Placed<'_> {
    fn named(&self) -> Named {
        Named {
            screen: self.screen.to_owned(),
            number: self.number,
        }
    }

    fn span(&self) -> Range<usize> {
        self.written.span.clone()
    }

    fn claim(&self) -> Claim {
        let protocol = self.written.output.protocol;
        let kind = protocol.kind();
        let (Some(universes), Some(all)) = (protocol.universes(), kind.universes()) else {
            // All of the controller, which counts no universes.
            return Claim {
                protocol: kind,
                first: 0,
                end: 1,
                past: 1,
            };
        };
        let first = u32::from(universes.first);
        let count = universes.count(self.written.output.panel.bytes());
        Claim {
            protocol: kind,
            first,
            end: first.saturating_add(u32::try_from(count).unwrap_or(u32::MAX)),
            past: u32::from(*all.end()) + 1,
        }
    }
}

/// The universes that an output sends.
struct Claim {
    protocol: controller::Protocol,
    first: u32,
    /// The one after the last.
    end: u32,
    /// The one after the last that the protocol has.
    past: u32,
}

/// Tells of outputs that get in each other's way.
pub(in crate::site) fn check(root: &Record<'_>, outputs: &[Placed<'_>]) {
    let mut places: BTreeMap<(Option<String>, &str), Vec<&Placed<'_>>> = BTreeMap::new();
    let mut ways: BTreeMap<Way, Vec<&Placed<'_>>> = BTreeMap::new();
    for placed in outputs {
        let output = &placed.written.output;
        let address = output.address.as_ref().map(|address| address.to_lowercase());
        places
            .entry((address, placed.claim().protocol.name()))
            .or_default()
            .push(placed);
        if let Some(way) = Way::of(output) {
            ways.entry(way).or_default().push(placed);
        }
    }
    places.into_values().for_each(|same| clashes(root, same));
    ways.into_iter().for_each(|(way, same)| narrow(root, way, &same));
}

/// Tells of outputs of one protocol to one place that send what another one sends.
fn clashes(root: &Record<'_>, mut same: Vec<&Placed<'_>>) {
    same.sort_by_key(|placed| placed.claim().first);
    // The one of those before that reaches furthest.
    let mut furthest: Option<&Placed<'_>> = None;
    for placed in same {
        let (claim, end) = (placed.claim(), furthest.map_or(0, |other| other.claim().end));
        if let Some(before) = furthest.filter(|_| claim.first < end) {
            let (other, own) = if before.span().start <= placed.span().start {
                (before, placed)
            } else {
                (placed, before)
            };
            root.problem_at(own.span(), clash(own, other));
        }
        furthest = Some(placed).filter(|_| claim.end > end).or(furthest);
    }
}

/// What both outputs send, though there is one place for it only.
fn clash(own: &Placed<'_>, other: &Placed<'_>) -> LimitFault {
    let (mine, its) = (own.claim(), other.claim());
    if let Protocol::Ddp = own.written.output.protocol {
        let address = own.written.output.address.as_deref().unwrap_or_default();
        return LimitFault::SameController {
            own: own.named(),
            other: other.named(),
            address: address.to_owned(),
        };
    }
    let count = mine.end - mine.first;
    LimitFault::Claimed {
        first: mine.first.max(its.first),
        last: mine.end.min(its.end) - 1,
        own: own.named(),
        other: other.named(),
        free: Some(its.end).filter(|free| free.saturating_add(count) <= mine.past),
    }
}

/// Tells of a way that is too narrow for all that goes over it together.
fn narrow(root: &Record<'_>, way: Way, same: &[&Placed<'_>]) {
    let bytes = |placed: &&Placed<'_>| {
        let output = &placed.written.output;
        Load::of(output).bytes * u64::from(shown(output, placed.rate))
    };
    let megabits = |placed: &&Placed<'_>| placed.written.output.route.megabits;
    let second: u64 = same.iter().map(bytes).sum();
    // The port is as fast as the fastest cable that is behind it.
    let carries = same.iter().map(megabits).max().unwrap_or(1);
    let capacity = u64::from(carries) * 125_000;
    if let Some(last) = same.last().filter(|_| same.len() > 1 && second > capacity) {
        let fault = LimitFault::WayTooNarrow {
            way,
            megabits: second.div_ceil(125_000),
            cable: cable(carries),
            carries,
            ports: second.div_ceil(capacity),
            percent: capacity * 100 / second,
        };
        root.problem_at(last.span(), fault);
    }
}
