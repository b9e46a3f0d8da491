//! What can be wrong with a playlist whose keys are each in order.

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum PlaylistFault {
    #[error("[[play]] names nothing to play")]
    NoSource,
    #[error("[[play]] names more than one thing to play: {}", .0.join(", "))]
    SeveralSources(Vec<&'static str>),
    #[error("\"{key}\" stands only beside \"column\"")]
    OnlyWithColumn { key: &'static str, alias: &'static str },
    #[error("\"*\" is the whole screen; no other zone stands beside it")]
    WholeAndParts,
    #[error("\"{0}\" is named twice")]
    NamedTwice(String),
    #[error("\"*\" is no screen's id")]
    NoSuchScreen,
}

impl Explain for PlaylistFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoSource => "[[play]] 没有写播放什么".into(),
            Self::SeveralSources(keys) => format!("[[play]] 写了不止一样：{}", keys.join("、")),
            Self::OnlyWithColumn { key, alias } => format!("“{alias}”({key})只能与“栏目”(column)同用"),
            Self::WholeAndParts => "\"*\" 已是整屏，不能再写其他区域".into(),
            Self::NamedTwice(name) => format!("“{name}”写了两次"),
            Self::NoSuchScreen => "\"*\" 不是屏幕的标识".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoSource => Bilingual::new("写 item、column、clock 三者之一", "write one of item, column and clock"),
            Self::SeveralSources(_) => Bilingual::new(
                "只留一样，其余另写 [[play]]",
                "keep one, and give each of the others a [[play]]",
            ),
            Self::OnlyWithColumn { .. } | Self::NamedTwice(_) => Bilingual::new("删去它", "remove it"),
            Self::WholeAndParts => Bilingual::new("只留 \"*\"，或只留区域名", "keep either \"*\" or the zones"),
            Self::NoSuchScreen => Bilingual::new(
                "所有屏幕都播放时，删去 screens",
                "for every screen leave \"screens\" out",
            ),
        }
    }
}
