//! Pictures and sheets in the folder of a daemon: they come, they go bad, they are there after a start.

use std::{fs, path::Path, time::Instant};

use image::ImageFormat;
use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{folder::journal::last_good, units::Size, wall::SourceFile};

use super::{
    process::{Daemon, PATIENCE, READY},
    site,
};
use crate::support::pictures::{file, pixels};

const SIZE: Size = Size::new(48, 24);

/// What is in force of that file, by what the daemon keeps; `None` where nothing is.
fn kept(state: &Path, folder: &Path, path: &str) -> Option<SourceFile> {
    last_good(state, folder).into_iter().find(|file| &*file.path == path)
}

/// Waits until `is` is so.
fn until(is: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is() {
        assert!(Instant::now() < deadline, "it never was so");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn a_picture_that_is_dropped_plays_and_half_of_one_does_not() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let place = folder.path().join("items/notices/照片.jpg");
    let photo = file(ImageFormat::Jpeg, SIZE, &pixels(SIZE));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    fs::write(&place, &photo).unwrap();
    let in_force = || kept(state.path(), folder.path(), "items/notices/照片.jpg");
    until(|| in_force().is_some());
    let first = in_force().unwrap();
    // Fault 24: the newest version is half of one; a text is not held up by it.
    fs::write(&place, &photo[..photo.len() / 2]).unwrap();
    daemon.says("照片.jpg: the picture is not whole: its end is missing");
    site::write(folder.path(), "items/notices/c.md", "停水通知\n\n今晚停水。\n");
    until(|| kept(state.path(), folder.path(), "items/notices/c.md").is_some());
    assert_eq!(in_force(), Some(first.clone()));
    // After a start the last good version is there at once, and the half one is told again.
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    assert_eq!(in_force(), Some(first));
    daemon.says("照片.jpg: the picture is not whole: its end is missing");
    // Taken away it is gone.
    fs::remove_file(&place).unwrap();
    until(|| in_force().is_none());
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
