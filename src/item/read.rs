//! From the text of an item's file to an [`Item`].

use std::{ops::Range, sync::Arc};

use jiff::{
    SignedDuration,
    civil::{DateTime, Time},
};

use super::{
    Body, ChartKind, ChartSpec, Counter, Item, Level, Moved, NamedFile, Picture, Posting, TEXT_LIMIT, TITLE_LIMIT,
    Video,
    fault::{ItemFault, Named},
    head::{self, Head, Slip, SlipKind},
    is_typed, parse_body, parse_typed, table as t,
    term::Period,
};
use crate::{
    diagnostic::{Diagnostic, Source},
    document::{self, Located, Pair, Parsed, Record},
    frame::Fitting,
    units::Digest,
};

/// The most problems of a body that are told: each place is sought from the file's start.
const MOST: usize = 100;

/// What the front matter says.
#[derive(Default)]
pub(super) struct Front {
    id: Option<Arc<str>>,
    title: Option<Arc<str>>,
    column: Option<Located<Arc<str>>>,
    department: Option<Arc<str>>,
    number: Option<Arc<str>>,
    published: Option<DateTime>,
    from: Option<DateTime>,
    until: Option<DateTime>,
    lasts: bool,
    posting: Option<Posting>,
    level: Option<Level>,
    scene: Option<Arc<str>>,
    dwell: Option<SignedDuration>,
    link: Option<Arc<str>>,
    pages: Option<u16>,
    counter: Option<Counter>,
    media: Option<Located<Arc<str>>>,
    fitting: Option<Fitting>,
    may_flash: bool,
    chart: Option<Charted>,
}

/// What the front matter says of a chart.
struct Charted {
    kind: ChartKind,
    data: Located<Arc<str>>,
    unit: Option<Arc<str>>,
    source: Option<Arc<str>>,
    columns: Arc<[Arc<str>]>,
}

/// The item in `source`; `digest` is that of the file's bytes.
pub(super) fn item(source: &Source, digest: Digest) -> Parsed<Item> {
    let parts = match split(source.text()) {
        Ok(parts) => parts,
        Err((fence, fault)) => return Parsed::refused(Diagnostic::at(source, fence, &fault)),
    };
    let (front, title, rest) = match parts.front {
        Some(front) => (
            document::read_part(source, front, &t::ITEM, read_front),
            None,
            parts.rest,
        ),
        None => headed(source),
    };
    let mut diagnostics = front.diagnostics;
    // Where the front matter was refused, its title may have been in it.
    let is_titled = front.value.as_ref().is_none_or(|front| front.title.is_some());
    let (title, text) = match title {
        Some(title) => (Some(title), rest),
        None => self::title(source.text(), rest, is_titled),
    };
    if title.is_none() && !is_titled {
        diagnostics.push(Diagnostic::at(source, 0..0, &ItemFault::Empty));
    }
    let body = read_body(source, title.as_ref(), text, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.place.as_ref().map(|place| (place.line, place.column)));
    let is_sound = !diagnostics.iter().any(Diagnostic::is_error);
    let title = title.map(|span| heading(&source.text()[span]).into());
    let value = front.value.zip(body).filter(|_| is_sound);
    Parsed {
        value: value.and_then(|(front, body)| assemble(source, digest, front, title, body)),
        diagnostics,
    }
}

/// What the head of a text without `+++` says, its title where the head stands below that, and the bytes after the head.
fn headed(source: &Source) -> (Parsed<Front>, Option<Range<usize>>, Range<usize>) {
    let text = source.text();
    let Head {
        title,
        pairs,
        slips,
        end,
    } = head::find(text);
    let is_below = title.is_some();
    let mut front = document::read_pairs(source, &pairs, &t::ITEM, |record| {
        if let Some(span) = record.written(&t::TITLE).filter(|_| is_below) {
            record.problem_at(span, ItemFault::TwoTitles);
        }
        read_front(record)
    });
    for slip in slips {
        let diagnostic = Diagnostic::at(source, slip.place.clone(), &ItemFault::from(slip));
        if diagnostic.is_error() {
            front.value = None;
        }
        front.diagnostics.push(diagnostic);
    }
    (front, title, end..text.len())
}

