//! A chart 图表: what an item says of it, and what comes of that once its data file has been read.

use std::sync::Arc;

use thiserror::Error;

use super::{Figures, NamedFile, Number, figures::Column};
use crate::{
    diagnostic::{Bilingual, Explain},
    document::nearest,
};

/// How figures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// 柱状图: a bar a row.
    #[default]
    Bars,
    /// 表格: rows and columns.
    Table,
}

/// What an item says of its chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartSpec {
    /// How its figures are shown.
    pub kind: ChartKind,
    /// The data file.
    pub data: NamedFile,
    /// What is counted: 件.
    pub unit: Option<Arc<str>>,
    /// Who has counted, for the line at the foot.
    pub source: Option<Arc<str>>,
    /// The columns that are shown, by name; all of them where there is none.
    pub columns: Arc<[Arc<str>]>,
    /// What is to be drawn; `None` until the wall has found the data file.
    pub drawn: Option<Arc<Chart>>,
}

/// A chart with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What is counted.
    pub unit: Option<Arc<str>>,
    /// Who has counted.
    pub source: Option<Arc<str>>,
    /// What is drawn.
    pub body: ChartBody,
}

/// What of a chart is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartBody {
    /// A bar each.
    Bars(Arc<[Bar]>),
    /// Rows of equally many cells; the first one names the columns.
    Table(Arc<[Arc<[Arc<str>]>]>),
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: Arc<str>,
    /// Its value as written.
    pub text: Arc<str>,
    /// Its value; `None` where there is none.
    pub value: Option<Number>,
}

/// Why no chart comes of an item's words and its data file.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ChartFault {
    /// A column that the file has not.
    #[error("{file} has no column \"{name}\"{}", .nearest.as_ref().map_or_else(String::new, |name| format!("; did you mean \"{name}\"?")))]
    NoColumn {
        /// The data file.
        file: Arc<str>,
        /// The column as written.
        name: Arc<str>,
        /// The nearest that it has.
        nearest: Option<Arc<str>>,
    },
    /// Nothing that a bar could stand for.
    #[error("{file} has no column of numbers to draw bars of")]
    NoNumbers {
        /// The data file.
        file: Arc<str>,
    },
    /// A column of words.
    #[error("the column \"{name}\" of {file} holds words, of which no bars can be drawn")]
    Words {
        /// The data file.
        file: Arc<str>,
        /// The column.
        name: Arc<str>,
    },
}

/// What sums others up: beside them its bar would make theirs small.
const SUMS: [&str; 7] = ["合计", "总计", "总数", "小计", "共计", "合　计", "total"];

/// What stands where there is no value.
const NOTHING: &str = "—";

impl ChartSpec {
    /// What is to be drawn of `figures`.
    pub fn draw(&self, figures: &Figures) -> Result<Chart, ChartFault> {
        let body = match self.kind {
            ChartKind::Bars => ChartBody::Bars(bars(figures.label(), self.column_of_bars(figures)?)),
            ChartKind::Table => ChartBody::Table(table(&self.columns_of_table(figures)?)),
        };
        Ok(Chart {
            unit: self.unit.clone(),
            source: self.source.clone(),
            body,
        })
    }

    /// The first column of numbers among those that are wanted.
    fn column_of_bars<'f>(&self, figures: &'f Figures) -> Result<&'f Column, ChartFault> {
        let file = || Arc::clone(&figures.file);
        let label = figures.label();
        let mut last = None;
        for name in self.columns.iter() {
            let column = named(figures, name)?;
            if column.numbers.is_some() {
                return Ok(column);
            }
            last = Some(&column.name).filter(|name| **name != label.name);
        }
        if let Some(name) = last {
            let (file, name) = (file(), Arc::clone(name));
            return Err(ChartFault::Words { file, name });
        }
        let mut columns = figures.columns.iter();
        columns
            .find(|column| column.numbers.is_some())
            .ok_or_else(|| ChartFault::NoNumbers { file: file() })
    }

    /// The columns that are wanted, that of the labels first.
    fn columns_of_table<'f>(&self, figures: &'f Figures) -> Result<Vec<&'f Column>, ChartFault> {
        if self.columns.is_empty() {
            return Ok(figures.columns.iter().filter(|column| !column.is_ordinal()).collect());
        }
        let label = figures.label();
        let mut columns = vec![label];
        for name in self.columns.iter() {
            let column = named(figures, name)?;
            if !std::ptr::eq(column, label) {
                columns.push(column);
            }
        }
        Ok(columns)
    }
}

fn named<'f>(figures: &'f Figures, name: &Arc<str>) -> Result<&'f Column, ChartFault> {
    let found = figures.columns.iter().find(|column| column.name == *name);
    found.ok_or_else(|| ChartFault::NoColumn {
        file: Arc::clone(&figures.file),
        name: Arc::clone(name),
        nearest: nearest(name, figures.columns.iter().map(|column| &*column.name)).map(Into::into),
    })
}

fn bars(label: &Column, values: &Column) -> Arc<[Bar]> {
    let numbers = values.numbers.as_deref().unwrap_or_default();
    let rows = label.cells.iter().zip(&values.cells).zip(numbers);
    let is_sum = |label: &str| SUMS.iter().any(|sum| label.eq_ignore_ascii_case(sum));
    rows.filter(|((label, _), _)| !is_sum(label))
        .map(|((label, text), value)| Bar {
            label: Arc::clone(label),
            text: shown(text),
            value: *value,
        })
        .collect()
}

fn table(columns: &[&Column]) -> Arc<[Arc<[Arc<str>]>]> {
    let head = columns.iter().map(|column| Arc::clone(&column.name)).collect();
    let count = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    let row = |at: usize| columns.iter().map(|column| shown(&column.cells[at])).collect();
    std::iter::once(head).chain((0..count).map(row)).collect()
}

fn shown(cell: &Arc<str>) -> Arc<str> {
    if cell.is_empty() {
        NOTHING.into()
    } else {
        Arc::clone(cell)
    }
}

impl Explain for ChartFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoColumn { file, name, nearest } => {
                let hint = nearest
                    .as_ref()
                    .map_or_else(String::new, |name| format!("，是否应为“{name}”？"));
                format!("{file} 中没有“{name}”这一列{hint}")
            }
            Self::NoNumbers { file } => format!("{file} 中没有一列数字，画不成柱状图"),
            Self::Words { file, name } => format!("{file} 的“{name}”一列不是数字，画不成柱状图"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoColumn { .. } => Bilingual::new(
                "请改为数据文件第一行中的列名",
                "name a column as the first row of the data file does",
            ),
            Self::NoNumbers { .. } | Self::Words { .. } => Bilingual::new(
                "请在“列”中写明用哪一列数字，或改为 图表：表格",
                "say in \"columns\" which column of numbers is meant, or make the chart a table",
            ),
        }
    }
}
