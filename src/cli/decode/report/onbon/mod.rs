//! ONBON BX, field by field.
//!
//! | field | |
//! |---|---|
//! | `framing` | `dynamic`, `BX-5`, `BX-6` or `font card` |
//! | `destination`, `source` | addresses; 65534 is any card, 32768 whoever drives them |
//! | `device`, `device_name` | the two bytes of the card's type in hex, and what it is |
//! | `sequence`, `link`, `frame_max`, `encryption`, `random` | of BX-5 and BX-6: header fields; `encryption` 150 is none |
//! | `request` or `reply` | what it is; `other` where it is not known |
//! | `group`, `command` | two bytes |
//! | `nack`, `error`, `error_name`, `error_name_zh` | of a reply: whether it refuses, and why |
//! | `fields` | an object: the fields of that request or reply, by their names; bytes in hex |
//! | `unread` | of a reply whose data are not as its command would have them: why; the data are in `fields` |

mod font;
mod reply;
mod request;
mod streams;

use std::fmt::Write as _;

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::Value;

use super::{Fault, Hex};
use crate::{
    controller::onbon::{
        ANY,
        message::{ErrorCode, MessageError},
        model::Model,
        packet::{ANY_DEVICE, Framing, HOST, Header, Packet},
    },
    diagnostic::Explain as _,
};
use streams::{Frame, LineFault};

pub(super) use streams::Streams;

/// What a frame says.
#[derive(Serialize)]
pub(super) struct Fields {
    framing: &'static str,
    destination: u16,
    source: u16,
    device: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_name: Option<&'static str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    control: Option<Control>,
    #[serde(flatten)]
    what: What,
    group: u8,
    command: u8,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    fields: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<String>,
}

#[derive(Serialize)]
struct Control {
    sequence: u16,
    link: u8,
    frame_max: u16,
    encryption: u8,
    random: u8,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Request(&'static str),
    Reply(&'static str),
}

#[derive(Serialize)]
struct Outcome {
    nack: bool,
    error: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_name_zh: Option<&'static str>,
}

/// Fields in the order of the wire.
#[derive(Default)]
struct Named(Vec<(&'static str, Value)>);

/// What a message says.
struct Message {
    what: What,
    numbers: [u8; 2],
    outcome: Option<Outcome>,
    fields: Named,
    unread: Option<String>,
}

/// The fields of a frame; or what is wrong, and the bytes in which its place is counted.
pub(super) fn tell(frame: &Frame) -> Result<Fields, (Fault, &[u8])> {
    match frame {
        Frame::Fault { error, at, bytes } => Err((error.told(*at), bytes)),
        Frame::Body(body) => tell_body(body).map_err(|fault| (fault, &body[..])),
    }
}

fn tell_body(body: &[u8]) -> Result<Fields, Fault> {
    let packet = Packet::parse(body).map_err(|error| Fault::new(error.at(), &error.to_string(), error.chinese()))?;
    let header = packet.header;
    let head = header.framing().head();
    let message =
        message(&packet).map_err(|error| Fault::new(head + error.at(), &error.to_string(), error.chinese()))?;
    Ok(Fields {
        framing: header.framing().names().1,
        destination: header.destination,
        source: header.source,
        device: Hex(&header.device).whole(),
        device_name: device_name(&header),
        control: header.control().map(|control| Control {
            sequence: control.sequence,
            link: control.link,
            frame_max: control.frame_max,
            encryption: control.encryption,
            random: control.random,
        }),
        what: message.what,
        group: message.numbers[0],
        command: message.numbers[1],
        outcome: message.outcome,
        fields: message.fields,
        unread: message.unread,
    })
}

/// What makes a message of a packet.
type Told = fn(&Packet<'_>) -> Result<Message, MessageError>;

/// Requests come from the host and replies go to it. Where the addresses do not say which it is, what it can be read as.
fn message(packet: &Packet<'_>) -> Result<Message, MessageError> {
    let header = &packet.header;
    let (request, reply): (Told, Told) = match header.framing() {
        Framing::Font => (font::request, font::reply),
        _ => (request::tell, reply::tell),
    };
    match (header.source == HOST, header.destination == HOST) {
        (true, false) => request(packet),
        (false, true) => reply(packet),
        _ => request(packet).or_else(|error| reply(packet).map_err(|_| error)),
    }
}

fn device_name(header: &Header) -> Option<&'static str> {
    let model = match header.framing() {
        _ if header.device[0] == ANY_DEVICE[0] => return Some("any"),
        Framing::Font => Model::of_font_wire(header.device[0]),
        _ => Model::of_wire(header.device),
    };
    model.map(|model| model.name)
}

impl Message {
    /// A request.
    fn request((name, fields): (&'static str, Named), numbers: [u8; 2]) -> Self {
        Self {
            what: What::Request(name),
            numbers,
            outcome: None,
            fields,
            unread: None,
        }
    }
}

impl Outcome {
    fn of(nack: bool, error: ErrorCode) -> Self {
        let names = error.names().filter(|_| error != ErrorCode::NONE);
        Self {
            nack,
            error: error.0,
            error_name: names.map(|names| names.1),
            error_name_zh: names.map(|names| names.0),
        }
    }
}

impl Named {
    fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    fn bytes(self, name: &'static str, bytes: &[u8]) -> Self {
        self.with(name, Hex(bytes).whole())
    }
}

impl Serialize for Named {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl LineFault {
    fn told(self, at: usize) -> Fault {
        match self {
            Self::Line(error) => Fault::new(at, &error.to_string(), error.chinese()),
            Self::Unended => Fault::new(at, "the frame does not end", "一帧没有结束".to_owned()),
        }
    }
}

/// Characters of a text, or of bytes in hex, that a line of text shows; and of a list.
const SHOWN: (usize, usize) = (48, 240);

impl Fields {
    /// All of them in a line, each with its name.
    pub(super) fn sentence(&self) -> String {
        let mut text = format!(
            "{}  from {} to {}  device {}",
            self.framing,
            address(self.source),
            address(self.destination),
            self.device,
        );
        if let Some(name) = self.device_name {
            text += &format!(" ({name})");
        }
        if let Some(control) = &self.control {
            text += &format!("  sequence {}  link {}", control.sequence, control.link);
        }
        let (kind, name) = match self.what {
            What::Request(name) => ("request", name),
            What::Reply(name) => ("reply", name),
        };
        text += &format!("  {kind} {:02x} {:02x} {name}", self.group, self.command);
        if let Some(outcome) = self
            .outcome
            .as_ref()
            .filter(|outcome| outcome.nack || outcome.error != 0)
        {
            text += &format!("  nack {}  error {}", outcome.nack, outcome.error);
            if let Some(name) = outcome.error_name {
                text += &format!(" ({name})");
            }
        }
        for (name, value) in &self.fields.0 {
            write!(text, "  {name} {}", short(value)).expect("a string takes all that is written to it");
        }
        if let Some(reason) = &self.unread {
            text += &format!("  unread: {reason}");
        }
        text
    }
}

fn address(number: u16) -> String {
    match number {
        ANY => "any".to_owned(),
        HOST => "host".to_owned(),
        number => number.to_string(),
    }
}

fn short(value: &Value) -> String {
    let (whole, most) = match value {
        Value::String(text) if text.is_empty() => ("none".to_owned(), SHOWN.0),
        Value::String(text) => (text.escape_debug().to_string(), SHOWN.0),
        other => (other.to_string(), SHOWN.1),
    };
    match whole.char_indices().nth(most) {
        Some((at, _)) => format!("{}… ({} characters)", &whole[..at], whole.chars().count()),
        None => whole,
    }
}
