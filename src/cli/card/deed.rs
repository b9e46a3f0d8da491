//! What is asked of a card or done to it.

use jiff::{Timestamp, Unit, civil::DateTime, tz::TimeZone};

use super::{
    error::CardError,
    talk::{Met, Talk},
};
use crate::{
    controller::{
        card::HALF_HOURS,
        onbon::{
            message::{
                Brightness, Clock, Directory, DirectoryEntry, DirectorySize, ErrorCode, FontRequest, MessageError,
                Request, Status, Volume,
            },
            session::Thing,
        },
    },
    daemon::CardOrder,
    units::Level,
};

/// What is asked of a card or done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Status,
    Clock,
    Brightness(Level),
    On,
    Off,
    Files,
    Erase,
}

/// What came of it.
#[derive(Clone, Debug)]
pub(super) struct Report {
    /// Who it is.
    pub(super) met: Met,
    /// How it is; `None` where it does not say.
    pub(super) status: Option<Status>,
    /// By how many seconds its clock is ahead of ours.
    pub(super) ahead: Option<i64>,
    /// Room in its flash; `None` where it does not say, or was not asked.
    pub(super) volume: Option<Volume>,
    /// Its files, where they were asked for.
    pub(super) files: Option<Vec<DirectoryEntry>>,
    /// Whether what was ordered is so by what it says afterwards; `None` where it says nothing of it.
    pub(super) verified: Option<bool>,
}

/// The most blocks of a directory: far more than a card has files.
const BLOCKS: usize = 200;

/// The step of a card for that brightness, 0 to 15: a card that is lit is lit at the lowest of 16 steps at least.
fn step(level: Level) -> u8 {
    (u16::from(level.percent()) * 16).div_ceil(100).saturating_sub(1) as u8
}

impl Deed {
    /// What a daemon would be ordered for it; `None` where it is asked only.
    pub(super) const fn order(self) -> Option<CardOrder> {
        Some(match self {
            Self::Status | Self::Files => return None,
            Self::Clock => CardOrder::Clock,
            Self::Brightness(level) => CardOrder::Brightness(level.percent()),
            Self::On => CardOrder::On,
            Self::Off => CardOrder::Off,
            Self::Erase => CardOrder::Erase,
        })
    }

    /// Does it to the card, whose clock is to be that of `zone`.
    pub(super) fn perform(self, talk: &mut Talk, met: Met, zone: &TimeZone) -> Result<Report, CardError> {
        if met.model.family.takes_words() {
            return self.perform_font(talk, met, zone);
        }
        for (thing, request) in self.requests(zone) {
            let refused = |code| CardError::Refused { thing, code };
            talk.request(&met, thing, &request)?.map_err(refused)?;
        }
        let files = match self {
            Self::Files => Some(files(talk, &met)?),
            _ => None,
        };
        let status = ask(talk, &met, Thing::Status, &Request::Status, Status::parse)?;
        let is_about_files = matches!(self, Self::Status | Self::Files | Self::Erase);
        let volume = match is_about_files {
            true => ask(talk, &met, Thing::Files, &Request::Volume, Volume::parse)?,
            false => None,
        };
        let now = civil(zone);
        let ahead = status
            .as_ref()
            .and_then(|status| status.clock?.civil())
            .map(|shown| apart(shown, now));
        Ok(Report {
            verified: self.is_so(status.as_ref(), ahead),
            met,
            status,
            ahead,
            volume,
            files,
        })
    }

    /// What is sent for it.
    fn requests(self, zone: &TimeZone) -> Vec<(Thing, Request<'static>)> {
        match self {
            Self::Status | Self::Files => Vec::new(),
            Self::Clock => vec![(Thing::Clock, Request::SetClock(clock(zone)))],
            Self::Brightness(level) => {
                let same = Brightness::Manual([step(level); HALF_HOURS]);
                vec![(Thing::Brightness, Request::SetBrightness(same))]
            }
            Self::On | Self::Off => {
                let is_on = self == Self::On;
                vec![(Thing::Light, Request::Switch { is_on })]
            }
            Self::Erase => vec![(Thing::Areas, Request::DeleteAllAreas), (Thing::Files, Request::Format)],
        }
    }

