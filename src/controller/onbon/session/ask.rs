//! One request, ready to be sent, and what answers it.

use super::order::Thing;
use crate::controller::onbon::{
    Family, Model,
    message::{FontRequest, Request},
    packet::Framing,
};

/// The group of plain acknowledgements and refusals.
pub(super) const PLAIN: u8 = 0xa0;

/// One request, ready to be sent, and what answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What it is about.
    pub(super) thing: Thing,
    pub(super) framing: Framing,
    /// The data of its packet.
    pub(super) data: Vec<u8>,
    /// What its answer is.
    pub(super) reply: Kind,
    /// Whether it is a ping, which is answered at once, and goes to cards of any type.
    pub(super) is_ping: bool,
    /// The most bytes that its answer takes on the line.
    pub(super) reply_bytes: usize,
}

/// What tells one answer from another: all that the tables give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) framing: Framing,
    pub(super) group: u8,
    pub(super) command: u8,
}

impl Kind {
    /// A plain acknowledgement, or a refusal: neither says of what.
    pub(super) const fn plain(framing: Framing) -> Self {
        Self {
            framing,
            group: PLAIN,
            command: 0,
        }
    }
}

/// The longest answer without data of its own: header, body, preamble, some escapes.
const SHORT_REPLY: usize = 64;

/// The longest answer to a ping: a BX-6 tells whose it is on a web site.
const IDENTITY_REPLY: usize = 380;

/// The longest answer with data: a block of the directory or of a file.
const LONG_REPLY: usize = 1200;

impl Ask {
    /// `request` to a card of that kind.
    pub fn new(model: &Model, request: &Request<'_>) -> Self {
        let [group, command] = request.numbers();
        let framing = match (group, model.family) {
            (0xa7, _) => Framing::Dynamic,
            (_, Family::Five | Family::FiveQ) => Framing::Five,
            _ => Framing::Six,
        };
        let mut data = Vec::new();
        request.encode(&mut data);
        let is_ping = matches!(request, Request::Ping);
        let reply = match request.answered_by() {
            Some(command) => Kind {
                framing,
                group,
                command,
            },
            None => Kind::plain(framing),
        };
        Self {
            thing: thing(group, command),
            framing,
            data,
            reply,
            is_ping,
            reply_bytes: match request.answered_by() {
                _ if is_ping => IDENTITY_REPLY,
                None => SHORT_REPLY,
                Some(0x8f | 0x86 | 0x92 | 0x93) => 2 * SHORT_REPLY,
                Some(_) => LONG_REPLY,
            },
        }
    }

    /// `request` to a card with fonts of its own. Its answers with data have the numbers of the request, with or without the top bit.
    pub fn font(request: &FontRequest<'_>) -> Self {
        let mut data = Vec::new();
        request.encode(&mut data);
        Self::of_font_data(request.numbers(), data)
    }

    /// Words in areas: what `picture` makes of them, behind the two bytes that published frames have there, its length.
    pub(super) fn words(body: &[u8]) -> Self {
        let numbers = [0xa3, 0x06];
        let [low, high] = (body.len() as u16).to_le_bytes();
        let mut data = vec![numbers[0], numbers[1], 1, low, high];
        data.extend_from_slice(body);
        Self::of_font_data(numbers, data)
    }

    fn of_font_data([group, command]: [u8; 2], data: Vec<u8>) -> Self {
        let framing = Framing::Font;
        let is_ping = (group, command) == (0xa2, 0x00);
        let has_data = is_ping || (group, command) == (0xa1, 0x02);
        let reply = match has_data {
            true => Kind {
                framing,
                group,
                command: command | 0x80,
            },
            false => Kind::plain(framing),
        };
        Self {
            thing: font_thing(group, command),
            framing,
            data,
            reply,
            is_ping,
            reply_bytes: if has_data { IDENTITY_REPLY } else { SHORT_REPLY },
        }
    }

    /// The ping to a card of that kind.
    pub(super) fn ping(model: &Model) -> Self {
        if model.family.takes_words() {
            Self::font(&FontRequest::Ping)
        } else {
            Self::new(model, &Request::Ping)
        }
    }

    /// The question how a card of that kind is.
    pub(super) fn status(model: &Model) -> Self {
        if model.family.takes_words() {
            Self::font(&FontRequest::Status)
        } else {
            Self::new(model, &Request::Status)
        }
    }
}

/// What a request of BX-5 and BX-6 is about.
const fn thing(group: u8, command: u8) -> Thing {
    match (group, command) {
        (0xa7, _) => Thing::Areas,
        (0xa1, _) => Thing::Files,
        (0xa2, 0x00) => Thing::Identity,
        (0xa2, 0x02) => Thing::Clock,
        (0xa2, 0x05) => Thing::Light,
        (0xa2, 0x06 | 0x08) => Thing::Hours,
        (0xa2, 0x07) => Thing::Brightness,
        (0xa2, 0x0d | 0x0e) => Thing::Lock,
        _ => Thing::Status,
    }
}

/// What a request of cards with fonts is about.
const fn font_thing(group: u8, command: u8) -> Thing {
    match (group, command) {
        (0xa2, 0x00) => Thing::Identity,
        (0xa2, 0x03) => Thing::Clock,
        (0xa3, 0x00) => Thing::Light,
        (0xa3, _) => Thing::Areas,
        (0xa1, 0x05..) => Thing::Files,
        _ => Thing::Status,
    }
}
