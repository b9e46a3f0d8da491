//! Making strikes from their sources: the glyphs of GNU Unifont, our own in place of some of them; outlines laid on dots; bitmaps as X
//! has them; and the lists of what is wanted.
//!
//! Bytes in, bytes out; the same sources give the same bytes. Reading and unpacking files is the caller's business.

mod cut;
mod error;
mod form;
mod hei;
mod letter;
mod outline;
mod overrides;
mod pcf;
mod song;
mod source;

use std::collections::BTreeSet;

pub use cut::Cut;
pub use error::BakeError;
pub(super) use form::pack;
pub use form::{Drawn, write};
pub use hei::{Wanted, hei};
pub use outline::Outlines;
pub use overrides::{How, Overrides};
pub use song::song;

use super::class::dropped;

/// The height of the strike that Unifont gives.
const SIXTEEN: u8 = 16;

/// What a strike of 16 dots is baked from, each as the text of its file.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// GNU Unifont's form: one glyph a line, `CODE:ROWS` in hex, 8 or 16 dots wide.
    pub hex: &'a str,
    /// Our own glyphs, as `fonts/sixteen/overrides.txt` explains.
    pub overrides: &'a str,
    /// Whole blocks that are wanted, `FIRST..LAST` in hex at the start of each line; lines that begin with `;` are comments.
    pub blocks: &'a str,
    /// Lists of wanted characters, each the characters themselves in one run.
    pub lists: &'a [&'a str],
}

/// The strike of the sources, in the form that [`super::Strike`] reads.
///
/// # Errors
/// A line that is not of its file's form, or a wanted glyph of the overrides that the source cannot give. Wanted characters for which
/// the source has no glyph are left out; `yingbi font coverage` counts them.
pub fn bake(sources: &Sources<'_>) -> Result<Vec<u8>, BakeError> {
    let overrides = Overrides::parse(sources.overrides)?;
    let mut wanted = wanted(sources.blocks, sources.lists)?;
    wanted.extend(overrides.characters());
    let mut glyphs = source::glyphs(sources.hex, &wanted)?;
    for (character, over) in overrides.iter() {
        let bits = over.apply(character, glyphs.get(&character))?;
        glyphs.insert(character, bits);
    }
    let glyphs = glyphs.into_iter().map(|(character, bits)| (character, bits.drawn()));
    write(SIXTEEN, &glyphs.collect())
}

/// The characters of the blocks and of the lists, but those that have no shape by rule.
fn wanted(blocks_text: &str, lists: &[&str]) -> Result<BTreeSet<char>, BakeError> {
    let mut wanted = blocks(blocks_text)?;
    wanted.extend(lists.iter().flat_map(|list| list.chars()));
    wanted.retain(|character| !dropped(*character) && !matches!(character, '\t' | '\n'));
    Ok(wanted)
}

/// The characters of the blocks.
fn blocks(text: &str) -> Result<BTreeSet<char>, BakeError> {
    let mut wanted = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        let Some(range) = line.split_whitespace().next().filter(|word| !word.starts_with(';')) else {
            continue;
        };
        let code = |hex: &str| u32::from_str_radix(hex, 16).ok();
        let ends = range
            .split_once("..")
            .and_then(|(first, last)| code(first).zip(code(last)));
        let (first, last) = ends.ok_or(BakeError::Block { line: index + 1 })?;
        wanted.extend((first..=last.min(char::MAX.into())).filter_map(char::from_u32));
    }
    Ok(wanted)
}
