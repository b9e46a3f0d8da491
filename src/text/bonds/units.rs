//! The hanzi that count and measure, as official texts use them after a number.

/// Units of several characters, by their first; of two that fit the longer one stands first.
const LONG: &[&str] = &[
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "千瓦时",
    "自然日",
    "工作日",
    "百分点",
    "摄氏度",
    "美元",
    "欧元",
    "港元",
    "英镑",
    "公里",
    "公顷",
    "公斤",
    "公分",
    "千克",
    "千米",
    "千瓦",
    "毫米",
    "厘米",
    "毫升",
    "兆瓦",
    "海里",
    "英寸",
    "小时",
    "分钟",
    "秒钟",
    "季度",
    "年度",
    "年级",
    "周年",
    "周岁",
    "月份",
    "人次",
    "人份",
    "车次",
    "单元",
    "号公告",
    "号窗口",
    "号楼",
    "号院",
    "号线",
    "号厅",
    "号门",
    "号馆",
    "号桌",
    "号机",
    "层楼",
    "号令",
    "星期",
    "学时",
    "课时",
    "标段",
    "批次",
];

/// What a single character counts or measures.
const fn is_single(character: char) -> bool {
    matches!(
        character,
        '年' | '月'
            | '日'
            | '号'
            | '时'
            | '点'
            | '分'
            | '秒'
            | '刻'
            | '周'
            | '天'
            | '届'
            | '期'
            | '次'
            | '条'
            | '款'
            | '项'
            | '目'
            | '章'
            | '节'
            | '编'
            | '篇'
            | '元'
            | '角'
            | '吨'
            | '克'
            | '升'
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
            | '栋'
            | '幢'
            | '座'
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
            | '批'
            | '处'
            | '所'
            | '只'
            | '支'
            | '张'
            | '棵'
            | '株'
            | '场'
            | '班'
            | '队'
            | '组'
            | '门'
            | '间'
            | '架'
            | '艘'
            | '根'
            | '块'
            | '片'
            | '本'
            | '册'
            | '卷'
            | '封'
            | '笔'
            | '股'
            | '宗'
            | '例'
            | '起'
            | '轮'
            | '站'
            | '路'
            | '厅'
            | '集'
            | '段'
            | '折'
            | '成'
            | '遍'
            | '趟'
            | '尺'
            | '寸'
            | '斤'
            | '两'
            | '师'
            | '方'
            | '口'
            | '桶'
            | '箱'
            | '包'
            | '袋'
    )
}

/// The hanzi that count after a letter: A座, 5A级.
pub(super) const fn follows_letter(character: char) -> bool {
    matches!(
        character,
        '座' | '区'
            | '级'
            | '类'
            | '栋'
            | '幢'
            | '厅'
            | '馆'
            | '口'
            | '股'
            | '型'
            | '版'
            | '卷'
            | '层'
            | '室'
            | '号'
            | '轮'
            | '段'
    )
}

/// A word of size between number and unit: 670万元, 30余人.
pub(super) const fn is_magnitude(character: char) -> bool {
    matches!(character, '百' | '千' | '万' | '亿' | '余' | '多')
}

/// The hanzi of which numbers are written, on cheques too.
pub(super) const fn is_numeral(character: char) -> bool {
    matches!(
        character,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
            | '廿'
            | '卅'
            | '壹'
            | '贰'
            | '叁'
            | '肆'
            | '伍'
            | '陆'
            | '柒'
            | '捌'
            | '玖'
            | '拾'
            | '佰'
            | '仟'
            | '萬'
            | '億'
    )
}

/// The number of a point that is one character: ① ⑴ ⒈ ㈠ ❶.
pub(super) const fn is_point_number(character: char) -> bool {
    matches!(character, '①'..='⓿' | '❶'..='➓' | '㈠'..='㈩' | '㊀'..='㊉')
}

/// Units of Latin letters that a space may part from their number.
pub(super) const LATIN: &[&str] = &[
    "m", "mm", "cm", "dm", "km", "nm", "m²", "m2", "km²", "km2", "m³", "m3", "g", "kg", "mg", "t", "L", "mL", "ml",
    "s", "ms", "min", "h", "V", "kV", "A", "mA", "W", "kW", "MW", "kWh", "MWh", "Hz", "kHz", "MHz", "GHz", "Pa", "kPa",
    "MPa", "N", "kN", "J", "kJ", "dB", "K", "KB", "MB", "GB", "TB", "lx", "lm", "hm²", "hm2", "km/h", "m/s",
];

/// How many of the characters of `after` are one unit.
pub(super) fn length(after: &[char]) -> usize {
    let Some(first) = after.first().filter(|first| ('\u{4e00}'..='\u{9fff}').contains(*first)) else {
        return 0;
    };
    let long = LONG.iter().find(|unit| unit.starts_with(*first) && starts(after, unit));
    long.map_or(usize::from(is_single(*first)), |unit| unit.chars().count())
}

/// Whether `characters` begin with `text`.
pub(super) fn starts(characters: &[char], text: &str) -> bool {
    let mut rest = characters.iter();
    text.chars().all(|character| rest.next() == Some(&character))
}
