//! What is asked of a running daemon over its control socket, and what it answers: one line of JSON each.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    os::{fd::AsRawFd as _, unix::net::UnixStream},
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    daemon::card::{CardOrder, CardView},
    diagnostic::{Bilingual, Explain},
    folder::given,
};

/// The version of the lines.
pub(super) const VERSION: u32 = 1;

/// The longest line that asks, in bytes.
pub(super) const LONGEST: u64 = 4096;

/// The longest line that answers: of many cards much is to be told.
const LONGEST_ANSWER: u64 = 1 << 20;

/// The name of the socket.
pub(super) const SOCKET: &str = "control";

/// How long the daemon may take for a line.
const PATIENCE: Duration = Duration::from_secs(6);

/// The longest path that the address of a socket has room for, with some to spare.
const ROOM: usize = 100;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
pub enum Asked {
    /// Stop the wall.
    Stop {
        /// Who asks.
        by: String,
        /// Why.
        reason: Option<String>,
    },
    /// Let it go on.
    Resume {
        /// Who asks.
        by: String,
    },
    /// Say whether it is stopped.
    Status,
    /// Show test pictures.
    Test {
        /// The screen; the site's first unless given.
        screen: Option<String>,
        /// The only output to show them, from 1.
        output: Option<u32>,
        /// The names of the patterns; all unless given.
        patterns: Vec<String>,
        /// For how many seconds.
        seconds: u32,
        /// How bright, in percent.
        level: Option<u8>,
        /// Who asks.
        by: String,
    },
    /// Show no more test pictures.
    EndTest {
        /// On these screens; on all where none is named.
        screens: Vec<String>,
    },
    /// Say how cards stand, whose lines the daemon holds: nobody else can speak with them meanwhile. As a line:
    /// `{"v":1,"state":"…","ask":"card","screen":null,"card":null,"order":null}`; an order is `"on"`, `"off"`, `"clock"`, `"erase"` or
    /// `{"brightness":50}`.
    Card {
        /// The screen; all of them unless given.
        screen: Option<String>,
        /// The card's number on its screen, from 1; all of them unless given.
        card: Option<u32>,
        /// What they are to do first.
        order: Option<CardOrder>,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "lowercase")]
pub enum Answer {
    /// The wall is stopped.
    Stopped {
        /// Since when, RFC 3339 with the offset of the site's zone.
        since: String,
        /// By whom.
        by: String,
        /// Whether it was before.
        already: bool,
        /// Whether it will be after a restart.
        kept: bool,
    },
    /// It is not stopped.
    Running {
        /// Whether it was before.
        lifted: bool,
        /// Whether a restart finds it so.
        kept: bool,
    },
    /// It stays stopped: this file stops it.
    Refused {
        /// Its name.
        file: String,
    },
    /// This is the daemon of another state folder.
    Other {
        /// Which, where it says so.
        state: Option<PathBuf>,
    },
    /// Test pictures are shown.
    Testing {
        /// On this screen.
        screen: String,
        /// Until when at the latest, RFC 3339 with the offset of the site's zone.
        until: String,
    },
    /// They are not, or no more.
    Ended {
        /// Whether they were before.
        was: bool,
    },
    /// They are not, for this reason.
    Untested {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
        /// What to do, in Chinese.
        help_zh: String,
        /// What to do, in English.
        help_en: String,
    },
    /// This is how cards stand; an order that was given is with them, and done next.
    Cards {
        /// The cards.
        cards: Vec<CardView>,
        /// Those of which nothing could be learnt, since too much waits for them already, or their line does not answer: screen, and number
        /// from 1. An order that was given is not with them.
        busy: Vec<(String, u32)>,
    },
    /// There are no such cards, for this reason.
    NoCard {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
        /// What to do, in Chinese.
        help_zh: String,
        /// What to do, in English.
        help_en: String,
    },
    /// That was not understood.
    Unclear,
}

/// A line that asks.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) v: u32,
    /// The state folder that is meant, without links.
    pub(super) state: PathBuf,
    #[serde(flatten)]
    pub(super) asked: Asked,
}

