//! The parent's side of making a clip: a child with the video on its standard input and the clip on its standard output.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
    process::{ChildStderr, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    process::Signal,
};

use super::{
    Child, ChildFault, Process, broken,
    making::FILM,
    order::{Line, Order},
    pump::{WORDS, shown},
    wire::Answer,
};
use crate::{
    media::film::{Filmed, Progress},
    stage::Rendition,
    units::Digest,
};

/// The longest line of a child, in bytes: a refusal in hexadecimal.
const LINE: usize = 20 << 10;
/// Whoever wants the clip is asked so often whether he still does.
const ASK: Duration = Duration::from_millis(250);

/// A clip to be made.
#[derive(Debug)]
pub struct FilmJob<'a> {
    /// The video's file, open for reading. It may have lost its name meanwhile.
    pub source: &'a File,
    /// The digest of its bytes, which goes into the clip.
    pub digest: Digest,
    /// An empty file, open for writing: the clip.
    pub output: &'a File,
    /// How the clip is to be made.
    pub rendition: &'a Rendition,
    /// Where `ffmpeg` is, with `ffprobe` in the same folder; without it the built-in decoders do what they can.
    pub ffmpeg: Option<&'a Path>,
    /// What it may use up.
    pub limits: FilmLimits,
}

/// What the making of one clip may use up. The limits of memory and processor time hold for each of its processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmLimits {
    /// Address space, in MiB.
    pub memory: u32,
    /// Processor time, in seconds.
    pub cpu: u32,
    /// The longest time without any progress.
    pub stall: Duration,
    /// From its start to its end.
    pub wall: Duration,
    /// The longest clip, in bytes.
    pub clip: u64,
}

impl Default for FilmLimits {
    /// For ten minutes of a telephone's largest pictures on a slow machine that is busy.
    fn default() -> Self {
        Self {
            memory: 1536,
            cpu: 2 * 60 * 60,
            stall: Duration::from_mins(1),
            wall: Duration::from_hours(3),
            clip: 4 << 30,
        }
    }
}

/// Where `ffmpeg` is, by the `PATH` of this process: the first folder that has it and `ffprobe` beside it.
pub fn find_ffmpeg() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        // What an empty or a relative entry means depends on where somebody stood.
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("ffmpeg"))
        .find(|program| is_program(program) && is_program(&program.with_file_name("ffprobe")))
}

fn is_program(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok() && path.is_file()
}

impl Child {
    /// Has a child make a clip. `tell` hears how far it has come, a few times a second, and ends the work by saying `false`.
    ///
    /// # Errors
    /// The child cannot be started, breaks a limit, crashes, refuses the video, or was told to end. It and whatever it has started are gone in
    /// every case; what was written to the output then is no clip.
    pub fn film(&self, job: &FilmJob<'_>, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Filmed, ChildFault> {
        let deadline = Instant::now() + job.limits.wall;
        match self.attempt(job, false, deadline, tell)? {
            Some(filmed) => Ok(filmed),
            // Nothing has been written yet.
            None => self.attempt(job, true, deadline, tell)?.ok_or(ChildFault::Garbled),
        }
    }

    /// `None` where the other options are to be tried.
    fn attempt(
        &self,
        job: &FilmJob<'_>,
        older: bool,
        deadline: Instant,
        tell: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Option<Filmed>, ChildFault> {
        let mut process = self.start_film(job, older)?;
        let mut watch = Watch::new(job.limits, deadline);
        let errors = process.0.stderr.take().ok_or(ChildFault::Garbled)?;
        watch.listen(errors, tell)?;
        let status = process
            .end(deadline)
            .ok_or(ChildFault::Late { limit: job.limits.wall })?;
        watch.judge(status)
    }

    fn start_film(&self, job: &FilmJob<'_>, older: bool) -> Result<Process, ChildFault> {
        let order = Order {
            digest: job.digest,
            memory: job.limits.memory,
            cpu: job.limits.cpu,
            clip: job.limits.clip,
            older,
            rendition: *job.rendition,
            ffmpeg: job.ffmpeg.map(Path::to_owned),
        };
        let files = job
            .source
            .try_clone()
            .and_then(|source| Ok((source, job.output.try_clone()?)));
        let child = files.and_then(|(source, output)| {
            Command::new(&self.program)
                .args(&self.arguments)
                .args([FILM, &order.write()])
                .env_clear()
                .current_dir("/")
                .stdin(Stdio::from(source))
                .stdout(Stdio::from(output))
                .stderr(Stdio::piped())
                .spawn()
        });
        child.map(Process).map_err(|error| ChildFault::Start {
            reason: error.to_string(),
        })
    }
}

/// Listens to a child that makes a clip, with an eye on the clock.
struct Watch {
    limits: FilmLimits,
    deadline: Instant,
    /// When it has got further the last time.
    moved: Instant,
    progress: Option<Progress>,
    line: Vec<u8>,
    /// How the work ended, as the child says.
    last: Option<Line>,
    words: Vec<u8>,
}

impl Watch {
    fn new(limits: FilmLimits, deadline: Instant) -> Self {
        Self {
            limits,
            deadline,
            moved: Instant::now(),
            progress: None,
            line: Vec::new(),
            last: None,
            words: Vec::new(),
        }
    }

