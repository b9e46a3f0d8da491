//! Fonts that people bring become strikes in the state folder, and what they cover is said.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::Path,
};

use serde::Serialize;

use super::Work;
use crate::{
    cli::{
        MISSING_SHOWN,
        clips::shown,
        exit::{Exit, Failure},
        font,
    },
    diagnostic::{Diagnostic, Language},
    folder::whole,
    media::{self, ChildFault, FontFault, FontSettings, Form, MadeStrike, Prepared, Strikes},
    text::Sheet,
};

/// The most of a file that is read: one byte more than any kind may have.
const READ: u64 = (64 << 20) + 1;

/// A strike as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    form: &'static str,
    dots: u8,
    made: &'static str,
    strike: String,
    covers: Vec<Cover>,
}

/// How much of a list a strike has.
#[derive(Debug, Serialize)]
struct Cover {
    list: &'static str,
    has: usize,
    of: usize,
    missing: Vec<String>,
}

/// Makes strikes of the font at `path`, and says what they cover.
pub(super) fn import(work: &Work<'_>, path: &Path) -> Result<Exit, Failure> {
    let font = Font {
        work,
        kept: Strikes::new(&work.state),
    };
    font.import(path)
}

/// What a font is prepared with.
struct Font<'a> {
    work: &'a Work<'a>,
    kept: Strikes,
}

impl Font<'_> {
    fn import(&self, path: &Path) -> Result<Exit, Failure> {
        let bytes = match whole::read(path, READ) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(self.work.unread(path, &io::Error::from(io::ErrorKind::NotFound))),
            Err(error) => return Ok(self.work.unread(path, &error)),
        };
        let settings = FontSettings {
            index: self.work.options.index,
            ..FontSettings::default()
        };
        match media::prepare(&bytes, &settings, &self.work.child, &self.kept) {
            Ok(prepared) => {
                self.install(path, &prepared)?;
                self.tell(path, &prepared)
            }
            Err(fault) => self.refuse(path, &fault),
        }
    }

    /// Puts the strikes into the site's folder `fonts`, where one is named; a strike already there is replaced in one step.
    fn install(&self, path: &Path, prepared: &Prepared) -> Result<(), Failure> {
        let Some(site) = &self.work.options.site else {
            return Ok(());
        };
        let folder = site.join("fonts");
        let failed = |place: &Path, error: &io::Error| Failure::file(Exit::CANNOT_CREATE, place, error);
        fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        for strike in &prepared.strikes {
            let place = folder.join(format!("{name}-{}.strike", strike.dots));
            whole::put(&place, &strike.bytes).map_err(|error| failed(&place, &error))?;
        }
        Ok(())
    }

    /// Says how a scene comes to the font.
    fn print_use(&self, path: &Path, out: &mut dyn Write) -> io::Result<()> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match (&self.work.options.site, self.work.terminal.language()) {
            (Some(site), Language::Chinese) => {
                writeln!(
                    out,
                    "  已装入 {}/fonts；模板中写 face = \"{name}\" 即用此字体",
                    site.display()
                )
            }
            (Some(site), Language::English) => {
                writeln!(
                    out,
                    "  put into {}/fonts; a scene uses it by face = \"{name}\"",
                    site.display()
                )
            }
            (None, Language::Chinese) => writeln!(out, "  站点要用此字体：加 --site 站点文件夹 再运行一次"),
            (None, Language::English) => writeln!(
                out,
                "  for a site to use it, run this again with --site and the site's folder"
            ),
        }
    }

    fn refuse(&self, path: &Path, fault: &FontFault) -> Result<Exit, Failure> {
        let exit = match fault {
            FontFault::Outlines(ChildFault::Start { .. } | ChildFault::Talk { .. }) => Exit::UNAVAILABLE,
            _ => Exit::PROBLEMS,
        };
        self.work.refused(&fault.diagnostic(shown(path)), exit)
    }

    /// Says what a font covers.
    fn tell(&self, path: &Path, prepared: &Prepared) -> Result<Exit, Failure> {
        let out = &mut io::stdout().lock();
        if self.work.options.json {
            for strike in &prepared.strikes {
                let line = serde_json::to_string(&self.line(path, prepared, strike)).map_err(io::Error::from)?;
                writeln!(out, "{line}")?;
            }
        } else {
            print(path, prepared, self.work.terminal.language(), out)?;
            self.print_use(path, out)?;
        }
        let Some(fault) = &prepared.unstored else {
            return Ok(Exit::DONE);
        };
        self.work.terminal.problems(&[Diagnostic::of_file(shown(path), fault)]);
        Ok(Exit::CANNOT_CREATE)
    }

    fn line<'a>(&self, path: &'a Path, prepared: &Prepared, strike: &MadeStrike) -> Line<'a> {
        Line {
            file: path.to_str().unwrap_or_default(),
            form: match prepared.form {
                Form::Outlines => "outlines",
                Form::Bitmap => "bitmap",
            },
            dots: strike.dots,
            made: if prepared.was_known { "before" } else { "now" },
            strike: self.kept.path(strike.name).display().to_string(),
            covers: covers(strike),
        }
    }
}

