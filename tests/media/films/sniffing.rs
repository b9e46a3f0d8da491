//! What a file is by its first bytes, whatever it is called.

use std::fs;

use proptest::prelude::*;
use yingbi::{
    diagnostic::Explain as _,
    media::film::{Container, FIRST, FilmFault, Found, sniff},
};

use super::{folder, named};

/// As the first bytes of a file are read.
fn of(bytes: &[u8]) -> Result<Container, Found> {
    sniff(&bytes[..bytes.len().min(FIRST)]).map_err(|fault| match fault {
        FilmFault::NoVideo { found } => found,
        fault => panic!("{fault}"),
    })
}

#[test]
fn every_video_is_known_by_its_first_bytes() {
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.ends_with(".list") || name.ends_with(".md") {
            continue;
        }
        assert_eq!(of(&fs::read(&path).unwrap()), Ok(named(name)), "{name}");
    }
}

#[test]
fn each_container_is_told_from_the_others() {
    let packets = |length: usize, before: usize| {
        let mut packet = vec![0x11; length];
        packet[before] = 0x47;
        packet.repeat(12)
    };
    let heads: [(&[u8], Container); 16] = [
        (b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2", Container::Mov),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", Container::Mov),
        (b"\0\0\0\x14ftyp3gp4\0\0\0\0", Container::Mov),
        (b"\0\0\0\x08wide\0\0\x10\0mdat", Container::Mov),
        (b"\0\0\x04\0moov\0\0\0\x6Cmvhd", Container::Mov),
        (b"\x1A\x45\xDF\xA3\x01\0\0\0", Container::Matroska),
        (b"RIFF\x10\x20\x30\0AVI LIST", Container::Avi),
        (b"RIFF\x10\x20\x30\0WEBPVP8X", Container::WebP),
        (b"FLV\x01\x05\0\0\0\x09", Container::Flv),
        (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9", Container::Asf),
        (b"\0\0\x01\xBA\x44", Container::MpegPs),
        (b"\0\0\x01\xB3\x16", Container::MpegVideo),
        (b"GIF89a\x10\0", Container::Gif),
        (b"\x89PNG\r\n\x1A\n", Container::Png),
        (&packets(188, 0), Container::MpegTs),
        (&packets(192, 4), Container::MpegTs),
    ];
    for (head, container) in heads {
        assert_eq!(of(head), Ok(container), "{head:?}");
    }
    // A recording that begins within a packet.
    assert_eq!(of(&packets(188, 0)[50..]), Ok(Container::MpegTs));
}

#[test]
fn what_is_no_video_is_named() {
    let heads: [(&[u8], Found); 34] = [
        (b"", Found::Empty),
        (&[0; 5000], Found::Zeros),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Found::Heif),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Found::Heif),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", Found::Sound),
        (b"ID3\x03\0\0\0\0", Found::Sound),
        (b"\xFF\xFB\x90\x64\0", Found::Sound),
        (b"\xFF\xF1\x50\x80\0", Found::Sound),
        (b"RIFF\x24\0\0\0WAVEfmt ", Found::Sound),
        (b"fLaC\0\0\0\x22", Found::Sound),
        (b"#!AMR\n\x0C", Found::Sound),
        (b"\xFF\xD8\xFF\xE1\0\x10Exif\0", Found::Picture),
        (b"BM\x36\0\x10\0\0\0", Found::Picture),
        (b"#EXTM3U\n#EXT-X-VERSION:3\n/etc/passwd\n", Found::Playlist),
        (b"\xEF\xBB\xBF#EXTM3U\nhttp://127.0.0.1/\n", Found::Playlist),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", Found::Playlist),
        (b"file '/etc/shadow'\n", Found::Playlist),
        (b"# list\nfile 'a.mp4'\nfile 'b.mp4'\n", Found::Playlist),
        (b"FILE \"a.wav\" WAVE\n  TRACK 01 AUDIO\n", Found::Playlist),
        (b"[playlist]\nFile1=http://10.0.0.1/a.mp4\n", Found::Playlist),
        (
            b"<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash\"/>",
            Found::Playlist,
        ),
        (
            b"<asx version=\"3.0\"><entry><ref href=\"http://x/\"/></entry></asx>",
            Found::Playlist,
        ),
        (b"[Reference]\r\nRef1=http://10.0.0.1/a.asf\r\n", Found::Playlist),
        (
            b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n",
            Found::Playlist,
        ),
        (b".RMF\0\0\0\x12", Found::Real),
        (b"%PDF-1.7\n", Found::Pdf),
        (b"PK\x03\x04\x14\0", Found::Office),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Found::Office),
        (b"Rar!\x1A\x07\x01\0", Found::Office),
        (b"\x1F\x8B\x08\0", Found::Office),
        ("关于召开会议的通知\n请各单位准时参加。\n".as_bytes(), Found::Text),
        (b"\xB9\xD8\xD3\xDA\xD5\xD9\xBF\xAA\xBB\xE1\xD2\xE9\n", Found::Text),
        (b"GGGGGGG, a text that begins as a packet does", Found::Text),
        (b"\x7FELF\x02\x01\x01\0\0", Found::Other),
    ];
    for (head, found) in heads {
        assert_eq!(of(head), Err(found), "{:?}", String::from_utf8_lossy(head));
        let fault = FilmFault::NoVideo { found };
        assert!(!fault.chinese().is_ascii() && !fault.help().zh.is_ascii() && fault.help().en.is_ascii());
    }
}

#[test]
fn a_long_text_is_a_text_even_where_the_first_bytes_end_within_a_sign() {
    for cut in 0..3 {
        let text = format!("{}{}", "a".repeat(cut), "通知".repeat(1000));
        assert_eq!(of(text.as_bytes()), Err(Found::Text));
    }
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = sniff(&bytes);
    }
}
