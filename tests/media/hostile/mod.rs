//! Hostile files, made here: each goes through the real import, as a picture, as a video with `ffmpeg` and without it. Whatever it claims, it ends
//! in time and within its memory, with a sound clip or with words in both languages that say what to do, and nothing of it is left running.
//!
//! `HOSTILE_TOLD` tells of each file what came of it and how long that took.

#![allow(clippy::disallowed_macros, reason = "the figures are for whoever runs it")]

mod bombs;
mod boxes;
mod guises;
mod lists;
mod movies;
mod spoiled;

use std::{
    fs::{self, File},
    io::Cursor,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain as _,
    item::Picture,
    media::{
        ChildFault, FilmJob, FilmLimits, Limits, Task,
        film::{Progress, is_whole, moves, sniff},
        find_ffmpeg, verify,
    },
    units::Digest,
};

use super::{child, rendition};

/// What one of them may use up as a video. The address space of each process is bounded by the system.
const FILM: FilmLimits = FilmLimits {
    memory: 768,
    cpu: 30,
    stall: Duration::from_secs(30),
    wall: Duration::from_secs(60),
    clip: 64 << 20,
};

/// What one of them may use up as a picture.
const PICTURE: Limits = Limits {
    memory: 1024,
    cpu: 30,
    wall: Duration::from_secs(60),
    answer: 8 << 20,
};

/// A hostile file, by the name that it has in a folder of a column.
pub(crate) struct Hostile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

fn hostile(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Hostile {
    Hostile {
        name: name.into(),
        bytes: bytes.into(),
    }
}

/// All of them that name nothing on any network.
pub(crate) fn all() -> Vec<Hostile> {
    [bombs::all(), movies::all(), guises::all()]
        .into_iter()
        .flatten()
        .collect()
}

/// Whoever takes the import of a file through its ways.
struct Trial {
    folder: TempDir,
    ffmpeg: Option<PathBuf>,
    limits: FilmLimits,
    /// Whether one may be ended by its deadline.
    may_be_late: bool,
    tried: usize,
    longest: (Duration, String),
}

impl Trial {
    fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            ffmpeg: find_ffmpeg(),
            limits: FILM,
            may_be_late: false,
            tried: 0,
            longest: (Duration::ZERO, String::new()),
        }
    }

    /// As a picture, and as a video in both ways; what came of each.
    fn all_ways(&mut self, file: &Hostile) -> [String; 3] {
        self.survey(file);
        let ffmpeg = self.ffmpeg.clone();
        [
            self.picture(file),
            self.film(file, None),
            self.film(file, ffmpeg.as_deref()),
        ]
    }

    /// What the daemon itself reads of it, before any child.
    fn survey(&mut self, file: &Hostile) {
        let begin = Instant::now();
        let first = &file.bytes[..file.bytes.len().min(yingbi::media::film::FIRST)];
        if let Ok(container) = sniff(first) {
            let mut source = Cursor::new(&file.bytes);
            let _ = is_whole(container, &mut source);
            let _ = moves(container, &mut source);
        }
        self.told(file, "survey", begin.elapsed(), "surveyed");
    }

    fn picture(&mut self, file: &Hostile) -> String {
        let begin = Instant::now();
        let settings = [64_u32.to_le_bytes(), 32_u32.to_le_bytes()].concat();
        let end = match child().run(Task::Picture, &settings, &file.bytes, &PICTURE) {
            Ok(answer) => {
                let answer: Arc<[u8]> = answer.into();
                let picture = Picture::read(&answer).expect("an answer is a picture");
                format!("a picture of {:?}", picture.original())
            }
            Err(fault) => refusal(&file.name, &fault),
        };
        self.told(file, "picture", begin.elapsed(), &end);
        end
    }

    fn film(&mut self, file: &Hostile, ffmpeg: Option<&Path>) -> String {
        let video = self.folder.path().join(format!("{}-{}", self.tried, file.name));
        fs::write(&video, &file.bytes).unwrap();
        let clip = self.folder.path().join("clip");
        let begin = Instant::now();
        let made = {
            let source = File::open(&video).unwrap();
            let output = File::create(&clip).unwrap();
            let job = FilmJob {
                source: &source,
                digest: Digest::of(&file.bytes),
                output: &output,
                rendition: &rendition(25),
                ffmpeg,
                limits: self.limits,
            };
            child().film(&job, &mut |_: Progress| true)
        };
        let took = begin.elapsed();
        let end = match made {
            Ok(filmed) => {
                let sound =
                    verify(&File::open(&clip).unwrap()).unwrap_or_else(|fault| panic!("{}: {fault}", file.name));
                assert_eq!(sound.index.frames(), filmed.frames, "{}", file.name);
                format!("a clip of {} frames", filmed.frames)
            }
            Err(fault @ ChildFault::Late { .. }) if self.may_be_late => fault.to_string(),
            Err(fault) => refusal(&file.name, &fault),
        };
        nobody_has(&video);
        fs::remove_file(&video).unwrap();
        self.told(file, if ffmpeg.is_some() { "ffmpeg" } else { "built in" }, took, &end);
        end
    }

    fn told(&mut self, file: &Hostile, way: &str, took: Duration, end: &str) {
        self.tried += 1;
        if took > self.longest.0 {
            self.longest = (took, format!("{}, {way}", file.name));
        }
        if std::env::var_os("HOSTILE_TOLD").is_some() {
            println!("{:8} {:>7.3} s  {}: {end}", way, took.as_secs_f64(), file.name);
        }
    }

    fn figures(&self) {
        let (took, which) = &self.longest;
        println!(
            "{} imports, the longest {:.3} s: {which}",
            self.tried,
            took.as_secs_f64()
        );
    }
}

