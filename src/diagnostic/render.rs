//! A diagnostic as lines of text.

use super::{
    Diagnostic, Place, Severity,
    width::{columns, tame, tamed},
};

/// The languages of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// 中文.
    Chinese,
    /// English.
    English,
}

/// The diagnostic as a terminal shows it, each line ended by a line break.
///
/// ```text
/// error: unknown key "tilte"; did you mean "title"?
///   --> site.toml:3:1
///    |
///  3 | tilte = "示例"
///    | ^^^^^
///    = help: write "title", or remove the line
/// ```
///
/// Nothing of the file reaches the terminal raw: control characters are shown as signs. Escapes for colour are written only where
/// `colour` is.
pub fn render(diagnostic: &Diagnostic, language: Language, colour: bool) -> String {
    let paint = Paint { colour };
    let place = diagnostic.place.as_ref();
    let gutter = place.map_or(1, |place| place.line.to_string().len());
    let margin = " ".repeat(gutter + 1);
    let mut text = headline(diagnostic, language, paint);
    text += &format!("{margin}{} {}\n", paint.frame("-->"), location(diagnostic));
    if let Some(place) = place.filter(|place| !place.excerpt.is_empty()) {
        let bar = paint.frame("|");
        let number = paint.frame(&format!("{:>gutter$}", place.line));
        text += &format!("{margin} {bar}\n {number} {bar} {}\n", tamed(&place.excerpt));
        text += &format!(
            "{margin} {bar} {}\n",
            paint.severity(diagnostic.severity, &carets(place))
        );
    }
    let help = diagnostic.help.get(language);
    if !help.is_empty() {
        let label = match language {
            Language::Chinese => "处理：",
            Language::English => "help: ",
        };
        text += &format!("{margin} {} {label}{}\n", paint.frame("="), tamed(help));
    }
    text
}

fn headline(diagnostic: &Diagnostic, language: Language, paint: Paint) -> String {
    let (label, joint) = match (language, diagnostic.severity) {
        (Language::Chinese, Severity::Error) => ("错误", "："),
        (Language::Chinese, Severity::Warning) => ("提醒", "："),
        (Language::English, Severity::Error) => ("error", ": "),
        (Language::English, Severity::Warning) => ("warning", ": "),
    };
    let label = paint.severity(diagnostic.severity, label);
    format!("{label}{joint}{}\n", tamed(diagnostic.message.get(language)))
}

fn location(diagnostic: &Diagnostic) -> String {
    let file = tamed(&diagnostic.file);
    match &diagnostic.place {
        Some(place) => format!("{file}:{}:{}", place.line, place.column),
        None => file,
    }
}

/// Carets under the characters that are meant, as wide as those are.
fn carets(place: &Place) -> String {
    let width = |skip: u32, take: u32| -> usize {
        let shown = place.excerpt.chars().map(tame);
        shown.skip(skip as usize).take(take as usize).map(columns).sum()
    };
    let before = width(0, place.offset);
    // At the end of a line there is nothing to stand under.
    let under = width(place.offset, place.length).max(1);
    " ".repeat(before) + &"^".repeat(under)
}

/// Colour, or none.
#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.escape("1;31", text),
            Severity::Warning => self.escape("1;33", text),
        }
    }

    fn frame(self, text: &str) -> String {
        self.escape("1;34", text)
    }

    fn escape(self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
