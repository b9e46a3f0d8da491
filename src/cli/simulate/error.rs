//! Why there is no virtual controller.

use std::{io, path::PathBuf};

use super::{Protocol, role::ONBON};
use crate::{
    diagnostic::{Bilingual, Explain},
    link::LinkError,
    simulator::{SimulatorError, card::CardError, controller::weather::FaultsError},
    site::CardWay,
    units::Size,
};

/// Why there is no virtual controller, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The port to receive on.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// What to be, and where, cannot be read.
    #[error("{text:?} is not of the form protocol:address:port")]
    Listen {
        /// As written.
        text: String,
    },
    /// Where cards shall be cannot be read.
    #[error("{text:?} is no place for a card")]
    Place {
        /// As written.
        text: String,
    },
    /// The cards.
    #[error(transparent)]
    Card(#[from] CardError),
    /// What shall go wrong cannot be read.
    #[error(transparent)]
    Faults(#[from] FaultsError),
    /// Nothing says what kind of card it is.
    #[error("nothing says what kind of card it is")]
    NoModel,
    /// No card of that kind drives such LEDs.
    #[error("{model} drives no such LEDs")]
    Lamps {
        /// The kind.
        model: &'static str,
    },
    /// More LEDs than a card of that kind can hold a picture of.
    #[error("a picture of that size takes {bytes} bytes, and {model} holds {memory}")]
    TooLarge {
        /// The kind.
        model: &'static str,
        /// What a picture takes.
        bytes: u64,
        /// What it holds.
        memory: u32,
    },
    /// A speed that serial lines do not have.
    #[error("no card is set to {baud} baud")]
    Baud {
        /// As asked for.
        baud: u32,
    },
    /// A speed without a serial line.
    #[error("a TCP address has no baud rate")]
    NoLine,
    /// An option of cards, for a controller that is none.
    #[error("{option} is of cards alone")]
    OfCards {
        /// The option.
        option: &'static str,
    },
    /// An option of controllers of streams, for a card.
    #[error("{option} is of controllers that are streamed to, not of cards")]
    OfStreams {
        /// The option.
        option: &'static str,
    },
    /// Several cards at one TCP address.
    #[error("{count} cards cannot be at one TCP address")]
    Several {
        /// How many.
        count: usize,
    },
    /// The page, or a picture file.
    #[error(transparent)]
    Simulator(#[from] SimulatorError),
    /// A protocol that is not known.
    #[error("unknown protocol {found:?}")]
    Protocol {
        /// As written.
        found: String,
    },
    /// The site's output is of another protocol than was asked for.
    #[error("the site's output speaks {found}, not {asked}")]
    OtherProtocol {
        /// What was asked for.
        asked: &'static str,
        /// What the site says.
        found: &'static str,
    },
    /// Nothing says how large the picture is.
    #[error("nothing says how large the picture is")]
    NoSize,
    /// The picture does not fit into universes as asked.
    #[error("universes from {first} to {last} of 1 to 512 slots do not hold that: it would end before universe {end}")]
    Universes {
        /// The first that the protocol has.
        first: u16,
        /// The last.
        last: u16,
        /// The first that would not be needed.
        end: usize,
    },
    /// A picture cannot be recorded.
    #[error("cannot record into {}: {error}", path.display())]
    Record {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A size that cannot be read, or that no screen has.
    #[error("{text:?} is not a size of 1x1 to {limit}x{limit} LEDs", limit = Size::LIMIT)]
    Size {
        /// As written.
        text: String,
    },
    /// The system gives no thread or no signals.
    #[error("cannot run in the background: {0}")]
    System(io::Error),
    /// The output is gone.
    #[error("cannot write: {0}")]
    Write(io::Error),
}

impl Explain for SimulateError {
    fn chinese(&self) -> String {
        match self {
            Self::Link(error) => error.chinese(),
            Self::Listen { text } => format!("“{text}”不是“协议:地址:端口”的形式"),
            Self::Place { text } => format!("“{text}”不是控制卡的位置"),
            Self::Card(error) => error.chinese(),
            Self::Faults(error) => error.chinese(),
            Self::NoModel => "没有写明控制卡的型号".to_owned(),
            Self::Lamps { model } => format!("{model} 不驱动这种灯"),
            Self::TooLarge { model, bytes, memory } => {
                format!("这么多点的画面要 {bytes} 字节，{model} 只存得下 {memory} 字节")
            }
            Self::Baud { baud } => format!("控制卡没有波特率 {baud}"),
            Self::NoLine => "TCP 地址没有波特率".to_owned(),
            Self::OfCards { option } => format!("{option} 只用于控制卡"),
            Self::OfStreams { option } => format!("{option} 不用于控制卡"),
            Self::Several { count } => format!("一个 TCP 地址上放不下 {count} 张控制卡"),
            Self::Simulator(error) => error.chinese(),
            Self::Protocol { found } => format!("不认识协议“{found}”"),
            Self::OtherProtocol { asked, found } => format!("站点的这路输出用 {found}，不是 {asked}"),
            Self::NoSize => "没有写明画面有多大".to_owned(),
            Self::Universes { first, last, end } => {
                format!("域 {first}–{last}、每域 1–512 通道放不下：要用到第 {end} 域之前")
            }
            Self::Record { path, error } => format!("无法记录到 {}：{error}", path.display()),
            Self::Size { text } => format!("“{text}”不是 1x1 至 {limit}x{limit} 的点数", limit = Size::LIMIT),
            Self::System(error) => format!("无法在后台运行：{error}"),
            Self::Write(error) => format!("无法写出：{error}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Link(error) => error.help(),
            Self::Listen { .. } => Bilingual::new(
                "请写成 ddp:127.0.0.1:4048；要接收其他机器的画面，只写协议，如 sacn",
                "write it as ddp:127.0.0.1:4048, or the protocol alone, as sacn, to receive from other machines",
            ),
            Self::Place { .. } => Bilingual::new(
                "请写成 onbon:127.0.0.1:5005、onbon:pty 或 onbon:pty:/tmp/card",
                "write it as onbon:127.0.0.1:5005, onbon:pty or onbon:pty:/tmp/card",
            ),
            Self::Card(error) => error.help(),
            Self::Faults(error) => error.help(),
            Self::NoModel => Bilingual::new(
                "请加上 --model BX-6E2，或 --site 站点文件夹",
                "add --model BX-6E2, or --site with the site's folder",
            ),
            Self::Lamps { .. } => Bilingual::new(
                "请去掉 --leds，或换一个型号",
                "leave out --leds, or choose another kind of card",
            ),
            Self::TooLarge { .. } => Bilingual::new("请改小 --size", "give a smaller --size"),
            Self::Baud { .. } => {
                let speeds = CardWay::SPEEDS.map(|speed| speed.to_string());
                Bilingual::new(
                    format!("可用的波特率：{}", speeds.join("、")),
                    format!("known speeds: {}", speeds.join(", ")),
                )
            }
            Self::NoLine => Bilingual::new(
                "请去掉 --baud，或用 --listen onbon:pty",
                "leave out --baud, or use --listen onbon:pty",
            ),
            Self::OfCards { option } => Bilingual::new(
                format!("请去掉 {option}，或用 --listen {ONBON}"),
                format!("leave out {option}, or use --listen {ONBON}"),
            ),
            Self::OfStreams { option } => Bilingual::new(format!("请去掉 {option}"), format!("leave out {option}")),
            Self::Several { .. } => Bilingual::new(
                "请只写一个 --number，或用 --listen onbon:pty",
                "write --number once, or use --listen onbon:pty",
            ),
            Self::Simulator(error) => error.help(),
            Self::Protocol { .. } => Bilingual::new(
                format!("可用的协议：{}、{ONBON}", Protocol::names("、")),
                format!("known protocols: {}, {ONBON}", Protocol::names(", ")),
            ),
            Self::OtherProtocol { found, .. } => Bilingual::new(
                format!("请写 --listen {found}，或用 --output 选另一路"),
                format!("write --listen {found}, or choose another output with --output"),
            ),
            Self::NoSize => Bilingual::new(
                "请加上 --size 256x128，或 --site 站点文件夹",
                "add --size 256x128, or --site with the site's folder",
            ),
            Self::Universes { .. } => Bilingual::new(
                "请核对 --universe、--slots 与 --size",
                "compare --universe and --slots with --size",
            ),
            Self::Record { .. } => Bilingual::new(
                "请检查文件夹的权限和磁盘空间",
                "check the folder's permissions and the room on the disk",
            ),
            Self::Size { .. } => Bilingual::new("请写成 256x128", "write it as 256x128"),
            Self::System(_) | Self::Write(_) => Bilingual::new("请检查系统资源", "check what the system has left"),
        }
    }
}
