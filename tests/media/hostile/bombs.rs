//! Pictures and animations that claim more than they hold, or hold more than they seem to.

use std::io::{Read as _, Write as _};

use flate2::{Compression, write::ZlibEncoder};
use image::ImageFormat;
use yingbi::units::Size;

use super::{Hostile, good, hostile};
use crate::support::pictures::{chunk, file, pixels, png_claiming};

const SMALL: Size = Size::new(48, 24);

pub(super) fn all() -> Vec<Hostile> {
    let named = |kind: &'static str| move |(name, bytes): (&str, Vec<u8>)| hostile(format!("{name}.{kind}"), bytes);
    let mut all: Vec<Hostile> = pngs().into_iter().map(named("png")).collect();
    all.extend(gifs().into_iter().map(named("gif")));
    all.extend(webps().into_iter().map(named("webp")));
    all.extend(bmps().into_iter().map(named("bmp")));
    all.extend(jpegs().into_iter().map(named("jpg")));
    all
}

/// So many zeros, packed.
fn packed_zeros(length: u64) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    std::io::copy(&mut std::io::repeat(0).take(length), &mut packer).unwrap();
    packer.flush().unwrap();
    packer.finish().unwrap()
}

/// A PNG of these sides, bits a sample and colour type, with these chunks after its head.
fn png((width, height): (u32, u32), (bits, colour): (u8, u8), chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([bits, colour, 0, 0, 0]);
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &head),
        &chunks.concat(),
        &chunk(b"IEND", &[]),
    ]
    .concat()
}

fn actl(pictures: u32) -> Vec<u8> {
    chunk(b"acTL", &[pictures.to_be_bytes(), [0; 4]].concat())
}

/// A picture of an animation: its number, its sides, and where it lies.
fn fctl(number: u32, sides: (u32, u32), at: (u32, u32), delay: [u8; 4]) -> Vec<u8> {
    let numbers = [number, sides.0, sides.1, at.0, at.1];
    let mut data: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    data.extend(delay);
    data.extend([0, 0]);
    chunk(b"fcTL", &data)
}

fn pngs() -> Vec<(&'static str, Vec<u8>)> {
    let idat = |data: &[u8]| chunk(b"IDAT", data);
    let small = idat(&packed_zeros(16 * 17));
    let grey = |chunks: &[Vec<u8>]| png((16, 16), (8, 0), chunks);
    let profile = [&b"x\0\0"[..], &packed_zeros(512 << 20)].concat();
    let moving = |pictures, sides, at, delay| {
        let second = [&[0, 0, 0, 2][..], &packed_zeros(16 * 17)].concat();
        grey(&[
            actl(pictures),
            fctl(0, (16, 16), (0, 0), delay),
            small.clone(),
            fctl(1, sides, at, delay),
            chunk(b"fdAT", &second),
        ])
    };
    let many: Vec<Vec<u8>> = (0..100_000)
        .map(|number| fctl(number + 1, (16, 16), (0, 0), [0, 0, 0, 0]))
        .collect();
    let delay = [0, 4, 0, 100];
    vec![
        ("65535-claimed", png_claiming(65_535, 65_535)),
        ("most-claimed", png_claiming(0x7fff_ffff, 0x7fff_ffff)),
        ("beyond-claimed", png_claiming(u32::MAX, u32::MAX)),
        ("no-sides", png_claiming(0, 0)),
        ("a-line-claimed", png_claiming(0x7fff_ffff, 1)),
        (
            "20000-of-one-colour",
            png((20_000, 20_000), (1, 0), &[idat(&packed_zeros(20_000 * 2_501))]),
        ),
        (
            "2000-of-one-colour",
            png((2_000, 2_000), (8, 0), &[idat(&packed_zeros(2_000 * 2_001))]),
        ),
        (
            "8000-deep-and-open",
            png((8_000, 8_000), (16, 6), &[idat(&packed_zeros(8_001))]),
        ),
        (
            "a-line-of-one-colour",
            png((60_000_000, 1), (8, 0), &[idat(&packed_zeros(60_000_001))]),
        ),
        ("more-than-its-sides", grey(&[idat(&packed_zeros(256 << 20))])),
        ("profile-bomb", grey(&[chunk(b"iCCP", &profile), small.clone()])),
        ("text-bomb", grey(&[chunk(b"zTXt", &profile[..]), small.clone()])),
        (
            "text-without-end",
            grey(&[chunk(b"zTXt", b"x\0\0x\x9c"), small.clone()]),
        ),
        ("no-pixels", grey(&[])),
        ("palette-missing", png((16, 16), (8, 3), std::slice::from_ref(&small))),
        ("colour-unknown", png((16, 16), (3, 7), std::slice::from_ref(&small))),
        (
            "chunk-of-gigabytes",
            [&grey(&[])[..33], &[0x7f, 0xff, 0xff, 0xff], b"IDAT", &packed_zeros(9)].concat(),
        ),
        ("moving-claims-most", moving(u32::MAX, (16, 16), (0, 0), delay)),
        ("moving-claims-none", moving(0, (16, 16), (0, 0), delay)),
        ("moving-outside", moving(2, (16, 16), (0x7fff_fff0, 8), delay)),
        ("moving-outgrows", moving(2, (0x7fff_ffff, 0x7fff_ffff), (0, 0), delay)),
        ("moving-slowly", moving(2, (16, 16), (0, 0), [0xFF, 0xFF, 0, 1])),
        (
            "moving-large",
            png(
                (30_000, 30_000),
                (8, 0),
                &[
                    actl(2),
                    fctl(0, (30_000, 30_000), (0, 0), delay),
                    small.clone(),
                    fctl(1, (1, 1), (0, 0), delay),
                ],
            ),
        ),
        (
            "moving-heads-only",
            grey(&[&[actl(100_000), small.clone()][..], &many].concat()),
        ),
    ]
}

