//! sACN, field by field; names as Wireshark has them.
//!
//! | field | |
//! |---|---|
//! | `packet` | `data`, `sync` or `discovery` |
//! | `cid` | the source's component identifier, written as a UUID |
//! | `source_name` | the source's name |
//! | `priority` | 0 to 200 |
//! | `sync_address` | the universe of the synchronisation that the slots wait for, or that this is; 0 for none |
//! | `sequence` | 0 to 255 |
//! | `preview`, `terminated`, `force_sync` | options, `true` or `false` |
//! | `universe` | 1 to 63999 |
//! | `start_code` | 0 for levels |
//! | `slots` | how many there are |
//! | `data` | the slots in hex |
//! | `page`, `last_page` | of a discovery, from 0 on |
//! | `universes` | those that the source sends |

use std::num::NonZeroU16;

use serde::Serialize;

use super::{Fault, Hex};
use crate::{
    controller::sacn::packet::{Data, Discovery, Field, Packet, PacketError, Sync},
    diagnostic::Explain as _,
};

#[derive(Serialize)]
#[serde(tag = "packet", rename_all = "lowercase")]
pub(super) enum Fields<'a> {
    Data {
        cid: String,
        source_name: &'a str,
        priority: u8,
        sync_address: u16,
        sequence: u8,
        preview: bool,
        terminated: bool,
        force_sync: bool,
        universe: u16,
        start_code: u8,
        slots: usize,
        data: Hex<'a>,
    },
    Sync {
        cid: String,
        sequence: u8,
        sync_address: u16,
    },
    Discovery {
        cid: String,
        source_name: &'a str,
        page: u8,
        last_page: u8,
        universes: Vec<u16>,
    },
}

/// The fields of a datagram.
pub(super) fn tell(bytes: &[u8]) -> Result<Fields<'_>, Fault> {
    let packet = Packet::parse(bytes).map_err(|error| Fault::new(error.at(), &error.to_string(), error.chinese()))?;
    Ok(match packet {
        Packet::Data(data) => slots(&data),
        Packet::Sync(sync) => synchronisation(sync),
        Packet::Discovery(discovery) => listing(discovery),
    })
}

/// Where the packet at the beginning ends, where more follows it.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    match Packet::parse(bytes) {
        Err(PacketError::Length {
            at,
            field: Field::RootLength,
            promised,
            found,
        }) if promised > 0 && promised < found => Some(at + promised),
        _ => None,
    }
}

fn slots<'a>(data: &Data<'a>) -> Fields<'a> {
    Fields::Data {
        cid: uuid(data.cid),
        source_name: data.name,
        priority: data.priority,
        sync_address: data.sync.map_or(0, NonZeroU16::get),
        sequence: data.sequence,
        preview: data.options.preview,
        terminated: data.options.terminated,
        force_sync: data.options.force,
        universe: data.universe,
        start_code: data.start_code,
        slots: data.slots.len(),
        data: Hex(data.slots),
    }
}

fn synchronisation(sync: Sync) -> Fields<'static> {
    Fields::Sync {
        cid: uuid(sync.cid),
        sequence: sync.sequence,
        sync_address: sync.address.get(),
    }
}

fn listing(discovery: Discovery<'_>) -> Fields<'_> {
    Fields::Discovery {
        cid: uuid(discovery.cid),
        source_name: discovery.name,
        page: discovery.page,
        last_page: discovery.last,
        universes: discovery.universes,
    }
}

impl Fields<'_> {
    /// All of them in a line, each with its name.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Data {
                cid,
                source_name,
                priority,
                sync_address,
                sequence,
                preview,
                terminated,
                force_sync,
                universe,
                start_code,
                slots,
                data,
            } => {
                let options = [
                    (*preview, "preview  "),
                    (*terminated, "terminated  "),
                    (*force_sync, "force_sync  "),
                ];
                let options: String = options.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
                let name = source_name.escape_debug();
                format!(
                    "data  {options}universe {universe}  sequence {sequence}  priority {priority}  sync_address {sync_address}  source_name {name}  cid {cid}  start_code {start_code}  slots {slots}  data {data}"
                )
            }
            Self::Sync {
                cid,
                sequence,
                sync_address,
            } => format!("sync  sync_address {sync_address}  sequence {sequence}  cid {cid}"),
            Self::Discovery {
                cid,
                source_name,
                page,
                last_page,
                universes,
            } => {
                let name = source_name.escape_debug();
                format!(
                    "discovery  source_name {name}  page {page}  last_page {last_page}  universes {universes:?}  cid {cid}"
                )
            }
        }
    }
}

/// An identifier as people write it: `8-4-4-4-12` hex digits.
fn uuid(cid: [u8; 16]) -> String {
    let hex = Hex(&cid).whole();
    let (a, b, c, d, e) = (&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
    format!("{a}-{b}-{c}-{d}-{e}")
}
