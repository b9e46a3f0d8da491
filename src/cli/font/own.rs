//! Glyphs of a site's own, from the files under its `fonts/`.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use thiserror::Error;

use super::show::{dots, half_blocks};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain, Language},
    folder::{DEPTH_LIMIT, ENTRY_LIMIT, whole},
    text::{
        Mask,
        bitmap::own::{GLYPH_FILE_LIMIT, OwnGlyphs, SIZES, code_point, is_glyph_file, read_glyph},
    },
};

/// The folder of a site's fonts cannot be read, in the system's words.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{} cannot be read: {reason}", folder.display())]
pub struct OwnError {
    folder: PathBuf,
    reason: String,
}

/// The text that is asked for: itself, or the one character that it writes as `U+XXXX`.
pub fn spelled(text: &str) -> String {
    code_point(text).map_or_else(|| text.to_owned(), String::from)
}

/// The glyphs of the site in the folder `site`, and what is wrong with the others. Links are not followed.
///
/// # Errors
/// A folder that cannot be listed.
pub fn own(site: &Path) -> Result<(OwnGlyphs, Vec<Diagnostic>), OwnError> {
    let (mut glyphs, mut problems) = (OwnGlyphs::default(), Vec::new());
    let mut files = Vec::new();
    list(&site.join("fonts"), 0, &mut files)?;
    files.sort();
    for path in files {
        let name = path.strip_prefix(site).unwrap_or(&path).display().to_string();
        let file: Arc<str> = name.as_str().into();
        let bytes = whole::read(&path, GLYPH_FILE_LIMIT as u64 + 1).map_err(|error| fault(&path, &error))?;
        let added =
            read_glyph(&name, &bytes.unwrap_or_default()).and_then(|glyph| glyphs.add(Arc::clone(&file), glyph));
        problems.extend(added.err().map(|fault| fault.diagnostic(file)));
    }
    Ok((glyphs, problems))
}

/// The files of glyphs in `folder` and below.
fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), OwnError> {
    let listing = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    for entry in listing.map_err(|error| fault(folder, &error))? {
        let kind = entry.file_type().map_err(|error| fault(folder, &error))?;
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if kind.is_dir() && !is_hidden && depth < DEPTH_LIMIT {
            list(&entry.path(), depth + 1, files)?;
        }
        let is_glyph = entry.file_name().to_str().is_some_and(is_glyph_file);
        if kind.is_file() && is_glyph && files.len() < ENTRY_LIMIT {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn fault(folder: &Path, error: &io::Error) -> OwnError {
    OwnError {
        folder: folder.to_owned(),
        reason: error.to_string(),
    }
}

/// Draws every size of the site's own glyphs of `characters`, as `show` does; returns the characters that have none.
///
/// # Errors
/// `out` cannot be written.
pub fn show_own(
    characters: &str,
    own: &OwnGlyphs,
    ascii: bool,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<String> {
    let mut rest = String::new();
    for character in characters.chars() {
        let glyphs = SIZES
            .into_iter()
            .filter_map(|size| Some((size, own.glyph(character, size)?)));
        let mut is_drawn = false;
        for (size, glyph) in glyphs {
            is_drawn = true;
            let (code, width) = (u32::from(character), glyph.width);
            match language {
                Language::Chinese => writeln!(out, "U+{code:04X} {character}  {size} 点，宽 {width} 点，本站造字")?,
                Language::English => writeln!(
                    out,
                    "U+{code:04X} {character}  {size} dots, {width} wide, drawn by the site"
                )?,
            }
            let mut picture = Mask::new(width.into(), size.into());
            picture.ink(0, 0, glyph, 1);
            let picture = if ascii { dots(&picture) } else { half_blocks(&picture) };
            writeln!(out, "{picture}")?;
        }
        if !is_drawn {
            rest.push(character);
        }
    }
    Ok(rest)
}

impl Explain for OwnError {
    fn chinese(&self) -> String {
        format!("无法读取 {}：{}", self.folder.display(), self.reason)
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "请把造字放在站点的 fonts 文件夹中，如 fonts/造字/U+E001.png",
            "put the glyphs into the site's folder fonts, such as fonts/造字/U+E001.png",
        )
    }
}
