//! A TCP port that takes one client at a time.
//!
//! Another that comes meanwhile is reset at once: small stacks have one socket, which no longer listens once it is connected. A client
//! that says nothing for long is given up, for else one whose cable was pulled would keep everybody out.

use std::{
    io::{self, ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    os::fd::{AsFd as _, BorrowedFd},
    time::Duration,
};

use rustix::net::sockopt;
use tracing::debug;

use crate::{simulator::card::CardError, units::Moment};

/// The most bytes that wait for a client that does not read; beyond them it is given up.
const UNREAD: usize = 64 << 10;

/// A port, and its client.
#[derive(Debug)]
pub(in crate::simulator::card) struct Tcp {
    listener: TcpListener,
    address: SocketAddr,
    client: Option<Client>,
    /// How long a client may say nothing.
    patience: Duration,
    clients: u64,
    refused: u64,
}

#[derive(Debug)]
struct Client {
    stream: TcpStream,
    /// When it last said something.
    heard: Moment,
    unsent: Vec<u8>,
}

impl Tcp {
    /// Listens on `address`, where port 0 takes a free one.
    pub(in crate::simulator::card) fn listen(address: SocketAddr, patience: Duration) -> Result<Self, CardError> {
        let failed = |error: io::Error| CardError::listening(address, &error);
        let listener = TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self {
            listener,
            address,
            client: None,
            patience,
            clients: 0,
            refused: 0,
        })
    }

    pub(in crate::simulator::card) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Clients that were taken, and those that were not.
    pub(in crate::simulator::card) const fn clients(&self) -> (u64, u64) {
        (self.clients, self.refused)
    }

    /// What it waits for; nothing unless it `is_open`.
    pub(in crate::simulator::card) fn ears(&self, is_open: bool) -> impl Iterator<Item = BorrowedFd<'_>> {
        let client = self.client.as_ref().map(|client| client.stream.as_fd());
        let all = std::iter::once(self.listener.as_fd()).chain(client);
        all.filter(move |_| is_open)
    }

    /// Whether a client waits for bytes that it had no room for.
    pub(in crate::simulator::card) fn is_behind(&self) -> bool {
        self.client.as_ref().is_some_and(|client| !client.unsent.is_empty())
    }

    /// Takes whoever comes, and gives up whoever is silent for too long.
    pub(in crate::simulator::card) fn attend(&mut self, now: Moment) {
        if let Some(client) = &self.client
            && now.since(client.heard) >= self.patience
        {
            debug!("a silent client is given up");
            self.client = None;
        }
        // Whoever has left makes room for whoever comes behind him.
        self.client.take_if(|client| client.has_left());
        while let Ok((stream, peer)) = self.listener.accept() {
            if self.client.is_some() || stream.set_nonblocking(true).is_err() {
                debug!(%peer, "a second client is reset");
                self.refused += 1;
                reset(&stream);
                continue;
            }
            let _ = stream.set_nodelay(true);
            self.clients += 1;
            self.client = Some(Client {
                stream,
                heard: now,
                unsent: Vec::new(),
            });
        }
    }

    /// What the client sent, of at most so many bytes as `buffer` has; nothing if there is none, or nothing came. One that has left is
    /// gone.
    pub(in crate::simulator::card) fn read(&mut self, buffer: &mut [u8], now: Moment) -> usize {
        let Some(client) = &mut self.client else { return 0 };
        match client.stream.read(buffer) {
            Ok(0) => {}
            Ok(count) => {
                client.heard = now;
                return count;
            }
            Err(error) if is_later(&error) => return 0,
            Err(error) => debug!(%error, "a client is gone"),
        }
        self.client = None;
        0
    }

    /// Sends to the client, if there is one.
    pub(in crate::simulator::card) fn write(&mut self, bytes: &[u8]) {
        let Some(client) = &mut self.client else { return };
        client.unsent.extend_from_slice(bytes);
        while !client.unsent.is_empty() {
            match client.stream.write(&client.unsent) {
                Ok(count) if count > 0 => drop(client.unsent.drain(..count)),
                Err(error) if is_later(&error) && client.unsent.len() <= UNREAD => return,
                Ok(_) | Err(_) => {
                    self.drop_client();
                    return;
                }
            }
        }
    }

    /// Resets the client, as a card does that was switched off and on and knows nothing of it.
    pub(in crate::simulator::card) fn drop_client(&mut self) {
        if let Some(client) = self.client.take() {
            reset(&client.stream);
        }
    }
}

impl Client {
    fn has_left(&self) -> bool {
        match self.stream.peek(&mut [0]) {
            Ok(count) => count == 0,
            Err(error) => !is_later(&error),
        }
    }
}

/// Lets the connection end with a reset, not with an end.
fn reset(stream: &TcpStream) {
    let _ = sockopt::set_socket_linger(stream, Some(Duration::ZERO));
}

fn is_later(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}
