//! Options of `card`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::{SITE, wire::model};
use crate::{controller::onbon::Model, document::kind::Endpoint};

/// What to do with cards.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Card {
    /// Say how cards are 查看状态
    #[command(after_help = CARD)]
    Status(Cards),
    /// Set their clocks, and read them back 校时
    #[command(after_help = CARD)]
    Clock(Cards),
    /// Set one brightness for the whole day 设定亮度
    #[command(after_help = CARD)]
    Brightness {
        /// In percent; cards have 16 steps 亮度百分比
        #[arg(value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
        percent: u8,
        #[command(flatten)]
        cards: Cards,
    },
    /// Light the LEDs 开屏
    #[command(after_help = CARD)]
    On(Cards),
    /// Darken the LEDs 关屏
    #[command(after_help = CARD)]
    Off(Cards),
    /// List the files in their flash, and how much is free 列出文件
    #[command(after_help = CARD)]
    Files(Cards),
    /// Delete all areas and all files 清空
    #[command(after_help = CARD)]
    Erase {
        /// Yes, all of it 确认清空
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        cards: Cards,
    },
}

/// Which cards.
#[derive(Debug, Args)]
pub(in crate::cli) struct Cards {
    /// A card on the network, whatever a site says; without a port 5005 网口卡地址
    #[arg(long, value_name = "HOST[:PORT]", value_parser = endpoint, group = "direct")]
    pub(in crate::cli) tcp: Option<Endpoint>,
    /// A card on this serial port, whatever a site says 串口
    #[arg(long, value_name = "PORT", value_hint = ValueHint::AnyPath, group = "direct")]
    pub(in crate::cli) serial: Option<String>,
    /// Bits a second of the serial port; 57600 unless given 波特率
    #[arg(long, value_name = "N", requires = "serial", conflicts_with = "tcp", value_parser = clap::value_parser!(u32).range(300..=4_000_000))]
    pub(in crate::cli) baud: Option<u32>,
    /// The card's address; whichever card is there unless given 卡号
    #[arg(long, value_name = "N", requires = "direct", value_parser = clap::value_parser!(u16).range(1..=65_533))]
    pub(in crate::cli) number: Option<u16>,
    /// Its kind; unless given, it is asked 型号
    #[arg(long, value_name = "MODEL", requires = "direct", value_parser = model)]
    pub(in crate::cli) model: Option<&'static Model>,
    /// The site whose cards are meant 站点文件夹
    #[arg(long, value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath, conflicts_with = "direct")]
    pub(in crate::cli) site: PathBuf,
    /// The screen; all of them unless given 屏幕标识
    #[arg(long, value_name = "ID", conflicts_with = "direct")]
    pub(in crate::cli) screen: Option<String>,
    /// The card of that screen, from 1; all of them unless given 第几张卡
    #[arg(long, value_name = "N", conflicts_with = "direct", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) card: Option<u32>,
    /// The state folder; else $STATE_DIRECTORY, else the user's state home 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "direct")]
    pub(in crate::cli) state: Option<PathBuf>,
    /// One JSON object a card; of `files` one a file, then one of the room 每卡一个 JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

const CARD: &str = "\
With --tcp or --serial one card is spoken with directly. Else the cards of the site are meant: a daemon that runs
holds their lines, so it is asked, and passes on what is ordered; where none runs they are spoken with from here.
What is ordered of a card that the daemon drives lasts until the programme says otherwise, a minute at most.
用 --tcp 或 --serial 直接与一张卡通信；否则指站点的控制卡：程序运行时由它代问代发，未运行时由本命令直接通信。
程序驱动着的卡，所下命令最多保持一分钟，之后按节目单恢复。

With --json a card that was asked from here has: screen, card, line, baud, number, model, wire, firmware,
configured, width, height, colour (single, dual, full), lit, own_hours, brightness (0 to 15), brightness_mode
(manual, table, sensor), clock, clock_ahead (s), clock_runs, programs, program, screen_locked, program_locked,
flash_total, flash_free (bytes); null is what it did not tell. A file: name, kind, bytes, crc. What was ordered:
done. What failed: error, error_zh, help, help_zh. Of a daemon: its own fields, as its control socket gives them.";

fn endpoint(text: &str) -> Result<Endpoint, String> {
    Endpoint::written(text)
        .ok_or_else(|| "write it as 192.0.2.10 or 192.0.2.10:5005 请写成 192.0.2.10 或 192.0.2.10:5005".to_owned())
}
