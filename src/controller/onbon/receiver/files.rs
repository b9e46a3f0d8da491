//! The files of a card: what lies in flash, and what is on its way there.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    super::packet::checksum::crc32,
    program::{self, Pictures, Program},
    reader::Reader,
    refusal::{Field, Refusal},
    screen::Screen,
};
use crate::controller::onbon::Family;

/// The name of a file: a letter and three digits.
pub(super) type Name = [u8; 4];

/// Files by name.
pub(super) type Files = BTreeMap<Name, File>;

/// The type of a program.
pub(super) const PROGRAM: u8 = 0;
/// The type of a playlist.
const PLAYLIST: u8 = 3;
/// The type of the pictures of a program, which BX-6 has.
pub(super) const PICTURES: u8 = 9;

/// The letters with which names begin, by type.
const LETTERS: &[u8; 13] = b"PCSLFOGIADYEV";

/// The shortest file: it has a CRC32 and something before it.
const SHORTEST: u32 = 5;

/// A whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) kind: u8,
    pub(super) bytes: Arc<[u8]>,
}

impl File {
    /// All but the sum at its end.
    pub(super) fn content(&self) -> &[u8] {
        &self.bytes[..self.bytes.len().saturating_sub(4)]
    }

    /// The sum at its end.
    pub(super) fn sum(&self) -> u32 {
        self.bytes.last_chunk().map_or(0, |sum| u32::from_le_bytes(*sum))
    }

    /// How long it is.
    pub(super) fn length(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }
}

/// The flash that holds the files.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    /// Programs, their pictures, playlists and the like.
    pub(super) files: Files,
    /// Those that have a fixed place.
    pub(super) fixed: Files,
}

/// A transfer under way; in RAM.
#[derive(Clone, Debug, Default)]
pub(super) struct Transfer {
    /// Whether it was begun (A1 08) and not ended (A1 09).
    pub(super) is_open: bool,
    /// Files that came whole, and wait for its end.
    pub(super) staged: Files,
    /// The file that is coming.
    pub(super) upload: Option<Upload>,
}

/// A file that is coming.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    pub(super) name: Name,
    pub(super) sum: u32,
    kind: u8,
    length: u32,
    bytes: Vec<u8>,
    is_fixed: bool,
}

impl Upload {
    /// How many bytes have come.
    pub(super) fn received(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }
}

impl Store {
    /// The files of one kind of places.
    pub(super) const fn of(&mut self, is_fixed: bool) -> &mut Files {
        if is_fixed { &mut self.fixed } else { &mut self.files }
    }

    /// How many bytes all files take.
    pub(super) fn used(&self) -> usize {
        size(&self.files) + size(&self.fixed)
    }
}

/// How many bytes files take.
fn size(files: &Files) -> usize {
    files.values().map(|file| file.bytes.len()).sum()
}

impl Transfer {
    /// How many bytes of flash it takes, or will.
    pub(super) fn used(&self) -> usize {
        size(&self.staged) + self.upload.as_ref().map_or(0, |upload| upload.length as usize)
    }

    /// Begins a file: name, type, length, overwrite, sum. `flash` has so many bytes in all.
    pub(super) fn start(
        &mut self,
        reader: &mut Reader<'_>,
        store: &mut Store,
        screen: &Screen,
        flash: usize,
        is_fixed: bool,
    ) -> Result<(), Refusal> {
        let (name, kind, length) = (reader.array()?, reader.u8()?, reader.u32()?);
        let (overwrite, sum) = (reader.flag(Field::Switch)?, reader.u32()?);
        reader.end()?;
        is_name(name, kind, screen)?;
        if length < SHORTEST {
            return Err(Field::FileLength.refuse(length));
        }
        if !self.is_open && !is_fixed && is_played(kind) {
            return Err(Refusal::NoTransfer);
        }
        self.upload = None;
        let is_there = store.of(is_fixed).contains_key(&name) || self.staged.contains_key(&name);
        if is_there && !overwrite {
            return Err(Refusal::FileExists(name));
        }
        let free = flash.saturating_sub(store.used() + self.used());
        if length as usize > free {
            let needed = length as usize;
            return Err(Refusal::Memory { needed, free });
        }
        self.upload = Some(Upload {
            name,
            sum,
            kind,
            length,
            bytes: Vec::new(),
            is_fixed,
        });
        Ok(())
    }

