//! One line for each packet, as text or as JSON.
//!
//! The fields of the JSON objects are stable; those that do not apply are left out.
//!
//! | field | |
//! |---|---|
//! | `line` or `record` | where the datagram comes from, counted from 1 |
//! | `time`, `from`, `to` | of a capture's record: RFC 3339 in UTC, `host:port` |
//! | `part` | which packet of a datagram that the capture shows before its segmentation, counted from 1 |
//! | `push`, `query`, `reply`, `storage` | flags, `true` or `false` |
//! | `sequence` | 1 to 15, or 0 for uncounted |
//! | `type`, `type_name` | the data type's byte, and what it says |
//! | `destination`, `destination_name` | the destination's byte, and what it is |
//! | `offset`, `length` | place and number of the data bytes |
//! | `timecode` | 32 bits |
//! | `data` | the data in hex |
//! | `text` | the data as text, where it is JSON |
//! | `malformed` | instead of the packet's fields: `at` (the byte at fault, from 0), `reason`, `reason_zh` |
//! | `bytes` | beside `malformed`: the datagram in hex |

use std::{fmt::Write as _, io::Write};

use serde::Serialize;

use super::{Datagram, DecodeError, Options, Origin, Outcome, hex::HexFault};
use crate::{
    controller::ddp::packet::{Packet, PacketError},
    diagnostic::{Explain as _, Language},
};

/// Data bytes that a line of text shows.
const SHOWN: usize = 12;

/// Tells datagrams to an output and counts them.
pub(super) struct Report<'a> {
    json: bool,
    language: Language,
    out: &'a mut dyn Write,
    outcome: Outcome,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    origin: OriginFields,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<usize>,
    #[serde(flatten)]
    told: Told<'a>,
}

#[derive(Default, Serialize)]
struct OriginFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Packet(PacketFields<'a>),
    Malformed {
        malformed: Fault,
        #[serde(skip_serializing_if = "Option::is_none")]
        bytes: Option<String>,
    },
}

#[derive(Serialize)]
struct PacketFields<'a> {
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
    data: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct Fault {
    at: usize,
    reason: String,
    reason_zh: String,
}

impl<'a> Report<'a> {
    /// A report in the form that `options` ask for.
    pub(super) fn new(options: &Options, out: &'a mut dyn Write) -> Self {
        Self {
            json: options.json,
            language: options.language,
            out,
            outcome: Outcome::default(),
        }
    }

    /// Tells one datagram. One that a capture took before its segmentation is told packet by packet.
    pub(super) fn datagram(&mut self, datagram: &Datagram<'_>) -> Result<(), DecodeError> {
        let origin = datagram.origin;
        let parts = match origin {
            Origin::Line(_) => vec![datagram.bytes],
            Origin::Record { .. } => parts(datagram.bytes),
        };
        for (index, bytes) in parts.iter().enumerate() {
            let part = (parts.len() > 1).then_some(index + 1);
            match Packet::parse(bytes) {
                Ok(packet) => self.packet(origin, part, &packet)?,
                Err(error) => self.malformed(origin, part, Fault::of(&error), Some(bytes))?,
            }
        }
        Ok(())
    }

    /// Tells a line that spells no bytes.
    pub(super) fn unreadable(&mut self, origin: Origin, fault: HexFault) -> Result<(), DecodeError> {
        let (at, reason, reason_zh) = match fault {
            HexFault::Digit { column, found, at } => (
                at,
                format!("column {column}: {found:?} is no hex digit"),
                format!("第 {column} 列：{found:?} 不是十六进制数字"),
            ),
            HexFault::Half { column, at } => (
                at,
                format!("column {column}: a byte takes two hex digits"),
                format!("第 {column} 列：一个字节要写两位十六进制数字"),
            ),
        };
        self.malformed(origin, None, Fault { at, reason, reason_zh }, None)
    }

    /// Counts a record that is no whole UDP datagram of the port.
    pub(super) const fn other(&mut self) -> Result<(), DecodeError> {
        self.outcome.others += 1;
        Ok(())
    }

    /// What was told.
    pub(super) fn finish(self) -> Result<Outcome, DecodeError> {
        self.out.flush().map_err(DecodeError::Write)?;
        Ok(self.outcome)
    }

    fn packet(&mut self, origin: Origin, part: Option<usize>, packet: &Packet<'_>) -> Result<(), DecodeError> {
        self.outcome.packets += 1;
        if self.json {
            return self.object(origin, part, Told::Packet(PacketFields::of(packet)));
        }
        let line = format!("{}: {}", place(origin, part), sentence(packet));
        self.line(&line)
    }

