//! Clips of a folder, as the player sees them: what is shown is what was made, wherever he is in a clip, and whatever becomes of the file.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt as _,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use proptest::prelude::*;
use tempfile::TempDir;
use yingbi::{
    clip::{Footage, Footages as _},
    diagnostic::Explain as _,
    media::{Reels, Trouble, verify},
    units::Digest,
};

use crate::clip::{clip, frames, head};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder with one clip of 16 x 8.
struct Made {
    folder: TempDir,
    name: Digest,
    frames: Vec<Vec<u8>>,
}

impl Made {
    fn new(frames: Vec<Vec<u8>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = Digest::of(folder.path().to_str().unwrap().as_bytes());
        fs::write(Reels::file(folder.path(), name), clip(&head(16, 8), &frames)).unwrap();
        Self { folder, name, frames }
    }

    fn of(count: u32) -> Self {
        Self::new(frames(count, 16 * 8 * 3))
    }

    fn path(&self) -> std::path::PathBuf {
        Reels::file(self.folder.path(), self.name)
    }

    fn reels(&self) -> Reels {
        Reels::new(self.folder.path())
    }

    fn patient(&self) -> Reels {
        Reels::patient(self.folder.path())
    }

    fn open(&self) -> Arc<dyn Footage> {
        self.reels().open(self.name).unwrap()
    }

    /// Changes a byte in the middle of those pictures.
    fn spoil(&self, pictures: &[usize]) {
        let file = File::options().read(true).write(true).open(self.path()).unwrap();
        let stored = verify(&file).unwrap().index.stored().to_vec();
        for picture in pictures {
            let at = stored[*picture].at + u64::from(stored[*picture].length) / 2;
            let mut byte = [0];
            file.read_exact_at(&mut byte, at).unwrap();
            file.write_all_at(&[byte[0] ^ 0xff], at).unwrap();
        }
    }
}

/// The pixels of that frame, as soon as they are at hand.
fn seen(reel: &dyn Footage, frame: u32) -> Vec<u8> {
    let mut seen = Vec::new();
    until(|| reel.show(frame, &mut |pixels| seen = pixels.to_vec()));
    seen
}

fn until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "it never comes");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_clip_plays_as_it_was_made_and_over_its_end_from_the_beginning() {
    let made = Made::of(40);
    let reel = made.open();
    reel.expect(0);
    for frame in (0..40).chain(0..40).chain(0..10) {
        assert!(seen(&*reel, frame) == made.frames[frame as usize], "frame {frame}");
    }
    assert!(!reel.show(40, &mut |_| panic!("there is no such frame")));
    assert_eq!(made.reels().faults(), []);
}

#[test]
fn a_clip_of_one_picture_plays_for_as_long_as_it_is_asked_to() {
    let still = frames(1, 16 * 8 * 3).remove(0);
    let made = Made::new(vec![still.clone(); 50]);
    let reel = made.open();
    for frame in (0..50).chain(0..50) {
        assert!(seen(&*reel, frame) == still);
    }
}

#[test]
fn one_clip_plays_at_several_places_at_once() {
    let made = Made::of(300);
    let reel = made.open();
    for tick in 0..200 {
        for place in [0, 90, 211] {
            let frame = (place + tick) % 300;
            assert!(seen(&*reel, frame) == made.frames[frame as usize], "frame {frame}");
        }
    }
}

#[test]
fn what_is_at_hand_is_shown_without_allocating() {
    let made = Made::of(8);
    let reel = made.open();
    let mut frame = vec![0; 16 * 8 * 3];
    let mut shown = 0;
    for _ in 0..3 {
        for at in 0..8 {
            seen(&*reel, at);
        }
    }
    let counted = allocation_counter::measure(|| {
        for at in 0..8 {
            shown += u32::from(reel.show(at, &mut |pixels| frame.copy_from_slice(pixels)));
        }
    });
    assert_eq!((counted.count_total, shown), (0, 8));
}

#[test]
fn a_clip_that_is_not_there_shows_nothing_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let name = Digest::of(b"none");
    let patient = Reels::patient(folder.path());
    assert!(patient.open(name).is_none());
    assert_eq!(patient.faults()[0].trouble, Trouble::Missing);
    let reels = Reels::new(folder.path());
    let reel = reels.open(name);
    until(|| !reels.faults().is_empty());
    let fault = &reels.faults()[0];
    assert_eq!((fault.clip, &fault.trouble), (name, &Trouble::Missing));
    assert!(
        fault.to_string().ends_with(&format!("{name}.clip: it is not there")),
        "{fault}"
    );
    assert!(fault.chinese().ends_with("文件不存在"));
    assert!(reel.is_none_or(|reel| !reel.show(0, &mut |_| ())));
}

#[test]
fn what_is_no_sound_clip_is_not_opened() {
    let made = Made::of(3);
    let whole = fs::read(made.path()).unwrap();
    for bytes in [&whole[..whole.len() - 1], &whole[..50], b"", b"RIFF....AVI LIST"] {
        fs::write(made.path(), bytes).unwrap();
        let patient = made.patient();
        assert!(patient.open(made.name).is_none());
        let faults = patient.faults();
        assert!(matches!(faults[0].trouble, Trouble::Unsound(_)), "{faults:?}");
    }
    // It was made anew, and all is well.
    let patient = made.patient();
    assert!(patient.open(made.name).is_none());
    fs::write(made.path(), &whole).unwrap();
    assert!(patient.open(made.name).is_some());
    assert_eq!(patient.faults(), []);
}

