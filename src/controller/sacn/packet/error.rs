//! Why bytes are not an sACN datagram.

use std::fmt;

use super::{HIGHEST_PRIORITY, LAST_UNIVERSE};
use crate::diagnostic::{Bilingual, Explain};

/// Why bytes are not an sACN datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// The datagram ends within a field.
    #[error("the datagram ends after {found} bytes, within the {field}")]
    Short {
        /// The bytes there are.
        found: usize,
        /// The field.
        field: Field,
    },
    /// A byte that is always the same is not.
    #[error("byte {at} is {found:#04x}, but the {field} has {expected:#04x} there")]
    Constant {
        /// The byte's place.
        at: usize,
        /// What it belongs to.
        field: Field,
        /// The byte.
        found: u8,
        /// What it must be.
        expected: u8,
    },
    /// The flags beside a length are not 7.
    #[error("byte {at}: the flags of the {field} are {found:#x}, not 0x7")]
    Flags {
        /// The byte's place.
        at: usize,
        /// The length.
        field: Field,
        /// The flags.
        found: u8,
    },
    /// A layer is longer or shorter than it says.
    #[error("byte {at}: the {field} is {promised}, but {found} bytes are there")]
    Length {
        /// The length's place.
        at: usize,
        /// The length.
        field: Field,
        /// What it says.
        promised: usize,
        /// The bytes there are.
        found: usize,
    },
    /// A vector that is not known there.
    #[error("byte {at}: {found:#010x} is no known {field}")]
    Vector {
        /// The vector's place.
        at: usize,
        /// The vector.
        field: Field,
        /// What it is.
        found: u32,
    },
    /// The name is not UTF-8.
    #[error("byte {at}: the source's name is not UTF-8")]
    NotUtf8 {
        /// The first byte that is not.
        at: usize,
    },
    /// No zero ends the name.
    #[error("byte 107: no zero ends the source's name")]
    Unterminated,
    /// A priority above 200.
    #[error("byte 108: priority {found} is above {HIGHEST_PRIORITY}")]
    Priority {
        /// The priority.
        found: u8,
    },
    /// A universe that there is not.
    #[error("byte {at}: the {field} {found} is not within 1 to {LAST_UNIVERSE}")]
    Universe {
        /// Its place.
        at: usize,
        /// What it is.
        field: Field,
        /// Its number.
        found: u16,
    },
    /// The count is not that of the start code and slots that are there, or there are more than 512 slots.
    #[error("byte {at}: the count is {promised}, but {found} values are there, of at most 513")]
    Count {
        /// Its place.
        at: usize,
        /// What it says.
        promised: usize,
        /// The values there are.
        found: usize,
    },
    /// A page after the last.
    #[error("byte 118: page {page} is after the last page, {last}")]
    Page {
        /// The page.
        page: u8,
        /// The last page.
        last: u8,
    },
    /// A list that does not ascend, or goes on after 512 universes.
    #[error("byte {at}: universe {found} stands after {before}; a list ascends, and has at most 512")]
    List {
        /// Its place.
        at: usize,
        /// The universe before.
        before: u16,
        /// The universe.
        found: u16,
    },
}

/// A field of a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are named below, in two languages")]
pub enum Field {
    Preamble,
    Postamble,
    Identifier,
    RootLength,
    RootVector,
    Cid,
    FramingLength,
    FramingVector,
    Name,
    Priority,
    SyncAddress,
    Sequence,
    Options,
    Universe,
    DmpLength,
    DmpVector,
    AddressType,
    FirstAddress,
    Increment,
    Count,
    StartCode,
    Reserved,
    ListLength,
    ListVector,
    Page,
    List,
}

