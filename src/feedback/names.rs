//! Names that Windows takes, made of titles.

use std::collections::HashSet;

use super::words::UNTITLED;
use crate::diagnostic::{Language, tame};

/// The longest name without its ending, in bytes: what Linux, Samba and Windows all take, with room for a number and a page.
pub const NAME_LIMIT: usize = 180;

/// Names that mean devices on Windows, with or without an extension.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// What Windows does not take in names, and what stands for it.
const STAND_INS: [(char, char); 9] = [
    ('\\', '＼'),
    ('/', '／'),
    (':', '：'),
    ('*', '＊'),
    ('?', '？'),
    ('"', '＂'),
    ('<', '＜'),
    ('>', '＞'),
    ('|', '｜'),
];

/// A name for a file or folder that Windows and Linux take, as much of `text` as they do: never empty, without an ending.
///
/// Signs that are not taken become their full-width forms; what cannot be seen is left out; dots and spaces go from both ends.
pub fn file_name(text: &str, language: Language) -> String {
    let mut name = String::new();
    for char in text.chars().filter(|char| tame(*char) == *char || char.is_whitespace()) {
        let stand_in = STAND_INS.iter().find_map(|(from, to)| (*from == char).then_some(*to));
        let char = match stand_in {
            Some(stand_in) => stand_in,
            None if char.is_whitespace() => ' ',
            None => char,
        };
        if name.len() + char.len_utf8() > NAME_LIMIT {
            break;
        }
        name.push(char);
    }
    let name = name.trim_matches(['.', ' ', '\u{3000}', '~']);
    if name.is_empty() {
        return UNTITLED.get(language).into();
    }
    if is_device(name) {
        return format!("_{name}");
    }
    name.into()
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_port = |port: &str| {
        stem.strip_prefix(port).is_some_and(|number| {
            let mut digits = number.chars();
            matches!(
                (digits.next(), digits.next()),
                (Some('0'..='9' | '¹' | '²' | '³'), None)
            )
        })
    };
    DEVICES.contains(&&*stem) || is_port("COM") || is_port("LPT")
}

/// Gives every name once in every folder, whatever the case of its letters.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// `folder/name`, or `folder/name (2)` and so on where that was given already.
    pub(super) fn give(&mut self, folder: &str, name: &str) -> String {
        let mut number = 1_u32;
        loop {
            let path = match number {
                1 => format!("{folder}/{name}"),
                _ => format!("{folder}/{name} ({number})"),
            };
            if self.taken.insert(path.to_lowercase()) {
                return path;
            }
            number += 1;
        }
    }
}
