//! Asking, and listening until the time is over.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{DiscoverError, Findings, Ways, cards, ports};
use crate::{
    controller::{
        Protocol,
        artnet::packet::{Packet, Poll},
        ddp::packet::{Destination, Header},
        sacn,
    },
    diagnostic::{Bilingual, Explain},
    link::UdpListener,
};

/// From one round of questions to the next: any of them may be lost.
const AGAIN: Duration = Duration::from_secs(1);

/// How long to wait for one protocol before looking at the next.
const TURN: Duration = Duration::from_millis(10);

/// Asks by `ways` again and again for `length`; what answered, and what went wrong meanwhile, in words.
///
/// # Errors
/// No socket can be had.
pub fn search(ways: &Ways, length: Duration) -> Result<(Findings, Vec<Bilingual>), DiscoverError> {
    let mut troubles = Vec::new();
    let mut ears = Ears::open(ways, &mut troubles)?;
    let mut findings = Findings::default();
    let start = Instant::now();
    let mut asked = Duration::ZERO;
    ears.ask(ways, &mut troubles);
    let on_ports = ports::begin(&ways.ports);
    while start.elapsed() < length {
        if start.elapsed() >= asked + AGAIN {
            asked += AGAIN;
            ears.ask(ways, &mut Vec::new());
        }
        ears.listen(&mut findings);
    }
    ports::end(on_ports, ways, &mut findings, &mut troubles);
    Ok((findings, troubles))
}

/// The group of universe 64214, to which sources of sACN tell what they send.
const GROUP: Ipv4Addr = {
    let [high, low] = sacn::packet::DISCOVERY_UNIVERSE.to_be_bytes();
    Ipv4Addr::new(239, 255, high, low)
};

/// A socket a protocol.
struct Ears {
    ddp: UdpListener,
    art_net: UdpListener,
    sacn: Option<UdpListener>,
    cards: UdpListener,
}

impl Ears {
    fn open(ways: &Ways, troubles: &mut Vec<Bilingual>) -> Result<Self, DiscoverError> {
        let any = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
        let art_net = match UdpListener::share(ways.art_net_at) {
            Ok(listener) => listener,
            // Some nodes answer to where the question came from.
            Err(error) => {
                troubles.push(told(&error));
                UdpListener::bind(any)?
            }
        };
        let sacn = UdpListener::share(ways.sacn_at).map(|mut listener| {
            let joined = ways.networks.iter().map(|network| {
                let interface: Arc<str> = network.address.to_string().into();
                listener.join(GROUP, Some(&interface))
            });
            let failed = joined.filter_map(Result::err).next();
            troubles.extend(failed.map(|error| told(&error)));
            listener
        });
        Ok(Self {
            ddp: UdpListener::bind(any)?,
            art_net,
            sacn: sacn.map_err(|error| troubles.push(told(&error))).ok(),
            cards: UdpListener::bind(any)?,
        })
    }

    /// Asks everybody. Ways that lead nowhere are told, unless they are one of many.
    fn ask(&self, ways: &Ways, troubles: &mut Vec<Bilingual>) {
        for destination in [Destination::STATUS, Destination::CONFIG] {
            let mut question = Vec::new();
            Header::question(destination).encode(0, &mut question);
            say(&self.ddp, &ways.ddp, &question, troubles);
        }
        let mut question = Vec::new();
        Packet::Poll(Poll::PLAIN).encode(&mut question);
        say(&self.art_net, &ways.art_net, &question, troubles);
        for question in cards::questions() {
            say(&self.cards, &ways.cards, &question, troubles);
        }
    }

    fn listen(&mut self, findings: &mut Findings) {
        let ears = [
            (Protocol::Ddp, Some(&mut self.ddp)),
            (Protocol::ArtNet, Some(&mut self.art_net)),
            (Protocol::Sacn, self.sacn.as_mut()),
        ];
        for (protocol, listener) in ears {
            let Some(listener) = listener else { continue };
            // What cannot be received now may be received at the next turn.
            let _ = listener.receive(TURN, |from, datagram| findings.hear(protocol, from, datagram));
        }
        let cards = &mut findings.cards;
        let _ = self.cards.receive(TURN, |from, datagram| cards.hear(from, datagram));
    }
}

/// Sends `question` to all of `addresses`; a trouble where it reached none.
fn say(listener: &UdpListener, addresses: &[SocketAddr], question: &[u8], troubles: &mut Vec<Bilingual>) {
    let sent = addresses.iter().map(|address| listener.send(*address, question));
    let (done, failed): (Vec<_>, Vec<_>) = sent.partition(Result::is_ok);
    if let (true, Some(Err(error))) = (done.is_empty(), failed.into_iter().next()) {
        troubles.push(Bilingual::new(
            format!("无法发出查询：{error}"),
            format!("the question cannot be sent: {error}"),
        ));
    }
}

pub(super) fn told(error: &impl Explain) -> Bilingual {
    let help = error.help();
    Bilingual::new(
        format!("{}；{}", error.chinese(), help.zh),
        format!("{error}; {}", help.en),
    )
}
