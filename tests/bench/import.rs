//! What making a clip of a video costs: 30 s of 1280x720 at 25 pictures a second, for a place of 512x256 at 25 ticks a second.
//!
//! The floor is `ffmpeg` decoding the same file into nothing, on one thread, in the same run. Beside it its parts: `ffmpeg` decoding into a
//! pipe, what is done to a picture here (colour, size, light, flashes), and packing. In CPU time throughout, that of the children from the kernel's
//! account of them, in hundredths of a second. Where there is no `ffmpeg`, only what is done here is timed, on pictures made here.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, sink},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use rustix::time::{ClockId, clock_gettime};
use yingbi::{
    clip::{Head, Writer},
    frame::{Fitting, Frame},
    media::{
        Child, FilmJob, FilmLimits,
        film::{About, Colour, Decoder, FilmFault, Guard, Matrix, Pixels, Plane, Scaler, Shot, Turn, film},
        find_ffmpeg,
    },
    site,
    stage::Rendition,
    units::{Digest, Rate, Size},
};

use super::harness::{Budget, Harness};

const SOURCE: Size = Size::new(1280, 720);
const PLACE: Size = Size::new(512, 256);
const RATE: u16 = 25;
const COLOUR: Colour = Colour {
    matrix: Matrix::Bt709,
    is_full: false,
};
/// Clock ticks a second in `/proc/PID/stat`, on every Linux that Rust supports.
const CLOCK_TICKS: f64 = 100.0;

/// Times one picture, then the import of a whole video.
pub(crate) fn run(harness: &mut Harness) {
    one_picture(harness);
    whole(harness);
}

fn rendition() -> Rendition {
    Rendition {
        size: PLACE,
        rate: Rate::new(RATE).expect("a rate"),
        fitting: Fitting::default(),
        leds: site::Colour::Full.into(),
        may_flash: false,
    }
}

fn about(duration: Option<Duration>) -> About {
    About {
        size: SOURCE,
        aspect: (1, 1),
        turn: Turn::None,
        duration,
        codec: "H.264".into(),
        has_sound: false,
    }
}

/// The planes of a picture, one behind the other.
fn planes(bytes: &[u8]) -> Pixels<'_> {
    let (light, colours) = bytes.split_at(SOURCE.leds());
    let (blues, reds) = colours.split_at(SOURCE.leds() / 4);
    let plane = |bytes, width: u32| Plane {
        bytes,
        stride: width as usize,
    };
    Pixels::Yuv420 {
        planes: [
            plane(light, SOURCE.width),
            plane(blues, SOURCE.width / 2),
            plane(reds, SOURCE.width / 2),
        ],
        colour: COLOUR,
    }
}

fn one_picture(harness: &mut Harness) {
    const SCALE: &str = "import: 1280x720 to 512x256";
    const GUARD: &str = "import: flashes of a frame";
    const PACK: &str = "import: packing of a frame";
    if !harness.wants(SCALE) && !harness.wants(GUARD) && !harness.wants(PACK) {
        return;
    }
    // Shades with a little noise, as cameras make them.
    let mut state = 1_u32;
    let bytes: Vec<u8> = (0..SOURCE.leds() * 3 / 2)
        .map(|at| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (40 + at % 1280 / 10 + (state >> 29) as usize) as u8
        })
        .collect();
    let mut copy = bytes.clone();
    let mut scaler = Scaler::new(&about(None), &rendition()).expect("a size that is read");
    let frame = scaler.scale(&planes(&bytes)).expect("all of its bytes").clone();
    harness.compare(
        SCALE,
        Budget::Time(Duration::from_millis(5)),
        ("a copy of the picture", || copy.copy_from_slice(&bytes)),
        || scaler.scale(&planes(&bytes)).map(Frame::size),
    );
    let mut copy = frame.bytes().to_vec();
    let mut guard = Guard::new(PLACE, rendition().rate);
    harness.compare(
        GUARD,
        Budget::None,
        ("a copy of the frame", || copy.copy_from_slice(frame.bytes())),
        || guard.see(frame.bytes()),
    );
    let mut copy = frame.bytes().to_vec();
    let mut writer = writer();
    // Two in turn, since equal ones are stored once.
    let mut other = frame.clone();
    other.bytes_mut()[0] ^= 1;
    let mut is_other = false;
    harness.compare(
        PACK,
        Budget::None,
        ("a copy of the frame", || copy.copy_from_slice(frame.bytes())),
        || {
            is_other = !is_other;
            writer
                .frame(if is_other { other.bytes() } else { frame.bytes() })
                .is_ok()
        },
    );
}

fn writer() -> Writer<std::io::Sink> {
    let head = Head {
        size: PLACE,
        rate: rendition().rate,
        source: Digest::of(b""),
        rendition: rendition().digest(),
    };
    Writer::new(sink(), &head).expect("a size that clips have")
}

/// CPU time of this process's children that have been waited for, in seconds.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(13).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / CLOCK_TICKS
}

/// CPU time of this thread, in seconds.
fn own() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// What CPU time `work` takes here and in its children.
fn cost<T>(work: impl FnOnce() -> T) -> (f64, f64, T) {
    let (before, children_before) = (own(), children());
    let made = work();
    (own() - before, children() - children_before, made)
}

fn ffmpeg() -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y", "-threads", "1"]);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Pictures from a pipe of `ffmpeg`.
struct Pipe<R> {
    from: R,
    about: About,
    bytes: Vec<u8>,
    number: u32,
}

impl<R: BufRead> Pipe<R> {
    fn new(mut from: R, duration: Duration) -> Self {
        let mut head = Vec::new();
        from.read_until(b'\n', &mut head).expect("a pipe");
        Self {
            from,
            about: about(Some(duration)),
            bytes: vec![0; SOURCE.leds() * 3 / 2],
            number: 0,
        }
    }
}

