//! Tries what a reader of strangers' files must never be able to do, from where such a reader stands, and says what came of it: a line each,
//! `open FILE: Permission denied` or `open FILE: DONE`. For the tests, and for whoever wants to know what a machine's kernel holds back.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    net::{TcpStream, UdpSocket},
    os::unix::net::UnixStream,
    process::Command,
    thread,
};

use rustix::{
    fs::{CWD, FileType, Mode, mknodat, symlink},
    process::{Pid, Signal, chroot, getppid, kill_process},
};

use super::confine::{self, Bounds};

/// The hidden command within the hidden command.
pub(super) const PROBE: &str = "probe";

type Attempt = fn(Pid) -> io::Result<()>;

const ATTEMPTS: &[(&str, Attempt)] = &[
    ("read the accounts", |_| File::open("/etc/passwd").map(drop)),
    ("read the program itself", |_| File::open("/proc/self/exe").map(drop)),
    ("read the environment of another process", |_| {
        File::open("/proc/1/environ").map(drop)
    }),
    ("read a device", |_| File::open("/dev/zero").map(drop)),
    ("list a folder", |_| fs::read_dir("/root").map(drop)),
    ("ask for a file's length", |_| fs::metadata("/etc/passwd").map(drop)),
    ("write to the folder of all", |_| {
        File::create("/tmp/yingbi-escaped").map(drop)
    }),
    ("write to the root", |_| File::create("/yingbi-escaped").map(drop)),
    ("make a folder", |_| fs::create_dir("/tmp/yingbi-escaped-folder")),
    ("make a link", |_| {
        Ok(symlink("/etc/passwd", "/tmp/yingbi-escaped-link")?)
    }),
    ("remove a file", |_| fs::remove_file("/tmp/yingbi-bait")),
    ("connect by TCP", |_| TcpStream::connect("127.0.0.1:22").map(drop)),
    ("open a UDP socket", |_| UdpSocket::bind("127.0.0.1:0").map(drop)),
    ("connect to a local socket", |_| {
        UnixStream::connect("/run/systemd/notify").map(drop)
    }),
    ("make a pair of sockets", |_| UnixStream::pair().map(drop)),
    ("make a pipe", |_| io::pipe().map(drop)),
    ("start a shell", |_| {
        Command::new("/bin/sh").args(["-c", ":"]).status().map(drop)
    }),
    ("start itself", |_| {
        Command::new("/proc/self/exe").arg("--version").status().map(drop)
    }),
    ("start a thread", |_| thread::Builder::new().spawn(|| ()).map(drop)),
    ("end its parent", |parent| Ok(kill_process(parent, Signal::KILL)?)),
    ("reach its parent", |parent| Ok(kill_process(parent, Signal::CONT)?)),
    ("make a device", |_| {
        Ok(mknodat(
            CWD,
            "/tmp/yingbi-escaped-device",
            FileType::CharacterDevice,
            Mode::RUSR,
            rustix::fs::makedev(1, 5),
        )?)
    }),
    ("change the root", |_| Ok(chroot("/tmp")?)),
    ("change its folder", |_| std::env::set_current_dir("/tmp")),
    ("become another user", |_| {
        Ok(rustix::thread::set_thread_uid(rustix::process::Uid::from_raw(1))?)
    }),
    ("raise its limits", |_| raise()),
    ("outlive its parent", |_| {
        Ok(rustix::process::set_parent_process_death_signal(None)?)
    }),
    ("take precedence", |_| {
        rustix::process::setpriority_process(None, -20).map_err(Into::into)
    }),
];

fn raise() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit {
        current: Some(64),
        maximum: Some(64),
    };
    Ok(setrlimit(Resource::Nofile, limit)?)
}

/// Confines this process as one that reads pictures, and tries everything.
pub(super) fn serve() -> io::Result<u8> {
    let parent = getppid().ok_or(io::ErrorKind::NotFound)?;
    confine::begin(None)?;
    confine::shed()?;
    let bounds = Bounds {
        memory: 512,
        cpu: 10,
        file: 0,
        threads: false,
    };
    let walls = confine::ourselves(&bounds, false)?;
    let mut output = io::stdout().lock();
    writeln!(output, "walls {} {}", walls.landlock, walls.calls)?;
    for (name, attempt) in ATTEMPTS {
        match attempt(parent) {
            Ok(()) => writeln!(output, "{name}: DONE")?,
            Err(error) => writeln!(output, "{name}: {error}")?,
        }
    }
    Ok(0)
}
