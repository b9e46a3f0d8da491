//! Framing: sums, escapes, headers.

mod checksum;
mod header;
mod line;
