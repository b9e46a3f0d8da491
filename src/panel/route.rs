//! The way from a frame's LEDs to their order in the chain, as runs along which it goes straight.
//!
//! Every line of a module's walk is such a run, and runs that continue each other are one; so a wall that is wired row by row is a single
//! copy, and a serpentine one a copy a row.

use super::{
    shade::Led,
    way::{Way, Ways},
    wiring::{Module, Wiring},
};
use crate::{
    frame::CHANNELS,
    units::{Area, Size},
};

/// So many LEDs of columns are brought together at least before they shine: they still lie near at hand, and are many at once.
const MANY: usize = 4096;

/// The runs of one panel, worked out for frames of one size.
#[derive(Clone, Debug)]
pub(super) struct Route {
    region: Area,
    wiring: Wiring,
    leds: usize,
    /// The size of the frames that `runs` are for; `None` before the first.
    frame: Option<Size>,
    runs: Vec<Run>,
}

/// LEDs of the chain that follow each other, and where on the frame they lie.
#[derive(Clone, Copy, Debug)]
struct Run {
    leds: usize,
    from: From,
}

/// Where the LEDs of a run lie; places are counted in LEDs of the frame.
#[derive(Clone, Copy, Debug)]
enum From {
    /// Outside.
    Nowhere,
    /// One after the other, from this one on.
    Ahead(usize),
    /// Backwards, down to this one.
    Back(usize),
    /// Below each other, from this one on.
    Down(usize),
    /// Above each other, up to this one.
    Up(usize),
}

impl Route {
    pub(super) fn new(region: Area, wiring: Wiring) -> Self {
        let leds = wiring.leds(region.size());
        Self {
            region,
            wiring,
            leds,
            frame: None,
            runs: Vec::new(),
        }
    }

    /// How many LEDs the chain has.
    pub(super) const fn leds(&self) -> usize {
        self.leds
    }

    /// Works the runs out for frames of `size`, unless they are for those.
    pub(super) fn fit(&mut self, size: Size) {
        if self.frame == Some(size) {
            return;
        }
        self.frame = Some(size);
        self.runs.clear();
        let visible = Visible::new(self.region, size);
        match &self.wiring {
            Wiring::Plain => visible.module(&Module::upright(self.region.size().area()), &mut self.runs),
            Wiring::Modules(modules) => {
                for module in modules.iter() {
                    visible.module(module, &mut self.runs);
                }
            }
        }
    }

    /// Whether the chain is the frame's LEDs, of which there are so many, as they lie.
    pub(super) fn is_straight(&self, leds: usize) -> bool {
        matches!(self.runs[..], [Run { leds: all, from: From::Ahead(0) }] if all == leds)
    }

    /// The ways of the frame's LEDs to `out`, which has as many as the chain. The runs must be fit for the frame.
    pub(super) const fn follow<'l>(&'l self, frame: &'l [Led], out: &'l mut [Led]) -> Following<'l> {
        Following {
            route: self,
            frame,
            out,
        }
    }
}

/// The LEDs of a frame along a route.
pub(super) struct Following<'l> {
    route: &'l Route,
    frame: &'l [Led],
    out: &'l mut [Led],
}

impl Ways for Following<'_> {
    // A part of whoever takes: a run may be a few LEDs.
    #[inline(always)]
    fn each(self, mut take: impl FnMut(Way<'_>)) {
        let Self { route, frame, mut out } = self;
        let stride = route.frame.unwrap_or_default().width as usize;
        // LEDs that lie already in `out` as the frame has them: columns, one LED at a time, and then taken many at once.
        let mut raw = 0;
        for run in &route.runs {
            if raw >= MANY || raw > 0 && !run.is_column() {
                let (part, rest) = out.split_at_mut(raw);
                take(Way::InPlace(part));
                (out, raw) = (rest, 0);
            }
            let part = &mut out[raw..raw + run.leds];
            match run.from {
                From::Nowhere => part.fill([0; CHANNELS]),
                From::Ahead(first) => take(Way::Ahead(&frame[first..][..run.leds], out)),
                From::Back(last) => take(Way::Back(&frame[last..][..run.leds], out)),
                From::Down(first) => column(frame, first, stride, part.iter_mut()),
                From::Up(last) => column(frame, last, stride, part.iter_mut().rev()),
            }
            match run.is_column() {
                true => raw += run.leds,
                false => out = &mut out[run.leds..],
            }
        }
        take(Way::InPlace(&mut out[..raw]));
    }
}

