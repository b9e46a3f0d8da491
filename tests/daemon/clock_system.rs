//! What the system says of its clock, and the floor on the disk.

use std::{
    fs::{self, File, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use jiff::Timestamp;
use tempfile::TempDir;
use yingbi::{
    daemon::{ClockEvent, ClockFault, Confidence, Dial, Floor, Stored, Synchrony, Word},
    diagnostic::Explain as _,
    folder::{FloorError, FloorFile},
    units::Moment,
};

use super::clockwork::{House, Machine, at, built};

/// Nothing is measured here: what has not happened by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// What chrony says when it goes by a server, by nothing yet, and by itself: the last two as version 4.3 printed them, the first put
/// together from its documentation.
const SYNCHRONISED: &str = "C0A80101,192.168.1.1,3,1778810400.392788743,-0.000001501,-0.000001632,0.000002360,331.898,0.004,0.154,0.373169000,0.024780000,64.2,Normal";
const NOT_YET: &str = "00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.000000000,1.000000000,0.0,Not synchronised";
const ALONE: &str = "7F7F0101,,10,1795618268.392788743,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,0.000000000,0.000000000,0.0,Normal";

fn seconds(seconds: u64) -> Moment {
    Moment::ZERO + Duration::from_secs(seconds)
}

/// A machine's `/run`, and a program in the place of `chronyc`.
struct System {
    run: TempDir,
}

impl System {
    fn new() -> Self {
        Self {
            run: TempDir::new().unwrap(),
        }
    }

    fn with_chrony(script: &str) -> Self {
        let this = Self::new();
        fs::create_dir(this.run.path().join("chrony")).unwrap();
        this.answer(script);
        this
    }

    fn chronyc(&self) -> PathBuf {
        self.run.path().join("chronyc")
    }

    fn answer(&self, script: &str) {
        // Made elsewhere and moved, for a file that is being written cannot be run.
        let draft = self.run.path().join("draft");
        fs::write(&draft, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&draft, Permissions::from_mode(0o755)).unwrap();
        fs::rename(draft, self.chronyc()).unwrap();
    }

    fn synchrony(&self) -> Synchrony {
        Synchrony::at(self.run.path(), &self.chronyc())
    }
}

/// Asks until the answer is `expected`, while the daemon's clock stands at `now`.
fn wait_for(synchrony: &mut Synchrony, expected: Word, now: Moment) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let word = synchrony.hear(now);
        if word == expected {
            return;
        }
        assert!(Instant::now() < deadline, "{word:?} instead of {expected:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn where_nobody_keeps_the_clock_nothing_is_said() {
    assert_eq!(System::new().synchrony().hear(Moment::ZERO), Word::Absent);
}

#[test]
fn timesyncd_says_by_a_file_when_it_last_set_the_clock_right() {
    let system = System::new();
    let folder = system.run.path().join("systemd/timesync");
    fs::create_dir_all(&folder).unwrap();
    let mut synchrony = system.synchrony();
    assert_eq!(synchrony.hear(Moment::ZERO), Word::Unsynchronised);
    let file = File::create(folder.join("synchronized")).unwrap();
    for second in [1_778_810_400, 1_778_812_448] {
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(second))
            .unwrap();
        let set = Timestamp::from_second(second.try_into().unwrap()).unwrap();
        assert_eq!(synchrony.hear(seconds(1)), Word::Synchronised(set));
    }
}

#[test]
fn chrony_is_asked_and_its_answer_read() {
    for (line, expected) in [
        (SYNCHRONISED, Word::Synchronised(at("2026-05-15T02:00:00Z"))),
        (NOT_YET, Word::Unsynchronised),
        (ALONE, Word::Unsynchronised),
    ] {
        let system = System::with_chrony(&format!("[ \"$*\" = '-n -c tracking' ] && echo '{line}'"));
        wait_for(&mut system.synchrony(), expected, Moment::ZERO);
    }
}

#[test]
fn whatever_else_chrony_answers_means_that_the_clock_is_not_known_to_be_right() {
    for script in [
        "echo 506 Cannot talk to daemon; exit 1",
        &format!("echo '{SYNCHRONISED}'; exit 1"),
        "echo Normal",
        "exit 0",
        "head -c 60000 /dev/zero; exit 0",
        "printf 'a,b,c,soon,,,,,,,,,,Normal'",
        "printf 'a,b,c,99999999999999999,,,,,,,,,,Normal'",
        "printf '\\377\\376,,,1,,,,,,,,,,Normal'",
        "kill -9 $$",
    ] {
        let system = System::with_chrony(script);
        wait_for(&mut system.synchrony(), Word::Unsynchronised, Moment::ZERO);
    }
    let system = System::with_chrony("");
    fs::remove_file(system.chronyc()).unwrap();
    wait_for(&mut system.synchrony(), Word::Unsynchronised, Moment::ZERO);
}

#[test]
fn chrony_is_asked_again_after_a_minute_and_sooner_after_a_step() {
    let system = System::with_chrony(&format!("echo '{NOT_YET}'"));
    let mut synchrony = system.synchrony();
    wait_for(&mut synchrony, Word::Unsynchronised, Moment::ZERO);
    system.answer(&format!("echo '{SYNCHRONISED}'"));
    assert_eq!(synchrony.hear(seconds(63)), Word::Unsynchronised, "nobody was asked");
    let told = Word::Synchronised(at("2026-05-15T02:00:00Z"));
    wait_for(&mut synchrony, told, seconds(64));
    system.answer(&format!("echo '{NOT_YET}'"));
    assert_eq!(synchrony.hear(seconds(65)), told);
    synchrony.hurry();
    wait_for(&mut synchrony, Word::Unsynchronised, seconds(65));
}

// Fault 34.
#[test]
fn a_chronyc_that_hangs_is_ended_and_the_next_one_is_heard() {
    let system = System::with_chrony("exec sleep 1000");
    let mut synchrony = system.synchrony();
    for second in 0..5 {
        synchrony.hear(seconds(second));
    }
    system.answer(&format!("echo '{SYNCHRONISED}'"));
    assert_eq!(synchrony.hear(seconds(5)), Word::Unsynchronised);
    wait_for(
        &mut synchrony,
        Word::Synchronised(at("2026-05-15T02:00:00Z")),
        seconds(64),
    );
}

#[test]
fn the_later_word_of_two_counts() {
    let system = System::with_chrony(&format!("echo '{SYNCHRONISED}'"));
    let folder = system.run.path().join("systemd/timesync");
    fs::create_dir_all(&folder).unwrap();
    let file = File::create(folder.join("synchronized")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
        .unwrap();
    wait_for(
        &mut system.synchrony(),
        Word::Synchronised(at("2026-05-15T02:00:00Z")),
        Moment::ZERO,
    );
}

// Fault 51.
#[test]
fn what_nobody_takes_down_is_dropped_and_counted_and_holds_no_player_up() {
    let house = House::at(at("2026-05-15T02:00:00Z"));
    let (dial, events) = Dial::new(house.course());
    assert_eq!((dial.glance(), dial.course()), (Some(house.course()), house.course()));
    let event = ClockEvent::Judged {
        at: house.machine.wall(),
        before: None,
        now: Confidence::Holding,
    };
    for _ in 0..100 {
        dial.tell(event.clone());
    }
    assert_eq!((events.try_iter().count(), dial.dropped()), (64, 36));
    dial.tell(event);
    assert_eq!((events.try_iter().count(), dial.dropped()), (1, 36));
}

fn stored(state: &Path) -> (Stored, Floor) {
    Stored::read(FloorFile::new(state), built(), Moment::ZERO)
}

/// A floor that has followed a trusted clock to ten minutes before `wall`.
fn risen(wall: &str) -> Floor {
    let mut machine = Machine::at(at(wall));
    machine.synchronise(at(wall));
    *House::with(machine, None).keeper.floor()
}

#[test]
fn the_floor_is_stored_at_most_every_ten_minutes_and_at_the_end() {
    let state = TempDir::new().unwrap();
    let (mut keeping, floor) = stored(state.path());
    assert_eq!(floor.at(), built());
    let read = || fs::read_to_string(state.path().join("floor")).ok();
    keeping.keep(&risen("2026-05-15T02:00:00Z"), seconds(599));
    assert_eq!(read(), None);
    keeping.keep(&risen("2026-05-15T02:00:00Z"), seconds(600));
    assert_eq!(read().unwrap(), "2026-05-15T01:50:00Z\n");
    keeping.keep(&risen("2026-05-15T03:00:00Z"), seconds(1199));
    assert_eq!(read().unwrap(), "2026-05-15T01:50:00Z\n");
    keeping.write(&risen("2026-05-15T03:00:00Z"));
    assert_eq!(read().unwrap(), "2026-05-15T02:50:00Z\n");
    // A floor below that is not written, and the next daemon begins with what was.
    keeping.write(&risen("2026-05-15T02:00:00Z"));
    assert_eq!(stored(state.path()).1.at(), at("2026-05-15T02:50:00Z"));
    assert_eq!(keeping.problem(), None);
}

// Fault 19.
#[test]
fn a_garbled_floor_is_told_and_the_build_time_stands_until_it_is_written_again() {
    for text in [
        "",
        "2026-05-15T02:00:00Z",
        "yesterday\n",
        "3026-05-15T02:00:00Z\n",
        "2026-05-15T02:00:00Z\n2026-05-15T02:00:00Z\n",
        &"0".repeat(10_000),
    ] {
        let state = TempDir::new().unwrap();
        let file = state.path().join("floor");
        fs::write(&file, text).unwrap();
        let (mut keeping, floor) = stored(state.path());
        assert_eq!(floor.at(), built(), "{text:?}");
        assert_eq!(keeping.problem(), Some(&FloorError::Garbled { file: file.clone() }));
        keeping.write(&risen("2026-05-15T02:00:00Z"));
        assert_eq!(keeping.problem(), None);
        assert_eq!(fs::read_to_string(&file).unwrap(), "2026-05-15T01:50:00Z\n");
    }
}

// Fault 18.
#[test]
fn a_floor_that_cannot_be_written_is_told_and_tried_again() {
    let state = TempDir::new().unwrap();
    let (mut keeping, _) = stored(state.path());
    // A folder stands in the way, whoever runs the test.
    let in_the_way = state.path().join("floor.new");
    fs::create_dir(&in_the_way).unwrap();
    keeping.write(&risen("2026-05-15T02:00:00Z"));
    let problem = keeping.problem().unwrap();
    assert!(matches!(problem, FloorError::Unwritten { .. }), "{problem}");
    fs::remove_dir(in_the_way).unwrap();
    keeping.keep(&risen("2026-05-15T02:00:00Z"), seconds(600));
    assert_eq!(keeping.problem(), None);
    assert!(state.path().join("floor").exists());
}

// Fault 34.
#[test]
fn a_pipe_in_the_place_of_the_floor_holds_nobody_up() {
    let state = TempDir::new().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(state.path().join("floor"))
        .status();
    assert!(made.unwrap().success());
    let (keeping, floor) = stored(state.path());
    assert_eq!(floor.at(), built());
    assert!(keeping.problem().is_some());
}

#[test]
fn a_wrong_clock_is_told_with_what_it_showed_what_is_certain_and_what_to_do() {
    let fault = ClockFault::Unknown {
        shown: at("1970-01-01T00:00:12Z"),
        floor: at("2026-05-15T01:50:00Z"),
        is_stored: true,
        bare: vec!["hall".into()],
    };
    assert_eq!(
        fault.to_string(),
        "the clock showed 1970-01-01 00:00:12 UTC, and it cannot be before 2026-05-15 01:50:00 UTC (the time was that late already); only \
         what plays at any time is shown, of which \"hall\" has nothing and stays black"
    );
    assert_eq!(
        fault.chinese(),
        "系统时钟曾显示 1970-01-01 00:00:12 UTC，而现在不可能早于 2026-05-15 01:50:00 UTC（此前记录的时间）；\
         只播放不限时间的内容，屏幕“hall”没有这样的内容，暂无画面"
    );
    for words in ["timedatectl", "battery", "delete the file floor", "filler"] {
        assert!(fault.help().en.contains(words), "{words}");
    }
    assert!(!ClockFault::Unheard.help().en.contains("floor"));
}
