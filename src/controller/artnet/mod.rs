//! Art-Net 4, over UDP port 6454. See `README.md` in this folder.
//!
//! ```text
//! picture -> Sender -> datagrams -> network -> datagrams -> Receiver -> picture
//! ```
//!
//! Sender and receiver share the wire form's types and numbers in [`packet`], and nothing else: a mistake in one cannot hide a
//! mistake in the other.

mod nodes;
pub mod packet;
mod receiver;
mod sender;
mod settings;

pub use receiver::{LATE, Merge, Node, Received, Receiver, Refusal, SOURCE_SILENCE, SYNC_SILENCE};
pub use sender::{BATCH, GRACE, KEEP_ALIVE, NODE_SILENCE, POLL_PERIOD, Sender};
pub use settings::Settings;
