//! Every form in which programs write pictures, from files that others wrote (see `forms/make.py`), and what may not be decoded.

use std::{fs, path::Path};

use yingbi::{item::Picture, media::ChildFault, units::Size};

use super::pictures::{plain, refusal};
use crate::support::pictures::{file, pixels, turned};

const SMALL: Size = Size::new(48, 24);
/// The colours of the four quarters of pictures that lose detail.
const FLAT: [[u8; 3]; 4] = [[200, 40, 40], [40, 160, 60], [50, 70, 200], [230, 220, 120]];

fn form(name: &str) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/media/forms")
        .join(name);
    plain(&fs::read(path).unwrap(), Size::new(256, 96)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let at = (y * picture.size().width + x) as usize * 3;
    picture.pixels()[at..at + 3].try_into().unwrap()
}

/// Holds every pixel to what `expected` says.
fn compare(name: &str, expected: impl Fn(u32, u32, [u8; 3]) -> [u8; 3]) {
    let (picture, source) = (form(name), pixels(SMALL));
    assert_eq!(picture.size(), SMALL, "{name}");
    for (at, meant) in source.as_chunks::<3>().0.iter().enumerate() {
        let (x, y) = (at as u32 % SMALL.width, at as u32 / SMALL.width);
        assert_eq!(pixel(&picture, x, y), expected(x, y, *meant), "{name} at {x}, {y}");
    }
}

#[test]
fn pictures_that_lose_nothing_come_out_as_their_pixels() {
    for name in [
        "rgb16.png",
        "interlaced.png",
        "interlaced16.png",
        "palette.png",
        "palette-interlaced.png",
        "rgb.bmp",
        "palette.bmp",
        "lossless.webp",
        "interlaced.gif",
    ] {
        compare(name, |_, _, meant| meant);
    }
}

#[test]
fn pictures_of_shades_come_out_grey_however_many_bits_they_have() {
    for bits in [1_u32, 2, 4, 8, 16] {
        let most = (1 << bits) - 1;
        compare(&format!("grey{bits}.png"), |x, _, _| {
            let sample = x * 4 / 48 * most / 3;
            // To the nearest of 255.
            [((f64::from(sample) * 255.0 / f64::from(most)).round()) as u8; 3]
        });
    }
    compare("palette2.png", |x, _, _| FLAT[x as usize * 4 / 48]);
}

#[test]
fn what_is_open_in_a_picture_shows_the_black_behind_it() {
    let lower_half = |_: u32, y: u32, meant: [u8; 3]| if y < 12 { meant } else { [0; 3] };
    compare("rgba16.png", lower_half);
    compare("lossless-alpha.webp", lower_half);
    compare("grey-alpha.png", |x, y, _| {
        lower_half(x, y, [(x * 4 / 48 * 85) as u8; 3])
    });
    compare(
        "palette-alpha.png",
        |_, _, meant| if meant[2] > 0 { [0; 3] } else { meant },
    );
    compare(
        "key.png",
        |_, _, meant| if meant == [0, 0, 255] { [0; 3] } else { meant },
    );
    compare(
        "open.gif",
        |_, _, meant| if meant == [0, 0, 255] { [0; 3] } else { meant },
    );
}

/// Holds the middle of each quarter of a picture to its colour; `shown` says which quarters are not open.
fn compare_quarters(name: &str, shown: usize, most: u8) {
    let picture = form(name);
    assert_eq!(picture.size(), Size::new(32, 32), "{name}");
    for (number, colour) in FLAT.iter().enumerate() {
        let (x, y) = (8 + 16 * (number as u32 % 2), 8 + 16 * (number as u32 / 2));
        let seen = pixel(&picture, x, y);
        let meant = if number < shown { *colour } else { [0; 3] };
        let is_near = seen.iter().zip(meant).all(|(seen, meant)| seen.abs_diff(meant) <= most);
        assert!(is_near, "{name}: {seen:?} for {meant:?}");
    }
}

#[test]
fn pictures_that_lose_detail_keep_their_colours() {
    compare_quarters("progressive.jpg", 4, 3);
    compare_quarters("lossy.webp", 4, 6);
    compare_quarters("lossy-alpha.webp", 2, 6);
    let grey = form("grey.jpg");
    assert_eq!(pixel(&grey, 8, 8), [40; 3]);
    assert_eq!(pixel(&grey, 24, 24), [220; 3]);
}

#[test]
fn pictures_for_the_printer_come_out_in_the_colours_that_they_print() {
    for name in ["cmyk-adobe.jpg", "cmyk.jpg", "ycck-adobe.jpg"] {
        compare_quarters(name, 4, 4);
    }
}

