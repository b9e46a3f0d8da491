//! How text is set, and the setting of one line.

use super::{
    mask::Mask,
    strike::{Glyph, Strike},
};

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The glyphs.
    pub strike: Strike,
    /// Every dot becomes `scale` by `scale` LEDs, 1 to 8.
    pub scale: u8,
    /// LEDs between two lines.
    pub leading: u32,
    /// Where lines lie in the width.
    pub align: Align,
    /// LEDs by which the first line of a paragraph is indented; only where lines begin at the left edge.
    pub indent: u32,
}

/// Where a line lies in the width that it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle, rounded to the left.
    Centre,
    /// At the right edge.
    Right,
}

impl Align {
    /// LEDs before a line of `width` in a box of `room`; 0 where it is too wide.
    pub(super) fn offset(self, width: u32, room: u32) -> u32 {
        let rest = room.saturating_sub(width);
        match self {
            Self::Left => 0,
            Self::Centre => rest / 2,
            Self::Right => rest,
        }
    }
}

impl Style {
    /// The height of a line in LEDs, without leading.
    pub fn line_height(&self) -> u32 {
        u32::from(self.strike.height()) * self.factor()
    }

    /// How many lines fit `height` LEDs: at least one.
    pub fn lines_in(&self, height: u32) -> u32 {
        let pitch = self.line_height().saturating_add(self.leading);
        (height.saturating_add(self.leading) / pitch.max(1)).max(1)
    }

    /// The width in LEDs of `text` set on one line.
    pub fn width(&self, text: &str) -> u32 {
        text.chars()
            .map(|character| self.advance(character))
            .fold(0, u32::saturating_add)
    }

    /// Sets `text` on one line of `mask`, its top left corner at (`x`, `y`); what falls outside is left out. Allocates nothing.
    pub fn draw(&self, text: &str, x: u32, y: u32, mask: &mut Mask) {
        let mut left = x;
        for glyph in text.chars().filter_map(|character| shown(self.strike, character)) {
            mask.ink(left, y, glyph, self.scale);
            left = left.saturating_add(u32::from(glyph.width) * self.factor());
        }
    }

    /// LEDs from the left edge of `character` to that of the next; 0 where it is dropped or has no glyph.
    pub(super) fn advance(&self, character: char) -> u32 {
        shown(self.strike, character).map_or(0, |glyph| u32::from(glyph.width) * self.factor())
    }

    fn factor(&self) -> u32 {
        u32::from(self.scale.max(1))
    }
}

/// The glyph that stands for `character`: a tab, or a break within one line, shows as a space. What is dropped by rule has none in any
/// strike, as the bake leaves it out.
pub(super) fn shown(strike: Strike, character: char) -> Option<Glyph<'static>> {
    strike
        .glyph(character)
        .or_else(|| matches!(character, '\t' | '\n').then(|| strike.glyph(' ')).flatten())
}
