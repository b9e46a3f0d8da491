//! What can be wrong with an item beyond its keys.

use thiserror::Error;

use super::{TEXT_LIMIT, TITLE_LIMIT};
use crate::diagnostic::{Bilingual, Explain};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum ItemFault {
    #[error("the front matter begins with +++ but does not end with +++")]
    OpenFrontMatter,
    #[error("the line before the front matter is written with full-width \"＋\" (U+FF0B)")]
    WideFence,
    #[error("the item is empty: neither title nor text")]
    Empty,
    #[error("the first line, as the title, has {length} characters; a title may have {TITLE_LIMIT}")]
    LongTitle { length: usize },
    #[error("the text has {length} characters; an item may have {TEXT_LIMIT}")]
    LongText { length: usize },
    #[error("\"until\" does not lie after \"{0}\": the item never shows")]
    NeverShows(&'static str),
    #[error("\"posting\" without \"published\": there is no day to count from")]
    PostingUndated,
    #[error("\"posting\" and \"until\" both say when it ends")]
    TwoEnds,
    #[error("\"count\" means nothing without \"posting\"")]
    CountAlone,
}

impl Explain for ItemFault {
    fn chinese(&self) -> String {
        match self {
            Self::OpenFrontMatter => "开头有 +++，但没有与之配对的 +++".into(),
            Self::WideFence => "开头的分隔行用了全角“＋”（U+FF0B）".into(),
            Self::Empty => "文件没有标题，也没有正文".into(),
            Self::LongTitle { length } => format!("第一行作为标题有 {length} 字，标题最多 {TITLE_LIMIT} 字"),
            Self::LongText { length } => format!("正文共 {length} 字，最多 {TEXT_LIMIT} 字"),
            Self::NeverShows(key) => {
                let start = if *key == "from" { "上屏" } else { "发布" };
                format!("“下屏”不晚于“{start}”：这条信息从不显示")
            }
            Self::PostingUndated => "写了“公示期”，没有写“发布”：无从起算".into(),
            Self::TwoEnds => "“公示期”与“下屏”都在规定何时结束".into(),
            Self::CountAlone => "没有“公示期”，“起算”无意义".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::WideFence => Bilingual::new("请改为三个半角加号 +++", "type three half-width plus signs: +++"),
            Self::OpenFrontMatter => Bilingual::new("在各键之后另起一行写 +++", "put a line of +++ after the keys"),
            Self::Empty => Bilingual::new(
                "写上标题和正文，或删去文件",
                "write a title and a text, or remove the file",
            ),
            Self::LongTitle { .. } => Bilingual::new(
                "标题另起一行，放在正文之前",
                "put the title on a line of its own before the text",
            ),
            Self::LongText { .. } => Bilingual::new(
                "分成几条信息，或只写摘要",
                "split it into several items, or write a summary",
            ),
            Self::NeverShows(_) => Bilingual::new("改正其中一个日期", "correct one of the two dates"),
            Self::PostingUndated => {
                Bilingual::new("补上“发布 = 日期”", "add \"published = …\", the day of publication")
            }
            Self::TwoEnds => Bilingual::new(
                "只留一个；公示期满会自动下屏",
                "keep one of them; it leaves by itself when the posting period is over",
            ),
            Self::CountAlone => Bilingual::new("补上“公示期”，或删去“起算”", "add \"posting\", or remove \"count\""),
        }
    }
}
