//! What a character is to the setting of Chinese: which may not begin a line, which may not end one, which hold together.
//!
//! The classes follow the W3C's Requirements for Chinese Text Layout, which rests on GB/T 15834-2011; what they mean for a line's end
//! is decided in `bonds`.

use super::gate;

/// What a character is at a line's edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Hanzi and whatever else stands alone: a line may end before and after it.
    Ideograph,
    /// A letter, or an ASCII sign that is part of words.
    Letter,
    /// A digit, of half or full width.
    Digit,
    /// Opening quotes and brackets: never at a line's end.
    Opening,
    /// Points, closing quotes and brackets: never at a line's start.
    Closing,
    /// The same, of those that also stand inside words and numbers: 3.14, 08:30, 〔2026〕23.
    Point,
    /// A dash or tilde that joins two things, the interpunct: never at a line's start.
    Connector,
    /// The solidus: neither at a line's start nor at its end.
    Solidus,
    /// One of the characters of 破折号 —— or 省略号 ……, which are never broken inside.
    Dash,
    /// What stands before a number: ￥ № ± 第.
    Prefix,
    /// A unit after a number: % ℃ ㎡ 年 元.
    Suffix,
    /// A word of size between number and unit: 670万元.
    Magnitude,
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
    pub(super) const fn of(character: char) -> Self {
        match character {
            ' ' | '\t' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => Self::Space,
            '\u{a0}' | '\u{2007}' | '\u{202f}' => Self::Glue,
            '0'..='9' | '０'..='９' => Self::Digit,
            '(' | '[' | '{' | '«' | '‘' | '“' | '（' | '［' | '｛' | '｟' => Self::Opening,
            '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' => Self::Opening,
            '!' | ')' | ',' | '.' | ':' | ';' | '?' | ']' | '．' | '：' | '〕' => Self::Point,
            '}' | '»' | '’' | '”' | '、' | '。' | '，' | '；' | '！' | '？' | '）' | '］' | '｝' | '｠' => {
                Self::Closing
            }
            '〉' | '》' | '」' | '』' | '】' | '〗' | '〙' | '〛' | '〞' | '〟' => Self::Closing,
            '-' | '~' | '·' | '‐'..='―' | '‧' | '・' | '～' | '－' | '〜' => Self::Connector,
            '/' | '／' => Self::Solidus,
            '…' | '⸺' | '⸻' => Self::Dash,
            '$' | '£' | '¥' | '€' | '№' | '￥' | '￡' | '＄' | '±' | '≤' | '≥' | '≈' | '＜' | '＞' | '＋' | '第' => {
                Self::Prefix
            }
            '%' | '°' | '‰' | '′' | '″' | '℃' | '℉' | '％' | '㎎'..='㏄' => Self::Suffix,
            '百' | '千' | '万' | '亿' | '余' | '多' => Self::Magnitude,
            '#'..='~' | 'À'..='ʯ' | 'Ͱ'..='ӿ' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Self::Letter,
            _ if is_unit(character) => Self::Suffix,
            _ => Self::Ideograph,
        }
    }

    /// Whether no line may begin with it.
    pub(super) const fn never_first(self) -> bool {
        matches!(self, Self::Closing | Self::Point | Self::Connector | Self::Solidus)
    }

    /// Whether no line may end with it.
    pub(super) const fn never_last(self) -> bool {
        matches!(self, Self::Opening | Self::Solidus)
    }
}

/// The hanzi that count or measure what the number before them says, as official texts use them.
const fn is_unit(character: char) -> bool {
    matches!(
        character,
        '年' | '月'
            | '日'
            | '号'
            | '时'
            | '点'
            | '分'
            | '秒'
            | '周'
            | '天'
            | '届'
            | '期'
            | '次'
            | '条'
            | '款'
            | '项'
            | '章'
            | '元'
            | '吨'
            | '米'
            | '里'
            | '亩'
            | '度'
            | '人'
            | '名'
            | '个'
            | '户'
            | '家'
            | '件'
            | '份'
            | '层'
            | '楼'
            | '室'
            | '倍'
            | '岁'
            | '位'
            | '台'
            | '辆'
            | '套'
            | '页'
            | '版'
            | '级'
            | '类'
    )
}
