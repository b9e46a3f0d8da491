//! What can be wrong between files: everything that no single file shows.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use thiserror::Error;

use super::{foreign::Foreign, source::ReadFault};
use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    text::{SiteFonts, Why},
};

/// A problem that shows once all files are at hand.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum Problem {
    #[error("there is no site.toml")]
    NoSite,
    #[error("site.toml is gone; everything stays as it was")]
    SiteGone,
    #[error("cannot be read: {0}")]
    Unreadable(String),
    #[error("its name is not UTF-8")]
    BadName,
    #[error("it is not a regular file")]
    NoFile,
    #[error("this link leads out of the site, to {0}")]
    Outside(String),
    #[error("the file is {} MB large; at most {} MB are read", megabytes(*size), megabytes(*limit))]
    TooLarge { size: u64, limit: u64 },
    #[error("all files together are larger than {} MB, and this one is beyond that", megabytes(*limit))]
    Beyond { limit: u64 },
    #[error("is being made ready, and plays when it is")]
    Waiting,
    #[error("waits until it has been copied whole")]
    Copying,
    #[error("{}", .message.en)]
    Refused { message: Bilingual, help: Bilingual },
    #[error("is no picture in its plain form")]
    NotPlain,
    #[error("is shown {width} LEDs wide, about 1/{times} of its {original} pixels: small text in it cannot be read")]
    Shrunk { width: u32, original: u32, times: u32 },
    #[error(
        "{count} pictures or videos ({}{}) are shown at less than 1/4 of their size even where they are largest: small text in them cannot be read",
        names.join(", "), more(*count, names, ", …")
    )]
    ManyShrunk { count: usize, names: Vec<Arc<str>> },
    #[error("the program has failed on this file; it is left out")]
    Quarantined,
    #[error("the program fails on this file: {0}")]
    Broke(String),
    #[error("{}", .told.en)]
    NoGlyph { told: Bilingual, why: Why },
    #[error("the card of screen \"{screen}\", a {model}, has no character \"{character}\" ({})", code_point(*.character))]
    NotOnCard {
        character: char,
        screen: Arc<str>,
        model: &'static str,
        /// Whether it is an item that is left out for it.
        is_item: bool,
    },
    #[error("the card of screen \"{screen}\", a {model}, sets words by itself and shows no pictures")]
    PictureOnCard { screen: Arc<str>, model: &'static str },
    #[error("the card of screen \"{screen}\", a {model}, sets words by itself and shows no videos")]
    VideoOnCard { screen: Arc<str>, model: &'static str },
    #[error("the identity \"{id}\" is already that of {first}")]
    Duplicate { id: Arc<str>, first: Arc<str> },
    #[error("there is no {} \"{name}\"{}", .noun.english(), hint_en(.nearest.as_ref()))]
    Dangling {
        noun: Noun,
        name: Arc<str>,
        nearest: Option<Arc<str>>,
    },
    #[error("there is no scene \"{name}\"{}; that of its column or zone is used", hint_en(.nearest.as_ref()))]
    StrayScene {
        name: Arc<str>,
        nearest: Option<Arc<str>>,
        known: String,
    },
    #[error("there is no column \"{column}\"{}; it stays in that of its folder", hint_en(.nearest.as_ref()))]
    StrayColumn {
        column: Arc<str>,
        nearest: Option<Arc<str>>,
    },
    #[error("no playlist plays the folder \"{folder}\"{}", hint_en(.nearest.as_ref()))]
    UnplayedFolder {
        folder: Arc<str>,
        nearest: Option<Arc<str>>,
    },
    #[error("{newer} is a newer version of it{}", until_en(.until.as_ref()))]
    Copy { newer: Arc<str>, until: Option<DateTime> },
    #[error("what lies in this folder does not play: its name is one that a computer gives")]
    Makeshift,
    #[error("the folder items is gone or empty: nothing is left to play; was it renamed?")]
    NoItems,
    #[error("says just what {first} says, which plays in its place")]
    Double { first: Arc<str> },
    #[error("nothing ends it, so as long as it is here it keeps from its zones whatever is less urgent")]
    EndlessLevel,
    #[error("{}", .0.told().en)]
    Foreign(Foreign),
    #[error("the site has more than {} faces of its own", SiteFonts::MOST)]
    TooManyFaces,
    #[error("a clock cannot run in the ticker \"{0}\"")]
    ClockInTicker(Arc<str>),
    #[error(
        "does not fit the scene \"{scene}\" on {width}x{height} LEDs even in the smallest type: its end is left out, after …"
    )]
    TooLongForScene { scene: Arc<str>, width: u32, height: u32 },
    #[error("the scene \"{scene}\" shows the title only; this is not shown: {text}")]
    Unshown { scene: Arc<str>, text: String },
    #[error("\"{0}\" waits for approval, so it is not shown")]
    DraftMedia(Arc<str>),
    #[error(
        "the code in the scene \"{scene}\" has one LED a module on {width}x{height} LEDs: telephones may not read it"
    )]
    SmallCode { scene: Arc<str>, width: u32, height: u32 },
    #[error("there is no room for the code in the scene \"{scene}\" on {width}x{height} LEDs: it is left out")]
    NoRoomForCode { scene: Arc<str>, width: u32, height: u32 },
    #[error("the scene \"{scene}\" has no box for its {}", if *is_chart { "chart" } else { "picture or video" })]
    NoBox { scene: Arc<str>, is_chart: bool },
    #[error("the chart does not fit the scene \"{scene}\" on {width}x{height} LEDs: some of its rows are left out")]
    ChartCut { scene: Arc<str>, width: u32, height: u32 },
    #[error("lies in no column: it is directly under items/")]
    NoColumn,
    #[error("nothing is left of this playlist: none of its zones is on any of its screens")]
    Nowhere,
    #[error("{}", holidays_end(.until.as_ref(), *.left))]
    HolidaysEnd { until: Option<Date>, left: i32, year: i16 },
}

