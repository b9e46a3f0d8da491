//! The words for it, and what an installer can do.

use std::net::{Ipv4Addr, SocketAddr};

use super::{LinkError, packet};
use crate::diagnostic::{Bilingual, Explain, Severity};

/// What the way to `peer` carries instead, in English.
pub(super) fn carried(peer: SocketAddr, mtu: Option<u32>, interface: Option<&str>) -> String {
    match (mtu, interface) {
        (Some(mtu), Some(name)) => format!("but the interface {name} on the way to {peer} carries {mtu} at most"),
        (Some(mtu), None) => format!("but the way to {peer} carries {mtu} at most"),
        (None, _) => format!("more than the way to {peer} carries"),
    }
}

impl Explain for LinkError {
    fn chinese(&self) -> String {
        match self {
            Self::Address { address } => format!("“{address}”不是“主机:端口”的形式"),
            Self::Name { address, reason } => format!("无法解析 {address}：{}", unresolved(reason)),
            Self::NoPeer => "没有写明发往哪个地址".to_owned(),
            Self::Refused { peer } => format!("{peer} 上没有程序在接收"),
            Self::Unreachable { peer, reason } => format!("到 {peer} 没有通路：{reason}"),
            Self::TooLarge {
                peer,
                datagram,
                mtu,
                interface,
            } => {
                let whole = packet(*peer, *datagram);
                let least = match (mtu, interface) {
                    (Some(mtu), Some(name)) => format!("而通往 {peer} 的网卡 {name} 每包最多 {mtu} 字节"),
                    (Some(mtu), None) => format!("而通往 {peer} 的线路每包最多 {mtu} 字节"),
                    (None, _) => format!("通往 {peer} 的线路传不了"),
                };
                format!("{datagram} 字节的数据报连同报头为 {whole} 字节，{least}")
            }
            Self::Forbidden { peer } => format!("本机的防火墙不允许向 {peer} 发送"),
            Self::Moved { local, peer } => format!("本机不再有地址 {local}，此前由它向 {peer} 发送"),
            Self::Interface { interface, known } => {
                format!("本机没有网卡“{interface}”，只有 {}", known.replace(", ", "、"))
            }
            Self::NoAddress { interface } => format!("网卡 {interface} 没有 IP 地址"),
            Self::InterfaceDown { interface } => format!("网卡 {interface} 未启用，或网线未插好"),
            Self::PortTaken { port } => format!("UDP 端口 {port} 已被其他程序占用，收不到控制器的应答"),
            Self::InUse { address } => format!("{} 的 UDP 端口 {} 已被其他程序占用", address.ip(), address.port()),
            Self::Privileged { address } => format!("UDP 端口 {} 只有特权程序才能使用", address.port()),
            Self::Listen { address, reason } => format!("无法在 {address} 上接收：{reason}"),
            Self::Group { group, reason } => format!("无法加入组播组 {group}：{reason}"),
            Self::Connection(error) => error.chinese(),
            Self::Port(error) => error.chinese(),
            Self::Other { peer, reason } => format!("无法向 {peer} 发送：{reason}"),
        }
    }

