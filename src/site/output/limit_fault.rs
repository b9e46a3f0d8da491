//! What an output asks of universes, packets and cables that they do not have.

use thiserror::Error;

use super::Way;
use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    units::Size,
};

/// An output, as a person finds it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("output {number} of screen \"{screen}\"")]
pub(super) struct Named {
    pub(super) screen: String,
    /// From 1 on.
    pub(super) number: usize,
}

impl Named {
    fn chinese(&self) -> String {
        format!("屏幕“{}”的第 {} 路输出", self.screen, self.number)
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum LimitFault {
    #[error("sACN counts universes from 1")]
    NoUniverseZero,
    #[error("{count} universes from {first} on go beyond {last}, the last one of {protocol}")]
    PastUniverses {
        protocol: &'static str,
        first: u16,
        count: usize,
        last: u16,
        /// The highest first universe with which they would fit.
        highest: Option<u16>,
    },
    #[error("a packet of {slots} slots takes {needs} bytes, and the way carries {mtu}")]
    PacketTooLong {
        slots: u16,
        needs: u64,
        mtu: u16,
        /// How many slots fit.
        fitting: u64,
    },
    #[error(
        "{protocol} takes at most {cap} pictures a second, and the screen has {rate}: this output shows {cap} of them"
    )]
    TooOften {
        protocol: &'static str,
        rate: u16,
        cap: u16,
        /// The highest even share of the rate.
        even: u16,
    },
    #[error("universes {first} to {last} are sent by {own} and by {other}")]
    Claimed {
        first: u32,
        last: u32,
        own: Named,
        other: Named,
        /// The first universe behind those of the other output.
        free: Option<u32>,
    },
    #[error("{own} and {other} both send DDP to {address}, and each would paint over the other")]
    SameController { own: Named, other: Named, address: String },
    #[error("a picture of {size} takes {bytes} bytes on the wire: {cable} carries {} a second, and {rate} are to be shown", tenths(*.carried))]
    CableTooSlow {
        size: Size,
        bytes: u64,
        cable: &'static str,
        /// Pictures a second, in tenths.
        carried: u64,
        rate: u16,
        remedy: Bilingual,
    },
    #[error("in batches of {burst} every {gap_us} µs a picture of {packets} packets leaves {} times a second, and {rate} are to be shown", tenths(*.carried))]
    PacedTooSlow {
        burst: u16,
        gap_us: u128,
        packets: u64,
        /// Pictures a second, in tenths.
        carried: u64,
        rate: u16,
        /// How many packets a batch must have.
        needs: u64,
    },
    #[error("the outputs through {} need {megabits} megabits a second together, and {cable} carries {carries}", .way.english())]
    WayTooNarrow {
        way: Way,
        megabits: u64,
        cable: &'static str,
        carries: u32,
        /// The lowest number of ports that would do.
        ports: u64,
        /// To how many percent of it all rates would have to be lowered.
        percent: u64,
    },
}

/// A number in tenths: `19.1`, `302`.
fn tenths(tenths: u64) -> String {
    match tenths {
        1000.. => (tenths / 10).to_string(),
        _ => format!("{}.{}", tenths / 10, tenths % 10),
    }
}

impl Explain for LimitFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoUniverseZero => "sACN 的域从 1 开始".into(),
            Self::PastUniverses {
                protocol,
                first,
                count,
                last,
                ..
            } => format!("从 {first} 起的 {count} 个域超出 {protocol} 的最后一个域 {last}"),
            Self::PacketTooLong { slots, needs, mtu, .. } => {
                format!("{slots} 通道的包长 {needs} 字节，而线路只能传 {mtu} 字节")
            }
            Self::TooOften {
                protocol, rate, cap, ..
            } => format!("{protocol} 每秒至多 {cap} 幅，而屏幕为 {rate} 帧：该输出显示其中 {cap} 幅"),
            Self::Claimed {
                first,
                last,
                own,
                other,
                ..
            } => format!("域 {first} 至 {last} 由{}和{}同时发送", own.chinese(), other.chinese()),
            Self::SameController { own, other, address } => {
                format!(
                    "{}和{}都以 DDP 发往 {address}，会互相覆盖",
                    own.chinese(),
                    other.chinese()
                )
            }
            Self::CableTooSlow {
                size,
                bytes,
                cable,
                carried,
                rate,
                ..
            } => format!(
                "一幅 {size} 的画面在线上占 {bytes} 字节：{cable} 每秒只能传 {} 幅，而要显示 {rate} 幅",
                tenths(*carried)
            ),
            Self::PacedTooSlow {
                burst,
                gap_us,
                packets,
                carried,
                rate,
                ..
            } => format!(
                "每 {gap_us} 微秒发 {burst} 包，{packets} 包的画面每秒只能发 {} 幅，而要显示 {rate} 幅",
                tenths(*carried)
            ),
            Self::WayTooNarrow {
                way,
                megabits,
                cable,
                carries,
                ..
            } => format!(
                "经{}的各路输出合计每秒 {megabits} 兆比特，而 {cable} 只能传 {carries} 兆",
                way.chinese()
            ),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoUniverseZero => Bilingual::new("写 universe = 1", "write universe = 1"),
            Self::PastUniverses { highest: None, .. } => Bilingual::new(
                "用 region 把屏幕分给几路输出，或改用 DDP",
                "divide the screen among several outputs with \"region\", or use DDP",
            ),
            Self::PastUniverses {
                highest: Some(highest), ..
            } => Bilingual::new(
                format!("写 universe = {highest} 或更小"),
                format!("write universe = {highest} or less"),
            ),
            Self::PacketTooLong { needs, fitting, .. } => Bilingual::new(
                format!("写 slots = {fitting}，或让线路能传 {needs} 字节并写 mtu = {needs}"),
                format!("write slots = {fitting}, or let the way carry {needs} bytes and write mtu = {needs}"),
            ),
            Self::TooOften { rate, even, .. } => Bilingual::new(
                format!("写 most = {even} 使运动均匀；控制器确能收 {rate} 幅的，写 most = {rate}"),
                format!("write most = {even} for even motion; where the receivers do take {rate}, write most = {rate}"),
            ),
            Self::Claimed { free: Some(free), .. } => Bilingual::new(
                format!("其中一路改写 universe = {free}，或写不同的地址"),
                format!("write universe = {free} for one of them, or another address"),
            ),
            Self::Claimed { free: None, .. } => Bilingual::new(
                "其中一路改写别的域，或写不同的地址",
                "give one of them other universes, or another address",
            ),
            Self::SameController { .. } => Bilingual::new(
                "改正其中一个地址；一台控制器点亮的各部分合成一路输出",
                "correct one of the addresses; let one output light all that one controller has",
            ),
            Self::CableTooSlow { remedy, .. } => remedy.clone(),
            Self::PacedTooSlow { needs, carried, .. } => {
                let rate = (carried / 10).max(1);
                Bilingual::new(
                    format!("写 most = {rate}，或 burst = {needs}，或缩短 gap"),
                    format!("write most = {rate}, or burst = {needs}, or a shorter gap"),
                )
            }
            Self::WayTooNarrow { ports, percent, .. } => Bilingual::new(
                format!("分到 {ports} 个网口（各写 interface），或用 most 把帧率降到 {percent} %"),
                format!(
                    "divide them among {ports} network ports, each with its \"interface\", or lower their rates to {percent} % with \"most\""
                ),
            ),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::TooOften { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
