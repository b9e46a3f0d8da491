//! What is wrong with a BDF file.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain, Place},
    text::bitmap::Unfit,
};

/// Why a BDF file is refused, and where in it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("line {}, column {}: {problem}", place.line, place.column)]
pub struct BdfFault {
    /// Where.
    pub place: Place,
    /// Why.
    pub problem: BdfProblem,
}

/// Why a BDF file is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BdfProblem {
    /// It is something else.
    #[error("not a BDF font: its first line does not begin with STARTFONT")]
    NotBdf,
    /// It ends too soon.
    #[error("the file ends here, before ENDFONT")]
    Cut,
    /// A line that may not stand where it does.
    #[error("this line may not stand here")]
    Misplaced,
    /// A line with fewer numbers than its keyword has.
    #[error("{wanted} whole number(s) belong on this line")]
    TooFewNumbers {
        /// How many.
        wanted: usize,
    },
    /// A word in the place of a number.
    #[error("not a whole number")]
    NotANumber,
    /// A glyph's rows before its box.
    #[error("BITMAP before BBX")]
    NoBox,
    /// A digit that is none.
    #[error("not a hexadecimal digit")]
    NotHex,
    /// A row with too few digits.
    #[error("a row of this glyph has {digits} hexadecimal digits")]
    ShortRow {
        /// How many it should have.
        digits: usize,
    },
    /// A glyph with more rows than its box.
    #[error("ENDCHAR belongs here: by its BBX the glyph has {rows} rows")]
    TooManyRows {
        /// How many it should have.
        rows: u8,
    },
    /// A second glyph where there should be one.
    #[error("a second glyph")]
    Second,
    /// What no strike can be made of.
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

impl BdfFault {
    /// The fault as a diagnostic of `file`.
    pub fn diagnostic(&self, file: Arc<str>) -> Diagnostic {
        Diagnostic {
            place: Some(self.place.clone()),
            ..Diagnostic::of_file(file, &self.problem)
        }
    }
}

impl Explain for BdfFault {
    fn chinese(&self) -> String {
        let Place { line, column, .. } = &self.place;
        format!("第{line}行第{column}列：{}", self.problem.chinese())
    }

    fn help(&self) -> Bilingual {
        self.problem.help()
    }
}

impl Explain for BdfProblem {
    fn chinese(&self) -> String {
        match self {
            Self::NotBdf => "不是 BDF 字体：首行不是 STARTFONT".into(),
            Self::Cut => "文件到此为止，缺少 ENDFONT".into(),
            Self::Misplaced => "此行不应出现在这里".into(),
            Self::TooFewNumbers { wanted } => format!("此行应有{wanted}个整数"),
            Self::NotANumber => "不是整数".into(),
            Self::NoBox => "BITMAP 之前缺少 BBX".into(),
            Self::NotHex => "不是十六进制数字".into(),
            Self::ShortRow { digits } => format!("此字形每行应有{digits}个十六进制数字"),
            Self::TooManyRows { rows } => format!("此处应为 ENDCHAR：按 BBX，此字形共{rows}行"),
            Self::Second => "出现第二个字形".into(),
            Self::Unfit(unfit) => unfit.chinese(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NotBdf => Bilingual::new(
                "请给出 BDF、PCF、TTF、OTF 或 TTC 字体文件",
                "give a font in BDF, PCF, TTF, OTF or TTC",
            ),
            Self::Cut => Bilingual::new("请重新复制整个文件", "copy the whole file again"),
            Self::Second => Bilingual::new(
                "造字文件每个只含一个字形，请分成多个文件",
                "a glyph of the site's own has a file to itself: divide this one",
            ),
            Self::Unfit(unfit) => unfit.help(),
            _ => Bilingual::new(
                "请用字体工具重新导出为 BDF，或改正此行",
                "export it again as BDF, or put this line right",
            ),
        }
    }
}
