//! What is wrong with a glyph of a site's own.

use std::sync::Arc;

use thiserror::Error;

use super::{GLYPH_FILE_LIMIT, bdf::BdfFault};
use crate::diagnostic::{Bilingual, Diagnostic, Explain};

/// Why a glyph of a site's own is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum OwnFault {
    /// A name that does not say which character.
    #[error("the name {name} does not say which character it is of")]
    Name {
        /// The file's name.
        name: String,
    },
    /// A character that is never drawn.
    #[error("U+{:04X} is never drawn, whatever glyph it has", u32::from(*.character))]
    Invisible {
        /// Which.
        character: char,
    },
    /// A file too large to be one glyph.
    #[error("the file has {size} bytes; one glyph takes {GLYPH_FILE_LIMIT} at most")]
    File {
        /// Its size in bytes.
        size: usize,
    },
    /// A size in which nothing is set.
    #[error("the glyph is {width} by {height} dots; it can be 16 by 16, 24 by 24, 32 by 32 or 48 by 48")]
    Size {
        /// Its width in dots.
        width: u32,
        /// Its height in dots.
        height: u32,
    },
    /// Another size than the one in the file's name.
    #[error("the glyph has {dots} dots, but its name says {said}")]
    OtherSize {
        /// What it has.
        dots: u8,
        /// What its name says.
        said: u8,
    },
    /// A PNG that cannot be read, in the decoder's words.
    #[error("the picture cannot be read as PNG: {reason}")]
    Png {
        /// The decoder's words.
        reason: String,
    },
    /// A dot that is neither black, white nor grey.
    #[error("the dot in row {row}, column {column} is coloured; a glyph is drawn in black on white")]
    Coloured {
        /// From 1, from the top.
        row: u32,
        /// From 1, from the left.
        column: u32,
    },
    /// Nothing is drawn.
    #[error("the glyph is blank: no dot of it is dark")]
    Blank,
    /// A BDF file that is refused.
    #[error(transparent)]
    Bdf(BdfFault),
    /// A second glyph for the same character and size.
    #[error("U+{:04X} {character} in {dots} dots is drawn in {first} already", u32::from(*.character))]
    Twice {
        /// Which character.
        character: char,
        /// Which size, in dots.
        dots: u8,
        /// The file that has it.
        first: Arc<str>,
    },
}

impl OwnFault {
    /// The fault as a diagnostic of `file`.
    pub fn diagnostic(&self, file: Arc<str>) -> Diagnostic {
        match self {
            Self::Bdf(fault) => fault.diagnostic(file),
            _ => Diagnostic::of_file(file, self),
        }
    }
}

impl Explain for OwnFault {
    fn chinese(&self) -> String {
        match self {
            Self::Name { name } => format!("文件名 {name} 没有指明是哪个字"),
            Self::Invisible { character } => format!("U+{:04X} 是不显示的字符，不能造字", u32::from(*character)),
            Self::File { size } => format!("文件有 {size} 字节；单个字形最多 {GLYPH_FILE_LIMIT} 字节"),
            Self::Size { width, height } => {
                format!("字形为 {width}×{height} 点；可用 16×16、24×24、32×32、48×48 点")
            }
            Self::OtherSize { dots, said } => format!("字形为 {dots} 点，文件名却写 {said} 点"),
            Self::Png { reason } => format!("图片无法按 PNG 读取：{reason}"),
            Self::Coloured { row, column } => format!("第{row}行第{column}列的点带颜色；造字应为白底黑字"),
            Self::Blank => "字形空白，没有一个深色点".into(),
            Self::Bdf(fault) => fault.chinese(),
            Self::Twice { character, dots, first } => {
                format!(
                    "U+{:04X} {character} 的 {dots} 点字形已由 {first} 给出",
                    u32::from(*character)
                )
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Name { .. } => Bilingual::new(
                "请以该字或其码位命名，如 㛃.png、U+E001.png、U+E001-24.png、㛃.bdf",
                "name it by the character or its code point: 㛃.png, U+E001.png, U+E001-24.png, 㛃.bdf",
            ),
            Self::Invisible { .. } => Bilingual::new(
                "请改用私用区码位，如 U+E001",
                "take a code point of private use, such as U+E001",
            ),
            Self::File { .. } => Bilingual::new("请重新导出这一个字形", "export that glyph alone"),
            Self::Size { .. } => Bilingual::new(
                "请按所需字号的点数重画，每个字号一个文件",
                "draw it dot by dot in the size that is wanted, one file a size",
            ),
            Self::OtherSize { .. } => Bilingual::new(
                "请改文件名，或按文件名所写的点数重画",
                "give it another name, or draw it in the size that its name says",
            ),
            Self::Png { .. } => Bilingual::new("请用画图软件另存为 PNG", "save it as PNG again with a drawing program"),
            Self::Coloured { .. } => Bilingual::new(
                "请改为黑白或灰度图片；颜色由模板决定",
                "make it black and white, or grey; the template decides on the colour",
            ),
            Self::Blank => Bilingual::new(
                "请以黑色画在白底上；透明处视为白",
                "draw in black on white; what is transparent counts as white",
            ),
            Self::Bdf(fault) => fault.help(),
            Self::Twice { .. } => Bilingual::new("请删去其中一个文件", "take one of the two files away"),
        }
    }
}
