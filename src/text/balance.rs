//! Centred lines broken by sense: as 梯形 or 菱形, never all of one length, never narrow in the middle, and no line begins with 的 or
//! 和.
//!
//! Of all ways to break a run into as few lines as it needs, the one is taken that costs least: lines of like length, a shape that
//! widens or narrows steadily or is widest in the middle, and breaks where a reader would pause.

use std::ops::Range;

use super::{bonds::Bond, class::Class, lexicon::word_ends, run::Run};

/// The most lines that are balanced; more are no title.
const MOST: usize = 8;
/// The most characters.
const LONGEST: usize = 400;

/// What no line of a title begins with.
const NEVER_FIRST: &str = "的地得之和及与或等了着们者";
/// What no line of a title ends with, where there is another way.
const NEVER_LAST: [&str; 23] = [
    "关于", "对于", "和", "及", "与", "或", "在", "对", "为", "向", "将", "把", "被", "从", "由", "以", "于", "按",
    "经", "给", "第", "不", "各",
];

/// The cost of a break, or of a whole way of breaking.
type Cost = u64;

const NEVER: Cost = 1 << 40;

/// The lines of `run`, whose lines by filling are `filled`, made even in `room`; `None` where there is nothing to even out.
pub(super) fn balance(run: &Run, filled: &[Range<usize>], room: u32) -> Option<Vec<Range<usize>>> {
    let count = filled.len();
    if !(2..=MOST).contains(&count) || run.cells.len() > LONGEST {
        return None;
    }
    let signs: Vec<char> = run.cells.iter().map(|cell| cell.character).collect();
    let words = word_ends(&signs);
    let tight = of_count(run, &words, filled, room, count);
    // A title takes a line more rather than part a word.
    let is_torn = tight.as_ref().is_none_or(|(cost, _)| *cost >= TORN_WORD);
    let more = (is_torn && count < FEW).then(|| of_count(run, &words, filled, room, count + 1));
    let ways = [tight, more.flatten()].into_iter().flatten();
    let best = ways.min_by_key(|(cost, lines)| (cost / TORN_WORD, lines.len()));
    best.map(|(_, lines)| lines)
}

/// A title of fewer lines may take one more.
const FEW: usize = 3;

/// What a line costs that ends inside a word.
const TORN_WORD: Cost = 2000;

/// The cheapest way to break `run` into `count` lines of at most `room`, and its cost.
fn of_count(
    run: &Run,
    words: &[bool],
    filled: &[Range<usize>],
    room: u32,
    count: usize,
) -> Option<(Cost, Vec<Range<usize>>)> {
    let most = filled
        .iter()
        .filter_map(|line| run.bonds.get(line.end - 1))
        .max()
        .copied();
    let ends: Vec<usize> = (1..run.cells.len())
        .filter(|end| Some(run.bonds[end - 1]) <= most.max(Some(Bond::Free)))
        .collect();
    let total = run.width(0, run.cells.len());
    let mut search = Search {
        run,
        words,
        ends: &ends,
        room,
        mean: (total / count as u32).max(1),
        widths: Vec::with_capacity(count),
        path: Vec::with_capacity(count),
        best: (NEVER, Vec::new()),
        tries: TRIES,
    };
    search.go(0, 0, count, 0);
    let (cost, path) = search.best;
    (cost < NEVER).then_some((cost, path))
}

/// The most ways that are tried: a title has a few dozen places for a break.
const TRIES: u32 = 200_000;

struct Search<'a> {
    run: &'a Run,
    /// Whether a word ends after each cell.
    words: &'a [bool],
    /// Where a line may end.
    ends: &'a [usize],
    room: u32,
    /// The width of a line were all alike.
    mean: u32,
    /// The lines so far.
    widths: Vec<u32>,
    path: Vec<Range<usize>>,
    best: (Cost, Vec<Range<usize>>),
    tries: u32,
}

impl Search<'_> {
    /// Tries all ways to break what begins at `start` into `left` more lines, `from` being the first end to think of.
    fn go(&mut self, start: usize, from: usize, left: usize, cost: Cost) {
        if cost >= self.best.0 || self.tries == 0 {
            return;
        }
        if left == 1 {
            return self.finish(start, cost);
        }
        for index in from..self.ends.len() {
            let end = self.ends[index];
            if end <= start {
                continue;
            }
            let width = self.run.width(start, end);
            if width > self.room {
                break;
            }
            let with = cost + self.uneven(width) + self.breaking(end);
            self.widths.push(width);
            self.path.push(start..end);
            self.go(end, index + 1, left - 1, with);
            self.widths.pop();
            self.path.pop();
        }
    }

    /// The last line.
    fn finish(&mut self, start: usize, cost: Cost) {
        self.tries -= 1;
        let end = self.run.cells.len();
        let width = self.run.width(start, end);
        if start >= end || width > self.room {
            return;
        }
        self.widths.push(width);
        let cost = cost + self.uneven(width) + shape(&self.widths, self.run.em);
        self.widths.pop();
        if cost < self.best.0 {
            let mut path = self.path.clone();
            path.push(start..end);
            self.best = (cost, path);
        }
    }

    /// A line far from the mean: the square of the difference, in tenths of an em.
    fn uneven(&self, width: u32) -> Cost {
        let tenths = Cost::from(width.abs_diff(self.mean)) * 10 / Cost::from(self.run.em.max(1));
        tenths * tenths / 10
    }

    /// A break before the cell `end`.
    fn breaking(&self, end: usize) -> Cost {
        let (before, after) = (&self.run.cells[..end], self.run.cells[end].character);
        let bond: Cost = match self.run.bonds[end - 1] {
            Bond::Free => 0,
            _ => 2000,
        };
        let pause = match before.last().map(|cell| cell.class) {
            Some(Class::Space) => 0,
            Some(Class::Closing | Class::Point | Class::Dash | Class::Ellipsis) => 10,
            _ if self.run.cells[end].class == Class::Opening => 20,
            _ => 60,
        };
        let torn = if NEVER_FIRST.contains(after) { 4000 } else { 0 };
        let word = if self.words[end - 1] { 0 } else { TORN_WORD };
        let tail: String = before[end.saturating_sub(2)..]
            .iter()
            .map(|cell| cell.character)
            .collect();
        let hanging = if NEVER_LAST.iter().any(|last| tail.ends_with(last)) {
            1000
        } else {
            0
        };
        bond + pause + torn + word + hanging + Cost::from(self.is_inside(end)) * 400
    }

    /// Whether brackets or quotation marks are open before the cell `end`.
    fn is_inside(&self, end: usize) -> bool {
        let depth = self.run.cells[..end].iter().fold(0i32, |depth, cell| match cell.class {
            Class::Opening => depth + 1,
            Class::Closing | Class::Point if is_closer(cell.character) => (depth - 1).max(0),
            _ => depth,
        });
        depth > 0
    }
}

fn is_closer(character: char) -> bool {
    "）)》〉”’」』】〕］]}｝〗".contains(character)
}

/// What the shape of the lines costs: nothing for a 梯形 or a 菱形.
fn shape(widths: &[u32], em: u32) -> Cost {
    let near = |a: u32, b: u32| a.abs_diff(b) < em / 2;
    let is_block = widths.windows(2).all(|pair| near(pair[0], pair[1]));
    let is_waisted = widths
        .windows(3)
        .any(|three| three[1] + em / 2 <= three[0].min(three[2]));
    // Two lines of one length are how an office writes a couplet; more of them are a block.
    let block = if widths.len() > 2 { 30 } else { 10 };
    Cost::from(is_block) * block + Cost::from(is_waisted) * 400
}
