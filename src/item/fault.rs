//! What can be wrong with an item beyond its keys.

use thiserror::Error;

use super::{TEXT_LIMIT, TITLE_LIMIT, table::ITEM};
use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    document::{Field, FieldInfo},
};

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
    #[error("\"posting\" without \"published\": there is no day to count from")]
    PostingUndated,
    #[error("\"posting\" and \"until\" both say when it ends")]
    TwoEnds,
    #[error("\"count\" means nothing without \"posting\"")]
    CountAlone,
    #[error("\"{end}\" does not lie after \"{start}\": the item never shows")]
    NeverShows { end: Named, start: Named },
    #[error("\"{key}\" and a date without a colon between")]
    WrongSign { key: String, meant: &'static str },
    #[error("\"{key}\" is no key of an item, so this line is shown as the title")]
    KeyAsTitle { key: String },
    #[error("not open to all: what is secret or internal must not be shown")]
    Secret,
    #[error("the end does not lie after the beginning")]
    Backwards,
    #[error("\"title\", and a title in the line above")]
    TwoTitles,
    #[error("no key \"{key}\" that could stand here; did you mean \"{meant}\"?")]
    NearlyAKey { key: String, meant: &'static str },
    #[error("\"{key}\" is nearly \"{meant}\", but as it is written this line is text, and is shown")]
    PerhapsAKey { key: String, meant: &'static str },
    #[error("\"{key}\" stands in the text and is shown as text: it does not count")]
    KeyBelow { key: String },
    #[error("a chart needs \"data\": the file with its figures")]
    ChartWithoutData,
    #[error("\"{key}\" means nothing without \"chart\" and \"data\"")]
    NoChart { key: Named },
    #[error("an item shows a chart or a picture, not both")]
    MediaAndChart,
    #[error("an item has one counter: \"{0}\" is written, and \"{1}\" too")]
    TwoCounters(Named, Named),
}

/// All keys of an item by one of their names.
fn known(name: fn(&dyn FieldInfo) -> &'static str) -> String {
    let names: Vec<&str> = ITEM.fields.iter().map(|field| name(*field)).collect();
    names.join("、")
}

/// A key by both of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    key: &'static str,
    alias: &'static str,
}

impl Named {
    /// The names of `field`.
    pub(super) const fn of<K>(field: &Field<K>) -> Self {
        Self {
            key: field.key,
            alias: field.alias,
        }
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Explain for ItemFault {
    fn chinese(&self) -> String {
        match self {
            Self::OpenFrontMatter => "开头有 +++，但没有与之配对的 +++".into(),
            Self::WideFence => "开头的分隔行用了全角“＋”（U+FF0B）".into(),
            Self::Empty => "文件没有标题，也没有正文".into(),
            Self::LongTitle { length } => format!("第一行作为标题有 {length} 字，标题最多 {TITLE_LIMIT} 字"),
            Self::LongText { length } => format!("正文共 {length} 字，最多 {TEXT_LIMIT} 字"),
            Self::NeverShows { end, start } => {
                format!("“{}”不晚于“{}”：这条信息从不显示", end.alias, start.alias)
            }
            Self::TwoCounters(first, second) => {
                format!("一条信息只有一个计数：已写“{}”，又写“{}”", first.alias, second.alias)
            }
            Self::WrongSign { key, .. } => format!("“{key}”之后应为冒号"),
            Self::KeyAsTitle { key } => format!("没有“{key}”这个键，这一行会当作标题显示"),
            Self::ChartWithoutData => "写了“图表”，没有写“数据”：不知画什么".into(),
            Self::NoChart { key } => format!("没有“图表”和“数据”，“{}”无意义", key.alias),
            Self::MediaAndChart => "一条信息只能显示画面或图表之一".into(),
            Self::Secret => "涉密或内部文件不得上屏".into(),
            Self::Backwards => "结束不晚于开始".into(),
            Self::TwoTitles => "上一行已是标题，又写“标题”".into(),
            Self::NearlyAKey { key, meant } => format!("没有“{key}”这个键；是否应为“{meant}”？"),
            Self::PerhapsAKey { key, meant } => {
                format!("“{key}”近似“{meant}”；照现在的写法，这一行是正文，会显示在屏上")
            }
            Self::KeyBelow { key } => format!("“{key}”写在正文之中，会当作正文显示，不起作用"),
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
            Self::PostingUndated => Bilingual::new("补上“发布”，写明日期", "add \"published\", the day of publication"),
            Self::TwoEnds => Bilingual::new(
                "只留一个；公示期满会自动下屏",
                "keep one of them; it leaves by itself when the posting period is over",
            ),
            Self::ChartWithoutData => Bilingual::new(
                "补上“数据”，写明 data 文件夹中的文件，如 数据：办件量.csv",
                "add \"data\" with a file under data/",
            ),
            Self::NoChart { .. } => Bilingual::new(
                "补上“数据”，或删去此行；若是正文，请在它上面空一行",
                "add \"data\", or remove the line; if it is text, leave a blank line above it",
            ),
            Self::MediaAndChart => Bilingual::new("分成两条信息", "make it two items"),
            Self::CountAlone => Bilingual::new("补上“公示期”，或删去“起算”", "add \"posting\", or remove \"count\""),
            Self::TwoTitles => Bilingual::new("删去其中一个", "remove one of the two"),
            Self::NearlyAKey { meant, .. } => Bilingual::new(
                format!("改为“{meant}”；若是正文，请在它上面空一行"),
                format!("write \"{meant}\"; if it is text, leave a blank line above it"),
            ),
            Self::PerhapsAKey { meant, .. } => Bilingual::new(
                format!("若指“{meant}”，请改正；若是正文，不必理会"),
                format!("correct it if \"{meant}\" is meant; if it is text, all is well"),
            ),
            Self::KeyBelow { .. } => Bilingual::new(
                "移到标题的下一行，中间不空行",
                "move it to the line right below the title",
            ),
            Self::WrongSign { meant, .. } => Bilingual::new(
                format!("写成“{meant}：2026-5-8”这样"),
                format!("write it as in {meant}：2026-5-8"),
            ),
            Self::KeyAsTitle { .. } => Bilingual::new(
                format!("可写的键：{}；若本是标题，不必理会", known(|field| field.alias())),
                format!(
                    "the keys are {}; if it is the title, all is well",
                    known(|field| field.key())
                ),
            ),
            Self::Secret => Bilingual::new("请立即移走此文件", "take the file away at once"),
            Self::TwoCounters(..) => Bilingual::new("只留一个", "keep one of them"),
            Self::NeverShows { .. } | Self::Backwards => {
                Bilingual::new("改正其中一个日期", "correct one of the two dates")
            }
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::PerhapsAKey { .. } | Self::KeyBelow { .. } | Self::KeyAsTitle { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