impl From<Slip<'_>> for ItemFault {
    fn from(slip: Slip<'_>) -> Self {
        let key = slip.key.into_owned();
        match slip.kind {
            SlipKind::InHead(meant) => Self::NearlyAKey { key, meant },
            SlipKind::Alone(meant) => Self::PerhapsAKey { key, meant },
            SlipKind::Below => Self::KeyBelow { key },
            SlipKind::Sign(meant) => Self::WrongSign { key, meant },
            SlipKind::Title => Self::KeyAsTitle { key },
        }
    }
}

/// The bytes of a file's parts.
struct Parts {
    /// What stands between the fences, if there are any.
    front: Option<Range<usize>>,
    rest: Range<usize>,
}

/// The parts of `text`. `Err` is a fence that nothing answers, or that is written in full-width signs.
fn split(text: &str) -> Result<Parts, (Range<usize>, ItemFault)> {
    let is_fence = |line: &str| line.trim_end() == "+++";
    let first = text.lines().next().unwrap_or_default().trim_end();
    if first.starts_with(['+', '＋']) && first.chars().all(|sign| sign == '+' || sign == '＋') && first.contains('＋')
    {
        return Err((0..first.len(), ItemFault::WideFence));
    }
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start..at, line)
    });
    let opening = match lines.next() {
        Some((span, line)) if is_fence(line) => span,
        _ => {
            let rest = 0..text.len();
            return Ok(Parts { front: None, rest });
        }
    };
    match lines.find(|(_, line)| is_fence(line)) {
        Some((closing, _)) => Ok(Parts {
            front: Some(opening.end..closing.start),
            rest: closing.end..text.len(),
        }),
        None => Err((0..3, ItemFault::OpenFrontMatter)),
    }
}

fn read_front(record: &Record<'_>) -> Option<Front> {
    let (posting, from, until) = (posting(record), record.get(&t::FROM), record.get(&t::UNTIL));
    let first = match posting {
        Some(Posting::Between(first, _)) => Some(first.to_datetime(Time::midnight())),
        _ => None,
    };
    if from.is_some_and(|(_, end)| end.is_some())
        && let Some(span) = record.written(&t::UNTIL).or_else(|| record.written(&t::POSTING))
    {
        record.problem_at(span, ItemFault::TwoEnds);
    }
    // What is open to all is shown; anything else has been refused.
    let _: Option<()> = record.get(&t::SECRECY);
    let front = Front {
        id: record.get(&t::ID),
        title: record.get(&t::TITLE),
        column: record.located(&t::COLUMN),
        department: record.get(&t::DEPARTMENT),
        number: record.get(&t::NUMBER),
        published: record.get(&t::PUBLISHED).or(first),
        from: from.map(|(from, _)| from).or(first),
        until: until.flatten().or_else(|| from.and_then(|(_, end)| end)),
        lasts: until == Some(None),
        posting,
        level: record.get(&t::LEVEL),
        scene: record.get(&t::SCENE),
        dwell: record.get(&t::DWELL),
        link: record.get(&t::LINK),
        pages: record.get(&t::PAGES).and_then(|pages| u16::try_from(pages).ok()),
        counter: counter(record),
        media: record.located(&t::MEDIA),
        fitting: fitting(record),
        may_flash: record.get(&t::FLASHES) == Some(true),
        chart: chart(record),
    };
    tell_never_shows(record, &front);
    Some(front)
}

/// The posting period, which goes with a date of publication and brings the end along.
fn posting(record: &Record<'_>) -> Option<Posting> {
    let (days, count) = (record.get(&t::POSTING), record.get(&t::COUNT));
    let Some(span) = record.written(&t::POSTING) else {
        if let Some(span) = record.written(&t::COUNT) {
            record.problem_at(span, ItemFault::CountAlone);
        }
        return None;
    };
    let is_counted = !matches!(days, Some(Period::Between(..)));
    if is_counted && record.written(&t::PUBLISHED).is_none() {
        record.problem_at(span.clone(), ItemFault::PostingUndated);
    }
    if record.written(&t::UNTIL).is_some() {
        record.problem_at(span, ItemFault::TwoEnds);
    }
    Some(match days? {
        Period::Days(days) => Posting::Days { days, count: count? },
        Period::Between(first, last) => Posting::Between(first, last),
    })
}

