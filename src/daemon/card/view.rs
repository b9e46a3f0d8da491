//! How a card stands, and what may be ordered of it: what the control socket says of the card whose line the daemon holds.
//!
//! A port is open once, and a card serves one client, so `yingbi card` cannot speak with a card while the daemon does; it asks here instead.

use std::sync::mpsc::SyncSender;

use serde::{Deserialize, Serialize};

use super::Seat;
use crate::{
    controller::onbon::{
        Session,
        session::{Order, Trust},
    },
    diagnostic::Diagnostic,
    units::{Level, Moment},
};

/// What is asked of a line about one of its cards.
#[derive(Debug)]
pub struct Ask {
    /// The identity of the card's screen, and the card's number on it, from 0 on.
    pub card: (std::sync::Arc<str>, usize),
    /// What the card is to do first.
    pub order: Option<Order>,
    /// Where the answer goes.
    pub reply: SyncSender<Reply>,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// How the card stands; the order, if there was one, is done next.
    Stands(Box<CardView>),
    /// More was ordered lately than waits for a card.
    Busy,
}

/// What may be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CardOrder {
    /// Light the LEDs, until the programme says otherwise.
    On,
    /// Darken the LEDs, until the programme says otherwise: within a minute at the latest.
    Off,
    /// Set the clock.
    Clock,
    /// Delete all dynamic areas and all files; what ought to be shown is sent again.
    Erase,
    /// Set one brightness for the whole day, in percent, until the programme says otherwise.
    Brightness(u8),
}

impl CardOrder {
    /// The same to the session; `None` where it is a brightness beyond 100 %.
    pub const fn order(self) -> Option<Order> {
        Some(match self {
            Self::On => Order::On,
            Self::Off => Order::Off,
            Self::Clock => Order::Clock,
            Self::Erase => Order::Erase,
            Self::Brightness(percent) => match Level::new(percent) {
                Some(level) => Order::Brightness(level),
                None => return None,
            },
        })
    }
}

/// How a card stands. What is trusted is a word: `unsent`, `refused`, `sent` (unverified), `verified`, `unwanted`,
/// `unable` (such a card has no such thing).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardView {
    /// The identity of its screen.
    pub screen: String,
    /// Its number on that screen, from 1 on.
    pub card: u32,
    /// Its model.
    pub model: String,
    /// The address or the port.
    pub line: String,
    /// Bits a second, of a serial line.
    pub baud: Option<u32>,
    /// Its own number on the line; `None` for the only card.
    pub number: Option<u16>,
    /// Whether the line is open.
    pub connected: bool,
    /// Whether the card answers.
    pub answers: bool,
    /// How many seconds ago it last answered.
    pub answered: Option<f64>,
    /// What it says of itself.
    pub told: Option<CardTold>,
    /// Whether its LEDs are lit as they ought to be.
    pub light: String,
    /// Whether they are lit, where that is known.
    pub lit: Option<bool>,
    /// Its clock.
    pub clock: String,
    /// By how many seconds its clock is ahead.
    pub ahead: Option<i64>,
    /// Its table of brightness.
    pub brightness: String,
    /// How bright it says that it is, 0 to 15.
    pub level: Option<u8>,
    /// Its table of lit hours.
    pub hours: String,
    /// What it shows after a power cut.
    pub fallback: String,
    /// Its areas: place as `64x32+0+0`, and how far each is known to be there.
    pub areas: Vec<(String, String)>,
    /// How often its flash was written today.
    pub writes: u32,
    /// How often all was sent anew.
    pub reasserted: u64,
    /// Requests that were sent, and how many of them were not answered in time.
    pub requests: (u64, u64),
    /// What is wrong with it, in Chinese and English, each with its remedy.
    pub problems: Vec<(String, String)>,
}

/// What a card says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardTold {
    /// Its kind by name, or its type in hexadecimal digits.
    pub model: String,
    /// Its firmware.
    pub firmware: String,
    /// Its address.
    pub number: u16,
    /// Columns and rows of LEDs.
    pub size: (u32, u32),
}

impl CardView {
    /// How the card at `seat` stands at `now`.
    pub(super) fn of(seat: &Seat, session: &Session, now: Moment) -> Self {
        let standing = session.standing(now);
        let told = standing.told.map(|told| CardTold {
            model: told
                .name
                .map_or_else(|| format!("{:02X}{:02X}", told.wire[0], told.wire[1]), str::to_owned),
            firmware: told.firmware,
            number: told.number,
            size: (told.size.width, told.size.height),
        });
        // Cards with fonts have no such tables.
        let has_tables = !seat.settings.model.family.takes_words();
        let table = |trust| if has_tables { word(trust) } else { "unable" };
        let areas = standing.areas.iter();
        let areas = areas.map(|area| (area.place.to_string(), word(area.trust).to_owned()));
        Self {
            screen: seat.screen.as_ref().into(),
            card: u32::try_from(seat.number + 1).unwrap_or(u32::MAX),
            model: seat.settings.model.name.to_owned(),
            line: seat.way.line().as_ref().into(),
            baud: seat.settings.baud,
            number: Some(seat.settings.number).filter(|number| *number != crate::controller::onbon::ANY),
            connected: standing.is_connected,
            answers: standing.answers,
            answered: standing.last_answer.map(|last| now.since(last).as_secs_f64()),
            told,
            light: word(standing.light).to_owned(),
            lit: standing.is_lit,
            clock: word(standing.clock).to_owned(),
            ahead: standing.clock_ahead,
            brightness: table(standing.brightness).to_owned(),
            level: standing.level,
            hours: table(standing.hours).to_owned(),
            fallback: word(standing.fallback).to_owned(),
            areas: areas.collect(),
            writes: standing.writes_today,
            reasserted: standing.reasserted,
            requests: (standing.requests, standing.unanswered),
            problems: seat.told.iter().map(in_words).collect(),
        }
    }
}

fn in_words(problem: &Diagnostic) -> (String, String) {
    let (message, help) = (&problem.message, &problem.help);
    (
        format!("{}；{}", message.zh, help.zh),
        format!("{}; {}", message.en, help.en),
    )
}

const fn word(trust: Trust) -> &'static str {
    match trust {
        Trust::Unsent => "unsent",
        Trust::Refused => "refused",
        Trust::Sent => "sent",
        Trust::Verified => "verified",
        Trust::Unwanted => "unwanted",
    }
}
