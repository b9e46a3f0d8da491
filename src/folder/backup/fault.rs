//! What can go wrong with an archive.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::list::{Limits, VERSION, written};
use crate::{
    diagnostic::{Bilingual, Explain},
    folder::FolderError,
};

/// Why a site could not be packed or unpacked, or what of it was left out.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BackupFault {
    /// The site's folder cannot be used.
    #[error("{0}")]
    Folder(#[from] FolderError),
    /// Something cannot be read, with the system's words.
    #[error("{path} cannot be read: {reason}")]
    Read {
        /// Where it is.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// Something cannot be written, with the system's words.
    #[error("{path} cannot be written: {reason}")]
    Write {
        /// Where it is.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// The archive would be part of the next one.
    #[error("{} lies in the site itself", .0.display())]
    InsideSite(PathBuf),
    /// A file was made shorter while it was read.
    #[error("{0} changed while it was read")]
    Changed(String),
    /// A link that leads out of the site, or to no file.
    #[error("{0} is a link that leads to no file of the site; left out")]
    LinkLeftOut(String),
    /// A pipe, a socket, a device.
    #[error("{0} is not a file; left out")]
    NoFile(String),
    /// More than an archive may hold.
    #[error(
        "more than an archive may hold: {} files and folders, {} GiB, {} times what is packed",
        .0.entries, .0.bytes >> 30, .0.ratio
    )]
    TooMuch(Limits),
    /// No archive, or a damaged one.
    #[error("{} is no whole backup: {reason}", .archive.display())]
    Damaged {
        /// The archive.
        archive: PathBuf,
        /// What its reader says.
        reason: String,
    },
    /// An archive without its list: cut off, or another program's.
    #[error("{} has no list of its files: it was cut off, or is no backup of Yingbi's", .0.display())]
    NoList(PathBuf),
    /// An archive that goes on after its list.
    #[error("{} goes on after the list of its files", .0.display())]
    AfterList(PathBuf),
    /// A list of a newer version.
    #[error("the backup is of version {0}; this program reads up to {VERSION}")]
    Newer(u32),
    /// A path that leads out of the folder, or that no backup has.
    #[error("the archive holds the path {0}, which no backup has")]
    BadPath(String),
    /// A link, a device, or another thing that no backup has.
    #[error("{0} is neither a file nor a folder in the archive")]
    BadKind(String),
    /// The same path twice.
    #[error("{0} is in the archive twice")]
    Twice(String),
    /// A file of the list that is not there.
    #[error("{0} is missing in the archive")]
    Missing(String),
    /// A file that is not what the list says.
    #[error("{0} is damaged in the archive")]
    Differs(String),
    /// A file that the list does not have.
    #[error("{0} is in the archive but not in its list")]
    Unlisted(String),
    /// A folder that holds something.
    #[error("the folder {} is not empty", .0.display())]
    NotEmpty(PathBuf),
}

impl BackupFault {
    pub(super) fn read(path: &Path, error: &io::Error) -> Self {
        Self::Read {
            path: written(path),
            reason: error.to_string(),
        }
    }

    pub(super) fn write(path: &Path, error: &io::Error) -> Self {
        Self::Write {
            path: written(path),
            reason: error.to_string(),
        }
    }

    /// Whether the archive is to blame, rather than the machine or who named the folders.
    pub const fn is_of_the_archive(&self) -> bool {
        matches!(
            self,
            Self::TooMuch(_)
                | Self::Damaged { .. }
                | Self::NoList(_)
                | Self::AfterList(_)
                | Self::Newer(_)
                | Self::BadPath(_)
                | Self::BadKind(_)
                | Self::Twice(_)
                | Self::Missing(_)
                | Self::Differs(_)
                | Self::Unlisted(_)
        )
    }
}

impl Explain for BackupFault {
    fn chinese(&self) -> String {
        match self {
            Self::Folder(fault) => fault.chinese(),
            Self::Read { path, reason } => format!("{path} 无法读取：{reason}"),
            Self::Write { path, reason } => format!("{path} 无法写入：{reason}"),
            Self::InsideSite(path) => format!("{} 就在站点文件夹之内", path.display()),
            Self::Changed(path) => format!("{path} 在读取时发生变化"),
            Self::LinkLeftOut(path) => format!("{path} 是链接，所指不是站点内的文件，未备份"),
            Self::NoFile(path) => format!("{path} 不是普通文件，未备份"),
            Self::TooMuch(limits) => format!(
                "超出备份的上限：{} 个文件和文件夹、{} GiB、压缩前后相差 {} 倍",
                limits.entries,
                limits.bytes >> 30,
                limits.ratio
            ),
            Self::Damaged { archive, reason } => format!("{} 不是完整的备份：{reason}", archive.display()),
            Self::NoList(archive) => format!("{} 中没有文件清单：备份不完整，或不是影壁的备份", archive.display()),
            Self::AfterList(archive) => format!("{} 在文件清单之后还有内容", archive.display()),
            Self::Newer(version) => format!("备份的格式为第 {version} 版，本程序只认到第 {VERSION} 版"),
            Self::BadPath(path) => format!("备份中有不应有的路径：{path}"),
            Self::BadKind(path) => format!("备份中的 {path} 既不是文件也不是文件夹"),
            Self::Twice(path) => format!("备份中 {path} 出现两次"),
            Self::Missing(path) => format!("备份中缺少 {path}"),
            Self::Differs(path) => format!("备份中的 {path} 已损坏"),
            Self::Unlisted(path) => format!("备份中的 {path} 不在文件清单内"),
            Self::NotEmpty(folder) => format!("文件夹 {} 不是空的", folder.display()),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Folder(fault) => fault.help(),
            Self::Read { .. } | Self::Write { .. } => Bilingual::new(
                "请检查路径、权限与磁盘空间",
                "see whether the path exists, may be used, and has room",
            ),
            Self::InsideSite(_) => Bilingual::new("请存到别处", "write it somewhere else"),
            Self::Changed(_) => Bilingual::new("请稍后重试", "try again when nobody writes it"),
            Self::LinkLeftOut(_) | Self::NoFile(_) => {
                Bilingual::new("如需备份，请换成文件本身", "put the file itself there, if it is wanted")
            }
            Self::TooMuch(_) => Bilingual::new(
                "请核对：站点中是否混入了别的资料，或备份来路不明",
                "see whether other things lie in the site, or where the archive comes from",
            ),
            Self::Newer(_) => Bilingual::new("请先升级影壁", "upgrade this program first"),
            Self::NotEmpty(_) => Bilingual::new(
                "请改用空文件夹；加 --force 则先把原有内容移入其中的 .before-restore",
                "name an empty folder; with --force what is in it is put into .before-restore there first",
            ),
            _ => Bilingual::new(
                "什么都没有恢复；请改用另一份备份",
                "nothing has been put in place; use another backup",
            ),
        }
    }
}
