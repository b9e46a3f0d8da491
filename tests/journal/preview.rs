//! `yingbi preview` of the past draws what ran.

use std::{fs, path::Path, process::Output};

use yingbi::{frame::Frame, units::Tick, wall::Projector};

use super::{
    explain::{hall, stderr, text, yingbi},
    hall::{Hall, after},
};
use crate::support::site::Files;

fn preview(site: &Path, file: &Path, more: &[&str]) -> Output {
    let arguments = [&["preview", text(site), "-o", text(file)], more].concat();
    yingbi("en", &arguments)
}

/// The bytes of the picture in `file`.
fn picture(file: &Path) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(fs::read(file).unwrap()))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    bytes
}

fn seen(hall: &Hall, tick: Tick) -> Vec<u8> {
    hall.seen[&tick].bytes().to_vec()
}

#[test]
fn a_preview_of_yesterday_has_the_pixels_that_were_seen_and_says_whose_they_are() {
    let (site, hall) = hall();
    let file = hall.state.path().join("wall.png");
    for second in [30, 62, 80] {
        let at = format!("2024-05-15T10:{:02}:{:02}+08:00", second / 60, second % 60);
        let output = preview(site.path(), &file, &["--state", text(hall.state.path()), "--at", &at]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(picture(&file), seen(&hall, after(second)), "at {at}");
        assert!(
            stderr(&output).contains(", by the journal: programme "),
            "{}",
            stderr(&output)
        );
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    }
}

#[test]
fn a_film_of_yesterday_has_the_changes_that_came_in_it() {
    let (site, hall) = hall();
    let file = hall.state.path().join("wall.apng");
    let more = [
        "--state",
        text(hall.state.path()),
        "--at",
        "2024-05-15T10:00:58+08:00",
        "--for",
        "12s",
        "--fps",
        "10",
    ];
    let output = preview(site.path(), &file, &more);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    // Pictures that are the same are one, so they are compared as a row without repetitions.
    let mut expected: Vec<Vec<u8>> = (0..120).map(|tick| seen(&hall, Tick(after(58).0 + tick))).collect();
    expected.dedup();
    let played = crate::simulator::animation::play_apng(&fs::read(&file).unwrap());
    let mut drawn: Vec<Vec<u8>> = played.into_iter().map(|(picture, _)| picture).collect();
    drawn.dedup();
    assert!(expected.len() > 20, "it moves");
    assert!(drawn == expected, "{} pictures and {}", drawn.len(), expected.len());
}

#[test]
fn today_can_be_drawn_instead() {
    let (site, hall) = hall();
    let file = hall.state.path().join("wall.png");
    let output = preview(site.path(), &file, &["--today", "--at", "2024-05-15T10:00:30+08:00"]);
    assert_eq!(stderr(&output), "");
    let today = Files::plain().item("别的", "别的事项", "4s").wall();
    let mut projector = Projector::new(today, 0);
    let mut frame = Frame::new(projector.size());
    projector.paint(
        projector.rate().tick_at("2024-05-15T10:00:30+08:00".parse().unwrap()),
        &mut frame,
    );
    assert_eq!(picture(&file), frame.bytes());
}

#[test]
fn before_the_journal_begins_today_is_drawn_and_that_is_said() {
    let (site, hall) = hall();
    let file = hall.state.path().join("wall.png");
    let output = preview(
        site.path(),
        &file,
        &["--state", text(hall.state.path()), "--at", "2024-05-15 09:00"],
    );
    assert_eq!(
        stderr(&output),
        "2024-05-15 09:00:00, by today's files (the journal begins at 2024-05-15 10:00:00)\n"
    );
    assert_eq!(output.status.code(), Some(0));
}
