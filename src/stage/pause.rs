//! Where a text may be cut, and how clean a cut that is.

use crate::text::Compositor;

/// What ends a sentence, and stays before the mark of a cut.
const STOPS: [char; 8] = ['。', '；', '！', '？', '!', '?', ';', '…'];

/// What ends a phrase, and goes where the text is cut.
const COMMAS: [char; 6] = ['，', '、', '：', ',', ':', '—'];

/// What closes a group.
const CLOSERS: &str = "）)》〉”’」』】〕］]";

/// What opens one, in the order of their closers.
const OPENERS: &str = "（(《〈“‘「『【〔［[";

/// So many characters of a line stay before a cut inside it: not the bare number of a point.
const LEAST: usize = 6;

/// A place at which a text may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pause {
    /// The bytes of the text that stay.
    pub(super) end: usize,
    /// How clean the cut is.
    pub(super) rank: Rank,
    /// Whether the mark of the cut takes a line of its own: what stands before it is whole, but ends with no stop.
    pub(super) below: bool,
}

/// How clean a cut is; the cleanest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// After a sentence, or a line that stands for itself.
    Sentence,
    /// After a phrase.
    Phrase,
    /// Where a line might end.
    Line,
    /// The same, but inside brackets or quotation marks, or so early that little more than a point's number stays.
    Awkward,
    /// Between any two characters.
    Torn,
}

impl Rank {
    /// All of them, the cleanest first.
    pub(super) const ALL: [Self; 5] = [Self::Sentence, Self::Phrase, Self::Line, Self::Awkward, Self::Torn];
}

/// Every place at which `text`, whose lines `\n` parts, may be cut, in order; the last one is its end.
pub(super) fn pauses(compositor: &Compositor, text: &str) -> Vec<Pause> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let (free, groups) = (compositor.ends(line), groups(line));
        let inner = line.char_indices().map(|(at, _)| at).skip(1);
        for (count, at) in inner.chain([line.len()]).enumerate() {
            let is_free = free.binary_search(&at).is_ok();
            let is_inside = groups.iter().any(|group| (group.0 + 1..group.1).contains(&at));
            let pause = match between(&line[..at]) {
                _ if at == line.len() => whole(line),
                _ if !is_free => with(&line[..at], Rank::Torn),
                pause if is_inside || count + 1 < LEAST && pause.rank > Rank::Sentence => {
                    with(&line[..at], Rank::Awkward)
                }
                pause => pause,
            };
            found.extend((pause.end > 0).then_some(Pause {
                end: start + pause.end,
                ..pause
            }));
        }
        start += line.len() + 1;
    }
    found
}

/// Every place at which the table `text` may be cut: after each row but for the one that says what the columns are.
pub(super) fn rows(text: &str, headed: bool) -> Vec<Pause> {
    let row_ends = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]);
    let pause = |end| Pause {
        end,
        rank: Rank::Sentence,
        below: true,
    };
    row_ends.skip(usize::from(headed)).map(pause).collect()
}

/// The cut after a whole line.
fn whole(line: &str) -> Pause {
    match between(line) {
        pause if pause.rank == Rank::Line => Pause {
            rank: Rank::Sentence,
            below: true,
            ..pause
        },
        pause => pause,
    }
}

/// The cut where a line might end, after `kept`.
fn between(kept: &str) -> Pause {
    let kept = kept.trim_end();
    let phrase = kept.trim_end_matches(COMMAS);
    match kept {
        _ if ends_with_stop(kept) => with(kept, Rank::Sentence),
        _ if phrase.len() < kept.len() => with(phrase, Rank::Phrase),
        _ => with(kept, Rank::Line),
    }
}

fn with(kept: &str, rank: Rank) -> Pause {
    Pause {
        end: kept.trim_end().len(),
        rank,
        below: false,
    }
}

/// Whether the text ends with a stop, be it in brackets or quotation marks: 。”
fn ends_with_stop(text: &str) -> bool {
    let said = text.trim_end_matches(|character| CLOSERS.contains(character));
    said.ends_with(STOPS)
}

/// The bytes of each group in brackets or quotation marks, from its opener to after its closer. One without its other half is none.
fn groups(line: &str) -> Vec<(usize, usize)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut groups = Vec::new();
    for (at, character) in line.char_indices() {
        if let Some(kind) = place(OPENERS, character) {
            open.push((at, kind));
        } else if let Some(kind) = place(CLOSERS, character)
            && let Some(last) = open.iter().rposition(|(_, opened)| *opened == kind)
        {
            groups.push((open[last].0, at + character.len_utf8()));
            open.truncate(last);
        }
    }
    groups
}

/// Which of `signs` it is; brackets of full and of half width are the same.
fn place(signs: &str, character: char) -> Option<usize> {
    let kind = signs.chars().position(|sign| sign == character)?;
    Some(if kind == 1 { 0 } else { kind })
}
