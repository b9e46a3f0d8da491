//! The syntax of a document, and what can still be read where it is broken.

use std::{borrow::Cow, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use super::{
    reader::Reader,
    syntax::{self, SyntaxFault},
};

/// How often broken statements are set aside before the rest is taken as it is.
const ROUNDS: usize = 4;

/// The plain text of which the tree shall be made, and whether its syntax was in order.
///
/// Broken statements are told, blanked, and the rest is parsed again: so one of them does not hide what is wrong elsewhere, nor is
/// a mistake told twice, as a syntax error and as a value that is not there.
pub(super) fn sound_part<'r>(reader: &'r Reader<'_>) -> (Cow<'r, str>, bool) {
    let plain = reader.plain();
    let mut broken = broken(plain.text());
    if broken.is_empty() {
        return (Cow::Borrowed(plain.text()), plain.faults().is_empty());
    }
    let mut text = plain.text().to_owned();
    for Broken { span, fault, .. } in &broken {
        reader.problem(reader.span(span.clone()), fault.clone());
    }
    for _ in 0..ROUNDS {
        blank(&mut text, &broken);
        broken = self::broken(&text);
        if broken.is_empty() {
            break;
        }
    }
    (Cow::Owned(text), false)
}

/// A statement that does not parse.
struct Broken {
    /// What to show of it.
    span: Range<usize>,
    fault: SyntaxFault,
    /// What to set aside.
    extent: Range<usize>,
}

/// The statements that do not parse, each told by its first error.
fn broken(text: &str) -> Vec<Broken> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<_> = errors.iter().filter_map(|error| Some((error.span()?, error))).collect();
    errors.sort_by_key(|(span, _)| span.start);
    let mut stretches = Vec::new();
    if !errors.is_empty() {
        collect_stretches(text, tree.get_ref(), &mut stretches);
        stretches.sort_by_key(|stretch| stretch.start);
    }
    let open_ends: Vec<usize> = errors
        .iter()
        .filter(|(_, error)| syntax::is_unclosed(error.message()))
        .map(|(span, _)| span.start)
        .collect();
    let mut past = 0;
    let mut broken = Vec::new();
    for (span, error) in errors {
        if span.start >= past {
            let stretch = stretch_at(&stretches, span.start);
            let is_open = stretch
                .as_ref()
                .is_some_and(|stretch| open_ends.binary_search(&stretch.end).is_ok());
            let next = judge(text, span, error, stretch.clone(), is_open);
            past = stretch
                .map_or(0, |stretch| stretch.end)
                .max(line_end(text, next.span.start))
                + 1;
            broken.push(next);
        }
    }
    broken
}

fn judge(text: &str, span: Range<usize>, error: &Error, stretch: Option<Range<usize>>, is_open: bool) -> Broken {
    let (span, fault, extent) = match stretch {
        // All to the end of the file was swallowed: only the line where it began is to blame.
        Some(stretch) if is_open => {
            let open = stretch.start..stretch.start + 1;
            let fault = SyntaxFault::Unclosed {
                open: opening(text, stretch.start),
            };
            (open.clone(), fault, open)
        }
        Some(stretch) => (span.clone(), syntax::explain(text, span, error.message()), stretch),
        None => (span.clone(), syntax::explain(text, span.clone(), error.message()), span),
    };
    Broken {
        extent: whole_lines(text, extent),
        span,
        fault,
    }
}

fn opening(text: &str, at: usize) -> &'static str {
    ["\"\"\"", "'''", "[", "{"]
        .into_iter()
        .find(|open| text[at..].starts_with(open))
        .unwrap_or("[")
}

/// The outermost values that have an inside: lists, inline tables, texts of several lines.
fn collect_stretches(text: &str, table: &DeTable<'_>, stretches: &mut Vec<Range<usize>>) {
    for (_, value) in table {
        collect_stretch(text, value, stretches);
    }
}

fn collect_stretch(text: &str, value: &Spanned<DeValue<'_>>, stretches: &mut Vec<Range<usize>>) {
    let opens_with = |value: &Spanned<DeValue<'_>>, sign| text[value.span().start..].starts_with(sign);
    match value.get_ref() {
        // A table under a heading is no value; its span is its heading or its key.
        DeValue::Table(table) if !opens_with(value, '{') => collect_stretches(text, table, stretches),
        DeValue::Array(list)
            if list
                .iter()
                .next()
                .is_some_and(|first| first.get_ref().is_table() && opens_with(first, '[')) =>
        {
            list.iter().for_each(|value| collect_stretch(text, value, stretches));
        }
        _ => stretches.push(value.span()),
    }
}

fn stretch_at(stretches: &[Range<usize>], at: usize) -> Option<Range<usize>> {
    let next = stretches.partition_point(|stretch| stretch.start <= at);
    let stretch = stretches.get(next.checked_sub(1)?)?;
    (at <= stretch.end && stretch.len() > 1).then(|| stretch.clone())
}

/// The lines that `extent` touches; of a heading, all that stands under it, since it would fall to another table.
fn whole_lines(text: &str, extent: Range<usize>) -> Range<usize> {
    let start = text[..extent.start].rfind('\n').map_or(0, |at| at + 1);
    let mut end = line_end(text, extent.end.max(extent.start));
    if text[start..].trim_start().starts_with('[') {
        while end < text.len() && !text[end + 1..].trim_start_matches([' ', '\t']).starts_with('[') {
            end = line_end(text, end + 1);
        }
    }
    start..end
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// Puts spaces in place of the broken statements; every other byte keeps its offset.
fn blank(text: &mut String, broken: &[Broken]) {
    let mut bytes = std::mem::take(text).into_bytes();
    for byte in broken.iter().flat_map(|broken| broken.extent.clone()) {
        if !matches!(bytes[byte], b'\n' | b'\r') {
            bytes[byte] = b' ';
        }
    }
    *text = String::from_utf8(bytes).expect("whole lines were blanked, so no character was cut");
}
