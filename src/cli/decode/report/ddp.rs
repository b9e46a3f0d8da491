//! DDP, field by field.
//!
//! | field | |
//! |---|---|
//! | `push`, `query`, `reply`, `storage` | flags, `true` or `false` |
//! | `sequence` | 1 to 15, or 0 for uncounted |
//! | `type`, `type_name` | the data type's byte, and what it says |
//! | `destination`, `destination_name` | the destination's byte, and what it is |
//! | `offset`, `length` | place and number of the data bytes |
//! | `timecode` | 32 bits |
//! | `data` | the data in hex |
//! | `text` | the data as text, where it is JSON |

use serde::Serialize;

use super::{Fault, Hex};
use crate::{
    controller::ddp::packet::{Header, Packet, PacketError},
    diagnostic::Explain as _,
};

#[derive(Serialize)]
pub(super) struct Fields<'a> {
    push: bool,
    query: bool,
    reply: bool,
    storage: bool,
    sequence: u8,
    #[serde(rename = "type")]
    data_type: u8,
    type_name: String,
    destination: u8,
    destination_name: String,
    offset: u32,
    length: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    timecode: Option<u32>,
    data: Hex<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// The fields of a datagram.
pub(super) fn tell(bytes: &[u8]) -> Result<Fields<'_>, Fault> {
    let packet = Packet::parse(bytes).map_err(|error| Fault::new(error.at(), &error.to_string(), error.chinese()))?;
    Ok(Fields::of(&packet))
}

/// Where the packet at the beginning ends, where more follows it.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    match Packet::parse(bytes) {
        Err(PacketError::Trailing { promised, start, .. }) => Some(start + promised),
        _ => None,
    }
}

impl<'a> Fields<'a> {
    fn of(packet: &Packet<'a>) -> Self {
        let header = &packet.header;
        Self {
            push: header.push,
            query: header.query,
            reply: header.reply,
            storage: header.storage,
            sequence: header.sequence,
            data_type: header.data_type.0,
            type_name: header.data_type.to_string(),
            destination: header.destination.0,
            destination_name: header.destination.to_string(),
            offset: header.offset,
            length: packet.data.len(),
            timecode: header.timecode,
            data: Hex(packet.data),
            text: text(header, packet.data),
        }
    }

    /// All of them in a line, each with its name.
    pub(super) fn sentence(&self) -> String {
        let flags = [
            (self.push, "push  "),
            (self.query, "query  "),
            (self.reply, "reply  "),
            (self.storage, "storage  "),
        ];
        let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
        let timecode = self
            .timecode
            .map_or_else(String::new, |code| format!("timecode {code:#010x}  "));
        let data = match self.text {
            Some(text) => format!("text {}", text.escape_debug()),
            None => format!("data {}", self.data),
        };
        format!(
            "{flags}sequence {}  type {:#04x} ({})  destination {} ({})  offset {}  length {}  {timecode}{data}",
            self.sequence,
            self.data_type,
            self.type_name,
            self.destination,
            self.destination_name,
            self.offset,
            self.length,
        )
    }
}

/// The data as text, where it is JSON.
fn text<'a>(header: &Header, data: &'a [u8]) -> Option<&'a str> {
    let is_text = header.destination.is_json() && !data.is_empty();
    is_text.then(|| std::str::from_utf8(data).ok()).flatten()
}
