//! From a site to an archive.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::{
        ffi::OsStrExt as _,
        fs::{MetadataExt as _, OpenOptionsExt as _},
    },
    path::{Path, PathBuf},
};

use flate2::{Compression, GzBuilder, write::GzEncoder};
use rustix::fs::OFlags;
use tar::{Builder, EntryType, Header};

use super::{
    HISTORY, LIMITS, LIST, SITE,
    fault::BackupFault,
    list::{List, Measured, VERSION, written},
};
use crate::folder::{FEEDBACK, FolderError, whole};

/// What shall be packed.
#[derive(Clone, Debug)]
pub struct Backup<'a> {
    /// The site's folder.
    pub site: &'a Path,
    /// The state folder, where its history shall be in the archive as well.
    pub history: Option<&'a Path>,
    /// The archive to write, which must not lie in the site.
    pub to: &'a Path,
}

/// What was packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// How many files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// The archive's bytes.
    pub packed: u64,
    /// What was left out, with the reason: links that lead out, pipes, what cannot be read.
    pub left_out: Vec<BackupFault>,
}

/// Of the state folder, what remembers what happened; the rest belongs to the machine.
const REMEMBERED: [&str; 3] = ["current", "journal.jsonl", "objects"];

impl Backup<'_> {
    /// Writes the archive: beside its place first, then renamed, so that an older one of that name stays whole until then.
    ///
    /// # Errors
    /// There is no site, the archive would lie in it or cannot be written, or the site is larger than [`LIMITS`].
    pub fn write(&self) -> Result<Packed, BackupFault> {
        let site = fs::canonicalize(self.site).map_err(|_| FolderError::SiteMissing(self.site.into()))?;
        if !site.is_dir() {
            return Err(FolderError::NotAFolder(self.site.into()).into());
        }
        let folder = match self.to.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let cannot = |error: io::Error| BackupFault::write(self.to, &error);
        if fs::canonicalize(folder).map_err(cannot)?.starts_with(&site) {
            return Err(BackupFault::InsideSite(self.to.into()));
        }
        let beside = whole::beside(self.to);
        let done = self.write_to(&site, &beside).and_then(|packed| {
            fs::rename(&beside, self.to).map_err(cannot)?;
            Ok(packed)
        });
        if done.is_err() {
            // Half an archive is of use to nobody.
            let _ = fs::remove_file(&beside);
        } else {
            // The entry's own way to the disk: where that fails, the archive is there all the same.
            let _ = whole::sync_folder(folder);
        }
        done
    }

    fn write_to(&self, site: &Path, beside: &Path) -> Result<Packed, BackupFault> {
        let cannot = |error: io::Error| BackupFault::write(self.to, &error);
        let file = File::create(beside).map_err(cannot)?;
        let gzip = GzBuilder::new().write(file, Compression::default());
        let mut pack = Pack {
            to: self.to,
            root: site.to_owned(),
            tar: Builder::new(gzip),
            list: List {
                v: VERSION,
                ..List::default()
            },
            packed: Packed::default(),
            entries: 0,
        };
        let all = |name: &OsStr, depth: usize| depth > 0 || name != FEEDBACK;
        pack.folder(site, Path::new(SITE), 0, &all)?;
        if let Some(state) = self.history {
            let state = fs::canonicalize(state).map_err(|error| BackupFault::read(state, &error))?;
            pack.root.clone_from(&state);
            let remembered = |name: &OsStr, depth: usize| depth > 0 || REMEMBERED.iter().any(|kept| name == *kept);
            pack.folder(&state, Path::new(HISTORY), 0, &remembered)?;
        }
        pack.finish().map_err(cannot)
    }
}

struct Pack<'a> {
    to: &'a Path,
    /// The end of links must lie in it.
    root: PathBuf,
    tar: Builder<GzEncoder<File>>,
    list: List,
    packed: Packed,
    entries: usize,
}

