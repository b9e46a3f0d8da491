//! Points of a list: the mark hangs, the text stands beside it on all lines.

use std::sync::Arc;

use crate::{
    item::Point,
    text::{Compositor, Line, Placed, Style},
};

/// The lines of `text`, which begins with the mark that `point` tells of, in `width` LEDs; each list inside another stands an em further
/// to the right.
pub(super) fn point(compositor: &Compositor, text: &str, point: Point, style: &Style, width: u32) -> Vec<Line> {
    let em = style.line_height();
    let (mark, said) = text.split_at_checked(point.mark.into()).unwrap_or(("", text));
    // The text begins where it would if mark and text were one line.
    let beginning = said.chars().next().map_or(0, char::len_utf8);
    let together = compositor.line(&text[..mark.len() + beginning], style.kind);
    let hang = together.glyphs.iter().find(|placed| placed.at as usize >= mark.len());
    let hang = hang.map_or(together.width, |placed| u32::try_from(placed.x).unwrap_or(0));
    // However deep, half of the line is left to the text.
    let left = (u32::from(point.depth) * em).min((width / 2).saturating_sub(hang));
    beside(compositor, mark, said, hang, style, width - left)
        .into_iter()
        .map(|line| Line {
            x: line.x + left,
            ..line
        })
        .collect()
}

/// The lines of `said` beginning `hang` LEDs from the left edge, and before the first one `mark`. Places count from the mark's first
/// byte.
pub(super) fn beside(
    compositor: &Compositor,
    mark: &str,
    said: &str,
    hang: u32,
    style: &Style,
    width: u32,
) -> Vec<Line> {
    let style = Style {
        indent: 0,
        hang: 0,
        ..*style
    };
    let hang = hang.min(width / 2);
    let lines = compositor.lines(said, &style, width - hang);
    let moved = lines.into_iter().map(|line| Line {
        x: line.x + hang,
        ..counted(&line, |at| at + mark.len() as u32)
    });
    let mut lines: Vec<Line> = moved.collect();
    if let Some(first) = lines.first_mut()
        && !mark.is_empty()
    {
        *first = joined(&[compositor.line(mark.trim_end(), style.kind), first.clone()], "");
    }
    lines
}

/// The line with the places of its characters in the text told anew.
pub(super) fn counted(line: &Line, place: impl Fn(u32) -> u32) -> Line {
    let told = |placed: &Placed| Placed {
        at: place(placed.at),
        ..*placed
    };
    Line {
        glyphs: line.glyphs.iter().map(told).collect(),
        ..line.clone()
    }
}

/// Lines beside each other as one, `between` their texts; in the order in which they stand.
pub(super) fn joined(lines: &[Line], between: &str) -> Line {
    let left = lines.first().map_or(0, |line| line.x);
    let right = lines.last().map_or(0, |line| line.x + line.width);
    let texts: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
    let glyphs = lines.iter().flat_map(|line| {
        let moved = (line.x - left) as i32;
        let places = line.glyphs.iter();
        places.map(move |placed| Placed {
            x: placed.x + moved,
            ..*placed
        })
    });
    Line {
        x: left,
        y: 0,
        width: right - left,
        text: texts.join(between).into(),
        glyphs: glyphs.collect::<Arc<[Placed]>>(),
    }
}
