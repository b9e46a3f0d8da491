//! Whether a file is all there: a copy under way is not.

use std::{fs, io::Cursor};

use yingbi::media::film::{Container, is_whole, moves};

use super::{folder, named, video};
use crate::support::pictures::FORMATS;

fn is(container: Container, bytes: &[u8]) -> Option<bool> {
    is_whole(container, &mut Cursor::new(bytes)).unwrap()
}

#[test]
fn every_video_is_whole() {
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".list") || name.ends_with(".md") {
            continue;
        }
        let container = named(&name);
        assert_eq!(is(container, &video(&name)), Some(true), "{name}");
        assert!(moves(container, &mut Cursor::new(video(&name))).unwrap(), "{name}");
    }
}

#[test]
fn a_part_of_a_video_is_not_whole_wherever_it_is_cut() {
    for name in [
        "high.mp4",
        "faststart.mp4",
        "sound.mov",
        "vp9.webm",
        "mpeg4.avi",
        "moving.gif",
        "moving.png",
        "moving.webp",
    ] {
        let bytes = video(name);
        for percent in 0..100 {
            let part = &bytes[..bytes.len() * percent / 100];
            assert_eq!(is(named(name), part), Some(false), "{name} at {percent} %");
        }
        // The last byte matters, but for what only fills up.
        assert_eq!(is(named(name), &bytes[..bytes.len() - 1]), Some(false), "{name}");
    }
}

#[test]
fn what_is_copied_in_place_of_zeros_is_not_whole() {
    // As some programs copy: the whole length first, and then the bytes.
    let mut bytes = video("high.mp4");
    let half = bytes.len() / 2;
    bytes[half..].fill(0);
    assert_eq!(is(Container::Mov, &bytes), Some(false));
}

#[test]
fn a_recording_that_does_not_know_its_length_does_not_tell() {
    let mut segment = vec![0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01];
    segment.extend([0xFF; 7]);
    segment.extend([0; 40]);
    assert_eq!(is(Container::Matroska, &segment), None);
    for container in [
        Container::Flv,
        Container::MpegTs,
        Container::MpegPs,
        Container::MpegVideo,
    ] {
        assert_eq!(is(container, b"anything"), None);
    }
}

#[test]
fn asf_ends_where_its_data_do() {
    let object = |first: [u8; 4], length: u64| {
        let mut object = first.to_vec();
        object.extend([0; 12]);
        object.extend(length.to_le_bytes());
        object.resize(length as usize, 7);
        object
    };
    let file = [
        object([0x30, 0x26, 0xB2, 0x75], 100),
        object([0x36, 0x26, 0xB2, 0x75], 900),
    ]
    .concat();
    assert_eq!(is(Container::Asf, &file), Some(true));
    for length in 0..file.len() {
        assert_eq!(is(Container::Asf, &file[..length]), Some(false), "{length}");
    }
}

#[test]
fn a_picture_that_does_not_move_is_no_film() {
    let size = yingbi::units::Size::new(20, 10);
    let pixels = crate::support::pictures::pixels(size);
    for (name, format) in FORMATS {
        let container = match name {
            "gif" => Container::Gif,
            "png" => Container::Png,
            "webp" => Container::WebP,
            _ => continue,
        };
        let bytes = crate::support::pictures::file(format, size, &pixels);
        assert!(!moves(container, &mut Cursor::new(&bytes)).unwrap(), "{name}");
        assert_eq!(is(container, &bytes), Some(true), "{name}");
    }
}
