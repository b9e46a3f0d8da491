//! Fonts of outlines that a user brings (TTF, OTF, TTC), laid on dots: bytes in, one strike a size out.
//!
//! The libraries that read outlines are not ours. They have been known to hang, to panic and to take all memory on files that are not what
//! they say, so nothing here runs in a daemon: `media` calls it in a child process that it can do without.
//!
//! Hanzi fill the cell and stand on one line. Letters stand on a line of their own where theirs would put their tails below the cell; then
//! they are made smaller, as far as it takes. No dot is ever cut off.

mod cell;
mod fault;
mod ink;

use std::collections::{BTreeMap, BTreeSet};

use fontdue::{Font, FontSettings};
use ttf_parser::{Face, name_id};

pub use fault::OutlineFault;

use super::{
    bake::{self, Drawn},
    class::dropped,
};
use cell::Cell;

/// How much of a dot an outline must cover for it to be lit, of 255.
const COVER: u8 = 110;
/// The sizes that strikes can be made in, in dots.
const DOTS: std::ops::RangeInclusive<u8> = 8..=64;
/// The words by which the font of a collection is known that has the forms of the Chinese mainland.
const MAINLAND: [&str; 6] = ["SC", "CN", "GB", "Hans", "GB2312", "GB18030"];

/// What strikes are wanted of a font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which font of a collection, from 0; unless stated, the one for the Chinese mainland, else the first.
    pub index: Option<u32>,
    /// The heights of the strikes, 8 to 64 dots.
    pub sizes: Vec<u8>,
    /// The characters, as far as the font has them.
    pub characters: BTreeSet<char>,
}

/// What became of a font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlined {
    /// Which font of the file it is.
    pub index: u32,
    /// How many fonts the file has.
    pub fonts: u32,
    /// The font's own name; empty where it has none.
    pub name: String,
    /// The strikes in their baked form, with their heights, in the order in which they were asked for.
    pub strikes: Vec<(u8, Vec<u8>)>,
}

/// Whether the bytes begin as files of outlines do.
pub fn is_outline(bytes: &[u8]) -> bool {
    let begins = [b"\0\x01\0\0", b"OTTO", b"ttcf", b"true"];
    begins.iter().any(|begin| bytes.starts_with(*begin))
}

/// The strikes of a font.
///
/// # Errors
/// It is no font that can be read, or has none of the characters.
pub fn outline(bytes: &[u8], wanted: &Wanted) -> Result<Outlined, OutlineFault> {
    if let Some(dots) = wanted.sizes.iter().copied().find(|dots| !DOTS.contains(dots)) {
        return Err(OutlineFault::Size { dots });
    }
    let fonts = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    let index = wanted.index.unwrap_or_else(|| mainland(bytes, fonts));
    if index >= fonts {
        return Err(OutlineFault::NoFont { index, fonts });
    }
    let settings = FontSettings {
        collection_index: index,
        // Curves become lines once, fine enough for the largest size.
        scale: 64.0,
        load_substitutions: false,
    };
    let font = Font::from_bytes(bytes, settings).map_err(|reason| OutlineFault::Unreadable { reason })?;
    let name = name_of(bytes, index).unwrap_or_default();
    let strikes = wanted
        .sizes
        .iter()
        .map(|dots| Ok((*dots, strike(&font, *dots, &wanted.characters)?)))
        .collect::<Result<_, OutlineFault>>()?;
    Ok(Outlined {
        index,
        fonts,
        name,
        strikes,
    })
}

fn strike(font: &Font, dots: u8, characters: &BTreeSet<char>) -> Result<Vec<u8>, OutlineFault> {
    let has = |character: &char| !dropped(*character) && font.has_glyph(*character);
    let characters: Vec<char> = characters.iter().copied().filter(has).collect();
    let cell = Cell::of(font, dots, &characters);
    let glyph = |character| Some((character, cell.glyph(font, character)?));
    let glyphs: BTreeMap<char, Drawn> = characters.into_iter().filter_map(glyph).collect();
    if glyphs.is_empty() {
        return Err(OutlineFault::Nothing);
    }
    bake::write(dots, &glyphs).map_err(|_| OutlineFault::TooMuch { dots })
}

/// The font of a collection whose name says that it is for the Chinese mainland; else the first.
fn mainland(bytes: &[u8], fonts: u32) -> u32 {
    let is_mainland = |index: &u32| {
        let name = name_of(bytes, *index).unwrap_or_default();
        name.split([' ', '-', '_']).any(|word| MAINLAND.contains(&word))
    };
    // A font for all: what stands first where it has no such word. The monospaced ones stand last.
    (0..fonts.min(64)).find(is_mainland).unwrap_or(0)
}

/// The full name of a font of the file, short enough to be shown.
fn name_of(bytes: &[u8], index: u32) -> Option<String> {
    let face = Face::parse(bytes, index).ok()?;
    let name = |id| {
        face.names()
            .into_iter()
            .filter(move |name| name.name_id == id)
            .find_map(|name| name.to_string())
    };
    let name = name(name_id::FULL_NAME).or_else(|| name(name_id::FAMILY))?;
    Some(
        name.chars()
            .filter(|character| !character.is_control())
            .take(80)
            .collect(),
    )
}
