//! Serial cables: pseudo-terminals, whose far end a test holds, and whose near end has a name that stays.

use std::{
    cell::RefCell,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serialport::{SerialPort as _, TTYPort};

/// A serial cable. When it is dropped, it is unplugged.
pub(crate) struct Cable {
    far: TTYPort,
    /// Keeps the device there while nobody else has it open.
    near: TTYPort,
    names: RefCell<Vec<PathBuf>>,
}

impl Cable {
    /// A cable with a device of its own.
    pub(crate) fn new() -> Self {
        let (mut far, near) = TTYPort::pair().unwrap();
        far.set_timeout(Duration::from_millis(1)).unwrap();
        let names = RefCell::default();
        Self { far, near, names }
    }

    /// A cable whose device has that name too.
    pub(crate) fn at(name: &Path) -> Self {
        let cable = Self::new();
        cable.plug(name);
        cable
    }

    /// Makes `name` lead to the device, as udev does when an adapter is plugged in.
    pub(crate) fn plug(&self, name: &Path) {
        let beside = name.with_extension("new");
        std::os::unix::fs::symlink(self.device(), &beside).unwrap();
        std::fs::rename(beside, name).unwrap();
        self.names.borrow_mut().push(name.to_owned());
    }

    /// The device's own name.
    pub(crate) fn device(&self) -> String {
        self.near.name().unwrap()
    }

    /// The settings of the device.
    pub(crate) const fn settings(&self) -> &TTYPort {
        &self.near
    }

    /// Says `bytes` at the far end; there must be room.
    pub(crate) fn say(&mut self, bytes: &[u8]) {
        self.far.write_all(bytes).unwrap();
    }

    /// What has come to the far end, `most` bytes of it.
    pub(crate) fn hear(&mut self, most: usize) -> Vec<u8> {
        let mut heard = vec![0; most];
        let count = self.far.read(&mut heard).unwrap_or(0);
        heard.truncate(count);
        heard
    }

    /// The far end alone, for another thread.
    pub(crate) fn far(&self) -> TTYPort {
        self.far.try_clone_native().unwrap()
    }
}

impl Drop for Cable {
    /// Takes its names away first, as udev does: its device's number is soon another cable's, perhaps another test's.
    fn drop(&mut self) {
        let device = PathBuf::from(self.device());
        for name in self.names.borrow().iter() {
            if std::fs::read_link(name).is_ok_and(|leads| leads == device) {
                let _ = std::fs::remove_file(name);
            }
        }
    }
}

/// Runs `test`, which is the body of the test of that full name, in a process that no other test shares, so that it can count what the
/// process has.
pub(crate) fn apart(name: &str, test: impl FnOnce()) {
    const INSIDE: &str = "YINGBI_TEST_APART";
    if std::env::var(INSIDE).as_deref() == Ok(name) {
        return test();
    }
    let mut again = Command::new(std::env::current_exe().unwrap());
    let output = again
        .args([name, "--exact", "--nocapture", "--include-ignored"])
        .env(INSIDE, name)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{failed}");
}
