//! Why bytes cannot leave or arrive.

use std::{io, net::SocketAddr, sync::Arc};

use crate::diagnostic::{Bilingual, Explain};

/// Why a link is down, or cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The address is not of the form host:port.
    #[error("{address:?} is not of the form host:port")]
    Address {
        /// The address as written.
        address: Arc<str>,
    },
    /// The host's name leads to no address.
    #[error("cannot look up {address}: {reason}")]
    Name {
        /// The address as written.
        address: Arc<str>,
        /// What the system said.
        reason: String,
    },
    /// The host is there, but nothing listens on the port.
    #[error("nothing listens at {peer}")]
    Refused {
        /// The peer.
        peer: SocketAddr,
    },
    /// No way leads to the host.
    #[error("no way leads to {peer}: {reason}")]
    Unreachable {
        /// The peer.
        peer: SocketAddr,
        /// What the system said.
        reason: String,
    },
    /// The network does not carry datagrams of that size.
    #[error("the network on the way to {peer} does not carry datagrams of 1478 bytes")]
    TooLarge {
        /// The peer.
        peer: SocketAddr,
    },
    /// The port to listen on is taken.
    #[error("UDP port {} of {} is in use by another program", address.port(), address.ip())]
    InUse {
        /// The address to listen on.
        address: SocketAddr,
    },
    /// The address to listen on is not this machine's, or may not be used.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address to listen on.
        address: SocketAddr,
        /// What the system said.
        reason: String,
    },
    /// Anything else.
    #[error("cannot send to {peer}: {reason}")]
    Other {
        /// The peer, as far as known.
        peer: Arc<str>,
        /// What the system said.
        reason: String,
    },
}

impl LinkError {
    /// What a failure on the way to `peer` means.
    pub(super) fn sending(peer: SocketAddr, error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        let reason = error.to_string();
        if quinn_udp::is_msg_size_err(error) {
            return Self::TooLarge { peer };
        }
        match error.kind() {
            Kind::ConnectionRefused => Self::Refused { peer },
            Kind::AddrNotAvailable | Kind::HostUnreachable | Kind::NetworkDown | Kind::NetworkUnreachable => {
                Self::Unreachable { peer, reason }
            }
            _ => Self::Other {
                peer: peer.to_string().into(),
                reason,
            },
        }
    }

    /// What a failure to listen on `address` means.
    pub(super) fn listening(address: SocketAddr, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::AddrInUse {
            return Self::InUse { address };
        }
        let reason = error.to_string();
        Self::Listen { address, reason }
    }
}

impl Explain for LinkError {
    fn chinese(&self) -> String {
        match self {
            Self::Address { address } => format!("“{address}”不是“主机:端口”的形式"),
            Self::Name { address, reason } => format!("无法解析 {address}：{reason}"),
            Self::Refused { peer } => format!("{peer} 上没有程序在接收"),
            Self::Unreachable { peer, reason } => format!("到 {peer} 没有通路：{reason}"),
            Self::TooLarge { peer } => format!("到 {peer} 的网络传不了 1478 字节的数据报"),
            Self::InUse { address } => format!("{} 的 UDP 端口 {} 已被其他程序占用", address.ip(), address.port()),
            Self::Listen { address, reason } => format!("无法在 {address} 上接收：{reason}"),
            Self::Other { peer, reason } => format!("无法向 {peer} 发送：{reason}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Address { .. } => Bilingual::new(
                "请写成 192.0.2.10:4048 或 wall.example:4048",
                "write it as 192.0.2.10:4048 or wall.example:4048",
            ),
            Self::Name { .. } => Bilingual::new(
                "请核对主机名，或改写为 IP 地址",
                "check the host's name, or write its IP address instead",
            ),
            Self::Refused { .. } => Bilingual::new(
                "请确认控制器已启动、端口无误；画面会自动重发",
                "check that the controller runs and that the port is right; sending goes on by itself",
            ),
            Self::Unreachable { .. } | Self::Other { .. } => Bilingual::new(
                "请检查网线、电源和 IP 地址；恢复后自动重发",
                "check cable, power and IP address; sending goes on by itself",
            ),
            Self::TooLarge { .. } => Bilingual::new(
                "请把沿途网络的 MTU 设为不小于 1478（IPv6 为 1498）",
                "set the MTU on the way to at least 1478 (1498 for IPv6)",
            ),
            Self::InUse { address } => Bilingual::new(
                format!(
                    "请停止占用它的程序（ss -lunp 'sport = :{}' 可查），或换一个端口",
                    address.port()
                ),
                format!(
                    "stop that program (`ss -lunp 'sport = :{}'` names it), or choose another port",
                    address.port()
                ),
            ),
            Self::Listen { .. } => Bilingual::new(
                "请写本机的地址，如 127.0.0.1 或 0.0.0.0；1024 以下的端口需要权限",
                "give an address of this machine, such as 127.0.0.1 or 0.0.0.0; ports below 1024 need permission",
            ),
        }
    }
}
