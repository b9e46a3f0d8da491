//! What can be wrong with the journal. Nothing here darkens a screen.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::process::{getegid, geteuid};
use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain, Severity},
    units::Digest,
};

/// Why something of the past cannot be kept, or cannot be told.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum JournalFault {
    /// The state folder cannot be written, with the system's words.
    #[error("what happens cannot be recorded: {}: {reason}", path.display())]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The state folder, or what is in it, belongs to somebody else.
    #[error("what happens cannot be recorded: {}: {reason}", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
        /// What gives the folder to us: a command for an administrator.
        remedy: String,
    },
    /// The state folder cannot be read, with the system's words.
    #[error("the record of what happened cannot be read: {}: {reason}", path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The list of a programme's files is not kept, or not whole.
    #[error("the files of the programme {} are no longer kept", .0.short())]
    NoProgramme(Digest),
    /// A file of a programme is not kept, or not whole.
    #[error("{path} of the programme {} is missing from the state folder, or damaged there", programme.short())]
    NoFile {
        /// The programme.
        programme: Digest,
        /// The file's path, relative to the site.
        path: Arc<str>,
    },
    /// This program cannot make a wall of a programme's files.
    #[error("this program cannot play the files of the programme {}", .0.short())]
    Refused(Digest),
}

impl JournalFault {
    pub(super) fn unwritten(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| {
            let (path, reason) = (path.to_owned(), error.to_string());
            match error.kind() {
                io::ErrorKind::PermissionDenied => Self::NotOurs {
                    remedy: remedy(&path),
                    path,
                    reason,
                },
                _ => Self::Unwritten { path, reason },
            }
        }
    }

    pub(super) fn unread(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::Unread {
            path: path.to_owned(),
            reason: error.to_string(),
        }
    }

    /// The problem as a diagnostic of the state folder.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::of_file("--state".into(), self)
    }
}

/// The command that gives the state folder, in which `path` is, to the user as whom we run.
fn remedy(path: &Path) -> String {
    let objects = path.ancestors().find(|above| above.ends_with(super::store::OBJECTS));
    let folder = objects.unwrap_or(path).parent().unwrap_or(path);
    let (user, group) = (geteuid().as_raw(), getegid().as_raw());
    format!("sudo chown -R {user}:{group} {}", folder.display())
}

impl Explain for JournalFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unwritten { path, reason } | Self::NotOurs { path, reason, .. } => {
                format!("播出情况无法记录：{}：{reason}", path.display())
            }
            Self::Unread { path, reason } => format!("播出记录无法读取：{}：{reason}", path.display()),
            Self::NoProgramme(digest) => format!("节目 {} 的文件已不再保存", digest.short()),
            Self::NoFile { programme, path } => {
                format!("节目 {} 的 {path} 在状态文件夹中缺失或已损坏", programme.short())
            }
            Self::Refused(digest) => format!("本程序无法播出节目 {} 的文件", digest.short()),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unwritten { .. } => Bilingual::new(
                "请检查磁盘空间与状态文件夹权限；屏幕照常播放，每分钟重试",
                "see whether the disk is full and the state folder may be written; the wall goes on, and it is tried again every minute",
            ),
            Self::NotOurs { remedy, .. } => Bilingual::new(
                format!("状态文件夹不属于运行本程序的用户，请运行 {remedy}；屏幕照常播放，每分钟重试"),
                format!(
                    "the state folder belongs to somebody else: run {remedy}; the wall goes on, and it is tried again every minute"
                ),
            ),
            Self::Unread { .. } => Bilingual::new(
                "请检查状态文件夹的权限与磁盘",
                "see whether the state folder may be read, and look at the disk",
            ),
            Self::NoProgramme(_) | Self::NoFile { .. } => Bilingual::new(
                "只能说出播的是哪一版，不能重现画面；如有状态文件夹的备份，可用 --state 指定",
                "it can be named but not shown again; where there is a backup of the state folder, name it with --state",
            ),
            Self::Refused(_) => Bilingual::new(
                "请用当时的版本重现画面",
                "show it again with the version of the program that played it",
            ),
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
