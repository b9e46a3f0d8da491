//! What goes wrong in our own house while the wall runs. Nothing here ends the daemon.

use std::sync::Arc;

use thiserror::Error;

use super::house::BUDGET;
use crate::diagnostic::{Bilingual, Explain};

/// A fault of ours, with the words of the panic.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    /// The screen of that identity could not be started.
    #[error("the screen \"{0}\" could not be started: {1}")]
    Starting(Arc<str>, String),
    /// A screen could not be painted.
    #[error("the screen could not be painted: {0}")]
    Painting(String),
    /// An output broke off.
    #[error("the output broke off: {0}")]
    Sending(String),
    /// What drives the cards of a line broke off.
    #[error("what drives the card broke off: {0}")]
    Driving(String),
    /// The changed site could not be taken in.
    #[error("the changed site could not be taken in: {0}")]
    Accepting(String),
    /// What the clock says could not be followed.
    #[error("the clock could not be followed: {0}")]
    Keeping(String),
    /// Too many starts went wrong, and the safe page plays.
    #[error("the program was lost {BUDGET} times in a row, each time within a minute; only the safe page is shown")]
    Restarts,
    /// The journal broke off.
    #[error("what happens could not be recorded: {0}")]
    Recording(String),
    /// The feedback broke off.
    #[error("the feedback could not be written: {0}")]
    Telling(String),
}

impl Explain for Fault {
    fn chinese(&self) -> String {
        match self {
            Self::Starting(screen, words) => format!("屏幕“{screen}”无法启动：{words}"),
            Self::Painting(words) => format!("屏幕画面无法生成：{words}"),
            Self::Sending(words) => format!("输出中断：{words}"),
            Self::Driving(words) => format!("控制卡的驱动中断：{words}"),
            Self::Accepting(words) => format!("站点的改动无法载入：{words}"),
            Self::Keeping(words) => format!("时钟的变化无法处理：{words}"),
            Self::Restarts => format!("程序连续 {BUDGET} 次启动后不到一分钟就意外退出，现只显示安全页"),
            Self::Recording(words) => format!("播出情况无法记录：{words}"),
            Self::Telling(words) => format!("反馈无法写出：{words}"),
        }
    }

    fn help(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::Starting(..) => (
                "其余屏幕照常播放，下一次改动时重试",
                "the other screens play on, and it is tried again at the next change",
            ),
            Self::Painting(_) => (
                "屏幕保持最后一帧，每秒重试",
                "the last frame is held and painting tried again every second",
            ),
            Self::Sending(_) => ("每秒重试", "it is tried again every second"),
            Self::Driving(_) => (
                "控制卡保持原有画面，每秒重试",
                "the card keeps what it shows, and it is tried again every second",
            ),
            Self::Accepting(_) => (
                "屏幕保持原样，直到下一次改动",
                "everything stays as it was until the next change",
            ),
            Self::Keeping(_) => (
                "屏幕按原有时间继续播放，不断重试",
                "the screens go on by the time that they have, and it is tried again and again",
            ),
            Self::Restarts => (
                "请先撤回最近改动的文件；站点文件一有改动就恢复播放，否则每十分钟重试一次",
                "take back what was changed last; the programme is tried again at the next change of the site's files, and every ten \
                 minutes",
            ),
            Self::Recording(_) => (
                "屏幕照常播放，每分钟重试",
                "the wall goes on, and it is tried again every minute",
            ),
            Self::Telling(_) => (
                "屏幕照常播放，每分钟重试",
                "the wall goes on, and it is tried again every minute",
            ),
        };
        Bilingual::new(
            format!("这是程序的错误，请把日志发给开发者；{zh}"),
            format!("this is a fault of the program, please send its log to the developers; {en}"),
        )
    }
}

/// The words of a panic.
pub(super) use crate::wall::words;
