//! What a card says is wrong, by the vendor's numbers.

use std::fmt;

use crate::diagnostic::{Bilingual, Explain};

/// What a card says is wrong. The numbers are those of the vendor's software (`ErrorType` of its SDK of 2018), 29 of BX-6 alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ErrorCode(pub u16);

#[allow(missing_docs, reason = "they are named below, in two languages")]
impl ErrorCode {
    pub const NONE: Self = Self(0);
    pub const GROUP: Self = Self(1);
    pub const COMMAND: Self = Self(2);
    pub const BUSY: Self = Self(3);
    pub const MEMORY: Self = Self(4);
    pub const SUM: Self = Self(5);
    pub const NO_FILE: Self = Self(6);
    pub const FLASH: Self = Self(7);
    pub const DOWNLOAD: Self = Self(8);
    pub const FILE_NAME: Self = Self(9);
    pub const FILE_TYPE: Self = Self(10);
    pub const FILE_SUM: Self = Self(11);
    pub const NO_FONT: Self = Self(12);
    pub const FIRMWARE: Self = Self(13);
    pub const DATE: Self = Self(14);
    pub const FILE_EXISTS: Self = Self(15);
    pub const BLOCK: Self = Self(16);
    pub const CONTROLLER: Self = Self(17);
    pub const SCREEN: Self = Self(18);
    pub const CONTROLLER_ID: Self = Self(19);
    pub const SECRET: Self = Self(20);
    pub const OLD_SECRET: Self = Self(21);
    pub const NO_SECRET: Self = Self(22);
    pub const USES_SECRET: Self = Self(23);
    pub const CLOCK: Self = Self(24);
    pub const PARAMETERS: Self = Self(25);
    pub const CASCADE: Self = Self(26);
    pub const NO_BATTLE_AREA: Self = Self(27);
    pub const NO_STOP_WATCH_AREA: Self = Self(28);
    pub const SCANNER: Self = Self(29);

    /// Whether asking again a little later may help.
    pub const fn passes(self) -> bool {
        matches!(self, Self::BUSY | Self::SUM | Self::DOWNLOAD)
    }

    /// The vendor's name, in Chinese and English; `None` for a number that it does not have.
    pub const fn names(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::NONE => ("正确", "no error"),
            Self::GROUP => ("命令组错误", "unknown group of commands"),
            Self::COMMAND => ("此命令不存在", "unknown command"),
            Self::BUSY => ("控制器忙碌", "controller busy"),
            Self::MEMORY => ("存储器容量越界", "memory full"),
            Self::SUM => ("数据包校验错误", "wrong checksum of the packet"),
            Self::NO_FILE => ("文件不存在", "no such file"),
            Self::FLASH => ("Flash 访问错误", "flash cannot be read or written"),
            Self::DOWNLOAD => ("文件下载错误", "fault while a file was taken in"),
            Self::FILE_NAME => ("文件名错误", "wrong name of a file"),
            Self::FILE_TYPE => ("文件类型错误", "wrong type of a file"),
            Self::FILE_SUM => ("文件校验错误", "wrong checksum of a file"),
            Self::NO_FONT => ("字库文件不存在", "no such font"),
            Self::FIRMWARE => ("固件与控制器类型不匹配", "firmware for another controller"),
            Self::DATE => ("日期时间格式错误", "wrong date or time"),
            Self::FILE_EXISTS => ("此文件已存在", "the file exists"),
            Self::BLOCK => ("文件区块号错误", "wrong block of a file"),
            Self::CONTROLLER => ("控制器类型不匹配", "another type of controller"),
            Self::SCREEN => ("屏幕参数越界或错误", "wrong parameters of the screen"),
            Self::CONTROLLER_ID => ("控制器编号错误", "wrong controller id"),
            Self::SECRET => ("用户密码错误", "wrong secret"),
            Self::OLD_SECRET => ("旧密码不正确", "wrong old secret"),
            Self::NO_SECRET => ("控制器无密码，上位机有密码", "the controller has no secret, we use one"),
            Self::USES_SECRET => ("控制器有密码，上位机无密码", "the controller has a secret, we use none"),
            Self::CLOCK => ("时钟芯片故障", "fault of the clock"),
            Self::PARAMETERS => ("命令参数错误", "wrong parameters of the command"),
            Self::CASCADE => ("级联系统通讯故障", "fault between cascaded controllers"),
            Self::NO_BATTLE_AREA => ("无战斗时间区域", "no area for the battle time"),
            Self::NO_STOP_WATCH_AREA => ("无秒表区域", "no area for the stop watch"),
            Self::SCANNER => ("与后级扫描模块通讯故障", "fault between controller and scanning part"),
            _ => return None,
        })
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.names() {
            Some((_, name)) => write!(f, "error {}: {name}", self.0),
            None => write!(f, "error {}, which the vendor does not name", self.0),
        }
    }
}

