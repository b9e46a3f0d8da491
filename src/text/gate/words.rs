//! What the gate says: rules and refusals by name, in Chinese and in English.

use super::{Refusal, Rule, Why};
use crate::diagnostic::Bilingual;

impl Rule {
    /// All rules.
    pub const ALL: [Self; 10] = [
        Self::Control,
        Self::Direction,
        Self::ZeroWidth,
        Self::SoftHyphen,
        Self::Separator,
        Self::ByteOrderMark,
        Self::Variation,
        Self::Operator,
        Self::Format,
        Self::Tag,
    ];

    /// Its name in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Control => "控制字符",
            Self::Direction => "书写方向标记",
            Self::ZeroWidth => "零宽字符",
            Self::SoftHyphen => "软连字符",
            Self::Separator => "行、段分隔符",
            Self::ByteOrderMark => "字节顺序标记",
            Self::Variation => "异体选择符",
            Self::Operator => "不可见运算符",
            Self::Format => "格式标记",
            Self::Tag => "标签字符",
        }
    }

    /// Its name in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Control => "control character",
            Self::Direction => "direction mark",
            Self::ZeroWidth => "character without width",
            Self::SoftHyphen => "soft hyphen",
            Self::Separator => "line or paragraph separator",
            Self::ByteOrderMark => "byte order mark",
            Self::Variation => "variation selector",
            Self::Operator => "invisible operator",
            Self::Format => "formatting mark",
            Self::Tag => "tag",
        }
    }
}

impl Why {
    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::PrivateUse,
        Self::Emoji,
        Self::Sequence,
        Self::Combining,
        Self::RightToLeft,
        Self::Damaged,
        Self::Unassigned,
        Self::Missing,
    ];

    /// The reason in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::PrivateUse => "专用区字符，没有统一的字形",
            Self::Emoji => "表情符号没有点阵字形",
            Self::Sequence => "由几个符号连成的表情，没有点阵字形",
            Self::Combining => "附加在前一字符上的组合符号，无法排版",
            Self::RightToLeft => "从右向左书写的文字，无法排版",
            Self::Damaged => "原文在转存时已经损坏，此处的字已丢失",
            Self::Unassigned => "Unicode 中没有这个字符",
            Self::Missing => "字库缺此字",
        }
    }

    /// The reason in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::PrivateUse => "a private-use character, which has no glyph of its own",
            Self::Emoji => "emoji have no bitmap form",
            Self::Sequence => "a joined emoji, which has no bitmap form",
            Self::Combining => "a mark that combines with the character before it, which is not set",
            Self::RightToLeft => "a script that runs from right to left, which is not set",
            Self::Damaged => "the text was damaged before: this stands for a character that is lost",
            Self::Unassigned => "Unicode has no such character",
            Self::Missing => "the type lacks it",
        }
    }

    /// What to do about it.
    pub fn help(self) -> Bilingual {
        match self {
            Self::PrivateUse => Bilingual::new(
                "请换用标准字；确需此字的，把它的字形放入 fonts/造字/",
                "use a standard character, or put a glyph for it into fonts/造字/",
            ),
            Self::Emoji | Self::Sequence => Bilingual::new(
                "请删去，或改用文字或 ★ ☎ ✔ 一类单色符号",
                "remove it, or use words or a plain sign such as ★ ☎ ✔",
            ),
            Self::Combining => Bilingual::new(
                "请改用合成好的单个字符，如 é、ǎ、㎡，或删去",
                "use the single composed character, such as é, ǎ, ㎡, or remove it",
            ),
            Self::RightToLeft => Bilingual::new(
                "请改用中文，或用拉丁字母转写",
                "write it in Chinese, or in Latin letters",
            ),
            Self::Damaged => Bilingual::new(
                "请打开原件重新复制，补上丢失的字",
                "copy it again from the original, and put the lost character back",
            ),
            Self::Unassigned => Bilingual::new(
                "多为乱码：请核对原件，重新复制或另存为 UTF-8",
                "most often a wrong encoding: compare with the original, and save it again as UTF-8",
            ),
            Self::Missing => Bilingual::new(
                "请换用字库中有的字（yingbi font show 可查）；确需此字的，把它的字形放入 fonts/造字/",
                "use a character that the type has (see yingbi font show), or put a glyph for it into fonts/造字/",
            ),
        }
    }

    /// Whether the character by itself can be printed in a message.
    const fn is_seen(self) -> bool {
        matches!(self, Self::Emoji | Self::Missing)
    }
}

impl Refusal<'_> {
    /// What cannot be set, by name and code points, and why.
    pub fn told(&self) -> Bilingual {
        let codes: Vec<String> = self
            .text
            .chars()
            .map(|character| format!("U+{:04X}", u32::from(character)))
            .collect();
        let codes = codes.join(" ");
        let (zh, en) = if self.why.is_seen() {
            (
                format!("“{}”（{codes}）", self.text),
                format!("\"{}\" ({codes})", self.text),
            )
        } else {
            (codes.clone(), codes)
        };
        Bilingual::new(
            format!("无法显示{zh}：{}", self.why.chinese()),
            format!("cannot show {en}: {}", self.why.english()),
        )
    }
}
