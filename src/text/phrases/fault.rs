//! What is wrong with a line of a file of phrases.

use std::ops::Range;

use thiserror::Error;

use super::LONGEST;
use crate::diagnostic::{Bilingual, Explain, Severity};

/// A line that is no phrase, and why. The other lines of its file hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseFault {
    /// The line, from 1.
    pub line: usize,
    /// The bytes of the file that it concerns.
    pub span: Range<usize>,
    /// What is wrong.
    pub error: PhraseError,
}

/// Why a line is no phrase.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhraseError {
    /// There is nothing in it to split.
    #[error("{phrase} is one character, in which there is nothing to split")]
    Short {
        /// What stands on the line.
        phrase: String,
    },
    /// It would not fit a line of a small screen.
    #[error("{phrase} has {length} characters; a phrase has {LONGEST} at most")]
    Long {
        /// What stands on the line.
        phrase: String,
        /// Its characters.
        length: usize,
    },
    /// Several phrases stand on one line.
    #[error("{phrase} has {mark:?} in it; a line holds one phrase")]
    Several {
        /// What stands on the line.
        phrase: String,
        /// What parts them.
        mark: char,
    },
    /// A character that is no text.
    #[error("the line has the control character U+{code:04X} in it")]
    Control {
        /// Its code point.
        code: u32,
    },
    /// It has been given before.
    #[error("{phrase} stands on line {first} already")]
    Twice {
        /// The phrase.
        phrase: String,
        /// The line that has it, from 1.
        first: usize,
    },
}

impl Explain for PhraseError {
    fn chinese(&self) -> String {
        match self {
            Self::Short { phrase } => format!("“{phrase}”只有一个字，无从拆分"),
            Self::Long { phrase, length } => format!("“{phrase}”有{length}个字，不拆词最多{LONGEST}个字"),
            Self::Several { phrase, mark } => format!("“{phrase}”中有{}，一行只能写一个词", marked(*mark)),
            Self::Control { code } => format!("此行含有控制字符U+{code:04X}"),
            Self::Twice { phrase, first } => format!("“{phrase}”在第{first}行已经写过"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Short { .. } | Self::Twice { .. } => Bilingual::new("请删去此行", "take the line out"),
            Self::Long { .. } => Bilingual::new(
                "请只写不可拆开的部分，各占一行",
                "write only the parts that must not be split, each on a line of its own",
            ),
            Self::Several { .. } => Bilingual::new("请分成几行", "put each on a line of its own"),
            Self::Control { .. } => Bilingual::new("请重新输入此行", "type the line again"),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Short { .. } | Self::Twice { .. } => Severity::Warning,
            Self::Long { .. } | Self::Several { .. } | Self::Control { .. } => Severity::Error,
        }
    }
}

/// The mark in quotation marks; white space by its name.
fn marked(mark: char) -> String {
    match mark {
        _ if mark.is_whitespace() => "空格".into(),
        _ => format!("“{mark}”"),
    }
}
