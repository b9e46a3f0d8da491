//! The baked form: what is in the binary is whole, and what comes from elsewhere is proven whole or refused.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use proptest::prelude::*;
use yingbi::{
    cli::font,
    diagnostic::Explain,
    text::{BakeError, Drawn, Mask, SharedStrike, Sheet, Strike, StrikeFault, write},
};

/// The strikes of the binary: name, bytes, height, and how many characters they have.
const STRIKES: [(&str, &[u8], u8, usize); 5] = [
    (
        "sixteen",
        include_bytes!("../../fonts/sixteen/sixteen.strike"),
        16,
        31_076,
    ),
    ("hei24", include_bytes!("../../fonts/hei24/hei24.strike"), 24, 23_778),
    ("hei32", include_bytes!("../../fonts/hei32/hei32.strike"), 32, 11_300),
    ("hei48", include_bytes!("../../fonts/hei48/hei48.strike"), 48, 9_289),
    ("song24", include_bytes!("../../fonts/song24/song24.strike"), 24, 7_653),
];

#[test]
fn every_embedded_strike_is_whole() {
    for (name, bytes, height, count) in STRIKES {
        let sheet = Sheet::read(bytes).unwrap();
        let glyphs = ('\0'..=char::MAX).filter(|c| sheet.glyph(*c).is_some()).count();
        assert_eq!((sheet.height(), glyphs), (height, count), "{name}");
    }
    let ours = [
        Strike::sixteen(),
        Strike::hei24(),
        Strike::hei32(),
        Strike::hei48(),
        Strike::song24(),
    ];
    assert!(
        ours.iter()
            .zip(STRIKES)
            .all(|(strike, (_, _, height, _))| strike.height() == height)
    );
}

#[test]
fn all_strikes_together_are_no_more_than_eight_megabytes() {
    let total: usize = STRIKES.iter().map(|(_, bytes, ..)| bytes.len()).sum();
    assert!(total <= 8_000_000, "{total}");
}

#[test]
fn every_strike_has_its_licence_and_its_origin_beside_it() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let table = std::fs::read_to_string(fonts.join("README.md")).unwrap();
    let mut folders: Vec<String> = std::fs::read_dir(&fonts)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !path.ends_with("lists"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    folders.sort();
    assert_eq!(folders, ["hei24", "hei32", "hei48", "sixteen", "song24"]);
    for name in folders {
        let read = |file: &str| std::fs::read_to_string(fonts.join(&name).join(file)).unwrap();
        let (licence, origin) = (read("LICENSE"), read("origin.txt"));
        assert!(
            licence.contains("SIL OPEN FONT LICENSE") && licence.contains("Copyright"),
            "{name}"
        );
        let said = |key: &str| {
            origin
                .lines()
                .find_map(|line| line.strip_prefix(key).map(str::trim))
                .unwrap()
        };
        assert!(said("package:").contains("Debian"), "{name}");
        assert_eq!(said("bake:"), format!("yingbi font bake {name}"));
        let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(said("sha256:").split([' ', ';']).any(is_digest), "{name}");
        assert!(
            table.contains(&format!("`{name}/`")),
            "{name} is in the table of fonts/README.md"
        );
    }
    let names: Vec<&str> = STRIKES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(font::strikes().collect::<Vec<_>>(), names);
}

/// A strike of two blocks: A of 9 dots and B of 8, three dots high, and 国.
fn small() -> Vec<u8> {
    let glyph = |width, rows: &[u8]| Drawn {
        width,
        rows: rows.to_vec(),
    };
    let glyphs = BTreeMap::from([
        ('A', glyph(9, &[0xff, 0x80, 1, 0, 0x55, 0x80])),
        ('B', glyph(8, &[1, 2, 3])),
        ('国', glyph(8, &[1, 2, 3])),
    ]);
    write(3, &glyphs).unwrap()
}

