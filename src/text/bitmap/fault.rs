//! What is wrong with a bitmap font, whatever its form.

use std::sync::Arc;

use thiserror::Error;

use super::{DOTS_LEAST, DOTS_LIMIT, bdf::BdfFault, pcf::PcfFault};
use crate::diagnostic::{Bilingual, Diagnostic, Explain};

/// Why a bitmap font is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BitmapFault {
    /// Of a BDF file.
    #[error(transparent)]
    Bdf(BdfFault),
    /// Of a PCF file.
    #[error(transparent)]
    Pcf(PcfFault),
}

/// What no strike can be made of.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Unfit {
    /// A file that is too large to be a font for a wall.
    #[error("the file has {size} bytes, of at most {limit}")]
    File {
        /// Its size in bytes.
        size: usize,
        /// The most, in bytes.
        limit: usize,
    },
    /// Codes that we cannot turn into characters.
    #[error("its glyphs are numbered by {name}, which cannot be read")]
    Charset {
        /// The name as the file gives it.
        name: String,
    },
    /// A cell of no use.
    #[error("its lines are {height} dots high; {DOTS_LEAST} to {DOTS_LIMIT} can be used")]
    Height {
        /// The height in dots.
        height: i64,
    },
    /// A glyph larger than any cell.
    #[error("glyph {name} is {width} by {height} dots; {DOTS_LIMIT} by {DOTS_LIMIT} is the most")]
    Glyph {
        /// Its name as the file gives it, or its code.
        name: String,
        /// Its width in dots.
        width: i64,
        /// Its height in dots.
        height: i64,
    },
    /// More glyphs than there are characters.
    #[error("it has more than {limit} glyphs")]
    TooMany {
        /// The most.
        limit: usize,
    },
    /// More dots than a strike holds.
    #[error("its glyphs take more than {} MiB", limit >> 20)]
    TooMuch {
        /// The most, in bytes.
        limit: usize,
    },
    /// No glyph that stands for a character.
    #[error("no glyph of it stands for a character")]
    Empty,
}

impl BitmapFault {
    /// The fault as a diagnostic of `file`, with its place where the file is text.
    pub fn diagnostic(&self, file: Arc<str>) -> Diagnostic {
        match self {
            Self::Bdf(fault) => fault.diagnostic(file),
            Self::Pcf(fault) => Diagnostic::of_file(file, fault),
        }
    }
}

impl Explain for BitmapFault {
    fn chinese(&self) -> String {
        match self {
            Self::Bdf(fault) => fault.chinese(),
            Self::Pcf(fault) => fault.chinese(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Bdf(fault) => fault.help(),
            Self::Pcf(fault) => fault.help(),
        }
    }
}

impl Explain for Unfit {
    fn chinese(&self) -> String {
        match self {
            Self::File { size, limit } => format!("文件有 {size} 字节，最多 {limit} 字节"),
            Self::Charset { name } => format!("字形按 {name} 编号，无法识别"),
            Self::Height { height } => format!("行高 {height} 点；可用 {DOTS_LEAST} 至 {DOTS_LIMIT} 点"),
            Self::Glyph { name, width, height } => {
                format!("字形 {name} 为 {width}×{height} 点，最大 {DOTS_LIMIT}×{DOTS_LIMIT} 点")
            }
            Self::TooMany { limit } => format!("字形超过 {limit} 个"),
            Self::TooMuch { limit } => format!("字形数据超过 {} MiB", limit >> 20),
            Self::Empty => "没有一个字形对应字符".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::File { .. } | Self::TooMany { .. } | Self::TooMuch { .. } => Bilingual::new(
                "请用字体工具删去不用的字形",
                "take the glyphs that are not needed out with a font editor",
            ),
            Self::Charset { .. } => Bilingual::new(
                "请转换为 ISO10646-1（Unicode）编号；也可用 GB2312.1980-0、GBK-0、BIG5-0、ISO8859-1",
                "convert it to ISO10646-1 (Unicode); GB2312.1980-0, GBK-0, BIG5-0 and ISO8859-1 are read too",
            ),
            Self::Height { .. } => Bilingual::new(
                "请换用 16、24、32 或 48 点的字体；更大的字由程序放大",
                "use a font of 16, 24, 32 or 48 dots; larger type is made from these",
            ),
            Self::Glyph { .. } => Bilingual::new(
                "请在字体中删去或改小这个字形",
                "take that glyph out of the font, or draw it smaller",
            ),
            Self::Empty => Bilingual::new(
                "请核对每个字形的编码（ENCODING）",
                "see whether the glyphs have codes (ENCODING)",
            ),
        }
    }
}
