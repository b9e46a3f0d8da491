//! `yingbi decode`: datagrams, from lines of hex digits or from a capture, told field by field.
//!
//! ```text
//! bytes -> hex lines | capture -> Datagram -> packet or its first fault -> a line of text or of JSON
//! ```
//!
//! Cards speak in streams of bytes: their frames are found in the pieces of a stream, as they were captured. A datagram that is malformed is named with the place of its fault and does not end the work.

mod capture;
mod hex;
mod report;

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

pub use crate::controller::Protocol;

use crate::{
    controller::onbon,
    diagnostic::{Bilingual, Explain, Language},
};

/// What is spoken on a wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Pictures, a datagram for each packet.
    Datagrams(Protocol),
    /// ONBON BX: frames in a stream of bytes, or in datagrams.
    Onbon,
}

impl Wire {
    /// The port of its controllers.
    pub const fn port(self) -> u16 {
        match self {
            Self::Datagrams(protocol) => protocol.port(),
            Self::Onbon => onbon::PORT,
        }
    }
}

impl From<Protocol> for Wire {
    fn from(protocol: Protocol) -> Self {
        Self::Datagrams(protocol)
    }
}

/// What `yingbi decode` is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is spoken.
    pub wire: Wire,
    /// The file to read; standard input where there is none.
    pub file: Option<PathBuf>,
    /// The port that counts in a capture, as source or destination: of UDP, and of TCP where frames are spoken in streams.
    pub port: u16,
    /// One JSON object a line instead of text.
    pub json: bool,
    /// The language of faults in text; JSON has both.
    pub language: Language,
}

/// How many datagrams were told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Sound packets.
    pub packets: u64,
    /// Malformed ones.
    pub malformed: u64,
    /// Records of a capture that hold nothing of the port, or no whole datagram.
    pub others: u64,
}

/// Why no more could be decoded.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The file cannot be opened.
    #[error("cannot open {}: {error}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The input cannot be read to its end.
    #[error("cannot read on: {0}")]
    Read(io::Error),
    /// The output cannot be written.
    #[error("cannot write: {0}")]
    Write(io::Error),
    /// A line is longer than that of the largest datagram.
    #[error("line {number} is longer than {} bytes, which no datagram needs", hex::LINE)]
    Line {
        /// The line, from 1.
        number: u64,
    },
    /// The capture is damaged, or of a kind that is not known.
    #[error("the capture is damaged after record {number}: {}", reason.en)]
    Capture {
        /// The last sound record, from 1; 0 for none.
        number: u64,
        /// What is wrong.
        reason: Bilingual,
    },
    /// The capture is of a kind of network that is not known.
    #[error("record {number} of the capture is of link type {link}, which is not known")]
    LinkType {
        /// The record, from 1.
        number: u64,
        /// The number of the link type.
        link: i32,
    },
}

/// One datagram, and where it comes from.
#[derive(Debug)]
struct Datagram<'a> {
    origin: Origin,
    bytes: &'a [u8],
    /// Its place in a stream of TCP.
    segment: Option<Segment>,
}

/// The place of bytes in a stream of TCP.
#[derive(Clone, Copy, Debug)]
struct Segment {
    /// The number of its first byte.
    number: u32,
    /// Whether the stream begins here: with the byte after that number.
    begins: bool,
}

/// Where a datagram comes from.
#[derive(Clone, Copy, Debug)]
enum Origin {
    /// A line of hex digits, from 1.
    Line(u64),
    /// A record of a capture.
    Record {
        /// Which, from 1, as Wireshark counts.
        number: u64,
        time: Option<Timestamp>,
        from: SocketAddr,
        to: SocketAddr,
    },
}

/// Decodes the file, or standard input, to `out`.
///
/// # Errors
/// The input cannot be read, or is no capture though it begins like one; the output cannot be written.
pub fn run(options: &Options, out: &mut dyn Write) -> Result<Outcome, DecodeError> {
    match &options.file {
        Some(path) => decode(open(path)?, options, out),
        None => decode(io::stdin(), options, out),
    }
}

fn open(path: &Path) -> Result<File, DecodeError> {
    File::open(path).map_err(|error| DecodeError::Open {
        path: path.to_owned(),
        error,
    })
}

/// Decodes `input` to `out`: a capture if it begins like one, else lines of hex digits.
///
/// # Errors
/// As for [`run`].
pub fn decode(input: impl Read + Send, options: &Options, out: &mut dyn Write) -> Result<Outcome, DecodeError> {
    let mut input = BufReader::new(input);
    let is_capture = capture::begins(input.fill_buf().map_err(DecodeError::Read)?);
    let mut report = report::Report::new(options, out);
    if is_capture {
        capture::read(input, options.port, &mut report)?;
    } else {
        hex::read(input, &mut report)?;
    }
    report.finish()
}

impl Explain for DecodeError {
    fn chinese(&self) -> String {
        match self {
            Self::Open { path, error } => format!("无法打开 {}：{error}", path.display()),
            Self::Read(error) => format!("无法继续读取：{error}"),
            Self::Write(error) => format!("无法写出：{error}"),
            Self::Line { number } => format!("第 {number} 行超过 {} 字节，数据报不会这么长", hex::LINE),
            Self::Capture { number, reason } => format!("抓包文件在第 {number} 条记录之后损坏：{}", reason.zh),
            Self::LinkType { number, link } => format!("抓包文件第 {number} 条记录的链路类型是 {link}，不认识"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Open { .. } | Self::Read(_) => {
                Bilingual::new("请核对文件名和权限", "check the file's name and permissions")
            }
            Self::Write(_) => Bilingual::new(
                "请检查磁盘空间与权限",
                "check that the disk has room and may be written",
            ),
            Self::Line { .. } => Bilingual::new("每个数据报写一行", "write one datagram a line"),
            Self::Capture { .. } => Bilingual::new(
                "请用 tcpdump -w 或 Wireshark 重新抓包",
                "capture again with `tcpdump -w` or Wireshark",
            ),
            Self::LinkType { .. } => Bilingual::new(
                "请在以太网、Linux cooked、回环或 IP 接口上抓包",
                "capture on Ethernet, Linux cooked, loopback or raw IP",
            ),
        }
    }
}
