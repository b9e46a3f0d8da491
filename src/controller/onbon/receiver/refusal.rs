//! Why a card does not do what it hears.

use super::super::packet::{Framing, LineError, PacketError};
use crate::{
    diagnostic::{Bilingual, Explain},
    units::{Area, Size},
};

/// Why a card does not do what it hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are no frame.
    #[error(transparent)]
    Line(#[from] LineError),
    /// The frame is no packet.
    #[error(transparent)]
    Packet(#[from] PacketError),
    /// The card does not speak in this framing.
    #[error("this card does not understand the {} framing", .0.names().1)]
    Framing(Framing),
    /// It is for another card.
    #[error("for the card with address {found:#06x}; this one has {number:#06x}")]
    Address {
        /// To whom it is.
        found: u16,
        /// The card's address.
        number: u16,
    },
    /// It is from no host.
    #[error("from {0:#06x}, and hosts are 0x8000")]
    Source(u16),
    /// It is for cards of another type.
    #[error("for cards of type {:02x} {:02x}; this one is {:02x} {:02x}", .found[0], .found[1], .ours[0], .ours[1])]
    Device {
        /// The type in the header.
        found: [u8; 2],
        /// The card's type.
        ours: [u8; 2],
    },
    /// The header has a secret, and the card none.
    #[error("the link uses a secret, and the card has none")]
    NoSecret,
    /// The card has a secret, and the header none.
    #[error("the card has a secret, and the link uses none")]
    NeedsSecret,
    /// The secret of the header is another one.
    #[error("the secret is wrong")]
    WrongSecret,
    /// The secret that shall be replaced is another one.
    #[error("the old secret is wrong")]
    OldSecret,
    /// No such group of commands, or not in this framing.
    #[error("group {0:#04x} is unknown in this framing")]
    Group(u8),
    /// No such command.
    #[error("command {group:02x} {command:02x} is unknown")]
    Command {
        /// Its group.
        group: u8,
        /// Its number.
        command: u8,
    },
    /// The request says how long it is, and is not.
    #[error("the request says that {promised} bytes follow, and {found} do")]
    Length {
        /// What it says.
        promised: usize,
        /// What there is.
        found: usize,
    },
    /// It ends too early.
    #[error("it ends at byte {at}, where {missing} more are needed")]
    Ends {
        /// Where it ends.
        at: usize,
        /// How many bytes are missing.
        missing: usize,
    },
    /// It goes on where it ought to end.
    #[error("it ought to end at byte {at}, and {extra} more follow")]
    Excess {
        /// Where it ought to end.
        at: usize,
        /// How many bytes are too many.
        extra: usize,
    },
    /// A field has a value that is not in the tables.
    #[error("{} {found} is not allowed", .field.names().1)]
    Value {
        /// The field.
        field: Field,
        /// Its value.
        found: u32,
    },
    /// An area reaches beyond the LEDs.
    #[error("the area {area} is not within the {size} LEDs")]
    Beyond {
        /// The area.
        area: Area,
        /// The LEDs.
        size: Size,
    },
    /// Two areas share LEDs.
    #[error("area {one} and area {other} share LEDs")]
    Overlap {
        /// The id of the new one.
        one: u8,
        /// The id of the other one.
        other: u8,
    },
    /// An area that is shown beside a program shares LEDs with it. The manual warns of it, since the picture breaks up.
    #[error("area {id} is shown beside program {program} and shares LEDs with it")]
    OverProgram {
        /// The id of the area.
        id: u8,
        /// The number of the program.
        program: u16,
    },
    /// Too many areas.
    #[error("the card has {most} areas and no more")]
    Areas {
        /// How many it has.
        most: usize,
    },
    /// No room.
    #[error("{needed} bytes are needed, and {free} are free")]
    Memory {
        /// The bytes it takes.
        needed: usize,
        /// The bytes there are.
        free: usize,
    },
    /// No file of that name.
    #[error("there is no file {}", name(*.0))]
    NoFile([u8; 4]),
    /// There is a file of that name, and it shall not be overwritten.
    #[error("there is a file {} already", name(*.0))]
    FileExists([u8; 4]),
    /// No transfer was begun, or no file.
    #[error("no transfer is under way to which this belongs")]
    NoTransfer,
    /// A transfer ends, and a file has not.
    #[error("the file {} is not complete", name(*.0))]
    Incomplete([u8; 4]),
    /// A block does not follow upon what there is.
    #[error("a block at byte {offset}, where {received} of {length} have come")]
    Block {
        /// Where the block begins.
        offset: u32,
        /// How many bytes there are.
        received: u32,
        /// How many there shall be.
        length: u32,
    },
    /// The sum of a file is not that of its bytes, or not the announced one.
    #[error("the file's CRC32 is {found:#010x}, and its bytes make {reckoned:#010x}")]
    FileSum {
        /// What it says.
        found: u32,
        /// What it is.
        reckoned: u32,
    },
    /// A character that the card's fonts do not have.
    #[error("byte {first:#04x} begins no character of ASCII or GB2312")]
    NoFont {
        /// Its first byte.
        first: u8,
    },
    /// The card is busy. It was asked to be.
    #[error("busy, as it was asked to be")]
    Busy,
    /// The card has no memory left. It was asked to.
    #[error("full, as it was asked to be")]
    Full,
    /// The card's clock cannot be set. It was asked to refuse.
    #[error("its clock cannot be set, as it was asked")]
    Clock,
    /// The card was never told what LEDs it has. It was asked to say so.
    #[error("it has no screen parameters, as it was asked")]
    NoParameters,
    /// It was asked to answer with this error.
    #[error("error {0}, as it was asked")]
    Asked(u8),
}

/// A field whose values the tables limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Whether an answer is wanted.
    Answer,
    /// A date or a time of day.
    DateTime,
    /// A switch.
    Switch,
    /// The mode of brightness.
    BrightnessMode,
    /// A level of brightness.
    Level,
    /// The mode of a lock.
    LockMode,
    /// An address.
    Number,
    /// A baud rate.
    Baud,
    /// A file's name.
    FileName,
    /// A file's type.
    FileType,
    /// A file's length.
    FileLength,
    /// A number of areas.
    AreaCount,
    /// An area's type.
    AreaType,
    /// An area's size.
    AreaSize,
    /// How an area runs.
    RunMode,
    /// When an area is played.
    Immediate,
    /// A border.
    Border,
    /// A sound.
    Sound,
    /// A number of pages.
    PageCount,
    /// A page's style.
    PageStyle,
    /// How a page comes in.
    DisplayMode,
    /// How fast a page comes in.
    Speed,
    /// How much of a page is shown.
    ValidLength,
    /// Where a page's LEDs stand.
    Offset,
    /// How many bytes a page's LEDs take.
    BitmapLength,
    /// LEDs beside the area.
    Padding,
    /// A place to which a reader of directories or files went.
    Place,
    /// A layout of text.
    Layout,
    /// Anything else.
    Other,
}

