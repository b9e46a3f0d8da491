//! A font file becomes strikes: looked up, else made, and kept.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use thiserror::Error;

use super::{
    child::{Child, ChildFault, Limits, Task},
    strikes::{StrikeFileFault, Strikes},
};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain},
    text::{
        SharedStrike, Sheet,
        bitmap::{self, BitmapFault, LeftOut},
        outline::{self, OutlineFault, Wanted},
    },
    units::Digest,
};

/// What reading a font of outlines may use up: the largest Chinese collections take 300 MiB and two seconds.
const LIMITS: Limits = Limits {
    memory: 1024,
    cpu: 60,
    wall: Duration::from_secs(120),
    answer: 64 << 20,
};
/// The largest file of outlines, in bytes.
const FILE_LIMIT: usize = 64 << 20;
/// How strikes are made; another number where the same font is to give other dots.
const MAKE: &[u8] = b"strike 1";

/// How a font is to be prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontSettings {
    /// Which font of a collection, from 0; unless stated, the one for the Chinese mainland, else the first.
    pub index: Option<u32>,
    /// The heights of the strikes that are made of outlines, in dots.
    pub sizes: Vec<u8>,
    /// What reading it may use up.
    pub limits: Limits,
}

impl Default for FontSettings {
    fn default() -> Self {
        Self {
            index: None,
            sizes: vec![16, 24, 32, 48],
            limits: LIMITS,
        }
    }
}

/// What a font file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// TTF, OTF or TTC.
    Outlines,
    /// BDF or PCF.
    Bitmap,
}

/// A font that is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What its file is.
    pub form: Form,
    /// Which font of its file it is; not known of one whose strikes had been made before, nor of bitmaps.
    pub face: Option<Face>,
    /// Its strikes, one a size.
    pub strikes: Vec<MadeStrike>,
    /// Whether all of them had been made before.
    pub was_known: bool,
    /// Glyphs that a bitmap font has but cannot show; nobody counts them again in one that was known.
    pub left_out: LeftOut,
    /// What could not be stored.
    pub unstored: Option<StrikeFileFault>,
}

/// A font of a file of outlines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Its number in the file, from 0.
    pub index: u32,
    /// How many fonts the file has.
    pub fonts: u32,
    /// Its name; empty where it has none.
    pub name: String,
}

/// A strike that was made of a font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeStrike {
    /// Its height in dots.
    pub dots: u8,
    /// Its baked form.
    pub bytes: Arc<[u8]>,
    /// The name under which it is kept.
    pub name: Digest,
}

impl MadeStrike {
    /// Its glyphs.
    pub fn strike(&self) -> SharedStrike {
        SharedStrike::read(Arc::clone(&self.bytes)).expect("a strike was looked at when it was made, or read back")
    }
}

/// Why a font is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FontFault {
    /// A file of outlines that is too large.
    #[error("the file has {size} bytes; {} MiB is the most", FILE_LIMIT >> 20)]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// A bitmap font.
    #[error(transparent)]
    Bitmap(BitmapFault),
    /// Outlines.
    #[error(transparent)]
    Outlines(ChildFault),
}

/// The characters that strikes of outlines are made for, as far as the font has them: the 通用规范汉字表, GB/T 2312, punctuation, ASCII.
pub fn wanted() -> BTreeSet<char> {
    let lists = [
        include_str!("../../fonts/lists/TGH8105.txt"),
        include_str!("../../fonts/lists/GB2312.txt"),
        include_str!("../../fonts/lists/GB2312_sym.txt"),
        include_str!("../../fonts/lists/punct.txt"),
    ];
    let listed = lists
        .into_iter()
        .flat_map(str::chars)
        .filter(|character| !character.is_control());
    listed.chain(' '..='~').chain(['\u{3000}']).collect()
}

/// The strikes of a font file: those that are kept already, else made anew and kept.
///
/// # Errors
/// The file is no font that can be used. What cannot be stored is no error; [`Prepared::unstored`] says it.
pub fn prepare(bytes: &[u8], settings: &FontSettings, child: &Child, kept: &Strikes) -> Result<Prepared, FontFault> {
    if outline::is_outline(bytes) {
        prepare_outlines(bytes, settings, child, kept)
    } else {
        prepare_bitmap(bytes, kept)
    }
}

fn prepare_outlines(
    bytes: &[u8],
    settings: &FontSettings,
    child: &Child,
    kept: &Strikes,
) -> Result<Prepared, FontFault> {
    if bytes.len() > FILE_LIMIT {
        return Err(FontFault::TooLarge { size: bytes.len() });
    }
    let wanted = Wanted {
        index: settings.index,
        sizes: settings.sizes.clone(),
        characters: wanted(),
    };
    let source = Digest::of(bytes);
    let name = |dots: u8| {
        let one = Wanted {
            sizes: vec![dots],
            ..wanted.clone()
        };
        Digest::of_parts([MAKE, source.bytes(), &write_settings(&one)])
    };
    let names: Vec<(u8, Digest)> = wanted.sizes.iter().map(|dots| (*dots, name(*dots))).collect();
    let known: Option<Vec<MadeStrike>> = names.iter().map(|(dots, name)| known(kept, *dots, *name)).collect();
    if let Some(strikes) = known {
        return Ok(ready(Form::Outlines, strikes, LeftOut::default()));
    }
    let answer = child.run(Task::Outline, &write_settings(&wanted), bytes, &settings.limits);
    let answer = answer.map_err(FontFault::Outlines)?;
    let garbled = FontFault::Outlines(ChildFault::Garbled);
    let (face, made) = read_answer(&answer, &wanted.sizes).ok_or(garbled)?;
    let strikes = names.into_iter().zip(made);
    let strikes = strikes.map(|((dots, name), bytes)| MadeStrike { dots, bytes, name });
    Ok(Prepared {
        face: Some(face),
        ..keep(Form::Outlines, strikes.collect(), LeftOut::default(), kept)
    })
}

