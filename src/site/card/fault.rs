//! What can be wrong with a card whose keys are each in order.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    units::Size,
};

/// A card, as a person finds it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("card {number} of screen \"{screen}\"")]
pub(super) struct Named {
    pub(super) screen: String,
    /// From 1 on.
    pub(super) number: usize,
}

impl Named {
    fn chinese(&self) -> String {
        format!("屏幕“{}”的第 {} 张卡", self.screen, self.number)
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum CardFault {
    #[error("no card \"{written}\" is known")]
    UnknownModel {
        written: String,
        /// The names that may be meant.
        nearest: Vec<&'static str>,
    },
    #[error("[[screen.card]] has neither \"address\" nor \"port\", and nothing says how to reach the card")]
    NoWay,
    #[error("\"address\" and \"port\" both say how to reach the card")]
    TwoWays,
    #[error("\"{key}\" is of serial lines, and this card is reached by its address")]
    OfSerial { key: &'static str, alias: &'static str },
    #[error("a {model} drives LEDs of {}, and those of the screen are \"{colour}\"", drives_en(*.is_full))]
    OtherColour {
        model: &'static str,
        /// Whether it is for full colour.
        is_full: bool,
        colour: &'static str,
    },
    #[error("a {model} lights an LED or not, and the screen has a depth of 8 bits")]
    OtherDepth { model: &'static str },
    #[error("a {model} has no serial port, as far as is known")]
    NoSerial { model: &'static str },
    #[error("a page of {region} takes {takes} bytes, and a {model} holds {holds}")]
    TooManyLeds {
        model: &'static str,
        /// In bytes.
        holds: usize,
        /// In bytes.
        takes: usize,
        region: Size,
        /// How many such cards would do.
        cards: usize,
    },
    #[error("{own} and {other} are on one line, {port}, and {}", same_en(*.card))]
    SameNumber {
        own: Named,
        other: Named,
        port: Arc<str>,
        /// The number of both; `None` where one of them has none.
        card: Option<u16>,
        /// A number that is free.
        free: u16,
    },
    #[error("{own} is to speak at {mine} baud and {other} at {its}, and they are on one line, {port}")]
    TwoBauds {
        own: Named,
        mine: u32,
        other: Named,
        its: u32,
        port: Arc<str>,
    },
    #[error("{own} and {other} are at one address, {address}, and a card serves one at a time")]
    SameAddress {
        own: Named,
        other: Named,
        address: Arc<str>,
    },
}

const fn drives_en(is_full: bool) -> &'static str {
    if is_full {
        "full colour"
    } else {
        "one colour, or red and green"
    }
}

const fn drives_zh(is_full: bool) -> &'static str {
    if is_full { "全彩" } else { "单色、双色" }
}

fn same_en(card: Option<u16>) -> String {
    match card {
        Some(card) => format!("both have the number {card}"),
        None => "not each of them has a number".into(),
    }
}

impl Explain for CardFault {
    fn chinese(&self) -> String {
        match self {
            Self::UnknownModel { written, .. } => format!("不认识控制卡型号“{written}”"),
            Self::NoWay => "[[screen.card]] 没有“地址”(address)，也没有“串口”(port)，不知道卡接在哪里".into(),
            Self::TwoWays => "“地址”(address)和“串口”(port)都写了，卡只能接一处".into(),
            Self::OfSerial { key, alias } => format!("“{alias}”({key})用于串口，而这张卡写的是网络地址"),
            Self::OtherColour { model, is_full, colour } => {
                let drives = drives_zh(*is_full);
                format!("{model} 用于{drives}的屏，而屏幕的颜色是 \"{colour}\"")
            }
            Self::OtherDepth { model } => format!("{model} 只有亮和灭，而屏幕的灰度是 8 位"),
            Self::NoSerial { model } => format!("据所知，{model} 没有串口"),
            Self::TooManyLeds {
                model,
                holds,
                takes,
                region,
                ..
            } => format!("{region} 点的一页要 {takes} 字节，而 {model} 只存得下 {holds} 字节"),
            Self::SameNumber {
                own, other, port, card, ..
            } => {
                let (own, other) = (own.chinese(), other.chinese());
                let same = match card {
                    Some(card) => format!("卡号都是 {card}"),
                    None => "没有分别写明卡号".into(),
                };
                format!("{own}和{other}接在同一条线 {port} 上，{same}")
            }
            Self::TwoBauds {
                own,
                mine,
                other,
                its,
                port,
            } => {
                let (own, other) = (own.chinese(), other.chinese());
                format!("{own}和{other}接在同一条线 {port} 上，波特率却是 {mine} 和 {its}")
            }
            Self::SameAddress { own, other, address } => {
                let (own, other) = (own.chinese(), other.chinese());
                format!("{own}和{other}写了同一个地址 {address}，而一张卡同时只接受一个连接")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::UnknownModel { nearest, .. } if !nearest.is_empty() => {
                let quoted = |left, right, joint| {
                    let names: Vec<_> = nearest.iter().map(|name| format!("{left}{name}{right}")).collect();
                    names.join(joint)
                };
                Bilingual::new(
                    format!("是否应为{}？", quoted("“", "”", "或")),
                    format!("did you mean {}?", quoted("\"", "\"", " or ")),
                )
            }
            Self::UnknownModel { .. } => Bilingual::new(
                "写卡上印的型号，如 BX-5E2、BX-6E2、BX-6M2、BX-6Q2；别家的卡见 README 的支持列表",
                "write what is printed on the card, such as BX-5E2, BX-6E2, BX-6M2 or BX-6Q2; for other makers see the list of what is supported in the README",
            ),
            Self::NoWay => Bilingual::new(
                "网口卡补上 address = \"192.0.2.10\"，写卡的地址；串口卡补上 port = \"/dev/ttyUSB0\"",
                "add address = \"192.0.2.10\" with the card's own, or port = \"/dev/ttyUSB0\" where it is on a serial port",
            ),
            Self::TwoWays => Bilingual::new(
                "删去其中一行：接网线的留 address，接串口线的留 port",
                "remove one of them: keep \"address\" for a network cable, \"port\" for a serial one",
            ),
            Self::OfSerial { .. } => Bilingual::new(
                "删去此行；卡接在串口上的，把 address 改为 port",
                "remove the line; where the card is on a serial port, write \"port\" in place of \"address\"",
            ),
            Self::OtherColour { is_full: true, .. } => Bilingual::new(
                "核对型号；屏幕确是全彩的，在 [[screen]] 写 colour = \"full\"；单双色屏用 BX-6E、BX-6M 等卡",
                "see whether the model is right; where the LEDs are, write colour = \"full\" in [[screen]]; for one or two colours use a BX-6E or BX-6M",
            ),
            Self::OtherColour { .. } => Bilingual::new(
                "核对型号；在 [[screen]] 写灯珠的颜色，如 colour = \"red\" 或 colour = \"red+green\"；全彩屏用 BX-6Q 卡",
                "see whether the model is right; write what the LEDs are in [[screen]], such as colour = \"red\" or colour = \"red+green\"; for full colour use a BX-6Q",
            ),
            Self::OtherDepth { .. } => Bilingual::new("在 [[screen]] 写 depth = 1", "write depth = 1 in [[screen]]"),
            Self::NoSerial { .. } => Bilingual::new(
                "核对型号；卡上只有网口的，写 address = \"192.0.2.10\"",
                "see whether the model is right; where the card has a network port only, write address = \"192.0.2.10\"",
            ),
            Self::TooManyLeds { cards, .. } => Bilingual::new(
                format!("用 region 把屏幕分给 {cards} 张卡，或换带点更多的型号"),
                format!("divide the screen with \"region\" among {cards} cards, or use a model for more LEDs"),
            ),
            Self::SameNumber { free, .. } => Bilingual::new(
                format!("用仰邦的设置软件给每张卡设不同的地址，再在各表中写明，如 number = {free}"),
                format!(
                    "give each card an address of its own with ONBON's software, and write it in each table, such as number = {free}"
                ),
            ),
            Self::TwoBauds { .. } => Bilingual::new(
                "把线上的卡设成同一波特率，各表写同一个 baud；或各接一个串口",
                "set all cards of the line to one speed and write the same \"baud\", or give each a port of its own",
            ),
            Self::SameAddress { .. } => Bilingual::new(
                "核对各卡的地址；几张卡接在一台串口服务器后面的，用其虚拟串口，写 port",
                "see what the address of each card is; where several are behind one serial server, use its virtual serial port and write \"port\"",
            ),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            // A paper may be wrong, and a card have more than it says.
            Self::NoSerial { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
