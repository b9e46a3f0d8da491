//! The confinement of what reads strangers' files: from inside nothing can be reached, and whatever happens inside ends in time.

mod calls;
mod escapes;
mod films;
mod standins;
mod truth;

use std::{
    fs::{self, File, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use tempfile::TempDir;
use yingbi::{
    media::{
        ChildFault, FilmJob, FilmLimits,
        film::{Filmed, Progress},
    },
    units::Digest,
};

use super::{child, rendition};

/// Enough for all that is sound here, and a stall that a test can wait for.
const LIMITS: FilmLimits = FilmLimits {
    memory: 1536,
    cpu: 60,
    stall: Duration::from_secs(20),
    wall: Duration::from_secs(120),
    clip: 64 << 20,
};

/// Makes a clip of `source` in `folder`, at `rate`.
fn made(
    folder: &Path,
    source: &File,
    ffmpeg: Option<&Path>,
    limits: FilmLimits,
    rate: u16,
    tell: &mut dyn FnMut(Progress) -> bool,
) -> Result<Filmed, ChildFault> {
    let output = File::create(folder.join("clip")).unwrap();
    let rendition = rendition(rate);
    let job = FilmJob {
        source,
        digest: Digest::of(b"source"),
        output: &output,
        rendition: &rendition,
        ffmpeg,
        limits,
    };
    child().film(&job, tell)
}

fn make(folder: &Path, video: &Path, ffmpeg: Option<&Path>, limits: FilmLimits) -> Result<Filmed, ChildFault> {
    made(folder, &File::open(video).unwrap(), ffmpeg, limits, 25, &mut |_| true)
}

/// A folder with programs in the place of `ffprobe` and `ffmpeg`, in Perl, which every Debian has and which can make any system call.
fn stand_ins(ffprobe: &str, ffmpeg: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    for (name, script) in [("ffprobe", ffprobe), ("ffmpeg", ffmpeg)] {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/usr/bin/perl\n$| = 1;\n{script}\n")).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    }
    let ffmpeg = folder.path().join("ffmpeg");
    (folder, ffmpeg)
}

/// What `ffprobe` says of a video of 4 x 2 pixels whose codec has that name.
fn told(codec: &str) -> String {
    let lines = [
        &format!(r#"streams.stream.0.codec_name="{codec}""#)[..],
        r#"streams.stream.0.codec_type="video""#,
        "streams.stream.0.width=4",
        "streams.stream.0.height=2",
    ];
    let print = |line: &&str| format!("print '{line}', \"\\n\";\n");
    lines.iter().map(print).collect()
}

/// What `ffmpeg` says of a video of one picture.
const ONE_PICTURE: &str = r#"print STDERR "frame:0    pts:0       pts_time:0\n";
print "YUV4MPEG2 W4 H2 F25:1 Ip A1:1 C420mpeg2\nFRAME\n", "\x80" x 12;"#;

/// Something that is a film by its first bytes.
fn video(folder: &Path) -> PathBuf {
    let path = folder.join("video.mp4");
    fs::write(&path, b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom").unwrap();
    path
}

/// Has ffmpeg make `name` in `folder`.
fn encoded(folder: &Path, arguments: &str, name: &str) -> PathBuf {
    let path = folder.join(name);
    let made = Command::new("ffmpeg")
        .args(["-hide_banner", "-loglevel", "error", "-y"])
        .args(arguments.split(' '))
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success());
    path
}

/// A small video that is kept with the tests.
fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/media/videos")
        .join(name)
}