    /// Until the child has closed its side.
    fn listen(&mut self, mut errors: ChildStderr, tell: &mut dyn FnMut(Progress) -> bool) -> Result<(), ChildFault> {
        let talk = |error: io::Error| ChildFault::Talk {
            reason: error.to_string(),
        };
        let mut buffer = [0; 4096];
        loop {
            let now = Instant::now();
            if now >= self.deadline {
                return Err(ChildFault::Late {
                    limit: self.limits.wall,
                });
            }
            if now >= self.moved + self.limits.stall {
                return Err(ChildFault::Stalled {
                    limit: self.limits.stall,
                });
            }
            if self.progress.is_some_and(|progress| !tell(progress)) {
                return Err(ChildFault::GivenUp);
            }
            let left = (self.deadline - now).min(self.moved + self.limits.stall - now).min(ASK);
            let mut fds = [PollFd::new(&errors, PollFlags::IN)];
            match poll(&mut fds, Some(&Timespec::try_from(left).unwrap_or_default())) {
                Ok(0) | Err(Errno::INTR) => continue,
                Ok(_) => {}
                Err(error) => return Err(talk(error.into())),
            }
            match errors.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => self.take(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(talk(error)),
            }
        }
        self.end_line();
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' => self.end_line(),
                _ if self.line.len() < LINE => self.line.push(*byte),
                _ => {}
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        match str::from_utf8(&line).ok().and_then(Line::read) {
            Some(Line::At(progress)) => {
                if self.progress.is_none_or(|before| progress.done > before.done) {
                    self.moved = Instant::now();
                }
                self.progress = Some(progress);
            }
            Some(Line::Walls(walls)) => {
                tracing::debug!(landlock = walls.landlock, calls = walls.calls, "a child is confined");
            }
            Some(last) => self.last = Some(last),
            None if self.words.len() + line.len() < WORDS => {
                self.words.extend(line);
                self.words.push(b'\n');
            }
            None => {}
        }
    }

    /// What the end of the child and its last line mean.
    fn judge(self, status: ExitStatus) -> Result<Option<Filmed>, ChildFault> {
        use std::os::unix::process::ExitStatusExt as _;
        let words = shown(&self.words);
        if status.signal() == Some(Signal::XFSZ.as_raw()) {
            let limit = usize::try_from(self.limits.clip).unwrap_or(usize::MAX);
            return Err(ChildFault::TooMuch { limit });
        }
        if !status.success() {
            return Err(broken(status, words, self.limits.memory, self.limits.cpu));
        }
        if !words.is_empty() {
            tracing::debug!(%words, "a child that makes a clip says");
        }
        match self.last {
            Some(Line::Done(filmed)) => Ok(Some(filmed)),
            Some(Line::Older) => Ok(None),
            Some(Line::Full(reason)) => Err(ChildFault::Unwritten { reason }),
            Some(Line::Refused(answer)) => match Answer::read(&answer) {
                Some(Answer::Refused { message, help }) => Err(ChildFault::Refused { message, help }),
                _ => Err(ChildFault::Garbled),
            },
            _ => Err(ChildFault::Garbled),
        }
    }
}
