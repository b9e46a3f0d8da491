//! What can be wrong with a scene beyond single values.

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain},
    text::Why,
};

/// One thing that is wrong with a box.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SceneFault {
    /// A box filled with two things.
    #[error("a box shows one thing: \"{first}\" is written, and \"{second}\" too")]
    TwoFills {
        /// The key written first.
        first: &'static str,
        /// The other key.
        second: &'static str,
    },
    /// A box that shows nothing and has no colour.
    #[error("this box shows nothing and has no background")]
    Empty,
    /// A width or height of nothing.
    #[error("\"{key}\" = 0: the box has no LEDs")]
    NoSize {
        /// The key.
        key: &'static str,
    },
    /// A least size above the most.
    #[error("\"{least}\" is above \"{most}\": no zone is of that size")]
    NoZone {
        /// The key of the least.
        least: &'static str,
        /// The key of the most.
        most: &'static str,
    },
    /// Two boxes that make pages of the same zone.
    #[error("two boxes are paged or scroll in zones of the same size; the other one is on line {line}")]
    TwoPaged {
        /// Where the first of them stands.
        line: u32,
    },
    /// A flow that makes no pages.
    #[error("a flow needs paged = true or scroll = true")]
    FlowUnpaged,
    /// A paged box that has nothing to make pages of.
    #[error("a paged box needs a field of the item, or a flow of them")]
    PagedNothing,
    /// A flow of things that are not part of an item.
    #[error("a flow cannot hold the time, a count of days or the page's number")]
    FlowOfTime,
    /// A box that makes pages and runs.
    #[error("a box is paged or it scrolls, not both")]
    ScrollPaged,
    /// A box that runs by the tick and takes turns by the clock.
    #[error("a box that scrolls takes no turns")]
    ScrollTurns,
    /// A box that has nothing to run.
    #[error("what scrolls is a text, a field of the item or a flow of them")]
    ScrollNothing,
    /// A box set in columns that makes pages, runs, or changes with the clock.
    #[error(
        "a box that is vertical stands still on one page: it is neither paged nor scrolling, nor does it change with the clock"
    )]
    VerticalMoves,
    /// A box as wide as its text whose text has no end.
    #[error("a box as wide as its text cannot be paged, nor scroll")]
    SnugOverflow,
    /// A box as wide as a text that it does not have.
    #[error("a box as wide as its text needs one that stands still")]
    SnugNothing,
    /// A second size of type where there is one only.
    #[error("\"beside\" is for what changes with the clock: a time or a count of days")]
    BesideStill,
    /// A fixed text with a character that the strike does not have.
    #[error("{}", .told.en)]
    NoGlyph {
        /// The character and the reason.
        told: Bilingual,
        /// The reason.
        why: Why,
    },
}

impl Explain for SceneFault {
    fn chinese(&self) -> String {
        match self {
            Self::TwoFills { first, second } => format!("一个框只显示一项：已写“{first}”，又写“{second}”"),
            Self::Empty => "这个框没有内容，也没有底色".into(),
            Self::NoSize { key } => format!("“{key}”为 0：框内没有像素点"),
            Self::NoZone { least, most } => format!("“{least}”大于“{most}”：没有这样大小的区域"),
            Self::TwoPaged { line } => format!("同样大小的区域有两个分页或滚动的框，另一个在第 {line} 行"),
            Self::FlowUnpaged => "排列(flow)须同时写 paged = true 或 scroll = true".into(),
            Self::PagedNothing => "分页的框须显示信息的某一项，或各项的排列".into(),
            Self::FlowOfTime => "排列中不能有时间、天数和页码".into(),
            Self::ScrollPaged => "一个框或分页(paged)，或滚动(scroll)，不能并用".into(),
            Self::ScrollTurns => "滚动的框不能有轮次(turn)".into(),
            Self::VerticalMoves => "竖排的框只用于静止的一页：不能分页、滚动，也不能显示随时间变化的内容".into(),
            Self::ScrollNothing => "滚动的框须显示文字、信息的某一项或各项的排列".into(),
            Self::SnugOverflow => "随文宽(snug)的框不能分页或滚动".into(),
            Self::SnugNothing => "随文宽(snug)的框须有不随时钟变化的文字".into(),
            Self::BesideStill => "“前后缀字号”(beside)只用于随时钟变化的内容：时间或天数".into(),
            Self::NoGlyph { told, .. } => told.zh.clone(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::TwoFills { .. } => Bilingual::new(
                "只留一个，另一个写成新的 [[box]]",
                "keep one; give the other a [[box]] of its own",
            ),
            Self::Empty => Bilingual::new(
                "写上 field、text 或 background",
                "write a field, a text or a background",
            ),
            Self::NoSize { .. } => Bilingual::new(
                "删去此行则到边为止",
                "remove the line: the box then reaches to the edge",
            ),
            Self::NoZone { .. } => Bilingual::new("对调两个数", "exchange the two numbers"),
            Self::TwoPaged { .. } => Bilingual::new(
                "只留一处 paged = true 或 scroll = true，或用 min_width、max_height 等把两者的区域分开",
                "keep one paged = true or scroll = true, or tell their zones apart by min_width, max_height and the like",
            ),
            Self::FlowUnpaged => Bilingual::new(
                "补上 paged = true（翻页）或 scroll = true（滚动）",
                "add paged = true or scroll = true",
            ),
            Self::PagedNothing => Bilingual::new("写上 field = \"body\"", "add field = \"body\""),
            Self::NoGlyph { why, .. } => why.help(),
            Self::ScrollPaged => Bilingual::new("只留其中一行", "keep one of them"),
            Self::ScrollTurns => Bilingual::new("删去 turn", "remove \"turn\""),
            Self::VerticalMoves => Bilingual::new("删去 vertical", "remove \"vertical\""),
            Self::ScrollNothing => Bilingual::new("写上 field = \"title\"", "add field = \"title\""),
            Self::SnugOverflow | Self::SnugNothing => {
                Bilingual::new("删去 snug，写明 w", "write \"w\" instead of \"snug\"")
            }
            Self::BesideStill => Bilingual::new("删去此行", "remove the line"),
            Self::FlowOfTime => Bilingual::new("另写一个 [[box]]", "give it a [[box]] of its own"),
        }
    }
}
