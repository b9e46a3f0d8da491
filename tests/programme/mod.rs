//! What plays when.

mod apart;
mod changes;
mod hall;
mod oracle;
mod random;
mod tiers;
mod windows;