/// Why nobody answered.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ControlError {
    /// No daemon listens for this state folder.
    #[error("no daemon of the state folder {} can be reached: {reason}", state.display())]
    Nobody {
        /// The state folder.
        state: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The daemon that listens is the one of another state folder.
    #[error("the daemon that runs here is the one of the state folder {}", state.display())]
    Another {
        /// Its state folder.
        state: PathBuf,
    },
    /// The daemon did not answer in words that are understood.
    #[error("the daemon does not understand, or is not understood: it is of another version")]
    Unclear,
}

impl Explain for ControlError {
    fn chinese(&self) -> String {
        match self {
            Self::Nobody { state, reason } => format!("无法联系状态文件夹 {} 的程序：{reason}", state.display()),
            Self::Another { state } => format!("本机运行的是状态文件夹 {} 的程序", state.display()),
            Self::Unclear => "程序的应答无法理解：两者版本不同".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Nobody { .. } => Bilingual::new(
                "程序若正在启动，请稍后再试；否则检查 --state 是否与运行的程序一致、是否以同一用户运行本命令。只是要停播的话，在站点文件夹中放入“停播.txt”即可",
                "if the daemon is starting, try again in a moment; else see whether --state is that of the daemon, and whether you are its user. All that is needed to stop the wall is a file 停播.txt in the site's folder",
            ),
            Self::Another { state } => Bilingual::new(
                format!("请加 --state {}", state.display()),
                format!("say --state {}", state.display()),
            ),
            Self::Unclear => Bilingual::new(
                "请用与运行中的程序相同的版本；要停播，请在站点文件夹中放入“停播.txt”",
                "use the version that is running; to stop the wall put a file 停播.txt into the site's folder",
            ),
        }
    }
}

/// The state folder as both sides name it.
pub(super) fn plain(state: &Path) -> PathBuf {
    fs::canonicalize(state).unwrap_or_else(|_| state.to_owned())
}

/// The folders in which the socket may lie.
pub(super) fn places(state: &Path, variable: impl Fn(&str) -> Option<std::ffi::OsString>) -> Vec<PathBuf> {
    let runtime = given("RUNTIME_DIRECTORY", variable);
    [state.to_owned()].into_iter().chain(runtime).collect()
}

/// The path of `name` in `folder`, short enough for an address; what it hangs on must live as long as it is used.
pub(super) fn address(folder: &Path, name: &str) -> io::Result<(PathBuf, Option<File>)> {
    let path = folder.join(name);
    if path.as_os_str().len() <= ROOM {
        return Ok((path, None));
    }
    let folder = File::open(folder)?;
    let path = PathBuf::from(format!("/proc/self/fd/{}/{name}", folder.as_raw_fd()));
    Ok((path, Some(folder)))
}

/// Asks the daemon of the state folder `state`; `variable` looks up the environment.
///
/// # Errors
/// Nobody listens there, or the answer is not understood. Then nothing was done, or nobody can say what was.
pub fn ask(
    state: &Path,
    variable: impl Fn(&str) -> Option<std::ffi::OsString>,
    asked: &Asked,
) -> Result<Answer, ControlError> {
    let line = Line {
        v: VERSION,
        state: plain(state),
        asked: asked.clone(),
    };
    let mut places = places(state, variable);
    places.push("/run/yingbi".into());
    let (mut error, mut other) = (None, None);
    for place in places {
        match exchange(&place, &line) {
            Ok(Answer::Other { state }) => other = other.or(state),
            Ok(Answer::Unclear) => return Err(ControlError::Unclear),
            Ok(answer) => return Ok(answer),
            Err(fault) if fault.kind() == io::ErrorKind::InvalidData => return Err(ControlError::Unclear),
            // The state folder's own tells most.
            Err(fault) => error = error.or(Some(fault)),
        }
    }
    if let Some(state) = other {
        return Err(ControlError::Another { state });
    }
    Err(ControlError::Nobody {
        state: state.to_owned(),
        reason: error.map_or_else(|| "none listens".into(), |error| error.to_string()),
    })
}

fn exchange(place: &Path, line: &Line) -> io::Result<Answer> {
    let (path, _folder) = address(place, SOCKET)?;
    let mut stream = UnixStream::connect(path)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let text = serde_json::to_string(line)? + "\n";
    stream.write_all(text.as_bytes())?;
    let mut answer = String::new();
    stream.take(LONGEST_ANSWER).read_to_string(&mut answer)?;
    serde_json::from_str(answer.trim()).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
