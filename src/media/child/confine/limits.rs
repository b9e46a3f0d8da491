//! What any kernel limits: rights, memory, time, files, processes.

use std::{fs, io};

use rustix::process::{Pid, Resource, Rlimit, Signal, getppid, set_parent_process_death_signal, setrlimit};

const MIB: u64 = 1 << 20;

/// What a process may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::media::child) struct Bounds {
    /// Address space, in MiB.
    pub(in crate::media::child) memory: u32,
    /// Processor time, in seconds.
    pub(in crate::media::child) cpu: u32,
    /// How long a file may become, in bytes.
    pub(in crate::media::child) file: u64,
    /// Whether it may start threads. Processes are refused elsewhere as well: the system counts those of the user, not of the process.
    pub(in crate::media::child) threads: bool,
}

/// Gives up new rights and precedence, and goes when the parent goes, which is `parent` where a child starts another process.
pub(in crate::media::child) fn begin(parent: Option<i32>) -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // One that went before that was set is not heard of any more.
    if parent.is_some_and(|parent| getppid().map(Pid::as_raw_pid) != Some(parent)) {
        return Err(io::Error::other("the parent is gone"));
    }
    rustix::thread::set_no_new_privs(true)?;
    // Whoever plays goes first, and stays where memory is short. What a child starts has that from it.
    if parent.is_none() {
        let _ = rustix::process::nice(10);
        let _ = fs::write("/proc/self/oom_score_adj", "500");
    }
    Ok(())
}

/// Closes what was left open by whoever started us: all but standard input, output and error.
pub(in crate::media::child) fn shed() -> io::Result<()> {
    let entries = fs::read_dir("/proc/self/fd")?;
    let numbers = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    // The list itself is among them, and closed by now.
    let numbers: Vec<i32> = numbers.filter(|number| *number > 2).collect();
    for number in numbers {
        let _ = nix::unistd::close(number);
    }
    Ok(())
}

/// Sets the limits; at most `files` may be open.
pub(super) fn set(bounds: &Bounds, files: u64) -> io::Result<()> {
    let limits = [
        (Resource::As, u64::from(bounds.memory) * MIB, 0),
        // The first limit tells why, the second one ends who does not listen.
        (Resource::Cpu, u64::from(bounds.cpu), 1),
        (Resource::Fsize, bounds.file, 0),
        (Resource::Core, 0, 0),
        (Resource::Memlock, 0, 0),
        (Resource::Msgqueue, 0, 0),
        (Resource::Nofile, files, 0),
    ];
    for (resource, limit, more) in limits {
        put(resource, limit, limit + more)?;
    }
    if !bounds.threads {
        put(Resource::Nproc, 0, 0)?;
    }
    Ok(())
}

/// Sets a limit, or leaves it where it is lower already.
fn put(resource: Resource, current: u64, maximum: u64) -> io::Result<()> {
    let highest = rustix::process::getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let limits = Rlimit {
        current: Some(current.min(highest)),
        maximum: Some(maximum.min(highest)),
    };
    Ok(setrlimit(resource, limits)?)
}
