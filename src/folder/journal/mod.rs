//! The journal: what really ran, kept in the state folder.
//!
//! ```text
//! objects/ab/cd…        a file of a programme, by the SHA-256 of its bytes
//! objects/ab/cd….json   a programme: path and digest of each of its files, by the digest of the wall that they make; or what changed
//!                       in it since another programme
//! current               the digest of the programme that was accepted last, and the site's folder
//! journal.jsonl         what happened, one record a line, the newest last
//! alive                 when the daemon last was alive
//! ```
//!
//! One process writes ([`Journal`]), whoever likes reads ([`Archive`]), at the same time and without a lock: objects appear whole and by
//! rename, lines only ever come at the end, and a journal made shorter takes the old one's place by rename. Everything is checked when
//! it is read. What cannot be written is told, tried again, and counted once it is given up; nobody waits for it.

mod archive;
mod compact;
mod fault;
mod line;
mod list;
mod store;
mod write;

pub use archive::{Archive, Damage, last_good, last_good_but, site_name};
pub use compact::Bounds;
pub use fault::JournalFault;
pub use write::Journal;

use super::whole;

/// The journal itself.
const JOURNAL: &str = "journal.jsonl";

/// The digest of the programme that was accepted last, and the site that it is of.
const CURRENT: &str = "current";

/// When the daemon last was alive.
const ALIVE: &str = "alive";
