//! What is wrong with a PCF file.

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain},
    text::bitmap::Unfit,
};

/// Why a PCF file is refused, and at which of its bytes.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("byte {at}: {problem}")]
pub struct PcfFault {
    /// Where, from 0.
    pub at: usize,
    /// Why.
    pub problem: PcfProblem,
}

/// Why a PCF file is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PcfProblem {
    /// It is something else.
    #[error("not a PCF font")]
    NotPcf,
    /// A table, or the list of tables, ends too soon.
    #[error("the file or a table of it is cut off here")]
    Cut,
    /// A list that cannot be one.
    #[error("a list of {count} tables")]
    Tables {
        /// How many it claims.
        count: usize,
    },
    /// A table that is not there.
    #[error("the table of {table} is missing")]
    NoTable {
        /// Which.
        table: &'static str,
    },
    /// A table that lies outside the file.
    #[error("the table of {table} lies beyond the file's end")]
    Outside {
        /// Which.
        table: &'static str,
    },
    /// Two tables that do not belong together.
    #[error("{bitmaps} bitmaps, but {metrics} metrics")]
    Counts {
        /// Glyphs with rows.
        bitmaps: usize,
        /// Glyphs with a box.
        metrics: usize,
    },
    /// A range of codes that is none.
    #[error("codes of more than two bytes")]
    Codes,
    /// A code whose glyph is not there.
    #[error("glyph {index} is missing")]
    NoGlyph {
        /// Its number.
        index: usize,
    },
    /// Rows that lie outside their table.
    #[error("the rows of this glyph lie beyond the bitmaps")]
    Beyond,
    /// What no strike can be made of.
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

impl PcfFault {
    pub(super) fn new(at: usize, problem: impl Into<PcfProblem>) -> Self {
        Self {
            at,
            problem: problem.into(),
        }
    }
}

impl Explain for PcfFault {
    fn chinese(&self) -> String {
        let problem = match &self.problem {
            PcfProblem::NotPcf => "不是 PCF 字体".into(),
            PcfProblem::Cut => "文件或其中的表在此处被截断".into(),
            PcfProblem::Tables { count } => format!("表的数目为{count}，不可能"),
            PcfProblem::NoTable { table } => format!("缺少 {table} 表"),
            PcfProblem::Outside { table } => format!("{table} 表超出文件末尾"),
            PcfProblem::Counts { bitmaps, metrics } => format!("点阵{bitmaps}个，度量却有{metrics}个"),
            PcfProblem::Codes => "编码超过两个字节".into(),
            PcfProblem::NoGlyph { index } => format!("缺少第{index}号字形"),
            PcfProblem::Beyond => "此字形的点阵超出点阵表".into(),
            PcfProblem::Unfit(unfit) => unfit.chinese(),
        };
        format!("第{}字节：{problem}", self.at)
    }

    fn help(&self) -> Bilingual {
        match &self.problem {
            PcfProblem::NotPcf => Bilingual::new(
                "请给出 BDF、PCF、TTF、OTF 或 TTC 字体文件；.gz 请先解压",
                "give a font in BDF, PCF, TTF, OTF or TTC; unpack a .gz first",
            ),
            PcfProblem::Unfit(unfit) => unfit.help(),
            _ => Bilingual::new(
                "请重新复制文件，或用 bdftopcf 重新生成",
                "copy the file again, or make it anew with bdftopcf",
            ),
        }
    }
}
