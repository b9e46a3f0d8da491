//! What can become of a child.

use std::time::Duration;

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

/// Why a child gave no answer, or which one. Nothing else is affected.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ChildFault {
    /// It could not be started, in the system's words.
    #[error("the helper process cannot be started: {reason}")]
    Start {
        /// The system's words.
        reason: String,
    },
    /// Its pipes failed, in the system's words.
    #[error("the helper process cannot be talked to: {reason}")]
    Talk {
        /// The system's words.
        reason: String,
    },
    /// It was not done in time.
    #[error("reading the file took longer than {} s and was ended", limit.as_secs())]
    Late {
        /// How long it was given.
        limit: Duration,
    },
    /// It got no further with a video for too long.
    #[error("making the clip got no further for {} s and was ended", limit.as_secs())]
    Stalled {
        /// How long that was borne.
        limit: Duration,
    },
    /// Whoever wanted it wants it no more.
    #[error("making the clip was given up")]
    GivenUp,
    /// The clip takes no more, or became larger than was agreed.
    #[error("the clip cannot be written: {reason}")]
    Unwritten {
        /// The system's words.
        reason: String,
    },
    /// It wanted more memory than it was given.
    #[error("reading the file took more than {limit} MiB of memory and was ended")]
    Memory {
        /// What it was given, in MiB.
        limit: u32,
    },
    /// It wanted more processor time than it was given.
    #[error("reading the file took more than {limit} s of processor time and was ended")]
    Cpu {
        /// What it was given, in seconds.
        limit: u32,
    },
    /// It was ended by a signal.
    #[error("the file brought its reader down: signal {signal}{}", quoted(words, ": "))]
    Crashed {
        /// The signal's number.
        signal: i32,
        /// What it said before.
        words: String,
    },
    /// It gave up.
    #[error("the file brought its reader down: exit code {code}{}", quoted(words, ": "))]
    Failed {
        /// Its exit code.
        code: i32,
        /// What it said before.
        words: String,
    },
    /// It wrote more than was agreed.
    #[error("what was made of the file is larger than {} MiB", limit >> 20)]
    TooMuch {
        /// The most, in bytes.
        limit: usize,
    },
    /// It wrote something else than an answer.
    #[error("the helper process gave no sound answer")]
    Garbled,
    /// It refused the file.
    #[error("{}", message.en)]
    Refused {
        /// Why.
        message: Bilingual,
        /// What to do.
        help: Bilingual,
    },
}

fn quoted(words: &str, joint: &str) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!("{joint}{words}")
    }
}

impl Explain for ChildFault {
    fn chinese(&self) -> String {
        match self {
            Self::Start { reason } => format!("无法启动辅助进程：{reason}"),
            Self::Talk { reason } => format!("与辅助进程通信失败：{reason}"),
            Self::Late { limit } => format!("读取文件超过 {} 秒，已终止", limit.as_secs()),
            Self::Stalled { limit } => format!("视频转换 {} 秒没有进展，已终止", limit.as_secs()),
            Self::GivenUp => "视频转换已取消".into(),
            Self::Unwritten { reason } => format!("无法写入播出文件：{reason}"),
            Self::Memory { limit } => format!("读取文件所需内存超过 {limit} MiB，已终止"),
            Self::Cpu { limit } => format!("读取文件占用处理器超过 {limit} 秒，已终止"),
            Self::Crashed { signal, words } => format!("读取文件时辅助进程崩溃：信号 {signal}{}", quoted(words, "：")),
            Self::Failed { code, words } => format!("读取文件时辅助进程出错：退出码 {code}{}", quoted(words, "：")),
            Self::TooMuch { limit } => format!("由文件生成的数据超过 {} MiB", limit >> 20),
            Self::Garbled => "辅助进程的答复不完整".into(),
            Self::Refused { message, .. } => message.zh.clone(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Start { .. } | Self::Talk { .. } => Bilingual::new(
                "请检查系统的进程数和内存是否已用尽，/proc 是否已挂载",
                "see whether the system is out of processes or memory, and whether /proc is mounted",
            ),
            Self::Refused { help, .. } => help.clone(),
            Self::Unwritten { .. } => Bilingual::new(
                "请腾出磁盘空间，并检查状态文件夹能否写入",
                "make room on the disk, and see whether the state folder can be written to",
            ),
            Self::GivenUp => Bilingual::new("需要时会重新转换", "it is made again when it is needed"),
            _ => Bilingual::new(
                "文件可能已损坏：请重新复制，或换用另一来源的文件；屏幕不受影响",
                "the file may be damaged: copy it again, or take it from another place; the wall is not affected",
            ),
        }
    }
}
