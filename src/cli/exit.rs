//! How a command ends: its exit code, and the words for a failure.

use std::{fmt::Display, path::Path, process::ExitCode};

use crate::diagnostic::{Bilingual, Diagnostic, Explain};

/// An exit code: 0, 1 and 2 are our own, the others those of `sysexits.h`. Of several, the largest tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Exit(u8);

impl Exit {
    /// Done.
    pub(super) const DONE: Self = Self(0);
    /// Done, and problems were found.
    pub(super) const PROBLEMS: Self = Self(1);
    /// Wrong usage that the argument parser cannot see.
    pub(super) const USAGE: Self = Self(2);
    /// An input is not there.
    pub(super) const NO_INPUT: Self = Self(66);
    /// A port or a device cannot be had.
    pub(super) const UNAVAILABLE: Self = Self(69);
    /// An output cannot be made.
    pub(super) const CANNOT_CREATE: Self = Self(73);
    /// Reading or writing failed.
    pub(super) const IO: Self = Self(74);
    /// The site's configuration cannot be used.
    pub(super) const CONFIG: Self = Self(78);

    /// The exit of that code.
    pub(super) const fn code(code: u8) -> Self {
        Self(code)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// Why a command could not do what it was asked to.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    exit: Exit,
    /// What is wrong, and why.
    pub(super) message: Bilingual,
    /// What to do.
    pub(super) help: Bilingual,
    /// The problems behind it, where there are any.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Failure {
    /// A failure with its words.
    pub(super) const fn new(exit: Exit, message: Bilingual, help: Bilingual) -> Self {
        Self {
            exit,
            message,
            help,
            diagnostics: Vec::new(),
        }
    }

    /// A room's error.
    pub(super) fn of(exit: Exit, error: &impl Explain) -> Self {
        Self::new(exit, Bilingual::new(error.chinese(), error.to_string()), error.help())
    }

    /// A file that could not be written, read or made, in the system's words.
    pub(super) fn file(exit: Exit, path: &Path, error: &impl Display) -> Self {
        Self::new(
            exit,
            Bilingual::new(
                format!("{}：{error}", path.display()),
                format!("{}: {error}", path.display()),
            ),
            Bilingual::new("请检查路径与权限", "see whether the path exists and may be used"),
        )
    }

    /// The same failure, for these problems.
    pub(super) fn because(self, diagnostics: &[Diagnostic]) -> Self {
        Self {
            diagnostics: diagnostics.to_vec(),
            ..self
        }
    }

    /// The code to end with.
    pub(super) const fn exit(&self) -> Exit {
        self.exit
    }
}

/// Standard output that cannot be written to. A reader that has gone away is not worth a word.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        let exit = if error.kind() == std::io::ErrorKind::BrokenPipe {
            Exit::DONE
        } else {
            Exit::IO
        };
        Self::new(
            exit,
            Bilingual::new(format!("无法写出：{error}"), format!("cannot write: {error}")),
            Bilingual::new(
                "请检查磁盘空间与权限",
                "see whether the disk is full or the place is not writable",
            ),
        )
    }
}
