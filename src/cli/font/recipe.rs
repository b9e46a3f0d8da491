//! What each strike is baked from.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    text::{self, BakeError, Cut, Outlines, Sources, Wanted},
    units::Digest,
};

/// Where Debian's packages put the outlines.
const OUTLINES: &str = "/usr/share/fonts/opentype/noto";
/// Which font of their collections has the forms of the mainland.
const SIMPLIFIED: u32 = 2;

const SANS_REGULAR: OutlineFile = OutlineFile {
    name: "NotoSansCJK-Regular.ttc",
    package: "fonts-noto-cjk",
    sha256: "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
};
const SANS_MEDIUM: OutlineFile = OutlineFile {
    name: "NotoSansCJK-Medium.ttc",
    package: "fonts-noto-cjk-extra",
    sha256: "197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce",
};
const SERIF_REGULAR: OutlineFile = OutlineFile {
    name: "NotoSerifCJK-Regular.ttc",
    package: "fonts-noto-cjk",
    sha256: "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
};

/// A strike and what it is baked from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe {
    pub(super) name: &'static str,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// The hex form in the folder of the strike of 16 dots.
    Hex,
    /// Outlines of 黑体; the file of the wanted blocks, and the lists of wanted characters.
    Hei(OutlineFile, Cut, &'static str, &'static [&'static str]),
    /// The bitmaps in the folder of 宋体, and outlines of letters.
    Song(OutlineFile),
}

/// A file of outlines, too large to be kept here: what its package is, and its contents.
#[derive(Clone, Copy, Debug)]
struct OutlineFile {
    name: &'static str,
    package: &'static str,
    sha256: &'static str,
}

/// The recipes of all strikes that are in the binary.
pub(super) const RECIPES: [Recipe; 5] = [
    Recipe {
        name: "sixteen",
        source: Source::Hex,
    },
    Recipe {
        name: "hei24",
        source: Source::Hei(
            SANS_REGULAR,
            Cut::HEI24,
            "hei24/blocks.txt",
            &["TGH8105", "GB2312", "GB2312_sym", "punct"],
        ),
    },
    Recipe {
        name: "hei32",
        source: Source::Hei(
            SANS_MEDIUM,
            Cut::HEI32,
            "lists/blocks.txt",
            &["TGH8105", "GB2312", "GB2312_sym", "punct", "Big5_L1"],
        ),
    },
    Recipe {
        name: "hei48",
        source: Source::Hei(
            SANS_MEDIUM,
            Cut::HEI48,
            "lists/blocks.txt",
            &["TGH8105", "GB2312", "GB2312_sym", "punct"],
        ),
    },
    Recipe {
        name: "song24",
        source: Source::Song(SERIF_REGULAR),
    },
];

/// Why a strike could not be baked.
pub(super) enum Refusal {
    /// A source is wrong.
    Wrong(BakeError),
    /// A source is not here.
    Absent { path: PathBuf, package: &'static str },
    /// A source is another version.
    Other { path: PathBuf, sha256: &'static str },
}

impl From<BakeError> for Refusal {
    fn from(wrong: BakeError) -> Self {
        Self::Wrong(wrong)
    }
}

impl Recipe {
    /// The strike, from the folder `fonts` and from the outlines at `from`, or else where their package puts them. The outer error is a
    /// file of the folder that cannot be read.
    pub(super) fn bake(&self, fonts: &Path, from: Option<&Path>) -> io::Result<Result<Vec<u8>, Refusal>> {
        match self.source {
            Source::Hex => Ok(SourceFiles::read(fonts)?.bake().map_err(Refusal::Wrong)),
            Source::Hei(file, cut, blocks, lists) => {
                let lists = read_lists(fonts, lists)?;
                let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
                let wanted = Wanted {
                    blocks: &read(&fonts.join(blocks))?,
                    lists: &lists,
                    overrides: &read(&fonts.join("sixteen/overrides.txt"))?,
                };
                Ok(file
                    .read(from)
                    .and_then(|outlines| Ok(text::hei(&outlines, &cut, &wanted)?)))
            }
            Source::Song(file) => {
                let bitmaps = unpack(&fonts.join("song24/gb24st.pcf.xz"))?;
                let letters = read(&fonts.join("song24/letters.txt"))?;
                let overrides = read(&fonts.join("sixteen/overrides.txt"))?;
                Ok(file
                    .read(from)
                    .and_then(|outlines| Ok(text::song(&bitmaps, &outlines, &letters, &overrides)?)))
            }
        }
    }
}

impl OutlineFile {
    fn read(&self, from: Option<&Path>) -> Result<Outlines, Refusal> {
        let path = from.map_or_else(|| Path::new(OUTLINES).join(self.name), Path::to_path_buf);
        let Ok(bytes) = fs::read(&path) else {
            return Err(Refusal::Absent {
                path,
                package: self.package,
            });
        };
        if Digest::of(&bytes).to_string() != self.sha256 {
            return Err(Refusal::Other {
                path,
                sha256: self.sha256,
            });
        }
        Ok(Outlines::read(&bytes, SIMPLIFIED)?)
    }
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
        let hex = sixteen.join("unifont_all-16.0.04.hex.xz");
        Ok(Self {
            hex: String::from_utf8(unpack(&hex)?).map_err(|error| named(&hex, &io::Error::other(error)))?,
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

fn unpack(path: &Path) -> io::Result<Vec<u8>> {
    let packed = fs::File::open(path).map_err(|error| named(path, &error))?;
    let mut bytes = Vec::new();
    lzma_rust2::XzReader::new(io::BufReader::new(packed), false)
        .read_to_end(&mut bytes)
        .map_err(|error| named(path, &error))?;
    Ok(bytes)
}

/// The same error, with the file that it is about.
pub(super) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
