//! What cannot be written is one problem, and nothing worse.

use std::{fs, time::Duration};

use yingbi::{diagnostic::Severity, feedback::FeedbackFault, frame::Frame, units::Size};

use super::{Bench, pixels};
use crate::support::site::{Files, PLAIN};

fn bench() -> Bench {
    let bench = Bench::new(&Files::plain().item("a", "欢迎", "5s"));
    bench.hub.show("lobby", &Frame::new(Size::new(128, 32)));
    bench
}

#[test]
fn a_folder_that_cannot_be_made_is_one_problem_that_heals_by_itself() {
    // Faults 18 and 86, as the writer meets them: the system refuses.
    let mut bench = bench();
    fs::write(bench.place(""), b"a file in its place").unwrap();
    let fault = bench.turn().fault.expect("it cannot be written");
    assert_eq!(fault, FeedbackFault::NotAFolder { path: "反馈".into() });
    let told = fault.diagnostic();
    assert_eq!((told.severity, &*told.file), (Severity::Warning, "反馈"));
    assert!(told.help.zh.contains("屏幕照常播放"), "{}", told.help.zh);
    fs::remove_file(bench.place("")).unwrap();
    bench.pass(Duration::from_secs(3));
    assert_eq!(bench.settle().fault, None);
    assert_eq!(
        bench.files(),
        [
            "今日播出.csv",
            "现在屏幕.png",
            "说明.txt",
            "问题清单.txt",
            "预览/通知/欢迎-第1页.png"
        ]
    );
}

#[test]
fn a_file_that_cannot_take_its_place_holds_up_no_other() {
    let mut bench = bench();
    fs::create_dir_all(bench.place("问题清单.txt/x")).unwrap();
    let fault = bench.settle().fault.expect("a folder is in the way");
    assert!(
        matches!(&fault, FeedbackFault::Unwritten { path, .. } if path == "反馈/问题清单.txt"),
        "{fault}"
    );
    assert!(bench.place("现在屏幕.png").is_file() && bench.place("今日播出.csv").is_file());
    assert_eq!(bench.previews().len(), 1);
    let halves = bench.files().into_iter().filter(|file| file.contains(".tmp"));
    assert_eq!(halves.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn into_a_place_without_a_site_nothing_is_written() {
    // A share that is no longer mounted leaves an empty folder. Fault 22.
    let mut bench = bench();
    fs::remove_file(bench.folder.path().join("site.toml")).unwrap();
    assert_eq!(bench.settle().fault, None);
    assert!(!bench.place("").exists());
    fs::remove_dir(bench.folder.path()).unwrap();
    assert_eq!(bench.settle().fault, None);
    assert!(!bench.folder.path().exists());
    fs::create_dir(bench.folder.path()).unwrap();
}

#[test]
fn what_a_cut_in_the_power_left_half_written_is_written_over_and_never_shown() {
    // Fault 15.
    let mut bench = bench();
    fs::create_dir(bench.place("")).unwrap();
    fs::write(bench.place(".现在屏幕.png.tmp"), b"half").unwrap();
    bench.settle();
    assert!(
        !bench.files().iter().any(|file| file.contains("tmp")),
        "{:?}",
        bench.files()
    );
}

#[test]
fn a_site_that_wants_no_feedback_has_none_and_what_was_there_goes() {
    let mut bench = bench();
    bench.settle();
    fs::write(bench.place("我的.txt"), b"mine").unwrap();
    let off = Files::plain().with("site.toml", format!("feedback = false\n{PLAIN}"));
    bench.wall = off.wall();
    bench.settle();
    assert_eq!(bench.files(), ["我的.txt"]);
    fs::remove_file(bench.place("我的.txt")).unwrap();
    bench.wall = Files::plain().with("site.toml", format!("反馈 = true\n{PLAIN}")).wall();
    bench.pass(Duration::from_secs(10));
    bench.settle();
    assert!(bench.place("问题清单.txt").is_file());
}

#[test]
fn the_folder_says_what_it_is_in_five_lines() {
    let mut bench = bench();
    bench.turn();
    let about = bench.text("说明.txt");
    assert_eq!(about.lines().count(), 5, "{about}");
    assert!(about.contains("请勿修改") && about.starts_with('\u{feff}'));
    for file in ["现在屏幕.png", "问题清单.txt", "今日播出.csv", "预览"] {
        assert!(about.contains(file), "{file}");
    }
}

#[test]
fn a_link_in_the_place_of_the_folder_is_not_followed() {
    // Fault 67.
    let mut bench = bench();
    let elsewhere = tempfile::TempDir::new().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), bench.place("")).unwrap();
    assert_eq!(
        bench.turn().fault,
        Some(FeedbackFault::NotAFolder { path: "反馈".into() })
    );
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn what_is_left_of_a_site_whose_files_are_gone_still_tells() {
    let mut bench = bench();
    bench.settle();
    fs::remove_file(bench.folder.path().join("site.toml")).unwrap();
    bench.notices = vec![yingbi::feedback::Notice {
        whose: yingbi::feedback::Whose::Clerk,
        diagnostic: FeedbackFault::NotAFolder {
            path: "site.toml".into(),
        }
        .diagnostic(),
    }];
    bench.pass(Duration::from_secs(10));
    bench.settle();
    assert!(
        bench.text("问题清单.txt").contains("site.toml"),
        "{}",
        bench.text("问题清单.txt")
    );
}

#[test]
fn what_somebody_has_damaged_or_deleted_is_written_again() {
    let mut bench = bench();
    bench.settle();
    let files = bench.files();
    let whole: Vec<Vec<u8>> = files.iter().map(|path| bench.read(path)).collect();
    let damages: [fn(&std::path::Path); 2] = [
        |place| fs::remove_file(place).unwrap(),
        |place| {
            // Half of it is left.
            let length = fs::metadata(place).unwrap().len();
            fs::File::options()
                .write(true)
                .open(place)
                .unwrap()
                .set_len(length / 2)
                .unwrap();
        },
    ];
    for damage in damages {
        for path in &files {
            damage(&bench.place(path));
        }
        for _ in 0..3 {
            bench.pass(Duration::from_secs(31));
            for _ in 0..10 {
                bench.turn();
            }
        }
        assert_eq!(bench.files(), files);
        for (path, whole) in files.iter().zip(&whole) {
            let now = bench.read(path);
            // A picture that is written anew may say another instant.
            let is_same = if path.ends_with(".png") {
                pixels(&now) == pixels(whole)
            } else {
                now == *whole
            };
            assert!(is_same, "{path} is as it was");
        }
    }
}
