//! What plays when.

mod oracle;
mod random;
