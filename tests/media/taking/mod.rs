//! Videos taken in: known by their bytes, waited for while they are copied, shown once their clips are made, and told of when they cannot be.

mod room;

use std::{
    fs,
    path::Path,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tempfile::TempDir;
use yingbi::{
    folder::scan,
    item::{Picture, Video},
    media::{Admission, Child, ChildFault, Clips, film::Progress},
    units::{Digest, Share, Size},
    wall::{ClipWant, ImportStage, Library, ReadFault, SourceFile},
};

use super::{
    child,
    clips::{Fake, rendition, write as write_clip},
};
use crate::support::site::{Files, messages};

const VIDEO: &[u8] = include_bytes!("../videos/baseline.mp4");
const OTHER: &[u8] = include_bytes!("../videos/high.mp4");
const FASTSTART: &[u8] = include_bytes!("../videos/faststart.mp4");
const GIF: &[u8] = include_bytes!("../videos/moving.gif");

const PATH: &str = "items/通知/宣传片.mp4";

/// Nothing is measured here: what has not happened by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// A site in a folder, what takes its videos in, and the library that accepts them.
struct Bench {
    site: TempDir,
    state: TempDir,
    maker: Arc<Fake>,
    admission: Arc<Admission>,
    library: Library,
}

impl Bench {
    fn new(videos: &[(&str, &[u8])]) -> Self {
        let site = TempDir::new().unwrap();
        for file in Files::plain().sources() {
            put(site.path(), &file.path, file.bytes.as_ref().unwrap());
        }
        for (path, bytes) in videos {
            put(site.path(), path, bytes);
        }
        Self::of(site, TempDir::new().unwrap())
    }

    /// Another daemon on the same folders.
    fn again(self) -> Self {
        Self::of(self.site, self.state)
    }

    fn of(site: TempDir, state: TempDir) -> Self {
        let maker = Arc::new(Fake::new());
        let admission = Admission::new(site.path(), child(), None);
        let admission = admission.with_clips(Clips::new(state.path()), Arc::clone(&maker) as _);
        Self {
            maker,
            admission: Arc::new(admission),
            library: Library::default(),
            site,
            state,
        }
    }

    fn found(&self) -> Vec<SourceFile> {
        scan(self.site.path()).unwrap().files
    }

    /// Reads what is there, and accepts it.
    fn read(&mut self) -> Vec<SourceFile> {
        let files = self.found();
        self.admission.admit(&files);
        self.admission.finish();
        self.accept(&files)
    }

    /// Accepts `files` with what is known of them, and has made from now on what the wall wants.
    fn accept(&mut self, files: &[SourceFile]) -> Vec<SourceFile> {
        let admitted = self.admission.admit(files);
        self.library = self.library.accept(&admitted);
        self.admission.want(self.wants());
        admitted
    }

    /// Makes what is wanted, and accepts what comes of it.
    fn film(&mut self) -> Vec<SourceFile> {
        self.admission.finish_clips(&mut |_| {});
        let files = self.found();
        self.accept(&files)
    }

    fn wants(&self) -> &[ClipWant] {
        self.library.wall().unwrap().wants()
    }

    /// The clips that play within the next day.
    fn clips(&self) -> Vec<Digest> {
        let from = jiff::Timestamp::from_second(1_780_000_000).unwrap();
        let until = from + jiff::SignedDuration::from_hours(24);
        self.library
            .wall()
            .unwrap()
            .clips_between(from, until)
            .into_iter()
            .collect()
    }

    fn problems(&self) -> Vec<String> {
        messages(self.library.problems())
    }
}

fn put(site: &Path, path: &str, bytes: &[u8]) {
    let place = site.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, bytes).unwrap();
}

fn of<'a>(files: &'a [SourceFile], path: &str) -> &'a SourceFile {
    files.iter().find(|file| &*file.path == path).unwrap()
}

fn video(files: &[SourceFile]) -> Video {
    Video::read(of(files, PATH).bytes.as_ref().unwrap()).unwrap()
}

