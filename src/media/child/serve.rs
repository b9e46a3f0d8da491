//! The child's side: limits itself, reads the job, does it, answers.

use std::{
    ffi::OsString,
    io::{self, Read as _, Write as _},
};

use super::{
    confine::{self, Bounds, Walls},
    exec, making, probe,
    wire::{Answer, Head, JOB_HEAD, Task},
};
use crate::{
    diagnostic::{Bilingual, Explain},
    media::{font, picture, sheet},
};

/// The most that a job may hold, in bytes.
const JOB_LIMIT: usize = 256 << 20;

/// Does what the arguments of the hidden command say, and gives the code to exit with. Without arguments: the job on standard input, with the
/// answer on standard output.
pub fn serve(arguments: &[OsString]) -> u8 {
    let done = match arguments.split_first() {
        None => work().map(|()| 0),
        Some((word, rest)) if word == making::FILM => making::serve(rest),
        Some((word, rest)) if word == exec::EXEC => exec::serve(rest),
        Some((word, [])) if word == probe::PROBE => probe::serve(),
        Some(_) => Err(io::Error::other("this is no job")),
    };
    done.unwrap_or_else(|error| {
        // The parent keeps these words; they reach people through it.
        let _ = writeln!(io::stderr(), "{error}");
        1
    })
}

fn work() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut head = [0; JOB_HEAD];
    input.read_exact(&mut head)?;
    let head = Head::read(&head).ok_or_else(|| io::Error::other("this is no job"))?;
    confine(&head)?;
    let length = head.settings.saturating_add(head.bytes);
    if length > JOB_LIMIT {
        return Err(io::Error::other("the job is too large"));
    }
    let mut job = vec![0; length];
    input.read_exact(&mut job)?;
    let (settings, bytes) = job.split_at(head.settings);
    let done = match head.task {
        Task::Outline => font::outline(settings, bytes).map_err(|fault| words(&fault)),
        Task::Picture => picture::plain(settings, bytes).map_err(|fault| words(&fault)),
        Task::Sheet => sheet::plain(bytes).map_err(|fault| words(&fault)),
    };
    let answer = match &done {
        Ok(answer) => Answer::Done(answer),
        Err((message, help)) => Answer::Refused {
            message: message.clone(),
            help: help.clone(),
        },
    };
    let mut output = io::stdout().lock();
    output.write_all(&answer.write())?;
    output.flush()
}

/// Before the first byte of a stranger's file.
fn confine(head: &Head) -> io::Result<()> {
    confine::begin(None)?;
    confine::shed()?;
    let bounds = Bounds {
        memory: head.memory,
        cpu: head.cpu,
        file: 0,
        threads: false,
    };
    let Walls { landlock, calls } = confine::ourselves(&bounds, false)?;
    if landlock == 0 || !calls {
        // They are read where the child fails, and logged where it does not.
        let _ = writeln!(
            io::stderr(),
            "less confined: Landlock {landlock}, filter for calls: {calls}"
        );
    }
    Ok(())
}

pub(super) fn words(fault: &impl Explain) -> (Bilingual, Bilingual) {
    (Bilingual::new(fault.chinese(), fault.to_string()), fault.help())
}