    /// Whether it is so, by what the card says afterwards.
    fn is_so(self, status: Option<&Status>, ahead: Option<i64>) -> Option<bool> {
        let status = status?;
        match self {
            Self::Status | Self::Files => None,
            Self::Clock => Some(ahead.is_some_and(|ahead| ahead.abs() <= 1)),
            Self::Brightness(level) => Some(status.brightness == step(level)),
            Self::On => Some(status.is_on),
            Self::Off => Some(!status.is_on),
            Self::Erase => Some(status.programs == 0),
        }
    }

    /// The same to a card with fonts, which says nothing of itself that is known.
    fn perform_font(self, talk: &mut Talk, met: Met, zone: &TimeZone) -> Result<Report, CardError> {
        let (thing, request) = match self {
            Self::Status => (Thing::Status, FontRequest::Status),
            Self::Clock => (Thing::Clock, FontRequest::SetClock(clock(zone))),
            Self::On => (Thing::Light, FontRequest::Switch { is_on: true }),
            Self::Off => (Thing::Light, FontRequest::Switch { is_on: false }),
            Self::Erase => (Thing::Areas, FontRequest::Clear),
            Self::Brightness(_) => {
                return Err(CardError::Unable {
                    thing: Thing::Brightness,
                });
            }
            Self::Files => return Err(CardError::Unable { thing: Thing::Files }),
        };
        let answer = talk.font_request(thing, &request)?;
        if self != Self::Status {
            answer.map_err(|code| CardError::Refused { thing, code })?;
        }
        Ok(Report {
            met,
            status: None,
            ahead: None,
            volume: None,
            files: None,
            verified: None,
        })
    }
}

/// What the card says; `None` where it refuses to.
fn ask<T>(
    talk: &mut Talk,
    met: &Met,
    thing: Thing,
    request: &Request<'_>,
    parse: fn(&[u8]) -> Result<T, MessageError>,
) -> Result<Option<T>, CardError> {
    let answer = talk.request(met, thing, request)?;
    let parsed = answer.ok().map(|data| parse(&data)).transpose();
    parsed.map_err(|error| CardError::Unclear { thing, error })
}

/// The card's files.
fn files(talk: &mut Talk, met: &Met) -> Result<Vec<DirectoryEntry>, CardError> {
    let thing = Thing::Files;
    let refused = |code: ErrorCode| CardError::Refused { thing, code };
    let unclear = |error: MessageError| CardError::Unclear { thing, error };
    // What the vendor's software sends.
    let begin = Request::StartDirectory { kind: 0, size: 5 };
    let count = talk.request(met, thing, &begin)?.map_err(refused)?;
    let count = DirectorySize::parse(&count).map_err(unclear)?;
    let mut files: Vec<DirectoryEntry> = Vec::new();
    for _ in 0..BLOCKS {
        if files.len() >= usize::from(count.files) {
            break;
        }
        let offset = u16::try_from(files.len()).unwrap_or(u16::MAX);
        let block = talk
            .request(met, thing, &Request::DirectoryBlock { offset })?
            .map_err(refused)?;
        let block = Directory::parse(&block).map_err(unclear)?;
        let is_end = block.is_last || block.entries.is_empty();
        files.extend(block.entries);
        if is_end {
            break;
        }
    }
    Ok(files)
}

/// What its clock is told: the nearest second, since it begins a new one when it is told.
fn clock(zone: &TimeZone) -> Clock {
    let nearest = civil(zone).round(Unit::Second);
    Clock::at(nearest.unwrap_or_else(|_| civil(zone)))
}

/// What a clock on the wall shows now.
fn civil(zone: &TimeZone) -> DateTime {
    Timestamp::now().to_zoned(zone.clone()).datetime()
}

/// By how many seconds `shown` is ahead of `now`.
fn apart(shown: DateTime, now: DateTime) -> i64 {
    let since = shown.duration_since(now);
    // Cards count whole seconds: ours is in the middle of one.
    (since.as_secs_f64() + 0.5).round() as i64
}
