//! Files that are not what their names say.

use std::{fs, process::Command};

use image::ImageFormat;
use tempfile::TempDir;
use yingbi::{media::find_ffmpeg, units::Size};

use super::{Hostile, good, hostile};
use crate::support::pictures::{file, pixels};

const SMALL: Size = Size::new(48, 24);

pub(super) fn all() -> Vec<Hostile> {
    let mut all = others();
    all.extend(broken());
    all.extend(encoded());
    all
}

/// Of another format.
fn others() -> Vec<Hostile> {
    let elf = fs::read("/proc/self/exe").unwrap()[..4_096].to_vec();
    let picture = |format| file(format, SMALL, &pixels(SMALL));
    let junk = |first: &[u8]| [first, &[0x55; 2_000]].concat();
    vec![
        hostile("a-program.mp4", elf.clone()),
        hostile("a-program.png", elf[..2_048].to_vec()),
        hostile("an-archive.mp4", junk(b"PK\x03\x04")),
        hostile("a-windows-program.mov", junk(b"MZ\x90\0\x03\0\0\0")),
        hostile("a-paper.mp4", junk(b"%PDF-1.7\n")),
        hostile("an-old-office-document.avi", junk(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")),
        hostile("a-script.mp4", b"#!/bin/sh\nrm -rf /\n".to_vec()),
        hostile("a-movie.png", good("baseline.mp4")),
        hostile("a-movie.gif", good("faststart.mp4")),
        hostile("a-gif.mp4", good("moving.gif")),
        hostile("a-webp.mkv", good("moving.webp")),
        hostile("a-png.avi", good("moving.png")),
        hostile("a-webm.wmv", good("vp9.webm")),
        hostile("an-avi.mp4", good("mpeg4.avi")),
        hostile("a-photo.mp4", picture(ImageFormat::Jpeg)),
        hostile("a-drawing.ts", picture(ImageFormat::Bmp)),
        hostile("a-bmp.gif", picture(ImageFormat::Bmp)[..1_000].to_vec()),
        hostile(
            "a-movie-and-an-archive.mp4",
            [&good("baseline.mp4")[..], b"PK\x05\x06", &[0; 18]].concat(),
        ),
        hostile(
            "a-gif-and-a-script.gif",
            [&good("moving.gif")[..], b"<script>alert(1)</script>"].concat(),
        ),
        hostile(
            "heads-of-all.mp4",
            b"GIF89a\x89PNG\r\n\x1a\nRIFF\0\0\0\0AVI \0\0\0\x18ftypisom".to_vec(),
        ),
    ]
}

/// Of no format at all, or of nothing but the head of one.
fn broken() -> Vec<Hostile> {
    let packets = [&[0x47, 0x1F, 0xFF, 0x10][..], &[0xFF; 184]].concat();
    let mut tables = packets.repeat(2_000);
    tables[..8].copy_from_slice(&[0x47, 0x40, 0, 0x10, 0, 0, 0xB0, 0xFF]);
    vec![
        hostile("empty.mp4", Vec::new()),
        hostile("one-byte.mp4", vec![0x47]),
        hostile("zeros.mp4", vec![0; 1 << 20]),
        hostile("zeros.png", vec![0; 4_096]),
        hostile("ones.mov", vec![0xFF; 1 << 20]),
        hostile("matroska-head.mkv", b"\x1A\x45\xDF\xA3".to_vec()),
        hostile(
            "matroska-most.mkv",
            [&b"\x1A\x45\xDF\xA3\x01"[..], &[0xFF; 7], &[0; 500]].concat(),
        ),
        hostile(
            "matroska-deep.mkv",
            [
                &b"\x1A\x45\xDF\xA3\x80"[..],
                &b"\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF".repeat(50_000),
            ]
            .concat(),
        ),
        hostile(
            "avi-head.avi",
            b"RIFF\xFF\xFF\xFF\xFFAVI LIST\xFF\xFF\xFF\xFFhdrl".to_vec(),
        ),
        hostile(
            "avi-deep.avi",
            [
                &b"RIFF\xFF\xFF\xFF\xFFAVI "[..],
                &b"LIST\xFF\xFF\xFF\x7Fhdrl".repeat(50_000),
            ]
            .concat(),
        ),
        hostile(
            "flv-head.flv",
            b"FLV\x01\x05\0\0\0\x09\0\0\0\0\x09\xFF\xFF\xFF\0\0\0\0\0\0\0".to_vec(),
        ),
        hostile(
            "asf-head.wmv",
            [
                &b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\0\xAA\0\x62\xCE\x6C"[..],
                &[0xFF; 40],
            ]
            .concat(),
        ),
        hostile("packets-of-nothing.ts", packets.repeat(20_000)),
        hostile("packets-with-a-table.ts", tables),
        hostile("program-stream.mpg", [&b"\0\0\x01\xBA"[..], &[0x44; 5_000]].concat()),
        hostile("video-stream.mpg", [&b"\0\0\x01\xB3"[..], &[0xFF; 5_000]].concat()),
    ]
}

/// What only an encoder makes: large pictures that are really there.
fn encoded() -> Vec<Hostile> {
    if find_ffmpeg().is_none() {
        return Vec::new();
    }
    let folder = TempDir::new().unwrap();
    let make = |name: &str, arguments: &str| {
        let path = folder.path().join(name);
        let made = Command::new("ffmpeg")
            .args(["-hide_banner", "-loglevel", "error", "-y"])
            .args(arguments.split(' '))
            .arg(&path)
            .status();
        made.is_ok_and(|status| status.success())
            .then(|| hostile(name, fs::read(&path).unwrap()))
    };
    let made = [
        make(
            "really-16384x8640.mp4",
            "-f lavfi -i color=red:s=16384x8640:r=25 -frames:v 1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p",
        ),
        make(
            "really-4096x2304.mp4",
            "-f lavfi -i color=red:s=4096x2304:r=25 -frames:v 1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p",
        ),
        make(
            "really-8192x64.mkv",
            "-f lavfi -i color=red:s=8192x64:r=25 -frames:v 2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p",
        ),
        make(
            "really-1000-a-second.mkv",
            "-f lavfi -i color=red:s=64x64:r=1000 -frames:v 3000 -c:v libx264 -preset ultrafast -pix_fmt yuv420p",
        ),
    ];
    made.into_iter().flatten().collect()
}