fn refused() -> ChildFault {
    ChildFault::Refused {
        message: yingbi::diagnostic::Bilingual::new("无法播放", "cannot be played"),
        help: yingbi::diagnostic::Bilingual::new("请换一个", "take another one"),
    }
}

#[test]
fn a_video_plays_once_its_clip_is_made_and_no_start_makes_it_again() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    let first = bench.admission.admit(&bench.found());
    assert!(matches!(
        of(&first, PATH).bytes,
        Err(ReadFault::Waiting { is_hollow: false })
    ));
    let files = bench.read();
    assert_eq!(
        (video(&files).source, video(&files).takes.len()),
        (Digest::of(VIDEO), 0)
    );
    let want = bench.wants()[0].clone();
    assert_eq!(
        (&*want.path, want.source, want.rendition.size),
        (PATH, Digest::of(VIDEO), Size::new(128, 32))
    );
    assert_eq!((bench.wants().len(), bench.clips()), (1, Vec::new()));
    let files = bench.film();
    let take = video(&files).takes[0].clone();
    assert_eq!((take.frames, take.rendition), (250, want.rendition.digest()));
    assert_eq!((bench.wants().len(), bench.clips()), (0, vec![take.clip]));
    assert_eq!(bench.maker.count(), 1);
    // Whoever begins anew has it with the first wall.
    let mut bench = bench.again();
    bench.read();
    assert_eq!(
        (bench.wants().len(), bench.clips(), bench.maker.count()),
        (0, vec![take.clip], 0)
    );
    // And so has whoever gives the file another name.
    fs::rename(bench.site.path().join(PATH), bench.site.path().join("items/通知/b.MP4")).unwrap();
    bench.read();
    assert_eq!(
        (bench.wants().len(), bench.clips(), bench.maker.count()),
        (0, vec![take.clip], 0)
    );
}

#[test]
fn a_video_that_is_exchanged_is_shown_as_it_was_until_the_new_one_is_ready() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    bench.read();
    bench.film();
    let before = bench.clips();
    put(bench.site.path(), PATH, OTHER);
    let files = bench.read();
    assert_eq!(video(&files).source, Digest::of(VIDEO));
    assert_eq!((bench.clips(), bench.wants().len()), (before.clone(), 0));
    assert_eq!(bench.admission.progress()[0].stage, ImportStage::Waiting);
    let files = bench.film();
    assert_eq!(video(&files).source, Digest::of(OTHER));
    assert!(bench.clips() != before && bench.clips().len() == 1);
    // One that cannot be made leaves the last good one on the wall, also after a start.
    let good = (bench.clips(), bench.library.kept());
    bench.maker.plan(|_, _| Err(refused()));
    put(bench.site.path(), PATH, FASTSTART);
    bench.read();
    let files = bench.film();
    assert!(matches!(of(&files, PATH).bytes, Err(ReadFault::Refused { .. })));
    assert_eq!(bench.clips(), good.0);
    assert_eq!(bench.problems(), [format!("{PATH}: cannot be played")]);
    let mut bench = bench.again();
    bench.admission.resume(&good.1);
    bench.library = bench.library.accept(&good.1);
    let files = bench.read();
    assert_eq!((video(&files).source, bench.clips()), (Digest::of(OTHER), good.0));
}

#[test]
fn what_cannot_be_made_is_told_and_not_tried_again_until_the_file_changes() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    bench.maker.plan(|_, _| Err(refused()));
    bench.read();
    let files = bench.film();
    assert!(matches!(of(&files, PATH).bytes, Err(ReadFault::Refused { .. })));
    assert_eq!(bench.problems(), [format!("{PATH}: cannot be played")]);
    bench.film();
    bench.read();
    bench.film();
    assert_eq!(bench.maker.count(), 1);
    // With ffmpeg it may be another matter.
    bench.maker.has_ffmpeg.store(true, Ordering::Relaxed);
    bench.film();
    assert_eq!(bench.maker.count(), 2);
    put(bench.site.path(), PATH, OTHER);
    bench.maker.plan(|order, _| write_clip(order, 1000));
    bench.read();
    bench.film();
    assert_eq!(
        (bench.maker.count(), bench.problems(), bench.clips().len()),
        (3, Vec::new(), 1)
    );
}

