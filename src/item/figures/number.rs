//! A number as offices write it: 1,234.5, 96.3%, －12.

use crate::document::kind::{digits, narrow};

/// The most decimals of a number.
const DECIMALS: usize = 6;

/// The most digits before them.
const WHOLE: usize = 12;

/// A number, exact: so many millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// Millionths of one; of a per cent where it was written with the sign.
    pub millionths: i64,
}

/// What a cell of a column of numbers holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    Number(Number),
    /// Nothing, or a dash that stands for it.
    Blank,
    /// No number.
    Other,
}

/// What stands where an office has no number.
const BLANKS: [&str; 7] = ["", "-", "—", "——", "–", "/", "…"];

/// What `cell` holds.
pub(super) fn read(cell: &str) -> Read {
    let text = narrow(cell.trim());
    if BLANKS.contains(&text.trim()) {
        return Read::Blank;
    }
    number(text.trim()).map_or(Read::Other, Read::Number)
}

fn number(text: &str) -> Option<Number> {
    let text = text.strip_suffix(['%', '％']).map_or(text, str::trim_end);
    let (is_less, text) = match text.strip_prefix(['-', '−', '+']) {
        Some(rest) => (!text.starts_with('+'), rest.trim_start()),
        None => (false, text),
    };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let whole = ungrouped(whole)?;
    let is_long = whole.len() > WHOLE || decimals.len() > DECIMALS || decimals.is_empty() || whole.is_empty();
    if is_long {
        return None;
    }
    let (whole, part): (i64, i64) = (digits(&whole)?, digits(&format!("{decimals:0<DECIMALS$}"))?);
    let millionths = whole * 1_000_000 + part;
    Some(Number {
        millionths: if is_less { -millionths } else { millionths },
    })
}

/// The digits of a whole number without the signs between its thousands; `None` where those stand elsewhere.
fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split([',', ' ']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    if rest.is_empty() {
        return Some(first.to_owned());
    }
    let is_grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    is_grouped.then(|| text.replace([',', ' '], ""))
}