    fn malformed(
        &mut self,
        origin: Origin,
        part: Option<usize>,
        fault: Fault,
        bytes: Option<&[u8]>,
    ) -> Result<(), DecodeError> {
        self.outcome.malformed += 1;
        if self.json {
            let bytes = bytes.map(hex);
            return self.object(
                origin,
                part,
                Told::Malformed {
                    malformed: fault,
                    bytes,
                },
            );
        }
        let Fault { at, reason, reason_zh } = fault;
        let place = place(origin, part);
        let mut line = match self.language {
            Language::English => format!("{place}: malformed at byte {at}: {reason}"),
            Language::Chinese => format!("{place}: 第 {at} 字节有误：{reason_zh}"),
        };
        if let Some(bytes) = bytes {
            line.push_str("; bytes ");
            line.push_str(&some_hex(bytes));
        }
        self.line(&line)
    }

    fn object(&mut self, origin: Origin, part: Option<usize>, told: Told<'_>) -> Result<(), DecodeError> {
        let origin = OriginFields::of(origin);
        let line = Line { origin, part, told };
        let line = serde_json::to_string(&line).expect("numbers and strings are JSON");
        self.line(&line)
    }

    fn line(&mut self, line: &str) -> Result<(), DecodeError> {
        writeln!(self.out, "{line}").map_err(DecodeError::Write)
    }
}

/// The packets in a captured datagram: more than one where the sender left it to the network card to cut a batch into datagrams.
/// They follow each other without a gap; whatever does not is one part as it is.
fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Err(PacketError::Trailing { promised, start, .. }) = Packet::parse(rest) {
        let (part, next) = rest.split_at(start + promised);
        let follows = matches!(Packet::parse(next), Ok(_) | Err(PacketError::Trailing { .. }));
        if !follows {
            break;
        }
        parts.push(part);
        rest = next;
    }
    parts.push(rest);
    parts
}

/// All fields of a packet, each with its name.
fn sentence(packet: &Packet<'_>) -> String {
    let header = &packet.header;
    let flags = [
        (header.push, "push  "),
        (header.query, "query  "),
        (header.reply, "reply  "),
        (header.storage, "storage  "),
    ];
    let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
    let timecode = header
        .timecode
        .map_or_else(String::new, |code| format!("timecode {code:#010x}  "));
    let mut line = format!(
        "{flags}sequence {}  type {:#04x} ({})  destination {} ({})  offset {}  length {}  {timecode}",
        header.sequence,
        header.data_type.0,
        header.data_type,
        header.destination.0,
        header.destination,
        header.offset,
        packet.data.len(),
    );
    match text(packet) {
        Some(text) => write!(line, "text {}", text.escape_debug()),
        None => write!(line, "data {}", some_hex(packet.data)),
    }
    .expect("a string takes all that is written to it");
    line
}

/// The data as text, where it is JSON.
fn text<'a>(packet: &Packet<'a>) -> Option<&'a str> {
    let is_text = packet.header.destination.is_json() && !packet.data.is_empty();
    is_text.then(|| std::str::from_utf8(packet.data).ok()).flatten()
}

fn place(origin: Origin, part: Option<usize>) -> String {
    let mut place = match origin {
        Origin::Line(number) => format!("line {number}"),
        Origin::Record { number, time, from, to } => {
            let time = time.map_or_else(String::new, |time| format!("{time} "));
            format!("record {number} {time}{from} > {to}")
        }
    };
    if let Some(part) = part {
        write!(place, " part {part}").expect("a string takes all that is written to it");
    }
    place
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a string takes all that is written to it");
            hex
        })
}

/// The first bytes, apart; how many there are, where there are more.
fn some_hex(bytes: &[u8]) -> String {
    let words: Vec<String> = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
    let words = words.join(" ");
    match bytes.len() {
        0 => "none".to_owned(),
        length if length > SHOWN => format!("{words} … ({length} bytes)"),
        _ => words,
    }
}

impl Fault {
    fn of(error: &PacketError) -> Self {
        Self {
            at: error.at(),
            reason: error.to_string(),
            reason_zh: error.chinese(),
        }
    }
}

impl OriginFields {
    fn of(origin: Origin) -> Self {
        match origin {
            Origin::Line(line) => Self {
                line: Some(line),
                ..Self::default()
            },
            Origin::Record { number, time, from, to } => Self {
                record: Some(number),
                time: time.map(|time| time.to_string()),
                from: Some(from.to_string()),
                to: Some(to.to_string()),
                line: None,
            },
        }
    }
}

impl<'a> PacketFields<'a> {
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
            data: hex(packet.data),
            text: text(packet),
        }
    }
}
