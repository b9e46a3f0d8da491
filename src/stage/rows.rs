//! Tables of the body: columns where they fit, else one line for each cell.
//!
//! Columns are as wide as what they hold, text at their left edge, numbers at their right one, an em between two. Where they are
//! wider than the line, columns of text are narrowed until no cell takes more than two lines. Where that does not do either, each row
//! is set as a point of a list: 表头：值, one line below the other.

use std::sync::Arc;

use super::{
    deal::Foot,
    flow::{Paper, Part, Set},
    hang,
};
use crate::text::{Align, Line, Style};

/// The most lines of a cell.
const LINES: usize = 2;

/// So many rows of a page below a head that is said again.
const BELOW: usize = 2;

/// The mark of a row that is set as a point.
const MARK: &str = "●";

/// One cell.
#[derive(Clone, Copy, Debug)]
struct Cell<'a> {
    text: &'a str,
    /// Its first byte in the paragraph.
    start: usize,
}

/// A table that is being set.
struct Grid<'a> {
    paper: &'a Paper<'a>,
    part: &'a Part<'a>,
    /// The row that says what the columns are; empty where none does.
    head: Vec<Cell<'a>>,
    body: Vec<Vec<Cell<'a>>>,
    /// The cells of the longest row.
    count: usize,
}

/// Where columns stand.
struct Column {
    left: u32,
    width: u32,
    /// Whether it holds numbers.
    is_number: bool,
}

/// The lines of the table `part`; `headed` where its first row says what its columns are.
pub(super) fn set(paper: &Paper<'_>, part: &Part<'_>, headed: bool) -> Vec<Set> {
    let mut rows = rows(&part.text);
    let head = if headed && rows.len() > 1 {
        rows.remove(0)
    } else {
        Vec::new()
    };
    let count = rows.iter().chain([&head]).map(Vec::len).max().unwrap_or(0);
    let grid = Grid {
        paper,
        part,
        head,
        body: rows,
        count,
    };
    match grid.columns() {
        Some(columns) => grid.beside(&columns),
        None => grid.below(),
    }
}

/// The cells of a table's text.
fn rows(text: &str) -> Vec<Vec<Cell<'_>>> {
    let mut start = 0;
    let mut cell = |text| {
        let cell = Cell { text, start };
        start += cell.text.len() + 1;
        cell
    };
    text.split('\n')
        .map(|row| row.split('\t').map(&mut cell).collect())
        .collect()
}

impl<'a> Grid<'a> {
    /// Where the columns stand; `None` where they do not fit.
    fn columns(&self) -> Option<Vec<Column>> {
        let em = self.paper.style.line_height();
        let gaps = u32::try_from(self.count.checked_sub(1)?).ok()?.checked_mul(em)?;
        let room = self.paper.width.checked_sub(gaps)?;
        let numbers: Vec<bool> = (0..self.count).map(|column| self.is_number(column)).collect();
        let widths = self.widths(&numbers, room)?;
        let rest = u64::from(room) - sum(&widths).min(u64::from(room));
        let between = u32::try_from(self.count - 1)
            .ok()
            .filter(|count| *count > 0 && self.paper.is_spread);
        let gap = em + between.map_or(0, |count| rest as u32 / count);
        let mut left = 0;
        let columns = widths.into_iter().zip(numbers).map(|(width, is_number)| {
            let column = Column { left, width, is_number };
            left += width + gap;
            column
        });
        Some(columns.collect())
    }

    /// Their widths within `room`.
    fn widths(&self, numbers: &[bool], room: u32) -> Option<Vec<u32>> {
        let natural: Vec<u32> = (0..self.count).map(|column| self.natural(column)).collect();
        if sum(&natural) <= u64::from(room) {
            return Some(natural);
        }
        let least = natural.iter().zip(numbers).enumerate();
        let least: Vec<u32> = least
            .map(|(column, (natural, is_number))| match is_number {
                true if self.paper.is_spread => self.narrowest_of_numbers(column, *natural),
                true => *natural,
                false => self.narrowest(column, *natural),
            })
            .collect();
        let rest = u64::from(room).checked_sub(sum(&least))?;
        let dealt = (0..self.count).map(|first| spread(&natural, &least, first, rest));
        let fits = |widths: &Vec<u32>| {
            widths
                .iter()
                .enumerate()
                .all(|(column, width)| self.fits(column, *width))
        };
        dealt.filter(fits).min_by_key(|widths| self.height(widths))
    }