/// What a reference means to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    Item,
    Column,
    Zone,
    Screen,
    Scene,
    Face,
    Season,
    Holiday,
    Media,
    Data,
}

impl Noun {
    const fn english(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Column => "column",
            Self::Zone => "zone",
            Self::Screen => "screen",
            Self::Scene => "scene",
            Self::Face => "face",
            Self::Season => "season",
            Self::Holiday => "holiday",
            Self::Media => "picture or video",
            Self::Data => "data file",
        }
    }

    const fn chinese(self) -> &'static str {
        match self {
            Self::Item => "信息",
            Self::Column => "栏目",
            Self::Zone => "区域",
            Self::Screen => "屏幕",
            Self::Scene => "模板",
            Self::Face => "字体",
            Self::Season => "季节",
            Self::Holiday => "节日",
            Self::Media => "图片或视频",
            Self::Data => "数据文件",
        }
    }

    /// Where its kind is declared.
    const fn home(self) -> &'static str {
        match self {
            Self::Item => "items/",
            Self::Column => "site.toml [[column]]",
            Self::Zone => "site.toml [[screen.zone]]",
            Self::Screen => "site.toml [[screen]]",
            Self::Scene => "scenes/",
            Self::Face => "fonts/",
            Self::Season => "calendar/ [[season]]",
            Self::Holiday => "calendar/ [[holiday]], [[festival]]",
            Self::Media => "items/",
            Self::Data => "data/",
        }
    }
}

impl From<&ReadFault> for Problem {
    fn from(fault: &ReadFault) -> Self {
        match fault {
            ReadFault::Unreadable(reason) => Self::Unreadable(reason.clone()),
            ReadFault::BadName => Self::BadName,
            ReadFault::NoFile => Self::NoFile,
            ReadFault::Outside(target) => Self::Outside(target.clone()),
            ReadFault::Quarantined => Self::Quarantined,
            ReadFault::TooLarge { size, limit } => Self::TooLarge {
                size: *size,
                limit: *limit,
            },
            ReadFault::Beyond { limit } => Self::Beyond { limit: *limit },
            ReadFault::Waiting { is_hollow: true } => Self::Copying,
            ReadFault::Waiting { is_hollow: false } => Self::Waiting,
            ReadFault::Refused { message, help } => Self::Refused {
                message: message.clone(),
                help: help.clone(),
            },
            ReadFault::Foreign(foreign) => Self::Foreign(*foreign),
        }
    }
}

