//! The hanzi that count and measure, as official texts use them after a number.

/// Units of several characters; of two that begin alike the longer one stands first.
const LONG: &str = "平方公里 平方千米 平方米 立方米 千瓦时 自然日 工作日 百分点 摄氏度 美元 欧元 港元 英镑 公里 公顷 公斤 公分 千克 千米 千瓦 毫米 厘米 毫升 兆瓦 海里 英寸 \
                    小时 分钟 秒钟 季度 年度 年级 周年 周岁 月份 人次 人份 车次 单元 号公告 号窗口 号楼 号院 号线 号厅 号门 号馆 号桌 号机 层楼 号令 星期 学时 课时 标段 批次";

/// What a single character counts or measures.
const SINGLE: &str = "年月日号时点分秒刻周天届期次条款项目章节编篇元角吨克升米里亩度人名个户家件份层楼室栋幢座倍岁位台辆套页版级类批\
                      处所只支张棵株场班队组门间架艘根块片本册卷封笔股宗例起轮站路厅集段折成遍趟尺寸斤两师方口桶箱包袋";

/// The hanzi that count after a letter: A座, 5A级.
const LETTERED: &str = "座区级类栋幢厅馆口股型版卷层室号轮段";

/// Whether it counts after a letter.
pub(super) fn follows_letter(character: char) -> bool {
    LETTERED.contains(character)
}

/// A word of size between number and unit: 670万元, 30余人.
pub(super) const fn is_magnitude(character: char) -> bool {
    matches!(character, '百' | '千' | '万' | '亿' | '余' | '多')
}

/// The hanzi of which numbers are written, on cheques too.
const NUMERALS: [char; 34] = [
    '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '两', '廿', '卅',
    '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟', '萬', '億', '卌',
];

/// The same, a bit for each character from 一 on: every character of a text is asked for.
const NUMERAL_BITS: [u64; 0x5200 / 64] = {
    let mut bits = [0; 0x5200 / 64];
    let mut at = 1;
    while at < NUMERALS.len() {
        let code = NUMERALS[at] as usize - 0x4e00;
        bits[code / 64] |= 1 << (code % 64);
        at += 1;
    }
    bits
};

/// Whether numbers are written with it.
pub(super) fn is_numeral(character: char) -> bool {
    let code = (character as usize).wrapping_sub(0x4e00);
    let bits = NUMERAL_BITS.get(code / 64);
    character == NUMERALS[0] || bits.is_some_and(|bits| bits >> (code % 64) & 1 == 1)
}

/// The number of a point that is one character: ① ⑴ ⒈ ㈠ ❶.
pub(super) const fn is_point_number(character: char) -> bool {
    matches!(character, '①'..='⓿' | '❶'..='➓' | '㈠'..='㈩' | '㊀'..='㊉')
}

/// Units of Latin letters that a space may part from their number.
const LATIN: &str = "m mm cm dm km nm m² m2 km² km2 m³ m3 g kg mg t L mL ml s ms min h V kV A mA W kW MW kWh MWh Hz \
                     kHz MHz GHz Pa kPa MPa N kN J kJ dB K KB MB GB TB lx lm hm² hm2 km/h m/s";

/// Whether `word` is one of them.
pub(super) fn is_latin(word: &[char]) -> bool {
    LATIN.split(' ').any(|unit| unit.chars().eq(word.iter().copied()))
}

/// How many of the characters of `after` are one unit.
pub(super) fn length(after: &[char]) -> usize {
    let Some(first) = after.first().filter(|first| ('\u{4e00}'..='\u{9fff}').contains(*first)) else {
        return 0;
    };
    let long = LONG
        .split(' ')
        .find(|unit| unit.starts_with(*first) && starts(after, unit));
    match long {
        Some(unit) => unit.chars().count(),
        None => usize::from(SINGLE.contains(*first)),
    }
}

/// Whether `characters` begin with `text`.
pub(super) fn starts(characters: &[char], text: &str) -> bool {
    let mut rest = characters.iter();
    text.chars().all(|character| rest.next() == Some(&character))
}