impl<R: BufRead> Decoder for Pipe<R> {
    fn about(&self) -> &About {
        &self.about
    }

    fn next(&mut self) -> Result<Option<Shot<'_>>, FilmFault> {
        let mut head = Vec::new();
        self.from.read_until(b'\n', &mut head).expect("a pipe");
        if head.is_empty() {
            return Ok(None);
        }
        self.from.read_exact(&mut self.bytes).expect("a whole picture");
        self.number += 1;
        let lasts = Duration::from_secs(1) / u32::from(RATE);
        Ok(Some(Shot {
            at: lasts * (self.number - 1),
            lasts: Some(lasts),
            pixels: planes(&self.bytes),
        }))
    }
}

/// Runs `ffmpeg` and gives its pictures to `take`.
fn through_pipe<T>(video: &Path, duration: Duration, take: impl FnOnce(&mut dyn Decoder) -> T) -> T {
    let mut child = ffmpeg()
        .arg("-i")
        .arg(video)
        .args(["-an", "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", "-"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("ffmpeg was there a moment ago");
    let pipe = child.stdout.take().expect("a pipe");
    let made = take(&mut Pipe::new(BufReader::with_capacity(1 << 16, pipe), duration));
    assert!(child.wait().is_ok_and(|status| status.success()), "ffmpeg decodes it");
    made
}

fn whole(harness: &mut Harness) {
    const WHOLE: &str = "import: 30 s of 720p, all of it";
    const BUILTIN: &str = "import: the same without ffmpeg";
    if !harness.measured() || !(harness.wants(WHOLE) || harness.wants(BUILTIN)) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let video = folder.path().join("video.mp4");
    let duration = Duration::from_secs(30);
    let made = ffmpeg()
        .args(["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=30"])
        .args([
            "-vf",
            "noise=alls=6:allf=t",
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libx264",
            "-crf",
            "23",
        ])
        .arg(&video)
        .status();
    if !made.is_ok_and(|status| status.success()) {
        harness.state(WHOLE, "no ffmpeg here", "");
        return;
    }
    let mut rounds: Vec<Costs> = (0..5).map(|_| round(&video, duration)).collect();
    // The round whose total is in the middle.
    rounds.sort_by(|a, b| (a.all / a.floor).total_cmp(&(b.all / b.floor)));
    let costs = &rounds[rounds.len() / 2];
    let time = Duration::from_secs_f64;
    let beside = ("ffmpeg decodes only", time(costs.floor));
    for (name, seconds) in [
        ("import: decoding into a pipe", costs.piped),
        ("import: reading the pipe", costs.read),
        ("import: colour, size, flashes", costs.scaled),
        ("import: packing", costs.packed),
        (BUILTIN, costs.builtin),
    ] {
        harness.state_beside(name, (format!("{seconds:.2} s"), time(seconds)), beside, None);
    }
    let (all, is_kept) = (costs.all, costs.all <= 4.0 * costs.floor);
    let figure = (format!("{all:.2} s"), time(all));
    harness.state_beside(WHOLE, figure, beside, Some(("<= 4x", is_kept)));
}

/// CPU seconds.
struct Costs {
    /// Of decoding alone.
    floor: f64,
    /// Of decoding into a pipe, and of reading that.
    piped: f64,
    read: f64,
    /// Of what is done to the pictures.
    scaled: f64,
    /// Of packing them.
    packed: f64,
    /// Of the import as it is, in a child that is confined, with `ffmpeg`.
    all: f64,
    /// The same without `ffmpeg`.
    builtin: f64,
}

fn round(video: &Path, duration: Duration) -> Costs {
    let (_, floor, decoded) = cost(|| ffmpeg().arg("-i").arg(video).args(["-an", "-f", "null", "-"]).status());
    assert!(decoded.is_ok_and(|status| status.success()), "ffmpeg decodes it");
    let (read, piped, ()) = cost(|| {
        through_pipe(video, duration, |decoder| while let Ok(Some(_)) = decoder.next() {});
    });
    // The same pictures, brought to their place one after the other, then packed.
    let mut packed = 0.0;
    let mut writer = writer();
    let mut scaler = Scaler::new(&about(None), &rendition()).expect("a size that is read");
    through_pipe(video, duration, |decoder| {
        while let Ok(Some(shot)) = decoder.next() {
            let frame = scaler.scale(&shot.pixels).expect("all of its bytes");
            packed += cost(|| writer.frame(frame.bytes()).expect("a sink")).0;
        }
    });
    let (own, _, made) = cost(|| {
        through_pipe(video, duration, |decoder| {
            film(decoder, &rendition(), Digest::of(b""), &mut sink(), &mut |_| {})
        })
    });
    made.expect("it does not flash");
    Costs {
        floor,
        piped,
        read,
        scaled: own - read - packed,
        packed,
        all: import(video, find_ffmpeg().as_deref()),
        builtin: import(video, None),
    }
}

/// What the import of that video costs, from the opened file to the whole clip.
fn import(video: &Path, ffmpeg: Option<&Path>) -> f64 {
    let source = File::open(video).expect("it was there a moment ago");
    let output = tempfile::tempfile().expect("a file");
    let job = FilmJob {
        source: &source,
        digest: Digest::of(b""),
        output: &output,
        rendition: &rendition(),
        ffmpeg,
        limits: FilmLimits::default(),
    };
    let child = Child::of(env!("CARGO_BIN_EXE_yingbi"), ["child"]);
    let (own, children, made) = cost(|| child.film(&job, &mut |_| true));
    assert_eq!(made.expect("a sound video").frames, 750);
    own + children
}
