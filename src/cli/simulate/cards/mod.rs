//! `yingbi simulate --listen onbon…`: virtual cards that play what they are told.
//!
//! ```text
//! TCP or pseudo-terminal -> VirtualCard -> terminal (the first card), Hub -> page, PNG files
//! ```

mod notes;
mod setup;

use std::{
    io::Write,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

pub use setup::WantedCards;
pub(super) use setup::on_one_line;

use super::{PATIENCE, Place, SimulateError, Viewers, background::Background, notes::Voice, role::ONBON};
use crate::{
    controller::onbon::receiver::Build,
    diagnostic::Language,
    frame::Frame,
    simulator::{
        Hub, Shown, VirtualCard,
        card::{CardFaults, Noise, Traffic},
        terminal::Room,
    },
};
use notes::Notes;

/// How long the power fails when somebody asks for it.
const OUTAGE: Duration = Duration::from_secs(3);

/// What `yingbi simulate` is asked to do as cards.
#[derive(Clone, Debug)]
pub struct CardOptions {
    /// Where.
    pub place: Place,
    /// The cards; at least one, and one at most over TCP.
    pub cards: Vec<Build>,
    /// Bits a second of their line.
    pub baud: u32,
    /// What goes wrong.
    pub faults: CardFaults,
    /// The seed of chance.
    pub seed: u64,
    /// Shows the picture of the first in the terminal, whose room this function tells at any time.
    pub terminal: Option<fn() -> Room>,
    /// Shows the pictures on a page at this address.
    pub view: Option<SocketAddr>,
    /// Writes each new picture into this folder; of several cards, into a folder there for each.
    pub record: Option<PathBuf>,
    /// The language of notes.
    pub language: Language,
}

/// Plays until the process is asked to end (SIGINT or SIGTERM). At each SIGUSR1 the power fails for three seconds.
///
/// # Errors
/// As for [`super::run`].
pub fn run(options: &CardOptions, out: &mut dyn Write, notes: &mut dyn Write) -> Result<Traffic, SimulateError> {
    let stop = Arc::new(AtomicBool::new(false));
    let hub = Arc::new(Hub::default());
    let cycle = Arc::new(AtomicBool::new(false));
    let background = Background::start(options.view, &hub, &stop, Some(&cycle))?;
    let traffic = watch(options, &hub, (&stop, &cycle), out, notes);
    background.end();
    traffic
}

/// Plays, on `hub` too, until `stop`; whenever `cycle` is set, the power of all cards fails for three seconds.
///
/// # Errors
/// As for [`run`].
pub fn watch(
    options: &CardOptions,
    hub: &Hub,
    (stop, cycle): (&AtomicBool, &AtomicBool),
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> Result<Traffic, SimulateError> {
    let cards = open(options)?;
    let mut notes = Notes::new(options, Voice::new(options.language, notes));
    notes.listening(options, &cards)?;
    let mut viewers = viewers(options, hub, out)?;
    let mut seen = vec![(0, 0); cards.len()];
    let mut dark = None;
    while !stop.load(Ordering::Relaxed) {
        cards.newer(seen[0].0, PATIENCE);
        if cycle.swap(false, Ordering::Relaxed) && dark.is_none() {
            (0..cards.len()).for_each(|card| cards.power_cut(card));
            dark = Some(Instant::now());
            notes.power(false)?;
        }
        if dark.take_if(|since: &mut Instant| since.elapsed() >= OUTAGE).is_some() {
            (0..cards.len()).for_each(|card| cards.power_back(card));
            notes.power(true)?;
        }
        for (card, viewer) in viewers.iter_mut().enumerate() {
            let (shown, brightness) = (cards.newest(card), cards.brightness(card));
            if std::mem::replace(&mut seen[card], (shown.number, brightness)) != (shown.number, brightness) {
                viewer.show(&dimmed(shown, brightness), &mut notes.voice)?;
            }
            notes.refusal(card, cards.refusal(card), hub, options.terminal.is_none())?;
        }
    }
    drop(viewers);
    notes.farewell(&cards.traffic())?;
    Ok(cards.traffic())
}

fn open(options: &CardOptions) -> Result<VirtualCard, SimulateError> {
    let mischief = &options.faults.mischief;
    let mut builds = options.cards.iter().map(|build| (build.clone(), mischief.clone()));
    let cards = match &options.place {
        Place::Tcp(address) => {
            let (build, mischief) = builds.next().ok_or(SimulateError::NoModel)?;
            VirtualCard::tcp(*address, build, mischief)?
        }
        Place::Pty(link) => VirtualCard::pty(options.baud, builds, link.as_deref())?,
    };
    let seed = options.seed;
    cards.set_noise(Noise {
        seed,
        ..options.faults.noise
    });
    Ok(cards)
}

/// Whoever looks at each card.
fn viewers<'a>(options: &CardOptions, hub: &'a Hub, out: &'a mut dyn Write) -> Result<Vec<Viewers<'a>>, SimulateError> {
    let is_alone = options.cards.len() == 1;
    let mut out = Some(out);
    let mut viewers = Vec::new();
    for build in &options.cards {
        let name = if is_alone {
            ONBON.to_owned()
        } else {
            format!("{ONBON}-{}", build.number)
        };
        let record = options.record.clone();
        let folder = record.map(|folder| if is_alone { folder } else { folder.join(&name) });
        let terminal = options.terminal.and_then(|room| Some((out.take()?, room)));
        viewers.push(Viewers::new(name.into(), hub, terminal, folder.as_deref())?);
    }
    Ok(viewers)
}

/// What is seen of LEDs at a brightness of 0 to 15.
fn dimmed(shown: Shown, brightness: u8) -> Shown {
    if brightness >= 15 {
        return shown;
    }
    let dim = |channel: &u8| (u16::from(*channel) * (u16::from(brightness) + 1) / 16) as u8;
    let bytes = shown.frame.bytes().iter().map(dim).collect();
    match Frame::from_bytes(shown.frame.size(), bytes) {
        Some(frame) => Shown {
            frame: Arc::new(frame),
            ..shown
        },
        None => shown,
    }
}
