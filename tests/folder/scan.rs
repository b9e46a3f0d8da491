//! What a scan finds, and what it refuses, in real folders.

use std::{
    ffi::OsStr,
    fs::{self, File},
    os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener},
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use rustix::fs::{CWD, FileType, Mode};
use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain,
    folder::{DEPTH_LIMIT, FILE_LIMIT, FolderError, REREAD, Scan, Scanner, scan},
    units::{Digest, Moment},
    wall::{ReadFault, SourceFile},
};

/// A folder with a `site.toml` and the given files.
pub(super) fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "site.toml", "title = \"示例\"\n");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

pub(super) fn write(site: &Path, path: &str, text: &str) {
    let place = site.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

fn paths(scan: &Scan) -> Vec<&str> {
    scan.files.iter().map(|file| &*file.path).collect()
}

fn file<'a>(scan: &'a Scan, path: &str) -> &'a SourceFile {
    let found = scan.files.iter().find(|file| &*file.path == path);
    found.unwrap_or_else(|| panic!("{path} is not in {:?}", paths(scan)))
}

fn fault(scan: &Scan, path: &str) -> ReadFault {
    file(scan, path).bytes.clone().unwrap_err()
}

fn unreadable(words: &str) -> ReadFault {
    ReadFault::Unreadable(words.into())
}

/// 公告 as GBK writes it.
fn name_that_is_not_utf8() -> &'static OsStr {
    OsStr::from_bytes(b"\xB9\xAB\xB8\xE6.txt")
}

#[test]
fn the_list_of_phrases_is_found_under_both_names_at_the_root_only() {
    let site = site(&[
        ("不拆词.txt", "甲公司\n"),
        ("phrases.txt", "乙公司\n"),
        ("备注/说明.txt", "文件\n"),
        ("scenes/不拆词.txt", "丙公司\n"),
    ]);
    assert_eq!(
        paths(&scan(site.path()).unwrap()),
        ["phrases.txt", "site.toml", "不拆词.txt"]
    );
}

// Fault 55.
#[test]
fn a_scan_finds_what_the_wall_wants_in_the_order_of_paths_and_nothing_else() {
    let site = site(&[
        ("work.toml", "a"),
        ("scenes/slogan.toml", "b"),
        ("calendar/CN-2026.toml", "g"),
        ("items/notices/通知(最终版2).txt", "c"),
        ("items/notices/a.MD", "d"),
        ("items/top.md", "e"),
        ("items/notices/表.xlsx", ""),
        ("items/图.JPG", ""),
        ("items/news/2026/05/deep.md", "f"),
        // None of these matters.
        ("README.md", ""),
        ("items/README.zh-CN.md", ""),
        ("items/notices/~$知.txt", ""),
        ("items/notices/.~lock.txt", ""),
        ("items/notices/.hidden.md", ""),
        ("items/notices/half.md.tmp", ""),
        ("items/notices/Thumbs.db", ""),
        ("items/notices/desktop.ini", ""),
        ("fonts/表.dbf", ""),
        ("items/.git/x.md", ""),
        ("scenes/more/x.toml", ""),
        ("schema/item.json", ""),
        ("calendar/2025/CN-2025.toml", ""),
        ("work.toml.bak", ""),
    ]);
    let scan = scan(site.path()).unwrap();
    let expected = [
        "calendar/CN-2026.toml",
        "items/news/2026/05/deep.md",
        "items/notices/a.MD",
        "items/notices/表.xlsx",
        "items/notices/通知(最终版2).txt",
        "items/top.md",
        "items/图.JPG",
        "scenes/slogan.toml",
        "site.toml",
        "work.toml",
    ];
    assert_eq!(paths(&scan), expected);
    assert_eq!(scan.unseen, []);
    let deep = file(&scan, "items/news/2026/05/deep.md");
    assert_eq!((deep.bytes.as_deref(), deep.digest), (Ok(&b"f"[..]), Digest::of(b"f")));
}

// Fault 34.
#[test]
fn a_pipe_or_a_socket_that_calls_itself_a_text_is_refused_and_never_opened() {
    let site = site(&[("items/a.md", "a")]);
    let pipe = site.path().join("items/pipe.md");
    rustix::fs::mknodat(CWD, &pipe, FileType::Fifo, Mode::RWXU, 0).unwrap();
    let _socket = UnixListener::bind(site.path().join("items/socket.txt")).unwrap();
    let scan = scan(site.path()).unwrap();
    assert_eq!(fault(&scan, "items/pipe.md"), ReadFault::NoFile);
    assert_eq!(fault(&scan, "items/socket.txt"), ReadFault::NoFile);
    assert!(file(&scan, "items/a.md").bytes.is_ok());
}

