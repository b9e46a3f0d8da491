//! `yingbi stop` and `yingbi resume`: 停播, and back.
//!
//! A daemon that runs is asked over its control socket. Where none runs, what is asked is kept for its next start; its lock says which.

use std::{
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    arguments::{Resume, Stop},
    exit::{Exit, Failure},
    terminal::Terminal,
    time,
};
use crate::{
    daemon::{self, Answer, Asked, ControlError},
    diagnostic::Bilingual,
    folder::{FolderError, StateFolder, StopFile, stop_file},
    wall::Stopped,
};

/// How often a daemon that has the lock and does not answer is asked: it may be about to start.
const TRIES: usize = 20;

/// How long between two of them.
const PAUSE: Duration = Duration::from_millis(100);

/// Who answered.
pub(super) enum Reached {
    /// The daemon of that state folder.
    Daemon(PathBuf, Answer),
    /// Nobody: the state folder is ours.
    Nobody(StateFolder),
}

/// Stops the wall.
pub(super) fn stop(options: &Stop, terminal: &Terminal) -> Result<Exit, Failure> {
    let by = by("stop");
    let asked = Asked::Stop {
        by: by.clone(),
        reason: options.reason.clone(),
    };
    match reach(options.state.as_deref(), &asked)? {
        Reached::Daemon(
            _,
            Answer::Stopped {
                since,
                by,
                already,
                kept,
                ..
            },
        ) => {
            let since = time::told(&since);
            let (zh, en) = if already {
                ("此前已停播", "was stopped already")
            } else {
                ("已停播", "is stopped")
            };
            terminal.say(&Bilingual::new(
                format!("{zh}（自 {since}，由“{by}”）；恢复请运行 yingbi resume"),
                format!("the wall {en} (since {since}, by \"{by}\"); run yingbi resume to go on"),
            ));
            Ok(kept_or_not(kept, terminal))
        }
        Reached::Daemon(..) => Err(Failure::of(Exit::UNAVAILABLE, &ControlError::Unclear)),
        Reached::Nobody(state) => {
            let stopped = Stopped {
                since: time::now(),
                by: by.into(),
                reason: options.reason.as_deref().map(Into::into),
            };
            let file = StopFile::new(state.root());
            if !matches!(file.read(), Ok(None)) {
                terminal.say(&Bilingual::new(
                    "程序没有运行，此前已停播；启动后即为安全页",
                    "no daemon is running, and the wall was stopped already; it starts with the safe page",
                ));
                return Ok(Exit::DONE);
            }
            file.write(&stopped)
                .map_err(|error| Failure::file(Exit::CANNOT_CREATE, &state.root().join(StopFile::NAME), &error))?;
            state.hand_over();
            terminal.say(&Bilingual::new(
                "程序没有运行；已记下停播，启动后即为安全页",
                "no daemon is running; the stop is kept, and the wall starts with the safe page",
            ));
            Ok(Exit::DONE)
        }
    }
}

/// Lets the wall go on.
pub(super) fn resume(options: &Resume, terminal: &Terminal) -> Result<Exit, Failure> {
    match reach(options.state.as_deref(), &Asked::Resume { by: by("resume") })? {
        Reached::Daemon(_, Answer::Running { lifted, kept }) => {
            terminal.say(&if lifted {
                Bilingual::new("已恢复播出", "the wall goes on")
            } else {
                not_stopped()
            });
            Ok(kept_or_not(kept, terminal))
        }
        Reached::Daemon(_, Answer::Refused { file }) => Err(in_the_way(&file)),
        Reached::Daemon(..) => Err(Failure::of(Exit::UNAVAILABLE, &ControlError::Unclear)),
        Reached::Nobody(state) => {
            if let Ok(Some(file)) = stop_file(&options.site) {
                return Err(in_the_way(&file));
            }
            let file = StopFile::new(state.root());
            if matches!(file.read(), Ok(None)) {
                terminal.say(&not_stopped());
                return Ok(Exit::DONE);
            }
            file.remove()
                .map_err(|error| Failure::file(Exit::CANNOT_CREATE, &state.root().join(StopFile::NAME), &error))?;
            terminal.say(&Bilingual::new(
                "程序没有运行；停播已解除，启动后照常播出",
                "no daemon is running; the stop is lifted, and the wall starts as usual",
            ));
            Ok(Exit::DONE)
        }
    }
}

/// Asks the daemon of the state folder, or makes sure that there is none.
pub(super) fn reach(state: Option<&Path>, asked: &Asked) -> Result<Reached, Failure> {
    let variable = |name: &str| std::env::var_os(name);
    let mut folder = StateFolder::find(state, variable).map_err(|error| Failure::of(Exit::CONFIG, &error))?;
    let is_named = state.is_some() || variable("STATE_DIRECTORY").is_some();
    let mut tries = 0;
    loop {
        let error = match daemon::ask(&folder, variable, asked) {
            Ok(answer) => return Ok(Reached::Daemon(folder, answer)),
            Err(error) => error,
        };
        match error {
            ControlError::Unclear => return Err(Failure::of(Exit::UNAVAILABLE, &error)),
            // Whoever names no state folder means the daemon that is there.
            ControlError::Another { state: theirs } if !is_named && theirs != folder => {
                folder = theirs;
                continue;
            }
            ControlError::Another { .. } | ControlError::Nobody { .. } => {}
        }
        match StateFolder::open(&folder) {
            Ok(folder) => {
                folder.hand_over();
                return Ok(Reached::Nobody(folder));
            }
            Err(FolderError::Held { .. }) if tries < TRIES => {
                tries += 1;
                thread::sleep(PAUSE);
            }
            Err(FolderError::Held { .. }) => return Err(Failure::of(Exit::UNAVAILABLE, &error)),
            Err(error) => return Err(Failure::of(Exit::CANNOT_CREATE, &error)),
        }
    }
}

/// Who asks: the command, and the person where that is known.
pub(super) fn by(command: &str) -> String {
    let person = ["SUDO_USER", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok());
    let person = person.filter(|person| !person.is_empty());
    let person = person.map_or_else(String::new, |person| format!(" ({person})"));
    format!("yingbi {command}{person}")
}

fn kept_or_not(kept: bool, terminal: &Terminal) -> Exit {
    if kept {
        return Exit::DONE;
    }
    terminal.say(&Bilingual::new(
        "注意：尚未写入状态文件夹，程序若此时重启将回到原来的状态；请检查磁盘空间与权限",
        "note: this is not yet kept in the state folder, and a restart now would undo it; see whether the disk is full or may not be written",
    ));
    Exit::PROBLEMS
}

fn not_stopped() -> Bilingual {
    Bilingual::new("没有停播，无需恢复", "the wall was not stopped")
}

/// A file that still stops the wall.
fn in_the_way(file: &str) -> Failure {
    Failure::new(
        Exit::PROBLEMS,
        Bilingual::new(
            format!("站点文件夹中还有“{file}”，未恢复播出"),
            format!("the file \"{file}\" still lies in the site's folder: the wall stays stopped"),
        ),
        Bilingual::new(
            format!("请先删除“{file}”，再运行 yingbi resume"),
            format!("take \"{file}\" away, then run yingbi resume again"),
        ),
    )
}
