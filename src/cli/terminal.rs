//! What the person at the terminal reads: in which language, with or without colour.

use std::io::{IsTerminal as _, stderr};

use super::{
    arguments::{ColourChoice, LanguageChoice},
    exit::{Exit, Failure},
};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Language, render},
    simulator::terminal::Room,
};

/// Standard error as a person sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    language: Language,
    colour: bool,
    interactive: bool,
}

impl Terminal {
    /// By the options, else by the environment.
    pub(super) fn new(language: Option<LanguageChoice>, colour: ColourChoice) -> Self {
        let interactive = stderr().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            language: match language {
                Some(LanguageChoice::Zh) => Language::Chinese,
                Some(LanguageChoice::En) => Language::English,
                None => language_of_environment(),
            },
            colour: match colour {
                ColourChoice::Always => true,
                ColourChoice::Never => false,
                ColourChoice::Auto => interactive && !plain,
            },
            interactive,
        }
    }

    /// The language to speak.
    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// Whether somebody watches: then progress is shown.
    pub(super) const fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Whether to colour.
    pub(super) const fn is_coloured(&self) -> bool {
        self.colour
    }

    /// Prints a sentence.
    pub(super) fn say(&self, text: &Bilingual) {
        eprintln!("{}", text.get(self.language));
    }

    /// Prints problems, each with its place and remedy.
    pub(super) fn problems(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            eprintln!("{}", render(diagnostic, self.language, self.colour));
        }
    }

    /// Prints why a command failed, unless all that failed was its reader.
    pub(super) fn failure(&self, failure: &Failure) {
        if failure.exit() == Exit::DONE {
            return;
        }
        self.problems(&failure.diagnostics);
        let (error, help) = match self.language {
            Language::Chinese => ("错误：", "处理："),
            Language::English => ("error: ", "help: "),
        };
        let (red, plain) = if self.colour {
            ("\x1b[1;31m", "\x1b[0m")
        } else {
            ("", "")
        };
        eprintln!("{red}{error}{plain}{}", failure.message.get(self.language));
        eprintln!("  = {help}{}", failure.help.get(self.language));
    }
}

/// Chinese where the environment's locale is a Chinese one, else English.
fn language_of_environment() -> Language {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(set)
        .unwrap_or_default();
    if locale.starts_with("zh") {
        Language::Chinese
    } else {
        Language::English
    }
}

/// How much room the terminal on standard output has; no bounds where there is none.
pub(super) fn room() -> Room {
    match rustix::termios::tcgetwinsize(std::io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 1 => Room {
            columns: size.ws_col,
            // The prompt comes back on a line of its own.
            rows: size.ws_row - 1,
        },
        _ => Room::ENDLESS,
    }
}