#[test]
fn a_video_that_brings_its_reader_down_twice_is_refused() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    bench.maker.plan(|_, _| {
        Err(ChildFault::Crashed {
            signal: 11,
            words: String::new(),
        })
    });
    bench.read();
    // The first time it may have been the machine.
    let files = bench.film();
    assert_eq!((video(&files).takes.len(), bench.problems()), (0, Vec::new()));
    bench.maker.has_ffmpeg.store(true, Ordering::Relaxed);
    let files = bench.film();
    assert!(matches!(of(&files, PATH).bytes, Err(ReadFault::Refused { .. })));
    assert_eq!(
        bench.problems(),
        [format!("{PATH}: the file brought its reader down: signal 11")]
    );
    bench.film();
    assert_eq!(bench.maker.count(), 2);
}

#[test]
fn a_video_that_is_still_being_copied_is_waited_for_and_nothing_alarming_is_told() {
    // Windows makes room first; what follows is zeros.
    let mut half = FASTSTART[..FASTSTART.len() / 2].to_vec();
    half.resize(FASTSTART.len() + 5000, 0);
    let cut = &FASTSTART[..FASTSTART.len() / 2];
    for part in [&half[..], cut, &[0; 9000], b""] {
        let mut bench = Bench::new(&[(PATH, part)]);
        let files = bench.read();
        assert_eq!(of(&files, PATH).bytes, Err(ReadFault::Waiting { is_hollow: true }));
        assert_eq!(
            bench.problems(),
            [format!("{PATH}: waits until it has been copied whole")]
        );
        assert!(!bench.library.problems()[0].is_error());
        assert_eq!(bench.library.problems()[0].message.zh, "等待复制完成");
        let told = bench.admission.progress();
        assert_eq!((told.len(), told[0].stage), (1, ImportStage::Copying));
        assert_eq!(told[0].told().zh, "宣传片.mp4：等待复制完成");
        bench.film();
        assert_eq!(bench.maker.count(), 0);
        put(bench.site.path(), PATH, FASTSTART);
        let files = bench.read();
        assert_eq!(video(&files).source, Digest::of(FASTSTART));
        bench.film();
        assert_eq!((bench.clips().len(), bench.problems()), (1, Vec::new()));
    }
}

#[test]
fn what_only_calls_itself_a_video_is_refused_before_anybody_decodes_it() {
    let mut bench = Bench::new(&[(PATH, b"#EXTM3U\nhttp://192.0.2.1/a.ts\n")]);
    let files = bench.read();
    assert!(matches!(of(&files, PATH).bytes, Err(ReadFault::Refused { .. })));
    assert!(bench.library.problems()[0].is_error());
    assert!(bench.admission.progress().is_empty());
}

#[test]
fn a_picture_that_moves_is_a_video_and_one_that_does_not_is_none() {
    let still = image::RgbImage::from_pixel(8, 8, image::Rgb([200, 10, 10]));
    let mut gif = std::io::Cursor::new(Vec::new());
    still.write_to(&mut gif, image::ImageFormat::Gif).unwrap();
    let (moving, still) = ("items/通知/a.gif", "items/通知/b.gif");
    let mut bench = Bench::new(&[(moving, GIF), (still, gif.get_ref())]);
    let files = bench.read();
    assert_eq!(
        Video::read(of(&files, moving).bytes.as_ref().unwrap()).unwrap().source,
        Digest::of(GIF)
    );
    assert!(Picture::read(of(&files, still).bytes.as_ref().unwrap()).is_some());
    bench.film();
    assert_eq!((bench.maker.count(), bench.clips().len()), (1, 1));
}

