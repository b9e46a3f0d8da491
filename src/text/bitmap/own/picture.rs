//! A glyph drawn as a PNG: dark dots on a light ground.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations};

use super::{SIZES, fault::OwnFault};

/// What the decoder may take, in bytes: a picture of 48 by 48 dots, its palette and its windows, many times over.
const MEMORY: usize = 4 << 20;
/// Levels between the colours of one dot up to which it counts as grey: what smoothing leaves.
const TINT: u8 = 64;

/// The side of the picture in dots, and its rows, packed to whole bytes, the leftmost dot in the highest bit.
pub(super) fn read(bytes: &[u8]) -> Result<(u8, Vec<u8>), OwnFault> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(|error| unread(&error))?;
    let (width, height) = reader.info().size();
    let side = u8::try_from(width)
        .ok()
        .filter(|side| SIZES.contains(side) && width == height);
    let side = side.ok_or(OwnFault::Size { width, height })?;
    // Four bytes a dot at most.
    let mut pixels = [0; 48 * 48 * 4];
    let frame = reader.next_frame(&mut pixels).map_err(|error| unread(&error))?;
    let samples = match frame.color_type {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb | ColorType::Indexed => 3,
        ColorType::Rgba => 4,
    };
    let mut rows = vec![0; usize::from(side) * usize::from(side / 8)];
    let dots = pixels.chunks_exact(samples).take(usize::from(side) * usize::from(side));
    for (dot, pixel) in dots.enumerate() {
        if is_dark(pixel).map_err(|()| coloured(dot, side))? {
            rows[dot / 8] |= 0x80 >> (dot % 8);
        }
    }
    let is_lit = rows.iter().any(|byte| *byte != 0);
    is_lit.then_some((side, rows)).ok_or(OwnFault::Blank)
}

/// Whether a dot is drawn; an error where it has a colour.
fn is_dark(pixel: &[u8]) -> Result<bool, ()> {
    let (colours, alpha) = match pixel {
        [_] | [_, _, _] => (pixel, 255),
        [colours @ .., alpha] => (colours, *alpha),
        [] => (pixel, 0),
    };
    let (low, high) = (colours.iter().min(), colours.iter().max());
    let (Some(low), Some(high)) = (low, high) else {
        return Ok(false);
    };
    if high - low > TINT && alpha > 127 {
        return Err(());
    }
    // Over white, as far as it is transparent.
    let level = 255 - (255 - (u32::from(*low) + u32::from(*high)) / 2) * u32::from(alpha) / 255;
    Ok(level < 128)
}

fn coloured(dot: usize, side: u8) -> OwnFault {
    let side = u32::from(side);
    OwnFault::Coloured {
        column: dot as u32 % side + 1,
        row: dot as u32 / side + 1,
    }
}

fn unread(error: &png::DecodingError) -> OwnFault {
    OwnFault::Png {
        reason: error.to_string().chars().take(120).collect(),
    }
}
