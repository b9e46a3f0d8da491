//! GIF, WebP and APNG that move: each picture as browsers show it, and as long.

use std::{borrow::Cow, io::Cursor, time::Duration};

use gif::{DisposalMethod, Encoder, Frame};
use image::{DynamicImage, ImageFormat, RgbaImage};
use yingbi::{
    media::film::{FilmFault, Found},
    units::Size,
};

use super::{Kept, SMALL, open, pictures, video, whole};
use crate::support::videos::picture;

const RED: [u8; 3] = [255, 0, 0];
const BLUE: [u8; 3] = [0, 0, 255];
const GREEN: [u8; 3] = [0, 255, 0];
const WHITE: [u8; 3] = [255, 255, 255];
const BLACK: [u8; 3] = [0, 0, 0];
const CLEAR: u8 = 4;

/// A picture of a GIF: where it lies, its colours by number, what becomes of it, and for how many hundredths it is seen.
fn frame(at: [u16; 4], colours: &'static [u8], dispose: DisposalMethod, delay: u16) -> Frame<'static> {
    let [left, top, width, height] = at;
    Frame {
        left,
        top,
        width,
        height,
        dispose,
        delay,
        transparent: Some(CLEAR),
        buffer: Cow::Borrowed(colours),
        ..Frame::default()
    }
}

fn gif(width: u16, height: u16, frames: &[Frame<'_>]) -> Vec<u8> {
    let palette = [RED, BLUE, GREEN, WHITE, BLACK].concat();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height, &palette).unwrap();
    frames.iter().for_each(|frame| encoder.write_frame(frame).unwrap());
    drop(encoder);
    bytes
}

fn played(bytes: Vec<u8>) -> Vec<Kept> {
    let (kept, end) = pictures(&mut *open(bytes).unwrap());
    end.unwrap();
    kept
}

#[test]
fn a_gif_leaves_clears_and_restores_what_was_before() {
    use DisposalMethod::{Background, Keep, Previous};
    let kept = played(gif(
        4,
        2,
        &[
            frame([0, 0, 4, 2], &[0; 8], Keep, 0),
            frame([1, 0, 2, 1], &[1, 1], Background, 1),
            frame([0, 1, 2, 1], &[2, CLEAR], Previous, 5),
            frame([3, 1, 1, 1], &[3], Keep, 20),
        ],
    ));
    let expected = [
        [[RED, RED, RED, RED], [RED, RED, RED, RED]],
        [[RED, BLUE, BLUE, RED], [RED, RED, RED, RED]],
        [[RED, BLACK, BLACK, RED], [GREEN, RED, RED, RED]],
        [[RED, BLACK, BLACK, RED], [RED, RED, RED, WHITE]],
    ];
    for (kept, expected) in kept.iter().zip(expected) {
        assert_eq!(kept.pixels, expected.concat().concat());
    }
    // Who asks for no time, or next to none, gets a tenth of a second.
    let times: Vec<u128> = kept.iter().map(|kept| kept.lasts.unwrap().as_millis()).collect();
    assert_eq!(times, [100, 100, 50, 200]);
    let at: Vec<u128> = kept.iter().map(|kept| kept.at.as_millis()).collect();
    assert_eq!(at, [0, 100, 200, 250]);
}

/// The decoder of WebP lays one over the other with a last bit that is not always right.
fn is_near(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= 1)
}

#[test]
fn webp_and_apng_without_loss_are_the_pictures_that_went_in() {
    for name in ["moving.webp", "moving.png"] {
        let (about, kept) = whole(name);
        assert_eq!((about.size, kept.len()), (SMALL, 12), "{name}");
        for (number, kept) in (0..).zip(&kept) {
            assert!(is_near(&kept.pixels, &picture(SMALL, number)), "{name} {number}");
            assert_eq!(
                kept.at,
                Duration::from_millis(40 * u64::from(number)),
                "{name} {number}"
            );
        }
        assert_eq!(about.duration, Some(Duration::from_millis(480)), "{name}");
    }
}