#[test]
fn what_is_needed_soonest_is_made_first() {
    let (a, b) = ("items/通知/a.mp4", "items/通知/b.mp4");
    let mut bench = Bench::new(&[(a, VIDEO), (b, OTHER)]);
    bench.read();
    let want = |path: &str, bytes| ClipWant {
        path: path.into(),
        source: Digest::of(bytes),
        rendition: rendition(64),
        from: None,
        until: None,
    };
    bench.admission.want(&[want(b, OTHER), want(a, VIDEO)]);
    let told: Vec<_> = bench
        .admission
        .progress()
        .iter()
        .map(|view| (view.path.to_string(), view.stage))
        .collect();
    assert_eq!(
        told,
        [(a.into(), ImportStage::Waiting), (b.into(), ImportStage::Waiting)]
    );
    bench.admission.finish_clips(&mut |_| {});
    let made: Vec<Digest> = bench
        .maker
        .made
        .lock()
        .unwrap()
        .iter()
        .map(|(source, _)| *source)
        .collect();
    assert_eq!(made, [Digest::of(OTHER), Digest::of(VIDEO)]);
}

#[test]
fn how_far_a_video_is_can_be_asked_while_it_is_made() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    let told: Arc<Mutex<Vec<Option<Share>>>> = Arc::default();
    let admission = Arc::clone(&bench.admission);
    let heard = Arc::clone(&told);
    bench.maker.plan(move |order, tell| {
        for seconds in [0, 5, 20, 10, 31] {
            let progress = Progress {
                done: Duration::from_secs(seconds),
                of: Some(Duration::from_secs(30)),
            };
            assert!(tell(progress));
            let view = &admission.progress()[0];
            assert_eq!((&*view.path, view.stage), (PATH, ImportStage::Working));
            heard.lock().unwrap().push(view.share);
        }
        write_clip(order, 1000)
    });
    bench.read();
    bench.film();
    // It never goes back, and is at its end when it is.
    let shares = [0, 16, 66, 66, 99].map(Share::new);
    assert_eq!(*told.lock().unwrap(), shares);
    assert!(bench.admission.progress().is_empty());
}

#[test]
fn what_nobody_wants_any_more_is_given_up_and_not_held_against_it() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    let admission = Arc::clone(&bench.admission);
    let is_wanted = Arc::new(AtomicBool::new(false));
    let wanted = Arc::clone(&is_wanted);
    bench.maker.plan(move |order, tell| {
        let progress = Progress {
            done: Duration::ZERO,
            of: None,
        };
        assert!(tell(progress));
        if wanted.load(Ordering::Relaxed) {
            return write_clip(order, 1000);
        }
        admission.want(&[]);
        assert!(!tell(progress));
        Err(ChildFault::GivenUp)
    });
    bench.read();
    bench.film();
    assert_eq!((bench.problems(), bench.admission.problems()), (Vec::new(), Vec::new()));
    is_wanted.store(true, Ordering::Relaxed);
    bench.film();
    assert_eq!((bench.maker.count(), bench.clips().len()), (2, 1));
}

#[test]
fn a_video_that_is_deleted_while_it_is_converted_is_told_and_leaves_nothing() {
    let mut bench = Bench::new(&[(PATH, VIDEO), ("items/通知/a.mp4", OTHER)]);
    let (site, admission) = (bench.site.path().to_owned(), Arc::clone(&bench.admission));
    bench.read();
    bench.maker.plan(move |order, tell| {
        if order.digest == Digest::of(OTHER) {
            return write_clip(order, 1000);
        }
        fs::remove_file(site.join(PATH)).unwrap();
        let files = scan(&site).unwrap().files;
        admission.admit(&files);
        let progress = Progress {
            done: Duration::ZERO,
            of: None,
        };
        assert!(!tell(progress));
        Err(ChildFault::GivenUp)
    });
    bench.film();
    let told = bench.admission.problems();
    assert_eq!(
        messages(&told),
        [format!(
            "{PATH}: the video was deleted or moved away while it was being converted"
        )]
    );
    assert!(!told[0].is_error() && told[0].help.zh.contains("请把视频重新放入文件夹"));
    // The other one plays, and nothing else is in the store.
    assert_eq!((bench.clips().len(), bench.problems()), (1, Vec::new()));
    assert_eq!(fs::read_dir(bench.state.path().join("clips")).unwrap().count(), 2);
    // Once it is back nothing is told any more.
    put(bench.site.path(), PATH, VIDEO);
    bench.read();
    assert!(bench.admission.problems().is_empty());
}

