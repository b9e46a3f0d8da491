//! Files that people write: every problem at its place, in both languages.

mod generated;
mod robust;
mod rule;
mod syntax;

use yingbi::diagnostic::{Diagnostic, Language};
use yingbi::document::Parsed;

/// One line a problem: `line:column message; help`, in English.
pub(crate) fn en<T>(parsed: &Parsed<T>) -> Vec<String> {
    lines(&parsed.diagnostics, Language::English, "; ")
}

/// The same in Chinese.
pub(crate) fn zh<T>(parsed: &Parsed<T>) -> Vec<String> {
    lines(&parsed.diagnostics, Language::Chinese, "；")
}

fn lines(diagnostics: &[Diagnostic], language: Language, joint: &str) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.place.as_ref().expect("every problem of a text has a place");
        let (message, help) = (diagnostic.message.get(language), diagnostic.help.get(language));
        format!("{}:{} {message}{joint}{help}", place.line, place.column)
    };
    diagnostics.iter().map(line).collect()
}
