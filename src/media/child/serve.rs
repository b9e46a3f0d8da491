//! The child's side: limits itself, reads the job, does it, answers.

use std::io::{self, Read as _, Write as _};

use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};

use super::wire::{Answer, Head, JOB_HEAD, Task};
use crate::{
    diagnostic::{Bilingual, Explain},
    media::{font, picture, sheet},
};

/// The most that a job may hold, in bytes.
const JOB_LIMIT: usize = 256 << 20;
const MIB: u64 = 1 << 20;

/// Does the job on standard input, answers on standard output, and gives the code to exit with.
pub fn serve() -> u8 {
    let Err(error) = work() else { return 0 };
    // The parent keeps these words; they reach people through it.
    let _ = writeln!(io::stderr(), "{error}");
    1
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

fn words(fault: &impl Explain) -> (Bilingual, Bilingual) {
    (Bilingual::new(fault.chinese(), fault.to_string()), fault.help())
}

/// Gives up what the job does not need, for good.
fn confine(head: &Head) -> io::Result<()> {
    // A parent that is killed takes its child with it.
    set_parent_process_death_signal(Some(Signal::KILL))?;
    rustix::thread::set_no_new_privs(true)?;
    // Whoever plays goes first.
    let _ = rustix::process::nice(10);
    let cpu = u64::from(head.cpu);
    let limits = [
        (Resource::As, u64::from(head.memory) * MIB, 0),
        // The first limit tells why, the second one ends who does not listen.
        (Resource::Cpu, cpu, 1),
        (Resource::Fsize, 0, 0),
        (Resource::Core, 0, 0),
        (Resource::Nproc, 0, 0),
        // Standard input, output and error: neither file nor socket can be opened besides.
        (Resource::Nofile, 3, 0),
    ];
    for (resource, limit, more) in limits {
        let limits = Rlimit {
            current: Some(limit),
            maximum: Some(limit + more),
        };
        setrlimit(resource, limits)?;
    }
    Ok(())
}