#[test]
fn a_video_that_is_overwritten_while_it_is_converted_does_not_become_the_clip_of_another() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    let site = bench.site.path().to_owned();
    let is_first = AtomicBool::new(true);
    bench.maker.plan(move |order, _| {
        if is_first.swap(false, Ordering::Relaxed) {
            put(&site, PATH, OTHER);
        }
        write_clip(order, 1000)
    });
    bench.read();
    bench.admission.finish_clips(&mut |_| {});
    assert_eq!(fs::read_dir(bench.state.path().join("clips")).unwrap().count(), 0);
    bench.read();
    let files = bench.film();
    assert_eq!(
        (video(&files).source, video(&files).takes.len()),
        (Digest::of(OTHER), 1)
    );
}

#[test]
fn a_picture_does_not_wait_for_a_video() {
    let bench = Bench::new(&[(PATH, VIDEO)]);
    let still = image::RgbImage::from_pixel(8, 8, image::Rgb([200, 10, 10]));
    let mut png = std::io::Cursor::new(Vec::new());
    still.write_to(&mut png, image::ImageFormat::Png).unwrap();
    // The video is converted for as long as the picture is not there.
    let is_done = Arc::new(AtomicBool::new(false));
    let (begun, done) = (Arc::new(OnceLock::new()), Arc::clone(&is_done));
    let began = Arc::clone(&begun);
    bench.maker.plan(move |order, _| {
        let _ = began.set(());
        let deadline = Instant::now() + PATIENCE;
        while !done.load(Ordering::Relaxed) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        write_clip(order, 1000)
    });
    bench.admission.start().unwrap();
    bench.admission.admit(&bench.found());
    assert!(bench.admission.wait(PATIENCE));
    let want = ClipWant {
        path: PATH.into(),
        source: Digest::of(VIDEO),
        rendition: rendition(64),
        from: None,
        until: None,
    };
    bench.admission.want(&[want]);
    let deadline = Instant::now() + PATIENCE;
    while begun.get().is_none() {
        assert!(Instant::now() < deadline, "the video is not begun");
        std::thread::sleep(Duration::from_millis(5));
    }
    put(bench.site.path(), "items/通知/a.png", png.get_ref());
    bench.admission.admit(&bench.found());
    assert!(bench.admission.wait(PATIENCE));
    assert!(!is_done.load(Ordering::Relaxed));
    let files = bench.admission.admit(&bench.found());
    assert!(Picture::read(of(&files, "items/通知/a.png").bytes.as_ref().unwrap()).is_some());
    is_done.store(true, Ordering::Relaxed);
    bench.admission.end();
}

#[test]
fn a_child_that_cannot_be_started_is_no_fault_of_the_video_for_ever() {
    let mut bench = Bench::new(&[(PATH, VIDEO)]);
    let nobody = Child::of("/nonexistent", ["child"]);
    let studio = yingbi::media::Studio::new(nobody);
    let admission = Admission::new(bench.site.path(), child(), None);
    bench.admission = Arc::new(admission.with_clips(Clips::new(bench.state.path()), Arc::new(studio)));
    bench.read();
    let files = bench.film();
    let Err(ReadFault::Refused { message, .. }) = &of(&files, PATH).bytes else {
        panic!("it was not told");
    };
    assert!(message.zh.contains("无法启动辅助进程"), "{message:?}");
}
