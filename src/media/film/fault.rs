//! Why no clip is made of a video: in the words of an office, with what to do about it.

use std::time::Duration;

use thiserror::Error;

use super::{LARGEST_FILE, LONGEST, LONGEST_SIDE, found::Found};
use crate::{
    diagnostic::{Bilingual, Explain},
    units::Size,
};

/// What is wrong with a video.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FilmFault {
    /// It is something else.
    #[error("the file is no video: it is {}", .found.english())]
    NoVideo {
        /// What it is.
        found: Found,
    },
    /// It has sound and no pictures.
    #[error("there is only sound in it, and no pictures")]
    OnlySound,
    /// It has room for pictures, and none in it.
    #[error("there is not one picture in it")]
    NoPictures,
    /// Its end is missing.
    #[error("the video is not whole: a part of it is missing")]
    Cut,
    /// It is not as its format says.
    #[error("the video is damaged: {reason}")]
    Unreadable {
        /// In English, for whoever looks into it.
        reason: String,
    },
    /// It is sound, and what would decode it is not here.
    #[error("this machine cannot play it: it is {codec}")]
    Unknown {
        /// What it is, for people: `H.265, MOV`.
        codec: String,
    },
    /// It is locked for whoever has not bought it.
    #[error("the video is encrypted")]
    Encrypted,
    /// Its pictures have too many pixels.
    #[error("the video has {} x {} pixels; at most {} x 2304 are read", .size.width, .size.height, LONGEST_SIDE)]
    TooLarge {
        /// Width and height of its pictures.
        size: Size,
    },
    /// It lasts too long.
    #[error("the video lasts {}; at most {} minutes are shown", words(rounded_up(*.lasts)), LONGEST.as_secs() / 60)]
    TooLong {
        /// How long, as far as it was followed.
        lasts: Duration,
    },
    /// Its file is too large.
    #[error("the file has {} MB; at most {} are read", .bytes / 1_000_000, LARGEST_FILE / 1_000_000)]
    TooHeavy {
        /// Its length.
        bytes: u64,
    },
    /// It flashes so often that people may be hurt by it.
    #[error("it flashes {count} times within a second, at {}", words(*.at))]
    Flashes {
        /// When the worst second begins, from the beginning of the video.
        at: Duration,
        /// How often it flashes in it.
        count: u32,
    },
    /// The clip cannot be written.
    #[error("its clip cannot be written: {reason}")]
    Unwritten {
        /// What the system says.
        reason: String,
    },
}

impl FilmFault {
    /// Damage, with words of a library that may hold anything.
    pub fn unreadable(reason: &str) -> Self {
        let reason = reason.chars().filter(|sign| !sign.is_control()).take(120).collect();
        Self::Unreadable { reason }
    }
}

/// To whole seconds, so that what is a little too long is not told to be just long enough.
fn rounded_up(duration: Duration) -> Duration {
    let more = duration.subsec_nanos() > 0;
    Duration::from_secs(duration.as_secs() + u64::from(more))
}

/// Minutes and seconds.
fn words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

