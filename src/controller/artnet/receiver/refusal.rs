//! Why a node does not take a datagram.

use std::net::IpAddr;

use super::super::packet::PacketError;
use crate::diagnostic::{Bilingual, Explain};

/// Why a node does not take a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not Art-Net, or nothing that a node takes.
    #[error(transparent)]
    Malformed(#[from] PacketError),
    /// It is an answer, and this node asked nothing.
    #[error("an ArtPollReply, but a node asks nothing")]
    Reply,
    /// Its universe is not here.
    #[error("universe {found}; this node has {first} to {last}")]
    Universe {
        /// The universe it is for.
        found: u16,
        /// The node's first one.
        first: u16,
        /// The node's last one.
        last: u16,
    },
    /// A later one of the same source came before it, or the same one.
    #[error("sequence {sequence} comes late: {last} was here before")]
    Late {
        /// Its sequence.
        sequence: u8,
        /// The last one that was taken.
        last: u8,
    },
    /// Two others send to the same universe.
    #[error("{from} is the third source of this universe; a node merges two")]
    Sources {
        /// Who sent it.
        from: IpAddr,
    },
    /// A sync of somebody else than who sent the last data.
    #[error("an ArtSync of {from}, who does not send the data")]
    Stranger {
        /// Who sent it.
        from: IpAddr,
    },
    /// A sync while two sources are merged.
    #[error("an ArtSync, but two sources are merged")]
    Merging,
}

impl Explain for Refusal {
    fn chinese(&self) -> String {
        match self {
            Self::Malformed(error) => error.chinese(),
            Self::Reply => "这是应答包 ArtPollReply，而节点并未查询".to_owned(),
            Self::Universe { found, first, last } => {
                format!("数据发往域 {found}，本节点只有域 {first} 至 {last}")
            }
            Self::Late { sequence, last } => format!("序号 {sequence} 迟到，此前已收到 {last}"),
            Self::Sources { from } => format!("{from} 是该域的第三个信号源，节点最多合并两个"),
            Self::Stranger { from } => format!("同步包 ArtSync 来自 {from}，但数据并非由其发送"),
            Self::Merging => "正在合并两个信号源，不理会同步包 ArtSync".to_owned(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Malformed(error) => error.help(),
            Self::Reply => Bilingual::new("不要把应答包发给节点", "do not send answers to a node"),
            Self::Universe { .. } => Bilingual::new("请核对双方的起始域号", "compare the first universe on both sides"),
            Self::Late { .. } => Bilingual::new(
                "请检查网络是否乱序，或是否有两个发送方",
                "look for a network that reorders, or for two senders",
            ),
            Self::Sources { .. } | Self::Merging => {
                Bilingual::new("请停止多余的发送方", "stop the senders that are too many")
            }
            Self::Stranger { .. } => Bilingual::new(
                "请由发送数据的一方发送同步包",
                "let whoever sends the data send the sync",
            ),
        }
    }
}
