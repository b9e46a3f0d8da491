//! How datagrams leave this machine: interface, batches, cable, rate.

use std::{num::NonZeroU16, time::Duration};

use super::{
    fault::OutputFault,
    keys::PROTOCOL,
    limit_fault::LimitFault,
    way_keys::{BURST, CABLE, GAP, INTERFACE, MOST, MTU, TTL},
};
use crate::{
    controller::Protocol,
    document::Record,
    site::{Pacing, Route},
    units::Rate,
};

/// The most pictures a second that E1.11 lets a universe have.
const DMX_MOST: u16 = 44;

pub(super) fn route(record: &Record<'_>, protocol: Option<Protocol>, rate: Option<Rate>) -> Option<Route> {
    let (interface, ttl) = (record.optional(&INTERFACE), record.optional(&TTL));
    let (mtu, megabits) = (record.get(&MTU), record.get(&CABLE));
    let (pacing, most) = (pacing(record), most(record, protocol, rate));
    Some(Route {
        interface: interface?,
        ttl: ttl?.and_then(|ttl| u8::try_from(ttl).ok()).unwrap_or(1),
        pacing: pacing?,
        mtu: u16::try_from(mtu?).ok()?,
        megabits: megabits?,
        most: most?,
    })
}

/// The batches; the outer `None` where they are refused.
fn pacing(record: &Record<'_>) -> Option<Option<Pacing>> {
    let (burst, gap) = (record.get(&BURST), record.get(&GAP));
    let half = |key, other| OutputFault::HalfPaced { key, other };
    match (record.written(&BURST), record.written(&GAP)) {
        (None, None) => Some(None),
        (Some(span), None) => {
            record.problem_at(span, half(BURST.key, GAP.key));
            None
        }
        (None, Some(span)) => {
            record.problem_at(span, half(GAP.key, BURST.key));
            None
        }
        (Some(_), Some(_)) => Some(Some(Pacing {
            packets: NonZeroU16::new(u16::try_from(burst?).ok()?)?,
            // Hundredths of a millisecond.
            gap: Duration::from_micros(u64::from(gap?) * 10),
        })),
    }
}

/// The most pictures a second; the outer `None` where it is refused.
fn most(record: &Record<'_>, protocol: Option<Protocol>, rate: Option<Rate>) -> Option<Option<Rate>> {
    let most = record.get(&MOST);
    if record.written(&MOST).is_some() {
        return Rate::new(u16::try_from(most?).ok()?).map(Some);
    }
    let (Some(protocol @ (Protocol::Sacn | Protocol::ArtNet)), Some(rate)) = (protocol, rate) else {
        return Some(None);
    };
    if rate.hertz() <= DMX_MOST {
        return Some(None);
    }
    let fault = LimitFault::TooOften {
        protocol: protocol.title(),
        rate: rate.hertz(),
        cap: DMX_MOST,
        even: even_share(rate.hertz(), DMX_MOST),
    };
    let place = record.written(&PROTOCOL).unwrap_or_else(|| record.span());
    record.problem_at(place, fault);
    Rate::new(DMX_MOST).map(Some)
}

/// The highest divisor of `rate` that is at most `cap`: every second, third, … picture.
fn even_share(rate: u16, cap: u16) -> u16 {
    let divides = |share: &u16| rate.is_multiple_of(*share);
    (1..=cap).rev().find(divides).unwrap_or(1)
}
