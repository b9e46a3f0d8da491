//! The glyph gate: what becomes of each code point, and what of a text cannot be set.
//!
//! Every one of the 1,114,112 code points has one policy: it is drawn, it is dropped by a rule, or it is refused by name. So a text that
//! passes has no hole, no box and no `?` on the wall. `tables` has what Unicode says of code points, `words` what we say of them.

mod tables;
mod words;

use tables::{MARKS, PICTOGRAPHS, UNASSIGNED, holds};

use super::face::Type;

/// What becomes of a code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// It has a glyph, or is a space.
    Drawn,
    /// It has no shape of its own and is left out of lines.
    Dropped(Rule),
    /// A text with it is refused.
    Refused(Why),
}

/// The rules by which characters are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Control characters but tab and line feed.
    Control,
    /// Marks, embeddings and isolates of the direction of text.
    Direction,
    /// Spaces, joiners and fillers without width.
    ZeroWidth,
    /// The soft hyphen.
    SoftHyphen,
    /// Separators of lines and paragraphs.
    Separator,
    /// The byte order mark.
    ByteOrderMark,
    /// Selectors of another form of the character before them.
    Variation,
    /// Mathematical operators that are not seen.
    Operator,
    /// Marks around annotations and of musical or shorthand formatting.
    Format,
    /// Tags.
    Tag,
}

/// Why a character is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It means whatever somebody wants it to, and nobody has given it a glyph here.
    PrivateUse,
    /// An emoji: a picture in colour.
    Emoji,
    /// Several pictographs joined into one.
    Sequence,
    /// A mark set over, under or around the character before it.
    Combining,
    /// Of a script that runs from right to left.
    RightToLeft,
    /// What another program wrote in place of something that it could not read.
    Damaged,
    /// It means nothing in Unicode.
    Unassigned,
    /// No strike has it.
    Missing,
}

/// What of a text cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal<'a> {
    /// Bytes of the text before it.
    pub at: usize,
    /// The character; of emoji all that make up one of them.
    pub text: &'a str,
    /// Why not.
    pub why: Why,
}

/// What becomes of `character`, set with the built-in type.
pub fn gate(character: char) -> Policy {
    judge(character, |character| Type::default().shape(character).is_some())
}

/// What becomes of `character`, where `has_glyph` says which characters the type has.
pub(super) fn judge(character: char, has_glyph: impl Fn(char) -> bool) -> Policy {
    if let Some(rule) = rule(character) {
        return Policy::Dropped(rule);
    }
    if let Some(why) = barred(character) {
        return Policy::Refused(why);
    }
    if is_blank(character) || has_glyph(character) {
        return Policy::Drawn;
    }
    Policy::Refused(match u32::from(character) {
        0xe000..=0xf8ff | 0xf_0000.. => Why::PrivateUse,
        code if holds(&PICTOGRAPHS, code) => Why::Emoji,
        _ => Why::Missing,
    })
}

/// Whether `character` is drawn as a space where the type has no glyph for it.
pub(super) const fn is_blank(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\u{205f}')
}

/// All of `text` that cannot be set, in order, where `has_glyph` says which characters the type has.
pub(super) fn refusals(text: &str, has_glyph: impl Fn(char) -> bool) -> impl Iterator<Item = Refusal<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(first) = text[at..].chars().next() {
            let start = at;
            let (length, is_joined) = unit(&text[start..], first);
            let why = match judge(first, &has_glyph) {
                _ if is_joined => Some(Why::Sequence),
                Policy::Refused(why) => Some(why),
                Policy::Drawn | Policy::Dropped(_) => None,
            };
            at += if why.is_some() { length } else { first.len_utf8() };
            if let Some(why) = why {
                let text = &text[start..at];
                return Some(Refusal { at: start, text, why });
            }
        }
        None
    })
}

/// The bytes of the picture that `text` begins with, and whether several are joined in it; of anything but a picture, its first
/// character.
fn unit(text: &str, first: char) -> (usize, bool) {
    let mut length = first.len_utf8();
    if !is_pictograph(first) {
        return (length, false);
    }
    let mut is_joined = false;
    loop {
        let mut rest = text[length..].chars();
        match rest.next() {
            Some(next @ ('\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')) => length += next.len_utf8(),
            Some(joiner @ '\u{200d}') => match rest.next().filter(|next| is_pictograph(*next)) {
                Some(next) => {
                    is_joined = true;
                    length += joiner.len_utf8() + next.len_utf8();
                }
                None => return (length, is_joined),
            },
            _ => return (length, is_joined),
        }
    }
}

fn is_pictograph(character: char) -> bool {
    !character.is_ascii() && holds(&PICTOGRAPHS, u32::from(character))
}

/// The rule that leaves `character` out.
pub(super) const fn rule(character: char) -> Option<Rule> {
    let rule = match character {
        '\t' | '\n' | ' '..='~' | '\u{a0}'..='\u{ac}' => return None,
        '\0'..='\u{9f}' => Rule::Control,
        '\u{ad}' => Rule::SoftHyphen,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => Rule::Direction,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200d}' => {
            Rule::ZeroWidth
        }
        '\u{2060}' | '\u{3164}' | '\u{ffa0}' => Rule::ZeroWidth,
        '\u{2028}' | '\u{2029}' => Rule::Separator,
        '\u{2061}'..='\u{2064}' => Rule::Operator,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Rule::Variation,
        '\u{feff}' => Rule::ByteOrderMark,
        '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => Rule::Format,
        '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => Rule::Tag,
        _ => return None,
    };
    Some(rule)
}

/// Why `character` is refused even where the type has a glyph for it.
fn barred(character: char) -> Option<Why> {
    match u32::from(character) {
        // What texts consist of, before anything is looked up.
        0..=0x2ff | 0x4e00..=0x9fff => None,
        0xfffc | 0xfffd => Some(Why::Damaged),
        // A digit in a key, which nothing else is drawn around.
        0x20e3 => Some(Why::Emoji),
        code if holds(&UNASSIGNED, code) && !holds(&PICTOGRAPHS, code) => Some(Why::Unassigned),
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff => {
            Some(Why::RightToLeft)
        }
        code if holds(&MARKS, code) => Some(Why::Combining),
        _ => None,
    }
}
