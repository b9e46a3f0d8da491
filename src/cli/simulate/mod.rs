//! `yingbi simulate`: a virtual controller that shows whatever is sent to it.
//!
//! ```text
//! network -> VirtualController -> terminal
//!                              -> Hub -> page
//!                              -> one PNG file for each new picture
//! ```
//!
//! Showing and recording take the newest picture; what they are too slow for they never see, and the controller waits for none of
//! them.

mod background;
pub mod cards;
mod error;
mod from_site;
mod listen;
mod notes;
mod record;
mod role;
mod setup;

use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use crate::controller::Protocol;
pub use error::SimulateError;
pub(super) use from_site::{cards as site_cards, output};
pub use listen::Listen;
pub use record::LIMIT as RECORD_LIMIT;
pub use role::{Place, Role};
pub use setup::Wanted;

use background::Background;
use notes::{Notes, Voice};
use record::Recorder;

use crate::{
    controller::Counts,
    diagnostic::{Bilingual, Language},
    simulator::{
        Hub, Shown, VirtualController,
        controller::Setup,
        terminal::{Room, Terminal},
    },
    units::Size,
};

/// How long to wait for a picture at most before looking whether to stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// What `yingbi simulate` is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen.
    pub address: SocketAddr,
    /// The interface by which sACN's multicast groups are joined; the system's choice unless named.
    pub interface: Option<Arc<str>>,
    /// What to be.
    pub setup: Setup,
    /// Shows the picture in the terminal, whose room this function tells at any time.
    pub terminal: Option<fn() -> Room>,
    /// Shows the picture on a page at this address.
    pub view: Option<SocketAddr>,
    /// Writes each new picture into this folder, [`RECORD_LIMIT`] at most.
    pub record: Option<PathBuf>,
    /// The language of notes.
    pub language: Language,
}

/// Shows what comes until the process is asked to end (SIGINT or SIGTERM). The picture in the terminal goes to `out`, all words go to
/// `notes`.
///
/// # Errors
/// A port is in use; the folder cannot be written; the output is gone.
pub fn run(options: &Options, out: &mut dyn Write, notes: &mut dyn Write) -> Result<Counts, SimulateError> {
    let stop = Arc::new(AtomicBool::new(false));
    let hub = Arc::new(Hub::default());
    let background = Background::start(options.view, &hub, &stop, None)?;
    let counts = watch(options, &hub, &stop, out, notes);
    background.end();
    counts
}

/// Shows what comes, on `hub` too, until `stop`.
///
/// # Errors
/// As for [`run`].
pub fn watch(
    options: &Options,
    hub: &Hub,
    stop: &AtomicBool,
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> Result<Counts, SimulateError> {
    let controller = VirtualController::listen(options.address, options.interface.as_ref(), options.setup.clone())?;
    let mut notes = Notes::new(options, notes);
    notes.listening(controller.address())?;
    let name = options.setup.kind.protocol().name().into();
    let terminal = options.terminal.map(|room| (out as &mut dyn Write, room));
    let mut viewers = Viewers::new(name, hub, terminal, options.record.as_deref())?;
    let mut seen = 0;
    while !stop.load(Ordering::Relaxed) {
        if let Some(shown) = controller.newer(seen, PATIENCE) {
            seen = shown.number;
            viewers.show(&shown, &mut notes.voice)?;
        }
        notes.refusal(controller.refusal(), hub, viewers.terminal.is_none())?;
    }
    drop(viewers);
    notes.farewell(&controller.counts(), &controller.mishaps())?;
    Ok(controller.counts())
}

/// Whoever looks.
struct Viewers<'a> {
    /// The controller's name on the page.
    name: Arc<str>,
    hub: &'a Hub,
    terminal: Option<Fitted<'a>>,
    recorder: Option<Recorder>,
}

/// Where a terminal's picture goes, and how to ask for its room.
type Window<'a> = (&'a mut dyn Write, fn() -> Room);

/// A terminal, and how to ask for its room.
struct Fitted<'a> {
    terminal: Terminal<&'a mut dyn Write>,
    room: fn() -> Room,
}

impl<'a> Viewers<'a> {
    fn new(
        name: Arc<str>,
        hub: &'a Hub,
        terminal: Option<Window<'a>>,
        record: Option<&Path>,
    ) -> Result<Self, SimulateError> {
        let fit = |(out, room)| Terminal::new(out).map(|terminal| Fitted { terminal, room });
        let terminal = terminal.map(fit).transpose().map_err(SimulateError::Write)?;
        let recorder = record.map(Recorder::new).transpose()?;
        Ok(Self {
            name,
            hub,
            terminal,
            recorder,
        })
    }

    fn show(&mut self, shown: &Shown, voice: &mut Voice<'_>) -> Result<(), SimulateError> {
        self.hub.show(&self.name, &shown.frame);
        if let Some(Fitted { terminal, room }) = &mut self.terminal {
            terminal.draw(&shown.frame, room()).map_err(SimulateError::Write)?;
        }
        let is_full = match &mut self.recorder {
            Some(recorder) => recorder.record(shown)?,
            None => false,
        };
        if is_full {
            self.recorder = None;
            voice.say(&Bilingual::new(
                format!("已记录 {RECORD_LIMIT} 幅画面，停止记录"),
                format!("{RECORD_LIMIT} pictures are recorded; no more will be"),
            ))?;
        }
        Ok(())
    }
}

/// A seed that is another one each time.
pub(super) fn any_seed() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos() as u64)
}

/// A size written `256x128`.
///
/// # Errors
/// It is not of that form, or a side is not from 1 to [`Size::LIMIT`].
pub fn size(text: &str) -> Result<Size, SimulateError> {
    let side = |digits: &str| digits.parse().ok().filter(|side| (1..=Size::LIMIT).contains(side));
    text.split_once(['x', 'X', '×', '*'])
        .and_then(|(width, height)| Some(Size::new(side(width)?, side(height)?)))
        .ok_or_else(|| SimulateError::Size { text: text.to_owned() })
}
