//! Which files of the site's folder matter, and where they are.
//!
//! `*.toml` at the root, 不拆词.txt (or phrases.txt), 肃静.txt and 加开.txt beside them, `scenes/*.toml`, `calendar/*.toml`, and the texts, pictures,
//! videos and sheets under `items/`,
//! however deep. What an office's programs leave behind is passed over: names that begin with `.` or `~`, that end in `~`, `.tmp`, `.bak` or `.swp`,
//! `Thumbs.db`, `desktop.ini`, `README*`. Whatever else lies among the items, and texts, pictures and documents at the root, are listed, so that
//! somebody is told, and never opened.

use std::{
    ffi::OsStr,
    fs, io,
    os::unix::ffi::OsStrExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{fault::FolderError, scan::Unseen};
use crate::{
    almanac::DayList,
    text::bitmap::own::is_glyph_file,
    wall::{Foreign, PHRASES, is_data_file, is_picture_file, is_sheet_file, is_strike_file, is_video_file},
};

/// The most files and folders that are looked at.
pub const ENTRY_LIMIT: usize = 100_000;

/// How many files that nobody plays are told.
const STRAYS: usize = 20;

/// How many folders deep `items/` is read.
pub const DEPTH_LIMIT: usize = 16;

/// A file that the wall wants, whatever it really is.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Relative to the site; bytes that are not UTF-8 are written as `\xNN`.
    pub(super) path: Arc<str>,
    /// Where it is on disk.
    pub(super) place: PathBuf,
    /// Whether its own name is UTF-8.
    pub(super) is_utf8: bool,
    /// Whether it is a link.
    pub(super) is_link: bool,
    /// What it is where it can only be told, not shown: then nobody opens it.
    pub(super) foreign: Option<Foreign>,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) candidates: Vec<Candidate>,
    pub(super) unseen: Vec<Unseen>,
    entries: usize,
}

/// A folder that is to be listed.
struct Folder<'a> {
    place: &'a Path,
    /// Relative to the site, empty for the site itself.
    path: &'a str,
    wants: Wants,
    depth: usize,
}

/// What is wanted of a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// `*.toml`, the phrases, and the folders that mean something.
    Root,
    /// `*.toml`.
    Tables,
    /// Texts, at any depth.
    Items,
    /// Glyphs, at any depth.
    Fonts,
    /// Figures.
    Data,
}

/// Everything under `site` that the wall wants.
pub(super) fn walk(site: &Path) -> Result<Walk, FolderError> {
    let mut walk = Walk::default();
    let root = Folder {
        place: site,
        path: "",
        wants: Wants::Root,
        depth: 0,
    };
    walk.list(&root)?;
    if let Some(unlisted) = walk.unseen.iter().find(|unseen| unseen.path.is_empty()) {
        return Err(unlisted.fault.clone());
    }
    walk.candidates.sort_by(|a, b| a.path.cmp(&b.path));
    walk.bound_strays();
    Ok(walk)
}

/// The file at `path`, relative to `site`, where a [`walk`] would find it there at this moment.
pub(super) fn find(site: &Path, path: &str) -> Option<Candidate> {
    let mut names: Vec<&str> = path.split('/').collect();
    let name = names.pop()?;
    let (mut place, mut wants) = (site.to_owned(), Wants::Root);
    if names.len() > DEPTH_LIMIT {
        return None;
    }
    for name in names {
        place.push(name);
        let is_folder = || fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_dir());
        wants = below(wants, name.as_ref()).filter(|_| !is_left_over(name.as_ref()) && is_folder())?;
    }
    place.push(name);
    let name: &OsStr = name.as_ref();
    let kind = fs::symlink_metadata(&place).ok()?.file_type();
    let foreign = Foreign::of(path);
    let counts = !kind.is_dir() && !is_left_over(name) && (foreign.is_some() || is_wanted(wants, name));
    counts.then(|| Candidate {
        path: path.into(),
        place,
        is_utf8: true,
        is_link: kind.is_symlink(),
        foreign,
    })
}

impl Walk {
    /// Of files that are only told, and of which there may be any number, keeps the first few.
    fn bound_strays(&mut self) {
        let mut left = STRAYS;
        self.candidates.retain(|candidate| {
            let is_stray = candidate.foreign.is_some_and(Foreign::is_stray);
            let stays = !is_stray || left > 0;
            left -= usize::from(is_stray && stays);
            stays
        });
    }

    fn list(&mut self, folder: &Folder<'_>) -> Result<(), FolderError> {
        let listing = fs::read_dir(folder.place).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = match listing {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder.depth > 0 => return Ok(()),
            Err(error) => {
                self.hide(folder.path, unlisted(folder, &error));
                return Ok(());
            }
        };
        for entry in entries {
            self.entries += 1;
            if self.entries > ENTRY_LIMIT {
                return Err(FolderError::TooMany { limit: ENTRY_LIMIT });
            }
            self.visit(folder, &entry)?;
        }
        Ok(())
    }

