//! A serial port that has no wire: a pseudo-terminal, with a name that stays when another one takes its place.
//!
//! What is opened by its path is the PC's port; we hold the other end, where a card would be. The path stays open here too, so that
//! the port is there whether anybody has opened it or not, at the speed at which it was left.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::{ffi::OsStringExt as _, fs::OpenOptionsExt as _, fs::symlink},
    },
    path::{Path, PathBuf},
};

use rustix::{
    fs::OFlags,
    io::Errno,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, ioctl_tiocnxcl, tcgetattr, tcsetattr},
};

use crate::simulator::card::CardError;

/// A pseudo-terminal. Dropped, it is unplugged: whoever has it open reads its end, and its name is gone.
#[derive(Debug)]
pub(in crate::simulator::card) struct Pty {
    card: OwnedFd,
    port: File,
    path: PathBuf,
    name: Option<PathBuf>,
}

impl Pty {
    /// A port at `baud` bits a second, named `name` besides its path. A symbolic link of that name is replaced, nothing else.
    pub(in crate::simulator::card) fn open(baud: u32, name: Option<&Path>) -> Result<Self, CardError> {
        let failed = |error: Errno| CardError::terminal(&error);
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let card = openpt(flags).map_err(failed)?;
        rustix::fs::fcntl_setfl(&card, OFlags::RDWR | OFlags::NONBLOCK).map_err(failed)?;
        grantpt(&card).and_then(|()| unlockpt(&card)).map_err(failed)?;
        let path = ptsname(&card, Vec::new()).map_err(failed)?.into_bytes();
        let path = PathBuf::from(std::ffi::OsString::from_vec(path));
        let port = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags((OFlags::NOCTTY | OFlags::CLOEXEC).bits().cast_signed())
            .open(&path)
            .map_err(|error| CardError::terminal(&error))?;
        set(&port, baud).map_err(failed)?;
        let mut pty = Self {
            card,
            port,
            path,
            name: None,
        };
        if let Some(name) = name {
            pty.call(name)?;
        }
        Ok(pty)
    }

    /// The path of the PC's port.
    pub(in crate::simulator::card) fn path(&self) -> &Path {
        &self.path
    }

    /// Bits a second at which the PC's port is set.
    pub(in crate::simulator::card) fn speed(&self) -> Option<u32> {
        tcgetattr(&self.port).ok().map(|set| set.output_speed())
    }

    /// What the PC sent, of at most so many bytes as `buffer` has; nothing if it sent nothing.
    pub(in crate::simulator::card) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        // Whoever was killed could not give back what he had for himself; the lock of the file went with him.
        let _ = ioctl_tiocnxcl(&self.port);
        heed(rustix::io::read(&self.card, buffer))
    }

    /// Sends to the PC; how many bytes its port has room for. What it has none for is lost, as on a port that nobody reads.
    pub(in crate::simulator::card) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        heed(rustix::io::write(&self.card, bytes))
    }

    /// Makes `name` lead to it, in one step.
    fn call(&mut self, name: &Path) -> Result<(), CardError> {
        let failed = |reason: String| CardError::Name {
            path: name.to_owned(),
            reason,
        };
        match fs::symlink_metadata(name) {
            Ok(found) if !found.is_symlink() => {
                return Err(failed("it is there and no symbolic link".to_owned()));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error.to_string())),
            Ok(_) | Err(_) => {}
        }
        let mut beside = name.to_owned().into_os_string();
        beside.push(format!(".{}", std::process::id()));
        let made = symlink(&self.path, &beside).and_then(|()| fs::rename(&beside, name));
        made.map_err(|error| failed(error.to_string()))?;
        self.name = Some(name.to_owned());
        Ok(())
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let Some(name) = &self.name else { return };
        if fs::read_link(name).is_ok_and(|leads| leads == self.path) {
            let _ = fs::remove_file(name);
        }
    }
}

impl AsFd for Pty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.card.as_fd()
    }
}

/// Raw bytes at `baud` bits a second.
fn set(port: &File, baud: u32) -> Result<(), Errno> {
    let mut settings = tcgetattr(port)?;
    settings.make_raw();
    settings.set_speed(baud)?;
    tcsetattr(port, OptionalActions::Now, &settings)
}

fn heed(done: Result<usize, Errno>) -> io::Result<usize> {
    match done {
        Ok(count) => Ok(count),
        Err(Errno::AGAIN | Errno::INTR) => Ok(0),
        Err(error) => Err(error.into()),
    }
}
