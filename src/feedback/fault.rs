//! Why feedback cannot be written. It takes nothing from the screen.

use std::io;

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain, Severity},
    folder::FEEDBACK,
};

/// Why feedback cannot be written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FeedbackFault {
    /// The system refuses, with its words.
    #[error("{path} cannot be written: {reason}")]
    Unwritten {
        /// Relative to the site.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// The disk or share is full.
    #[error("{path} cannot be written: the disk is full")]
    Full {
        /// Relative to the site.
        path: String,
    },
    /// The new file is written, but cannot take the place of the old one, for a program has that open.
    #[error("{path} cannot be renewed: another program has it open")]
    InUse {
        /// Relative to the site.
        path: String,
    },
    /// Something else than a folder is where one belongs.
    #[error("{path} is not a folder")]
    NotAFolder {
        /// Relative to the site.
        path: String,
    },
}

impl FeedbackFault {
    /// What `error` says of the file or folder at `path`, relative to the feedback.
    pub(super) fn of(path: &str, error: &io::Error) -> Self {
        let path = place(path);
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Unwritten {
                path,
                reason: error.to_string(),
            },
        }
    }

    pub(super) fn in_use(path: &str) -> Self {
        Self::InUse { path: place(path) }
    }

    pub(super) fn not_a_folder(path: &str) -> Self {
        Self::NotAFolder { path: place(path) }
    }

    /// Whether it goes by itself before long, most of the time.
    pub(super) const fn is_passing(&self) -> bool {
        matches!(self, Self::InUse { .. })
    }

    /// The problem as a diagnostic of the feedback as a whole: one, whichever of its files it was found at.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::of_file(FEEDBACK.into(), self)
    }
}

fn place(path: &str) -> String {
    if path.is_empty() {
        FEEDBACK.into()
    } else {
        format!("{FEEDBACK}/{path}")
    }
}

impl Explain for FeedbackFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unwritten { path, reason } => format!("{path} 无法写入：{reason}"),
            Self::Full { path } => format!("{path} 无法写入：磁盘已满"),
            Self::InUse { path } => format!("{path} 正被其他程序打开，无法更新"),
            Self::NotAFolder { path } => format!("{path} 不是文件夹"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unwritten { .. } => Bilingual::new(
                "请给运行帐户写权限，使其能在站点文件夹中写“反馈”；屏幕照常播放，程序会不断重试",
                "let the account of the daemon write to the folder 反馈 of the site; the wall plays on, and it is tried again",
            ),
            Self::Full { .. } => Bilingual::new(
                "请清理共享文件夹所在的磁盘；屏幕照常播放，程序会不断重试",
                "make room on the disk of the shared folder; the wall plays on, and it is tried again",
            ),
            Self::InUse { .. } => Bilingual::new(
                "请关闭打开着它的程序，要编辑请先另存一份；屏幕照常播放",
                "close the program, and save a copy if you want to edit it; the wall plays on",
            ),
            Self::NotAFolder { .. } => Bilingual::new(
                "请移走或改名，程序会自动新建文件夹；屏幕照常播放",
                "move or rename it, and the folder is made; the wall plays on",
            ),
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
