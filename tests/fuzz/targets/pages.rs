//! What must hold of any bytes that claim to be what a card shows.

use yingbi::{
    controller::onbon::{
        Form, Layout,
        picture::{PictureError, area, bitmap, file},
    },
    units::Area,
};

/// What a card of the BX series is given to show encodes again as it came, or is refused at its place. The first byte chooses what it is.
pub(crate) fn pages(bytes: &[u8]) {
    let Some((&kind, bytes)) = bytes.split_first() else {
        return;
    };
    let form = if kind & 1 == 0 { Form::Five } else { Form::Six };
    let is_told = |fault: PictureError| {
        assert!(fault.at() <= bytes.len() + 4 || matches!(fault, PictureError::Bitmap { .. }));
        super::is_told(&fault);
    };
    let mut again = Vec::new();
    match kind >> 1 & 3 {
        0 => match area::Update::parse(form, bytes) {
            Ok(update) => update.encode(form, &mut again),
            Err(fault) => return is_told(fault),
        },
        1 => match file::Program::parse(form, bytes) {
            Ok(program) => again = program.encode(form),
            Err(fault) => return is_told(fault),
        },
        2 => match file::Data::parse(bytes) {
            Ok(data) => again = data.encode(),
            Err(fault) => return is_told(fault),
        },
        _ => {
            let Some((&[x, width, height], bytes)) = bytes.split_first_chunk() else {
                return;
            };
            let layouts = [
                Layout::Words,
                Layout::WordPlanes,
                Layout::Bytes,
                Layout::BytePairs,
                Layout::Rgb565Low,
                Layout::Rgb565High,
                Layout::Rgb888,
            ];
            let Some(&layout) = layouts.get(usize::from(kind >> 3 & 7)) else {
                return;
            };
            let place = Area::new(x.into(), 0, width.into(), height.into());
            match bitmap::unpack(layout, place, bytes) {
                // What lies beside the LEDs of a row is not kept.
                Ok(frame) => return assert_eq!(bitmap::pack(layout, place, &frame).len(), bytes.len()),
                Err(fault) => return is_told(fault),
            }
        }
    }
    assert_eq!(again, bytes, "what is read says all there is");
}
