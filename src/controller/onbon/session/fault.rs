//! What is wrong with a card or the way to it, and what to do about it.

use std::time::Duration;

use super::order::Thing;
use crate::{
    controller::{
        card::CardColour,
        onbon::{ANY, message::ErrorCode},
    },
    diagnostic::{Bilingual, Explain, Severity},
    units::{Area, Size},
};

/// What is wrong with a card or the way to it. None of it stops what can go on without: a clock that is refused stops no picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// Nothing at all comes back.
    #[error("{} does not answer: not one byte came back", card(*number).1)]
    Silent {
        /// Its address.
        number: u16,
        /// Bits a second of the line; `None` over a network.
        baud: Option<u32>,
    },
    /// Bytes come back, and none of them make a frame. How many is not said: they become more, and the fault stays the same.
    #[error("{} does not answer: what comes back makes no frame", card(*number).1)]
    Garbled {
        /// Its address.
        number: u16,
        /// Bits a second of the line; `None` over a network.
        baud: Option<u32>,
    },
    /// It is of another kind.
    #[error("the card says that it is a {found}, not a {expected}{}", if *goes_on { "; it draws alike" } else { "" })]
    WrongType {
        /// The kind that the site names.
        expected: &'static str,
        /// The kind that it is, by name or by the two bytes of its type.
        found: String,
        /// Whether it is driven nevertheless, since both speak and draw alike.
        goes_on: bool,
    },
    /// It has another number of LEDs.
    #[error("the card is set to {found} LEDs, not {expected}")]
    WrongSize {
        /// The LEDs that the site says it lights.
        expected: Size,
        /// The LEDs that it says it has.
        found: Size,
    },
    /// Its LEDs are of another kind.
    #[error("the card is set to {} LEDs, not {}", colour_name(*found), colour_name(*expected))]
    WrongColour {
        /// What the site says.
        expected: CardColour,
        /// What the card says.
        found: CardColour,
    },
    /// It does not know its own screen.
    #[error("the card has no screen parameters")]
    NoParameters,
    /// Somebody has set a secret.
    #[error("the card wants a secret (error {code}, {})", name(*code))]
    Secret {
        /// 20, 22 or 23.
        code: u16,
    },
    /// Its flash has no room for the fallback picture.
    #[error("the card's flash is full: the fallback picture takes {needed} bytes{}", free.map_or(String::new(), |free| format!(", {free} are free")))]
    FlashFull {
        /// Bytes of the files.
        needed: u32,
        /// Bytes that it says are free; `None` where it did not say.
        free: Option<u32>,
    },
    /// It has no memory for an area.
    #[error("the card has no memory left for {place}")]
    MemoryFull {
        /// Which area.
        place: Area,
    },
    /// It does not take the time.
    #[error("the card refuses the time (error 14)")]
    ClockRefused,
    /// Its clock does not run.
    #[error("the card says that its clock does not run")]
    ClockDead,
    /// It has been busy for a long time.
    #[error("the card has been busy for {} s", since.as_secs())]
    Busy {
        /// How long.
        since: Duration,
    },
    /// It refuses something else.
    #[error("the card refuses {thing}: error {code}, {}", name(*code))]
    Refused {
        /// What.
        thing: Thing,
        /// The maker's number.
        code: u16,
    },
    /// It answers, but not to that.
    #[error("the card does not answer to {thing}, though to others")]
    Unheard {
        /// What.
        thing: Thing,
    },
    /// An area is larger than the card takes.
    #[error("the pages of {place} take {bytes} bytes, the card takes {limit}")]
    TooLarge {
        /// Which area.
        place: Area,
        /// Bytes of its pages.
        bytes: usize,
        /// The most that the card takes.
        limit: usize,
    },
    /// More areas than the card has.
    #[error("{wanted} areas are to be shown, the card has {limit}")]
    TooMany {
        /// How many there are.
        wanted: usize,
        /// The most that the card has.
        limit: usize,
    },
    /// An area cannot be shown by such a card.
    #[error("{place} cannot be shown by such a card: {reason}")]
    Unfit {
        /// Which area.
        place: Area,
        /// Why.
        reason: String,
    },
    /// Somebody else drives the card.
    #[error("somebody else changed {thing} on the card")]
    AnotherMaster {
        /// What.
        thing: Thing,
    },
    /// What is read is not what was written, however often.
    #[error("the card confirms {thing}, but says otherwise when asked")]
    Disagrees {
        /// What.
        thing: Thing,
    },
    /// Flash is spared.
    #[error("the fallback picture was written {writes} times today, and waits")]
    Spared {
        /// How often.
        writes: u32,
    },
}

