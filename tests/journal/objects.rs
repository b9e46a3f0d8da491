//! The objects: every accepted programme is kept whole, or said to be missing.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain as _,
    folder::journal::{Archive, Bounds, Journal, JournalFault},
    units::Digest,
    wall::{Library, Manifest},
};

use super::hall::{after, files, instant};
use crate::support::site::Files;

fn accept(folder: &Path, files: &Files) -> (Digest, Result<(), JournalFault>) {
    let mut journal = Journal::new(folder, Bounds::default());
    let kept = files.library().kept();
    let digest = Manifest::of(&kept).digest();
    journal.accept(instant(after(0)), kept);
    (digest, journal.sync(instant(after(0))))
}

fn object(folder: &Path, digest: Digest) -> PathBuf {
    let hex = digest.to_string();
    folder.join("objects").join(&hex[..2]).join(&hex[2..])
}

fn list(folder: &Path, digest: Digest) -> PathBuf {
    object(folder, digest).with_extension("json")
}

fn read(folder: &Path) -> Archive {
    Archive::read(folder).unwrap().unwrap()
}

#[test]
fn a_programme_comes_back_file_by_file_and_makes_the_same_wall() {
    let folder = TempDir::new().unwrap();
    let (digest, kept) = accept(folder.path(), &files());
    kept.unwrap();
    let back = read(folder.path()).files(digest).unwrap();
    assert_eq!(back, files().sources());
    let library = Library::default().accept(&back);
    assert_eq!(library.wall().unwrap().digest(), digest);
    assert_eq!(read(folder.path()).current(), Some(digest));
}

#[test]
fn the_largest_picture_comes_back_as_it_was_shown() {
    let folder = TempDir::new().unwrap();
    let size = Size::new(1920, yingbi::item::PICTURE_PIXELS / 1920);
    let plain = yingbi::item::Picture::write(size, size, &crate::support::pictures::pixels(size));
    let files = Files::plain().with("items/通知/a.png", plain);
    let (digest, kept) = accept(folder.path(), &files);
    kept.unwrap();
    assert_eq!(read(folder.path()).files(digest).unwrap(), files.sources());
}

#[test]
fn objects_are_named_by_what_sha256sum_prints_and_lists_can_be_read_by_a_person() {
    let folder = TempDir::new().unwrap();
    let (digest, _) = accept(folder.path(), &files());
    let site = Digest::of(super::hall::SITE.as_bytes());
    assert_eq!(
        fs::read_to_string(object(folder.path(), site)).unwrap(),
        super::hall::SITE
    );
    let text = fs::read_to_string(list(folder.path(), digest)).unwrap();
    assert!(text.contains(&format!("\"site.toml\": \"{site}\"")), "{text}");
}

/// A site of forty items, the `number`-th time that it is changed.
fn large(number: usize) -> Files {
    let name = |item: usize| format!("{item:02}");
    let all = (0..40).fold(files(), |files, item| files.item(&name(item), &name(item), "4s"));
    let changed = all.item(&name(number % 40), &format!("第{number}次"), "4s");
    match number % 10 {
        9 => changed.without(&format!("items/通知/{}.md", name(7))),
        _ => changed,
    }
}

#[test]
fn a_change_of_one_file_of_many_takes_little_room_and_every_programme_comes_back() {
    let folder = TempDir::new().unwrap();
    let mut journal = Journal::new(folder.path(), Bounds::default());
    let mut digests = Vec::new();
    for number in 0..120 {
        let kept = large(number).library().kept();
        digests.push(Manifest::of(&kept).digest());
        journal.accept(instant(after(0)), kept);
    }
    journal.sync(instant(after(0))).unwrap();
    let archive = read(folder.path());
    for (number, digest) in digests.iter().enumerate() {
        assert_eq!(
            archive.files(*digest).unwrap(),
            large(number).sources(),
            "the {number}th"
        );
    }
    let sizes = digests
        .iter()
        .map(|digest| fs::metadata(list(folder.path(), *digest)).unwrap().len());
    let sizes: Vec<u64> = sizes.collect();
    let whole = sizes[0];
    // Two more are whole, since lists do not stand higher than fifty upon each other.
    assert_eq!(sizes.iter().filter(|size| **size == whole).count(), 3, "{sizes:?}");
    assert!(
        sizes.iter().filter(|size| **size < whole / 5).count() == 117,
        "{sizes:?}"
    );
    // A sweep leaves what they stand upon.
    journal.compact(instant(after(1))).unwrap();
    assert!(digests.iter().all(|digest| archive.files(*digest).is_ok()));
    // What stands upon a list that is gone is gone with it, and says so.
    fs::remove_file(list(folder.path(), digests[0])).unwrap();
    assert_eq!(
        archive.files(digests[3]).unwrap_err(),
        JournalFault::NoProgramme(digests[3])
    );
    assert!(archive.files(digests[119]).is_ok());
    let kept = large(200).library().kept();
    let next = Manifest::of(&kept).digest();
    journal.accept(instant(after(2)), kept);
    assert!(archive.files(next).is_ok());
}

