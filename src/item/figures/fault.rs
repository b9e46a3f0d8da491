//! What can be wrong with a data file.

use thiserror::Error;

use super::{CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT};
use crate::diagnostic::{Bilingual, Explain};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum FiguresFault {
    #[error("the data file is empty")]
    Empty,
    #[error("the first row of figures must name its columns")]
    NoHead,
    #[error("below the names of the columns there is no row")]
    NoRows,
    #[error("column {column} has no name in the first row")]
    NoName { column: usize },
    #[error("row {row} does not say what it is of")]
    NoLabel { row: u32 },
    #[error("\"{text}\" in row {row} is no number, as the others in the column \"{name}\" are")]
    BadNumber { row: u32, name: String, text: String },
    #[error("a cell in row {row} has {length} characters; it may have {CELL_LIMIT}")]
    LongCell { row: u32, length: usize },
    #[error("the data file has {rows} rows; it may have {ROW_LIMIT}")]
    TooManyRows { rows: usize },
    #[error("the data file has {columns} columns; it may have {COLUMN_LIMIT}")]
    TooManyColumns { columns: usize },
    #[error("the quote that opens in row {row} is never closed")]
    OpenQuote { row: u32 },
}

impl Explain for FiguresFault {
    fn chinese(&self) -> String {
        match self {
            Self::Empty => "数据文件是空的".into(),
            Self::NoHead => "数据的第一行应为各列的名称".into(),
            Self::NoRows => "列名之下没有数据".into(),
            Self::NoName { column } => format!("第 {column} 列在第一行没有列名"),
            Self::NoLabel { row } => format!("第 {row} 行没有写明是哪一项"),
            Self::BadNumber { row, name, text } => format!("第 {row} 行“{name}”一列的“{text}”不是数字"),
            Self::LongCell { row, length } => format!("第 {row} 行有一格共 {length} 字，最多 {CELL_LIMIT} 字"),
            Self::TooManyRows { rows } => format!("数据有 {rows} 行，最多 {ROW_LIMIT} 行"),
            Self::TooManyColumns { columns } => format!("数据有 {columns} 列，最多 {COLUMN_LIMIT} 列"),
            Self::OpenQuote { row } => format!("第 {row} 行的引号没有配对"),
        }
    }

    fn help(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::Empty | Self::NoRows => (
                "请写入列名和数据，如第一行“事项,办件量”，第二行“企业开办,120”",
                "write names and figures, such as 事项,办件量 in the first row and 企业开办,120 in the second",
            ),
            Self::NoHead => (
                "请在最上面加一行列名，如“事项,办件量”",
                "put a row of names above it, such as 事项,办件量",
            ),
            Self::NoName { .. } => ("请补上列名，或删去此列", "name the column, or remove it"),
            Self::NoLabel { .. } => (
                "请在第一列补上名称，或删去此行",
                "say it in the first column, or remove the row",
            ),
            Self::BadNumber { .. } => (
                "请改为数字，如 1234、1,234.5 或 96.3%；没有数据请留空；单位写在信息的“单位”一行",
                "write a number such as 1234, 1,234.5 or 96.3%; leave the cell blank where there is none; the unit belongs to the item's \"unit\"",
            ),
            Self::LongCell { .. } => ("请写得短一些", "write less"),
            Self::TooManyRows { .. } | Self::TooManyColumns { .. } => {
                ("请只留屏上要显示的数据", "keep only what is to be seen on the wall")
            }
            Self::OpenQuote { .. } => ("请补上或删去此引号", "close the quote, or remove it"),
        };
        Bilingual::new(
            format!("{zh}；此前若有正确的版本，则继续播放"),
            format!("{en}; the file's last good version, if there is one, stays on"),
        )
    }
}
