//! Pictures and workbooks: their bytes are not read by any scan, and their number costs the texts nothing.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{Seek as _, Write as _},
    os::unix::fs::symlink,
    time::Duration,
};

use yingbi::{
    folder::{BLANK_REST, Hinted, PICTURE_FILE_LIMIT, REST, Scan, Scanner, Settle, TOTAL_LIMIT, fetch, scan},
    units::{Digest, Moment},
    wall::{ReadFault, SourceFile},
};

use super::scan::{site, write};

fn file<'a>(scan: &'a Scan, path: &str) -> &'a SourceFile {
    scan.files.iter().find(|file| &*file.path == path).unwrap()
}

fn at(seconds: u64) -> Moment {
    Moment::ZERO + Duration::from_secs(seconds)
}

#[test]
fn a_picture_is_found_but_not_read() {
    let site = site(&[
        ("items/a.JPG", "not read"),
        ("items/b.xlsx", "nor this"),
        ("items/c.csv", "标题\n"),
    ]);
    let scan = scan(site.path()).unwrap();
    for path in ["items/a.JPG", "items/b.xlsx"] {
        assert_eq!(file(&scan, path).bytes, Err(ReadFault::Waiting { is_hollow: false }));
    }
    assert!(file(&scan, "items/c.csv").bytes.is_ok());
    assert_eq!(scan.read, 2, "c.csv and site.toml");
}

#[test]
fn every_version_of_a_picture_is_told_from_the_one_before() {
    let site = site(&[("items/a.png", "one")]);
    let place = site.path().join("items/a.png");
    let mut scanner = Scanner::new(site.path());
    let mut version = |now| file(&scanner.scan(now).unwrap(), "items/a.png").digest;
    let mut seen = BTreeSet::from([version(at(0))]);
    assert!(!seen.insert(version(at(1))), "unchanged");
    // A stamp that is new proves nothing, so a version is looked at once more when it has aged.
    assert!(seen.insert(version(at(10))));
    assert!(!seen.insert(version(at(1000))), "unchanged");
    fs::write(&place, "longer").unwrap();
    assert!(seen.insert(version(at(1001))));
    // Of the same length, with the times of the old one put back: nobody can put back the time of the change.
    let times = fs::metadata(&place).unwrap().modified().unwrap();
    std::thread::sleep(Duration::from_millis(20));
    fs::write(&place, "others").unwrap();
    File::options()
        .write(true)
        .open(&place)
        .unwrap()
        .set_modified(times)
        .unwrap();
    assert!(seen.insert(version(at(1002))));
}

#[test]
fn what_a_mapping_writes_is_seen_by_its_times() {
    // Fault 54: no event tells of it.
    let site = site(&[("items/a.png", "0123456789")]);
    let place = site.path().join("items/a.png");
    let before = file(&scan(site.path()).unwrap(), "items/a.png").digest;
    std::thread::sleep(Duration::from_millis(20));
    let mut open = OpenOptions::new().write(true).open(&place).unwrap();
    open.seek(std::io::SeekFrom::Start(3)).unwrap();
    open.write_all(b"x").unwrap();
    assert_ne!(file(&scan(site.path()).unwrap(), "items/a.png").digest, before);
}

#[test]
fn a_folder_of_photographs_makes_nothing_fail() {
    let site = site(&[("items/a.md", "a")]);
    for number in 0..20 {
        let photo = File::create(site.path().join(format!("items/{number}.jpg"))).unwrap();
        photo.set_len(PICTURE_FILE_LIMIT).unwrap();
    }
    let large = File::create(site.path().join("items/large.jpg")).unwrap();
    large.set_len(PICTURE_FILE_LIMIT + 1).unwrap();
    const { assert!(20 * PICTURE_FILE_LIMIT > TOTAL_LIMIT) };
    let scan = scan(site.path()).unwrap();
    assert!(file(&scan, "items/a.md").bytes.is_ok());
    assert_eq!(
        file(&scan, "items/19.jpg").bytes,
        Err(ReadFault::Waiting { is_hollow: true })
    );
    assert_eq!(
        file(&scan, "items/large.jpg").bytes,
        Err(ReadFault::TooLarge {
            size: PICTURE_FILE_LIMIT + 1,
            limit: PICTURE_FILE_LIMIT
        })
    );
}