    fn help(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::TooLarge {
                peer,
                datagram,
                interface,
                ..
            } => return larger(packet(*peer, *datagram), interface.as_deref()),
            Self::PortTaken { port } => return shared(*port),
            Self::InUse { address } => return taken(address.port()),
            Self::InterfaceDown { interface } | Self::NoAddress { interface } => return plugged(interface),
            Self::Connection(error) => return error.help(),
            Self::Port(error) => return error.help(),
            Self::Address { .. } => (
                "请写成 192.0.2.10:4048 或 wall.example:4048",
                "write it as 192.0.2.10:4048 or wall.example:4048",
            ),
            Self::Name { .. } => (
                "请核对主机名，或改写为 IP 地址",
                "check the host's name, or write its IP address instead",
            ),
            Self::NoPeer => (
                "请在该输出中写明 address，如 address = \"192.0.2.10:4048\"",
                "write the output's address, as in address = \"192.0.2.10:4048\"",
            ),
            Self::Refused { .. } => (
                "请确认控制器已启动、端口无误；画面会自动重发",
                "check that the controller runs and that the port is right; sending goes on by itself",
            ),
            Self::Unreachable { peer, .. } if is_to_all(*peer) => (
                "请在该输出中写明由哪个网卡发出，如 interface = \"eth0\"；恢复后自动重发",
                "write by which interface the output leaves, as in interface = \"eth0\"; sending goes on by itself",
            ),
            Self::Unreachable { .. } | Self::Other { .. } => (
                "请检查网线、电源和 IP 地址；恢复后自动重发",
                "check cable, power and IP address; sending goes on by itself",
            ),
            Self::Forbidden { .. } => (
                "请在本机防火墙中放行发往该地址的 UDP（nft list ruleset 可查规则）",
                "let UDP to that address pass this machine's firewall (`nft list ruleset` shows its rules)",
            ),
            Self::Moved { .. } => (
                "片刻后自动以新地址重发；若常发生，请给本机固定地址",
                "sending goes on from the new address in a moment; give this machine a fixed one if it happens often",
            ),
            Self::Interface { .. } => (
                "请把 interface 写成其中一个名称或地址",
                "write one of these names or addresses as the interface",
            ),
            Self::Privileged { .. } => (
                "请选 1024 以上的端口，或授予 CAP_NET_BIND_SERVICE（systemd：AmbientCapabilities=CAP_NET_BIND_SERVICE）",
                "choose a port above 1023, or grant CAP_NET_BIND_SERVICE (systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE)",
            ),
            Self::Listen { .. } => (
                "请写本机的地址，如 127.0.0.1 或 0.0.0.0",
                "give an address of this machine, such as 127.0.0.1 or 0.0.0.0",
            ),
            Self::Group { .. } => (
                "请写明有组播通路的网卡（ip maddr 可查），或改用单播",
                "name an interface that takes multicast (`ip maddr` lists them), or use unicast",
            ),
        };
        Bilingual::new(zh, en)
    }

    fn severity(&self) -> Severity {
        match self {
            Self::PortTaken { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// Why a name leads nowhere, in Chinese as far as the system's own words are known.
fn unresolved(reason: &str) -> &str {
    let known = [
        ("Temporary failure", "域名服务器没有应答"),
        ("Name or service not known", "没有这个主机名"),
        ("No address associated", "这个主机名没有 IP 地址"),
    ];
    let found = known.into_iter().find(|(words, _)| reason.contains(words));
    found.map_or(reason, |(_, chinese)| chinese)
}

/// Whether `peer` is a group or a whole network: there the routes seldom say by which interface to leave.
fn is_to_all(peer: SocketAddr) -> bool {
    peer.ip().is_multicast() || peer.ip() == Ipv4Addr::BROADCAST
}

/// What to do so that packets of `whole` bytes pass.
fn larger(whole: usize, interface: Option<&str>) -> Bilingual {
    let mtu = whole.max(1500);
    match interface {
        Some(name) => Bilingual::new(
            format!("请把网卡 {name} 的 MTU 设为不小于 {whole}，如：ip link set dev {name} mtu {mtu}"),
            format!("set that interface's MTU to {whole} or more: ip link set dev {name} mtu {mtu}"),
        ),
        None => Bilingual::new(
            format!("请把沿途网络的 MTU 设为不小于 {whole}"),
            format!("set the MTU on the way to {whole} or more"),
        ),
    }
}

/// What to do about a port to listen on that another program has.
fn taken(port: u16) -> Bilingual {
    Bilingual::new(
        format!("请停止占用它的程序（ss -lunp 'sport = :{port}' 可查），或换一个端口"),
        format!("stop that program (`ss -lunp 'sport = :{port}'` names it), or choose another port"),
    )
}

/// What to do about a port to send from that another program keeps to itself.
fn shared(port: u16) -> Bilingual {
    Bilingual::new(
        format!(
            "写明地址的输出照常发送，不写地址的找不到控制器；请停止占用它的程序（ss -lunp 'sport = :{port}' 可查），或写明 address"
        ),
        format!(
            "outputs with an address send all the same, those without find no controller: stop that program \
             (`ss -lunp 'sport = :{port}'` names it), or write the address"
        ),
    )
}

/// What to do about an interface that carries nothing.
fn plugged(interface: &str) -> Bilingual {
    Bilingual::new(
        format!("请检查网线和网卡设置（ip address show {interface} 可查）；恢复后自动重发"),
        format!("check its cable and settings (`ip address show {interface}` tells); sending goes on by itself"),
    )
}
