//! What can be wrong with a site whose keys are each in order.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    calendar::TimeOfDay,
    diagnostic::{Bilingual, Explain},
    units::{Area, Share, Size},
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
    #[error("\"speed\" and \"pace\" both say how fast text runs here")]
    TwoSpeeds,
    #[error("{time} lies on no half hour, and brightness changes on half hours only")]
    OffHalfHour { time: TimeOfDay },
    #[error("no column has the id \"{parent}\"")]
    NoParent { parent: String },
    #[error("column \"{column}\" is above itself: {round}")]
    Cycle { column: String, round: String },
    #[error("column \"{column}\" has more than 15 columns above it")]
    TooDeep { column: String },
    #[error("this column is to have at least {least} of any hour, but at most {most}")]
    LeastAboveMost { least: Share, most: Share },
    #[error("{} at least {} % of any hour{}; {}", listed(.asking), sum(.asking), together_en(.asking), room_en(.above.as_ref(), *.room))]
    TooMuchBelow {
        /// The title of the column above; `None` where there is none.
        above: Option<Arc<str>>,
        /// What there is for the columns below it.
        room: Share,
        /// The titles of those that ask, and for how many percent.
        asking: Vec<(Arc<str>, u32)>,
    },
}

fn listed(asking: &[(Arc<str>, u32)]) -> String {
    let names: Vec<String> = asking.iter().map(|(title, _)| format!("\"{title}\"")).collect();
    format!(
        "{} {}",
        names.join(", "),
        if names.len() > 1 { "need" } else { "needs" }
    )
}

fn sum(asking: &[(Arc<str>, u32)]) -> u32 {
    asking.iter().map(|(_, percent)| percent).sum()
}

fn together_en(asking: &[(Arc<str>, u32)]) -> &'static str {
    if asking.len() > 1 { " together" } else { "" }
}

fn room_en(above: Option<&Arc<str>>, room: Share) -> String {
    match above {
        Some(above) => format!("\"{above}\" above may have at most {room}"),
        None => "an hour has no more than 100 %".into(),
    }
}

impl Explain for SiteFault {
    fn chinese(&self) -> String {
        match self {
            Self::UnknownZone { zone } => format!("没有“{zone}”这个时区"),
            Self::NoScreen => "没有 [[screen]]：无处显示".into(),
            Self::DoubleId { id, what_zh, .. } => format!("标识“{id}”已用于另一个{what_zh}"),
            Self::OffScreen { area, screen } => format!("范围（{}）超出屏幕 {screen}", area.chinese()),
            Self::Overlap { zone, other } => format!("区域“{zone}”与同层的区域“{other}”重叠"),
            Self::TwoSpeeds => "“速度”(speed)和“每秒字数”(pace)都写明了滚动快慢".into(),
            Self::OffHalfHour { time } => format!("{time} 不是整点或半点，而亮度只在整点和半点变化"),
            Self::NoParent { parent } => format!("没有标识为“{parent}”的栏目"),
            Self::Cycle { column, round } => format!("栏目“{column}”成了自己的上级：{round}"),
            Self::TooDeep { column } => format!("栏目“{column}”之上多于 15 级"),
            Self::LeastAboveMost { least, most } => format!("该栏目“最少”为 {least}，高于“最多”的 {most}"),
            Self::TooMuchBelow { above, room, asking } => {
                let names: Vec<String> = asking.iter().map(|(title, _)| format!("“{title}”")).collect();
                let together = if names.len() > 1 { "合计" } else { "" };
                let room = match above {
                    Some(above) => format!("上级“{above}”最多 {room}"),
                    None => "一小时总共只有 100 %".into(),
                };
                format!("栏目{}{together}最少需占 {} %，{room}", names.join("、"), sum(asking))
            }
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
            Self::TwoSpeeds => Bilingual::new(
                "只留“每秒字数”(pace)，或只留“速度”(speed)",
                "keep \"pace\" or keep \"speed\"",
            ),
            Self::OffHalfHour { .. } => Bilingual::new(
                "写整点或半点，如 18:00、18:30",
                "write a time on the hour or half hour, such as 18:00 or 18:30",
            ),
            Self::NoParent { .. } => {
                Bilingual::new("改正“上级”，或补上该栏目", "correct \"parent\", or add that column")
            }
            Self::Cycle { .. } => Bilingual::new("删去其中一个“上级”", "remove one of the parents"),
            Self::TooDeep { .. } => Bilingual::new("减少栏目的级数", "let columns stand in fewer levels"),
            Self::LeastAboveMost { .. } => Bilingual::new(
                "把“最少”(least)改得不高于“最多”(most)",
                "let \"least\" be no more than \"most\"",
            ),
            Self::TooMuchBelow { above: None, .. } => Bilingual::new(
                "降低其中一些栏目的“最少”(least)，使合计不超过 100 %",
                "lower \"least\" of some of them, until they need no more than 100 % together",
            ),
            Self::TooMuchBelow { above: Some(above), .. } => Bilingual::new(
                format!("降低这些栏目的“最少”(least)，或提高“{above}”的“最多”(most)"),
                format!("lower \"least\" of these, or raise \"most\" of \"{above}\""),
            ),
        }
    }
}
