//! 造字: single glyphs that a site draws itself, for names that no font has and for code points of private use.
//!
//! A file is named by its character or by its code point, and holds one size of it: `U+E001.png`, `㛃.png`, `U+E001-24.png`, `㛃.bdf`. A PNG is
//! black on white and as many dots wide and high as the type is; transparent is white. A BDF holds one glyph, whatever code it has there.

mod fault;
mod picture;

use std::{collections::BTreeMap, sync::Arc};

pub use fault::OwnFault;

use super::{BitmapFont, bdf};
use crate::text::{
    bake,
    class::dropped,
    face::{Shape, Type},
    strike::Glyph,
};

/// The sizes that a glyph can be drawn in, in dots.
pub const SIZES: [u8; 4] = [16, 24, 32, 48];
/// The largest file of one glyph, in bytes.
pub const GLYPH_FILE_LIMIT: usize = 1 << 20;

/// One glyph of a site's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnGlyph {
    character: char,
    dots: u8,
    width: u8,
    rows: Vec<u8>,
}

impl OwnGlyph {
    /// What it stands for.
    pub const fn character(&self) -> char {
        self.character
    }

    /// The size of the type that it belongs to: its height in dots, one of [`SIZES`].
    pub const fn dots(&self) -> u8 {
        self.dots
    }

    /// Its dots.
    pub fn glyph(&self) -> Glyph<'_> {
        Glyph {
            width: self.width,
            rows: &self.rows,
        }
    }
}

/// All glyphs of a site's own, by size and character, each with the file that it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnGlyphs(BTreeMap<(u8, char), (Arc<str>, OwnGlyph)>);

impl OwnGlyphs {
    /// Takes the glyph that `file` holds.
    ///
    /// # Errors
    /// There is one of the same character and size already; it stays.
    pub fn add(&mut self, file: Arc<str>, glyph: OwnGlyph) -> Result<(), OwnFault> {
        let (character, dots) = (glyph.character, glyph.dots);
        if let Some((first, _)) = self.0.get(&(dots, character)) {
            let first = Arc::clone(first);
            return Err(OwnFault::Twice { character, dots, first });
        }
        self.0.insert((dots, character), (file, glyph));
        Ok(())
    }

    /// The glyph of `character` in type of `dots`.
    pub fn glyph(&self, character: char, dots: u8) -> Option<Glyph<'_>> {
        self.0.get(&(dots, character)).map(|(_, glyph)| glyph.glyph())
    }

    /// How `character` is drawn in `kind` with the glyph whose size comes nearest from below; one of a size that goes into it in whole
    /// numbers is taken first.
    pub(in crate::text) fn shape(&self, kind: Type, character: char) -> Option<Shape<'_>> {
        let fits = |size: &&u8| kind.dots().is_multiple_of(u16::from(**size));
        let sizes = || SIZES.iter().rev();
        let sizes = sizes().filter(fits).chain(sizes().filter(|size| !fits(size)));
        sizes
            .copied()
            .find_map(|size| kind.shape_of(self.glyph(character, size)?, size))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every glyph with its file, by size and then by character.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &OwnGlyph)> {
        self.0.values().map(|(file, glyph)| (file, glyph))
    }

    /// All glyphs of type of `dots` in the baked form of a [`Strike`](crate::text::Strike); `None` where there are none, or more than the form
    /// holds.
    pub fn strike(&self, dots: u8) -> Option<Vec<u8>> {
        let glyphs = self.0.range((dots, '\0')..=(dots, char::MAX));
        glyphs.clone().next()?;
        let glyphs = glyphs.map(|((_, character), (_, glyph))| (*character, glyph.glyph()));
        bake::pack(dots, glyphs).ok()
    }
}

