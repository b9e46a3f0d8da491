//! The wires: sockets now, serial ports and raw Ethernet later.
//!
//! A link moves bytes and knows deadlines and back-off; it understands none of what it carries. Nothing here may be waited for by
//! the player.