fn prepare_bitmap(bytes: &[u8], kept: &Strikes) -> Result<Prepared, FontFault> {
    let font = bitmap::read(bytes).map_err(FontFault::Bitmap)?;
    let strike = MadeStrike {
        dots: font.height(),
        bytes: font.strike().into(),
        name: Digest::of_parts([MAKE, Digest::of(bytes).bytes(), b"bitmap"]),
    };
    Ok(keep(Form::Bitmap, vec![strike], font.left_out().clone(), kept))
}

fn known(kept: &Strikes, dots: u8, name: Digest) -> Option<MadeStrike> {
    let bytes: Arc<[u8]> = kept.get(name)?.into();
    is_strike(&bytes, dots).then_some(MadeStrike { dots, bytes, name })
}

const fn ready(form: Form, strikes: Vec<MadeStrike>, left_out: LeftOut) -> Prepared {
    Prepared {
        form,
        face: None,
        strikes,
        was_known: true,
        left_out,
        unstored: None,
    }
}

fn keep(form: Form, strikes: Vec<MadeStrike>, left_out: LeftOut, kept: &Strikes) -> Prepared {
    let is_new = |strike: &&MadeStrike| kept.get(strike.name).is_none_or(|bytes| bytes[..] != strike.bytes[..]);
    let new: Vec<&MadeStrike> = strikes.iter().filter(is_new).collect();
    let unstored = new.iter().find_map(|strike| kept.put(strike.name, &strike.bytes).err());
    Prepared {
        was_known: new.is_empty(),
        unstored,
        ..ready(form, strikes, left_out)
    }
}

/// The settings as the child gets them: the index, or four bytes of ones; how many sizes; these; the characters.
fn write_settings(wanted: &Wanted) -> Vec<u8> {
    let mut bytes = wanted.index.unwrap_or(u32::MAX).to_le_bytes().to_vec();
    bytes.push(wanted.sizes.len() as u8);
    bytes.extend(&wanted.sizes);
    bytes.extend(wanted.characters.iter().collect::<String>().into_bytes());
    bytes
}

fn read_settings(bytes: &[u8]) -> Option<Wanted> {
    let (index, rest) = bytes.split_first_chunk()?;
    let (count, rest) = rest.split_first()?;
    let (sizes, characters) = rest.split_at_checked(usize::from(*count))?;
    Some(Wanted {
        index: Some(u32::from_le_bytes(*index)).filter(|index| *index != u32::MAX),
        sizes: sizes.to_vec(),
        characters: str::from_utf8(characters).ok()?.chars().collect(),
    })
}

/// The child's work: settings and a font in; out comes which font it was, and the strikes, each behind its length.
pub(super) fn outline(settings: &[u8], bytes: &[u8]) -> Result<Vec<u8>, OutlineFault> {
    let wanted = read_settings(settings).ok_or(OutlineFault::Unreadable { reason: "no settings" })?;
    let made = outline::outline(bytes, &wanted)?;
    let mut answer = [made.index.to_le_bytes(), made.fonts.to_le_bytes()].concat();
    let strikes = made.strikes.iter().map(|(_, strike)| &strike[..]);
    for part in [made.name.as_bytes()].into_iter().chain(strikes) {
        answer.extend((part.len() as u32).to_le_bytes());
        answer.extend(part);
    }
    Ok(answer)
}

/// The font of an answer, and its strikes, one for each of the sizes. The child has had a stranger's file, so each is looked at from end to
/// end.
fn read_answer(answer: &[u8], sizes: &[u8]) -> Option<(Face, Vec<Arc<[u8]>>)> {
    let (index, rest) = answer.split_first_chunk()?;
    let (fonts, mut rest) = rest.split_first_chunk()?;
    let mut part = || {
        let (length, after) = rest.split_first_chunk()?;
        let (part, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        rest = after;
        Some(part)
    };
    let name = str::from_utf8(part()?).ok()?;
    let face = Face {
        index: u32::from_le_bytes(*index),
        fonts: u32::from_le_bytes(*fonts),
        name: name
            .chars()
            .filter(|character| !character.is_control())
            .take(80)
            .collect(),
    };
    let strike = |dots: &u8| part().filter(|strike| is_strike(strike, *dots)).map(Arc::from);
    let strikes = sizes.iter().map(strike).collect::<Option<_>>()?;
    rest.is_empty().then_some((face, strikes))
}

fn is_strike(bytes: &[u8], dots: u8) -> bool {
    Sheet::read(bytes).is_ok_and(|sheet| sheet.height() == dots)
}

impl FontFault {
    /// The fault as a diagnostic of `file`.
    pub fn diagnostic(&self, file: Arc<str>) -> Diagnostic {
        match self {
            Self::Bitmap(fault) => fault.diagnostic(file),
            _ => Diagnostic::of_file(file, self),
        }
    }
}

impl Explain for FontFault {
    fn chinese(&self) -> String {
        match self {
            Self::TooLarge { size } => format!("文件有 {size} 字节，最多 {} MiB", FILE_LIMIT >> 20),
            Self::Bitmap(fault) => fault.chinese(),
            Self::Outlines(fault) => fault.chinese(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::TooLarge { .. } => Bilingual::new(
                "请换用只含一种字体的文件，或用字体工具删去不用的字形",
                "take a file of one font alone, or take out the glyphs that are not needed",
            ),
            Self::Bitmap(fault) => fault.help(),
            Self::Outlines(fault) => fault.help(),
        }
    }
}
