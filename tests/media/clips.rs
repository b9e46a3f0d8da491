//! The store of clips: what is kept, what goes for want of room, and what never does.

use std::{
    collections::BTreeSet,
    fmt,
    fs::{self, File},
    io::Write as _,
    path::Path,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain as _,
    frame::Fitting,
    media::{
        ChildFault, ClipFault, ClipJob, Clips, FilmMaker, FilmOrder,
        film::{Filmed, Progress},
    },
    panel::Dither,
    site::{Colour, Depth, Leds},
    stage::Rendition,
    units::{Digest, Rate, Size},
};

const MIB: usize = 1 << 20;

/// What is wanted of a maker that is none: what it writes, and what it says.
type Plan = Box<dyn Fn(&FilmOrder<'_>, &mut dyn FnMut(Progress) -> bool) -> Result<(), ChildFault> + Send + Sync>;

/// A maker that is none. What it writes counts as a clip.
pub(super) struct Fake {
    plan: Mutex<Option<Plan>>,
    pub(super) made: Mutex<Vec<(Digest, Rendition)>>,
    pub(super) has_ffmpeg: AtomicBool,
}

impl Fake {
    pub(super) fn new() -> Self {
        Self {
            plan: Mutex::new(None),
            made: Mutex::default(),
            has_ffmpeg: AtomicBool::new(false),
        }
    }

    /// It does so from now on, in the place of writing a little.
    pub(super) fn plan(
        &self,
        plan: impl Fn(&FilmOrder<'_>, &mut dyn FnMut(Progress) -> bool) -> Result<(), ChildFault> + Send + Sync + 'static,
    ) {
        *self.plan.lock().unwrap() = Some(Box::new(plan));
    }

    /// How often it was asked.
    pub(super) fn count(&self) -> usize {
        self.made.lock().unwrap().len()
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fake")
    }
}

impl FilmMaker for Fake {
    fn film(&self, order: &FilmOrder<'_>, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Filmed, ChildFault> {
        self.made.lock().unwrap().push((order.digest, *order.rendition));
        let plan = self.plan.lock().unwrap();
        match &*plan {
            Some(plan) => plan(order, tell)?,
            None => write(order, 1000)?,
        }
        Ok(filmed())
    }

    fn is_sound(&self, order: &FilmOrder<'_>, _: &Filmed) -> bool {
        order.output.metadata().unwrap().len() > 0
    }

    fn has_ffmpeg(&self) -> bool {
        self.has_ffmpeg.load(Ordering::Relaxed)
    }
}

pub(super) fn filmed() -> Filmed {
    Filmed {
        frames: 250,
        original: Size::new(128, 32),
        had_sound: true,
        codec: "H.264, MP4".into(),
        contents: Digest::of(b"index"),
    }
}

/// Writes so many bytes, as far as the disk and the order let it.
pub(super) fn write(order: &FilmOrder<'_>, bytes: usize) -> Result<(), ChildFault> {
    let most = usize::try_from(order.most).unwrap_or(usize::MAX);
    let unwritten = |reason: String| ChildFault::Unwritten { reason };
    let mut output = order.output;
    for _ in 0..bytes.min(most) / 1000 {
        output
            .write_all(&[7; 1000])
            .map_err(|error| unwritten(error.to_string()))?;
    }
    if bytes > most {
        return Err(unwritten("File too large (os error 27)".into()));
    }
    Ok(())
}

pub(super) fn rendition(width: u32) -> Rendition {
    Rendition {
        size: Size::new(width, 32),
        rate: Rate::new(50).unwrap(),
        fitting: Fitting::default(),
        leds: Leds {
            colour: Colour::Full,
            depth: Depth::EightBits,
            dither: Dither::None,
        },
        may_flash: false,
    }
}

/// A store and a maker.
struct Bench {
    state: TempDir,
    clips: Clips,
    maker: Fake,
    video: File,
}

impl Bench {
    fn new() -> Self {
        Self::in_folder(TempDir::new().unwrap())
    }

    fn in_folder(state: TempDir) -> Self {
        Self {
            clips: Clips::new(state.path()),
            video: File::open("/dev/null").unwrap(),
            maker: Fake::new(),
            state,
        }
    }

    /// Has a clip of so many bytes made of the video of that name; its name.
    fn make(&self, video: &str, bytes: usize, quota: usize, protected: &[Digest]) -> Result<Digest, ClipFault> {
        self.maker.plan(move |order, _| write(order, bytes));
        let protected: BTreeSet<Digest> = protected.iter().copied().collect();
        let rendition = rendition(64);
        let job = ClipJob {
            source: &self.video,
            digest: Digest::of(video.as_bytes()),
            rendition: &rendition,
            quota: quota as u64,
            protected: &protected,
        };
        let (note, _) = self.clips.make(&job, &self.maker, &mut |_| true, &mut || true)?;
        // Which of two was used last is told by the time of a file.
        std::thread::sleep(Duration::from_millis(20));
        Ok(note.take.clip)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.clips.folder()).into_iter().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn what_is_known_of_a_clip_is_known_without_reading_it() {
    let bench = Bench::new();
    let name = bench.make("a", 5000, 100 * MIB, &[]).unwrap();
    assert_eq!(name, Clips::name(Digest::of(b"a"), &rendition(64)));
    assert_eq!(bench.names(), [format!("{name}.clip"), format!("{name}.take")]);
    let again = Clips::read_only(bench.state.path());
    let take = again.take(name).unwrap();
    assert_eq!(
        (take.frames, take.original, take.had_sound),
        (250, Size::new(128, 32), true)
    );
    let note = again.note(name).unwrap();
    assert_eq!(
        (note.source, note.rendition, note.length),
        (Digest::of(b"a"), rendition(64), 5000)
    );
    // A clip that is not as long as its note says is none.
    fs::write(bench.clips.path(name), [7; 4999]).unwrap();
    assert_eq!(again.take(name), None);
    // Neither is one whose note is spoilt.
    fs::write(bench.clips.path(name), [7; 5000]).unwrap();
    let place = bench.clips.folder().join(format!("{name}.take"));
    let mut bytes = fs::read(&place).unwrap();
    bytes[20] ^= 1;
    fs::write(&place, bytes).unwrap();
    assert_eq!((again.take(name), again.note(name)), (None, None));
}

#[test]
fn a_clip_of_another_video_or_made_otherwise_is_another_one() {
    let name = Clips::name(Digest::of(b"a"), &rendition(64));
    assert_ne!(name, Clips::name(Digest::of(b"b"), &rendition(64)));
    assert_ne!(name, Clips::name(Digest::of(b"a"), &rendition(65)));
}

#[test]
fn those_go_first_that_were_not_used_for_longest_and_what_plays_soon_never() {
    let bench = Bench::new();
    let quota = 5 * MIB / 2;
    let first = bench.make("a", MIB, quota, &[]).unwrap();
    let second = bench.make("b", MIB, quota, &[]).unwrap();
    // The second one goes, though the first one is older.
    let third = bench.make("c", MIB, quota, &[first]).unwrap();
    assert!(bench.clips.take(first).is_some() && bench.clips.take(third).is_some());
    assert_eq!(bench.clips.take(second), None);
    // What is known of it stays, so that the programme can go on with it.
    assert_eq!(bench.clips.note(second).unwrap().take.frames, 250);
    // The first one is used, and then the third one goes.
    bench.clips.touch(&[first]);
    let fourth = bench.make("d", MIB, quota, &[]).unwrap();
    assert!(bench.clips.take(first).is_some() && bench.clips.take(fourth).is_some());
    assert_eq!(bench.clips.take(third), None);
}

#[test]
fn where_what_plays_soon_leaves_no_room_that_is_told_with_its_remedy() {
    let bench = Bench::new();
    let quota = 5 * MIB / 2;
    let first = bench.make("a", MIB, quota, &[]).unwrap();
    let second = bench.make("b", MIB, quota, &[first]).unwrap();
    let fault = bench.make("c", MIB, quota, &[first, second]).unwrap_err();
    let room = (5 * MIB / 2 - 2 * 1000 * (MIB / 1000)) as u64;
    assert_eq!(
        fault,
        ClipFault::Quota {
            quota: quota as u64,
            room
        }
    );
    assert!(fault.help().zh.contains("clip_space（视频缓存）"));
    // Less than what plays soon is no reason to take anything away.
    let fault = bench.make("c", MIB, MIB, &[first, second]).unwrap_err();
    assert!(matches!(fault, ClipFault::Quota { room: 0, .. }));
    assert!(bench.clips.take(first).is_some() && bench.clips.take(second).is_some());
    assert_eq!(bench.names().len(), 4, "nothing of the third one is left");
}

#[test]
fn what_a_killed_process_left_is_taken_away_and_nothing_else() {
    let bench = Bench::new();
    let name = bench.make("a", 5000, 100 * MIB, &[]).unwrap();
    let other = Digest::of(b"other");
    let folder = bench.clips.folder();
    let left = [format!("{other}.4294967295.part"), format!("{other}.clip")];
    // A process that lives makes the second of these.
    let stays = [format!("{other}.{}.part", std::process::id()), "说明.txt".to_owned()];
    for name in left.iter().chain(&stays) {
        fs::write(folder.join(name), "x").unwrap();
    }
    bench.clips.sweep();
    let mut expected = vec![format!("{name}.clip"), format!("{name}.take")];
    expected.extend(stays);
    expected.sort();
    assert_eq!(bench.names(), expected);
}

#[test]
fn what_was_made_while_the_video_went_away_is_not_kept() {
    let bench = Bench::new();
    let rendition = rendition(64);
    let job = ClipJob {
        source: &bench.video,
        digest: Digest::of(b"a"),
        rendition: &rendition,
        quota: MIB as u64,
        protected: &BTreeSet::new(),
    };
    let made = bench.clips.make(&job, &bench.maker, &mut |_| true, &mut || false);
    assert_eq!(made.unwrap_err(), ClipFault::SourceGone);
    assert_eq!(bench.names(), Vec::<String>::new());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let bench = Bench::new();
    // An administrator may write whatever its mode says; into a file nobody can.
    fs::write(bench.clips.folder(), "no folder").unwrap();
    let fault = bench.make("a", 5000, MIB, &[]).unwrap_err();
    let ClipFault::Unwritable { folder, .. } = &fault else {
        panic!("{fault}");
    };
    assert_eq!(folder, bench.clips.folder());
    assert!(fault.help().zh.contains("请检查状态文件夹的权限"));
    // Whoever may only read makes none either.
    let bench = Bench {
        clips: Clips::read_only(bench.state.path()),
        ..Bench::new()
    };
    assert!(matches!(
        bench.make("a", 5000, MIB, &[]),
        Err(ClipFault::Unwritable { .. })
    ));
}

/// A disk of its own in memory; `None` where the system does not let us have one.
pub(super) struct Disk(TempDir);

impl Disk {
    pub(super) fn new(size: &str) -> Option<Self> {
        let disk = Self(TempDir::new().unwrap());
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]);
        let is_there = mount.arg(disk.path()).status().is_ok_and(|status| status.success());
        is_there.then_some(disk)
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    fn remount(&self, option: &str) {
        let status = Command::new("mount")
            .args(["-o", &format!("remount,{option}")])
            .arg(self.path())
            .status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_is_told_with_its_remedy_and_left_as_it_was() {
    let Some(disk) = Disk::new("4m") else { return };
    let bench = Bench {
        clips: Clips::new(disk.path()),
        ..Bench::new()
    };
    let first = bench.make("a", MIB, 100 * MIB, &[]).unwrap();
    // What plays soon leaves no room for that much.
    let fault = bench.make("b", 5 * MIB, 100 * MIB, &[first]).unwrap_err();
    assert!(
        matches!(&fault, ClipFault::DiskFull { folder, .. } if folder == bench.clips.folder()),
        "{fault}"
    );
    assert!(fault.help().zh.contains("请清理磁盘"));
    assert!(bench.clips.take(first).is_some());
    assert_eq!(bench.names().len(), 2);
    // What does not play soon makes room.
    let second = bench.make("b", 3 * MIB, 100 * MIB, &[]).unwrap();
    assert_eq!(
        (bench.clips.take(first), bench.clips.take(second).is_some()),
        (None, true)
    );
    // Others have written meanwhile: there is no room for one byte.
    bench.clips.remove(second);
    fs::write(disk.path().join("log"), vec![1; 4 * MIB - 200_000]).unwrap();
    let fault = bench.make("b", MIB, 100 * MIB, &[]).unwrap_err();
    assert!(matches!(fault, ClipFault::DiskFull { room: 0, .. }), "{fault}");
}

#[test]
fn a_disk_that_became_read_only_is_told() {
    let Some(disk) = Disk::new("4m") else { return };
    let bench = Bench {
        clips: Clips::new(disk.path()),
        ..Bench::new()
    };
    let first = bench.make("a", 5000, MIB, &[]).unwrap();
    disk.remount("ro");
    let fault = bench.make("b", 5000, MIB, &[]).unwrap_err();
    assert!(fault.to_string().contains("Read-only file system"), "{fault}");
    assert!(bench.clips.take(first).is_some());
    disk.remount("rw");
    assert!(bench.make("b", 5000, MIB, &[]).is_ok());
}
