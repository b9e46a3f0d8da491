//! A watched folder, with real files and the real clock: each wait ends when the thing has happened, or fails after a minute.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use tempfile::TempDir;
use yingbi::{
    folder::{Seen, Stopper, Watch},
    wall::SourceFile,
};

use super::scan::{site, write};

pub(super) struct Watched {
    seen: Receiver<Seen>,
    stopper: Stopper,
    thread: JoinHandle<()>,
}

impl Watched {
    pub(super) fn begin(site: &Path) -> (Self, Vec<String>) {
        let (watch, first) = Watch::begin(site).unwrap();
        let stopper = watch.stopper();
        let (send, seen) = mpsc::sync_channel(1_000);
        let thread = thread::spawn(move || {
            watch.for_each(|seen| send.send(seen).unwrap());
        });
        (Self { seen, stopper, thread }, paths(&first))
    }

    pub(super) fn next(&self) -> Seen {
        self.seen.recv_timeout(Duration::from_secs(60)).unwrap()
    }

    pub(super) fn end(self) {
        self.stopper.stop();
        self.thread.join().unwrap();
    }
}

fn paths(seen: &Seen) -> Vec<String> {
    let files = seen.files.as_deref().unwrap_or_default();
    files.iter().map(|file| file.path.to_string()).collect()
}

#[test]
fn a_watch_sees_files_come_change_and_go() {
    let site = site(&[("items/a.md", "a")]);
    let (watched, first) = Watched::begin(site.path());
    assert_eq!(first, ["items/a.md", "site.toml"]);

    write(site.path(), "items/new/b.md", "b");
    assert_eq!(paths(&watched.next()), ["items/a.md", "items/new/b.md", "site.toml"]);

    let place = TempDir::new_in(site.path()).unwrap();
    fs::write(place.path().join("x"), "changed").unwrap();
    fs::rename(place.path().join("x"), site.path().join("items/a.md")).unwrap();
    let seen = watched.next();
    let changed = &seen.files.as_deref().unwrap()[0];
    assert_eq!(changed.bytes.as_deref(), Ok(&b"changed"[..]));

    fs::remove_file(site.path().join("items/a.md")).unwrap();
    assert_eq!(paths(&watched.next()), ["items/new/b.md", "site.toml"]);
    watched.end();
}

#[test]
fn what_is_withdrawn_goes_though_others_come_by_rename_all_the_time() {
    let site = site(&[]);
    for number in 0..1_000 {
        write(site.path(), &format!("items/{number:04}.md"), "x");
    }
    let (watched, _) = Watched::begin(site.path());
    let items = site.path().join("items");
    let is_over = Arc::new(AtomicBool::new(false));
    let storm = {
        let (items, is_over) = (items.clone(), Arc::clone(&is_over));
        thread::spawn(move || {
            for number in 0_u64.. {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                let (tmp, new) = (items.join("x.tmp"), ["y.tmp", "0999.md"][number as usize % 2]);
                fs::write(&tmp, number.to_string()).unwrap();
                fs::rename(tmp, items.join(new)).unwrap();
            }
        })
    };
    fs::remove_file(items.join("0000.md")).unwrap();
    let mut seen = std::iter::repeat_with(|| paths(&watched.next()));
    assert!(seen.any(|paths| !paths.is_empty() && !paths.contains(&"items/0000.md".to_owned())));
    is_over.store(true, Ordering::Relaxed);
    storm.join().unwrap();
    watched.end();
}

#[test]
fn a_file_that_is_written_in_place_and_one_that_comes_by_rename_both_end_as_they_are() {
    let site = site(&[("items/a.md", "a text"), ("items/b.md", "b text")]);
    let (watched, _) = Watched::begin(site.path());
    write(site.path(), "items/b.tmp", "b text, brought by rename");
    let items = site.path().join("items");
    fs::rename(items.join("b.tmp"), items.join("b.md")).unwrap();
    write(site.path(), "items/a.md", "a text, written anew in its place");
    let texts = |seen: &Seen| -> Vec<String> {
        let files = seen.files.as_deref().unwrap_or_default();
        let text = |file: &SourceFile| String::from_utf8_lossy(file.bytes.as_deref().unwrap()).into_owned();
        files.iter().take(2).map(text).collect()
    };
    // The one that rests comes second.
    assert_eq!(texts(&watched.next()), ["a text", "b text, brought by rename"]);
    let wanted = ["a text, written anew in its place", "b text, brought by rename"];
    assert_eq!(texts(&watched.next()), wanted);
    watched.end();
}

// Fault 22.
#[test]
fn a_folder_that_vanishes_is_a_problem_that_ends_when_it_is_back() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("site");
    write(&path, "site.toml", "");
    write(&path, "items/a.md", "a");
    let (watched, _) = Watched::begin(&path);

    let away = parent.path().join("away");
    fs::rename(&path, &away).unwrap();
    let seen = watched.next();
    assert_eq!(seen.files, None, "everything is held");
    assert_eq!(
        seen.problems[0].message.en,
        format!("the site's folder {} is missing", path.display())
    );

    fs::rename(&away, &path).unwrap();
    let seen = watched.next();
    assert_eq!((seen.files, seen.problems), (None, vec![]));
    write(&path, "items/b.md", "b");
    assert_eq!(paths(&watched.next()), ["items/a.md", "items/b.md", "site.toml"]);
    watched.end();
}

/// All of the site's files as a watch would have seen them.
fn files(site: &Path) -> Vec<yingbi::wall::SourceFile> {
    yingbi::folder::scan(site).unwrap().files
}

