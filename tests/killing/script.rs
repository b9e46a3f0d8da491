//! A short run that saves everything there is to save, and says on a second file what it was told to be safe.
//!
//! It is started as a process of its own, so that its system calls can be written down, failed, or be its last.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use yingbi::{
    folder::{
        FloorFile, StateFolder,
        journal::{Archive, Bounds, Journal, last_good},
    },
    units::Digest,
    wall::{
        Manifest, SourceFile,
        history::{Event, Record},
    },
};

use super::reader::{self, Files, Kept};

/// Names the folder of the run.
const FOLDER: &str = "YINGBI_SCRIPT";

/// How many programmes are accepted, one after the other.
pub(super) const PROGRAMMES: u32 = 5;

/// The last words of a run that was not disturbed.
pub(super) const DONE: &str = "done";

const SITE: &str = "/site";

/// The files of the programme of that number.
pub(super) fn programme(number: u32) -> Vec<SourceFile> {
    let site = ("site.toml".to_owned(), "title = \"示例\"\n".to_owned());
    let items = (number..number + 5).map(|item| (format!("items/通知/{item}.md"), format!("第{item}号\n")));
    let file = |(path, text): (String, String)| SourceFile {
        path: Arc::from(path),
        digest: Digest::of(text.as_bytes()),
        bytes: Ok(Arc::from(text.into_bytes())),
    };
    let mut files: Vec<SourceFile> = items.chain([site]).map(file).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The instant of the record of that number: each has a second of its own.
fn at(number: u32) -> Timestamp {
    let begin: Timestamp = "2026-05-15T00:00:00Z".parse().unwrap();
    begin + SignedDuration::from_secs(i64::from(number))
}

/// What was told to be safe: a programme, and the records from one instant to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    programme: Option<u32>,
    records: std::ops::Range<u32>,
}

impl Promise {
    pub(super) const NONE: Self = Self {
        programme: None,
        records: 0..0,
    };

    fn line(&self) -> String {
        let programme = self
            .programme
            .map_or_else(|| "-".to_owned(), |number| number.to_string());
        format!("{programme} {} {}\n", self.records.start, self.records.end)
    }

    /// The last promise in a file of them.
    pub(super) fn last(text: &str) -> Self {
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let mut lines = whole.lines().rev().filter(|line| *line != DONE);
        lines.next().map_or(Self::NONE, |line| {
            let words: Vec<&str> = line.split(' ').collect();
            let [programme, from, until] = words[..] else {
                panic!("{line}")
            };
            Self {
                programme: programme.parse().ok(),
                records: from.parse().unwrap()..until.parse().unwrap(),
            }
        })
    }

    /// Whether what is kept is what was promised, or newer.
    pub(super) fn check(&self, files: &Files) -> Result<Kept, String> {
        let kept = reader::read(files)?;
        match &kept.current {
            None if self.programme.is_some() => return Err("the current programme is lost".into()),
            None => {}
            Some(current) => {
                let from = self.programme.unwrap_or(0);
                let good = |number: &u32| Manifest::of(&programme(*number)).digest().to_string() == current.digest;
                let number = (from..PROGRAMMES)
                    .find(good)
                    .ok_or("current is older than what was accepted")?;
                let expected: Files = programme(number)
                    .into_iter()
                    .map(|file| (file.path.to_string(), file.bytes.unwrap().to_vec()))
                    .collect();
                if current.files != expected {
                    return Err(format!("programme {number} is not what was accepted"));
                }
            }
        }
        for number in self.records.clone() {
            let instant = at(number).to_string();
            if !kept.lines.iter().any(|line| line["at"] == *instant) {
                return Err(format!("record {number} was safe and is lost"));
            }
        }
        Ok(kept)
    }
}

/// One process that runs the script, below `wrapper` (a command and its arguments) where that is not empty.
pub(super) fn command(folder: &Path, wrapper: &[&str]) -> Command {
    let own = std::env::current_exe().unwrap();
    let own = own.to_str().unwrap();
    let arguments = [
        "killing::script::the_run_that_others_start",
        "--exact",
        "--ignored",
        "--test-threads=1",
    ];
    let words: Vec<&str> = wrapper.iter().copied().chain([own]).chain(arguments).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env(FOLDER, folder);
    command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    command
}

/// A folder for a run, with its state folder, which whoever installs the program makes.
pub(super) fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = match Path::new("/dev/shm") {
        memory if memory.is_dir() => tempfile::tempdir_in(memory).unwrap(),
        _ => tempfile::tempdir().unwrap(),
    };
    let state = folder.path().join("state");
    fs::create_dir(&state).unwrap();
    (folder, state)
}

/// The run: what it promises goes to `promises`. Whatever fails is tried again with the next save, as the daemon does it.
struct Run {
    journal: Journal,
    promises: File,
    promise: Promise,
    accepted: Option<u32>,
    records: u32,
}

