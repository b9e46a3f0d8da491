//! A ticker on a card: all of its strip as one page that runs without end, or as much of it as the card has room for.

use std::sync::Arc;

use super::{
    beat,
    course::Reason,
    made::{Made, Style, Told, told_at},
    make::Maker,
};
use crate::{
    controller::card::{CardPage, Entrance, Look},
    frame::Frame,
    stage::Ribbon,
    units::{Area, Rate, Size, Speed, Ticks},
    wall::projector::Seen,
};
use std::num::NonZeroU16;

/// A stretch of a strip, in columns and in the ticks of its cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    /// Its first column.
    x: u32,
    /// How many it has.
    width: u32,
    /// How long its first column is at the left edge after that of the strip was.
    from: Ticks,
    /// How long it is until the next part comes.
    span: Ticks,
}

/// The area at `place` in which only a ticker is `seen`; `None` where it is none.
pub(super) fn make(maker: &mut Maker<'_>, place: Area, seen: &Seen) -> Option<Made> {
    let ribbon = seen.scene.ribbon()?;
    let (zone, _) = seen.wall.place(maker.screen, seen.track);
    let since = seen.since;
    let cycle = ribbon.speed.ticks(ribbon.cycle);
    let columns = maker.known.columns(place);
    let part = part(maker, seen, ribbon, columns, since, cycle);
    let stirs = seen.scene.stirs();
    let bytes = maker.known.bytes(place, Size::new(part.width, place.height));
    let wire = maker.known.wire(bytes);
    let own_beat = beat::beat(stirs.every, wire);
    let style = Style::Running {
        since,
        cycle,
        from: part.from,
        span: part.span,
        length: ribbon.speed.ticks(part.width),
    };
    let civil = told_at(style, own_beat, &[seen], maker.rest, maker.rate);
    let mut whole = seen.scene.unrolled(civil)?;
    if maker.rest.is_grey {
        whole.grey();
    }
    // Where the card has only the right part of the zone, the strip is further along there.
    let x = part.x + (place.x - zone.x);
    let picture = stretch(&whole, Area::new(x, place.y - zone.y, part.width, place.height));
    let page = CardPage::new(
        Look::Dots(Arc::new(picture)),
        Entrance::Running(pace(ribbon.speed, maker.rate)),
        std::time::Duration::ZERO,
    );
    let reason = if part.width == ribbon.cycle {
        Reason::Strip
    } else {
        Reason::Part
    };
    let told = Told {
        every: stirs.every,
        ..Told::new(reason, wire, None)
    };
    Some(maker.made(place, &[seen], style, (own_beat, civil), vec![page], told))
}

/// The columns of a strip that comes round, from `from.x` on, and of them the rows of `from`.
fn stretch(strip: &Frame, from: Area) -> Frame {
    let cycle = strip.size().width;
    let mut picture = Frame::new(from.size());
    let mut at = 0;
    while at < from.width {
        let x = (from.x + at) % cycle;
        let width = (cycle - x).min(from.width - at);
        picture.copy_area(strip, Area { x, width, ..from }, at.into(), 0);
        at += width;
    }
    picture
}

/// The part of the strip that is seen now: all of it, where it has no more than `columns`; else of whole items, as many as there is room for.
fn part(
    maker: &mut Maker<'_>,
    seen: &Seen,
    ribbon: Ribbon,
    columns: u32,
    since: crate::units::Tick,
    cycle: Ticks,
) -> Part {
    let whole = Part {
        x: 0,
        width: ribbon.cycle,
        from: Ticks::ZERO,
        span: cycle,
    };
    if ribbon.cycle <= columns {
        return whole;
    }
    let Some(round) = maker.projector.paged_round(seen.track, maker.tick) else {
        return whole;
    };
    let within = maker.tick.since(since).0.rem_euclid(cycle.0.max(1));
    let mut begin = Ticks::ZERO;
    let mut end = Ticks::ZERO;
    for item in round.pages.iter().map(|page| page.length) {
        let is_full = column(ribbon, end + item) - column(ribbon, begin) > columns;
        if is_full && begin < end {
            if within < end.0 {
                break;
            }
            begin = end;
        }
        end = (end + item).min(cycle);
    }
    let x = column(ribbon, begin);
    let width = column(ribbon, end).min(ribbon.cycle) - x;
    Part {
        x,
        width: width.clamp(1, columns.max(1)),
        from: begin,
        span: end - begin,
    }
}

/// The column of the strip at its left edge after so many ticks of a cycle.
fn column(ribbon: Ribbon, ticks: Ticks) -> u32 {
    u32::try_from(ribbon.speed.run(ticks)).unwrap_or(u32::MAX)
}

/// LEDs a second, to the nearest.
pub(super) fn pace(speed: Speed, rate: Rate) -> NonZeroU16 {
    let (step, period) = (u64::from(speed.step()), u64::from(speed.period()));
    let leds = (step * u64::from(rate.hertz()) + period / 2) / period;
    NonZeroU16::new(u16::try_from(leds).unwrap_or(u16::MAX)).unwrap_or(NonZeroU16::MIN)
}
