//! An address as a QR code 二维码: dark modules on lit LEDs, with the quiet zone that readers need.
//!
//! A module is a square of whole LEDs, as large as the box lets it be; of the levels of error correction the highest at which it is so large.
//! What a code stands on is light: a colour that is none would leave nothing for a reader to tell apart.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use fast_qr::{ECL, QRBuilder, QRCode};

use super::{boxes::Block, fit};
use crate::{
    frame::Frame,
    units::{Area, BLACK, WHITE},
};

/// Modules that stay lit around the code, as ISO/IEC 18004 asks for.
const QUIET: u32 = 4;

/// The levels of error correction, the highest first.
const LEVELS: [ECL; 4] = [ECL::H, ECL::Q, ECL::M, ECL::L];

/// What is darker than this, of 255, is not light.
const LIGHT: u32 = 128;

/// A code in its place.
pub(super) struct Code {
    code: QRCode,
    /// LEDs a module; 0 where there is no room.
    pub(super) scale: u32,
}

/// Where in a box at `area` the code lies, and below it what stands after it, where anything does.
pub(super) fn places(block: &Block, area: Area) -> (Area, Option<Area>) {
    if block.after.is_empty() {
        return (area, None);
    }
    let height = u32::from(fit::size_for_line(block.size, area.height / 4));
    let above = Area {
        height: area.height.saturating_sub(height + 2),
        ..area
    };
    let below = Area::new(area.x, above.bottom() + 2, area.width, height);
    (above, Some(below))
}

impl Code {
    /// The code of `text` in a place of `area`; `None` for a text that no code holds.
    pub(super) fn new(text: &str, area: Area) -> Option<Self> {
        let codes = LEVELS
            .into_iter()
            .filter_map(|level| QRBuilder::new(text).ecl(level).build().ok());
        let fitted = codes.map(|code| Self {
            scale: area.width.min(area.height) / side(&code),
            code,
        });
        // Of equal ones the first, which is that of the highest level.
        fitted.reduce(|best, next| if next.scale > best.scale { next } else { best })
    }

    /// Paints it in the middle of `area`, `light` where it is light. Whether there was room for it.
    pub(super) fn paint(&self, light: Rgb888, area: Area, picture: &mut Frame) -> bool {
        let (code, scale) = (&self.code, self.scale);
        if scale == 0 {
            return false;
        }
        let taken = side(code) * scale;
        let (left, top) = (area.x + (area.width - taken) / 2, area.y + (area.height - taken) / 2);
        picture.fill_area(Area::new(left, top, taken, taken), lit(light));
        let place = |module: u32| (QUIET + module) * scale;
        for (row, modules) in (0..).zip(code.data[..code.size * code.size].chunks(code.size)) {
            for (column, _) in (0..).zip(modules).filter(|(_, module)| module.value()) {
                let module = Area::new(left + place(column), top + place(row), scale, scale);
                picture.fill_area(module, BLACK);
            }
        }
        true
    }
}

/// Its modules along a side, the quiet zone among them.
fn side(code: &QRCode) -> u32 {
    u32::try_from(code.size).unwrap_or(u32::MAX).saturating_add(2 * QUIET)
}

/// `colour`, or white where that is dark. LEDs of one colour are as light as they can be, whatever a lamp of all three would be.
fn lit(colour: Rgb888) -> Rgb888 {
    let brightest = colour.r().max(colour.g()).max(colour.b());
    if u32::from(brightest) < LIGHT { WHITE } else { colour }
}
