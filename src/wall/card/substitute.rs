//! Characters that a card with fonts of its own lacks, and what may faithfully stand for them there.
//!
//! Faithful is what a typist would write instead: another width, another form of the same mark, a unit spelt out. A hanzi has no substitute.

use crate::{controller::onbon::picture::words::fits, text};

/// `text` in characters that the card has.
///
/// # Errors
/// The first character that it has not, and for which nothing stands.
pub(super) fn fitting(text: &str) -> Result<String, char> {
    let mut fitting = String::with_capacity(text.len());
    for character in text.chars() {
        match substitute(character) {
            _ if character == '\n' || fits(character) => fitting.push(character),
            Some(instead) => fitting.push_str(instead),
            None if matches!(text::gate(character), text::Policy::Dropped(_)) => {}
            None => fitting.push(circled(character).ok_or(character)?),
        }
    }
    Ok(fitting)
}

/// The characters of `text` that the card has not, and for which nothing stands.
pub(super) fn missing(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut buffer = [0; 4];
    text.chars()
        .filter(move |character| fitting(character.encode_utf8(&mut buffer)).is_err())
}

/// What stands for a character that GB 2312 lacks.
const fn substitute(character: char) -> Option<&'static str> {
    Some(match character {
        '\t' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => " ",
        '\\' => "＼",
        '〇' => "○",
        '„' | '‟' | '〝' => "“",
        '〞' | '〟' => "”",
        '‚' | '‛' => "‘",
        '«' | '︽' => "《",
        '»' | '︾' => "》",
        '‹' | '︿' => "〈",
        '›' | '﹀' => "〉",
        '﹁' => "「",
        '﹂' => "」",
        '﹃' => "『",
        '﹄' => "』",
        '︵' => "（",
        '︶' => "）",
        '‐' | '‑' | '‒' | '–' | '−' | '﹣' => "-",
        '―' | '⸺' => "—",
        '•' | '‧' | '・' | '∙' | '⋅' | '･' => "·",
        '⋯' | '︙' => "…",
        '〜' => "～",
        '¥' => "￥",
        '￠' => "¢",
        '﹐' => "，",
        '﹑' | '､' => "、",
        '﹒' => ".",
        '｡' => "。",
        '｢' => "「",
        '｣' => "」",
        '﹔' => "；",
        '﹕' | '︰' => "：",
        '﹖' => "？",
        '﹗' => "！",
        '﹙' => "（",
        '﹚' => "）",
        '㎡' => "平方米",
        '㎥' => "立方米",
        '㎞' => "km",
        '㎝' => "cm",
        '㎜' => "mm",
        '㎏' => "kg",
        '㎎' => "mg",
        '㏄' => "cc",
        '⁄' | '∕' => "/",
        _ => return None,
    })
}

/// ⑪ to ⑳ as ⑾ to ⒇, and full-width forms as they are in ASCII.
fn circled(character: char) -> Option<char> {
    let other = match character {
        '⑪'..='⑳' => char::from_u32(u32::from(character) + 0x14),
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0),
        _ => None,
    };
    other.filter(|other| fits(*other))
}
