//! Where the boxes of a template lie: most at places of their own, some beside the box before.

use super::{boxes::Block, compose, content::Content, fit, template::Template};
use crate::{
    text::Compositor,
    units::{Area, Size},
};

/// A box that is as wide as its text takes the first of these parts of the zone's width in which that fits; where it fits in none, the
/// box is left out.
const SHARES: [u32; 2] = [4, 2];

/// The boxes that lie in a zone of `size`, each with its place there.
pub(super) fn places<'a>(
    compositor: &Compositor,
    template: &'a Template,
    content: &Content,
    size: Size,
) -> Vec<(&'a Block, Area)> {
    let mut places = Vec::new();
    let mut edge = None;
    for block in &template.blocks {
        let Some(area) = block.area_after(edge, size).filter(|_| block.is_for(content)) else {
            continue;
        };
        let area = if block.snug {
            snug(compositor, block, content, area, size)
        } else {
            Some(area)
        };
        if let Some(area) = area {
            edge = Some(area.right());
            places.push((block, area));
        }
    }
    places
}

/// The part of `area` that is as wide as what `block` shows; `None` where it shows nothing, or too much.
fn snug(compositor: &Compositor, block: &Block, content: &Content, area: Area, size: Size) -> Option<Area> {
    let texts = compose::texts(block, content, 0, 1);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    if texts.is_empty() {
        return None;
    }
    SHARES.into_iter().find_map(|share| {
        let room = Area {
            width: area.width.min(size.width / share),
            ..area
        };
        let fitted = fit::fit(compositor, &texts, block, room);
        let width = fitted.page.lines.iter().map(|line| line.width).max()?;
        (!fitted.is_cut() && width <= room.width).then_some(Area { width, ..room })
    })
}