impl Field {
    /// The refusal of a value.
    pub(super) fn refuse(self, found: impl Into<u32>) -> Refusal {
        Refusal::Value {
            field: self,
            found: found.into(),
        }
    }

    /// Its name, in Chinese and English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Answer => ("应答标志", "answer flag"),
            Self::DateTime => ("日期或时间", "date or time"),
            Self::Switch => ("开关值", "switch"),
            Self::BrightnessMode => ("亮度模式", "brightness mode"),
            Self::Level => ("亮度等级", "brightness level"),
            Self::LockMode => ("锁定方式", "lock mode"),
            Self::Number => ("屏号", "address"),
            Self::Baud => ("波特率代号", "baud code"),
            Self::FileName => ("文件名", "file name"),
            Self::FileType => ("文件类型", "file type"),
            Self::FileLength => ("文件长度", "file length"),
            Self::AreaCount => ("区域个数", "number of areas"),
            Self::AreaType => ("区域类型", "area type"),
            Self::AreaSize => ("区域大小", "area size"),
            Self::RunMode => ("运行模式", "run mode"),
            Self::Immediate => ("立即播放标志", "immediate flag"),
            Self::Border => ("边框", "border"),
            Self::Sound => ("语音标志", "sound flag"),
            Self::PageCount => ("页数", "number of pages"),
            Self::PageStyle => ("页类型", "page style"),
            Self::DisplayMode => ("显示方式", "display mode"),
            Self::Speed => ("速度", "speed"),
            Self::ValidLength => ("有效长度", "valid length"),
            Self::Offset => ("数据偏移", "data offset"),
            Self::BitmapLength => ("点阵长度", "bitmap length"),
            Self::Padding => ("填充位", "padding"),
            Self::Place => ("读取位置", "place to read"),
            Self::Layout => ("排版参数", "text layout"),
            Self::Other => ("参数", "parameter"),
        }
    }

    /// The error number for a value that is not allowed. Where the tables name none it is 18, which the vendor's manual calls a parameter out
    /// of bounds; in files it is 8.
    const fn code(self) -> u8 {
        match self {
            Self::DateTime => 14,
            Self::FileName => 9,
            Self::FileType => 10,
            Self::FileLength => 8,
            _ => 18,
        }
    }
}

impl Refusal {
    /// The error number that the card answers; `None` where it does not answer at all, since it cannot know that it was meant.
    pub const fn code(&self) -> Option<u8> {
        Some(match self {
            Self::Line(_) | Self::Packet(_) | Self::Framing(_) | Self::Address { .. } | Self::Source(_) => return None,
            Self::Group(_) => 1,
            Self::Command { .. } => 2,
            Self::Busy => 3,
            Self::Areas { .. } | Self::Memory { .. } | Self::Full => 4,
            Self::NoFile(_) => 6,
            Self::NoTransfer | Self::Incomplete(_) => 8,
            Self::FileSum { .. } => 11,
            Self::NoFont { .. } => 12,
            Self::Clock => 14,
            Self::FileExists(_) => 15,
            Self::Block { .. } => 16,
            Self::Device { .. } => 17,
            Self::WrongSecret => 20,
            Self::OldSecret => 21,
            Self::NoSecret => 22,
            Self::NeedsSecret => 23,
            Self::Value { field, .. } => field.code(),
            Self::Asked(code) => *code,
            Self::Length { .. }
            | Self::Ends { .. }
            | Self::Excess { .. }
            | Self::Beyond { .. }
            | Self::Overlap { .. }
            | Self::OverProgram { .. }
            | Self::NoParameters => 18,
        })
    }
}

