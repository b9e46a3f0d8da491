//! A site in one archive and back, and archives that nobody should unpack.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    os::unix::{ffi::OsStrExt as _, fs::symlink},
    path::Path,
    process::Command,
    time::{Duration, SystemTime},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain,
    folder::backup::{Backup, BackupFault, LIMITS, Limits, Packed, Restore, Restored},
};

/// The files below a folder with their bytes and times in seconds, and the folders, by path.
fn tree(root: &Path) -> Vec<(String, Option<(Vec<u8>, u64)>)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = String::from_utf8_lossy(path.strip_prefix(root).unwrap().as_os_str().as_bytes()).into_owned();
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
                found.push((name, None));
            } else {
                let modified = entry.metadata().unwrap().modified().unwrap();
                let seconds = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
                found.push((name, Some((fs::read(path).unwrap(), seconds))));
            }
        }
    }
    found.sort();
    found
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_778_810_400);
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(time)
        .unwrap();
}

/// A site with what offices have: Chinese names, long ones, GBK, unknown files, empty folders.
fn site() -> TempDir {
    let site = TempDir::new().unwrap();
    let root = site.path();
    put(root, "site.toml", b"title = \"a\"\n");
    put(root, "README.md", b"read");
    put(root, "items/通知/通知(最终版2).txt", &[0xcd, 0xa8, 0xd6, 0xaa]);
    put(
        root,
        &format!("items/通知/{}.docx", "关于开展消防演练的通知".repeat(7)),
        b"PK",
    );
    put(root, "videos/a.bin", &[7; 70_000]);
    put(root, "empty.txt", b"");
    fs::create_dir_all(root.join("items/欢迎")).unwrap();
    site
}

fn pack(site: &Path, to: &Path) -> Packed {
    Backup {
        site,
        history: None,
        to,
    }
    .write()
    .unwrap()
}

fn restore(archive: &Path, to: &Path) -> Result<Restored, BackupFault> {
    restore_within(archive, to, LIMITS)
}

fn restore_within(archive: &Path, to: &Path, limits: Limits) -> Result<Restored, BackupFault> {
    let restore = Restore {
        archive,
        to,
        history: None,
        force: false,
        limits,
    };
    restore.run()
}

#[test]
fn a_site_comes_back_as_it_was_with_its_times_and_its_empty_folders() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let archive = place.path().join("备份.tar.gz");
    let packed = pack(site.path(), &archive);
    assert_eq!((packed.files, packed.bytes, packed.left_out.len()), (6, 70_022, 0));
    assert_eq!(packed.packed, fs::metadata(&archive).unwrap().len());
    let to = place.path().join("a/b");
    let restored = restore(&archive, &to).unwrap();
    assert_eq!((restored.files, restored.bytes, restored.aside), (6, 70_022, None));
    assert_eq!(tree(&to), tree(site.path()));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2, "nothing lies about");
}

#[test]
fn the_same_files_make_the_same_bytes() {
    let (one, other, place) = (site(), site(), TempDir::new().unwrap());
    let archives = ["a.tar.gz", "b.tar.gz"].map(|name| place.path().join(name));
    pack(one.path(), &archives[0]);
    pack(other.path(), &archives[1]);
    assert_eq!(fs::read(&archives[0]).unwrap(), fs::read(&archives[1]).unwrap());
}

#[test]
fn feedback_left_overs_and_hidden_files_are_not_packed() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let before = tree(site.path());
    for path in [
        "反馈/问题清单.txt",
        "items/通知/~$通知.docx",
        "items/a.tmp",
        "Thumbs.db",
        "items/desktop.ini",
        ".git/HEAD",
    ] {
        put(site.path(), path, b"x");
    }
    let archive = place.path().join("a.tar.gz");
    assert_eq!(pack(site.path(), &archive).files, 6);
    restore(&archive, &place.path().join("to")).unwrap();
    assert_eq!(tree(&place.path().join("to")), before);
    put(site.path(), "items/反馈/a.txt", b"x");
    assert_eq!(pack(site.path(), &archive).files, 7, "a column may be called so");
}