    /// Takes a block: name, last, offset, data. Blocks that came before may come again, since an answer can get lost. The file, when it is
    /// whole and at once in its place.
    pub(super) fn block(
        &mut self,
        reader: &mut Reader<'_>,
        store: &mut Store,
        screen: &Screen,
        is_fixed: bool,
    ) -> Result<(), Refusal> {
        let (name, last, offset) = (reader.array()?, reader.flag(Field::Switch)?, reader.u32()?);
        let data = reader.rest();
        let Some(upload) = self.upload.as_mut().filter(|upload| upload.is_fixed == is_fixed) else {
            let landed = self.staged.get(&name).or_else(|| store.of(is_fixed).get(&name));
            return is_again(landed, last, offset, data);
        };
        if upload.name != name {
            return Err(Refusal::NoFile(name));
        }
        let (received, length) = (upload.received(), upload.length);
        let (end, whole) = (u64::from(offset) + data.len() as u64, u64::from(length));
        if offset > received || end > whole || data.is_empty() || last != (end == whole) {
            return Err(Refusal::Block {
                offset,
                received,
                length,
            });
        }
        upload.bytes.truncate(offset as usize);
        upload.bytes.extend_from_slice(data);
        if last {
            return self.land(store, screen);
        }
        Ok(())
    }

    /// Looks at a file that is whole, and puts it where it belongs.
    fn land(&mut self, store: &mut Store, screen: &Screen) -> Result<(), Refusal> {
        let Some(upload) = self.upload.take() else {
            return Ok(());
        };
        let file = File {
            kind: upload.kind,
            bytes: upload.bytes.into(),
        };
        let reckoned = crc32(file.content());
        for found in [file.sum(), upload.sum] {
            if found != reckoned {
                return Err(Refusal::FileSum { found, reckoned });
            }
        }
        let name = upload.name;
        match file.kind {
            PROGRAM => drop(Program::read(name, &file, screen, &Pictures::Unseen)?),
            PICTURES => program::is_pictures(name, &file)?,
            _ => {}
        }
        if !upload.is_fixed && self.is_open {
            self.staged.insert(name, file);
        } else {
            store.of(upload.is_fixed).insert(name, file);
        }
        Ok(())
    }

    /// Ends the transfer: all files that came take their places together, or none does.
    pub(super) fn end(&mut self, store: &mut Store, screen: &Screen) -> Result<(), Refusal> {
        let Self {
            is_open,
            staged,
            upload,
        } = std::mem::take(self);
        if !is_open {
            return Err(Refusal::NoTransfer);
        }
        if let Some(upload) = upload {
            return Err(Refusal::Incomplete(upload.name));
        }
        let mut files = store.files.clone();
        let names: Vec<Name> = staged.keys().copied().collect();
        files.extend(staged);
        for name in names {
            // A new program must find its pictures, and an old one may not lose its own.
            let program = [b'P', name[1], name[2], name[3]];
            if let Some(file) = files.get(&program) {
                Program::read(program, file, screen, &Pictures::In(&files))?;
            }
        }
        store.files = files;
        Ok(())
    }
}

/// Whether files of that type are played, so that they come in transfers only.
const fn is_played(kind: u8) -> bool {
    matches!(kind, PROGRAM | PLAYLIST | PICTURES)
}

/// Whether a name fits its type, and the type the card.
fn is_name(name: Name, kind: u8, screen: &Screen) -> Result<(), Refusal> {
    let is_five = matches!(screen.family, Family::Five | Family::FiveQ);
    let letter = LETTERS
        .get(usize::from(kind))
        .filter(|_| !(is_five && kind == PICTURES));
    let letter = letter.ok_or_else(|| Field::FileType.refuse(kind))?;
    let has_digits = name[1..].iter().all(u8::is_ascii_digit);
    let is_plain = name[1..].iter().all(u8::is_ascii_graphic);
    if name[0] != *letter || !is_plain || is_played(kind) && !has_digits {
        return Err(Field::FileName.refuse(u32::from_be_bytes(name)));
    }
    Ok(())
}

/// Whether a block of a file that has landed is the last one, come again.
fn is_again(file: Option<&File>, last: bool, offset: u32, data: &[u8]) -> Result<(), Refusal> {
    let there = file.and_then(|file| file.bytes.get(offset as usize..));
    if last && !data.is_empty() && there == Some(data) {
        Ok(())
    } else {
        Err(Refusal::NoTransfer)
    }
}
