//! Frames as one animated PNG, exact in colour and in time.

use super::{
    DOTS, Look, dimensions,
    look::Pen,
    steps::{Step, Steps, parts},
};
use crate::{
    frame::{CHANNELS, Frame},
    simulator::SimulatorError,
    units::{Rate, Size, Ticks},
};

/// The most bytes of changed LEDs in one file: the number of steps stands at its head, so all of them wait for the last.
const LIMIT: u64 = 512 << 20;

/// `frames`, each with the ticks of `rate` that it stays, as an APNG file that repeats without end.
///
/// Frames that repeat are merged and only what changes is written. Every frame has the size of the first.
pub fn apng(
    frames: impl IntoIterator<Item = (Frame, Ticks)>,
    rate: Rate,
    look: Look,
) -> Result<Vec<u8>, SimulatorError> {
    let steps = gather(Steps::new(frames.into_iter(), Ticks::ZERO))?;
    let size = steps.first().ok_or(SimulatorError::NoFrames)?.area.size();
    let dots = dimensions(size, look, DOTS)?;
    Ok(write(&steps, dots, rate, look).expect("the dimensions are checked and a vector takes every byte"))
}

fn gather(steps: impl Iterator<Item = Result<Step, SimulatorError>>) -> Result<Vec<Step>, SimulatorError> {
    let mut held = 0;
    steps
        .map(|step| {
            let step = step?;
            held += (step.area.size().leds() * CHANNELS) as u64;
            if held > LIMIT {
                return Err(SimulatorError::TooLong { limit: LIMIT >> 20 });
            }
            Ok(step)
        })
        .collect()
}

fn write(steps: &[Step], (width, height): (u32, u32), rate: Rate, look: Look) -> Result<Vec<u8>, ::png::EncodingError> {
    let images: usize = steps.iter().map(|step| stays(step).count()).sum();
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_animated(u32::try_from(images).unwrap_or(u32::MAX), 0)?;
    let mut writer = encoder.write_header()?;
    let pen = Pen::new(look);
    for step in steps {
        let scale = look.scale();
        let mut stays = stays(step);
        writer.reset_frame_position()?;
        writer.set_frame_dimension(step.area.width * scale, step.area.height * scale)?;
        writer.set_frame_position(step.area.x * scale, step.area.y * scale)?;
        writer.set_frame_delay(stays.next().unwrap_or_default(), rate.hertz())?;
        writer.write_image_data(&pen.draw(&step.leds, step.leds.size().area()))?;
        // A time that one image cannot say goes on in images that change nothing: the first LED of the step over again.
        let first = pen.draw(&step.leds, Size::new(1, 1).area());
        for stay in stays {
            writer.set_frame_dimension(scale, scale)?;
            writer.set_frame_delay(stay, rate.hertz())?;
            writer.write_image_data(&first)?;
        }
    }
    writer.finish()?;
    Ok(file)
}

/// The ticks of the images that a step becomes.
fn stays(step: &Step) -> impl Iterator<Item = u16> {
    parts(step.stay.0.unsigned_abs(), u16::MAX)
}