#[test]
fn a_picture_is_turned_and_mirrored_in_all_eight_ways_that_a_camera_can_say() {
    let size = Size::new(32, 16);
    // Each quarter of another colour, from the left of the top.
    let quarter = |x: u32, y: u32| FLAT[(x / 16 + 2 * (y / 8)) as usize];
    let source: Vec<u8> = (0..16).flat_map(|y| (0..32).flat_map(move |x| quarter(x, y))).collect();
    let jpeg = file(image::ImageFormat::Jpeg, size, &source);
    // What is seen left and right on top, then below, as numbers of quarters.
    for (orientation, quarters) in [
        (1, [0, 1, 2, 3]),
        (2, [1, 0, 3, 2]),
        (3, [3, 2, 1, 0]),
        (4, [2, 3, 0, 1]),
        (5, [0, 2, 1, 3]),
        (6, [2, 0, 3, 1]),
        (7, [3, 1, 2, 0]),
        (8, [1, 3, 0, 2]),
    ] {
        let picture = plain(&turned(&jpeg, orientation), Size::new(64, 64)).unwrap();
        let Size { width, height } = picture.size();
        let is_upright = orientation < 5;
        assert_eq!((width, height), if is_upright { (32, 16) } else { (16, 32) });
        assert_eq!(picture.original(), picture.size());
        for (place, number) in quarters.into_iter().enumerate() {
            let (x, y) = (
                width / 4 + width / 2 * (place as u32 % 2),
                height / 4 + height / 2 * (place as u32 / 2),
            );
            let (seen, meant) = (pixel(&picture, x, y), FLAT[number]);
            let is_near = seen.iter().zip(meant).all(|(seen, meant)| seen.abs_diff(meant) < 40);
            assert!(is_near, "{orientation}: {seen:?} for {meant:?}");
        }
    }
}

#[test]
fn a_picture_is_no_smaller_than_covers_the_wall_and_no_larger_than_may_be() {
    for (original, bounds, expected) in [
        ((1200, 300), (256, 96), (384, 96)),
        ((4000, 3000), (512, 256), (512, 384)),
        ((3000, 4000), (512, 256), (512, 683)),
        ((300, 200), (512, 256), (300, 200)),
        ((600, 100), (512, 256), (600, 100)),
        ((4000, 3000), (1920, 1080), (1920, 1440)),
        // 1920 x 2560 would be too many.
        ((3000, 4000), (1920, 1080), (1440, 1920)),
        ((30_000, 300), (256, 192), (8192, 81)),
        ((1, 60_000), (256, 192), (1, 8192)),
    ] {
        let size = |(width, height)| Size::new(width, height);
        let made = Picture::size_for(size(original), size(bounds));
        assert_eq!(made, size(expected), "{original:?} for {bounds:?}");
    }
    let photo = file(
        image::ImageFormat::Png,
        Size::new(1200, 300),
        &pixels(Size::new(1200, 300)),
    );
    let picture = plain(&photo, Size::new(256, 96)).unwrap();
    assert_eq!(picture.size(), Size::new(384, 96));
}

#[test]
fn a_small_picture_with_a_large_one_hidden_in_it_is_refused_at_once() {
    // Fault 24: a GIF of 10 x 10 whose only image claims 65,535 x 65,535.
    let mut gif = b"GIF89a\x0a\0\x0a\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    gif.extend(b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0\x3b");
    assert!(!refusal(&gif).is_empty());
}

#[test]
fn text_that_unpacks_to_hundreds_of_megabytes_beside_a_picture_is_never_unpacked() {
    // Fault 24: a comment and a colour profile of zeros, a thousandth as long as they unpack to.
    let png = file(image::ImageFormat::Png, SMALL, &pixels(SMALL));
    let zeros = {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let block = vec![0; 1 << 20];
        (0..600).for_each(|_| std::io::Write::write_all(&mut packer, &block).unwrap());
        packer.finish().unwrap()
    };
    let (head, rest) = png.split_at(33);
    for (name, keyword) in [(b"zTXt", &b"Comment\0\0"[..]), (b"iCCP", b"profile\0\0")] {
        let bomb = crate::support::pictures::chunk(name, &[keyword, &zeros].concat());
        let bytes = [head, &bomb, rest].concat();
        // Far less memory than the text would take.
        match super::pictures::plain_within(&bytes, SMALL, 320) {
            Ok(picture) => assert!(picture.pixels() == pixels(SMALL)),
            Err(fault) => assert!(matches!(fault, ChildFault::Refused { .. }), "{fault}"),
        }
    }
}
