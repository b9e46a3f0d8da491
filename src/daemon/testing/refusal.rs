//! Why no test begins.

use std::sync::Arc;

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

/// Why no test begins.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TestRefusal {
    /// The wall is stopped.
    #[error("the wall is stopped: no test pictures are shown")]
    Stopped,
    /// The daemon has no site yet.
    #[error("the daemon is still starting")]
    Starting,
    /// The site has no such screen.
    #[error("there is no screen \"{screen}\"; there are {}", known.join(", "))]
    NoScreen {
        /// The screen that was asked for.
        screen: String,
        /// Those that there are.
        known: Vec<Arc<str>>,
    },
    /// The screen has no such output.
    #[error("screen {screen} has no output {output}; it has {count}")]
    NoOutput {
        /// The screen.
        screen: Arc<str>,
        /// The output that was asked for, from 1.
        output: u32,
        /// How many it has.
        count: usize,
    },
}

impl Explain for TestRefusal {
    fn chinese(&self) -> String {
        match self {
            Self::Stopped => "已停播，不显示测试画面".into(),
            Self::Starting => "程序仍在启动".into(),
            Self::NoScreen { screen, known } => format!("没有屏幕“{screen}”，现有 {}", known.join("、")),
            Self::NoOutput { screen, output, count } => {
                format!("屏幕 {screen} 没有第 {output} 路输出，共有 {count} 路")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Stopped => Bilingual::new(
                "先恢复播出（yingbi resume），再做屏体测试",
                "let the wall go on (yingbi resume), then test",
            ),
            Self::Starting => Bilingual::new("请稍后再试", "try again in a moment"),
            Self::NoScreen { .. } => Bilingual::new("请改 --screen", "give another --screen"),
            Self::NoOutput { .. } => Bilingual::new("请改 --output", "give another --output"),
        }
    }
}