// Fault 22.
#[test]
fn a_share_that_is_unmounted_leaves_an_empty_folder_and_everything_is_held() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("site");
    write(&path, "site.toml", "");
    write(&path, "items/a.md", "a");
    let (watched, _) = Watched::begin(&path);
    let away = parent.path().join("away");
    fs::rename(&path, &away).unwrap();
    fs::create_dir(&path).unwrap();
    // For an instant there was no folder at all.
    let seen = std::iter::repeat_with(|| watched.next()).find(|seen| {
        seen.problems
            .iter()
            .any(|problem| problem.message.en.contains("has no site.toml"))
    });
    assert_eq!(seen.unwrap().files, None);
    watched.end();
}

#[test]
fn a_watch_that_begins_on_a_missing_folder_takes_it_in_when_it_comes() {
    let parent = TempDir::new().unwrap();
    let (path, before) = (
        parent.path().join("site"),
        site(&[("items/a.md", "a"), ("items/b.md", "b")]),
    );
    let watch = Watch::resume(&path, &files(before.path()), Vec::new());
    let stopper = watch.stopper();
    let (send, seen) = mpsc::sync_channel(16);
    let thread = thread::spawn(move || watch.for_each(|seen| send.send(seen).unwrap()));
    let watched = Watched { seen, stopper, thread };
    assert_eq!(watched.next().files, None, "everything is held");
    write(&path, "site.toml", "");
    write(&path, "items/a.md", "a");
    let gone = std::iter::repeat_with(|| watched.next()).find(|seen| seen.files.is_some());
    assert_eq!(paths(&gone.unwrap()), ["items/a.md", "site.toml"]);
    watched.end();
}

#[test]
fn a_watch_gives_all_files_once_more_when_it_is_asked_to() {
    let site = site(&[("items/a.md", "a")]);
    let (watched, first) = Watched::begin(site.path());
    watched.stopper.ask();
    assert_eq!(paths(&watched.next()), first);
    watched.end();
}

#[test]
fn what_we_write_ourselves_is_neither_read_nor_does_it_wake_the_scan() {
    // Fault 53: a picture every few seconds must not become a scan every few seconds.
    let site = site(&[
        ("items/a.md", "a"),
        ("反馈/问题清单.txt", "x"),
        ("反馈/items/b.md", "b"),
        ("反馈/x.toml", ""),
    ]);
    let (watched, first) = Watched::begin(site.path());
    assert_eq!(first, ["items/a.md", "site.toml"]);
    let started = watched.stopper.hints();
    for nth in 0..50 {
        write(site.path(), "反馈/现在屏幕.png", &nth.to_string());
        write(site.path(), "反馈/预览/通知/.甲.png.tmp", "x");
        fs::rename(
            site.path().join("反馈/预览/通知/.甲.png.tmp"),
            site.path().join("反馈/预览/通知/甲.png"),
        )
        .unwrap();
    }
    fs::remove_dir_all(site.path().join("反馈/预览")).unwrap();
    // Events come in their order: once that of another file is there, all of ours have been.
    write(site.path(), "items/c.md", "c");
    assert_eq!(paths(&watched.next()), ["items/a.md", "items/c.md", "site.toml"]);
    let woken = watched.stopper.hints() - started;
    assert!((1..=8).contains(&woken), "{woken} hints");
    watched.end();
}

#[test]
fn more_events_than_the_system_keeps_end_in_what_is_there() {
    // Fault 53.
    let site = site(&[]);
    let (watched, _) = Watched::begin(site.path());
    let items = site.path().join("items");
    fs::create_dir(&items).unwrap();
    for number in 0..20_000 {
        let new = items.join("x.tmp");
        fs::write(&new, number.to_string()).unwrap();
        fs::rename(new, items.join(format!("{}.md", number % 10))).unwrap();
    }
    let wanted: Vec<String> = (19_990..20_000).map(|number| number.to_string()).collect();
    loop {
        let seen = watched.next();
        let files = seen.files.unwrap_or_default();
        let texts = files.iter().filter(|file| file.path.starts_with("items/"));
        let texts: Vec<_> = texts
            .map(|file| String::from_utf8_lossy(file.bytes.as_deref().unwrap()).into_owned())
            .collect();
        if texts == wanted {
            break;
        }
    }
    watched.end();
}

#[test]
fn where_the_system_gives_no_hints_the_folder_is_looked_at_by_the_clock() {
    // Fault 54: the limit of watches is used up; a share that sends no events is the same to us.
    let (site, state) = (crate::daemon::site::folder(), TempDir::new().unwrap());
    let mut command = std::process::Command::new("unshare");
    let script =
        "echo 0 > /proc/sys/user/max_inotify_watches && exec \"$0\" run \"$1\" --state \"$2\" --view 127.0.0.1:0";
    command.args(["-U", "-r", "sh", "-c", script]);
    command
        .arg(env!("CARGO_BIN_EXE_yingbi"))
        .arg(site.path())
        .arg(state.path());
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped());
    let possible = std::process::Command::new("unshare")
        .args(["-U", "-r", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_watches"])
        .stderr(std::process::Stdio::null())
        .status();
    if !possible.is_ok_and(|status| status.success()) {
        // A machine that allows no namespaces cannot show this.
        return;
    }
    let daemon = crate::daemon::process::Daemon::spawn(&mut command);
    daemon.says("looking every second instead");
    daemon.says(crate::daemon::process::READY);
    for number in 0..3 {
        let text = format!("+++\ntitle = \"第{number}号通知\"\n+++\n第{number}号正文。\n");
        write(site.path(), "items/notices/a.md", &text);
        daemon.says("the site changed");
    }
}