#[test]
fn a_link_to_a_pipe_is_refused_and_never_opened() {
    let site = site(&[]);
    fs::create_dir(site.path().join("items")).unwrap();
    rustix::fs::mknodat(CWD, site.path().join("pipe"), FileType::Fifo, Mode::RWXU, 0).unwrap();
    symlink("../pipe", site.path().join("items/a.md")).unwrap();
    let scan = scan(site.path()).unwrap();
    assert_eq!(fault(&scan, "items/a.md"), ReadFault::NoFile);
}

// Fault 67.
#[test]
fn a_link_is_followed_within_the_site_and_refused_where_it_leads_out_or_nowhere() {
    let outside = TempDir::new().unwrap();
    let secret = outside.path().canonicalize().unwrap().join("secret.txt");
    fs::write(&secret, "secret").unwrap();
    let site = site(&[("items/real.md", "real")]);
    let items = site.path().join("items");
    symlink("real.md", items.join("inside.md")).unwrap();
    symlink(&secret, items.join("outside.md")).unwrap();
    symlink("nowhere", items.join("dangling.md")).unwrap();
    symlink("loop.md", items.join("loop.md")).unwrap();
    let scan = scan(site.path()).unwrap();
    assert_eq!(file(&scan, "items/inside.md").bytes.as_deref(), Ok(&b"real"[..]));
    assert_eq!(
        fault(&scan, "items/outside.md"),
        ReadFault::Outside(secret.display().to_string())
    );
    assert_eq!(
        fault(&scan, "items/dangling.md"),
        unreadable("No such file or directory (os error 2)")
    );
    assert!(matches!(fault(&scan, "items/loop.md"), ReadFault::Unreadable(_)));
}

#[test]
fn a_link_to_a_folder_is_named_and_not_followed() {
    let site = site(&[("items/a.md", "a")]);
    symlink(".", site.path().join("items/round")).unwrap();
    let scan = scan(site.path()).unwrap();
    assert_eq!(paths(&scan), ["items/a.md", "site.toml"]);
    let [unseen] = &scan.unseen[..] else {
        panic!("{:?}", scan.unseen)
    };
    assert_eq!(
        unseen.fault.to_string(),
        "items/round is a link to a folder, .; links to folders are not followed"
    );
    assert!(unseen.hides("items/round/a.md") && !unseen.hides("items/rounder.md"));
}

#[test]
fn a_text_of_100_megabytes_is_refused_without_reading_it() {
    let site = site(&[("items/a.md", "a")]);
    let large = File::create(site.path().join("items/large.txt")).unwrap();
    large.set_len(100_000_000).unwrap();
    let limit = File::create(site.path().join("items/limit.txt")).unwrap();
    limit.set_len(FILE_LIMIT).unwrap();
    let scan = scan(site.path()).unwrap();
    let fault = fault(&scan, "items/large.txt");
    assert_eq!(
        fault,
        ReadFault::TooLarge {
            size: 100_000_000,
            limit: 4_000_000
        }
    );
    assert_eq!(scan.read, 3, "a.md, limit.txt and site.toml");
    assert_eq!(file(&scan, "items/limit.txt").bytes.as_ref().unwrap().len(), 4_000_000);
}

#[test]
fn a_name_that_is_not_utf8_is_refused_by_name() {
    let site = site(&[("items/a.md", "a")]);
    fs::write(site.path().join("items").join(name_that_is_not_utf8()), "x").unwrap();
    let scan = scan(site.path()).unwrap();
    let path = r"items/\xB9\xAB\xB8\xE6.txt";
    assert_eq!(fault(&scan, path), ReadFault::BadName);
}

// Fault 89.
#[test]
fn folders_are_read_to_a_stated_depth() {
    let reached = ["items"].repeat(DEPTH_LIMIT).join("/");
    let site = site(&[
        (&format!("{reached}/in.md"), "in"),
        (&format!("{reached}/items/out.md"), "out"),
    ]);
    let scan = scan(site.path()).unwrap();
    assert_eq!(paths(&scan), [format!("{reached}/in.md").as_str(), "site.toml"]);
    let fault = &scan.unseen[0].fault;
    assert_eq!(
        fault.to_string(),
        format!("the folder {reached}/items lies more than 16 folders deep")
    );
}

