//! What is told of a stop.

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    feedback::STOPPED,
    folder::{StopError, StopFile},
};

/// That the wall is stopped, and what is wrong with that.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum HaltFault {
    /// The wall is stopped.
    #[error("{}", told.en)]
    InForce {
        /// Since when, and by whom.
        told: Bilingual,
    },
    /// What was found at the start says nothing that can be understood: the wall is stopped.
    #[error("{0}")]
    Found(StopError),
    /// The stop cannot be kept, in the system's words.
    #[error("the stop cannot be written to the state folder: {0}; a restart would lift it")]
    Unkept(String),
    /// The stop that was lifted is still on the disk, for that reason.
    #[error(
        "the stop that was lifted cannot be taken out of the state folder: {0}; a restart would stop the wall again"
    )]
    Unlifted(String),
    /// Nobody can ask by the command line, for that reason.
    #[error("the control socket cannot be opened: {0}")]
    Deaf(String),
}

impl HaltFault {
    /// What it is about.
    pub(super) const fn file(&self) -> &'static str {
        match self {
            Self::InForce { .. } => STOPPED,
            Self::Found(_) | Self::Unkept(_) | Self::Unlifted(_) => StopFile::NAME,
            Self::Deaf(_) => "control",
        }
    }
}

impl Explain for HaltFault {
    fn chinese(&self) -> String {
        match self {
            Self::InForce { told } => told.zh.clone(),
            Self::Found(error) => error.chinese(),
            Self::Unkept(reason) => format!("停播状态无法写入状态文件夹：{reason}；程序若重启，将恢复播出"),
            Self::Unlifted(reason) => format!("停播已解除，但无法从状态文件夹中清除：{reason}；程序若重启，将再次停播"),
            Self::Deaf(reason) => format!("控制口无法打开：{reason}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::InForce { .. } => Bilingual::new(
                "恢复播出：先从站点文件夹中删除“停播”文件（如有），再在主机上运行 yingbi resume",
                "to go on: take the file 停播 out of the site's folder if there is one, then run yingbi resume on this machine",
            ),
            Self::Found(error) => error.help(),
            Self::Unkept(_) => Bilingual::new(
                "请检查状态文件夹的权限和磁盘空间；重启前请在站点文件夹中放入“停播.txt”",
                "see whether the state folder may be written and the disk is full; before a restart put a file 停播.txt into the site's folder",
            ),
            Self::Unlifted(_) => Bilingual::new(
                "请检查状态文件夹的权限，或手工删除其中的 stop.toml",
                "see whether the state folder may be written, or take stop.toml out of it by hand",
            ),
            Self::Deaf(_) => Bilingual::new(
                "yingbi stop 与 yingbi resume 暂不可用；停播请用站点文件夹中的“停播.txt”或网页按钮，并检查状态文件夹的权限",
                "yingbi stop and yingbi resume do not work; stop by a file 停播.txt in the site's folder or on the page, and see whether the \
                 state folder may be written",
            ),
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