/// How a picture fills its place, where any of that is written.
fn fitting(record: &Record<'_>) -> Option<Fitting> {
    let (fit, focus, ground) = (record.get(&t::FIT), record.get(&t::FOCUS), record.get(&t::GROUND));
    let plain = Fitting::default();
    let is_written = fit.is_some() || focus.is_some() || ground.is_some();
    is_written.then(|| Fitting {
        fit: fit.unwrap_or(plain.fit),
        focus: focus.unwrap_or(plain.focus),
        ground: ground.unwrap_or(plain.ground),
    })
}

/// The chart, which needs a data file; what belongs to one means nothing without.
fn chart(record: &Record<'_>) -> Option<Charted> {
    let (kind, data) = (record.get(&t::CHART), record.located(&t::DATA));
    let (unit, source, columns) = (record.get(&t::UNIT), record.get(&t::SOURCE), record.get(&t::COLUMNS));
    if record.written(&t::DATA).is_none() {
        if let Some(span) = record.written(&t::CHART) {
            record.problem_at(span, ItemFault::ChartWithoutData);
            return None;
        }
        let alone = [
            (record.written(&t::UNIT), Named::of(&t::UNIT)),
            (record.written(&t::SOURCE), Named::of(&t::SOURCE)),
            (record.written(&t::COLUMNS), Named::of(&t::COLUMNS)),
        ];
        for (span, key) in alone {
            if let Some(span) = span {
                record.problem_at(span, ItemFault::NoChart { key });
            }
        }
        return None;
    }
    if let Some(span) = record.written(&t::MEDIA) {
        record.problem_at(span, ItemFault::MediaAndChart);
    }
    Some(Charted {
        kind: kind.unwrap_or_default(),
        data: data?,
        unit,
        source,
        columns: several(columns.unwrap_or_default()),
    })
}

/// Names that stand in one line without TOML: 本月、上月.
fn several(names: Vec<Arc<str>>) -> Arc<[Arc<str>]> {
    let [line] = &names[..] else { return names.into() };
    let parts = line.split(['、', '，', ',']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(Into::into).collect()
}

/// Counting down or up, not both.
fn counter(record: &Record<'_>) -> Option<Counter> {
    let (countdown, day_one) = (record.get(&t::COUNTDOWN), record.get(&t::DAY_ONE));
    if let (Some(down), Some(up)) = (record.written(&t::COUNTDOWN), record.written(&t::DAY_ONE)) {
        let (down, up) = ((down, Named::of(&t::COUNTDOWN)), (up, Named::of(&t::DAY_ONE)));
        let (first, second) = if down.0.start < up.0.start {
            (down, up)
        } else {
            (up, down)
        };
        record.problem_at(second.0, ItemFault::TwoCounters(first.1, second.1));
    }
    countdown.map(Counter::Countdown).or_else(|| day_one.map(Counter::Days))
}

/// Tells of what ends the item before it begins.
fn tell_never_shows(record: &Record<'_>, front: &Front) {
    let begins = front.from.map(|at| (at, Named::of(&t::FROM)));
    let Some((start, from)) = begins.or_else(|| front.published.map(|at| (at, Named::of(&t::PUBLISHED)))) else {
        return;
    };
    let countdown = match front.counter {
        Some(Counter::Countdown(at)) => Some(at),
        Some(Counter::Days(_)) | None => None,
    };
    let place = |at: Option<Range<usize>>| at.unwrap_or_else(|| record.span());
    let until = || place(record.peek(&t::UNTIL).map(|end| end.span));
    let zero = || place(record.peek(&t::COUNTDOWN).map(|end| end.span));
    let is_over = |end: Option<DateTime>| end.is_some_and(|end| end <= start);
    if is_over(front.until) {
        let end = Named::of(&t::UNTIL);
        record.problem_at(until(), ItemFault::NeverShows { end, start: from });
    }
    if is_over(countdown) {
        let end = Named::of(&t::COUNTDOWN);
        record.problem_at(zero(), ItemFault::NeverShows { end, start: from });
    }
}

/// The first line that is not empty, where no title stands in the front matter, and the bytes after it.
fn title(text: &str, rest: Range<usize>, is_titled: bool) -> (Option<Range<usize>>, Range<usize>) {
    if is_titled {
        return (None, rest);
    }
    let mut at = rest.start;
    for line in text[rest.clone()].split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        if !heading(line).is_empty() {
            return (Some(span), at..rest.end);
        }
    }
    (None, rest)
}

/// A line without the marks of a Markdown heading and the blanks around it.
fn heading(line: &str) -> &str {
    line.trim().trim_start_matches('#').trim()
}

