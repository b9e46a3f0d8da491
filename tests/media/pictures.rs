//! Pictures made plain in a child: what comes out, and what is refused in which words.
//!
//! `PICTURE_MUTANTS` asks for more pictures with a flipped bit than a few of each format.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use image::ImageFormat;
use yingbi::{
    diagnostic::Explain as _,
    item::Picture,
    media::{ChildFault, Limits, Task},
    units::Size,
};

use super::child;
use crate::support::pictures::{FORMATS, file, pixels, png_claiming, png_with_alpha, turned};

const LIMITS: Limits = Limits {
    memory: 1024,
    cpu: 20,
    wall: Duration::from_secs(60),
    answer: 8 << 20,
};

const SMALL: Size = Size::new(48, 24);

/// The plain form of a file for a wall of `bounds`.
pub(super) fn plain(bytes: &[u8], bounds: Size) -> Result<Picture, ChildFault> {
    plain_within(bytes, bounds, LIMITS.memory)
}

/// The same with so many MiB.
pub(super) fn plain_within(bytes: &[u8], bounds: Size, memory: u32) -> Result<Picture, ChildFault> {
    let settings = [bounds.width.to_le_bytes(), bounds.height.to_le_bytes()].concat();
    let limits = Limits { memory, ..LIMITS };
    let answer: Arc<[u8]> = child().run(Task::Picture, &settings, bytes, &limits)?.into();
    Ok(Picture::read(&answer).expect("an answer is a picture"))
}

/// The words in which it is refused.
pub(super) fn refusal(bytes: &[u8]) -> String {
    let fault = plain(bytes, SMALL).unwrap_err();
    let ChildFault::Refused { message, help } = &fault else {
        panic!("{fault}")
    };
    assert!(!fault.chinese().is_ascii() && !help.zh.is_ascii() && !help.en.is_empty());
    message.en.clone()
}

#[test]
fn each_format_comes_out_as_its_pixels() {
    for (name, format) in FORMATS {
        let source = pixels(SMALL);
        let picture = plain(&file(format, SMALL, &source), Size::new(256, 96)).unwrap();
        assert_eq!((picture.size(), picture.original()), (SMALL, SMALL), "{name}");
        match format {
            ImageFormat::Jpeg => {
                let near = source.iter().zip(picture.pixels());
                let wrong = near.filter(|(a, b)| a.abs_diff(**b) > 80).count();
                assert!(wrong < source.len() / 10, "{wrong} of {}", source.len());
            }
            _ => assert!(picture.pixels() == source, "{name}"),
        }
    }
}

#[test]
fn a_picture_is_made_as_small_as_covers_the_wall_and_keeps_its_proportions() {
    let size = Size::new(1200, 300);
    let photo = file(ImageFormat::Png, size, &pixels(size));
    let picture = plain(&photo, Size::new(256, 96)).unwrap();
    assert_eq!((picture.size(), picture.original()), (Size::new(384, 96), size));
    let picture = plain(&photo, Size::new(4000, 4000)).unwrap();
    assert_eq!(picture.size(), size);
}

#[test]
fn a_picture_is_turned_as_its_camera_was_held() {
    // Red left, black right.
    let size = Size::new(32, 16);
    let row = [[255, 0, 0].repeat(16), [0, 0, 0].repeat(16)].concat();
    let jpeg = file(ImageFormat::Jpeg, size, &row.repeat(16));
    let is_red =
        |picture: &Picture, x: usize, y: usize| picture.pixels()[(y * picture.size().width as usize + x) * 3] > 128;
    // As it lies; turned by half; to the right; to the left.
    for (orientation, turned_size, red, black) in [
        (1, size, (2, 2), (29, 2)),
        (3, size, (29, 2), (2, 2)),
        (6, Size::new(16, 32), (2, 2), (2, 29)),
        (8, Size::new(16, 32), (2, 29), (2, 2)),
    ] {
        let picture = plain(&turned(&jpeg, orientation), Size::new(64, 64)).unwrap();
        assert_eq!(
            (picture.size(), picture.original()),
            (turned_size, turned_size),
            "{orientation}"
        );
        assert!(
            is_red(&picture, red.0, red.1) && !is_red(&picture, black.0, black.1),
            "{orientation}"
        );
    }
}

#[test]
fn what_is_not_opaque_lies_over_black() {
    let picture = plain(
        &png_with_alpha(
            Size::new(3, 1),
            &[200, 100, 50, 255, 200, 100, 50, 0, 255, 255, 255, 128],
        ),
        SMALL,
    );
    let picture = picture.unwrap();
    assert_eq!(picture.pixels()[..6], [200, 100, 50, 0, 0, 0]);
    // Half the light is more than half the number.
    assert_eq!(picture.pixels()[6..], [188, 188, 188]);
}

#[test]
fn a_picture_that_is_cut_off_anywhere_is_refused() {
    // Fault 24, 26: the decoder gets halves.
    for (name, format) in FORMATS {
        let whole = file(format, SMALL, &pixels(SMALL));
        for part in 0..20 {
            let cut = &whole[..whole.len() * part / 20];
            let words = refusal(cut);
            assert!(
                words.contains("end is missing") || part < 2,
                "{name}, {part} of 20: {words}"
            );
        }
    }
}

