//! What plays when.

mod apart;
mod changes;
mod exact;
mod hall;
mod oracle;
mod quotas;
mod random;
mod shares;
mod tiers;
mod windows;