impl Pack<'_> {
    /// Packs what `wants`, by name and depth, of the folder at `place` as `path` of the archive.
    fn folder(
        &mut self,
        place: &Path,
        path: &Path,
        depth: usize,
        wants: &dyn Fn(&OsStr, usize) -> bool,
    ) -> Result<(), BackupFault> {
        let listing = fs::read_dir(place).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match listing {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(BackupFault::read(place, &error)),
            Err(error) => {
                self.packed.left_out.push(BackupFault::read(path, &error));
                return Ok(());
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            if is_left_over(&name) || !wants(&name, depth) {
                continue;
            }
            self.entries += 1;
            if self.entries > LIMITS.entries || depth == LIMITS.depth {
                return Err(BackupFault::TooMuch(LIMITS));
            }
            let (place, path) = (entry.path(), path.join(&name));
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                self.entry(EntryType::Directory, &path, 0, 0, &mut io::empty())?;
                self.folder(&place, &path, depth + 1, wants)?;
            } else if kind.is_file() {
                self.file(&place, &path)?;
            } else if kind.is_symlink() {
                match self.end_of_link(&place) {
                    Some(end) => self.file(&end, &path)?,
                    None => self.packed.left_out.push(BackupFault::LinkLeftOut(written(&path))),
                }
            } else {
                self.packed.left_out.push(BackupFault::NoFile(written(&path)));
            }
        }
        Ok(())
    }

    /// The file that the link at `place` leads to, where that lies in the same folder as the link.
    fn end_of_link(&self, place: &Path) -> Option<PathBuf> {
        let end = fs::canonicalize(place).ok()?;
        (end.starts_with(&self.root) && end.is_file()).then_some(end)
    }

    fn file(&mut self, place: &Path, path: &Path) -> Result<(), BackupFault> {
        let opened = open(place).and_then(|file| Ok((file.metadata()?, file)));
        let (metadata, file) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.packed.left_out.push(BackupFault::read(path, &error));
                return Ok(());
            }
        };
        if !metadata.is_file() {
            self.packed.left_out.push(BackupFault::NoFile(written(path)));
            return Ok(());
        }
        let size = metadata.len();
        self.packed.bytes += size;
        if self.packed.bytes > LIMITS.bytes {
            return Err(BackupFault::TooMuch(LIMITS));
        }
        let modified = u64::try_from(metadata.mtime()).unwrap_or(0);
        let mut measured = Measured::new(file.take(size));
        self.entry(EntryType::Regular, path, size, modified, &mut measured)?;
        let listed = measured.done();
        if listed.size != size {
            return Err(BackupFault::Changed(written(path)));
        }
        self.packed.files += 1;
        self.list.files.insert(written(path), listed);
        Ok(())
    }

    fn entry(
        &mut self,
        kind: EntryType,
        path: &Path,
        size: u64,
        modified: u64,
        data: &mut dyn io::Read,
    ) -> Result<(), BackupFault> {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(if kind.is_dir() { 0o755 } else { 0o644 });
        header.set_size(size);
        header.set_mtime(modified);
        let appended = self.tar.append_data(&mut header, path, data);
        appended.map_err(|error| BackupFault::write(self.to, &error))
    }

    /// Ends the archive with its list and brings it to the disk.
    fn finish(mut self) -> io::Result<Packed> {
        let list = serde_json::to_vec(&self.list)?;
        let mut header = Header::new_gnu();
        header.set_mode(0o644);
        header.set_size(list.len() as u64);
        self.tar.append_data(&mut header, LIST, &*list)?;
        let mut file = self.tar.into_inner()?.finish()?;
        file.flush()?;
        file.sync_all()?;
        self.packed.packed = file.metadata()?.len();
        Ok(self.packed)
    }
}

/// Opens without following a link and without waiting, should something else have been put there since it was listed.
fn open(place: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).expect("open flags fit in an i32");
    OpenOptions::new().read(true).custom_flags(flags).open(place)
}

/// What office programs, file managers and ourselves leave behind, and what is hidden. A README is a file like any other here.
fn is_left_over(name: &OsStr) -> bool {
    let bytes = name.as_bytes();
    let begins = [&b"."[..], b"~$", b"$RECYCLE.BIN", b"__MACOSX", b"@eaDir"];
    let is = |other: &str| bytes.eq_ignore_ascii_case(other.as_bytes());
    begins.iter().any(|begin| bytes.starts_with(begin))
        || bytes.ends_with(b".tmp")
        || is("Thumbs.db")
        || is("desktop.ini")
}
