//! `yingbi simulate`: a virtual controller that shows whatever is sent to it.
//!
//! ```text
//! network -> VirtualDdp -> terminal
//!                       -> Hub -> page
//!                       -> one PNG file for each new picture
//! ```
//!
//! Showing and recording take the newest picture; what they are too slow for they never see, and the controller waits for none of
//! them.

mod background;
mod error;
mod record;

use std::{
    io::Write,
    net::SocketAddr,
    path::PathBuf,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use error::SimulateError;
pub use record::LIMIT as RECORD_LIMIT;

use background::Background;
use record::Recorder;

use crate::{
    controller::ddp::{Counts, Refusal, packet::PORT},
    diagnostic::{Bilingual, Diagnostic, Explain as _, Language},
    simulator::{
        Hub, Shown, VirtualDdp,
        terminal::{Room, Terminal},
    },
    units::Size,
};

/// How long to wait for a picture at most before looking whether to stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// What `yingbi simulate` is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// What to be, and where.
    pub listen: Listen,
    /// Width and height in LEDs.
    pub size: Size,
    /// Shows the picture in the terminal, whose room this function tells at any time.
    pub terminal: Option<fn() -> Room>,
    /// Shows the picture on a page at this address.
    pub view: Option<SocketAddr>,
    /// Writes each new picture into this folder, [`RECORD_LIMIT`] at most.
    pub record: Option<PathBuf>,
    /// The language of notes.
    pub language: Language,
}

/// A controller to be, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// A DDP display at a UDP address.
    Ddp(SocketAddr),
}

/// Shows what comes until the process is asked to end (SIGINT or SIGTERM). The picture in the terminal goes to `out`, all words go to
/// `notes`.
///
/// # Errors
/// A port is in use; the folder cannot be written; the output is gone.
pub fn run(options: &Options, out: &mut dyn Write, notes: &mut dyn Write) -> Result<Counts, SimulateError> {
    let stop = Arc::new(AtomicBool::new(false));
    let hub = Arc::new(Hub::default());
    let background = Background::start(options.view, &hub, &stop)?;
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
    let Listen::Ddp(address) = options.listen;
    let display = VirtualDdp::listen(address, options.size)?;
    let mut notes = Notes::new(options.language, notes);
    notes.say(&listening(display.address(), options))?;
    let mut viewers = Viewers::new(options, hub, out)?;
    let mut seen = 0;
    while !stop.load(Ordering::Relaxed) {
        if let Some(shown) = display.newer(seen, PATIENCE) {
            seen = shown.number;
            viewers.show(&shown, &mut notes)?;
        }
        notes.refusal(display.refusal(), hub, viewers.terminal.is_none())?;
    }
    drop(viewers);
    notes.say(&farewell(&display.counts()))?;
    Ok(display.counts())
}

/// Whoever looks.
struct Viewers<'a> {
    hub: &'a Hub,
    terminal: Option<Fitted<'a>>,
    recorder: Option<Recorder>,
}

/// A terminal, and how to ask for its room.
struct Fitted<'a> {
    terminal: Terminal<&'a mut dyn Write>,
    room: fn() -> Room,
}

impl<'a> Viewers<'a> {
    fn new(options: &Options, hub: &'a Hub, out: &'a mut dyn Write) -> Result<Self, SimulateError> {
        let fit = |room| Terminal::new(out).map(|terminal| Fitted { terminal, room });
        let terminal = options.terminal.map(fit).transpose().map_err(SimulateError::Write)?;
        let recorder = options
            .record
            .as_ref()
            .map(|folder| Recorder::new(folder))
            .transpose()?;
        Ok(Self {
            hub,
            terminal,
            recorder,
        })
    }

    fn show(&mut self, shown: &Shown, notes: &mut Notes<'_>) -> Result<(), SimulateError> {
        self.hub.show("ddp", &shown.frame);
        if let Some(Fitted { terminal, room }) = &mut self.terminal {
            terminal.draw(&shown.frame, room()).map_err(SimulateError::Write)?;
        }
        let is_full = match &mut self.recorder {
            Some(recorder) => recorder.record(shown)?,
            None => false,
        };
        if is_full {
            self.recorder = None;
            notes.say(&Bilingual::new(
                format!("已记录 {RECORD_LIMIT} 幅画面，停止记录"),
                format!("{RECORD_LIMIT} pictures are recorded; no more will be"),
            ))?;
        }
        Ok(())
    }
}

/// Words for whoever started it.
struct Notes<'a> {
    language: Language,
    out: &'a mut dyn Write,
    refusal: Option<Refusal>,
}

impl<'a> Notes<'a> {
    fn new(language: Language, out: &'a mut dyn Write) -> Self {
        Self {
            language,
            out,
            refusal: None,
        }
    }

    fn say(&mut self, words: &Bilingual) -> Result<(), SimulateError> {
        writeln!(self.out, "{}", words.get(self.language)).map_err(SimulateError::Write)
    }

    /// Tells of a refusal once, not for every datagram; on the page, and in words where they spoil no picture.
    fn refusal(&mut self, refusal: Option<Refusal>, hub: &Hub, in_words: bool) -> Result<(), SimulateError> {
        let Some(refusal) = refusal.filter(|refusal| Some(refusal) != self.refusal.as_ref()) else {
            return Ok(());
        };
        self.refusal = Some(refusal);
        hub.report(vec![Diagnostic::of_file("ddp".into(), &refusal)]);
        if !in_words {
            return Ok(());
        }
        let help = refusal.help();
        self.say(&Bilingual::new(
            format!("数据报未接收：{}；{}", refusal.chinese(), help.zh),
            format!("datagram not taken: {refusal}; {}", help.en),
        ))
    }
}

fn listening(address: SocketAddr, options: &Options) -> Bilingual {
    let size = options.size;
    let (zh, en) = match options.view {
        Some(view) => (format!("，网页 http://{view}/"), format!(", shown at http://{view}/")),
        None => Default::default(),
    };
    Bilingual::new(
        format!("{size} 点的 DDP 显示端，接收地址 {address}{zh}；按 Ctrl-C 结束"),
        format!("a DDP display of {size} LEDs listens on {address}{en}; Ctrl-C ends it"),
    )
}

fn farewell(counts: &Counts) -> Bilingual {
    let Counts {
        datagrams,
        pictures,
        partial,
        lost,
        malformed,
        refused,
    } = counts;
    Bilingual::new(
        format!(
            "数据报 {datagrams}，画面 {pictures}（不完整 {partial}），丢包 {lost}，格式有误 {malformed}，未接收 {refused}"
        ),
        format!(
            "{datagrams} datagrams, {pictures} pictures ({partial} partial), {lost} lost, {malformed} malformed, {refused} refused"
        ),
    )
}

impl FromStr for Listen {
    type Err = SimulateError;

    /// `ddp:127.0.0.1:4048`; without a port, DDP's own.
    fn from_str(text: &str) -> Result<Self, SimulateError> {
        let wrong = || SimulateError::Listen { text: text.to_owned() };
        let (protocol, address) = text.split_once(':').ok_or_else(wrong)?;
        if protocol != "ddp" {
            return Err(SimulateError::Protocol {
                found: protocol.to_owned(),
            });
        }
        let with_port = address.parse::<SocketAddr>();
        let without = || address.parse().map(|host| SocketAddr::new(host, PORT));
        with_port.or_else(|_| without()).map(Self::Ddp).map_err(|_| wrong())
    }
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
