//! `yingbi font`: what the strikes can set, how a glyph looks, and baking a strike from its sources.
//!
//! Each command writes its findings to `out` and returns the exit code: 0 done, 1 problems found. What cannot be read or written comes
//! back as an error, for the caller to report.

mod coverage;
mod show;

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
};

pub use coverage::{coverage, lists};
pub use show::show;

use crate::{
    diagnostic::{Bilingual, Explain, Language},
    text::{self, Sources},
};

/// Our own glyphs of the strike of 16 dots, as their file has them.
const OVERRIDES: &str = include_str!("../../fonts/sixteen/overrides.txt");

/// The files of `fonts/` that the strike of 16 dots is baked from, read and unpacked.
#[derive(Clone, Debug)]
pub struct SourceFiles {
    hex: String,
    overrides: String,
    blocks: String,
    lists: Vec<String>,
}

impl SourceFiles {
    /// Reads them from the folder `fonts`, which holds `sixteen/` and `lists/`.
    ///
    /// # Errors
    /// A file that is missing, unreadable, not UTF-8 or not .xz; the message names it.
    pub fn read(fonts: &Path) -> io::Result<Self> {
        let sixteen = fonts.join("sixteen");
        let lists = ["GB18030_L2", "TGH8105", "GB2312_sym", "punct"];
        Ok(Self {
            hex: unpack(&sixteen.join("unifont_all-16.0.04.hex.xz"))?,
            overrides: read(&sixteen.join("overrides.txt"))?,
            blocks: read(&sixteen.join("blocks.txt"))?,
            lists: lists
                .iter()
                .map(|name| read(&fonts.join("lists").join(format!("{name}.txt"))))
                .collect::<io::Result<_>>()?,
        })
    }

    /// The strike of these sources.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn bake(&self) -> Result<Vec<u8>, text::BakeError> {
        let lists: Vec<&str> = self.lists.iter().map(String::as_str).collect();
        text::bake(&Sources {
            hex: &self.hex,
            overrides: &self.overrides,
            blocks: &self.blocks,
            lists: &lists,
        })
    }
}

/// Bakes the strike of 16 dots from the folder `fonts` and writes it there; with `check`, only compares it with the one that is there.
///
/// # Errors
/// A file that cannot be read or written.
pub fn bake(fonts: &Path, check: bool, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let baked = match SourceFiles::read(fonts)?.bake() {
        Ok(baked) => baked,
        Err(problem) => return refuse(&problem, language, out),
    };
    let path = fonts.join("sixteen").join("sixteen.strike");
    let same = fs::read(&path).is_ok_and(|bytes| bytes == baked);
    if !same && !check {
        fs::write(&path, &baked).map_err(|error| named(&path, &error))?;
    }
    let said = match (same, check) {
        (true, _) => Bilingual::new("与来源一致", "as baked from its sources"),
        (false, true) => Bilingual::new(
            "与来源不一致，请运行 yingbi font bake",
            "not as baked from its sources; run yingbi font bake",
        ),
        (false, false) => Bilingual::new("已写入，重新编译后生效", "written; build again for it to take effect"),
    };
    match language {
        Language::Chinese => writeln!(out, "{}：{}（{} 字节）", path.display(), said.zh, baked.len())?,
        Language::English => writeln!(out, "{}: {} ({} bytes)", path.display(), said.en, baked.len())?,
    }
    Ok(u8::from(check && !same))
}

fn refuse(problem: &text::BakeError, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let message = Bilingual::new(problem.chinese(), problem.to_string());
    writeln!(out, "{}\n  {}", message.get(language), problem.help().get(language))?;
    Ok(1)
}

fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).map_err(|error| named(path, &error))
}

fn unpack(path: &Path) -> io::Result<String> {
    let packed = fs::File::open(path).map_err(|error| named(path, &error))?;
    let mut text = String::new();
    lzma_rust2::XzReader::new(io::BufReader::new(packed), false)
        .read_to_string(&mut text)
        .map_err(|error| named(path, &error))?;
    Ok(text)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
