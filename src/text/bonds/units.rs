//! The hanzi that count and measure, as official texts use them after a number.

/// A set of hanzi, a bit for each: every character of a text is asked for.
struct Hanzi([u64; 0x5200 / 64]);

impl Hanzi {
    /// The hanzi of `text`, which holds nothing else.
    const fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let mut bits = [0; 0x5200 / 64];
        let mut at = 0;
        while at < text.len() {
            let [high, middle, low] = [text[at] as usize, text[at + 1] as usize, text[at + 2] as usize];
            let code = ((high & 0xf) << 12 | (middle & 0x3f) << 6 | low & 0x3f) - 0x4e00;
            bits[code / 64] |= 1 << (code % 64);
            at += 3;
        }
        Self(bits)
    }

    fn has(&self, character: char) -> bool {
        let code = (character as usize).wrapping_sub(0x4e00);
        self.0.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }
}

/// What a single character counts or measures.
static SINGLE: Hanzi = Hanzi::of(concat!(
    "年月日号时点分秒刻周天届期次条款项目章节编篇元角吨克升米里亩度人名个户家件份层楼室栋幢座倍岁位台辆套页版级类批",
    "处所只支张棵株场班队组门间架艘根块片本册卷封笔股宗例起轮站路厅集段折成遍趟尺寸斤两师方口桶箱包袋",
));

/// The hanzi that count after a letter: A座, 5A级.
static LETTERED: Hanzi = Hanzi::of("座区级类栋幢厅馆口股型版卷层室号轮段");

/// Words of size between number and unit: 670万元, 30余人.
static MAGNITUDES: Hanzi = Hanzi::of("百千万亿余多");

/// The hanzi of which numbers are written, on cheques too.
static NUMERALS: Hanzi = Hanzi::of("零一二三四五六七八九十百千万亿两廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟萬億");

/// Whether it counts after a letter.
pub(super) fn follows_letter(character: char) -> bool {
    LETTERED.has(character)
}

/// Whether it is a word of size.
pub(super) fn is_magnitude(character: char) -> bool {
    MAGNITUDES.has(character)
}

/// Whether numbers are written with it.
pub(super) fn is_numeral(character: char) -> bool {
    NUMERALS.has(character) || character == '〇'
}

/// The units of several characters that begin with `first`; of two that begin alike the longer one stands first.
const fn longer(first: char) -> &'static [&'static str] {
    match first {
        '平' => &["平方公里", "平方千米", "平方米"],
        '立' => &["立方米"],
        '千' => &["千瓦时", "千克", "千米", "千瓦"],
        '公' => &["公里", "公顷", "公斤", "公分"],
        '毫' => &["毫米", "毫升"],
        '厘' => &["厘米"],
        '英' => &["英寸", "英镑"],
        '海' => &["海里"],
        '摄' => &["摄氏度"],
        '兆' => &["兆瓦"],
        '美' => &["美元"],
        '欧' => &["欧元"],
        '港' => &["港元"],
        '百' => &["百分点"],
        '小' => &["小时"],
        '分' => &["分钟"],
        '秒' => &["秒钟"],
        '季' => &["季度"],
        '年' => &["年度", "年级"],
        '周' => &["周年", "周岁"],
        '月' => &["月份"],
        '星' => &["星期"],
        '自' => &["自然日"],
        '工' => &["工作日"],
        '人' => &["人次", "人份"],
        '车' => &["车次"],
        '批' => &["批次"],
        '单' => &["单元"],
        '标' => &["标段"],
        '层' => &["层楼"],
        '学' => &["学时"],
        '课' => &["课时"],
        '号' => &[
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
            "号令",
        ],
        _ => &[],
    }
}

/// How many of the characters of `after` are one unit.
pub(super) fn length(after: &[char]) -> usize {
    let Some(first) = after.first() else { return 0 };
    match longer(*first).iter().find(|unit| starts(after, unit)) {
        Some(unit) => unit.chars().count(),
        None => usize::from(SINGLE.has(*first)),
    }
}

/// Whether `characters` begin with `text`.
fn starts(characters: &[char], text: &str) -> bool {
    let mut rest = characters.iter();
    text.chars().all(|character| rest.next() == Some(&character))
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
