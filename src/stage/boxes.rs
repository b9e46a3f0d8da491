//! The boxes of a template: where they lie, what fills them, how that looks.

use std::{ops::RangeInclusive, sync::Arc};

use embedded_graphics::pixelcolor::Rgb888;

use super::{content::Content, field::Field};
use crate::{
    text::{Align, Face, Style, Type},
    units::{Area, Size, WHITE},
};

/// One `[[box]]` of a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// LEDs from the zone's left edge; negative from its right edge.
    pub x: i32,
    /// LEDs from the zone's top edge; negative from its bottom edge.
    pub y: i32,
    /// Width in LEDs; to the right edge unless written, negative leaves that margin there.
    pub width: Option<i32>,
    /// Height in LEDs; to the bottom edge unless written, negative leaves that margin there.
    pub height: Option<i32>,
    /// What it holds.
    pub fill: Fill,
    /// Set right before the text, where there is any.
    pub before: Arc<str>,
    /// Set right after the text, where there is any.
    pub after: Arc<str>,
    /// The size of what is before and after, in dots, where it is smaller; only for what changes with the clock.
    pub beside: Option<u16>,
    /// The colour of its type.
    pub colour: Rgb888,
    /// The colour of titles and headings inside a flow.
    pub accent: Rgb888,
    /// The colour of dates and document numbers inside a flow.
    pub dated: Rgb888,
    /// The colour of a chart's bars.
    pub bars: Rgb888,
    /// What lies behind the type; nothing unless written.
    pub background: Option<Rgb888>,
    /// The face of its type.
    pub face: Face,
    /// The name of a face that the site brings itself; until that is found, `face` stands in for it.
    pub own_face: Option<Arc<str>>,
    /// The size of its type in dots, 16 to 128. Text that does not fit is set smaller.
    pub size: u16,
    /// The least size to which that goes; nothing less than 16 is ever set.
    pub least: u16,
    /// Where lines lie in the width.
    pub align: Align,
    /// Where they lie in the height.
    pub valign: Valign,
    /// LEDs between two lines, where there is room for them: half of them are enough.
    pub leading: u32,
    /// Characters by which the first line of a paragraph of the body is indented.
    pub indent: u8,
    /// Whether its text runs down in columns from right to left.
    pub vertical: bool,
    /// Whether its overflow makes pages.
    pub paged: bool,
    /// Whether all of it is one line that runs where it does not fit.
    pub scroll: bool,
    /// Whether the box is only as wide as its text.
    pub snug: bool,
    /// Whether it begins `x` LEDs after the box before it that is there; at the left edge where none is.
    pub follows: bool,
    /// Boxes with different turns show one after the other; a box without one always shows.
    pub turn: Option<u8>,
    /// The box is there only for contents that have all of these.
    pub with: Arc<[Field]>,
    /// The box is there only for contents that have none of these.
    pub without: Arc<[Field]>,
    /// The zones, by size, in which the box is there.
    pub zone: Sizes,
}

/// What a box holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Nothing: a bar or a rule.
    Nothing,
    /// A fixed text.
    Text(Arc<str>),
    /// One field.
    Field(Field),
    /// Several fields one below the other, as a notice is written: title and number centred, the body indented, department and date
    /// to the right.
    Flow(Arc<[Field]>),
}

/// Where lines lie in the height of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Valign {
    /// At the top.
    #[default]
    Top,
    /// In the middle, rounded up.
    Middle,
    /// At the bottom.
    Bottom,
}

/// Sizes of zones, in LEDs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Widths.
    pub width: RangeInclusive<u32>,
    /// Heights.
    pub height: RangeInclusive<u32>,
}

impl Default for Block {
    fn default() -> Self {
        Self {
            x: 0,
            y: 0,
            width: None,
            height: None,
            fill: Fill::Nothing,
            before: Arc::default(),
            after: Arc::default(),
            beside: None,
            colour: WHITE,
            accent: WHITE,
            dated: WHITE,
            bars: WHITE,
            background: None,
            face: Face::Hei,
            own_face: None,
            size: 16,
            least: 16,
            align: Align::Both,
            valign: Valign::Top,
            leading: 2,
            indent: 2,
            vertical: false,
            paged: false,
            scroll: false,
            snug: false,
            follows: false,
            turn: None,
            with: Arc::default(),
            without: Arc::default(),
            zone: Sizes::default(),
        }
    }
}

