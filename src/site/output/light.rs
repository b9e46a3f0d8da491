//! How the LEDs of an output shine: format, order, gamma, temperature, brightness.

use super::{
    OnScreen,
    fault::OutputFault,
    light_keys::{BRIGHTNESS, FORMAT, GAMMA, GAMMA_BLUE, GAMMA_GREEN, GAMMA_RED, ORDER, TEMPERATURE},
};
use crate::{
    document::{Field, Record, kind::Decimal},
    panel::{Format, Order},
    site::{Colour, Depth},
    units::Level,
};

/// How the LEDs shine.
pub(super) struct Light {
    pub(super) format: Format,
    pub(super) order: Order,
    pub(super) gamma: [u16; 3],
    pub(super) kelvin: Option<u16>,
    pub(super) brightness: Level,
}

pub(super) fn light(record: &Record<'_>, screen: OnScreen) -> Option<Light> {
    let (format, order) = (record.get(&FORMAT), record.get(&ORDER));
    let gamma = record.get(&GAMMA);
    let channels = [&GAMMA_RED, &GAMMA_GREEN, &GAMMA_BLUE].map(|field| channel(record, field, gamma));
    let (kelvin, brightness) = (record.optional(&TEMPERATURE), record.get(&BRIGHTNESS));
    let format = format?;
    foreign(record, format);
    fits(record, format, screen);
    let [red, green, blue] = channels;
    Some(Light {
        format,
        order: order?,
        gamma: [red?, green?, blue?],
        kelvin: kelvin?.and_then(|kelvin| u16::try_from(kelvin).ok()),
        brightness: Level::new(u8::try_from(brightness?).ok()?)?,
    })
}

/// The gamma of one channel: its own, else that of all.
fn channel(record: &Record<'_>, field: &'static Field<Decimal>, of_all: Option<u32>) -> Option<u16> {
    let own = record.get(field);
    let gamma = match record.written(field) {
        Some(_) => own,
        None => of_all,
    };
    gamma.and_then(|hundredths| u16::try_from(hundredths).ok())
}

/// Tells of keys that the format has no use for.
fn foreign(record: &Record<'_>, format: Format) {
    let of_rgb = [
        (record.written(&ORDER), ORDER.key, ORDER.alias),
        (record.written(&GAMMA_RED), GAMMA_RED.key, GAMMA_RED.alias),
        (record.written(&GAMMA_GREEN), GAMMA_GREEN.key, GAMMA_GREEN.alias),
        (record.written(&GAMMA_BLUE), GAMMA_BLUE.key, GAMMA_BLUE.alias),
        (record.written(&TEMPERATURE), TEMPERATURE.key, TEMPERATURE.alias),
    ];
    let of_steps = [
        (record.written(&GAMMA), GAMMA.key, GAMMA.alias),
        (record.written(&BRIGHTNESS), BRIGHTNESS.key, BRIGHTNESS.alias),
    ];
    let of_rgb = of_rgb.into_iter().filter(|_| format != Format::Rgb);
    let of_steps = of_steps.into_iter().filter(|_| is_lit_or_dark(format));
    let told = of_rgb.map(|key| (key, false)).chain(of_steps.map(|key| (key, true)));
    for ((written, key, alias), or_grey) in told {
        if let Some(span) = written {
            let fault = OutputFault::NotOfFormat {
                key,
                alias,
                or_grey,
                format: name(format),
            };
            record.problem_at(span, fault);
        }
    }
}

/// Tells of a format that is not for the LEDs of the screen.
fn fits(record: &Record<'_>, format: Format, screen: OnScreen) {
    let (Some(place), Some(colour)) = (record.written(&FORMAT), screen.colour) else {
        return;
    };
    let is_one = matches!(colour, Colour::Red | Colour::Green | Colour::Amber);
    let (is_right, needs_en, needs_zh, write) = match format {
        Format::Rgb => return,
        Format::Grey | Format::OneBit => (is_one, "one colour", "单色", "\"red\""),
        Format::TwoBit => (colour == Colour::RedGreen, "red and green", "双色", "\"red+green\""),
    };
    if !is_right {
        let fault = OutputFault::OtherColour {
            format: name(format),
            colour: colour.word(),
            needs_en,
            needs_zh,
            write,
        };
        record.problem_at(place.clone(), fault);
    }
    if is_lit_or_dark(format) && screen.depth == Some(Depth::EightBits) {
        record.problem_at(place, OutputFault::OtherDepth { format: name(format) });
    }
}

pub(super) const fn is_lit_or_dark(format: Format) -> bool {
    matches!(format, Format::OneBit | Format::TwoBit)
}

pub(super) const fn name(format: Format) -> &'static str {
    match format {
        Format::Rgb => "rgb",
        Format::Grey => "grey",
        Format::OneBit => "1bit",
        Format::TwoBit => "2bit",
    }
}