impl Explain for Problem {
    fn chinese(&self) -> String {
        match self {
            Self::NoSite => "缺少 site.toml".into(),
            Self::SiteGone => "site.toml 不见了，屏幕保持原样".into(),
            Self::Unreadable(reason) => format!("无法读取：{reason}"),
            Self::BadName => "文件名不是 UTF-8 编码".into(),
            Self::NoFile => "不是普通文件".into(),
            Self::Outside(target) => format!("此链接指向站点之外：{target}"),
            Self::TooLarge { size, limit } => {
                format!("文件有 {} MB，最多读取 {} MB", megabytes(*size), megabytes(*limit))
            }
            Self::Beyond { limit } => format!("全部文件合计超过 {} MB，此文件在其外", megabytes(*limit)),
            Self::Waiting => "正在处理，处理好即播放".into(),
            Self::Copying => "等待复制完成".into(),
            Self::Refused { message, .. } => message.zh.clone(),
            Self::NotPlain => "不是处理好的图片或视频".into(),
            Self::Shrunk { width, original, times } => {
                format!("原画面宽 {original} 像素，在屏上宽 {width} 点，约缩小到 1/{times}：画面中的小字将看不清")
            }
            Self::ManyShrunk { count, names } => format!(
                "{count} 个图片或视频（{}{}）在最大的区域中也缩小到 1/4 以下：画面中的小字将看不清",
                names.join("、"),
                more(*count, names, "等")
            ),
            Self::Quarantined => "程序处理此文件时出错，已停止播放此文件".into(),
            Self::Broke(words) => format!("程序处理此文件时出错：{words}"),
            Self::NoGlyph { told, .. } => told.zh.clone(),
            Self::NotOnCard {
                character,
                screen,
                model,
                ..
            } => {
                let code = code_point(*character);
                format!("屏幕“{screen}”的控制卡 {model} 没有“{character}”（{code}）这个字符")
            }
            Self::PictureOnCard { screen, model } => {
                format!("屏幕“{screen}”的控制卡 {model} 是字库卡，自己排字，不显示图片")
            }
            Self::VideoOnCard { screen, model } => {
                format!("屏幕“{screen}”的控制卡 {model} 是字库卡，自己排字，不放视频")
            }
            Self::Duplicate { id, first } => format!("标识“{id}”已被 {first} 使用"),
            Self::Dangling { noun, name, nearest } => {
                format!("没有名为“{name}”的{}{}", noun.chinese(), hint_zh(nearest.as_ref()))
            }
            Self::StrayScene { name, nearest, .. } => {
                format!(
                    "没有名为“{name}”的模板{}；现按栏目的版式播放",
                    hint_zh(nearest.as_ref())
                )
            }
            Self::StrayColumn { column, nearest } => {
                format!(
                    "没有栏目“{column}”{}；暂按所在文件夹的栏目播放",
                    hint_zh(nearest.as_ref())
                )
            }
            Self::UnplayedFolder { folder, nearest } => {
                format!("没有节目单播放文件夹“{folder}”{}", hint_zh(nearest.as_ref()))
            }
            Self::Copy { newer, until } => format!("{newer} 是同一条信息的较新版本，{}", until_zh(until.as_ref())),
            Self::Makeshift => "此文件夹的名称是电脑自动起的，其中的文件不播出".into(),
            Self::NoItems => "items 文件夹不见了或是空的，屏上已无信息可播；是否改了名？".into(),
            Self::Double { first } => format!("与 {first} 内容完全相同，只播那一份"),
            Self::EndlessLevel => "没有下屏时间，在此期间所在区域不播不如它重要的信息".into(),
            Self::Foreign(foreign) => foreign.told().zh,
            Self::TooManyFaces => format!("本站自带字体超过 {} 种", SiteFonts::MOST),
            Self::ClockInTicker(zone) => format!("滚动区域“{zone}”中不能放时钟"),
            Self::TooLongForScene { scene, width, height } => {
                format!("在 {width}×{height} 的区域用模板“{scene}”，最小字号也放不下，末尾以“…”代替")
            }
            Self::Unshown { scene, text } => format!("模板“{scene}”只显示标题，下面的正文不显示：{text}"),
            Self::DraftMedia(path) => format!("“{path}”还在待审，没有显示"),
            Self::SmallCode { scene, width, height } => {
                format!("在 {width}×{height} 的区域用模板“{scene}”，二维码每格只占一个灯点，手机可能扫不出")
            }
            Self::NoRoomForCode { scene, width, height } => {
                format!("在 {width}×{height} 的区域用模板“{scene}”，放不下二维码，没有显示")
            }
            Self::NoBox { scene, is_chart } => {
                let what = if *is_chart { "图表" } else { "画面" };
                format!("模板“{scene}”没有{what}的位置，{what}不显示")
            }
            Self::ChartCut { scene, width, height } => {
                format!("在 {width}×{height} 的区域用模板“{scene}”，图表放不下，有几项没有显示")
            }
            Self::NoColumn => "直接放在 items/ 之下，不属于任何栏目".into(),
            Self::Nowhere => "此节目单无处播放：所列屏幕上没有所列区域".into(),
            Self::HolidaysEnd { until: None, .. } => "没有法定节假日的安排：周一至周五一律按工作日".into(),
            Self::HolidaysEnd {
                until: Some(until),
                left,
                ..
            } if *left >= 0 => {
                format!("法定节假日只知道到 {until}，还有 {left} 天；此后周一至周五一律按工作日")
            }
            Self::HolidaysEnd { until: Some(until), .. } => {
                format!("法定节假日只知道到 {until}，已经过期：周一至周五一律按工作日")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoSite => Bilingual::new(
                "请在站点文件夹中放入 site.toml，写法可参照示例站点",
                "put a site.toml into the site's folder; the sample site has one to start from",
            ),
            Self::SiteGone => Bilingual::new(
                "请把 site.toml 放回站点文件夹",
                "put site.toml back into the site's folder",
            ),
            Self::Unreadable(_) => Bilingual::new(
                "请检查文件与权限；此前若有正确的版本，则继续播放",
                "see whether it is there and may be read; its last good version, if there is one, stays on",
            ),
            Self::BadName => Bilingual::new("请改名后重新放入", "rename it, and put it here again"),
            Self::NoFile => Bilingual::new(
                "请把文件本身放进站点文件夹；此前若有正确的版本，则继续播放",
                "put the file itself in this place; its last good version, if there is one, stays on",
            ),
            Self::Outside(_) => Bilingual::new(
                "请把文件本身放进站点文件夹",
                "put the file itself into the site's folder",
            ),
            Self::TooLarge { .. } => Bilingual::new(
                "请拆成几个文件，或确认是否放错了文件",
                "split it into several files, or see whether it is the file that was meant",
            ),
            Self::Beyond { .. } => Bilingual::new(
                "请把不用的文件移出站点文件夹；此前若有正确的版本，则继续播放",
                "move files that are not needed out of the site's folder; the last good version, if there is one, stays on",
            ),
            Self::Copying => Bilingual::new(
                "请等复制完成，之后自动处理；此前若有正确的版本，则继续播放",
                "let the copy finish, the rest happens by itself; the last good version, if there is one, stays on",
            ),
            Self::Waiting => Bilingual::new(
                "请稍候；此前若有正确的版本，则继续播放",
                "wait a moment; the last good version, if there is one, stays on",
            ),
            Self::Refused { help, .. } => Bilingual::new(
                format!("{}；此前若有正确的版本，则继续播放", help.zh),
                format!("{}; the file's last good version, if there is one, stays on", help.en),
            ),
            Self::NotPlain => Bilingual::new("请重新放入原文件", "put the original file here again"),
            Self::Shrunk { .. } | Self::ManyShrunk { .. } => Bilingual::new(
                "画面中的文字请另写成文字信息；要看清图上的字，请按屏幕的点数重新制作",
                "write what it says as a text item, or make it anew for as many LEDs as the screen has",
            ),
            Self::Quarantined | Self::Broke(_) => Bilingual::new(
                "请修改或移走此文件，改动后会自动重试；此前若有正确的版本，则继续播放；这是程序的错误，请把文件和日志发给开发者",
                "change the file or take it away; once changed it is tried again; its last good version, if there is one, stays on; this is \
                 a fault of the program, please send the file and the log to the developers",
            ),
            Self::NotOnCard { is_item: true, .. } => Bilingual::new(
                "请换用 GB 2312 中的字，或改用能显示点阵的卡（如 BX-6E）；此前该屏不播这条信息，其他屏照常",
                "use characters of GB 2312, or a card that shows LEDs (a BX-6E, say); until then this screen goes without the item, and others have it",
            ),
            Self::NotOnCard { is_item: false, .. } => Bilingual::new(
                "请换用 GB 2312 中的字，或改用能显示点阵的卡（如 BX-6E）；此前带有该名称的画面不送该卡",
                "use characters of GB 2312, or a card that shows LEDs (a BX-6E, say); until then the card is not sent pages with that name",
            ),
            Self::VideoOnCard { .. } => Bilingual::new(
                "请改用文字；此前该屏不播这个视频，其他屏照常",
                "put it in words; until then this screen goes without it, and others have it",
            ),
            Self::PictureOnCard { .. } => Bilingual::new(
                "请改用文字，或改用能显示点阵的卡（如 BX-6E）；此前该屏不播这张图片，其他屏照常",
                "put it in words, or use a card that shows LEDs (a BX-6E, say); until then this screen goes without it, and others have it",
            ),
            Self::NoGlyph { why, .. } => {
                let Bilingual { zh, en } = why.help();
                Bilingual::new(
                    format!("{zh}；此前若有正确的版本，则继续播放"),
                    format!("{en}; the file's last good version, if there is one, stays on"),
                )
            }
            Self::Duplicate { .. } => Bilingual::new(
                "请改其中一个的 id；此文件暂不播放",
                "give one of them another id; this file does not play",
            ),
            Self::Dangling { noun, .. } => Bilingual::new(
                format!("请对照 {} 更正；这一处暂不播放", noun.home()),
                format!("compare with {}; until then this is left out", noun.home()),
            ),
            Self::StrayScene { known, .. } => Bilingual::new(
                format!("可写的模板：{known}；不写即按栏目的版式"),
                format!("scenes that exist: {known}; without the line that of its column is used"),
            ),
            Self::StrayColumn { .. } => Bilingual::new(
                "请写已有栏目的名称，或不写栏目",
                "write the name of a column that exists, or remove the line",
            ),
            Self::UnplayedFolder { folder, .. } => Bilingual::new(
                format!("请把文件移到已有栏目的文件夹，或在节目单中播放 column = \"{folder}\""),
                format!("move the file to the folder of a column, or play column = \"{folder}\" in a playlist"),
            ),
            Self::Copy { .. } => Bilingual::new(
                "请删去不用的文件；若是两条不同的信息，请改其中一个的标题",
                "remove the file that is not needed; if they are two items, change the title of one",
            ),
            Self::Makeshift => Bilingual::new(
                "要播出，请改成栏目的名称，或把文件移到栏目文件夹；不用的请删去",
                "to have it play, give the folder a column's name or move the files to a column's folder; else remove it",
            ),
            Self::NoItems => Bilingual::new(
                "请把文件夹改回 items，或从备份中把其中的文件放回",
                "name the folder items again, or put its files back from a backup",
            ),
            Self::Double { .. } => Bilingual::new("请删去其中一个文件", "remove one of the two files"),
            Self::EndlessLevel => Bilingual::new(
                "请写上下屏时间，或用完后及时移走文件",
                "write when it ends, or take the file away in time",
            ),
            Self::Foreign(foreign) => foreign.help(),
            Self::TooManyFaces => Bilingual::new(
                "请从 fonts 文件夹中删去不用的字体",
                "take those that are not used out of the folder fonts",
            ),
            Self::TooLongForScene { .. } => Bilingual::new(
                "请缩短标题，或换用会翻页、会滚动的模板",
                "shorten its title, or use a scene that makes pages or scrolls",
            ),
            Self::ClockInTicker(_) => Bilingual::new(
                "请把时钟放到 pages 或 live 类区域；在此区域暂不播放",
                "play the clock in a zone of kind pages or live; in this one it is left out",
            ),
            Self::Unshown { .. } => Bilingual::new(
                "请缩短到三行、六十字以内，或移到显示正文的栏目（如通知公告）",
                "shorten it to three lines of sixty characters in all, or move it to a column that shows texts",
            ),
            Self::SmallCode { .. } | Self::NoRoomForCode { .. } => Bilingual::new(
                "请缩短网址，或换用二维码更大的模板、更大的区域",
                "shorten the address, or use a scene with a larger code or a larger zone",
            ),
            Self::DraftMedia(_) => Bilingual::new(
                "审定后请把它移出待审文件夹",
                "move it out of the folder of drafts once it is approved",
            ),
            Self::NoBox { .. } => Bilingual::new(
                "请删去“模板”一行，或在模板中加上它的框",
                "remove the line \"scene\", or give the scene a box for it",
            ),
            Self::ChartCut { .. } => Bilingual::new(
                "请减少数据的行数，或加大“页数”",
                "keep fewer rows in the data file, or allow more \"pages\"",
            ),
            Self::NoColumn => Bilingual::new("请移到所属栏目的文件夹中", "move it to the folder of its column"),
            Self::Nowhere => Bilingual::new(
                "请检查 zones 与 screens 是否对应",
                "see whether its zones and screens go together",
            ),
            Self::HolidaysEnd { year, .. } => Bilingual::new(
                format!("国务院办公厅公布 {year} 年放假安排后，照上一年的写法加入此文件，写明文号"),
                format!(
                    "once the notice for {year} is published, add this file as that of the year before, with its number"
                ),
            ),
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Foreign(foreign) => foreign.severity(),
            Self::TooLongForScene { .. }
            | Self::SmallCode { .. }
            | Self::NoRoomForCode { .. }
            | Self::NoBox { .. }
            | Self::DraftMedia(_)
            | Self::ChartCut { .. }
            | Self::Waiting
            | Self::Copying
            | Self::Shrunk { .. }
            | Self::ManyShrunk { .. }
            | Self::StrayColumn { .. }
            | Self::StrayScene { .. }
            | Self::UnplayedFolder { .. }
            | Self::Copy { .. }
            | Self::Double { .. }
            | Self::Makeshift
            | Self::EndlessLevel
            | Self::Unshown { .. }
            | Self::NoColumn
            | Self::Nowhere
            | Self::HolidaysEnd { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

fn holidays_end(until: Option<&Date>, left: i32) -> String {
    match until {
        None => "no statutory holidays are known: Monday to Friday are working days".into(),
        Some(until) if left >= 0 => {
            format!(
                "statutory holidays are known to {until}, {left} more day(s); after that Monday to Friday are working days"
            )
        }
        Some(until) => {
            format!("statutory holidays are known to {until} only, which is past: Monday to Friday are working days")
        }
    }
}

fn until_en(until: Option<&DateTime>) -> String {
    until.map_or_else(
        || ", and plays in its place".into(),
        |until| format!(", and plays in its place from {} on", until.strftime("%Y-%m-%d %H:%M")),
    )
}

fn until_zh(until: Option<&DateTime>) -> String {
    until.map_or_else(
        || "此文件不再播放".into(),
        |until| format!("此文件播到 {} 为止", until.strftime("%Y-%m-%d %H:%M")),
    )
}

/// `sign` where not all of `count` are named.
fn more<'a>(count: usize, names: &[Arc<str>], sign: &'a str) -> &'a str {
    if names.len() < count { sign } else { "" }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

fn hint_en(nearest: Option<&Arc<str>>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"))
}

fn hint_zh(nearest: Option<&Arc<str>>) -> String {
    nearest.map_or_else(String::new, |name| format!("，是否应为“{name}”？"))
}
