//! Cards with fonts of their own (BX-5K, 5MK, 6K) are told text, and speak more shortly: see [`FontRequest`].

mod area;
mod encode;
mod parse;
mod reply;

pub use area::{FontArea, Sound};
pub use reply::FontReply;

use super::{Clock, FileName};

/// A request to a card with fonts: group, command, 1 (an answer is wanted), two bytes, parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "fields that say what they are by their names")]
pub enum FontRequest<'a> {
    /// A2 00: who are you.
    Ping,
    /// A1 02: how are you.
    Status,
    /// A2 03: sets the clock; the day of the week, too, is a decimal digit.
    SetClock(Clock),
    /// A3 00: lights the LEDs (1), or darkens them (2).
    Switch { is_on: bool },
    /// A3 06: text in real time. Areas that go, then areas that come.
    UpdateAreas {
        /// The two bytes behind the wish for an answer: `None` for the number of bytes that follow them, as in published frames; the vendor's
        /// Java source has a mode and a zero there.
        mode: Option<[u8; 2]>,
        delete: Vec<u8>,
        areas: Vec<FontArea<'a>>,
    },
    /// A3 10: all goes.
    Clear,
    /// A1 05: a file begins.
    StartWrite { overwrites: bool, name: FileName },
    /// A1 06: some of its bytes, from `address` on.
    WriteBlock {
        name: FileName,
        is_last: bool,
        number: u16,
        address: u16,
        data: &'a [u8],
    },
    /// A1 07: files follow.
    BeginTransfer,
    /// A1 08: no more follow.
    EndTransfer,
    /// Any other.
    Other {
        group: u8,
        command: u8,
        parameters: &'a [u8],
    },
}
