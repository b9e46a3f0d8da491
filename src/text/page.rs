//! From text to pages.

use super::{compositor::Compositor, line::Line, mask::Mask, style::Style, vertical::beside_each_other};

/// Lines that fit one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Top down.
    pub lines: Vec<Line>,
}

impl Compositor {
    /// Breaks `paragraphs` (each may hold forced breaks, `\n`) into pages of `width` by `height` LEDs.
    ///
    /// There is at least one page, and at least one line a page however low the box.
    pub fn pages<'a>(
        &self,
        paragraphs: impl IntoIterator<Item = &'a str>,
        style: &Style,
        width: u32,
        height: u32,
    ) -> Vec<Page> {
        let set = |paragraph| match style.vertical {
            true => self.columns(paragraph, style, height),
            false => self.lines(paragraph, style, width),
        };
        let mut lines: Vec<Line> = paragraphs.into_iter().flat_map(set).collect();
        if lines.is_empty() {
            lines = set("");
        }
        if style.vertical {
            return beside_each_other(&lines, style, width);
        }
        let pitch = style.line_height().saturating_add(style.leading);
        lines
            .chunks_mut(style.lines_in(height) as usize)
            .map(|lines| {
                let tops = (0u32..).map(|index| index.saturating_mul(pitch));
                lines.iter_mut().zip(tops).for_each(|(line, top)| line.y = top);
                Page { lines: lines.to_vec() }
            })
            .collect()
    }
}

impl Page {
    /// The page's type on a mask of `width` by `height` LEDs.
    pub fn mask(&self, compositor: &Compositor, style: &Style, width: u32, height: u32) -> Mask {
        let mut mask = Mask::new(width, height);
        for line in &self.lines {
            compositor.draw(line, style.kind, line.x, line.y, &mut mask);
        }
        mask
    }
}
