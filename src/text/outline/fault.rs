//! What is wrong with a font of outlines.

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

/// Why no strike can be made of a font of outlines.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum OutlineFault {
    /// The file is not what it begins like, in the words of the library that reads it.
    #[error("the font cannot be read: {reason}")]
    Unreadable {
        /// The library's words.
        reason: &'static str,
    },
    /// A collection without the font that was asked for.
    #[error("there is no font {index} in the file; it has {fonts}, counted from 0")]
    NoFont {
        /// The one that was asked for.
        index: u32,
        /// How many there are.
        fonts: u32,
    },
    /// A size that no strike has.
    #[error("type of {dots} dots cannot be made; 8 to 64 can")]
    Size {
        /// The size in dots.
        dots: u8,
    },
    /// A font for other scripts.
    #[error("the font has none of the characters that are wanted")]
    Nothing,
    /// More dots than a strike holds.
    #[error("the glyphs of {dots} dots take more than 16 MiB")]
    TooMuch {
        /// The size in dots.
        dots: u8,
    },
}

impl Explain for OutlineFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unreadable { reason } => format!("字体无法读取：{reason}"),
            Self::NoFont { index, fonts } => format!("文件中没有第{index}号字体；共{fonts}个，从0数起"),
            Self::Size { dots } => format!("不能制作 {dots} 点的字；可用8至64点"),
            Self::Nothing => "字体中没有任何所需的字".into(),
            Self::TooMuch { dots } => format!("{dots} 点字形数据超过 16 MiB"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unreadable { .. } => Bilingual::new(
                "请重新复制文件，或换用另一来源的 TTF、OTF、TTC",
                "copy the file again, or take the TTF, OTF or TTC from another place",
            ),
            Self::NoFont { .. } => Bilingual::new(
                "请用 --index 另选一个，或不写 --index",
                "choose another one with --index, or leave it out",
            ),
            Self::Size { .. } => Bilingual::new("请用16、24、32或48点", "use 16, 24, 32 or 48 dots"),
            Self::Nothing => Bilingual::new("请换用含汉字的字体", "use a font that has hanzi"),
            Self::TooMuch { .. } => Bilingual::new("请减少字数或字号", "take fewer characters, or a smaller size"),
        }
    }
}
