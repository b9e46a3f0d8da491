//! An address as a QR code 二维码: dark modules on lit LEDs, with the quiet zone that readers need.

use embedded_graphics::pixelcolor::Rgb888;
use fast_qr::{ECL, QRBuilder};

use crate::{
    frame::Frame,
    units::{Area, BLACK},
};

/// Modules that stay lit around the code, as ISO/IEC 18004 asks for.
const QUIET: u32 = 4;

/// Paints the code of `text` in the middle of `area`, as large as whole LEDs a module let it be, `light` where it is light. Whether there
/// was room for it: at least one LED a module, the quiet zone included.
pub(super) fn paint(text: &str, light: Rgb888, area: Area, picture: &mut Frame) -> bool {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else {
        return false;
    };
    let modules = u32::try_from(code.size).unwrap_or(u32::MAX);
    let side = modules.saturating_add(2 * QUIET);
    let scale = area.width.min(area.height) / side;
    if scale == 0 {
        return false;
    }
    let taken = side * scale;
    let (left, top) = (area.x + (area.width - taken) / 2, area.y + (area.height - taken) / 2);
    picture.fill_area(Area::new(left, top, taken, taken), light);
    let place = |module: u32| (QUIET + module) * scale;
    for (row, modules) in (0..modules).zip(code.data.chunks(code.size)) {
        for (column, _) in (0..).zip(modules).filter(|(_, module)| module.value()) {
            let module = Area::new(left + place(column), top + place(row), scale, scale);
            picture.fill_area(module, BLACK);
        }
    }
    true
}
