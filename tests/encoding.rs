//! Files as Windows and WPS write them come out as the text that was typed, or are refused with a place.

use encoding_rs::GB18030;
use proptest::prelude::*;
use yingbi::{
    diagnostic::Explain,
    document::{Decoded, Encoding, EncodingError, decode},
};

fn decoded(bytes: &[u8]) -> (String, Encoding) {
    let Decoded { text, encoding } = decode(bytes).expect("good bytes");
    (text, encoding)
}

fn refused(bytes: &[u8]) -> EncodingError {
    decode(bytes).expect_err("bad bytes")
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once('\u{feff}')
        .chain(text.chars())
        .flat_map(|char| char.encode_utf16(&mut [0; 2]).to_vec())
        .flat_map(bytes)
        .collect()
}

#[test]
fn ascii_is_utf8() {
    assert_eq!(decoded(b"id = \"a\"\n"), ("id = \"a\"\n".into(), Encoding::Utf8));
    assert_eq!(decoded(b""), (String::new(), Encoding::Utf8));
}

#[test]
fn chinese_in_utf8_is_utf8_with_or_without_a_mark() {
    assert_eq!(decoded("通知".as_bytes()), ("通知".into(), Encoding::Utf8));
    assert_eq!(decoded("\u{feff}通知".as_bytes()), ("通知".into(), Encoding::Utf8));
}

// Fault 56.
#[test]
fn the_word_notice_in_gbk_is_not_taken_for_two_latin_letters() {
    let bytes = [0xcd, 0xa8, 0xd6, 0xaa];
    assert!(std::str::from_utf8(&bytes).is_ok(), "the trap: it is valid UTF-8");
    assert_eq!(decoded(&bytes), ("通知".into(), Encoding::Gb18030));
    let line = [b"title = \"".as_slice(), &bytes, b"\"\r\n"].concat();
    assert_eq!(decoded(&line), ("title = \"通知\"\n".into(), Encoding::Gb18030));
}

#[test]
fn western_punctuation_in_utf8_stays_what_it_is() {
    assert_eq!(decoded("“quoted” — so".as_bytes()).1, Encoding::Utf8);
}

// Fault 56.
#[test]
fn gbk_from_a_windows_machine_is_read_whole() {
    // 关于做好节假日值班工作的通知, as code page 936 writes it.
    let bytes = [
        0xb9, 0xd8, 0xd3, 0xda, 0xd7, 0xf6, 0xba, 0xc3, 0xbd, 0xda, 0xbc, 0xd9, 0xc8, 0xd5, 0xd6, 0xb5, 0xb0, 0xe0,
        0xb9, 0xa4, 0xd7, 0xf7, 0xb5, 0xc4, 0xcd, 0xa8, 0xd6, 0xaa,
    ];
    assert_eq!(
        decoded(&bytes),
        ("关于做好节假日值班工作的通知".into(), Encoding::Gb18030)
    );
}

#[test]
fn rare_characters_come_through_every_encoding() {
    let text = "鿏𬭎𫟹䶮堃"; // plane 2 takes four bytes in GB18030 and a pair of surrogates in UTF-16
    assert_eq!(decoded(text.as_bytes()), (text.into(), Encoding::Utf8));
    assert_eq!(
        decoded(&utf16(text, u16::to_le_bytes)),
        (text.into(), Encoding::Utf16Le)
    );
    assert_eq!(
        decoded(&utf16(text, u16::to_be_bytes)),
        (text.into(), Encoding::Utf16Be)
    );
    assert_eq!(decoded(&four_bytes(0x2cb4e)), ("𬭎".into(), Encoding::Gb18030));
}

/// GB18030's four bytes for a code point above the BMP: a plain count in base 10, 126, 10, 126 from 90 30 81 30.
fn four_bytes(code: u32) -> [u8; 4] {
    let linear = code - 0x10000;
    let digit = |value: u32, base: u8| base + u8::try_from(value).expect("a digit");
    [
        digit(linear / 12_600, 0x90),
        digit(linear / 1260 % 10, 0x30),
        digit(linear / 10 % 126, 0x81),
        digit(linear % 10, 0x30),
    ]
}

#[test]
fn windows_line_ends_become_line_feeds() {
    assert_eq!(decoded("一\r\n二\n三\r\n".as_bytes()).0, "一\n二\n三\n");
}

#[test]
fn a_nul_is_refused_with_its_place() {
    let error = refused("通知\n已\0毕".as_bytes());
    assert_eq!(error, EncodingError::Nul { offset: 10, line: 2 });
    assert_eq!(
        error.to_string(),
        "line 2: NUL character at byte 10; this is not a text file"
    );
    assert_eq!(error.chinese(), "第2行：第10字节处有空字符（NUL），不是文本文件");
    let wide = utf16("一\n\0", u16::to_le_bytes);
    assert_eq!(refused(&wide), EncodingError::Nul { offset: 6, line: 2 });
}

#[test]
fn utf16_without_its_mark_is_refused_as_not_text() {
    let bytes = &utf16("title", u16::to_le_bytes)[2..];
    assert_eq!(refused(bytes), EncodingError::Nul { offset: 1, line: 1 });
}

#[test]
fn invalid_gbk_is_refused_with_its_bytes() {
    let error = refused(b"\xcd\xa8\xd6\xaa\n\xcd\xa8\xff\xd6\xaa");
    assert_eq!(error.to_string(), "line 2: byte 7 (FF) is not valid GB18030");
    assert_eq!(error.chinese(), "第2行：第7字节处的FF不是有效的GB18030编码");
    assert!(!error.help().zh.is_empty() && !error.help().en.is_empty());
}

