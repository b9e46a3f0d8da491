//! What can be wrong with a clip.

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

/// Why bytes are no sound clip, or no sound picture of one.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ClipFault {
    /// They begin otherwise.
    #[error("the file is no clip")]
    Foreign,
    /// A form that is not known here.
    #[error("the clip is of version {version}, which is not known here")]
    Version {
        /// What it says.
        version: u8,
    },
    /// They end too soon, or do not end as a clip does.
    #[error("the clip is not whole: its end is missing")]
    Cut,
    /// The head holds what no clip has.
    #[error("the clip's head is damaged")]
    Head,
    /// The index does not bear its own sum, or holds what no clip has.
    #[error("the clip's index is damaged")]
    Index,
    /// The table of the seekable form is not what the index says.
    #[error("the clip's table of frames is damaged")]
    Table,
    /// A picture does not bear its sum.
    #[error("picture {picture} of the clip is damaged: its sum is another")]
    Sum {
        /// Its number, from 0.
        picture: u32,
    },
    /// A picture cannot be unpacked to a frame.
    #[error("picture {picture} of the clip is damaged: it cannot be unpacked")]
    Packed {
        /// Its number, from 0.
        picture: u32,
    },
}

impl Explain for ClipFault {
    fn chinese(&self) -> String {
        match self {
            Self::Foreign => "该文件不是播放片段".into(),
            Self::Version { version } => format!("播放片段的版本为 {version}，本程序不识别"),
            Self::Cut => "播放片段不完整：缺少结尾".into(),
            Self::Head => "播放片段的文件头已损坏".into(),
            Self::Index => "播放片段的索引已损坏".into(),
            Self::Table => "播放片段的帧表已损坏".into(),
            Self::Sum { picture } => format!("播放片段的第 {picture} 幅画面已损坏：校验和不符"),
            Self::Packed { picture } => format!("播放片段的第 {picture} 幅画面已损坏：无法解压"),
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "请删除该文件，本程序会用原视频重新制作；如再次出现，请检查磁盘",
            "delete the file, and it is made anew of its video; should it happen again, have the disk checked",
        )
    }
}
