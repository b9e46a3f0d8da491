//! From a written address to socket addresses, without anybody waiting for a name server.

use std::{
    io,
    net::{SocketAddr, ToSocketAddrs as _},
    os::fd::{AsFd, BorrowedFd},
    sync::Arc,
};

use super::{
    LinkError,
    errand::{Errand, Standing},
};

/// A look-up under way: the system's resolver knows no deadline.
#[derive(Debug)]
pub(super) struct Lookup {
    address: Arc<str>,
    answer: Errand<io::Result<Vec<SocketAddr>>>,
}

impl Lookup {
    /// Begins to look up `address`, written host:port.
    pub(super) fn begin(address: Arc<str>) -> Result<Self, LinkError> {
        let wanted = Arc::clone(&address);
        let look_up = move || wanted.to_socket_addrs().map(Iterator::collect);
        let answer = Errand::begin("name look-up", look_up).map_err(|error| failed(&address, &error.to_string()))?;
        Ok(Self { address, answer })
    }

    /// The addresses, at least one; `None` while there is no answer yet.
    pub(super) fn poll(&self) -> Option<Result<Vec<SocketAddr>, LinkError>> {
        let answer = match self.answer.poll() {
            Standing::Done(Ok(found)) if !found.is_empty() => Ok(found),
            Standing::Done(Ok(_)) => Err(failed(&self.address, "the name has no address")),
            Standing::Done(Err(error)) => Err(failed(&self.address, &error.to_string())),
            Standing::Failed => Err(failed(&self.address, "the look-up ended without an answer")),
            Standing::UnderWay => return None,
        };
        Some(answer)
    }

    /// The problem of a look-up to which no name server answers.
    pub(super) fn unanswered(&self) -> LinkError {
        failed(&self.address, "no answer yet")
    }
}

impl AsFd for Lookup {
    /// Becomes readable when there is an answer.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.answer.as_fd()
    }
}

fn failed(address: &Arc<str>, reason: &str) -> LinkError {
    LinkError::Name {
        address: Arc::clone(address),
        reason: reason.to_owned(),
    }
}

/// Whether `address` reads as host:port.
pub(super) fn is_host_and_port(address: &str) -> bool {
    address
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port != 0))
}
