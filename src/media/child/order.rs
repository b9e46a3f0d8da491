//! What a child that makes a clip is told, in one word of its command line, and what it tells meanwhile, a line each on standard error.
//!
//! The word is hexadecimal. Numbers are little-endian:
//!
//! | bytes | |
//! |---|---|
//! | 8 | `YBFILM`, a zero, the version 1 |
//! | 32 | SHA-256 of the video |
//! | 4, 4 | address space in MiB, processor time in seconds |
//! | 8 | the longest clip, in bytes |
//! | 1 | 1 for the options of an older `ffmpeg` |
//! | 20 | the rendition |
//! | … | the path of `ffmpeg`; nothing where there is none |
//!
//! | line | |
//! |---|---|
//! | `walls LANDLOCK CALLS` | which walls stand around the child |
//! | `at DONE OF` | so far, in milliseconds; `OF` is `-` where it is not known |
//! | `older` | this `ffmpeg` wants the older options |
//! | `full WORDS` | the clip takes no more, and why |
//! | `done HEX`, `refused HEX` | the clip is made, or none is: frames, width, height (4 each), sound (1), digest of the index (32), the codec; a refusal as in an answer |
//!
//! Anything else are words of a process that gave up.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{confine::Walls, wire::Answer};
use crate::{
    media::film::{Filmed, Progress},
    stage::Rendition,
    units::{Digest, Size},
};

const MAGIC: [u8; 8] = *b"YBFILM\0\x01";
/// Bytes before the rendition, and of it.
const HEAD: usize = 57;
const RENDITION: usize = 20;
/// The longest name of a codec, in characters.
const CODEC: usize = 100;

/// A clip to be made, as a child is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) digest: Digest,
    /// In MiB.
    pub(super) memory: u32,
    /// In seconds.
    pub(super) cpu: u32,
    /// In bytes.
    pub(super) clip: u64,
    /// Whether `ffmpeg` wants the options that it had before version 5.1.
    pub(super) older: bool,
    pub(super) rendition: Rendition,
    pub(super) ffmpeg: Option<PathBuf>,
}

impl Order {
    pub(super) fn write(&self) -> String {
        use std::os::unix::ffi::OsStrExt as _;
        let ffmpeg = self
            .ffmpeg
            .as_deref()
            .map_or(&b""[..], |path| path.as_os_str().as_bytes());
        let numbers = [self.memory.to_le_bytes(), self.cpu.to_le_bytes()].concat();
        let parts = [
            &MAGIC[..],
            self.digest.bytes(),
            &numbers,
            &self.clip.to_le_bytes(),
            &[self.older.into()],
            &self.rendition.write(),
            ffmpeg,
        ];
        hex(&parts.concat())
    }

    /// `None` for what is no order of this version.
    pub(super) fn read(word: &str) -> Option<Self> {
        use std::os::unix::ffi::OsStrExt as _;
        let bytes = unhex(word)?;
        let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
        let (rendition, ffmpeg) = rest.split_first_chunk::<RENDITION>()?;
        let number = |at: usize| Some(u32::from_le_bytes(*head[at..].first_chunk()?));
        let order = Self {
            digest: Digest::from_bytes(*head[8..].first_chunk()?),
            memory: number(40)?,
            cpu: number(44)?,
            clip: u64::from_le_bytes(*head[48..].first_chunk()?),
            older: head[56] == 1,
            rendition: Rendition::read(rendition)?,
            ffmpeg: (!ffmpeg.is_empty()).then(|| Path::new(std::ffi::OsStr::from_bytes(ffmpeg)).to_owned()),
        };
        (head[..8] == MAGIC).then_some(order)
    }
}

/// A line of a child that makes a clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Walls(Walls),
    At(Progress),
    Older,
    Full(String),
    Done(Filmed),
    /// As an [`Answer`].
    Refused(Vec<u8>),
}

impl Line {
    pub(super) fn write(&self) -> String {
        match self {
            Self::Walls(walls) => format!("walls {} {}\n", walls.landlock, u8::from(walls.calls)),
            Self::At(Progress { done, of }) => {
                let of = of.map_or_else(|| "-".to_owned(), |of| of.as_millis().to_string());
                format!("at {} {of}\n", done.as_millis())
            }
            Self::Older => "older\n".into(),
            Self::Full(words) => format!("full {}\n", words.replace('\n', " ")),
            Self::Done(filmed) => format!("done {}\n", hex(&written(filmed))),
            Self::Refused(answer) => format!("refused {}\n", hex(answer)),
        }
    }

    /// `None` for words.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut words = rest.split(' ');
        Some(match kind {
            "walls" => Self::Walls(Walls {
                landlock: words.next()?.parse().ok()?,
                calls: words.next()? == "1",
            }),
            "at" => Self::At(Progress {
                done: Duration::from_millis(words.next()?.parse().ok()?),
                of: match words.next()? {
                    "-" => None,
                    of => Some(Duration::from_millis(of.parse().ok()?)),
                },
            }),
            "older" => Self::Older,
            "full" => Self::Full(rest.to_owned()),
            "done" => Self::Done(read(&unhex(rest)?)?),
            "refused" => {
                let answer = unhex(rest)?;
                matches!(Answer::read(&answer)?, Answer::Refused { .. }).then_some(())?;
                Self::Refused(answer)
            }
            _ => return None,
        })
    }
}

fn written(filmed: &Filmed) -> Vec<u8> {
    let numbers = [filmed.frames, filmed.original.width, filmed.original.height].map(u32::to_le_bytes);
    let codec: String = filmed.codec.chars().take(CODEC).collect();
    let parts = [
        &numbers.concat()[..],
        &[filmed.had_sound.into()],
        filmed.contents.bytes(),
        codec.as_bytes(),
    ];
    parts.concat()
}

/// The child has had a stranger's file: what it says is looked at.
fn read(bytes: &[u8]) -> Option<Filmed> {
    let (head, codec) = bytes.split_first_chunk::<45>()?;
    let number = |at: usize| Some(u32::from_le_bytes(*head[at..].first_chunk()?)).filter(|number| *number > 0);
    let codec = str::from_utf8(codec).ok()?;
    let is_shown = codec.chars().count() <= CODEC && !codec.chars().any(char::is_control);
    is_shown.then_some(Filmed {
        frames: number(0)?,
        original: Size::new(number(4)?, number(8)?),
        had_sound: head[12] == 1,
        contents: Digest::from_bytes(*head[13..].first_chunk()?),
        codec: codec.to_owned(),
    })
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let byte = |[high, low]: &[u8; 2]| Some((digit(*high)? * 16 + digit(*low)?) as u8);
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}
