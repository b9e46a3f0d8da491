//! `yingbi font bake`: the strikes again from their sources.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use crate::{
    diagnostic::{Bilingual, Explain, Language},
    text::{self, BakeError, Cut, Outlines, Sources, Wanted},
    units::Digest,
};

/// The exit code of a bake whose sources are not on this machine, or are of another version.
const NO_INPUT: u8 = 66;

/// Where Debian's packages put the outlines.
const OUTLINES: &str = "/usr/share/fonts/opentype/noto";
/// Which font of the collections is the one with the forms of the mainland.
const SIMPLIFIED: u32 = 2;

/// The lists of `fonts/lists` that each strike of outlines holds beside the whole blocks.
const COMMON: [&str; 4] = ["TGH8105", "GB2312", "GB2312_sym", "punct"];

/// A strike and what it is baked from.
#[derive(Clone, Copy, Debug)]
struct Recipe {
    name: &'static str,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// The sources in `fonts/sixteen`.
    Hex,
    /// A file of [`OUTLINES`], its SHA-256, and which blocks and lists are wanted.
    Outlines {
        file: &'static str,
        package: &'static str,
        sha256: &'static str,
        cut: Cut,
        blocks: &'static str,
        lists: &'static [&'static str],
    },
}

const RECIPES: [Recipe; 4] = [
    Recipe {
        name: "sixteen",
        source: Source::Hex,
    },
    Recipe {
        name: "hei24",
        source: Source::Outlines {
            file: "NotoSansCJK-Regular.ttc",
            package: "fonts-noto-cjk",
            sha256: "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
            cut: Cut::HEI24,
            blocks: "hei24/blocks.txt",
            lists: &COMMON,
        },
    },
    Recipe {
        name: "hei32",
        source: Source::Outlines {
            file: "NotoSansCJK-Medium.ttc",
            package: "fonts-noto-cjk-extra",
            sha256: "197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce",
            cut: Cut::HEI32,
            blocks: "lists/blocks.txt",
            lists: &["TGH8105", "GB2312", "GB2312_sym", "punct", "Big5_L1"],
        },
    },
    Recipe {
        name: "hei48",
        source: Source::Outlines {
            file: "NotoSansCJK-Medium.ttc",
            package: "fonts-noto-cjk-extra",
            sha256: "197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce",
            cut: Cut::HEI48,
            blocks: "lists/blocks.txt",
            lists: &COMMON,
        },
    },
];

/// The names of the strikes that can be baked.
pub fn strikes() -> impl Iterator<Item = &'static str> {
    RECIPES.iter().map(|recipe| recipe.name)
}

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

/// Bakes strikes and writes each to its folder; or compares them with the ones that are there. The exit code is 0 where all is well, 1 where a
/// strike differs from what its sources give or a source is wrong, 66 where a source is not here.
///
/// # Errors
/// A file of the folder that cannot be read or written.
pub fn bake(baking: &Baking, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let wanted = |recipe: &&Recipe| baking.name.as_deref().is_none_or(|name| name == recipe.name);
    let mut code = 0;
    for recipe in RECIPES.iter().filter(wanted) {
        let result = match recipe.bake(&baking.fonts, baking.from.as_deref())? {
            Ok(baked) => put(recipe, baking, &baked, language, out)?,
            Err(problem) => problem.say(recipe, language, out)?,
        };
        code = if code == 1 {
            1
        } else {
            code.max(result).min(if result == 1 { 1 } else { NO_INPUT })
        };
    }
    Ok(code)
}

/// Why a strike could not be baked.
enum Problem {
    Wrong(BakeError),
    /// The source is not here.
    Absent {
        path: PathBuf,
        package: &'static str,
    },
    /// The source is another version.
    Other {
        path: PathBuf,
        sha256: &'static str,
    },
}

impl Recipe {
    fn bake(&self, fonts: &Path, from: Option<&Path>) -> io::Result<Result<Vec<u8>, Problem>> {
        match self.source {
            Source::Hex => Ok(SourceFiles::read(fonts)?.bake().map_err(Problem::Wrong)),
            Source::Outlines {
                file,
                package,
                sha256,
                cut,
                blocks,
                lists,
            } => {
                let path = from.map_or_else(|| Path::new(OUTLINES).join(file), Path::to_path_buf);
                let Ok(bytes) = fs::read(&path) else {
                    return Ok(Err(Problem::Absent { path, package }));
                };
                if Digest::of(&bytes).to_string() != sha256 {
                    return Ok(Err(Problem::Other { path, sha256 }));
                }
                let blocks = read(&fonts.join(blocks))?;
                let overrides = read(&fonts.join("sixteen/overrides.txt"))?;
                let lists = read_lists(fonts, lists)?;
                let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
                let wanted = Wanted {
                    blocks: &blocks,
                    lists: &lists,
                    overrides: &overrides,
                };
                let outlines = Outlines::read(&bytes, SIMPLIFIED);
                Ok(outlines
                    .and_then(|outlines| text::hei(&outlines, &cut, &wanted))
                    .map_err(Problem::Wrong))
            }
        }
    }
}

impl Problem {
    fn say(&self, recipe: &Recipe, language: Language, out: &mut dyn Write) -> io::Result<u8> {
        let (message, help) = match self {
            Self::Wrong(problem) => (Bilingual::new(problem.chinese(), problem.to_string()), problem.help()),
            Self::Absent { path, package } => (
                Bilingual::new(
                    format!("{}：来源 {} 不在本机，未烘制", recipe.name, path.display()),
                    format!(
                        "{}: not baked, since its source {} is not here",
                        recipe.name,
                        path.display()
                    ),
                ),
                Bilingual::new(
                    format!("请安装软件包 {package}，或用 --from 指明文件"),
                    format!("install the package {package}, or name the file with --from"),
                ),
            ),
            Self::Other { path, sha256 } => (
                Bilingual::new(
                    format!("{}：{} 是别的版本，未烘制", recipe.name, path.display()),
                    format!(
                        "{}: not baked, since {} is of another version",
                        recipe.name,
                        path.display()
                    ),
                ),
                Bilingual::new(
                    format!("其 SHA-256 应为 {sha256}"),
                    format!("its SHA-256 should be {sha256}"),
                ),
            ),
        };
        writeln!(out, "{}\n  {}", message.get(language), help.get(language))?;
        Ok(if matches!(self, Self::Wrong(_)) { 1 } else { NO_INPUT })
    }
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
    Ok(u8::from(baking.check && !same))
}

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
        Ok(Self {
            hex: unpack(&sixteen.join("unifont_all-16.0.04.hex.xz"))?,
            overrides: read(&sixteen.join("overrides.txt"))?,
            blocks: read(&sixteen.join("blocks.txt"))?,
            lists: read_lists(fonts, &["GB18030_L2", "TGH8105", "GB2312_sym", "punct"])?,
        })
    }

    /// The strike of these sources.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn bake(&self) -> Result<Vec<u8>, BakeError> {
        let lists: Vec<&str> = self.lists.iter().map(String::as_str).collect();
        text::bake(&Sources {
            hex: &self.hex,
            overrides: &self.overrides,
            blocks: &self.blocks,
            lists: &lists,
        })
    }
}

fn read_lists(fonts: &Path, names: &[&str]) -> io::Result<Vec<String>> {
    let path = |name: &&str| fonts.join("lists").join(format!("{name}.txt"));
    names.iter().map(|name| read(&path(name))).collect()
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
