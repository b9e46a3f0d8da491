//! Small files of the state folder: a few lines under a name and a format, with a checksum behind them.
//!
//! ```text
//! starts 1
//! …
//! sum 1f0c33a7
//! ```
//!
//! Whoever reads one gets what was written, or nothing: a file that is missing, torn or spoilt is nothing. None of them is needed to
//! light a screen, so nobody waits until one is on the disk itself: a process that dies leaves it, and a power cut may take it.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::whole;

/// The largest note, in bytes.
const LIMIT: u64 = 64 * 1024;

/// What was found under a note's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing, or not what was written.
    Nothing,
    /// A whole note of a newer format, of that number.
    Newer(u32),
    /// The lines.
    Lines(Vec<String>),
}

/// A small file of the state folder.
#[derive(Clone, Debug)]
pub struct Note {
    path: PathBuf,
    name: &'static str,
}

/// The format that is written.
const FORMAT: u32 = 1;

impl Note {
    /// The note of that name in `folder`.
    pub fn new(folder: &Path, name: &'static str) -> Self {
        Self {
            path: folder.join(name),
            name,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says.
    pub fn read(&self) -> Found {
        let bytes = whole::read(&self.path, LIMIT).ok().flatten();
        bytes.and_then(|bytes| self.decode(&bytes)).unwrap_or(Found::Nothing)
    }

    /// Its lines; none where there is nothing that can be read.
    pub fn lines(&self) -> Vec<String> {
        match self.read() {
            Found::Lines(lines) => lines,
            Found::Nothing | Found::Newer(_) => Vec::new(),
        }
    }

    /// Makes it say these lines, none of which has a line break. Whoever reads finds the old ones or these.
    ///
    /// # Errors
    /// It cannot be written; the old ones stay.
    pub fn write(&self, lines: &[String]) -> io::Result<()> {
        let mut text = format!("{} {FORMAT}\n", self.name);
        for line in lines {
            text += line;
            text.push('\n');
        }
        text += &format!("sum {}\n", whole::sum(&text));
        whole::put_soon(&self.path, text.as_bytes())
    }

    /// Takes it away, where it is there.
    ///
    /// # Errors
    /// It is there and cannot be taken away.
    pub fn clear(&self) -> io::Result<()> {
        whole::remove(&self.path).map(drop)
    }

    fn decode(&self, bytes: &[u8]) -> Option<Found> {
        let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let (body, last) = text.rsplit_once('\n')?;
        let body_end = body.len() + 1;
        if last.strip_prefix("sum ")? != whole::sum(&text[..body_end]) {
            return None;
        }
        let mut lines = body.split('\n');
        let (name, format) = lines.next()?.split_once(' ')?;
        let format: u32 = format.parse().ok()?;
        if name != self.name {
            return None;
        }
        if format > FORMAT {
            return Some(Found::Newer(format));
        }
        Some(Found::Lines(lines.map(str::to_owned).collect()))
    }
}
