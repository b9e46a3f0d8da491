//! Videos whose every picture says which one it is: sixteen fields of black and white, its number as a binary one; below them the same the other
//! way round, so that what is read wrongly is found out; below that something that moves, and noise.
//!
//! Our pictures go into `ffmpeg`, which makes files of them as telephones and programs do.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use sha2::{Digest as _, Sha256};
use yingbi::units::Size;

/// Fields in a row.
const FIELDS: u32 = 16;

/// R, G, B of the picture of that number.
pub(crate) fn picture(size: Size, number: u16) -> Vec<u8> {
    let pixel = |x: u32, y: u32| match 3 * y / size.height {
        0 => [if bit(size, x, number) { 255 } else { 0 }; 3],
        1 => [if bit(size, x, number) { 0 } else { 255 }; 3],
        _ if 16 * x >= 15 * size.width => noise(x / 2, y / 2, number),
        _ => {
            let x = x + 3 * u32::from(number);
            [
                (x * 2) as u8,
                (y * 4) as u8,
                if (x / 16 + y / 8).is_multiple_of(2) { 40 } else { 200 },
            ]
        }
    };
    (0..size.height)
        .flat_map(|y| (0..size.width).flat_map(move |x| pixel(x, y)))
        .collect()
}

/// What no coder foresees.
fn noise(x: u32, y: u32, number: u16) -> [u8; 3] {
    let mixed = (x * 7919 + y * 104_729 + u32::from(number) * 1_299_709).wrapping_mul(2_654_435_761);
    [24, 16, 8].map(|shift| (mixed >> shift) as u8)
}

/// The bit of a number that the column `x` shows, the highest one at the left.
fn bit(size: Size, x: u32, number: u16) -> bool {
    number >> (FIELDS - 1 - FIELDS * x / size.width) & 1 == 1
}

/// The number in a picture whose lightness at `(x, y)` is `light`; `None` where none can be read. Needs three pixels a field.
pub(crate) fn number(size: Size, light: impl Fn(u32, u32) -> u8) -> Option<u16> {
    let field = |column: u32, row: u32| {
        light(
            (2 * column + 1) * size.width / (2 * FIELDS),
            (2 * row + 1) * size.height / 6,
        )
    };
    let mut number = 0;
    for column in 0..FIELDS {
        let is_white = match (field(column, 0), field(column, 1)) {
            (170.., ..=85) => true,
            (..=85, 170..) => false,
            _ => return None,
        };
        number = number << 1 | u16::from(is_white);
    }
    Some(number)
}

/// The number in a picture of R, G, B.
pub(crate) fn number_rgb(size: Size, pixels: &[u8]) -> Option<u16> {
    number(size, |x, y| pixels[3 * (y * size.width + x) as usize + 1])
}

/// Says that a test did nothing, for want of ffmpeg.
pub(crate) fn say_skipped() {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "skipped: ffmpeg is not installed");
}

/// Whether `ffmpeg` is here to make them.
pub(crate) fn has_ffmpeg() -> bool {
    let asked = Command::new("ffmpeg")
        .arg("-version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

/// A video as it is to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe<'a> {
    /// Name of the file, whose ending says the container.
    pub(crate) name: &'a str,
    pub(crate) size: Size,
    /// Pictures a second, as ffmpeg takes it: `25`, `30000/1001`.
    pub(crate) rate: &'a str,
    /// How many pictures.
    pub(crate) pictures: u16,
    /// What ffmpeg is told of the file.
    pub(crate) options: &'a str,
    /// How many degrees its pictures are turned clockwise before they are seen.
    pub(crate) turned: u16,
}

impl<'a> Recipe<'a> {
    /// A recipe of 160 x 96 pixels and 30 pictures at 25 a second.
    pub(crate) const fn new(name: &'a str, options: &'a str) -> Self {
        Self {
            name,
            size: Size::new(160, 96),
            rate: "25",
            pictures: 30,
            options,
            turned: 0,
        }
    }

    /// The same, to be turned clockwise by so many degrees before it is seen: as telephones write what was taken upright.
    pub(crate) const fn turned(self, degrees: u16) -> Self {
        Self {
            turned: degrees,
            ..self
        }
    }

    /// The file, made where it has not been made before: the next run finds it.
    pub(crate) fn file(&self) -> PathBuf {
        let sum = Sha256::digest(format!("{self:?} 1"));
        let sum: String = sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("videos").join(sum);
        let file = folder.join(self.name);
        if !file.exists() {
            fs::create_dir_all(&folder).unwrap();
            let made = tempfile::tempdir_in(&folder).unwrap();
            self.make(made.path());
            // Whoever makes the same one at the same time comes to the same.
            fs::rename(made.path().join(self.name), &file).unwrap();
        }
        file
    }

    /// Makes it in `folder`, of pictures 0, 1, 2 and so on.
    pub(crate) fn make(&self, folder: &Path) {
        let size = format!("{}x{}", self.size.width, self.size.height);
        let input = [
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", &size, "-r", self.rate, "-i", "-",
        ];
        let mut ffmpeg = Command::new("ffmpeg")
            .args(["-v", "error", "-y"])
            .args(input)
            .args(self.options.split_whitespace())
            // The same bytes of the same pictures, as far as ffmpeg can.
            .args(["-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact"])
            .arg(folder.join(self.name))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = ffmpeg.stdin.take().unwrap();
        thread::scope(|scope| {
            scope.spawn(move || {
                for number in 0..self.pictures {
                    // Where it takes fewer, it does not want them.
                    let _ = stdin.write_all(&picture(self.size, number));
                }
            });
        });
        assert!(ffmpeg.wait().unwrap().success(), "{}", self.name);
        if self.turned > 0 {
            self.turn(folder);
        }
        assert!(fs::metadata(folder.join(self.name)).unwrap().len() > 0, "{}", self.name);
    }
}

/// Turned files are copies: what is coded anew, ffmpeg does not mark.
impl Recipe<'_> {
    fn turn(&self, folder: &Path) {
        let upright = folder.join(format!("upright-{}", self.name));
        fs::rename(folder.join(self.name), &upright).unwrap();
        let status = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-y", "-i"])
            .arg(&upright)
            .args(["-c", "copy", "-fflags", "+bitexact"])
            // It counts the other way round.
            .args(["-metadata:s:v", &format!("rotate={}", 360 - self.turned)])
            .arg(folder.join(self.name))
            .status();
        assert!(status.unwrap().success(), "{}", self.name);
        fs::remove_file(upright).unwrap();
    }
}