    /// How many lines the rows take in columns of these widths.
    fn height(&self, widths: &[u32]) -> usize {
        let row = |row: &Vec<Cell<'a>>| {
            let cells = row.iter().zip(widths);
            cells
                .map(|(cell, width)| self.lines(*cell, *width).len())
                .max()
                .unwrap_or(0)
        };
        self.body.iter().map(row).sum()
    }

    /// The width of a column whose cells take one line each.
    fn natural(&self, column: usize) -> u32 {
        let widths = self
            .cells(column)
            .map(|cell| self.paper.compositor.width(cell.text, self.paper.style.kind));
        widths.max().unwrap_or(0)
    }

    /// The least width of a column whose cells take two lines at most, near enough.
    fn narrowest(&self, column: usize, natural: u32) -> u32 {
        let (mut low, mut high) = (natural / 2, natural);
        while low < high {
            let middle = u32::midpoint(low, high);
            if self.fits(column, middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        high
    }

    /// The least width of a column of numbers, which take one line each, whatever its name takes.
    fn narrowest_of_numbers(&self, column: usize, natural: u32) -> u32 {
        let cells = self.body.iter().filter_map(|row| row.get(column));
        let widths = cells.map(|cell| self.paper.compositor.width(cell.text, self.paper.style.kind));
        widths.max().unwrap_or(0).max(self.narrowest(column, natural))
    }

    /// Whether no cell of the column takes too many lines in `width`.
    fn fits(&self, column: usize, width: u32) -> bool {
        self.cells(column).all(|cell| {
            let lines = self.lines(cell, width);
            lines.len() <= LINES && lines.iter().all(|line| line.width <= width)
        })
    }

    fn lines(&self, cell: Cell<'_>, width: u32) -> Vec<Line> {
        let style = Style {
            align: Align::Left,
            ..self.paper.style
        };
        self.paper.compositor.lines(cell.text, &style, width)
    }

    /// The cells of a column, the head's first.
    fn cells(&self, column: usize) -> impl Iterator<Item = Cell<'a>> {
        let rows = [&self.head].into_iter().chain(&self.body);
        rows.filter_map(move |row| row.get(column).copied())
    }

    /// Whether a column holds numbers, and nothing else but dashes.
    fn is_number(&self, column: usize) -> bool {
        let cells = || self.body.iter().filter_map(|row| row.get(column));
        cells().all(|cell| is_number(cell.text)) && cells().any(|cell| cell.text.contains(is_digit))
    }

    /// The rows in columns.
    fn beside(&self, columns: &[Column]) -> Vec<Set> {
        let width = columns.last().map_or(0, |column| column.left + column.width);
        let mut head = self.row(&self.head, columns);
        if let Some(last) = head.last_mut() {
            last.rule = Some(width);
        }
        for set in &mut head {
            set.colour = self.paper.accent;
            set.foot.keep = true;
        }
        let is_repeated = self.paper.per_page >= head.len() + BELOW;
        let above: Arc<[Set]> = if is_repeated {
            head.clone().into()
        } else {
            Arc::default()
        };
        let body = self.body.iter().flat_map(|row| {
            let mut lines = self.row(row, columns);
            for set in &mut lines {
                set.foot.head = above.len();
                set.above = Arc::clone(&above);
            }
            lines
        });
        head.into_iter().chain(body).collect()
    }

    /// The lines of one row, which stay together.
    fn row(&self, row: &[Cell<'_>], columns: &[Column]) -> Vec<Set> {
        let cells: Vec<Vec<Line>> = row
            .iter()
            .zip(columns)
            .map(|(cell, column)| self.cell(*cell, column))
            .collect();
        let count = cells.iter().map(Vec::len).max().unwrap_or(0);
        let lines = (0..count).map(|line| {
            let pieces: Vec<Line> = cells.iter().filter_map(|cell| cell.get(line).cloned()).collect();
            hang::joined(&pieces, "\u{3000}")
        });
        self.together(lines.collect())
    }

    fn cell(&self, cell: Cell<'_>, column: &Column) -> Vec<Line> {
        if cell.text.is_empty() {
            return Vec::new();
        }
        let set = |line: Line| {
            let inside = if column.is_number {
                column.width.saturating_sub(line.width)
            } else {
                line.x
            };
            Line {
                x: column.left + inside,
                ..hang::counted(&line, |at| at + cell.start as u32)
            }
        };
        self.lines(cell, column.width).into_iter().map(set).collect()
    }

    /// The rows as points, a line for each cell that says something.
    fn below(&self) -> Vec<Set> {
        let em = self.paper.style.line_height();
        let hang = if self.paper.is_wide() { em } else { 0 };
        let of_row = |row: &Vec<Cell<'_>>| {
            let said = row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
            let lines = said.enumerate().flat_map(|(index, (column, cell))| {
                let mark = if index == 0 { MARK } else { "" };
                self.named(mark, column, *cell, hang)
            });
            self.together(lines.collect())
        };
        self.body.iter().flat_map(of_row).collect()
    }

    /// The lines of one cell that say which it is.
    fn named(&self, mark: &str, column: usize, cell: Cell<'_>, hang: u32) -> Vec<Line> {
        let head = self.head.get(column).filter(|head| !head.text.is_empty());
        let name = head.map_or_else(String::new, |head| format!("{}：", head.text));
        let said = format!("{name}{}", cell.text);
        // Each character is told by where it stands in the table.
        let place = move |at: u32| {
            let at = (at as usize).saturating_sub(mark.len());
            let in_name = head.filter(|head| at < head.text.len());
            let place = match in_name {
                Some(head) => head.start + at,
                None => cell.start + at.saturating_sub(name.len()),
            };
            place as u32
        };
        let Paper {
            compositor,
            style,
            width,
            ..
        } = *self.paper;
        let lines = if hang > 0 {
            hang::beside(compositor, mark, &said, hang, &style, width)
        } else {
            compositor.lines(&format!("{mark}{said}"), &style, width)
        };
        lines.iter().map(|line| hang::counted(line, &place)).collect()
    }

    /// Lines that stay on one page.
    fn together(&self, lines: Vec<Line>) -> Vec<Set> {
        let count = lines.len();
        let set = |(at, line): (usize, Line)| Set {
            foot: Foot {
                keep: at + 1 < count,
                of: 1,
                ..Foot::default()
            },
            ..self.paper.line(self.part, line)
        };
        lines.into_iter().enumerate().map(set).collect()
    }
}