/// A picture of a WebP: where it lies (even numbers), its size, its colour and how opaque it is, and the flags of what becomes of it.
fn anmf(at: [u8; 2], size: [u32; 2], colour: [u8; 4], flags: u8) -> Vec<u8> {
    let image = DynamicImage::ImageRgba8(RgbaImage::from_pixel(size[0], size[1], image::Rgba(colour)));
    let mut still = Cursor::new(Vec::new());
    image.write_to(&mut still, ImageFormat::WebP).unwrap();
    let mut body = vec![
        at[0] / 2,
        0,
        0,
        at[1] / 2,
        0,
        0,
        (size[0] - 1) as u8,
        0,
        0,
        (size[1] - 1) as u8,
        0,
        0,
    ];
    body.extend([70, 0, 0, flags]);
    // What is in the still one, after its head.
    body.extend(&still.into_inner()[12..]);
    chunk(b"ANMF", &body)
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = [kind.as_slice(), &(body.len() as u32).to_le_bytes(), body].concat();
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

#[test]
fn a_webp_clears_to_nothing_whatever_ground_it_asks_for() {
    const CLEARS: u8 = 1;
    const REPLACES: u8 = 2;
    let head = chunk(b"VP8X", &[0x12, 0, 0, 0, 3, 0, 0, 1, 0, 0]);
    // It asks for white.
    let body = [
        b"WEBP".to_vec(),
        head,
        chunk(b"ANIM", &[255, 255, 255, 255, 0, 0]),
        anmf([0, 0], [4, 2], [255, 0, 0, 255], REPLACES),
        anmf([2, 0], [2, 2], [0, 0, 255, 255], CLEARS),
        anmf([0, 0], [1, 1], [0, 255, 0, 255], 0),
        anmf([0, 0], [4, 1], [0, 255, 0, 0], REPLACES),
    ]
    .concat();
    let kept = played(chunk(b"RIFF", &body));
    let expected = [
        [[RED, RED, RED, RED], [RED, RED, RED, RED]],
        [[RED, RED, BLUE, BLUE], [RED, RED, BLUE, BLUE]],
        [[GREEN, RED, BLACK, BLACK], [RED, RED, BLACK, BLACK]],
        [[BLACK, BLACK, BLACK, BLACK], [RED, RED, BLACK, BLACK]],
    ];
    assert_eq!(kept.len(), 4);
    for (kept, expected) in kept.iter().zip(expected) {
        assert!(is_near(&kept.pixels, &expected.concat().concat()));
        assert_eq!(kept.lasts, Some(Duration::from_millis(70)));
    }
}

#[test]
fn a_picture_that_does_not_move_is_no_video() {
    let still = gif(2, 1, &[frame([0, 0, 2, 1], &[0, 1], DisposalMethod::Keep, 10)]);
    let fault = open(still).err().unwrap();
    assert_eq!(fault, FilmFault::NoVideo { found: Found::Picture });
}

#[test]
fn bombs_are_refused_before_memory_is_taken_for_them() {
    let dot = || frame([0, 0, 1, 1], &[0], DisposalMethod::Keep, 10);
    let size = Size::new(16_384, 8640);
    assert_eq!(
        open(gif(16_384, 8640, &[dot(), dot()])).err(),
        Some(FilmFault::TooLarge { size })
    );
    // A few bytes a picture, and each as large as the screen of a cinema.
    let many: Vec<_> = (0..5000).map(|_| dot()).collect();
    assert!(matches!(
        open(gif(4000, 2000, &many)).err(),
        Some(FilmFault::TooLarge { .. })
    ));
    let long = || frame([0, 0, 1, 1], &[0], DisposalMethod::Keep, u16::MAX);
    assert!(matches!(
        open(gif(1, 1, &[long(), long()])).err(),
        Some(FilmFault::TooLong { .. })
    ));
}

#[test]
fn a_part_of_an_animation_is_cut() {
    for name in ["moving.gif", "moving.png", "moving.webp"] {
        let bytes = video(name);
        for percent in 30..100 {
            let part = bytes[..bytes.len() * percent / 100].to_vec();
            assert_eq!(open(part).err(), Some(FilmFault::Cut), "{name} at {percent} %");
        }
    }
}
