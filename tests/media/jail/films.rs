//! Clips made by `ffmpeg`, where it is installed: every picture once, whatever the file is called, and nothing of what it names.

use std::{
    fs::{self, File},
    net::TcpListener,
};

use tempfile::TempDir;
use yingbi::{
    media::{
        ChildFault,
        film::ffmpeg::{Probe, Stamps, codec_name, header},
        film::{FilmFault, Matrix, Turn},
        find_ffmpeg,
    },
    units::Size,
};

use super::{LIMITS, encoded, made, make, sample};

#[test]
fn every_picture_comes_once_though_the_file_has_lost_its_name_and_its_index_is_at_its_end() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    let path = encoded(
        folder.path(),
        "-f lavfi -i testsrc2=s=320x240:r=25:d=2 -f lavfi -i sine=d=2 -c:v libx264 -pix_fmt yuv420p",
        "a.mp4",
    );
    let bytes = fs::read(&path).unwrap();
    let at = |name: &[u8]| bytes.windows(4).position(|word| word == name).unwrap();
    assert!(at(b"moov") > at(b"mdat"));
    let source = File::open(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let mut heard = Vec::new();
    for (rate, frames) in [(25, 50), (50, 100)] {
        let filmed = made(folder.path(), &source, Some(&ffmpeg), LIMITS, rate, &mut |progress| {
            heard.push(progress);
            true
        })
        .unwrap();
        assert_eq!(
            (filmed.frames, filmed.codec.as_str()),
            (frames, "H.264, MP4/MOV, ffmpeg")
        );
        assert_eq!((filmed.original, filmed.had_sound), (Size::new(320, 240), true));
    }
    assert!(!heard.is_empty() && heard.iter().all(|progress| progress.of.is_some()));
}

/// Whose pictures both decode, and neither makes anything of them that the other does not.
const BOTH: [&str; 21] = [
    "baseline.mp4",
    "cropped.mp4",
    "edited.mp4",
    "fake-interlaced.mp4",
    "faststart.mp4",
    "fragmented.mp4",
    "fragments-later.mp4",
    "high-matrices.mp4",
    "high.mp4",
    "main-cavlc.mp4",
    "main.mp4",
    "odd.mp4",
    "open-gop.mp4",
    "parameters-within.mp4",
    "slices.mp4",
    "sound.mov",
    "trembling.mp4",
    "turned-180.mp4",
    "turned-270.mp4",
    "turned-90.mov",
    "wide.mp4",
];

#[test]
fn ffmpeg_and_what_is_built_in_make_the_same_clip() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    let mut differ = Vec::new();
    for name in BOTH {
        let source = File::open(sample(name)).unwrap();
        // Of one of them on a faster screen as well.
        let rates: &[u16] = if name == "high.mp4" { &[25, 30, 50] } else { &[25] };
        for &rate in rates {
            let [theirs, ours] = [Some(&*ffmpeg), None].map(|ffmpeg| {
                let filmed = made(folder.path(), &source, ffmpeg, LIMITS, rate, &mut |_| true);
                let filmed = filmed.unwrap_or_else(|fault| panic!("{name}: {fault}"));
                assert_eq!(filmed.codec.contains("ffmpeg"), ffmpeg.is_some(), "{name}");
                (filmed.frames, filmed.original, filmed.had_sound, filmed.contents)
            });
            if theirs != ours {
                differ.push((name, rate, theirs, ours));
            }
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}

#[test]
fn what_is_built_in_lacks_ffmpeg_has() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    for name in [
        "10-bit.mp4",
        "4-2-2.mp4",
        "full-range.mp4",
        "h265.mov",
        "interlaced.mp4",
        "lossless.mp4",
        "mjpeg.mov",
        "mpeg4.avi",
        "mpeg4.mp4",
        "telephone.3gp",
        "vp9.webm",
    ] {
        let filmed =
            make(folder.path(), &sample(name), Some(&ffmpeg), LIMITS).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert!(
            filmed.frames > 1 && filmed.codec.ends_with("ffmpeg"),
            "{name}: {filmed:?}"
        );
    }
    for name in ["only-sound.mp4", "too-large.mp4"] {
        let fault = make(folder.path(), &sample(name), Some(&ffmpeg), LIMITS).unwrap_err();
        let other = make(folder.path(), &sample(name), None, LIMITS).unwrap_err();
        assert_eq!(fault, other, "{name}");
    }
}

