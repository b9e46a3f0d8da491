//! What an installer says of a wall behind sACN.

use std::{num::NonZeroU16, sync::Arc};

use crate::controller::universe::Universes;

/// What an installer says of a wall behind sACN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The universes, the first of 1 to 63,999.
    pub universes: Universes,
    /// The priority of 0 to 200: of several sources the highest is shown.
    pub priority: u8,
    /// The universe of the synchronisation packets; `None` where receivers show what comes as it comes.
    pub sync: Option<NonZeroU16>,
    /// Whether each universe goes to its own multicast group rather than to the link's peer.
    pub multicast: bool,
}

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The component identifier (CID), a UUID that is the same whenever this output of this machine sends.
    pub cid: [u8; 16],
    /// The source's name, for people; longer ones are cut at 63 bytes of UTF-8.
    pub name: Arc<str>,
}