/// Options for pictures at times that tremble: see [`trembling`].
macro_rules! at_trembling_times {
    () => {
        "-vf settb=1/90000,setpts='N*3000+mod(N*N*977\\,2400)' -vsync passthrough -enc_time_base 1/90000 "
    };
}
pub(crate) use at_trembling_times;

/// When that picture is seen where times tremble, in parts of 90,000 of a second.
pub(crate) const fn trembling(number: u64) -> u64 {
    3000 * number + 977 * number * number % 2400
}

/// What a machine with `ffmpeg` must play: at least fourteen pairs of codec and container, as telephones, cameras, recorders and old programs write
/// them. Each has 30 pictures of 160 x 96 pixels (or as it says), 25 a second but for those that tremble or say so.
pub(crate) const PAIRS: [Recipe<'static>; 22] = [
    Recipe::new("h264.mp4", "-c:v libx264 -pix_fmt yuv420p"),
    Recipe::new("h264-turned.mov", "-c:v libx264 -pix_fmt yuv420p").turned(90),
    Recipe::new("h264-upside-down.mp4", "-c:v libx264 -pix_fmt yuv420p").turned(180),
    Recipe::new(
        "h264-trembling.mp4",
        concat!(
            at_trembling_times!(),
            "-c:v libx264 -pix_fmt yuv420p -video_track_timescale 90000"
        ),
    ),
    Recipe::new("h264-10bit.mp4", "-c:v libx264 -pix_fmt yuv420p10le"),
    Recipe::new(
        "h265.mp4",
        "-c:v libx265 -x265-params log-level=error -pix_fmt yuv420p -tag:v hvc1",
    ),
    Recipe::new(
        "h265-10bit.mkv",
        "-c:v libx265 -x265-params log-level=error -pix_fmt yuv420p10le",
    ),
    Recipe::new("vp9.webm", "-c:v libvpx-vp9 -pix_fmt yuv420p -cpu-used 8 -b:v 500k"),
    Recipe::new("av1.mp4", "-c:v libaom-av1 -pix_fmt yuv420p -cpu-used 8 -b:v 500k"),
    Recipe::new("av1.mkv", "-c:v libaom-av1 -pix_fmt yuv420p -cpu-used 8 -b:v 500k"),
    Recipe::new("mpeg4.avi", "-c:v mpeg4 -q:v 4 -bf 2"),
    Recipe::new("wmv2.wmv", "-c:v wmv2 -q:v 4"),
    Recipe::new("flv1.flv", "-c:v flv -q:v 4"),
    Recipe::new("h264.flv", "-c:v libx264 -pix_fmt yuv420p"),
    Recipe::new(
        "mpeg2-interlaced.ts",
        "-c:v mpeg2video -q:v 4 -flags +ildct+ilme -top 1",
    ),
    Recipe::new("h264.ts", "-c:v libx264 -pix_fmt yuv420p"),
    Recipe::new("mjpeg.mov", "-c:v mjpeg -q:v 4 -pix_fmt yuvj422p"),
    Recipe::new("mpeg2.mpg", "-c:v mpeg2video -q:v 4 -bf 2"),
    Recipe::new("h264.3gp", "-c:v libx264 -profile:v baseline -pix_fmt yuv420p"),
    Recipe {
        size: Size::new(198, 110),
        ..Recipe::new("h264-odd.mp4", "-c:v libx264 -pix_fmt yuv420p")
    },
    Recipe::new("h264.mkv", "-c:v libx264 -pix_fmt yuv420p"),
    Recipe::new("moving.gif", ""),
];
