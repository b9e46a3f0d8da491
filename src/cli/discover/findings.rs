//! What was heard, put together by who said it.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, SocketAddr},
};

use serde_json::Value;

use super::Cards;

use crate::controller::{
    Protocol,
    artnet::packet::{Packet as ArtNet, Reply},
    ddp::packet::{Destination, Packet as Ddp},
    sacn::packet::{Discovery, Packet as Sacn},
};

/// The most that are remembered: far more than hang on one network.
const MOST: usize = 1024;

/// The longest name that is kept, in characters.
const NAME: usize = 64;

/// Who was heard so far.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Cards.
    pub cards: Cards,
    found: BTreeMap<(u8, SocketAddr, [u8; 16]), Found>,
}

/// Somebody who was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub address: SocketAddr,
    /// As it calls itself; empty where it does not.
    pub name: String,
    /// What it is.
    pub what: What,
}

/// What somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A DDP display.
    Ddp {
        /// How many LEDs it says it has.
        leds: Option<u64>,
    },
    /// An Art-Net node.
    ArtNet {
        /// The port addresses that it puts out.
        universes: BTreeSet<u16>,
        /// Its hardware address.
        mac: [u8; 6],
        /// Where it says it is, if that is not where it answered from.
        says: Option<IpAddr>,
    },
    /// A source of sACN.
    Sacn {
        /// Its component identifier.
        cid: [u8; 16],
        /// The universes that it sends.
        universes: BTreeSet<u16>,
    },
}

impl Findings {
    /// Takes a datagram; what is no answer is passed over.
    pub fn hear(&mut self, protocol: Protocol, from: SocketAddr, datagram: &[u8]) {
        match protocol {
            Protocol::Ddp => self.display(from, datagram),
            Protocol::ArtNet => self.node(from, datagram),
            Protocol::Sacn => self.source(from, datagram),
        }
    }

    /// All of them but cards, in the order of protocols and addresses.
    pub fn found(&self) -> Vec<&Found> {
        self.found.values().collect()
    }

    /// The one of that key, new where there is room for it.
    fn one(&mut self, key: (u8, SocketAddr, [u8; 16]), what: What) -> Option<&mut Found> {
        if self.found.len() >= MOST && !self.found.contains_key(&key) {
            return None;
        }
        let address = key.1;
        Some(self.found.entry(key).or_insert_with(|| Found {
            address,
            name: String::new(),
            what,
        }))
    }

    fn display(&mut self, from: SocketAddr, datagram: &[u8]) {
        let Ok(Ddp { header, data }) = Ddp::parse(datagram) else {
            return;
        };
        let Some(answer) = serde_json::from_slice::<Value>(data).ok().filter(|_| header.reply) else {
            return;
        };
        let Some(found) = self.one((0, from, [0; 16]), What::Ddp { leds: None }) else {
            return;
        };
        if header.destination == Destination::STATUS {
            let status = &answer["status"];
            let words = ["man", "mod", "ver"].iter().filter_map(|key| status[key].as_str());
            found.name = tidy(&words.collect::<Vec<_>>().join(" "));
        }
        if let (Destination::CONFIG, What::Ddp { leds }) = (header.destination, &mut found.what) {
            let ports = answer["config"]["ports"].as_array();
            let lengths = ports.map(|ports| {
                ports
                    .iter()
                    .filter_map(|port| port["l"].as_u64())
                    .fold(0, u64::saturating_add)
            });
            *leds = lengths.filter(|leds| *leds > 0);
        }
    }

    fn node(&mut self, from: SocketAddr, datagram: &[u8]) {
        let Ok(ArtNet::Reply(reply)) = ArtNet::parse(datagram) else {
            return;
        };
        let Reply { mac, ref address, .. } = reply;
        let says = Some(IpAddr::V4(*address)).filter(|says| *says != from.ip() && !address.is_unspecified());
        let what = What::ArtNet {
            universes: BTreeSet::new(),
            mac,
            says,
        };
        let Some(found) = self.one((1, from, [0; 16]), what) else {
            return;
        };
        let long = String::from_utf8_lossy(reply.long_name);
        let short = String::from_utf8_lossy(reply.name);
        found.name = tidy(if long.is_empty() { &short } else { &long });
        if let What::ArtNet { universes, .. } = &mut found.what {
            universes.extend(reply.universes());
        }
    }

    fn source(&mut self, from: SocketAddr, datagram: &[u8]) {
        let Ok(Sacn::Discovery(Discovery {
            cid, name, universes, ..
        })) = Sacn::parse(datagram)
        else {
            return;
        };
        let what = What::Sacn {
            cid,
            universes: BTreeSet::new(),
        };
        // Who begins anew may send from another port.
        let key = (2, SocketAddr::new(from.ip(), 0), cid);
        let Some(found) = self.one(key, what) else { return };
        found.name = tidy(name);
        if let What::Sacn { universes: known, .. } = &mut found.what {
            known.extend(universes);
        }
    }
}

/// A name that fits a line and does nothing to a terminal.
fn tidy(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(NAME).collect::<String>().trim().to_owned()
}
