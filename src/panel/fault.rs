//! What can be wrong with what an installer says of modules.

use thiserror::Error;

use super::preset::{PRESETS, Preset};
use crate::{
    diagnostic::{Bilingual, Explain},
    units::{Area, Size},
};

/// Why the shorthand of a wall of modules is none.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModulesFault {
    /// Nothing is written.
    #[error("nothing says which modules there are")]
    Nothing,
    /// No module is known by that name.
    #[error("no module \"{written}\" is known")]
    Unknown {
        /// The name, in capitals.
        written: String,
        /// The name that may be meant.
        nearest: Option<&'static str>,
    },
    /// The module has a name, but no board of that name has that size.
    #[error("no {} has {size} LEDs", preset.name)]
    OtherSize {
        /// What is known by that name.
        preset: &'static Preset,
        /// The size that is written.
        size: Size,
    },
    /// Nothing says how many modules there are; the module is named.
    #[error("\"{0}\" does not say how many modules there are")]
    NoCount(String),
    /// A part that is not two numbers with an x between.
    #[error("\"{0}\" is not two numbers with an x between")]
    NotTwoNumbers(String),
    /// A number is nought.
    #[error("\"{0}\" is nothing: both numbers must be at least 1")]
    Zero(String),
    /// More parts than name, size and number.
    #[error("\"{0}\" has more parts than a module and how many of them there are")]
    TooMuch(String),
    /// More LEDs than a screen may have.
    #[error("that makes {0} LEDs; a screen has {limit} at most each way", limit = Size::LIMIT)]
    TooLarge(Size),
    /// More modules than an output may have.
    #[error("that makes {0} modules; an output has {most} at most", most = super::Modules::MOST)]
    TooMany(u32),
}

impl Explain for ModulesFault {
    fn chinese(&self) -> String {
        match self {
            Self::Nothing => "没有写明用什么模组".into(),
            Self::Unknown { written, .. } => format!("不认识模组“{written}”"),
            Self::OtherSize { preset, size } => format!("{} 没有 {size} 点的模组", preset.name),
            Self::NoCount(written) => format!("“{written}”没有写明有几块模组"),
            Self::NotTwoNumbers(written) => format!("“{written}”不是“数字x数字”"),
            Self::Zero(written) => format!("“{written}”为零：两个数字都至少为 1"),
            Self::TooMuch(written) => format!("“{written}”除模组型号和块数外还写了别的"),
            Self::TooLarge(size) => format!("合计 {size} 点；屏幕每边最多 {} 点", Size::LIMIT),
            Self::TooMany(count) => format!("合计 {count} 块模组；一路输出最多 {} 块", super::Modules::MOST),
        }
    }

    fn help(&self) -> Bilingual {
        let example = || {
            Bilingual::new(
                "写型号和“横排块数x竖排块数”，如 \"P10 10x2\"；没有型号的写点数，如 \"32x16 10x2\"",
                "write the module, then how many beside and above each other: \"P10 10x2\"; where it has no name, its LEDs: \"32x16 10x2\"",
            )
        };
        match self {
            Self::Nothing | Self::TooMuch(_) => example(),
            Self::Unknown {
                nearest: Some(name), ..
            } => Bilingual::new(format!("是否指 {name}？"), format!("did you mean {name}?")),
            Self::Unknown { nearest: None, .. } => {
                let names = PRESETS.map(|preset| preset.name);
                Bilingual::new(
                    format!("已知型号：{}；其他模组写点数，如 \"32x16 10x2\"", names.join("、")),
                    format!(
                        "known are {}; of others write the LEDs: \"32x16 10x2\"",
                        names.join(", ")
                    ),
                )
            }
            Self::OtherSize { preset, size } => {
                let sizes: Vec<String> = preset.boards.iter().map(|board| board.size.to_string()).collect();
                Bilingual::new(
                    format!(
                        "{} 有 {}；若模组确是 {size} 点，删去型号，只写点数",
                        preset.name,
                        sizes.join("、")
                    ),
                    format!(
                        "{} has {}; if the module truly has {size}, leave the name out and write its LEDs alone",
                        preset.name,
                        sizes.join(" or ")
                    ),
                )
            }
            Self::NoCount(written) => Bilingual::new(
                format!("在后面写“横排块数x竖排块数”，如 \"{written} 10x2\""),
                format!("add how many hang beside and above each other: \"{written} 10x2\""),
            ),
            Self::NotTwoNumbers(_) | Self::Zero(_) => Bilingual::new(
                "写如 10x2：横排 10 块，竖排 2 块",
                "write 10x2 for ten beside and two above each other",
            ),
            Self::TooLarge(_) | Self::TooMany(_) => Bilingual::new(
                "核对块数；更大的屏分成几路输出",
                "see whether the numbers are right; divide a larger wall among several outputs",
            ),
        }
    }
}

/// Why a list of modules is no panel. Modules are counted from 1, in the order of the chain.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum WiringFault {
    /// A module has no LEDs.
    #[error("module {module} has no LEDs")]
    Empty {
        /// Its number.
        module: usize,
    },
    /// A module lies outside of the region, or partly so.
    #[error("module {module} at {area} lies outside of the region of {region} LEDs")]
    Outside {
        /// Its number.
        module: usize,
        /// Where it lies, within the region.
        area: Area,
        /// The region's size.
        region: Size,
    },
    /// Two modules lie on the same LEDs.
    #[error("modules {first} and {second} both lie on {area}")]
    Overlap {
        /// The number of the one that comes first in the chain.
        first: usize,
        /// The number of the other.
        second: usize,
        /// What they share.
        area: Area,
    },
    /// LEDs of the region belong to no module.
    #[error("{leds} LEDs of the region belong to no module, the first at column {x}, row {y}")]
    Gap {
        /// How many.
        leds: u64,
        /// The column of the first of them, from 0.
        x: u32,
        /// The row of the first of them, from 0.
        y: u32,
    },
}

impl Explain for WiringFault {
    fn chinese(&self) -> String {
        match self {
            Self::Empty { module } => format!("第 {module} 块模组没有点"),
            Self::Outside { module, area, region } => {
                format!("第 {module} 块模组（{}）超出范围（{region} 点）", area.chinese())
            }
            Self::Overlap { first, second, area } => {
                format!("第 {first} 块与第 {second} 块模组重叠，重叠处为{}", area.chinese())
            }
            Self::Gap { leds, x, y } => {
                format!("范围中有 {leds} 点不属于任何模组，首个在左 {x}、上 {y}（均从 0 起）")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Empty { .. } => Bilingual::new("写明它的宽和高", "give it a width and a height"),
            Self::Outside { .. } => Bilingual::new(
                "核对它的位置（从范围左上角起），或加大范围",
                "see whether its place is right (it counts from the region's top left corner), or enlarge the region",
            ),
            Self::Overlap { .. } => Bilingual::new("改正其中一块的位置", "correct the place of one of the two"),
            Self::Gap { .. } => Bilingual::new(
                "补上缺少的模组，或缩小范围",
                "add the modules that are missing, or make the region smaller",
            ),
        }
    }
}
