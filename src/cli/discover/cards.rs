//! Cards: asked over UDP by whole networks, and on serial ports one after the other; what they say of themselves.
//!
//! A card answers a ping in the framing that it speaks, so all three are sent. On a line with several cards all of them answer the
//! question to any at once, which makes no sense; then each address is asked by itself.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use crate::{
    cli::card::{CardError, Met, Talk},
    controller::{
        card::CardColour,
        onbon::{
            ANY, Model, PORT,
            message::{FontReply, FontRequest, Identity, Reply, Request, Search},
            packet::{Deframer, Framing, Header, Packet},
        },
    },
    site::CardWay,
    units::Size,
};

/// The UDP ports at which cards listen.
pub(super) const UDP_PORTS: [u16; 2] = [PORT, 5007];

/// The speeds at which cards leave the factory.
const BAUDS: [u32; 2] = [57_600, 9600];

/// The addresses that are asked one by one on a line with several cards.
const NUMBERS: std::ops::RangeInclusive<u16> = 1..=16;

/// The longest datagram that is read.
const LONGEST: usize = 1500;

/// The most cards that are remembered.
const MOST: usize = 1024;

/// A card that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCard {
    /// Where.
    pub place: CardPlace,
    /// Its own address.
    pub number: u16,
    /// Its type, as it stands on the wire.
    pub wire: [u8; 2],
    /// The kind of that type, where it is known.
    pub model: Option<&'static Model>,
    /// Its firmware; empty where it does not say.
    pub firmware: String,
    /// Its LEDs and what they can show, where it knows them.
    pub leds: Option<(Size, Option<CardColour>)>,
    /// Its hardware address, where it says so.
    pub mac: Option<[u8; 6]>,
}

/// Where a card is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardPlace {
    /// On a network.
    Network(SocketAddr),
    /// On a serial port, at so many bits a second.
    Serial(Arc<str>, u32),
}

/// Cards that were heard.
#[derive(Clone, Debug, Default)]
pub struct Cards(BTreeMap<(CardPlace, u16), FoundCard>);

impl Cards {
    /// All of them, in the order of places and addresses.
    pub fn found(&self) -> Vec<&FoundCard> {
        self.0.values().collect()
    }

    /// Takes a datagram; what is no answer is passed over.
    pub fn hear(&mut self, from: SocketAddr, datagram: &[u8]) {
        let mut rest = datagram;
        let mut deframer = Deframer::new(LONGEST);
        while let Some(frame) = deframer.next(&mut rest) {
            let packet = frame.ok().and_then(|body| Packet::parse(body).ok());
            if let Some(card) = packet.and_then(|packet| said(from, &packet)) {
                self.keep(card);
            }
        }
    }

    /// Takes a card; of two that are one the one that says more.
    pub(super) fn keep(&mut self, card: FoundCard) {
        let key = (card.place.clone(), card.number);
        if self.0.len() >= MOST && !self.0.contains_key(&key) {
            return;
        }
        let kept = self.0.entry(key).or_insert_with(|| card.clone());
        if card.mac.is_some() {
            *kept = card;
        }
    }
}

/// The questions, each a datagram.
pub(super) fn questions() -> Vec<Vec<u8>> {
    let asked = |framing, data: &[u8]| {
        let header = Header::to_any(framing, 1);
        let mut frame = Vec::new();
        Packet { header, data }.frame(&mut frame);
        frame
    };
    let mut data = [Vec::new(), Vec::new(), Vec::new()];
    Request::Ping.encode(&mut data[0]);
    Request::Search.encode(&mut data[1]);
    FontRequest::Ping.encode(&mut data[2]);
    vec![
        asked(Framing::Six, &data[0]),
        asked(Framing::Five, &data[0]),
        asked(Framing::Six, &data[1]),
        asked(Framing::Font, &data[2]),
    ]
}

