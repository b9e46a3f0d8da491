//! What is in a file that is no video.

use crate::diagnostic::Bilingual;

/// What is in a file that is no video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Not one byte.
    Empty,
    /// Nothing but zeros, as far as was looked.
    Zeros,
    /// A picture as some telephones take them.
    Heif,
    /// A picture that does not move.
    Picture,
    /// Sound.
    Sound,
    /// The names of other files, which a player would open.
    Playlist,
    /// What RealPlayer played.
    Real,
    /// A PDF.
    Pdf,
    /// An office document or an archive.
    Office,
    /// A text.
    Text,
    /// Nothing that is known here.
    Other,
}

impl Found {
    pub(super) const fn english(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Zeros => "nothing but zeros, as files are whose copying broke off",
            Self::Heif => "a picture in the format HEIC",
            Self::Picture => "a picture that does not move",
            Self::Sound => "sound",
            Self::Playlist => "a list of other files",
            Self::Real => "in the format of RealPlayer",
            Self::Pdf => "a PDF",
            Self::Office => "an office document or an archive",
            Self::Text => "a text",
            Self::Other => "of no format that is known here",
        }
    }

    pub(super) const fn chinese(self) -> &'static str {
        match self {
            Self::Empty => "文件是空的",
            Self::Zeros => "文件内容全为零，复制可能中断了",
            Self::Heif => "是手机的 HEIC 照片",
            Self::Picture => "是不会动的图片",
            Self::Sound => "是声音文件",
            Self::Playlist => "是播放列表，里面没有画面",
            Self::Real => "是 RealPlayer 格式，已无法播放",
            Self::Pdf => "是 PDF 文件",
            Self::Office => "是办公文档或压缩包",
            Self::Text => "是文字",
            Self::Other => "格式无法识别",
        }
    }

    /// What to do about it.
    pub(super) fn help(self) -> Bilingual {
        match self {
            Self::Empty | Self::Zeros => Bilingual::new(
                "请重新复制一遍，等复制完成",
                "copy it here again, and let the copy finish",
            ),
            Self::Heif => Bilingual::new(
                "请在电脑上另存为 JPG 再放入；苹果手机可在“设置－相机－格式”中选“兼容性最佳”",
                "save it as JPG; iPhones take JPG where Settings, Camera, Formats says Most Compatible",
            ),
            Self::Picture => Bilingual::new(
                "要显示图片，请把扩展名改为 .png 或 .jpg",
                "to show it as a picture, let its name end as that of a picture",
            ),
            Self::Sound => Bilingual::new(
                "大屏不放声音；请放入有画面的视频",
                "the screen has no sound; put a video with pictures here",
            ),
            Self::Playlist => Bilingual::new(
                "请把列表中的视频文件本身复制到这里",
                "copy the videos here that the list names",
            ),
            Self::Text => Bilingual::new(
                "要显示文字，请把扩展名改为 .txt",
                "to show it as a text, end its name with .txt",
            ),
            Self::Real | Self::Pdf | Self::Office | Self::Other => Bilingual::new(
                "请在电脑上另存或导出为 MP4（H.264）后再放入",
                "save or export it as MP4 (H.264), and put that here",
            ),
        }
    }
}
