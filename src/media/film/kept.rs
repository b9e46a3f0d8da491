//! A decoded picture that is kept until it is known in how many frames it is seen.

use super::{Colour, FilmFault, Pixels, Plane};
use crate::{frame::CHANNELS, units::Size};

/// The picture that was decoded last, without padding.
#[derive(Debug, Default)]
pub(super) struct Kept {
    planes: [Vec<u8>; 3],
    widths: [usize; 3],
    /// What the planes stand for; `None` for one of R, G and B.
    colour: Option<Colour>,
}

impl Kept {
    /// Whether no picture has been kept.
    pub(super) const fn is_empty(&self) -> bool {
        self.planes[0].is_empty()
    }

    /// Keeps that picture of `size`; whether it differs from the one that was kept.
    ///
    /// # Errors
    /// It has fewer bytes than pixels.
    pub(super) fn keep(&mut self, pixels: &Pixels<'_>, size: Size) -> Result<bool, FilmFault> {
        let Size { width, height } = size;
        let (width, height) = (width as usize, height as usize);
        let few = || FilmFault::unreadable("a picture of it has too few pixels");
        match *pixels {
            Pixels::Rgb(bytes) => {
                let plane = Plane {
                    bytes,
                    stride: width * CHANNELS,
                };
                let changed = self.keep_plane(0, plane, width * CHANNELS, height).ok_or_else(few)?;
                Ok(self.colour.take().is_some() | changed)
            }
            Pixels::Yuv420 { planes, colour } => {
                let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
                let sizes = [(width, height), (half_width, half_height), (half_width, half_height)];
                let mut changed = self.colour.replace(colour) != Some(colour);
                for (at, (plane, (width, height))) in planes.into_iter().zip(sizes).enumerate() {
                    changed |= self.keep_plane(at, plane, width, height).ok_or_else(few)?;
                }
                Ok(changed)
            }
        }
    }

    /// The picture.
    pub(super) fn pixels(&self) -> Pixels<'_> {
        let plane = |at: usize| Plane {
            bytes: &self.planes[at],
            stride: self.widths[at],
        };
        match self.colour {
            Some(colour) => Pixels::Yuv420 {
                planes: [plane(0), plane(1), plane(2)],
                colour,
            },
            None => Pixels::Rgb(&self.planes[0]),
        }
    }

    /// Whether that plane differs from the one that was kept; `None` where it lacks bytes.
    fn keep_plane(&mut self, at: usize, plane: Plane<'_>, width: usize, height: usize) -> Option<bool> {
        let kept = &mut self.planes[at];
        let mut changed = kept.len() != width * height;
        self.widths[at] = width;
        kept.resize(width * height, 0);
        if width == 0 || plane.stride < width {
            return None;
        }
        for (y, row) in kept.chunks_exact_mut(width).enumerate() {
            let new = plane.bytes.get(y.checked_mul(plane.stride)?..)?.get(..width)?;
            // Once one row differs, most of the others do.
            changed = changed || row != new;
            if changed {
                row.copy_from_slice(new);
            }
        }
        Some(changed)
    }
}
