//! Modules that are sold by a name: how many LEDs they have, and what they draw.
//!
//! The name says the pitch in millimetres (P) or the dot's diameter (F); the number of LEDs follows from the size of the board, of which
//! a few are common. What a module draws is its maker's business, and cheap and dear ones differ by half: the figures here are the
//! higher ones, so that a power limit that was worked out from them is safe. Whoever has measured says so in the site.

use crate::units::Size;

/// Modules of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name by which it is sold: `P10`.
    pub name: &'static str,
    /// Other names of the same: `F3.75` for `P4.75`.
    pub also: &'static [&'static str],
    /// The boards that bear the name; the first is meant where nobody says which.
    pub boards: &'static [Board],
}

/// One kind of module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Board {
    /// Its LEDs, as it stands upright.
    pub size: Size,
    /// What it draws at 5 V when all its LEDs are fully lit, in milliamperes.
    pub draws: u32,
}

const fn board(width: u32, height: u32, draws: u32) -> Board {
    Board {
        size: Size::new(width, height),
        draws,
    }
}

/// All that are known, the finest last.
///
/// Where no datasheet is named, a figure is (LEDs lit at once) x (chips of one LED) x (peak current of a chip): a board of 32 rows that is
/// scanned in sixteen steps lights two of them at once, so 64 x 2 x 2 x 15 mA for two colours.
pub static PRESETS: [Preset; 15] = [
    // The outdoor board of 320 x 160 mm, the commonest of all. Makers say 20 W for one colour and 4.2 A at most.
    preset("P10", &[], &[board(32, 16, 4200)]),
    // 256 x 128 mm; newer ones have the 320 x 160 mm of all others. 32 x 16 at a quarter is 128 LEDs x 3 x 12 mA.
    preset("P8", &[], &[board(32, 16, 4600), board(40, 20, 6000)]),
    // Indoors, red or red and green, dots of 5 mm: 488 x 244 mm, a sixteenth.
    preset("P7.62", &["F5"], &[board(64, 32, 3800)]),
    // 192 x 192 mm, a board of 32 x 32 for hobbyists is given as 5 V, 3 A; outdoors 192 x 96 mm.
    preset("P6", &[], &[board(32, 32, 3000), board(32, 16, 3000)]),
    // 320 x 160 mm, a sixteenth: about 4 A when all is white, as for P4.
    preset("P5", &[], &[board(64, 32, 4000)]),
    // Indoors, red or red and green, dots of 3.75 mm: 304 x 152 mm, a sixteenth. Half boards of sixteen rows exist as well.
    preset("P4.75", &["F3.75"], &[board(64, 32, 3800), board(64, 16, 1900)]),
    // 256 x 128 mm; about 4 A were measured when all is white. Dots of 3 mm with two colours have the same pitch. 320 x 160 mm is 80 x 40.
    preset("P4", &["F3"], &[board(64, 32, 4000), board(80, 40, 5000)]),
    // Rental frames, 250 x 250 mm: 128 LEDs at once x 3 x 10 mA.
    preset("P3.91", &[], &[board(64, 64, 4000)]),
    // 320 x 160 mm, 26 rows at once of half the board: by area as P2.5.
    preset("P3.076", &["P3.07"], &[board(104, 52, 6000)]),
    // 192 x 192 mm, a thirty-second: 3.5 to 4 A are given by those who sell it with their controllers.
    preset("P3", &[], &[board(64, 64, 4000)]),
    // 160 x 160 mm as P3; 320 x 160 mm is two of them on one board, up to 38 W.
    preset("P2.5", &[], &[board(64, 64, 4000), board(128, 64, 7500)]),
    // 256 x 128 mm, a thirty-second: 256 LEDs at once x 3 x 8 mA. 320 x 160 mm is 160 x 80.
    preset("P2", &[], &[board(128, 64, 6000), board(160, 80, 7500)]),
    // From here on 320 x 160 mm, all made for 600 to 750 W a square metre at most, which is 38 W a board.
    preset("P1.86", &["P1.8"], &[board(172, 86, 7500)]),
    preset("P1.53", &["P1.5", "P1.538"], &[board(208, 104, 7500)]),
    preset("P1.25", &[], &[board(256, 128, 7500)]),
];

const fn preset(name: &'static str, also: &'static [&'static str], boards: &'static [Board]) -> Preset {
    Preset { name, also, boards }
}

impl Preset {
    /// The preset of that name or other name, whatever its case.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS
            .iter()
            .find(|preset| preset.names().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// The preset whose name is nearest to `written`, if it is near enough to be meant.
    pub fn nearest(written: &str) -> Option<&'static Self> {
        // One slip: a digit too many, one too few, another one, two exchanged.
        const SLIPS: usize = 1;
        let written = written.to_uppercase();
        let slips = |preset: &&Self| {
            let slips = preset.names().map(|name| strsim::damerau_levenshtein(&written, name));
            slips.min().unwrap_or(usize::MAX)
        };
        let apart = |preset: &&Self| {
            let apart = preset
                .names()
                .map(|name| hundredths(name).abs_diff(hundredths(&written)));
            apart.min().unwrap_or(u32::MAX)
        };
        PRESETS
            .iter()
            .filter(|preset| slips(preset) <= SLIPS)
            .min_by_key(|preset| (slips(preset), apart(preset)))
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }
}

/// The number in a name, in hundredths; nought where it has none.
fn hundredths(name: &str) -> u32 {
    let number: f32 = name.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0.0);
    (number * 100.0).round() as u32
}
