//! Every picture in order, at its time, and bit for bit as `ffmpeg` has it.

use std::time::Duration;

use yingbi::{
    media::film::{Colour, Matrix, Pixels, Turn},
    units::Size,
};

use super::{list, listed, open, video, whole};
use crate::support::videos::{number, number_rgb, trembling};

/// Times are rounded down to the nanosecond, here and there.
fn is_near(one: Duration, other: Duration) -> bool {
    one.abs_diff(other) <= Duration::from_nanos(2)
}

#[test]
fn every_picture_is_that_of_ffmpeg_at_its_time_and_bit_for_bit() {
    let names = listed();
    assert!(names.len() >= 24, "{names:?}");
    for name in names {
        let (about, kept) = whole(&name);
        let list = list(&name);
        assert_eq!(kept.len(), list.len(), "{name}");
        for (index, (kept, listed)) in kept.iter().zip(&list).enumerate() {
            assert!(
                is_near(kept.at, listed.at),
                "{name} {index}: {:?} {:?}",
                kept.at,
                listed.at
            );
            assert_eq!(kept.sum(), listed.sum, "{name} {index}");
        }
        let last = list.last().unwrap();
        let lasts = about.duration.unwrap();
        assert!(
            lasts.abs_diff(last.at + last.lasts) < Duration::from_millis(100),
            "{name} {lasts:?}"
        );
    }
}

#[test]
fn every_picture_says_that_it_is_the_next_one() {
    for name in listed() {
        let (about, kept) = whole(&name);
        let is_rgb = kept[0].pixels.len() == 3 * (about.size.width * about.size.height) as usize;
        let is_cut = name == "edited.mp4";
        // What is cut off of each picture was never seen.
        let (size, left, top) = match name.as_str() {
            "cropped.mp4" => (Size::new(160, 96), 4, 2),
            _ => (about.size, 0, 0),
        };
        for (index, kept) in (0..).zip(&kept) {
            // Where a part begins with the sixth picture, and at its end lacks some that were to be coded after the last one.
            let index = if is_cut {
                5 + (kept.at.as_millis() / 40) as u16
            } else {
                index
            };
            let light = |x: u32, y: u32| kept.pixels[((y - top) * about.size.width + x - left) as usize];
            let read = if is_rgb {
                number_rgb(size, &kept.pixels)
            } else {
                number(size, light)
            };
            assert_eq!(read, Some(index), "{name}");
        }
    }
}

#[test]
fn pictures_at_times_that_tremble_are_seen_at_those_times() {
    let (_, kept) = whole("trembling.mp4");
    for (number, kept) in (0..).zip(&kept) {
        let at = Duration::from_nanos(trembling(number) * 1_000_000_000 / 90_000);
        assert!(is_near(kept.at, at), "{number}: {:?} {at:?}", kept.at);
    }
    assert_eq!(kept.len(), 30);
}

#[test]
fn each_picture_lasts_until_the_next_one() {
    for name in listed() {
        let (about, kept) = whole(&name);
        for pair in kept.windows(2) {
            assert_eq!(pair[0].lasts, Some(pair[1].at - pair[0].at), "{name}");
        }
        let last = kept.last().unwrap();
        assert_eq!(about.duration, Some(last.at + last.lasts.unwrap_or_default()), "{name}");
    }
}

#[test]
fn a_video_says_how_it_is_turned_and_how_wide_its_pixels_are() {
    let about = |name: &str| whole(name).0;
    assert_eq!(about("high.mp4").turn, Turn::None);
    assert_eq!(about("turned-90.mov").turn, Turn::Quarter);
    assert_eq!(about("turned-180.mp4").turn, Turn::Half);
    assert_eq!(about("turned-270.mp4").turn, Turn::ThreeQuarters);
    assert_eq!(about("wide.mp4").aspect, (4, 3));
    assert_eq!(about("high.mp4").aspect, (1, 1));
    assert_eq!(about("odd.mp4").size, Size::new(118, 70));
    assert_eq!(about("cropped.mp4").size, Size::new(152, 86));
}

#[test]
fn a_video_says_what_it_is_and_whether_it_has_sound() {
    let about = |name: &str| whole(name).0;
    assert_eq!(about("high.mp4").codec, "H.264, MP4");
    assert_eq!(about("sound.mov").codec, "H.264, MOV");
    assert_eq!(about("telephone.3gp").codec, "H.264, 3GP");
    assert_eq!(about("moving.gif").codec, "GIF");
    assert!(about("sound.mov").has_sound && !about("high.mp4").has_sound);
}

#[test]
fn colours_are_those_that_the_video_names_and_else_those_of_its_size() {
    let colour = |name: &str| {
        let mut decoder = open(video(name)).unwrap();
        match decoder.next().unwrap().unwrap().pixels {
            Pixels::Yuv420 { colour, .. } => colour,
            Pixels::Rgb(_) => panic!("{name}"),
        }
    };
    let small = Colour {
        matrix: Matrix::Bt601,
        is_full: false,
    };
    let full = Colour {
        matrix: Matrix::Bt709,
        is_full: true,
    };
    assert_eq!(colour("high.mp4"), small);
    assert_eq!(colour("full-range.mp4"), full);
}
