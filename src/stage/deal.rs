//! Lines dealt onto pages: where a page ends.
//!
//! What is known of a line is whether the next one belongs with it, where it stands in its paragraph, and how many lines of a table's
//! head are said again above it where a page begins with it. Of all ways to deal them, the one is taken that breaks the fewest rules:
//!
//! 1. a line stays with the next one where it belongs with it: a title, a heading, a row of a table, what stands before a signature;
//! 2. no page ends with the first line alone of a paragraph of three lines or more, nor begins with its last one, where pages have at
//!    least four lines;
//! 3. the last page has two lines where pages have at least three;
//!
//! of these, the one with the fewest pages, then one that tears no title inside, and of these, the one whose first pages are fullest.

/// What a line is to the breaks between pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Foot {
    /// Whether the next line belongs on the same page.
    pub(super) keep: bool,
    /// Which line of its paragraph it is, from 0.
    pub(super) at: usize,
    /// How many lines its paragraph has.
    pub(super) of: usize,
    /// How many lines stand above it where a page begins with it.
    pub(super) head: usize,
}

/// What goes first where a rule costs a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// The rules.
    Rules,
    /// Few pages.
    Pages,
}

/// From so many lines a page on, none begins or ends with one line alone of a paragraph.
const ALONE: usize = 4;
/// Of so many lines on.
const LONG: usize = 3;
/// From so many lines a page on, the last one has two.
const TWO: usize = 3;

type Cost = u64;

/// Of one page.
const PAGE: Cost = 2;
/// Of a title torn inside rather than from what follows it: decides only where all else is alike.
const INSIDE: Cost = 1;
/// Of a last page of one line; of a line of a paragraph alone; of lines torn apart.
const SINGLE: Cost = 10 * PAGE;
const LONE: Cost = 10 * SINGLE;
const TORN: Cost = 10 * LONE;

/// How many lines each page takes of `lines`, of which `per_page` fit one: at least one page.
pub(super) fn deal(lines: &[Foot], per_page: usize, first: First) -> Vec<usize> {
    let page = match first {
        First::Rules => PAGE,
        First::Pages => 1 << 32,
    };
    // The least cost of dealing what begins at each line, and how many lines the first page of it takes.
    let mut best = vec![(0, 0); lines.len() + 1];
    for start in (0..lines.len()).rev() {
        let room = per_page.saturating_sub(lines[start].head).max(1);
        let ends = start + 1..=lines.len().min(start + room);
        let costs = ends.map(|end| (page + broken(lines, end, per_page) + best[end].0, end - start));
        best[start] = costs
            .min_by_key(|(cost, count)| (*cost, usize::MAX - count))
            .unwrap_or((0, 1));
    }
    let mut counts = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        counts.push(best[start].1);
        start += best[start].1;
    }
    if counts.is_empty() { vec![0] } else { counts }
}

/// What it costs that a page ends before the line `end`.
fn broken(lines: &[Foot], end: usize, per_page: usize) -> Cost {
    let Some(next) = lines.get(end) else { return 0 };
    let before = &lines[end - 1];
    let is_alone = |line: &Foot, place: usize| line.of >= LONG && line.at == place;
    let cost = |is_broken: bool, cost| if is_broken { cost } else { 0 };
    cost(before.keep, TORN)
        + cost(before.keep && before.at + 1 < before.of, INSIDE)
        + cost(per_page >= ALONE && is_alone(before, 0), LONE)
        + cost(per_page >= ALONE && is_alone(next, next.of.saturating_sub(1)), LONE)
        + cost(per_page >= TWO && end + 1 == lines.len(), SINGLE)
}
