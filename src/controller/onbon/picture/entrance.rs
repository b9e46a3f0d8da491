//! How pages come in: the effect and the speed of the card that are nearest, and what was lost on the way.

use std::{num::NonZeroU16, time::Duration};

use super::super::model::Model;
use crate::controller::card::Entrance;

/// At once (快速打出).
pub const QUICK: u8 = 0x02;
/// From the right (向左移动).
pub const MOVE_LEFT: u8 = 0x03;
/// One page after the other without a gap (向左连移).
pub const CONTINUE_LEFT: u8 = 0x04;
/// From below (向上移动).
pub const MOVE_UP: u8 = 0x05;

/// The display mode of a card with fonts for what comes in from the right.
pub const FONT_LEFT: u8 = 3;
/// The same from below.
pub const FONT_UP: u8 = 5;

/// What a card is told of how a page comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Its display mode.
    pub mode: u8,
    /// Its speed number; 0 is the fastest.
    pub speed: u8,
    /// How long the picture takes for one LED at that speed; nothing where it comes at once.
    pub led: Duration,
    /// What the card cannot do of it.
    pub lost: Option<Lost>,
}

/// What a card cannot do of an entrance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It moves at another speed.
    Speed {
        /// LEDs a second that were wanted.
        wanted: u16,
        /// LEDs a second that it moves.
        given: u16,
    },
    /// The strip is set by the card in its own fonts, and comes in again after it has left, with a gap.
    Seamless,
}

/// The effect nearest to `entrance`.
pub fn effect(model: &Model, entrance: Entrance) -> Effect {
    let takes_words = model.family.takes_words();
    let mode = |dots, font| if takes_words { font } else { dots };
    match entrance {
        Entrance::Cut => Effect {
            mode: QUICK,
            speed: 0,
            led: Duration::ZERO,
            lost: None,
        },
        Entrance::FromRight(speed) => moved(model, mode(MOVE_LEFT, FONT_LEFT), speed),
        Entrance::FromBelow(speed) => moved(model, mode(MOVE_UP, FONT_UP), speed),
        Entrance::Running(speed) => {
            let effect = moved(model, mode(CONTINUE_LEFT, FONT_LEFT), speed);
            let lost = if takes_words { Some(Lost::Seamless) } else { effect.lost };
            Effect { lost, ..effect }
        }
    }
}

/// How long a picture takes for one LED at a speed number.
pub fn led_time(model: &Model, speed: u8) -> Duration {
    model.step.value * (u32::from(speed) + 1)
}

/// The speed number whose time for one LED is nearest.
fn moved(model: &Model, mode: u8, wanted: NonZeroU16) -> Effect {
    let step = model.step.value.as_micros().max(1);
    let time = 1_000_000 / u128::from(wanted.get());
    let nearest = (time + step / 2) / step;
    let speed = u8::try_from(nearest.saturating_sub(1))
        .unwrap_or(u8::MAX)
        .min(model.slowest.value);
    let led = led_time(model, speed);
    let given = u16::try_from((1_000_000 + led.as_micros() / 2) / led.as_micros().max(1)).unwrap_or(u16::MAX);
    let wanted = wanted.get();
    let lost = (given != wanted).then_some(Lost::Speed { wanted, given });
    Effect { mode, speed, led, lost }
}
