//! Clips made of videos in a child.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use yingbi::{
    media::{
        ChildFault, FilmJob, FilmLimits,
        film::{Filmed, Progress},
        find_ffmpeg,
    },
    units::Digest,
};

use super::{child, rendition};

fn make(folder: &Path, video: &Path, limits: FilmLimits, ffmpeg: Option<&Path>) -> Result<Filmed, ChildFault> {
    let source = File::open(video).unwrap();
    let output = File::create(folder.join("clip")).unwrap();
    let rendition = rendition(25);
    let job = FilmJob {
        source: &source,
        digest: Digest::of(b"source"),
        output: &output,
        rendition: &rendition,
        ffmpeg,
        limits,
    };
    child().film(&job, &mut |_: Progress| true)
}

fn video(folder: &Path, arguments: &str) -> PathBuf {
    let words: Vec<&str> = arguments.split(' ').collect();
    let path = folder.join(words.last().unwrap());
    let made = Command::new("ffmpeg")
        .args(["-hide_banner", "-loglevel", "error", "-y"])
        .args(&words[..words.len() - 1])
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success());
    path
}

#[test]
fn ffmpeg_gives_every_picture() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    let path = video(
        folder.path(),
        "-f lavfi -i testsrc2=s=320x240:r=25:d=2 -c:v libx264 -pix_fmt yuv420p a.mp4",
    );
    let filmed = make(folder.path(), &path, FilmLimits::default(), Some(&ffmpeg)).unwrap();
    assert_eq!((filmed.frames, filmed.codec.as_str()), (50, "H.264, MP4/MOV, ffmpeg"));
}