// Fault 89.
#[test]
fn ten_thousand_files_are_read_once_and_then_only_what_changed() {
    let site = site(&[]);
    let items = site.path().join("items/news");
    fs::create_dir_all(&items).unwrap();
    for number in 0..10_000 {
        fs::write(items.join(format!("{number:05}.md")), format!("第{number}号")).unwrap();
    }
    let mut scanner = Scanner::new(site.path());
    assert_eq!(scanner.scan(at(0)).unwrap().read, 10_001);
    // A file may change again without any trace in its times, which are coarse: it is read until its stamp was seen for three seconds.
    assert_eq!(scanner.scan(at(2_999)).unwrap().read, 10_001);
    assert_eq!(scanner.scan(at(3_000)).unwrap().read, 10_001);
    let unchanged = scanner.scan(at(4_000)).unwrap();
    assert_eq!((unchanged.read, unchanged.files.len()), (0, 10_001));
    fs::write(items.join("00007.md"), "第八号").unwrap();
    let changed = scanner.scan(at(5_000)).unwrap();
    assert_eq!(changed.read, 1);
    assert_eq!(
        file(&changed, "items/news/00007.md").digest,
        Digest::of("第八号".as_bytes())
    );
}

#[test]
fn a_glimpse_gives_what_a_scan_would_give_of_the_same_paths() {
    let texts = [
        ("all.toml", "x"),
        ("items/a.md", "a"),
        ("items/deep/er/b.TXT", "b"),
        ("items/x.tmp", "left over"),
        ("items/~$c.md", "left over"),
        ("items/.hidden/d.md", "left over"),
        ("items/e.docx", "foreign"),
        ("items/README.md", "for people"),
        ("scenes/f.toml", "f"),
        ("scenes/deep/g.toml", "too deep"),
        ("else/h.md", "no folder of ours"),
        ("反馈/i.toml", "our own"),
    ];
    let site = site(&texts);
    let (items, outside) = (site.path().join("items"), TempDir::new().unwrap());
    write(outside.path(), "l.md", "outside");
    symlink("a.md", items.join("link.md")).unwrap();
    symlink(outside.path().join("l.md"), items.join("away.md")).unwrap();
    symlink(outside.path(), items.join("linked")).unwrap();
    fs::create_dir(items.join("folder.md")).unwrap();
    let more = [
        "items/link.md",
        "items/away.md",
        "items/linked/l.md",
        "items/folder.md",
        "items/none.md",
        "",
        "items/",
        "items",
        "../items/a.md",
        "items/../items/a.md",
    ];
    let paths = texts.iter().map(|(path, _)| *path).chain(more);
    let paths: Vec<Arc<str>> = paths.map(Arc::from).collect();
    let mut glimpsed = Scanner::new(site.path()).glimpse(paths.iter(), at(0));
    glimpsed.sort_by(|a, b| a.path.cmp(&b.path));
    let scan = scan(site.path()).unwrap();
    let readable = scan.files.into_iter().filter(|file| file.bytes.is_ok());
    let wanted: Vec<SourceFile> = readable.filter(|file| &*file.path != "site.toml").collect();
    assert_eq!(wanted.len(), 5, "{wanted:?}");
    assert_eq!(glimpsed, wanted);
}

#[test]
fn nothing_is_glimpsed_in_a_folder_that_lacks_its_site_toml() {
    let site = site(&[("items/a.md", "a")]);
    fs::remove_file(site.path().join("site.toml")).unwrap();
    let paths = [Arc::from("items/a.md")];
    assert_eq!(Scanner::new(site.path()).glimpse(paths.iter(), at(0)), []);
}

#[test]
fn a_file_that_was_glimpsed_is_read_by_scans_until_its_stamp_vouches_for_it() {
    let site = site(&[("items/a.md", "old")]);
    let mut scanner = Scanner::new(site.path());
    for second in [0, 3] {
        scanner.scan(at(second * 1_000)).unwrap();
    }
    write(site.path(), "items/a.md", "new");
    let paths = [Arc::from("items/a.md")];
    assert_eq!(
        scanner.glimpse(paths.iter(), at(4_000))[0].bytes.as_deref(),
        Ok(&b"new"[..])
    );
    let reads = [4_100, 6_900, 7_000, 8_000].map(|at_millis| scanner.scan(at(at_millis)).unwrap().read);
    assert_eq!(reads, [1, 1, 1, 0]);
}