#[test]
fn fields_become_pictures_and_many_bits_eight() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    for (arguments, name, codec) in [
        (
            "-f lavfi -i testsrc2=s=320x240:r=25:d=1 -c:v mpeg2video -flags +ilme+ildct -top 1",
            "a.ts",
            "MPEG-2, MPEG-TS, ffmpeg",
        ),
        (
            "-f lavfi -i testsrc2=s=322x242:r=25:d=1 -c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le",
            "b.mkv",
            "H.265, MKV/WebM, ffmpeg",
        ),
        (
            "-f lavfi -i testsrc2=s=321x241:r=25:d=1 -c:v ffv1 -pix_fmt yuv444p",
            "c.avi",
            "ffv1, AVI, ffmpeg",
        ),
    ] {
        let path = encoded(folder.path(), arguments, name);
        let filmed = make(folder.path(), &path, Some(&ffmpeg), LIMITS).unwrap();
        assert_eq!((filmed.frames, filmed.codec.as_str()), (25, codec));
    }
}

#[test]
fn a_list_of_other_files_is_no_video_whatever_it_is_called() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/a.ts", listener.local_addr().unwrap());
    let lists = [
        format!("ffconcat version 1.0\nfile {url}\n"),
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{url}\n#EXT-X-ENDLIST\n"),
        format!("<?xml version=\"1.0\"?><MPD><BaseURL>{url}</BaseURL></MPD>"),
        "ffconcat version 1.0\nfile /etc/passwd\n".to_owned(),
    ];
    for list in lists {
        // As it is, and behind the first bytes of a film.
        for first in [&b""[..], b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08free"] {
            let path = folder.path().join("list.mp4");
            fs::write(&path, [first, list.as_bytes()].concat()).unwrap();
            let fault = make(folder.path(), &path, Some(&ffmpeg), LIMITS).unwrap_err();
            assert!(matches!(fault, ChildFault::Refused { .. }), "{fault}");
        }
    }
    assert!(listener.accept().is_err(), "somebody came");
}

#[test]
fn a_film_whose_pictures_are_in_another_file_has_none() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    let path = encoded(
        folder.path(),
        "-f lavfi -i testsrc2=s=320x240:r=25:d=1 -c:v mpeg4",
        "a.mov",
    );
    let whole = make(folder.path(), &path, Some(&ffmpeg), LIMITS).unwrap();
    assert_eq!(whole.frames, 25);
    // Its data reference becomes an alias to a file beside it: the flag of being in the same file goes.
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(4).position(|word| word == b"url ").unwrap();
    bytes[at..at + 4].copy_from_slice(b"alis");
    bytes[at + 7] = 0;
    fs::write(&path, bytes).unwrap();
    match make(folder.path(), &path, Some(&ffmpeg), LIMITS) {
        // Not followed: the file's own bytes are taken, and no other's.
        Ok(filmed) => assert_eq!(filmed.frames, 25),
        Err(fault) => assert!(matches!(fault, ChildFault::Refused { .. }), "{fault}"),
    }
}

#[test]
fn pictures_of_too_many_pixels_are_refused_before_they_are_decoded() {
    let Some(ffmpeg) = find_ffmpeg() else { return };
    let folder = TempDir::new().unwrap();
    let path = encoded(
        folder.path(),
        "-f lavfi -i color=s=16384x8640:r=5:d=0.4 -c:v libx264 -preset ultrafast",
        "big.mp4",
    );
    let fault = make(folder.path(), &path, Some(&ffmpeg), LIMITS).unwrap_err();
    let ChildFault::Refused { message, help } = fault else {
        panic!("{fault}")
    };
    assert!(
        message.zh.contains("16384×8640") && help.zh.contains("1080p"),
        "{message:?}"
    );
}

