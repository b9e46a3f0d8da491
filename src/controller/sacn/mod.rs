//! Streaming ACN (ANSI E1.31), over UDP port 5568. See `README.md` in this folder.
//!
//! ```text
//! picture -> Sender -> datagrams -> network -> datagrams -> Receiver -> picture
//! ```
//!
//! Sender and receiver share the wire form's types and numbers in [`packet`], and nothing else: a mistake in one cannot hide a
//! mistake in the other.

pub mod packet;
mod receiver;
mod sender;
mod settings;
mod train;

pub use receiver::{Ignored, Merge, Received, Receiver, Refusal, SOURCES, TIMEOUT};
pub use sender::{BATCH, FAREWELLS, GRACE, KEEP_ALIVE, LISTING, REPEAT, REPEATS, Sender};
pub use settings::{Identity, Settings};
