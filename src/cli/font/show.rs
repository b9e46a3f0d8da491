//! `yingbi font show`: a glyph as it is set.

use std::io::{self, Write};

use super::OVERRIDES;
use crate::{
    diagnostic::Language,
    text::{How, Mask, Overrides, Shape, Type},
};

/// Draws each of `characters` as `set` has it, two rows of dots a line of half blocks (`ascii`: a row a line of `#` and `.`), under its code
/// point, width and source. The exit code is 1 if one has no glyph.
///
/// # Errors
/// `out` cannot be written.
pub fn show(characters: &str, set: Type, ascii: bool, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let overrides = Overrides::parse(OVERRIDES).expect("the overrides that the strike in this binary was baked from");
    let mut complete = true;
    for character in characters.chars() {
        let code = u32::from(character);
        let Some(shape) = set.shape(character) else {
            complete = false;
            match language {
                Language::Chinese => writeln!(out, "U+{code:04X} {character}  无字形")?,
                Language::English => writeln!(out, "U+{code:04X} {character}  no glyph")?,
            }
            continue;
        };
        let source = source(set, character, shape.scale, overrides.how(character), language);
        match language {
            Language::Chinese => writeln!(out, "U+{code:04X} {character}  宽 {} 点，{source}", shape.advance)?,
            Language::English => writeln!(out, "U+{code:04X} {character}  {} dots wide, {source}", shape.advance)?,
        }
        let picture = drawn(&shape, set.dots());
        writeln!(out, "{}", if ascii { dots(&picture) } else { half_blocks(&picture) })?;
    }
    Ok(u8::from(!complete))
}

/// Where a glyph comes from: the strike, its scale, and how it was made if we made it.
fn source(set: Type, character: char, scale: u8, how: Option<How>, language: Language) -> String {
    let strike = set.source(character).unwrap_or_default();
    let ours = match (how.filter(|_| strike == "sixteen"), language) {
        (None, _) => "",
        (Some(How::Draw), Language::Chinese) => "，自绘",
        (Some(How::Draw), Language::English) => ", drawn by us",
        (Some(_), Language::Chinese) => "，加宽为全角",
        (Some(_), Language::English) => ", widened to a full cell",
    };
    let scale = if scale > 1 {
        format!(" ×{scale}")
    } else {
        String::new()
    };
    format!("{strike}{scale}{ours}")
}

/// The character on its cell.
fn drawn(shape: &Shape<'_>, dots: u16) -> Mask {
    let mut mask = Mask::new(shape.advance.into(), dots.into());
    mask.ink(shape.x.into(), shape.y.into(), shape.glyph, shape.scale);
    mask
}

pub(super) fn dots(picture: &Mask) -> String {
    let row = |y| (0..picture.width()).map(move |x| if picture.dot(x, y) { '#' } else { '.' });
    (0..picture.height()).flat_map(|y| row(y).chain(['\n'])).collect()
}

pub(super) fn half_blocks(picture: &Mask) -> String {
    let block = |x, y| match (picture.dot(x, y), picture.dot(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    let row = |y| (0..picture.width()).map(move |x| block(x, y));
    (0..picture.height())
        .step_by(2)
        .flat_map(|y| row(y).chain(['\n']))
        .collect()
}
