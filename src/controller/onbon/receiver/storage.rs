//! Group A1: files.

use super::{
    Receiver,
    files::{File, Name, Store, Transfer},
    reader::Reader,
    refusal::{Field, Refusal},
    request::{Answer, Request},
    state,
};
use crate::units::Moment;

/// How many bytes of a file are read in one block.
const BLOCK: usize = 1024;

/// The types of a program and of its data.
const PROGRAM: u8 = 0;
const PROGRAM_DATA: u8 = 9;

/// How many files are listed in one block.
const LISTED: usize = 32;

impl Receiver {
    /// Does what a request of the group asks.
    pub(super) fn storage(&mut self, request: &Request<'_>, now: Moment) -> Result<Answer, Refusal> {
        let mut reader = Reader::new(request.body);
        let reader = &mut reader;
        match request.command {
            0x00 => self.format(reader, now),
            0x01 => self.delete(reader, false, now),
            0x02 => self.start(reader, false),
            0x03 => self.block(reader, false),
            0x04 => self.start_reading(reader, request, false),
            0x05 => self.read_block(reader, request, false),
            0x06 => self.start_listing(reader, request),
            0x07 => self.list(reader, request),
            0x08 => self.begin(reader),
            0x09 => self.end(reader, now),
            0x0a => self.delete(reader, true, now),
            0x0b => self.start(reader, true),
            0x0c => self.block(reader, true),
            0x0d => self.start_reading(reader, request, true),
            0x0e => self.read_block(reader, request, true),
            0x12 => self.volume(reader, request),
            0x13 => self.transfer_state(reader, request),
            command => Err(Refusal::Command {
                group: request.group,
                command,
            }),
        }
    }

    fn format(&mut self, reader: &Reader<'_>, now: Moment) -> Result<Answer, Refusal> {
        reader.end()?;
        self.flash.store = Store::default();
        self.ram.transfer = Transfer::default();
        self.written(now);
        Ok(Answer::Done)
    }

    fn delete(&mut self, reader: &mut Reader<'_>, is_fixed: bool, now: Moment) -> Result<Answer, Refusal> {
        let count = reader.u16()?;
        let names = (0..count).map(|_| reader.array()).collect::<Result<Vec<Name>, _>>()?;
        reader.end()?;
        let files = self.flash.store.of(is_fixed);
        if names.is_empty() {
            // The vendor's software asks so for all programs to go; assumed: their data with them.
            files.retain(|_, file| !matches!(file.kind, PROGRAM | PROGRAM_DATA));
            self.written(now);
            return Ok(Answer::Done);
        }
        if let Some(missing) = names.iter().find(|name| !files.contains_key(*name)) {
            return Err(Refusal::NoFile(*missing));
        }
        files.retain(|name, _| !names.contains(name));
        self.written(now);
        Ok(Answer::Done)
    }

    fn start(&mut self, reader: &mut Reader<'_>, is_fixed: bool) -> Result<Answer, Refusal> {
        self.has_room()?;
        let (flash, screen) = (self.build.flash as usize, self.screen);
        let Self { ram, flash: kept, .. } = self;
        ram.transfer.start(reader, &mut kept.store, &screen, flash, is_fixed)?;
        Ok(Answer::Done)
    }

    fn block(&mut self, reader: &mut Reader<'_>, is_fixed: bool) -> Result<Answer, Refusal> {
        self.has_room()?;
        let screen = self.screen;
        let had = self.ram.transfer.upload.is_some();
        let Self { ram, flash: kept, .. } = self;
        ram.transfer.block(reader, &mut kept.store, &screen, is_fixed)?;
        self.tally.blocks += 1;
        if had && self.ram.transfer.upload.is_none() {
            self.tally.files += 1;
            self.tally.flash_writes += 1;
        }
        Ok(Answer::Done)
    }

    fn begin(&mut self, reader: &Reader<'_>) -> Result<Answer, Refusal> {
        reader.end()?;
        self.ram.transfer = Transfer {
            is_open: true,
            ..Transfer::default()
        };
        Ok(Answer::Done)
    }

    /// The card goes over to what came.
    fn end(&mut self, reader: &Reader<'_>, now: Moment) -> Result<Answer, Refusal> {
        reader.end()?;
        let screen = self.screen;
        if self.mischief.keeps_program {
            let is_open = std::mem::take(&mut self.ram.transfer).is_open;
            return if is_open {
                Ok(Answer::Done)
            } else {
                Err(Refusal::NoTransfer)
            };
        }
        let before = self.flash.store.files.clone();
        let Self { ram, flash: kept, .. } = self;
        ram.transfer.end(&mut kept.store, &screen)?;
        if self.flash.store.files != before {
            self.tally.programs += 1;
            self.written(now);
        }
        Ok(Answer::Done)
    }