impl Field {
    /// Its name, in Chinese and English.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Preamble => ("前导长度", "size of the preamble"),
            Self::Postamble => ("后导长度", "size of the postamble"),
            Self::Identifier => ("ACN 标识", "ACN identifier"),
            Self::RootLength => ("根层长度", "root layer's length"),
            Self::RootVector => ("根层向量", "root vector"),
            Self::Cid => ("组件标识 CID", "component identifier"),
            Self::FramingLength => ("帧层长度", "framing layer's length"),
            Self::FramingVector => ("帧层向量", "framing vector"),
            Self::Name => ("信号源名称", "source's name"),
            Self::Priority => ("优先级", "priority"),
            Self::SyncAddress => ("同步地址", "synchronisation address"),
            Self::Sequence => ("序号", "sequence number"),
            Self::Options => ("选项", "options"),
            Self::Universe => ("域号", "universe"),
            Self::DmpLength => ("DMP 层长度", "DMP layer's length"),
            Self::DmpVector => ("DMP 层向量", "DMP vector"),
            Self::AddressType => ("地址与数据类型", "type of address and data"),
            Self::FirstAddress => ("首地址", "first address"),
            Self::Increment => ("地址增量", "increment"),
            Self::Count => ("数值个数", "count"),
            Self::StartCode => ("起始码", "start code"),
            Self::Reserved => ("保留字节", "reserved bytes"),
            Self::ListLength => ("清单层长度", "list's length"),
            Self::ListVector => ("清单层向量", "list's vector"),
            Self::Page => ("页号", "page numbers"),
            Self::List => ("域清单", "listed universe"),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names().1)
    }
}

impl PacketError {
    /// The place of the byte at fault; for bytes that are missing, where they should have gone on.
    pub const fn at(&self) -> usize {
        match *self {
            Self::Short { found, .. } => found,
            Self::Constant { at, .. }
            | Self::Flags { at, .. }
            | Self::Length { at, .. }
            | Self::Vector { at, .. }
            | Self::NotUtf8 { at }
            | Self::Universe { at, .. }
            | Self::Count { at, .. }
            | Self::List { at, .. } => at,
            Self::Unterminated => 107,
            Self::Priority { .. } => 108,
            Self::Page { .. } => 118,
        }
    }
}

impl Explain for PacketError {
    fn chinese(&self) -> String {
        let name = |field: &Field| field.names().0;
        match self {
            Self::Short { found, field } => format!("数据报只有 {found} 个字节，{}不完整", name(field)),
            Self::Constant {
                at,
                field,
                found,
                expected,
            } => {
                format!("第 {at} 字节是 {found:#04x}，按{}应为 {expected:#04x}", name(field))
            }
            Self::Flags { at, field, found } => {
                format!("第 {at} 字节：{}的标志是 {found:#x}，应为 0x7", name(field))
            }
            Self::Length {
                at,
                field,
                promised,
                found,
            } => {
                format!("第 {at} 字节：{}是 {promised}，实际有 {found} 个字节", name(field))
            }
            Self::Vector { at, field, found } => {
                format!("第 {at} 字节：不认识的{} {found:#010x}", name(field))
            }
            Self::NotUtf8 { at } => format!("第 {at} 字节：信号源名称不是 UTF-8"),
            Self::Unterminated => "第 107 字节：信号源名称没有以零结尾".to_owned(),
            Self::Priority { found } => format!("第 108 字节：优先级 {found} 大于 {HIGHEST_PRIORITY}"),
            Self::Universe { at, field, found } => {
                format!("第 {at} 字节：{} {found} 不在 1 至 {LAST_UNIVERSE} 之内", name(field))
            }
            Self::Count { at, promised, found } => {
                format!("第 {at} 字节：数值个数是 {promised}，实际有 {found} 个（至多 513 个）")
            }
            Self::Page { page, last } => format!("第 118 字节：页号 {page} 大于末页号 {last}"),
            Self::List { at, before, found } => {
                format!("第 {at} 字节：域 {found} 排在 {before} 之后；清单应由小到大，至多 512 个")
            }
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            format!("请检查发送方第 {} 字节起的内容", self.at()),
            format!("look at the sender's bytes from offset {} on", self.at()),
        )
    }
}
