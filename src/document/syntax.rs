//! What is wrong with the syntax, said so that a person can repair it.

use std::ops::Range;

use thiserror::Error;

use super::kind::{DateFault, check_date};
use crate::diagnostic::{Bilingual, Explain};

/// A problem of TOML's syntax.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum SyntaxFault {
    #[error("{}", full_width(*.sign, .plain))]
    FullWidth { sign: char, plain: &'static str },
    #[error("full-width letters where \"{plain}\" belongs")]
    WideLetters { plain: String },
    #[error("text without quotes: {text}")]
    Unquoted { text: String },
    #[error("no value after \"=\"")]
    NoValue,
    #[error("no \"=\" after the key")]
    NoEquals,
    #[error("no key before \"=\"")]
    NoKey,
    #[error("a text that is not closed on its line")]
    OpenText,
    #[error("\"{open}\" is never closed")]
    Unclosed { open: &'static str },
    #[error("a heading that is not closed")]
    OpenHeading,
    #[error("no comma between two values")]
    NoComma,
    #[error("something after the end of the value")]
    Trailing,
    #[error("\"{key}\" is already set above")]
    Twice { key: String },
    #[error("\"\\\" before a character that needs none")]
    Backslash,
    #[error("{0}")]
    Date(DateFault),
    #[error("brackets within brackets, too deep")]
    TooDeep,
    #[error("not TOML: {0}")]
    Other(String),
}

fn full_width(sign: char, plain: &str) -> String {
    let code = u32::from(sign);
    match plain {
        "" => format!("invisible character U+{code:04X}"),
        " " => format!("wide space U+{code:04X} where an ordinary space belongs"),
        "\"" => format!("full-width \"{sign}\" (U+{code:04X}) where '\"' belongs; type '\"'"),
        _ => format!("full-width \"{sign}\" (U+{code:04X}) where \"{plain}\" belongs; type \"{plain}\""),
    }
}

fn full_width_chinese(sign: char, plain: &str) -> String {
    let code = u32::from(sign);
    match plain {
        "" => format!("有看不见的字符 U+{code:04X}"),
        " " => format!("此处的全角空格(U+{code:04X})应为半角空格"),
        "\"" => format!("此处的全角引号 {sign} (U+{code:04X})应为半角引号 \""),
        _ => format!("此处的全角“{sign}”(U+{code:04X})应为半角 {plain}"),
    }
}

/// Whether the parser's `message` is of something that was opened and runs to the end of the file.
pub(super) fn is_unclosed(message: &str) -> bool {
    ["unclosed array,", "unclosed inline table", "invalid multi-line"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// The parser's error in the words of the house.
pub(super) fn explain(text: &str, span: Range<usize>, message: &str) -> SyntaxFault {
    let words = text.get(span).unwrap_or_default().trim();
    let starts = |start: &str| message.starts_with(start);
    match () {
        () if starts("string values must be quoted") && words.is_empty() => SyntaxFault::NoValue,
        () if starts("string values must be quoted") || starts("invalid boolean") => {
            SyntaxFault::Unquoted { text: shortened(words) }
        }
        () if starts("invalid date") || starts("invalid time") => match check_date(words) {
            Err(fault) => SyntaxFault::Date(fault),
            Ok(_) => SyntaxFault::Unquoted { text: shortened(words) },
        },
        () if starts("key with no value") || starts("missing assignment") => SyntaxFault::NoEquals,
        () if starts("unquoted keys cannot be empty") || starts("missing key") => SyntaxFault::NoKey,
        () if starts("invalid basic string") || starts("invalid literal string") || starts("missing opening quote") => {
            SyntaxFault::OpenText
        }
        () if starts("unclosed table") || starts("unclosed array table") || starts("missing table open") => {
            SyntaxFault::OpenHeading
        }
        () if starts("missing comma") => SyntaxFault::NoComma,
        () if starts("unexpected key or value") || starts("unexpected content") => SyntaxFault::Trailing,
        () if starts("duplicate key") => SyntaxFault::Twice {
            key: shortened(words.trim_matches('"')),
        },
        () if starts("missing escaped value") || starts("too few unicode") => SyntaxFault::Backslash,
        () if starts("cannot recurse") || starts("recursion limit") => SyntaxFault::TooDeep,
        () => SyntaxFault::Other(message.to_owned()),
    }
}

fn shortened(words: &str) -> String {
    words.chars().take(40).collect()
}

impl Explain for SyntaxFault {
    fn chinese(&self) -> String {
        match self {
            Self::FullWidth { sign, plain } => full_width_chinese(*sign, plain),
            Self::WideLetters { plain } => format!("此处的全角字母或数字应为半角 {plain}"),
            Self::Unquoted { text } => format!("文字没有加引号：{text}"),
            Self::NoValue => "“=”后面没有值".into(),
            Self::NoEquals => "键后面没有“=”".into(),
            Self::NoKey => "“=”前面没有键".into(),
            Self::OpenText => "文字的引号在本行没有配对".into(),
            Self::Unclosed { open } => format!("“{open}”没有配对的结束符号"),
            Self::OpenHeading => "表头的方括号没有配对".into(),
            Self::NoComma => "两个值之间没有逗号".into(),
            Self::Trailing => "值的后面还有别的内容".into(),
            Self::Twice { key } => format!("“{key}”前面已经写过"),
            Self::Backslash => "反斜杠后面的字符不对".into(),
            Self::Date(fault) => fault.chinese(),
            Self::TooDeep => "括号套得太深".into(),
            Self::Other(message) => format!("不合 TOML 语法({message})"),
        }
    }

    fn help(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::FullWidth { plain: "", .. } => ("删去它".to_owned(), "delete it".to_owned()),
            Self::FullWidth { plain: " ", .. } => ("改为半角空格".to_owned(), "type an ordinary space".to_owned()),
            Self::FullWidth { plain, .. } => (
                format!("切换到英文输入法，输入 {plain}；引号内的文字可用全角"),
                format!("switch the keyboard to English and type {plain}; within a text full-width signs are fine"),
            ),
            Self::WideLetters { plain } => (format!("改为半角 {plain}"), format!("type {plain}")),
            Self::Unquoted { text } => (format!("改为 \"{text}\""), format!("write \"{text}\"")),
            Self::NoValue | Self::NoEquals | Self::NoKey => ("写成 键 = 值".to_owned(), "write key = value".to_owned()),
            Self::OpenText => (
                "在文字两端各加一个半角引号 \"".to_owned(),
                "put one \" before and one after the text".to_owned(),
            ),
            Self::Unclosed { open } => {
                let close = closing(open);
                (format!("补上 {close}"), format!("add {close}"))
            }
            Self::OpenHeading => (
                "写成 [名称] 或 [[名称]]".to_owned(),
                "write [name] or [[name]]".to_owned(),
            ),
            Self::NoComma => (
                "在两个值之间加一个半角逗号".to_owned(),
                "put a comma between them".to_owned(),
            ),
            Self::Trailing => (
                "一行只写一个键；说明写在 # 之后".to_owned(),
                "one key a line; remarks stand after #".to_owned(),
            ),
            Self::Twice { .. } => ("只留一处".to_owned(), "keep one of the two".to_owned()),
            Self::Backslash => (r"写成 \\ 或 /".to_owned(), r"write \\ or /".to_owned()),
            Self::Date(fault) => return fault.help(),
            Self::TooDeep | Self::Other(_) => (
                "对照 playlists/README.md 中的例子改写".to_owned(),
                "compare it with the examples in playlists/README.md".to_owned(),
            ),
        };
        Bilingual::new(zh, en)
    }
}

fn closing(open: &str) -> &str {
    match open {
        "[" => "]",
        "{" => "}",
        quotes => quotes,
    }
}
