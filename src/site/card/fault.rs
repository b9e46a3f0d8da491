//! What can be wrong with a card whose keys are each in order.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    controller::onbon::{Family, MODELS},
    diagnostic::{Bilingual, Explain},
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
        /// The name that may be meant.
        nearest: Option<&'static str>,
    },
    #[error("[[screen.card]] has neither \"address\" nor \"port\", and nothing says how to reach the card")]
    NoWay,
    #[error("\"address\" and \"port\" both say how to reach the card")]
    TwoWays,
    #[error("\"{key}\" is of serial lines, and this card is reached by its address")]
    OfSerial { key: &'static str, alias: &'static str },
    #[error("a {model} drives LEDs of {}, and those of the screen are \"{colour}\"", drives_en(*.family))]
    OtherColour {
        model: &'static str,
        family: Family,
        colour: &'static str,
    },
    #[error("a {model} lights an LED or not, and the screen has a depth of 8 bits")]
    OtherDepth { model: &'static str },
    #[error("a {model} lights at most {most}, and it is to light {region}")]
    TooManyLeds {
        model: &'static str,
        most: Size,
        region: Size,
        /// How many such cards would do.
        cards: u32,
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
    #[error("{own} and {other} are at one address, {address}, and a card listens to one only")]
    SameAddress {
        own: Named,
        other: Named,
        address: Arc<str>,
    },
}

const fn is_full(family: Family) -> bool {
    matches!(family, Family::FiveQ | Family::SixQ)
}

const fn drives_en(family: Family) -> &'static str {
    if is_full(family) {
        "full colour"
    } else {
        "one colour, or red and green"
    }
}

const fn drives_zh(family: Family) -> &'static str {
    if is_full(family) { "全彩" } else { "单色、双色" }
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
            Self::UnknownModel { written, .. } => format!("不认识控制卡“{written}”"),
            Self::NoWay => "[[screen.card]] 没有“地址”(address)，也没有“串口”(port)，不知道卡接在哪里".into(),
            Self::TwoWays => "“地址”(address)和“串口”(port)都写了，卡只能接一处".into(),
            Self::OfSerial { key, alias } => format!("“{alias}”({key})用于串口，而这张卡写的是网络地址"),
            Self::OtherColour { model, family, colour } => {
                let drives = drives_zh(*family);
                format!("{model} 用于{drives}的屏，而屏幕的颜色是 \"{colour}\"")
            }
            Self::OtherDepth { model } => format!("{model} 只有亮和灭，而屏幕的灰度是 8 位"),
            Self::TooManyLeds {
                model, most, region, ..
            } => format!("{model} 最多带 {most} 点，而范围是 {region} 点"),
            Self::SameNumber {
                own, other, port, card, ..
            } => {
                let (own, other) = (own.chinese(), other.chinese());
                let same = match card {
                    Some(card) => format!("卡号都是 {card}"),
                    None => "没有各写卡号".into(),
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
                format!("{own}和{other}写了同一个地址 {address}，一张卡只听一处")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::UnknownModel {
                nearest: Some(name), ..
            } => Bilingual::new(format!("是否应为“{name}”？"), format!("did you mean \"{name}\"?")),
            Self::UnknownModel { nearest: None, .. } => {
                let names: Vec<_> = MODELS.iter().map(|model| model.name).collect();
                Bilingual::new(
                    format!(
                        "写卡上印的型号，所知的有 {}；别家的卡见 README 的支持列表",
                        names.join("、")
                    ),
                    format!(
                        "write what is printed on the card; known are {}; for other makers see the list of what is supported in the README",
                        names.join(", ")
                    ),
                )
            }
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
            Self::OtherColour { family, .. } if is_full(*family) => Bilingual::new(
                "核对型号；屏幕确是全彩的，在 [[screen]] 写 colour = \"full\"；单双色屏用 BX-6E、BX-6M 等卡",
                "see whether the model is right; where the LEDs are, write colour = \"full\" in [[screen]]; for one or two colours use a BX-6E or BX-6M",
            ),
            Self::OtherColour { .. } => Bilingual::new(
                "核对型号；在 [[screen]] 写灯珠的颜色，如 colour = \"red\" 或 colour = \"red+green\"；全彩屏用 BX-6Q 卡",
                "see whether the model is right; write what the LEDs are in [[screen]], such as colour = \"red\" or colour = \"red+green\"; for full colour use a BX-6Q",
            ),
            Self::OtherDepth { .. } => Bilingual::new("在 [[screen]] 写 depth = 1", "write depth = 1 in [[screen]]"),
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
}
