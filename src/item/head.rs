//! The head of a text without `+++`: lines of `键：值` at its beginning, or right below its title.
//!
//! Official texts are full of lines that look alike (`时间：5月12日9:30`, `各处室：`), so only what the field table knows makes a head, and
//! only where a head belongs: it begins in the first line that is not empty or in the one after it, and ends before the first line
//! that is blank or is not of the table.

use std::{borrow::Cow, ops::Range};

use super::table::{self as t, ITEM};
use crate::document::{FieldInfo, Pair, kind::is_dated, nearest};

/// What people also call a field.
const ALSO: [(&str, &str); 12] = [
    ("发布时间", t::PUBLISHED.key),
    ("发布日期", t::PUBLISHED.key),
    ("上屏时间", t::FROM.key),
    ("上屏日期", t::FROM.key),
    ("下屏时间", t::UNTIL.key),
    ("下屏日期", t::UNTIL.key),
    ("发布部门", t::DEPARTMENT.key),
    ("发布单位", t::DEPARTMENT.key),
    ("发文字号", t::NUMBER.key),
    ("公示期限", t::POSTING.key),
    ("停留时间", t::DWELL.key),
    ("重要程度", t::LEVEL.key),
];

/// The most lines of a head: more than there are keys.
const MOST: usize = 40;

/// The most slips that are told of one text.
const TOLD: usize = 20;

/// The head of a text.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    /// The title, where the head stands below it.
    pub(super) title: Option<Range<usize>>,
    /// Its lines.
    pub(super) pairs: Vec<Pair<'a>>,
    /// Lines that seem to be meant for a head.
    pub(super) slips: Vec<Slip<'a>>,
    /// Where the text goes on after it.
    pub(super) end: usize,
}

/// A line that seems to be meant for a head, but is not of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip<'a> {
    /// Its key as written.
    pub(super) key: Cow<'a, str>,
    /// Where the key stands.
    pub(super) place: Range<usize>,
    pub(super) kind: SlipKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SlipKind {
    /// Among the lines of a head, with a key that is nearly this one.
    InHead(&'static str),
    /// Where a head would be, were its key this one.
    Alone(&'static str),
    /// A line of a head, but further down, where it is text.
    Below,
}

/// What a line is to a head.
enum Line<'a> {
    Field(&'static dyn FieldInfo, Said<'a>),
    /// A date with a key that is nearly this one.
    Near(&'static str, Said<'a>),
    Other,
}

/// A line that is parted by a colon.
struct Said<'a> {
    key: Cow<'a, str>,
    place: Range<usize>,
    value: &'a str,
    value_place: Range<usize>,
}

/// The head of `text`; an empty one where it has none.
pub(super) fn find(text: &str) -> Head<'_> {
    let is_empty = |line: &str| line.trim().trim_start_matches('#').trim().is_empty();
    let mut lines = lines(text).skip_while(|(_, line)| is_empty(line)).peekable();
    let Some((first_at, first)) = lines.peek().copied() else {
        return Head::default();
    };
    let mut head = Head {
        end: first_at,
        ..Head::default()
    };
    if matches!(read(first_at, first), Line::Other) {
        head.title = Some(first_at..first_at + first.trim_end().len());
        head.end = first_at + first.len();
        lines.next();
    }
    let mut slips = Vec::new();
    for (at, line) in lines.take(MOST) {
        match read(at, line) {
            Line::Field(field, said) => head.pairs.push(Pair {
                key: if said.key.is_ascii() {
                    field.key()
                } else {
                    field.alias()
                },
                place: said.place,
                value: said.value,
                value_place: said.value_place,
            }),
            Line::Near(meant, said) => slips.push(slip(said, SlipKind::InHead(meant))),
            Line::Other => break,
        }
        head.end = at + line.len();
    }
    if head.pairs.is_empty() {
        head = Head::default();
        slips.iter_mut().for_each(Slip::stands_alone);
    }
    slips.extend(below(text, head.end));
    slips.truncate(TOLD);
    Head { slips, ..head }
}

/// When something goes on or off the wall, said where it is text.
fn below(text: &str, from: usize) -> impl Iterator<Item = Slip<'_>> {
    lines(&text[from..]).filter_map(move |(at, line)| match read(from + at, line) {
        Line::Field(field, said) if is_edge(field) && is_dated(said.value) => Some(slip(said, SlipKind::Below)),
        _ => None,
    })
}

fn is_edge(field: &dyn FieldInfo) -> bool {
    [t::FROM.key, t::UNTIL.key].contains(&field.key())
}

fn slip(said: Said<'_>, kind: SlipKind) -> Slip<'_> {
    Slip {
        key: said.key,
        place: said.place,
        kind,
    }
}

impl Slip<'_> {
    fn stands_alone(&mut self) {
        if let SlipKind::InHead(meant) = self.kind {
            self.kind = SlipKind::Alone(meant);
        }
    }
}

/// The lines of `text`, with their ends, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// What the line is that begins at the byte `at`.
fn read(at: usize, line: &str) -> Line<'_> {
    let Some(said) = part(at, line) else {
        return Line::Other;
    };
    match field(&said.key) {
        Some(field) => Line::Field(field, said),
        None if is_dated(said.value) => match near(&said.key) {
            Some(meant) => Line::Near(meant, said),
            None => Line::Other,
        },
        None => Line::Other,
    }
}

/// The longest key, with blanks in it, in bytes.
const LONGEST: usize = 60;

fn part(at: usize, line: &str) -> Option<Said<'_>> {
    let (colon, sign) = line
        .char_indices()
        .take_while(|(at, _)| *at <= LONGEST)
        .find(|(_, char)| is_colon(*char))?;
    let (key, value) = (line[..colon].trim(), line[colon + sign.len_utf8()..].trim());
    let start = at + line.len() - line.trim_start().len();
    let value_start = at + line.len() - line[colon + sign.len_utf8()..].trim_start().len();
    // 标　题： is how people make keys equally wide.
    let squeezed = if key.contains(char::is_whitespace) {
        Cow::Owned(key.split_whitespace().collect())
    } else {
        Cow::Borrowed(key)
    };
    (!key.is_empty()).then(|| Said {
        key: squeezed,
        place: start..start + key.len(),
        value,
        value_place: value_start..value_start + value.len(),
    })
}

fn is_colon(char: char) -> bool {
    matches!(char, '：' | ':' | '︰' | '∶')
}

fn field(key: &str) -> Option<&'static dyn FieldInfo> {
    let also = ALSO.iter().find(|(also, _)| *also == key).map(|(_, key)| *key);
    ITEM.field(also.unwrap_or(&key.to_ascii_lowercase()))
}

fn near(key: &str) -> Option<&'static str> {
    let of_table = ITEM.fields.iter().flat_map(|field| [field.key(), field.alias()]);
    nearest(key, of_table.chain(ALSO.iter().map(|(also, _)| *also)))
}
