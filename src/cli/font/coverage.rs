//! `yingbi font coverage`: how much of a list of characters each face can set, size by size.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::Path,
};

use crate::{
    diagnostic::Language,
    text::{Face, Strike, Type, missing},
};

/// The lists that need no file: name, what it is, and the characters in one run.
const LISTS: [(&str, &str, &str); 6] = [
    (
        "GB18030_L2",
        "GB 18030-2022 实现级别2 level 2",
        include_str!("../../../fonts/lists/GB18030_L2.txt"),
    ),
    (
        "TGH8105",
        "通用规范汉字表",
        include_str!("../../../fonts/lists/TGH8105.txt"),
    ),
    (
        "GB2312",
        "GB/T 2312 汉字 hanzi",
        include_str!("../../../fonts/lists/GB2312.txt"),
    ),
    (
        "Big5_L1",
        "常用繁体字 common traditional hanzi",
        include_str!("../../../fonts/lists/Big5_L1.txt"),
    ),
    (
        "GB2312_sym",
        "GB/T 2312 符号 symbols",
        include_str!("../../../fonts/lists/GB2312_sym.txt"),
    ),
    (
        "punct",
        "标点和常用符号 punctuation",
        include_str!("../../../fonts/lists/punct.txt"),
    ),
];

/// The faces and sizes that have a strike of their own.
const TYPES: [(Face, u16); 5] = [
    (Face::Hei, 16),
    (Face::Hei, 24),
    (Face::Hei, 32),
    (Face::Hei, 48),
    (Face::Song, 24),
];

/// Says of each list how many of its characters each face has in each size, how many of those come from another strike in its place, and
/// names the first `limit` of the missing ones.
///
/// A list is one of the built-in names, or else a UTF-8 file; no list at all stands for every built-in one. White space in a list does not
/// count. The exit code is 1 if anything is missing.
///
/// # Errors
/// A file that cannot be read.
pub fn coverage(lists: &[String], limit: usize, language: Language, out: &mut dyn Write) -> io::Result<u8> {
    let mut complete = true;
    for (name, _, characters) in LISTS.iter().filter(|_| lists.is_empty()) {
        complete &= report(name, characters, limit, language, out)?;
    }
    for name in lists {
        complete &= match LISTS.iter().find(|(known, ..)| known == name) {
            Some((_, _, characters)) => report(name, characters, limit, language, out)?,
            None => report(name, &read(Path::new(name))?, limit, language, out)?,
        };
    }
    Ok(u8::from(!complete))
}

/// The names of the built-in lists and what they are, for `--help`.
pub fn lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTS.iter().map(|(name, what, _)| (*name, *what))
}

/// The built-in lists with their characters, which may have white space between them.
pub(in crate::cli) fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTS.iter().map(|(name, _, characters)| (*name, *characters))
}

/// Says it of one list; whether nothing is missing.
fn report(name: &str, list: &str, limit: usize, language: Language, out: &mut dyn Write) -> io::Result<bool> {
    let wanted: BTreeSet<char> = list.chars().filter(|character| !character.is_whitespace()).collect();
    match language {
        Language::Chinese => writeln!(out, "{name}：{} 字", wanted.len())?,
        Language::English => writeln!(out, "{name}: {} characters", wanted.len())?,
    }
    let mut named = BTreeSet::new();
    for (face, dots) in TYPES {
        let set = Type::new(face, dots).expect("the sizes of the strikes are sizes");
        let absent: BTreeSet<char> = wanted.iter().copied().filter(|c| is_missing(set, *c)).collect();
        count(set, &wanted, absent.len(), language, out)?;
        // What is missing in one size is missing in the next as a rule: once is enough.
        let new: Vec<char> = absent.difference(&named).copied().collect();
        name_them(&new, limit, language, out)?;
        named.extend(new);
    }
    Ok(named.is_empty())
}

/// Says it of one face in one size.
fn count(set: Type, wanted: &BTreeSet<char>, absent: usize, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let is_borrowed = |character: &&char| !set.is_own(**character) && set.shape(**character).is_some();
    let (dots, has) = (set.dots(), wanted.len() - absent);
    let borrowed = wanted.iter().filter(is_borrowed).count();
    match language {
        Language::Chinese => writeln!(
            out,
            "  {} {dots} 点：有 {has}，其中 {borrowed} 字借自其他字模；缺 {absent}",
            set.face().chinese()
        ),
        Language::English => writeln!(
            out,
            "  {} {dots} dots: {has} there, {borrowed} of them from another strike; {absent} missing",
            set.face().english()
        ),
    }
}

/// Names the first `limit` of them.
fn name_them(absent: &[char], limit: usize, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for character in absent.iter().take(limit) {
        writeln!(out, "    U+{:04X} {character}", u32::from(*character))?;
    }
    match (absent.len().saturating_sub(limit), language) {
        (0, _) => Ok(()),
        (rest, Language::Chinese) => writeln!(out, "    另有 {rest} 字"),
        (rest, Language::English) => writeln!(out, "    and {rest} more"),
    }
}

/// Whether it has no glyph, and is not dropped by rule either.
fn is_missing(set: Type, character: char) -> bool {
    set.shape(character).is_none() && missing(character.encode_utf8(&mut [0; 4]), Strike::sixteen()).is_some()
}

fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
