//! The ways to a virtual card: what of them is sockets and terminals, and nothing else.

mod pty;
mod tcp;
mod udp;

pub(super) use pty::Pty;
pub(super) use tcp::Tcp;
pub(super) use udp::Udp;
