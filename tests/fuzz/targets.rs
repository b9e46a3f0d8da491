//! What must hold of any bytes, for the fuzzer and for the tests that play its cases again.

#![allow(dead_code, reason = "a program of the fuzzer has one target")]

use yingbi::{
    diagnostic::Explain,
    text::{
        Sheet,
        bitmap::{BitmapFont, bdf as bdf_form, own::read_glyph, pcf as pcf_form},
    },
};

/// A BDF file is a font that can be a strike, or is refused at a place.
pub(super) fn bdf(bytes: &[u8]) {
    match bdf_form::read(bytes) {
        Ok(font) => is_sound(&font),
        Err(fault) => {
            assert!(fault.place.line > 0 && fault.place.column > 0 && fault.place.length > 0);
            is_told(&fault);
        }
    }
}

/// The same of a PCF file.
pub(super) fn pcf(bytes: &[u8]) {
    match pcf_form::read(bytes) {
        Ok(font) => is_sound(&font),
        Err(fault) => {
            assert!(fault.at <= bytes.len());
            is_told(&fault);
        }
    }
}

/// A strike is refused, or no look-up in it fails.
pub(super) fn strike(bytes: &[u8]) {
    match Sheet::read(bytes) {
        Ok(sheet) => {
            // Of any number of blocks the first and the last ones.
            let characters = ('\0'..='\u{1000}').chain('\u{10f000}'..=char::MAX);
            for glyph in characters.filter_map(|character| sheet.glyph(character)) {
                let stride = usize::from(glyph.width.div_ceil(8));
                assert_eq!(glyph.rows.len(), stride * usize::from(sheet.height()));
                let ink = glyph.ink();
                assert!(ink.is_none_or(|ink| ink.start < ink.end && ink.end <= glyph.width));
            }
        }
        Err(fault) => is_told(&fault),
    }
}

/// A file of one glyph is a glyph, or is refused. The first byte chooses the form.
pub(super) fn glyph(bytes: &[u8]) {
    let Some((form, bytes)) = bytes.split_first() else {
        return;
    };
    let name = if form % 2 == 0 { "U+E001.png" } else { "U+E001.bdf" };
    match read_glyph(name, bytes) {
        Ok(glyph) => {
            let (dots, glyph) = (glyph.dots(), glyph.glyph());
            assert!(matches!(dots, 16 | 24 | 32 | 48) && glyph.width <= 64);
            assert_eq!(
                glyph.rows.len(),
                usize::from(glyph.width.div_ceil(8)) * usize::from(dots)
            );
            assert!(glyph.ink().is_some_and(|ink| ink.end <= glyph.width));
        }
        Err(fault) => is_told(&fault),
    }
}

/// Every glyph of the font is in its strike, as it is.
fn is_sound(font: &BitmapFont) {
    assert!((8..=64).contains(&font.height()) && font.ascent() <= font.height() && font.count() > 0);
    let bytes = font.strike();
    let sheet = Sheet::read(&bytes).expect("what is written can be read");
    assert_eq!(sheet.height(), font.height());
    for (character, glyph) in font.glyphs() {
        assert!((1..=64).contains(&glyph.width));
        assert_eq!(sheet.glyph(character), Some(glyph));
    }
}

/// A refusal says what and what to do, in both languages, and is short.
fn is_told(fault: &impl Explain) {
    let help = fault.help();
    for words in [fault.to_string(), fault.chinese(), help.zh, help.en] {
        assert!(!words.is_empty() && words.chars().count() < 600, "{words}");
    }
}
