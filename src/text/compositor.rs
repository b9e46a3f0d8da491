//! The compositor 排字工: sets text in type.
//!
//! A paragraph goes in with a [`Style`]; out come [`Line`]s whose characters all have their places, so that drawing, colouring and
//! telling what stands where read the same thing.

use std::{ops::Range, sync::Arc};

use super::{
    balance::balance,
    bonds::{Bond, bonds, ends_under},
    face::{Shape, Type},
    fill::fill,
    gate::{self, Policy, Refusal},
    justify::justify,
    line::{Line, Placed},
    mask::Mask,
    phrases::Phrases,
    rules::Rules,
    run::Run,
    site_fonts::SiteFonts,
    style::{Align, Style},
};

/// Sets text in the type that there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compositor {
    /// What may stand at a line's edges.
    rules: Rules,
    /// What is never split, where that is more than the shipped phrases.
    phrases: Option<Phrases>,
    /// The site's own faces and glyphs, where there are any.
    fonts: Option<Arc<SiteFonts>>,
}

/// From so many ems on lines are spread to end at the right edge; shorter ones would be torn apart.
const SPREAD: u32 = 13;

impl Compositor {
    /// Sets by `rules`, never splits what is in `own` or comes with the program, and has the site's own `fonts` besides those of the program.
    pub fn new(rules: Rules, own: &Phrases, fonts: &Arc<SiteFonts>) -> Self {
        Self {
            rules,
            phrases: (!own.is_empty()).then(|| Phrases::shipped().with(own)),
            fonts: (!fonts.is_empty()).then(|| Arc::clone(fonts)),
        }
    }

    /// The lines of one paragraph, which may hold forced breaks (`\n`), in `width` LEDs: at least one, each still at the top.
    ///
    /// A line takes at least one character however narrow the width. Joined, the lines are the text without: white space at a
    /// line's end, white space at the start of a paragraph where the style indents it, and characters dropped by rule. Characters
    /// without a glyph take no room; see [`Compositor::missing`].
    pub fn lines(&self, paragraph: &str, style: &Style, width: u32) -> Vec<Line> {
        let indent = indent(style, width);
        let trimmed = if indent > 0 { paragraph.trim_start() } else { paragraph };
        let mut offset = paragraph.len() - trimmed.len();
        let mut lines = Vec::new();
        for (index, part) in trimmed.split('\n').enumerate() {
            let indent = if index == 0 { indent } else { 0 };
            lines.extend(self.part(part, offset, style, indent, width));
            offset += part.len() + 1;
        }
        lines
    }

    /// The lines of a part without forced breaks.
    fn part(&self, part: &str, offset: usize, style: &Style, indent: u32, width: u32) -> Vec<Line> {
        let hang = if style.align == Align::Left || style.align == Align::Both {
            style.hang.min(width / 2)
        } else {
            0
        };
        let room = width - hang;
        let mut run = Run::new(self, style.kind, part, offset);
        let mut lines = fill(&mut run, width - indent, room);
        if style.align == Align::Centre
            && let Some(even) = balance(&run, &lines, width)
        {
            lines = even;
        }
        let last = lines.len() - 1;
        let spread = style.align == Align::Both && width >= SPREAD * run.em;
        let set = |(index, line): (usize, Range<usize>)| {
            let (start, room) = if index == 0 {
                (indent, width - indent)
            } else {
                (hang, room)
            };
            let mut line = set(&run, line, room, spread && index < last);
            line.x = start + style.align.offset(line.width, room);
            line
        };
        lines.into_iter().enumerate().map(set).collect()
    }

    /// The whole of `text` as one line, as a ticker needs it; a forced break becomes a space.
    pub fn line(&self, text: &str, kind: Type) -> Line {
        let run = Run::new(self, kind, text, 0);
        set(&run, 0..run.cells.len(), u32::MAX, false)
    }

    /// The width in LEDs of `text` set on one line.
    pub fn width(&self, text: &str, kind: Type) -> u32 {
        let run = Run::new(self, kind, text, 0);
        run.width(0, run.cells.len())
    }

    /// Adds the type of `line` to `mask`, the line's top left corner at (`x`, `y`); what falls outside is left out. Allocates nothing.
    pub fn draw(&self, line: &Line, kind: Type, x: u32, y: u32, mask: &mut Mask) {
        for placed in line.glyphs.iter() {
            if let Some(shape) = self.shape(kind, placed.character) {
                put(*placed, shape, x, y, mask);
            }
        }
    }

