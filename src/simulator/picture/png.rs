//! One frame as PNG.

use super::{DOTS, Look, dimensions, look::Pen};
use crate::{frame::Frame, simulator::SimulatorError};

/// `frame` as a PNG file: 8 bits a channel, no alpha. At [`Look::PLAIN`] it decodes to the frame's bytes.
pub fn png(frame: &Frame, look: Look) -> Result<Vec<u8>, SimulatorError> {
    labelled(frame, look, &[])
}

/// [`png()`], with `labels`, keyword and text, written in it before the picture (`iTXt`, not compressed).
///
/// A keyword is 1 to 79 printable Latin letters; a text is without NUL.
pub fn labelled(frame: &Frame, look: Look, labels: &[(&str, &str)]) -> Result<Vec<u8>, SimulatorError> {
    let (width, height) = dimensions(frame.size(), look, DOTS)?;
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    for (keyword, text) in labels {
        encoder
            .add_itxt_chunk((*keyword).into(), (*text).into())
            .expect("a vector takes every byte");
    }
    let dots = Pen::new(look).draw(frame, frame.size().area());
    encoder
        .write_header()
        .and_then(|mut writer| {
            writer.write_image_data(&dots)?;
            writer.finish()
        })
        .expect("the dimensions are checked and a vector takes every byte");
    Ok(file)
}
