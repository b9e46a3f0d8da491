//! Small pictures in every format that is taken, made here.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use yingbi::units::Size;

/// The formats, by the extensions that their files have.
pub(crate) const FORMATS: [(&str, ImageFormat); 5] = [
    ("png", ImageFormat::Png),
    ("jpg", ImageFormat::Jpeg),
    ("webp", ImageFormat::WebP),
    ("bmp", ImageFormat::Bmp),
    ("gif", ImageFormat::Gif),
];

/// R, G, B of a picture of few colours in which no two corners are alike.
pub(crate) fn pixels(size: Size) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        [
            (x * 4 / size.width * 85) as u8,
            (y * 4 / size.height * 85) as u8,
            if (x + y) % 8 < 4 { 0 } else { 255 },
        ]
    };
    (0..size.height)
        .flat_map(|y| (0..size.width).flat_map(move |x| pixel(x, y)))
        .collect()
}

/// The file of these pixels.
pub(crate) fn file(format: ImageFormat, size: Size, pixels: &[u8]) -> Vec<u8> {
    let image = RgbImage::from_raw(size.width, size.height, pixels.to_vec()).unwrap();
    written(&DynamicImage::ImageRgb8(image), format)
}

/// A PNG of these pixels, R, G, B and how opaque each is.
pub(crate) fn png_with_alpha(size: Size, pixels: &[u8]) -> Vec<u8> {
    let image = RgbaImage::from_raw(size.width, size.height, pixels.to_vec()).unwrap();
    written(&DynamicImage::ImageRgba8(image), ImageFormat::Png)
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG with a word of its camera in it on how that was held: the number of EXIF, 1 to 8.
pub(crate) fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

/// A PNG that says it is so large, with next to nothing in it.
pub(crate) fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    let nothing = [0x78, 0x9C, 0x63, 0, 0, 0, 1, 0, 1];
    let chunks = [chunk(b"IHDR", &head), chunk(b"IDAT", &nothing), chunk(b"IEND", &[])];
    [&b"\x89PNG\r\n\x1a\n"[..], &chunks.concat()].concat()
}

/// A chunk of a PNG.
pub(crate) fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(data);
    [
        &(data.len() as u32).to_be_bytes()[..],
        name,
        data,
        &sum.sum().to_be_bytes(),
    ]
    .concat()
}