impl Run {
    const fn is_column(&self) -> bool {
        matches!(self.from, From::Down(_) | From::Up(_))
    }
}

/// The LEDs below each other from `top` on to `out`.
fn column<'l>(frame: &[Led], top: usize, stride: usize, out: impl Iterator<Item = &'l mut Led>) {
    let leds = frame[top..].iter().step_by(stride);
    leds.zip(out).for_each(|(led, out)| *out = *led);
}

/// The part of a region that lies on the frame.
struct Visible {
    /// Its first LED on the frame.
    origin: usize,
    stride: usize,
    size: Size,
}

impl Visible {
    fn new(region: Area, frame: Size) -> Self {
        let (x, y) = (region.x.min(frame.width), region.y.min(frame.height));
        let stride = frame.width as usize;
        Self {
            origin: y as usize * stride + x as usize,
            stride,
            size: Size::new(region.width.min(frame.width - x), region.height.min(frame.height - y)),
        }
    }

    /// Appends the runs of `module`.
    fn module(&self, module: &Module, runs: &mut Vec<Run>) {
        let size = module.size();
        if size.leds() == 0 {
            return;
        }
        let along = module.walk.line(size);
        for line in 0..module.walk.lines(size) {
            let end = |at| {
                let (x, y) = module.walk.cell(size, line, at);
                module.hung(x, y)
            };
            self.line(end(0), end(along - 1), along, runs);
        }
    }

    /// Appends the runs of a line of `leds` LEDs, of which the first and the last lie at these places of the region.
    fn line(&self, first: (u32, u32), last: (u32, u32), leds: u32, runs: &mut Vec<Run>) {
        let is_row = first.1 == last.1;
        let (from, to, limit) = match is_row {
            true => (first.0, last.0, self.size.width),
            false => (first.1, last.1, self.size.height),
        };
        let is_seen = if is_row {
            first.1 < self.size.height
        } else {
            first.0 < self.size.width
        };
        // So many LEDs of the line lie before the limit, whichever way it goes.
        let seen = match is_seen {
            true => limit.saturating_sub(from.min(to)).min(leds) as usize,
            false => 0,
        };
        let dark = leds as usize - seen;
        let lowest = (first.0.min(last.0), first.1.min(last.1));
        let lowest = || self.origin + lowest.1 as usize * self.stride + lowest.0 as usize;
        let is_ahead = from <= to;
        let place = match (is_row, is_ahead) {
            _ if seen == 0 => From::Nowhere,
            (true, true) => From::Ahead(lowest()),
            (true, false) => From::Back(lowest()),
            (false, true) => From::Down(lowest()),
            (false, false) => From::Up(lowest()),
        };
        let (seen, dark) = (
            Run {
                leds: seen,
                from: place,
            },
            Run {
                leds: dark,
                from: From::Nowhere,
            },
        );
        for run in if is_ahead { [seen, dark] } else { [dark, seen] } {
            push(run, runs);
        }
    }
}

/// Appends `run`, to the last one where it continues that.
fn push(run: Run, runs: &mut Vec<Run>) {
    if run.leds == 0 {
        return;
    }
    if let Some(last) = runs.last_mut() {
        let joined = match (last.from, run.from) {
            (From::Nowhere, From::Nowhere) => Some(From::Nowhere),
            (From::Ahead(first), From::Ahead(next)) => (first + last.leds == next).then_some(From::Ahead(first)),
            (From::Back(end), From::Back(next)) => (next + run.leds == end).then_some(From::Back(next)),
            _ => None,
        };
        if let Some(from) = joined {
            let leds = last.leds + run.leds;
            *last = Run { leds, from };
            return;
        }
    }
    runs.push(run);
}
