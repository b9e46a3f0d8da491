//! How a card stands, as plain data: for `explain`, for `yingbi card status`, for the log.

use std::time::Duration;

use crate::{
    controller::card::CardColour,
    units::{Area, Moment, Size},
};

/// How a card stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether the link is there.
    pub is_connected: bool,
    /// Whether the card answers.
    pub answers: bool,
    /// When it last answered.
    pub last_answer: Option<Moment>,
    /// What it says of itself; `None` until it did.
    pub told: Option<Told>,
    /// Whether its LEDs are lit as they ought to be.
    pub light: Trust,
    /// Whether they are lit, as the card confirmed; `None` where that is not certain.
    pub is_lit: Option<bool>,
    /// Its clock.
    pub clock: Trust,
    /// By how much its clock was ahead of ours when it was last compared, in seconds.
    pub clock_ahead: Option<i64>,
    /// Its table of brightness.
    pub brightness: Trust,
    /// How bright the card says that it is, 0 to 15; `None` where it did not say since it was last told.
    pub level: Option<u8>,
    /// Its table of lit hours.
    pub hours: Trust,
    /// What it shows after a power cut.
    pub fallback: Trust,
    /// Its areas, in the order of the sheet.
    pub areas: Vec<AreaStanding>,
    /// How often its flash was written on this civil day.
    pub writes_today: u32,
    /// How often all was sent anew since the card rebooted, lost something, or was driven by another.
    pub reasserted: u64,
    /// Requests that were sent, repetitions among them.
    pub requests: u64,
    /// Requests that were not answered in time.
    pub unanswered: u64,
}

/// How far what was sent is known to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// It was not sent yet, or the card may have lost it.
    #[default]
    Unsent,
    /// The card refused it.
    Refused,
    /// The card confirmed that it took it; it cannot be read back. It is sent again at every refresh.
    Sent,
    /// It was read back, and is as it ought to be.
    Verified,
    /// The sheet asks for nothing of it.
    Unwanted,
}

/// How an area stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaStanding {
    /// Its number on the card.
    pub id: u8,
    /// Its place.
    pub place: Area,
    /// How far it is known to be there.
    pub trust: Trust,
    /// When it was last sent and confirmed.
    pub since: Option<Moment>,
    /// By how much the pages that the card turns are behind (or ahead of) the sheet's; `None` where we turn them.
    pub drift: Option<Duration>,
}

/// What a card says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its type, as it stands on the wire.
    pub wire: [u8; 2],
    /// The kind of that type, where it is known.
    pub name: Option<&'static str>,
    /// Its firmware.
    pub firmware: String,
    /// Its address.
    pub number: u16,
    /// Whether it knows its screen.
    pub has_parameters: bool,
    /// Its LEDs.
    pub size: Size,
    /// What they can show, where it says something that is known.
    pub colour: Option<CardColour>,
    /// The longest frame that it takes, in bytes, where it says so.
    pub frame_max: Option<usize>,
}
