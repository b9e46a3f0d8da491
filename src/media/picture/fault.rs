//! Why a picture is refused.

use thiserror::Error;

use super::PIXELS;
use crate::diagnostic::{Bilingual, Explain};

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(in crate::media) enum PictureFault {
    #[error("the file is no picture: it is {}", .found.english())]
    NoPicture { found: Found },
    #[error("the picture is not whole: its end is missing")]
    Cut,
    #[error("the picture has {width} x {height} pixels; at most {} million are read", PIXELS / 1_000_000)]
    TooLarge { width: u32, height: u32 },
    #[error("the picture is damaged: {reason}")]
    Unreadable { reason: String },
}

/// What is in a file that is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::media) enum Found {
    Empty,
    Zeros,
    /// Pictures as some telephones take them.
    Heif,
    Video,
    Pdf,
    Office,
    Text,
    Other,
}

impl Found {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let brand = bytes.get(4..12).unwrap_or_default();
        let is_text = || !bytes.contains(&0) && crate::document::decode(bytes).is_ok();
        match bytes {
            [] => Self::Empty,
            _ if bytes.iter().all(|byte| *byte == 0) => Self::Zeros,
            _ if brand.starts_with(b"ftyp") => match &brand[4..] {
                b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" | b"avif" => Self::Heif,
                _ => Self::Video,
            },
            _ if bytes.starts_with(b"%PDF") => Self::Pdf,
            _ if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) => Self::Office,
            _ if is_text() => Self::Text,
            _ => Self::Other,
        }
    }

    const fn english(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Zeros => "nothing but zeros, as files are whose copying broke off",
            Self::Heif => "in the format HEIC, which only telephones read",
            Self::Video => "a video",
            Self::Pdf => "a PDF",
            Self::Office => "an office document or an archive",
            Self::Text => "a text",
            Self::Other => "of no format that is known here",
        }
    }

    const fn chinese(self) -> &'static str {
        match self {
            Self::Empty => "文件是空的",
            Self::Zeros => "文件内容全为零，复制可能中断了",
            Self::Heif => "是手机的 HEIC 格式，无法显示",
            Self::Video => "是视频，不是图片",
            Self::Pdf => "是 PDF 文件，不是图片",
            Self::Office => "是办公文档或压缩包，不是图片",
            Self::Text => "是文字，不是图片",
            Self::Other => "不是图片，或格式无法识别",
        }
    }
}

impl PictureFault {
    pub(super) fn unreadable(reason: &str) -> Self {
        let reason = reason.chars().filter(|sign| !sign.is_control()).take(120).collect();
        Self::Unreadable { reason }
    }
}

impl Explain for PictureFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoPicture { found } => found.chinese().into(),
            Self::Cut => "图片不完整，后面一部分缺失".into(),
            Self::TooLarge { width, height } => {
                format!("图片有 {width}×{height} 像素，最多 {} 万像素", PIXELS / 10_000)
            }
            Self::Unreadable { reason } => format!("图片已损坏：{reason}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoPicture { found: Found::Heif } => Bilingual::new(
                "请在电脑上另存为 JPG 再放入；苹果手机可在“设置－相机－格式”中选“兼容性最佳”",
                "save it as JPG; iPhones take JPG where Settings, Camera, Formats says Most Compatible",
            ),
            Self::NoPicture { found: Found::Text } => Bilingual::new(
                "要显示文字，请把扩展名改为 .txt；要显示图片，请重新导出",
                "to show it as a text, end its name with .txt; for a picture, export it anew",
            ),
            Self::NoPicture { .. } => Bilingual::new(
                "请用画图或 WPS 打开后另存为 PNG 或 JPG，再放入文件夹",
                "open it where it was made, save it as PNG or JPG, and put that here",
            ),
            Self::Cut => Bilingual::new(
                "请重新复制一遍，等复制完成",
                "copy it here again, and let the copy finish",
            ),
            Self::TooLarge { .. } => Bilingual::new(
                "请用画图或 WPS 缩小后再放入；宽 2000 像素已足够",
                "make it smaller first; 2,000 pixels across are plenty",
            ),
            Self::Unreadable { .. } => Bilingual::new(
                "请重新复制一遍；仍不行时，请用画图打开后另存为 PNG",
                "copy it here again; should that not help, open it and save it as PNG",
            ),
        }
    }
}
