//! 造字: glyphs that a site draws itself, as PNG and as BDF.

use png::{BitDepth, ColorType, Encoder};
use yingbi::{
    diagnostic::Explain as _,
    text::{
        Sheet,
        bitmap::own::{OwnFault, OwnGlyphs, code_point, read_glyph},
    },
};

use super::drawn;

/// A PNG of that size and kind, whose samples are these.
fn png(side: u32, colour: ColorType, depth: BitDepth, samples: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, side, side);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ColorType::Indexed {
        encoder.set_palette(vec![255, 255, 255, 20, 20, 20]);
    }
    encoder.write_header().unwrap().write_image_data(samples).unwrap();
    bytes
}

/// A grey PNG: white, but for the dots in column 1 of every second row.
fn grey(side: usize, black: u8) -> Vec<u8> {
    let samples: Vec<u8> = (0..side * side)
        .map(|dot| {
            if dot % side == 1 && (dot / side).is_multiple_of(2) {
                black
            } else {
                255
            }
        })
        .collect();
    png(side as u32, ColorType::Grayscale, BitDepth::Eight, &samples)
}

fn refused(name: &str, bytes: &[u8]) -> String {
    let fault = read_glyph(name, bytes).expect_err("it is refused");
    assert!(!fault.chinese().is_ascii() && !fault.help().zh.is_empty() && !fault.help().en.is_empty());
    fault.to_string()
}

#[test]
fn a_picture_in_black_on_white_is_a_glyph_in_each_of_four_sizes() {
    for side in [16, 24, 32, 48] {
        let glyph = read_glyph("fonts/造字/㛃.png", &grey(side, 0)).unwrap();
        assert_eq!((glyph.character(), usize::from(glyph.dots())), ('㛃', side));
        let rows = drawn(glyph.glyph());
        assert_eq!(rows.len(), side);
        assert_eq!(rows[0], format!(".#{}", ".".repeat(side - 2)));
        assert_eq!(rows[1], ".".repeat(side));
    }
}

#[test]
fn every_way_of_storing_black_and_white_gives_the_same_glyph() {
    let expected = read_glyph("U+E001.png", &grey(16, 0)).unwrap();
    let lit = |dot: usize| dot % 16 == 1 && (dot / 16).is_multiple_of(2);
    let dots = || (0..256).map(lit);
    let one_bit: Vec<u8> = (0..16)
        .flat_map(|row| if row % 2 == 0 { [0xbf, 0xff] } else { [0xff, 0xff] })
        .collect();
    let indexed: Vec<u8> = (0..16)
        .flat_map(|row| if row % 2 == 0 { [0x40, 0] } else { [0, 0] })
        .collect();
    let rgb: Vec<u8> = dots()
        .flat_map(|lit| if lit { [9, 0, 30] } else { [250, 255, 240] })
        .collect();
    // Colour where it is transparent is none.
    let rgba: Vec<u8> = dots()
        .flat_map(|lit| if lit { [0, 0, 0, 255] } else { [200, 0, 0, 0] })
        .collect();
    let sixteen: Vec<u8> = dots()
        .flat_map(|lit| if lit { [0x10, 0] } else { [0xff, 0xff] })
        .collect();
    let alpha: Vec<u8> = dots().flat_map(|lit| [0, if lit { 255 } else { 0 }]).collect();
    let cases = [
        grey(16, 100),
        png(16, ColorType::Grayscale, BitDepth::One, &one_bit),
        png(16, ColorType::Indexed, BitDepth::One, &indexed),
        png(16, ColorType::Rgb, BitDepth::Eight, &rgb),
        png(16, ColorType::Rgba, BitDepth::Eight, &rgba),
        png(16, ColorType::Grayscale, BitDepth::Sixteen, &sixteen),
        png(16, ColorType::GrayscaleAlpha, BitDepth::Eight, &alpha),
    ];
    for (index, bytes) in cases.iter().enumerate() {
        assert_eq!(read_glyph("U+E001.png", bytes).unwrap(), expected, "case {index}");
    }
}

#[test]
fn a_bdf_of_one_glyph_is_a_glyph_whatever_its_code() {
    let rows = "8001\n".repeat(16);
    let bdf = |code: i32| {
        format!(
            "STARTFONT 2.1\nFONT f\nSIZE 16 75 75\nFONTBOUNDINGBOX 16 16 0 -2\nCHARS 1\nSTARTCHAR x\nENCODING {code}\nDWIDTH 16 0\n\
             BBX 16 16 0 -2\nBITMAP\n{rows}ENDCHAR\nENDFONT\n"
        )
    };
    for code in [-1, 65] {
        let glyph = read_glyph("U+E001-16.bdf", bdf(code).as_bytes()).unwrap();
        assert_eq!(
            (glyph.character(), glyph.dots(), glyph.glyph().width),
            ('\u{e001}', 16, 16)
        );
        assert!(drawn(glyph.glyph()).iter().all(|row| row == "#..............#"));
    }
    let text = bdf(65);
    let one = text.split_once("STARTCHAR").unwrap().1.split_once("ENDFONT").unwrap().0;
    let two = text.replace("ENDFONT", &format!("STARTCHAR{one}ENDFONT"));
    assert_eq!(
        refused("U+E001.bdf", two.as_bytes()),
        "line 28, column 1: a second glyph"
    );
    assert_eq!(
        refused(
            "U+E001.bdf",
            text.replace("16 16 0 -2", "16 15 0 -2")
                .replacen("8001\n", "", 1)
                .as_bytes()
        ),
        "the glyph is 16 by 15 dots; it can be 16 by 16, 24 by 24, 32 by 32 or 48 by 48"
    );
    assert_eq!(
        refused("U+E001.bdf", text.replace("8001", "0000").as_bytes()),
        "the glyph is blank: no dot of it is dark"
    );
}