/// Reads the glyph in the file of that name; folders before the name do not matter.
///
/// # Errors
/// The name does not say which character, or the file holds no such glyph.
pub fn read_glyph(file_name: &str, bytes: &[u8]) -> Result<OwnGlyph, OwnFault> {
    let name = Name::parse(file_name)?;
    if bytes.len() > GLYPH_FILE_LIMIT {
        return Err(OwnFault::File { size: bytes.len() });
    }
    let (dots, width, rows) = match name.form {
        Form::Png => {
            let (dots, rows) = picture::read(bytes)?;
            (dots, dots, rows)
        }
        Form::Bdf => of_bdf(bytes, name.character)?,
    };
    if let Some(said) = name.dots.filter(|said| *said != dots) {
        return Err(OwnFault::OtherSize { dots, said });
    }
    Ok(OwnGlyph {
        character: name.character,
        dots,
        width,
        rows,
    })
}

fn of_bdf(bytes: &[u8], character: char) -> Result<(u8, u8, Vec<u8>), OwnFault> {
    let font = bdf::read_one(bytes, character).map_err(OwnFault::Bdf)?;
    let dots = font.height();
    let glyph = font.glyph(character).ok_or(OwnFault::Blank)?;
    if !SIZES.contains(&dots) {
        let (width, height) = (glyph.width.into(), dots.into());
        return Err(OwnFault::Size { width, height });
    }
    if glyph.rows.iter().all(|byte| *byte == 0) {
        return Err(OwnFault::Blank);
    }
    Ok((dots, glyph.width, glyph.rows.to_vec()))
}

/// What a file's name says.
struct Name {
    character: char,
    dots: Option<u8>,
    form: Form,
}

enum Form {
    Png,
    Bdf,
}

impl Name {
    fn parse(file_name: &str) -> Result<Self, OwnFault> {
        let name = file_name.rsplit('/').next().unwrap_or_default();
        let wrong = || OwnFault::Name { name: name.into() };
        let (stem, extension) = name.rsplit_once('.').ok_or_else(wrong)?;
        let form = match extension.to_ascii_lowercase().as_str() {
            "png" => Form::Png,
            "bdf" => Form::Bdf,
            _ => return Err(wrong()),
        };
        let (which, dots) = match stem.rsplit_once('-') {
            Some((which, dots)) if !which.is_empty() => (which, Some(dots.parse().map_err(|_| wrong())?)),
            _ => (stem, None),
        };
        let character = code_point(which).or_else(|| only(which)).ok_or_else(wrong)?;
        if dropped(character) || character.is_whitespace() {
            return Err(OwnFault::Invisible { character });
        }
        Ok(Self { character, dots, form })
    }
}

/// Whether a file under `fonts/` is a glyph rather than a font: a PNG, or a BDF that is named by a character.
pub fn is_glyph_file(file_name: &str) -> bool {
    let extension = file_name.rsplit('.').next().unwrap_or_default();
    extension.eq_ignore_ascii_case("png") || (extension.eq_ignore_ascii_case("bdf") && Name::parse(file_name).is_ok())
}

/// The character that `word` writes as `U+` and four to six hexadecimal digits.
pub fn code_point(word: &str) -> Option<char> {
    let hex = word.strip_prefix("U+").or_else(|| word.strip_prefix("u+"))?;
    let is_code = (4..=6).contains(&hex.len()) && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_code
        .then(|| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32))
        .flatten()
}

/// The only character of `word`; one that a variation selector follows is that one.
fn only(word: &str) -> Option<char> {
    let mut characters = word.chars().filter(|character| !dropped(*character));
    characters.next().filter(|_| characters.next().is_none())
}

impl BitmapFont {
    /// Its glyph of `character`, as one of a site's own; `None` where it has none, or is of none of the [`SIZES`].
    pub fn own(&self, character: char) -> Option<OwnGlyph> {
        let glyph = self.glyph(character).filter(|_| SIZES.contains(&self.height()))?;
        Some(OwnGlyph {
            character,
            dots: self.height(),
            width: glyph.width,
            rows: glyph.rows.to_vec(),
        })
    }
}
