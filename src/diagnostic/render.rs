//! A diagnostic as lines of text.

use super::Diagnostic;

/// The languages of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// 中文.
    Chinese,
    /// English.
    English,
}

/// The diagnostic as a terminal shows it.
pub fn render(diagnostic: &Diagnostic, language: Language, colour: bool) -> String {
    let _ = (diagnostic, language, colour);
    String::new()
}
