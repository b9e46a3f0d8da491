//! Videos decoded without `ffmpeg`: every picture in order and at its time, bit for bit as `ffmpeg` has it, and what is refused in which words.
//!
//! `tests/media/videos` holds small videos that we made ourselves (`make`), and beside them what `ffmpeg` says of each picture.

mod animations;
mod make;
mod mistakes;
mod others;
mod pacing;
mod refusals;
mod sniffing;
mod truth;
mod whole;

use std::{fs, io::Cursor, path::PathBuf, time::Duration};

use sha2::{Digest as _, Sha256};
use yingbi::{
    media::film::{self, About, Container, Decoder, FilmFault, Pixels, Shot},
    units::Size,
};

/// Width and height of what is large for its kind.
const SMALL: Size = Size::new(64, 36);

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/media/videos")
}

/// The bytes of a video.
fn video(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

/// What it is by its first bytes, and its decoder.
fn open(bytes: Vec<u8>) -> Result<Box<dyn Decoder>, FilmFault> {
    let container = film::sniff(&bytes[..bytes.len().min(film::FIRST)])?;
    film::open(Cursor::new(bytes), container)
}

/// One picture, kept.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    at: Duration,
    lasts: Option<Duration>,
    /// Y, Cb and Cr, or R, G and B, row by row.
    pixels: Vec<u8>,
}

impl Kept {
    fn sum(&self) -> String {
        Sha256::digest(&self.pixels)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// All pictures of a video, until one fails.
fn pictures(decoder: &mut dyn Decoder) -> (Vec<Kept>, Result<(), FilmFault>) {
    let size = decoder.about().size;
    let mut kept = Vec::new();
    loop {
        match decoder.next() {
            Ok(Some(shot)) => kept.push(keep(size, &shot)),
            Ok(None) => return (kept, Ok(())),
            Err(fault) => return (kept, Err(fault)),
        }
    }
}

fn keep(size: Size, shot: &Shot<'_>) -> Kept {
    let pixels = match shot.pixels {
        Pixels::Rgb(pixels) => pixels.to_vec(),
        Pixels::Yuv420 { planes, .. } => {
            let half = Size::new(size.width.div_ceil(2), size.height.div_ceil(2));
            let rows = planes.iter().zip([size, half, half]).flat_map(|(plane, size)| {
                (0..size.height as usize).map(move |y| &plane.bytes[y * plane.stride..][..size.width as usize])
            });
            rows.flatten().copied().collect()
        }
    };
    Kept {
        at: shot.at,
        lasts: shot.lasts,
        pixels,
    }
}

/// All of a sound video.
fn whole(name: &str) -> (About, Vec<Kept>) {
    let mut decoder = open(video(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let about = decoder.about().clone();
    let (kept, end) = pictures(&mut *decoder);
    end.unwrap_or_else(|fault| panic!("{name}: {fault}"));
    assert!(decoder.next().unwrap().is_none(), "after the end there is nothing");
    (about, kept)
}

/// One picture as ffmpeg has it.
struct Listed {
    at: Duration,
    lasts: Duration,
    sum: String,
}

/// What ffmpeg says of a video.
fn list(name: &str) -> Vec<Listed> {
    parsed(&fs::read_to_string(folder().join(format!("{name}.list"))).unwrap())
}

/// What a list of ffmpeg's says.
fn parsed(text: &str) -> Vec<Listed> {
    let base = text.lines().find_map(|line| line.strip_prefix("#tb 0: ")).unwrap();
    let (over, under) = base.split_once('/').unwrap();
    let (over, under): (u64, u64) = (over.parse().unwrap(), under.parse().unwrap());
    let time = |units: &str| Duration::from_nanos(units.trim().parse::<u64>().unwrap() * over * 1_000_000_000 / under);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let fields = lines.map(|line| line.split(',').map(str::trim).collect::<Vec<_>>());
    fields
        .map(|fields| Listed {
            at: time(fields[2]),
            lasts: time(fields[3]),
            sum: fields[5].into(),
        })
        .collect()
}

/// Names of the videos that are played, each with its list.
fn listed() -> Vec<String> {
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files
        .filter_map(|name| name.strip_suffix(".list").map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// The container by the name of a file of ours.
fn named(name: &str) -> Container {
    match name.rsplit_once('.').unwrap().1 {
        "mp4" | "mov" | "3gp" => Container::Mov,
        "gif" => Container::Gif,
        "png" => Container::Png,
        "webp" => Container::WebP,
        "webm" => Container::Matroska,
        "avi" => Container::Avi,
        other => panic!("{other}"),
    }
}