    fn visit(&mut self, folder: &Folder<'_>, entry: &fs::DirEntry) -> Result<(), FolderError> {
        let name = entry.file_name();
        if is_left_over(&name) {
            return Ok(());
        }
        let path = join(folder.path, &name);
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            // What cannot be looked at is not known to be gone.
            Err(error) => {
                self.hide(folder.path, unlisted(folder, &error));
                return Ok(());
            }
        };
        let place = entry.path();
        if kind.is_dir() {
            return self.enter(folder, &place, &path, &name);
        }
        // A link may lead to a folder, which is told in its own words.
        let is_told = |foreign: &Foreign| !(kind.is_symlink() && foreign.is_stray());
        let foreign = name.to_str().and_then(|_| Foreign::of(&path)).filter(is_told);
        if foreign.is_some() || is_wanted(folder.wants, &name) {
            self.candidates.push(Candidate {
                path: path.into(),
                place,
                is_utf8: name.to_str().is_some(),
                is_link: kind.is_symlink(),
                foreign,
            });
        } else if kind.is_symlink() && below(folder.wants, &name).is_some() {
            self.hide_linked_folder(&place, &path);
        }
        Ok(())
    }

    fn enter(&mut self, folder: &Folder<'_>, place: &Path, path: &str, name: &OsStr) -> Result<(), FolderError> {
        let Some(wants) = below(folder.wants, name) else {
            return Ok(());
        };
        if folder.depth == DEPTH_LIMIT {
            self.hide(
                path,
                FolderError::TooDeep {
                    path: path.into(),
                    limit: DEPTH_LIMIT,
                },
            );
            return Ok(());
        }
        self.list(&Folder {
            place,
            path,
            wants,
            depth: folder.depth + 1,
        })
    }

    fn hide_linked_folder(&mut self, place: &Path, path: &str) {
        if fs::metadata(place).is_ok_and(|target| target.is_dir()) {
            let target = fs::read_link(place).unwrap_or_default().display().to_string();
            let path = path.to_owned();
            self.hide(&path.clone(), FolderError::LinkedFolder { path, target });
        }
    }

    fn hide(&mut self, path: &str, fault: FolderError) {
        self.unseen.push(Unseen {
            path: path.into(),
            fault,
        });
    }
}

fn unlisted(folder: &Folder<'_>, error: &io::Error) -> FolderError {
    if folder.depth == 0 {
        match error.kind() {
            io::ErrorKind::NotFound => return FolderError::SiteMissing(folder.place.into()),
            io::ErrorKind::NotADirectory => return FolderError::NotAFolder(folder.place.into()),
            _ => {}
        }
    }
    FolderError::Unlisted {
        path: if folder.path.is_empty() { "." } else { folder.path }.into(),
        reason: error.to_string(),
    }
}

/// What is wanted of the folder `name` in a folder of which `wants` is wanted; `None` where it does not matter.
fn below(wants: Wants, name: &OsStr) -> Option<Wants> {
    match wants {
        Wants::Root if name == "items" => Some(Wants::Items),
        Wants::Root if name == "scenes" || name == "calendar" => Some(Wants::Tables),
        Wants::Root if name == "fonts" => Some(Wants::Fonts),
        Wants::Root if name == "data" => Some(Wants::Data),
        Wants::Items | Wants::Fonts => Some(wants),
        Wants::Root | Wants::Tables | Wants::Data => None,
    }
}

fn is_wanted(wants: Wants, name: &OsStr) -> bool {
    let Some(extension) = Path::new(name).extension() else {
        return false;
    };
    match wants {
        Wants::Data => is_data_file(&name.to_string_lossy()),
        Wants::Root if name.to_str().and_then(DayList::of).is_some() => true,
        Wants::Root => extension == "toml" || PHRASES.iter().any(|phrases| name == *phrases),
        Wants::Tables => extension == "toml",
        Wants::Items => {
            let is_text = extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("txt");
            // A name that is not UTF-8 is told of, whatever it ends with.
            let name = name.to_string_lossy();
            is_text || is_picture_file(&name) || is_video_file(&name) || is_sheet_file(&name)
        }
        Wants::Fonts => name
            .to_str()
            .is_some_and(|name| is_glyph_file(name) || is_strike_file(name)),
    }
}

/// What WPS, Windows, macOS, file managers and ourselves leave in folders, and what is for people only.
fn is_left_over(name: &OsStr) -> bool {
    let bytes = name.as_bytes();
    let begins = [&b"."[..], b"~", b"README", b"$RECYCLE.BIN", b"__MACOSX", b"@eaDir"];
    let ends = [
        &b"~"[..],
        b".tmp",
        b".bak",
        b".swp",
        b".wbk",
        b".part",
        b".crdownload",
        b".partial",
        b".db",
        b".ini",
    ];
    let whole = [&b"thumbs.db"[..], b"desktop.ini"];
    let small = bytes.to_ascii_lowercase();
    begins.iter().any(|begin| bytes.starts_with(begin))
        || ends.iter().any(|end| small.ends_with(end))
        || whole.contains(&&*small)
}

fn join(folder: &str, name: &OsStr) -> String {
    let mut path = String::from(folder);
    if !path.is_empty() {
        path.push('/');
    }
    path + &written(name)
}

/// A name or a path as lists and messages write it: bytes that are not UTF-8 as `\xNN`.
pub(super) fn written(name: &OsStr) -> String {
    let mut written = String::new();
    for chunk in name.as_bytes().utf8_chunks() {
        written.push_str(chunk.valid());
        written.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    written
}
