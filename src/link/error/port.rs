//! What is wrong with a serial port, and what an installer can do.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use crate::diagnostic::{Bilingual, Explain};

/// Why a serial port cannot be opened, or is lost.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// There is no such device.
    #[error("there is no serial port {port}{}", others(known, "; there is ", ", "))]
    Missing {
        /// The port as written.
        port: Arc<str>,
        /// Those that there are.
        known: Vec<Arc<str>>,
    },
    /// We may not open it.
    #[error("no permission to open the serial port {port}")]
    Forbidden {
        /// The port as written.
        port: Arc<str>,
    },
    /// Another program has it to itself.
    #[error("the serial port {port} is held by another program")]
    Held {
        /// The port as written.
        port: Arc<str>,
    },
    /// It is something else: a directory, a file, a pipe.
    #[error("{port} is no serial port")]
    Other {
        /// The port as written.
        port: Arc<str>,
    },
    /// The system has been opening it for so long that it may never end.
    #[error("opening the serial port {port} does not come to an end")]
    Stuck {
        /// The port as written.
        port: Arc<str>,
    },
    /// It does not take that speed.
    #[error("the serial port {port} does not run at {baud} baud: {reason}")]
    Speed {
        /// The port as written.
        port: Arc<str>,
        /// Bits a second, as asked for.
        baud: u32,
        /// What the system said, or which speed it took instead.
        reason: String,
    },
    /// It was open, and is gone.
    #[error("the serial port {port} is gone: unplugged, or without power")]
    Unplugged {
        /// The port as written.
        port: Arc<str>,
    },
    /// It takes no bytes any more.
    #[error("the serial port {port} takes no bytes any more")]
    Stalled {
        /// The port as written.
        port: Arc<str>,
    },
    /// Anything else.
    #[error("cannot use the serial port {port}: {reason}")]
    Failed {
        /// The port as written.
        port: Arc<str>,
        /// What the system said.
        reason: String,
    },
}

impl Explain for PortError {
    fn chinese(&self) -> String {
        match self {
            Self::Missing { port, known } => format!("没有串口 {port}{}", others(known, "，现有 ", "、")),
            Self::Forbidden { port } => format!("没有权限打开串口 {port}"),
            Self::Held { port } => format!("串口 {port} 已被其他程序占用"),
            Self::Other { port } => format!("{port} 不是串口"),
            Self::Stuck { port } => format!("打开串口 {port} 迟迟没有结果"),
            Self::Speed { port, baud, reason } => format!("串口 {port} 不支持波特率 {baud}：{reason}"),
            Self::Unplugged { port } => format!("串口 {port} 已断开：被拔出或断电"),
            Self::Stalled { port } => format!("串口 {port} 不再接收数据"),
            Self::Failed { port, reason } => format!("无法使用串口 {port}：{reason}"),
        }
    }

    fn help(&self) -> Bilingual {
        let (mut words, later) = (self.remedy(), self.later());
        if let Some((zh, en)) = later {
            words.zh += zh;
            words.en += en;
        }
        words
    }
}

impl PortError {
    /// What happens by itself afterwards, where somebody keeps trying.
    const fn later(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Held { .. } => ("；释放后自动重连", "; the port is opened by itself once it is free"),
            Self::Missing { .. } => ("；插好后自动重连", "; it is opened by itself once it is there"),
            Self::Unplugged { .. } => ("；恢复后自动重连", "; it is opened by itself once it is back"),
            Self::Stalled { .. } | Self::Failed { .. } => ("；本程序会自动重试", "; it is tried again by itself"),
            Self::Forbidden { .. } | Self::Other { .. } | Self::Stuck { .. } | Self::Speed { .. } => return None,
        })
    }

    /// What to do, for somebody who tries once.
    pub fn remedy(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::Held { port } => return held(port),
            Self::Missing { port, .. } if is_address(port) => {
                return Bilingual::new(
                    format!("{port} 是网络地址：命令行请写 --tcp，site.toml 请写 address"),
                    format!(
                        "{port} is a network address: give --tcp on the command line, or write it as the address in site.toml"
                    ),
                );
            }
            Self::Missing { port, .. } if is_of_windows(port) => {
                return Bilingual::new(
                    format!(
                        "{port} 是 Windows 的叫法；Linux 上主板串口为 /dev/ttyS0 起，USB 转串口为 /dev/yingbi/by-path/…（ls /dev/ttyS* /dev/ttyUSB* 可查）"
                    ),
                    format!(
                        "{port} is a name of Windows; here the board's ports are /dev/ttyS0 and on, and USB adapters \
                         /dev/yingbi/by-path/... (`ls /dev/ttyS* /dev/ttyUSB*` lists them)"
                    ),
                );
            }
            Self::Missing { .. } => (
                "请插好串口线或 USB 转串口，并写不随插拔改变的名称，如 /dev/yingbi/by-path/… 或 /dev/serial/by-path/…",
                "plug the cable or the USB adapter in, and write a name that stays, as in /dev/yingbi/by-path/... or \
                 /dev/serial/by-path/...",
            ),
            Self::Forbidden { .. } => (
                "请把运行本程序的账户加入 dialout 组（usermod -aG dialout 账户，重新登录），并安装 deploy/udev/70-yingbi.rules",
                "put the account that runs this program into the group dialout (usermod -aG dialout ACCOUNT, then log in \
                 anew), and install deploy/udev/70-yingbi.rules",
            ),
            Self::Other { .. } => (
                "请写串口设备，如 /dev/ttyS0 或 /dev/yingbi/by-path/…（ls /dev/ttyS* /dev/ttyUSB* 可查）",
                "write a serial device, as in /dev/ttyS0 or /dev/yingbi/by-path/... (`ls /dev/ttyS* /dev/ttyUSB*` lists them)",
            ),
            Self::Stuck { .. } => (
                "请拔下 USB 转串口再插上；仍不行请换一个，或重启本机",
                "unplug the USB adapter and plug it in again; if that does not help, take another one, or restart this machine",
            ),
            Self::Speed { .. } => (
                "请把 baud 写成 57600 或 9600，并与控制卡的设置一致",
                "write 57600 or 9600 as the baud, whichever the card is set to",
            ),
            Self::Unplugged { .. } => (
                "请检查串口线、USB 转串口及其供电",
                "check the cable, the USB adapter and its power",
            ),
            Self::Stalled { .. } | Self::Failed { .. } => (
                "请检查串口线和转换器，可拔下再插上",
                "check the cable and the adapter, or unplug and plug it in again",
            ),
        };
        Bilingual::new(zh, en)
    }
}

/// Who holds a port is not ours to see, but whoever is asked as root.
fn held(port: &str) -> Bilingual {
    Bilingual::new(
        format!("请关闭占用它的程序（sudo fuser -v {port} 可查），如厂家软件、串口调试工具"),
        format!("close that program (`sudo fuser -v {port}` names it), such as the vendor's software or a terminal"),
    )
}

/// Whether that is an address on a network, with a port or without.
fn is_address(port: &str) -> bool {
    port.parse::<IpAddr>().is_ok() || port.parse::<SocketAddr>().is_ok()
}

/// Whether that is what Windows calls a serial port.
fn is_of_windows(port: &str) -> bool {
    let number = port
        .get(..3)
        .filter(|word| word.eq_ignore_ascii_case("com"))
        .map(|_| &port[3..]);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What there is instead, behind `lead`; nothing where there is nothing.
fn others(known: &[Arc<str>], lead: &str, comma: &str) -> String {
    if known.is_empty() {
        return String::new();
    }
    format!("{lead}{}", known.join(comma))
}
