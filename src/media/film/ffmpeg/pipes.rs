//! The two outputs of a process, read as they come. The child that reads them has no clock: whoever started it has.

use std::{
    io::{self, Read},
    process::{Child, ChildStderr, ChildStdout},
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
    pipe::fcntl_setpipe_size,
};

use super::line::Stamps;

/// So much waits in the pipe: half as many changes between the processes as with less.
const PIPE: usize = 1 << 20;

/// Standard output and standard error of a process.
#[derive(Debug)]
pub(super) struct Pipes {
    process: Child,
    output: Option<ChildStdout>,
    errors: Option<ChildStderr>,
    pub(super) stamps: Stamps,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Code(i32),
    Signal(i32),
}

impl Pipes {
    pub(super) fn new(mut process: Child) -> Self {
        let (output, errors) = (process.stdout.take(), process.stderr.take());
        if let Some(output) = &output {
            // As large as the system lets it be.
            let _ = fcntl_setpipe_size(output, PIPE);
        }
        Self {
            process,
            output,
            errors,
            stamps: Stamps::default(),
        }
    }

    /// Reads some of standard output into `room`, and all that comes on standard error meanwhile. 0 at the end of standard output.
    pub(super) fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(output) = &self.output else { return Ok(0) };
            let Some(errors) = &self.errors else {
                return self.read_output(room);
            };
            let mut fds = [PollFd::new(output, PollFlags::IN), PollFd::new(errors, PollFlags::IN)];
            match poll(&mut fds, None) {
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let [is_output, is_errors] = fds.map(|fd| !fd.revents().is_empty());
            if is_errors {
                self.listen()?;
            }
            if is_output {
                return self.read_output(room);
            }
        }
    }

    fn read_output(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let Some(output) = &mut self.output else { return Ok(0) };
        let length = again(|| output.read(room))?;
        if length == 0 {
            self.output = None;
        }
        Ok(length)
    }

    /// Reads what comes next on standard error. `false` at its end.
    pub(super) fn listen(&mut self) -> io::Result<bool> {
        let Some(errors) = &mut self.errors else {
            return Ok(false);
        };
        let mut buffer = [0; 4096];
        let length = again(|| errors.read(&mut buffer))?;
        if length == 0 {
            // A last line may lack its end.
            self.stamps.take(b"\n");
            self.errors = None;
            return Ok(false);
        }
        self.stamps.take(&buffer[..length]);
        Ok(true)
    }

    /// Takes the rest of both, of standard output at most `most` bytes, and waits for the process to end.
    pub(super) fn rest(&mut self, most: usize) -> io::Result<(Vec<u8>, End)> {
        use std::os::unix::process::ExitStatusExt as _;
        let mut kept = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let length = self.read(&mut buffer)?;
            if length == 0 {
                break;
            }
            kept.extend_from_slice(&buffer[..length]);
            if kept.len() > most {
                return Err(io::Error::other("it says too much"));
            }
        }
        while self.listen()? {}
        let status = self.process.wait()?;
        let end = status
            .code()
            .map_or_else(|| End::Signal(status.signal().unwrap_or(0)), End::Code);
        Ok((kept, end))
    }
}

fn again(mut read: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match read() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
