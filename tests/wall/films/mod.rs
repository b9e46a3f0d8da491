//! Videos on the wall: each frame on its tick, and nothing else while it is not at hand.

mod ahead;
mod beside;
mod cards;
mod frames;
mod lacking;
mod past;
mod places;
mod wanted;

use std::sync::Arc;

use yingbi::{
    frame::Frame,
    stage::Painted,
    units::Tick,
    wall::{Projector, Wall},
};

use crate::support::{
    footage::seen,
    site::{Files, PLAIN},
};

const VIDEO: &str = "items/通知/b.mp4";

/// 2026-05-15T00:00:00+08:00, at which the loops of a zone that is always open begin.
const MIDNIGHT: i64 = 1_778_774_400;

/// One notice `a` of four seconds, on a screen of that rate.
fn notice(rate: u16) -> Files {
    Files::plain().with("site.toml", at_rate(rate)).item("a", "甲", "4s")
}

fn at_rate(rate: u16) -> String {
    PLAIN.replace("rate = 50", &format!("rate = {rate}"))
}

/// So many ticks after midnight.
fn tick(rate: i64, more: i64) -> Tick {
    Tick(MIDNIGHT * rate + more)
}

/// A projector, and the frame that it paints.
struct Eye {
    projector: Projector,
    frame: Frame,
}

impl Eye {
    fn on(wall: &Arc<Wall>) -> Self {
        let projector = Projector::new(Arc::clone(wall), 0);
        Self {
            frame: Frame::new(projector.size()),
            projector,
        }
    }

    fn paint(&mut self, tick: Tick) -> Painted {
        self.projector.paint(tick, &mut self.frame)
    }

    /// Which frame of which video the LED shows at that tick; all must be there.
    fn sees(&mut self, tick: Tick, (x, y): (u32, u32)) -> Option<(u8, u32)> {
        assert_eq!(self.paint(tick), Painted::Whole, "at {tick:?}");
        seen(&self.frame, x, y)
    }
}
