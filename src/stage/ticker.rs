//! Contents in one line each, joined into a strip.

use jiff::civil::DateTime;

use super::{
    boxes::{Block, Fill},
    compose,
    content::Content,
    fit::{self, CUT},
    ink::Ink,
    live::{LiveText, Telling},
    palette::Palette,
    pane::Pane,
    setting::Standing,
    strip::Strip,
    template::Template,
};
use crate::{
    frame::{CHANNELS, Frame},
    text::{Compositor, Line, Type},
    units::{Area, Size, Speed},
};

/// The most LEDs that one content takes in a strip, the gap apart; what is longer is cut and ends with `…`.
pub(super) const CONTENT: u32 = 16_384;

/// The most bytes that a strip's picture takes: 1.4 million LEDs at 16 rows.
const BYTES: usize = 64 << 20;

/// The narrowest advance of a character, in dots.
pub(super) const NARROWEST: u32 = 4;

/// One box of one content, set in one line.
struct Segment<'a> {
    block: &'a Block,
    /// LEDs from the content's first column.
    x: u32,
    /// LEDs that it takes.
    width: u32,
    dots: u16,
    setting: Setting,
}

/// How a segment is set.
enum Setting {
    /// As type.
    Type(Line, Type),
    /// By the clock.
    Live(Telling),
}

/// LEDs of `content` in a strip for a zone of `size`, the gap included: at least one.
pub(super) fn width(compositor: &Compositor, template: &Template, content: &Content, size: Size) -> u32 {
    let segments = segments(compositor, template, content, size);
    segments
        .last()
        .map_or(0, |segment| segment.x + segment.width)
        .saturating_add(template.gap)
        .max(1)
}

/// The speed of a strip in `pane`: that of its largest type.
pub(super) fn speed(template: &Template, pane: Pane) -> Speed {
    let blocks = template.blocks.iter().filter(|block| block.zone.contains(pane.size));
    let dots = blocks.map(|block| fit::size_for_line(block.size, rows(block, pane.size).1));
    pane.motion.speed(dots.max().unwrap_or_default(), pane.rate)
}

/// The most LEDs of a strip for a zone of `size`.
pub(super) fn limit(size: Size) -> u32 {
    let columns = BYTES / (CHANNELS * size.height.max(1) as usize);
    u32::try_from(columns).unwrap_or(u32::MAX).saturating_sub(size.width)
}

/// The strip of `contents`, each as wide as a whole number of steps takes.
pub(super) fn join(
    compositor: &Compositor,
    template: &Template,
    contents: &[&Content],
    pane: Pane,
    palette: Palette,
) -> Strip {
    let (size, speed) = (pane.size, speed(template, pane));
    let step = speed.step();
    let mut cycle = 0;
    let mut placed = Vec::new();
    for content in contents {
        let width = width(compositor, template, content, size).next_multiple_of(step);
        if cycle + width > limit(size).max(CONTENT) {
            break;
        }
        placed.push((*content, cycle));
        cycle += width;
    }
    let mut picture = Frame::new(Size::new(cycle.max(step) + size.width, size.height));
    picture.fill(palette.page(template.background));
    let mut live = Vec::new();
    for (content, x) in placed {
        for segment in segments(compositor, template, content, size) {
            segment.paint(compositor, x, size, palette, &mut picture, &mut live);
        }
    }
    Strip::new(picture, cycle.max(step), speed, live)
}

/// The lines of type of `content` in a strip, from its first column on.
pub(super) fn lines(compositor: &Compositor, template: &Template, content: &Content, size: Size) -> Vec<Standing> {
    let at = |block: &Block| template.blocks.iter().position(|other| std::ptr::eq(other, block));
    let segments = segments(compositor, template, content, size).into_iter();
    let lines = segments.filter_map(|segment| {
        let Setting::Type(line, kind) = segment.setting else {
            return None;
        };
        let (y, height) = rows(segment.block, size);
        let down = fit::offset(segment.block.valign, height, kind.dots().into());
        Some(Standing {
            block: at(segment.block)?,
            area: Area::new(segment.x, y, segment.width, height),
            kind,
            colour: segment.block.colour,
            line: Line {
                x: segment.x,
                y: y + down,
                ..line
            },
        })
    });
    lines.collect()
}

