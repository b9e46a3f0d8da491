//! `site.toml`: the building, its screens, zones, outputs and columns.
//!
//! Bytes in, a [`Site`] and diagnostics out. Nothing half-filled leaves this room: a site is whole and consistent (every zone on
//! its screen, every identity once), or it is refused with all of its problems at once.

mod card;
mod depth;
mod dimming;
mod fault;
mod leds;
mod lifetime;
mod output;
mod quota;
mod read;
mod table;

use std::{num::NonZeroU16, sync::Arc, time::Duration};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use jiff::tz::TimeZone;

pub use dimming::{Because, Dim, Dimming, HALF_HOURS, Night};
pub use leds::Leds;
pub use output::Load;
pub use table::SITE;

use crate::{
    calendar::When,
    controller::{self, Universes, artnet, card::CardColour, onbon, sacn},
    document::{self, Parsed},
    panel::{self, Dither},
    text::Rules,
    units::{Area, Level, Motion, Rate, Share, Size},
};

/// All of `site.toml`.
#[derive(Clone, Debug)]
pub struct Site {
    /// The building's short name, as the header shows it: 示例省国资委.
    pub title: Arc<str>,
    /// The zone of every civil time in the site's files.
    pub timezone: TimeZone,
    /// The screens, in the order written; at least one.
    pub screens: Vec<Screen>,
    /// Where the whole of a text is that is cut, unless its column says so.
    pub full_text: Option<Arc<str>>,
    /// What lines may not begin or end with.
    pub rules: Rules,
    /// The columns 栏目, in the order written.
    pub columns: Vec<Column>,
    /// Whom to call.
    pub contact: Contact,
    /// Whether the daemon tells the clerk how things stand, in a folder of the site's.
    pub has_feedback: bool,
    /// The most bytes that what was made of videos takes.
    pub clip_space: u64,
}

/// Whom to call when the wall is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// An office or a role.
    pub name: Option<Arc<str>>,
    /// A telephone number, as dialled.
    pub phone: Option<Arc<str>>,
}

/// One screen.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Identity, unique in the site.
    pub id: Arc<str>,
    /// A name for people.
    pub title: Arc<str>,
    /// Width and height in LEDs.
    pub size: Size,
    /// What its LEDs can show.
    pub colour: Colour,
    /// How many bits its LEDs take a channel.
    pub depth: Depth,
    /// How pictures become lit and dark LEDs where those take one bit.
    pub dither: Dither,
    /// How bright it shines.
    pub dimming: Dimming,
    /// Ticks a second.
    pub rate: Rate,
    /// Distance between LEDs in micrometres, where known.
    pub pitch: Option<u32>,
    /// When it is lit; always, where none is written.
    pub lit: Vec<When>,
    /// Its zones, in the order written; at least one. Higher layers lie above lower ones.
    pub zones: Vec<Zone>,
    /// Where its picture goes, besides the simulator.
    pub outputs: Vec<Output>,
    /// The cards that play its pages by themselves, in the order written.
    pub cards: Vec<Card>,
}

/// What the LEDs of a screen can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Red LEDs only.
    Red,
    /// Green LEDs only.
    Green,
    /// Amber LEDs only.
    Amber,
    /// Red and green LEDs: red, green, amber.
    RedGreen,
    /// Full colour.
    Full,
}

/// How many bits the LEDs of a screen take a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Depth {
    /// Lit or dark.
    OneBit,
    /// 256 steps.
    #[default]
    EightBits,
}

/// A part of a screen with a track of its own.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Identity, unique on its screen.
    pub id: Arc<str>,
    /// Its place on the screen.
    pub area: Area,
    /// Its layer; zones of one layer do not overlap.
    pub layer: i32,
    /// How it shows what plays.
    pub kind: ZoneKind,
    /// How fast what runs in it runs: a ticker, or a text too long to stand still.
    pub motion: Motion,
    /// The scene that sets its items, unless the item or the column names one.
    pub scene: Option<Arc<str>>,
}

/// How a zone shows what plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ZoneKind {
    /// One page after the other.
    Pages,
    /// All items of the loop as one joined strip that scrolls.
    Ticker,
    /// One thing that changes by itself, as a clock does.
    Live,
}

