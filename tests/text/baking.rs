//! Baking: the form of its sources, and what is said of wrong ones.

use yingbi::{
    diagnostic::Explain,
    text::{BakeError, How, Outlines, Overrides, Sources, bake},
};

const HEX: &str =
    "0041:0000000018242442427E424242420000\n4E00:00000000000000000000000000007FFC00000000000000000000000000000000";

fn with(overrides: &str, blocks: &str) -> Result<Vec<u8>, BakeError> {
    bake(&Sources {
        hex: HEX,
        overrides,
        blocks,
        lists: &["一"],
    })
}

#[test]
fn the_baked_form_is_as_its_page_says() {
    let bytes = with("", "0041..0042 letters").unwrap();
    assert_eq!(bytes[..16], *b"YBSTRIKE\x01\x10\x39\x01\x03\x00\x00\x00");
    let first = |block: usize| u16::from_le_bytes([bytes[16 + block * 2], bytes[17 + block * 2]]);
    assert_eq!((first(0), first(1), first(0x4e00 / 64)), (0, 1, 2));
    let second = 16 + 0x139 * 2;
    let entry = |block: usize, code: usize| {
        let at = second + (block * 64 + code % 64) * 4;
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
    };
    assert_eq!(
        (entry(1, 0x41), entry(1, 0x42), entry(2, 0x4e00)),
        (8 << 24, 0, 16 << 24 | 16)
    );
    let rows = second + 3 * 64 * 4;
    assert_eq!(
        bytes[rows..rows + 16],
        [
            0, 0, 0, 0, 0x18, 0x24, 0x24, 0x42, 0x42, 0x7e, 0x42, 0x42, 0x42, 0x42, 0, 0
        ]
    );
    assert_eq!(bytes.len(), rows + 16 + 32);
}

#[test]
fn every_way_of_widening_does_what_its_name_says() {
    // The fifth row of the source's A is ...##...; of the box drawing corner below, ####....
    let source = "2510:000000000000000018F0100000000000";
    let rows = |how: &str| {
        let overrides = format!("U+2510 ┐ {how}");
        let bytes = bake(&Sources {
            hex: source,
            overrides: &overrides,
            blocks: "",
            lists: &[],
        })
        .unwrap();
        let rows = &bytes[bytes.len() - 32..];
        [8, 9].map(|row| u16::from_be_bytes([rows[row * 2], rows[row * 2 + 1]]))
    };
    assert_eq!(rows("left"), [0b0001_1000_0000_0000, 0b1111_0000_0000_0000]);
    assert_eq!(rows("centre"), [0b0000_0001_1000_0000, 0b0000_1111_0000_0000]);
    assert_eq!(rows("stretch"), [0b0000_0001_1000_0000, 0b1111_1111_0000_0000]);
    assert_eq!(rows("repeat"), [0b0001_1000_0001_1000, 0b1111_0000_1111_0000]);
    assert_eq!(rows("double"), [0b0000_0011_1100_0000, 0b1111_1111_0000_0000]);
}

#[test]
fn wrong_sources_are_refused_with_their_line() {
    let block = "................\n";
    let cases = [
        (
            with("", "3000-303F"),
            "line 1 of the blocks does not begin with `FIRST..LAST` in hex",
        ),
        (
            with("; ours\nU+4E00 一 widen", ""),
            "line 2 of the overrides is not `U+XXXX c HOW`",
        ),
        (
            with("U+4E00 二 left", ""),
            "line 1 of the overrides is not `U+XXXX c HOW`",
        ),
        (
            with(&format!("U+4E00 一 draw\n{}", block.repeat(15)), ""),
            "the glyph drawn at line 1 of the overrides is not 16 rows of 16 dots, each `.` or `#`",
        ),
        (
            with("U+0041 A left\nU+0041 A left", ""),
            "line 2 of the overrides draws U+0041 A a second time",
        ),
        (
            with("U+4E00 一 centre", ""),
            "the glyph source has no glyph 8 dots wide for U+4E00 一, which the overrides would widen",
        ),
    ];
    for (result, message) in cases {
        let problem = result.unwrap_err();
        assert_eq!(problem.to_string(), message);
        assert!(!problem.chinese().is_ascii() && !problem.help().zh.is_empty());
    }
    let sources = Sources {
        hex: "4E00:00",
        overrides: "",
        blocks: "",
        lists: &["一"],
    };
    assert_eq!(bake(&sources), Err(BakeError::Hex { line: 1 }));
}

#[test]
fn our_own_glyphs_are_known_by_how_they_were_made() {
    let ours = Overrides::parse(include_str!("../../fonts/sixteen/overrides.txt")).unwrap();
    let how = |character| ours.how(character);
    assert_eq!(
        (how('“'), how('─'), how('国')),
        (Some(How::Draw), Some(How::Stretch), None)
    );
}

#[test]
fn a_file_that_is_no_font_gives_no_outlines() {
    for bytes in [&b""[..], b"ttcf", &[0; 4096]] {
        assert_eq!(Outlines::read(bytes, 2).err(), Some(BakeError::Outlines { index: 2 }));
    }
}
