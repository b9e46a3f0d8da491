//! Seeing the wall without one.

pub(crate) mod animation;
mod card;
mod controller;
mod hdmi;
mod hub;
mod page;
mod patch;
mod picture;
mod sender;
mod terminal;

use proptest::prelude::*;
use yingbi::{frame::Frame, units::Size};

/// Frames of a few LEDs of a few colours, so that rows are often equal.
pub(crate) fn frames(size: Size) -> impl Strategy<Value = Frame> {
    proptest::collection::vec(
        prop_oneof![3 => Just(0_u8), 1 => Just(255), 1 => any::<u8>()],
        size.leds() * 3,
    )
    .prop_map(move |bytes| Frame::from_bytes(size, bytes).expect("as many bytes as LEDs"))
}

/// Any small size, none of its sides 0.
pub(crate) fn sizes() -> impl Strategy<Value = Size> {
    (1_u32..12, 1_u32..12).prop_map(|(width, height)| Size::new(width, height))
}
