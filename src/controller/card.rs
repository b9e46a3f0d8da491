//! What a card shows. A card is a controller that keeps pages and plays them by itself: it is told what to show, and not fifty times a
//! second.
//!
//! A [`Sheet`] is all that one card ought to show and to know at one instant. It is a value: who makes it (`wall`) knows no protocol, and
//! who sends it (a session such as [`super::onbon`]) knows no programme. A session compares each sheet with what the card has, and sends
//! what differs.

use std::{num::NonZeroU16, sync::Arc, time::Duration};

use jiff::civil::{DateTime, Time};

use crate::{
    frame::Frame,
    units::{Area, Digest, Level, Size},
};

/// Half hours of a civil day.
pub const HALF_HOURS: usize = 48;

/// All that one card ought to show and to know at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The civil time of the instant at which it is shown, in the site's zone.
    pub civil: DateTime,
    /// Whether the LEDs are lit.
    pub is_lit: bool,
    /// What the card keeps for the civil day, so that it goes on as we would when we are gone.
    pub day: Arc<CardDay>,
    /// What is shown, each in a place of its own: no two overlap. What no area covers is dark.
    pub areas: Vec<CardArea>,
    /// What the card shows by itself after its power came back, until it hears of us: the whole of its LEDs. `None` leaves what it has.
    pub fallback: Option<Arc<Frame>>,
    /// How bright it is whatever the day's table says, while a panel test asks for that.
    pub test: Option<Level>,
}

/// What a card keeps for one civil day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardDay {
    /// How bright it is in each half hour from 00:00 on.
    pub levels: [Level; HALF_HOURS],
    /// When the LEDs are lit: from, until; 24:00 is written as 00:00. In order, none overlapping; empty where they are dark all day.
    pub lit: Vec<(Time, Time)>,
}

/// One part of a card's LEDs, and what is shown there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardArea {
    /// Its place on the card, from the card's own top left.
    pub place: Area,
    /// Its pages; at least one.
    pub pages: Arc<[CardPage]>,
    /// Who turns them.
    pub course: Course,
}

/// Who turns the pages of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// We do: each is sent at its boundary, so there is one, and it stays until the next sheet. Of a page that runs there are three: its
    /// first screenful, what follows, and its last screenful, which stays.
    Pushed,
    /// The card does, in turn and without end, since the wire is too slow for us to.
    Looped {
        /// How long one round takes: all pages with their entrances and stays.
        round: Duration,
        /// How long ago this round began, at the sheet's instant: less than `round`. The card is set right at the beginning of a round.
        elapsed: Duration,
    },
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardPage {
    /// What is seen.
    pub look: Look,
    /// How it comes in.
    pub entrance: Entrance,
    /// How long it stays, once it has come in; for [`Entrance::Running`] nothing, or how long it runs where other pages stand beside it. A page that was pushed stays until the next sheet,
    /// whatever this says; it is [`CardPage::PUSHED`] then.
    pub stay: Duration,
    /// Of look, entrance and stay: pages of one digest are one page.
    pub digest: Digest,
}

impl CardPage {
    /// The stay of a page that stays until the next sheet: the same for all, so that one that comes back is the same page.
    pub const PUSHED: Duration = Duration::from_secs(600);

    /// The page of that look, with its digest.
    pub fn new(look: Look, entrance: Entrance, stay: Duration) -> Self {
        let seen = match &look {
            Look::Dots(frame) => frame.digest(),
            Look::Words(words) => Digest::of_parts([&b"words"[..], words.as_bytes()]),
        };
        let (kind, speed) = match entrance {
            Entrance::Cut => (0, 0),
            Entrance::FromRight(speed) => (1, speed.get()),
            Entrance::FromBelow(speed) => (2, speed.get()),
            Entrance::Running(speed) => (3, speed.get()),
        };
        let stay_bytes = stay.as_nanos().to_le_bytes();
        let speed = speed.to_le_bytes();
        let digest = Digest::of_parts([&seen.bytes()[..], &[kind], &speed, &stay_bytes]);
        Self {
            look,
            entrance,
            stay,
            digest,
        }
    }
}

/// What is seen of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// LEDs, of the size of the area; a strip that runs is as wide as it is long. The LEDs of it are already colours that the screen has.
    Dots(Arc<Frame>),
    /// Words, which a card with fonts of its own sets by itself. Of characters that it has, and lines parted by `\n`.
    Words(Arc<str>),
}

/// How a page comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entrance {
    /// At once.
    Cut,
    /// It pushes the one before to the left, so many LEDs a second.
    FromRight(NonZeroU16),
    /// It pushes the one before up, so many LEDs a second.
    FromBelow(NonZeroU16),
    /// It runs to the left, so many LEDs a second. Where all pages of the area do they are one strip without end; beside other pages it
    /// follows upon the one before without a gap, column by column, until its own last one is seen.
    Running(NonZeroU16),
}

impl Entrance {
    /// How long a page of `size` takes to come in. Of what runs, nothing comes in.
    pub fn takes(self, size: Size) -> Duration {
        let way = |leds: u32, speed: NonZeroU16| {
            let nanoseconds = u64::from(leds) * 1_000_000_000 / u64::from(speed.get());
            Duration::from_nanos(nanoseconds)
        };
        match self {
            Self::Cut | Self::Running(_) => Duration::ZERO,
            Self::FromRight(speed) => way(size.width, speed),
            Self::FromBelow(speed) => way(size.height, speed),
        }
    }
}

/// What a card's LEDs can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardColour {
    /// One colour, whichever it is: lit or dark.
    Single,
    /// Red and green, lit or dark each.
    Dual,
    /// Full colour.
    Full,
}

impl CardColour {
    /// The word for it that programs read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Dual => "dual",
            Self::Full => "full",
        }
    }

    /// Its name, in Chinese and English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Single => ("单色", "one colour"),
            Self::Dual => ("双色", "red and green"),
            Self::Full => ("全彩", "full colour"),
        }
    }
}

/// What whoever makes sheets must know of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Abilities {
    /// How many areas it has at a time; at least one.
    pub areas: usize,
    /// How many bytes of pages it holds in all areas.
    pub memory: usize,
    /// The most pages of one area.
    pub pages: usize,
    /// Whether it takes words rather than LEDs.
    pub takes_words: bool,
    /// The largest picture of its LEDs that one area holds: all of them, but for cards of little memory.
    pub most: Size,
}