// Fault 67.
#[test]
fn links_are_never_followed_out_of_the_site() {
    let (site, place) = (site(), TempDir::new().unwrap());
    put(place.path(), "secret/key", b"secret");
    symlink(place.path().join("secret/key"), site.path().join("items/key.txt")).unwrap();
    symlink(place.path().join("secret"), site.path().join("items/folder")).unwrap();
    symlink("nowhere", site.path().join("dangling")).unwrap();
    symlink("README.md", site.path().join("within.md")).unwrap();
    let archive = place.path().join("a.tar.gz");
    let packed = pack(site.path(), &archive);
    assert_eq!(
        packed.left_out,
        ["site/dangling", "site/items/folder", "site/items/key.txt"].map(|path| BackupFault::LinkLeftOut(path.into()))
    );
    restore(&archive, &place.path().join("to")).unwrap();
    assert_eq!(fs::read(place.path().join("to/within.md")).unwrap(), b"read");
    assert!(!place.path().join("to/items/key.txt").exists());
}

#[test]
fn an_archive_does_not_lie_in_its_site_and_an_older_one_stays_whole_until_the_new_one_is() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let inside = site.path().join("items/a.tar.gz");
    let backup = Backup {
        site: site.path(),
        history: None,
        to: &inside,
    };
    assert_eq!(backup.write(), Err(BackupFault::InsideSite(inside.clone())));
    let gone = Backup {
        site: &place.path().join("none"),
        history: None,
        to: &place.path().join("a"),
    };
    assert!(matches!(gone.write(), Err(BackupFault::Folder(_))));
    let archive = place.path().join("a.tar.gz");
    pack(site.path(), &archive);
    let first = fs::read(&archive).unwrap();
    put(site.path(), "items/b.txt", b"b");
    pack(site.path(), &archive);
    assert_ne!(fs::read(&archive).unwrap(), first);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn the_history_comes_along_only_where_it_is_asked_for() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let state = place.path().join("state");
    for path in [
        "journal.jsonl",
        "current",
        "objects/ab/cd",
        "lock",
        "alive",
        "strikes/ab/c.strike",
    ] {
        put(&state, path, b"x");
    }
    let archive = place.path().join("a.tar.gz");
    let backup = Backup {
        site: site.path(),
        history: Some(&state),
        to: &archive,
    };
    assert_eq!(backup.write().unwrap().files, 9);
    let (to, history) = (place.path().join("to"), place.path().join("history"));
    let restored = restore(&archive, &to).unwrap();
    assert_eq!((restored.files, restored.history, restored.history_there), (6, 0, 3));
    let again = place.path().join("again");
    let restore = Restore {
        archive: &archive,
        to: &again,
        history: Some(&history),
        force: false,
        limits: LIMITS,
    };
    assert_eq!(restore.run().unwrap().history, 3);
    let names: Vec<String> = tree(&history).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["current", "journal.jsonl", "objects", "objects/ab", "objects/ab/cd"]
    );
}

#[test]
fn a_folder_that_holds_something_is_left_alone_unless_that_is_forced_and_then_it_is_put_aside() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let (archive, to) = (place.path().join("a.tar.gz"), place.path().join("to"));
    pack(site.path(), &archive);
    put(&to, "site.toml", b"old");
    put(&to, "items/old.txt", b"old");
    assert_eq!(restore(&archive, &to), Err(BackupFault::NotEmpty(to.clone())));
    assert_eq!(tree(&to).len(), 3);
    let forced = Restore {
        archive: &archive,
        to: &to,
        history: None,
        force: true,
        limits: LIMITS,
    };
    for (count, aside) in [".before-restore", ".before-restore-2"].into_iter().enumerate() {
        let restored = forced.run().unwrap();
        assert_eq!(restored.aside, Some(to.join(aside)));
        assert_eq!(fs::read(to.join("site.toml")).unwrap(), b"title = \"a\"\n");
        assert!(!to.join("items/old.txt").exists());
        assert_eq!(to.join(aside).join("items/old.txt").exists(), count == 0);
    }
}

