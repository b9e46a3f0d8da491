//! Why the data of a packet are no message.

use crate::diagnostic::{Bilingual, Explain};

/// The name of a field, in Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Field {
    /// A field of these names.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.en)
    }
}

/// Why the data of a packet are no message. Places are counted from the first byte of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// They end within a field.
    #[error("the data end after {found} bytes, within the {field}")]
    Short {
        /// The bytes there are.
        found: usize,
        /// The field.
        field: Field,
    },
    /// Bytes are left behind the last field.
    #[error("byte {at}: {extra} bytes more than the command has")]
    Trailing {
        /// The first of them.
        at: usize,
        /// How many.
        extra: usize,
    },
    /// The length is not that of what follows.
    #[error("byte {at}: the length is {promised}, but {found} bytes follow")]
    Length {
        /// Where it stands.
        at: usize,
        /// What it says.
        promised: usize,
        /// The bytes there are.
        found: usize,
    },
    /// A value that the field does not have.
    #[error("byte {at}: {found:#04x} is no {field}")]
    Value {
        /// Its place.
        at: usize,
        /// The field.
        field: Field,
        /// The value.
        found: u32,
    },
}

impl MessageError {
    /// The place of the byte at fault; for bytes that are missing, where they should have gone on.
    pub const fn at(&self) -> usize {
        match *self {
            Self::Short { found, .. } => found,
            Self::Trailing { at, .. } | Self::Length { at, .. } | Self::Value { at, .. } => at,
        }
    }
}

impl Explain for MessageError {
    fn chinese(&self) -> String {
        match self {
            Self::Short { found, field } => format!("数据只有 {found} 个字节，{}不完整", field.zh),
            Self::Trailing { at, extra } => format!("第 {at} 字节：比该命令多出 {extra} 个字节"),
            Self::Length { at, promised, found } => {
                format!("第 {at} 字节：长度是 {promised}，其后实际有 {found} 个字节")
            }
            Self::Value { at, field, found } => format!("第 {at} 字节：{}不能是 {found:#04x}", field.zh),
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            format!("请检查发送方数据的第 {} 字节", self.at()),
            format!("look at byte {} of the sender's data", self.at()),
        )
    }
}
