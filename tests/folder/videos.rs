//! Videos are glanced at by the scan, and opened by whoever works on them.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    os::unix::fs::symlink,
};

use yingbi::{
    folder::{Since, VIDEO_FILE_LIMIT, open, scan},
    wall::ReadFault,
};

use super::scan::{site, write};

const PATH: &str = "items/通知/a.mp4";

#[test]
fn a_video_is_no_more_than_glanced_at_however_large_it_is() {
    let site = site(&[("items/通知/甲.txt", "甲")]);
    let place = site.path().join(PATH);
    // As large as may be, and not a byte of it on the disk.
    File::create(&place).unwrap().set_len(VIDEO_FILE_LIMIT).unwrap();
    let scanned = scan(site.path()).unwrap();
    let file = scanned.files.iter().find(|file| &*file.path == PATH).unwrap();
    // It ends in zeros, as what is still being copied does.
    assert_eq!(file.bytes, Err(ReadFault::Waiting { is_hollow: true }));
    File::create(&place).unwrap().set_len(VIDEO_FILE_LIMIT + 1).unwrap();
    let scanned = scan(site.path()).unwrap();
    let file = scanned.files.iter().find(|file| &*file.path == PATH).unwrap();
    assert!(matches!(file.bytes, Err(ReadFault::TooLarge { .. })));
}

#[test]
fn what_was_opened_says_what_has_become_of_it() {
    let site = site(&[(PATH, "video")]);
    let version = scan(site.path())
        .unwrap()
        .files
        .iter()
        .find(|file| &*file.path == PATH)
        .unwrap()
        .digest;
    let opened = open(site.path(), PATH).unwrap().unwrap();
    assert!(opened.is(version) && opened.length() == 5 && !opened.is_hollow());
    assert_eq!(opened.since(), Since::Same);
    let mut read = String::new();
    (&opened.file).read_to_string(&mut read).unwrap();
    assert_eq!(read, "video");
    assert!((&opened.file).write_all(b"x").is_err());
    write(site.path(), PATH, "another");
    assert_eq!(opened.since(), Since::Changed);
    fs::remove_file(site.path().join(PATH)).unwrap();
    assert_eq!(opened.since(), Since::Gone);
    assert!(open(site.path(), PATH).unwrap().is_none());
}

#[test]
fn another_file_under_the_same_name_is_a_change() {
    let site = site(&[(PATH, "video")]);
    let opened = open(site.path(), PATH).unwrap().unwrap();
    write(site.path(), "beside", "video");
    fs::rename(site.path().join("beside"), site.path().join(PATH)).unwrap();
    assert_eq!(opened.since(), Since::Changed);
}

#[test]
fn no_link_leads_out_of_the_site() {
    let site = site(&[("items/通知/甲.txt", "甲")]);
    symlink("/etc/hostname", site.path().join(PATH)).unwrap();
    assert!(matches!(open(site.path(), PATH), Err(ReadFault::Outside(_))));
    fs::remove_file(site.path().join(PATH)).unwrap();
    fs::create_dir(site.path().join(PATH)).unwrap();
    assert!(matches!(open(site.path(), PATH), Err(ReadFault::NoFile)));
}
