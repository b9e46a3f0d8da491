//! A child process of this program: one job in, one answer out, and nothing that it does can hurt the parent.

mod confine;
mod exec;
mod fault;
mod film;
mod making;
mod order;
mod probe;
mod pump;
mod serve;
mod wire;

use std::{
    ffi::OsString,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;

pub use confine::{Step, filters};
pub use fault::ChildFault;
pub use film::{FilmJob, FilmLimits, find_ffmpeg};
pub use serve::serve;
pub use wire::Task;

use pump::{Pump, Pumped};
use wire::{Answer, Head};

/// The hidden command that makes this program a child.
pub(super) const COMMAND: &str = "child";
/// How long the end of a process is waited for that has been killed.
const REAPING: Duration = Duration::from_secs(5);

/// What a child may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Address space, in MiB.
    pub memory: u32,
    /// Processor time, in seconds.
    pub cpu: u32,
    /// From its start to its end.
    pub wall: Duration,
    /// The longest answer, in bytes.
    pub answer: usize,
}

/// How to start a child.
#[derive(Clone, Debug)]
pub struct Child {
    program: PathBuf,
    arguments: Vec<OsString>,
}

impl Child {
    /// This very program, even where its file has been replaced since it was started.
    pub fn own() -> Self {
        Self::of("/proc/self/exe", [COMMAND])
    }

    /// Another program that keeps to the same agreement.
    pub fn of<A: Into<OsString>>(program: impl Into<PathBuf>, arguments: impl IntoIterator<Item = A>) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }

    /// Has a child do `task` on `bytes`, and returns its answer. The child gets an empty environment and the root folder.
    ///
    /// # Errors
    /// The child cannot be started, breaks a limit, crashes, or refuses the bytes. It is gone in every case.
    pub fn run(&self, task: Task, settings: &[u8], bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ChildFault> {
        let deadline = Instant::now() + limits.wall;
        let head = Head {
            task,
            memory: limits.memory,
            cpu: limits.cpu,
            settings: settings.len(),
            bytes: bytes.len(),
        };
        let mut process = self.start()?;
        let pump = Pump::new(&mut process.0, limits.answer.saturating_add(wire::ANSWER_HEAD));
        let pumped = pump.and_then(|pump| pump.run([&head.write(), settings, bytes], deadline));
        let pumped = pumped.map_err(|error| ChildFault::Talk {
            reason: error.to_string(),
        })?;
        match pumped {
            Pumped::Late => Err(ChildFault::Late { limit: limits.wall }),
            Pumped::TooMuch => Err(ChildFault::TooMuch { limit: limits.answer }),
            Pumped::Done { output, words } => match process.end(deadline) {
                Some(status) if status.success() && !words.is_empty() => {
                    tracing::debug!(%words, "a child says");
                    judge(status, &output, &words, limits)
                }
                Some(status) => judge(status, &output, &words, limits),
                None => Err(ChildFault::Late { limit: limits.wall }),
            },
        }
    }

    fn start(&self) -> Result<Process, ChildFault> {
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        child.map(Process).map_err(|error| ChildFault::Start {
            reason: error.to_string(),
        })
    }
}

/// What the end of a child and its answer mean.
fn judge(status: ExitStatus, output: &[u8], words: &str, limits: &Limits) -> Result<Vec<u8>, ChildFault> {
    use std::os::unix::process::ExitStatusExt as _;
    let words = words.to_owned();
    if status.signal().is_some() {
        return Err(broken(status, words, limits.memory, limits.cpu));
    }
    match (Answer::read(output), status.code()) {
        (Some(Answer::Done(answer)), Some(0)) => Ok(answer.to_vec()),
        (Some(Answer::Refused { message, help }), Some(0)) => Err(ChildFault::Refused { message, help }),
        (_, Some(0)) => Err(ChildFault::Garbled),
        (_, Some(_) | None) => Err(broken(status, words, limits.memory, limits.cpu)),
    }
}

/// What the end of a child means that did not end well.
fn broken(status: ExitStatus, words: String, memory: u32, cpu: u32) -> ChildFault {
    use std::os::unix::process::ExitStatusExt as _;
    match status.signal() {
        Some(number) if number == Signal::XCPU.as_raw() => ChildFault::Cpu { limit: cpu },
        // So says Rust before it gives up.
        Some(_) if words.contains("memory allocation of") => ChildFault::Memory { limit: memory },
        Some(signal) => ChildFault::Crashed { signal, words },
        None => ChildFault::Failed {
            code: status.code().unwrap_or_default(),
            words,
        },
    }
}

/// A process that does not outlive this value.
struct Process(std::process::Child);

impl Process {
    /// How it ended; `None` if it had to be killed because it did not.
    fn end(&mut self, deadline: Instant) -> Option<ExitStatus> {
        let mut nap = Duration::from_micros(100);
        loop {
            match self.0.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < deadline => {}
                Ok(None) | Err(_) => return None,
            }
            thread::sleep(nap);
            nap = (nap * 2).min(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended already is not killed: the library knows.
        let _ = self.0.kill();
        // Its end takes as long as the system needs to take its memory back.
        let _ = self.end(Instant::now() + REAPING);
    }
}
