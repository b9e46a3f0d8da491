//! What `ffprobe` tells of a video. Pure: only what is asked for is looked at, within bounds.

use std::{collections::BTreeMap, time::Duration};

use super::line::ratio;
use crate::{
    media::film::{Colour, FilmFault, LONGEST, LONGEST_SIDE, MOST_PIXELS, Matrix, Turn},
    units::Size,
};

/// The most streams that are looked at.
const STREAMS: usize = 64;

/// What is known of a video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Width and height of its pictures as they are coded.
    pub size: Size,
    /// The width of a pixel for each of its heights, where that is known.
    pub aspect: Option<(u32, u32)>,
    /// How its pictures are turned before they are seen.
    pub turn: Turn,
    /// When its pictures end, where that is known.
    pub end: Option<Duration>,
    /// How long all of it lasts, sound included, where that is known.
    pub duration: Option<Duration>,
    /// From one picture to the next, as a rule.
    pub period: Option<Duration>,
    /// For people: `H.264`.
    pub codec: String,
    /// Whether it has sound.
    pub has_sound: bool,
    /// What its Y, Cb and Cr stand for, once `ffmpeg` has made them 8 bits.
    pub colour: Colour,
}

impl Probe {
    /// Reads the form `flat`: a key, `=`, and a value a line.
    ///
    /// # Errors
    /// There are no pictures, or they are too large or too many.
    pub fn read(text: &str) -> Result<Self, FilmFault> {
        let mut streams: BTreeMap<usize, BTreeMap<&str, &str>> = BTreeMap::new();
        let mut duration = None;
        for line in text.lines() {
            let Some((key, value)) = line.split_once('=') else {
                continue;
            };
            let value = value.trim_matches('"');
            if key == "format.duration" {
                duration = seconds(value);
            } else if let Some((index, key)) = key.strip_prefix("streams.stream.").and_then(|key| key.split_once('.'))
                && let Some(index) = index.parse().ok().filter(|index| *index < STREAMS)
            {
                // Of a matrix that is said twice the first counts.
                let key = key.rsplit('.').next().unwrap_or(key);
                streams.entry(index).or_default().entry(key).or_insert(value);
            }
        }
        let is = |stream: &BTreeMap<&str, &str>, kind| stream.get("codec_type") == Some(&kind);
        let has_sound = streams.values().any(|stream| is(stream, "audio"));
        let mut pictures = streams.values().filter(|stream| is(stream, "video"));
        let Some(stream) = pictures.find(|stream| stream.get("attached_pic") != Some(&"1")) else {
            return Err(if has_sound {
                FilmFault::OnlySound
            } else {
                FilmFault::NoPictures
            });
        };
        let probe = Self::of(stream, duration, has_sound)?;
        probe.check().map(|()| probe)
    }

    fn of(stream: &BTreeMap<&str, &str>, duration: Option<Duration>, has_sound: bool) -> Result<Self, FilmFault> {
        let number = |key| stream.get(key).and_then(|value| value.parse().ok()).unwrap_or(0);
        let size = Size::new(number("width"), number("height"));
        if size.width == 0 || size.height == 0 {
            return Err(FilmFault::NoPictures);
        }
        let of = |key| stream.get(key).copied().unwrap_or_default();
        let end = seconds(of("duration"));
        let period = ratio(of("avg_frame_rate"))
            .map(|(count, seconds)| Duration::from_nanos(u64::from(seconds) * 1_000_000_000 / u64::from(count)));
        Ok(Self {
            size,
            aspect: ratio(of("sample_aspect_ratio")),
            turn: turn(of("rotation"), of("rotate")),
            end,
            duration: end.or(duration),
            period,
            codec: codec_name(of("codec_name")),
            has_sound,
            colour: Colour {
                matrix: matrix(of("color_space"), of("pix_fmt"), size),
                is_full: false,
            },
        })
    }

    fn check(&self) -> Result<(), FilmFault> {
        let Size { width, height } = self.size;
        let is_large = u64::from(width) * u64::from(height) > MOST_PIXELS || width.max(height) > LONGEST_SIDE;
        match self.duration {
            _ if is_large => Err(FilmFault::TooLarge { size: self.size }),
            Some(lasts) if lasts > LONGEST => Err(FilmFault::TooLong { lasts }),
            _ => Ok(()),
        }
    }
}

/// `12.040000`; nothing for what is no such time.
fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero())
}

/// `-90` is said for what is turned clockwise by 90 degrees, for which older versions say `90` elsewhere.
fn turn(rotation: &str, rotate: &str) -> Turn {
    let degrees = |text: &str| text.parse::<f64>().ok().filter(|degrees| degrees.is_finite());
    let clockwise = degrees(rotation).map(|degrees| -degrees).or_else(|| degrees(rotate));
    match clockwise.map(|degrees| (degrees.rem_euclid(360.0) / 90.0).round() as u8 % 4) {
        Some(1) => Turn::Quarter,
        Some(2) => Turn::Half,
        Some(3) => Turn::ThreeQuarters,
        _ => Turn::None,
    }
}

fn matrix(space: &str, pixels: &str, size: Size) -> Matrix {
    // What was R, G and B becomes Y, Cb and Cr as standard definition has them.
    let is_rgb = ["rgb", "bgr", "gbr", "pal8", "0rgb", "argb", "abgr", "0bgr"]
        .iter()
        .any(|form| pixels.starts_with(form));
    match space {
        _ if is_rgb => Matrix::Bt601,
        "bt709" | "smpte240m" => Matrix::Bt709,
        "bt470bg" | "smpte170m" | "fcc" => Matrix::Bt601,
        "bt2020nc" | "bt2020c" => Matrix::Bt2020,
        _ => Matrix::of_size(size),
    }
}

/// The name by which people know a codec.
pub fn codec_name(name: &str) -> String {
    match name {
        "h264" => "H.264".into(),
        "hevc" => "H.265".into(),
        "vp8" => "VP8".into(),
        "vp9" => "VP9".into(),
        "av1" => "AV1".into(),
        "mpeg4" | "msmpeg4v2" | "msmpeg4v3" => "MPEG-4".into(),
        "mpeg1video" => "MPEG-1".into(),
        "mpeg2video" => "MPEG-2".into(),
        "wmv1" | "wmv2" | "wmv3" => "WMV".into(),
        "vc1" => "VC-1".into(),
        "flv1" => "Sorenson H.263".into(),
        "h263" => "H.263".into(),
        "mjpeg" => "MJPEG".into(),
        "prores" => "ProRes".into(),
        _ => {
            let name = name.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '_');
            name.take(30).collect()
        }
    }
}