/// A GIF of that canvas with these blocks.
fn gif(width: u16, height: u16, blocks: &[u8]) -> Vec<u8> {
    let sides = [width.to_le_bytes(), height.to_le_bytes()].concat();
    let palette = [0, 0, 0, 255, 255, 255];
    [&b"GIF89a"[..], &sides, &[0x80, 0, 0], &palette, blocks, b";"].concat()
}

/// A picture of a GIF; its pixels are what `data` unpacks to.
fn gif_picture(at: (u16, u16), sides: (u16, u16), delay: u16, data: &[u8]) -> Vec<u8> {
    let delay = delay.to_le_bytes();
    let mut block = vec![0x21, 0xF9, 4, 0, delay[0], delay[1], 0, 0, 0x2C];
    for number in [at.0, at.1, sides.0, sides.1] {
        block.extend(number.to_le_bytes());
    }
    block.push(0);
    block.extend(data);
    block
}

/// One pixel, packed.
const PIXEL: &[u8] = &[2, 2, 0x44, 1, 0];

/// So many codes of nine bits that each clear the table, then one pixel each: as much work for as little as there is.
fn packed_long(codes: usize) -> Vec<u8> {
    // With 8 bits a pixel: codes of 9 bits, the clearing one is 256, then pixel 0.
    let mut bits: Vec<bool> = Vec::new();
    for _ in 0..codes {
        for code in [256_u32, 0] {
            bits.extend((0..9).map(|bit| code >> bit & 1 == 1));
        }
    }
    let byte = |bits: &[bool]| {
        bits.iter()
            .enumerate()
            .fold(0, |byte, (at, bit)| byte | u8::from(*bit) << at)
    };
    let bytes: Vec<u8> = bits.chunks(8).map(byte).collect();
    let mut blocks = vec![8];
    for part in bytes.chunks(255) {
        blocks.push(part.len() as u8);
        blocks.extend(part);
    }
    blocks.push(0);
    blocks
}

