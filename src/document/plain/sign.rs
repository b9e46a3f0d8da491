//! The signs of a Chinese keyboard and the ASCII signs that TOML wants.

/// What stands for `sign` in TOML: "" for nothing at all. `None` where the sign is not one of those.
///
/// A full-width colon after a key is meant as `=`; after a `=` it can only belong to a time.
pub(super) fn replacement(sign: char, in_value: bool) -> Option<&'static str> {
    Some(match sign {
        '＝' | '﹦' => "=",
        '：' | '︰' => {
            if in_value {
                ":"
            } else {
                "="
            }
        }
        '，' | '、' | '﹐' => ",",
        '［' | '【' | '〔' | '〖' => "[",
        '］' | '】' | '〕' | '〗' => "]",
        '｛' => "{",
        '｝' => "}",
        '＃' => "#",
        '．' | '。' | '｡' => ".",
        '－' | '—' | '–' | '−' => "-",
        '＋' => "+",
        '＿' => "_",
        '\u{3000}' | '\u{a0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' => " ",
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => "",
        _ => return None,
    })
}

/// Whether the sign opens (or closes) a quotation as a Chinese keyboard writes it.
pub(super) fn is_quote(sign: char) -> bool {
    matches!(sign, '“' | '”' | '＂' | '‘' | '’' | '＇' | '「' | '」' | '『' | '』')
}

/// The ASCII letter or digit of a full-width one.
pub(super) fn narrow(sign: char) -> Option<char> {
    let is_wide = matches!(sign, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let code = u32::from(sign).checked_sub(0xfee0)?;
    char::from_u32(code).filter(|_| is_wide)
}
