//! Why a clip is not made, or not kept.

use std::path::PathBuf;

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    media::child::ChildFault,
};

const MIB: u64 = 1 << 20;

/// Why a clip is not made, or not kept. Whatever plays is not affected.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClipFault {
    /// The folder of the clips cannot be written.
    #[error("the clip cannot be kept in {}: {reason}", folder.display())]
    Unwritable {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The disk of that folder has no room for the clip.
    #[error("the disk of {} is full: there is no room for the clip, which needs more than {} MiB", folder.display(), room / MIB)]
    DiskFull {
        /// The folder.
        folder: PathBuf,
        /// How many bytes a clip could have, a reserve left aside.
        room: u64,
    },
    /// The clips that are needed soon leave no room for it.
    #[error(
        "the room for clips, {} MiB, is used up: those that play within two days leave {} MiB, and this one needs more",
        quota / MIB,
        room / MIB
    )]
    Quota {
        /// The most bytes of all clips.
        quota: u64,
        /// What is left of it beside those that may not go.
        room: u64,
    },
    /// The video went away, or was exchanged, while the clip was being made.
    #[error("the video was deleted or moved away while it was being converted")]
    SourceGone,
    /// What was made is no clip.
    #[error("what was made of the video is no whole clip")]
    Unsound,
    /// It is not made.
    #[error(transparent)]
    Film(#[from] ChildFault),
}

impl ClipFault {
    /// Whether the machine is to blame rather than the video.
    pub const fn is_of_the_store(&self) -> bool {
        matches!(
            self,
            Self::Unwritable { .. } | Self::DiskFull { .. } | Self::Quota { .. }
        )
    }
}

impl Explain for ClipFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unwritable { folder, reason } => format!("转换好的视频无法存入 {}：{reason}", folder.display()),
            Self::DiskFull { folder, room } => format!(
                "{} 所在磁盘空间不足：转换这个视频需要的空间超过 {} MiB",
                folder.display(),
                room / MIB
            ),
            Self::Quota { quota, room } => format!(
                "视频缓存 {} MiB 已用满：两天内要播的视频之外只剩 {} MiB，放不下这一个",
                quota / MIB,
                room / MIB
            ),
            Self::SourceGone => "视频在转换过程中被删除或移走，转换已停止".into(),
            Self::Unsound => "转换出来的视频不完整".into(),
            Self::Film(fault) => fault.chinese(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unwritable { .. } => Bilingual::new(
                "请检查状态文件夹的权限，磁盘是否只读；改好后自动重试，屏幕照常播放",
                "see whether the state folder may be written and its disk is read-only; it is tried again by itself, and the wall plays on",
            ),
            Self::DiskFull { .. } => Bilingual::new(
                "请清理磁盘，或用 --state 换一个空间大的位置；腾出空间后自动重试，屏幕照常播放",
                "free room on the disk, or name a larger one with --state; it is tried again by itself, and the wall plays on",
            ),
            Self::Quota { .. } => Bilingual::new(
                "请在 site.toml 中把 clip_space（视频缓存）调大，或把不再播的视频移出文件夹，或把视频剪短；屏幕照常播放",
                "make clip_space in site.toml larger, take away videos that no longer play, or cut this one; the wall plays on",
            ),
            Self::SourceGone => Bilingual::new(
                "还要播出时，请把视频重新放入文件夹，等复制完成；不播则不必处理",
                "put it here again if it shall play, and let the copy finish; else nothing is to be done",
            ),
            Self::Film(fault) => fault.help(),
            Self::Unsound => Bilingual::new(
                "请把视频另存为 MP4（H.264）后再放入；仍不行时请联系管理人员",
                "save the video as MP4 with H.264 and put that here; should that not help, call whoever looks after the machine",
            ),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            // Whoever took it away may have meant to.
            Self::SourceGone => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