#[test]
fn a_picture_of_more_pixels_than_can_be_decoded_is_refused_at_once() {
    // Fault 24.
    let words = refusal(&png_claiming(30_000, 30_000));
    assert_eq!(
        words,
        "the picture has 30000 x 30000 pixels; at most 64 million are read"
    );
    let mut jpeg = file(ImageFormat::Jpeg, SMALL, &pixels(SMALL));
    let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert!(refusal(&jpeg).contains("65535 x 65535"));
    let small = |format| file(format, SMALL, &pixels(SMALL));
    let mut gif = small(ImageFormat::Gif);
    gif[6..10].fill(0xFF);
    assert!(refusal(&gif).contains("65535 x 65535"));
    let mut bmp = small(ImageFormat::Bmp);
    for side in [18..22, 22..26] {
        bmp[side].copy_from_slice(&30_000_u32.to_le_bytes());
    }
    assert!(refusal(&bmp).contains("30000 x 30000"));
    let mut webp = small(ImageFormat::WebP);
    assert_eq!(&webp[12..16], b"VP8L");
    // Fourteen bits of width and of height, each less one.
    webp[21..24].fill(0xFF);
    webp[24] |= 0x0F;
    assert!(!refusal(&webp).is_empty());
}

#[test]
fn what_is_no_picture_is_told_by_what_it_is() {
    // Fault 68.
    let cases: [(&[u8], &str); 8] = [
        (b"", "empty"),
        (&[0; 5000], "nothing but zeros, as files are whose copying broke off"),
        ("关于放假的通知".as_bytes(), "a text"),
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "in the format HEIC, which only telephones read",
        ),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "a video"),
        (b"%PDF-1.7\n\xe2\xe3\0", "a PDF"),
        (b"PK\x03\x04\0\0", "an office document or an archive"),
        (b"\x7fELF\x02\x01\x01\0\0", "of no format that is known here"),
    ];
    for (bytes, found) in cases {
        assert_eq!(refusal(bytes), format!("the file is no picture: it is {found}"));
    }
}

#[test]
fn nothing_of_the_file_itself_reaches_the_wall() {
    // Fault 68: what hangs on behind a picture, or is said in it, is not in its plain form.
    let png = file(ImageFormat::Png, SMALL, &pixels(SMALL));
    let polyglot = [&png[..], b"<?php system($_GET[0]); ?>PK\x03\x04"].concat();
    let (clean, of_both) = (plain(&png, SMALL).unwrap(), plain(&polyglot, SMALL).unwrap());
    assert_eq!(clean.digest(), of_both.digest());
}

#[test]
fn pictures_with_a_flipped_bit_never_disturb_the_parent() {
    // Fault 24, 26.
    let asked = std::env::var("PICTURE_MUTANTS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: usize = asked.unwrap_or(60);
    let begin = Instant::now();
    for (name, format) in FORMATS {
        let whole = file(format, SMALL, &pixels(SMALL));
        let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
        for number in 0..count {
            let mut bytes = whole.clone();
            // Spread over the file by the golden section.
            let bit = (number as f64 * 0.618_033_988_75).fract() * (bytes.len() * 8) as f64;
            bytes[bit as usize / 8] ^= 1 << (bit as usize % 8);
            let end = match plain(&bytes, SMALL) {
                Ok(_) => "a picture",
                Err(fault) => {
                    assert!(!fault.chinese().is_ascii() && !fault.help().zh.is_empty());
                    match fault {
                        ChildFault::Refused { .. } => "refused",
                        ChildFault::Failed { .. } | ChildFault::Crashed { .. } => "brought its reader down",
                        ChildFault::Memory { .. } | ChildFault::Cpu { .. } => "wanted too much",
                        fault => panic!("{name} {number}: {fault}"),
                    }
                }
            };
            *ends.entry(end).or_default() += 1;
        }
        if asked.is_some() {
            use std::io::Write as _;
            writeln!(std::io::stderr(), "{name}: {ends:?} after {:?}", begin.elapsed()).unwrap();
        }
        assert_eq!(ends.values().sum::<usize>(), count);
    }
    assert!(plain(&file(ImageFormat::Png, SMALL, &pixels(SMALL)), SMALL).is_ok());
}

#[test]
fn a_dark_drawing_that_is_not_opaque_lies_over_white_and_a_light_one_over_black() {
    let drawing = |ink: u8| {
        let pixels = [[ink, ink, ink, 255], [0, 0, 0, 0], [ink, ink, ink, 128]].concat();
        plain(&png_with_alpha(Size::new(3, 1), &pixels), SMALL)
            .unwrap()
            .pixels()
            .to_vec()
    };
    let dark = drawing(20);
    assert_eq!((dark[0], dark[3]), (20, 255));
    assert!(dark[6] > 100, "half of it is white: {}", dark[6]);
    let light = drawing(60);
    assert_eq!((light[0], light[3]), (60, 0));
    // What is opaque all over stays as it is.
    let opaque = [[5, 5, 5, 255], [5, 5, 5, 255]].concat();
    assert_eq!(
        plain(&png_with_alpha(Size::new(2, 1), &opaque), SMALL)
            .unwrap()
            .pixels(),
        [5; 6]
    );
}
