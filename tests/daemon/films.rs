//! A video in the folder of a daemon, from its file to the wall, by the very child that makes its clips.

use std::{fs, path::Path, time::Instant};

use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{folder::journal::last_good, item::Video, media::Clips};

use super::{
    process::{Daemon, PATIENCE, READY},
    site,
};

const VIDEO: &[u8] = include_bytes!("../media/videos/baseline.mp4");
const PATH: &str = "items/notices/宣传片.mp4";

/// The video as it is in force.
fn kept(state: &Path, folder: &Path) -> Option<Video> {
    let file = last_good(state, folder).into_iter().find(|file| &*file.path == PATH)?;
    Video::read(&file.bytes.unwrap())
}

/// Waits until `is` is so.
fn until(what: &str, is: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn a_video_is_converted_by_the_daemon_plays_and_is_there_after_a_start() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    fs::write(folder.path().join(PATH), VIDEO).unwrap();
    daemon.says("converting a video");
    daemon.says("a video is converted");
    let in_force = || kept(state.path(), folder.path()).filter(|video| !video.takes.is_empty());
    until("the clip is part of the programme", || in_force().is_some());
    let video = in_force().unwrap();
    let clips = Clips::new(state.path());
    let clip = video.takes[0].clip;
    let made = fs::metadata(clips.path(clip)).unwrap().modified().unwrap();
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    // Nothing is made again.
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    assert_eq!(in_force().unwrap().takes, video.takes);
    // What somebody deletes is.
    let again = fs::metadata(clips.path(clip)).unwrap().modified().unwrap();
    assert_eq!(again, made);
    fs::remove_file(clips.path(clip)).unwrap();
    until("the clip is made again", || clips.take(clip).is_some());
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
