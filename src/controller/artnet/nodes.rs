//! The nodes that answered, and which universes each of them puts out.
//!
//! A lit wall is worth more than a tidy list: a node that falls silent is told and goes on being sent its part, since answers are lost
//! more often than nodes. It is forgotten once another has taken over: a node, or the same one at another address, that began to say
//! that it puts out one of those universes after the silent one was last heard. One that puts nothing out is forgotten at once, and where
//! there are too many to remember, the one that has been silent for longest is: consoles come and go on a network for years.

use std::{
    collections::BTreeSet,
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    ops::Range,
    time::Duration,
};

use super::packet::{PORT, Reply};
use crate::{
    controller::{To, universe::runs},
    units::Moment,
};

/// After how long without an answer a node counts as silent: three questions.
pub const NODE_SILENCE: Duration = Duration::from_secs(10);

/// The most pages of answers that are kept: as many as there can be of four universes each.
const PAGES: usize = 8192;

/// Characters kept of a node's name.
const NAME: usize = 40;

/// The nodes that answered.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pages: Vec<Page>,
}

/// A run of the picture's universes, counted from its first one, that one node is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) to: To,
    pub(super) universes: Range<u16>,
}

/// What one answer said.
#[derive(Debug)]
struct Page {
    address: SocketAddrV4,
    bind_index: u8,
    name: String,
    universes: Vec<u16>,
    /// When it first said so.
    since: Moment,
    /// When it said so last.
    heard: Moment,
    is_silent: bool,
}

impl Nodes {
    /// Takes an answer; what is new about it, for people, where anything is.
    ///
    /// # Errors
    /// Why nothing can be sent to that node.
    pub(super) fn take(&mut self, reply: &Reply<'_>, now: Moment) -> Result<Option<String>, String> {
        let mut page = Page::new(reply, now)?;
        let said = page.to_string();
        let is_full = self.pages.len() == PAGES;
        match self.pages.iter_mut().find(|known| known.is(&page)) {
            Some(known) if known.universes == page.universes => {
                let was_silent = known.is_silent;
                page.since = known.since;
                *known = page;
                return Ok(was_silent.then_some(said));
            }
            Some(known) => *known = page,
            None if is_full => match self.longest_silent() {
                Some(silent) => *silent = page,
                None => return Err(format!("more than {PAGES} pages of answers; {said} is left out")),
            },
            None => self.pages.push(page),
        }
        self.forget();
        Ok(Some(said))
    }

    /// The names of the nodes that have become silent by `now`.
    pub(super) fn silent(&mut self, now: Moment) -> Vec<String> {
        let (mut names, mut addresses) = (Vec::new(), BTreeSet::new());
        let is_gone = |page: &&mut Page| !page.is_silent && now.since(page.heard) >= NODE_SILENCE;
        for page in self.pages.iter_mut().filter(is_gone) {
            page.is_silent = true;
            // The pages of a device fall silent together; it is told once.
            if addresses.insert(page.address) {
                names.push(page.to_string());
            }
        }
        if !names.is_empty() {
            self.forget();
        }
        names
    }

    /// The page that has been silent for longest.
    fn longest_silent(&mut self) -> Option<&mut Page> {
        let silent = self.pages.iter_mut().filter(|page| page.is_silent);
        silent.min_by_key(|page| page.heard)
    }

    /// Forgets silent pages that put nothing out, or of which another that still answers has taken over a universe since they were last heard. One that had
    /// the universe all along is a second wall with the same picture, and takes nothing over.
    fn forget(&mut self) {
        if !self.pages.iter().any(|page| page.is_silent) {
            return;
        }
        let mut claims: Vec<(u16, Moment)> = self
            .pages
            .iter()
            .filter(|page| !page.is_silent)
            .flat_map(|page| page.universes.iter().map(|universe| (*universe, page.since)))
            .collect();
        claims.sort_unstable();
        let is_taken = |universe: u16, since: Moment| {
            let later = claims.partition_point(|claim| *claim <= (universe, since));
            claims.get(later).is_some_and(|(claimed, _)| *claimed == universe)
        };
        self.pages.retain(|page| {
            let is_needed =
                || !page.universes.is_empty() && !page.universes.iter().any(|universe| is_taken(*universe, page.heard));
            !page.is_silent || is_needed()
        });
    }

    /// Writes the runs of `count` universes from `first` on into `legs`: node after node.
    pub(super) fn legs(&self, first: u16, count: u16, legs: &mut Vec<Leg>) {
        legs.clear();
        let mut stops: Vec<(SocketAddrV4, u16)> = self
            .pages
            .iter()
            .flat_map(|page| page.universes.iter().map(|universe| (page.address, *universe)))
            .filter_map(|(address, universe)| Some((address, universe.checked_sub(first)?)))
            .filter(|(_, universe)| *universe < count)
            .collect();
        stops.sort_unstable();
        stops.dedup();
        for (address, universe) in stops {
            let to = To::At(SocketAddr::V4(address));
            match legs.last_mut() {
                Some(leg) if leg.to == to && leg.universes.end == universe => leg.universes.end += 1,
                _ => legs.push(Leg {
                    to,
                    universes: universe..universe + 1,
                }),
            }
        }
    }

    /// Those of `count` universes from `first` on that nobody puts out, as people write them.
    pub(super) fn unserved(&self, first: u16, count: u16) -> String {
        let mut served: Vec<u16> = self
            .pages
            .iter()
            .flat_map(|page| page.universes.iter().copied())
            .collect();
        served.sort_unstable();
        let all = (0..count).map(|universe| first.saturating_add(universe));
        runs(all.filter(|universe| served.binary_search(universe).is_err()))
    }
}

impl Page {
    fn new(reply: &Reply<'_>, now: Moment) -> Result<Self, String> {
        let address = reply.address;
        if address == Ipv4Addr::UNSPECIFIED || address.is_broadcast() || address.is_multicast() {
            return Err(format!("a node that gives {address} as its address"));
        }
        let port = if reply.port == 0 { PORT } else { reply.port };
        let name = String::from_utf8_lossy(reply.name);
        Ok(Self {
            address: SocketAddrV4::new(address, port),
            bind_index: reply.bind_index.max(1),
            name: name.chars().filter(|c| !c.is_control()).take(NAME).collect(),
            universes: reply.universes().collect(),
            since: now,
            heard: now,
            is_silent: false,
        })
    }

    /// Whether the two are the same page of the same device.
    fn is(&self, other: &Self) -> bool {
        self.address == other.address && self.bind_index == other.bind_index
    }
}

impl std::fmt::Display for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.address, self.name)?;
        if self.universes.is_empty() {
            return Ok(());
        }
        let mut universes = self.universes.clone();
        universes.sort_unstable();
        write!(f, ": {}", runs(universes.into_iter()))
    }
}
