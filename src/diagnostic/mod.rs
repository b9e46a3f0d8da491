//! What is wrong, where, why, and what to do about it.
//!
//! Every refusal of every room ends as a [`Diagnostic`]: data, in Chinese and in English, that the command line, the page and
//! (later) the shared folder print in their own way. This room does not decide what is wrong; it carries and renders it.

mod place;
mod render;
mod width;

use std::{fmt, sync::Arc};

pub use place::{Place, Source};
pub use render::{Language, render};
pub use width::{columns, tame, tamed};

/// How much a problem takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Everything is in force; somebody should look.
    Warning,
    /// Something was refused: the file's last good version stays in force, or the play is left out.
    Error,
}

/// One sentence in both languages of the house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bilingual {
    /// Chinese, as an office would print it.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The two texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// A room's error, told to a person. Each room's error enum implements this beside `thiserror`'s English.
pub trait Explain: fmt::Display {
    /// What is wrong and why, in Chinese; the English is the error's `Display`.
    fn chinese(&self) -> String;

    /// What to do about it.
    fn help(&self) -> Bilingual;

    /// How much it takes away.
    fn severity(&self) -> Severity {
        Severity::Error
    }
}

/// One problem of one file (or of the site as a whole).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How much it takes away.
    pub severity: Severity,
    /// The file, relative to the site, with `/` between its parts.
    pub file: Arc<str>,
    /// Where in the file; `None` where the file as a whole is meant.
    pub place: Option<Place>,
    /// What is wrong, and why.
    pub message: Bilingual,
    /// What to do.
    pub help: Bilingual,
}

impl Diagnostic {
    /// `problem` at the bytes `span` of `source`.
    pub fn at(source: &Source, span: std::ops::Range<usize>, problem: &impl Explain) -> Self {
        Self {
            place: Some(source.place(span)),
            ..Self::of_file(Arc::clone(source.file()), problem)
        }
    }

    /// `problem` of `file` as a whole.
    pub fn of_file(file: Arc<str>, problem: &impl Explain) -> Self {
        Self {
            severity: problem.severity(),
            file,
            place: None,
            message: Bilingual::new(problem.chinese(), problem.to_string()),
            help: problem.help(),
        }
    }

    /// Whether something was refused.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
