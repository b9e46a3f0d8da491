//! What can be wrong with the machine's clock.

use std::sync::Arc;

use jiff::Timestamp;
use thiserror::Error;

use super::confidence::UNHEARD;
use crate::diagnostic::{Bilingual, Explain, Severity};

/// A clock that is wrong, or may be.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClockFault {
    /// It stands before an instant that is certainly over.
    #[error(
        "the clock showed {}, and it cannot be before {}{}; only what plays at any time is shown{}",
        second(*.shown), second(*.floor), source_en(*.is_stored), bare_en(.bare)
    )]
    Unknown {
        /// What it showed when that was found.
        shown: Timestamp,
        /// The floor.
        floor: Timestamp,
        /// Whether the floor is what a clock of this machine has shown, rather than the program's date.
        is_stored: bool,
        /// The screens that have nothing to show at any time.
        bare: Vec<Arc<str>>,
    },
    /// Somebody should keep it right, and has not done so for a long time.
    #[error("the clock has not been set right over the network for more than {} days", days())]
    Unheard,
}

impl Explain for ClockFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unknown {
                shown,
                floor,
                is_stored,
                bare,
            } => format!(
                "系统时钟曾显示 {}，而现在不可能早于 {}{}；只播放不限时间的内容{}",
                second(*shown),
                second(*floor),
                source_zh(*is_stored),
                bare_zh(bare)
            ),
            Self::Unheard => format!("系统时钟已超过 {} 天没有网络校时", days()),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unknown { is_stored, bare, .. } => unknown_help(*is_stored, !bare.is_empty()),
            Self::Unheard => Bilingual::new(
                "请检查网络和校时服务（timedatectl timesync-status 或 chronyc tracking）；播放不受影响，但时间误差会逐渐增大",
                "check the network and the time service (timedatectl timesync-status, or chronyc tracking); everything plays on, but its time \
                 may drift",
            ),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Unknown { .. } => Severity::Error,
            Self::Unheard => Severity::Warning,
        }
    }
}

fn unknown_help(is_stored: bool, is_bare: bool) -> Bilingual {
    let mut zh = "请校准系统时钟（timedatectl set-time），检查网络校时；若断电后时钟归零，请更换主板电池。时钟恢复后自动照常播放".to_owned();
    let mut en = "set the clock (timedatectl set-time) and check its synchronisation; where it is lost with the power, replace the battery of the \
                  real-time clock; once it is right, everything plays again"
        .to_owned();
    if is_stored {
        zh += "。若时钟无误，请停止服务，删除状态文件夹中的 floor 文件，再启动";
        en += "; where it is right already, end the daemon, delete the file floor from the state folder, and start it again";
    }
    if is_bare {
        zh += "。建议加一份没有时段的垫播节目单";
        en += "; a filler playlist without windows keeps a screen from going black";
    }
    Bilingual::new(zh, en)
}

fn second(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn days() -> u64 {
    UNHEARD.as_secs() / 86_400
}

fn source_zh(is_stored: bool) -> &'static str {
    if is_stored {
        "（此前记录的时间）"
    } else {
        "（程序的发布日期）"
    }
}

fn source_en(is_stored: bool) -> &'static str {
    if is_stored {
        " (the time was that late already)"
    } else {
        " (the date of the program)"
    }
}

fn bare_zh(bare: &[Arc<str>]) -> String {
    match bare {
        [] => String::new(),
        _ => format!("，屏幕“{}”没有这样的内容，暂无画面", bare.join("”、“")),
    }
}

fn bare_en(bare: &[Arc<str>]) -> String {
    match bare {
        [] => String::new(),
        _ => format!(", of which \"{}\" has nothing and stays black", bare.join("\", \"")),
    }
}
