//! What an installer says of a wall behind Art-Net.

use crate::controller::universe::Universes;

/// What an installer says of a wall behind Art-Net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The universes: 15-bit port addresses, net, sub-net and universe in one number, from 0 on.
    pub universes: Universes,
    /// Whether an ArtSync follows each picture that takes more than one universe.
    pub sync: bool,
    /// Whether nodes are asked for, and each is sent the universes that it says it puts out; otherwise all goes to the link's peer.
    pub discover: bool,
}
