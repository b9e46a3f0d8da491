//! Addresses of controllers.

use std::{net::SocketAddr, sync::Arc};

use serde_json::{Value, json};
use toml::de::DeValue;

use super::number::digits;
use crate::{
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot},
};

/// Host and port: `192.0.2.10:4048`, `[2001:db8::1]:4048`, `wall.example:4048`.
#[derive(Clone, Copy, Debug)]
pub struct Address;

impl Describe for Address {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "主机:端口（如 \"192.0.2.10:4048\"）",
            "host:port (such as \"192.0.2.10:4048\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^.+:\d{1,5}$" })
    }
}

impl Kind for Address {
    type Value = Arc<str>;

    fn read(&self, spot: &Spot<'_>) -> Option<Arc<str>> {
        match spot.value() {
            DeValue::String(text) if is_address(text) => Some(text.as_ref().into()),
            _ => spot.refuse(),
        }
    }
}

/// Only the form is looked at; whether anybody answers there is the link's business.
fn is_address(text: &str) -> bool {
    if text.parse::<SocketAddr>().is_ok_and(|address| address.port() > 0) {
        return true;
    }
    let Some((host, port)) = text.rsplit_once(':') else {
        return false;
    };
    let port_is_sound = digits::<u16>(port).is_some_and(|port| port > 0);
    port_is_sound && is_host(host)
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
