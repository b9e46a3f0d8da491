//! A conversation with one card, by the real clock: one request after the other, each with its answer.

use std::time::{Duration, Instant};

use super::error::CardError;
use crate::{
    controller::{
        card::CardColour,
        onbon::{
            ANY, Family, Form, MODELS, Model, Settings,
            message::{ErrorCode, FontRequest, Identity, Request},
            session::{Answer, Ask, Exchange, Fault, Outcome, Thing},
        },
    },
    link::{StreamLink, StreamState},
    site::CardWay,
    units::{Moment, Size},
};

/// How long the way to the card may take to open: longer than a host may take to answer.
const OPENING: Duration = Duration::from_secs(8);

/// No wait is longer, so that what the exchange has to do is never late.
const TURN: Duration = Duration::from_millis(100);

/// An open way to a card.
pub(in crate::cli) struct Talk {
    link: StreamLink,
    exchange: Exchange,
    way: CardWay,
    number: u16,
    start: Instant,
    /// Bytes that have come before the present exchange.
    bytes: u64,
    noisy: Option<&'static Model>,
}

/// What a card said of itself.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Met {
    /// Its kind; the nearest one where its type is not known.
    pub(in crate::cli) model: &'static Model,
    /// Whether it is that kind.
    pub(in crate::cli) is_known: bool,
    /// Its type, as it stands on the wire.
    pub(in crate::cli) wire: [u8; 2],
    /// Its address.
    pub(in crate::cli) number: u16,
    /// What else it said; cards with fonts say nothing that is known.
    pub(in crate::cli) identity: Option<Identity>,
}

impl Talk {
    /// Opens the way to the card of that address.
    pub(in crate::cli) fn open(way: &CardWay, number: u16) -> Result<Self, CardError> {
        let start = Instant::now();
        let mut talk = Self {
            link: StreamLink::open(way, Moment::ZERO),
            exchange: Exchange::new(&settings(way, number, &MODELS[0])),
            way: way.clone(),
            number,
            start,
            bytes: 0,
            noisy: None,
        };
        while talk.link.state() == StreamState::Closed {
            talk.turn(TURN)?;
            if start.elapsed() > OPENING {
                return Err(CardError::Closed);
            }
        }
        Ok(talk)
    }

    /// Asks who is there, so often: a card of that kind first, for it may be another than is believed.
    pub(in crate::cli) fn meet(&mut self, model: Option<&'static Model>, rounds: usize) -> Result<Met, CardError> {
        let is_other = |kind: &&Model| model.is_none_or(|model| form(kind) != form(model));
        let kinds: Vec<&'static Model> = model.into_iter().chain(kinds().filter(is_other)).collect();
        for _ in 0..rounds {
            for &kind in &kinds {
                if let Some(met) = self.ping(kind)? {
                    return Ok(met);
                }
            }
        }
        Err(self.silence())
    }

    /// Asks a card of that kind who it is; `None` where none answers.
    pub(in crate::cli) fn ping(&mut self, kind: &'static Model) -> Result<Option<Met>, CardError> {
        self.speak_as(kind);
        match self.ask(ping(kind))? {
            Outcome::Done(answer) => self.met(kind, &answer).map(Some),
            Outcome::Refused(code) => {
                let thing = Thing::Identity;
                Err(CardError::Refused { thing, code })
            }
            Outcome::Silent => {
                if self.exchange.tally().bytes > 0 {
                    self.noisy = Some(kind);
                }
                Ok(None)
            }
        }
    }

    /// Speaks with the card of that address from now on.
    pub(in crate::cli) fn turn_to(&mut self, number: u16) {
        self.number = number;
        self.bytes = 0;
    }

