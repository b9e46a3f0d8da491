//! From a playlist's transition to the nearest way in which a card lets a page come in.

use std::{num::NonZeroU16, time::Duration};

use crate::{
    controller::card::Entrance,
    playlist::Effect,
    units::{Rate, Size, Ticks},
};

/// The entrance nearest to `effect`: of a page of `size` that is seen for `dwell`, and comes in for `transition` of that. What pushes takes
/// as long as it does on the wall, as nearly as whole LEDs a second do; what fades comes at once, since no card dims.
pub(super) fn nearest(effect: Effect, transition: Ticks, size: Size, dwell: Duration, rate: Rate) -> Entrance {
    let pushing = |leds: u32| speed(leds, transition, dwell, rate);
    match effect {
        Effect::Cut | Effect::Fade => Entrance::Cut,
        Effect::Push => pushing(size.width).map_or(Entrance::Cut, Entrance::FromRight),
        Effect::Rise => pushing(size.height).map_or(Entrance::Cut, Entrance::FromBelow),
    }
}

/// The name of an effect as a person knows it.
pub(super) const fn name(effect: Effect) -> (&'static str, &'static str) {
    match effect {
        Effect::Cut => ("直接切换", "cut"),
        Effect::Fade => ("淡入", "fade"),
        Effect::Push => ("左推", "push"),
        Effect::Rise => ("上推", "rise"),
    }
}

/// LEDs a second for a way of `leds` in `transition`, or sooner where the page is not seen that long; `None` where it takes no time.
fn speed(leds: u32, transition: Ticks, dwell: Duration, rate: Rate) -> Option<NonZeroU16> {
    let ticks = u64::try_from(transition.0).ok().filter(|ticks| *ticks > 0)?;
    let wanted = (u64::from(leds) * u64::from(rate.hertz()) + ticks / 2) / ticks;
    let least = (u128::from(leds) * 1_000_000_000).div_ceil(dwell.as_nanos().max(1));
    let speed = u128::from(wanted).max(least).max(1);
    NonZeroU16::new(u16::try_from(speed).unwrap_or(u16::MAX))
}
