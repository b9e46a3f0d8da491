//! Files that people put among the items and that are none: what they are, and what to do instead.

use std::path::Path;

use super::{
    called::{asks_for_stop, is_stop},
    kind::{PHRASES, is_item_file},
};
use crate::{
    almanac::DayList,
    diagnostic::{Bilingual, Severity},
};

/// A file under `items/` that cannot be shown, by what made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A text of a word processor.
    Document,
    /// A document of fixed pages.
    Pages,
    /// A presentation.
    Slides,
    /// A spreadsheet in an old or another format.
    Sheet,
    /// A web page.
    Web,
    /// A video of a kind that is not read.
    OldVideo,
    /// A picture of a kind that is not read.
    Picture,
    /// Several files in one.
    Archive,
    /// A file that asks for a stop, where nobody looks for one.
    Stop,
    /// A shortcut to a file that is elsewhere.
    Shortcut,
    /// A program or a part of one.
    Program,
    /// A text whose name ends otherwise than a text's must.
    Text,
    /// A file whose name has no ending.
    Bare,
    /// A file of a kind that is not known.
    Unknown,
    /// A text, a picture or a document at the root of the site, where nothing plays.
    Misplaced,
}

/// The endings of each, in small letters.
const ENDINGS: [(Foreign, &[&str]); 11] = [
    (
        Foreign::Document,
        &[
            "doc", "docx", "docm", "dot", "dotx", "wps", "wpt", "rtf", "odt", "uot", "pages",
        ],
    ),
    (Foreign::Pages, &["pdf", "ofd", "ceb", "caj"]),
    (
        Foreign::Slides,
        &["ppt", "pptx", "pptm", "pps", "ppsx", "dps", "dpt", "odp"],
    ),
    (Foreign::Sheet, &["xls", "xlsm", "xlsb", "et", "ett", "ods"]),
    (Foreign::Web, &["html", "htm", "mht", "mhtml", "url"]),
    (Foreign::OldVideo, &["rmvb", "rm", "vob", "f4v", "mts", "m2ts", "ogv"]),
    (Foreign::Picture, &["heic", "heif", "avif", "tif", "tiff", "psd", "svg"]),
    (Foreign::Archive, &["zip", "rar", "7z"]),
    (Foreign::Shortcut, &["lnk"]),
    (
        Foreign::Program,
        &["exe", "msi", "bat", "cmd", "com", "scr", "dll", "apk", "js", "vbs"],
    ),
    (Foreign::Text, &["text", "log", "markdown", "asc"]),
];

