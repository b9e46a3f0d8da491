//! One pass over the text: strings and comments are stepped over, everything else is made plain.

use std::ops::Range;

use super::{Plain, sign};
use crate::document::syntax::SyntaxFault;

/// Scans `text`, which begins at `base` of the user's text.
pub(super) fn scan(text: &str, base: usize) -> Plain {
    let mut scan = Scan {
        text,
        at: 0,
        base,
        plain: String::with_capacity(text.len() + 64),
        steps: vec![(0, base)],
        faults: Vec::new(),
        brackets: Vec::new(),
        in_value: false,
    };
    while let Some(next) = scan.rest().chars().next() {
        scan.step(next);
    }
    Plain {
        text: scan.plain,
        steps: scan.steps,
        end: base + text.len(),
        faults: scan.faults,
    }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    base: usize,
    plain: String,
    steps: Vec<(usize, usize)>,
    faults: Vec<(Range<usize>, SyntaxFault)>,
    /// The brackets of the value that are open.
    brackets: Vec<char>,
    /// Whether a value stands here, rather than a key.
    in_value: bool,
}

impl Scan<'_> {
    fn step(&mut self, next: char) {
        let ascii = match sign::replacement(next, self.in_value) {
            Some(plain) => {
                self.tell(next.len_utf8(), SyntaxFault::FullWidth { sign: next, plain });
                self.replace(next.len_utf8(), plain);
                plain.chars().next()
            }
            None if sign::is_quote(next) => return self.quotation(next),
            None if next == '"' || next == '\'' => return self.string(next),
            None if is_bare(next) => return self.word(),
            None => {
                self.copy(next.len_utf8());
                Some(next)
            }
        };
        if let Some(ascii) = ascii {
            self.follow(ascii);
        }
    }

    /// Keeps track of where keys and where values stand.
    fn follow(&mut self, sign: char) {
        match sign {
            '#' => self.copy(self.line_length()),
            '=' => self.in_value = true,
            '[' if !self.in_value => {}
            '[' => self.brackets.push('['),
            '{' => {
                self.brackets.push('{');
                self.in_value = false;
            }
            ']' | '}' if self.brackets.pop().is_some() => self.in_value = true,
            ',' => self.in_value = self.brackets.last() != Some(&'{'),
            '\n' => self.in_value = self.brackets.last() == Some(&'['),
            _ => {}
        }
    }

    /// A string as TOML writes it: copied as it stands.
    fn string(&mut self, quote: char) {
        let triple = if quote == '"' { "\"\"\"" } else { "'''" };
        if self.rest().starts_with(triple) {
            let length = multiline_length(self.rest(), triple);
            return self.copy(length);
        }
        match closing(self.rest(), quote) {
            Some(length) => self.copy(length),
            None => self.half_quoted(),
        }
    }

    /// A string that opens in ASCII and is not closed on its line: perhaps the closing quote came out full-width.
    fn half_quoted(&mut self) {
        let line = &self.rest()[..self.line_length()];
        let close = line.char_indices().rfind(|(_, sign)| sign::is_quote(*sign));
        let Some((at, sign)) = close else {
            return self.copy(line.len());
        };
        self.copy(at);
        let plain = if self.plain.ends_with('\'') { "'" } else { "\"" };
        self.tell(sign.len_utf8(), SyntaxFault::FullWidth { sign, plain });
        self.replace(sign.len_utf8(), plain);
    }

    /// A text between full-width quotes: told once for the pair, then read as a string.
    fn quotation(&mut self, open: char) {
        self.tell(
            open.len_utf8(),
            SyntaxFault::FullWidth {
                sign: open,
                plain: "\"",
            },
        );
        self.replace(open.len_utf8(), "\"");
        let line = &self.rest()[..self.line_length()];
        let close = line
            .char_indices()
            .find(|(_, sign)| sign::is_quote(*sign) || *sign == '"');
        let (length, close) = match close {
            Some((at, sign)) => (at, sign.len_utf8()),
            None => (line.trim_end().len(), 0),
        };
        self.copy(length);
        self.replace(close, "\"");
    }

    /// A run of letters outside any string: a key, a number, or a text that lacks its quotes.
    fn word(&mut self) {
        let rest = self.rest();
        let length = rest.find(|c| !is_bare(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        if word.is_ascii() {
            return self.copy(length);
        }
        let narrow: Option<String> = word
            .chars()
            .map(|c| if c.is_ascii() { Some(c) } else { sign::narrow(c) })
            .collect();
        match narrow {
            Some(plain) => {
                self.tell(length, SyntaxFault::WideLetters { plain: plain.clone() });
                self.replace(length, &plain);
            }
            None if self.in_value => self.unquoted(),
            None => self.quote(length),
        }
    }

    fn unquoted(&mut self) {
        let line = &self.rest()[..self.line_length()];
        let ends = |c: char| {
            matches!(c, '#' | ',' | ']' | '}' | '"' | '\'' | '\\')
                || sign::is_quote(c)
                || sign::replacement(c, true) == Some(",")
        };
        let text = line[..line.find(ends).unwrap_or(line.len())].trim_end();
        let length = text.len();
        self.tell(length, SyntaxFault::Unquoted { text: text.to_owned() });
        self.quote(length);
    }

    /// Copies the next `length` bytes between quotes.
    fn quote(&mut self, length: usize) {
        self.replace(0, "\"");
        self.copy(length);
        self.replace(0, "\"");
    }

    fn copy(&mut self, length: usize) {
        self.plain.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
    }

    fn replace(&mut self, length: usize, plain: &str) {
        self.steps.push((self.plain.len(), self.base + self.at));
        self.plain.push_str(plain);
        self.at += length;
        self.steps.push((self.plain.len(), self.base + self.at));
    }

    fn tell(&mut self, length: usize, fault: SyntaxFault) {
        let start = self.base + self.at;
        self.faults.push((start..start + length, fault));
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The bytes to the end of the line, its line break not counted.
    fn line_length(&self) -> usize {
        let rest = self.rest();
        rest.find('\n').unwrap_or(rest.len())
    }
}

/// What may stand in a key: TOML's bare characters, and every letter beyond ASCII.
fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '_'
        || c == '-'
        || !c.is_ascii() && !c.is_control() && sign::replacement(c, false).is_none() && !sign::is_quote(c)
}

/// The length of a string that is closed on its line, both quotes counted.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of a multi-line string, its quotes counted; to the end of the text where it is not closed.
fn multiline_length(text: &str, quotes: &str) -> usize {
    let mut at = quotes.len();
    while let Some(next) = text[at..].chars().next() {
        if next == '\\' && quotes.starts_with('"') {
            at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
        } else if text[at..].starts_with(quotes) {
            let close = text[at..].bytes().take_while(|b| quotes.as_bytes()[0] == *b).count();
            // Up to two quotes may belong to the text.
            return at + close.min(5);
        } else {
            at += next.len_utf8();
        }
    }
    text.len()
}
