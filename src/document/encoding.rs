//! From bytes to text: what Windows, WPS and editors write, told apart without asking.
//!
//! A byte order mark decides. Without one, strict UTF-8 is taken if it is pure ASCII or holds a character of the CJK blocks or above
//! them. Two-byte sequences alone prove nothing: “通知” in GBK is valid UTF-8 for two letters of no language, so where GB18030 reads the
//! same bytes as nothing but hanzi and punctuation, it is GB18030. All the rest is GB18030, which contains GBK. Nothing is ever replaced: text
//! that cannot be read whole is refused, since half of it would be on the wall. Spans of all later problems count bytes of the
//! text given back here, not of the file.

use std::{borrow::Cow, ops::RangeInclusive};

use encoding_rs::{DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

/// A file's text: no byte order mark, no NUL, lines ended by `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// What the bytes were.
    pub encoding: Encoding,
}

/// The encodings that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with the low byte first; only with a byte order mark.
    Utf16Le,
    /// UTF-16 with the high byte first; only with a byte order mark.
    Utf16Be,
    /// GB18030, and so GBK and GB 2312.
    Gb18030,
}

/// Why a file's bytes are not text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EncodingError {
    /// A NUL character: a file cut off by a power failure, a binary file, or UTF-16 without its mark.
    #[error("line {line}: NUL character at byte {offset}; this is not a text file")]
    Nul {
        /// Bytes of the file before it.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// Bytes that mean nothing in the encoding that the file is in.
    #[error("line {line}: byte {offset} ({}) is not valid {}", hex(bytes), encoding.name())]
    Malformed {
        /// The encoding, by its mark or by all that stands before.
        encoding: Encoding,
        /// Bytes of the file before them.
        offset: usize,
        /// Their line, from 1.
        line: usize,
        /// The bytes, at most four.
        bytes: Vec<u8>,
    },
}

/// So many CJK characters before the first bad byte show that a file is damaged UTF-8. In GBK text, hardly two in a row look so.
const PROOF: usize = 4;

/// Hanzi and the marks beside them: what GB18030 makes of Chinese text.
const CHINESE: [RangeInclusive<char>; 8] = [
    '\u{b7}'..='\u{b7}',
    '\u{2010}'..='\u{2027}',
    '\u{3000}'..='\u{303f}',
    '\u{3400}'..='\u{4dbf}',
    '\u{4e00}'..='\u{9fff}',
    '\u{f900}'..='\u{faff}',
    '\u{ff00}'..='\u{ffef}',
    '\u{20000}'..='\u{3ffff}',
];

/// The text in `bytes`, whole or refused.
pub fn decode(bytes: &[u8]) -> Result<Decoded, EncodingError> {
    let (encoding, mark) = recognise(bytes);
    if let Some(at) = encoding.nul(&bytes[mark..]) {
        return Err(EncodingError::Nul {
            offset: mark + at,
            line: line(&bytes[mark..mark + at], encoding),
        });
    }
    let text = strict(bytes, encoding, mark)?;
    let text = if text.contains("\r\n") {
        text.replace("\r\n", "\n")
    } else {
        text
    };
    Ok(Decoded { text, encoding })
}

impl Encoding {
    /// As its standard writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Gb18030 => "GB18030",
        }
    }

    const fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Gb18030 => GB18030,
        }
    }

    /// Where the first NUL character is. In UTF-8 and GB18030 the byte 0 is never part of another one.
    fn nul(self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Utf8 | Self::Gb18030 => bytes.iter().position(|byte| *byte == 0),
            Self::Utf16Le | Self::Utf16Be => bytes.chunks_exact(2).position(|unit| unit == [0, 0]).map(|at| 2 * at),
        }
    }
}

/// What the bytes are, and the length of their byte order mark.
fn recognise(bytes: &[u8]) -> (Encoding, usize) {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
        _ => (unmarked(bytes), 0),
    }
}

fn unmarked(bytes: &[u8]) -> Encoding {
    let two_bytes_at_most = |text: &str| !text.is_ascii() && text.chars().all(|char| char < '\u{800}');
    match std::str::from_utf8(bytes) {
        Ok(text) if two_bytes_at_most(text) && reads_as_chinese(bytes) => Encoding::Gb18030,
        Ok(_) => Encoding::Utf8,
        Err(fault) if cjk(&bytes[..fault.valid_up_to()]) >= PROOF => Encoding::Utf8,
        Err(_) => Encoding::Gb18030,
    }
}

/// Whether GB18030 reads the bytes as ASCII, hanzi and punctuation only.
fn reads_as_chinese(bytes: &[u8]) -> bool {
    let chinese = |char: char| char.is_ascii() || CHINESE.iter().any(|block| block.contains(&char));
    GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .is_some_and(|text: Cow<'_, str>| text.chars().all(chinese))
}

/// How many characters of the valid UTF-8 `bytes` lie in the CJK blocks or above.
fn cjk(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes)
        .chars()
        .filter(|char| *char >= '\u{2e80}')
        .count()
}

/// The text after the mark, or the place of the first bytes that mean nothing.
fn strict(bytes: &[u8], encoding: Encoding, mark: usize) -> Result<String, EncodingError> {
    let body = &bytes[mark..];
    let mut decoder = encoding.table().new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(body.len());
    let mut text = String::with_capacity(room.expect("a file's length leaves room for its text"));
    match decoder.decode_to_string_without_replacement(body, &mut text, true) {
        (DecoderResult::Malformed(length, after), read) => {
            let at = read.saturating_sub(usize::from(length) + usize::from(after));
            Err(EncodingError::Malformed {
                encoding,
                offset: mark + at,
                line: line(&body[..at], encoding),
                bytes: body[at..]
                    .iter()
                    .take(usize::from(length).clamp(1, 4))
                    .copied()
                    .collect(),
            })
        }
        (DecoderResult::InputEmpty | DecoderResult::OutputFull, _) => Ok(text),
    }
}

/// The line that follows `before`, from 1. In none of the encodings can a line feed be part of another character, save UTF-16's.
fn line(before: &[u8], encoding: Encoding) -> usize {
    let feeds = match encoding {
        Encoding::Utf16Le => before.chunks_exact(2).filter(|unit| *unit == [b'\n', 0]).count(),
        Encoding::Utf16Be => before.chunks_exact(2).filter(|unit| *unit == [0, b'\n']).count(),
        Encoding::Utf8 | Encoding::Gb18030 => before.iter().filter(|byte| **byte == b'\n').count(),
    };
    feeds + 1
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(" ")
}

impl Explain for EncodingError {
    fn chinese(&self) -> String {
        match self {
            Self::Nul { offset, line } => format!("第{line}行：第{offset}字节处有空字符（NUL），不是文本文件"),
            Self::Malformed {
                encoding,
                offset,
                line,
                bytes,
            } => {
                let (bytes, name) = (hex(bytes), encoding.name());
                format!("第{line}行：第{offset}字节处的{bytes}不是有效的{name}编码")
            }
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "用WPS或记事本打开核对全文，另存为UTF-8编码的文本文件",
            "open it in an editor, check the whole text, and save it as UTF-8 text",
        )
    }
}