    /// The kind of card whose question made something come back that is no answer: several answered at once, or the speed is wrong.
    pub(in crate::cli) const fn noisy(&self) -> Option<&'static Model> {
        self.noisy
    }

    /// What a request of BX-5 and BX-6 is answered.
    pub(in crate::cli) fn request(
        &mut self,
        met: &Met,
        thing: Thing,
        request: &Request<'_>,
    ) -> Result<Result<Vec<u8>, ErrorCode>, CardError> {
        if met.model.family.takes_words() {
            return Err(CardError::Unable { thing });
        }
        self.answer(thing, Ask::new(met.model, request))
    }

    /// What a request of cards with fonts is answered.
    pub(in crate::cli) fn font_request(
        &mut self,
        thing: Thing,
        request: &FontRequest<'_>,
    ) -> Result<Result<Vec<u8>, ErrorCode>, CardError> {
        self.answer(thing, Ask::font(request))
    }

    fn answer(&mut self, thing: Thing, ask: Ask) -> Result<Result<Vec<u8>, ErrorCode>, CardError> {
        match self.ask(ask)? {
            Outcome::Done(answer) => Ok(Ok(answer.data)),
            Outcome::Refused(code) => Ok(Err(code)),
            Outcome::Silent => Err(CardError::Fault(Fault::Unheard { thing })),
        }
    }

    fn ask(&mut self, ask: Ask) -> Result<Outcome, CardError> {
        self.exchange.ask(ask, self.now());
        loop {
            if let Some(outcome) = self.exchange.outcome() {
                return Ok(outcome);
            }
            let mut out = Vec::new();
            let now = self.now();
            if self.exchange.poll_transmit(now, &mut out).is_some() {
                self.link.send(&out, now);
            }
            let due = self.exchange.poll_timeout().map_or(TURN, |due| due.since(now));
            self.turn(due.min(TURN))?;
        }
    }

    /// Waits at most `patience`, and takes what has come.
    fn turn(&mut self, patience: Duration) -> Result<(), CardError> {
        let was_open = self.link.state() != StreamState::Closed;
        self.link.wait(None, patience);
        let now = self.now();
        let exchange = &mut self.exchange;
        self.link.receive(now, &mut |bytes| exchange.handle(bytes, now));
        self.exchange.poll(now);
        if self.link.state() != StreamState::Closed {
            return Ok(());
        }
        match self.link.problems().next() {
            Some(problem) => Err(CardError::Link(problem.clone())),
            None if was_open => Err(CardError::Closed),
            None => Ok(()),
        }
    }

    /// Speaks to cards of that kind from now on.
    fn speak_as(&mut self, kind: &'static Model) {
        self.bytes += self.exchange.tally().bytes;
        self.exchange = Exchange::new(&settings(&self.way, self.number, kind));
    }

    fn met(&mut self, asked: &'static Model, answer: &Answer) -> Result<Met, CardError> {
        let met = if asked.family.takes_words() {
            let known = Model::of_font_wire(answer.device[0]);
            Met {
                model: known.unwrap_or(asked),
                is_known: known.is_some(),
                wire: answer.device,
                number: answer.from,
                identity: None,
            }
        } else {
            let thing = Thing::Identity;
            let identity = Identity::parse(&answer.data).map_err(|error| CardError::Unclear { thing, error })?;
            let known = Model::of_wire(identity.device);
            Met {
                model: known.unwrap_or(asked),
                is_known: known.is_some(),
                wire: identity.device,
                number: identity.address,
                identity: Some(identity),
            }
        };
        self.speak_as(met.model);
        self.exchange.address(met.wire);
        Ok(met)
    }

    fn silence(&self) -> CardError {
        let (number, baud) = (self.number, self.way.baud());
        match self.bytes + self.exchange.tally().bytes {
            0 if number == ANY => CardError::Nobody { baud },
            0 => CardError::Fault(Fault::Silent { number, baud }),
            bytes if number == ANY => CardError::Jumble { bytes, baud },
            _ => CardError::Fault(Fault::Garbled { number, baud }),
        }
    }

    /// A moment of this conversation.
    fn now(&self) -> Moment {
        Moment::ZERO + self.start.elapsed()
    }
}

/// In what way a kind of card is spoken with.
const fn form(model: &Model) -> Option<Form> {
    model.family.form()
}

/// One kind of card for each way in which cards are spoken with.
fn kinds() -> impl Iterator<Item = &'static Model> {
    [Family::Six, Family::Five, Family::FiveK]
        .into_iter()
        .filter_map(|family| MODELS.iter().find(|model| model.family == family))
}

fn ping(model: &Model) -> Ask {
    if model.family.takes_words() {
        Ask::font(&FontRequest::Ping)
    } else {
        Ask::new(model, &Request::Ping)
    }
}

/// What an exchange must be told. Of LEDs it needs to know nothing.
fn settings(way: &CardWay, number: u16, model: &'static Model) -> Settings {
    Settings {
        model,
        number,
        baud: way.baud(),
        turnaround: way.turnaround(),
        size: Size::new(0, 0),
        colour: CardColour::Single,
    }
}