/// What `content` says in a strip, as the clock shows `civil`.
pub(super) fn words(
    compositor: &Compositor,
    template: &Template,
    content: &Content,
    size: Size,
    civil: DateTime,
) -> String {
    let said = segments(compositor, template, content, size).into_iter();
    let said = said.filter_map(|segment| match segment.setting {
        Setting::Type(line, _) => Some(line.text.to_string()),
        Setting::Live(telling) => telling.said(segment.block, civil),
    });
    said.collect::<Vec<_>>().join(" ")
}

impl Segment<'_> {
    fn paint(
        &self,
        compositor: &Compositor,
        start: u32,
        size: Size,
        palette: Palette,
        picture: &mut Frame,
        live: &mut Vec<LiveText>,
    ) {
        let (y, height) = rows(self.block, size);
        let area = Area::new(start + self.x, y, self.width, height);
        let (ink, ground) = palette.pair(self.block.colour, self.block.background);
        ground.into_iter().for_each(|colour| picture.fill_area(area, colour));
        match &self.setting {
            Setting::Type(line, kind) => {
                let down = fit::offset(self.block.valign, height, kind.dots().into());
                Ink::new(&compositor.mask(line, *kind), ink).paint(
                    picture,
                    area,
                    i64::from(area.x),
                    i64::from(y + down),
                );
            }
            Setting::Live(telling) => {
                let block = Block {
                    size: self.dots,
                    ..self.block.clone()
                };
                live.push(compose::live(compositor, *telling, &block, area, ink));
            }
        }
    }
}

/// The boxes of `template` filled from `content`, one after the other; `x` of a box is the space before it.
fn segments<'a>(compositor: &Compositor, template: &'a Template, content: &Content, size: Size) -> Vec<Segment<'a>> {
    let mut segments = Vec::new();
    let mut x = 0_u32;
    for block in template.blocks.iter().filter(|block| block.zone.contains(size)) {
        let space = u32::try_from(block.x).unwrap_or(0);
        let room = CONTENT.saturating_sub(x + space);
        if let Some(segment) = segment(compositor, block, content, size, x + space, room) {
            x = segment.x + segment.width;
            segments.push(segment);
        }
    }
    segments
}

fn segment<'a>(
    compositor: &Compositor,
    block: &'a Block,
    content: &Content,
    size: Size,
    x: u32,
    room: u32,
) -> Option<Segment<'a>> {
    let (_, height) = rows(block, size);
    let dots = fit::size_for_line(block.size, height);
    let kind = block.style(dots).kind;
    if let Fill::Field(field) = block.fill
        && let Some(telling) = Telling::of(field, content)
    {
        let anywhere = Area::new(0, 0, Size::LIMIT, height);
        let block_ = Block {
            size: dots,
            ..block.clone()
        };
        let width = compose::live(compositor, telling, &block_, anywhere, block.colour).widest();
        return (width <= room).then_some(Segment {
            block,
            x,
            width,
            dots,
            setting: Setting::Live(telling),
        });
    }
    let texts = compose::texts(block, content, 0, 1);
    let line = shortened(compositor, &texts.join("\u{3000}"), kind, room)?;
    Some(Segment {
        block,
        x,
        width: line.width,
        dots,
        setting: Setting::Type(line, kind),
    })
}

/// `text` in one line of at most `room` LEDs, cut where it is longer; `None` where nothing is left of it.
fn shortened(compositor: &Compositor, text: &str, kind: Type, room: u32) -> Option<Line> {
    let set = |text: &str| compositor.line(text, kind);
    let most = (room / NARROWEST) as usize;
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).take(most + 2).collect();
    if ends.len() <= most + 1 {
        let line = set(text);
        if line.width <= room {
            return (line.width > 0).then_some(line);
        }
    }
    let cut = |characters: usize| set(&format!("{}{CUT}", &text[..ends[characters]]));
    let fitting = (0..ends.len()).collect::<Vec<_>>();
    let count = fitting.partition_point(|characters| cut(*characters).width <= room);
    count.checked_sub(1).map(cut).filter(|line| line.width > 0)
}

/// The rows of the zone in which a box of a ticker stands: its first and how many.
fn rows(block: &Block, size: Size) -> (u32, u32) {
    let anywhere = Block {
        x: 0,
        width: None,
        ..block.clone()
    };
    anywhere
        .area(size)
        .map_or((0, size.height), |area| (area.y, area.height))
}
