//! The control socket: one line asks, one line answers.
//!
//! It is served by a thread of its own, and each connection by another, so that neither the page nor somebody who connects and says
//! nothing can hold a stop up. Only the daemon's own user (and root) can connect.

use std::{
    fs::{self, Permissions},
    io::{self, Read as _, Write as _},
    os::unix::{
        fs::PermissionsExt as _,
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use jiff::Timestamp;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::{
    super::{card::WantedCards, clock, problems::Origin, shared::Shared, testing::Wanted},
    DISK, HaltFault, Resumed,
    ask::{self, Answer, Asked, LONGEST, Line, SOCKET, VERSION},
    tidy,
};
use crate::{
    diagnostic::{Diagnostic, Explain as _},
    panel::Pattern,
    units::Level,
    wall::Stopped,
};

/// How often the thread looks whether the daemon ends.
const PERIOD: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 250_000_000,
};

/// How long a line may take, and an answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The most that are served at a time.
const MOST: usize = 16;

pub(super) fn start(shared: &Arc<Shared>, state: &Path) -> io::Result<()> {
    let places = ask::places(state, |name| std::env::var_os(name));
    let mut listeners = Vec::new();
    let mut fault = None;
    for place in places {
        match bind(&place) {
            Ok(listener) => listeners.push(listener),
            Err(error) => fault = Some(HaltFault::Deaf(error.to_string())),
        }
    }
    if let Some(fault) = fault.filter(|_| listeners.is_empty()) {
        let problem = Diagnostic::of_file(fault.file().into(), &fault);
        shared.problems.set(&Origin::Control, &[problem]);
        return Ok(());
    }
    let desk = Arc::new(Desk {
        shared: Arc::clone(shared),
        state: ask::plain(state),
        busy: AtomicUsize::new(0),
    });
    thread::Builder::new().name("control".into()).spawn(move || {
        while !desk.shared.is_ending() {
            listeners.iter().for_each(|listener| desk.accept(listener));
            let mut waiting: Vec<_> = listeners
                .iter()
                .map(|listener| PollFd::new(listener, PollFlags::IN))
                .collect();
            if poll(&mut waiting, Some(&PERIOD)).is_err() {
                thread::sleep(Duration::from_millis(50));
            }
        }
    })?;
    Ok(())
}

/// Listens in the folder `place`, for our own user alone. One that a daemon before has left there gives way: whoever has the state
/// folder's lock is the only one.
fn bind(place: &Path) -> io::Result<UnixListener> {
    let (draft, _folder) = ask::address(place, "control.new")?;
    let _ = fs::remove_file(&draft);
    let listener = UnixListener::bind(&draft)?;
    listener.set_nonblocking(true)?;
    fs::set_permissions(&draft, Permissions::from_mode(0o600))?;
    fs::rename(place.join("control.new"), place.join(SOCKET))?;
    Ok(listener)
}

/// The line that comes within [`PATIENCE`], however it dribbles in.
fn read_line(mut stream: &UnixStream) -> io::Result<Vec<u8>> {
    let deadline = clock::moment() + PATIENCE;
    let mut line = Vec::new();
    while !line.ends_with(b"\n") && line.len() < LONGEST as usize {
        let left = deadline.since(clock::moment()).max(Duration::from_millis(1));
        stream.set_read_timeout(Some(left))?;
        let mut bytes = [0; 512];
        let count = stream.read(&mut bytes)?;
        if count == 0 || deadline <= clock::moment() {
            break;
        }
        line.extend(&bytes[..count]);
    }
    Ok(line)
}

/// What the threads of all connections have at hand.
struct Desk {
    shared: Arc<Shared>,
    state: PathBuf,
    busy: AtomicUsize,
}

impl Desk {
    /// Serves whoever waits at `listener`. Where all hands are busy he is turned away.
    fn accept(self: &Arc<Self>, listener: &UnixListener) {
        while let Ok((stream, _)) = listener.accept() {
            if self.busy.fetch_add(1, Ordering::Relaxed) < MOST {
                let desk = Arc::clone(self);
                let serving = thread::Builder::new().name("control".into()).spawn(move || {
                    // Whoever has gone meanwhile asks again.
                    let _ = desk.serve(&stream);
                    desk.busy.fetch_sub(1, Ordering::Relaxed);
                });
                if serving.is_ok() {
                    continue;
                }
            }
            self.busy.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn serve(&self, stream: &UnixStream) -> io::Result<()> {
        stream.set_nonblocking(false)?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let text = read_line(stream)?;
        let answer = match serde_json::from_slice::<Line>(&text) {
            Ok(line) if line.v == VERSION && line.state == self.state => self.answer(line.asked),
            Ok(line) if line.v == VERSION => Answer::Other {
                state: Some(self.state.clone()),
            },
            _ => Answer::Unclear,
        };
        let mut stream = stream;
        stream.write_all((serde_json::to_string(&answer)? + "\n").as_bytes())
    }

    fn answer(&self, asked: Asked) -> Answer {
        match asked {
            Asked::Stop { by, reason } => {
                let (stopped, is_new) = self.shared.stop(&by, reason.as_deref());
                self.stopped(&stopped, !is_new)
            }
            Asked::Resume { by } => match self.shared.resume(&by) {
                Resumed::Lifted => self.running(true),
                Resumed::NotStopped => self.running(false),
                Resumed::Refused(file) => Answer::Refused {
                    file: file.as_ref().into(),
                },
            },
            Asked::Test {
                screen,
                output,
                patterns,
                seconds,
                level,
                by,
            } => self.test(Wanted {
                screen,
                output,
                patterns: patterns.iter().filter_map(|name| Pattern::named(name)).collect(),
                length: Duration::from_secs(seconds.into()),
                level: level.and_then(Level::new),
                by: tidy(&by),
            }),
            Asked::EndTest { screens } => Answer::Ended {
                was: self.shared.end_tests(&screens, self.shared.now()),
            },
            Asked::Card { screen, card, order } => self.cards(&WantedCards { screen, card, order }),
            Asked::Status => match self.shared.halt.stopped() {
                Some(stopped) => self.stopped(&stopped, true),
                None => self.running(false),
            },
        }
    }

    fn test(&self, wanted: Wanted) -> Answer {
        match self.shared.begin_test(wanted) {
            Ok((screen, test)) => Answer::Testing {
                screen: screen.as_ref().into(),
                until: self.told(test.until),
            },
            Err(refusal) => {
                let help = refusal.help();
                Answer::Untested {
                    zh: refusal.chinese(),
                    en: refusal.to_string(),
                    help_zh: help.zh,
                    help_en: help.en,
                }
            }
        }
    }

    fn cards(&self, wanted: &WantedCards) -> Answer {
        match self.shared.ask_cards(wanted) {
            Ok(told) => Answer::Cards {
                cards: told.cards,
                busy: told.busy,
            },
            Err(refusal) => {
                let help = refusal.help();
                Answer::NoCard {
                    zh: refusal.chinese(),
                    en: refusal.to_string(),
                    help_zh: help.zh,
                    help_en: help.en,
                }
            }
        }
    }

    /// An instant as RFC 3339 with the offset of the site's zone, so that whoever asks can tell it in civil time without the site.
    fn told(&self, instant: Timestamp) -> String {
        let offset = self.shared.zone().to_offset(instant);
        instant.display_with_offset(offset).to_string()
    }

    fn stopped(&self, stopped: &Stopped, already: bool) -> Answer {
        Answer::Stopped {
            since: self.told(stopped.since),
            by: stopped.by.as_ref().into(),
            already,
            kept: self.is_kept(),
        }
    }

    fn running(&self, lifted: bool) -> Answer {
        Answer::Running {
            lifted,
            kept: self.is_kept(),
        }
    }

    fn is_kept(&self) -> bool {
        let halt = &self.shared.halt;
        halt.is_kept(halt.number(), DISK)
    }
}