/// How much of each built-in list a strike has.
fn covers(strike: &MadeStrike) -> Vec<Cover> {
    let strike = strike.strike();
    let cover = |(list, characters): (&'static str, &str)| {
        let wanted: BTreeSet<char> = characters
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        let missing: Vec<String> = wanted
            .iter()
            .filter(|character| is_missing(strike.sheet(), **character))
            .map(|character| format!("U+{:04X} {character}", u32::from(*character)))
            .collect();
        Cover {
            list,
            has: wanted.len() - missing.len(),
            of: wanted.len(),
            missing,
        }
    };
    font::listed().map(cover).collect()
}

fn is_missing(sheet: Sheet<'_>, character: char) -> bool {
    sheet.glyph(character).is_none()
}

fn print(path: &Path, prepared: &Prepared, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let is_chinese = language == Language::Chinese;
    let (form, made) = match (prepared.form, prepared.was_known) {
        (Form::Outlines, false) if is_chinese => ("轮廓字体", "已制成字模"),
        (Form::Outlines, true) if is_chinese => ("轮廓字体", "字模已有"),
        (Form::Bitmap, false) if is_chinese => ("点阵字体", "已制成字模"),
        (Form::Bitmap, true) if is_chinese => ("点阵字体", "字模已有"),
        (Form::Outlines, false) => ("outlines", "strikes made"),
        (Form::Outlines, true) => ("outlines", "strikes were made before"),
        (Form::Bitmap, false) => ("bitmap", "strike made"),
        (Form::Bitmap, true) => ("bitmap", "strike was made before"),
    };
    match language {
        Language::Chinese => writeln!(out, "{}：{form}，{made}", path.display())?,
        Language::English => writeln!(out, "{}: {form}, {made}", path.display())?,
    }
    if let Some(face) = prepared.face.as_ref().filter(|face| face.fonts > 1) {
        match language {
            Language::Chinese => writeln!(out, "  共{}个字体，用第{}号：{}", face.fonts, face.index, face.name)?,
            Language::English => writeln!(out, "  font {} of {}, from 0: {}", face.index, face.fonts, face.name)?,
        }
    }
    for strike in &prepared.strikes {
        let covers = covers(strike);
        let counts: Vec<String> = covers
            .iter()
            .map(|cover| format!("{} {}/{}", cover.list, cover.has, cover.of))
            .collect();
        match language {
            Language::Chinese => writeln!(out, "  {} 点：{}", strike.dots, counts.join("，"))?,
            Language::English => writeln!(out, "  {} dots: {}", strike.dots, counts.join(", "))?,
        }
        // The larger sizes lack what the first one lacks.
        if strike.dots == prepared.strikes[0].dots {
            print_missing(&covers, language, out)?;
        }
    }
    let left_out = prepared.left_out.count;
    match (left_out, language) {
        (0, _) => Ok(()),
        (_, Language::Chinese) => writeln!(
            out,
            "  {left_out} 个字形高于行高，未采用：{}",
            prepared.left_out.names.join("、")
        ),
        (_, Language::English) => writeln!(
            out,
            "  {left_out} glyph(s) taller than the line, left out: {}",
            prepared.left_out.names.join(", ")
        ),
    }
}

/// Names the first ones that are missing of the 通用规范汉字表, which no text of an office should lack.
fn print_missing(covers: &[Cover], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let Some(cover) = covers
        .iter()
        .find(|cover| cover.list == "TGH8105" && !cover.missing.is_empty())
    else {
        return Ok(());
    };
    let shown = cover.missing.iter().take(MISSING_SHOWN).cloned().collect::<Vec<_>>();
    let rest = cover.missing.len() - shown.len();
    let (all, list) = (cover.missing.len(), shown.join("  "));
    match (language, rest) {
        (Language::Chinese, 0) => writeln!(out, "    缺 {all} 字：{list}"),
        (Language::Chinese, _) => writeln!(out, "    缺 {all} 字：{list}，另有 {rest} 字"),
        (Language::English, 0) => writeln!(out, "    {all} missing: {list}"),
        (Language::English, _) => writeln!(out, "    {all} missing: {list}, and {rest} more"),
    }
}