fn gifs() -> Vec<(&'static str, Vec<u8>)> {
    let one = |at, sides, data: &[u8]| {
        gif(
            16,
            16,
            &[gif_picture((0, 0), (1, 1), 4, PIXEL), gif_picture(at, sides, 4, data)].concat(),
        )
    };
    let pictures = |count: usize, delay| gif(16, 16, &gif_picture((0, 0), (1, 1), delay, PIXEL).repeat(count));
    let comment = [
        &[0x21, 0xFE][..],
        &[&[255][..], &[b'x'; 255]].concat().repeat(100_000),
        &[0],
    ]
    .concat();
    vec![
        (
            "canvas-65535",
            gif(65_535, 65_535, &gif_picture((0, 0), (1, 1), 4, PIXEL).repeat(2)),
        ),
        (
            "canvas-none",
            gif(0, 0, &gif_picture((0, 0), (1, 1), 4, PIXEL).repeat(2)),
        ),
        (
            "canvas-1024-moving",
            gif(1_024, 576, &gif_picture((0, 0), (1, 1), 10, PIXEL).repeat(4)),
        ),
        ("picture-outside", one((65_535, 65_535), (1, 1), PIXEL)),
        ("picture-outgrows", one((0, 0), (65_535, 65_535), PIXEL)),
        ("picture-without-sides", one((0, 0), (0, 0), PIXEL)),
        ("a-million-pictures", pictures(1_000_000, 1)),
        ("a-million-at-once", pictures(1_000_000, 0)),
        ("ten-thousand-fast", pictures(10_000, 2)),
        ("slow", pictures(3, u16::MAX)),
        ("codes-of-255-bits", one((0, 0), (1, 1), &[255, 2, 0x44, 1, 0])),
        (
            "codes-without-end",
            one(
                (0, 0),
                (16, 16),
                &[&[2][..], &[&[255][..], &[0; 255]].concat().repeat(10_000)].concat(),
            ),
        ),
        ("codes-of-nothing", one((0, 0), (16, 16), &packed_long(500_000))),
        (
            "comment",
            gif(16, 16, &[&comment[..], &gif_picture((0, 0), (1, 1), 4, PIXEL)].concat()),
        ),
        ("no-pictures", gif(16, 16, &[])),
        ("blocks-unknown", gif(16, 16, &[0x77; 4_000])),
    ]
}

/// A WebP with these chunks.
fn webp(chunks: &[u8]) -> Vec<u8> {
    let length = (chunks.len() as u32 + 4).to_le_bytes();
    [&b"RIFF"[..], &length, b"WEBP", chunks].concat()
}

fn part(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let filling = vec![0; data.len() % 2];
    [&name[..], &(data.len() as u32).to_le_bytes(), data, &filling].concat()
}

/// Three bytes of a number.
fn three(number: u32) -> [u8; 3] {
    let [a, b, c, _] = number.to_le_bytes();
    [a, b, c]
}

fn webps() -> Vec<(&'static str, Vec<u8>)> {
    let lossless = |width: u32, height: u32, more: &[u8]| {
        let sides = ((width - 1) | (height - 1) << 14).to_le_bytes();
        part(b"VP8L", &[&[0x2F][..], &sides, more].concat())
    };
    let head = |flags: u8, width: u32, height: u32| {
        part(
            b"VP8X",
            &[&[flags, 0, 0, 0][..], &three(width - 1), &three(height - 1)].concat(),
        )
    };
    let frame = |at: u32, width: u32, height: u32, picture: &[u8]| {
        let numbers = [at, at, width - 1, height - 1, 40].map(three).concat();
        part(b"ANMF", &[&numbers[..], &[0], picture].concat())
    };
    let anim = part(b"ANIM", &[0; 6]);
    let nothing = lossless(1, 1, &[0; 8]);
    let moving = |width, height, frames: &[u8]| webp(&[&head(2, width, height)[..], &anim, frames].concat());
    let lossy = part(
        b"VP8 ",
        &[0x10, 2, 0, 0x9D, 0x01, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F, 0, 0, 0, 0, 0, 0],
    );
    let mut short = good("moving.webp");
    short[4..8].fill(0xFF);
    vec![
        ("lossless-16384", webp(&lossless(16_384, 16_384, &[0; 16]))),
        ("lossless-tables", webp(&lossless(16, 16, &[0xFF; 4_000]))),
        ("lossy-16383", webp(&lossy)),
        (
            "canvas-2-24",
            webp(&[head(0, 1 << 24, 1 << 24), nothing.clone()].concat()),
        ),
        (
            "moving-2-24",
            moving(1 << 24, 1 << 24, &frame(0, 1, 1, &nothing).repeat(2)),
        ),
        (
            "moving-outside",
            moving(16, 16, &frame(0xFF_FFFF, 1, 1, &nothing).repeat(2)),
        ),
        (
            "moving-outgrows",
            moving(16, 16, &frame(0, 1 << 24, 1 << 24, &nothing).repeat(2)),
        ),
        ("moving-empty", moving(16, 16, &frame(0, 16, 16, &[]).repeat(2))),
        ("moving-without-frames", moving(16, 16, &[])),
        (
            "moving-hundred-thousand",
            moving(16, 16, &frame(0, 1, 1, &nothing).repeat(100_000)),
        ),
        (
            "moving-within",
            moving(
                16,
                16,
                &frame(0, 16, 16, &frame(0, 16, 16, &nothing).repeat(3)).repeat(2),
            ),
        ),
        ("riff-most", short),
        ("riff-nothing", webp(&[])),
        ("head-alone", webp(&head(0xFF, 16, 16))),
    ]
}