#[test]
fn the_name_says_the_character_and_may_say_the_size() {
    let character = |name: &str| read_glyph(name, &grey(24, 0)).unwrap().character();
    assert_eq!(character("U+E001.png"), '\u{e001}');
    assert_eq!(character("u+2b4ee-24.PNG"), '\u{2b4ee}');
    assert_eq!(character("𫓮.png"), '𫓮');
    assert_eq!(character("a/b/㛃-24.png"), '㛃');
    // A glyph for the hyphen itself.
    assert_eq!(character("-.png"), '-');
    for name in [
        "",
        "png",
        ".png",
        "两字.png",
        "U+E0.png",
        "U+110000.png",
        "U+D800.png",
        "㛃.gif",
        "㛃-大.png",
    ] {
        let message = refused(name, &grey(24, 0));
        let base = name.rsplit('/').next().unwrap();
        assert_eq!(
            message,
            format!("the name {base} does not say which character it is of")
        );
    }
    assert_eq!(
        refused("U+200B.png", &grey(24, 0)),
        "U+200B is never drawn, whatever glyph it has"
    );
    assert_eq!(
        refused("U+3000.png", &grey(24, 0)),
        "U+3000 is never drawn, whatever glyph it has"
    );
    assert_eq!(
        refused("㛃-16.png", &grey(24, 0)),
        "the glyph has 24 dots, but its name says 16"
    );
    assert_eq!(code_point("U+E001"), Some('\u{e001}'));
    assert_eq!(
        (code_point("U+e00g"), code_point("U+1234567"), code_point("E001")),
        (None, None, None)
    );
}

#[test]
fn pictures_that_are_no_glyph_are_refused_with_what_to_do() {
    assert_eq!(
        refused("㛃.png", &grey(20, 0)),
        "the glyph is 20 by 20 dots; it can be 16 by 16, 24 by 24, 32 by 32 or 48 by 48"
    );
    let mut huge = Vec::new();
    let mut writer = Encoder::new(&mut huge, 40_000, 40_000).write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &[0; 8]).unwrap();
    drop(writer);
    assert!(refused("㛃.png", &huge).starts_with("the glyph is 40000 by 40000 dots"));
    let red: Vec<u8> = (0..256)
        .flat_map(|dot| if dot == 18 { [200, 0, 0] } else { [255, 255, 255] })
        .collect();
    assert_eq!(
        refused("㛃.png", &png(16, ColorType::Rgb, BitDepth::Eight, &red)),
        "the dot in row 2, column 3 is coloured; a glyph is drawn in black on white"
    );
    assert_eq!(
        refused("㛃.png", &grey(16, 200)),
        "the glyph is blank: no dot of it is dark"
    );
    assert!(refused("㛃.png", b"GIF89a").starts_with("the picture cannot be read as PNG: "));
    let good = grey(16, 0);
    for length in 0..good.len() - 12 {
        // The frame is whole before the last chunks are.
        if let Err(fault) = read_glyph("㛃.png", &good[..length]) {
            assert!(matches!(fault, OwnFault::Png { .. }), "{fault}");
        }
    }
    assert!(refused("㛃.png", &vec![0; (1 << 20) + 1]).starts_with("the file has 1048577 bytes"));
}

#[test]
fn a_site_has_one_glyph_a_character_and_size_and_all_of_a_size_are_a_strike() {
    let mut own = OwnGlyphs::default();
    let mut add = |name: &str, side: usize| own.add(name.into(), read_glyph(name, &grey(side, 0)).unwrap());
    add("U+E001-16.png", 16).unwrap();
    add("U+E001-24.png", 24).unwrap();
    add("㛃.png", 24).unwrap();
    let fault = add("U+36C3.png", 24).unwrap_err();
    assert_eq!(fault.to_string(), "U+36C3 㛃 in 24 dots is drawn in 㛃.png already");
    assert!(own.glyph('\u{e001}', 24).is_some() && own.glyph('\u{e001}', 32).is_none());
    assert_eq!(own.iter().count(), 3);
    assert!(own.strike(32).is_none());
    let strike = own.strike(24).unwrap();
    let sheet = Sheet::read(&strike).unwrap();
    assert_eq!(sheet.glyph('㛃'), own.glyph('㛃', 24));
    assert!(sheet.glyph('\u{e001}').is_some() && sheet.glyph('国').is_none());
}
