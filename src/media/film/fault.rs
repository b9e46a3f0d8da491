//! Why no clip is made of a video.

use std::time::Duration;

use thiserror::Error;

use super::{LONGEST, PIXELS};
use crate::{
    diagnostic::{Bilingual, Explain},
    units::Size,
};

/// Why no clip is made of a video.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FilmFault {
    /// What is in the file contradicts itself, or its end is missing.
    #[error("the video is damaged: {reason}")]
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
    /// Of a kind that is not decoded here.
    #[error("the video cannot be played here: it is {codec}")]
    Unknown {
        /// What it is.
        codec: String,
    },
    /// More pixels than are decoded, or none.
    #[error("its pictures are {size}; at most {PIXELS} pixels are read")]
    Oversized {
        /// Width and height of its pictures.
        size: Size,
    },
    /// Longer than a short video.
    #[error("the video lasts longer than {} minutes", LONGEST.as_secs() / 60)]
    TooLong,
    /// More than three general or red flashes within a second, and nobody owns up to it.
    #[error("the video flashes {count} times within a second, {} seconds from its beginning: more than three can bring on seizures", .at.as_secs())]
    Flashes {
        /// When the first of them begins, from the beginning of the clip.
        at: Duration,
        /// How many there are within the second that has most of them.
        count: u32,
    },
    /// The clip cannot be written.
    #[error("the clip cannot be written: {reason}")]
    Unwritten {
        /// What the system says.
        reason: String,
    },
}

impl Explain for FilmFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unreadable { reason } => format!("视频已损坏：{reason}"),
            Self::Unknown { codec } => format!("无法播放这种视频：{codec}"),
            Self::Oversized { size } => format!("画面为 {size} 像素，最多可读 {PIXELS} 像素"),
            Self::TooLong => format!("视频超过 {} 分钟", LONGEST.as_secs() / 60),
            Self::Flashes { at, count } => format!(
                "视频从第 {} 秒起一秒内闪烁 {count} 次，超过 3 次可能诱发光敏性癫痫",
                at.as_secs()
            ),
            Self::Unwritten { reason } => format!("无法写入播出文件：{reason}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unreadable { .. } | Self::Unknown { .. } => Bilingual::new(
                "请改用“兼容性最佳(H.264)”拍摄，或在电脑上另存为 MP4（H.264）后再放入",
                "record it as H.264 (\"most compatible\"), or save it as MP4 with H.264 first",
            ),
            Self::Oversized { .. } => Bilingual::new(
                "请在手机或电脑上另存为 1080p（1920×1080）后再放入",
                "save it as 1080p (1920x1080) first",
            ),
            Self::TooLong => Bilingual::new("请剪短，或分成几段放入", "cut it, or bring it in parts"),
            Self::Flashes { .. } => Bilingual::new(
                "请剪去或放慢闪烁的片段；确认现场可以播放的，在信息中写明 闪烁 = true",
                "cut the flashes out, or slow them down; whoever answers for it writes flashes = true in an item that shows it",
            ),
            Self::Unwritten { .. } => Bilingual::new(
                "请检查磁盘空间和权限",
                "look at the room on the disk and its permissions",
            ),
        }
    }
}