// Fault 14.
#[test]
fn an_archive_that_was_cut_off_anywhere_puts_nothing_in_place() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let (archive, cut, to) = (
        place.path().join("a.tar.gz"),
        place.path().join("cut"),
        place.path().join("to"),
    );
    pack(site.path(), &archive);
    let whole = fs::read(&archive).unwrap();
    for length in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
        fs::write(&cut, &whole[..length]).unwrap();
        let fault = restore(&cut, &to).expect_err("it is not whole");
        assert!(fault.is_of_the_archive(), "{length}: {fault:?}");
        assert!(!to.exists(), "{length}");
    }
}

// Fault 19.
#[test]
fn a_byte_that_has_changed_is_found_wherever_it_is() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let (archive, bad, to) = (
        place.path().join("a.tar.gz"),
        place.path().join("bad"),
        place.path().join("to"),
    );
    pack(site.path(), &archive);
    let whole = fs::read(&archive).unwrap();
    let before = tree(site.path());
    for at in (0..whole.len()).step_by(5) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&bad, bytes).unwrap();
        match restore(&bad, &to) {
            Err(fault) => assert!(fault.is_of_the_archive() && !to.exists(), "{at}: {fault:?}"),
            // A few bytes of the head of gzip mean nothing.
            Ok(_) => {
                assert!(at < 10, "{at}");
                assert_eq!(tree(&to), before);
                fs::remove_dir_all(&to).unwrap();
            }
        }
    }
}

/// An entry of a made-up archive: path, kind, content.
type Made<'a> = (&'a [u8], EntryType, &'a [u8]);

