//! `yingbi font bake`: the strikes again from their sources.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use super::recipe::{RECIPES, Recipe, Refusal, named};
use crate::diagnostic::{Bilingual, Explain, Language};

/// The exit code where a strike differs from what its sources give, or a source is wrong.
const PROBLEMS: u8 = 1;
/// The exit code where a source is not on this machine, or is of another version.
const NO_INPUT: u8 = 66;

/// What to bake, and how.
#[derive(Clone, Debug)]
pub struct Baking {
    /// The folder `fonts`, with a folder for each strike and `lists/`.
    pub fonts: PathBuf,
    /// The strike; all of them where there is none.
    pub name: Option<String>,
    /// The file of outlines, where it is not where its package puts it.
    pub from: Option<PathBuf>,
    /// Write nothing; only compare.
    pub check: bool,
}

/// The names of the strikes that can be baked.
pub fn strikes() -> impl Iterator<Item = &'static str> {
    RECIPES.iter().map(|recipe| recipe.name)
}

/// Bakes strikes and writes each to its folder; or compares them with the ones that are there. The exit code is 0 where all is well, 1 where
/// a strike differs from what its sources give or a source is wrong, otherwise 66 where a source is not here.
///
/// # Errors
/// A file of the folder that cannot be read or written.
pub fn bake(baking: &Baking, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let wanted = |recipe: &&Recipe| baking.name.as_deref().is_none_or(|name| name == recipe.name);
    let mut codes = Vec::new();
    for recipe in RECIPES.iter().filter(wanted) {
        codes.push(match recipe.bake(&baking.fonts, baking.from.as_deref())? {
            Ok(baked) => put(recipe, baking, &baked, language, out)?,
            Err(refusal) => refuse(recipe, &refusal, language, out)?,
        });
    }
    let worst = [PROBLEMS, NO_INPUT].into_iter().find(|code| codes.contains(code));
    Ok(worst.unwrap_or(0))
}

/// Writes or compares one strike.
fn put(recipe: &Recipe, baking: &Baking, baked: &[u8], language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let path = baking.fonts.join(recipe.name).join(format!("{}.strike", recipe.name));
    let same = fs::read(&path).is_ok_and(|bytes| bytes == baked);
    if !same && !baking.check {
        fs::write(&path, baked).map_err(|error| named(&path, &error))?;
    }
    let said = match (same, baking.check) {
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
    Ok(if baking.check && !same { PROBLEMS } else { 0 })
}

/// Says why one strike could not be baked.
fn refuse(recipe: &Recipe, refusal: &Refusal, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let name = recipe.name;
    let (message, help) = match refusal {
        Refusal::Wrong(problem) => (Bilingual::new(problem.chinese(), problem.to_string()), problem.help()),
        Refusal::Absent { path, package } => (
            Bilingual::new(
                format!("{name}：未核对，来源 {} 不在本机", path.display()),
                format!("{name}: not checked, since its source {} is not here", path.display()),
            ),
            Bilingual::new(
                format!("请安装软件包 {package}，或用 --from 指明文件"),
                format!("install the package {package}, or name the file with --from"),
            ),
        ),
        Refusal::Other { path, sha256 } => (
            Bilingual::new(
                format!("{name}：未核对，来源 {} 是别的版本", path.display()),
                format!("{name}: not checked, since {} is of another version", path.display()),
            ),
            Bilingual::new(
                format!("其 SHA-256 应为 {sha256}"),
                format!("its SHA-256 should be {sha256}"),
            ),
        ),
    };
    writeln!(out, "{}\n  {}", message.get(language), help.get(language))?;
    Ok(match refusal {
        Refusal::Wrong(_) => PROBLEMS,
        Refusal::Absent { .. } | Refusal::Other { .. } => NO_INPUT,
    })
}