#[test]
fn a_pipe_or_a_folder_of_that_name_is_no_clip() {
    let folder = tempfile::tempdir().unwrap();
    let (pipe, directory) = (Digest::of(b"pipe"), Digest::of(b"folder"));
    let fifo = std::process::Command::new("mkfifo")
        .arg(Reels::file(folder.path(), pipe))
        .status();
    assert!(fifo.unwrap().success());
    fs::create_dir(Reels::file(folder.path(), directory)).unwrap();
    let reels = Reels::patient(folder.path());
    assert!(reels.open(pipe).is_none() && reels.open(directory).is_none());
    assert_eq!(reels.faults().len(), 2);
}

#[test]
fn for_a_bad_frame_the_nearest_sound_one_before_it_is_shown_and_it_is_told_once() {
    let made = Made::of(6);
    made.spoil(&[2, 3, 5]);
    for reels in [made.reels(), made.patient()] {
        let reel = reels.open(made.name).unwrap();
        for _ in 0..3 {
            for (frame, stands) in [0, 1, 1, 1, 4, 4].into_iter().enumerate() {
                assert!(seen(&*reel, frame as u32) == made.frames[stands], "frame {frame}");
            }
        }
        let again = reels.open(made.name).unwrap();
        assert!(seen(&*again, 3) == made.frames[1]);
        let [fault] = &reels.faults()[..] else {
            panic!("one clip, one fault");
        };
        assert_eq!(fault.trouble, Trouble::Bad { frames: 3, first: 2 });
        reels.forget(made.name);
        assert_eq!(reels.faults(), []);
    }
}

#[test]
fn for_a_bad_first_frame_the_first_sound_one_is_shown() {
    let made = Made::of(5);
    made.spoil(&[0, 1]);
    let reels = made.patient();
    let reel = reels.open(made.name).unwrap();
    let shown: Vec<_> = (0..5).map(|frame| seen(&*reel, frame)).collect();
    assert_eq!(shown, [2, 2, 2, 3, 4].map(|frame: usize| made.frames[frame].clone()));
    assert_eq!(reels.faults()[0].trouble, Trouble::Bad { frames: 2, first: 0 });
    assert!(
        reels.faults()[0]
            .chinese()
            .ends_with("有 2 帧已损坏（从第 0 帧起），已用此前最近的完好画面代替")
    );
}

#[test]
fn a_clip_without_a_sound_picture_shows_nothing() {
    let made = Made::of(3);
    made.spoil(&[0, 1, 2]);
    for reels in [made.reels(), made.patient()] {
        let reel = reels.open(made.name);
        until(|| {
            let is_shown = reel
                .as_ref()
                .is_some_and(|reel| reel.show(1, &mut |_| panic!("it is bad")));
            assert!(!is_shown);
            matches!(reels.faults()[..], [ref fault] if fault.trouble == Trouble::Bad { frames: 3, first: 0 })
        });
    }
}

#[test]
fn a_clip_that_is_deleted_while_it_plays_plays_on() {
    let made = Made::of(100);
    let reels = made.reels();
    let reel = reels.open(made.name).unwrap();
    assert!(seen(&*reel, 0) == made.frames[0]);
    fs::remove_file(made.path()).unwrap();
    for frame in (1..100).chain(0..20) {
        assert!(seen(&*reel, frame) == made.frames[frame as usize], "frame {frame}");
    }
    assert_eq!(reels.faults(), []);
}

#[test]
fn a_clip_that_is_emptied_while_it_plays_shows_what_it_still_has_and_is_told() {
    let made = Made::of(500);
    let reels = made.reels();
    let reel = reels.open(made.name).unwrap();
    assert!(seen(&*reel, 0) == made.frames[0]);
    File::options()
        .write(true)
        .open(made.path())
        .unwrap()
        .set_len(0)
        .unwrap();
    // Behind what was read ahead there is nothing any more, and nothing that could stand for it.
    until(|| {
        reel.show(400, &mut |_| panic!("it is gone"));
        matches!(reels.faults()[..], [ref fault] if matches!(fault.trouble, Trouble::Bad { .. }))
    });
}

#[test]
fn the_thread_of_a_clip_ends_with_the_last_who_plays_it() {
    let made = Made::of(3);
    let reel = made.open();
    seen(&*reel, 0);
    assert!(is_running(made.name));
    let other = Arc::clone(&reel);
    drop(reel);
    assert!(is_running(made.name));
    drop(other);
    until(|| !is_running(made.name));
}

fn is_running(clip: Digest) -> bool {
    let name = format!("clip {}", clip.short());
    let tasks = fs::read_dir("/proc/self/task").unwrap().flatten();
    let mut names = tasks.filter_map(|task| fs::read_to_string(Path::new(&task.path()).join("comm")).ok());
    names.any(|comm| name.starts_with(comm.trim()) && comm.trim().len() > 5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_asked_for_in_any_order_is_shown_as_it_was_made(
        pictures in 1_u32..60,
        stretch in 1_usize..3,
        asked in prop::collection::vec((0_u32..1000, 0_u32..3), 1..60),
    ) {
        let stretched: Vec<_> = frames(pictures, 16 * 8 * 3).into_iter().flat_map(|frame| vec![frame; stretch]).collect();
        let count = stretched.len() as u32;
        let made = Made::new(stretched);
        let (reel, still) = (made.open(), made.patient().open(made.name).unwrap());
        let mut at = 0;
        for (number, kind) in asked {
            match kind {
                0 => at = (at + 1) % count,
                1 => at = number % count,
                _ => reel.expect(number % count),
            }
            let expected = &made.frames[at as usize];
            prop_assert!(&seen(&*reel, at) == expected && &seen(&*still, at) == expected, "frame {}", at);
        }
    }
}
