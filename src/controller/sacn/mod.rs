//! Streaming ACN (ANSI E1.31), over UDP port 5568. See `README.md` in this folder.

mod settings;

pub use settings::{Identity, Settings};
