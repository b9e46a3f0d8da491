//! What is wrong with a TCP connection, and what an installer can do.

use std::{io, net::SocketAddr};

use rustix::io::Errno;

use super::LinkError;
use crate::diagnostic::{Bilingual, Explain};

/// Why a connection cannot be made, or is lost.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectionError {
    /// The host is there, but refuses the connection.
    #[error("{peer} refuses the connection")]
    Refused {
        /// The peer.
        peer: SocketAddr,
    },
    /// Nothing answers at the address.
    #[error("{peer} does not answer")]
    Silent {
        /// The peer.
        peer: SocketAddr,
    },
    /// The peer ended it.
    #[error("{peer} has ended the connection")]
    Ended {
        /// The peer.
        peer: SocketAddr,
    },
    /// It broke, and nobody said so: the cable, the power, a router.
    #[error("the connection to {peer} broke off without a word")]
    Broken {
        /// The peer.
        peer: SocketAddr,
    },
    /// The peer takes no bytes any more.
    #[error("{peer} takes no bytes any more")]
    Stalled {
        /// The peer.
        peer: SocketAddr,
    },
}

impl LinkError {
    /// What a failure to connect to `peer` means.
    pub(in crate::link) fn connecting(peer: SocketAddr, error: &io::Error) -> Self {
        match error.raw_os_error().map(Errno::from_raw_os_error) {
            Some(Errno::CONNREFUSED | Errno::CONNRESET) => ConnectionError::Refused { peer }.into(),
            Some(Errno::TIMEDOUT) => ConnectionError::Silent { peer }.into(),
            _ => Self::sending(peer, 0, error),
        }
    }

    /// What a failure of the connection to `peer` means.
    pub(in crate::link) fn connected(peer: SocketAddr, error: &io::Error) -> Self {
        match error.raw_os_error().map(Errno::from_raw_os_error) {
            Some(Errno::CONNRESET | Errno::PIPE | Errno::CONNABORTED) => ConnectionError::Ended { peer }.into(),
            // What routers say of a peer that was there is no different from its silence.
            Some(Errno::TIMEDOUT | Errno::HOSTUNREACH | Errno::NETUNREACH) => ConnectionError::Broken { peer }.into(),
            _ => Self::sending(peer, 0, error),
        }
    }
}

impl Explain for ConnectionError {
    fn chinese(&self) -> String {
        match self {
            Self::Refused { peer } => format!("{peer} 拒绝连接"),
            Self::Silent { peer } => format!("{peer} 没有应答"),
            Self::Ended { peer } => format!("{peer} 断开了连接"),
            Self::Broken { peer } => format!("与 {peer} 的连接已中断，对方没有任何应答"),
            Self::Stalled { peer } => format!("{peer} 不再接收数据"),
        }
    }

    fn help(&self) -> Bilingual {
        let mut words = self.remedy();
        let (zh, en) = match self {
            Self::Refused { .. } => return words,
            Self::Silent { .. } => ("；恢复后自动重连", "; it is connected to by itself once it is there"),
            Self::Ended { .. } | Self::Broken { .. } | Self::Stalled { .. } => {
                ("；本程序会自动重连", "; it is connected to again by itself")
            }
        };
        words.zh += zh;
        words.en += en;
        words
    }
}

impl ConnectionError {
    /// What to do, for somebody who tries once.
    pub fn remedy(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::Refused { .. } => (
                "请核对端口（出厂为 5005）；控制卡一般只接受一个连接，请关闭正在连接它的厂家软件或其他电脑",
                "check the port (5005 as delivered); a card usually serves one at a time: close the vendor's software, or the \
                 other computer that is connected to it",
            ),
            Self::Silent { .. } => (
                "请检查控制卡的电源、网线和 IP 地址，并确认与本机同一网段（ping 可查）",
                "check the card's power, cable and IP address, and that this machine is in its network (`ping` tells)",
            ),
            Self::Ended { .. } => (
                "若反复发生，多为另一台电脑或厂家软件同时连接该控制卡，请关闭",
                "if it happens again and again, another computer or the vendor's software is connected to the card too: close \
                 it",
            ),
            Self::Broken { .. } | Self::Stalled { .. } => {
                ("请检查控制卡的电源和网线", "check the card's power and cable")
            }
        };
        Bilingual::new(zh, en)
    }
}
