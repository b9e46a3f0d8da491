//! Colours as a person writes them.

use embedded_graphics::pixelcolor::Rgb888;

/// An LED that is off.
pub const BLACK: Rgb888 = Rgb888::new(0, 0, 0);

/// All three channels full on.
pub const WHITE: Rgb888 = Rgb888::new(255, 255, 255);

/// Gold, for titles: where LEDs are red and green only, red.
pub const GOLD: Rgb888 = Rgb888::new(255, 200, 64);

/// Warm white, for running text: where LEDs are red and green only, green.
pub const WARM: Rgb888 = Rgb888::new(255, 214, 150);

/// Sand, for dates and numbers: where LEDs are red and green only, amber.
pub const SAND: Rgb888 = Rgb888::new(224, 176, 112);

/// The colours that have a name, in English and in Chinese.
const NAMED: [(&str, &str, Rgb888); 10] = [
    ("black", "黑", BLACK),
    ("white", "白", WHITE),
    ("warm", "暖白", WARM),
    ("red", "红", Rgb888::new(255, 0, 0)),
    ("green", "绿", Rgb888::new(0, 255, 0)),
    ("blue", "蓝", Rgb888::new(0, 0, 255)),
    ("amber", "琥珀", Rgb888::new(255, 160, 0)),
    ("gold", "金", GOLD),
    ("sand", "沙", SAND),
    ("darkred", "暗红", Rgb888::new(96, 0, 0)),
];

/// Reads `#rrggbb` or a colour's name in either language; `None` for anything else.
pub fn parse_colour(text: &str) -> Option<Rgb888> {
    if let Some((_, _, colour)) = NAMED.iter().find(|(en, zh, _)| text == *en || text == *zh) {
        return Some(*colour);
    }
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(Rgb888::new(red, green, blue))
}