#[test]
fn the_next_daemon_goes_on_from_the_programme_that_is_there() {
    let folder = TempDir::new().unwrap();
    accept(folder.path(), &large(0)).1.unwrap();
    let mut journal = Journal::new(folder.path(), Bounds::default());
    for number in [0, 1] {
        journal.accept(instant(after(0)), large(number).library().kept());
    }
    journal.sync(instant(after(0))).unwrap();
    let second = Manifest::of(&large(1).library().kept()).digest();
    let text = fs::read_to_string(list(folder.path(), second)).unwrap();
    assert!(text.contains("\"base\""), "{text}");
    assert_eq!(read(folder.path()).files(second).unwrap(), large(1).sources());
}

// Fault 21.
#[test]
fn of_a_bad_file_the_good_version_is_kept_and_not_the_newest() {
    let folder = TempDir::new().unwrap();
    let good = files();
    let library = good.library();
    let library = library.accept(&good.with("items/通知/甲.md", "+++\ntitel = 1\n+++\n").sources());
    let mut journal = Journal::new(folder.path(), Bounds::default());
    journal.accept(instant(after(0)), library.kept());
    journal.sync(instant(after(0))).unwrap();
    let back = read(folder.path()).files(library.wall().unwrap().digest()).unwrap();
    assert_eq!(back, files().sources());
}

#[test]
fn files_that_two_programmes_share_are_kept_once() {
    let folder = TempDir::new().unwrap();
    accept(folder.path(), &files()).1.unwrap();
    accept(folder.path(), &files().item("丙", "丙", "4s")).1.unwrap();
    let mut names = 0;
    for entry in fs::read_dir(folder.path().join("objects")).unwrap() {
        names += fs::read_dir(entry.unwrap().path()).unwrap().count();
    }
    // Five files and their list; one more file and another list.
    assert_eq!(names, 8);
}

// Fault 19.
#[test]
fn what_is_missing_or_damaged_is_named() {
    let folder = TempDir::new().unwrap();
    let (digest, _) = accept(folder.path(), &files());
    let item = files().sources()[1].clone();
    let place = object(folder.path(), item.digest);
    let whole = fs::read(&place).unwrap();
    let expected = JournalFault::NoFile {
        programme: digest,
        path: item.path.clone(),
    };
    for bytes in [&whole[..whole.len() / 2], &[], &[&whole[..], b"\n"].concat()] {
        fs::write(&place, bytes).unwrap();
        assert_eq!(read(folder.path()).files(digest).unwrap_err(), expected);
    }
    fs::remove_file(&place).unwrap();
    assert_eq!(read(folder.path()).files(digest).unwrap_err(), expected);
    assert_eq!(
        expected.to_string(),
        format!(
            "{} of the programme {} is missing from the state folder, or damaged there",
            item.path,
            digest.short()
        )
    );
    assert_eq!(
        expected.chinese(),
        format!("节目 {} 的 {} 在状态文件夹中缺失或已损坏", digest.short(), item.path)
    );
    fs::write(list(folder.path(), digest), "{}").unwrap();
    let none = read(folder.path()).files(digest).unwrap_err();
    assert_eq!(none, JournalFault::NoProgramme(digest));
    assert_eq!(
        none.to_string(),
        format!("the files of the programme {} are no longer kept", digest.short())
    );
}

// Fault 15.
#[test]
fn a_file_cut_off_by_a_power_cut_is_put_there_again_and_its_leftover_does_no_harm() {
    let folder = TempDir::new().unwrap();
    let (digest, _) = accept(folder.path(), &files());
    for source in files().sources() {
        let place = object(folder.path(), source.digest);
        fs::write(&place, "").unwrap();
        fs::write(place.with_extension("new"), "half").unwrap();
    }
    fs::remove_file(list(folder.path(), digest)).unwrap();
    accept(folder.path(), &files()).1.unwrap();
    assert_eq!(read(folder.path()).files(digest).unwrap(), files().sources());
}

// Fault 18.
#[test]
fn a_store_that_cannot_be_written_is_one_fault_the_record_is_kept_and_it_is_tried_again() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("objects"), "in the way").unwrap();
    let mut journal = Journal::new(folder.path(), Bounds::default());
    let kept = files().library().kept();
    let digest = Manifest::of(&kept).digest();
    journal.accept(instant(after(0)), kept);
    let faults: Vec<String> = (0..3)
        .map(|second| journal.sync(instant(after(second))).unwrap_err().to_string())
        .collect();
    assert!(faults.iter().all(|fault| *fault == faults[0]), "{faults:?}");
    assert!(
        faults[0].starts_with("what happens cannot be recorded: "),
        "{}",
        faults[0]
    );
    assert_eq!(read(folder.path()).records.len(), 1, "which programme it was is known");
    fs::remove_file(folder.path().join("objects")).unwrap();
    journal.sync(instant(after(9))).unwrap();
    assert_eq!(read(folder.path()).files(digest).unwrap(), files().sources());
}
