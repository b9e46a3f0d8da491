//! What nodes of Art-Net answer to one output, told to the others.
//!
//! All outputs of a machine listen on the one port to which nodes answer, and the system gives an answer to one of the sockets there
//! alone: the one that was opened last. So outputs that look for their nodes hear each other's answers. Other programs do not; what they
//! take away is why a session goes on sending to nodes that have fallen silent.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use crate::{
    controller::artnet::packet::Packet,
    site::{self, Protocol},
};

/// Answers that wait for one output; then the oldest gives way. A node has 255 pages at most.
const ANSWERS: usize = 1024;

/// Where outputs of Art-Net tell each other what they hear.
#[derive(Debug, Default)]
pub struct Exchange(Mutex<Vec<Weak<Inbox>>>);

/// The answers that wait for one output.
#[derive(Debug, Default)]
struct Inbox(Mutex<VecDeque<Box<[u8]>>>);

/// One output's place at the exchange. Dropped, it is given up.
#[derive(Debug)]
pub(super) struct Place {
    exchange: Arc<Exchange>,
    inbox: Arc<Inbox>,
}

impl Exchange {
    /// A place for `output`, if it speaks Art-Net.
    pub(super) fn place(self: &Arc<Self>, output: &site::Output) -> Option<Place> {
        let Protocol::ArtNet(settings) = output.protocol else {
            return None;
        };
        let inbox = Arc::<Inbox>::default();
        // With one peer, what other nodes say is of no use.
        if settings.discover {
            let mut inboxes = lock(&self.0);
            inboxes.retain(|inbox| inbox.strong_count() > 0);
            inboxes.push(Arc::downgrade(&inbox));
        }
        Some(Place {
            exchange: Arc::clone(self),
            inbox,
        })
    }
}

impl Place {
    /// Tells the others of `datagram`, if it is a node's answer.
    pub(super) fn tell(&self, datagram: &[u8]) {
        if !matches!(Packet::parse(datagram), Ok(Packet::Reply(_))) {
            return;
        }
        let inboxes = lock(&self.exchange.0);
        let others = inboxes.iter().filter_map(Weak::upgrade);
        for other in others.filter(|other| !Arc::ptr_eq(other, &self.inbox)) {
            let mut waiting = lock(&other.0);
            if waiting.len() == ANSWERS {
                waiting.pop_front();
            }
            waiting.push_back(datagram.into());
        }
    }

    /// Gives to `take` what the others have heard since the last call.
    pub(super) fn hear(&self, mut take: impl FnMut(&[u8])) {
        let heard = std::mem::take(&mut *lock(&self.inbox.0));
        heard.iter().for_each(|datagram| take(datagram));
    }
}

/// What is behind the lock. Whoever panicked left it whole: it is changed by single steps.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
