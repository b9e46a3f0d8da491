//! Requests and replies, byte for byte.

mod code;
mod font;
mod replies;
mod requests;
