//! Faces and sizes: which glyph stands for a character, and where in its cell.
//!
//! A face in a size is a chain of strikes. The first that has the character gives its glyph, at a whole-number scale; from a strike of
//! another size it lies in the middle of the cell.

use std::ops::Range;

use super::strike::{Glyph, HEI24, HEI32, HEI48, SIXTEEN, SONG24, Sheet, Strike};

/// A face 字体.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Face {
    /// 黑体: even strokes, which carry furthest.
    #[default]
    Hei,
    /// 宋体: of 24 dots and its multiples; in other sizes 黑体 stands in for it.
    Song,
    /// One of a site's own, by its place among them; what it lacks comes from 黑体.
    Own(u8),
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Hei, Self::Song];

    /// The face of that name, Chinese (黑体, 黑) or English.
    pub fn named(name: &str) -> Option<Self> {
        let matches =
            |face: &Self| name.eq_ignore_ascii_case(face.english()) || face.chinese().strip_suffix('体') == Some(name);
        Self::ALL
            .into_iter()
            .find(|face| name == face.chinese() || matches(face))
    }

    /// Its Chinese name.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Hei => "黑体",
            Self::Song => "宋体",
            Self::Own(_) => "本站字体",
        }
    }

    /// Its English name.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Hei => "Hei",
            Self::Song => "Song",
            Self::Own(_) => "the site's own",
        }
    }
}

/// A face in one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type {
    face: Face,
    dots: u8,
    /// The first strike of the chain, and its scale.
    first: Baked,
    scale: u8,
}

/// The baked strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Baked {
    Sixteen,
    Hei24,
    Hei32,
    Hei48,
    Song24,
}

/// How a character is drawn: a glyph, and where it lies in the character's cell, which is as high as the size and `advance` wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape<'a> {
    /// The glyph in its strike's dots.
    pub glyph: Glyph<'a>,
    /// Every dot becomes `scale` by `scale` LEDs.
    pub scale: u8,
    /// LEDs from the cell's left edge to the glyph's.
    pub x: u8,
    /// LEDs from the cell's top edge to the glyph's.
    pub y: u8,
    /// LEDs from the cell's left edge to that of the next.
    pub advance: u16,
}

impl Default for Type {
    fn default() -> Self {
        Self::new(Face::Hei, 16).expect("16 dots are a size")
    }
}

impl Type {
    /// The sizes that the ladder of fitting goes down, in dots.
    pub const SIZES: [u16; 7] = [128, 96, 64, 48, 32, 24, 16];

    /// `face` in a size of `dots`: 16 to 128, a multiple of 16 or 24. `None` for another size.
    pub const fn new(face: Face, dots: u16) -> Option<Self> {
        if dots < 16 || dots > 128 || !(dots.is_multiple_of(16) || dots.is_multiple_of(24)) {
            return None;
        }
        let first = Baked::first(face, dots as u8);
        Some(Self {
            face,
            dots: dots as u8,
            first,
            scale: dots as u8 / first.strike().height(),
        })
    }

    /// The sizes of the ladder from `most` down, in dots; the smallest is always among them.
    pub fn sizes(most: u16) -> impl Iterator<Item = u16> {
        let least = Self::SIZES[Self::SIZES.len() - 1];
        Self::SIZES.into_iter().filter(move |dots| *dots <= most.max(least))
    }

    /// The face.
    pub const fn face(self) -> Face {
        self.face
    }

    /// The height of its cell in LEDs, which is the width of a hanzi.
    pub const fn dots(self) -> u16 {
        self.dots as u16
    }

