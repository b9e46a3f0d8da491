//! A text in one box: the largest type that fits, and never a silent loss.
//!
//! The rule: the type begins at the box's size and breaks into as many lines as the box holds, a title into no more than three; what
//! does not fit is set one size smaller; at the least size lines move closer; what even then does not fit is cut, and ends with `…`.

use super::{
    boxes::{Block, Fill, Valign},
    field::Field,
    flow::TITLE,
};
use crate::{
    text::{Align, Compositor, Line, Page, Style, Type},
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
pub(super) fn fit(compositor: &Compositor, paragraphs: &[&str], block: &Block, area: Area) -> Fitted {
    let sizes = block.sizes(area);
    let least = sizes[sizes.len() - 1];
    let most = if block.fill == Fill::Field(Field::Title) {
        TITLE
    } else {
        usize::MAX
    };
    let fitting = sizes.iter().find_map(|dots| {
        let style = block.style(*dots);
        let page = whole(compositor, paragraphs, &style, area)?;
        (*dots == least || page.lines.len() <= most).then_some(Fitted { style, page })
    });
    let tightest = Style {
        leading: block.least_leading(),
        ..block.style(least)
    };
    let closer = || {
        let page = whole(compositor, paragraphs, &tightest, area)?;
        let style = tightened(&block.style(least), tightest.leading, page.lines.len(), area.height)?;
        let page = whole(compositor, paragraphs, &style, area)?;
        Some(Fitted { style, page })
    };
    let mut fitted = fitting
        .or_else(closer)
        .unwrap_or_else(|| cut(compositor, paragraphs, tightest, area));
    if block.align == Align::Centre {
        by_phrase(compositor, paragraphs, &mut fitted, area);
    }
    // Columns stand in their height as they are aligned.
    if !block.vertical {
        place(&mut fitted, block.valign, area.height);
    }
    fitted
}

/// `style` with the most leading, from its own down to `least`, with which `count` lines fit `height`; `None` where they do not.
pub(super) fn tightened(style: &Style, least: u32, count: usize, height: u32) -> Option<Style> {
    let count = u32::try_from(count).ok()?;
    let rest = height.checked_sub(count.checked_mul(style.line_height())?);
    let leading = match (rest, count) {
        // A line is set however low its box.
        (_, 0 | 1) => style.leading,
        (rest, _) => (rest? / (count - 1)).min(style.leading),
    };
    (leading >= least).then_some(Style { leading, ..*style })
}

/// The largest size up to `most` that `room` LEDs hold; the smallest one where none does.
pub(super) fn size_for_line(most: u16, room: u32) -> u16 {
    let mut sizes = Type::sizes(most);
    sizes.find(|dots| u32::from(*dots) <= room).unwrap_or(16)
}

/// All of `paragraphs` on one page of `area`; `None` where they do not fit.
fn whole(compositor: &Compositor, paragraphs: &[&str], style: &Style, area: Area) -> Option<Page> {
    let mut pages = compositor.pages(paragraphs.iter().copied(), style, area.width, area.height);
    let page = pages.pop()?;
    (pages.is_empty() && holds(&page, style, area)).then_some(page)
}

/// Whether every line lies inside: a page has a line even where the box is too low for one.
fn holds(page: &Page, style: &Style, area: Area) -> bool {
    let cell = style.line_height();
    let foot = |line: &Line| line.y + cell + line.glyphs.last().map_or(0, |last| last.y.unsigned_abs());
    page.lines
        .iter()
        .all(|line| line.x + line.width <= area.width && foot(line) <= area.height)
}

/// As much of `paragraphs` as fits, ending with [`CUT`]: where a line might end, unless that leaves less than half of what has room.
fn cut(compositor: &Compositor, paragraphs: &[&str], style: Style, area: Area) -> Fitted {
    let joined = paragraphs.join("\n");
    let shortened = |end: usize| format!("{}{CUT}", joined[..end].trim_end());
    let fits = |end: &usize| whole(compositor, &[&shortened(*end)], &style, area).is_some();
    // How much fits only falls with its length, near enough.
    let last = |ends: &[usize]| ends[..ends.partition_point(fits)].last().copied().unwrap_or(0);
    let anywhere: Vec<usize> = joined.char_indices().map(|(at, _)| at).collect();
    let (torn, clean) = (last(&anywhere), last(&clean_ends(compositor, &joined)));
    let end = if 2 * clean >= torn { clean } else { torn };
    let text = if joined.is_empty() {
        String::new()
    } else {
        shortened(end)
    };
    let page = compositor
        .pages([text.as_str()], &style, area.width, area.height)
        .into_iter()
        .next();
    Fitted {
        style,
        page: page.unwrap_or(Page { lines: Vec::new() }),
    }
}

/// Where a line of `text` might end, or does.
fn clean_ends(compositor: &Compositor, text: &str) -> Vec<usize> {
    let mut start = 0;
    let ends = text.split('\n').flat_map(|line| {
        let from = start;
        start += line.len() + 1;
        let inside = compositor.ends(line).into_iter().map(move |end| from + end);
        inside.chain([from + line.len()])
    });
    ends.collect()
}

/// Lines that end with a phrase, where a full-width space marks one and no more lines come of it.
fn by_phrase(compositor: &Compositor, paragraphs: &[&str], fitted: &mut Fitted, area: Area) {
    let phrases: Vec<&str> = paragraphs
        .iter()
        .flat_map(|paragraph| paragraph.split('\u{3000}'))
        .collect();
    let page = whole(compositor, &phrases, &fitted.style, area);
    if let Some(page) = page.filter(|page| page.lines.len() == fitted.page.lines.len()) {
        fitted.page = page;
    }
}

/// Moves the lines to where `valign` wants them in `height`. In the middle, what room is left also goes between the lines, up to a
/// quarter of their height.
fn place(fitted: &mut Fitted, valign: Valign, height: u32) {
    let cell = fitted.style.line_height();
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
