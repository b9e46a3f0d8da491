//! What a display says of itself: the JSON of its replies, as fields.
//!
//! Few displays answer, and those that do leave out what they do not know: every field but the kind of answer may be missing.

use std::fmt;

use serde_json::Value;

use super::packet::{Destination, Packet};

/// Characters kept of a text of the display's.
const LONGEST: usize = 64;

/// Ports kept of a configuration.
const PORTS: usize = 64;

/// A reply of a display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What it is.
    Status(Status),
    /// How it is set up.
    Config(Config),
}

/// What a display is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Its maker (`man`).
    pub maker: Option<String>,
    /// Its model (`mod`).
    pub model: Option<String>,
    /// The version of its program (`ver`).
    pub version: Option<String>,
    /// Its Ethernet address (`mac`), as it writes it.
    pub mac: Option<String>,
    /// Whether it shows a picture when it is told to (`push`), rather than as it comes.
    pub push: Option<bool>,
    /// Whether it keeps time by NTP (`ntp`), which timecodes need.
    pub ntp: Option<bool>,
}

/// How a display is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Its IP address (`ip`), as it writes it.
    pub address: Option<String>,
    /// Its network mask (`nm`), as it writes it.
    pub mask: Option<String>,
    /// Its way out of the network (`gw`), as it writes it.
    pub gateway: Option<String>,
    /// Its ports (`ports`), the first 64 of them.
    pub ports: Vec<Port>,
}

/// One string of LEDs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port {
    /// Its number (`port`).
    pub number: u32,
    /// How many LEDs are on it (`l`).
    pub leds: u32,
    /// Where its LEDs begin in the picture (`ss`), in LEDs.
    pub start: u32,
}

impl Answer {
    /// The answer in the datagram `bytes`.
    ///
    /// # Errors
    /// Why that is none, in English.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let Packet { header, data } = Packet::parse(bytes).map_err(|error| error.to_string())?;
        if !header.reply {
            return Err("not a reply".to_owned());
        }
        if !header.destination.is_json() {
            return Err(format!("a reply from {}, which nobody asked", header.destination));
        }
        let json: Value = serde_json::from_slice(data).map_err(|error| format!("a reply that is not JSON: {error}"))?;
        // Some displays answer either question from one number: what is in the reply decides.
        if let Some(config) = json.get("config") {
            return Ok(Self::Config(Config::read(config)));
        }
        match json.get("status") {
            Some(status) => Ok(Self::Status(Status::read(status))),
            None if header.destination == Destination::CONFIG => Ok(Self::Config(Config::read(&json))),
            None => Ok(Self::Status(Status::read(&json))),
        }
    }
}

impl Status {
    fn read(json: &Value) -> Self {
        let flag = |key: &str| json[key].as_bool().or_else(|| json[key].as_u64().map(|flag| flag != 0));
        Self {
            maker: text(&json["man"]),
            model: text(&json["mod"]),
            version: text(&json["ver"]),
            mac: text(&json["mac"]),
            push: flag("push"),
            ntp: flag("ntp"),
        }
    }
}

impl Config {
    fn read(json: &Value) -> Self {
        let ports = json["ports"].as_array().map_or(&[][..], Vec::as_slice);
        Self {
            address: text(&json["ip"]),
            mask: text(&json["nm"]),
            gateway: text(&json["gw"]),
            ports: ports.iter().take(PORTS).map(Port::read).collect(),
        }
    }

    /// How many LEDs are on all ports.
    pub fn leds(&self) -> u64 {
        self.ports.iter().map(|port| u64::from(port.leds)).sum()
    }
}

impl Port {
    fn read(json: &Value) -> Self {
        Self {
            number: number(&json["port"]),
            leds: number(&json["l"]),
            start: number(&json["ss"]),
        }
    }
}

/// A text without what would disturb a line; `None` where there is none.
fn text(json: &Value) -> Option<String> {
    let text: String = json
        .as_str()?
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A number, which some displays write as text.
fn number(json: &Value) -> u32 {
    let written = || json.as_str()?.trim().parse().ok();
    json.as_u64()
        .and_then(|number| u32::try_from(number).ok())
        .or_else(written)
        .unwrap_or(0)
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => {
                let Status {
                    maker, model, version, ..
                } = status;
                let words: Vec<&str> = [maker, model, version]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect();
                if words.is_empty() {
                    return f.write_str("a display that does not say what it is");
                }
                f.write_str(&words.join(" "))
            }
            Self::Config(config) => write!(f, "{} port(s), {} LEDs", config.ports.len(), config.leds()),
        }
    }
}