#[test]
fn a_scan_that_is_broken_off_has_learnt_nothing() {
    let site = site(&[("items/a.md", "a"), ("items/b.md", "b")]);
    let mut scanner = Scanner::new(site.path());
    for second in [0, 3] {
        scanner.scan(at(second * 1_000)).unwrap();
    }
    write(site.path(), "items/b.md", "new");
    let looks = std::cell::Cell::new(0);
    let is_over = || looks.replace(looks.get() + 1) == 2;
    assert_eq!(scanner.scan_unless(at(4_000), is_over), Ok(None));
    let scan = scanner.scan(at(4_000)).unwrap();
    assert_eq!((scan.read, scan.files.len()), (1, 3));
    assert_eq!(file(&scan, "items/b.md").bytes.as_deref(), Ok(&b"new"[..]));
}

/// A moment of our own clock.
fn at(milliseconds: u64) -> Moment {
    Moment::ZERO + Duration::from_millis(milliseconds)
}

/// Writes over a file without leaving a trace in its times of modification.
fn rewrite(path: &Path, text: &str, stamp: SystemTime) {
    fs::write(path, text).unwrap();
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(stamp).unwrap();
}

#[test]
fn a_file_of_a_share_whose_clock_is_years_off_is_read_until_our_own_clock_vouches_for_it() {
    // Fault 54.
    let year = Duration::from_secs(365 * 24 * 3600);
    for stamp in [SystemTime::now() - year * 30, SystemTime::now() + year * 30] {
        let site = site(&[("items/a.md", "old")]);
        let path = site.path().join("items/a.md");
        rewrite(&path, "old", stamp);
        let mut scanner = Scanner::new(site.path());
        let read = |scanner: &mut Scanner, milliseconds| scanner.scan(at(milliseconds)).unwrap().read;
        assert_eq!((read(&mut scanner, 0), read(&mut scanner, 1_000)), (2, 2));
        rewrite(&path, "new", stamp);
        let scan = scanner.scan(at(2_000)).unwrap();
        assert_eq!(file(&scan, "items/a.md").bytes.as_deref(), Ok(&b"new"[..]));
        // site.toml is vouched for at 3 s, this one has three seconds of its own.
        let reads = [3_000, 4_000, 5_000, 6_000].map(|milliseconds| read(&mut scanner, milliseconds));
        assert_eq!(reads, [2, 1, 1, 0], "whatever its times say");
    }
}

/// Maps a file and writes into it: no event tells of that, and no time before it is flushed.
fn write_through_memory(path: &Path, text: &str) {
    let script = "import mmap,sys\nwith open(sys.argv[1],'r+b') as f:\n m=mmap.mmap(f.fileno(),0)\n m[:]=sys.argv[2].encode()\n m.close()\n";
    let written = std::process::Command::new("python3")
        .args(["-c", script])
        .arg(path)
        .arg(text)
        .status();
    match written {
        Ok(status) => assert!(status.success()),
        // What matters to us is that no stamp tells of it.
        Err(_) => {
            let stamp = fs::metadata(path).unwrap().modified().unwrap();
            rewrite(path, text, stamp);
        }
    }
}

#[test]
fn what_is_written_through_memory_is_found_after_a_minute_though_no_stamp_tells_of_it() {
    // Fault 54.
    let site = site(&[("items/a.md", "old")]);
    let path = site.path().join("items/a.md");
    let mut scanner = Scanner::new(site.path());
    for second in [0, 3] {
        scanner.scan(at(second * 1_000)).unwrap();
    }
    write_through_memory(&path, "new");
    let due = Moment::ZERO + Duration::from_secs(3) + REREAD;
    let scan = scanner.scan(due).unwrap();
    assert_eq!(file(&scan, "items/a.md").bytes.as_deref(), Ok(&b"new"[..]));
}

#[test]
fn what_is_read_anew_for_its_age_alone_is_read_little_by_little() {
    let site = site(&[]);
    let items = site.path().join("items");
    fs::create_dir(&items).unwrap();
    for number in 0..10 {
        fs::write(items.join(format!("{number}.md")), [b'x'; 100_000]).unwrap();
    }
    let mut scanner = Scanner::new(site.path());
    for second in [0, 3] {
        scanner.scan(at(second * 1_000)).unwrap();
    }
    let begin = Moment::ZERO + Duration::from_secs(3) + REREAD;
    let reads: Vec<usize> = (0..5)
        .map(|second| scanner.scan(begin + Duration::from_secs(second)).unwrap().read)
        .collect();
    assert_eq!(reads, [4, 3, 3, 1, 0], "each file once, and site.toml");
}