impl Block {
    /// Where the box lies in a zone of `size`; `None` where nothing of it does, or where it is not meant for such a zone.
    pub fn area(&self, size: Size) -> Option<Area> {
        if !self.zone.contains(size) {
            return None;
        }
        let (x, width) = along(self.x, self.width, size.width)?;
        let (y, height) = along(self.y, self.height, size.height)?;
        Some(Area::new(x, y, width, height))
    }

    /// Whether the box is meant for `content`.
    pub fn is_for(&self, content: &Content) -> bool {
        self.with.iter().all(|field| content.has(*field)) && !self.without.iter().any(|field| content.has(*field))
    }

    /// Whether no content can have both boxes.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        let differ = |one: &Self, other: &Self| one.with.iter().any(|field| other.without.contains(field));
        differ(self, other) || differ(other, self)
    }

    /// Where the box lies in a zone of `size`, the right edge of the box before it being at `edge`.
    pub(super) fn area_after(&self, edge: Option<u32>, size: Size) -> Option<Area> {
        if !self.follows {
            return self.area(size);
        }
        let place = |edge| i32::try_from(edge).unwrap_or(i32::MAX).saturating_add(self.x.max(0));
        let moved = Self {
            x: edge.map_or(0, place),
            ..self.clone()
        };
        moved.area(size)
    }

    /// The sizes that may be tried in a box of `area`, the largest first: those from `size` down to `least` of which a line fits its
    /// height and a character its width. Where none does, the next smaller one; at least one.
    pub(super) fn sizes(&self, area: Area) -> Vec<u16> {
        let room = area.height.min(area.width);
        let mut fitting: Vec<u16> = Type::sizes(self.size).filter(|dots| u32::from(*dots) <= room).collect();
        let allowed = fitting.iter().take_while(|dots| **dots >= self.least).count();
        fitting.truncate(allowed.max(1));
        if fitting.is_empty() {
            vec![Type::default().dots()]
        } else {
            fitting
        }
    }

    /// The least leading to which its own may be tightened.
    pub(super) fn least_leading(&self) -> u32 {
        self.leading.div_ceil(2)
    }

    /// Its type at `dots`, a size of the ladder.
    pub(super) fn style(&self, dots: u16) -> Style {
        Style {
            kind: Type::new(self.face, dots).unwrap_or_default(),
            leading: self.leading,
            align: self.align,
            indent: 0,
            hang: 0,
            vertical: self.vertical,
        }
    }
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            width: 0..=Size::LIMIT,
            height: 0..=Size::LIMIT,
        }
    }
}

impl Sizes {
    /// Whether a zone of `size` is meant.
    pub fn contains(&self, size: Size) -> bool {
        self.width.contains(&size.width) && self.height.contains(&size.height)
    }

    /// Whether there is a size that both mean.
    pub fn meets(&self, other: &Self) -> bool {
        let meet = |a: &RangeInclusive<u32>, b: &RangeInclusive<u32>| a.start().max(b.start()) <= a.end().min(b.end());
        meet(&self.width, &other.width) && meet(&self.height, &other.height)
    }
}

/// Start and length on one axis of `limit` LEDs.
fn along(start: i32, length: Option<i32>, limit: u32) -> Option<(u32, u32)> {
    let limit = i64::from(limit);
    let from = if start < 0 {
        limit + i64::from(start)
    } else {
        i64::from(start)
    };
    let to = match length {
        None => limit,
        Some(margin) if margin < 0 => limit + i64::from(margin),
        Some(length) => from + i64::from(length),
    };
    let (from, to) = (from.clamp(0, limit), to.clamp(0, limit));
    let length = u32::try_from(to - from).ok().filter(|length| *length > 0)?;
    Some((u32::try_from(from).ok()?, length))
}
