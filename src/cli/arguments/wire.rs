//! Options of the commands that speak with the wire: `simulate`, `decode`, `discover`.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU16,
    path::PathBuf,
    str::FromStr,
};

use clap::{Args, ValueEnum, ValueHint};

use super::LedChoice;
use crate::{
    cli::{
        decode::Wire,
        simulate::{self, Role},
    },
    controller::{Protocol, onbon::Model},
    diagnostic::Explain,
    panel::{Format, Order},
    units::Size,
};

/// Options of `simulate`.
#[derive(Debug, Args)]
#[command(after_help = SIMULATE)]
pub(in crate::cli) struct Simulate {
    /// What to be, and where: ddp, sacn, artnet or onbon, then an address of this machine: ddp:127.0.0.1:4048. A card may be on a serial
    /// line too: onbon:pty makes a port, onbon:pty:/tmp/card one of that name 协议与地址
    #[arg(long, value_name = "PROTO[:ADDR]", value_parser = explained::<Role>)]
    pub(in crate::cli) listen: Role,
    /// Width and height in LEDs: 256x128 点数
    #[arg(long, value_name = "WxH", value_parser = simulate::size)]
    pub(in crate::cli) size: Option<Size>,
    /// Be what an output of this site is wired to, or its cards 站点文件夹，按其输出或控制卡
    #[arg(long, value_name = "SITE", value_hint = ValueHint::DirPath, conflicts_with_all = ["size", "format", "order", "universe", "slots", "model", "baud", "number"])]
    pub(in crate::cli) site: Option<PathBuf>,
    /// The screen of that site; its first unless given 屏幕标识
    #[arg(long, value_name = "ID", requires = "site")]
    pub(in crate::cli) screen: Option<String>,
    /// The output or card of that screen, from 1; cards of its line are there too 第几路输出或第几张控制卡
    #[arg(long, value_name = "N", default_value_t = 1, requires = "site")]
    pub(in crate::cli) output: usize,
    /// What an LED takes on the wire 每灯的数据
    #[arg(long, value_name = "FORMAT", default_value = "rgb")]
    pub(in crate::cli) format: FormatChoice,
    /// In which order red, green and blue lie on the wire 颜色次序
    #[arg(long, value_name = "ORDER", default_value = "rgb")]
    pub(in crate::cli) order: OrderChoice,
    /// What its LEDs can show: the colour of those that take one byte or one bit, or that a card drives; unless given, full, or the best
    /// of the card 颜色
    #[arg(long, value_name = "COLOUR")]
    pub(in crate::cli) leds: Option<LedChoice>,
    /// The kind of card: BX-6E2 控制卡型号
    #[arg(long, value_name = "MODEL", value_parser = model)]
    pub(in crate::cli) model: Option<&'static Model>,
    /// Bits a second of the cards' line; 57600 unless given 串口速率
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(300..=4_000_000))]
    pub(in crate::cli) baud: Option<u32>,
    /// The address of a card, once for each on the line; 1 unless given 控制卡地址，每张写一次
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=65_533))]
    pub(in crate::cli) number: Vec<u16>,
    /// The first universe; unless given, 1 of sACN and 0 of Art-Net 首个域
    #[arg(long, value_name = "N")]
    pub(in crate::cli) universe: Option<u16>,
    /// How many bytes of the picture each universe carries; unless given, as many whole LEDs as fit 每域通道数
    #[arg(long, value_name = "N")]
    pub(in crate::cli) slots: Option<NonZeroU16>,
    /// The interface by which sACN's multicast groups are joined: its name or address 网卡
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) interface: Option<String>,
    // Whether they are faults of streams or of cards is known when all has been read.
    /// What goes wrong, with commas between: loss=5%,delay=30ms,reboot=60s 故障
    #[arg(long, value_name = "FAULTS", default_value = "", hide_default_value = true)]
    pub(in crate::cli) fault: String,
    /// The seed of chance, to have the same faults again 故障的随机种子
    #[arg(long, value_name = "N")]
    pub(in crate::cli) seed: Option<u64>,
    /// Show the picture in this terminal, in 24-bit colour 在终端中显示
    #[arg(long)]
    pub(in crate::cli) terminal: bool,
    /// Show the picture on a page at this address 网页地址
    #[arg(long, value_name = "ADDR")]
    pub(in crate::cli) view: Option<SocketAddr>,
    /// Write each new picture into this folder as PNG 逐帧存为 PNG
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) record: Option<PathBuf>,
}

const SIMULATE: &str = "\
Faults 故障:
  loss=5%            datagrams are lost, both ways 丢包
  duplicate=1%       datagrams come twice 重复
  reorder=2%         the next datagram overtakes 乱序
  corrupt=0.1%       one bit of the datagram is turned over 误码
  delay=30ms         every datagram comes so much later 延迟
  jitter=20ms        and up to so much later again, in order 抖动
  reboot=60s,boot=3s so often it goes down for so long, dark and deaf, and then remembers nothing 重启、启动
  silent=10s..20s    nothing comes in, nothing goes out, the last picture stays 失联
  stale              it answers, and goes on showing its first picture; stale=10s..20s for a while 旧画面
  wrong-size=64x32   it is set up for another size 错尺寸
