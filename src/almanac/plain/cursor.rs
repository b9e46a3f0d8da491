//! A place in a line, with full-width letters and signs read as the plain ones.

use std::ops::Range;

/// A line and how far it has been read.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// Where the line begins in its file, in bytes.
    base: usize,
    at: usize,
}

/// Digits as they were written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// Their value, held at the largest where it is larger.
    pub(super) value: u32,
    /// How many there are.
    pub(super) digits: usize,
}

impl<'t> Cursor<'t> {
    pub(super) const fn new(text: &'t str, base: usize) -> Self {
        Self { text, base, at: 0 }
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The bytes of the file from `from` to here.
    pub(super) const fn since(&self, from: &Self) -> Range<usize> {
        from.base + from.at..self.base + self.at
    }

    /// The text from `from` to here, cut to what a message can hold.
    pub(super) fn text_since(&self, from: &Self) -> String {
        self.text[from.at..self.at].chars().take(40).collect()
    }

    /// The bytes of the file from here to the next blank, at least one character's.
    pub(super) fn word(&self) -> Range<usize> {
        let mut end = self.clone();
        while end.peek().is_some_and(|char| !is_blank(char)) {
            end.step();
        }
        end.since(self)
    }

    /// The next character, narrow.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(narrow)
    }

    pub(super) fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// Steps over the next character where `wants` it.
    pub(super) fn eat(&mut self, wants: impl Fn(char) -> bool) -> Option<char> {
        let found = self.peek().filter(|char| wants(*char))?;
        self.step();
        Some(found)
    }

    /// Steps over the first of `words` that stands here, and gives its place among them.
    pub(super) fn eat_word(&mut self, words: &[&str]) -> Option<usize> {
        let found = words.iter().position(|word| self.rest().starts_with(word))?;
        self.at += words[found].len();
        Some(found)
    }

    pub(super) fn skip_blanks(&mut self) {
        while self.eat(is_blank).is_some() {}
    }

    /// Steps over blanks and the signs that stand between parts of an entry; whether there was a comma.
    pub(super) fn skip_between(&mut self) -> bool {
        let mut comma = false;
        while let Some(char) = self.eat(|char| is_blank(char) || matches!(char, ',' | ';' | '、')) {
            comma |= !is_blank(char);
        }
        comma
    }

    pub(super) fn is_at_digit(&self) -> bool {
        self.peek().is_some_and(|char| char.is_ascii_digit())
    }

    pub(super) fn number(&mut self) -> Option<Number> {
        let mut number = Number { value: 0, digits: 0 };
        while let Some(digit) = self.eat(|char| char.is_ascii_digit()) {
            let digit = digit.to_digit(10).unwrap_or_default();
            number.value = number.value.saturating_mul(10).saturating_add(digit);
            number.digits += 1;
        }
        (number.digits > 0).then_some(number)
    }

    /// Steps over what says "until" (`-`, `—`, `~`, 至, 到), with the blanks around, where a number or one of `words` follows.
    pub(super) fn until(&mut self, words: &[&str]) -> bool {
        let mut ahead = self.clone();
        ahead.skip_blanks();
        ahead.eat_word(&["起"]);
        let is_mark = ahead.eat(|char| matches!(char, '至' | '到')).is_some();
        let is_dash = !is_mark && ahead.eat(|char| char == '-').is_some();
        while is_dash && ahead.eat(|char| char == '-').is_some() {}
        ahead.skip_blanks();
        let follows = ahead.is_at_digit() || words.iter().any(|word| ahead.rest().starts_with(word));
        if (is_mark || is_dash) && follows {
            *self = ahead;
            return true;
        }
        false
    }
}

/// The plain form of what a Chinese keyboard yields.
fn narrow(char: char) -> char {
    match char {
        '—' | '–' | '−' | '～' | '〜' | '~' => '-',
        '\u{ff01}'..='\u{ff5d}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        _ => char,
    }
}

pub(super) const fn is_digit(char: char) -> bool {
    matches!(char, '0'..='9' | '０'..='９')
}

/// White space, and what some programs put at the start of a file.
pub(super) fn is_blank(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}
