//! How long pictures take on their way: what `wall` asks before it decides who turns the pages.

use std::time::Duration;

use crate::{
    controller::card::{CardColour, CardPage, Look},
    units::{Area, Size},
};

use super::{super::picture::bitmap, Model};

/// Preamble, header, checksum and end of a frame of dynamic areas, with the body's head; rounded up.
const FRAMING: usize = 48;

/// What an area takes beside its pages.
const AREA: usize = 64;

/// What a page takes beside its LEDs.
const PAGE: usize = 32;

/// What the answer takes, and a moment for the card to think, in bytes at the line's speed.
const ANSWER: usize = 48;

impl Model {
    /// How many bytes the pages of one area take on the wire: [`on_wire`] of what they take of the card's memory.
    pub fn bytes_of(&self, place: Area, colour: CardColour, pages: &[CardPage]) -> usize {
        let pages = pages.iter().map(|page| self.bytes_of_page(place, colour, page));
        on_wire(pages.sum())
    }

    /// How many bytes of the card's memory one page of an area at `place` takes: its bitmap and what stands before it.
    pub fn bytes_of_page(&self, place: Area, colour: CardColour, page: &CardPage) -> usize {
        match &page.look {
            // At most two bytes a character, as is an escape for the end of a line.
            Look::Words(words) => PAGE + 2 * words.chars().count(),
            Look::Dots(frame) => self.bytes_of_size(place, colour, frame.size()),
        }
    }

    /// The same of a picture of that size. Of a strip that is wider than its area, all the pages that it is cut into.
    pub fn bytes_of_size(&self, place: Area, colour: CardColour, size: Size) -> usize {
        let cuts = size.width.div_ceil(place.width.max(1)).max(1) as usize;
        let bitmap = |layout| bitmap::length(layout, place);
        cuts * (PAGE + self.layout(colour).map_or(0, bitmap))
    }
}

/// How many bytes an area takes on the wire whose pages take so many: what frames it, the answer, and one byte in 32 for escapes, which
/// is twice what random LEDs need. A pattern may need more.
pub const fn on_wire(pages: usize) -> usize {
    let body = FRAMING + AREA + pages;
    body + body.div_ceil(32) + ANSWER
}

/// How long `bytes` take: at 8N1 ten bits each; over a network a few milliseconds.
pub fn wire_time(bytes: usize, baud: Option<u32>) -> Duration {
    // What 10 Mbit/s carry, and the way there and back.
    const NETWORK: u64 = 1_000_000;
    const ROUND_TRIP: Duration = Duration::from_millis(5);
    let bytes = bytes as u64;
    match baud {
        Some(baud) => Duration::from_nanos(bytes.saturating_mul(10_000_000_000) / u64::from(baud.max(1))),
        None => ROUND_TRIP + Duration::from_nanos(bytes.saturating_mul(1_000_000_000) / NETWORK),
    }
}