    /// How `character` is drawn; `None` where no strike of the chain has it.
    #[inline]
    pub fn shape(self, character: char) -> Option<Shape<'static>> {
        match self.first.strike().glyph(character) {
            Some(glyph) => Some(Shape {
                glyph,
                scale: self.scale,
                x: 0,
                y: 0,
                advance: u16::from(glyph.width) * u16::from(self.scale),
            }),
            None => self.later(character).map(|(_, shape)| shape),
        }
    }

    /// The name of the strike whose glyph stands for `character`, as its folder in `fonts/` is called.
    pub fn source(self, character: char) -> Option<&'static str> {
        let first = self.first.strike().glyph(character).map(|_| self.first);
        first
            .or_else(|| self.later(character).map(|(baked, _)| baked))
            .map(Baked::name)
    }

    /// Whether `character` comes from the strike that this size is cut for, and not from another one in its place.
    pub fn is_own(self, character: char) -> bool {
        self.first.strike().glyph(character).is_some()
    }

    /// What a strike after the first has for `character`.
    fn later(self, character: char) -> Option<(Baked, Shape<'static>)> {
        self.others()
            .find_map(|baked| Some((baked, self.shape_from(baked.strike(), character)?)))
    }

    /// How `character` would be drawn in this size with the glyph of `sheet`: as large as whole-number scaling lets it be, in the middle of
    /// its cell. `None` where the sheet has no glyph, or is higher than the cell.
    pub fn shape_from<'a>(self, sheet: &Sheet<'a>, character: char) -> Option<Shape<'a>> {
        self.shape_of(sheet.glyph(character)?, sheet.height())
    }

    /// The same with a glyph of type of `dots`.
    pub(super) fn shape_of(self, glyph: Glyph<'_>, dots: u8) -> Option<Shape<'_>> {
        let scale = self.dots / dots;
        let set = |dots: u16| dots * u16::from(scale);
        let (width, height) = (set(glyph.width.into()), set(dots.into()));
        let advance = u16::from(glyph.width) * self.dots() / u16::from(dots);
        (scale > 0).then(|| Shape {
            glyph,
            scale,
            x: ((advance - width) / 2) as u8,
            y: ((self.dots() - height) / 2) as u8,
            advance,
        })
    }

    /// The LEDs of its cell, from the left, that the ink of `character` reaches over; `None` where it is blank or has no glyph.
    pub fn ink(self, character: char) -> Option<Range<u16>> {
        self.shape(character)?.ink()
    }

    /// The strikes after the first: those that fit the size in whole numbers, then those that come nearest to it; the finest first.
    fn others(self) -> impl Iterator<Item = Baked> {
        let fits = move |baked: &Baked| self.dots.is_multiple_of(baked.strike().height());
        let all = || [Baked::Hei48, Baked::Hei32, Baked::Hei24, Baked::Sixteen].into_iter();
        let exact = all().filter(fits);
        exact.chain(all().filter(move |baked| !fits(baked)))
    }
}

impl Shape<'_> {
    /// The LEDs of its cell, from the left, that its ink reaches over; `None` where it is blank.
    pub fn ink(&self) -> Option<Range<u16>> {
        let columns = self.glyph.ink()?;
        let led = |column: u8| u16::from(self.x) + u16::from(column) * u16::from(self.scale);
        Some(led(columns.start)..led(columns.end))
    }
}

impl Baked {
    /// The finest strike of a face of which a size is a multiple.
    const fn first(face: Face, dots: u8) -> Self {
        if matches!(face, Face::Song) && dots.is_multiple_of(24) {
            Self::Song24
        } else if dots.is_multiple_of(48) {
            Self::Hei48
        } else if dots.is_multiple_of(32) {
            Self::Hei32
        } else if dots.is_multiple_of(24) {
            Self::Hei24
        } else {
            Self::Sixteen
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Sixteen => "sixteen",
            Self::Hei24 => "hei24",
            Self::Hei32 => "hei32",
            Self::Hei48 => "hei48",
            Self::Song24 => "song24",
        }
    }

    const fn strike(self) -> &'static Strike {
        match self {
            Self::Sixteen => &SIXTEEN,
            Self::Hei24 => &HEI24,
            Self::Hei32 => &HEI32,
            Self::Hei48 => &HEI48,
            Self::Song24 => &SONG24,
        }
    }
}
