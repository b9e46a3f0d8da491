//! What is wrong with a strike from elsewhere.

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain};

/// What is wrong with a strike from elsewhere, and the byte of it where that is, counted from 0.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum StrikeFault {
    /// It does not begin as strikes do.
    #[error("byte 0: this is no strike")]
    Magic,
    /// Another version of the form.
    #[error("byte 8: a strike of version {found}; this programme reads version 1")]
    Version {
        /// Which.
        found: u8,
    },
    /// It ends before its index does.
    #[error("byte {at}: the strike ends before its index does")]
    Short {
        /// Its end.
        at: usize,
    },
    /// A height of nothing, or a count that cannot be.
    #[error("byte {at}: the strike's header holds a number that cannot be")]
    Header {
        /// Where.
        at: usize,
    },
    /// The first level names a block that the second does not have.
    #[error("byte {at}: the strike's index names a block that is not there")]
    Block {
        /// Where.
        at: usize,
    },
    /// The second level names rows beyond the end, or rows with dots beyond their width, or a glyph in the empty block.
    #[error("byte {at}: the strike's index names a glyph that is not whole")]
    Glyph {
        /// Where.
        at: usize,
    },
}

impl Explain for StrikeFault {
    fn chinese(&self) -> String {
        match self {
            Self::Magic => "第0字节：不是字模文件".to_owned(),
            Self::Version { found } => format!("第8字节：字模文件的版本是{found}，本程序只读版本1"),
            Self::Short { at } => format!("第{at}字节：字模文件不完整，索引未完即止"),
            Self::Header { at } => format!("第{at}字节：字模文件头中的数不成立"),
            Self::Block { at } => format!("第{at}字节：字模索引指向不存在的区段"),
            Self::Glyph { at } => format!("第{at}字节：字模索引指向不完整的字形"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Version { .. } => Bilingual::new(
                "请用本版本程序重新导入原字库",
                "import the original font again with this version of the programme",
            ),
            _ => Bilingual::new(
                "文件已损坏，请删去并重新导入原字库",
                "the file is damaged; delete it and import the original font again",
            ),
        }
    }
}