/// The words of a fault, which say in both languages what is wrong and what to do. A reader that broke down or was ended is none that read well.
fn refusal(name: &str, fault: &ChildFault) -> String {
    let (chinese, help) = (fault.chinese(), fault.help());
    assert!(
        !chinese.is_ascii() && !help.zh.is_ascii(),
        "{name}: {chinese}; {}",
        help.zh
    );
    assert!(!fault.to_string().is_empty() && !help.en.is_empty(), "{name}: {fault}");
    let is_sound = matches!(
        fault,
        ChildFault::Refused { .. } | ChildFault::Memory { .. } | ChildFault::TooMuch { .. }
    );
    assert!(is_sound, "{name}: {fault:?}");
    fault.to_string()
}

/// No process but this one has the file open any more. What was killed may take a moment.
fn nobody_has(video: &Path) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while let Some(process) = holder(video) {
        assert!(
            Instant::now() < deadline,
            "process {process} still reads {}",
            video.display()
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn holder(video: &Path) -> Option<String> {
    let has = |process: &PathBuf| {
        let open = fs::read_dir(process.join("fd")).ok();
        let mut links = open.into_iter().flatten().flatten();
        links.any(|link| fs::read_link(link.path()).is_ok_and(|to| to == video))
    };
    let ours = std::process::id().to_string();
    let processes = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    let others = processes.filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.bytes().all(|byte| byte.is_ascii_digit()) && name != ours
    });
    others.filter(has).map(|path| path.display().to_string()).next()
}

/// A good video or animation, of those that are in `tests/media/videos`.
fn good(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/media/videos")
            .join(name),
    )
    .unwrap()
}

fn try_all(files: &[Hostile]) {
    let mut trial = Trial::new();
    files.iter().for_each(|file| drop(trial.all_ways(file)));
    trial.figures();
}

// Fault 24, 25, 26.
#[test]
fn pictures_that_claim_more_than_they_hold_are_refused_or_shown() {
    try_all(&bombs::all());
}

// Fault 24, 25, 26.
#[test]
fn movies_that_claim_more_than_they_hold_are_refused_or_played() {
    try_all(&movies::all());
}

// Fault 26.
#[test]
fn a_movie_that_would_take_weeks_is_ended_in_time() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let mut trial = Trial::new();
    trial.limits.wall = Duration::from_secs(3);
    trial.may_be_late = true;
    trial.film(&movies::endless(), Some(&ffmpeg));
    trial.figures();
}

// Fault 68.
#[test]
fn files_that_are_not_what_their_names_say_are_refused_or_shown() {
    try_all(&guises::all());
}

#[test]
fn there_are_more_than_a_hundred_of_them_and_no_two_alike() {
    let mut files = all();
    files.extend(lists::all(9, "secret.mp4"));
    let names: std::collections::BTreeSet<_> = files.iter().map(|file| &file.name).collect();
    let bytes: std::collections::BTreeSet<_> = files.iter().map(|file| Digest::of(&file.bytes)).collect();
    println!("{} hostile files", files.len());
    assert_eq!((names.len(), bytes.len()), (files.len(), files.len()));
    assert!(files.len() > 100);
}