#[test]
fn what_is_beyond_the_total_is_refused_and_the_rest_plays() {
    let site = site(&[("items/zz.md", "z")]);
    for number in 0..65 {
        let text = File::create(site.path().join(format!("items/{number:02}.txt"))).unwrap();
        text.set_len(4_000_000).unwrap();
    }
    let scan = scan(site.path()).unwrap();
    let beyond: Vec<&str> = scan
        .files
        .iter()
        .filter(|file| file.bytes == Err(ReadFault::Beyond { limit: TOTAL_LIMIT }))
        .map(|file| &*file.path)
        .collect();
    assert_eq!(beyond, ["items/63.txt", "items/64.txt"]);
    assert!(file(&scan, "site.toml").bytes.is_ok() && file(&scan, "items/zz.md").bytes.is_ok());
    assert!(scan.files.is_sorted_by(|a, b| a.path < b.path));
}

#[test]
fn a_picture_that_is_still_being_copied_does_not_count() {
    let version = |number: u8, is_hollow: bool| Scan {
        files: vec![SourceFile {
            path: "items/a.jpg".into(),
            bytes: Err(ReadFault::Waiting { is_hollow }),
            digest: Digest::of(&[number]),
        }],
        ..Scan::default()
    };
    let mut settle = Settle::default();
    let nothing = Hinted::default();
    settle.observe(&Scan::default(), &nothing, Moment::ZERO);
    // Every 400 ms there is more of it.
    for number in 0..20 {
        let now = Moment::ZERO + Duration::from_millis(400) * u32::from(number);
        assert!(!settle.observe(&version(number, false), &nothing, now));
    }
    let last = Moment::ZERO + Duration::from_millis(400) * 19;
    // Its pace says how long to wait: longer than for what was never seen to be written.
    assert!(!settle.observe(&version(19, false), &nothing, last + REST));
    assert!(settle.observe(&version(19, false), &nothing, last + REST * 4));
    // Room was made for it, and nothing came for a while.
    let begin = last + Duration::from_secs(10);
    assert!(!settle.observe(&version(30, true), &nothing, begin));
    assert!(!settle.observe(&version(30, true), &nothing, begin + REST * 3));
    assert!(settle.observe(&version(30, true), &nothing, begin + BLANK_REST));
}

#[test]
fn a_picture_is_read_apart_and_never_from_outside_the_site() {
    // Fault 67.
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.png"), "secret").unwrap();
    let site = site(&[("items/a.png", "a picture"), ("items/in/b.png", "b")]);
    symlink(outside.path().join("secret.png"), site.path().join("items/link.png")).unwrap();
    symlink("a.png", site.path().join("items/same.png")).unwrap();
    let version = file(&scan(site.path()).unwrap(), "items/a.png").digest;
    let fetched = fetch(site.path(), "items/a.png").unwrap().unwrap();
    assert_eq!((&fetched.bytes[..], fetched.is(version)), (&b"a picture"[..], true));
    assert!(!fetched.is(Digest::of(b"")));
    assert_eq!(
        fetch(site.path(), "items/same.png").unwrap().unwrap().bytes,
        b"a picture"
    );
    assert!(fetch(site.path(), "items/gone.png").unwrap().is_none());
    assert!(matches!(
        fetch(site.path(), "items/link.png"),
        Err(ReadFault::Outside(_))
    ));
    // A folder that has become a link since the scan leads nowhere either.
    fs::remove_dir_all(site.path().join("items/in")).unwrap();
    symlink(outside.path(), site.path().join("items/in")).unwrap();
    assert!(matches!(
        fetch(site.path(), "items/in/secret.png"),
        Err(ReadFault::Outside(_))
    ));
    write(site.path(), "items/dir.png/x.md", "x");
    assert!(matches!(fetch(site.path(), "items/dir.png"), Err(ReadFault::NoFile)));
}
