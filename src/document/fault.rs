//! What can be wrong with a file as such, before anyone asks what it means.

use thiserror::Error;

use super::{LONGEST, LONGEST_LINE};
use crate::diagnostic::{Bilingual, Explain};

/// One thing that is wrong with a text, a key or a value.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    /// A document too long to be a person's.
    #[error("{length} bytes of settings; at most {LONGEST} are read")]
    FileTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A line too long to be a person's.
    #[error("a line of {length} bytes; at most {LONGEST_LINE} are read")]
    LineTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A key that the table does not have.
    #[error("unknown key \"{key}\"{}", did_you_mean(.hint))]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The key that may be meant.
        hint: Option<String>,
        /// All keys of the table.
        known: String,
    },
    /// A key written twice.
    #[error("\"{key}\" is already set above")]
    Twice {
        /// The key as written.
        key: String,
    },
    /// A key and its alias.
    #[error("\"{second}\" is the same key as \"{first}\", which is already set")]
    AliasTwice {
        /// The one that stands first.
        first: String,
        /// The one that is refused.
        second: String,
    },
    /// A required key that is not there.
    #[error("{heading} lacks \"{key}\"")]
    Missing {
        /// The table's heading.
        heading: &'static str,
        /// The key.
        key: &'static str,
        /// The key in Chinese.
        alias: &'static str,
        /// What it takes.
        takes: Bilingual,
    },
}

fn did_you_mean(hint: &Option<String>) -> String {
    hint.as_ref()
        .map(|hint| format!("; did you mean \"{hint}\"?"))
        .unwrap_or_default()
}

impl Explain for Fault {
    fn chinese(&self) -> String {
        match self {
            Self::FileTooLong { length } => format!("设置共 {length} 字节，最多 {LONGEST} 字节"),
            Self::LineTooLong { length } => format!("这一行共 {length} 字节，最多 {LONGEST_LINE} 字节"),
            Self::UnknownKey { key, hint, .. } => match hint {
                Some(hint) => format!("没有“{key}”这个键；是否应为“{hint}”？"),
                None => format!("没有“{key}”这个键"),
            },
            Self::Twice { key } => format!("“{key}”前面已经写过"),
            Self::AliasTwice { first, second } => format!("“{second}”与前面的“{first}”是同一个键"),
            Self::Missing {
                heading, key, alias, ..
            } => format!("{heading} 缺少“{alias}”({key})"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::FileTooLong { .. } => Bilingual::new("分成几个文件", "split it into several files"),
            Self::LineTooLong { .. } => Bilingual::new(
                "分成几行，或检查文件是否损坏",
                "split it into several lines, or see whether the file is damaged",
            ),
            Self::UnknownKey { hint: Some(hint), .. } => Bilingual::new(
                format!("改为“{hint}”，或删去此行"),
                format!("write \"{hint}\", or remove the line"),
            ),
            Self::UnknownKey { known, .. } => Bilingual::new(
                format!("此处可用的键：{known}"),
                format!("keys that stand here: {known}"),
            ),
            Self::Twice { .. } | Self::AliasTwice { .. } => Bilingual::new("只留一处", "keep one of the two"),
            Self::Missing { key, alias, takes, .. } => Bilingual::new(
                format!("补上一行“{alias} = …”，其值为{}", takes.zh),
                format!("add \"{key} = …\"; it takes {}", takes.en),
            ),
        }
    }
}

/// A value that its key does not take.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("\"{key}\" takes {}; found {}{}", .takes.en, .found.en, because(&.why.en))]
pub struct Refusal {
    /// The key as written.
    pub key: String,
    /// What it takes.
    pub takes: Bilingual,
    /// What stands there.
    pub found: Bilingual,
    /// Why that will not do, where it is not plain.
    pub why: Bilingual,
}

fn because(why: &str) -> String {
    if why.is_empty() {
        String::new()
    } else {
        format!(": {why}")
    }
}

impl Explain for Refusal {
    fn chinese(&self) -> String {
        let why = if self.why.zh.is_empty() {
            String::new()
        } else {
            format!("：{}", self.why.zh)
        };
        format!("“{}”应为{}，实为 {}{why}", self.key, self.takes.zh, self.found.zh)
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(format!("改为{}", self.takes.zh), format!("write {}", self.takes.en))
    }
}
