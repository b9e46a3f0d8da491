//! From the codes of a font file to characters.

use encoding_rs::{BIG5, Encoding, GBK};

/// How a font file numbers its glyphs, as `CHARSET_REGISTRY` and `CHARSET_ENCODING` say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// `ISO10646-1`, and files that say nothing.
    Unicode,
    /// `ISO8859-1`, ASCII.
    Latin,
    /// `GB2312.1980-0`: row and cell, with or without the high bits.
    Gb2312,
    /// `GBK-0`, and the two-byte part of `GB18030`.
    Gbk,
    /// `BIG5-0`.
    Big5,
}

/// Characters that fonts converted by way of some GB 2312 tables lack, and the look-alikes that they have in their place.
pub(super) const ALIASES: [(char, char); 2] = [('\u{2014}', '\u{2015}'), ('\u{b7}', '\u{30fb}')];

impl Charset {
    /// The one of these names; `None` for one that we cannot read.
    pub(super) fn of(registry: &str, encoding: &str) -> Option<Self> {
        let registry = registry.to_ascii_uppercase();
        match (registry.as_str(), encoding) {
            ("", _) | ("ISO10646", _) => Some(Self::Unicode),
            ("ISO8859", "1") | ("ISO646.1991", _) | ("ASCII", _) => Some(Self::Latin),
            _ if registry.starts_with("GB2312") => Some(Self::Gb2312),
            _ if registry.starts_with("GBK") || registry.starts_with("GB18030") => Some(Self::Gbk),
            _ if registry.starts_with("BIG5") => Some(Self::Big5),
            _ => None,
        }
    }

    /// The character that a glyph of this code stands for.
    pub(super) fn character(self, code: u32) -> Option<char> {
        match self {
            Self::Unicode => char::from_u32(code),
            Self::Latin => char::from_u32(code).filter(|character| *character <= '\u{ff}'),
            Self::Gb2312 if code > 0xff => two_bytes(GBK, code | 0x8080),
            Self::Gbk if code > 0xff => two_bytes(GBK, code),
            Self::Big5 if code > 0xff => two_bytes(BIG5, code),
            Self::Gb2312 | Self::Gbk | Self::Big5 => char::from_u32(code).filter(char::is_ascii),
        }
    }
}

/// The one character of two bytes; `None` where they are none.
fn two_bytes(encoding: &'static Encoding, code: u32) -> Option<char> {
    let bytes = u16::try_from(code).ok()?.to_be_bytes();
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}