impl Explain for FilmFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoVideo { found } => format!("不是视频：{}", found.chinese()),
            Self::OnlySound => "文件里只有声音，没有画面".into(),
            Self::NoPictures => "文件里没有一帧画面".into(),
            Self::Cut => "视频不完整，有一部分缺失".into(),
            Self::Unreadable { reason } => format!("视频已损坏：{reason}"),
            Self::Unknown { codec } => format!("本机无法播放这种视频：{codec}"),
            Self::Encrypted => "视频已加密，无法播放".into(),
            Self::TooLarge { size } => format!(
                "视频画面有 {}×{} 像素，最大 {LONGEST_SIDE}×2304",
                size.width, size.height
            ),
            Self::TooLong { lasts } => format!(
                "视频长 {} 分 {} 秒，最长 {} 分钟",
                rounded_up(*lasts).as_secs() / 60,
                rounded_up(*lasts).as_secs() % 60,
                LONGEST.as_secs() / 60
            ),
            Self::TooHeavy { bytes } => format!(
                "视频文件有 {} MB，最大 {} MB",
                bytes / 1_000_000,
                LARGEST_FILE / 1_000_000
            ),
            Self::Flashes { at, count } => format!(
                "视频闪烁过快：第 {} 秒起一秒内闪烁 {count} 次，可能使人不适",
                at.as_secs()
            ),
            Self::Unwritten { reason } => format!("无法写入由视频做成的播出文件：{reason}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoVideo { found } => found.help(),
            Self::OnlySound => Bilingual::new(
                "大屏不放声音；请放入有画面的视频",
                "the screen has no sound; put a video with pictures here",
            ),
            Self::NoPictures | Self::Cut => Bilingual::new(
                "请重新复制一遍，等复制完成；仍不行时，请在手机或电脑上重新导出",
                "copy it here again, and let the copy finish; should that not help, export it anew",
            ),
            Self::Unreadable { .. } => Bilingual::new(
                format!("请重新复制一遍；仍不行时，请重新导出，或在电脑上转换：{COMMAND_ZH}"),
                format!("copy it here again; should that not help, export it anew, or convert it: {COMMAND_EN}"),
            ),
            Self::Unknown { .. } => Bilingual::new(
                format!(
                    "手机请改用“兼容性最佳(H.264)”拍摄（苹果手机在“设置－相机－格式”）；已有的视频可在电脑上转换：{COMMAND_ZH}；\
                     或请集成商在本机安装 ffmpeg"
                ),
                format!(
                    "record it as H.264 (iPhone: Settings, Camera, Formats, Most Compatible); convert what you have: {COMMAND_EN}; \
                     or have ffmpeg installed on this machine"
                ),
            ),
            Self::Encrypted => Bilingual::new(
                "请向提供视频的单位索取未加密的 MP4（H.264）文件",
                "ask whoever gave it to you for an MP4 (H.264) that is not encrypted",
            ),
            Self::TooLarge { .. } => Bilingual::new(
                "请导出为 1080p 后再放入；或在电脑上转换：\
                 ffmpeg -i 输入 -vf scale=1920:-2 -c:v libx264 -pix_fmt yuv420p -an 输出.mp4",
                "export it as 1080p, or convert it: \
                 ffmpeg -i input -vf scale=1920:-2 -c:v libx264 -pix_fmt yuv420p -an output.mp4",
            ),
            Self::TooLong { .. } => Bilingual::new(
                "请剪短后再放入；或在电脑上截取前 10 分钟：ffmpeg -i 输入 -t 600 -c copy 输出.mp4",
                "cut it shorter, or keep its first ten minutes: ffmpeg -i input -t 600 -c copy output.mp4",
            ),
            Self::TooHeavy { .. } => Bilingual::new(
                "请导出为 1080p 后再放入；或在电脑上转换：\
                 ffmpeg -i 输入 -vf scale=1920:-2 -c:v libx264 -crf 23 -pix_fmt yuv420p -an 输出.mp4",
                "export it as 1080p, or convert it: \
                 ffmpeg -i input -vf scale=1920:-2 -c:v libx264 -crf 23 -pix_fmt yuv420p -an output.mp4",
            ),
            Self::Flashes { .. } => Bilingual::new(
                "请剪去闪烁的一段；确认无碍时，在信息文件中写明“闪烁：允许”",
                "cut that part out; where you answer for it, say flashes = \"allowed\" in an item that names it as its media",
            ),
            Self::Unwritten { .. } => Bilingual::new(
                "请检查本机磁盘是否已满、状态目录能否写入",
                "see whether the disk is full, and whether the state folder can be written",
            ),
        }
    }
}

/// What makes of nearly every video one that is played everywhere.
const COMMAND_ZH: &str = "ffmpeg -i 输入 -c:v libx264 -pix_fmt yuv420p -an 输出.mp4";
const COMMAND_EN: &str = "ffmpeg -i input -c:v libx264 -pix_fmt yuv420p -an output.mp4";
