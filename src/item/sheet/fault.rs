//! What can be wrong with a sheet beyond the values of its cells.

use std::sync::Arc;

use thiserror::Error;

use super::ROW_LIMIT;
use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    item::TEXT_LIMIT,
};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum SheetFault {
    #[error("no row of this sheet names its columns: one of them must be called 标题")]
    NoHead,
    #[error("the column \"{name}\" means nothing here, and is left out{}", hint_en(.hint.as_ref()))]
    UnknownColumn { name: String, hint: Option<Arc<str>> },
    #[error("the column \"{name}\" is there twice, and its second one is left out")]
    DoubleColumn { name: String },
    #[error("row {row} has no 标题, and is left out")]
    NoTitle { row: u32 },
    #[error("row {row} has {cell} for a value: the formula in the sheet is wrong")]
    ErrorCell { row: u32, cell: String },
    #[error("the quote that opens in row {row} is never closed")]
    OpenQuote { row: u32 },
    #[error("the text of row {row} has {length} characters; an item may have {TEXT_LIMIT}")]
    LongText { row: u32, length: usize },
    #[error("the sheet has {rows} rows; at most {ROW_LIMIT} are read")]
    TooManyRows { rows: usize },
    /// A value that its column does not take.
    #[error("row {row}: {}", .what.en)]
    Value { row: u32, what: Bilingual, help: Bilingual },
    /// The same, where all else is in force.
    #[error("row {row}: {}", .what.en)]
    Remark { row: u32, what: Bilingual, help: Bilingual },
}

fn hint_en(hint: Option<&Arc<str>>) -> String {
    hint.map_or_else(String::new, |hint| format!("; did you mean \"{hint}\"?"))
}

impl Explain for SheetFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoHead => "表格中没有列出各列名称的一行，其中须有“标题”".into(),
            Self::UnknownColumn { name, hint } => {
                let hint = hint
                    .as_ref()
                    .map_or_else(String::new, |hint| format!("，是否应为“{hint}”？"));
                format!("不认识“{name}”这一列，已略去{hint}")
            }
            Self::DoubleColumn { name } => format!("“{name}”列出现两次，只取第一列"),
            Self::NoTitle { row } => format!("第 {row} 行没有标题，此行不播放"),
            Self::ErrorCell { row, cell } => format!("第 {row} 行的值为 {cell}：表中公式有误"),
            Self::OpenQuote { row } => format!("第 {row} 行的引号没有配对"),
            Self::LongText { row, length } => format!("第 {row} 行正文共 {length} 字，最多 {TEXT_LIMIT} 字"),
            Self::TooManyRows { rows } => format!("表格有 {rows} 行，最多读取 {ROW_LIMIT} 行"),
            Self::Value { row, what, .. } | Self::Remark { row, what, .. } => format!("第 {row} 行：{}", what.zh),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoHead => Bilingual::new(
                "请在最上面一行写明各列名称：标题、内容、栏目、上屏、下屏",
                "name the columns in the first row: 标题, 内容, 栏目, 上屏, 下屏",
            ),
            Self::UnknownColumn { .. } => Bilingual::new(
                "请改列名，或删去此列；可用的列名：标题、内容、栏目、部门、文号、发布、上屏、下屏、公示期、模板、停留",
                "rename it, or remove it; known are 标题, 内容, 栏目, 部门, 文号, 发布, 上屏, 下屏, 公示期, 模板, 停留",
            ),
            Self::DoubleColumn { .. } => Bilingual::new("请删去其中一列", "remove one of the two"),
            Self::NoTitle { .. } => Bilingual::new(
                "请补上标题，或删去此行；其他行照常播放",
                "give it a title, or remove the row; the other rows play",
            ),
            Self::ErrorCell { .. } => Bilingual::new(
                "请改正公式，或直接写出内容；其他行照常播放",
                "correct the formula, or write what it should say; the other rows play",
            ),
            Self::OpenQuote { .. } => Bilingual::new("请补上或删去此引号", "close the quote, or remove it"),
            Self::LongText { .. } => {
                Bilingual::new("分成几行，或只写摘要", "split it into several rows, or write a summary")
            }
            Self::TooManyRows { .. } => Bilingual::new(
                "请分成几个文件，或删去已过期的行",
                "split it into several files, or remove rows that are over",
            ),
            Self::Value { help, .. } => Bilingual::new(
                format!("{}；其他行照常播放", help.zh),
                format!("{}; the other rows play", help.en),
            ),
            Self::Remark { help, .. } => help.clone(),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::UnknownColumn { .. } | Self::DoubleColumn { .. } | Self::Remark { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
