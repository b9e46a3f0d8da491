//! Where every line of a page stands, as text: for those who read a setting instead of looking at it.

use embedded_graphics::pixelcolor::Rgb888;

use super::{
    boxes::{Block, Fill},
    compose::Layout,
    content::Content,
    live::Telling,
    palette::Palette,
    template::Template,
};
use crate::{
    site::Colour,
    text::{Compositor, Line, Type},
    units::{Area, Size},
};

/// One line of type where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetLine {
    /// Its box, by its place among the template's.
    pub block: usize,
    /// Where that lies in the zone.
    pub area: Area,
    /// The turn of its box, where boxes take turns.
    pub turn: Option<u8>,
    /// Its type.
    pub kind: Type,
    /// Its colour, on these LEDs.
    pub colour: Rgb888,
    /// What it says; `x` and `y` count from the zone's top left corner.
    pub line: Line,
}

impl Template {
    /// The lines that stand still on page `page` (from 0) of `content` on `size` LEDs that can show `colour`, box by box in the order
    /// of the template and top down in each. What changes with the clock is not among them.
    pub fn lines(
        &self,
        compositor: &Compositor,
        content: &Content,
        page: u16,
        size: Size,
        colour: Colour,
    ) -> Vec<SetLine> {
        let layout = Layout::new(compositor, self, content, size);
        let palette = Palette(colour);
        let mut lines = Vec::new();
        for (at, block) in self.blocks.iter().enumerate() {
            let Some(area) = block.area(size) else { continue };
            for (kind, ink, line) in set(&layout, block, area, page, content) {
                lines.push(SetLine {
                    block: at,
                    area,
                    turn: block.turn,
                    kind,
                    colour: palette.pair(ink, block.background).0,
                    line: Line {
                        x: area.x + line.x,
                        y: area.y + line.y,
                        ..line
                    },
                });
            }
        }
        lines
    }
}

/// The lines of one box, counted from its own corner.
fn set(layout: &Layout<'_>, block: &Block, area: Area, page: u16, content: &Content) -> Vec<(Type, Rgb888, Line)> {
    match &block.fill {
        Fill::Nothing => Vec::new(),
        Fill::Field(field) if Telling::of(*field, content).is_some() => Vec::new(),
        _ if block.paged => layout
            .page(page)
            .iter()
            .map(|set| (layout.kind(block), set.colour, set.line.clone()))
            .collect(),
        _ => layout.fitted(block, area, page).map_or_else(Vec::new, |fitted| {
            let kind = fitted.style.kind;
            let lines = fitted.page.lines.into_iter();
            lines.map(|line| (kind, block.colour, line)).collect()
        }),
    }
}