impl Explain for Refusal {
    fn chinese(&self) -> String {
        match self {
            Self::Line(error) => error.chinese(),
            Self::Packet(error) => error.chinese(),
            Self::Framing(framing) => format!("本卡不认识{}包头", framing.names().0),
            Self::Address { found, number } => format!("发给屏号 {found:#06x}，本卡屏号是 {number:#06x}"),
            Self::Source(found) => format!("源地址是 {found:#06x}，上位机应为 0x8000"),
            Self::Device { found, ours } => format!(
                "发给型号 {:02x} {:02x}，本卡型号是 {:02x} {:02x}",
                found[0], found[1], ours[0], ours[1]
            ),
            Self::NoSecret => "通讯带密码，而本卡没有设置密码".to_owned(),
            Self::NeedsSecret => "本卡设有密码，而通讯没有带密码".to_owned(),
            Self::WrongSecret => "密码不对".to_owned(),
            Self::OldSecret => "旧密码不对".to_owned(),
            Self::Group(group) => format!("这种包头下没有命令组 {group:#04x}"),
            Self::Command { group, command } => format!("没有命令 {group:02x} {command:02x}"),
            Self::Length { promised, found } => format!("请求写明后面有 {promised} 个字节，实际有 {found} 个"),
            Self::Ends { at, missing } => format!("内容到第 {at} 字节为止，还缺 {missing} 个字节"),
            Self::Excess { at, extra } => format!("内容应到第 {at} 字节为止，后面多出 {extra} 个字节"),
            Self::Value { field, found } => format!("{}不能是 {found}", field.names().0),
            Self::Beyond { area, size } => format!("区域（{}）超出 {size} 点的屏幕", area.chinese()),
            Self::Overlap { one, other } => format!("区域 {one} 与区域 {other} 重叠"),
            Self::OverProgram { id, program } => format!("区域 {id} 与节目 {program} 同时播放，却与它重叠"),
            Self::Areas { most } => format!("本卡最多 {most} 个动态区"),
            Self::Memory { needed, free } => format!("需要 {needed} 个字节，只剩 {free} 个字节"),
            Self::NoFile(file) => format!("没有文件 {}", name(*file)),
            Self::FileExists(file) => format!("文件 {} 已经存在", name(*file)),
            Self::NoTransfer => "没有与此对应的传输".to_owned(),
            Self::Incomplete(file) => format!("文件 {} 没有传完", name(*file)),
            Self::Block {
                offset,
                received,
                length,
            } => format!("数据块从第 {offset} 字节开始，而 {length} 个字节中已收到 {received} 个"),
            Self::FileSum { found, reckoned } => {
                format!("文件 CRC32 写的是 {found:#010x}，按内容应为 {reckoned:#010x}")
            }
            Self::NoFont { first } => format!("字节 {first:#04x} 不是 ASCII 或 GB2312 字符的开头"),
            Self::Busy => "按要求模拟忙".to_owned(),
            Self::Full => "按要求模拟存储已满".to_owned(),
            Self::Clock => "按要求模拟时钟不能设置".to_owned(),
            Self::NoParameters => "按要求模拟没有屏参".to_owned(),
            Self::Asked(code) => format!("按要求应答错误 {code}"),
        }
    }

    fn help(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::Line(error) => return error.help(),
            Self::Packet(error) => return error.help(),
            Self::Framing(_) | Self::Device { .. } => ("请核对控制卡型号", "check the model of the card"),
            Self::Address { .. } => ("请核对屏号", "check the address of the card"),
            Self::Source(_) => ("上位机地址请用 0x8000", "hosts send from 0x8000"),
            Self::NoSecret | Self::NeedsSecret | Self::WrongSecret | Self::OldSecret => {
                ("请核对控制卡密码", "check the secret of the card")
            }
            Self::Beyond { .. } => ("请核对双方的宽和高", "compare width and height on both sides"),
            Self::Busy | Self::Full | Self::Clock | Self::NoParameters | Self::Asked(_) => {
                ("这是模拟的故障，不需处理", "a fault that was asked for; nothing to do")
            }
            Self::Memory { .. } | Self::Areas { .. } => {
                ("请减少区域、页数或文件", "send fewer areas or pages, or delete files")
            }
            _ => (
                "这是发送方的错误，请对照协议表检查",
                "the sender is wrong: compare it with the tables",
            ),
        };
        Bilingual::new(zh, en)
    }
}

/// A file's name as text.
fn name(name: [u8; 4]) -> String {
    name.escape_ascii().to_string()
}
