//! `yingbi import` of videos and pictures, and commands on sites that have some, as a person uses them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;
use yingbi::media::verify;

use crate::support::site::Files;

/// A second from a telephone: upright, which its pictures are not, and with sound. Made by `tests/sample/make-media.py`.
fn dawn() -> Vec<u8> {
    include_bytes!("../sample/telephone.mp4").to_vec()
}

fn promotion(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("playlists/items/promotion")
        .join(name)
}

/// A folder with the plain site in `site`, and a home in which nothing is yet.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: TempDir::new().unwrap(),
        };
        for source in Files::plain().sources() {
            desk.write(&format!("site/{}", source.path), source.bytes.unwrap());
        }
        fs::create_dir_all(desk.path("home")).unwrap();
        fs::create_dir_all(desk.path("site/items/通知")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn yingbi(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yingbi"));
        command.args(["--lang", "en"]).args(arguments);
        command.current_dir(self.folder.path()).env("HOME", self.path("home"));
        for variable in ["XDG_CACHE_HOME", "XDG_STATE_HOME", "STATE_DIRECTORY"] {
            command.env_remove(variable);
        }
        command.output().expect("the program runs")
    }

    /// The clips in a folder, by name.
    fn clips(&self, folder: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten().flatten();
        let mut clips: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        clips.retain(|path| path.extension().is_some_and(|extension| extension == "clip"));
        clips.sort();
        clips
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let line = |line| serde_json::from_str(line).unwrap();
    stdout(output).lines().map(line).collect()
}

#[test]
fn import_says_what_a_video_is_and_makes_the_clip_of_each_place_once() {
    let desk = Desk::new();
    desk.write("site/items/通知/晨光.mp4", dawn());
    let import = || {
        desk.yingbi(&[
            "import",
            "--state",
            "state",
            "--site",
            "site",
            "site/items/通知/晨光.mp4",
        ])
    };
    let output = import();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    let told: Vec<&str> = said.lines().collect();
    assert!(
        told[0].contains("H.264") && told[0].ends_with(", 64x112, 1.0 s, without its sound"),
        "{said}"
    );
    assert!(
        told[1].starts_with("  lobby/main 128x32, 50 frames, 50 a second, "),
        "{said}"
    );
    assert!(told[1].ends_with("made"), "{said}");
    assert!(
        stderr(&output).starts_with("converting 晨光.mp4"),
        "{}",
        stderr(&output)
    );
    let clips = desk.clips("state/clips");
    let clip = verify(&fs::File::open(&clips[0]).unwrap()).unwrap();
    assert_eq!((clips.len(), clip.index.frames()), (1, 50));
    let again = import();
    assert!(
        stdout(&again).lines().nth(1).unwrap().contains(", made before"),
        "{}",
        stdout(&again)
    );
    assert_eq!(stderr(&again), "");
}

#[test]
fn a_video_may_be_made_ready_before_it_is_put_into_the_site() {
    let desk = Desk::new();
    desk.write("晨光.mp4", dawn());
    let import = |more: &[&str]| {
        let common = ["import", "--state", "state", "--site", "site", "晨光.mp4", "--json"];
        desk.yingbi(&[&common, more].concat())
    };
    let nowhere = import(&["--column", "党建"]);
    assert_eq!(
        (nowhere.status.code(), &lines(&nowhere)[0]["form"]),
        (Some(1), &"unplaced".into())
    );
    let output = import(&["--column", "通知"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = lines(&output);
    let (clip, progress) = told.split_last().unwrap();
    assert!(!progress.is_empty());
    for line in progress {
        assert_eq!((&line["file"], &line["form"]), (&"晨光.mp4".into(), &"progress".into()));
        assert!(
            line["share"].as_f64().is_none_or(|share| (0.0..=1.0).contains(&share)),
            "{line}"
        );
    }
    let expected = serde_json::json!({
        "file": "晨光.mp4", "form": "video", "width": 64, "height": 112, "seconds": 1.0, "sound": "dropped", "shrinks": 3,
        "places": ["lobby/main"], "clip_width": 128, "clip_height": 32, "rate": 50, "frames": 50, "made": "now",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&clip[name], value, "{name}");
    }
    let made = fs::metadata(desk.path(clip["clip"].as_str().unwrap())).unwrap();
    assert_eq!(clip["bytes"], made.len());
    // It is found by its bytes once it is in the site.
    fs::rename(desk.path("晨光.mp4"), desk.path("site/items/通知/另一个名字.mp4")).unwrap();
    let check = desk.yingbi(&[
        "import",
        "--state",
        "state",
        "--site",
        "site",
        "site/items/通知/另一个名字.mp4",
    ]);
    assert!(stdout(&check).contains("made before"), "{}", stdout(&check));
}

#[test]
fn one_clip_of_any_size_goes_into_the_file_that_is_named() {
    let desk = Desk::new();
    desk.write("晨光.mp4", dawn());
    let common = [
        "import",
        "--state",
        "state",
        "晨光.mp4",
        "-o",
        "out.clip",
        "--size",
        "32x48",
        "--rate",
        "25",
    ];
    let output = desk.yingbi(&[&common[..], &["--fit", "cover", "--focus", "50,60"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let clip = verify(&fs::File::open(desk.path("out.clip")).unwrap()).unwrap();
    assert_eq!(clip.index.frames(), 25);
    assert!(
        stdout(&output).contains("  out.clip 32x48, 25 frames, 25 a second"),
        "{}",
        stdout(&output)
    );
    let left: Vec<_> = fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        !left.iter().any(|name| name.to_string_lossy().contains("part")),
        "{left:?}"
    );
    for wrong in [
        &["--size", "8x8"][..],
        &["-o", "a.clip"],
        &["--fit", "cover"],
        &["--focus", "101,0", "-o", "a", "--size", "8x8"],
    ] {
        let output = desk.yingbi(&[&["import", "晨光.mp4"], wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn what_is_no_sound_video_is_refused_with_the_remedy_and_the_others_go_on() {
    let desk = Desk::new();
    desk.write("cut.mp4", &dawn()[..5_000]);
    desk.write("list.mp4", "#EXTM3U\nhttp://192.0.2.1/a.ts\n");
    fs::copy(promotion("大厅外景.jpg"), desk.path("picture.jpg")).unwrap();
    let import = |state: &str, files: &[&str]| {
        desk.yingbi(
            &[
                &["import", "--state", state, "--site", "site", "--column", "通知"],
                files,
            ]
            .concat(),
        )
    };
    let output = import("state", &["cut.mp4", "list.mp4", "picture.jpg"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    for part in ["--> cut.mp4", "--> list.mp4", "a list of other files", "help: "] {
        assert!(said.contains(part), "{part:?} in\n{said}");
    }
    // As its EXIF says, it lies on its side.
    assert!(
        stdout(&output).contains("picture.jpg: picture, 576x384"),
        "{}",
        stdout(&output)
    );
    assert!(desk.clips("state/clips").is_empty());
    let json = import("state", &["--json", "list.mp4"]);
    assert_eq!(lines(&json)[0]["form"], "refused");
    assert!(lines(&json)[0]["message_zh"].as_str().unwrap().contains("播放列表"));
    assert_eq!(import("state", &["nowhere.mp4"]).status.code(), Some(66));
    desk.write("晨光.mp4", dawn());
    desk.write("file", "");
    let unwritable = import("file", &["晨光.mp4"]);
    assert_eq!(unwritable.status.code(), Some(73), "{}", stderr(&unwritable));
}

#[test]
fn commands_make_the_clips_that_they_show_once_and_leave_the_state_folder_alone() {
    let desk = Desk::new();
    desk.write("site/items/通知/晨光.mp4", dawn());
    let check = desk.yingbi(&["check", "site"]);
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    assert!(stderr(&check).starts_with("converting 晨光.mp4"), "{}", stderr(&check));
    assert_eq!(desk.clips("home/.cache/yingbi/clips").len(), 1);
    assert!(!desk.path("home/.local").exists());
    let timeline = [
        "timeline",
        "site",
        "--from",
        "2026-05-12T08:00:00",
        "--until",
        "2026-05-12T08:00:20",
    ];
    let timeline = desk.yingbi(&timeline);
    assert_eq!(stderr(&timeline), "", "it is made no second time");
    assert!(
        stdout(&timeline).contains("2026-05-12 08:00:00.000 – 08:00:03.000"),
        "{}",
        stdout(&timeline)
    );
    let picture = |at: &str| {
        let output = desk.yingbi(&["preview", "site", "--at", at, "-o", "out.png"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read(desk.path("out.png")).unwrap()
    };
    let (first, later, round) = (
        picture("2026-05-12T08:00:00"),
        picture("2026-05-12T08:00:00.6"),
        picture("2026-05-12T08:00:01"),
    );
    assert!(first != later, "it moves");
    assert!(first == round, "it loops");
    let explain = desk.yingbi(&["explain", "site", "--item", "通知/晨光.mp4", "--today"]);
    assert_eq!(explain.status.code(), Some(0), "{}", stderr(&explain));
}

#[test]
fn check_finds_the_video_of_which_no_clip_can_be_made() {
    let desk = Desk::new();
    let mut bytes = dawn();
    // The file is whole, and nothing is in it.
    let data = bytes.windows(4).position(|window| window == b"mdat").unwrap();
    bytes[data + 4..].fill(0);
    desk.write("site/items/通知/坏.mp4", bytes);
    desk.write("site/items/通知/a.md", "甲\n\n甲\n");
    let check = desk.yingbi(&["check", "site"]);
    assert_eq!(check.status.code(), Some(1), "{}", stderr(&check));
    assert!(stderr(&check).contains("--> items/通知/坏.mp4"), "{}", stderr(&check));
}

#[test]
fn the_sample_site_has_nothing_wrong_with_its_videos() {
    let desk = Desk::new();
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("playlists");
    let check = desk.yingbi(&["check", site.to_str().unwrap()]);
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    assert_eq!(desk.clips("home/.cache/yingbi/clips").len(), 2);
}
