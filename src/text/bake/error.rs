//! What is wrong with the sources of a strike.

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

/// What is wrong with the sources of a strike. Lines count from 1.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BakeError {
    /// A line of the glyph source.
    #[error("line {line} of the glyph source is not `CODE:ROWS` in hex, 16 rows of 8 or 16 dots")]
    Hex {
        /// Where.
        line: usize,
    },
    /// A line of the blocks.
    #[error("line {line} of the blocks does not begin with `FIRST..LAST` in hex")]
    Block {
        /// Where.
        line: usize,
    },
    /// A line that should begin an override.
    #[error("line {line} of the overrides is not `U+XXXX c HOW`")]
    Override {
        /// Where.
        line: usize,
    },
    /// A drawn glyph that is not sixteen by sixteen.
    #[error("the glyph drawn at line {line} of the overrides is not 16 rows of 16 dots, each `.` or `#`")]
    Drawing {
        /// Where the glyph begins.
        line: usize,
    },
    /// A character with two overrides.
    #[error("line {line} of the overrides draws U+{:04X} {character} a second time", u32::from(*.character))]
    Twice {
        /// Where the second one is.
        line: usize,
        /// Which.
        character: char,
    },
    /// An override that works on the source's glyph of half a cell, where there is none.
    #[error("the glyph source has no glyph 8 dots wide for U+{:04X} {character}, which the overrides would widen", u32::from(*.character))]
    NothingToWiden {
        /// Which.
        character: char,
    },
    /// A file of outlines that cannot be read, or a collection without the font that was asked for.
    #[error("font {index} of the outlines cannot be read")]
    Outlines {
        /// Which font of a collection, from 0.
        index: u32,
    },
    /// A file of bitmaps that cannot be read.
    #[error("the bitmaps are not of the compiled form of X")]
    Bitmaps,
    /// A glyph that is no glyph of the strike's height.
    #[error("the glyph for U+{:04X} {character} is not as high as the strike, or has no width, or dots beyond it", u32::from(*.character))]
    Glyph {
        /// Which.
        character: char,
    },
    /// More rows than one strike can hold.
    #[error("{glyphs} glyphs of this size are more than the 16 MiB of rows that a strike holds")]
    TooMany {
        /// How many were to go in.
        glyphs: usize,
    },
}

impl Explain for BakeError {
    fn chinese(&self) -> String {
        match self {
            Self::Hex { line } => format!("字形源第{line}行不是“码位:行”的十六进制形式（16行，每行8点或16点）"),
            Self::Block { line } => format!("区段表第{line}行的开头不是十六进制的“起..止”"),
            Self::Override { line } => format!("替换字形第{line}行不是“U+XXXX 字 方式”"),
            Self::Drawing { line } => format!("替换字形第{line}行所画的字不是16行、每行16点（“.”或“#”）"),
            Self::Twice { line, character } => {
                format!("替换字形第{line}行重复给出 U+{:04X} {character}", u32::from(*character))
            }
            Self::NothingToWiden { character } => {
                format!(
                    "替换字形要加宽 U+{:04X} {character}，但字形源没有它的8点宽字形",
                    u32::from(*character)
                )
            }
            Self::Outlines { index } => format!("轮廓字库中第{index}号字体无法读取"),
            Self::Bitmaps => "点阵来源不是 X 的 PCF 格式".to_owned(),
            Self::Glyph { character } => {
                format!(
                    "U+{:04X} {character} 的字形与字模高度不符，或没有宽度，或有点在宽度之外",
                    u32::from(*character)
                )
            }
            Self::TooMany { glyphs } => format!("此字号的{glyphs}个字形超过一个字模所能容纳的16MiB"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Hex { .. } => Bilingual::new(
                "请换用未经改动的 GNU Unifont 全字面 .hex 文件",
                "use an unchanged .hex file of GNU Unifont with all planes",
            ),
            Self::Block { .. } => Bilingual::new("写法如 3000..303F", "write it like 3000..303F"),
            Self::Override { .. } => Bilingual::new(
                "方式是 draw、centre、left、stretch、repeat、double 之一",
                "HOW is one of draw, centre, left, stretch, repeat, double",
            ),
            Self::Drawing { .. } => Bilingual::new(
                "请补齐或删去多余的点",
                "add the dots that are missing, or take off those too many",
            ),
            Self::Twice { .. } => Bilingual::new("请删去其中一个", "take one of the two out"),
            Self::NothingToWiden { .. } => Bilingual::new("请改用 draw 画出整个字形", "draw the whole glyph with draw"),
            Self::Outlines { .. } => Bilingual::new(
                "请换用未损坏的 TTF、OTF 或 TTC 文件",
                "use a TTF, OTF or TTC file that is whole",
            ),
            Self::Bitmaps => Bilingual::new("请换用未经改动的 PCF 文件", "use an unchanged PCF file"),
            Self::Glyph { .. } => Bilingual::new("请改正此字形", "mend this glyph"),
            Self::TooMany { .. } => Bilingual::new("请减少字数或字号", "take fewer characters, or a smaller size"),
        }
    }
}
