//! The keys of `[[screen.output]]` that say how its LEDs shine and what they draw.

use crate::{
    document::{
        Doc, Field,
        kind::{Decimal, Integer, Word, Words},
    },
    panel::{Format, Order},
};

const AMPERES: Decimal = Decimal {
    least: 1,
    most: 100_000,
    unit: Doc::new("安", "A"),
};

const CURVE: Decimal = Decimal {
    least: 100,
    most: 400,
    unit: Doc::new("", ""),
};

pub(super) static FORMAT: Field<Words<Format>> = Field::new(
    "format",
    "格式",
    Words(&[
        Word::new("rgb", "彩色", Format::Rgb),
        Word::new("grey", "单色灰度", Format::Grey),
        Word::new("1bit", "单色一位", Format::OneBit),
        Word::new("2bit", "双色两位", Format::TwoBit),
    ]),
    Doc::new(
        "每个灯珠占多少：三个字节，一个字节（单色屏），一位（单色且灰度为 1），两位（双色且灰度为 1）",
        "what an LED takes: three bytes, one byte (one colour), one bit (one colour and a depth of 1), two bits (red and green and a depth of 1)",
    ),
)
.or("\"rgb\"");
pub(super) static ORDER: Field<Words<Order>> = Field::new(
    "order",
    "颜色顺序",
    Words(&[
        Word::new("rgb", "红绿蓝", Order::Rgb),
        Word::new("rbg", "红蓝绿", Order::Rbg),
        Word::new("grb", "绿红蓝", Order::Grb),
        Word::new("gbr", "绿蓝红", Order::Gbr),
        Word::new("brg", "蓝红绿", Order::Brg),
        Word::new("bgr", "蓝绿红", Order::Bgr),
    ]),
    Doc::new(
        "三种颜色的先后；颜色不对时逐个试",
        "which colour comes first, second, third; where colours are wrong, try another",
    ),
)
.or("\"rgb\"");
pub(super) static GAMMA: Field<Decimal> = Field::new(
    "gamma",
    "伽马",
    CURVE,
    Doc::new(
        "屏体的伽马值：1 为线性，由控制器校正的写 1，其余多为 2.2 至 2.8",
        "the panel's gamma: 1 is linear, for controllers that correct by themselves; others mostly 2.2 to 2.8",
    ),
)
.or("1");
pub(super) static GAMMA_RED: Field<Decimal> = Field::new(
    "gamma_red",
    "红伽马",
    CURVE,
    Doc::new("红灯的伽马值", "the gamma of the red LEDs"),
)
.or_from("同 gamma", "that of \"gamma\"");
pub(super) static GAMMA_GREEN: Field<Decimal> = Field::new(
    "gamma_green",
    "绿伽马",
    CURVE,
    Doc::new("绿灯的伽马值", "the gamma of the green LEDs"),
)
.or_from("同 gamma", "that of \"gamma\"");
pub(super) static GAMMA_BLUE: Field<Decimal> = Field::new(
    "gamma_blue",
    "蓝伽马",
    CURVE,
    Doc::new("蓝灯的伽马值", "the gamma of the blue LEDs"),
)
.or_from("同 gamma", "that of \"gamma\"");
pub(super) static TEMPERATURE: Field<Integer> = Field::new(
    "temperature",
    "色温",
    Integer::new(2000, 12_000, "开", "K"),
    Doc::new(
        "白色的色温；偏蓝的屏写 6500 或更低",
        "the colour temperature of white: 6500 or less where a wall looks blue",
    ),
)
.or_from("灯珠本来的白色", "white as the LEDs have it");
pub(super) static BRIGHTNESS: Field<Integer> = Field::new(
    "brightness",
    "亮度",
    Integer::new(0, 100, "%", "%"),
    Doc::new(
        "占屏幕当时亮度的百分比；几路屏体亮度不一时用来找平",
        "its share of what the screen has at the time: for panels that are brighter than others",
    ),
)
.or("100");
pub(super) static SUPPLY: Field<Decimal> = Field::new(
    "supply",
    "电源",
    AMPERES,
    Doc::new(
        "该路开关电源的电流；画面超出时整幅调暗",
        "what the power supply carries: a picture that draws more is dimmed as a whole",
    ),
)
.or_from("不限", "no limit");
pub(super) static DRAW: Field<Decimal> = Field::new(
    "draw",
    "满载电流",
    AMPERES,
    Doc::new(
        "该路全部模组全白最亮时的电流",
        "what all of it draws when it is white and fully lit",
    ),
)
.or_from(
    "每块的电流乘块数；型号已知的按型号",
    "what a module draws times how many there are; where the module is known, by its name",
);
pub(super) static MODULE_DRAW: Field<Decimal> = Field::new(
    "module_draw",
    "每块电流",
    AMPERES,
    Doc::new(
        "一块模组全白最亮时的电流，最好实测",
        "what one module draws when it is white and fully lit, best measured",
    ),
)
.or_from("按型号", "by the module's name");
