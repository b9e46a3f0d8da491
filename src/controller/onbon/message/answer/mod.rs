//! What stands in replies that have data.
//!
//! Cards are of many ages: bytes that are missing at the end are `None` or zero, and bytes behind the last field are left alone.

mod files;
mod identity;
mod network;
mod status;

pub use files::{Directory, DirectoryEntry, DirectorySize, FileBlock, FileHead, Firmware, TransferState, Volume};
pub use identity::{Identity, More};
pub use network::{Health, Search, Server};
pub use status::Status;

/// Text of a field: up to the first zero, without blanks around it; what is no ASCII is replaced.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let plain = bytes[..end].iter().map(|byte| match byte {
        0x20..=0x7e => char::from(*byte),
        _ => char::REPLACEMENT_CHARACTER,
    });
    plain.collect::<String>().trim().to_owned()
}

/// Appends the first `N` characters of `text`, a question mark for what is no ASCII, and zeros where there are fewer.
fn push_text<const N: usize>(text: &str, out: &mut Vec<u8>) {
    let mut field = [0; N];
    for (to, from) in field.iter_mut().zip(text.chars()) {
        *to = match from {
            ' '..='~' => from as u8,
            _ => b'?',
        };
    }
    out.extend_from_slice(&field);
}
