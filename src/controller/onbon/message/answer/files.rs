//! Replies of the file system, and the firmware.

use super::{FIRMWARE, push_text, text};
use crate::controller::onbon::message::{Field, FileName, MessageError, reader::Reader};

/// A1 86: how many files there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectorySize {
    /// How many.
    pub files: u16,
}

/// A1 87: some of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// Whether no more follow.
    pub is_last: bool,
    /// As it was asked.
    pub offset: u16,
    /// The files.
    pub entries: Vec<DirectoryEntry>,
}

/// One file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DirectoryEntry {
    /// Its name.
    pub name: FileName,
    /// Its type: 0 program, 1 configuration, 2 scan, 3 playlist, 4 firmware, 5 font, 6 log, 9 data of a program …
    pub kind: u8,
    /// Its bytes.
    pub length: u32,
    /// The CRC32 at its end.
    pub crc: u32,
}

/// A1 84: what a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileHead {
    /// Its name.
    pub name: FileName,
    /// Its bytes.
    pub length: u32,
    /// The CRC32 at its end.
    pub crc: u32,
}

/// A1 85: some of a file's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileBlock<'a> {
    /// Whether no more follow.
    pub is_last: bool,
    /// Its name.
    pub name: FileName,
    /// The place of the first of them.
    pub offset: u32,
    /// The bytes.
    pub data: &'a [u8],
}

/// A2 84: the firmware in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmware {
    /// The name of its file.
    pub name: FileName,
    /// Eight characters.
    pub version: String,
    /// Date and time, in 19 characters.
    pub made: String,
}

/// A1 92: bytes for files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume {
    /// In all.
    pub total: u32,
    /// Not used.
    pub free: u32,
}

/// A1 93: how far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferState {
    /// Whether, and which way.
    pub way: u8,
    /// Which file.
    pub name: FileName,
    /// Its CRC32.
    pub crc: u32,
    /// Up to which byte.
    pub offset: u32,
}

/// How many characters the date and time of a firmware have.
const MADE: usize = 19;

const LAST: Field = Field::new("末块标志", "flag of the last block");
const OFFSET: Field = Field::new("偏移", "offset");
const COUNT: Field = Field::new("文件数", "number of files");
const LENGTH: Field = Field::new("文件长度", "file's length");
const CRC: Field = Field::new("文件校验", "file's CRC");
const ROOM: Field = Field::new("容量", "room");

impl DirectorySize {
    /// What `data` say.
    ///
    /// # Errors
    /// They are too few.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let files = Reader::new(data).u16(COUNT)?;
        Ok(Self { files })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.files.to_le_bytes());
    }
}

impl Directory {
    /// What `data` say.
    ///
    /// # Errors
    /// They end within a file's entry.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let is_last = reader.u8(LAST)? != 0;
        let offset = reader.u16(OFFSET)?;
        let count = reader.u16(COUNT)?;
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(DirectoryEntry {
                name: reader.name()?,
                kind: reader.u8(Field::new("文件类型", "file's type"))?,
                length: reader.u32(LENGTH)?,
                crc: reader.u32(CRC)?,
            });
        }
        Ok(Self {
            is_last,
            offset,
            entries,
        })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.is_last.into());
        out.extend_from_slice(&self.offset.to_le_bytes());
        out.extend_from_slice(&(self.entries.len() as u16).to_le_bytes());
        for entry in &self.entries {
            out.extend_from_slice(&entry.name.0);
            out.push(entry.kind);
            out.extend_from_slice(&entry.length.to_le_bytes());
            out.extend_from_slice(&entry.crc.to_le_bytes());
        }
    }
}

impl FileHead {
    /// What `data` say.
    ///
    /// # Errors
    /// They are too few.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        Ok(Self {
            name: reader.name()?,
            length: reader.u32(LENGTH)?,
            crc: reader.u32(CRC)?,
        })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.name.0);
        out.extend_from_slice(&self.length.to_le_bytes());
        out.extend_from_slice(&self.crc.to_le_bytes());
    }
}

impl<'a> FileBlock<'a> {
    /// What `data` say.
    ///
    /// # Errors
    /// They are too few.
    pub fn parse(data: &'a [u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        Ok(Self {
            is_last: reader.u8(LAST)? != 0,
            name: reader.name()?,
            offset: reader.u32(OFFSET)?,
            data: reader.all(),
        })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.is_last.into());
        out.extend_from_slice(&self.name.0);
        out.extend_from_slice(&self.offset.to_le_bytes());
        out.extend_from_slice(self.data);
    }
}

impl Firmware {
    /// What `data` say.
    ///
    /// # Errors
    /// They end before the version does.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let name = reader.name()?;
        let version = text(&reader.array::<8>(FIRMWARE)?);
        // What follows is left alone, as behind the last field of any answer.
        let made = reader.all();
        let made = text(&made[..made.len().min(MADE)]);
        Ok(Self { name, version, made })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.name.0);
        push_text::<8>(&self.version, out);
        push_text::<MADE>(&self.made, out);
    }
}

impl Volume {
    /// What `data` say.
    ///
    /// # Errors
    /// They are too few.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        Ok(Self {
            total: reader.u32(ROOM)?,
            free: reader.u32(ROOM)?,
        })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.total.to_le_bytes());
        out.extend_from_slice(&self.free.to_le_bytes());
    }
}

impl TransferState {
    /// What `data` say.
    ///
    /// # Errors
    /// They are too few.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        Ok(Self {
            way: reader.u8(Field::new("读写标志", "way of the transfer"))?,
            name: reader.name()?,
            crc: reader.u32(CRC)?,
            offset: reader.u32(OFFSET)?,
        })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.way);
        out.extend_from_slice(&self.name.0);
        out.extend_from_slice(&self.crc.to_le_bytes());
        out.extend_from_slice(&self.offset.to_le_bytes());
    }
}
