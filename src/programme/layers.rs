//! The tiers of a track laid over each other: at each tick the highest that has something is seen.

use super::segment::Segment;
use crate::units::Tick;

/// A time through which one segment of one tier is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Tick,
    pub(super) until: Tick,
    /// The tier's index in its track.
    pub(super) tier: usize,
    /// The segment's index in its tier.
    pub(super) segment: usize,
}

/// What is seen between `first` and `last` where `above`, which is in order, lies over the segments of the tier at `tier`.
pub(super) fn lay_under(above: &[Span], tier: usize, segments: &[Segment], first: Tick, last: Tick) -> Vec<Span> {
    let mut seen = Vec::with_capacity(above.len() + segments.len());
    let (mut free, mut next) = (first, 0);
    for span in above.iter().map(Some).chain([None]) {
        let gap = (free, span.map_or(last, |span| span.from));
        next += segments[next..].partition_point(|segment| segment.until <= gap.0);
        let inside = segments
            .iter()
            .enumerate()
            .skip(next)
            .take_while(|(_, segment)| segment.start < gap.1);
        seen.extend(inside.map(|(segment, of)| Span {
            from: of.start.max(gap.0),
            until: of.until.min(gap.1),
            tier,
            segment,
        }));
        seen.extend(span);
        free = span.map_or(last, |span| span.until);
    }
    seen
}
