//! Lines of hex digits: one datagram a line.
//!
//! Between bytes there may be blanks, tabs, commas and colons; `0x` before a byte is allowed. What follows a `#` is for people.

use std::io::{BufRead, Read as _};

use super::{Datagram, DecodeError, Origin, report::Report};

/// The longest line, in bytes: the largest datagram as `0x00, `, and room for a comment.
pub(super) const LINE: usize = 512 << 10;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HexFault {
    /// A character that is no hex digit.
    Digit {
        /// Its column in characters, from 1.
        column: usize,
        /// The character.
        found: char,
        /// The byte of the datagram that it would belong to.
        at: usize,
    },
    /// Half a byte.
    Half {
        /// The column of its only digit, from 1.
        column: usize,
        /// The byte of the datagram that it would be.
        at: usize,
    },
}

/// Reports every line of `input` that holds a datagram.
pub(super) fn read(mut input: impl BufRead, report: &mut Report<'_>) -> Result<(), DecodeError> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let limit = LINE as u64 + 1;
        let length = input
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut line)
            .map_err(DecodeError::Read)?;
        if length == 0 {
            break;
        }
        if length > LINE {
            return Err(DecodeError::Line { number });
        }
        let origin = Origin::Line(number);
        match bytes(&String::from_utf8_lossy(&line)) {
            Ok(bytes) if bytes.is_empty() => {}
            Ok(bytes) => report.datagram(&Datagram {
                origin,
                bytes: &bytes,
                segment: None,
            })?,
            Err(fault) => report.unreadable(origin, fault)?,
        }
    }
    Ok(())
}

/// The bytes that a line spells.
pub(super) fn bytes(line: &str) -> Result<Vec<u8>, HexFault> {
    let written = line.split('#').next().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut half: Option<(u8, usize)> = None;
    let mut characters = written.chars().zip(1..).peekable();
    while let Some((c, column)) = characters.next() {
        let at = bytes.len();
        if c.is_whitespace() || matches!(c, ',' | ':' | '\u{feff}') {
            if let Some((_, column)) = half {
                return Err(HexFault::Half { column, at });
            }
            continue;
        }
        if c == '0' && half.is_none() && characters.next_if(|(next, _)| matches!(next, 'x' | 'X')).is_some() {
            continue;
        }
        let digit = c.to_digit(16).ok_or(HexFault::Digit { column, found: c, at })? as u8;
        half = match half {
            None => Some((digit, column)),
            Some((high, _)) => {
                bytes.push(high << 4 | digit);
                None
            }
        };
    }
    match half {
        Some((_, column)) => Err(HexFault::Half {
            column,
            at: bytes.len(),
        }),
        None => Ok(bytes),
    }
}
