//! The open end of a stream, whichever way it goes.

use std::{
    io,
    os::fd::{AsFd, BorrowedFd},
    sync::Arc,
};

use crate::link::{ConnectionError, LinkError, PortError, serial::Port, tcp::Tcp};

/// An open port or connection. Its reads and writes never block.
#[derive(Debug)]
pub(super) enum End {
    Serial { port: Port, name: Arc<str> },
    Tcp(Tcp),
}

impl End {
    /// Reads what is there; 0 where nothing will come any more.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Serial { port, .. } => port.read(buffer),
            Self::Tcp(tcp) => tcp.read(buffer),
        }
    }

    /// Writes as much as there is room for.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Serial { port, .. } => port.write(bytes),
            Self::Tcp(tcp) => tcp.write(bytes),
        }
    }

    /// What it means that reading or writing failed; `None` where reading came to the end.
    pub(super) fn lost(&self, error: Option<&io::Error>) -> LinkError {
        match (self, error) {
            // A device that is gone says so in many ways: the end, EIO, ENXIO, ENODEV, EPIPE.
            (Self::Serial { name, .. }, _) => PortError::Unplugged { port: Arc::clone(name) }.into(),
            (Self::Tcp(tcp), None) => ConnectionError::Ended { peer: tcp.peer() }.into(),
            (Self::Tcp(tcp), Some(error)) => LinkError::connected(tcp.peer(), error),
        }
    }

    /// What it means that it takes no bytes any more.
    pub(super) fn stalled(&self) -> LinkError {
        match self {
            Self::Serial { name, .. } => PortError::Stalled { port: Arc::clone(name) }.into(),
            Self::Tcp(tcp) => ConnectionError::Stalled { peer: tcp.peer() }.into(),
        }
    }

    /// Ends it at once, whatever has not left yet.
    pub(super) fn abort(self) {
        match self {
            Self::Serial { port, .. } => drop(port),
            Self::Tcp(tcp) => tcp.abort(),
        }
    }
}

impl AsFd for End {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Serial { port, .. } => port.as_fd(),
            Self::Tcp(tcp) => tcp.as_fd(),
        }
    }
}
