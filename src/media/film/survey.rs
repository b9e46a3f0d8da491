//! How many pictures a GIF, PNG or WebP has and how long they last, without decoding one: from block to block, and chunk to chunk.

use std::{
    io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom},
    time::Duration,
};

use super::{LONGEST, sniff::Container};

/// What a walk through a file has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// How many pictures it has that are seen one after the other.
    pub(super) pictures: u32,
    /// How long they last together.
    pub(super) lasts: Duration,
    /// Whether the file reaches to its own end.
    pub(super) is_whole: bool,
}

impl Survey {
    /// That of a file of that kind, from its beginning.
    pub(super) fn of(container: Container, source: &mut (impl Read + Seek + ?Sized)) -> io::Result<Self> {
        let size = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        let mut walk = Walk {
            reader: BufReader::new(source),
            left: size,
            survey: Self::default(),
        };
        let walked = match container {
            Container::Gif => walk.gif(),
            Container::Png => walk.png(),
            Container::WebP => walk.webp(),
            _ => return Ok(walk.survey),
        };
        match walked {
            Ok(()) => Ok(walk.survey),
            // What has been seen so far is there; the rest is not.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(walk.survey),
            Err(error) => Err(error),
        }
    }

    fn add(&mut self, shown: Duration) {
        self.pictures = self.pictures.saturating_add(1);
        self.lasts = self.lasts.saturating_add(shown);
    }

    /// Whether more of it would change nothing.
    fn is_too_long(&self) -> bool {
        self.pictures > 1 && self.lasts > LONGEST
    }
}

/// How long a picture is seen that asks for so long, as browsers do it: who asks for no time at all, or next to none, gets a tenth of a second.
pub(super) fn shown(asked: Duration) -> Duration {
    if asked <= Duration::from_millis(10) {
        Duration::from_millis(100)
    } else {
        asked
    }
}

struct Walk<R: Read> {
    reader: BufReader<R>,
    left: u64,
    survey: Survey,
}

impl<R: Read + Seek> Walk<R> {
    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.left = self.left.checked_sub(N as u64).ok_or(io::ErrorKind::UnexpectedEof)?;
        self.reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        self.left = self.left.checked_sub(length).ok_or(io::ErrorKind::UnexpectedEof)?;
        self.reader.seek_relative(length.cast_signed())
    }

    fn gif(&mut self) -> io::Result<()> {
        let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
        let head = self.bytes::<13>()?;
        self.skip(colours(head[10]))?;
        let mut asked = Duration::ZERO;
        while !self.survey.is_too_long() {
            match self.bytes::<1>()? {
                [0x21] => {
                    let [label] = self.bytes()?;
                    if label == 0xF9 && self.reader.fill_buf()?.first() == Some(&4) {
                        let [_, _, low, high, _] = self.bytes()?;
                        asked = Duration::from_millis(10 * u64::from(u16::from_le_bytes([low, high])));
                    }
                    self.blocks()?;
                }
                [0x2C] => {
                    let picture = self.bytes::<9>()?;
                    self.skip(colours(picture[8]) + 1)?;
                    self.blocks()?;
                    self.survey.add(shown(asked));
                    asked = Duration::ZERO;
                }
                // Its end; or what can be none, and is left to the decoder.
                _ => break,
            }
        }
        self.survey.is_whole = true;
        Ok(())
    }

    /// Passes over a row of blocks: each is as long as its first byte says, the last one empty.
    fn blocks(&mut self) -> io::Result<()> {
        loop {
            let [length] = self.bytes()?;
            if length == 0 {
                return Ok(());
            }
            self.skip(u64::from(length))?;
        }
    }

    fn png(&mut self) -> io::Result<()> {
        self.skip(8)?;
        let mut is_animated = false;
        while !self.survey.is_too_long() {
            let head = self.bytes::<8>()?;
            let [length, kind] = [
                [head[0], head[1], head[2], head[3]],
                [head[4], head[5], head[6], head[7]],
            ];
            let mut left = u64::from(u32::from_be_bytes(length)) + 4;
            match &kind {
                b"acTL" => is_animated = true,
                b"fcTL" if left >= 26 => {
                    let control = self.bytes::<24>()?;
                    left -= 24;
                    let [over, under] = [[control[20], control[21]], [control[22], control[23]]];
                    self.survey
                        .add(fraction(u16::from_be_bytes(over), u16::from_be_bytes(under)));
                }
                _ => {}
            }
            self.skip(left)?;
            if &kind == b"IEND" {
                break;
            }
        }
        if !is_animated {
            self.survey.pictures = 1;
        }
        self.survey.is_whole = true;
        Ok(())
    }

    fn webp(&mut self) -> io::Result<()> {
        let head = self.bytes::<12>()?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        let is_whole = self.left + 4 >= length;
        while self.left >= 8 && !self.survey.is_too_long() {
            let head = self.bytes::<8>()?;
            let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
            let mut left = length + length % 2;
            if head.starts_with(b"ANMF") && left >= 16 {
                let picture = self.bytes::<16>()?;
                left -= 16;
                let asked = u32::from_le_bytes([picture[12], picture[13], picture[14], 0]);
                self.survey.add(shown(Duration::from_millis(asked.into())));
            }
            // The last one need not be filled up.
            self.skip(left.min(self.left.max(length)))?;
        }
        self.survey.pictures = self.survey.pictures.max(1);
        self.survey.is_whole = is_whole;
        Ok(())
    }
}

/// A time as PNG has it: so many parts of a second, hundredths where none are named.
fn fraction(over: u16, under: u16) -> Duration {
    let under = if under == 0 { 100 } else { u32::from(under) };
    shown(Duration::from_secs(over.into()) / under)
}
