//! The head of a text without `+++`: lines of `键：值` at its beginning, or right below its title.
//!
//! Official texts are full of lines that look alike (`时间：5月12日9:30`, `各处室：`), so only what the field table knows makes a head, and
//! only where a head belongs: it begins in the first line that is not empty or in the one after it, and ends before the first line
//! that is blank or is not of the table.

use std::{borrow::Cow, ops::Range};

use super::{
    office,
    table::{self as t, ITEM},
    term::is_span,
};
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

/// What they call a field where nothing else can be meant: in lines that stand alone above a blank one.
const APART: [(&str, &str); 6] = [
    ("截止", t::UNTIL.key),
    ("截止日期", t::UNTIL.key),
    ("有效期至", t::UNTIL.key),
    ("结束时间", t::UNTIL.key),
    ("播放时间", t::FROM.key),
    ("播出时间", t::FROM.key),
];

/// What is typed where a colon belongs.
const WRONG: &str = "；;=＝,，、.。-—】］]〕：: \t\u{3000}";

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
    /// This key and a date, without a colon between.
    Sign(&'static str),
    /// With a key of no field, where it is taken for the title.
    Title,
}

/// What a line is to a head.
enum Line<'a> {
    Field(&'static dyn FieldInfo, Said<'a>),
    /// A date with a key that is nearly this one.
    Near(&'static str, Said<'a>),
    /// A date behind this key, without a colon between.
    Unsigned(&'static str, Said<'a>),
    Other,
}

/// Where a line stands.
#[derive(Clone, Copy, Default)]
struct Context {
    /// In lines that can only be a head.
    is_apart: bool,
    /// In a text that has a chart: 单位 and 来源 stand in many that have none.
    is_charted: bool,
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
    let is_charted = is_charted(&text[first_at..]);
    let apart = apart(&text[first_at..], is_charted);
    let context = Context {
        is_apart: apart.is_some_and(|lines| lines.unknown.is_none()),
        is_charted,
    };
    if matches!(read(first_at, first, context), Line::Other) {
        head.title = Some(first_at..first_at + first.trim_end().len());
        head.end = first_at + first.len();
        lines.next();
    }
    let mut slips = Vec::new();
    for (at, line) in lines.take(MOST) {
        match read(at, line, context) {
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
            Line::Unsigned(meant, said) => slips.push(slip(said, SlipKind::Sign(meant))),
            Line::Other => break,
        }
        head.end = at + line.len();
    }
    if head.pairs.is_empty() {
        head = Head::default();
        slips.iter_mut().for_each(Slip::stands_alone);
    }
    let unknown = apart.and_then(|lines| lines.unknown);
    slips.extend(unknown.and_then(|(at, line)| Some(slip(part(first_at + at, line)?, SlipKind::Title))));
    slips.extend(below(text, head.end));
    slips.truncate(TOLD);
    Head { slips, ..head }
}

/// The lines at the beginning of a text, above a blank one with more text behind it, where all of them have keys.
#[derive(Clone, Copy)]
struct Apart<'a> {
    /// The first one whose key is of no field, and where it begins.
    unknown: Option<(usize, &'a str)>,
}

fn apart(text: &str, is_charted: bool) -> Option<Apart<'_>> {
    let context = Context {
        is_apart: true,
        is_charted,
    };
    let mut unknown = None;
    let mut lines = lines(text);
    for (at, line) in lines
        .by_ref()
        .take(MOST)
        .take_while(|(_, line)| !line.trim().is_empty())
    {
        let is_field = !matches!(read(at, line, context), Line::Other);
        if !is_field && !office::is_labelled(line) {
            return None;
        }
        if !is_field && unknown.is_none() {
            unknown = Some((at, line));
        }
    }
    let goes_on = lines.any(|(_, line)| !line.trim().is_empty());
    goes_on.then_some(Apart { unknown })
}

/// Whether one of the first lines of `text`, down to a blank one, says how figures are drawn or where they are.
fn is_charted(text: &str) -> bool {
    let lines = lines(text).take(MOST).take_while(|(_, line)| !line.trim().is_empty());
    let mut said = lines.filter_map(|(at, line)| part(at, line));
    said.any(|said| match field(&said.key).map(FieldInfo::key) {
        Some(key) if key == t::CHART.key => t::is_chart(said.value),
        Some(key) if key == t::DATA.key => t::is_data(said.value),
        _ => false,
    })
}

fn is_of_charts(field: &dyn FieldInfo) -> bool {
    t::OF_CHARTS.iter().any(|other| other.key() == field.key())
}

/// When something goes on or off the wall, said where it is text.
fn below(text: &str, from: usize) -> impl Iterator<Item = Slip<'_>> {
    lines(&text[from..]).filter_map(move |(at, line)| match read(from + at, line, Context::default()) {
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
fn read(at: usize, line: &str, context: Context) -> Line<'_> {
    let Some(said) = part(at, line) else {
        return unsigned(at, line);
    };
    let in_head = || APART.iter().find(|(also, _)| context.is_apart && *also == said.key);
    let is_moment = is_dated(said.value) || is_span(said.value);
    let known = field(&said.key).filter(|field| context.is_charted || !is_of_charts(*field));
    match known {
        Some(field) => Line::Field(field, said),
        None if is_moment && in_head().is_some() => match in_head().and_then(|(_, key)| ITEM.field(key)) {
            Some(field) => Line::Field(field, said),
            None => Line::Other,
        },
        None if is_dated(said.value) => match near(&said.key) {
            Some(meant) => Line::Near(meant, said),
            None => unsigned(at, line),
        },
        None => unsigned(at, line),
    }
}

/// A line that begins with 上屏 or 下屏 and ends with a date, but has no colon between.
fn unsigned(at: usize, line: &str) -> Line<'_> {
    let text = line.trim();
    let start = at + line.len() - line.trim_start().len();
    let said = text.trim_start_matches(['【', '［', '[', '〔']);
    let edges = [&t::FROM as &dyn FieldInfo, &t::UNTIL];
    let found = edges.into_iter().find_map(|field| {
        let names = ALSO
            .iter()
            .filter(|(_, key)| *key == field.key())
            .map(|(also, _)| *also);
        let mut names = names.chain([field.alias()]);
        names.find_map(|name| Some((field.alias(), said.get(..name.len())?, said.strip_prefix(name)?)))
    });
    let Some((meant, key, rest)) = found else {
        return Line::Other;
    };
    let value = rest.trim_start_matches(|char| WRONG.contains(char));
    if !is_dated(value) && !is_span(value) {
        return Line::Other;
    }
    let end = start + text.len();
    let said = Said {
        key: Cow::Borrowed(key),
        place: start..end,
        value,
        value_place: end - value.len()..end,
    };
    Line::Unsigned(meant, said)
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
    let fields = ITEM.fields.iter().filter(|field| !is_of_charts(**field));
    let of_table = fields.flat_map(|field| [field.key(), field.alias()]);
    nearest(key, of_table.chain(ALSO.iter().map(|(also, _)| *also)))
}