    /// The type of `line` on a mask of its own size.
    pub fn mask(&self, line: &Line, kind: Type) -> Mask {
        let last = line.glyphs.last().map_or(0, |placed| placed.y.unsigned_abs());
        let mut mask = Mask::new(line.width, last + u32::from(kind.dots()));
        self.draw(line, kind, 0, 0, &mut mask);
        mask
    }

    /// The first character of `text` that is neither drawn nor dropped by rule, with its byte offset.
    pub fn missing(&self, text: &str) -> Option<(usize, char)> {
        let first = self.refusals(text).next()?;
        Some((first.at, first.text.chars().next()?))
    }

    /// All of `text` that cannot be set, in order, each with the reason.
    pub fn refusals<'a>(&self, text: &'a str) -> impl Iterator<Item = Refusal<'a>> {
        gate::refusals(text, |character| self.has_glyph(character))
    }

    /// What becomes of `character` in the type that there is.
    pub fn policy(&self, character: char) -> Policy {
        gate::judge(character, |character| self.has_glyph(character))
    }

    /// Whether there is a glyph at the smallest size: then there is one at each.
    fn has_glyph(&self, character: char) -> bool {
        self.shape(Type::default(), character).is_some()
    }

    /// The byte offsets inside `text`, which holds no forced break, at which a line may end without tearing a word, a phrase, or a
    /// number from its unit, in order.
    pub fn ends(&self, text: &str) -> Vec<usize> {
        ends_under(text, self.rules, self.phrases())
    }

    /// How strongly each of `characters` holds to the next.
    pub(super) fn bonds(&self, characters: &[char]) -> Vec<Bond> {
        bonds(characters, self.rules, self.phrases())
    }

    fn phrases(&self) -> &Phrases {
        self.phrases.as_ref().unwrap_or_else(|| Phrases::shipped())
    }

    /// How `character` is drawn in `kind`: a tab, or a break within one line, as a space.
    #[inline]
    pub fn shape(&self, kind: Type, character: char) -> Option<Shape<'_>> {
        let own = self.fonts.as_ref().and_then(|own| own.shape(kind, character));
        let blank = || gate::is_blank(character).then(|| kind.shape(' ')).flatten();
        own.or_else(|| kind.shape(character)).or_else(blank)
    }

    /// LEDs from the left edge of `character` to that of the next; 0 where it has no glyph.
    pub(super) fn advance(&self, kind: Type, character: char) -> u32 {
        self.shape(kind, character).map_or(0, |shape| shape.advance.into())
    }

    /// The columns of its cell that `character` inks.
    pub(super) fn ink(&self, kind: Type, character: char) -> Range<u32> {
        let shape = self.shape(kind, character);
        let columns = shape.and_then(|shape| shape.ink()).unwrap_or_default();
        columns.start.into()..columns.end.into()
    }
}

/// Adds the shape of a placed character to `mask`, its line's top left corner at (`x`, `y`).
#[inline]
fn put(placed: Placed, shape: Shape<'_>, x: u32, y: u32, mask: &mut Mask) {
    let (glyph, scale) = (shape.glyph, shape.scale);
    let (left, top) = (i64::from(x) + i64::from(placed.x), y.saturating_add_signed(placed.y));
    let (across, down) = (i64::from(shape.x), u32::from(shape.y));
    let leds = |leds: i64| u32::try_from(leds.max(0)).unwrap_or(u32::MAX);
    if placed.turned {
        let (left, top) = (leds(left + i64::from(down)), top.saturating_add(shape.x.into()));
        mask.ink_turned(left, top, glyph, scale);
    } else if left + across < 0 {
        mask.ink_beyond(leds(-left - across), top.saturating_add(down), glyph, scale);
    } else {
        mask.ink(leds(left + across), top.saturating_add(down), glyph, scale);
    }
}

/// The indent that the style asks for, where lines begin at the left edge and a character still fits beside it.
fn indent(style: &Style, width: u32) -> u32 {
    let fits = style.indent.saturating_add(style.line_height()) <= width;
    let is_left = matches!(style.align, Align::Left | Align::Both);
    if is_left && fits { style.indent } else { 0 }
}

/// One line of `run`, at the top left corner.
fn set(run: &Run, line: Range<usize>, room: u32, full: bool) -> Line {
    let text: String = run.cells[line.start..run.trimmed(line.start, line.end)]
        .iter()
        .map(|cell| cell.character)
        .collect();
    let (glyphs, width) = justify(run, line, room, full);
    Line {
        x: 0,
        y: 0,
        width,
        text: text.into(),
        glyphs: glyphs.into(),
    }
}
