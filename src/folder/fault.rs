//! What can be wrong with a folder.

use std::path::PathBuf;

use thiserror::Error;

use crate::diagnostic::{Bilingual, Diagnostic, Explain};

/// Why a folder cannot be used, or a part of it cannot be seen. Meanwhile everything that was in force stays in force.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FolderError {
    /// There is no folder at the site's path.
    #[error("the site's folder {} is missing", .0.display())]
    SiteMissing(PathBuf),
    /// The site's folder does not answer: a share whose server is gone.
    #[error("the site's folder {} does not answer", .0.display())]
    Silent(PathBuf),
    /// Something else than a folder is at the site's path.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The site's folder has no `site.toml`.
    #[error("{} has no site.toml", .0.display())]
    SiteFileMissing(PathBuf),
    /// A folder that cannot be listed, with the system's words.
    #[error("the folder {path} cannot be listed: {reason}")]
    Unlisted {
        /// Relative to the site, or the site itself.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// A link to a folder: links lead to files only, so that no folder is read twice or endlessly.
    #[error("{path} is a link to a folder, {target}; links to folders are not followed")]
    LinkedFolder {
        /// Relative to the site.
        path: String,
        /// Where it leads.
        target: String,
    },
    /// A folder below more folders than are entered.
    #[error("the folder {path} lies more than {limit} folders deep")]
    TooDeep {
        /// Relative to the site.
        path: String,
        /// The depth that is still read.
        limit: usize,
    },
    /// More files and folders than a site may have.
    #[error("the site has more than {limit} files and folders")]
    TooMany {
        /// The most that are read.
        limit: usize,
    },
    /// Neither `--state` nor any variable says where the state shall be.
    #[error("there is no place for the state folder: none of --state, STATE_DIRECTORY, XDG_STATE_HOME and HOME is set")]
    NoStatePlace,
    /// The state folder cannot be made or written, with the system's words.
    #[error("the state folder {} cannot be used: {reason}", folder.display())]
    State {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The state folder was kept by a newer program.
    #[error("the state folder {} was kept by a newer yingbi, in format {format}", folder.display())]
    Newer {
        /// The folder.
        folder: PathBuf,
        /// Its format.
        format: u32,
    },
    /// Another daemon uses the state folder.
    #[error("another yingbi{} already uses the state folder {}", process_en(*.pid), folder.display())]
    Held {
        /// The folder.
        folder: PathBuf,
        /// The other daemon's process, where it wrote it down.
        pid: Option<u32>,
    },
}

fn process_en(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

fn process_zh(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!("（进程 {pid}）"))
}

impl FolderError {
    /// The problem as a diagnostic of the file or folder that it is about.
    pub fn diagnostic(&self) -> Diagnostic {
        let file = match self {
            Self::SiteMissing(_) | Self::Silent(_) | Self::NotAFolder(_) | Self::TooMany { .. } => ".",
            Self::SiteFileMissing(_) => "site.toml",
            Self::Unlisted { path, .. } | Self::LinkedFolder { path, .. } | Self::TooDeep { path, .. } => path,
            Self::NoStatePlace | Self::State { .. } | Self::Newer { .. } | Self::Held { .. } => "--state",
        };
        Diagnostic::of_file(file.into(), self)
    }
}

impl Explain for FolderError {
    fn chinese(&self) -> String {
        match self {
            Self::SiteMissing(path) => format!("站点文件夹 {} 不存在", path.display()),
            Self::Silent(path) => format!("站点文件夹 {} 没有响应", path.display()),
            Self::NotAFolder(path) => format!("{} 不是文件夹", path.display()),
            Self::SiteFileMissing(path) => format!("{} 中没有 site.toml", path.display()),
            Self::Unlisted { path, reason } => format!("文件夹 {path} 无法列出：{reason}"),
            Self::LinkedFolder { path, target } => format!("{path} 是指向文件夹 {target} 的链接；文件夹链接不予读取"),
            Self::TooDeep { path, limit } => format!("文件夹 {path} 的层数超过 {limit}"),
            Self::TooMany { limit } => format!("站点的文件和文件夹超过 {limit} 个"),
            Self::NoStatePlace => {
                "没有可用的状态文件夹：--state、STATE_DIRECTORY、XDG_STATE_HOME、HOME 均未给出".into()
            }
            Self::State { folder, reason } => format!("状态文件夹 {} 无法使用：{reason}", folder.display()),
            Self::Newer { folder, format } => {
                format!(
                    "状态文件夹 {} 由更新版本的 yingbi 写成（格式 {format}）",
                    folder.display()
                )
            }
            Self::Held { folder, pid } => {
                format!(
                    "另一个 yingbi{}正在使用状态文件夹 {}",
                    process_zh(*pid),
                    folder.display()
                )
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::SiteMissing(_) | Self::Silent(_) | Self::NotAFolder(_) => Bilingual::new(
                "请检查路径，或重新连接共享文件夹；屏幕保持原样",
                "check the path, or connect the share again; the screen stays as it is",
            ),
            Self::SiteFileMissing(_) => Bilingual::new(
                "请把 site.toml 放回站点文件夹，可参照示例 playlists/site.toml；屏幕保持原样",
                "put site.toml into the folder; playlists/site.toml is one to start from; the screen stays as it is",
            ),
            Self::Unlisted { .. } => Bilingual::new(
                "请检查文件夹权限；其中原有的内容继续播放",
                "check the folder's permissions; what it held stays on",
            ),
            Self::LinkedFolder { .. } => {
                Bilingual::new("请把文件夹本身放在此处", "put the folder itself in this place")
            }
            Self::TooDeep { .. } => Bilingual::new("请把文件移到较浅的文件夹", "move its files to a folder less deep"),
            Self::TooMany { .. } => Bilingual::new(
                "请移走多余的文件；在此之前屏幕保持原样",
                "move what is not needed elsewhere; until then the screen stays as it is",
            ),
            Self::NoStatePlace => Bilingual::new("请用 --state 指定一个文件夹", "name a folder with --state"),
            Self::State { .. } => Bilingual::new(
                "请检查文件夹权限，或用 --state 另指定一个",
                "check the folder's permissions, or name another one with --state",
            ),
            Self::Newer { .. } => Bilingual::new(
                "请重新安装更新的版本，或用 --state 另指定一个文件夹；在此之前屏幕照常播放，记录暂存于其中的 format-1 文件夹",
                "install the newer program again, or name another folder with --state; until then the wall plays on, and what happens is \
                 kept in the folder format-1 within it",
            ),
            Self::Held { pid, .. } => held_help(*pid),
        }
    }
}

fn held_help(pid: Option<u32>) -> Bilingual {
    let pid = pid.map_or_else(|| "PID".to_owned(), |pid| pid.to_string());
    Bilingual::new(
        format!("请先用 kill {pid} 结束它，或用 --state 为本进程另指定一个文件夹"),
        format!("end it first with kill {pid}, or give this one a folder of its own with --state"),
    )
}
