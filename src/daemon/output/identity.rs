//! Who sends, for protocols in which a source has a name: the same after every restart, another one on every machine, for every output and
//! of every priority. Receivers tell sources apart by nothing else: two with one identity would each make the other's datagrams late.
//!
//! The priority is among it for the sake of backups, which have another one than what they stand in for: on the same machine, or on
//! one whose disk is a copy and with it the machine's own identity.

use std::{fs, sync::Arc};

use crate::{
    controller::sacn::Identity,
    site::{Protocol, Screen},
    units::Digest,
};

/// What these digests are for. The machine's identity itself is told to nobody.
const PURPOSE: &str = "yingbi source";

/// Files that tell this machine from others, the best one first.
const MACHINE: [&str; 4] = [
    "/etc/machine-id",
    "/var/lib/dbus/machine-id",
    "/etc/hostname",
    "/proc/sys/kernel/hostname",
];

/// Who this machine's output of that number, from 0, of `screen` is.
pub fn source_here(screen: &Screen, number: usize) -> Identity {
    source(&machine(), screen, number)
}

/// Who the output is on the machine of that identity.
pub fn source(machine: &str, screen: &Screen, number: usize) -> Identity {
    let number_text = number.to_string();
    let parts = [PURPOSE, machine, &screen.id, &number_text, &priority(screen, number)];
    let digest = Digest::of_parts(parts.map(str::as_bytes));
    let name: Arc<str> = format!("yingbi {}", screen.title).into();
    Identity {
        cid: uuid(&digest),
        name,
    }
}

/// The priority of the output, where its protocol has one.
fn priority(screen: &Screen, number: usize) -> String {
    match screen.outputs.get(number).map(|output| output.protocol) {
        Some(Protocol::Sacn(settings)) => settings.priority.to_string(),
        Some(Protocol::Ddp | Protocol::ArtNet(_)) | None => String::new(),
    }
}

/// What tells this machine from others; empty where nothing does.
fn machine() -> String {
    let read = |path: &&str| fs::read_to_string(path).ok();
    let found = MACHINE.iter().filter_map(read);
    found
        .map(|text| text.trim().to_owned())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// The first half of `digest` as a UUID of version 8 (RFC 9562), whose bits are the maker's own.
fn uuid(digest: &Digest) -> [u8; 16] {
    let mut uuid = [0; 16];
    uuid.copy_from_slice(&digest.bytes()[..16]);
    uuid[6] = uuid[6] & 0x0f | 0x80;
    uuid[8] = uuid[8] & 0x3f | 0x80;
    uuid
}