#[test]
fn what_is_written_is_read_back_and_like_rows_are_kept_once() {
    let bytes = small();
    let strike = SharedStrike::read(Arc::from(bytes.as_slice())).unwrap();
    let rows = |character| {
        strike
            .sheet()
            .glyph(character)
            .map(|glyph| (glyph.width, glyph.rows.to_vec()))
    };
    assert_eq!(rows('A'), Some((9, vec![0xff, 0x80, 1, 0, 0x55, 0x80])));
    assert_eq!(rows('B'), Some((8, vec![1, 2, 3])));
    assert_eq!(rows('国'), rows('B'));
    assert_eq!((rows('C'), rows('\u{10ffff}')), (None, None));
    let blocks = 0x56fd / 64 + 1;
    assert_eq!(bytes.len(), 16 + blocks * 2 + 3 * 256 + 9);
}

/// What is damaged, how, and what is said of it.
type Damage<'a> = (&'a str, &'a dyn Fn(&mut Vec<u8>), StrikeFault);

#[test]
fn a_damaged_strike_is_refused_with_the_byte_where_it_is_wrong() {
    let second = 16 + (0x56fd / 64 + 1) * 2;
    let entry = second + 256 + 4;
    let cases: [Damage<'_>; 12] = [
        ("empty", &|b| b.clear(), StrikeFault::Short { at: 0 }),
        ("another file", &|b| b[0] = b'Z', StrikeFault::Magic),
        ("another version", &|b| b[8] = 2, StrikeFault::Version { found: 2 }),
        ("no height", &|b| b[9] = 0, StrikeFault::Header { at: 9 }),
        (
            "more blocks than Unicode",
            &|b| b[11] = 0xff,
            StrikeFault::Header { at: 10 },
        ),
        ("no empty block", &|b| b[12] = 0, StrikeFault::Header { at: 12 }),
        (
            "a byte that is kept free",
            &|b| b[15] = 1,
            StrikeFault::Header { at: 14 },
        ),
        ("cut in the index", &|b| b.truncate(900), StrikeFault::Short { at: 900 }),
        (
            "cut in the rows",
            &|b| b.truncate(b.len() - 1),
            StrikeFault::Glyph { at: entry + 4 },
        ),
        ("a block beyond the last", &|b| b[18] = 3, StrikeFault::Block { at: 18 }),
        (
            "rows beyond the end",
            &|b| b[entry] = 4,
            StrikeFault::Glyph { at: entry },
        ),
        (
            "a glyph in the empty block",
            &|b| b[second + 3] = 8,
            StrikeFault::Glyph { at: second },
        ),
    ];
    for (what, damage, fault) in cases {
        let mut bytes = small();
        damage(&mut bytes);
        assert_eq!(Sheet::read(&bytes).err(), Some(fault), "{what}");
        assert!(!fault.chinese().is_ascii() && !fault.help().en.is_empty());
    }
    // A dot beyond the width, in the last byte of A's first row.
    let mut bytes = small();
    let rows = bytes.len() - 9;
    bytes[rows + 1] = 0xc0;
    assert_eq!(Sheet::read(&bytes).err(), Some(StrikeFault::Glyph { at: entry }));
}

#[test]
fn no_strike_is_written_from_glyphs_that_do_not_fit_it() {
    let glyph = |width: u8, rows: &[u8]| {
        let rows = rows.to_vec();
        write(2, &BTreeMap::from([('A', Drawn { width, rows })]))
    };
    assert!(glyph(4, &[0xf0, 0x80]).is_ok());
    for (width, rows) in [(0, &[][..]), (4, &[0xf0]), (4, &[0xf0, 0x80, 0]), (4, &[0xf8, 0])] {
        assert_eq!(glyph(width, rows), Err(BakeError::Glyph { character: 'A' }));
    }
}

proptest! {
    #[test]
    fn whatever_bytes_are_damaged_a_strike_that_is_read_can_be_drawn_from(
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        end in any::<proptest::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = small();
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        for (index, byte) in damage {
            if !bytes.is_empty() {
                let at = index.index(bytes.len());
                bytes[at] = byte;
            }
        }
        if let Ok(sheet) = Sheet::read(&bytes) {
            for glyph in ('\0'..='\u{ffff}').filter_map(|character| sheet.glyph(character)) {
                let mut mask = Mask::new(u32::from(glyph.width) + 3, u32::from(sheet.height()));
                mask.ink(3, 0, glyph, 1);
                prop_assert_eq!(glyph.height(), usize::from(sheet.height()));
                let ink = glyph.ink().unwrap_or(0..0);
                prop_assert!(ink.start <= ink.end && ink.end <= glyph.width);
            }
        }
    }
}
