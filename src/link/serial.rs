//! Serial ports of this machine.
//!
//! `serialport` finds them, sets speed and raw mode, and keeps other programs out. Its own reads and writes block, whatever timeout it has
//! (a `write` of 4 KiB to a peer that takes nothing never comes back), and its `flush` waits for ever; so bytes go through a second
//! descriptor of the same device, which never blocks.

use std::{
    collections::BTreeMap,
    fs, io,
    os::fd::{AsFd, AsRawFd as _, BorrowedFd, OwnedFd},
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::{
    fs::{FlockOperation, Mode, OFlags, flock},
    io::Errno,
};
use serialport::{ClearBuffer, DataBits, FlowControl, Parity, SerialPort as _, StopBits, TTYPort};

use super::{LinkError, PortError};

/// Where links lie whose names stay when adapters are plugged in again; the best first.
const STABLE: [&str; 4] = [
    "/dev/yingbi/by-path",
    "/dev/yingbi/by-id",
    "/dev/serial/by-path",
    "/dev/serial/by-id",
];

/// By how much of the speed that was asked for, in percent, the real one may differ: beyond that receivers misread bits.
const TOLERANCE: u32 = 3;

/// An open port: 8 data bits, no parity, 1 stop bit, no flow control.
#[derive(Debug)]
pub(super) struct Port {
    line: OwnedFd,
    settings: TTYPort,
}

impl Port {
    /// Opens the port of that name at so many bits a second. What it had received before is forgotten. May block for ever where the
    /// driver does.
    pub(super) fn open(port: &Arc<str>, baud: u32) -> Result<Self, LinkError> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let line = rustix::fs::open(&**port, flags, Mode::empty()).map_err(|error| not_opened(port, error))?;
        if !rustix::termios::isatty(&line) {
            return Err(PortError::Other { port: Arc::clone(port) }.into());
        }
        ask(&line).map_err(|error| not_opened(port, error))?;
        let settings = set(&line, baud).map_err(|error| not_set(port, &error))?;
        prove(port, baud, &settings)?;
        // What lies in its buffers is of another time, and perhaps of another speed.
        let _ = settings.clear(ClearBuffer::All);
        Ok(Self { line, settings })
    }

    /// Reads what is there; 0 where the device is gone.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::read(&self.line, buffer)?)
    }

    /// Writes as much as there is room for.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(&self.line, bytes)?)
    }
}

impl AsFd for Port {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.line.as_fd()
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        // Closing waits up to 30 seconds for what has not left yet.
        let _ = self.settings.clear(ClearBuffer::Output);
    }
}

/// Whether nobody has the device locked. The crate finds that out too, but by then it has taken whoever has it the right to it alone
/// (`TIOCEXCL`), which is the device's, and root is not kept out by it.
fn ask(line: &OwnedFd) -> Result<(), Errno> {
    match flock(line, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => flock(line, FlockOperation::Unlock),
        Err(Errno::WOULDBLOCK) => Err(Errno::BUSY),
        Err(error) => Err(error),
    }
}

/// Sets the device behind `line`, by that very descriptor: its name may lead elsewhere by now.
fn set(line: &OwnedFd, baud: u32) -> serialport::Result<TTYPort> {
    serialport::new(format!("/proc/self/fd/{}", line.as_raw_fd()), baud)
        .data_bits(DataBits::Eight)
        .parity(Parity::None)
        .stop_bits(StopBits::One)
        .flow_control(FlowControl::None)
        .open_native()
}

/// Drivers take the nearest speed that they have, without a word.
fn prove(port: &Arc<str>, baud: u32, settings: &TTYPort) -> Result<(), LinkError> {
    let wrong = |reason: String| {
        let port = Arc::clone(port);
        Err(PortError::Speed { port, baud, reason }.into())
    };
    match settings.baud_rate() {
        Ok(real) if u64::from(real.abs_diff(baud)) * 100 <= u64::from(baud) * u64::from(TOLERANCE) && baud > 0 => {
            Ok(())
        }
        Ok(real) => wrong(format!("{real}")),
        Err(error) => wrong(error.to_string()),
    }
}

fn not_opened(port: &Arc<str>, error: Errno) -> LinkError {
    let port = Arc::clone(port);
    let error = match error {
        Errno::NOENT | Errno::NOTDIR | Errno::NXIO | Errno::NODEV | Errno::IO | Errno::LOOP => PortError::Missing {
            port,
            known: serial_ports(),
        },
        Errno::ACCESS | Errno::PERM => PortError::Forbidden { port },
        Errno::BUSY => PortError::Held { port },
        // A program that runs, or a directory.
        Errno::TXTBSY | Errno::ISDIR => PortError::Other { port },
        error => PortError::Failed {
            port,
            reason: error.to_string(),
        },
    };
    error.into()
}

fn not_set(port: &Arc<str>, error: &serialport::Error) -> LinkError {
    let port = Arc::clone(port);
    let error = match error.kind {
        serialport::ErrorKind::NoDevice => PortError::Held { port },
        _ => PortError::Failed {
            port,
            reason: error.to_string(),
        },
    };
    error.into()
}

/// The serial ports that this machine has, each by the best name for it: one that stays, where the system keeps such names.
pub fn serial_ports() -> Vec<Arc<str>> {
    // The crate does not ask whether there is such a directory.
    if !Path::new("/sys/class/tty").is_dir() {
        return Vec::new();
    }
    let stable = stable_names();
    let mut ports: Vec<Arc<str>> = serialport::available_ports()
        .unwrap_or_default()
        .into_iter()
        .map(|found| {
            let stays = stable.get(Path::new(&found.port_name));
            stays.map_or_else(|| found.port_name.as_str().into(), Arc::clone)
        })
        .collect();
    ports.sort_unstable();
    ports
}

/// Devices, and the best name that stays for each.
fn stable_names() -> BTreeMap<PathBuf, Arc<str>> {
    let mut names = BTreeMap::new();
    for folder in STABLE {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for link in entries.map(|entry| entry.path()) {
            if let (Ok(device), Some(name)) = (fs::canonicalize(&link), link.to_str()) {
                names.entry(device).or_insert_with(|| name.into());
            }
        }
    }
    names
}
