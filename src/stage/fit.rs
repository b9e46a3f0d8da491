//! A text in one box: the largest type that fits, and never a silent loss.
//!
//! The rule: the type begins at the box's scale and breaks into as many lines as the box holds; what does not fit is set one scale
//! smaller; what does not fit at scale 1 is cut, and ends with `…`.

use super::boxes::{Block, Valign};
use crate::{
    text::{self, Align, Page, Style},
    units::Area,
};

/// What a cut text ends with.
pub(super) const CUT: char = '…';

/// A text as it is set in a box.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    /// Its type.
    pub(super) style: Style,
    /// Its lines, `y` counted from the box's top.
    pub(super) page: Page,
}

impl Fitted {
    /// Whether some of the text is left out.
    pub(super) fn is_cut(&self) -> bool {
        self.page.lines.last().is_some_and(|line| line.text.ends_with(CUT))
    }
}

/// Sets `paragraphs` in a box of `area`.
pub(super) fn fit(paragraphs: &[&str], block: &Block, area: Area) -> Fitted {
    let fitting = (1..=block.scale).rev().find_map(|scale| {
        let style = block.style(scale);
        whole(paragraphs, &style, area).map(|page| Fitted { style, page })
    });
    let mut fitted = fitting.unwrap_or_else(|| cut(paragraphs, block.style(1), area));
    if block.align == Align::Centre {
        centre(paragraphs, &mut fitted, area);
    }
    place(&mut fitted, block.valign, area.height);
    fitted
}

/// The largest scale up to `scale` at which one line fits in `area`; 1 where none does.
pub(super) fn scale_for_line(scale: u8, area: Area, width: u32) -> u8 {
    let fits =
        |scale: &u8| 16 * u32::from(*scale) <= area.height && width.saturating_mul(u32::from(*scale)) <= area.width;
    (1..=scale).rev().find(fits).unwrap_or(1)
}

/// All of `paragraphs` on one page of `area`; `None` where they do not fit.
fn whole(paragraphs: &[&str], style: &Style, area: Area) -> Option<Page> {
    let mut pages = text::pages(paragraphs.iter().copied(), style, area.width, area.height);
    let page = pages.pop()?;
    (pages.is_empty() && holds(&page, style, area)).then_some(page)
}

/// Whether every line lies inside: a page has a line even where the box is too low for one.
fn holds(page: &Page, style: &Style, area: Area) -> bool {
    let cell = cell(style);
    page.lines
        .iter()
        .all(|line| line.x + line.width <= area.width && line.y + cell <= area.height)
}

/// As much of `paragraphs` as fits, ending with [`CUT`].
fn cut(paragraphs: &[&str], style: Style, area: Area) -> Fitted {
    let joined = paragraphs.join("\n");
    let ends: Vec<usize> = joined.char_indices().map(|(at, _)| at).collect();
    let shortened = |characters: usize| format!("{}{CUT}", joined[..ends[characters]].trim_end());
    let fits = |characters: &usize| whole(&[&shortened(*characters)], &style, area).is_some();
    // How many characters fit only falls with their number, near enough: the longest that fits lies where the halves meet.
    let (mut low, mut high) = (0, ends.len());
    while low + 1 < high {
        let middle = usize::midpoint(low, high);
        if fits(&middle) { low = middle } else { high = middle }
    }
    let text = if ends.is_empty() { String::new() } else { shortened(low) };
    let page = text::pages([text.as_str()], &style, area.width, area.height)
        .into_iter()
        .next();
    Fitted {
        style,
        page: page.unwrap_or(Page { lines: Vec::new() }),
    }
}

/// Lines that end with a phrase, where a full-width space marks one and no more lines come of it; else lines of even length.
fn centre(paragraphs: &[&str], fitted: &mut Fitted, area: Area) {
    let phrases: Vec<&str> = paragraphs
        .iter()
        .flat_map(|paragraph| paragraph.split('\u{3000}'))
        .collect();
    let by_phrase = whole(&phrases, &fitted.style, area);
    match by_phrase.filter(|page| page.lines.len() == fitted.page.lines.len()) {
        Some(page) => {
            fitted.page = page;
            balance(&phrases, fitted, area);
        }
        None => balance(paragraphs, fitted, area),
    }
}

/// Lines of even length instead of a full one above a short one.
fn balance(paragraphs: &[&str], fitted: &mut Fitted, area: Area) {
    let count = fitted.page.lines.len();
    if count < 2 || fitted.is_cut() {
        return;
    }
    let narrower = |width| {
        let page = whole(paragraphs, &fitted.style, Area { width, ..area })?;
        (page.lines.len() == count).then_some(page)
    };
    if let Some((width, mut page)) = narrowest(area.width, narrower) {
        let margin = (area.width - width) / 2;
        page.lines.iter_mut().for_each(|line| line.x += margin);
        fitted.page = page;
    }
}

/// The least width below `width` for which `set` still gives something, and what it gives.
pub(super) fn narrowest<T>(width: u32, set: impl Fn(u32) -> Option<T>) -> Option<(u32, T)> {
    let (mut low, mut high, mut best) = (0, width, None);
    while low + 1 < high {
        let middle = u32::midpoint(low, high);
        match set(middle) {
            Some(value) => (high, best) = (middle, Some((middle, value))),
            None => low = middle,
        }
    }
    best
}

/// Moves the lines to where `valign` wants them in `height`. In the middle, what room is left also goes between the lines, up to a
/// quarter of their height.
fn place(fitted: &mut Fitted, valign: Valign, height: u32) {
    let cell = cell(&fitted.style);
    let bottom = |page: &Page| page.lines.last().map_or(0, |line| line.y + cell);
    if valign == Valign::Middle {
        let slack = height.saturating_sub(bottom(&fitted.page));
        let gaps = fitted.page.lines.len() as u32 + 1;
        let spread = (slack / gaps).min(cell / 4);
        for (line, gap) in fitted.page.lines.iter_mut().zip(0..) {
            line.y += gap * spread;
        }
    }
    let down = offset(valign, height, bottom(&fitted.page));
    fitted.page.lines.iter_mut().for_each(|line| line.y += down);
}

/// How far down something `inner` LEDs high begins in `height`.
pub(super) const fn offset(valign: Valign, height: u32, inner: u32) -> u32 {
    let slack = height.saturating_sub(inner);
    match valign {
        Valign::Top => 0,
        Valign::Middle => slack / 2,
        Valign::Bottom => slack,
    }
}

/// The height of one line in LEDs.
pub(super) fn cell(style: &Style) -> u32 {
    u32::from(style.strike.height()) * u32::from(style.scale)
}