/// What a card of that address is called, in Chinese and English. One that is asked as whichever is there has no number worth naming.
fn card(number: u16) -> (String, String) {
    match number {
        ANY => ("控制卡".to_owned(), "the card".to_owned()),
        number => (format!("控制卡 {number} "), format!("card {number}")),
    }
}

impl Fault {
    /// The speeds that cards of the series come with, without `baud`, in Chinese and English.
    pub fn other_bauds(baud: u32) -> (String, String) {
        let others = [9600, 57600].into_iter().filter(|other| *other != baud);
        let others: Vec<_> = others.map(|other: u32| other.to_string()).collect();
        (others.join(" 或 "), others.join(" or "))
    }

    /// What to look at where nothing at all comes back over a line of that speed; `None` over a network.
    pub fn silence(baud: Option<u32>) -> Bilingual {
        match baud {
            Some(baud) => Bilingual::new(
                format!("请查控制卡电源、A/B（或收发）接线、卡的地址和波特率（本端 {baud}）；用 yingbi discover 找卡"),
                format!(
                    "check the card's power, A and B (or RX and TX), its address and its baud rate (here {baud}); `yingbi discover` finds cards"
                ),
            ),
            None => Bilingual::new(
                "请查控制卡电源、网线和地址，厂家软件是否还连着它；用 yingbi discover 找卡",
                "check the card's power, cable and address, and whether the maker's software holds its connection; `yingbi discover` finds cards",
            ),
        }
    }
}

/// The maker's name of an error.
fn name(code: u16) -> &'static str {
    names(code).1
}

/// The maker's names of an error, in Chinese and English.
fn names(code: u16) -> (&'static str, &'static str) {
    let unknown = ("厂家没有说明", "which the vendor does not name");
    ErrorCode(code).names().unwrap_or(unknown)
}

const fn colour_name(colour: CardColour) -> &'static str {
    match colour {
        CardColour::Single => "single-colour",
        CardColour::Dual => "red and green",
        CardColour::Full => "full-colour",
    }
}

