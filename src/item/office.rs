//! How offices type: lines that open a paragraph of their own, and lines that run on.
//!
//! Official texts come from word processors, where one line is one paragraph, indented by two full-width spaces or numbered by hand;
//! Markdown would join such lines. This module knows the habits, nothing of Markdown.

/// Whether the source line `line` opens a paragraph of its own by its indent. Blanks count only outside lists, where Markdown gives
/// them no meaning.
pub(super) fn indented(line: &str, in_list: bool) -> bool {
    let blanks = &line[..line.len() - line.trim_start().len()];
    blanks.contains('\u{3000}') || (!in_list && (blanks.starts_with("    ") || blanks.contains('\t')))
}

/// Whether `line` opens a paragraph of its own by how it begins: a point, `一、`, `（一）`, `第一条`, `①` or `——`.
pub(super) fn opens(line: &str) -> bool {
    let line = line.trim_start();
    is_point(line) || is_clause(line) || line.starts_with("——")
}

/// Whether `line` says what it tells of first: 时间：5月12日9:30. A line that only announces what follows does not.
pub(super) fn is_labelled(line: &str) -> bool {
    let line = line.trim_start();
    let Some((label, value)) = line.split_once('：') else {
        return false;
    };
    let is_label = |char: char| is_hanzi(char) || is_blank(char) || char == '\u{3000}';
    let count = label.chars().filter(|char| !char.is_whitespace()).count();
    (2..=6).contains(&count) && label.chars().all(is_label) && !value.trim().is_empty()
}

/// Whether `text` begins with the mark of a point: `1.`, `1．`, `1、`, `1）`, a dash or a bullet.
fn is_point(text: &str) -> bool {
    bullet(text) > 0 || is_number(text)
}

/// The bytes of the bullet or dash, and of the space after it, with which `text` begins; 0 where it begins with none.
pub(super) fn bullet(text: &str) -> usize {
    let mut chars = text.chars();
    let is_bullet = match chars.next() {
        Some('●' | '○' | '■' | '□' | '◆' | '◇' | '★' | '☆' | '▲' | '△' | '•' | '·' | '※' | '－') => {
            true
        }
        Some('-') => chars.clone().next().is_some_and(|next| !next.is_ascii()),
        _ => false,
    };
    let said = chars.as_str().trim_start();
    if is_bullet && !said.is_empty() {
        text.len() - said.len()
    } else {
        0
    }
}

/// Whether `text` begins with a number of one or two digits and a mark after it.
fn is_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let digits = text.len() - rest.len();
    let mut rest = rest.chars();
    let mark = matches!(rest.next(), Some('.' | '．' | '、' | ')' | '）'));
    // 3.5万元 is a figure and 2026.11.23 a date, not points.
    mark && (1..=2).contains(&digits) && !rest.next().is_some_and(|char| char.is_ascii_digit())
}

/// Whether `text` begins with a clause's number in hanzi, in brackets or in a circle.
fn is_clause(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('①'..='⑳') => true,
        Some('（' | '(') => ordinal(chars.as_str(), &['）', ')']),
        Some('第') => ordinal(chars.as_str(), &['条', '章', '款', '项']),
        Some(_) => !text.starts_with(|char: char| char.is_ascii_digit()) && ordinal(text, &['、', '．', '.']),
        None => false,
    }
}

/// Whether `text` is a number of one to three characters, hanzi or digits, and one of `ends` after it.
fn ordinal(text: &str, ends: &[char]) -> bool {
    let number = |char: &char| char.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(*char);
    let digits = text.chars().take_while(number).count();
    (1..=3).contains(&digits) && text.chars().nth(digits).is_some_and(|end| ends.contains(&end))
}

/// Whether the source line `row` of a table has text after `columns` cells, which Markdown leaves out.
pub(super) fn has_more_cells(row: &str, columns: usize) -> bool {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let bars = row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\'));
    let mut ends = bars.map(|(at, _)| at);
    let rest = columns
        .checked_sub(1)
        .and_then(|last| ends.nth(last))
        .map(|end| &row[end..]);
    rest.is_some_and(|rest| rest.contains(|char: char| char != '|' && !char.is_whitespace()))
}

/// From how many characters on a line may have been broken because it was full.
const FULL: usize = 28;

/// Whether the typed line `line` goes on in `next`: both are of a running text, and the first is full and breaks off between two hanzi.
/// All other lines are lists, tables and labels, which their clerk has broken.
pub(super) fn runs_on(line: &str, next: &str) -> bool {
    let (line, next) = (line.trim(), next.trim());
    line.chars().count() >= FULL
        && line.ends_with(is_hanzi)
        && next.starts_with(is_hanzi)
        && !is_arranged(line)
        && !is_arranged(next)
}

/// Whether `line` is set out by a tab, a run of blanks or a colon.
fn is_arranged(line: &str) -> bool {
    let is_gap = |char: char| is_blank(char) || char == '\u{3000}';
    let mut pairs = line.chars().zip(line.chars().skip(1));
    line.contains(['\t', '：', ':']) || pairs.any(|(one, other)| is_gap(one) && is_gap(other))
}

fn is_hanzi(char: char) -> bool {
    matches!(char, '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// What stands between two lines that run on: nothing beside a Chinese character, a space between Latin words.
pub(super) fn joint(before: Option<char>, after: Option<char>) -> &'static str {
    match (before, after) {
        (Some(before), Some(after)) if !is_wide(before) && !is_wide(after) => " ",
        _ => "",
    }
}

/// Whether `char` takes a full square: hanzi and their marks, full-width forms.
fn is_wide(char: char) -> bool {
    matches!(char, '…' | '—' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `char` is a blank of any width that only separates words.
pub(super) fn is_blank(char: char) -> bool {
    matches!(
        char,
        ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}'
    )
}
