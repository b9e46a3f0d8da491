//! A folder that is filled beside, and then by renames.

use std::{
    fs, io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

use super::fault::BackupFault;
use crate::folder::whole;

/// Where things are unpacked: in the folder itself, for that is on the right disk, under a name that nobody looks at.
const BESIDE: &str = ".restoring";
/// Where what was there before is put.
const ASIDE: &str = ".before-restore";
/// How many times something may be put aside.
const ASIDES: u32 = 100;

/// A folder, and the place in it where things are unpacked. Dropped, it takes away what was unpacked, and the folder if it made it.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    beside: PathBuf,
    /// What the folder holds already, by name.
    there: Vec<std::ffi::OsString>,
    made: bool,
}

impl Staging {
    pub(super) fn open(folder: &Path, force: bool) -> Result<Self, BackupFault> {
        let cannot = |error: io::Error| BackupFault::write(folder, &error);
        let made = match fs::read_dir(folder) {
            Ok(_) => false,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder).map_err(cannot)?;
                true
            }
            Err(error) => return Err(cannot(error)),
        };
        let names = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect());
        let mut there: Vec<_> = names.map_err(cannot)?;
        // What an earlier attempt left when the power went.
        there.retain(|name| name != BESIDE);
        if !there.is_empty() && !force {
            return Err(BackupFault::NotEmpty(folder.into()));
        }
        there.retain(|name| !name.to_string_lossy().starts_with(ASIDE));
        let beside = folder.join(BESIDE);
        let _ = fs::remove_dir_all(&beside);
        let staging = Self {
            folder: folder.into(),
            beside,
            there,
            made,
        };
        let mut builder = fs::DirBuilder::new();
        builder.mode(0o700).create(&staging.beside).map_err(cannot)?;
        Ok(staging)
    }

    /// Where to unpack.
    pub(super) fn path(&self) -> &Path {
        &self.beside
    }

    /// Puts what was unpacked in place, `site.toml` last: until then a wall that looks on holds what it has. Where the folder held
    /// something, that is put aside first, and the place is given back.
    pub(super) fn put(self) -> Result<Option<PathBuf>, BackupFault> {
        let cannot = |error: io::Error| BackupFault::write(&self.folder, &error);
        let aside = self.put_aside().map_err(cannot)?;
        let entries = fs::read_dir(&self.beside).map_err(cannot)?;
        let mut names = entries
            .map(|entry| Ok(entry?.file_name()))
            .collect::<io::Result<Vec<_>>>()
            .map_err(cannot)?;
        names.sort_by_key(|name| name == "site.toml");
        for name in names {
            fs::rename(self.beside.join(&name), self.folder.join(&name)).map_err(cannot)?;
        }
        whole::sync_folder(&self.folder).map_err(cannot)?;
        Ok(aside)
    }

    fn put_aside(&self) -> io::Result<Option<PathBuf>> {
        if self.there.is_empty() {
            return Ok(None);
        }
        let place = |count: u32| match count {
            1 => self.folder.join(ASIDE),
            _ => self.folder.join(format!("{ASIDE}-{count}")),
        };
        let free = (1..=ASIDES).map(place).find(|place| !place.exists());
        let aside = free.ok_or_else(|| io::Error::other(format!("{ASIDE} is there {ASIDES} times already")))?;
        fs::create_dir(&aside)?;
        let mut there = self.there.clone();
        // First of all, so that a wall that looks on holds what it has.
        there.sort_by_key(|name| name != "site.toml");
        for name in &there {
            fs::rename(self.folder.join(name), aside.join(name))?;
        }
        Ok(Some(aside))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.beside);
        if self.made {
            // Only where it is empty.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}