impl Foreign {
    /// What the file at `path`, relative to the site, is by its name; `None` for what the wall reads, and for what nobody asks about.
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        match path.split_once('/') {
            // For people only.
            _ if name.starts_with("README") => None,
            None => Self::at_the_root(path),
            Some(("items", _)) => Self::among_the_items(name),
            Some(("data", _)) => Self::among_the_data(name),
            Some(_) => None,
        }
    }

    fn among_the_items(name: &str) -> Option<Self> {
        if is_stop(name) {
            return Some(Self::Stop);
        }
        if is_item_file(name) {
            return None;
        }
        let Some(ending) = Path::new(name).extension() else {
            return Some(Self::Bare);
        };
        Some(Self::known(ending.to_str()?).unwrap_or(Self::Unknown))
    }

    /// A spreadsheet in a format that is not read; whatever else lies among the figures is nobody's business.
    fn among_the_data(name: &str) -> Option<Self> {
        let ending = Path::new(name).extension()?.to_str()?;
        Self::known(ending).filter(|foreign| *foreign == Self::Sheet)
    }

    fn at_the_root(name: &str) -> Option<Self> {
        let is_ours = DayList::of(name).is_some() || PHRASES.contains(&name) || asks_for_stop(name);
        let ending = Path::new(name).extension()?.to_str()?;
        let is_document = matches!(
            Self::known(ending),
            Some(Self::Document | Self::Pages | Self::Slides | Self::Sheet | Self::Shortcut)
        );
        (!is_ours && (is_document || is_item_file(name))).then_some(Self::Misplaced)
    }

    /// What ends so.
    fn known(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        let known = ENDINGS.iter().find(|(_, endings)| endings.contains(&&*ending));
        known.map(|(foreign, _)| *foreign)
    }

    /// Whether it is one of those of which a folder may have any number, so that not all are told.
    pub const fn is_stray(self) -> bool {
        matches!(
            self,
            Self::Shortcut | Self::Program | Self::Text | Self::Bare | Self::Unknown | Self::Misplaced
        )
    }

    /// What is wrong with it.
    pub(super) fn told(self) -> Bilingual {
        match self {
            Self::Misplaced => Bilingual::new(
                "放在站点文件夹的最外层，不会播出",
                "lies at the root of the site's folder, where nothing plays",
            ),
            Self::Shortcut => Bilingual::new("这是快捷方式，不能显示", "is a shortcut, which cannot be shown"),
            Self::Stop => Bilingual::new(
                "停播文件放在栏目文件夹中不起作用，大屏没有停播",
                "asks for a stop, but in this place it stops nothing: the wall goes on",
            ),
            _ => Bilingual::new(
                format!("{}不能显示", self.chinese()),
                format!("{} cannot be shown", self.english()),
            ),
        }
    }

    pub(super) const fn severity(self) -> Severity {
        match self {
            Self::Stop => Severity::Error,
            _ => Severity::Warning,
        }
    }

    const fn english(self) -> &'static str {
        match self {
            Self::Document => "a document of a word processor",
            Self::Pages => "a document of fixed pages",
            Self::Slides => "a presentation",
            Self::Sheet => "a spreadsheet in this format",
            Self::Web => "a web page",
            Self::OldVideo => "a video in this format",
            Self::Picture => "a picture in this format",
            Self::Archive => "a packed file",
            Self::Stop => "a file that asks for a stop",
            Self::Shortcut => "a shortcut",
            Self::Program => "a program",
            Self::Text => "a text whose name ends so",
            Self::Bare => "a file whose name has no ending",
            Self::Unknown => "a file of this kind",
            Self::Misplaced => "a file in this place",
        }
    }

    const fn chinese(self) -> &'static str {
        match self {
            Self::Document => "文字处理文档",
            Self::Pages => "版式文档",
            Self::Slides => "演示文稿",
            Self::Sheet => "这种格式的表格",
            Self::Web => "网页文件",
            Self::OldVideo => "这种格式的视频",
            Self::Picture => "这种格式的图片",
            Self::Archive => "压缩包",
            Self::Stop => "停播文件",
            Self::Shortcut => "快捷方式",
            Self::Program => "程序文件",
            Self::Text => "这种扩展名的文本",
            Self::Bare => "没有扩展名的文件",
            Self::Unknown => "这种类型的文件",
            Self::Misplaced => "此处的文件",
        }
    }

    pub(super) fn help(self) -> Bilingual {
        let (zh, en) = match self {
            Self::Document => (
                "请在 WPS 中另存为“纯文本(*.txt)”，放回本文件夹",
                "save it as plain text (*.txt) and put that into this folder",
            ),
            Self::Pages | Self::Web => (
                "请把文字复制到记事本，存为 .txt，放回本文件夹",
                "copy its text to a plain text file (*.txt) and put that into this folder",
            ),
            Self::Slides => (
                "请另存为图片(*.png)，或把文字存为 .txt，放回本文件夹",
                "save it as pictures (*.png), or its text as *.txt, and put those into this folder",
            ),
            Self::Sheet => (
                "请另存为“Excel 工作簿(*.xlsx)”，放回本文件夹",
                "save it as an Excel workbook (*.xlsx) and put that into this folder",
            ),
            Self::OldVideo => (
                "请在电脑上另存为 MP4（H.264）视频，放回本文件夹",
                "save it as MP4 (H.264) and put that into this folder",
            ),
            Self::Picture => (
                "请另存为 JPG 或 PNG 图片，放回本文件夹",
                "save it as JPEG or PNG and put that into this folder",
            ),
            Self::Misplaced => (
                "要播出，请放进 items 下的栏目文件夹；不用的请移走",
                "to have it play, put it into a column's folder under items; else take it away",
            ),
            Self::Shortcut => ("请复制文件本身，放进本文件夹", "copy the file itself into this folder"),
            Self::Text | Self::Bare => (
                "文字请把扩展名改为 .txt，图片请补上原来的扩展名；不用的请移走",
                "end the name of a text with .txt, and that of a picture as it did; else take it away",
            ),
            Self::Program | Self::Unknown => (
                "请移出本文件夹；可播出的有 .txt、.xlsx、.csv、图片和视频",
                "take it away; what plays are .txt, .xlsx, .csv, pictures and videos",
            ),
            Self::Stop => (
                "要停播，请把此文件放到站点文件夹的最外层",
                "to stop the wall, put this file at the root of the site's folder",
            ),
            Self::Archive => (
                "请先解压，把其中的文件放进本文件夹",
                "unpack it, and put the files into this folder",
            ),
        };
        Bilingual::new(zh, en)
    }
}