fn bmps() -> Vec<(&'static str, Vec<u8>)> {
    let small = file(ImageFormat::Bmp, SMALL, &pixels(SMALL));
    let with = |at: usize, bytes: &[u8]| {
        let mut file = small.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let sides = |width: u32, height: u32| [width.to_le_bytes(), height.to_le_bytes()].concat();
    let mut packed = with(18, &sides(65_535, 65_535));
    packed[28..30].copy_from_slice(&8_u16.to_le_bytes());
    packed[30..34].copy_from_slice(&1_u32.to_le_bytes());
    vec![
        ("65535-claimed", with(18, &sides(65_535, 65_535))),
        ("upside-down", with(18, &sides(48, 0x8000_0000))),
        ("sides-below-none", with(18, &sides(0x8000_0000, 24))),
        ("most-claimed", with(18, &sides(0x7fff_ffff, 0x7fff_ffff))),
        ("runs", packed),
        ("palette-most", with(46, &[0xFF; 4])),
        ("offset-beyond", with(10, &[0xFF; 4])),
        ("head-of-gigabytes", with(14, &[0xFF; 4])),
        ("bits-none", with(28, &[0, 0])),
        ("packing-unknown", with(30, &[9, 0, 0, 0])),
    ]
}

fn jpegs() -> Vec<(&'static str, Vec<u8>)> {
    let small = file(ImageFormat::Jpeg, SMALL, &pixels(SMALL));
    let at = |marker: u8| small.windows(2).position(|word| word == [0xFF, marker]).unwrap();
    let (frame, scan) = (at(0xC0), at(0xDA));
    let with = |at: usize, bytes: &[u8]| {
        let mut file = small.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let before_scan = |more: &[u8]| [&small[..scan], more, &small[scan..]].concat();
    let exif = |bytes: &[u8]| {
        let length = (bytes.len() as u16 + 2).to_be_bytes();
        [&small[..2], &[0xFF, 0xE1], &length, bytes, &small[2..]].concat()
    };
    // Every scan of a picture of 60 million pixels, again and again.
    let mut scans = with(frame + 5, &[0x1D, 0x4C, 0x1F, 0x40]);
    scans[frame + 1] = 0xC2;
    let body = scans[scan..scans.len() - 2].to_vec();
    let end = scans.len() - 2;
    let scans = [&scans[..end], &body.repeat(500), &scans[end..]].concat();
    vec![
        ("65535-claimed", with(frame + 5, &[0xFF; 4])),
        ("7500x8000-claimed", with(frame + 5, &[0x1D, 0x4C, 0x1F, 0x40])),
        ("no-sides", with(frame + 5, &[0; 4])),
        ("many-scans", scans),
        ("colours-most", with(frame + 9, &[0xFF])),
        ("bits-most", with(frame + 4, &[0xFF])),
        ("samples-most", with(frame + 11, &[0xFF])),
        ("restarts", before_scan(&[0xFF, 0xDD, 0, 4, 0, 1])),
        ("frames-many", before_scan(&small[frame..frame + 19].repeat(1_000))),
        ("length-most", before_scan(&[0xFF, 0xE2, 0xFF, 0xFF])),
        (
            "exif-circle",
            exif(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"),
        ),
        (
            "exif-most",
            exif(b"Exif\0\0II*\0\xff\xff\xff\xff\xff\xff\x12\x01\x03\0\xff\xff\xff\xff"),
        ),
    ]
}