/// An archive of these entries, whatever their paths say, with the list of its files.
fn made(entries: &[Made<'_>]) -> Vec<u8> {
    let mut files = Vec::new();
    let mut tar = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    let mut append = |path: &[u8], kind: EntryType, bytes: &[u8]| {
        let mut header = Header::new_gnu();
        header.as_old_mut().name[..path.len()].copy_from_slice(path);
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if matches!(kind, EntryType::Symlink | EntryType::Link) {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        tar.append(&header, bytes).unwrap();
    };
    for (path, kind, bytes) in entries {
        append(path, *kind, bytes);
        let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let path = String::from_utf8_lossy(path);
        files.push(format!("{path:?}:{{\"size\":{},\"sha256\":\"{sha256}\"}}", bytes.len()));
    }
    let list = format!("{{\"v\":1,\"files\":{{{}}}}}", files.join(","));
    append(b"backup.json", EntryType::Regular, list.as_bytes());
    tar.into_inner().unwrap().finish().unwrap()
}

fn restore_made(bytes: &[u8], limits: Limits) -> (Result<Restored, BackupFault>, bool) {
    let place = TempDir::new().unwrap();
    let archive = place.path().join("a.tar.gz");
    fs::write(&archive, bytes).unwrap();
    let to = place.path().join("x/to");
    let restored = restore_within(&archive, &to, limits);
    let outside = fs::read_dir(place.path()).unwrap().count() > 2 || place.path().join("x/out.txt").exists();
    assert!(!outside, "nothing is written elsewhere");
    (restored, to.exists())
}

#[test]
fn an_archive_that_is_made_as_ours_is_taken() {
    let (restored, is_there) = restore_made(&made(&[(b"site/a.txt", EntryType::Regular, b"a")]), LIMITS);
    assert_eq!(restored.unwrap().files, 1);
    assert!(is_there);
}

// Fault 67.
#[test]
fn no_path_leads_out_of_the_folder() {
    let paths: [&[u8]; 14] = [
        b"/etc/passwd",
        b"../out.txt",
        b"site/../../out.txt",
        b"site/a/../../../out.txt",
        b"site/..",
        b"..",
        b"other/a.txt",
        b"a.txt",
        b"./../out.txt",
        b"site/.hidden",
        b"site/.restoring/a",
        b"site/a/.git/hooks/x",
        b"history",
        b"/site/a.txt",
    ];
    for path in paths {
        for kind in [EntryType::Regular, EntryType::Directory] {
            let content: &[u8] = if kind.is_dir() { b"" } else { b"out" };
            let (restored, is_there) = restore_made(&made(&[(path, kind, content)]), LIMITS);
            let told = String::from_utf8_lossy(path);
            assert!(
                restored.is_err() || kind.is_dir() && path == b"history",
                "{told}: {restored:?}"
            );
            assert!(!is_there || restored.is_ok(), "{told}");
        }
    }
    let long = [b"site/".as_slice(), &b"../".repeat(40), b"out.txt"].concat();
    let entries: [Made<'_>; 2] = [
        (b"long", EntryType::GNULongName, &long),
        (b"x", EntryType::Regular, b"out"),
    ];
    assert!(matches!(
        restore_made(&made(&entries), LIMITS).0,
        Err(BackupFault::BadPath(_))
    ));
}

// Fault 67.
#[test]
fn links_devices_and_what_else_a_tar_can_hold_are_refused() {
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Char,
        EntryType::Block,
        EntryType::Fifo,
        EntryType::Continuous,
        EntryType::GNUSparse,
        EntryType::XHeader,
        EntryType::XGlobalHeader,
        EntryType::GNULongLink,
    ] {
        let entries: [Made<'_>; 2] = [(b"site/a", kind, b""), (b"site/a/b.txt", EntryType::Regular, b"b")];
        let (restored, is_there) = restore_made(&made(&entries), LIMITS);
        assert_eq!(restored, Err(BackupFault::BadKind("site/a".into())), "{kind:?}");
        assert!(!is_there);
    }
}

#[test]
fn what_is_twice_missing_unlisted_or_other_than_listed_is_refused() {
    let a: Made<'_> = (b"site/a", EntryType::Regular, b"a");
    let b: Made<'_> = (b"site/b", EntryType::Regular, b"b");
    assert_eq!(
        restore_made(&made(&[a, a]), LIMITS).0,
        Err(BackupFault::Twice("site/a".into()))
    );
    let below: Made<'_> = (b"site/a/b", EntryType::Regular, b"b");
    assert!(
        restore_made(&made(&[a, below]), LIMITS).0.is_err(),
        "a file is no folder"
    );
    // The entries of one archive with the list of another.
    let spliced = |entries: &[Made<'_>], listed: &[Made<'_>]| {
        let raw = |entries: &[Made<'_>]| {
            let mut bytes = Vec::new();
            GzDecoder::new(&*made(entries)).read_to_end(&mut bytes).unwrap();
            bytes
        };
        let (entries, list) = (
            raw(entries)[..entries.len() * 1024].to_vec(),
            raw(listed)[listed.len() * 1024..].to_vec(),
        );
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&[entries, list].concat()).unwrap();
        restore_made(&gzip.finish().unwrap(), LIMITS).0
    };
    assert_eq!(spliced(&[a], &[a]).unwrap().files, 1);
    assert_eq!(spliced(&[a], &[a, b]), Err(BackupFault::Missing("site/b".into())));
    assert_eq!(spliced(&[a, b], &[a]), Err(BackupFault::Unlisted("site/b".into())));
    let other: Made<'_> = (b"site/a", EntryType::Regular, b"A");
    assert_eq!(spliced(&[other], &[a]), Err(BackupFault::Differs("site/a".into())));
}

// Fault 69.
#[test]
fn bombs_of_bytes_of_entries_and_of_packing_are_refused_before_they_fill_the_disk() {
    let zeros = vec![0; 4 << 20];
    let bomb = made(&[(b"site/a", EntryType::Regular, &zeros)]);
    assert!(bomb.len() < 40_000);
    let small = Limits {
        free: 1 << 20,
        ..LIMITS
    };
    assert_eq!(restore_made(&bomb, small), (Err(BackupFault::TooMuch(small)), false));
    assert!(restore_made(&bomb, LIMITS).0.is_ok(), "so little does no harm");
    let few = Limits {
        bytes: 1 << 20,
        ..LIMITS
    };
    assert_eq!(restore_made(&bomb, few).0, Err(BackupFault::TooMuch(few)));
    let names: Vec<String> = (0..200).map(|number| format!("site/{number}")).collect();
    let entries: Vec<Made<'_>> = names
        .iter()
        .map(|name| (name.as_bytes(), EntryType::Regular, &b""[..]))
        .collect();
    let few = Limits { entries: 100, ..LIMITS };
    assert_eq!(restore_made(&made(&entries), few).0, Err(BackupFault::TooMuch(few)));
    let deep = format!("site/{}a", "d/".repeat(40));
    assert!(matches!(
        restore_made(&made(&[(deep.as_bytes(), EntryType::Regular, b"a")]), LIMITS).0,
        Err(BackupFault::BadPath(_))
    ));
}

#[test]
fn what_is_no_archive_of_ours_is_told_and_so_is_one_of_a_later_version() {
    let refused = |bytes: &[u8]| restore_made(bytes, LIMITS).0.expect_err("it is none");
    assert!(matches!(
        refused(b""),
        BackupFault::Damaged { .. } | BackupFault::NoList(_)
    ));
    assert!(matches!(refused(b"PK\x03\x04 a zip"), BackupFault::Damaged { .. }));
    let foreign = GzEncoder::new(Vec::new(), Compression::fast()).finish().unwrap();
    assert!(matches!(refused(&foreign), BackupFault::NoList(_)));
    let mut tar = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let list = b"{\"v\":2,\"files\":{}}";
    let mut header = Header::new_gnu();
    header.set_size(list.len() as u64);
    tar.append_data(&mut header, "backup.json", &list[..]).unwrap();
    let later = tar.into_inner().unwrap().finish().unwrap();
    assert_eq!(refused(&later), BackupFault::Newer(2));
}

#[test]
fn every_fault_is_told_in_chinese_with_a_remedy() {
    let path = || Path::new("a").to_owned();
    let text = || "a".to_owned();
    for fault in [
        BackupFault::InsideSite(path()),
        BackupFault::Changed(text()),
        BackupFault::LinkLeftOut(text()),
        BackupFault::NoFile(text()),
        BackupFault::TooMuch(LIMITS),
        BackupFault::NoList(path()),
        BackupFault::AfterList(path()),
        BackupFault::Newer(2),
        BackupFault::BadPath(text()),
        BackupFault::BadKind(text()),
        BackupFault::Twice(text()),
        BackupFault::Missing(text()),
        BackupFault::Differs(text()),
        BackupFault::Unlisted(text()),
        BackupFault::NotEmpty(path()),
    ] {
        let hanzi = |text: &str| text.chars().any(|char| ('\u{4e00}'..'\u{a000}').contains(&char));
        assert!(
            hanzi(&fault.chinese()) && hanzi(&fault.help().zh) && !fault.help().en.is_empty(),
            "{fault}"
        );
    }
}

fn yingbi(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_commands_say_how_much_and_where_and_end_with_codes() {
    let (site, place) = (site(), TempDir::new().unwrap());
    let path = |name: &str| place.path().join(name).display().to_string();
    let (archive, to) = (path("a.tar.gz"), path("to"));
    let site = site.path().display().to_string();
    let (code, out, _) = yingbi(&["--lang", "en", "backup", &site, "-o", &archive]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("packed 6 file(s), 0.1 MB, into "), "{out}");
    let (code, out, _) = yingbi(&["--lang", "zh", "restore", &archive, "--to", &to]);
    assert_eq!(
        (code, out),
        (Some(0), format!("已恢复 6 个文件，共 0.1 MB，均与备份时一致：{to}\n"))
    );
    let (code, _, error) = yingbi(&["--lang", "en", "restore", &archive, "--to", &to]);
    assert_eq!(code, Some(73));
    assert!(error.contains("is not empty"), "{error}");
    fs::write(&archive, b"no archive").unwrap();
    let (code, _, error) = yingbi(&["--lang", "en", "restore", &archive, "--to", &path("other")]);
    assert_eq!(code, Some(1));
    assert!(error.contains("is no whole backup"), "{error}");
    symlink("/etc/passwd", format!("{site}/key")).unwrap();
    let (code, _, error) = yingbi(&["--lang", "zh", "backup", &site, "-o", &archive]);
    assert_eq!(code, Some(1));
    assert!(error.contains("未备份"), "{error}");
}
