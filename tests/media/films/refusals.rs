//! What is not played, in words that help.

use std::io::Cursor;

use yingbi::{
    diagnostic::Explain as _,
    media::film::{Container, FilmFault, Found, open as opened},
    units::Size,
};

use super::{open, pictures, video};

/// Why a video is refused, at once or on the way.
fn refusal(bytes: Vec<u8>) -> FilmFault {
    match open(bytes) {
        Err(fault) => fault,
        Ok(mut decoder) => pictures(&mut *decoder).1.unwrap_err(),
    }
}

/// The file with every `from` made `to`.
fn replaced(name: &str, from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = video(name);
    let mut count = 0;
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
            count += 1;
        }
    }
    assert!(count > 0, "{name}");
    bytes
}

#[test]
fn what_is_not_built_in_is_named() {
    for (name, codec) in [
        ("h265.mov", "H.265 (HEVC), MOV"),
        ("interlaced.mp4", "H.264 隔行 (interlaced), MP4"),
        ("10-bit.mp4", "H.264 10 位 (10-bit), MP4"),
        ("4-2-2.mp4", "H.264 4:2:2, MP4"),
        ("lossless.mp4", "H.264 无损 (lossless), MP4"),
        ("slices-within.mp4", "H.264 行内分片 (slices within a row), MP4"),
        ("mpeg4.mp4", "MPEG-4, MP4"),
        ("mjpeg.mov", "MJPEG, MOV"),
        ("vp9.webm", "MKV/WebM"),
        ("mpeg4.avi", "AVI"),
    ] {
        assert_eq!(
            refusal(video(name)),
            FilmFault::Unknown { codec: codec.into() },
            "{name}"
        );
    }
}

#[test]
fn the_remedy_of_the_telephone_comes_first_and_then_the_command() {
    let help = refusal(video("h265.mov")).help();
    let order = [
        "兼容性最佳(H.264)",
        "ffmpeg -i 输入 -c:v libx264 -pix_fmt yuv420p -an 输出.mp4",
        "安装 ffmpeg",
    ];
    let places: Vec<usize> = order.iter().map(|words| help.zh.find(words).unwrap()).collect();
    assert!(places.is_sorted(), "{}", help.zh);
    assert!(
        help.en
            .contains("ffmpeg -i input -c:v libx264 -pix_fmt yuv420p -an output.mp4"),
        "{}",
        help.en
    );
}

#[test]
fn sound_without_pictures_and_locked_pictures_are_refused() {
    assert_eq!(refusal(video("only-sound.mp4")), FilmFault::OnlySound);
    assert_eq!(
        refusal(replaced("high.mp4", b"avc1\0\0\0\0", b"encv")),
        FilmFault::Encrypted
    );
}

#[test]
fn pictures_that_are_too_large_are_refused_before_one_is_decoded() {
    let size = Size::new(4224, 64);
    assert_eq!(refusal(video("too-large.mp4")), FilmFault::TooLarge { size });
}

#[test]
fn a_video_of_more_than_ten_minutes_is_refused() {
    // Ten units a second instead of thousands; and no edit that would cut it short.
    let mut bytes = replaced("high.mp4", b"edts", b"free");
    let at = bytes.windows(4).position(|four| four == b"mdhd").unwrap() + 4 + 12;
    bytes[at..at + 4].copy_from_slice(&10_u32.to_be_bytes());
    assert!(matches!(refusal(bytes), FilmFault::TooLong { .. }));
}

#[test]
fn tables_that_claim_more_than_there_is_take_no_memory() {
    let claim = |kind: &[u8], at: usize, number: u32| {
        let mut bytes = video("high.mp4");
        let table = bytes.windows(4).position(|four| four == kind).unwrap() + 4;
        bytes[table + at..table + at + 4].copy_from_slice(&number.to_be_bytes());
        bytes
    };
    for (kind, at) in [
        (b"stsz", 8),
        (b"stsz", 4),
        (b"stsc", 8),
        (b"stco", 8),
        (b"moov", 4),
        (b"trak", 4),
    ] {
        for number in [u32::MAX, 0x7FFF_FFFF, 0x0010_0000] {
            let fault = refusal(claim(kind, at, number));
            assert!(
                matches!(
                    fault,
                    FilmFault::Unreadable { .. } | FilmFault::Cut | FilmFault::NoPictures
                ),
                "{kind:?} {number}: {fault}"
            );
        }
    }
}

#[test]
fn a_file_that_names_another_format_is_what_it_is() {
    // A playlist that calls itself a video is not even looked at.
    assert!(matches!(
        refusal(b"#EXTM3U\nfile:///etc/passwd\n".to_vec()),
        FilmFault::NoVideo { found: Found::Playlist }
    ));
    // And what is decoded as another format is damaged.
    for container in [Container::Mov, Container::Gif, Container::Png, Container::WebP] {
        for name in ["high.mp4", "moving.gif", "moving.png", "moving.webp", "vp9.webm"] {
            if super::named(name) != container {
                let fault = opened(Cursor::new(video(name)), container).err();
                assert!(fault.is_some(), "{name} as {container:?}");
            }
        }
    }
}

#[test]
fn every_refusal_speaks_both_languages() {
    let faults = [
        FilmFault::NoVideo { found: Found::Real },
        FilmFault::OnlySound,
        FilmFault::NoPictures,
        FilmFault::Cut,
        FilmFault::unreadable("a\u{7}word"),
        FilmFault::Unknown { codec: "H.265".into() },
        FilmFault::Encrypted,
        FilmFault::TooLarge {
            size: Size::new(16_384, 8640),
        },
        FilmFault::TooLong {
            lasts: std::time::Duration::from_secs(725),
        },
        FilmFault::TooHeavy { bytes: 5_000_000_000 },
        FilmFault::Flashes {
            at: std::time::Duration::from_secs(12),
            count: 9,
        },
    ];
    for fault in faults {
        assert!(fault.to_string().is_ascii(), "{fault}");
        assert!(
            !fault.chinese().is_ascii() && !fault.help().zh.is_ascii() && fault.help().en.is_ascii(),
            "{fault}"
        );
        assert!(!fault.to_string().contains('\u{7}'));
    }
    assert_eq!(
        FilmFault::TooLong {
            lasts: std::time::Duration::from_secs(725)
        }
        .chinese(),
        "视频长 12 分 5 秒，最长 10 分钟"
    );
}
