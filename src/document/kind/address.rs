//! Addresses of controllers.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use serde_json::{Value, json};
use toml::de::DeValue;

use super::number::{digits, narrow};
use crate::{
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot},
};

/// A host, with its port or without: `192.0.2.10`, `192.0.2.10:4048`, `[2001:db8::1]:4048`, `wall.example:4048`.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// The port that is usual there, for the example.
    pub port: u16,
}

/// Where a controller is, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its name or address, in brackets where colons stand in it.
    host: Arc<str>,
    port: Option<u16>,
}

impl Endpoint {
    /// What `text` says; `None` where that is no host, with or without a port.
    pub fn written(text: &str) -> Option<Self> {
        // An input method for Chinese leaves colons and points full-width, and the eye does not see it.
        endpoint(narrow(text).replace('。', ".").trim())
    }

    /// Host and port: `host:port`, with `usual` where no port is written.
    pub fn with_port(&self, usual: u16) -> Arc<str> {
        format!("{}:{}", self.host, self.port.unwrap_or(usual)).into()
    }
}

impl Describe for Address {
    fn describe(&self) -> Bilingual {
        let port = self.port;
        Bilingual::new(
            format!("主机或主机:端口（如 \"192.0.2.10\" 或 \"192.0.2.10:{port}\"）"),
            format!("host or host:port (such as \"192.0.2.10\" or \"192.0.2.10:{port}\")"),
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^[^\s:]+(:\d{1,5})?$|^\[?[0-9A-Fa-f:.]+\]?(:\d{1,5})?$" })
    }
}

impl Kind for Address {
    type Value = Endpoint;

    fn read(&self, spot: &Spot<'_>) -> Option<Endpoint> {
        let endpoint = match spot.value() {
            DeValue::String(text) => Endpoint::written(text),
            _ => None,
        };
        endpoint.or_else(|| spot.refuse())
    }
}

/// Only the form is looked at; whether anybody answers there is the link's business.
fn endpoint(text: &str) -> Option<Endpoint> {
    if let Ok(address) = text.parse::<SocketAddr>() {
        return of(&hosted(address.ip()), Some(address.port()));
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return of(&hosted(address), None);
    }
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = bracketed.and_then(|inner| inner.parse::<Ipv6Addr>().ok()) {
        return of(&hosted(address.into()), None);
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, Some(digits::<u16>(port)?)),
        None => (text, None),
    };
    if is_host(host) { of(host, port) } else { None }
}

fn of(host: &str, port: Option<u16>) -> Option<Endpoint> {
    let host = host.into();
    (port != Some(0)).then_some(Endpoint { host, port })
}

fn hosted(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// A host name of RFC 1123, not a number: four numbers that are no IPv4 address are a slip.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let last_is_name = host
        .rsplit('.')
        .next()
        .is_some_and(|last| !last.bytes().all(|b| b.is_ascii_digit()));
    host.len() <= 253 && host.split('.').all(is_label) && last_is_name
}
