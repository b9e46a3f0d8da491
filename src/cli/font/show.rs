//! `yingbi font show`: a glyph as the strike has it.

use std::io::{self, Write};

use super::OVERRIDES;
use crate::{
    diagnostic::Language,
    text::{Glyph, How, Overrides, Strike},
};

/// Draws the glyph of each of `characters`, two rows of dots a line of half blocks (`ascii`: a row a line of `#` and `.`), under its code
/// point, width and source. The exit code is 1 if one has no glyph.
///
/// # Errors
/// `out` cannot be written.
pub fn show(characters: &str, ascii: bool, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let overrides = Overrides::parse(OVERRIDES).expect("the overrides that the strike in this binary was baked from");
    let mut complete = true;
    for character in characters.chars() {
        let code = u32::from(character);
        let Some(glyph) = Strike::sixteen().glyph(character) else {
            complete = false;
            match language {
                Language::Chinese => writeln!(out, "U+{code:04X} {character}  无字形")?,
                Language::English => writeln!(out, "U+{code:04X} {character}  no glyph")?,
            }
            continue;
        };
        let source = source(overrides.how(character), language);
        match language {
            Language::Chinese => writeln!(out, "U+{code:04X} {character}  宽 {} 点，{source}", glyph.width)?,
            Language::English => writeln!(out, "U+{code:04X} {character}  {} dots wide, {source}", glyph.width)?,
        }
        let picture = if ascii { dots(glyph) } else { half_blocks(glyph) };
        writeln!(out, "{picture}")?;
    }
    Ok(u8::from(!complete))
}

/// Where a glyph comes from.
fn source(how: Option<How>, language: Language) -> &'static str {
    match (how, language) {
        (None, _) => "GNU Unifont",
        (Some(How::Draw), Language::Chinese) => "自绘",
        (Some(How::Draw), Language::English) => "drawn by us",
        (Some(_), Language::Chinese) => "GNU Unifont，加宽为全角",
        (Some(_), Language::English) => "GNU Unifont, widened to a full cell",
    }
}

fn rows(glyph: Glyph<'_>) -> Vec<Vec<bool>> {
    let lit = |row: &[u8], dot: u8| row[usize::from(dot / 8)] & (0x80 >> (dot % 8)) != 0;
    glyph
        .rows
        .chunks(usize::from(glyph.width.div_ceil(8)))
        .map(|row| (0..glyph.width).map(|dot| lit(row, dot)).collect())
        .collect()
}

pub(super) fn dots(glyph: Glyph<'_>) -> String {
    rows(glyph)
        .iter()
        .map(|row| {
            row.iter()
                .map(|lit| if *lit { '#' } else { '.' })
                .chain(['\n'])
                .collect::<String>()
        })
        .collect()
}

pub(super) fn half_blocks(glyph: Glyph<'_>) -> String {
    rows(glyph)
        .chunks(2)
        .map(|pair| {
            let lower = pair.get(1);
            let block = |(dot, upper): (usize, &bool)| match (*upper, lower.is_some_and(|row| row[dot])) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            };
            pair[0].iter().enumerate().map(block).chain(['\n']).collect::<String>()
        })
        .collect()
}
