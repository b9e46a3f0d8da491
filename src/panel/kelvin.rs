//! Colour temperature: how much each channel gives so that white has it.
//!
//! White as the LEDs have it is taken for 6500 K, which is what makers of walls for indoors adjust them to. A warmer white has less blue,
//! a colder one less red; no channel ever gives more than it has.

/// The temperature that white has by itself.
const NATIVE: f64 = 6500.0;
/// Where the curve of the black body is known.
const KNOWN: std::ops::RangeInclusive<u16> = 1667..=25_000;

/// What red, green and blue give, as parts of 1, the largest of them 1, so that white has `kelvin`. Beyond 1,667 to 25,000 K it has the
/// nearest of these.
pub(super) fn gains(kelvin: u16) -> [f64; 3] {
    let kelvin = f64::from(kelvin.clamp(*KNOWN.start(), *KNOWN.end()));
    let (wanted, native) = (body(kelvin), body(NATIVE));
    let gains = [0, 1, 2].map(|channel| (wanted[channel] / native[channel]).max(0.0));
    let most = gains.into_iter().fold(f64::MIN_POSITIVE, f64::max);
    gains.map(|gain| gain / most)
}

/// The light of a black body in the primaries of sRGB, of the luminance 1.
fn body(kelvin: f64) -> [f64; 3] {
    let (x, y) = chromaticity(kelvin);
    let (x, z) = (x / y, (1.0 - x - y) / y);
    [
        3.2406 * x - 1.5372 - 0.4986 * z,
        -0.9689 * x + 1.8758 + 0.0415 * z,
        0.0557 * x - 0.2040 + 1.0570 * z,
    ]
}

/// The place of a black body on the chart of CIE 1931, by the cubics of Kim and others (2002).
fn chromaticity(kelvin: f64) -> (f64, f64) {
    let cubic = |at: f64, [third, second, first, zeroth]: [f64; 4]| ((third * at + second) * at + first) * at + zeroth;
    let thousands = 1000.0 / kelvin;
    let x = cubic(
        thousands,
        match kelvin {
            ..4000.0 => [-0.266_123_9, -0.234_358_9, 0.877_695_6, 0.179_910],
            _ => [-3.025_846_9, 2.107_037_9, 0.222_634_7, 0.240_390],
        },
    );
    let y = cubic(
        x,
        match kelvin {
            ..2222.0 => [-1.106_381_4, -1.348_110_20, 2.185_558_32, -0.202_196_83],
            ..4000.0 => [-0.954_947_6, -1.374_185_93, 2.091_370_15, -0.167_488_67],
            _ => [3.081_758_0, -5.873_386_70, 3.751_129_97, -0.370_014_83],
        },
    );
    (x, y)
}
