//! The order of names as people count: 2 before 10, 第九期 before 第十期.

/// What a name is ordered by; of names that count alike the bytes decide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NaturalKey {
    parts: Vec<Part>,
    name: String,
}

/// A number comes before any other character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Its digits without leading zeros, after how many they are: so any length is compared right.
    Number(usize, String),
    Char(char),
}

impl NaturalKey {
    /// The key of `name`.
    pub(super) fn of(name: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = name;
        while let Some(first) = rest.chars().next() {
            let (part, length) = number(rest, digit, |run| run.chars().filter_map(digit).collect())
                .or_else(|| number(rest, hanzi, counted))
                .unwrap_or_else(|| (Part::Char(first.to_ascii_lowercase()), first.len_utf8()));
            parts.push(part);
            rest = &rest[length..];
        }
        let name = name.to_owned();
        Self { parts, name }
    }
}

/// The number at the start of `text`, and its bytes: a run of what `is_digit` knows, worth what `value` says.
fn number(text: &str, digit: fn(char) -> Option<char>, value: fn(&str) -> String) -> Option<(Part, usize)> {
    let length = text.find(|char| digit(char).is_none()).unwrap_or(text.len());
    if length == 0 {
        return None;
    }
    let value = value(&text[..length]);
    let value = value.trim_start_matches('0');
    Some((Part::Number(value.len(), value.to_owned()), length))
}

/// The digit that `char` is, of either width.
fn digit(char: char) -> Option<char> {
    match char {
        '0'..='9' => Some(char),
        '０'..='９' => char::from_u32(u32::from(char) - 0xfee0),
        _ => None,
    }
}

/// The digit or the zeros that a Chinese numeral is.
fn hanzi(char: char) -> Option<char> {
    const NUMERALS: [char; 15] = [
        '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '零', '两', '十', '百', '千',
    ];
    NUMERALS.contains(&char).then_some(char)
}

/// The value of Chinese numerals: 二十一, or digit by digit, 二〇二六.
fn counted(run: &str) -> String {
    let is_unit = |char: char| matches!(char, '十' | '百' | '千');
    if !run.contains(is_unit) {
        return run.chars().map(|char| char::from(b'0' + worth(char))).collect();
    }
    let (mut sum, mut last) = (0_u64, None);
    for char in run.chars() {
        let unit: u64 = match char {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                last = Some(u64::from(worth(char)));
                continue;
            }
        };
        sum = sum.saturating_add(last.take().unwrap_or(1) * unit);
    }
    sum.saturating_add(last.unwrap_or(0)).to_string()
}

fn worth(char: char) -> u8 {
    match char {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => 0,
    }
}
