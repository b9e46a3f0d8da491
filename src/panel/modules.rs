//! The shorthand for a wall of equal modules: `P10 10x2`.

use std::fmt;

use super::{
    fault::ModulesFault,
    preset::{Board, Preset},
};
use crate::units::Size;

/// A wall of equal modules, as an installer says it: of which kind, how many beside each other, how many above each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Modules {
    /// The LEDs of one module, as it stands upright.
    pub module: Size,
    /// How many hang beside each other.
    pub columns: u32,
    /// How many hang above each other.
    pub rows: u32,
    /// What one module draws when all of it is lit, in milliamperes; `None` where only its size is known.
    pub draws: Option<u32>,
}

impl Modules {
    /// The most modules that one output may have. A wall of the largest size has fewer, unless its modules are single LEDs.
    pub const MOST: u32 = 1 << 16;

    /// Reads `P10 10x2`: ten modules P10 beside each other, two such rows; `P2.5 128x64 2x2` where a name has several sizes; `32x16 10x2`
    /// where the module has no name. Case and spaces do not matter, and `x` may be `×` or `*`.
    ///
    /// # Errors
    ///
    /// What is wrong, and what would be right.
    pub fn parse(written: &str) -> Result<Self, ModulesFault> {
        let tidy = tidy(written);
        let words: Vec<&str> = tidy.split(' ').filter(|word| !word.is_empty()).collect();
        let (name, pairs) = match words.split_first() {
            None => return Err(ModulesFault::Nothing),
            Some((name, rest)) if !starts_with_digit(name) => (Some(*name), rest),
            Some(_) => (None, &words[..]),
        };
        let preset = name.map(known).transpose()?;
        let pairs = pairs.iter().map(|word| pair(word)).collect::<Result<Vec<_>, _>>()?;
        let (module, draws, (columns, rows)) = match (preset, &pairs[..]) {
            (Some(preset), [count]) => (preset.boards[0].size, Some(preset.boards[0].draws), *count),
            (Some(preset), [size, count]) => {
                let board = board_of(preset, *size)?;
                (board.size, Some(board.draws), *count)
            }
            (None, [(width, height), count]) => (Size::new(*width, *height), None, *count),
            (Some(preset), []) => return Err(ModulesFault::NoCount(preset.name.into())),
            (None, [_]) => return Err(ModulesFault::NoCount(shortened(&tidy))),
            _ => return Err(ModulesFault::TooMuch(shortened(&tidy))),
        };
        let modules = Self {
            module,
            columns,
            rows,
            draws,
        };
        modules.bounded()
    }

    /// The LEDs of all modules together, all of them upright.
    pub const fn size(&self) -> Size {
        Size::new(
            self.module.width.saturating_mul(self.columns),
            self.module.height.saturating_mul(self.rows),
        )
    }

    /// How many modules there are.
    pub const fn count(&self) -> u32 {
        self.columns.saturating_mul(self.rows)
    }

    /// What all modules draw when all of them are lit, in milliamperes; `None` where only their size is known.
    pub fn draw(&self) -> Option<u32> {
        self.draws.map(|draws| draws.saturating_mul(self.count()))
    }

    fn bounded(self) -> Result<Self, ModulesFault> {
        let size = self.size();
        if size.width > Size::LIMIT || size.height > Size::LIMIT {
            return Err(ModulesFault::TooLarge(size));
        }
        if self.count() > Self::MOST {
            return Err(ModulesFault::TooMany(self.count()));
        }
        Ok(self)
    }
}

impl fmt::Display for Modules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}x{}", self.module, self.columns, self.rows)
    }
}

/// `written` in small letters, full-width characters made narrow, with `x` for every sign of multiplication and nothing around it, and one
/// space between words.
fn tidy(written: &str) -> String {
    let narrow = |char: char| match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        other => other,
    };
    let plain = |char: char| match narrow(char).to_ascii_lowercase() {
        '×' | '*' | '✕' | '╳' | '乘' => 'x',
        // The sign of a diameter: Φ3.75.
        'Φ' | 'φ' | 'ø' | 'Ø' => 'f',
        ',' | '、' | ';' => ' ',
        other => other,
    };
    let words: String = written.chars().map(plain).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ").replace(" x", "x").replace("x ", "x");
    // "P 10 10x2": the letter belongs to its number.
    match words.split_once(' ') {
        Some((letter @ ("p" | "f"), rest)) => format!("{letter}{rest}"),
        _ => words,
    }
}

/// The beginning of what was written, as far as a message repeats it.
fn shortened(words: &str) -> String {
    words.chars().take(40).collect()
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_digit())
}

/// The preset of that name; `P10.0` and `P5.0` are `P10` and `P5`.
fn known(name: &str) -> Result<&'static Preset, ModulesFault> {
    let short = match name.contains('.') {
        true => name.trim_end_matches('0').trim_end_matches('.'),
        false => name,
    };
    Preset::named(short).ok_or_else(|| ModulesFault::Unknown {
        written: shortened(&name.to_uppercase()),
        nearest: Preset::nearest(short).map(|preset| preset.name),
    })
}

/// Two numbers with an `x` between.
fn pair(word: &str) -> Result<(u32, u32), ModulesFault> {
    let not_two = || ModulesFault::NotTwoNumbers(shortened(word));
    let (first, second) = word.split_once('x').ok_or_else(not_two)?;
    let number = |digits: &str| match digits.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too long is one that is too large.
        true if !digits.is_empty() => Ok(digits.parse().unwrap_or(u32::MAX)),
        _ => Err(not_two()),
    };
    let pair = (number(first)?, number(second)?);
    match pair {
        (0, _) | (_, 0) => Err(ModulesFault::Zero(shortened(word))),
        _ => Ok(pair),
    }
}

fn board_of(preset: &'static Preset, (width, height): (u32, u32)) -> Result<Board, ModulesFault> {
    let size = Size::new(width, height);
    let found = preset.boards.iter().find(|board| board.size == size);
    found.copied().ok_or(ModulesFault::OtherSize { preset, size })
}
