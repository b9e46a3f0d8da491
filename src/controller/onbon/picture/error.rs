//! Why bytes are not an area, a file or a bitmap.

use super::super::message::Field;
use crate::diagnostic::{Bilingual, Explain};

/// Why bytes are not an area, a file or a bitmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The bytes end within a field.
    #[error("the bytes end at {found}, within {field}, which goes on to byte {needed}")]
    TooShort {
        /// What is cut off.
        field: Field,
        /// The bytes there are.
        found: usize,
        /// The bytes that the field needs.
        needed: usize,
    },
    /// There are bytes after the last field.
    #[error("the last field ends at byte {end}, and there are {found} bytes: the rest belongs to nothing")]
    Trailing {
        /// The first byte that belongs to nothing.
        end: usize,
        /// The bytes there are.
        found: usize,
    },
    /// A field has a value that it cannot have.
    #[error("{field} at byte {at} is {found}, where {wanted} is wanted")]
    Value {
        /// The field.
        field: Field,
        /// Its place.
        at: usize,
        /// Its value.
        found: u32,
        /// What it may be.
        wanted: u32,
    },
    /// A bitmap has another length than its size takes.
    #[error("a bitmap has {found} bytes, where its size takes {needed}")]
    Bitmap {
        /// The bytes there are.
        found: usize,
        /// The bytes that it needs.
        needed: usize,
    },
}

impl PictureError {
    /// The place of the byte at fault.
    pub const fn at(&self) -> usize {
        match *self {
            Self::TooShort { found, .. } => found,
            Self::Trailing { end, .. } => end,
            Self::Value { at, .. } => at,
            Self::Bitmap { found, needed } => {
                if found < needed {
                    found
                } else {
                    needed
                }
            }
        }
    }
}

impl Explain for PictureError {
    fn chinese(&self) -> String {
        match self {
            Self::TooShort { field, found, needed } => {
                format!("数据在第 {found} 字节结束，“{}”需要到第 {needed} 字节", field.zh)
            }
            Self::Trailing { end, found } => {
                format!("按字段应在第 {end} 字节结束，实际有 {found} 个字节，多出的字节无所归属")
            }
            Self::Value {
                field,
                at,
                found,
                wanted,
            } => format!("第 {at} 字节的“{}”是 {found}，应为 {wanted}", field.zh),
            Self::Bitmap { found, needed } => format!("点阵有 {found} 个字节，按其大小应为 {needed} 个"),
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            format!("请检查发送方第 {} 字节起的内容", self.at()),
            format!("look at the sender's bytes from offset {} on", self.at()),
        )
    }
}
