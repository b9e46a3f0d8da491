//! What is wrong with single addresses, while others are served.

use std::net::SocketAddr;

use crate::{link::LinkError, units::Moment};

/// Addresses that are remembered; what is wrong with more of them is not told.
const MOST: usize = 16;

/// Addresses that could not be reached lately, each with the last reason.
#[derive(Debug, Default)]
pub(super) struct Troubles(Vec<Trouble>);

#[derive(Debug)]
struct Trouble {
    address: SocketAddr,
    error: LinkError,
    /// When it failed last.
    last: Moment,
}

impl Troubles {
    /// Notes that `address` failed, for the reason that `explain` gives if it is asked; the reason, where that is news.
    pub(super) fn note(
        &mut self,
        address: SocketAddr,
        now: Moment,
        explain: impl FnOnce() -> LinkError,
    ) -> Option<LinkError> {
        let is_known = |trouble: &&mut Trouble| is_same(trouble.address, address);
        if let Some(known) = self.0.iter_mut().find(is_known) {
            known.last = now;
            return None;
        }
        if self.0.len() == MOST {
            return None;
        }
        let error = explain();
        self.0.push(Trouble {
            address,
            error: error.clone(),
            last: now,
        });
        Some(error)
    }

    /// Forgets what was wrong with `address`; whether anything was.
    pub(super) fn end(&mut self, address: SocketAddr) -> bool {
        let before = self.0.len();
        self.0.retain(|trouble| trouble.address != address);
        self.0.len() < before
    }

    /// Forgets one address that has not failed since `moment`.
    pub(super) fn end_one_before(&mut self, moment: Moment) -> Option<SocketAddr> {
        let old = self.0.iter().position(|trouble| trouble.last <= moment)?;
        Some(self.0.swap_remove(old).address)
    }

    /// What is wrong, at most 16 things.
    pub(super) fn all(&self) -> impl Iterator<Item = &LinkError> {
        self.0.iter().map(|trouble| &trouble.error)
    }
}

/// Whether what is wrong with one of them is wrong with the other: what keeps datagrams from one group keeps them from all.
fn is_same(one: SocketAddr, other: SocketAddr) -> bool {
    one == other || (one.ip().is_multicast() && other.ip().is_multicast())
}
