//! What the system says of its clock: systemd-timesyncd by a file, chrony by asking it.
//!
//! Neither is asked for by a player, and neither can hold anybody up: a file is looked at, not opened, and `chronyc` runs as a child that
//! has five seconds. Where there is neither, nobody is known to keep the clock. The kernel's own word (`adjtimex`) cannot be had
//! without a call that is not memory-safe; whatever else sets the clock is therefore not known here, and the clock is held.

use std::{
    fs,
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use jiff::Timestamp;
use rustix::fs::OFlags;

use super::confidence::Word;
use crate::units::Moment;

/// How often chrony is asked: as often as it asks its own servers at most.
const PERIOD: Duration = Duration::from_secs(64);

/// How long `chronyc` may take; it answers in milliseconds, and gives up by itself in about three seconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// The most of its answer that is read: it is one line of some hundred bytes.
const LONGEST: u64 = 4096;

/// Chrony's number for a clock that goes by nothing but itself, 127.127.1.1.
const LOCAL: &str = "7F7F0101";

/// The places where the system says something of its clock.
#[derive(Debug)]
pub struct Synchrony {
    /// `systemd-timesyncd` has this folder while it runs, and touches a file in it whenever it has set the clock right.
    timesync: PathBuf,
    /// `chronyd` has this folder.
    chrony: PathBuf,
    chronyc: PathBuf,
    asking: Option<Asking>,
    /// When to ask next.
    due: Option<Moment>,
    /// What chrony said last.
    told: Word,
}

/// A `chronyc` that is running.
#[derive(Debug)]
struct Asking {
    child: Child,
    deadline: Moment,
}

impl Synchrony {
    /// This machine's.
    pub fn of_the_machine() -> Self {
        Self::at(Path::new("/run"), Path::new("chronyc"))
    }

    /// With another folder in the place of `/run`, and another program in that of `chronyc`.
    pub fn at(run: &Path, chronyc: &Path) -> Self {
        Self {
            timesync: run.join("systemd/timesync"),
            chrony: run.join("chrony"),
            chronyc: chronyc.to_owned(),
            asking: None,
            due: None,
            told: Word::Absent,
        }
    }

    /// What the system says at present. Chrony's answer comes some calls after its question.
    pub fn hear(&mut self, now: Moment) -> Word {
        self.attend(now);
        best(self.of_timesync(), self.told)
    }

    /// Asks at the next call, whenever that was due: the clock has just stepped.
    pub const fn hurry(&mut self) {
        self.due = None;
    }

    fn of_timesync(&self) -> Word {
        let set = fs::metadata(self.timesync.join("synchronized")).and_then(|set| set.modified());
        let set = set.ok().and_then(|set| Timestamp::try_from(set).ok());
        match set {
            Some(set) => Word::Synchronised(set),
            None if self.timesync.is_dir() => Word::Unsynchronised,
            None => Word::Absent,
        }
    }

    /// Takes chrony's answer, or asks, when the time has come.
    fn attend(&mut self, now: Moment) {
        if let Some(asking) = self.asking.take() {
            self.asking = self.wait(asking, now);
        } else if self.due.is_none_or(|due| due <= now) {
            self.due = Some(now + PERIOD);
            self.ask(now);
        }
    }

    fn ask(&mut self, now: Moment) {
        if !self.chrony.is_dir() {
            self.told = Word::Absent;
            return;
        }
        let asked = Command::new(&self.chronyc)
            .args(["-n", "-c", "tracking"])
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        match asked {
            Ok(child) => {
                let deadline = now + PATIENCE;
                self.asking = Some(Asking { child, deadline });
            }
            Err(_) => self.told = Word::Unsynchronised,
        }
    }

    /// Looks whether the child has ended; the same child where it has to be waited for still.
    fn wait(&mut self, mut asking: Asking, now: Moment) -> Option<Asking> {
        let child = &mut asking.child;
        match child.try_wait() {
            Ok(None) if now < asking.deadline => return Some(asking),
            Ok(None) => {
                // One that hangs in the kernel takes its time to die: it is looked after at later calls.
                let _ = child.kill();
                self.told = Word::Unsynchronised;
                return Some(asking);
            }
            Ok(Some(status)) if status.success() => {
                let line = child.stdout.take().and_then(answer);
                self.told = line.and_then(|line| parse(&line)).unwrap_or(Word::Unsynchronised);
            }
            Ok(Some(_)) | Err(_) => self.told = Word::Unsynchronised,
        }
        None
    }
}

impl Drop for Synchrony {
    fn drop(&mut self) {
        if let Some(asking) = &mut self.asking {
            let _ = asking.child.kill();
            let _ = asking.child.try_wait();
        }
    }
}

/// What a child that has ended has written, as far as it is there: another process may still hold the other end.
fn answer(stdout: ChildStdout) -> Option<String> {
    rustix::fs::fcntl_setfl(&stdout, OFlags::NONBLOCK).ok()?;
    let mut line = Vec::new();
    match stdout.take(LONGEST).read_to_end(&mut line) {
        Err(error) if error.kind() != ErrorKind::WouldBlock => None,
        _ => String::from_utf8(line).ok(),
    }
}

/// Reads `chronyc -c tracking`: of its 14 fields the first is the reference's number, the fourth when the clock was last measured
/// against it, in seconds, the last the leap status. `None` for anything else.
fn parse(line: &str) -> Option<Word> {
    let fields: Vec<&str> = line.trim_end().split(',').collect();
    let &[reference, _, _, measured, .., leap] = &fields[..] else {
        return None;
    };
    if fields.len() != 14 {
        return None;
    }
    let measured: i64 = measured.split('.').next()?.parse().ok()?;
    let is_synchronised = matches!(leap, "Normal" | "Insert second" | "Delete second") && reference != LOCAL;
    let measured = Timestamp::from_second(measured).ok().filter(|_| is_synchronised);
    Some(measured.map_or(Word::Unsynchronised, Word::Synchronised))
}

/// The better of two words: the later synchronisation, or whoever keeps the clock.
fn best(one: Word, other: Word) -> Word {
    match (one, other) {
        (Word::Synchronised(one), Word::Synchronised(other)) => Word::Synchronised(one.max(other)),
        (synchronised @ Word::Synchronised(_), _) | (_, synchronised @ Word::Synchronised(_)) => synchronised,
        (Word::Unsynchronised, _) | (_, Word::Unsynchronised) => Word::Unsynchronised,
        (Word::Absent, Word::Absent) => Word::Absent,
    }
}
