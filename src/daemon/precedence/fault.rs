//! What is told of precedence, where it matters.

use std::sync::Arc;

use thiserror::Error;

use super::{PRIORITY, Share};
use crate::diagnostic::{Bilingual, Explain, Severity};

/// Frames come late, and it might be otherwise.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PrecedenceFault {
    /// The system does not grant real-time priority, and frames of the screen of that identity came late again and again.
    #[error(
        "frames of the screen \"{0}\" come late again and again: other programs take the processor, and the system does not grant this one real-time priority (CAP_SYS_NICE)"
    )]
    NotGranted(Arc<str>),
    /// The screen's threads have given real-time priority back.
    #[error(
        "the screen \"{0}\" takes more than {most} % of a processor, so it has given real-time priority back, to leave room for the rest of the machine",
        most = Share::MOST
    )]
    GivenUp(Arc<str>),
}

impl Explain for PrecedenceFault {
    fn chinese(&self) -> String {
        match self {
            Self::NotGranted(screen) => format!(
                "屏幕“{screen}”的画面一再迟到：其他程序占用了处理器，而系统没有给本程序实时优先级（CAP_SYS_NICE）"
            ),
            Self::GivenUp(screen) => format!(
                "屏幕“{screen}”占用处理器超过 {} %，已放弃实时优先级，以免影响本机其他工作",
                Share::MOST
            ),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NotGranted(_) => Bilingual::new(
                format!(
                    "以服务运行的，在服务文件 [Service] 中写 LimitRTPRIO={PRIORITY} 和 RestrictRealtime=no（随附的 yingbi.service 已写）；手工运行的，运行 sudo setcap cap_sys_nice+ep $(which yingbi)，再重新启动；或移走占用处理器的程序"
                ),
                format!(
                    "as a service, write LimitRTPRIO={PRIORITY} and RestrictRealtime=no under [Service] of its unit, as the one that comes along has it; by hand, run sudo setcap cap_sys_nice+ep $(which yingbi); then start it again. Or take away what keeps the processor busy"
                ),
            ),
            Self::GivenUp(_) => Bilingual::new(
                "画面仍照常播放，只是机器繁忙时可能迟到；请换用更快的机器，或降低屏幕的帧率（rate）",
                "the wall plays on, but may be late while the machine is busy; take a faster machine, or a lower rate for the screen",
            ),
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
