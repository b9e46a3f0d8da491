//! Options of `import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::LedChoice;
use crate::{
    cli::simulate,
    frame::{Fit, Focus},
    units::Size,
};

/// Options of `import`.
#[derive(Debug, Args)]
#[command(after_help = IMPORT)]
pub(in crate::cli) struct Import {
    /// Fonts, videos and pictures 字体、视频、图片文件
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// Which font of a TTC, from 0; unless given, the one for the Chinese mainland 合集中的第几个字体
    #[arg(long, value_name = "N")]
    pub(in crate::cli) index: Option<u32>,
    /// The state folder, which keeps strikes and clips; else as for `run` 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) state: Option<PathBuf>,
    /// The site: strikes are put into its folder fonts, where `face` names them; videos are made ready for its zones, in which case
    /// `playlists` is meant unless given 站点文件夹：字体装入其 fonts，视频按其区域制作
    #[arg(long, value_name = "SITE", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) site: Option<PathBuf>,
    /// The column in which a video will lie that is not in the site yet 视频将放入的栏目
    #[arg(long, value_name = "ID", conflicts_with = "size")]
    pub(in crate::cli) column: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) clip: Clip,
    /// One JSON object a line, progress too 每行一个 JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// One clip for a place that no site has.
#[derive(Debug, Args)]
pub(in crate::cli) struct Clip {
    /// Make one clip of a video, into this file 制成单个片段，写入此文件
    #[arg(short, long, value_name = "F", value_hint = ValueHint::FilePath, requires = "size", conflicts_with = "site")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Its width and height in LEDs: 256x96 点数
    #[arg(long, value_name = "WxH", value_parser = simulate::size, requires = "output")]
    pub(in crate::cli) size: Option<Size>,
    /// Its frames a second, which are those of the screen 每秒帧数
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=240), requires = "output")]
    pub(in crate::cli) rate: u16,
    /// How the video fills it 适配方式
    #[arg(long, value_name = "FIT", default_value = "contain", requires = "output")]
    pub(in crate::cli) fit: FitChoice,
    /// Which point stays seen where `cover` cuts, in per cent of width and height: 50,30 焦点
    #[arg(long, value_name = "X,Y", default_value = "50,50", value_parser = focus, requires = "output")]
    pub(in crate::cli) focus: Focus,
    /// What the LEDs can show 颜色
    #[arg(long, value_name = "COLOUR", default_value = "full", requires = "output")]
    pub(in crate::cli) leds: LedChoice,
    /// Though it flashes more than three times a second 允许闪烁
    #[arg(long, requires = "output")]
    pub(in crate::cli) flashes: bool,
}

/// How a video fills its place.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum FitChoice {
    /// All of it, with bars 完整
    Contain,
    /// No bars, cut around the focus 铺满
    Cover,
    /// All of it without bars, out of proportion 拉伸
    Stretch,
}

impl From<FitChoice> for Fit {
    fn from(choice: FitChoice) -> Self {
        match choice {
            FitChoice::Contain => Self::Contain,
            FitChoice::Cover => Self::Cover,
            FitChoice::Stretch => Self::Stretch,
        }
    }
}

/// A point in per cent: `50,30`.
fn focus(text: &str) -> Result<Focus, String> {
    let share = |text: &str| text.trim().parse().ok().filter(|share| *share <= 100);
    text.split_once([',', '，'])
        .and_then(|(x, y)| {
            Some(Focus {
                x: share(x)?,
                y: share(y)?,
            })
        })
        .ok_or_else(|| "two numbers from 0 to 100, as in 50,30 两个 0 至 100 的数，如 50,30".to_owned())
}

const IMPORT: &str = "\
A video becomes a clip for each place in which SITE plays it, in the state folder, where the daemon finds it. It is
found by its bytes, so it may be made ready before it is put into the site. Without ffmpeg MP4 and MOV with 8-bit
H.264 and animated GIF, WebP and PNG are read; with it (apt-get install ffmpeg) nearly everything else.
视频按站点中播放它的每个区域各制一个片段，存入状态文件夹，程序直接取用；按内容识别，可先制作、后放入站点。
未装 ffmpeg 时可读 MP4、MOV（8 位 H.264）和 GIF、WebP、PNG 动画；装后（apt-get install ffmpeg）其他格式大多可读。

With --json every line has file and form. Of a strike (outlines, bitmap): dots, made (now, before), strike, covers
(list, has, of, missing). Of a picture (picture): width, height. Of a video that is being made ready (progress): share
(0 to 1) and seconds_left, or null where nobody can say. Of a clip (video): codec, width, height, seconds, sound
(dropped, none), shrinks (how many times smaller it is seen), places, clip_width, clip_height, rate, frames, made, clip,
bytes. Of a video for which the site has no place (unplaced): codec. Of what is refused (refused): message, help,
message_zh, help_zh.";
