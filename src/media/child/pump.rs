//! Writing a child's job and reading its answer at the same time, with an eye on the clock.

use std::{
    io::{self, Read, Write},
    os::fd::AsFd,
    process::{Child, ChildStderr, ChildStdin, ChildStdout},
    time::Instant,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::{Errno, ioctl_fionbio},
};

/// The most that is kept of what a child says on its way out, in bytes.
pub(super) const WORDS: usize = 2 << 10;

/// The three pipes of a child.
pub(super) struct Pump {
    /// Gone when everything is written, or the child wants no more.
    input: Option<ChildStdin>,
    output: Option<ChildStdout>,
    errors: Option<ChildStderr>,
    limit: usize,
}

/// How the talk ended.
pub(super) enum Pumped {
    /// The child has closed its side.
    Done {
        output: Vec<u8>,
        /// What it said on standard error, as it may be shown.
        words: String,
    },
    /// The deadline has passed.
    Late,
    /// The child has written more than was agreed.
    TooMuch,
}

impl Pump {
    /// Takes the pipes of `child`, of whose output at most `limit` bytes are taken.
    pub(super) fn new(child: &mut Child, limit: usize) -> io::Result<Self> {
        let pump = Self {
            input: child.stdin.take(),
            output: child.stdout.take(),
            errors: child.stderr.take(),
            limit,
        };
        let fds = [
            pump.input.as_ref().map(AsFd::as_fd),
            pump.output.as_ref().map(AsFd::as_fd),
            pump.errors.as_ref().map(AsFd::as_fd),
        ];
        for fd in fds.into_iter().flatten() {
            ioctl_fionbio(fd, true)?;
        }
        Ok(pump)
    }

    /// Writes the parts of the job one after the other and reads what comes, until the child has closed both of its outputs.
    pub(super) fn run(mut self, job: [&[u8]; 3], deadline: Instant) -> io::Result<Pumped> {
        let (mut output, mut words) = (Vec::new(), Vec::new());
        let mut rest = job;
        while self.output.is_some() || self.errors.is_some() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(Pumped::Late);
            }
            let ready = self.wait(Timespec::try_from(left).unwrap_or_default())?;
            if ready[0] {
                write(&mut self.input, &mut rest)?;
            }
            if ready[1] {
                read(&mut self.output, &mut output, self.limit + 1)?;
            }
            if ready[2] {
                read(&mut self.errors, &mut words, WORDS)?;
            }
            if output.len() > self.limit {
                return Ok(Pumped::TooMuch);
            }
        }
        let words = shown(&words);
        Ok(Pumped::Done { output, words })
    }

    /// Waits until something can be done, at most so long; which of the three pipes it is.
    fn wait(&self, left: Timespec) -> io::Result<[bool; 3]> {
        let pipes = [
            self.input.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::OUT)),
            self.output.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)),
            self.errors.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)),
        ];
        let open = [pipes[0].is_some(), pipes[1].is_some(), pipes[2].is_some()];
        let mut fds: Vec<PollFd<'_>> = pipes.into_iter().flatten().collect();
        match poll(&mut fds, Some(&left)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let mut fds = fds.iter();
        // An error or a hang-up is found out by writing or reading.
        Ok(open.map(|open| open && fds.next().is_some_and(|fd| !fd.revents().is_empty())))
    }
}

/// Writes what the pipe takes of the parts, and closes it after the last.
fn write(pipe: &mut Option<ChildStdin>, rest: &mut [&[u8]; 3]) -> io::Result<()> {
    let Some(open) = pipe else { return Ok(()) };
    while let Some(part) = rest.iter_mut().find(|part| !part.is_empty()) {
        match open.write(part) {
            Ok(count) => *part = &part[count..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // A child that wants no more has its reasons, which its answer or its end will tell.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => return Err(error),
        }
    }
    *pipe = None;
    Ok(())
}

/// Reads what is there; keeps it up to `most` bytes, and closes the pipe at its end.
fn read(pipe: &mut Option<impl Read>, kept: &mut Vec<u8>, most: usize) -> io::Result<()> {
    let Some(open) = pipe else { return Ok(()) };
    let mut buffer = [0; 64 << 10];
    match open.read(&mut buffer) {
        Ok(0) => *pipe = None,
        Ok(count) => kept.extend_from_slice(&buffer[..count.min(most.saturating_sub(kept.len()))]),
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Words from a stranger, on one line and without control characters.
pub(super) fn shown(words: &[u8]) -> String {
    let text = String::from_utf8_lossy(words);
    let words = text.split(|character: char| character.is_whitespace() || character.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(300).collect()
}
