//! Playing a clip beside what it saves: decoding and scaling the video each time.
//!
//! Videos of 720p are made here with `ffmpeg`: a test card, which packs well, and a zoom into the Mandelbrot set, which does not. The same
//! `ffmpeg` then decodes and scales each to a pipe, as a player without clips would; its processor time is the floor, and what comes out of the
//! pipe becomes the clip. That is played at its rate through [`Reels`], player and reader together on the clock of the process.

use std::{
    fs::{self, File},
    hint::black_box,
    io::{BufWriter, Read as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::{
    fs::{Advice, fadvise},
    time::{ClockId, clock_gettime},
};
use yingbi::{
    clip::{Footage, Footages as _, Head, Writer, frame_bytes},
    media::Reels,
    units::{Digest, Rate, Size},
};

use super::harness::Harness;

const SIZE: Size = Size::new(512, 256);
const RATE: u16 = 25;
/// How long playing is measured: it runs at its own rate.
const PLAYED: u32 = 250;
const MEBI: f64 = (1 << 20) as f64;

/// Videos of so many seconds, as `ffmpeg` makes them.
const VIDEOS: [(&str, &str, u32); 2] = [
    ("clips: test card", "testsrc2=s=1280x720:r=25", 30),
    ("clips: Mandelbrot", "mandelbrot=s=1280x720:r=25", 10),
];

/// All benchmarks of clips.
pub(crate) fn run(harness: &mut Harness) {
    if !harness.measured() || !VIDEOS.iter().any(|(name, ..)| harness.wants(name)) {
        return;
    }
    let has_ffmpeg = Command::new("ffmpeg").arg("-version").stdout(Stdio::null()).status();
    if !has_ffmpeg.is_ok_and(|status| status.success()) {
        return harness.state(VIDEOS[0].0, "skipped: no ffmpeg here", "");
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, source, seconds) in VIDEOS {
        if harness.wants(name) {
            video(harness, name, folder.path(), source, seconds);
        }
    }
}

fn video(harness: &mut Harness, name: &str, folder: &Path, source: &str, seconds: u32) {
    let video = folder.join("video.mp4");
    make(&video, source, seconds);
    let made = clip(folder, &video, Digest::of(name.as_bytes()));
    assert_eq!(made.frames, seconds * u32::from(RATE));
    let raw = f64::from(made.frames) * frame_bytes(SIZE).expect("a size of clips") as f64;
    let length = fs::metadata(&made.path).expect("the clip is there").len() as f64;
    harness.state(
        &format!("{name}, size"),
        format!("{:.1} MiB, {:.2} of its pixels", length / MEBI, length / raw),
        "",
    );
    let peer = made.cpu / made.frames;
    let Playback { cpu, grown } = play(folder, &made);
    harness.state_beside(
        &format!("{name}, playing"),
        (format!("{cpu:.1?} of CPU a frame, {:.1}x less", ratio(peer, cpu)), cpu),
        ("ffmpeg -vf scale, pipe", peer),
        Some((">= 15x less", cpu * 15 <= peer)),
    );
    harness.state(
        &format!("{name}, memory"),
        format!("{:.1} MiB more", grown / MEBI),
        "<= 16 MiB",
    );
    let still = times(20, |_| patient(folder, &made));
    for (kind, is_cold) in [("first frame", false), ("first frame, cold", true)] {
        let times = times(20, |_| first(folder, &made, is_cold));
        harness.state_beside(
            &format!("{name}, {kind}"),
            (three(&times), median(&times)),
            ("open, read, unpack", median(&still)),
            Some(("<= 20 ms", most(&times) <= Duration::from_millis(20))),
        );
    }
    let times = seeks(folder, &made);
    harness.state_beside(
        &format!("{name}, any frame"),
        (three(&times), median(&times)),
        ("open, read, unpack", median(&still)),
        Some(("p99 <= 5 ms", quantile(&times, 0.99) <= Duration::from_millis(5))),
    );
}

fn make(video: &Path, source: &str, seconds: u32) {
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args([
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        source,
        "-t",
        &seconds.to_string(),
    ]);
    ffmpeg.args([
        "-c:v", "libx264", "-preset", "medium", "-crf", "23", "-pix_fmt", "yuv420p",
    ]);
    let status = ffmpeg.arg(video).stdin(Stdio::null()).status().expect("ffmpeg runs");
    assert!(status.success(), "ffmpeg makes a video");
}

struct Made {
    name: Digest,
    path: PathBuf,
    frames: u32,
    /// What the child that decoded and scaled took.
    cpu: Duration,
}

/// Makes a clip of what `ffmpeg` gives out through a pipe.
fn clip(folder: &Path, video: &Path, name: Digest) -> Made {
    let before = children();
    let mut ffmpeg = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(video)
        .args(["-vf", "scale=512:256", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("ffmpeg runs");
    let mut pipe = ffmpeg.stdout.take().expect("its output is a pipe");
    let head = Head {
        size: SIZE,
        rate: Rate::new(RATE).expect("a rate of screens"),
        source: name,
        rendition: name,
    };
    let path = Reels::file(folder, name);
    let file = BufWriter::new(File::create(&path).expect("a file can be made"));
    let mut writer = Writer::new(file, &head).expect("a clip can be written");
    let mut frame = vec![0; frame_bytes(SIZE).expect("a size of clips")];
    while pipe.read_exact(&mut frame).is_ok() {
        writer.frame(&frame).expect("a clip can be written");
    }
    let frames = writer.finish().expect("a clip can be written").frames;
    assert!(ffmpeg.wait().is_ok_and(|status| status.success()), "ffmpeg decodes");
    Made {
        name,
        path,
        frames,
        cpu: children() - before,
    }
}

struct Playback {
    cpu: Duration,
    /// Bytes.
    grown: f64,
}

/// Plays at the clip's rate over its end, copying each frame as a player does.
fn play(folder: &Path, made: &Made) -> Playback {
    let period = Duration::from_secs(1) / u32::from(RATE);
    let mut frame = vec![0; frame_bytes(SIZE).expect("a size of clips")];
    frame.fill(1);
    let before = resident();
    let reel = open(folder, made);
    reel.expect(0);
    std::thread::sleep(period);
    let (mut grown, cpu, start) = (0.0_f64, process(), Instant::now());
    for tick in 0..PLAYED {
        let at = (made.frames - PLAYED / 2 + tick) % made.frames;
        let at = if tick == 0 { 0 } else { at };
        let is_shown = reel.show(at, &mut |pixels| frame.copy_from_slice(pixels));
        black_box(&frame);
        assert!(is_shown, "frame {at} is late");
        // Asking for it costs as much as the frame does.
        if tick % 50 == 49 {
            grown = grown.max(resident() - before);
        }
        std::thread::sleep((period * (tick + 1)).saturating_sub(start.elapsed()));
    }
    Playback {
        cpu: (process() - cpu) / PLAYED,
        grown,
    }
}

fn open(folder: &Path, made: &Made) -> Arc<dyn Footage> {
    Reels::new(folder).open(made.name).expect("the clip is there")
}

/// From nothing to the pixels of the first frame.
fn first(folder: &Path, made: &Made, is_cold: bool) -> Duration {
    if is_cold {
        let file = File::open(&made.path).expect("the clip is there");
        file.sync_all().expect("the clip is on the disk");
        fadvise(&file, 0, None, Advice::DontNeed).expect("the system takes advice");
    }
    let reels = Reels::new(folder);
    let start = Instant::now();
    let reel = reels.open(made.name).expect("the clip is there");
    while !reel.show(0, &mut |pixels| _ = black_box(pixels)) {}
    start.elapsed()
}

fn patient(folder: &Path, made: &Made) -> Duration {
    let start = Instant::now();
    let still = Reels::patient(folder).open(made.name).expect("the clip is there");
    assert!(still.show(0, &mut |pixels| _ = black_box(pixels)));
    start.elapsed()
}

/// Frames all over the clip, each far from the last.
fn seeks(folder: &Path, made: &Made) -> Vec<Duration> {
    let reel = open(folder, made);
    let mut at = 0;
    times(200, |_| {
        std::thread::sleep(Duration::from_millis(40));
        at = (at + made.frames * 89 / 233) % made.frames;
        let start = Instant::now();
        while !reel.show(at, &mut |pixels| _ = black_box(pixels)) {}
        start.elapsed()
    })
}

fn times(count: u32, time: impl FnMut(u32) -> Duration) -> Vec<Duration> {
    let mut times: Vec<_> = (0..count).map(time).collect();
    times.sort();
    times
}

fn quantile(times: &[Duration], share: f64) -> Duration {
    times[((times.len() - 1) as f64 * share).round() as usize]
}

fn median(times: &[Duration]) -> Duration {
    quantile(times, 0.5)
}

fn most(times: &[Duration]) -> Duration {
    quantile(times, 1.0)
}

/// Median, p99 and the longest.
fn three(times: &[Duration]) -> String {
    let [a, b, c] = [0.5, 0.99, 1.0].map(|share| quantile(times, share).as_secs_f64() * 1e3);
    format!("{a:.2}/{b:.2}/{c:.2} ms")
}

fn ratio(peer: Duration, ours: Duration) -> f64 {
    peer.as_secs_f64() / ours.as_secs_f64().max(f64::MIN_POSITIVE)
}

/// Processor time of this process, all its threads.
fn process() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32)
}

/// Processor time of children that have ended.
fn children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("the process has a status");
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |at: usize| {
        behind
            .split_whitespace()
            .nth(at)
            .and_then(|ticks| ticks.parse().ok())
            .unwrap_or(0_u64)
    };
    // cutime and cstime, the 16th and 17th fields, of which two stand before the bracket; in hundredths of a second, whatever the kernel's own.
    Duration::from_millis((ticks(13) + ticks(14)) * 10)
}

/// Bytes of this process that are in memory.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("the process has a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibi = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
    1024.0 * kibi.unwrap_or(0.0)
}