/// What a packet says of the card that sent it.
fn said(from: SocketAddr, packet: &Packet<'_>) -> Option<FoundCard> {
    let header = packet.header;
    if header.framing() == Framing::Font {
        let reply = FontReply::parse(packet.data).ok()?;
        let is_pong = reply.group == 0xa2 && reply.command & 0x7f == 0;
        return is_pong.then(|| FoundCard {
            place: CardPlace::Network(tcp(from, PORT)),
            number: header.source,
            wire: header.device,
            model: Model::of_font_wire(header.device[0]),
            firmware: String::new(),
            leds: None,
            mac: None,
        });
    }
    let reply = Reply::parse(packet.data).ok()?;
    match (reply.group, reply.command) {
        (0xa2, 0x80) => {
            let identity = Identity::parse(reply.data).ok()?;
            let place = CardPlace::Network(tcp(from, PORT));
            Some(of_identity(place, &identity))
        }
        (0xa4, 0x83) => Search::parse(reply.data).ok().map(|search| of_search(from, &search)),
        _ => None,
    }
}

/// Where a card takes TCP that answered over UDP `from` there: as it `says`, unless it answered from a port of another's choice.
fn tcp(from: SocketAddr, says: u16) -> SocketAddr {
    let is_usual = UDP_PORTS.contains(&from.port()) && says != 0;
    SocketAddr::new(from.ip(), if is_usual { says } else { from.port() })
}

fn of_identity(place: CardPlace, identity: &Identity) -> FoundCard {
    let size = Size::new(identity.width.into(), identity.height.into());
    FoundCard {
        place,
        number: identity.address,
        wire: identity.device,
        model: Model::of_wire(identity.device),
        firmware: identity.firmware.clone(),
        leds: identity.is_configured.then(|| (size, identity.card_colour())),
        mac: None,
    }
}

fn of_search(from: SocketAddr, search: &Search) -> FoundCard {
    let size = Size::new(search.width.into(), search.height.into());
    FoundCard {
        place: CardPlace::Network(tcp(from, search.port)),
        number: search.address,
        wire: search.device,
        model: Model::of_wire(search.device),
        firmware: search.firmware.clone(),
        leds: search.is_configured.then(|| (size, search.card_colour())),
        mac: Some(search.mac),
    }
}

/// The cards on a serial port, at whichever of the usual speeds they answer.
///
/// # Errors
/// The port cannot be had; nobody answers, or nobody that can be understood.
pub(super) fn on_port(port: &Arc<str>) -> Result<Vec<FoundCard>, CardError> {
    let mut failure = None;
    for baud in BAUDS {
        match at_speed(port, baud) {
            Ok(found) => return Ok(found),
            Err(error @ CardError::Nobody { .. }) => failure = failure.or(Some(error)),
            // What makes no sense says more than silence.
            Err(error @ CardError::Jumble { .. }) => failure = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(failure.unwrap_or(CardError::Closed))
}

fn at_speed(port: &Arc<str>, baud: u32) -> Result<Vec<FoundCard>, CardError> {
    let way = CardWay::Serial {
        port: Arc::clone(port),
        baud,
        turnaround: CardWay::TURNAROUND,
    };
    let place = CardPlace::Serial(Arc::clone(port), baud);
    let mut talk = Talk::open(&way, ANY)?;
    let error = match talk.meet(None, 1) {
        Ok(met) => return Ok(vec![of_met(place, &met)]),
        Err(error) => error,
    };
    let Some(kind) = talk.noisy() else { return Err(error) };
    let mut found = Vec::new();
    for number in NUMBERS {
        talk.turn_to(number);
        match talk.ping(kind) {
            Ok(Some(met)) => found.push(of_met(place.clone(), &met)),
            Ok(None) => {}
            Err(lost) => return if found.is_empty() { Err(lost) } else { Ok(found) },
        }
    }
    if found.is_empty() { Err(error) } else { Ok(found) }
}

fn of_met(place: CardPlace, met: &Met) -> FoundCard {
    match &met.identity {
        Some(identity) => of_identity(place, identity),
        None => FoundCard {
            place,
            number: met.number,
            wire: met.wire,
            model: met.is_known.then_some(met.model),
            firmware: String::new(),
            leds: None,
            mac: None,
        },
    }
}

impl FoundCard {
    /// Its address on a network.
    pub(super) const fn ip(&self) -> Option<IpAddr> {
        match &self.place {
            CardPlace::Network(address) => Some(address.ip()),
            CardPlace::Serial(..) => None,
        }
    }
}
