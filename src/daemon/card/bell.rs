//! What wakes a line's thread, which waits for its link and for us at once.

use std::{
    io,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
};

use rustix::event::{EventfdFlags, eventfd};

/// A bell that is rung by many and heard by one.
#[derive(Debug)]
pub struct Bell(OwnedFd);

impl Bell {
    /// A bell that is quiet.
    ///
    /// # Errors
    /// The system has no descriptor left.
    pub fn new() -> io::Result<Self> {
        Ok(Self(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?))
    }

    /// Rings it, and waits for nothing.
    pub fn ring(&self) {
        // Where it cannot count any further it rings anyway.
        let _ = rustix::io::write(&self.0, &1_u64.to_ne_bytes());
    }

    /// Makes it quiet until it is rung again.
    pub fn hush(&self) {
        let mut count = [0; 8];
        // Nothing was to be read where nobody has rung.
        let _ = rustix::io::read(&self.0, &mut count);
    }
}

impl AsFd for Bell {
    /// Readable while it rings.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
