//! One line for each packet, as text or as JSON.
//!
//! The fields of the JSON objects are stable; those that do not apply are left out.
//!
//! | field | |
//! |---|---|
//! | `line` or `record` | where the datagram comes from, counted from 1 |
//! | `time`, `from`, `to` | of a capture's record: RFC 3339 in UTC, `host:port` |
//! | `part` | which packet of a datagram that the capture shows before its segmentation, or which frame of a piece, counted from 1 |
//! | `malformed` | instead of the packet's fields: `at` (the byte at fault, from 0), `reason`, `reason_zh` |
//! | `bytes` | beside `malformed`: the datagram in hex; of cards what the fault's place is counted in |
//!
//! The fields of a sound packet are its protocol's, with a table in the file of each.

mod artnet;
mod ddp;
mod onbon;
mod sacn;

use std::{
    fmt::{self, Write as _},
    io::Write,
};

use serde::{Serialize, Serializer};

use super::{Datagram, DecodeError, Options, Origin, Outcome, Protocol, Wire, hex::HexFault};
use crate::diagnostic::Language;

/// Data bytes that a line of text shows.
const SHOWN: usize = 12;

/// Tells datagrams to an output and counts them.
pub(super) struct Report<'a> {
    wire: Wire,
    streams: onbon::Streams,
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
    Packet(Fields<'a>),
    Malformed {
        malformed: Fault,
        #[serde(skip_serializing_if = "Option::is_none")]
        bytes: Option<Hex<'a>>,
    },
}

/// What a sound packet says.
#[derive(Serialize)]
#[serde(untagged)]
enum Fields<'a> {
    Ddp(ddp::Fields<'a>),
    Sacn(sacn::Fields<'a>),
    ArtNet(artnet::Fields<'a>),
    Onbon(onbon::Fields),
}

/// Bytes in hex: all of them as a field, the first ones in a line of text.
struct Hex<'a>(&'a [u8]);

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
            wire: options.wire,
            streams: onbon::Streams::default(),
            json: options.json,
            language: options.language,
            out,
            outcome: Outcome::default(),
        }
    }

    /// Whether frames are looked for in streams of TCP, too.
    pub(super) fn reads_streams(&self) -> bool {
        self.wire == Wire::Onbon
    }

    /// Tells one datagram, or the frames that end in one piece of a stream. A datagram that a capture took before its segmentation is told
    /// packet by packet.
    pub(super) fn datagram(&mut self, datagram: &Datagram<'_>) -> Result<(), DecodeError> {
        let Wire::Datagrams(protocol) = self.wire else {
            return self.frames(datagram);
        };
        let origin = datagram.origin;
        let parts = match origin {
            Origin::Line(_) => vec![datagram.bytes],
            Origin::Record { .. } => parts(protocol, datagram.bytes),
        };
        for (index, bytes) in parts.iter().enumerate() {
            let part = (parts.len() > 1).then_some(index + 1);
            match Fields::of(protocol, bytes) {
                Ok(fields) => self.packet(origin, part, fields)?,
                Err(fault) => self.malformed(origin, part, fault, Some(bytes))?,
            }
        }
        Ok(())
    }

    fn frames(&mut self, datagram: &Datagram<'_>) -> Result<(), DecodeError> {
        let frames = self.streams.frames(datagram);
        for (index, frame) in frames.iter().enumerate() {
            let part = (frames.len() > 1).then_some(index + 1);
            match onbon::tell(frame) {
                Ok(fields) => self.packet(datagram.origin, part, Fields::Onbon(fields))?,
                Err((fault, bytes)) => self.malformed(datagram.origin, part, fault, Some(bytes))?,
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

    /// Counts a record that holds nothing of the port.
    pub(super) const fn other(&mut self) -> Result<(), DecodeError> {
        self.outcome.others += 1;
        Ok(())
    }

    /// What was told.
    pub(super) fn finish(self) -> Result<Outcome, DecodeError> {
        self.out.flush().map_err(DecodeError::Write)?;
        Ok(self.outcome)
    }

    fn packet(&mut self, origin: Origin, part: Option<usize>, fields: Fields<'_>) -> Result<(), DecodeError> {
        self.outcome.packets += 1;
        if self.json {
            return self.object(origin, part, Told::Packet(fields));
        }
        let line = format!("{}: {}", place(origin, part), fields.sentence());
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
            let bytes = bytes.map(Hex);
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
        let (mut line, lead) = match self.language {
            Language::English => {
                let place = place(origin, part);
                (format!("{place}: malformed at byte {at}: {reason}"), "; bytes ")
            }
            Language::Chinese => {
                let (place, reason) = (place_zh(origin, part), placeless(&reason_zh));
                (format!("{place}：第 {at} 字节有误：{reason}"), "；数据 ")
            }
        };
        if let Some(bytes) = bytes {
            write!(line, "{lead}{}", Hex(bytes)).expect("a string takes all that is written to it");
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
fn parts(protocol: Protocol, bytes: &[u8]) -> Vec<&[u8]> {
    let end = |bytes: &[u8]| match protocol {
        Protocol::Ddp => ddp::end(bytes),
        Protocol::Sacn => sacn::end(bytes),
        Protocol::ArtNet => artnet::end(bytes),
    };
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some((part, next)) = end(rest).and_then(|end| rest.split_at_checked(end)) {
        let follows = end(next).is_some() || Fields::of(protocol, next).is_ok();
        if !follows {
            break;
        }
        parts.push(part);
        rest = next;
    }
    parts.push(rest);
    parts
}

/// The reason without the place that it begins with, which may be counted from elsewhere.
fn placeless(reason: &str) -> &str {
    let place = reason.strip_prefix("第 ").and_then(|rest| rest.split_once(" 字节："));
    match place {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => reason,
    }
}

fn place_zh(origin: Origin, part: Option<usize>) -> String {
    let place = match origin {
        Origin::Line(number) => format!("第 {number} 行"),
        Origin::Record { number, time, from, to } => {
            let time = time.map_or_else(String::new, |time| format!("{time} "));
            format!("第 {number} 条 {time}{from} > {to}")
        }
    };
    part.map_or_else(|| place.clone(), |part| format!("{place} 第 {part} 部分"))
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

impl<'a> Fields<'a> {
    fn of(protocol: Protocol, bytes: &'a [u8]) -> Result<Self, Fault> {
        match protocol {
            Protocol::Ddp => ddp::tell(bytes).map(Self::Ddp),
            Protocol::Sacn => sacn::tell(bytes).map(Self::Sacn),
            Protocol::ArtNet => artnet::tell(bytes).map(Self::ArtNet),
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Ddp(fields) => fields.sentence(),
            Self::Sacn(fields) => fields.sentence(),
            Self::ArtNet(fields) => fields.sentence(),
            Self::Onbon(fields) => fields.sentence(),
        }
    }
}

impl Hex<'_> {
    /// All of the bytes, one after the other.
    fn whole(&self) -> String {
        let digits = String::with_capacity(self.0.len() * 2);
        self.0.iter().fold(digits, |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a string takes all that is written to it");
            hex
        })
    }
}

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.whole())
    }
}

/// The first bytes, apart; how many there are, where there are more.
impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
        let words = words.join(" ");
        match self.0.len() {
            0 => f.write_str("none"),
            length if length > SHOWN => write!(f, "{words} … ({length} bytes)"),
            _ => f.write_str(&words),
        }
    }
}

impl Fault {
    fn new(at: usize, reason: &str, reason_zh: String) -> Self {
        Self {
            at,
            reason: reason.to_owned(),
            reason_zh,
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