    fn start_reading(
        &mut self,
        reader: &mut Reader<'_>,
        request: &Request<'_>,
        is_fixed: bool,
    ) -> Result<Answer, Refusal> {
        let name: Name = reader.array()?;
        reader.end()?;
        let file = self.file(name, is_fixed)?;
        let mut data = name.to_vec();
        data.extend_from_slice(&file.length().to_le_bytes());
        data.extend_from_slice(&file.sum().to_le_bytes());
        self.ram.reading = Some((name, is_fixed));
        Ok(Answer::data(request, data))
    }

    fn read_block(
        &mut self,
        reader: &mut Reader<'_>,
        request: &Request<'_>,
        is_fixed: bool,
    ) -> Result<Answer, Refusal> {
        let (name, offset) = (reader.array()?, reader.u32()?);
        reader.end()?;
        if self.ram.reading != Some((name, is_fixed)) {
            return Err(Refusal::NoTransfer);
        }
        let file = self.file(name, is_fixed)?;
        let rest = file.bytes.get(offset as usize..).filter(|rest| !rest.is_empty());
        let rest = rest.ok_or_else(|| Field::Place.refuse(offset))?;
        let block = &rest[..rest.len().min(BLOCK)];
        let mut data = vec![u8::from(block.len() == rest.len())];
        data.extend_from_slice(&name);
        data.extend_from_slice(&offset.to_le_bytes());
        data.extend_from_slice(block);
        Ok(Answer::data(request, data))
    }

    fn file(&mut self, name: Name, is_fixed: bool) -> Result<File, Refusal> {
        let file = self.flash.store.of(is_fixed).get(&name);
        file.cloned().ok_or(Refusal::NoFile(name))
    }

    /// What the type and the size of the request limit is in no table; all files are listed.
    fn start_listing(&mut self, reader: &mut Reader<'_>, request: &Request<'_>) -> Result<Answer, Refusal> {
        reader.take(2)?;
        reader.end()?;
        self.ram.is_listing = true;
        let count = u16::try_from(self.flash.store.files.len()).unwrap_or(u16::MAX);
        Ok(Answer::data(request, count.to_le_bytes().to_vec()))
    }

    fn list(&mut self, reader: &mut Reader<'_>, request: &Request<'_>) -> Result<Answer, Refusal> {
        let offset = reader.u16()?;
        reader.end()?;
        if !self.ram.is_listing {
            return Err(Refusal::NoTransfer);
        }
        let files = &self.flash.store.files;
        if usize::from(offset) > files.len() {
            return Err(Field::Place.refuse(offset));
        }
        let listed: Vec<_> = files.iter().skip(offset.into()).take(LISTED).collect();
        let is_last = usize::from(offset) + listed.len() == files.len();
        let mut data = vec![u8::from(is_last)];
        data.extend_from_slice(&offset.to_le_bytes());
        data.extend_from_slice(&(listed.len() as u16).to_le_bytes());
        for (name, file) in listed {
            data.extend_from_slice(name);
            data.push(file.kind);
            data.extend_from_slice(&file.length().to_le_bytes());
            data.extend_from_slice(&file.sum().to_le_bytes());
        }
        Ok(Answer::data(request, data))
    }

    fn volume(&self, reader: &Reader<'_>, request: &Request<'_>) -> Result<Answer, Refusal> {
        reader.end()?;
        let total = self.build.flash;
        let used = self.flash.store.used() + self.ram.transfer.used();
        let free = match self.mischief.is_full {
            true => 0,
            false => total.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX)),
        };
        Ok(Answer::data(
            request,
            [total.to_le_bytes(), free.to_le_bytes()].concat(),
        ))
    }

    /// 1 and the file that is coming, or 0 and zeros.
    fn transfer_state(&self, reader: &Reader<'_>, request: &Request<'_>) -> Result<Answer, Refusal> {
        reader.end()?;
        let mut data = vec![0; 13];
        if let Some(upload) = &self.ram.transfer.upload {
            data[0] = 1;
            data[1..5].copy_from_slice(&upload.name);
            data[5..9].copy_from_slice(&upload.sum.to_le_bytes());
            data[9..].copy_from_slice(&upload.received().to_le_bytes());
        }
        Ok(Answer::data(request, data))
    }

    pub(super) fn has_room(&self) -> Result<(), Refusal> {
        if self.mischief.is_full {
            Err(Refusal::Full)
        } else {
            Ok(())
        }
    }

    /// The files in flash are others now: so are the programs.
    pub(super) fn written(&mut self, now: Moment) {
        self.tally.flash_writes += 1;
        self.ram.programs = state::programs(&self.flash.store.files, &self.screen);
        let undrawn: u32 = self.ram.programs.iter().map(|program| program.undrawn).sum();
        self.tally.undrawn += u64::from(undrawn);
        let modes = self.ram.programs.iter().flat_map(|program| &program.regions);
        let modes: Vec<u8> = modes.flat_map(super::region::Region::modes).collect();
        self.note(modes);
        self.changed(now);
    }
}
