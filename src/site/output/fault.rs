//! What can be wrong with an output whose keys are each in order.

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    panel::WiringFault,
    units::{Area, Size},
};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum OutputFault {
    #[error("\"{0}\" is no stream: cards of ONBON keep pages, and have a table of their own")]
    IsCard(String),
    #[error("DDP cannot find its controller, and [[screen.output]] has no \"address\"")]
    NoAddress,
    #[error("\"{key}\" belongs to {of}, not to {own}")]
    NotOfProtocol {
        key: &'static str,
        alias: &'static str,
        of: &'static str,
        own: &'static str,
    },
    #[error("\"{key}\" belongs to the format \"rgb\"{}, not to \"{format}\"", if *.or_grey { " or \"grey\"" } else { "" })]
    NotOfFormat {
        key: &'static str,
        alias: &'static str,
        or_grey: bool,
        format: &'static str,
    },
    #[error("\"ttl\" is of multicast, and this output goes to the one address that it names")]
    TtlOfUnicast,
    #[error("the format \"{format}\" is for LEDs of {needs_en}, and those of the screen are \"{colour}\"")]
    OtherColour {
        format: &'static str,
        colour: &'static str,
        needs_en: &'static str,
        needs_zh: &'static str,
        write: &'static str,
    },
    #[error("the format \"{format}\" lights an LED or not, and the screen has a depth of 8 bits")]
    OtherDepth { format: &'static str },
    #[error("\"modules\" and [[screen.output.module]] both say which modules there are")]
    ModulesTwice,
    #[error("there is a wiring, but nothing says which modules there are")]
    NothingWired,
    #[error("\"{key}\" is of a wall of equal modules; the list of modules is in the order of the chain already")]
    ChainOfList { key: &'static str, alias: &'static str },
    #[error("modules \"{written}\" are {size}, the region is {region}")]
    OtherSize {
        /// As written.
        written: String,
        size: Size,
        region: Area,
        /// What would fill the region.
        filling: Option<String>,
        /// Whether the screen has room for them where the region begins.
        has_room: bool,
    },
    #[error("{count} modules are listed, and {most} can be", most = Self::MOST)]
    TooMany { count: usize },
    #[error("\"preset\" and \"width\" or \"height\" both say how large the module is")]
    SizeTwice,
    #[error("nothing says how large the module is")]
    NoSize,
    #[error("nothing says what the modules draw, so the supply does not tell how bright they may be")]
    NoDraw,
    #[error("\"draw\" and \"module_draw\" both say what the modules draw")]
    DrawTwice,
    #[error("\"{key}\" says what the modules draw, and nothing says what the supply carries")]
    NoSupply { key: &'static str },
    #[error("\"module_draw\" is of one module, and nothing says how many there are")]
    DrawOfNothing,
    #[error("LEDs that are lit or dark cannot be dimmed, and all of them draw {}, of which the supply carries {}", amperes(*.draws), amperes(*.carries))]
    Undimmable {
        /// In milliamperes.
        carries: u32,
        /// In milliamperes.
        draws: u32,
    },
    #[error("\"{key}\" is written without \"{other}\"")]
    HalfPaced { key: &'static str, other: &'static str },
}

impl OutputFault {
    /// The most modules of a list: looking for overlaps takes time.
    pub(super) const MOST: usize = 4096;
}

impl Explain for OutputFault {
    fn chinese(&self) -> String {
        match self {
            Self::IsCard(written) => format!("“{written}”不是视频流：仰邦控制卡自己存页面，另有一张表"),
            Self::NoAddress => "DDP 找不到控制器：[[screen.output]] 没有“地址”(address)".into(),
            Self::NotOfProtocol { key, alias, of, own } => {
                format!("“{alias}”({key})用于 {}，不用于 {own}", of.replace(" and ", "、"))
            }
            Self::NotOfFormat {
                key,
                alias,
                or_grey,
                format,
            } => {
                let or_grey = if *or_grey { "、\"grey\"" } else { "" };
                format!("“{alias}”({key})用于格式 \"rgb\"{or_grey}，不用于 \"{format}\"")
            }
            Self::TtlOfUnicast => "“跳数”(ttl)只用于组播，而该输出发往所写的一个地址".into(),
            Self::OtherColour {
                format,
                colour,
                needs_zh,
                ..
            } => format!("格式 \"{format}\" 用于{needs_zh}的屏，而屏幕的颜色是 \"{colour}\""),
            Self::OtherDepth { format } => format!("格式 \"{format}\" 只有亮和灭，而屏幕的灰度是 8 位"),
            Self::ModulesTwice => "“模组”(modules)和“逐块”([[screen.output.module]])都写了模组".into(),
            Self::NothingWired => "写了走线，却没有写明用什么模组".into(),
            Self::ChainOfList { key, alias } => {
                format!("“{alias}”({key})用于相同模组拼成的屏；逐块写明的，次序就是走线")
            }
            Self::OtherSize {
                written, size, region, ..
            } => format!("模组“{written}”合计 {size} 点，而范围是 {} 点", region.size()),
            Self::TooMany { count } => format!("逐块写了 {count} 块模组，最多 {} 块", Self::MOST),
            Self::SizeTwice => "“型号”(preset)和“宽”“高”都写了模组的大小".into(),
            Self::NoSize => "没有写明模组的大小".into(),
            Self::NoDraw => "没有写明模组的电流，无从知道电源够不够".into(),
            Self::DrawTwice => "“满载电流”(draw)和“每块电流”(module_draw)都写了电流".into(),
            Self::NoSupply { key } => format!("写了电流({key})，却没有写明电源的电流"),
            Self::DrawOfNothing => "“每块电流”(module_draw)是一块模组的，却没有写明有几块".into(),
            Self::Undimmable { carries, draws } => format!(
                "只有亮和灭的灯珠不能调暗，全亮需 {}，而电源只有 {}",
                amperes(*draws),
                amperes(*carries)
            ),
            Self::HalfPaced { key, other } => format!("写了“{key}”，没有写“{other}”"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::IsCard(_) => Bilingual::new(
                "改写 [[screen.card]]，在其下写 model = \"BX-6E2\"（卡上印的型号），网口卡写 address，串口卡写 port",
                "write [[screen.card]] in its place, with model = \"BX-6E2\" (as printed on the card) and \"address\", or \"port\" for a serial one",
            ),
            Self::NoAddress => Bilingual::new(
                "补上一行 address = \"192.0.2.10\"，写控制器的地址",
                "add address = \"192.0.2.10\" with the controller's own",
            ),
            Self::NotOfProtocol { .. } => {
                Bilingual::new("删去此行，或改正“协议”", "remove the line, or correct \"protocol\"")
            }
            Self::NotOfFormat { .. } => {
                Bilingual::new("删去此行，或改正“格式”", "remove the line, or correct \"format\"")
            }
            Self::TtlOfUnicast => Bilingual::new(
                "删去此行；要用组播，则删去“地址”",
                "remove the line; for multicast remove \"address\"",
            ),
            Self::OtherColour { write, .. } => Bilingual::new(
                format!("写 format = \"rgb\"；屏幕确是如此，则在 [[screen]] 写 colour = {write}"),
                format!("write format = \"rgb\"; where the LEDs are such, write colour = {write} in [[screen]]"),
            ),
            Self::OtherDepth { .. } => Bilingual::new("在 [[screen]] 写 depth = 1", "write depth = 1 in [[screen]]"),
            Self::ModulesTwice => Bilingual::new("只留一种写法", "keep one of the two ways of writing it"),
            Self::NothingWired => Bilingual::new(
                "补上一行如 modules = \"P10 10x2\"；控制器自己管模组的，删去走线",
                "add a line such as modules = \"P10 10x2\"; where the controller knows its modules by itself, remove the wiring",
            ),
            Self::ChainOfList { .. } => Bilingual::new(
                "删去此行，照信号的次序写各块模组",
                "remove the line, and list the modules in the order of the data",
            ),
            Self::OtherSize {
                size,
                region,
                filling,
                has_room,
                ..
            } => {
                let filling = filling.as_ref().map(|written| format!("modules = \"{written}\""));
                let region = (*has_room).then(|| place(*region, *size));
                let both: Vec<String> = filling.into_iter().chain(region).collect();
                match both.is_empty() {
                    true => Bilingual::new(
                        "核对模组的型号和块数，以及屏幕的宽和高",
                        "see whether the module and the numbers are right, and the width and height of the screen",
                    ),
                    false => Bilingual::new(
                        format!("写 {}", both.join(" 或 ")),
                        format!("write {}", both.join(", or ")),
                    ),
                }
            }
            Self::TooMany { .. } => Bilingual::new(
                "相同的模组写 modules，或分成几路输出",
                "write \"modules\" for equal ones, or divide them among several outputs",
            ),
            Self::SizeTwice => Bilingual::new(
                "只留“型号”，或只留“宽”“高”",
                "keep \"preset\", or keep \"width\" and \"height\"",
            ),
            Self::NoSize => Bilingual::new(
                "写型号，如 preset = \"P10\"，或写宽和高",
                "write its name, such as preset = \"P10\", or width and height",
            ),
            Self::NoDraw => Bilingual::new(
                "补上 module_draw（一块模组的电流）或 draw（全部的）",
                "add \"module_draw\" for one module, or \"draw\" for all",
            ),
            Self::DrawTwice => Bilingual::new("只留其中一个", "keep one of the two"),
            Self::NoSupply { .. } => Bilingual::new(
                "补上 supply（开关电源的安数），或删去此行",
                "add \"supply\", what the power supply carries in amperes, or remove the line",
            ),
            Self::DrawOfNothing => Bilingual::new(
                "改写 draw（全部的电流），或写明模组",
                "write \"draw\" for all of it, or say which modules there are",
            ),
            Self::Undimmable { .. } => Bilingual::new(
                "换更大的电源，或把模组分给几个电源；实际电流小的，写 draw",
                "use a stronger supply, or divide the modules among several; where they draw less, write \"draw\"",
            ),
            Self::HalfPaced { other, .. } => Bilingual::new(
                format!("两个键都写，如 burst = 8、gap = 1；或都不写（缺 {other}）"),
                format!("write both, such as burst = 8 and gap = 1, or none (\"{other}\" is missing)"),
            ),
        }
    }
}

/// Milliamperes as people write them: `16.8 A`.
fn amperes(milliamperes: u32) -> String {
    format!("{} A", f64::from(milliamperes) / 1000.0)
}

/// A region of `size` where `region` begins, as it is written.
fn place(region: Area, size: Size) -> String {
    let Size { width, height } = size;
    match (region.x, region.y) {
        (0, 0) => format!("region = {{ width = {width}, height = {height} }}"),
        (x, y) => format!("region = {{ x = {x}, y = {y}, width = {width}, height = {height} }}"),
    }
}

/// LEDs without a module stay dark; the rest plays, so it is a warning here.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub(super) struct Dark(pub(super) WiringFault);

impl Explain for Dark {
    fn chinese(&self) -> String {
        self.0.chinese()
    }

    fn help(&self) -> Bilingual {
        self.0.help()
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
