//! Who sends, for protocols in which a source has a name: the same after every restart, another one on every machine and for every output.

use std::{fs, sync::Arc};

use crate::{controller::sacn::Identity, site::Screen, units::Digest};

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
    let parts = [PURPOSE, machine, &screen.id, &number_text];
    let digest = Digest::of_parts(parts.map(str::as_bytes));
    let name: Arc<str> = format!("yingbi {}", screen.title).into();
    Identity {
        cid: uuid(&digest),
        name,
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
