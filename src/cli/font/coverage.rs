//! `yingbi font coverage`: how much of a list of characters a strike can set.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::Path,
};

use crate::{
    diagnostic::Language,
    text::{Strike, missing},
};

/// The lists that need no file: name, what it is, and the characters in one run.
const LISTS: [(&str, &str, &str); 5] = [
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

/// Says of each list how many of its characters the strike of 16 dots has, and names the first `limit` of the others.
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
    let absent: Vec<char> = wanted
        .iter()
        .copied()
        .filter(|character| is_missing(*character))
        .collect();
    let (all, has) = (wanted.len(), wanted.len() - absent.len());
    match language {
        Language::Chinese => writeln!(out, "{name}：{all} 字，有 {has}，缺 {}", absent.len())?,
        Language::English => writeln!(out, "{name}: {has} of {all} characters, {} missing", absent.len())?,
    }
    for character in absent.iter().take(limit) {
        writeln!(out, "  U+{:04X} {character}", u32::from(*character))?;
    }
    match (absent.len().saturating_sub(limit), language) {
        (0, _) => {}
        (rest, Language::Chinese) => writeln!(out, "  另有 {rest} 字")?,
        (rest, Language::English) => writeln!(out, "  and {rest} more")?,
    }
    Ok(absent.is_empty())
}

fn is_missing(character: char) -> bool {
    missing(character.encode_utf8(&mut [0; 4]), Strike::sixteen()).is_some()
}

fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