/// The `least` widths, and of `rest` as much as makes the column `first` as wide as is `natural`; of what is left, as many others as
/// that does.
fn spread(natural: &[u32], least: &[u32], first: usize, mut rest: u64) -> Vec<u32> {
    let missing = |column: usize| natural[column] - least[column];
    let mut order: Vec<usize> = (0..natural.len()).collect();
    order.sort_by_key(|column| (*column != first, missing(*column)));
    let mut widths = least.to_vec();
    for column in order {
        let given = u64::from(missing(column)).min(rest);
        widths[column] += given as u32;
        rest -= given;
    }
    widths
}

fn sum(widths: &[u32]) -> u64 {
    widths.iter().map(|width| u64::from(*width)).sum()
}

/// Whether a cell holds a number, with its sign and unit, or nothing.
fn is_number(text: &str) -> bool {
    let text = text.trim_end_matches(|character| UNITS.contains(character));
    text.chars()
        .all(|character| is_digit(character) || SIGNS.contains(character))
}

const fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

/// What stands in numbers besides digits, and where there is none.
const SIGNS: &str = "+-＋－−±.．,，/／—～~ ￥¥$";

/// What stands after them.
const UNITS: &str = "%％‰℃万亿千百元角分人户个件项次家套台辆吨米㎡㎏公里斤";