/// A column 栏目: a folder under `items/`, of the name of its identity or title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Identity: the folder's name.
    pub id: Arc<str>,
    /// Its title on the wall; the identity unless written.
    pub title: Arc<str>,
    /// The column above it.
    pub parent: Option<Arc<str>>,
    /// The scene that sets its items, unless the item names one.
    pub scene: Option<Arc<str>>,
    /// At least so much of any hour is its own and that of the columns below it, while they have items.
    pub least: Share,
    /// At most so much of any hour.
    pub most: Share,
    /// How often any one item of it and of the columns below it comes in any hour at most, 1 to 360.
    pub repeats: Option<u16>,
    /// The most pages that an item takes, 1 to 999; where none is written, the column above it says.
    pub pages: Option<u16>,
    /// Where the whole of a text is that is cut; where none is written, the column above it says.
    pub full_text: Option<Arc<str>>,
    /// How long its items stay, where they do not say so themselves; the parent's unless written: see [`Site::lifetime`].
    pub lifetime: Option<Lifetime>,
    /// Off on solemn days, with all columns below it.
    pub is_festive: bool,
}

/// How long what a column publishes stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lifetime {
    /// To 24:00 of that many days after the day of publication.
    Days(u16),
    /// To the end of that day's lit hours.
    Day,
    /// To the end of the holiday.
    Holiday,
    /// Until somebody takes it down.
    Forever,
}

impl Lifetime {
    /// What columns have where none is written.
    pub const USUAL: Self = Self::Days(30);
}

/// One wire to one controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The protocol of the controller.
    pub protocol: Protocol,
    /// Host and port, as written: `192.0.2.10:4048` or `wall.example:4048`; `None` where the protocol knows where to send: sACN to its
    /// multicast groups, Art-Net to the nodes that answer.
    pub address: Option<Arc<str>>,
    /// The part of the screen that it lights, and how.
    pub panel: panel::Spec,
    /// Its brightness, in percent of what the screen has at the time.
    pub brightness: Level,
    /// How datagrams leave this machine.
    pub route: Route,
}

/// A card: a controller that keeps pages and plays them by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is.
    pub model: &'static onbon::Model,
    /// The way to it.
    pub way: CardWay,
    /// Its address, among the cards of one line: 1 to 65,533; [`onbon::ANY`] for a card that is alone.
    pub number: u16,
    /// The part of the screen that it lights.
    pub region: Area,
    /// Its brightness, in percent of what the screen has at the time.
    pub brightness: Level,
}

/// The way to a card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CardWay {
    /// A TCP connection, to host and port as written.
    Tcp {
        /// `192.0.2.10:5005` or `card.example:5005`.
        address: Arc<str>,
    },
    /// A serial port of this machine. Cards of one RS-485 line have the same one.
    Serial {
        /// Its device, best by a name that stays: `/dev/yingbi/by-path/…`.
        port: Arc<str>,
        /// Bits a second.
        baud: u32,
        /// How long the line is left alone between what the card says and what we say: what RS-485 needs to turn round.
        turnaround: Duration,
    },
}

impl Card {
    /// Whether `other` may be the very same card: on one line, under one number, or alone there.
    pub fn may_be(&self, other: &Self) -> bool {
        let is_alone = self.number == onbon::ANY || other.number == onbon::ANY;
        self.way.line() == other.way.line() && (is_alone || self.number == other.number)
    }
}

impl CardWay {
    /// The speeds that serial ports of PCs and adapters have and cards are set to, in bits a second.
    pub const SPEEDS: [u32; 10] = [
        1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800,
    ];

    /// Bits a second of a serial line of which nothing else is written.
    pub const BAUD: u32 = 57_600;

    /// How long a serial line is left alone before we speak, where nothing else is written.
    pub const TURNAROUND: Duration = Duration::from_millis(5);

    /// What its line is known by: the address, or the device. Cards of one line share it.
    pub const fn line(&self) -> &Arc<str> {
        match self {
            Self::Tcp { address } => address,
            Self::Serial { port, .. } => port,
        }
    }

    /// How long its line is left alone before we speak; no time on a network.
    pub const fn turnaround(&self) -> Duration {
        match self {
            Self::Tcp { .. } => Duration::ZERO,
            Self::Serial { turnaround, .. } => *turnaround,
        }
    }

    /// The bits a second of its line; `None` for a network, which is faster than any card.
    pub const fn baud(&self) -> Option<u32> {
        match self {
            Self::Tcp { .. } => None,
            Self::Serial { baud, .. } => Some(*baud),
        }
    }
}

/// The protocols that controllers speak, and what each needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Distributed Display Protocol over UDP.
    Ddp,
    /// Streaming ACN, ANSI E1.31.
    Sacn(sacn::Settings),
    /// Art-Net 4.
    ArtNet(artnet::Settings),
}

/// How datagrams leave this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The interface by which multicast and broadcast leave: its name, as `eth1`, or its address; `None` leaves it to the system.
    pub interface: Option<Arc<str>>,
    /// How many routers multicast may pass, plus one.
    pub ttl: u8,
    /// Batches for receivers with small buffers; `None` sends a picture as fast as the wire goes.
    pub pacing: Option<Pacing>,
    /// The largest IP packet that the way carries, in bytes.
    pub mtu: u16,
    /// What the slowest cable on the way carries, in megabits a second.
    pub megabits: u32,
    /// The most pictures a second that the controller takes; `None` for as many as the screen has.
    pub most: Option<Rate>,
}