// Fault 20, 56.
#[test]
fn a_gbk_file_cut_in_the_middle_of_a_character_is_refused() {
    let error = refused(b"\xb9\xd8\xd3\xda\xd7");
    assert_eq!(error.to_string(), "line 1: byte 4 (D7) is not valid GB18030");
}

#[test]
fn damaged_utf8_is_refused_and_not_read_as_gbk() {
    let whole = "关于做好节假日值班工作的通知".as_bytes();
    let error = refused(&whole[..whole.len() - 1]);
    let EncodingError::Malformed { encoding, offset, .. } = error else {
        panic!("{error}");
    };
    assert_eq!((encoding, offset), (Encoding::Utf8, whole.len() - 3));
}

#[test]
fn half_a_surrogate_pair_and_half_a_unit_are_refused() {
    let mut bytes = utf16("一", u16::to_le_bytes);
    bytes.extend([0x70, 0xd8]);
    assert_eq!(
        refused(&bytes).to_string(),
        "line 1: byte 4 (70 D8) is not valid UTF-16LE"
    );
    bytes.truncate(5);
    assert_eq!(refused(&bytes).to_string(), "line 1: byte 4 (70) is not valid UTF-16LE");
}

#[test]
fn a_lone_surrogate_of_utf16_is_refused_with_its_place() {
    for (unit, bytes) in [(0xd870_u16, "70 D8"), (0xdc00, "00 DC")] {
        let mut file = utf16("一\n二", u16::to_le_bytes);
        file.extend(unit.to_le_bytes());
        file.extend(utf16("三", u16::to_le_bytes).split_off(2));
        let error = refused(&file);
        assert_eq!(
            error.to_string(),
            format!("line 2: byte 8 ({bytes}) is not valid UTF-16LE")
        );
        assert!(error.chinese().starts_with("第2行：第8字节处"), "{}", error.chinese());
    }
    let mut file = utf16("一", u16::to_be_bytes);
    file.extend([0xd8, 0x70, 0xd8, 0x70]);
    assert_eq!(
        refused(&file).to_string(),
        "line 1: byte 4 (D8 70) is not valid UTF-16BE"
    );
}

#[test]
fn a_lone_surrogate_written_as_utf8_is_refused_and_no_pair_of_them_is_joined() {
    let text = "关于做好工作的通知\n";
    for surrogates in [
        "\u{fffd}".as_bytes(),
        b"\xed\xa0\xb0",
        b"\xed\xb0\x80",
        b"\xed\xa1\xb0\xed\xbd\x8e",
    ] {
        let file = [text.as_bytes(), surrogates].concat();
        if surrogates == "\u{fffd}".as_bytes() {
            assert_eq!(
                decoded(&file).1,
                Encoding::Utf8,
                "the character itself is text, and refused by the gate"
            );
            continue;
        }
        let EncodingError::Malformed {
            encoding, offset, line, ..
        } = refused(&file)
        else {
            panic!("{surrogates:x?}");
        };
        assert_eq!((encoding, offset, line), (Encoding::Utf8, text.len(), 2));
    }
}

#[test]
fn an_overlong_form_is_refused_and_hides_nothing() {
    let text = "关于做好工作的通知\n二";
    for overlong in [
        &b"\xc0\x80"[..],
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xf0\x80\x80\xaf",
        b"\xf8\x88\x80\x80\x80",
    ] {
        let EncodingError::Malformed {
            encoding, offset, line, ..
        } = refused(&[text.as_bytes(), overlong].concat())
        else {
            panic!("{overlong:x?}");
        };
        assert_eq!(
            (encoding, offset, line),
            (Encoding::Utf8, text.len(), 2),
            "{overlong:x?}"
        );
    }
}

#[test]
fn a_code_point_beyond_unicode_is_refused() {
    let error = refused(&["关于做好工作的通知".as_bytes(), b"\xf4\x90\x80\x80"].concat());
    assert!(error.to_string().starts_with("line 1: byte 27 ("), "{error}");
}

proptest! {
    // Fault 56.
    #[test]
    fn any_bytes_give_text_or_a_place_inside_them(bytes in prop::collection::vec(any::<u8>(), 0..200), mark in 0..4_usize) {
        let mark: &[u8] = [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"][mark];
        let bytes = [mark, &bytes].concat();
        match decode(&bytes) {
            Ok(Decoded { text, .. }) => {
                prop_assert!(!text.contains('\0'));
                prop_assert!(!text.contains("\r\n"));
            }
            Err(EncodingError::Nul { offset, .. } | EncodingError::Malformed { offset, .. }) => {
                prop_assert!(offset < bytes.len());
            }
        }
    }

    #[test]
    fn hanzi_come_back_from_gb18030_as_they_were(text in "[一-龥䶮𬭎，。“”]{1,40}") {
        let (bytes, _, lossy) = GB18030.encode(&text);
        prop_assume!(!lossy && std::str::from_utf8(&bytes).is_err());
        prop_assert_eq!(decoded(&bytes), (text, Encoding::Gb18030));
    }

    #[test]
    fn chinese_comes_back_from_utf8_as_it_was(text in "[ -~]{0,10}[一-龥䶮𬭎]\\PC{0,40}") {
        prop_assert_eq!(decoded(text.as_bytes()), (text, Encoding::Utf8));
    }
}
