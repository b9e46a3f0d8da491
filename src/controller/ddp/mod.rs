//! DDP, the Distributed Display Protocol (3waylabs.com/ddp), over UDP port 4048. See `README.md` in this folder.
//!
//! ```text
//! picture -> Sender -> datagrams -> network -> datagrams -> Receiver -> picture
//! ```
//!
//! Sender and receiver share the wire form's types and numbers in [`packet`], and nothing else: a mistake in one cannot hide a
//! mistake in the other.

mod answer;
pub mod packet;
mod receiver;
mod sender;

pub use answer::{Answer, Config, Port, Status};
pub use receiver::{Received, Receiver, Refusal};
pub use sender::{BATCH, GRACE, KEEP_ALIVE, Sender};