#[test]
fn what_ffprobe_says_is_read_within_bounds() {
    let said = |lines: &[&str]| {
        let head = [
            "codec_name=\"hevc\"",
            "codec_type=\"video\"",
            "width=1920",
            "height=1080",
        ];
        let all = head
            .iter()
            .chain(lines)
            .map(|line| format!("streams.stream.1.{line}\n"));
        Probe::read(&all.collect::<String>())
    };
    let probe = said(&[
        "sample_aspect_ratio=\"4:3\"",
        "color_space=\"bt2020nc\"",
        "duration=\"12.500000\"",
        "avg_frame_rate=\"30000/1001\"",
        "side_data_list.side_data.0.rotation=-90",
    ])
    .unwrap();
    assert_eq!(
        (probe.size, probe.aspect, probe.turn),
        (Size::new(1920, 1080), Some((4, 3)), Turn::Quarter)
    );
    assert_eq!((probe.colour.matrix, probe.colour.is_full), (Matrix::Bt2020, false));
    assert_eq!(probe.duration.unwrap().as_millis(), 12_500);
    assert_eq!(probe.period.unwrap().as_micros(), 33_366);
    assert_eq!(said(&["tags.rotate=\"270\""]).unwrap().turn, Turn::ThreeQuarters);
    assert_eq!(
        said(&["side_data_list.side_data.0.rotation=180"]).unwrap().turn,
        Turn::Half
    );
    assert_eq!(
        said(&[
            "duration=\"1e300\"",
            "avg_frame_rate=\"0/0\"",
            "sample_aspect_ratio=\"0:1\""
        ])
        .unwrap()
        .aspect,
        None
    );
    assert_eq!(said(&["disposition.attached_pic=1"]), Err(FilmFault::NoPictures));
    assert!(matches!(said(&["duration=\"601\""]), Err(FilmFault::TooLong { .. })));
    assert_eq!(
        Probe::read("streams.stream.0.codec_type=\"audio\"\n"),
        Err(FilmFault::OnlySound)
    );
    for nonsense in [
        "",
        "=",
        "streams.stream.",
        "streams.stream.99999999999999999999.a=1",
        "streams.stream.0.codec_type=\"video\"",
    ] {
        assert_eq!(Probe::read(nonsense), Err(FilmFault::NoPictures), "{nonsense}");
    }
    assert_eq!(codec_name("h264"), "H.264");
    assert_eq!(codec_name(&"\x1b[31m坏".repeat(40)).len(), 30);
}

#[test]
fn the_head_of_pictures_and_the_lines_with_their_times_are_read_within_bounds() {
    assert_eq!(
        header(b"YUV4MPEG2 W320 H240 F50:1 Ip A4:3 C420mpeg2 XYSCSS=420MPEG2\n"),
        Some((Size::new(320, 240), Some((4, 3))))
    );
    assert_eq!(header(b"YUV4MPEG2 W3 H1 A0:0\n"), Some((Size::new(3, 1), None)));
    for bad in [
        "",
        "YUV4MPEG2",
        "YUV4MPEG2 W0 H1",
        "YUV4MPEG2 W1 H99999999999",
        "YUV4MPEG2 W1 H1 C444",
        "YUV4MPEG2 W1 H1 C420p10",
        "GIF89a W1 H1",
    ] {
        assert_eq!(header(bad.as_bytes()), None, "{bad}");
    }
    let mut stamps = Stamps::default();
    stamps.take(b"frame:0    pts:-5      pts_time:-5e-09\nyingbi=1\n[h264 @ 0x55] no frame!\nodd frame:1 pts:40000000 pts_time:0.04\nframe:2 pts:NOPTS pts_");
    assert_eq!(
        (stamps.pop(), stamps.pop(), stamps.pop()),
        (Some(Some(-5)), Some(Some(40_000_000)), None)
    );
    stamps.take(b"time:NOPTS\n");
    assert_eq!((stamps.pop(), stamps.pop()), (Some(None), None));
    assert_eq!(stamps.words(), "no frame!");
    for _ in 0..5000 {
        stamps.take("frame:0 pts:1\n坏的\n".as_bytes());
    }
    assert!(stamps.is_overflowed() && stamps.words().len() <= 600);
}
