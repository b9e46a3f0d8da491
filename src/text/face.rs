//! Faces and their sizes: which glyph stands for a character.

use std::ops::Range;

use super::strike::{Glyph, Strike};

/// A face of type 字体.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Face {
    /// 黑体: strokes of even weight.
    #[default]
    Hei,
    /// 宋体; below 24 dots it is set as 黑体.
    Song,
}

/// A face at one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type {
    /// The face.
    pub face: Face,
    /// The height and width of a hanzi's cell in LEDs.
    pub dots: u16,
}

/// How a character is drawn: a glyph, enlarged, somewhere in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The glyph.
    pub glyph: Glyph<'static>,
    /// Every dot of it becomes so many LEDs each way.
    pub scale: u8,
    /// LEDs from the cell's left edge to the glyph's.
    pub x: u8,
    /// LEDs from the cell's top edge to the glyph's.
    pub y: u8,
    /// The width of the cell in LEDs.
    pub advance: u16,
}

impl Type {
    /// How `character` is drawn; `None` where no strike has it.
    pub fn shape(self, character: char) -> Option<Shape> {
        let glyph = Strike::sixteen().glyph(character)?;
        let scale = (self.dots / 16).max(1) as u8;
        Some(Shape {
            glyph,
            scale,
            x: 0,
            y: 0,
            advance: u16::from(glyph.width) * u16::from(scale),
        })
    }

    /// The columns of its cell that `character` inks; empty where it inks none.
    pub fn ink(self, character: char) -> Range<u16> {
        let Some(shape) = self.shape(character) else {
            return 0..0;
        };
        let columns = shape.glyph.ink();
        let scaled = |column: u8| u16::from(shape.x) + u16::from(column) * u16::from(shape.scale);
        scaled(columns.start)..scaled(columns.end)
    }
}

impl Default for Type {
    fn default() -> Self {
        Self {
            face: Face::Hei,
            dots: 16,
        }
    }
}

impl Type {
    /// The sizes that there are, in dots, the largest first.
    pub const SIZES: [u16; 7] = [128, 96, 64, 48, 32, 24, 16];

    /// The sizes from `dots` down, the largest first; the smallest one is always among them.
    pub fn sizes(dots: u16) -> impl Iterator<Item = u16> {
        let least = Self::SIZES[Self::SIZES.len() - 1];
        Self::SIZES.into_iter().filter(move |size| *size <= dots.max(least))
    }
}
