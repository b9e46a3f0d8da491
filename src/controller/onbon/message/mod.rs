//! What stands in a packet: requests of whoever drives a card, and the card's replies.
//!
//! ```text
//! Request -> encode -> data of a packet -> Request::parse -> Request          (cards with fonts: FontRequest)
//! Reply   -> encode -> data of a packet -> Reply::parse   -> Reply, Identity, Status, Directory …
//! ```
//!
//! `encode` and `parse` are written apart and share nothing, not even a table of numbers, so that one does not hide the other's mistake.
//! Areas, pages, bitmaps and files stand here as bytes; `picture` knows them. What a card does with a request is not decided here.

mod answer;
mod clock;
mod code;
mod encode;
mod error;
mod font;
mod parse;
mod reader;
mod reply;
mod request;

pub use answer::{
    Directory, DirectoryEntry, DirectorySize, FileBlock, FileHead, Firmware, Health, Identity, More, Search, Server,
    Status, TransferState, Volume,
};
pub use clock::Clock;
pub use code::ErrorCode;
pub use error::{Field, MessageError};
pub use font::{FontArea, FontReply, FontRequest, Sound};
pub use reply::Reply;
pub use request::{Brightness, FileName, Hold, Hours, Network, Request, Sensor};