Faults of cards 控制卡的故障:
  nak=4              requests are refused with error 4; nak=3@a700 those of one command, nak=5/3 every third 拒绝
  busy=10s..20s      it is busy 忙
  slow=2s            it answers so much later 迟答
  deaf=10s..20s      it hears nothing 失聪
  reboot=60s,boot=3s so often its power fails for so long 重启、启动
  reboot-at=30s      it fails once; reboot-byte=5000 after so many bytes, reboot-block=2 after so many blocks 断电
  lies               ping and status tell of a card in order, whatever is so 谎报
  stale              it confirms a new program, and plays the old one 旧节目
  full               no memory is left 存满
  clock              its clock cannot be set 拒绝校时
  bare               it was never told what LEDs it has 无屏参
  secret=313233343536  somebody has set this secret 密码
  wrong-type=7401    it says that it is of this type; wrong-size=64x32 that it has so many LEDs 错型号、错尺寸
  other=area@30s+off@60s  somebody else writes to it: area, delete, program, off, clock, dim 他人操作
  loss=1%,duplicate=1%,corrupt=0.1%  bytes of the line are lost, come twice, or have a bit turned over 丢字节、重复、误码
At SIGUSR1 (kill -USR1) the power of cards fails for 3 s 发 SIGUSR1 信号，控制卡断电 3 秒
Spans count from the start; 10s.. has no end. The words may be written in Chinese: 丢包=5%,重启=60s
时段从启动时算起；10s.. 表示不再恢复。故障名可写中文。";

/// Options of `decode`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Decode {
    /// The protocol 协议
    pub(in crate::cli) protocol: ProtocolChoice,
    /// Lines of hex, or a capture (pcap); standard input unless given 十六进制行或抓包文件
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) file: Option<PathBuf>,
    /// The port to look at in a capture; unless given, the protocol's own 抓包中的端口
    #[arg(long, value_name = "PORT")]
    pub(in crate::cli) port: Option<u16>,
    /// One JSON object a line 每行一个 JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// Options of `discover`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Discover {
    /// Addresses to ask too, such as those behind a router 另外询问的地址
    #[arg(value_name = "ADDR")]
    pub(in crate::cli) addresses: Vec<IpAddr>,
    /// How long to listen; sources of sACN tell of themselves every 10 s only 时长
    #[arg(long = "for", value_name = "D", default_value = "3s")]
    pub(in crate::cli) length: String,
    /// Ask by this interface alone: its name or address 网卡
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) interface: Option<String>,
    /// Ask for cards on this serial port alone, once for each; on all of them unless given 串口，每个写一次
    #[arg(long, value_name = "PORT", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) serial: Vec<String>,
    /// Ask on no serial port 不问串口
    #[arg(long, conflicts_with = "serial")]
    pub(in crate::cli) network_only: bool,
    /// One JSON object a line: protocol, role, address, port, name, reachable, leds, universes, mac, cid; of a card serial, baud,
    /// number, model, wire, firmware, width, height, colour too 每行一个 JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// Protocols to decode.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum ProtocolChoice {
    /// Distributed Display Protocol
    Ddp,
    /// Streaming ACN, ANSI E1.31
    Sacn,
    /// Art-Net 4
    #[value(name = "artnet")]
    ArtNet,
    /// ONBON BX, cards of the fifth and sixth generation 仰邦控制卡
    Onbon,
}

impl From<ProtocolChoice> for Wire {
    fn from(choice: ProtocolChoice) -> Self {
        match choice {
            ProtocolChoice::Ddp => Protocol::Ddp.into(),
            ProtocolChoice::Sacn => Protocol::Sacn.into(),
            ProtocolChoice::ArtNet => Protocol::ArtNet.into(),
            ProtocolChoice::Onbon => Self::Onbon,
        }
    }
}

/// What an LED takes on the wire.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum FormatChoice {
    /// Three bytes 三字节
    Rgb,
    /// One byte 一字节灰度
    Grey,
    /// One bit 一位
    #[value(name = "1bit")]
    OneBit,
    /// Two bits, red then green 两位，先红后绿
    #[value(name = "2bit")]
    TwoBit,
}

impl From<FormatChoice> for Format {
    fn from(choice: FormatChoice) -> Self {
        match choice {
            FormatChoice::Rgb => Self::Rgb,
            FormatChoice::Grey => Self::Grey,
            FormatChoice::OneBit => Self::OneBit,
            FormatChoice::TwoBit => Self::TwoBit,
        }
    }
}

/// In which order the channels of an LED lie on the wire.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum OrderChoice {
    /// Red, green, blue
    Rgb,
    /// Red, blue, green
    Rbg,
    /// Green, red, blue
    Grb,
    /// Green, blue, red
    Gbr,
    /// Blue, red, green
    Brg,
    /// Blue, green, red
    Bgr,
}

impl From<OrderChoice> for Order {
    fn from(choice: OrderChoice) -> Self {
        match choice {
            OrderChoice::Rgb => Self::Rgb,
            OrderChoice::Rbg => Self::Rbg,
            OrderChoice::Grb => Self::Grb,
            OrderChoice::Gbr => Self::Gbr,
            OrderChoice::Brg => Self::Brg,
            OrderChoice::Bgr => Self::Bgr,
        }
    }
}

/// The kind of card of that name.
pub(super) fn model(text: &str) -> Result<&'static Model, String> {
    Model::named(text).ok_or_else(|| match Model::nearest(text).as_slice() {
        [] => "no known kind of card; write it as BX-6E2 不认识这种控制卡；请写成 BX-6E2".to_owned(),
        near => format!("did you mean {}? 是否指 {}？", near.join(", "), near.join("、")),
    })
}

/// What `text` says, or what is wrong with it and what would be right, in both languages.
fn explained<T: FromStr<Err: Explain>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| {
        let help = error.help();
        format!("{error}; {} {}；{}", help.en, error.chinese(), help.zh)
    })
}
