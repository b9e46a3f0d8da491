//! Files that people put among the items and that are none: what they are, and what to do instead.

use std::path::Path;

use super::called::is_stop;
use crate::diagnostic::{Bilingual, Severity};

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
    /// A video.
    Video,
    /// A picture of a kind that is not read.
    Picture,
    /// Several files in one.
    Archive,
    /// A file that asks for a stop, where nobody looks for one.
    Stop,
}

/// The endings of each, in small letters.
const ENDINGS: [(Foreign, &[&str]); 8] = [
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
    (
        Foreign::Video,
        &[
            "mp4", "m4v", "mov", "avi", "wmv", "mkv", "flv", "mpg", "mpeg", "ts", "3gp", "webm", "rmvb", "rm", "asf",
        ],
    ),
    (Foreign::Picture, &["heic", "heif", "avif", "tif", "tiff", "psd", "svg"]),
    (Foreign::Archive, &["zip", "rar", "7z"]),
];

impl Foreign {
    /// What the file `path` is, by its name; `None` where that is not known.
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if is_stop(name) {
            return Some(Self::Stop);
        }
        let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
        let known = ENDINGS.iter().find(|(_, endings)| endings.contains(&&*ending));
        known.map(|(foreign, _)| *foreign)
    }

    /// What is wrong with it.
    pub(super) fn told(self) -> Bilingual {
        match self {
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
            Self::Video => "a video",
            Self::Picture => "a picture in this format",
            Self::Archive => "a packed file",
            Self::Stop => "a file that asks for a stop",
        }
    }

    const fn chinese(self) -> &'static str {
        match self {
            Self::Document => "文字处理文档",
            Self::Pages => "版式文档",
            Self::Slides => "演示文稿",
            Self::Sheet => "这种格式的表格",
            Self::Web => "网页文件",
            Self::Video => "视频",
            Self::Picture => "这种格式的图片",
            Self::Archive => "压缩包",
            Self::Stop => "停播文件",
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
            Self::Video => (
                "目前不播放视频；请移出本文件夹，需要时以文字或图片代替",
                "videos are not played yet; take it away, and use a text or a picture instead",
            ),
            Self::Picture => (
                "请另存为 JPG 或 PNG 图片，放回本文件夹",
                "save it as JPEG or PNG and put that into this folder",
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