/// Batches for receivers with small buffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pacing {
    /// How many datagrams may follow each other at once.
    pub packets: NonZeroU16,
    /// How long it is from the start of one batch to the start of the next.
    pub gap: Duration,
}

impl Protocol {
    /// Which one it is.
    pub const fn kind(self) -> controller::Protocol {
        match self {
            Self::Ddp => controller::Protocol::Ddp,
            Self::Sacn(_) => controller::Protocol::Sacn,
            Self::ArtNet(_) => controller::Protocol::ArtNet,
        }
    }

    /// The universes that carry a picture; `None` where it has none.
    pub const fn universes(self) -> Option<Universes> {
        match self {
            Self::Ddp => None,
            Self::Sacn(settings) => Some(settings.universes),
            Self::ArtNet(settings) => Some(settings.universes),
        }
    }
}

/// Reads the bytes of `file`, the site's `site.toml`.
pub fn parse(file: &str, bytes: &[u8]) -> Parsed<Site> {
    document::read(file, bytes, &SITE, read::site)
}

impl Output {
    /// Whether `next` lights all that this output lights, over the same way: its controller need not know that it is another one.
    pub fn goes_on_as(&self, next: &Self) -> bool {
        self.protocol == next.protocol
            && self.address == next.address
            && self.route.interface == next.route.interface
            && self.panel.bytes() <= next.panel.bytes()
    }
}

impl Default for Route {
    fn default() -> Self {
        Self {
            interface: None,
            ttl: 1,
            pacing: None,
            mtu: 1500,
            megabits: 1000,
            most: None,
        }
    }
}

impl Column {
    /// A column of nothing but its names.
    pub const fn plain(id: Arc<str>, title: Arc<str>) -> Self {
        Self {
            id,
            title,
            parent: None,
            scene: None,
            least: Share::NONE,
            most: Share::WHOLE,
            repeats: None,
            pages: None,
            full_text: None,
            lifetime: None,
            is_festive: false,
        }
    }
}

impl Site {
    /// The column of that identity, else the first of that title.
    pub fn column_named(&self, name: &str) -> Option<&Column> {
        let titled = || self.columns.iter().find(|column| &*column.title == name);
        self.column(name).or_else(titled)
    }

    /// The column of that identity.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.id == id)
    }

    /// The column of that identity, then those above it, the nearest first.
    pub fn lineage<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Column> {
        let above = |column: &&'a Column| self.column(column.parent.as_deref()?);
        std::iter::successors(self.column(id), above)
    }

    /// How long items of the column stay: as it says itself, or the next above it that does.
    pub fn lifetime(&self, column: &str) -> Lifetime {
        let written = self.lineage(column).find_map(|column| column.lifetime);
        written.unwrap_or(Lifetime::USUAL)
    }

    /// Whether the column, or one above it, is off on solemn days.
    pub fn is_festive(&self, column: &str) -> bool {
        self.lineage(column).any(|column| column.is_festive)
    }

    /// The screen of that identity.
    pub fn screen(&self, id: &str) -> Option<&Screen> {
        self.screens.iter().find(|screen| &*screen.id == id)
    }
}

impl Colour {
    /// Its word in `site.toml`.
    pub(in crate::site) const fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::RedGreen => "red+green",
            Self::Full => "full",
        }
    }

    /// What a card must be able to light for these LEDs.
    pub const fn of_card(self) -> CardColour {
        match self {
            Self::Red | Self::Green | Self::Amber => CardColour::Single,
            Self::RedGreen => CardColour::Dual,
            Self::Full => CardColour::Full,
        }
    }

    /// The nearest thing to `colour` that these LEDs can show: its brightest channel decides how bright, and whatever is lit stays
    /// lit. Amber is the colour of amber LEDs, or red and green together where there are both.
    pub fn nearest(self, colour: Rgb888) -> Rgb888 {
        let (red, green) = (colour.r(), colour.g());
        let level = red.max(green).max(colour.b());
        match self {
            Self::Red => Rgb888::new(level, 0, 0),
            Self::Green => Rgb888::new(0, level, 0),
            // 255 : 160 as in the named colour; the product stays below 255 * 160.
            Self::Amber => Rgb888::new(level, (u16::from(level) * 160 / 255) as u8, 0),
            Self::RedGreen if red / 2 >= green && red >= colour.b() => Rgb888::new(level, 0, 0),
            Self::RedGreen if green / 2 >= red && green >= colour.b() => Rgb888::new(0, level, 0),
            Self::RedGreen => Rgb888::new(level, level, 0),
            Self::Full => colour,
        }
    }
}
