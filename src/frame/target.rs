//! A frame as a drawing surface of embedded-graphics.

use std::convert::Infallible;

use embedded_graphics::{
    Pixel,
    draw_target::DrawTarget,
    geometry::{OriginDimensions, Size as GraphicsSize},
    pixelcolor::Rgb888,
    prelude::{IntoStorage as _, RgbColor as _},
    primitives::Rectangle,
};

use super::{CHANNELS, Frame};
use crate::units::Area;

impl OriginDimensions for Frame {
    fn size(&self) -> GraphicsSize {
        GraphicsSize::new(self.size.width, self.size.height)
    }
}

impl DrawTarget for Frame {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(point, colour) in pixels {
            let (Ok(x), Ok(y)) = (u32::try_from(point.x), u32::try_from(point.y)) else {
                continue;
            };
            if x < self.size.width && y < self.size.height {
                let at = x as usize * CHANNELS;
                self.row_mut(y)[at..at + CHANNELS].copy_from_slice(&[colour.r(), colour.g(), colour.b()]);
            }
        }
        Ok(())
    }

    fn fill_solid(&mut self, area: &Rectangle, colour: Rgb888) -> Result<(), Infallible> {
        let Rectangle { top_left, size } = area.intersection(&Rectangle::new(
            embedded_graphics::prelude::Point::zero(),
            OriginDimensions::size(self),
        ));
        let (Ok(x), Ok(y)) = (u32::try_from(top_left.x), u32::try_from(top_left.y)) else {
            return Ok(());
        };
        self.fill_area(Area::new(x, y, size.width, size.height), colour);
        Ok(())
    }

    fn clear(&mut self, colour: Rgb888) -> Result<(), Infallible> {
        if colour.into_storage() == 0 {
            self.bytes.fill(0);
        } else {
            self.fill(colour);
        }
        Ok(())
    }
}