#[test]
fn a_file_that_replaces_another_of_the_same_length_and_time_is_read() {
    let site = site(&[("items/a.md", "old"), ("b", "new")]);
    let stamp = SystemTime::now() - Duration::from_secs(3600);
    let [a, b] = ["items/a.md", "b"].map(|name| site.path().join(name));
    for path in [&a, &b] {
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(stamp)
            .unwrap();
    }
    let mut scanner = Scanner::new(site.path());
    scanner.scan(at(0)).unwrap();
    scanner.scan(at(3_000)).unwrap();
    fs::rename(b, a).unwrap();
    let scan = scanner.scan(at(4_000)).unwrap();
    assert_eq!(file(&scan, "items/a.md").bytes.as_deref(), Ok(&b"new"[..]));
}

// Fault 22.
#[test]
fn a_folder_that_is_swapped_for_a_link_again_and_again_never_leads_out_of_the_site() {
    // Fault 67.
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("a.md"), "secret").unwrap();
    let site = site(&[("items/x/a.md", "own")]);
    let items = site.path().join("items");
    symlink(outside.path(), items.join(".link")).unwrap();
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                for (from, to) in [("x", ".x"), (".link", "x"), ("x", ".link"), (".x", "x")] {
                    fs::rename(items.join(from), items.join(to)).unwrap();
                }
            }
        });
        for _ in 0..2_000 {
            let scan = scan(site.path()).unwrap();
            let read = scan.files.iter().filter_map(|file| file.bytes.as_deref().ok());
            assert!(!read.into_iter().any(|bytes| bytes == b"secret"));
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn what_cannot_be_read_is_one_problem_each_and_the_others_play() {
    // Faults 34, 67 and 22.
    let site = crate::daemon::site::folder();
    let outside = TempDir::new().unwrap();
    write(outside.path(), "secret.md", "secret");
    let items = site.path().join("items/notices");
    let spoilt = ["管道.md", "插口.md", "回环.md", "无处.md", "站外.md", "巨大.txt"];
    rustix::fs::mknodat(CWD, items.join(spoilt[0]), FileType::Fifo, Mode::RWXU, 0).unwrap();
    let _socket = UnixListener::bind(items.join(spoilt[1])).unwrap();
    symlink(spoilt[2], items.join(spoilt[2])).unwrap();
    symlink("nowhere", items.join(spoilt[3])).unwrap();
    symlink(outside.path().join("secret.md"), items.join(spoilt[4])).unwrap();
    File::create(items.join(spoilt[5]))
        .unwrap()
        .set_len(FILE_LIMIT + 1)
        .unwrap();
    // A folder may be called as it likes.
    write(
        site.path(),
        "items/notices/文件夹.md/丙.md",
        "+++\ntitle = \"丙\"\n+++\n丙。\n",
    );
    let library = yingbi::wall::Library::default().accept(&scan(site.path()).unwrap().files);
    let mut told: Vec<&str> = library.problems().iter().map(|problem| &*problem.file).collect();
    told.sort_unstable();
    let mut expected = spoilt.map(|name| format!("items/notices/{name}"));
    expected.sort_unstable();
    assert_eq!(told, expected);
    let kept: Vec<String> = library.kept().iter().map(|file| file.path.to_string()).collect();
    for path in [
        "items/notices/a.md",
        "items/notices/b.md",
        "items/notices/文件夹.md/丙.md",
    ] {
        assert!(kept.iter().any(|kept| kept == path), "{path} is not in {kept:?}");
    }
}

#[test]
fn a_missing_folder_is_a_fault() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("nowhere");
    let fault = scan(&missing).unwrap_err();
    assert_eq!(fault, FolderError::SiteMissing(missing.clone()));
    let shown = missing.display();
    assert_eq!(fault.to_string(), format!("the site's folder {shown} is missing"));
    assert_eq!(fault.chinese(), format!("站点文件夹 {shown} 不存在"));
}

#[test]
fn a_file_in_the_place_of_the_folder_is_a_fault() {
    let folder = site(&[]);
    let file = folder.path().canonicalize().unwrap().join("site.toml");
    assert_eq!(scan(&file).unwrap_err(), FolderError::NotAFolder(file));
}

// Fault 22.
#[test]
fn a_folder_without_site_toml_is_a_fault() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "items/a.md", "a");
    let fault = scan(folder.path()).unwrap_err();
    assert_eq!(
        fault.to_string(),
        format!("{} has no site.toml", folder.path().display())
    );
    assert_eq!(&*fault.diagnostic().file, "site.toml");
}
