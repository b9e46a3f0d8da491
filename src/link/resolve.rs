//! From a written address to socket addresses, without anybody waiting for a name server.

use std::{
    io,
    net::{SocketAddr, ToSocketAddrs as _},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, sync_channel},
    },
    thread,
};

use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadPriorityOsValue, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

use super::LinkError;

/// A look-up under way, on a thread of its own: the system's resolver knows no deadline.
#[derive(Debug)]
pub(super) struct Lookup {
    address: Arc<str>,
    answer: Receiver<io::Result<Vec<SocketAddr>>>,
}

impl Lookup {
    /// Begins to look up `address`, written host:port.
    pub(super) fn begin(address: Arc<str>) -> Result<Self, LinkError> {
        let (sender, answer) = sync_channel(1);
        let wanted = Arc::clone(&address);
        let look_up = move || {
            be_ordinary();
            let found = wanted.to_socket_addrs().map(Iterator::collect);
            // Nobody waits any more once the link is closed.
            let _ = sender.send(found);
        };
        thread::Builder::new()
            .name("name look-up".to_owned())
            .spawn(look_up)
            .map_err(|error| failed(&address, &error.to_string()))?;
        Ok(Self { address, answer })
    }

    /// The addresses, at least one; `None` while there is no answer yet.
    pub(super) fn poll(&self) -> Option<Result<Vec<SocketAddr>, LinkError>> {
        let answer = match self.answer.try_recv() {
            Ok(Ok(found)) if !found.is_empty() => Ok(found),
            Ok(Ok(_)) => Err(failed(&self.address, "the name has no address")),
            Ok(Err(error)) => Err(failed(&self.address, &error.to_string())),
            Err(TryRecvError::Disconnected) => Err(failed(&self.address, "the look-up ended without an answer")),
            Err(TryRecvError::Empty) => return None,
        };
        Some(answer)
    }
}

/// Whoever opens a link may have real-time priority. This thread inherits it and must not keep it: nobody knows how long a resolver works.
fn be_ordinary() {
    let policy = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Other);
    let priority = ThreadPriority::Os(ThreadPriorityOsValue::default());
    // To give it back is always allowed.
    let _ = set_thread_priority_and_policy(thread_native_id(), priority, policy);
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