impl Run {
    fn next(&mut self) -> Timestamp {
        self.records += 1;
        at(self.records - 1)
    }

    fn add(&mut self) {
        let record = Record {
            at: self.next(),
            event: Event::Left { screen: "lobby".into() },
        };
        self.journal.add(&record);
    }

    fn save(&mut self) -> bool {
        let is_safe = self.journal.sync(at(self.records)).is_ok();
        if is_safe {
            self.promise.programme = self.accepted;
            self.promise.records.end = self.records;
            self.tell();
        }
        is_safe
    }

    fn tell(&mut self) {
        self.promises.write_all(self.promise.line().as_bytes()).unwrap();
    }

    fn accept(&mut self, number: u32) {
        let now = self.next();
        self.journal.accept(now, programme(number));
        self.accepted = Some(number);
    }
}

#[test]
#[ignore = "the other tests start it as a process"]
fn the_run_that_others_start() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let state = folder.join("state");
    let promises = File::options()
        .append(true)
        .create(true)
        .open(folder.join("promises"))
        .unwrap();
    // A folder that cannot be locked is no reason to save nothing; the daemon does the same where the disk is to blame.
    let _lock = StateFolder::open(&state);
    let bounds = Bounds {
        age: SignedDuration::from_secs(6),
        ..Bounds::default()
    };
    let mut run = Run {
        journal: Journal::new(&state, bounds),
        promises,
        promise: Promise::NONE,
        accepted: None,
        records: 0,
    };
    let now = run.next();
    run.journal.start(now, SITE, 1);
    for number in 0..PROGRAMMES - 1 {
        run.accept(number);
        run.save();
        run.add();
    }
    let floor = FloorFile::new(&state);
    for second in [1, 2] {
        let _ = floor.write(at(second));
    }
    let _ = run.journal.beat(at(run.records));
    run.add();
    run.add();
    // From here on what is older than six seconds need not be kept.
    run.promise.records.start = run.records.saturating_sub(6);
    run.tell();
    let _ = run.journal.compact(at(run.records));
    run.add();
    run.accept(PROGRAMMES - 1);
    // What failed once succeeds now; what fails for ever is given up.
    let is_safe = run.save() || run.save();
    drop(run.journal);
    if is_safe {
        run.promises.write_all(format!("{DONE}\n").as_bytes()).unwrap();
    }
}

/// What was promised in the run in `folder`.
pub(super) fn promised(folder: &Path) -> (Promise, bool) {
    let text = fs::read_to_string(folder.join("promises")).unwrap_or_default();
    (Promise::last(&text), text.ends_with(&format!("{DONE}\n")))
}

/// Checks a state folder after a run by the reader, and that the program itself goes on there.
pub(super) fn check(state: &Path, promise: &Promise) -> Result<(), String> {
    let kept = promise.check(&reader::load(state))?;
    resume(state, promise, &kept)
}

/// The program itself opens the folder, finds the programme there, and goes on.
pub(super) fn resume(state: &Path, promise: &Promise, kept: &Kept) -> Result<(), String> {
    let folder = StateFolder::open(state).map_err(|error| error.to_string())?;
    if folder.newer().is_some() {
        return Err("the program takes the folder for one of a newer format".into());
    }
    let own: Files = last_good(state, Path::new(SITE))
        .into_iter()
        .map(|file| (file.path.to_string(), file.bytes.unwrap().to_vec()))
        .collect();
    // Where a disk that fails took everything but `current`, what the journal names does as well.
    let found = kept.current.as_ref().or(kept.named.as_ref());
    if own != found.map(|found| found.files.clone()).unwrap_or_default() {
        return Err("the program does not find the programme that is kept".into());
    }
    FloorFile::new(state)
        .read(|_| true)
        .map_err(|error| error.to_string())?;
    let mut journal = Journal::new(state, Bounds::default());
    journal.start(at(1_000), SITE, 2);
    journal.accept(at(1_001), programme(0));
    journal.sync(at(1_001)).map_err(|error| error.to_string())?;
    let archive = Archive::read(state)
        .map_err(|error| error.to_string())?
        .ok_or("no journal")?;
    if archive.damage != yingbi::folder::journal::Damage::default() {
        return Err(format!("{:?} after the next start", archive.damage));
    }
    let again = Promise {
        programme: Some(0),
        records: promise.records.clone(),
    };
    again.check(&reader::load(state)).map(drop)
}

#[test]
fn the_run_itself_keeps_all_that_it_promises() {
    let (folder, state) = place();
    assert!(command(folder.path(), &[]).status().unwrap().success());
    let (promise, is_done) = promised(folder.path());
    assert!(is_done);
    assert_eq!(promise.programme, Some(PROGRAMMES - 1));
    check(&state, &promise).unwrap();
}
