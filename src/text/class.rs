//! What a character is to the setting of Chinese: which may not begin a line, which may not end one, which hold together.
//!
//! The classes follow the W3C's Requirements for Chinese Text Layout, which rests on GB/T 15834-2011; what they mean for a line's end
//! is decided in `rules` and `bonds`. Scripts that the table does not name are told apart by the Unicode line breaking classes.

use unicode_linebreak::{BreakClass, break_property};

use super::gate;

/// What a character is at a line's edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Hanzi and whatever else stands alone: a line may end before and after it.
    Ideograph,
    /// A letter, or an ASCII sign that is part of words.
    Letter,
    /// A digit, of half or full width, a Roman numeral, or a fraction.
    Digit,
    /// Opening quotes and brackets: never at a line's end.
    Opening,
    /// Points, closing quotes and brackets: never at a line's start.
    Closing,
    /// The same, of those that also stand inside words and numbers: 3.14, 08:30, 〔2026〕23.
    Point,
    /// A dash or tilde that joins two things, the interpunct: never at a line's start.
    Connector,
    /// The solidus: never at a line's start, and at its end under the basic rules only.
    Solidus,
    /// One of the characters of 破折号 ——, which is never broken inside.
    Dash,
    /// One of the characters of 省略号 ……, which is never broken inside.
    Ellipsis,
    /// A sign that stands before a number: ￥ № ±.
    Prefix,
    /// A sign of unit after a number: % ℃ ㎡.
    Suffix,
    /// An accent that belongs to the character before it.
    Mark,
    /// A space, which may hang at a line's end, and is dropped there.
    Space,
    /// A space that holds what it stands between.
    Glue,
}

/// Whether `character` is left out of lines by rule: it has no shape of its own.
///
/// The rules are the gate's.
pub(super) const fn dropped(character: char) -> bool {
    gate::rule(character).is_some()
}

impl Class {
    /// The class of `character` by itself; its neighbours can change it, see `bonds`.
    pub(super) fn of(character: char) -> Self {
        match character {
            '\u{4e00}'..='\u{9fff}' => Self::Ideograph,
            '\0'..='\u{7f}' => ASCII[character as usize],
            '\u{2e80}'.. => wide(character),
            _ => narrow(character),
        }
    }
}

/// The classes of ASCII, looked up.
const ASCII: [Class; 128] = {
    let mut classes = [Class::Letter; 128];
    let mut code = 0;
    while code < 128 {
        classes[code as usize] = ascii(code);
        code += 1;
    }
    classes
};

const fn ascii(code: u8) -> Class {
    match code {
        b' ' | b'\t' => Class::Space,
        b'0'..=b'9' => Class::Digit,
        b'(' | b'[' | b'{' => Class::Opening,
        b'}' => Class::Closing,
        b'!' | b')' | b',' | b'.' | b':' | b';' | b'?' | b']' => Class::Point,
        b'-' | b'~' => Class::Connector,
        b'/' => Class::Solidus,
        b'$' => Class::Prefix,
        b'%' => Class::Suffix,
        _ => Class::Letter,
    }
}

/// The classes of what lies below the Chinese blocks.
fn narrow(character: char) -> Class {
    match character {
        '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' => Class::Space,
        '\u{a0}' | '\u{2007}' | '\u{2011}' | '\u{202f}' => Class::Glue,
        '¼'..='¾' | 'Ⅰ'..='ↈ' | '⅐'..='⅟' => Class::Digit,
        '«' | '‘' | '“' | '‹' => Class::Opening,
        '»' | '’' | '”' | '›' | '‼' | '⁇'..='⁉' => Class::Closing,
        '·' | '‐'..='―' | '‧' | '•' | '∶' => Class::Connector,
        '…' | '‥' | '⋯' => Class::Ellipsis,
        '£' | '¥' | '€' | '§' | '№' | '±' | '−' | '≤' | '≥' | '≈' => Class::Prefix,
        '°' | '‰' | '‱' | '′' | '″' | '℃' | '℉' => Class::Suffix,
        'À'..='ʯ' | 'Ͱ'..='ӿ' | 'ª' | 'º' | '²' | '³' | '¹' | 'µ' | '⁰'..='₟' => Class::Letter,
        '⸺' | '⸻' => Class::Dash,
        _ => other(character),
    }
}

/// The classes of the Chinese blocks, and of what lies above them.
fn wide(character: char) -> Class {
    match character {
        '\u{3000}' => Class::Space,
        '０'..='９' => Class::Digit,
        '（' | '［' | '｛' | '｟' | '｢' => Class::Opening,
        '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' => Class::Opening,
        '．' | '：' | '〕' => Class::Point,
        '、' | '。' | '，' | '；' | '！' | '？' | '）' | '］' | '｝' | '｠' | '｡' | '｣' | '､' => {
            Class::Closing
        }
        '〉' | '》' | '」' | '』' | '】' | '〗' | '〙' | '〛' | '〞' | '〟' => Class::Closing,
        '・' | '～' | '－' | '〜' | '･' => Class::Connector,
        '／' => Class::Solidus,
        '￥' | '￡' | '＄' | '＜' | '＞' | '＋' => Class::Prefix,
        '％' | '㎀'..='㏟' => Class::Suffix,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::Letter,
        '\u{3041}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'.. => Class::Ideograph,
        '\u{fe10}'..='\u{fe6b}' => form(character),
        _ => other(character),
    }
}

/// The classes of the vertical and the small forms.
fn form(character: char) -> Class {
    match character {
        '︗' | '︵' | '︷' | '︹' | '︻' | '︽' | '︿' | '﹁' | '﹃' | '﹇' | '﹙' | '﹛' | '﹝' => {
            Class::Opening
        }
        '︐'..='︖' | '︘' | '︶' | '︸' | '︺' | '︼' | '︾' | '﹀' | '﹂' | '﹄' | '﹈' => Class::Closing,
        '﹐'..='﹒' | '﹔'..='﹗' | '﹚' | '﹜' | '﹞' => Class::Closing,
        '︙' | '︰' => Class::Ellipsis,
        '︱' => Class::Dash,
        _ => other(character),
    }
}

/// What the table does not name: letters of other scripts are words, accents stay with their letters, the rest stands alone.
fn other(character: char) -> Class {
    match break_property(u32::from(character)) {
        BreakClass::Alphabetic | BreakClass::HebrewLetter | BreakClass::ComplexContext if character.is_alphabetic() => {
            Class::Letter
        }
        BreakClass::CombiningMark => Class::Mark,
        BreakClass::OpenPunctuation => Class::Opening,
        BreakClass::ClosePunctuation | BreakClass::Exclamation => Class::Closing,
        BreakClass::Numeric => Class::Digit,
        _ => Class::Ideograph,
    }
}
