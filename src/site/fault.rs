//! What can be wrong with a site whose keys are each in order.

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain},
    units::{Area, Size},
};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum SiteFault {
    #[error("unknown time zone \"{zone}\"")]
    UnknownZone { zone: String },
    #[error("no [[screen]]: there is nothing to show anything on")]
    NoScreen,
    #[error("the id \"{id}\" is already that of another {what_en}")]
    DoubleId {
        id: String,
        what_en: &'static str,
        what_zh: &'static str,
    },
    #[error("the area {area} reaches beyond the screen of {screen}")]
    OffScreen { area: Area, screen: Size },
    #[error("zone \"{zone}\" lies over zone \"{other}\" on the same layer")]
    Overlap { zone: String, other: String },
    #[error("no column has the id \"{parent}\"")]
    NoParent { parent: String },
    #[error("column \"{column}\" is above itself: {round}")]
    Cycle { column: String, round: String },
}

impl Explain for SiteFault {
    fn chinese(&self) -> String {
        match self {
            Self::UnknownZone { zone } => format!("没有“{zone}”这个时区"),
            Self::NoScreen => "没有 [[screen]]：无处显示".into(),
            Self::DoubleId { id, what_zh, .. } => format!("标识“{id}”已用于另一个{what_zh}"),
            Self::OffScreen { area, screen } => format!("范围 {area} 超出屏幕 {screen}"),
            Self::Overlap { zone, other } => format!("区域“{zone}”与同层的区域“{other}”重叠"),
            Self::NoParent { parent } => format!("没有标识为“{parent}”的栏目"),
            Self::Cycle { column, round } => format!("栏目“{column}”成了自己的上级：{round}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::UnknownZone { .. } => Bilingual::new(
                "写 IANA 时区名，如 \"Asia/Shanghai\"",
                "write an IANA name such as \"Asia/Shanghai\"",
            ),
            Self::NoScreen => Bilingual::new(
                "加上 [[screen]]，写明 id、width 和 height",
                "add [[screen]] with id, width and height",
            ),
            Self::DoubleId { .. } => Bilingual::new("换一个标识", "choose another id"),
            Self::OffScreen { screen, .. } => Bilingual::new(
                format!("左加宽不超过 {}，上加高不超过 {}", screen.width, screen.height),
                format!(
                    "keep x + width within {} and y + height within {}",
                    screen.width, screen.height
                ),
            ),
            Self::Overlap { .. } => Bilingual::new(
                "移开其中一个，或把“层”(layer)写成不同的数",
                "move one of them, or give them different layers",
            ),
            Self::NoParent { .. } => {
                Bilingual::new("改正“上级”，或补上该栏目", "correct \"parent\", or add that column")
            }
            Self::Cycle { .. } => Bilingual::new("删去其中一个“上级”", "remove one of the parents"),
        }
    }
}
