//! What plays when.

mod changes;
mod hall;
mod oracle;
mod random;
mod tiers;
mod windows;