fn read_body(
    source: &Source,
    title: Option<&Range<usize>>,
    span: Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Body> {
    if let Some(title) = title {
        let length = heading(&source.text()[title.clone()]).chars().count();
        if length > TITLE_LIMIT {
            diagnostics.push(Diagnostic::at(source, title.clone(), &ItemFault::LongTitle { length }));
            return None;
        }
    }
    let text = source.text()[span.clone()].trim_end();
    let said = text.trim_start();
    let length = said.chars().count();
    if length > TEXT_LIMIT {
        let start = span.start + text.len() - said.len();
        let first = start..start + said.lines().next().map_or(0, str::len);
        diagnostics.push(Diagnostic::at(source, first, &ItemFault::LongText { length }));
        return None;
    }
    let body = if is_typed(source.file()) {
        parse_typed(text)
    } else {
        parse_body(text)
    };
    for problem in body.problems.iter().take(MOST) {
        let place = span.start + problem.span.start..span.start + problem.span.end;
        diagnostics.push(Diagnostic::at(source, place, problem));
    }
    Some(body)
}

fn assemble(source: &Source, digest: Digest, front: Front, first_line: Option<Arc<str>>, body: Body) -> Option<Item> {
    let file = Arc::clone(source.file());
    let (column, stem) = path(&file);
    Some(Item {
        id: front.id.unwrap_or_else(|| stem.into()),
        column: column.into(),
        moved: front.column.map(|named| Moved {
            column: named.value,
            place: source.place(named.span),
        }),
        title: front.title.or(first_line)?,
        department: front.department,
        number: front.number,
        published: front.published,
        from: front.from,
        until: front.until,
        lasts: front.lasts,
        posting: front.posting,
        level: front.level,
        scene: front.scene,
        dwell: front.dwell,
        link: front.link,
        pages: front.pages,
        counter: front.counter,
        body: body.paragraphs,
        picture: None,
        media: front.media.map(|media| named(source, media)),
        fitting: front.fitting,
        may_flash: front.may_flash,
        chart: front.chart.map(|chart| ChartSpec {
            kind: chart.kind,
            data: named(source, chart.data),
            unit: chart.unit,
            source: chart.source,
            columns: chart.columns,
            drawn: None,
        }),
        video: None,
        digest,
        file,
    })
}

fn named(source: &Source, file: Located<Arc<str>>) -> NamedFile {
    NamedFile {
        path: file.value,
        place: source.place(file.span),
        file: None,
    }
}

/// What `pairs` say, which stand in `source`.
pub(super) fn keys(source: &Source, pairs: &[Pair<'_>]) -> Parsed<Front> {
    document::read_pairs(source, pairs, &t::ITEM, read_front)
}

impl Front {
    /// The item of `file` with these keys; `id` is its identity unless they say otherwise. `None` without a title.
    pub(super) fn into_item(self, file: &str, id: Arc<str>, body: Body, digest: Digest) -> Option<Item> {
        let front = Self {
            id: self.id.or(Some(id)),
            ..self
        };
        assemble(&Source::new(file, ""), digest, front, None, body)
    }
}

/// The item that a picture is: the file's name is its title.
pub(super) fn picture(file: &str, picture: Picture) -> Option<Item> {
    let item = wordless(file, picture.digest())?;
    Some(Item {
        picture: Some(picture),
        ..item
    })
}

/// The item that a video is: the file's name is its title.
pub(super) fn video(file: &str, video: Video) -> Option<Item> {
    let item = wordless(file, video.digest)?;
    Some(Item {
        video: Some(video),
        ..item
    })
}

/// The item of a file that says nothing but by its name.
fn wordless(file: &str, digest: Digest) -> Option<Item> {
    let (_, stem) = path(file);
    let front = Front {
        title: Some(stem.rsplit('/').next().unwrap_or(stem).into()),
        ..Front::default()
    };
    let id = file.strip_prefix("items/").unwrap_or(file);
    front.into_item(file, id.into(), Body::default(), digest)
}

/// The column's folder and the identity that a path gives: `items/通知/a.md` is `通知/a` in `通知`.
fn path(file: &str) -> (&str, &str) {
    let path = file.strip_prefix("items/").unwrap_or(file);
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let stem = match path[name..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name + dot],
        _ => path,
    };
    (path[..name].trim_end_matches('/'), stem)
}
