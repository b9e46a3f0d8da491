//! Why no clip is made of a video.

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(in crate::media) enum FilmFault {
    #[error("the video is damaged: {reason}")]
    Unreadable { reason: String },
    #[error("the video cannot be played here: it is {codec}")]
    Unknown { codec: String },
}

impl Explain for FilmFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unreadable { reason } => format!("视频已损坏：{reason}"),
            Self::Unknown { codec } => format!("无法播放这种视频：{codec}"),
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "请改用“兼容性最佳(H.264)”拍摄，或在电脑上另存为 MP4（H.264）后再放入",
            "record it as H.264 (\"most compatible\"), or save it as MP4 with H.264 first",
        )
    }
}
