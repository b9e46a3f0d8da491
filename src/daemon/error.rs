//! Why the daemon does not start.

use std::path::PathBuf;

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain},
    folder::FolderError,
    simulator::SimulatorError,
};

/// Why the daemon does not start. Once it has started, nothing but a signal ends it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DaemonError {
    /// The site's folder or the state folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// There is nothing good enough to show, and nothing older to hold on to.
    #[error("the site in {} cannot be used", site.display())]
    Site {
        /// The site's folder.
        site: PathBuf,
        /// What is wrong with its files.
        problems: Vec<Diagnostic>,
    },
    /// The page cannot be shown, and no screen has an output: nobody could see anything.
    #[error(transparent)]
    Page(#[from] SimulatorError),
    /// The system refuses what no daemon can do without, in its words.
    #[error("the system refuses {}: {reason}", what.english())]
    System {
        /// What it refuses.
        what: Need,
        /// The system's words.
        reason: String,
    },
}

/// What no daemon can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Threads.
    Threads,
    /// Signals, taken over from the system.
    Signals,
}

impl Need {
    const fn english(self) -> &'static str {
        match self {
            Self::Threads => "threads",
            Self::Signals => "signals",
        }
    }

    const fn chinese(self) -> &'static str {
        match self {
            Self::Threads => "线程",
            Self::Signals => "信号",
        }
    }
}

impl DaemonError {
    /// The exit code, as `sysexits.h` numbers it.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Folder(FolderError::Held { .. }) => 75,
            Self::Folder(FolderError::State { .. }) => 73,
            Self::Folder(FolderError::NoStatePlace) | Self::Site { .. } => 78,
            Self::Folder(_) => 66,
            Self::Page(_) => 69,
            Self::System { .. } => 71,
        }
    }

    /// The problems behind it.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Site { problems, .. } => problems,
            Self::Folder(_) | Self::Page(_) | Self::System { .. } => &[],
        }
    }

    /// The system gives no thread.
    #[allow(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub fn threads(error: std::io::Error) -> Self {
        Self::system(Need::Threads, &error)
    }

    /// The system does not hand over its signals.
    #[allow(clippy::needless_pass_by_value, reason = "for `map_err`")]
    pub(super) fn signals(error: std::io::Error) -> Self {
        Self::system(Need::Signals, &error)
    }

    fn system(what: Need, error: &std::io::Error) -> Self {
        Self::System {
            what,
            reason: error.to_string(),
        }
    }
}

impl Explain for DaemonError {
    fn chinese(&self) -> String {
        match self {
            Self::Folder(error) => error.chinese(),
            Self::Site { site, .. } => format!("{} 中的站点无法使用", site.display()),
            Self::Page(error) => error.chinese(),
            Self::System { what, reason } => format!("系统不提供{}：{reason}", what.chinese()),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Folder(error) => error.help(),
            Self::Site { .. } => Bilingual::new(
                "请先更正以上问题；yingbi check 可随时检查",
                "mend the problems above first; yingbi check shows them at any time",
            ),
            Self::Page(error) => error.help(),
            Self::System { .. } => Bilingual::new(
                "请检查本机的进程数与内存限制",
                "look at this machine's limits of processes and memory",
            ),
        }
    }
}