impl Explain for Fault {
    fn chinese(&self) -> String {
        match self {
            Self::Silent { number, .. } => format!("{}没有应答：一个字节也没有收到", card(*number).0),
            Self::Garbled { number, .. } => format!("{}没有应答：收到的字节不成帧", card(*number).0),
            Self::WrongType {
                expected,
                found,
                goes_on,
            } => {
                let more = if *goes_on {
                    "；两者通信方式相同，照常显示"
                } else {
                    ""
                };
                format!("控制卡自报型号为 {found}，不是 {expected}{more}")
            }
            Self::WrongSize { expected, found } => format!("控制卡的屏幕参数是 {found} 点，不是 {expected} 点"),
            Self::WrongColour { expected, found } => {
                let (expected, found) = (expected.names().0, found.names().0);
                format!("控制卡的屏幕参数是{found}，不是{expected}")
            }
            Self::NoParameters => "控制卡没有屏幕参数".to_owned(),
            Self::Secret { code } => format!("控制卡设有密码（错误 {code}，{}）", names(*code).0),
            Self::FlashFull { needed, free } => {
                let free = free.map_or(String::new(), |free| format!("，剩余 {free} 字节"));
                format!("控制卡闪存已满：断电备用画面需要 {needed} 字节{free}")
            }
            Self::MemoryFull { place } => format!("控制卡内存不足，放不下区域（{}）", place.chinese()),
            Self::ClockRefused => "控制卡拒绝校时（错误 14）".to_owned(),
            Self::ClockDead => "控制卡报告时钟不走".to_owned(),
            Self::Busy { since } => format!("控制卡已经忙了 {} 秒", since.as_secs()),
            Self::Refused { thing, code } => {
                format!("控制卡拒绝{}：错误 {code}，{}", thing.chinese(), names(*code).0)
            }
            Self::Unheard { thing } => format!("控制卡对{}没有应答，其他命令正常", thing.chinese()),
            Self::TooLarge { place, bytes, limit } => {
                format!(
                    "区域（{}）的画面有 {bytes} 字节，控制卡最多 {limit} 字节",
                    place.chinese()
                )
            }
            Self::TooMany { wanted, limit } => format!("要显示 {wanted} 个区域，控制卡最多 {limit} 个"),
            Self::Unfit { place, reason } => format!("这种控制卡显示不了区域（{}）：{reason}", place.chinese()),
            Self::AnotherMaster { thing } => format!("有别的软件改动了控制卡的{}", thing.chinese()),
            Self::Disagrees { thing } => format!("控制卡确认了{}，读回却不一致", thing.chinese()),
            Self::Spared { writes } => format!("断电备用画面今天已写 {writes} 次，暂不再写"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Silent { baud, .. } => {
                let Bilingual { zh, en } = Self::silence(*baud);
                Bilingual::new(
                    format!(
                        "{zh}；型号的代数（5 代、6 代、字库卡）写错也会如此，停下 yingbi run 后用 yingbi card status 可查"
                    ),
                    format!(
                        "{en}; a model of the wrong generation (BX-5, BX-6, cards with fonts) is silent as well: with `yingbi run` stopped, `yingbi card status` tells"
                    ),
                )
            }
            Self::Garbled { baud: Some(baud), .. } => {
                let (zh, en) = Self::other_bauds(*baud);
                Bilingual::new(
                    format!(
                        "多半是波特率不对：本端 {baud}，请在 site.toml 改为 {zh} 再试；两张卡用同一卡号也会如此；再查接地和终端电阻"
                    ),
                    format!(
                        "most likely a wrong baud rate: here it is {baud}, try {en} in site.toml; or two cards have the same number; then check ground and termination"
                    ),
                )
            }
            Self::Garbled { baud: None, .. } => Bilingual::new(
                "该地址上多半不是 BX 控制卡，请核对地址和端口",
                "what answers there is most likely no BX card; check address and port",
            ),
            Self::WrongType { found, .. } => Bilingual::new(
                format!("请把 site.toml 中的 model 改为 {found}，或核对接的是不是这块卡"),
                format!("write model = \"{found}\" in site.toml, or check whether this is the card that was meant"),
            ),
            Self::NoParameters => Bilingual::new(
                "请用厂家软件按实际屏幕写入屏幕参数；写入后自动继续",
                "write the screen's parameters with the maker's software; the rest goes on by itself",
            ),
            Self::WrongSize { .. } | Self::WrongColour { .. } => Bilingual::new(
                "请用厂家软件按实际屏幕写入屏幕参数，或改正 site.toml",
                "write the screen's parameters with the maker's software, or mend site.toml",
            ),
            Self::Secret { .. } => Bilingual::new(
                "请用厂家软件取消该卡的通信密码",
                "remove the card's secret with the maker's software",
            ),
            Self::FlashFull { .. } => Bilingual::new(
                "请用 yingbi card files 查看，用 yingbi card erase 清除旧节目",
                "look with `yingbi card files`, and clear old programs with `yingbi card erase`",
            ),
            Self::MemoryFull { .. } => Bilingual::new(
                "请用 yingbi card erase 清除卡上别的区域和节目；仍不够请缩小区域，或改用同系列更大的卡",
                "clear what else is on the card with `yingbi card erase`; if that does not do, give the area fewer LEDs, or take a larger card of the series",
            ),
            Self::TooLarge { .. } => Bilingual::new(
                "请减少该区域的页数或缩小区域，或改用同系列更大的卡",
                "give the area fewer pages or fewer LEDs, or take a larger card of the series",
            ),
            Self::ClockRefused | Self::ClockDead => Bilingual::new(
                "请换控制卡上的时钟电池；在此之前亮度和开关由本机随时下发",
                "change the battery of the card's clock; until then brightness and on/off are sent from here as they change",
            ),
            Self::Busy { .. } => Bilingual::new(
                "请看是否有别的软件正在写这块卡；仍不恢复请给卡断电重启",
                "see whether other software writes to the card; if it stays, take its power away and give it back",
            ),
            Self::Refused { .. } | Self::Unheard { .. } => Bilingual::new(
                "请核对型号和固件版本；本机会隔一段时间再试，其余照常",
                "check model and firmware; it is tried again from time to time, and all else goes on",
            ),
            Self::TooMany { .. } | Self::Unfit { .. } => Bilingual::new(
                "请在 site.toml 中减少或改动这块屏的分区",
                "give the screen fewer or other zones in site.toml",
            ),
            Self::AnotherMaster { .. } => Bilingual::new(
                "请停用别的播放软件；本机已按自己的内容重新下发",
                "stop the other software; what ought to be there was sent again",
            ),
            Self::Disagrees { .. } => Bilingual::new(
                "请到现场看屏幕是否正确，核对固件版本，必要时重启控制卡",
                "look at the screen itself, check the firmware, and restart the card if need be",
            ),
            Self::Spared { .. } => Bilingual::new(
                "为保护闪存，每天最多写 24 次；显示不受影响，断电后备用画面可能是旧的",
                "flash is written 24 times a day at most; what is shown is not affected, but after a power cut an older picture may show",
            ),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::WrongType { goes_on: true, .. }
            | Self::WrongSize { .. }
            | Self::WrongColour { .. }
            | Self::ClockDead
            | Self::AnotherMaster { .. }
            | Self::Disagrees { .. }
            | Self::Spared { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
