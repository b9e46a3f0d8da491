//! What stands in replies that have data.
//!
//! Cards are of many ages: bytes that are missing at the end are `None` or zero, and bytes behind the last field are left alone.

mod files;
mod identity;
mod network;
mod status;

pub use files::{Directory, DirectoryEntry, DirectorySize, FileBlock, FileHead, Firmware, TransferState, Volume};
pub use identity::{Identity, More};
pub use network::{Health, Search, Server};
pub use status::Status;

use super::Field;
use crate::controller::card::CardColour;

/// Fields that more than one reply has.
const DEVICE: Field = Field::new("控制器类型", "type of controller");
const FIRMWARE: Field = Field::new("固件版本", "firmware's version");
const CONFIGURED: Field = Field::new("屏参状态", "state of the screen's parameters");
const ADDRESS: Field = Field::new("屏号", "address");
const BAUD: Field = Field::new("波特率", "baud rate");
const WIDTH: Field = Field::new("屏宽", "width");
const HEIGHT: Field = Field::new("屏高", "height");
const COLOUR: Field = Field::new("颜色", "colour");

/// Fields that old firmware leaves out.
const REST: Field = Field::new("其余字段", "rest");

/// What the numbers of a screen's colours mean; `None` for three colours, and for what is no number of colours.
const fn card_colour(number: u8) -> Option<CardColour> {
    match number {
        1 => Some(CardColour::Single),
        3 => Some(CardColour::Dual),
        255 => Some(CardColour::Full),
        _ => None,
    }
}

/// Text of a field: up to the first zero, without blanks around it; what is no ASCII is replaced.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let plain = bytes[..end].iter().map(|byte| match byte {
        0x20..=0x7e => char::from(*byte),
        _ => char::REPLACEMENT_CHARACTER,
    });
    plain.collect::<String>().trim().to_owned()
}

/// Appends the first `N` characters of `text`, a question mark for what is no ASCII, and zeros where there are fewer.
fn push_text<const N: usize>(text: &str, out: &mut Vec<u8>) {
    let mut field = [0; N];
    for (to, from) in field.iter_mut().zip(text.chars()) {
        *to = match from {
            ' '..='~' => from as u8,
            _ => b'?',
        };
    }
    out.extend_from_slice(&field);
}