impl Explain for ErrorCode {
    fn chinese(&self) -> String {
        match self.names() {
            Some((name, _)) => format!("错误 {}：{name}", self.0),
            None => format!("错误 {}：厂家没有说明", self.0),
        }
    }

    fn help(&self) -> Bilingual {
        let (zh, en) = match *self {
            Self::NONE => ("无需处理", "nothing is to be done"),
            Self::GROUP | Self::COMMAND => (
                "请核对 site.toml 中的 card 型号，或升级控制卡固件",
                "check the card's model in site.toml, or bring its firmware up to date",
            ),
            Self::BUSY => (
                "稍后会再试；若一直忙碌，请给控制卡断电重启",
                "it is tried again; if it stays busy, cut the card's power for a moment",
            ),
            Self::MEMORY => (
                "请用 yingbi card erase 清除卡上的文件，或减少节目",
                "empty the card with `yingbi card erase`, or show less",
            ),
            Self::SUM => (
                "线路有干扰：请检查接线、接地和波特率",
                "the line is disturbed: check wiring, ground and baud rate",
            ),
            Self::NO_FILE | Self::DOWNLOAD | Self::FILE_SUM | Self::FILE_EXISTS | Self::BLOCK => (
                "会重新上传；若反复出现，请用 yingbi card erase 清除卡上的文件",
                "it is sent anew; if this comes back, empty the card with `yingbi card erase`",
            ),
            Self::FLASH => ("存储器损坏：请更换控制卡", "the memory is worn out: replace the card"),
            Self::FILE_NAME | Self::FILE_TYPE | Self::PARAMETERS => (
                "请核对 site.toml 中的 card 型号；若型号无误，请用 yingbi decode onbon 保存并反馈报文",
                "check the card's model in site.toml; if it is right, report the frames that `yingbi decode onbon` shows",
            ),
            Self::NO_FONT => (
                "请用厂家软件给控制卡下载字库",
                "load the fonts with the vendor's software",
            ),
            Self::FIRMWARE | Self::CONTROLLER => (
                "请按 yingbi card status 显示的型号改写 site.toml",
                "write into site.toml the model that `yingbi card status` shows",
            ),
            Self::DATE => ("请核对本机的日期和时间", "check this computer's date and time"),
            Self::SCREEN => (
                "请用厂家软件给控制卡设置屏幕参数（宽、高、颜色、扫描方式）",
                "set the screen's parameters (size, colour, scan) with the vendor's software",
            ),
            Self::CONTROLLER_ID | Self::CASCADE | Self::NO_BATTLE_AREA | Self::NO_STOP_WATCH_AREA => (
                "请用厂家软件核对控制卡的设置",
                "check the card's settings with the vendor's software",
            ),
            Self::SECRET | Self::OLD_SECRET | Self::NO_SECRET | Self::USES_SECRET => (
                "请用厂家软件取消控制卡的密码",
                "remove the card's secret with the vendor's software",
            ),
            Self::CLOCK => (
                "时钟电池或芯片损坏：请更换纽扣电池或控制卡",
                "replace the card's button cell, or the card",
            ),
            Self::SCANNER => (
                "请检查控制卡与扫描板之间的排线",
                "check the cable between card and scanning board",
            ),
            _ => ("请查阅控制卡的说明书", "see the card's manual"),
        };
        Bilingual::new(zh, en)
    }
}
